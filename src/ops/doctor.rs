//! Finding out what is wrong with a database, its vault and the clock, without changing anything.

mod vault;

use super::OpenError;
use super::audit::Verified;
use super::upkeep::{self, Overdue, Wait};
use crate::clock::{self, Seconds, UtcTime};
use crate::key::Serial;
use crate::store::{self, Access, Dangling, Differences, Examination, Hold, WrongClock};
use std::path::Path;

/// A clock before this moment was never set: 2026-01-01, when the program had not been written yet.
const EARLIEST: UtcTime = UtcTime::from_epoch(1_767_225_600);
/// A clock after this moment has lost its mind: 2106-02-07, when the seconds outgrow 32 bits.
const LATEST: UtcTime = UtcTime::from_epoch(4_294_967_296);

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The file: ours, of a schema that is known, not kept by somebody else.
    Database,
    /// Its pages and rules.
    Integrity,
    /// The rows that refer to each other.
    References,
    /// The vault key.
    Vault,
    /// The seeds.
    Seeds,
    /// Whose the keys are, until when PINs may be chosen, and who is entrusted with what: what the vault vouches for.
    Seals,
    /// The chain of events.
    Audit,
    /// What keeps it safe, and was last done when.
    Upkeep,
    /// What waits for somebody.
    Waiting,
}

impl Part {
    const ALL: [Self; 9] = [
        Self::Database,
        Self::Integrity,
        Self::References,
        Self::Vault,
        Self::Seeds,
        Self::Seals,
        Self::Audit,
        Self::Upkeep,
        Self::Waiting,
    ];
}

/// Something that is wrong.
#[derive(Debug)]
pub enum Trouble {
    /// The database or its vault does not open, or a table of it cannot be read.
    Closed(OpenError),
    /// Another process keeps the writer's lock.
    Locked,
    /// The schema is older than the program's.
    Older {
        /// That of the file.
        found: i64,
        /// The newest.
        known: i64,
    },
    /// The schema was changed.
    Schema(Differences),
    /// Nobody administers.
    NoAdmin,
    /// Names of users who left should have been erased, since a moment, and are not.
    NamesNotErased(UtcTime),
    /// Keys came back with a backup, and nobody has confirmed yet that nothing happened to them.
    KeysHeld(Hold),
    /// Changes are not journalled by the write-ahead log.
    Journal(String),
    /// SQLite finds faults.
    Faults {
        /// How many lines it says.
        count: usize,
        /// The first.
        first: String,
    },
    /// Rows refer to nothing.
    Dangling(Dangling),
    /// The vault key that opens the database has not taken its place yet.
    KeyNotPlaced,
    /// A vault key that opens nothing waits to take the place of the one that does.
    KeyLeftOver,
    /// Seeds do not open with the vault.
    Seeds {
        /// How many.
        count: usize,
        /// The serial of the first.
        first: Serial,
    },
    /// The vault does not vouch for the holders of keys, or for the while in which a PIN may be chosen.
    Holders {
        /// Of how many keys.
        count: usize,
        /// The serial of the first.
        first: Serial,
    },
    /// Users would be found by another login than the one that they are told by.
    Logins {
        /// How many.
        count: i64,
        /// The login of the first.
        first: String,
    },
    /// The vault does not vouch for what accounts are entrusted with.
    Mandates {
        /// How many.
        count: usize,
        /// The name of the first.
        first: String,
    },
    /// The chain of events is broken.
    Chain(Verified),
    /// Its last events are missing.
    Cut(Verified),
    /// The clock stands before what was written last.
    ClockBehind {
        /// By how much.
        by: Seconds,
        /// When something was written last.
        newest: UtcTime,
    },
    /// The clock is wrong, as the keys show.
    ClockWrong(WrongClock),
    /// The clock shows a year that cannot be.
    ClockAbsurd(UtcTime),
    /// Something was not done for long.
    Overdue(Overdue),
    /// Something waits for somebody: what, and how many.
    Waiting(Wait, i64),
}

impl<E: Into<OpenError>> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self::Closed(error.into())
    }
}

