//! What a file of keys is compared with: of a known key as little as that takes, sought by the hundred thousand.

use super::{Error, Reader, View, read_parameters};
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
            "SELECT id, key_id, batch_id, credential_version, seed, algorithm, period, epoch, digits FROM keys
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

fn read(row: &Row<'_>) -> Result<KnownKey, Error> {
    let reader = Reader::of("keys", row);
    Ok(KnownKey {
        row: reader.get("id")?,
        id: KeyId(reader.get("key_id")?),
        batch: reader.get("batch_id")?,
        version: CredentialVersion(reader.get("credential_version")?),
        seed: SealedSeed(reader.get("seed")?),
        parameters: read_parameters(&reader)?,
    })
}
