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

/// A place in a shelf: the folder of a day, and a name in it that is free for a file and for its report, also while that is
/// pending.
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
        let mut place = Self { shelf, day, name: base.clone(), folder };
        let mut number = 1_u32;
        while !place.is_free(spool)? {
            number = number.saturating_add(1);
            place.name.clone_from(&base);
            place.name.push(format!(".{number}"));
        }
        Ok(place)
    }

    fn is_free(&self, spool: &SpoolFolder) -> Result<bool, FileError> {
        Ok(self.folder.see(&self.name)?.is_none()
            && self.folder.see(&report_of(&self.name))?.is_none()
            && spool.see(&self.pending())?.is_none())
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

    /// Brings the file to its place, closed to others, and the report to its own; a file that `goes` is then taken away.
    ///
    /// Tells whether what had its name was still the file that was taken: another one stays in the spool.
    ///
    /// # Errors
    /// [`FileError`]; a file that could not go stays.
    pub fn put(&self, spool: &SpoolFolder, file: &OsStr, dropped: &Dropped, goes: bool) -> Result<bool, FileError> {
        let pending = self.pending();
        match spool.rename_taken(file, dropped, &self.folder, &self.name) {
            Ok(true) => {}
            not_here => {
                let _ = spool.remove(&pending);
                return not_here;
            }
        }
        if goes {
            self.folder.remove(&self.name)?;
        } else {
            SpoolFolder::close(dropped);
        }
        spool.rename(&pending, &self.folder, &report_of(&self.name))?;
        Ok(true)
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

    /// Brings it to its place when its file has gone there, and does what is left to do with that; takes it away when the file is
    /// in the spool still, to be taken again, or was refused and is nowhere.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn settle(&self, spool: &SpoolFolder, limit: u64, owners: &[u32]) -> Result<(), Failure> {
        let Some(bytes) = spool.read(self.at, LARGEST_REPORT)? else { return Ok(()) };
        let folder = folder_of(spool, self.shelf, self.day)?;
        // One that was not written to its end: its file has not gone.
        let belongs = match Noted::read(&bytes) {
            None => false,
            Some(noted) if folder.see(self.name)?.is_some() => {
                self.settle_file(spool, &folder, &noted, limit, owners)?
            }
            Some(noted) => self.shelf == Shelf::Done && !self.is_waiting(spool, &noted, limit, owners)?,
        };
        if belongs {
            spool.rename(self.at, &folder, &report_of(self.name))?
        } else {
            spool.remove(self.at)?
        }
        Ok(())
    }

    /// Ends what was begun with a file that has its place; another one that has come there in its stead goes back.
    fn settle_file(
        &self,
        spool: &SpoolFolder,
        folder: &SpoolFolder,
        noted: &Noted,
        limit: u64,
        owners: &[u32],
    ) -> Result<bool, FileError> {
        let mut dropped = folder.take(self.name, limit, owners)?;
        let is_it = noted.is_of(&mut dropped);
        if !is_it {
            folder.rename(self.name, spool, self.name)?;
        } else if noted.goes {
            folder.remove(self.name)?;
        } else {
            SpoolFolder::close(&dropped);
        }
        Ok(is_it)
    }

    /// Tells whether a file that the name may come from lies in the spool with these bytes.
    fn is_waiting(&self, spool: &SpoolFolder, noted: &Noted, limit: u64, owners: &[u32]) -> Result<bool, FileError> {
        let may_be = |file: &OsString| {
            let base = base_of(file);
            let rest = self.name.as_bytes().strip_prefix(base.as_bytes());
            let is_number = |rest: &[u8]| rest.first() == Some(&b'.') && rest.iter().skip(1).all(u8::is_ascii_digit);
            rest.is_some_and(|rest| rest.is_empty() || is_number(rest))
        };
        let is_it =
            |file: &OsString| spool.take(file, limit, owners).is_ok_and(|mut dropped| noted.is_of(&mut dropped));
        Ok(spool.names()?.iter().any(|file| may_be(file) && is_it(file)))
    }
}

/// What a report says of its file.
struct Noted {
    sha256: String,
    /// It was to be taken away.
    goes: bool,
}

