//! Activation codes, as keyed hashes.

use super::conditions::Conditions;
use super::row::{Reader, read_all};
use super::{Change, Error, View};
use crate::activation::{Activation, State};
use crate::clock::UtcTime;
use crate::establishment::Uai;
use crate::user::{Login, UserId};
use rusqlite::{Row, named_params};

/// Codes, of those users alone of whom something is said.
macro_rules! select {
    ($of:literal) => {
        concat!(
            "SELECT activations.id, login, serial, issued_at, expires_at, activations.state AS state, code_hash, seal,
                activations.user_id AS user
            FROM activations JOIN users ON users.id = activations.user_id AND ",
            $of,
            " LEFT JOIN keys ON keys.id = activations.key_id"
        )
    };
}

const SELECT: &str = select!("users.removed_at IS NULL");

/// What was issued to the users of a scope, by a way that ends in them: the others are not even looked at. There must be a scope.
pub(super) const TO_THOSE_WITHIN: &str = "user_id IN (SELECT user_id FROM memberships WHERE establishment_id IN (
    SELECT id FROM establishments WHERE instr(:scope, uai) > 0))";

/// The same of a row that is known, beside its user. No scope is all.
pub(super) const TO_ONE_WITHIN: &str = "(:scope IS NULL OR EXISTS (
    SELECT 1 FROM memberships JOIN establishments ON establishments.id = memberships.establishment_id
    WHERE memberships.user_id = users.id AND instr(:scope, uai) > 0))";

/// What was issued to who has a login now.
pub(super) const OF_LOGIN: &str = "user_id = (SELECT id FROM users WHERE folded = :folded AND removed_at IS NULL)";

/// A code that is being issued.
#[derive(Clone, Copy, Debug)]
pub struct NewActivation {
    /// Whose it is.
    pub user: UserId,
    /// The row of the key it is bound to, if it is bound to one.
    pub key: Option<i64>,
    /// The keyed hash of the code.
    pub hash: [u8; 32],
    /// The last moment at which it can be used.
    pub expires_at: UtcTime,
    /// The vault's seal over the hash, the key and that moment.
    pub seal: [u8; 32],
}

/// What opens a code, and what the vault has sealed of it.
#[derive(Clone, Copy, Debug)]
pub struct Proof {
    /// The keyed hash of the code.
    pub hash: [u8; 32],
    /// The seal over the hash, the key and the last moment.
    pub seal: [u8; 32],
}

