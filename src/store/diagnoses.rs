//! Looks at what a key's display says: counted before anything is looked at, and what helps them to answer.

use super::row::Reader;
use super::{Change, Error, View, keys};
use crate::clock::UtcTime;
use crate::drift::Drift;
use crate::key::{Identity, KeyId, SealedSeed};
use crate::otp::{Digits, Step};
use rusqlite::{Row, named_params};

/// A code that was spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Its step.
    pub step: Step,
    /// When.
    pub at: UtcTime,
}

impl View<'_> {
    /// Finds the code of a step among those that a key has spent, or the first one above it, which made it old.
    ///
    /// # Errors
    /// [`Error`].
    pub fn spent_from(&self, key: i64, step: Step) -> Result<Option<Spent>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT step, at FROM spent_codes WHERE key_id = :key AND step >= :step ORDER BY step LIMIT 1",
        )?;
        let mut rows = statement.query(named_params! { ":key": key, ":step": step.index() })?;
        let read = |row: &Row<'_>| {
            let reader = Reader::of("spent_codes", row);
            Ok(Spent { step: Step::new(reader.get("step")?), at: reader.time("at")? })
        };
        rows.next()?.map(read).transpose()
    }

    /// Gives every other key that shows so many digits to `take`, one after the other, until it has enough.
    ///
    /// # Errors
    /// [`Error`], also what `take` fails with.
    pub fn walk_displays<E: From<Error>>(
        &self,
        digits: Digits,
        but: i64,
        mut take: impl FnMut(Display) -> Result<bool, E>,
    ) -> Result<(), E> {
        let mut statement = self
            .connection
            .prepare(
                "SELECT key_id, serial, algorithm, digits, period, epoch, seed, watermark, drift
                 FROM keys
                 WHERE digits = :digits AND id <> :but
                    AND NOT EXISTS (SELECT 1 FROM batches WHERE batches.id = keys.batch_id AND is_open)
                 ORDER BY id",
            )
            .map_err(Error::from)?;
        let parameters = named_params! { ":digits": digits.get(), ":but": but };
        let mut rows = statement.query(parameters).map_err(Error::from)?;
        while let Some(row) = rows.next().map_err(Error::from)? {
            if !take(read_display(row)?)? {
                break;
            }
        }
        Ok(())
    }

    /// Gives the moment of the oldest of the last looks without a match, when there are `most` of them since a moment: those
    /// at a key, or those of an operator.
    ///
    /// # Errors
    /// [`Error`].
    pub fn oldest_diagnosis(&self, of: Looks, since: UtcTime, most: u32) -> Result<Option<UtcTime>, Error> {
        let (key, operator) = match of {
            Looks::At(key) => (Some(key), None),
            Looks::By(operator) => (None, Some(operator)),
        };
        let mut statement = self.connection.prepare_cached(
            "SELECT at FROM diagnoses
             WHERE (key_id = :key OR operator_uid = :operator) AND outcome <> 'matched' AND at > :since
             ORDER BY at DESC LIMIT 1 OFFSET :before",
        )?;
        let mut rows = statement.query(named_params! {
            ":key": key,
            ":operator": operator,
            ":since": since.epoch_seconds(),
            ":before": most.saturating_sub(1),
        })?;
        rows.next()?.map(|row| Reader::of("diagnoses", row).time("at")).transpose()
    }
}

/// A key so far as its codes go.
#[derive(Debug)]
pub struct Display {
    /// What its seed is bound to.
    pub identity: Identity,
    /// Its seed.
    pub seed: SealedSeed,
    /// The highest step ever accepted.
    pub watermark: Step,
    /// The drift of its clock.
    pub drift: Drift,
}

fn read_display(row: &Row<'_>) -> Result<Display, Error> {
    let reader = Reader::of("keys", row);
    let identity = Identity {
        key: KeyId(reader.get("key_id")?),
        serial: reader.parse("serial")?,
        parameters: keys::read_parameters(&reader)?,
    };
    Ok(Display {
        identity,
        seed: SealedSeed(reader.get("seed")?),
        watermark: Step::new(reader.get("watermark")?),
        drift: Drift::new(reader.get("drift")?).map_err(|_| reader.impossible("drift"))?,
    })
}

/// Whose looks are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Those at a key, by its row.
    At(i64),
    /// Those of an operator, by his uid.
    By(u32),
}

impl Change<'_> {
    /// Counts a look at a key; gives its number. Those before a moment count for nothing any more, and are dropped.
    ///
    /// # Errors
    /// [`Error`].
    pub fn open_diagnosis(&self, key: i64, operator: u32, now: UtcTime, forgotten: UtcTime) -> Result<i64, Error> {
        self.transaction
            .prepare_cached("DELETE FROM diagnoses WHERE at < :forgotten")?
            .execute(named_params! { ":forgotten": forgotten.epoch_seconds() })?;
        self.transaction
            .prepare_cached("INSERT INTO diagnoses (key_id, operator_uid, at) VALUES (:key, :operator, :now)")?
            .execute(named_params! { ":key": key, ":operator": operator, ":now": now.epoch_seconds() })?;
        Ok(self.transaction.last_insert_rowid())
    }

    /// Writes what came of a look.
    ///
    /// # Errors
    /// [`Error`].
    pub fn settle_diagnosis(&self, diagnosis: i64, matched: bool) -> Result<(), Error> {
        self.transaction
            .prepare_cached(
                "UPDATE diagnoses SET outcome = iif(:matched, 'matched', 'no-match') WHERE id = :diagnosis",
            )?
            .execute(named_params! { ":matched": matched, ":diagnosis": diagnosis })?;
        Ok(())
    }
}
