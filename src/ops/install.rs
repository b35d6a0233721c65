//! Making an installation, and opening one.

use crate::audit::{Action, Event, Events, Outcome};
use crate::clock::Clock;
use crate::operator::Operator;
use crate::random::{NoRandomness, Random};
use crate::store::{self, Database, Store};
use crate::vault::{MalformedKeyFile, UnlockError, Vault, VaultKey};
use std::path::Path;
use zeroize::Zeroizing;

/// What a new installation needs: the vault's key file, to be written before the database is made, and its vault.
pub struct Installation {
    /// The contents of the vault key file.
    pub key_file: Zeroizing<String>,
    vault: Vault,
    envelope: crate::envelope::Envelope,
}

impl Installation {
    /// Draws the keys of a new installation.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn draw(random: &dyn Random) -> Result<Self, NoRandomness> {
        let key = VaultKey::draw(random)?;
        let (vault, envelope) = Vault::create(&key, random)?;
        Ok(Self { key_file: key.expose_file(), vault, envelope })
    }
}

/// Makes the database of an installation in an empty file, with its first administrator.
///
/// # Errors
/// [`store::Error`].
pub fn install(
    installation: &Installation,
    path: &Path,
    operator: &Operator,
    admin: &Operator,
    clock: &dyn Clock,
) -> Result<(), store::Error> {
    let now = clock.now();
    let mut store = Store::new(Database::create(path)?, &installation.vault, clock, operator.clone());
    // In one change, or a database could be opened whose chain of events has no beginning.
    store.change(now, |change| {
        change.begin(&installation.envelope, admin, now)?;
        Ok(((), Events::one(Event::new(Action::Init, Outcome::Done))))
    })
}

/// Opens a database and its vault.
///
/// # Errors
/// [`OpenError`].
pub fn open(path: &Path, key_file: &[u8]) -> Result<(Database, Vault), OpenError> {
    let key = VaultKey::parse(key_file)?;
    let database = Database::open(path)?;
    let vault = Vault::unlock(&key, &database.envelope()?)?;
    Ok((database, vault))
}

/// Why an installation could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The key file.
    #[error(transparent)]
    KeyFile(#[from] MalformedKeyFile),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] UnlockError),
}