/// What was found about each part; nothing for a part that could not be looked at.
#[derive(Debug)]
pub struct Health {
    /// The parts, in their order.
    pub parts: Vec<(Part, Option<Vec<Trouble>>)>,
    /// When something was written last, if that could be read.
    pub newest: Option<UtcTime>,
    /// Our own clock, if the keys have shown that it is wrong.
    pub wrong_clock: Option<WrongClock>,
    /// When many users last failed at once and nobody was accepted, if that was lately, and how many they were.
    pub mass_failure: Option<(UtcTime, i64)>,
    /// Whether somebody is a delegate, if that could be read.
    pub has_delegate: bool,
}

impl Health {
    /// Gives the health of what could not be looked at at all.
    pub fn unknown() -> Self {
        Self {
            parts: Part::ALL.map(|part| (part, None)).into(),
            newest: None,
            wrong_clock: None,
            mass_failure: None,
            has_delegate: false,
        }
    }

    fn found(&mut self, part: Part, troubles: Vec<Trouble>) {
        if let Some((_, found)) = self.parts.iter_mut().find(|(known, _)| *known == part) {
            found.get_or_insert_default().extend(troubles);
        }
    }

    /// Gives the health of a database that somebody has alone, to put another one in its place.
    pub fn being_replaced() -> Self {
        let mut health = Self::unknown();
        health.found(Part::Database, vec![Trouble::Locked]);
        health
    }

    /// Takes what a look gave. One that a broken page stopped, which is told already, was no look.
    fn looked(&mut self, part: Part, looked: Result<Vec<Trouble>, store::Error>) {
        match looked {
            Ok(troubles) => self.found(part, troubles),
            Err(store::Error::Damaged) if self.is_damaged() => {}
            // A table or column that is missing is told already.
            Err(store::Error::Unexpected(_)) if self.has_other_schema() => {}
            Err(error) => self.found(part, vec![error.into()]),
        }
    }

    fn has_other_schema(&self) -> bool {
        let troubles = self.parts.iter().filter_map(|(_, troubles)| troubles.as_ref()).flatten();
        troubles.into_iter().any(|trouble| matches!(trouble, Trouble::Schema(_)))
    }

    fn is_damaged(&self) -> bool {
        let integrity = self.parts.iter().find(|(part, _)| *part == Part::Integrity);
        integrity.and_then(|(_, troubles)| troubles.as_ref()).is_some_and(|troubles| !troubles.is_empty())
    }
}

/// Looks at a database, as far as it can be opened, and at its vault, when there is the contents of a key file; `waiting` is that of
/// one that is to take its place.
pub fn examine(path: &Path, access: Access, key_file: Option<&[u8]>, waiting: Option<&[u8]>, now: UtcTime) -> Health {
    let mut health = Health::unknown();
    let examination = match Examination::begin(path, access) {
        Ok(examination) => examination,
        Err(error) => {
            health.found(Part::Database, vec![error.into()]);
            return health;
        }
    };
    let (is_known, troubles) = look_at_file(&examination);
    health.found(Part::Database, troubles);
    if is_known {
        health.looked(Part::Database, look_at_schema(&examination));
        health.looked(Part::Database, look_at_operators(&examination));
        health.looked(Part::Database, look_at_names(&examination));
        health.looked(Part::Database, look_at_held_keys(&examination));
    }
    health.looked(Part::Integrity, look_at_pages(&examination));
    health.looked(Part::References, look_at_references(&examination));
    // The tables of another schema are not those that this program reads.
    if is_known {
        health.newest = examination.newest().ok().flatten();
        health.wrong_clock = examination.read().wrong_clock().ok().flatten();
        health.has_delegate = examination.read().has_delegate().unwrap_or_default();
        health.mass_failure = upkeep::mass_failure(examination.read(), now).ok().flatten();
        health.looked(Part::Upkeep, look_at_upkeep(&examination, now));
        health.looked(Part::Waiting, look_at_waits(&examination, now));
        if let Some(key_file) = key_file {
            vault::look_into(&examination, (key_file, waiting), now, &mut health);
        }
    }
    health
}

