//! Erasing the names of users who left, when they are due: nothing of them is to lie in the file any more.
//!
//! Nothing runs between two commands: the first change after the moment does it, as one of its own before the other.

use super::database::wait_patiently;
use super::row::Reader;
use super::{Error, Store, View, audit};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::clock::{Seconds, UtcTime};
use crate::user::UserId;
use rusqlite::{Transaction, TransactionBehavior, named_params};
use std::time::Duration;

/// Nobody's time is up while our own clock is known to be wrong, nor by a clock that has just jumped ahead: it must have gone on for a
/// day since something was written down after the moment.
const DUE: &str = "SELECT id FROM users
    WHERE removed_at IS NOT NULL AND login IS NOT NULL AND erase_at <= :now AND NOT EXISTS (SELECT 1 FROM host_clock)
        AND EXISTS (SELECT 1 FROM audit WHERE at >= users.erase_at AND at <= :day_before)";

/// For how long a clock that says that somebody's time is up is watched.
const DAY: Seconds = Seconds::days(1);

/// Since when each of those might have been erased, and each sweep is owed. The next change does it: if one came more than a day after
/// and did not, none will.
const OWED: &str = "SELECT min(since) AS since FROM (
        SELECT since FROM owed_sweep
        UNION ALL
        SELECT :day + (SELECT min(at) FROM audit WHERE at >= users.erase_at) FROM users
        WHERE removed_at IS NOT NULL AND login IS NOT NULL AND NOT EXISTS (SELECT 1 FROM host_clock))
    WHERE since <= (SELECT max(at) FROM audit) - :day";

impl View<'_> {
    /// Tells since when names should have been erased that are not, though there was a day to do it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn erasure_owed_since(&self) -> Result<Option<UtcTime>, Error> {
        let mut statement = self.connection.prepare(OWED)?;
        let mut rows = statement.query(named_params! { ":day": DAY.get() })?;
        rows.next()?.map_or(Ok(None), |row| Reader::of("users", row).optional_time("since"))
    }
}

impl Store<'_> {
    /// Erases whoever is due. If that cannot be done now it keeps nobody from what he came for: the next change tries again.
    pub(super) fn erase_whoever_is_due(&mut self, now: UtcTime) {
        let is_erased = self.due(now).is_ok_and(|is_due| is_due) && self.erase_leavers(now).is_ok();
        if is_erased || self.owes_a_sweep().unwrap_or(false) {
            // As long as somebody reads what was, it is owed.
            let _ = self.sweep_log();
        }
    }

    fn due(&self, now: UtcTime) -> Result<bool, Error> {
        let values = named_params! { ":now": now.epoch_seconds(), ":day_before": day_before(now) };
        Ok(self.connection.prepare_cached(DUE)?.exists(values)?)
    }

    fn owes_a_sweep(&self) -> Result<bool, Error> {
        Ok(self.connection.prepare_cached("SELECT 1 FROM owed_sweep")?.exists([])?)
    }

    /// Erases in a change with its events. The rows of all users are written anew, each under its number: SQLite wipes what it
    /// deletes, but not the copies that it leaves in a page when it moves rows to another one.
    fn erase_leavers(&mut self, now: UtcTime) -> Result<(), Error> {
        // While the rows are away, those that point to them are right all the same; within a transaction it cannot be said.
        self.connection.pragma_update(None, "foreign_keys", false)?;
        let erased = self.erase_in_one_change(now);
        self.connection.pragma_update(None, "foreign_keys", true)?;
        erased
    }

    fn erase_in_one_change(&mut self, now: UtcTime) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let due = transaction
            .prepare(DUE)?
            .query_map(named_params! { ":now": now.epoch_seconds(), ":day_before": day_before(now) }, |row| row.get(0))?
            .collect::<Result<Vec<UserId>, _>>()?;
        if due.is_empty() {
            return Ok(());
        }
        for user in &due {
            forget(&transaction, *user)?;
        }
        transaction.execute_batch(
            "CREATE TEMP TABLE everybody AS SELECT * FROM main.users ORDER BY id;
             DELETE FROM main.users;
             INSERT INTO main.users SELECT * FROM temp.everybody ORDER BY id;
             DROP TABLE temp.everybody",
        )?;
        transaction.execute(
            "INSERT OR IGNORE INTO owed_sweep (id, since) VALUES (1, :now)",
            named_params! { ":now": now.epoch_seconds() },
        )?;
        let erased = |user| {
            let subject = Subject { user: Some(user), ..Subject::default() };
            Event::new(Action::UserErase, Outcome::Done).about(subject)
        };
        let events = Events::all(due.into_iter().map(erased).collect());
        audit::append(&transaction, now, &self.operator, &events, self.seal)?;
        Ok(transaction.commit()?)
    }

    /// Takes the write-ahead log, in which the names stand until it is written over, back into the database, and empties it. It
    /// waits for nobody: whoever waits for this one's lock would wait as long.
    fn sweep_log(&mut self) -> Result<(), Error> {
        self.connection.busy_timeout(Duration::ZERO)?;
        let is_busy: Result<bool, _> =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        wait_patiently(&mut self.connection)?;
        if is_busy? {
            return Err(Error::Busy);
        }
        self.connection.execute("DELETE FROM owed_sweep", [])?;
        Ok(())
    }
}

const fn day_before(now: UtcTime) -> i64 {
    now.epoch_seconds().saturating_sub(DAY.get())
}

/// Forgets what a user was called, and from where he was checked until he left.
fn forget(transaction: &Transaction<'_>, user: UserId) -> Result<(), Error> {
    let values = named_params! { ":user": user };
    transaction
        .prepare_cached(
            "UPDATE attempts SET source = NULL
             WHERE source IS NOT NULL AND at <= (SELECT removed_at FROM users WHERE id = :user)
                AND (key_id IN (SELECT keys.id FROM audit JOIN keys ON keys.serial = audit.serial WHERE audit.user_id = :user)
                    OR activation_id IN (SELECT id FROM activations WHERE user_id = :user))",
        )?
        .execute(values)?;
    transaction
        .prepare_cached(
            "UPDATE waits SET source = NULL
             WHERE source IS NOT NULL AND until <= (SELECT removed_at FROM users WHERE id = :user)
                AND key_id IN (SELECT keys.id FROM audit JOIN keys ON keys.serial = audit.serial WHERE audit.user_id = :user)",
        )?
        .execute(values)?;
    transaction
        .prepare_cached("UPDATE users SET login = NULL, folded = NULL, name = NULL WHERE id = :user")?
        .execute(values)?;
    Ok(())
}
