//! Deleting the events whose time is over: from the beginning, in parts, each of which leaves a chain that can be followed.

use super::row::Reader;
use super::{Change, Error, View};
use crate::audit::{Action, Head, Mac, Outcome, Seal, Stub};
use crate::clock::{Seconds, UtcTime};
use rusqlite::{Connection, OptionalExtension, named_params};

/// How many events go in one change: as many as keep other writers waiting for some tenths of a second.
const PART: i64 = 4_000;

/// Reads what is left of the events that were deleted, with its seal.
pub(super) fn read_stub(connection: &Connection) -> Result<Option<(Stub, Mac)>, Error> {
    let mut statement = connection.prepare_cached("SELECT seq, mac, goal, at, seal FROM audit_stub")?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let reader = Reader::of("audit_stub", row);
    let head = Head { seq: reader.get("seq")?, mac: reader.get("mac")? };
    Ok(Some((Stub { head, goal: reader.get("goal")?, at: reader.time("at")? }, reader.get("seal")?)))
}

impl View<'_> {
    /// Tells what is left of the events that were deleted when their time was over, if some were.
    ///
    /// # Errors
    /// [`Error`].
    pub fn audit_stub(&self) -> Result<Option<Stub>, Error> {
        Ok(read_stub(self.connection)?.map(|(stub, _)| stub))
    }

    /// Gives the number of the last event before the first one that was written at a moment or later; 0 when there is none.
    ///
    /// # Errors
    /// [`Error`].
    pub fn last_event_before(&self, moment: UtcTime) -> Result<i64, Error> {
        Ok(self.connection.query_row(
            "SELECT coalesce((SELECT min(seq) FROM audit WHERE at >= :moment) - 1, (SELECT max(seq) FROM audit), 0)",
            named_params! { ":moment": moment.epoch_seconds() },
            |row| row.get(0),
        )?)
    }

    /// Lists the events of backups that were put in place, in their order: the number of each, and what it says of the two chains.
    ///
    /// # Errors
    /// [`Error`].
    pub fn restores(&self) -> Result<Vec<(i64, String)>, Error> {
        let mut statement = self.connection.prepare(
            "SELECT seq, reason FROM audit WHERE action = :action AND outcome = :outcome AND reason IS NOT NULL ORDER BY seq",
        )?;
        let values = named_params! { ":action": Action::Restore.name(), ":outcome": Outcome::Done.name() };
        let restores = statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(restores.collect::<Result<_, _>>()?)
    }

    /// Tells whether something was written down between two moments.
    ///
    /// # Errors
    /// [`Error`].
    pub fn has_event_between(&self, first: UtcTime, last: UtcTime) -> Result<bool, Error> {
        let mut statement = self.connection.prepare("SELECT 1 FROM audit WHERE at BETWEEN :first AND :last")?;
        Ok(statement.exists(named_params! { ":first": first.epoch_seconds(), ":last": last.epoch_seconds() })?)
    }

    /// Tells when the newest event was written.
    ///
    /// # Errors
    /// [`Error`].
    pub fn newest_event(&self) -> Result<Option<UtcTime>, Error> {
        let newest: Option<i64> = self.connection.query_row("SELECT max(at) FROM audit", [], |row| row.get(0))?;
        Ok(newest.map(UtcTime::from_epoch))
    }
}

impl Change<'_> {
    /// Deletes the next part of the events up to a number; gives what is left of them. Where another purge has come so far meanwhile,
    /// nothing is left to do.
    ///
    /// # Errors
    /// [`Error`]; [`Error::Damaged`] when the event is not there up to which they go.
    pub fn purge_part(&self, goal: i64, seal: &dyn Seal, now: UtcTime) -> Result<Stub, Error> {
        let left = read_stub(&self.transaction)?.map(|(stub, _)| stub);
        if let Some(stub) = left.filter(|stub| stub.head.seq >= goal) {
            return Ok(stub);
        }
        let (gone, begun) = left.map_or((0, 0), |stub| (stub.head.seq, stub.goal));
        let seq = goal.min(gone.saturating_add(PART));
        let mac = self
            .transaction
            .prepare_cached("SELECT mac FROM audit WHERE seq = :seq")?
            .query_row(named_params! { ":seq": seq }, |row| row.get(0))
            .optional()?
            .ok_or(Error::Damaged)?;
        // One that goes further was told of, and is not forgotten for one that does not.
        let goal = goal.max(begun);
        let stub = Stub { head: Head { seq, mac }, goal, at: now };
        self.transaction
            .prepare_cached(
                "INSERT INTO audit_stub (id, seq, mac, goal, at, seal) VALUES (1, :seq, :mac, :goal, :now, :seal)
                 ON CONFLICT (id) DO UPDATE
                 SET seq = excluded.seq, mac = excluded.mac, goal = excluded.goal, at = excluded.at, seal = excluded.seal",
            )?
            .execute(named_params! {
                ":seq": seq, ":mac": mac, ":goal": goal, ":now": now.epoch_seconds(), ":seal": stub.seal(seal),
            })?;
        self.transaction
            .prepare_cached("DELETE FROM audit WHERE seq <= :seq")?
            .execute(named_params! { ":seq": seq })?;
        Ok(stub)
    }

    /// Forgets what was kept for the sake of events that are gone: from where keys were tried before a moment, and until when the
    /// names are kept of those who left before it and whom no event tells of any more.
    ///
    /// # Errors
    /// [`Error`].
    pub fn forget_what_events_needed(&self, before: UtcTime, now: UtcTime) -> Result<(), Error> {
        let values = named_params! { ":before": before.epoch_seconds() };
        self.transaction
            .execute("UPDATE attempts SET source = NULL WHERE source IS NOT NULL AND at < :before", values)?;
        self.transaction
            .execute("UPDATE waits SET source = NULL WHERE source IS NOT NULL AND until < :before", values)?;
        self.transaction.execute(
            "UPDATE users SET erase_at = :now
             WHERE removed_at < :before AND login IS NOT NULL AND erase_at > :now
                AND NOT EXISTS (SELECT 1 FROM audit WHERE audit.user_id = users.id)",
            named_params! { ":before": before.epoch_seconds(), ":now": now.epoch_seconds() },
        )?;
        self.transaction.execute(
            "INSERT OR IGNORE INTO owed_sweep (id, since) VALUES (1, :now)",
            named_params! { ":now": now.epoch_seconds() },
        )?;
        Ok(())
    }
}

/// For how long a clock that says that somebody's time is up is watched, before it is believed.
pub const WATCHED: Seconds = Seconds::days(1);
