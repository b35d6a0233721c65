//! Where files go that were taken: `done/DATE` and `failed/DATE`, each with its report beside it.
//!
//! First the report is written to the disk under a name of its own in the spool, then the file goes, then the report takes
//! its name. Whatever ends the run in between, a file that lies in the spool still is taken again, and a report whose file has
//! gone is brought to its place.

use crate::cli::failure::Failure;
use crate::cli::times;
use crate::clock::UtcTime;
use crate::host::files::{Dropped, FileError, SpoolFolder};
use crate::import;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

/// What the name of a report begins with that is not in its place.
const PENDING: &str = ".cleotp-";
/// What the name of a report ends with.
pub const REPORT: &str = ".report.json";
/// More than any report has.
pub const LARGEST_REPORT: u64 = 16 * 1024 * 1024;
/// The longest name that leaves room for what is put in front and behind.
const LONGEST_NAME: usize = 220;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Its keys are in.
    Done,
    /// It was refused.
    Failed,
}

impl Shelf {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Done, Self::Failed];

    /// Gives the name of its folder.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// A place in a shelf: the folder of a day, and a name in it that is free for a file and for its report.
pub struct Place {
    shelf: Shelf,
    day: String,
    name: OsString,
    folder: SpoolFolder,
}

impl Place {
    /// Finds a place for a file.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn find(spool: &SpoolFolder, shelf: Shelf, now: UtcTime, file: &OsStr) -> Result<Self, FileError> {
        let day = times::day(now);
        let folder = folder_of(spool, shelf, &day)?;
        let base = base_of(file);
        let mut number = 1_u32;
        loop {
            let mut name = base.clone();
            if number > 1 {
                name.push(format!(".{number}"));
            }
            if folder.see(&name)?.is_none() && folder.see(&report_of(&name))?.is_none() {
                return Ok(Self { shelf, day, name, folder });
            }
            number = number.saturating_add(1);
        }
    }

    /// Names the file in it, below the spool.
    pub fn file(&self) -> PathBuf {
        [OsStr::new(self.shelf.name()), OsStr::new(&self.day), &self.name].iter().collect()
    }

    /// Names the report in it, below the spool.
    pub fn report(&self) -> PathBuf {
        self.file().with_file_name(report_of(&self.name))
    }

    fn pending(&self) -> OsString {
        let mut name = OsString::from(format!("{PENDING}{}-{}-", self.shelf.name(), self.day));
        name.push(&self.name);
        name
    }

    /// Writes the report to the disk, under the name that it has until its file has gone.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn note(&self, spool: &SpoolFolder, report: &[u8]) -> Result<(), FileError> {
        spool.write(&self.pending(), report)
    }

    /// Brings the file to its place, closed to others, and the report to its own.
    ///
    /// # Errors
    /// [`FileError`]; a file that could not go stays, and its report is taken away.
    pub fn keep(&self, spool: &SpoolFolder, file: &OsStr, dropped: &Dropped) -> Result<(), FileError> {
        SpoolFolder::close(dropped);
        self.after(spool, spool.rename(file, &self.folder, &self.name))
    }

    /// Takes the file away, and brings the report to its place.
    ///
    /// # Errors
    /// As [`Place::keep`].
    pub fn remove(&self, spool: &SpoolFolder, file: &OsStr) -> Result<(), FileError> {
        self.after(spool, spool.remove(file))
    }

    fn after(&self, spool: &SpoolFolder, gone: Result<(), FileError>) -> Result<(), FileError> {
        let pending = self.pending();
        match gone {
            Ok(()) => spool.rename(&pending, &self.folder, &report_of(&self.name)),
            Err(error) => {
                let _ = spool.remove(&pending);
                Err(error)
            }
        }
    }
}

fn folder_of(spool: &SpoolFolder, shelf: Shelf, day: &str) -> Result<SpoolFolder, FileError> {
    spool.make_within(OsStr::new(shelf.name()))?.make_within(OsStr::new(day))
}

fn report_of(name: &OsStr) -> OsString {
    let mut report = name.to_owned();
    report.push(REPORT);
    report
}

/// Gives the name of a file, or as much of it as leaves room.
fn base_of(file: &OsStr) -> OsString {
    let bytes = file.as_bytes();
    if bytes.len() <= LONGEST_NAME {
        return file.to_owned();
    }
    let mut base = bytes.get(..LONGEST_NAME).unwrap_or(bytes).to_vec();
    // Not within a character of UTF-8.
    let cuts = bytes.get(LONGEST_NAME).is_some_and(|byte| byte & 0xc0 == 0x80);
    while cuts && base.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {}
    OsString::from_vec(base)
}

