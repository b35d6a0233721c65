//! Keys into the stock: one by one, or as many as one statement takes.

use super::super::{Change, Error};
use super::NewKey;
use crate::otp::Period;
use rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE;
use rusqlite::{CachedStatement, ToSql};

/// What is written of a key.
const COLUMNS: &str =
    "key_id, serial, algorithm, digits, period, epoch, seed, manufacturer, model, not_before, not_after,
    establishment_id, batch_id, batch_line, drift, watermark, first_watermark";
/// How many columns these are.
const WIDTH: usize = 17;

/// Adds keys to the stock.
pub struct KeyAdder<'c> {
    one: CachedStatement<'c>,
    several: CachedStatement<'c>,
}

impl Change<'_> {
    /// Begins to add keys to the stock.
    ///
    /// # Errors
    /// [`Error`].
    pub fn key_adder(&self) -> Result<KeyAdder<'_>, Error> {
        let row = format!("({})", ["?"; WIDTH].join(", "));
        let insert = |rows: &str, else_what: &str| {
            self.transaction.prepare_cached(&format!("INSERT INTO keys ({COLUMNS}) VALUES {rows} {else_what}"))
        };
        Ok(KeyAdder {
            one: insert(&row, "ON CONFLICT (serial) DO NOTHING")?,
            several: insert(&[row.as_str(); KeyAdder::AT_ONCE].join(", "), "")?,
        })
    }
}

impl KeyAdder<'_> {
    /// How many keys one statement adds: what a statement costs whatever it does is a fourth of an insert.
    pub const AT_ONCE: usize = 16;

    /// Adds a key, unless its serial is known; tells whether it did.
    ///
    /// # Errors
    /// [`Error`].
    pub fn add(&mut self, new: &NewKey<'_>) -> Result<bool, Error> {
        bind(&mut self.one, 0, new)?;
        Ok(self.one.raw_execute()? == 1)
    }

    /// Adds [`KeyAdder::AT_ONCE`] keys; of any other number, or when the serial of one of them is known, none. Tells whether it did.
    ///
    /// # Errors
    /// [`Error`].
    pub fn add_all(&mut self, new: &[NewKey<'_>]) -> Result<bool, Error> {
        if new.len() != Self::AT_ONCE {
            return Ok(false);
        }
        for (place, new) in new.iter().enumerate() {
            bind(&mut self.several, place.saturating_mul(WIDTH), new)?;
        }
        match self.several.raw_execute() {
            Ok(_) => Ok(true),
            Err(error) if error.sqlite_extended_error_code() == Some(SQLITE_CONSTRAINT_UNIQUE) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// Binds the values of a key, in the order of the columns, behind so many others: to look each name up would be a third of an insert.
fn bind(statement: &mut CachedStatement<'_>, behind: usize, new: &NewKey<'_>) -> Result<(), Error> {
    let parameters = &new.identity.parameters;
    let watermark = new.watermark.index();
    let values: [&dyn ToSql; WIDTH] = [
        &new.identity.key.0,
        &new.identity.serial.as_str(),
        &parameters.algorithm.name(),
        &parameters.digits.get(),
        &parameters.shown_for().map(Period::seconds),
        &parameters.period.epoch().epoch_seconds(),
        &new.seed.0,
        &new.manufacturer,
        &new.model,
        &new.validity.not_before.map(|time| time.epoch_seconds()),
        &new.validity.not_after.map(|time| time.epoch_seconds()),
        &new.establishment,
        &new.batch,
        &new.batch_line,
        &new.drift.steps(),
        &watermark,
        &watermark,
    ];
    for (place, value) in values.into_iter().enumerate() {
        statement.raw_bind_parameter(behind.saturating_add(place).saturating_add(1), value)?;
    }
    Ok(())
}
