//! The life of a key: from stock to a user and back, stopped, lost and found, sent and received, locked and unlocked.

use super::credential::NewPinMode;
use super::{Change, Error};
use crate::audit::Mac;
use crate::clock::UtcTime;
use crate::key::{Key, Life, State};
use crate::throttle::Lock;
use crate::user::UserId;
use rusqlite::named_params;

macro_rules! forget_pins {
    () => {
        "pin_hash = NULL, pin_salt = NULL, pin_work = NULL, pin_provisional_until = NULL,
         former_pin_hash = NULL, former_pin_salt = NULL, former_pin_work = NULL, former_pin_returns = 0"
    };
}

// Of thousands of keys one after the other, each is written by the same statements: they are compiled once.
const GIVE: &str = concat!(
    "UPDATE keys SET ",
    forget_pins!(),
    ", new_pin_until = NULL, new_pin_seal = NULL, user_id = :user, holder_seal = :seal, state = :state,
        left_stock_at = coalesce(left_stock_at, :now), credential_version = credential_version + 1
     WHERE id = :key AND credential_version = :version"
);

const TAKE_BACK: &str = concat!(
    "UPDATE keys SET ",
    forget_pins!(),
    ", new_pin_until = NULL, new_pin_seal = NULL, user_id = NULL, holder_seal = NULL, state = :state, activated_at = NULL,
        before_loss = NULL, shipped_at = NULL, shipped_to_id = NULL,
        left_stock_at = iif(:state = 'stock', left_stock_at, coalesce(left_stock_at, :now)),
        credential_version = credential_version + 1
     WHERE id = :key"
);

impl Change<'_> {
    /// Gives a key to a user, with the seal that says so, or makes one of his that is assigned active; its PIN is erased and its
    /// tickets are killed. Tells whether the key still stood as it was looked at.
    ///
    /// # Errors
    /// [`Error`].
    pub fn give_key(&self, key: &Key, user: UserId, seal: &Mac, state: State, now: UtcTime) -> Result<bool, Error> {
        let changed = self.transaction.prepare_cached(GIVE)?.execute(named_params! {
            ":key": key.row,
            ":version": key.version.0,
            ":user": user,
            ":seal": seal,
            ":state": state.name(),
            ":now": now.epoch_seconds(),
        })?;
        self.drop_tickets(key.row)?;
        Ok(changed == 1)
    }

    /// Notes that a key was activated, and until when its first PIN can be chosen.
    ///
    /// # Errors
    /// [`Error`].
    pub fn begin_new_pin_mode(&self, key: i64, mode: &NewPinMode, now: UtcTime) -> Result<(), Error> {
        self.transaction
            .prepare_cached(
                "UPDATE keys SET activated_at = :now, new_pin_until = :until, new_pin_seal = :seal WHERE id = :key",
            )?
            .execute(named_params! {
                ":key": key,
                ":now": now.epoch_seconds(),
                ":until": mode.until.epoch_seconds(),
                ":seal": mode.seal,
            })?;
        Ok(())
    }

    /// Takes a key from whoever has it, into stock or out of use: its PIN is erased, its tickets are killed, its watermark stays.
    ///
    /// # Errors
    /// [`Error`].
    pub fn take_key_back(&self, key: i64, state: State, now: UtcTime) -> Result<(), Error> {
        self.transaction
            .prepare_cached(TAKE_BACK)?
            .execute(named_params! { ":key": key, ":state": state.name(), ":now": now.epoch_seconds() })?;
        self.drop_tickets(key)
    }

    /// Stops a key, or lets it go on: its user and PIN stay, its tickets are killed.
    ///
    /// # Errors
    /// [`Error`].
    pub fn set_life(&self, key: i64, life: Life, now: UtcTime) -> Result<(), Error> {
        self.transaction
            .prepare_cached(
                "UPDATE keys SET state = :state, before_loss = :before_loss, shipped_at = NULL, shipped_to_id = NULL,
                left_stock_at = iif(:state = 'stock', left_stock_at, coalesce(left_stock_at, :now)),
                credential_version = credential_version + 1
             WHERE id = :key",
            )?
            .execute(named_params! {
                ":key": key,
                ":state": life.state.name(),
                ":before_loss": life.before_loss.map(State::name),
                ":now": now.epoch_seconds(),
            })?;
        self.drop_tickets(key)
    }

    /// Sends a key in stock on its way, to an establishment by its row or to the academy.
    ///
    /// # Errors
    /// [`Error`].
    pub fn send_key(&self, key: i64, to: Option<i64>, now: UtcTime) -> Result<(), Error> {
        self.transaction
            .prepare_cached(
                "UPDATE keys SET shipped_at = :now, shipped_to_id = :to, left_stock_at = coalesce(left_stock_at, :now)
             WHERE id = :key",
            )?
            .execute(named_params! { ":key": key, ":to": to, ":now": now.epoch_seconds() })?;
        Ok(())
    }

    /// Lays a key down at an establishment, by its row, or at the academy.
    ///
    /// # Errors
    /// [`Error`].
    pub fn lay_key_down(&self, key: i64, at: Option<i64>) -> Result<(), Error> {
        self.transaction
            .prepare_cached(
                "UPDATE keys SET establishment_id = :at, shipped_at = NULL, shipped_to_id = NULL WHERE id = :key",
            )?
            .execute(named_params! { ":key": key, ":at": at })?;
        Ok(())
    }

    /// Locks a key, or lifts its lock.
    ///
    /// # Errors
    /// [`Error`].
    pub fn set_lock(&self, key: i64, lock: Option<Lock>) -> Result<(), Error> {
        self.transaction
            .prepare_cached("UPDATE keys SET lock = :lock WHERE id = :key")?
            .execute(named_params! { ":key": key, ":lock": lock.map(Lock::name) })?;
        Ok(())
    }
}
