//! A real home, the real binary, and the codes that its keys would show, computed apart from the program.
#![allow(dead_code, reason = "each test crate uses a part of it")]

pub mod host;

use hmac::{Hmac, KeyInit, Mac};
use std::fmt::Write as _;
use std::io::Write as _;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

pub const PIN: &str = "4576";
pub const UAI: &str = "0860034V";

/// A home in a folder that goes with the test.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    /// Makes an installation with some users, each with an active key and a PIN: `user0` has serial `900000000`, and so on.
    pub fn with_users(users: usize) -> Self {
        let (home, codes) = Self::with_codes(users, 60);
        for (index, code) in codes.iter().enumerate() {
            home.done(&["activate", &login(index), &serial(index)], &format!("{code}\n"));
        }
        home
    }

    /// Makes an installation with some users, and gives the activation codes of their keys.
    pub fn with_codes(users: usize, period: i64) -> (Self, Vec<String>) {
        Self::with_keys(users, &format!("totp,6,{period}"))
    }

    /// As [`Home::with_codes`], with keys of a kind: the last columns of the vendor's list.
    pub fn with_keys(users: usize, kind: &str) -> (Self, Vec<String>) {
        let home = Self::new();
        let mut list = String::new();
        let mut people = String::from("login,name,establishment\n");
        for index in 0..users {
            writeln!(list, "{},{},{kind}", serial(index), hex(&seed(index))).unwrap();
            writeln!(people, "{},User {index},{UAI}", login(index)).unwrap();
        }
        std::fs::write(home.path("keys.csv"), list).unwrap();
        std::fs::write(home.path("people.csv"), people).unwrap();
        home.done(&["import", home.path("keys.csv").to_str().unwrap()], "");
        home.done(&["establishment", "add", UAI, "Test"], "");
        home.done(&["user", "import", home.path("people.csv").to_str().unwrap()], "");
        let issue = |index| {
            home.done(&["key", "assign", &serial(index), &login(index)], "");
            let issued = home.json(&["activation", "new", &login(index)], "", 0);
            issued["activations"][0]["code"].as_str().unwrap().to_owned()
        };
        let codes = (0..users).map(issue).collect();
        (home, codes)
    }

    /// Makes an empty installation.
    pub fn new() -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap() };
        home.done(&["init"], "");
        home
    }

    /// Gives a place for an installation where files stay in memory, if there is such a place.
    pub fn in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        Self { folder: folder.unwrap() }
    }

    /// Copies an installation that nobody uses at the moment to where files stay in memory.
    pub fn copied(&self) -> Self {
        let copy = Self::in_memory();
        std::fs::DirBuilder::new().mode(0o700).create(copy.root()).unwrap();
        for entry in std::fs::read_dir(self.root()).unwrap() {
            let from = entry.unwrap().path();
            std::fs::copy(&from, copy.root().join(from.file_name().unwrap())).unwrap();
        }
        copy
    }

    /// Lets a user choose his PIN by the code of the step before, so that the present ones stay unused.
    pub fn set_pin(&self, index: usize) {
        wait_for_room(2);
        let answer = self.json(&["check", &login(index)], &format!("{}\n", code(index, -1)), 10);
        let ticket = answer["ticket"].as_str().unwrap();
        self.done(&["pin", "set", &login(index), "--ticket"], &format!("{ticket}\n{PIN}\n{PIN}\n"));
    }

    /// The folder in which the home lies, and what a test lays beside it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.env_clear().env("LANG", "C").env("CLEOTP_HOME", self.root()).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// The same below another program, which gets options of its own before it.
    pub fn below(&self, program: &str, options: &[&str], arguments: &[&str]) -> Command {
        let plain = self.command(arguments);
        let mut command = Command::new(program);
        command.args(options).arg(plain.get_program()).args(plain.get_args()).env_clear().env("PATH", "/usr/bin:/bin");
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str], stdin: &str) -> Output {
        let mut child = self.command(arguments).spawn().unwrap();
        feed(&mut child, stdin);
        child.wait_with_output().unwrap()
    }

    pub fn done(&self, arguments: &[&str], stdin: &str) {
        let output = self.run(arguments, stdin);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {output:?}");
    }

    pub fn json(&self, arguments: &[&str], stdin: &str, exit: i32) -> serde_json::Value {
        let output = self.run(&[arguments, &["-o", "json"]].concat(), stdin);
        assert_eq!(output.status.code(), Some(exit), "{arguments:?}: {output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

/// Gives the program, which is another one than Cargo has just built when `CLEOTP_TEST_PROGRAM` says so: that of a release.
pub fn program() -> PathBuf {
    std::env::var_os("CLEOTP_TEST_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_cleotp").into(), PathBuf::from)
}

/// Gives what a variable asks for.
pub fn wanted<T: FromStr>(name: &str) -> Option<T> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name}={text}")))
}

/// Gives a process its stdin; one that went away has answered without it.
pub fn feed(child: &mut Child, stdin: &str) {
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
}

pub fn login(index: usize) -> String {
    format!("user{index}")
}

pub fn serial(index: usize) -> String {
    format!("{}", 900_000_000 + index)
}

/// Seeds that are published nowhere: SHA-256 of the serial, cut to 20 bytes.
pub fn seed(index: usize) -> Vec<u8> {
    use sha2::Digest;
    sha2::Sha256::digest(serial(index))[..20].to_vec()
}

pub fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// The present step of a key of 60 seconds.
pub fn step() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap() / 60
}

/// What the key shows some steps from now: RFC 6238, written apart from the program.
pub fn code(index: usize, steps: i64) -> String {
    code_at(&seed(index), step() + steps)
}

pub fn code_at(seed: &[u8], step: i64) -> String {
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(seed).unwrap();
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[19] & 15);
    let word = u32::from_be_bytes(digest[offset..offset + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", word % 1_000_000)
}

/// Waits for the next step when the present one ends soon, so that a test does not see two.
pub fn wait_for_room(seconds: u64) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let left = 60 - now % 60;
    if left < seconds {
        std::thread::sleep(std::time::Duration::from_secs(left));
    }
}

/// Runs a line of a shell in which `$0` is the program.
pub fn shell(home: &Home, line: &str) -> Output {
    let mut command = Command::new("bash");
    command.args(["-c", line]).arg(program()).env_clear().env("LANG", "C").env("CLEOTP_HOME", home.root());
    command.env("PATH", "/usr/bin:/bin").stdin(Stdio::null()).output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