impl Noted {
    /// Reads it out of a report; nothing when that is not whole.
    fn read(report: &[u8]) -> Option<Self> {
        let report: serde_json::Value = serde_json::from_slice(report).ok()?;
        let file = report.get("files")?.get(0)?;
        let goes = file.get("moved_to").is_some_and(serde_json::Value::is_null);
        Some(Self { sha256: file.get("sha256")?.as_str()?.to_owned(), goes })
    }

    /// Tells whether a file is the one that it is said of.
    fn is_of(&self, dropped: &mut Dropped) -> bool {
        import::survey(&mut dropped.input)
            .is_ok_and(|survey| data_encoding::HEXLOWER.encode(&survey.sha256) == self.sha256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::files::Account;

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

    const NOW: UtcTime = UtcTime::from_epoch(1_795_511_520);
    const LIMIT: u64 = 1_000;

    fn spool() -> (tempfile::TempDir, SpoolFolder) {
        let folder = tempfile::tempdir().unwrap();
        let spool = SpoolFolder::open(folder.path(), Account::own()).unwrap();
        (folder, spool)
    }

    fn report(goes: bool) -> Vec<u8> {
        let moved_to = if goes { "null" } else { "\"somewhere\"" };
        let sha256 = "27042f4e6eca7d0b2a7ee4026df2ecfa51d3339e6d122aa099118ecd8563bad9";
        format!("{{\"files\":[{{\"sha256\":\"{sha256}\",\"moved_to\":{moved_to}}}]}}").into_bytes()
    }

    #[test]
    fn a_file_that_came_in_the_place_of_the_one_that_was_taken_stays_in_the_spool() {
        for goes in [false, true] {
            let (_folder, spool) = spool();
            let name = OsStr::new("keys.csv");
            spool.write(name, b"right").unwrap();
            let dropped = spool.take(name, LIMIT, &[]).unwrap();
            let place = Place::find(&spool, Shelf::Done, NOW, name).unwrap();
            place.note(&spool, &report(goes)).unwrap();
            spool.remove(name).unwrap();
            spool.write(name, b"never read").unwrap();
            assert!(!place.put(&spool, name, &dropped, goes).unwrap(), "goes: {goes}");
            assert_eq!(spool.read(name, LIMIT).unwrap().unwrap().as_slice(), b"never read", "goes: {goes}");
            assert!(place.folder.names().unwrap().is_empty());
            assert!(spool.see(&place.pending()).unwrap().is_none(), "its report is of another file");
        }
    }

    #[test]
    fn a_place_is_taken_also_while_a_report_waits_for_it() {
        let (_folder, spool) = spool();
        let name = OsStr::new("keys.csv");
        for wanted in ["keys.csv", "keys.csv.2", "keys.csv.3"] {
            let place = Place::find(&spool, Shelf::Failed, NOW, name).unwrap();
            assert_eq!(place.name, wanted);
            place.note(&spool, &report(false)).expect("the name of the pending report is free too");
        }
    }

    #[test]
    fn what_was_begun_with_a_file_is_ended_by_the_next_run() {
        for (shelf, goes) in [(Shelf::Done, true), (Shelf::Done, false), (Shelf::Failed, false)] {
            // `right` is the file that the report is of; it lies in its place, another one does, or none.
            for (there, stays_in_shelf, stays_in_spool) in
                [(Some("right"), !goes, false), (Some("never read"), false, true), (None, false, false)]
            {
                let (_folder, spool) = spool();
                let name = OsStr::new("keys.csv");
                let place = Place::find(&spool, shelf, NOW, name).unwrap();
                place.note(&spool, &report(goes)).unwrap();
                if let Some(bytes) = there {
                    place.folder.write(name, bytes.as_bytes()).unwrap();
                }
                let at = place.pending();
                Pending::of(&at).unwrap().settle(&spool, LIMIT, &[]).unwrap();
                let case = format!("{shelf:?}, goes: {goes}, there: {there:?}");
                assert_eq!(place.folder.see(name).unwrap().is_some(), stays_in_shelf, "{case}");
                assert_eq!(spool.see(name).unwrap().is_some(), stays_in_spool, "{case}");
                assert!(spool.see(&at).unwrap().is_none(), "{case}");
                // A file that is nowhere came in and went, or was never refused for good.
                let has_report = there == Some("right") || (there.is_none() && shelf == Shelf::Done);
                assert_eq!(place.folder.see(&report_of(name)).unwrap().is_some(), has_report, "{case}");
            }
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
