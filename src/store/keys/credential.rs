//! What a key opens: spending its codes, and its PIN.

use super::{Change, Error};
use crate::audit::Mac;
use crate::clock::UtcTime;
use crate::key::{CredentialVersion, Key};
use crate::otp::Step;
use crate::passcode::Acceptance;
use crate::pin::Hashed;
use rusqlite::named_params;

/// A code that the judge has found right, about to be spent.
#[derive(Clone, Copy, Debug)]
pub struct Spending<'a> {
    /// The key as it was judged.
    pub key: &'a Key,
    /// The step of the code.
    pub step: Step,
    /// What it brings beyond being spent; nothing when the next code is asked for.
    pub acceptance: Option<&'a Acceptance>,
    /// It opens, or resynchronises: the time of last use moves.
    pub counts_as_use: bool,
    /// The minutes that it lay off the key's own history, if that foretold anything.
    pub off: Option<i64>,
    /// Our own clock is right, so far as is known: what was learned of the key's is written.
    pub is_trusted: bool,
}

/// A while in which the first PIN of a key, or another one, can be chosen by a code alone.
#[derive(Clone, Copy, Debug)]
pub struct NewPinMode {
    /// Its last moment.
    pub until: UtcTime,
    /// The vault's, over the key, its user and that moment.
    pub seal: Mac,
}

