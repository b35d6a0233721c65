//! Users and the establishments they belong to.

use super::conditions::Conditions;
use super::row::Reader;
use super::{Change, Error, View};
use crate::clock::UtcTime;
use crate::establishment::Uai;
use crate::operator::Scope;
use crate::user::{Left, Login, Name, User, UserId};
use rusqlite::{OptionalExtension, Row, named_params};

const SELECT: &str = "SELECT id, login, name, enabled,
        (SELECT group_concat(uai, ' ') FROM (
            SELECT uai FROM memberships JOIN establishments ON establishments.id = establishment_id
            WHERE user_id = users.id ORDER BY uai)) AS uais
    FROM users";

/// The users of a scope, by a way that ends in them: the others are not even looked at. There must be a scope.
const WITHIN: &str = "id IN (SELECT user_id FROM memberships WHERE establishment_id IN (
    SELECT id FROM establishments WHERE instr(:scope, uai) > 0))";

impl View<'_> {
    /// Finds a user by his login, without regard to case.
    ///
    /// # Errors
    /// [`Error`].
    pub fn user(&self, login: &Login) -> Result<Option<User>, Error> {
        let mut statement =
            self.connection.prepare_cached(&format!("{SELECT} WHERE folded = :folded AND removed_at IS NULL"))?;
        let mut rows = statement.query(named_params! { ":folded": login.folded() })?;
        let found = rows.next()?.map(read).transpose()?.map(|user| is_called(user, login)).transpose()?;
        Ok(found.and_then(|user| self.within(user)))
    }

    /// Gives the numbers of the users by login, of one establishment or of all.
    ///
    /// # Errors
    /// [`Error`].
    pub fn user_rows(&self, establishment: Option<&Uai>) -> Result<Vec<UserId>, Error> {
        let mut conditions = Conditions::new("removed_at IS NULL");
        conditions.add_with(self.scope.listed(), ":scope", WITHIN);
        let of = "id IN (SELECT user_id FROM memberships WHERE establishment_id = (
                    SELECT id FROM establishments WHERE uai = :uai))";
        conditions.add_with(establishment.map(Uai::as_str), ":uai", of);
        conditions.numbers(self.connection, "SELECT id FROM users", "ORDER BY folded")
    }

    /// Finds a user by his number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn user_at(&self, user: UserId) -> Result<Option<User>, Error> {
        let mut statement =
            self.connection.prepare_cached(&format!("{SELECT} WHERE id = :user AND removed_at IS NULL"))?;
        let mut rows = statement.query(named_params! { ":user": user })?;
        Ok(rows.next()?.map(read).transpose()?.and_then(|user| self.within(user)))
    }

    /// Finds the last user of this login who has left, until his name is due to be erased; for those only for whom all exists.
    ///
    /// # Errors
    /// [`Error`].
    pub fn leaver(&self, login: &Login, now: UtcTime) -> Result<Option<(User, Left)>, Error> {
        let mut statement = self.connection.prepare(
            "SELECT id, login, name, enabled, NULL AS uais, removed_at, erase_at FROM users
             WHERE folded = :folded AND removed_at IS NOT NULL AND erase_at > :now ORDER BY removed_at DESC, id DESC LIMIT 1",
        )?;
        let found = statement
            .query_row(named_params! { ":folded": login.folded(), ":now": now.epoch_seconds() }, |row| {
                Ok(read(row).and_then(|user| Ok((is_called(user, login)?, read_left(row)?))))
            })
            .optional()?
            .transpose()?;
        Ok(found.filter(|_| self.sees_all()))
    }

    /// Gives a user as far as he exists for the operator: with those of his establishments that do.
    fn within(self, mut user: User) -> Option<User> {
        if *self.scope != Scope::All {
            user.establishments.retain(|uai| self.scope.covers(uai));
            if user.establishments.is_empty() {
                return None;
            }
        }
        Some(user)
    }
}

impl Change<'_> {
    /// Adds a user, who may log in.
    ///
    /// # Errors
    /// [`Error`]; a known login breaks a rule of the schema, so look first.
    pub fn add_user(&self, login: &Login, name: &Name, now: UtcTime) -> Result<UserId, Error> {
        self.transaction
            .prepare_cached("INSERT INTO users (login, folded, name, added_at) VALUES (:login, :folded, :name, :now)")?
            .execute(named_params! {
                ":login": login.as_str(),
                ":folded": login.folded(),
                ":name": name.as_str(),
                ":now": now.epoch_seconds(),
            })?;
        Ok(self.transaction.last_insert_rowid())
    }

    /// Makes a user a member of an establishment, by its number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn add_membership(&self, user: UserId, establishment: i64) -> Result<(), Error> {
        self.transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO memberships (user_id, establishment_id) VALUES (:user, :establishment)",
            )?
            .execute(named_params! { ":user": user, ":establishment": establishment })?;
        Ok(())
    }

    /// Takes a user out of an establishment, by its number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn end_membership(&self, user: UserId, establishment: i64) -> Result<(), Error> {
        self.transaction.execute(
            "DELETE FROM memberships WHERE user_id = :user AND establishment_id = :establishment",
            named_params! { ":user": user, ":establishment": establishment },
        )?;
        Ok(())
    }

    /// Makes a user one who has left: he is nowhere, may not log in, and is to be erased at a moment.
    ///
    /// # Errors
    /// [`Error`].
    pub fn remove_user(&self, user: UserId, left: Left) -> Result<(), Error> {
        self.transaction
            .prepare_cached("DELETE FROM memberships WHERE user_id = :user")?
            .execute(named_params! { ":user": user })?;
        self.transaction
            .prepare_cached(
                "UPDATE users SET enabled = 0, removed_at = :removed_at, erase_at = :erase_at WHERE id = :user",
            )?
            .execute(named_params! {
                ":user": user,
                ":removed_at": left.at.epoch_seconds(),
                ":erase_at": left.erase_at.epoch_seconds(),
            })?;
        Ok(())
    }

    /// Lets a user log in, or not.
    ///
    /// # Errors
    /// [`Error`].
    pub fn set_user_enabled(&self, user: UserId, enabled: bool) -> Result<(), Error> {
        self.transaction.execute(
            "UPDATE users SET enabled = :enabled WHERE id = :user",
            named_params! {
                ":enabled": enabled, ":user": user,
            },
        )?;
        Ok(())
    }
}

/// Takes a row that was found by a login only if it bears it: it is sought in one column, told in another, and both can be edited.
fn is_called(user: User, login: &Login) -> Result<User, Error> {
    if user.login == *login { Ok(user) } else { Err(Error::Impossible { table: "users", column: "folded" }) }
}

fn read(row: &Row<'_>) -> Result<User, Error> {
    let reader = Reader::of("users", row);
    Ok(User {
        id: reader.get("id")?,
        login: reader.parse("login")?,
        name: reader.parse("name")?,
        enabled: reader.get("enabled")?,
        establishments: reader.parse_all("uais")?,
    })
}

fn read_left(row: &Row<'_>) -> Result<Left, Error> {
    let reader = Reader::of("users", row);
    Ok(Left { at: reader.time("removed_at")?, erase_at: reader.time("erase_at")? })
}
