//! Keys that take the place of another one, and the PIN that goes with them.

use super::super::row::Reader;
use super::{Change, Error, View};
use crate::clock::UtcTime;
use crate::key::{CredentialVersion, Succession};
use crate::pin::Hashed;
use crate::user::UserId;
use rusqlite::{Row, named_params};

const SELECT: &str = "SELECT old.id AS old_id, old.serial AS old_serial, new.id AS new_id, new.serial AS new_serial, keeps_pin, opened_at
    FROM successions JOIN keys AS new ON new.id = new_key_id JOIN keys AS old ON old.id = old_key_id";

impl View<'_> {
    /// Finds the replacement that is open for a user.
    ///
    /// # Errors
    /// [`Error`].
    pub fn succession_of_user(&self, user: UserId) -> Result<Option<Succession>, Error> {
        let mut statement = self.connection.prepare_cached(&format!("{SELECT} WHERE new.user_id = :user"))?;
        let mut rows = statement.query(named_params! { ":user": user })?;
        rows.next()?.map(read).transpose()
    }

    /// Finds the open replacement that a key has part in.
    ///
    /// # Errors
    /// [`Error`].
    pub fn succession_with(&self, key: i64) -> Result<Option<Succession>, Error> {
        let mut statement =
            self.connection.prepare_cached(&format!("{SELECT} WHERE new_key_id = :key OR old_key_id = :key"))?;
        let mut rows = statement.query(named_params! { ":key": key })?;
        rows.next()?.map(read).transpose()
    }
}

impl Change<'_> {
    /// Lets a key take the place of another one, by their rows.
    ///
    /// # Errors
    /// [`Error`].
    pub fn open_succession(&self, old: i64, new: i64, keeps_pin: bool, now: UtcTime) -> Result<(), Error> {
        self.transaction
            .prepare_cached(
                "INSERT INTO successions (new_key_id, old_key_id, keeps_pin, opened_at) VALUES (:new, :old, :keeps_pin, :now)",
            )?
            .execute(named_params! {
                ":new": new,
                ":old": old,
                ":keeps_pin": keeps_pin,
                ":now": now.epoch_seconds(),
            })?;
        Ok(())
    }

    /// Ends the open replacement that a key has part in: both keys stand for themselves.
    ///
    /// # Errors
    /// [`Error`].
    pub fn end_succession(&self, key: i64) -> Result<(), Error> {
        self.transaction
            .prepare_cached("DELETE FROM successions WHERE new_key_id = :key OR old_key_id = :key")?
            .execute(named_params! { ":key": key })?;
        Ok(())
    }

    /// Lets a user's new key begin without a PIN, whatever was promised: the one of the key whose place it takes was erased.
    ///
    /// # Errors
    /// [`Error`].
    pub fn keep_no_pin(&self, user: UserId) -> Result<(), Error> {
        self.transaction.execute(
            "UPDATE successions SET keeps_pin = 0 WHERE new_key_id IN (SELECT id FROM keys WHERE user_id = :user)",
            named_params! { ":user": user },
        )?;
        Ok(())
    }

    /// Gives a key that has no PIN in force one that was used. What the key opens is not changed by it: it was judged by the same PIN
    /// before. Tells whether the key still stood as it was looked at.
    ///
    /// # Errors
    /// [`Error`].
    pub fn take_pin_over(&self, key: i64, version: CredentialVersion, pin: &Hashed) -> Result<bool, Error> {
        let changed = self.transaction.execute(
            "UPDATE keys SET pin_hash = :hash, pin_salt = :salt, pin_work = :work, pin_provisional_until = NULL,
                new_pin_until = NULL, new_pin_seal = NULL
             WHERE id = :key AND state = 'active' AND credential_version = :version",
            named_params! {
                ":key": key,
                ":version": version.0,
                ":hash": pin.hash,
                ":salt": pin.salt,
                ":work": pin.work.to_text(),
            },
        )?;
        Ok(changed == 1)
    }
}

fn read(row: &Row<'_>) -> Result<Succession, Error> {
    let reader = Reader::of("successions", row);
    Ok(Succession {
        old: reader.get("old_id")?,
        old_serial: reader.parse("old_serial")?,
        new: reader.get("new_id")?,
        new_serial: reader.parse("new_serial")?,
        keeps_pin: reader.get("keeps_pin")?,
        since: reader.time("opened_at")?,
    })
}
