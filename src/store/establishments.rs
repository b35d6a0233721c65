//! Establishments.

use super::row::{Reader, read_all};
use super::{Change, Error, View};
use crate::clock::UtcTime;
use crate::establishment::{Establishment, Uai};
use crate::user::Name;
use rusqlite::{Row, named_params};

const SELECT: &str = "SELECT id, uai, name,
        (SELECT count(*) FROM memberships WHERE establishment_id = establishments.id) AS users,
        (SELECT count(*) FROM keys WHERE establishment_id = establishments.id) AS keys
    FROM establishments";

impl View<'_> {
    /// Finds an establishment.
    ///
    /// # Errors
    /// [`Error`].
    pub fn establishment(&self, uai: &Uai) -> Result<Option<Establishment>, Error> {
        let mut statement = self.connection.prepare_cached(&format!("{SELECT} WHERE uai = :uai"))?;
        let mut rows = statement.query(named_params! { ":uai": uai.as_str() })?;
        rows.next()?.map(read).transpose()
    }

    /// Lists the establishments by their UAI.
    ///
    /// # Errors
    /// [`Error`].
    pub fn establishments(&self) -> Result<Vec<Establishment>, Error> {
        let mut statement = self.connection.prepare(&format!("{SELECT} ORDER BY uai"))?;
        read_all(statement.query([])?, read)
    }
}

impl Change<'_> {
    /// Adds an establishment.
    ///
    /// # Errors
    /// [`Error`]; a known UAI breaks a rule of the schema, so look first.
    pub fn add_establishment(&self, uai: &Uai, name: &Name, now: UtcTime) -> Result<(), Error> {
        self.transaction
            .prepare_cached("INSERT INTO establishments (uai, name, added_at) VALUES (:uai, :name, :now)")?
            .execute(named_params! { ":uai": uai.as_str(), ":name": name.as_str(), ":now": now.epoch_seconds() })?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> Result<Establishment, Error> {
    let reader = Reader { table: "establishments", row };
    Ok(Establishment {
        id: reader.get("id")?,
        uai: reader.parse("uai")?,
        name: reader.parse("name")?,
        users: reader.get("users")?,
        keys: reader.get("keys")?,
    })
}