impl Change<'_> {
    /// Spends a code: the watermark rises to its step by compare-and-swap. Tells whether it did; if not, the code was used,
    /// or the key was changed, since it was judged, and the answer is no.
    ///
    /// What was learned of the clock is written only if no other code came between, and our own is to be trusted.
    ///
    /// # Errors
    /// [`Error`].
    pub fn spend(&self, spending: &Spending<'_>, now: UtcTime) -> Result<bool, Error> {
        let key = spending.key;
        let clockwork = spending.acceptance.map_or(key.clockwork, |acceptance| acceptance.clockwork);
        let confirms_pin = spending.acceptance.is_some_and(|acceptance| acceptance.confirms_pin);
        let changed = self
            .transaction
            .prepare_cached(
                "UPDATE keys SET
                    watermark = :step,
                    drift = iif(:trusted AND watermark = :seen, :drift, drift),
                    last_side = iif(:trusted AND watermark = :seen, :side, last_side),
                    last_accepted_at = iif(:used, :now, last_accepted_at),
                    pin_provisional_until = iif(:confirms, NULL, pin_provisional_until),
                    new_pin_until = iif(:confirms, NULL, new_pin_until),
                    new_pin_seal = iif(:confirms, NULL, new_pin_seal),
                    former_pin_returns = iif(:confirms, 0, former_pin_returns),
                    asks_twice = iif(:proves, 0, asks_twice)
                 WHERE id = :id AND watermark < :step AND state = 'active' AND lock IS NULL
                    AND held_since IS NULL AND credential_version = :version",
            )?
            .execute(named_params! {
                ":id": key.row,
                ":step": spending.step.index(),
                ":seen": key.watermark.index(),
                ":drift": clockwork.drift.steps(),
                ":side": clockwork.last_side.offset(),
                ":trusted": spending.is_trusted,
                ":used": spending.counts_as_use,
                ":now": now.epoch_seconds(),
                ":confirms": confirms_pin,
                ":proves": spending.acceptance.is_some(),
                ":version": key.version.0,
            })?;
        if changed == 1 {
            self.remember(spending, now)?;
        }
        Ok(changed == 1)
    }

    fn remember(&self, spending: &Spending<'_>, now: UtcTime) -> Result<(), Error> {
        self.transaction
            .prepare_cached(
                "INSERT INTO spent_codes (key_id, at, step, drift, former, off, trusted)
                 VALUES (:key, :now, :step, :drift, :former, :off, :trusted)",
            )?
            .execute(named_params! {
                ":key": spending.key.row,
                ":now": now.epoch_seconds(),
                ":step": spending.step.index(),
                ":drift": spending.acceptance.and_then(|acceptance| acceptance.offset),
                ":former": spending.key.clockwork.drift.steps(),
                ":off": spending.off,
                ":trusted": spending.is_trusted,
            })?;
        Ok(())
    }

    /// Writes a provisional PIN, if the key still stands as it was looked at; tells whether it did. Tickets are killed.
    ///
    /// In the place of one that was used, it is a change: that one is kept, to come back if this one is not used in time.
    ///
    /// # Errors
    /// [`Error`].
    pub fn set_provisional_pin(
        &self,
        key: i64,
        version: CredentialVersion,
        pin: &Hashed,
        until: UtcTime,
    ) -> Result<bool, Error> {
        let changed = self.transaction.execute(
            "UPDATE keys SET
                former_pin_hash = iif(pin_provisional_until IS NULL, coalesce(pin_hash, former_pin_hash), former_pin_hash),
                former_pin_salt = iif(pin_provisional_until IS NULL, coalesce(pin_salt, former_pin_salt), former_pin_salt),
                former_pin_work = iif(pin_provisional_until IS NULL, coalesce(pin_work, former_pin_work), former_pin_work),
                former_pin_returns = iif(pin_provisional_until IS NULL, pin_hash IS NOT NULL, former_pin_returns),
                pin_hash = :hash, pin_salt = :salt, pin_work = :work, pin_provisional_until = :until,
                credential_version = credential_version + 1
             WHERE id = :key AND state = 'active' AND lock IS NULL AND credential_version = :version",
            named_params! {
                ":key": key,
                ":version": version.0,
                ":hash": pin.hash,
                ":salt": pin.salt,
                ":work": pin.work.to_text(),
                ":until": until.epoch_seconds(),
            },
        )?;
        self.drop_tickets(key)?;
        Ok(changed == 1)
    }

    /// Puts the former PIN in the place of a changed one that was not used in time. Tickets are killed.
    ///
    /// # Errors
    /// [`Error`].
    pub fn bring_former_pin_back(&self, key: i64) -> Result<(), Error> {
        self.transaction.execute(
            "UPDATE keys SET
                pin_hash = former_pin_hash, pin_salt = former_pin_salt, pin_work = former_pin_work,
                former_pin_hash = NULL, former_pin_salt = NULL, former_pin_work = NULL, former_pin_returns = 0,
                pin_provisional_until = NULL, credential_version = credential_version + 1
             WHERE id = :key AND former_pin_returns",
            named_params! { ":key": key },
        )?;
        self.drop_tickets(key)
    }

    /// Writes the same PIN hashed anew with other work. What the key opens is not changed by it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn rehash_pin(&self, key: i64, version: CredentialVersion, pin: &Hashed) -> Result<(), Error> {
        self.transaction.execute(
            "UPDATE keys SET pin_hash = :hash, pin_salt = :salt, pin_work = :work
             WHERE id = :key AND credential_version = :version AND pin_hash IS NOT NULL",
            named_params! {
                ":key": key,
                ":version": version.0,
                ":hash": pin.hash,
                ":salt": pin.salt,
                ":work": pin.work.to_text(),
            },
        )?;
        Ok(())
    }

    /// Erases a PIN, remembers it as the former one, and begins new-PIN mode. Tickets are killed.
    ///
    /// # Errors
    /// [`Error`].
    pub fn reset_pin(&self, key: i64, mode: &NewPinMode) -> Result<(), Error> {
        self.transaction.execute(
            "UPDATE keys SET
                former_pin_hash = iif(former_pin_returns, former_pin_hash, coalesce(pin_hash, former_pin_hash)),
                former_pin_salt = iif(former_pin_returns, former_pin_salt, coalesce(pin_salt, former_pin_salt)),
                former_pin_work = iif(former_pin_returns, former_pin_work, coalesce(pin_work, former_pin_work)),
                former_pin_returns = 0,
                pin_hash = NULL, pin_salt = NULL, pin_work = NULL, pin_provisional_until = NULL,
                new_pin_until = :until, new_pin_seal = :seal, credential_version = credential_version + 1
             WHERE id = :key",
            named_params! { ":key": key, ":until": mode.until.epoch_seconds(), ":seal": mode.seal },
        )?;
        self.drop_tickets(key)
    }
}
