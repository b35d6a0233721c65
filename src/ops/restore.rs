//! Restoring a backup: looking whether it can be, and making of it a database in which nothing that was used since can be used again.

use super::audit::verify;
use super::doctor::judge_clock;
use super::{Desk, Error, OpenError, Trouble};
use crate::audit::{Action, Event, Events, Outcome, RestoredHeads, Subject};
use crate::clock::{Clock, Seconds, UtcTime};
use crate::key::{Key, Serial};
use crate::operator::Operator;
use crate::store::{
    self, Access, Comparison, Contents, Dangling, Database, Differences, Ended, Examination, KeyFilter, Store, compare,
};
use crate::vault::{Vault, VaultKey};
use std::path::Path;

/// So far a clock may stand behind what a lost database has accepted.
const MOST_BEHIND: Seconds = Seconds::hours(1);

/// Why a file cannot be restored.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// It is no database of ours, or not one that this vault key opens.
    #[error(transparent)]
    Closed(OpenError),
    /// SQLite finds faults.
    #[error("{count} faults, the first: {first}")]
    Faults {
        /// How many lines it says.
        count: usize,
        /// The first.
        first: String,
    },
    /// Rows refer to nothing.
    #[error("{} rows of {} refer to nothing", .0.rows, .0.table)]
    Dangling(Dangling),
    /// The schema was changed.
    #[error("the schema was changed")]
    Schema(Differences),
    /// The chain of events is broken, or its end is missing.
    #[error("the chain of events is broken")]
    Chain {
        /// The first event that is wrong; none when those at the end are missing.
        first_bad: Option<i64>,
    },
}

impl<E: Into<OpenError>> From<E> for Unfit {
    fn from(error: E) -> Self {
        Self::Closed(error.into())
    }
}

/// A backup that can be restored.
pub struct Candidate {
    /// What it holds.
    pub contents: Contents,
    /// How many keys.
    pub keys: i64,
    /// How many users.
    pub users: i64,
    vault: Vault,
}

/// Looks at a backup, a file by itself, without changing anything.
///
/// # Errors
/// [`Unfit`], with the first reason.
pub fn examine_backup(path: &Path, key_file: &[u8]) -> Result<Candidate, Unfit> {
    let examination = Examination::of_copy(path)?;
    look(&examination)?;
    let key = VaultKey::parse(key_file)?;
    let vault = Vault::unlock(&key, &examination.envelope()?)?;
    follow(&examination, &vault)?;
    let (keys, users) = examination.census()?;
    Ok(Candidate { contents: examination.contents()?, keys, users, vault })
}

/// Looks at a database that nobody is writing to: whole, and ours.
fn look(examination: &Examination) -> Result<(), Unfit> {
    let (found, known) = examination.schema()?;
    if found > known {
        return Err(store::Error::Newer { found, known }.into());
    }
    if found < 1 {
        return Err(store::Error::Damaged.into());
    }
    let faults = examination.faults()?;
    if let Some(first) = faults.first() {
        return Err(Unfit::Faults { count: faults.len(), first: first.clone() });
    }
    if let Some(dangling) = examination.dangling()?.into_iter().next() {
        return Err(Unfit::Dangling(dangling));
    }
    if found == known {
        let differences = examination.differences()?;
        if !differences.are_none() {
            return Err(Unfit::Schema(differences));
        }
    }
    Ok(())
}

/// Follows the chain of events of a database from its beginning to its end.
fn follow(examination: &Examination, vault: &Vault) -> Result<(), Unfit> {
    let verified = verify(examination.read(), vault, Vec::new())?;
    match verified.is_intact() {
        true => Ok(()),
        false => Err(Unfit::Chain { first_bad: verified.chain.first_bad }),
    }
}

/// Finds out what happened to the database after a backup of it was made; nothing when it is not whole, or the backup not of it:
/// then everything may have happened. Its vault key may be another one by now: by a rotation the vault stays the same.
pub fn compare_backup(backup: &Path, present: &Path, candidate: &Candidate) -> Option<Comparison> {
    let examination = Examination::begin(present, Access::Shared).ok()?;
    look(&examination).ok()?;
    follow(&examination, &candidate.vault).ok()?;
    drop(examination);
    compare(backup, present).ok().flatten()
}

/// Why a backup that could be restored is not, or why the keys that came with it stay held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRestored {
    /// The clock shows a year that cannot be: what is moved on by it would never come back.
    #[error("the clock shows {0:?}")]
    ClockAbsurd(UtcTime),
    /// No key is held, or one that was named is not.
    #[error("no key is held")]
    NoneHeld,
    /// Keys are held since an earlier moment than the one since which somebody has looked.
    #[error("keys are held since {0:?}")]
    HeldLonger(UtcTime),
}

