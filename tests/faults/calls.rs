//! The system calls of a run, as strace tells them, and runs in which one of them fails.

use crate::deeds::{Ended, Line};
use crate::support::{Home, feed};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// The calls that read, change or name files.
const CALLS: &str = "openat,read,pread64,write,pwrite64,fsync,fdatasync,ftruncate,fallocate,rename,renameat,renameat2,\
                     unlink,unlinkat,link,linkat,mkdir,mkdirat,fchmod,fchmodat,mmap";
/// Of these, the ones that a dying disk refuses.
const WRITING: &[&str] =
    &["pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate", "rename", "renameat2", "unlink", "link"];
/// How much memory the verification of a PIN takes at the least, which tells when it begins.
const MEMORY_OF_ARGON2: usize = 4 << 20;

/// A system call of a run.
#[derive(Clone, Debug)]
pub struct Call {
    pub name: String,
    /// The so-manieth of its name in its thread, from 1. In any thread but the first only those are counted that are about a file
    /// of the home: else the first ones of it would be struck where the first thread has not begun yet, in the loader.
    pub nth: usize,
    pub text: String,
    /// How often each name was called in that thread before.
    so_far: BTreeMap<String, usize>,
    is_of_main: bool,
    /// The files of the home that the run touches, by their names in it.
    files: Arc<BTreeSet<String>>,
}

/// What is done to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blow {
    Kill,
    Once(&'static str),
    /// It fails, and so does every one that writes from then on.
    Always(&'static str),
}

pub const BLOWS: [Blow; 7] = [
    Blow::Kill,
    Blow::Once("EIO"),
    Blow::Once("ENOSPC"),
    Blow::Once("EDQUOT"),
    Blow::Always("EIO"),
    Blow::Always("ENOSPC"),
    Blow::Always("EDQUOT"),
];

/// Tells whether calls can be watched here, and says so if not.
pub fn can_watch() -> bool {
    let root = rustix::process::geteuid().is_root();
    let can =
        root && Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|ended| ended.success());
    if !can {
        println!("skipped for want of strace, or of root, who alone sees what a closed process does");
    }
    can
}

/// Runs a command line under strace: how it ended, and what was written about it.
fn traced(home: &Home, line: &Line, options: &[String]) -> (Ended, String) {
    let log = home.path("strace.log");
    let own = ["-f", "-y", "-qq", "-s", "64", "-o", log.to_str().unwrap()];
    let options: Vec<&str> = own.into_iter().chain(options.iter().map(String::as_str)).collect();
    let mut child = home.below("/usr/bin/strace", &options, &line.words()).spawn().unwrap();
    feed(&mut child, &line.stdin);
    let output = child.wait_with_output().unwrap();
    (Ended::from(&output), String::from_utf8_lossy(&std::fs::read(&log).unwrap_or_default()).into_owned())
}

/// Writes down what a run calls.
pub fn record(home: &Home, line: &Line) -> (Ended, Vec<Call>) {
    let (ended, log) = traced(home, line, &["-e".to_owned(), format!("trace={CALLS}")]);
    let mut counts: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    let mut calls = Vec::new();
    let main = log.split_whitespace().next().unwrap_or_default();
    let folder = home.folder().to_str().unwrap();
    let files = Arc::new(files_of(&log, folder));
    for text in log.lines() {
        let Some((thread, call)) = text.split_once(' ') else { continue };
        let call = call.trim_start();
        let Some((name, _)) =
            call.split_once('(').filter(|(name, _)| name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        else {
            continue;
        };
        if thread != main && !call.contains(folder) {
            continue;
        }
        let so_far = counts.entry(thread).or_default();
        *so_far.entry(name.to_owned()).or_default() += 1;
        calls.push(Call {
            name: name.to_owned(),
            nth: so_far[name],
            text: call.to_owned(),
            so_far: so_far.clone(),
            is_of_main: thread == main,
            files: Arc::clone(&files),
        });
    }
    (ended, calls)
}

/// Finds the files of a folder in what strace wrote.
fn files_of(log: &str, folder: &str) -> BTreeSet<String> {
    let names = log.split(['"', '<', '>']).filter_map(|name| name.strip_prefix(folder));
    names.map(str::to_owned).collect()
}

/// Runs a command line in which a call fails; tells whether it came to that call.
pub fn strike(home: &Home, line: &Line, call: &Call, blow: Blow) -> (Ended, bool) {
    let mut options = Vec::new();
    if !call.is_of_main {
        let folder = home.folder().to_str().unwrap();
        options.extend(call.files.iter().flat_map(|name| ["-P".to_owned(), format!("{folder}{name}")]));
    }
    let mut inject = |name: &str, what: &str| options.extend(["-e".to_owned(), format!("inject={name}:{what}")]);
    let mut names = vec![call.name.as_str()];
    match blow {
        Blow::Kill => inject(&call.name, &format!("signal=KILL:when={}", call.nth)),
        Blow::Once(error) => inject(&call.name, &format!("error={error}:when={}", call.nth)),
        Blow::Always(error) => {
            inject(&call.name, &format!("error={error}:when={}+", call.nth));
            for name in WRITING.iter().filter(|name| **name != call.name) {
                names.push(name);
                let passed = if call.is_of_main { call.so_far.get(*name).copied().unwrap_or(0) } else { 0 };
                inject(name, &format!("error={error}:when={}+", passed + 1));
            }
        }
    }
    options.extend(["-e".to_owned(), format!("trace={}", names.join(","))]);
    let (ended, log) = traced(home, line, &options);
    let is_struck = log.contains("(INJECTED)") || ended.signal == Some(9);
    (ended, is_struck)
}

impl Call {
    /// Tells whether it is about a file in a folder, or writes the answer.
    pub fn is_of(&self, folder: &Path) -> bool {
        self.is_answer() || self.text.contains(folder.to_str().unwrap())
    }

    /// Tells whether it writes the answer.
    pub fn is_answer(&self) -> bool {
        self.name == "write" && self.text.contains("<pipe:") && self.text.contains(r#"{\"schema\""#)
    }

    /// Tells whether it writes to a file, by the end of its name.
    pub fn writes(&self, end: &str) -> bool {
        ["pwrite64", "write"].contains(&self.name.as_str()) && self.text.contains(&format!("{end}>,"))
    }

    /// Gives the name that a file had, and the one that it gets.
    pub fn renames(&self) -> Option<(&Path, &Path)> {
        let names = self.text.strip_prefix("rename").filter(|_| self.text.ends_with("= 0"))?;
        let mut names = names.split('"').skip(1).step_by(2).map(Path::new);
        names.next().zip(names.next())
    }

    pub fn syncs(&self, end: &str) -> bool {
        ["fsync", "fdatasync"].contains(&self.name.as_str())
            && self.is_of_main
            && self.text.contains(&format!("{end}>)"))
    }

    /// Tells whether it takes the memory in which a PIN is verified.
    pub fn begins_to_verify(&self) -> bool {
        let mut words = self.text.split(", ");
        let length = words.nth(1).and_then(|length| length.parse::<usize>().ok()).unwrap_or(0);
        self.name == "mmap"
            && self.text.contains("MAP_ANONYMOUS")
            && (MEMORY_OF_ARGON2..2 * MEMORY_OF_ARGON2).contains(&length)
    }
}
