//! The machine around the program, as its own files tell of it.

use super::files::{self, FileError};
use crate::clock::UtcTime;
use rustix::fs::{Stat, stat};
use rustix::io::Errno;
use std::cell::RefCell;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// More than any file has that is looked at.
const LARGEST: u64 = 1024 * 1024;

/// The files of a machine, below its root.
pub struct Machine {
    root: PathBuf,
    /// Those that this account may not read.
    unseen: RefCell<Vec<PathBuf>>,
}

/// Whose something is, and who may do what with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// The number of the owner.
    pub owner: u32,
    /// Its permissions.
    pub mode: u32,
}

impl Machine {
    /// Takes the machine whose root lies at a path.
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned(), unseen: RefCell::default() }
    }

    /// Gives the path of something by its path below the root.
    pub fn path(&self, below: &str) -> PathBuf {
        self.root.join(below.trim_start_matches('/'))
    }

    /// Reads a file; nothing when there is none, or none that could be read.
    pub fn text(&self, below: &str) -> Option<String> {
        let path = self.path(below);
        match files::read_input(&path, LARGEST) {
            Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Err(FileError::Read { source, .. }) if source.kind() == ErrorKind::PermissionDenied => {
                self.note(path);
                None
            }
            Err(_) => None,
        }
    }

    /// Lists the names in a folder, in their order; none when there is no such folder, or none that could be read.
    pub fn names(&self, below: &str) -> Vec<String> {
        let path = self.path(below);
        let mut names = match std::fs::read_dir(&path) {
            Ok(entries) => entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect(),
            Err(error) => {
                if error.kind() == ErrorKind::PermissionDenied {
                    self.note(path);
                }
                Vec::new()
            }
        };
        names.sort();
        names
    }

    /// Tells whether something has a name.
    pub fn has(&self, below: &str) -> bool {
        self.stat(below).is_some()
    }

    /// Tells when the bytes of a file last changed.
    pub fn modified(&self, below: &str) -> Option<UtcTime> {
        self.stat(below).map(|stat| UtcTime::from_epoch(stat.st_mtime))
    }

    /// Tells whose something is.
    pub fn rights(&self, below: &str) -> Option<Rights> {
        self.stat(below).map(|stat| Rights { owner: stat.st_uid, mode: stat.st_mode & 0o7777 })
    }

    /// Gives the number of the account that the root belongs to: on a machine that is none of a test it is 0.
    pub fn administrator(&self) -> u32 {
        self.rights("").map_or(0, |rights| rights.owner)
    }

    /// Gives what this account was not allowed to read, each once.
    pub fn unseen(&self) -> Vec<PathBuf> {
        self.unseen.borrow().clone()
    }

    fn stat(&self, below: &str) -> Option<Stat> {
        let path = self.path(below);
        match stat(&path) {
            Ok(stat) => Some(stat),
            Err(errno) => {
                if errno == Errno::ACCESS {
                    self.note(path);
                }
                None
            }
        }
    }

    fn note(&self, path: PathBuf) {
        let mut unseen = self.unseen.borrow_mut();
        // What lies in a folder that is told already adds nothing.
        if !unseen.iter().any(|known| path.starts_with(known)) {
            unseen.push(path);
        }
    }
}

/// Gives the processes that hold locks on a file, each with its name as far as it is known, by `/proc/locks` (proc(5)).
///
/// Whoever reads a database of SQLite holds a lock on the index of its log.
pub fn holders(machine: &Machine, file: &Path) -> Vec<String> {
    let Ok(stat) = stat(file) else { return Vec::new() };
    let inode = format!(":{}", stat.st_ino);
    let locks = machine.text("proc/locks").unwrap_or_default();
    let mut holders: Vec<String> = Vec::new();
    for line in locks.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some(place) = words.iter().position(|word| word.ends_with(&inode) && word.matches(':').count() == 2) else {
            continue;
        };
        let Some(process) = place.checked_sub(1).and_then(|before| words.get(before)).filter(|word| is_number(word))
        else {
            continue;
        };
        let name = machine.text(&format!("proc/{process}/comm")).unwrap_or_default();
        let holder =
            if name.trim().is_empty() { (*process).to_owned() } else { format!("{process} ({})", name.trim()) };
        if !holders.contains(&holder) {
            holders.push(holder);
        }
    }
    holders
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests lay files")]
mod tests {
    use super::*;
    use std::os::unix::fs::MetadataExt;

    #[test]
    fn h11_who_holds_a_lock_on_a_file_is_found_by_its_number() {
        let root = tempfile::tempdir().unwrap();
        let machine = Machine::at(root.path());
        let file = root.path().join("cleotp.db-shm");
        std::fs::write(&file, "").unwrap();
        assert!(holders(&machine, &file).is_empty());
        let inode = file.metadata().unwrap().ino();
        std::fs::create_dir_all(root.path().join("proc/812")).unwrap();
        std::fs::write(root.path().join("proc/812/comm"), "cleotp\n").unwrap();
        let locks = format!(
            "1: POSIX  ADVISORY  READ  812 fe:00:{inode} 123 123\n2: POSIX  ADVISORY  READ  812 fe:00:{inode} 128 128\n\
             3: -> POSIX  ADVISORY  WRITE 9 fe:00:{inode} 120 120\n4: FLOCK  ADVISORY  WRITE 7 fe:00:{inode}1 0 EOF\n"
        );
        std::fs::write(root.path().join("proc/locks"), locks).unwrap();
        assert_eq!(holders(&machine, &file), ["812 (cleotp)", "9"]);
        assert!(holders(&machine, &root.path().join("none")).is_empty());
    }
}
