//! How what is in a file stands beside what is known.

use crate::import::Sifted;
use crate::key::{Identity, SealedSeed};
use crate::store::KnownKey;

/// How a key of a file stands beside those that are known.
pub(super) enum Standing {
    /// Its serial is not known, or was not sought; what is no key always stands so.
    New,
    /// It is known as it is.
    Same,
    /// It is known with another seed or other parameters.
    Other(Box<KnownKey>),
}

/// Something of a file, and how it stands.
pub(super) struct Judged {
    pub item: Sifted,
    pub standing: Standing,
    /// Of a key that may be added.
    pub sealed: Option<Sealed>,
}

/// A seed that is sealed, and what for.
pub(super) struct Sealed {
    pub identity: Identity,
    pub seed: SealedSeed,
}

impl Judged {
    /// Takes what was not sought.
    pub(super) fn unsought(item: Sifted, sealed: Option<Sealed>) -> Self {
        Self { item, standing: Standing::New, sealed }
    }

    /// Tells whether something is to be written for it.
    pub(super) const fn takes_a_change(&self) -> bool {
        matches!((&self.item, &self.standing), (Sifted::Key(..), Standing::New | Standing::Other(_)))
    }
}
