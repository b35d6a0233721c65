//! Attempts, committed before anything is verified, and the waits that they bring.

use super::error::extended_code;
use super::row::{Reader, read_all};
use super::{Change, Error, View};
use crate::clock::{Seconds, UtcTime};
use crate::throttle::{Fault, Policy, Settled, Tally};
use crate::user::UserId;
use rusqlite::{ffi, named_params};

/// How long an attempt may stay open; one that is older was abandoned by a process that died.
const ABANDONED_AFTER: Seconds = Seconds::minutes(1);

/// What attempts are counted for, by its row: checks for a key, activations for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// A key.
    Key(i64),
    /// An activation code.
    Activation(i64),
}

impl Counted {
    const fn key(self) -> Option<i64> {
        match self {
            Self::Key(row) => Some(row),
            Self::Activation(_) => None,
        }
    }

    const fn activation(self) -> Option<i64> {
        match self {
            Self::Key(_) => None,
            Self::Activation(row) => Some(row),
        }
    }
}

const TALLY: &str = "SELECT
        count(*) FILTER (WHERE counts AND same_source) AS unforgiven,
        max(at) FILTER (WHERE counts AND same_source) AS last_at,
        count(*) FILTER (WHERE NOT cleared AND outcome IN ('wrong-pin', 'wrong-code', 'both-wrong')) AS failures,
        count(*) FILTER (WHERE NOT cleared AND outcome = 'wrong-pin') AS wrong_pins,
        count(*) FILTER (WHERE NOT cleared AND outcome = 'both-wrong') AS both_wrong,
        count(*) FILTER (WHERE outcome = 'wrong-code' AND at > :code_window) AS wrong_codes_in_window,
        count(*) FILTER (WHERE outcome = 'both-wrong' AND at > :both_window) AS both_wrong_in_year,
        count(*) FILTER (WHERE at > :hour) AS verified_in_hour,
        min(at) FILTER (WHERE at > :hour) AS hour_began_at
    FROM (
        SELECT at, outcome, cleared, source IS :source AS same_source,
            NOT cleared AND outcome IN ('open', 'wrong-pin', 'wrong-code', 'both-wrong', 'neither') AS counts
        FROM attempts WHERE (key_id = :key AND :key IS NOT NULL) OR (activation_id = :activation AND :activation IS NOT NULL)
    )";

/// A key is his of whom the last event about it tells, other than of somebody who tried to activate it: it is given to nobody
/// without one, and tried by nobody while it is nobody's.
const TRIES_OF_USER: &str = "SELECT at, source, outcome FROM attempts LEFT JOIN keys ON keys.id = attempts.key_id
    WHERE activation_id IN (SELECT id FROM activations WHERE activations.user_id = :user)
        OR (keys.user_id = :user AND at >= keys.activated_at)
        OR (keys.serial IN (SELECT serial FROM audit WHERE audit.user_id = :user)
            AND :user = (
                SELECT audit.user_id FROM audit
                WHERE audit.serial = keys.serial AND audit.user_id IS NOT NULL AND audit.at <= attempts.at
                    AND NOT (action = 'activate' AND outcome <> 'accepted')
                ORDER BY seq DESC LIMIT 1))
    ORDER BY attempts.id";

/// From where somebody tried his key, and what came of it.
#[derive(Clone, Debug)]
pub struct Tried {
    /// When.
    pub at: UtcTime,
    /// The address that the login server named.
    pub source: Option<String>,
    /// What came of it, by the name that the database has for it.
    pub outcome: String,
}

