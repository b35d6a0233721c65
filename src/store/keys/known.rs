//! What a file of keys is compared with: of a known key as little as that takes, sought by the hundred thousand.

use super::{Error, Reader, View, parameters_of};
use crate::clock::UtcTime;
use crate::key::{CredentialVersion, Identity, KeyId, SealedSeed, Serial};
use crate::otp::Parameters;
use rusqlite::{Row, params_from_iter};

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

/// What is read of a key, in the order in which it is read.
const COLUMNS: &str = "keys.id, key_id, batch_id, credential_version, seed, algorithm, period, epoch, digits";
/// How many keys one statement seeks: what a statement costs whatever it does is more than a look into the index.
const AT_ONCE: usize = 64;

impl View<'_> {
    /// Finds a known key by its serial, whatever the scope, unless its batch is open.
    ///
    /// # Errors
    /// [`Error`].
    pub fn known_key(self, serial: &Serial) -> Result<Option<KnownKey>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM keys
             WHERE serial = :serial
                AND NOT EXISTS (SELECT 1 FROM batches WHERE batches.id = keys.batch_id AND is_open)"
        ))?;
        let mut rows = statement.query([serial.as_str()])?;
        rows.next()?.map(read).transpose()
    }

    /// Finds known keys by their serials, whatever the scope, unless their batches are open; gives as many as there are serials, in
    /// their order.
    ///
    /// # Errors
    /// [`Error`].
    pub fn known_keys(self, serials: &[&Serial]) -> Result<Vec<Option<KnownKey>>, Error> {
        let sought: Vec<String> = (0..AT_ONCE).map(|place| format!("({place}, ?)")).collect();
        // Each serial is gone through in turn, and sought in the index.
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS}, sought.column1
             FROM (VALUES {}) AS sought CROSS JOIN keys ON keys.serial = sought.column2",
            sought.join(", ")
        ))?;
        let open = self.open_batches()?;
        let mut found = Vec::with_capacity(serials.len());
        for serials in serials.chunks(AT_ONCE) {
            if serials.len() < AT_ONCE {
                for serial in serials {
                    found.push(self.known_key(serial)?);
                }
                continue;
            }
            let begins = found.len();
            found.resize_with(begins.saturating_add(AT_ONCE), || None);
            let mut rows = statement.query(params_from_iter(serials.iter().map(|serial| serial.as_str())))?;
            while let Some(row) = rows.next()? {
                let known = read(row)?;
                let place: u8 = row.get(9)?;
                if let Some(found) = found.get_mut(begins.saturating_add(place.into())) {
                    *found = Some(known).filter(|known| !open.contains(&known.batch));
                }
            }
        }
        Ok(found)
    }
}

fn read(row: &Row<'_>) -> Result<KnownKey, Error> {
    let reader = Reader::of("keys", row);
    let algorithm = reader.get_at::<String>(5, "algorithm")?.parse().map_err(|_| reader.impossible("algorithm"))?;
    let (period, epoch) = (reader.get_at(6, "period")?, UtcTime::from_epoch(reader.get_at(7, "epoch")?));
    Ok(KnownKey {
        row: reader.get_at(0, "id")?,
        id: KeyId(reader.get_at(1, "key_id")?),
        batch: reader.get_at(2, "batch_id")?,
        version: CredentialVersion(reader.get_at(3, "credential_version")?),
        seed: SealedSeed(reader.get_at(4, "seed")?),
        parameters: parameters_of(&reader, algorithm, period, epoch, reader.get_at(8, "digits")?)?,
    })
}