/// Judges the clock by the calendar and by what was written last.
pub fn judge_clock(now: UtcTime, newest: Option<UtcTime>) -> Option<Trouble> {
    if now < EARLIEST || now >= LATEST {
        return Some(Trouble::ClockAbsurd(now));
    }
    let newest = newest?;
    clock::set_back(now, newest).map(|by| Trouble::ClockBehind { by, newest })
}

/// Looks at the file as a whole, and tells whether this program knows its tables.
fn look_at_file(examination: &Examination) -> (bool, Vec<Trouble>) {
    let mut troubles = Vec::new();
    match examination.try_lock() {
        Ok(()) => {}
        Err(store::Error::Busy) => troubles.push(Trouble::Locked),
        Err(error) => troubles.push(error.into()),
    }
    let is_known = match examination.schema() {
        Ok((found, known)) if found > known => {
            troubles.push(store::Error::Newer { found, known }.into());
            false
        }
        // No command would bring it up to date.
        Ok((found, _)) if found < 1 => {
            troubles.push(store::Error::Damaged.into());
            false
        }
        Ok((found, known)) if found < known => {
            troubles.push(Trouble::Older { found, known });
            false
        }
        Ok(_) => true,
        Err(error) => {
            troubles.push(error.into());
            false
        }
    };
    match examination.journal_mode() {
        Ok(None) => {}
        Ok(Some(mode)) if mode.eq_ignore_ascii_case("wal") => {}
        Ok(Some(mode)) => troubles.push(Trouble::Journal(mode)),
        Err(error) => troubles.push(error.into()),
    }
    (is_known, troubles)
}

fn look_at_schema(examination: &Examination) -> Result<Vec<Trouble>, store::Error> {
    let differences = examination.differences()?;
    Ok(if differences.are_none() { Vec::new() } else { vec![Trouble::Schema(differences)] })
}

fn look_at_operators(examination: &Examination) -> Result<Vec<Trouble>, store::Error> {
    Ok(if examination.has_admin()? { Vec::new() } else { vec![Trouble::NoAdmin] })
}

fn look_at_names(examination: &Examination) -> Result<Vec<Trouble>, store::Error> {
    Ok(examination.read().erasure_owed_since()?.map(Trouble::NamesNotErased).into_iter().collect())
}

fn look_at_held_keys(examination: &Examination) -> Result<Vec<Trouble>, store::Error> {
    Ok(examination.read().held()?.map(Trouble::KeysHeld).into_iter().collect())
}

fn look_at_upkeep(examination: &Examination, now: UtcTime) -> Result<Vec<Trouble>, store::Error> {
    Ok(upkeep::overdue(examination.read(), now)?.into_iter().map(Trouble::Overdue).collect())
}

fn look_at_waits(examination: &Examination, now: UtcTime) -> Result<Vec<Trouble>, store::Error> {
    Ok(upkeep::waits(examination.read(), now)?.into_iter().map(|(wait, count)| Trouble::Waiting(wait, count)).collect())
}

fn look_at_pages(examination: &Examination) -> Result<Vec<Trouble>, store::Error> {
    let faults = examination.faults()?;
    let count = faults.len();
    Ok(faults.into_iter().next().map(|first| Trouble::Faults { count, first }).into_iter().collect())
}

fn look_at_references(examination: &Examination) -> Result<Vec<Trouble>, store::Error> {
    Ok(examination.dangling()?.into_iter().map(Trouble::Dangling).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g01_a_clock_is_judged_by_the_calendar_and_by_what_was_written_last() {
        let at = UtcTime::from_epoch;
        let newest = Some(at(1_795_511_520));
        assert!(judge_clock(at(1_795_511_520), None).is_none());
        assert!(judge_clock(at(1_795_511_460), newest).is_none());
        let Some(Trouble::ClockBehind { by, .. }) = judge_clock(at(1_795_511_459), newest) else { panic!() };
        assert_eq!(by, Seconds::new(61));
        for absurd in [i64::MIN, 0, 1_767_225_599, 4_294_967_296, i64::MAX] {
            assert!(matches!(judge_clock(at(absurd), newest), Some(Trouble::ClockAbsurd(_))), "{absurd}");
        }
        assert!(judge_clock(at(1_767_225_600), None).is_none());
        assert!(judge_clock(at(4_294_967_295), newest).is_none());
    }
}
