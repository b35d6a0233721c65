//! Keys into the stock: one by one, or as many as one statement takes.

use super::super::{Change, Error};
use super::NewKey;
use crate::otp::Period;
use rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE;
use rusqlite::{CachedStatement, ToSql};

/// What is written of a key: first what each has for itself, then what the keys of a file mostly have in common.
const COLUMNS: &str = "key_id, serial, seed, batch_line,
    algorithm, digits, period, epoch, manufacturer, model, not_before, not_after, establishment_id, batch_id, drift,
    watermark, first_watermark";
/// How many values a key has for itself.
const OWN: usize = 4;
/// How many values it may have in common with others; the last one stands in two columns.
const COMMON: usize = 12;

/// Adds keys to the stock.
pub struct KeyAdder<'c> {
    one: CachedStatement<'c>,
    several: CachedStatement<'c>,
    alike: CachedStatement<'c>,
}

impl Change<'_> {
    /// Begins to add keys to the stock.
    ///
    /// # Errors
    /// [`Error`].
    pub fn key_adder(&self) -> Result<KeyAdder<'_>, Error> {
        let insert = |count: usize, places: fn(usize) -> Places, else_what: &str| {
            let rows: Vec<String> = (0..count).map(|row| places(row).row()).collect();
            let rows = rows.join(", ");
            self.transaction.prepare_cached(&format!("INSERT INTO keys ({COLUMNS}) VALUES {rows} {else_what}"))
        };
        Ok(KeyAdder {
            one: insert(1, Places::apart, "ON CONFLICT (serial) DO NOTHING")?,
            several: insert(KeyAdder::AT_ONCE, Places::apart, "")?,
            alike: insert(KeyAdder::AT_ONCE, Places::alike, "")?,
        })
    }
}

impl KeyAdder<'_> {
    /// How many keys one statement adds: what a statement costs whatever it does is a fourth of an insert of one.
    pub const AT_ONCE: usize = 64;

    /// Adds a key, unless its serial is known; tells whether it did.
    ///
    /// # Errors
    /// [`Error`].
    pub fn add(&mut self, new: &NewKey<'_>) -> Result<bool, Error> {
        bind_common(&mut self.one, Places::apart(0), new)?;
        bind_own(&mut self.one, Places::apart(0), new)?;
        Ok(self.one.raw_execute()? == 1)
    }

    /// Adds [`KeyAdder::AT_ONCE`] keys; of any other number, or when the serial of one of them is known, none. Tells whether it did.
    ///
    /// # Errors
    /// [`Error`].
    pub fn add_all(&mut self, new: &[NewKey<'_>]) -> Result<bool, Error> {
        let Some(first) = new.first().filter(|_| new.len() == Self::AT_ONCE) else { return Ok(false) };
        // What all of them have in common is bound once: to bind a value costs about as much as to write it.
        let statement = if new.iter().all(|other| other.is_like(first)) {
            bind_common(&mut self.alike, Places::alike(0), first)?;
            for (row, new) in new.iter().enumerate() {
                bind_own(&mut self.alike, Places::alike(row), new)?;
            }
            &mut self.alike
        } else {
            for (row, new) in new.iter().enumerate() {
                bind_common(&mut self.several, Places::apart(row), new)?;
                bind_own(&mut self.several, Places::apart(row), new)?;
            }
            &mut self.several
        };
        match statement.raw_execute() {
            Ok(_) => Ok(true),
            Err(error) if error.sqlite_extended_error_code() == Some(SQLITE_CONSTRAINT_UNIQUE) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

impl NewKey<'_> {
    /// Tells whether it has the same values as another, but for those that each has for itself.
    fn is_like(&self, other: &Self) -> bool {
        let common = |new: &Self| {
            let about = (new.identity.parameters, new.validity, new.drift, new.watermark);
            (about, new.establishment, new.batch)
        };
        common(self) == common(other) && self.manufacturer == other.manufacturer && self.model == other.model
    }
}

/// Which parameters of a statement a row of it has, counted from 0.
#[derive(Clone, Copy)]
struct Places {
    common: usize,
    own: usize,
}

impl Places {
    /// All of a row are its own.
    fn apart(row: usize) -> Self {
        let common = row.saturating_mul(COMMON.saturating_add(OWN));
        Self { common, own: common.saturating_add(COMMON) }
    }

    /// The first ones are those of all rows.
    fn alike(row: usize) -> Self {
        Self { common: 0, own: COMMON.saturating_add(row.saturating_mul(OWN)) }
    }

    /// Writes a row of the statement, in the order of the columns.
    fn row(self) -> String {
        let (own, common) = (self.own..self.own.saturating_add(OWN), self.common..self.common.saturating_add(COMMON));
        let places = own.chain(common.clone()).chain(common.last());
        let places: Vec<String> = places.map(|place| format!("?{}", place.saturating_add(1))).collect();
        format!("({})", places.join(", "))
    }
}

/// Binds what a key has for itself.
fn bind_own(statement: &mut CachedStatement<'_>, places: Places, new: &NewKey<'_>) -> Result<(), Error> {
    let values: [&dyn ToSql; OWN] = [&new.identity.key.0, &new.identity.serial.as_str(), &new.seed.0, &new.batch_line];
    bind(statement, places.own, &values)
}

/// Binds what keys mostly have in common.
fn bind_common(statement: &mut CachedStatement<'_>, places: Places, new: &NewKey<'_>) -> Result<(), Error> {
    let parameters = &new.identity.parameters;
    let values: [&dyn ToSql; COMMON] = [
        &parameters.algorithm.name(),
        &parameters.digits.get(),
        &parameters.shown_for().map(Period::seconds),
        &parameters.period.epoch().epoch_seconds(),
        &new.manufacturer,
        &new.model,
        &new.validity.not_before.map(|time| time.epoch_seconds()),
        &new.validity.not_after.map(|time| time.epoch_seconds()),
        &new.establishment,
        &new.batch,
        &new.drift.steps(),
        &new.watermark.index(),
    ];
    bind(statement, places.common, &values)
}

/// Binds values by their places: to look each name up would be a third of an insert.
fn bind(statement: &mut CachedStatement<'_>, from: usize, values: &[&dyn ToSql]) -> Result<(), Error> {
    for (place, value) in (from.saturating_add(1)..).zip(values) {
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}