impl View<'_> {
    /// Lists the tries of a user, whether he has left or not, as far as they are kept: at his activation codes, with the keys that
    /// are his since he activated them, and with those that were his when they were tried, so far as the audit tells it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn tries_of_user(&self, user: UserId) -> Result<Vec<Tried>, Error> {
        let mut statement = self.connection.prepare(TRIES_OF_USER)?;
        read_all(statement.query(named_params! { ":user": user })?, |row| {
            let reader = Reader::of("attempts", row);
            Ok(Tried { at: reader.time("at")?, source: reader.get("source")?, outcome: reader.get("outcome")? })
        })
    }

    /// Counts the attempts as they stand.
    ///
    /// # Errors
    /// [`Error`].
    pub fn tally(&self, counted: Counted, source: Option<&str>, now: UtcTime) -> Result<Tally, Error> {
        let ago = |span: Seconds| now.epoch_seconds().saturating_sub(span.get());
        let mut statement = self.connection.prepare_cached(TALLY)?;
        let mut rows = statement.query(named_params! {
            ":key": counted.key(),
            ":activation": counted.activation(),
            ":source": source,
            ":code_window": ago(Policy::WRONG_CODE_WINDOW),
            ":both_window": ago(Policy::BOTH_WRONG_WINDOW),
            ":hour": ago(Seconds::hours(1)),
        })?;
        let Some(row) = rows.next()? else {
            return Ok(Tally::default());
        };
        let reader = Reader::of("attempts", row);
        Ok(Tally {
            unforgiven: reader.get("unforgiven")?,
            last_at: reader.optional_time("last_at")?,
            failures: reader.get("failures")?,
            wrong_pins: reader.get("wrong_pins")?,
            both_wrong: reader.get("both_wrong")?,
            wrong_codes_in_window: reader.get("wrong_codes_in_window")?,
            both_wrong_in_year: reader.get("both_wrong_in_year")?,
            verified_in_hour: reader.get("verified_in_hour")?,
            hour_began_at: reader.optional_time("hour_began_at")?,
        })
    }

    /// Lists from where a key was tried since a moment; none stands for tries that came without a source.
    ///
    /// # Errors
    /// [`Error`].
    pub fn sources_of_tries(&self, key: i64, since: UtcTime) -> Result<Vec<Option<String>>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT source FROM attempts WHERE key_id = :key AND at > :since")?;
        let values = named_params! { ":key": key, ":since": since.epoch_seconds() };
        read_all(statement.query(values)?, |row| Reader::of("attempts", row).get("source"))
    }

    /// Counts the tries at an activation code that named the right serial.
    ///
    /// # Errors
    /// [`Error`].
    pub fn tries_with_right_serial(&self, activation: i64) -> Result<u32, Error> {
        Ok(self.connection.query_row(
            "SELECT count(*) FROM attempts WHERE activation_id = :activation AND right_serial",
            named_params! { ":activation": activation },
            |row| row.get(0),
        )?)
    }
}