/// Who restores a backup, and when.
#[derive(Clone, Copy)]
pub struct Restorer<'a> {
    /// The operator.
    pub operator: &'a Operator,
    /// The time.
    pub clock: &'a dyn Clock,
    /// How many presses the button of an event key may be ahead of us.
    pub presses: i64,
}

/// What a restored database begins with.
#[derive(Debug)]
pub struct Restored {
    /// Where the two chains ended.
    pub heads: RestoredHeads,
    /// The moment since which the keys may have changed.
    pub since: UtcTime,
    /// How many events came after the backup, and how many of these are about operators, if that can be told.
    pub events_after: Option<(i64, i64)>,
    /// The keys that are held.
    pub held: Vec<Key>,
    /// What was ended.
    pub ended: Ended,
}

/// Makes of a backup the database that it will be, in one change, and folds it into one file: every key is moved on, what was handed
/// out is ended, and the keys that may have changed are held.
///
/// # Errors
/// [`Error`]; then the file is of no use.
pub fn prepare_backup(
    path: &Path,
    candidate: &Candidate,
    comparison: Option<&Comparison>,
    restorer: Restorer<'_>,
) -> Result<Restored, Error> {
    let now = restorer.clock.now();
    if let Some(Trouble::ClockAbsurd(now)) = judge_clock(now, None) {
        return Err(NotRestored::ClockAbsurd(now).into());
    }
    let since = candidate.contents.newest.unwrap_or(now);
    let by = match comparison {
        // Each key keeps the step that it has by now.
        Some(_) => now,
        // Our clock may stand before what was written when it was right. What was written while it stood far ahead puts no key out.
        None => since.min(now.plus(MOST_BEHIND)).max(now),
    };
    let heads =
        RestoredHeads { backup: candidate.contents.head, previous: comparison.map(|comparison| comparison.head) };
    let mut store = Store::new(Database::open(path)?, &candidate.vault, restorer.clock, restorer.operator.clone());
    let ended = store.change(now, |change| {
        change.move_keys_on(by, restorer.presses, now)?;
        let ended = change.end_all_promises()?;
        let held = change.hold_keys(comparison, since)?;
        let event = Event::new(Action::Restore, Outcome::Done).because(&heads.to_string()).counting(held);
        Ok::<_, Error>((ended, Events::one(event)))
    })?;
    let held = store.read().keys(&KeyFilter { held: true, ..KeyFilter::default() })?;
    drop(store);
    store::fold(path)?;
    let events_after = comparison.map(|comparison| (comparison.events, comparison.of_operators));
    Ok(Restored { heads, since, events_after, held, ended })
}

impl Desk<'_> {
    /// Releases the keys that a restore holds, all or those that are named, when somebody has looked at all that happened since a
    /// moment; gives how many they were.
    ///
    /// # Errors
    /// [`Error::NotRestored`], also when one is held since before that moment; [`Error::UnknownKey`].
    pub fn confirm_restore(&mut self, since: UtcTime, serials: &[Serial]) -> Result<usize, Error> {
        let now = self.now();
        self.store.change(now, |change| {
            let view = change.read();
            let mut keys = Vec::new();
            for serial in serials {
                keys.push(view.key(serial)?.ok_or_else(|| Error::UnknownKey(serial.clone()))?);
            }
            let longest = match serials {
                [] => view.held()?.map(|hold| hold.since),
                _ => keys.iter().map(|key| key.held_since).min().flatten(),
            };
            match longest {
                None => return Err(NotRestored::NoneHeld.into()),
                Some(longest) if longest < since => return Err(NotRestored::HeldLonger(longest).into()),
                Some(_) => {}
            }
            let released = change.release_keys(since, serials)?;
            Ok((released, tell_of_release(since, &keys, released)))
        })
    }
}

/// Tells of each key that was named, or of all together.
fn tell_of_release(since: UtcTime, keys: &[Key], released: usize) -> Events {
    let event =
        || Event::new(Action::RestoreConfirm, Outcome::Done).because(&format!("since={}", since.epoch_seconds()));
    if keys.is_empty() {
        return Events::one(event().counting(i64::try_from(released).unwrap_or(i64::MAX)));
    }
    let about = |key: &Key| {
        event().about(Subject {
            serial: Some(key.serial.clone()),
            user: key.holder.as_ref().map(|holder| holder.user),
            establishment: key.establishment.clone(),
            ..Subject::default()
        })
    };
    Events::all(keys.iter().map(about).collect())
}