impl View<'_> {
    /// Finds the latest code of a user, with what opens it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn latest_activation(&self, user: UserId) -> Result<Option<(Activation, Proof)>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{SELECT} WHERE activations.user_id = :user ORDER BY activations.id DESC LIMIT 1"
        ))?;
        let mut rows = statement.query(named_params! { ":user": user })?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let reader = Reader::of("activations", row);
        Ok(Some((read(row)?, Proof { hash: reader.get("code_hash")?, seal: reader.get("seal")? })))
    }

    /// Lists all codes of a user by his number, whether he has left or not, the newest first.
    ///
    /// # Errors
    /// [`Error`].
    pub fn activations_of_user(&self, user: UserId) -> Result<Vec<Activation>, Error> {
        let mut statement =
            self.connection.prepare(concat!(select!("users.id = :user"), " ORDER BY activations.id DESC"))?;
        read_all(statement.query(named_params! { ":user": user })?, read)
    }

    /// Tells whether a user has or ever had a code, whatever became of it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn knows_activation(&self, user: UserId, hash: &[u8; 32]) -> Result<bool, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM activations WHERE user_id = :user AND code_hash = :hash)")?;
        Ok(statement.query_row(named_params! { ":user": user, ":hash": hash }, |row| row.get(0))?)
    }

    /// Finds the codes that are kept as live and bound to a key.
    ///
    /// # Errors
    /// [`Error`].
    pub fn activations_of_key(&self, key: i64) -> Result<Vec<Activation>, Error> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{SELECT} WHERE activations.key_id = :key AND activations.state = 'live'"))?;
        read_all(statement.query(named_params! { ":key": key })?, read)
    }

    /// Lists the live codes for one key of a batch each.
    ///
    /// # Errors
    /// [`Error`].
    pub fn activations_of_batch(&self, batch: i64) -> Result<Vec<Activation>, Error> {
        // The plus has the codes looked through, and not the keys: there are far more of these.
        let mut statement = self.connection.prepare(&format!(
            "{SELECT} WHERE activations.state = 'live' AND +keys.batch_id = :batch ORDER BY serial"
        ))?;
        read_all(statement.query(named_params! { ":batch": batch })?, read)
    }

    /// Gives the numbers of the codes, the newest first, of one user or of all.
    ///
    /// # Errors
    /// [`Error`].
    pub fn activation_rows(&self, login: Option<&Login>) -> Result<Vec<i64>, Error> {
        let mut conditions = Conditions::new("TRUE");
        conditions.add_with(self.scope.listed(), ":scope", TO_THOSE_WITHIN);
        conditions.add_with(login.map(Login::folded), ":folded", OF_LOGIN);
        conditions.numbers(self.connection, "SELECT id FROM activations", "ORDER BY id DESC")
    }

    /// Gives the numbers of the codes that nobody has used yet, those first that end first.
    ///
    /// # Errors
    /// [`Error`].
    pub fn waiting_activations(&self) -> Result<Vec<i64>, Error> {
        let mut conditions = Conditions::new("state = 'live'");
        conditions.add_with(self.scope.listed(), ":scope", TO_THOSE_WITHIN);
        conditions.numbers(self.connection, "SELECT id FROM activations", "ORDER BY expires_at, id")
    }

    /// Finds a code by its number, with an establishment of its user: of several, the first by its UAI.
    ///
    /// # Errors
    /// [`Error`].
    pub fn activation_at(&self, id: i64) -> Result<Option<(Activation, Option<Uai>)>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT *, (SELECT min(uai) FROM memberships JOIN establishments ON establishments.id = establishment_id
                        WHERE memberships.user_id = found.user AND (:scope IS NULL OR instr(:scope, uai) > 0)) AS uai
             FROM ({SELECT} WHERE activations.id = :id AND {TO_ONE_WITHIN}) AS found"
        ))?;
        let mut rows = statement.query(named_params! { ":id": id, ":scope": self.scope.listed() })?;
        let read = |row| Ok((read(row)?, Reader::of("establishments", row).parse_optional("uai")?));
        rows.next()?.map(read).transpose()
    }
}

impl Change<'_> {
    /// Issues a code; the user's former one is replaced.
    ///
    /// # Errors
    /// [`Error`].
    pub fn add_activation(&self, new: &NewActivation, now: UtcTime) -> Result<i64, Error> {
        self.transaction
            .prepare_cached("UPDATE activations SET state = 'replaced' WHERE user_id = :user AND state = 'live'")?
            .execute(named_params! { ":user": new.user })?;
        self.transaction
            .prepare_cached(
                "INSERT INTO activations (user_id, key_id, code_hash, issued_at, expires_at, seal)
                 VALUES (:user, :key, :hash, :now, :expires_at, :seal)",
            )?
            .execute(named_params! {
                ":user": new.user,
                ":key": new.key,
                ":hash": new.hash,
                ":now": now.epoch_seconds(),
                ":expires_at": new.expires_at.epoch_seconds(),
                ":seal": new.seal,
            })?;
        Ok(self.transaction.last_insert_rowid())
    }

    /// Ends a live code; tells whether it was live.
    ///
    /// # Errors
    /// [`Error`].
    pub fn end_activation(&self, id: i64, state: State) -> Result<bool, Error> {
        let changed = self
            .transaction
            .prepare_cached("UPDATE activations SET state = :state WHERE id = :id AND state = 'live'")?
            .execute(named_params! { ":id": id, ":state": state.name() })?;
        Ok(changed == 1)
    }

    /// Ends the live code of a user that is bound to a key, as when the key is taken from him; tells whether there was one.
    ///
    /// # Errors
    /// [`Error`].
    pub fn end_activation_of_key(&self, key: i64, state: State) -> Result<bool, Error> {
        let changed = self
            .transaction
            .prepare_cached("UPDATE activations SET state = :state WHERE key_id = :key AND state = 'live'")?
            .execute(named_params! { ":key": key, ":state": state.name() })?;
        Ok(changed > 0)
    }
}

fn read(row: &Row<'_>) -> Result<Activation, Error> {
    let reader = Reader::of("activations", row);
    let state: String = reader.get("state")?;
    Ok(Activation {
        id: reader.get("id")?,
        login: reader.parse("login")?,
        serial: reader.parse_optional("serial")?,
        issued_at: reader.time("issued_at")?,
        expires_at: reader.time("expires_at")?,
        state: State::from_name(&state).ok_or_else(|| reader.impossible("state"))?,
    })
}
