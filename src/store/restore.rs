//! What a backup needs before it takes the place of the database: nothing that was used since may be used again.

use super::audit::read_head;
use super::backup::Contents;
use super::database::connect_as;
use super::row::Reader;
use super::{Change, Error, Examination, View};
use crate::audit::Head;
use crate::clock::UtcTime;
use crate::key::Serial;
use rusqlite::{Connection, OpenFlags, named_params};
use std::path::Path;

/// What happened to the database after a backup of it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Where the database stands.
    pub head: Head,
    /// How many events it has beyond those of the backup.
    pub events: i64,
    /// How many of these are about operators.
    pub of_operators: i64,
    /// The keys of the backup that are not what they were, or of which, or of whose users, events tell; with the highest step
    /// that each has accepted by now.
    changed: Vec<(i64, i64)>,
}

/// Whatever differs, and whatever somebody was told of: a key or a user that an event names. One that lies in stock here and there
/// was at most moved on by a restore. Of a key in the row of another one the watermark is of no use, and one of a batch that is
/// open was never anybody's.
const CHANGED: &str = "SELECT keys.id AS id, coalesce(
        (SELECT watermark FROM present.keys AS now WHERE now.id = keys.id AND now.key_id = keys.key_id), -1) AS watermark
    FROM main.keys AS keys
    WHERE state <> 'retired' AND keys.batch_id NOT IN (SELECT id FROM main.batches WHERE is_open) AND (
        keys.id IN (SELECT id FROM (SELECT * FROM main.keys EXCEPT SELECT * FROM present.keys))
            AND NOT EXISTS (
                SELECT 1 FROM present.keys AS now
                WHERE now.id = keys.id AND now.key_id = keys.key_id AND now.credential_version = keys.credential_version
                    AND now.state = 'stock' AND keys.state = 'stock')
        OR serial IN (SELECT serial FROM present.audit WHERE seq > :head)
        OR user_id IN (SELECT user_id FROM present.audit WHERE seq > :head))";

