//! Emergency lists, their codes as keyed hashes.

use super::activations::{OF_LOGIN, TO_ONE_WITHIN, TO_THOSE_WITHIN};
use super::conditions::Conditions;
use super::row::{Reader, read_all};
use super::{Change, Error, View};
use crate::clock::UtcTime;
use crate::emergency::{Emergency, Kept, State};
use crate::key::Key;
use crate::user::{Login, UserId};
use rusqlite::{Row, named_params};

/// Lists, of those users alone of whom something is said.
macro_rules! select {
    ($of:literal) => {
        concat!(
            "SELECT emergencies.id, login, emergencies.key_id, serial, operator_name, issued_at, expires_at,
                emergencies.state AS state,
                (SELECT count(*) FROM emergency_codes WHERE emergency_id = emergencies.id AND spent_at IS NULL) AS unused
            FROM emergencies JOIN users ON users.id = emergencies.user_id AND ",
            $of,
            " JOIN keys ON keys.id = emergencies.key_id"
        )
    };
}

const SELECT: &str = select!("users.removed_at IS NULL");

/// A list that is being issued.
#[derive(Clone, Debug)]
pub struct NewEmergency<'a> {
    /// Whose it is.
    pub user: UserId,
    /// The row of the key in whose place it is.
    pub key: i64,
    /// The account that issues it.
    pub issued_by: &'a str,
    /// The keyed hashes of its codes.
    pub hashes: &'a [[u8; 32]],
    /// The last moment at which they can be used.
    pub expires_at: UtcTime,
}

impl View<'_> {
    /// Finds the list of a user that is kept as live; its deadline may have passed.
    ///
    /// # Errors
    /// [`Error`].
    pub fn emergency_of_user(&self, user: UserId) -> Result<Option<Emergency>, Error> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{SELECT} WHERE emergencies.user_id = :user AND emergencies.state = 'live'"))?;
        let mut rows = statement.query(named_params! { ":user": user })?;
        rows.next()?.map(read).transpose()
    }

    /// Finds the list in place of a key that is kept as live; its deadline may have passed.
    ///
    /// # Errors
    /// [`Error`].
    pub fn emergency_of_key(&self, key: i64) -> Result<Option<Emergency>, Error> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{SELECT} WHERE emergencies.key_id = :key AND emergencies.state = 'live'"))?;
        let mut rows = statement.query(named_params! { ":key": key })?;
        rows.next()?.map(read).transpose()
    }

    /// Lists all lists of a user by his number, whether he has left or not, the newest first.
    ///
    /// # Errors
    /// [`Error`].
    pub fn emergencies_of_user(&self, user: UserId) -> Result<Vec<Emergency>, Error> {
        let mut statement =
            self.connection.prepare(concat!(select!("users.id = :user"), " ORDER BY emergencies.id DESC"))?;
        read_all(statement.query(named_params! { ":user": user })?, read)
    }

    /// Gives the numbers of the emergency lists, the newest first, of one user or of all.
    ///
    /// # Errors
    /// [`Error`].
    pub fn emergency_rows(&self, login: Option<&Login>) -> Result<Vec<i64>, Error> {
        let mut conditions = Conditions::new("TRUE");
        conditions.add_with(self.scope.listed(), ":scope", TO_THOSE_WITHIN);
        conditions.add_with(login.map(Login::folded), ":folded", OF_LOGIN);
        conditions.numbers(self.connection, "SELECT id FROM emergencies", "ORDER BY id DESC")
    }

    /// Finds an emergency list by its number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn emergency_at(&self, list: i64) -> Result<Option<Emergency>, Error> {
        let mut statement =
            self.connection.prepare_cached(&format!("{SELECT} WHERE emergencies.id = :list AND {TO_ONE_WITHIN}"))?;
        let mut rows = statement.query(named_params! { ":list": list, ":scope": self.scope.listed() })?;
        rows.next()?.map(read).transpose()
    }

    /// Reads the codes of a list.
    ///
    /// # Errors
    /// [`Error`].
    pub fn emergency_codes(&self, list: i64) -> Result<Vec<Kept>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, hash, spent_at IS NOT NULL AS is_spent FROM emergency_codes WHERE emergency_id = :list ORDER BY id",
        )?;
        read_all(statement.query(named_params! { ":list": list })?, |row| {
            let reader = Reader::of("emergency_codes", row);
            Ok(Kept { id: reader.get("id")?, hash: reader.get("hash")?, is_spent: reader.get("is_spent")? })
        })
    }
}

