//! Where the vault key comes from, and the opening of a database by it.

use super::exit::Exit;
use super::failure::Failure;
use super::home::Home;
use crate::host::files::{self, FileError};
use crate::host::{Environment, Line};
use crate::ops::{self, OpenError};
use crate::store::Database;
use crate::vault::{UnlockError, Vault, VaultKey};
use std::io::ErrorKind;
use std::path::PathBuf;

/// The name of the credential of systemd.
pub const CREDENTIAL: &str = "cleotp.vault-key";

/// How often the key is read again, because another process has changed it since.
const READINGS: u32 = 3;

/// Where the vault key comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// A file of the home.
    File(PathBuf),
    /// A credential that systemd has laid for this service.
    Credential(PathBuf),
}

impl KeyPlace {
    /// Finds it: the credential, if there is one, else the file of the home.
    pub fn of(home: &Home, environment: &Environment) -> Self {
        let credential = environment.credentials_directory.as_ref().map(|folder| folder.join(CREDENTIAL));
        // What cannot be looked at is there, and is told when it is read.
        let is_none = |kind| matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory);
        let is_there = |path: &PathBuf| path.symlink_metadata().map_or_else(|error| !is_none(error.kind()), |_| true);
        credential.filter(is_there).map_or_else(|| Self::File(home.vault_key()), Self::Credential)
    }

    /// Gives its path.
    pub const fn path(&self) -> &PathBuf {
        match self {
            Self::File(path) | Self::Credential(path) => path,
        }
    }

    /// Gives the stable name of the kind.
    pub const fn source(&self) -> &'static str {
        match self {
            Self::File(_) => "file",
            Self::Credential(_) => "credential",
        }
    }

    /// Reads the contents of the key file.
    ///
    /// # Errors
    /// A failure with what is wrong with the file.
    pub fn read(&self) -> Result<Line, Failure> {
        let read = match self {
            Self::File(path) => files::read_private(path),
            Self::Credential(path) => files::read_credential(path),
        };
        read.map_err(|error| match error {
            FileError::Missing { path } => {
                Failure::new(Exit::Configuration, "vault-key-missing").about("path", path.display())
            }
            FileError::TooLarge { .. } => {
                Failure::new(Exit::Configuration, "vault-key-malformed").about("key_path", self.path().display())
            }
            other => Failure::of_home_file(other),
        })
    }

    /// Reads the key itself.
    ///
    /// # Errors
    /// As [`KeyPlace::read`]; a failure when it is none.
    pub fn read_key(&self) -> Result<VaultKey, Failure> {
        let key = VaultKey::parse(&self.read()?).map_err(OpenError::from);
        key.map_err(|error| Failure::from(error).about("key_path", self.path().display()))
    }

    fn open(&self, home: &Home) -> Result<(Database, Vault), Failure> {
        let opened = ops::open(&home.database(), &self.read()?);
        opened.map_err(|error| {
            let failure = Failure::from(error);
            let is_other = failure.id() == "vault-key-other" && matches!(self, Self::Credential(_));
            let failure = if is_other { failure.hinted("hint-credential-other") } else { failure };
            failure.about("path", home.database().display()).about("key_path", self.path().display())
        })
    }
}

/// Opens the database of a home and its vault: also when the key was changed and its file has not taken its place yet.
///
/// # Errors
/// A failure with what is wrong with the key or the database.
pub fn open(home: &Home, environment: &Environment) -> Result<(Database, Vault), Failure> {
    let place = KeyPlace::of(home, environment);
    let mut found = place.open(home);
    for _ in 1..READINGS {
        let Err(failure) = &found else { break };
        let may_be_changing = ["vault-key-other", "vault-key-missing"].contains(&failure.id());
        if !may_be_changing || matches!(place, KeyPlace::Credential(_)) {
            break;
        }
        if let Some(opened) = open_by_next(home)? {
            return Ok(opened);
        }
        // The next one may have taken its place since the present one was read.
        found = place.open(home);
    }
    found
}

/// Opens by the key that waits, if it is the one that the database names, and lets it take its place.
fn open_by_next(home: &Home) -> Result<Option<(Database, Vault)>, Failure> {
    let path = home.next_vault_key();
    let key_file = match files::read_private(&path) {
        Ok(key_file) => key_file,
        Err(FileError::Missing { .. } | FileError::TooLarge { .. }) => return Ok(None),
        Err(other) => return Err(Failure::of_home_file(other)),
    };
    match ops::open(&home.database(), &key_file) {
        Ok((database, vault)) => {
            finish_rotation(home, &database);
            Ok(Some((database, vault)))
        }
        Err(OpenError::KeyFile(_) | OpenError::Vault(UnlockError::OtherKey { .. })) => Ok(None),
        Err(error) => {
            let failure = Failure::from(error).about("path", home.database().display());
            Err(failure.about("key_path", path.display()))
        }
    }
}

/// Gives the key that the database names its place, unless somebody else is at it. Should it fail, the next command does it.
fn finish_rotation(home: &Home, database: &Database) {
    let Ok(Some(_turn)) = files::lock_folder(&home.folder) else { return };
    // Before the lock was had, one rotation may have ended and another one begun.
    let Ok(needed) = database.envelope().map(|envelope| envelope.vault_key) else { return };
    let waiting = files::read_private(&home.next_vault_key()).ok().and_then(|key| VaultKey::parse(&key).ok());
    if waiting.is_some_and(|key| key.id() == needed) {
        let _ = files::replace(&home.next_vault_key(), &home.vault_key());
    }
}
