//! Another seed for a key that was never given out: written beside it while the batch is open, and in its place when it is closed.

use super::super::row::read_all;
use super::{Change, Error, KnownKey, NewKey, View};
use crate::clock::UtcTime;
use crate::key::Serial;
use crate::otp::Period;
use rusqlite::{named_params, params};

/// A key that nobody ever had, and that never spent a code.
const IS_UNTOUCHED: &str =
    "keys.state = 'stock' AND keys.left_stock_at IS NULL AND keys.watermark = keys.first_watermark";

impl View<'_> {
    /// Tells whether a key was never given out, nor any code of it spent.
    ///
    /// # Errors
    /// [`Error`].
    pub fn is_untouched(&self, key: i64) -> Result<bool, Error> {
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT 1 FROM keys WHERE id = :key AND {IS_UNTOUCHED}"))?;
        Ok(statement.exists(named_params! { ":key": key })?)
    }
}

impl Change<'_> {
    /// Writes what a key shall become when its batch is closed, unless the batch has that already; tells whether it did.
    ///
    /// # Errors
    /// [`Error`].
    pub fn prepare_replacement(&self, known: &KnownKey, new: &NewKey<'_>) -> Result<bool, Error> {
        let parameters = &new.identity.parameters;
        let added = self
            .transaction
            .prepare_cached(
                "INSERT INTO replacements (key_id, batch_id, batch_line, credential_version, algorithm, digits, period, epoch,
                                           seed, manufacturer, model, not_before, not_after, establishment_id, drift,
                                           watermark)
                 VALUES (:key_id, :batch, :batch_line, :version, :algorithm, :digits, :period, :epoch,
                         :seed, :manufacturer, :model, :not_before, :not_after, :establishment, :drift, :watermark)
                 ON CONFLICT (key_id) DO NOTHING",
            )?
            .execute(params![
                known.row,
                new.batch,
                new.batch_line,
                known.version.0,
                parameters.algorithm.name(),
                parameters.digits.get(),
                parameters.shown_for().map(Period::seconds),
                parameters.period.epoch().epoch_seconds(),
                new.seed.0,
                new.manufacturer,
                new.model,
                new.validity.not_before.map(|time| time.epoch_seconds()),
                new.validity.not_after.map(|time| time.epoch_seconds()),
                new.establishment,
                new.drift.steps(),
                new.watermark.index(),
            ])?;
        Ok(added == 1)
    }

    /// Puts everything in its place that was prepared in an open batch, and gives the serials: the watermark begins anew, what
    /// was known of the clock is forgotten, and the key stays where it is unless another establishment was named. A key that
    /// was given out, promised by an activation code, or changed, since it was looked at keeps its seed and is not among them.
    ///
    /// # Errors
    /// [`Error`].
    pub fn replace_keys(&self, batch: i64, now: UtcTime) -> Result<Vec<Serial>, Error> {
        let mut statement = self.transaction.prepare(&format!(
            "UPDATE keys SET
                algorithm = new.algorithm, digits = new.digits, period = new.period, epoch = new.epoch, seed = new.seed,
                manufacturer = new.manufacturer, model = new.model, not_before = new.not_before, not_after = new.not_after,
                establishment_id = coalesce(new.establishment_id, keys.establishment_id),
                batch_id = new.batch_id, batch_line = new.batch_line, drift = new.drift, last_side = 0,
                watermark = new.watermark, first_watermark = new.watermark, credential_version = keys.credential_version + 1
             FROM replacements AS new
             WHERE new.key_id = keys.id AND new.batch_id = :batch AND keys.credential_version = new.credential_version
                AND {IS_UNTOUCHED}
                AND NOT EXISTS (SELECT 1 FROM activations
                    WHERE activations.key_id = keys.id AND activations.state = 'live' AND activations.expires_at >= :now)
             RETURNING serial"
        ))?;
        let values = named_params! { ":batch": batch, ":now": now.epoch_seconds() };
        let serials = read_all(statement.query(values)?, |row| super::Reader::of("keys", row).parse("serial"))?;
        self.forget_replacements(batch)?;
        Ok(serials)
    }

    /// Forgets what was prepared in a batch.
    ///
    /// # Errors
    /// [`Error`].
    pub fn forget_replacements(&self, batch: i64) -> Result<(), Error> {
        self.transaction
            .prepare_cached("DELETE FROM replacements WHERE batch_id = :batch")?
            .execute(named_params! { ":batch": batch })?;
        Ok(())
    }
}