/// Compares a backup, as a file of its own, with the database that it was made of; nothing when it was not made of this one, or when
/// the two are not of one schema.
///
/// # Errors
/// [`Error`].
pub fn compare(backup: &Path, present: &Path) -> Result<Option<Comparison>, Error> {
    let Some(name) = present.to_str() else { return Ok(None) };
    let connection = connect_as(backup, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute("ATTACH DATABASE :name AS present", named_params! { ":name": name })?;
    connection.pragma_update(None, "query_only", true)?;
    let ask =
        |sql: &str, head: i64| connection.query_row(sql, named_params! { ":head": head }, |row| row.get::<_, i64>(0));
    let Head { seq: head, mac } = read_head(&connection)?;
    let is_continued: bool = connection.query_row(
        "SELECT (SELECT database_id FROM main.meta) = (SELECT database_id FROM present.meta)
            AND EXISTS (SELECT 1 FROM present.audit WHERE seq = :head AND mac = :mac)",
        named_params! { ":head": head, ":mac": mac },
        |row| row.get(0),
    )?;
    if !is_continued {
        return Ok(None);
    }
    let mut statement = connection.prepare(CHANGED)?;
    let changed = statement.query_map(named_params! { ":head": head }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let changed = changed.collect::<Result<Vec<_>, _>>()?;
    let (seq, mac) =
        connection.query_row("SELECT seq, mac FROM present.audit ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let operators = "SELECT count(*) FROM present.audit WHERE seq > :head AND action GLOB 'operator-*'";
    Ok(Some(Comparison {
        head: Head { seq, mac },
        events: ask("SELECT count(*) FROM present.audit WHERE seq > :head", head)?,
        of_operators: ask(operators, head)?,
        changed,
    }))
}

/// What was ended because somebody may have used it, or been given another one, since the backup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// Tickets.
    pub tickets: usize,
    /// Activation codes.
    pub activations: usize,
    /// Emergency lists.
    pub emergencies: usize,
}

/// The keys that are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// How many.
    pub keys: i64,
    /// The earliest moment since which one of them may have changed.
    pub since: UtcTime,
}

impl Change<'_> {
    /// Moves every key on beyond what it can have shown by a moment: a time key past the last step that would be accepted then, an
    /// event key by so many presses, and asks it for two codes. Nobody can say any more that one never left the stock, but of those
    /// of a batch that is open: nobody has seen them, and they must go with it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn move_keys_on(&self, by: UtcTime, presses: i64, now: UtcTime) -> Result<(), Error> {
        self.transaction.execute(
            "UPDATE keys SET
                watermark = iif(period IS NULL, watermark + :presses, max(watermark, (:by - epoch) / period + drift + 1)),
                asks_twice = iif(period IS NULL, 1, asks_twice),
                left_stock_at = coalesce(left_stock_at, :now)
             WHERE batch_id NOT IN (SELECT id FROM batches WHERE is_open)",
            named_params! { ":by": by.epoch_seconds(), ":presses": presses, ":now": now.epoch_seconds() },
        )?;
        Ok(())
    }

    /// Ends all tickets, activation codes and emergency lists.
    ///
    /// # Errors
    /// [`Error`].
    pub fn end_all_promises(&self) -> Result<Ended, Error> {
        let say = |sql: &str| Ok::<_, Error>(self.transaction.execute(sql, [])?);
        Ok(Ended {
            tickets: say("DELETE FROM tickets")?,
            activations: say("UPDATE activations SET state = 'revoked' WHERE state = 'live'")?,
            emergencies: say("UPDATE emergencies SET state = 'revoked' WHERE state = 'live'")?,
        })
    }

    /// Holds the keys that have changed since a moment; without a comparison all those that are somebody's, or were lost. Gives
    /// their number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn hold_keys(&self, comparison: Option<&Comparison>, since: UtcTime) -> Result<i64, Error> {
        let hold = "held_since = min(coalesce(held_since, :since), :since)";
        let Some(comparison) = comparison else {
            self.transaction.execute(
                &format!(
                    "UPDATE keys SET {hold} WHERE state NOT IN ('stock', 'retired')
                        AND batch_id NOT IN (SELECT id FROM batches WHERE is_open)"
                ),
                named_params! { ":since": since.epoch_seconds() },
            )?;
            return Ok(self.read().held()?.map_or(0, |held| held.keys));
        };
        let mut statement = self
            .transaction
            .prepare(&format!("UPDATE keys SET {hold}, watermark = max(watermark, :watermark) WHERE id = :id"))?;
        for (id, watermark) in &comparison.changed {
            statement.execute(named_params! { ":id": id, ":watermark": watermark, ":since": since.epoch_seconds() })?;
        }
        Ok(self.read().held()?.map_or(0, |held| held.keys))
    }

    /// Releases the keys that are held since a moment or later: all, or those that are named. Gives their number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn release_keys(&self, since: UtcTime, serials: &[Serial]) -> Result<usize, Error> {
        let since = since.epoch_seconds();
        if serials.is_empty() {
            return Ok(self.transaction.execute(
                "UPDATE keys SET held_since = NULL WHERE held_since >= :since",
                named_params! { ":since": since },
            )?);
        }
        let mut statement = self
            .transaction
            .prepare("UPDATE keys SET held_since = NULL WHERE held_since >= :since AND serial = :serial")?;
        serials.iter().try_fold(0_usize, |released, serial| {
            let values = named_params! { ":since": since, ":serial": serial.as_str() };
            Ok(released.saturating_add(statement.execute(values)?))
        })
    }
}

impl View<'_> {
    /// Tells how many keys are held, and since when; nothing when none is.
    ///
    /// # Errors
    /// [`Error`].
    pub fn held(&self) -> Result<Option<Hold>, Error> {
        let mut statement = self
            .connection
            .prepare("SELECT count(*) AS keys, min(held_since) AS since FROM keys WHERE held_since IS NOT NULL")?;
        let mut rows = statement.query([])?;
        let row = rows.next()?.ok_or(Error::Impossible { table: "keys", column: "held_since" })?;
        let reader = Reader::of("keys", row);
        let keys = reader.get("keys")?;
        Ok(reader.optional_time("since")?.map(|since| Hold { keys, since }))
    }
}

impl Examination {
    /// Opens a copy that lies by itself: what lies beside it is none of its.
    ///
    /// # Errors
    /// As [`Examination::begin`].
    pub fn of_copy(path: &Path) -> Result<Self, Error> {
        Self::begin_frozen(path)
    }

    /// Tells what the database holds.
    ///
    /// # Errors
    /// [`Error`].
    pub fn contents(&self) -> Result<Contents, Error> {
        Contents::read(self.connection())
    }

    /// Counts the keys, and the users who have not left.
    ///
    /// # Errors
    /// [`Error`].
    pub fn census(&self) -> Result<(i64, i64), Error> {
        let count = |connection: &Connection| {
            let sql = "SELECT (SELECT count(*) FROM keys), (SELECT count(*) FROM users WHERE removed_at IS NULL)";
            connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        };
        Ok(count(self.connection())?)
    }
}
