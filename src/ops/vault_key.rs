//! The vault key of a database: which one opens it, and how another one takes its place.
//!
//! The new key lies beside the present one, whole and on the disk, before one change has the database need it; then it takes the
//! place of the present one. At every moment one of the two files holds the key that the database names.

use super::{Desk, Error};
use crate::audit::{Action, Event, Events, Outcome};
use crate::clock::UtcTime;
use crate::envelope::VaultKeyId;
use crate::store::Wrapping;
use crate::vault::{RewrapError, Vault, VaultKey};

/// Which vault key opens a database, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VaultKeyInForce {
    /// The key.
    pub id: VaultKeyId,
    /// When the database was made.
    pub made_at: UtcTime,
    /// When the key took the place of another one, if it did.
    pub rotated_at: Option<UtcTime>,
}

impl Desk<'_> {
    /// Tells which vault key opens the database.
    ///
    /// # Errors
    /// [`Error`].
    pub fn vault_key(&self) -> Result<VaultKeyInForce, Error> {
        let Wrapping { envelope, made_at, rotated_at } = self.store.read().wrapping()?;
        Ok(VaultKeyInForce { id: envelope.vault_key, made_at, rotated_at })
    }

    /// Draws another vault key, to be laid on the disk before anything is wrapped by it.
    ///
    /// # Errors
    /// [`Error::NoRandomness`].
    pub fn draw_vault_key(&self) -> Result<VaultKey, Error> {
        Ok(VaultKey::draw(self.random)?)
    }

    /// Has the database need another vault key from now on. The data key stays the same, and so does all that it seals.
    ///
    /// After an error of the database nobody knows whether the disk has the change or not: the file of the new key must stay.
    ///
    /// # Errors
    /// [`Error::VaultKeyChanged`] when the former key is not the one in force any more.
    pub fn rotate_vault_key(&mut self, former: &VaultKey, new: &VaultKey) -> Result<(), Error> {
        let (now, random) = (self.now(), self.random);
        self.store.change(now, |change| {
            let present = change.read().wrapping()?.envelope;
            let rewrapped = Vault::rewrap(&present, former, new, random).map_err(Error::from)?;
            change.replace_envelope(&rewrapped, now)?;
            let ids = format!("former={} present={}", present.vault_key, rewrapped.vault_key);
            Ok(((), Events::one(Event::new(Action::VaultRotate, Outcome::Done).because(&ids))))
        })
    }

    /// Writes down that a key which was laid beside the one in force is thrown away, before it is.
    ///
    /// A rotation that ended in an error of the disk may yet come back with the journal after a crash, and need that key. Once
    /// this later change is on the disk, it cannot any more.
    ///
    /// # Errors
    /// [`Error::VaultKeyChanged`] when `present` is not the key in force.
    pub fn discard_vault_key(&mut self, present: &VaultKey) -> Result<(), Error> {
        let now = self.now();
        self.store.change(now, |change| {
            if change.read().wrapping()?.envelope.vault_key != present.id() {
                return Err(Error::VaultKeyChanged);
            }
            Ok(((), Events::one(Event::new(Action::VaultRotate, Outcome::Refused).because("unfinished"))))
        })
    }
}

impl From<RewrapError> for Error {
    fn from(error: RewrapError) -> Self {
        use crate::vault::UnlockError;
        match error {
            RewrapError::Closed(UnlockError::OtherKey { .. }) => Self::VaultKeyChanged,
            RewrapError::Closed(UnlockError::Tampered) => Self::VaultTampered,
            RewrapError::NoRandomness(error) => error.into(),
        }
    }
}