impl Change<'_> {
    /// Writes an open attempt; gives its sequence number. Committed, it counts whatever becomes of the process.
    ///
    /// # Errors
    /// [`Error`].
    pub fn open_attempt(
        &self,
        counted: Counted,
        source: Option<&str>,
        right_serial: bool,
        now: UtcTime,
    ) -> Result<i64, Error> {
        self.insert_attempt(counted, source, right_serial, now)?;
        Ok(self.transaction.last_insert_rowid())
    }

    /// Does the work of opening an attempt for a key that is none, of which nothing is left.
    ///
    /// # Errors
    /// [`Error`].
    pub fn open_no_attempt(&self, source: Option<&str>, now: UtcTime) -> Result<(), Error> {
        // Rows are numbered from 1: SQLite writes the row, finds no key that it is of, and takes it back.
        match self.insert_attempt(Counted::Key(0), source, false, now) {
            Ok(()) => Err(Error::Impossible { table: "keys", column: "id" }),
            Err(error) if extended_code(&error) == Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes an open attempt. Of values that are selected SQLite writes the row before it looks for its key, of others after it.
    fn insert_attempt(
        &self,
        counted: Counted,
        source: Option<&str>,
        right_serial: bool,
        now: UtcTime,
    ) -> rusqlite::Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT INTO attempts (key_id, activation_id, at, source, right_serial)
                 SELECT :key, :activation, :now, :source, :right_serial",
            )?
            .execute(named_params! {
                ":key": counted.key(),
                ":activation": counted.activation(),
                ":now": now.epoch_seconds(),
                ":source": source,
                ":right_serial": right_serial,
            })?;
        Ok(())
    }

    /// Counts an open attempt for another key than it was opened for, when it turns out to be meant.
    ///
    /// # Errors
    /// [`Error`].
    pub fn move_attempt(&self, attempt: i64, key: i64) -> Result<(), Error> {
        self.transaction
            .prepare_cached("UPDATE attempts SET key_id = :key WHERE id = :attempt AND outcome = 'open'")?
            .execute(named_params! { ":attempt": attempt, ":key": key })?;
        Ok(())
    }

    /// Settles an open attempt; tells whether it was still open.
    ///
    /// An accepted one clears those before it, never later ones. Rows that count for nothing any more are dropped.
    ///
    /// # Errors
    /// [`Error`].
    pub fn settle_attempt(
        &self,
        counted: Counted,
        attempt: i64,
        settled: Settled,
        now: UtcTime,
    ) -> Result<bool, Error> {
        let outcome = match settled {
            Settled::Accepted => "accepted",
            Settled::Undecided => "undecided",
            Settled::Failed(Fault::Pin) => "wrong-pin",
            Settled::Failed(Fault::Code) => "wrong-code",
            Settled::Failed(Fault::Both) => "both-wrong",
            Settled::Failed(Fault::Neither) => "neither",
        };
        let changed = self
            .transaction
            .prepare_cached("UPDATE attempts SET outcome = :outcome WHERE id = :attempt AND outcome = 'open'")?
            .execute(named_params! { ":outcome": outcome, ":attempt": attempt })?;
        if settled == Settled::Accepted {
            self.clear_attempts(counted, attempt)?;
        }
        self.prune_attempts(counted, now)?;
        Ok(changed == 1)
    }

    /// Lets the failures before an attempt count no more, as after an acceptance.
    ///
    /// # Errors
    /// [`Error`].
    pub fn clear_attempts(&self, counted: Counted, before: i64) -> Result<(), Error> {
        self.of(counted, "UPDATE attempts SET cleared = 1 WHERE id < :attempt", before)?;
        Ok(())
    }

    /// Settles as failed what processes that died left open; gives how many there were.
    ///
    /// # Errors
    /// [`Error`].
    pub fn settle_abandoned(&self, counted: Counted, now: UtcTime) -> Result<usize, Error> {
        let before = now.epoch_seconds().saturating_sub(ABANDONED_AFTER.get());
        self.of(counted, "UPDATE attempts SET outcome = 'both-wrong' WHERE outcome = 'open' AND at < :attempt", before)
    }

    /// Forgives a key all its settled attempts, as when it is unlocked by hand.
    ///
    /// # Errors
    /// [`Error`].
    pub fn forgive_attempts(&self, key: i64, now: UtcTime) -> Result<(), Error> {
        let counted = Counted::Key(key);
        self.settle_abandoned(counted, now)?;
        self.of(counted, "DELETE FROM attempts WHERE outcome <> 'open' AND :attempt IS NULL", None::<i64>)?;
        Ok(())
    }

    /// Notes that somebody was turned away during a wait; tells whether he is the first of this wait.
    ///
    /// # Errors
    /// [`Error`].
    pub fn turn_away(&self, counted: Counted, source: Option<&str>, until: UtcTime) -> Result<bool, Error> {
        let parameters = named_params! {
            ":key": counted.key(),
            ":activation": counted.activation(),
            ":source": source,
            ":until": until.epoch_seconds(),
        };
        let known = self
            .transaction
            .prepare_cached(
                "UPDATE waits SET turned_away = turned_away + 1
                 WHERE key_id IS :key AND activation_id IS :activation AND source IS :source AND until = :until",
            )?
            .execute(parameters)?;
        if known == 0 {
            self.transaction
                .prepare_cached(
                    "INSERT INTO waits (key_id, activation_id, source, until, turned_away)
                     VALUES (:key, :activation, :source, :until, 1)",
                )?
                .execute(parameters)?;
        }
        Ok(known == 0)
    }

    /// Ends the waits of a source, and all that are over; gives how many were turned away beyond the first of each.
    ///
    /// # Errors
    /// [`Error`].
    pub fn end_waits(&self, counted: Counted, source: Option<&str>, now: UtcTime) -> Result<i64, Error> {
        let mut statement = self.transaction.prepare_cached(
            "DELETE FROM waits
             WHERE key_id IS :key AND activation_id IS :activation AND (source IS :source OR until <= :now)
             RETURNING turned_away",
        )?;
        let mut rows = statement.query(named_params! {
            ":key": counted.key(), ":activation": counted.activation(), ":source": source, ":now": now.epoch_seconds(),
        })?;
        let mut beyond = 0i64;
        while let Some(row) = rows.next()? {
            let turned_away: i64 = row.get(0)?;
            beyond = beyond.saturating_add(turned_away.saturating_sub(1));
        }
        Ok(beyond)
    }

    fn prune_attempts(&self, counted: Counted, now: UtcTime) -> Result<(), Error> {
        let hour_ago = now.epoch_seconds().saturating_sub(3_600);
        let year_ago = now.epoch_seconds().saturating_sub(Policy::BOTH_WRONG_WINDOW.get());
        self.of(
            counted,
            "DELETE FROM attempts WHERE outcome IN ('accepted', 'undecided') AND at < :attempt",
            hour_ago,
        )?;
        self.of(counted, "DELETE FROM attempts WHERE outcome <> 'open' AND at < :attempt", year_ago)?;
        Ok(())
    }

    /// Runs a statement over the attempts of one key or code, with one more value.
    fn of(&self, counted: Counted, statement: &str, value: impl rusqlite::ToSql) -> Result<usize, Error> {
        let (column, row) = match counted {
            Counted::Key(row) => ("key_id", row),
            Counted::Activation(row) => ("activation_id", row),
        };
        let sql = format!("{statement} AND {column} = :row");
        Ok(self.transaction.prepare_cached(&sql)?.execute(named_params! { ":attempt": value, ":row": row })?)
    }
}