/// A report that an earlier run has not brought to its place.
pub struct Pending<'n> {
    at: &'n OsStr,
    shelf: Shelf,
    day: &'n str,
    name: &'n OsStr,
}

impl<'n> Pending<'n> {
    /// Knows one by its name.
    pub fn of(at: &'n OsStr) -> Option<Self> {
        let rest = at.as_bytes().strip_prefix(PENDING.as_bytes())?;
        let (shelf, rest) = Shelf::ALL.into_iter().find_map(|shelf| {
            let rest = rest.strip_prefix(shelf.name().as_bytes())?.strip_prefix(b"-")?;
            Some((shelf, rest))
        })?;
        let (day, name) = rest.split_at_checked(times::DAY)?;
        let day = std::str::from_utf8(day).ok()?;
        let is_day = day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let name = name.strip_prefix(b"-").filter(|name| is_day && !name.is_empty())?;
        Some(Self { at, shelf, day, name: OsStr::from_bytes(name) })
    }

    /// Brings it to its place when its file has gone, and takes it away when the file is there, to be taken again.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn settle(&self, spool: &SpoolFolder, limit: u64, owners: &[u32]) -> Result<(), Failure> {
        let Some(bytes) = spool.read(self.at, LARGEST_REPORT)? else { return Ok(()) };
        let folder = folder_of(spool, self.shelf, self.day)?;
        let Some(hash) = hash_in(&bytes) else {
            // It was not written to its end: its file has not gone.
            return Ok(spool.remove(self.at)?);
        };
        let is_kept = folder.see(self.name)?.is_some();
        if !is_kept && self.is_waiting(spool, &hash, limit, owners)? {
            return Ok(spool.remove(self.at)?);
        }
        Ok(spool.rename(self.at, &folder, &report_of(self.name))?)
    }

    /// Tells whether a file that the name may come from lies in the spool with these bytes.
    fn is_waiting(&self, spool: &SpoolFolder, hash: &str, limit: u64, owners: &[u32]) -> Result<bool, FileError> {
        let may_be = |file: &OsString| {
            let base = base_of(file);
            let rest = self.name.as_bytes().strip_prefix(base.as_bytes());
            let is_number = |rest: &[u8]| rest.first() == Some(&b'.') && rest.iter().skip(1).all(u8::is_ascii_digit);
            rest.is_some_and(|rest| rest.is_empty() || is_number(rest))
        };
        for file in spool.names()?.iter().filter(|file| may_be(file)) {
            let Ok(mut dropped) = spool.take(file, limit, owners) else { continue };
            let Ok(survey) = import::survey(&mut dropped.input) else { continue };
            if data_encoding::HEXLOWER.encode(&survey.sha256) == hash {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Reads the hash of its file out of a report; nothing when it is not whole.
fn hash_in(report: &[u8]) -> Option<String> {
    let report: serde_json::Value = serde_json::from_slice(report).ok()?;
    Some(report.get("files")?.get(0)?.get("sha256")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pending_report_is_known_by_its_name_whatever_its_file_is_called() {
        for name in ["keys.xml", "-", "a-b.2", "é.csv"] {
            let at = OsString::from(format!(".cleotp-failed-2026-11-24-{name}"));
            let pending = Pending::of(&at).unwrap();
            assert_eq!((pending.shelf, pending.day, pending.name), (Shelf::Failed, "2026-11-24", OsStr::new(name)));
        }
        for other in [".cleotp-notes", ".cleotp-done-", ".cleotp-done-2026-11-24-", ".cleotp-done-..........-x", "keys"]
        {
            assert!(Pending::of(OsStr::new(other)).is_none(), "{other}");
        }
    }

    #[test]
    fn the_longest_name_of_a_file_leaves_room() {
        for name in ["é".repeat(127), "a".repeat(255), "日".repeat(85)] {
            let base = base_of(OsStr::new(&name));
            let base = base.to_str().expect("cut between characters");
            assert!(base.len() <= LONGEST_NAME && base.len() > LONGEST_NAME - 4 && name.starts_with(base));
        }
        assert_eq!(base_of(OsStr::new("keys.xml")), "keys.xml");
    }
}
