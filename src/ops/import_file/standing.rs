//! How a key of a file stands beside those that are known.

use crate::store::KnownKey;

/// How a key of a file stands beside those that are known.
pub(super) enum Standing {
    /// Its serial is not known, or was not sought.
    New,
    /// It is known as it is; or it is no key, but something to be told.
    Same,
    /// It is known with another seed or other parameters.
    Other(Box<KnownKey>),
}

impl Standing {
    /// Tells whether something is to be written for it.
    pub(super) const fn takes_a_change(&self) -> bool {
        !matches!(self, Self::Same)
    }
}
