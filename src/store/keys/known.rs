//! What a file of keys is compared with: of a known key as little as that takes, sought by the hundred thousand.

use super::{Error, Reader, View, parameters};
use crate::clock::UtcTime;
use crate::key::{CredentialVersion, Identity, KeyId, SealedSeed, Serial};
use crate::otp::Parameters;
use rusqlite::{CachedStatement, Row};

/// A known key, as far as a file is compared with it.
#[derive(Debug)]
pub struct KnownKey {
    /// Its number in the database.
    pub row: i64,
    /// Its own id.
    pub id: KeyId,
    /// The import it came with.
    pub batch: i64,
    /// The number of changes of what it can open.
    pub version: CredentialVersion,
    /// What it computes.
    pub parameters: Parameters,
    /// Its seed.
    pub seed: SealedSeed,
}

impl KnownKey {
    /// Gives what its seed is bound to.
    pub fn identity(&self, serial: &Serial) -> Identity {
        Identity { key: self.id, serial: serial.clone(), parameters: self.parameters }
    }
}

/// Finds known keys by their serials.
pub struct KeyFinder<'c> {
    statement: CachedStatement<'c>,
}

impl<'c> View<'c> {
    /// Begins to seek known keys, whatever the scope.
    ///
    /// # Errors
    /// [`Error`].
    pub fn key_finder(self) -> Result<KeyFinder<'c>, Error> {
        let statement = self.connection.prepare_cached(
            "SELECT id, key_id, batch_id, credential_version, seed, algorithm, digits, period, epoch FROM keys
             WHERE serial = :serial
                AND NOT EXISTS (SELECT 1 FROM batches WHERE batches.id = keys.batch_id AND is_open)",
        )?;
        Ok(KeyFinder { statement })
    }
}

impl KeyFinder<'_> {
    /// Finds a key by its serial, unless its batch is open.
    ///
    /// # Errors
    /// [`Error`].
    pub fn find(&mut self, serial: &Serial) -> Result<Option<KnownKey>, Error> {
        let mut rows = self.statement.query([serial.as_str()])?;
        rows.next()?.map(read).transpose()
    }
}

/// Reads by place, as in an insert of so many.
fn read(row: &Row<'_>) -> Result<KnownKey, Error> {
    let reader = Reader { table: "keys", row };
    let unknown = |_| reader.impossible("algorithm");
    let algorithm = row.get_ref(5)?.as_str().map_err(unknown)?;
    let algorithm = algorithm.parse().map_err(|_| reader.impossible("algorithm"))?;
    let epoch = UtcTime::from_epoch(reader.at(8, "epoch")?);
    Ok(KnownKey {
        row: reader.at(0, "id")?,
        id: KeyId(reader.at(1, "key_id")?),
        batch: reader.at(2, "batch_id")?,
        version: CredentialVersion(reader.at(3, "credential_version")?),
        seed: SealedSeed(reader.at(4, "seed")?),
        parameters: parameters(&reader, algorithm, reader.at(6, "digits")?, (reader.at(7, "period")?, epoch))?,
    })
}
