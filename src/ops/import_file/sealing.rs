//! Sealing the seeds of a file, before it is known whether all of its keys are new.

use super::super::Error;
use super::standing::{Judged, Sealed};
use crate::import::{SeedRecord, Sifted};
use crate::key::{Identity, KeyId, SealedSeed};
use crate::random::{Random, Reservoir, draw_bytes};
use crate::vault::Vault;

/// Seals seeds, with ids and nonces that are drawn many at once.
pub(super) struct Sealer<'s> {
    pub vault: &'s Vault,
    random: Reservoir<'s>,
}

impl<'s> Sealer<'s> {
    /// Begins with nothing drawn.
    pub(super) fn new(vault: &'s Vault, random: &'s dyn Random) -> Self {
        Self { vault, random: Reservoir::new(random) }
    }

    /// Draws the id of a new key, and seals its seed for it.
    pub(super) fn seal(&self, record: &SeedRecord) -> Result<Sealed, Error> {
        let key = KeyId(draw_bytes(&self.random)?);
        let identity = Identity { key, serial: record.serial.clone(), parameters: record.parameters };
        let seed = self.seal_for(record, &identity)?;
        Ok(Sealed { identity, seed })
    }

    /// Seals the seed of a record for a key.
    pub(super) fn seal_for(&self, record: &SeedRecord, identity: &Identity) -> Result<SealedSeed, Error> {
        Ok(self.vault.seal_seed(&record.seed, identity, &self.random)?)
    }

    /// Takes something of a file that was not sought yet, and seals it if it is taken for new. What could not be sealed is tried
    /// once more by whoever writes it, and he tells why not.
    pub(super) fn take_unsought(&self, item: Sifted, is_new: bool) -> Judged {
        let sealed = match &item {
            Sifted::Key(record, _) if is_new => self.seal(record).ok(),
            _ => None,
        };
        Judged::unsought(item, sealed)
    }
}
