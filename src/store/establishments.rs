//! Establishments.

use super::row::{Reader, read_all};
use super::{Change, Error, View};
use crate::clock::UtcTime;
use crate::establishment::{Census, Establishment, Uai};
use crate::user::Name;
use rusqlite::{Row, named_params};

const CENSUS: &str = "SELECT id, uai, name,
        (SELECT count(*) FROM memberships WHERE establishment_id = establishments.id) AS users,
        (SELECT count(*) FROM keys WHERE establishment_id = establishments.id
            AND NOT EXISTS (SELECT 1 FROM batches WHERE batches.id = keys.batch_id AND is_open)) AS keys
    FROM establishments";

impl View<'_> {
    /// Finds an establishment.
    ///
    /// # Errors
    /// [`Error`].
    pub fn establishment(&self, uai: &Uai) -> Result<Option<Establishment>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT id, uai, name FROM establishments WHERE uai = :uai")?;
        let mut rows = statement.query(named_params! { ":uai": uai.as_str() })?;
        Ok(rows.next()?.map(read).transpose()?.filter(|known| self.scope.covers(&known.uai)))
    }

    /// Counts the users and keys of an establishment.
    ///
    /// # Errors
    /// [`Error`].
    pub fn census(&self, uai: &Uai) -> Result<Option<Census>, Error> {
        let mut statement = self.connection.prepare(&format!("{CENSUS} WHERE uai = :uai"))?;
        let mut rows = statement.query(named_params! { ":uai": uai.as_str() })?;
        Ok(rows.next()?.map(read_census).transpose()?.filter(|known| self.scope.covers(&known.establishment.uai)))
    }

    /// Lists the establishments by their UAI, each with its users and keys counted.
    ///
    /// # Errors
    /// [`Error`].
    pub fn censuses(&self) -> Result<Vec<Census>, Error> {
        let mut statement = self.connection.prepare(&format!("{CENSUS} ORDER BY uai"))?;
        let mut censuses = read_all(statement.query([])?, read_census)?;
        censuses.retain(|known| self.scope.covers(&known.establishment.uai));
        Ok(censuses)
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

    /// Gives an establishment another name, by its row.
    ///
    /// # Errors
    /// [`Error`].
    pub fn rename_establishment(&self, id: i64, name: &Name) -> Result<(), Error> {
        self.transaction
            .prepare_cached("UPDATE establishments SET name = :name WHERE id = :id")?
            .execute(named_params! { ":id": id, ":name": name.as_str() })?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> Result<Establishment, Error> {
    let reader = Reader::of("establishments", row);
    Ok(Establishment { id: reader.get("id")?, uai: reader.parse("uai")?, name: reader.parse("name")? })
}

fn read_census(row: &Row<'_>) -> Result<Census, Error> {
    let reader = Reader::of("establishments", row);
    Ok(Census { establishment: read(row)?, users: reader.get("users")?, keys: reader.get("keys")? })
}
