//! Clocks: the history of each key's, and what all of them together say of ours.

use super::row::{Reader, read_all};
use super::{Change, Error, View};
use crate::clock::{Seconds, UtcTime};
use crate::drift::Remembered;
use crate::drift::host_clock::{self, Sighting, Window, is_alike};
use rusqlite::{Row, named_params};
use std::collections::BTreeSet;

/// Our own clock is wrong, as the keys show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongClock {
    /// The minutes by which the keys are ahead of it.
    pub wrong_by: i64,
    /// Since when.
    pub since: UtcTime,
}

impl View<'_> {
    /// Gives the codes that are remembered of a key, in the order of their steps. Those that a wrong clock of ours has seen tell
    /// nothing of the key's.
    ///
    /// # Errors
    /// [`Error`].
    pub fn history(&self, key: i64) -> Result<Vec<Remembered>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, at, iif(trusted, drift, NULL) AS steps FROM spent_codes WHERE key_id = :key ORDER BY step",
        )?;
        read_all(statement.query(named_params! { ":key": key })?, |row| {
            let reader = Reader::of("spent_codes", row);
            Ok(Remembered { row: reader.get("id")?, at: reader.time("at")?, steps: reader.get("steps")? })
        })
    }

    /// Gives the codes of a window that say something of our own clock.
    ///
    /// # Errors
    /// [`Error`].
    pub fn sightings(&self, window: Window, now: UtcTime) -> Result<Vec<Sighting>, Error> {
        let seen = self.numbered_sightings(window, now)?;
        Ok(seen.into_iter().map(|(_, sighting)| sighting).collect())
    }

    /// Gives them with the numbers of their rows, the newest first.
    fn numbered_sightings(&self, window: Window, now: UtcTime) -> Result<Vec<(i64, Sighting)>, Error> {
        // By their numbers, which no index need be kept for.
        let mut statement = self.connection.prepare_cached(
            "SELECT id, key_id, off FROM spent_codes
             WHERE id > (SELECT max(id) FROM spent_codes) - :rows AND at BETWEEN :since AND :now AND off IS NOT NULL
             ORDER BY id DESC LIMIT :most",
        )?;
        let read = |row: &Row<'_>| {
            let reader = Reader::of("spent_codes", row);
            Ok((reader.get("id")?, Sighting { key: reader.get("key_id")?, off: reader.get("off")? }))
        };
        let since = now.plus(Seconds::new(window.span.get().saturating_neg()));
        let rows = |codes: usize| i64::try_from(codes).unwrap_or(i64::MAX);
        read_all(
            statement.query(named_params! {
                ":rows": rows(host_clock::ALARM.most),
                ":most": rows(window.most),
                ":since": since.epoch_seconds(),
                ":now": now.epoch_seconds(),
            })?,
            read,
        )
    }

    /// Tells whether our own clock is known to be wrong.
    ///
    /// # Errors
    /// [`Error`].
    pub fn wrong_clock(&self) -> Result<Option<WrongClock>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT wrong_by, since FROM host_clock WHERE id = 1")?;
        let mut rows = statement.query([])?;
        let read = |row: &Row<'_>| {
            let reader = Reader::of("host_clock", row);
            Ok(WrongClock { wrong_by: reader.get("wrong_by")?, since: reader.time("since")? })
        };
        rows.next()?.map(read).transpose()
    }
}

impl Change<'_> {
    /// Forgets codes of a history.
    ///
    /// # Errors
    /// [`Error`].
    pub fn forget_codes(&self, rows: &[i64]) -> Result<(), Error> {
        for row in rows {
            self.transaction
                .prepare_cached("DELETE FROM spent_codes WHERE id = :row")?
                .execute(named_params! { ":row": row })?;
        }
        Ok(())
    }

    /// Notes by how many minutes our own clock is wrong, or that it is right again.
    ///
    /// # Errors
    /// [`Error`].
    pub fn note_clock(&self, wrong_by: Option<i64>, now: UtcTime) -> Result<(), Error> {
        match wrong_by {
            Some(wrong_by) => self.transaction.execute(
                "INSERT INTO host_clock (id, wrong_by, since) VALUES (1, :wrong_by, :now)
                 ON CONFLICT (id) DO UPDATE SET wrong_by = :wrong_by",
                named_params! { ":wrong_by": wrong_by, ":now": now.epoch_seconds() },
            )?,
            None => self.transaction.execute("DELETE FROM host_clock", [])?,
        };
        Ok(())
    }

    /// Takes back what the keys have taught in the last hour while our own clock was wrong by so much: each has the drift again
    /// that it had before, and none of these codes tells of its clock.
    ///
    /// # Errors
    /// [`Error`].
    pub fn unlearn(&self, wrong_by: i64, now: UtcTime) -> Result<(), Error> {
        let seen = self.read().numbered_sightings(host_clock::ALARM, now)?;
        let mut put_back = BTreeSet::new();
        for (row, sighting) in seen.into_iter().rev().filter(|(_, sighting)| is_alike(sighting.off, wrong_by)) {
            if put_back.insert(sighting.key) {
                self.transaction
                    .prepare_cached(
                        "UPDATE keys SET last_side = 0, drift = (SELECT former FROM spent_codes WHERE id = :row)
                         WHERE id = :key",
                    )?
                    .execute(named_params! { ":row": row, ":key": sighting.key })?;
            }
            self.transaction
                .prepare_cached("UPDATE spent_codes SET trusted = 0 WHERE id = :row")?
                .execute(named_params! { ":row": row })?;
        }
        Ok(())
    }
}