impl Change<'_> {
    /// Issues a list; the user's former one is replaced. Gives its number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn add_emergency(&self, new: &NewEmergency<'_>, now: UtcTime) -> Result<i64, Error> {
        self.transaction.execute(
            "UPDATE emergencies SET state = 'replaced' WHERE user_id = :user AND state = 'live'",
            named_params! { ":user": new.user },
        )?;
        self.transaction.execute(
            "INSERT INTO emergencies (user_id, key_id, operator_name, issued_at, expires_at)
             VALUES (:user, :key, :issued_by, :now, :expires_at)",
            named_params! {
                ":user": new.user,
                ":key": new.key,
                ":issued_by": new.issued_by,
                ":now": now.epoch_seconds(),
                ":expires_at": new.expires_at.epoch_seconds(),
            },
        )?;
        let list = self.transaction.last_insert_rowid();
        let mut statement =
            self.transaction.prepare("INSERT INTO emergency_codes (emergency_id, hash) VALUES (:list, :hash)")?;
        for hash in new.hashes {
            statement.execute(named_params! { ":list": list, ":hash": hash })?;
        }
        Ok(list)
    }

    /// Ends a live list; tells whether it was kept as live.
    ///
    /// # Errors
    /// [`Error`].
    pub fn end_emergency(&self, list: i64, state: State) -> Result<bool, Error> {
        let changed = self.transaction.execute(
            "UPDATE emergencies SET state = :state WHERE id = :list AND state = 'live'",
            named_params! { ":list": list, ":state": state.name() },
        )?;
        Ok(changed == 1)
    }

    /// Spends an emergency code by compare-and-swap; tells whether it did. If not, the code was used, the list has ended, or the
    /// key in whose place it is was changed, since it was judged, and the answer is no.
    ///
    /// # Errors
    /// [`Error`].
    pub fn spend_emergency_code(&self, code: i64, key: &Key, confirms_pin: bool, now: UtcTime) -> Result<bool, Error> {
        let changed = self
            .transaction
            .prepare_cached(
                "UPDATE emergency_codes SET spent_at = :now
                 WHERE id = :code AND spent_at IS NULL AND EXISTS (
                    SELECT 1 FROM emergencies JOIN keys ON keys.id = emergencies.key_id
                    WHERE emergencies.id = emergency_codes.emergency_id AND emergencies.state = 'live'
                        AND emergencies.expires_at >= :now AND keys.id = :key AND keys.user_id = emergencies.user_id
                        AND keys.state IN ('active', 'lost') AND keys.lock IS NULL AND keys.held_since IS NULL
                        AND keys.credential_version = :version)",
            )?
            .execute(named_params! {
                ":code": code,
                ":now": now.epoch_seconds(),
                ":key": key.row,
                ":version": key.version.0,
            })?;
        if changed == 1 && confirms_pin {
            self.transaction.execute(
                "UPDATE keys SET pin_provisional_until = NULL, new_pin_until = NULL, new_pin_seal = NULL, former_pin_returns = 0
                 WHERE id = :key",
                named_params! { ":key": key.row },
            )?;
        }
        Ok(changed == 1)
    }
}

fn read(row: &Row<'_>) -> Result<Emergency, Error> {
    let reader = Reader::of("emergencies", row);
    let state: String = reader.get("state")?;
    Ok(Emergency {
        id: reader.get("id")?,
        login: reader.parse("login")?,
        key: reader.get("key_id")?,
        serial: reader.parse("serial")?,
        issued_by: reader.get("operator_name")?,
        issued_at: reader.time("issued_at")?,
        expires_at: reader.time("expires_at")?,
        state: State::from_name(&state).ok_or_else(|| reader.impossible("state"))?,
        left: reader.get("unused")?,
    })
}
