//! The roles: what an operator is for.

use std::str::FromStr;

/// What an operator is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    Admin,
    /// The users, keys and activation codes of his establishments.
    Delegate,
    /// Taking vendors' files in, and nothing else.
    Importer,
    /// Reading the audit, and what the reports tell.
    Auditor,
    /// What a login server or a portal does for the users: check, activate, set a PIN.
    Verifier,
}

impl Role {
    /// Every role, in the order of the manual and of the table.
    pub const ALL: [Self; 5] = [Self::Admin, Self::Delegate, Self::Importer, Self::Auditor, Self::Verifier];

    /// Gives the stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Delegate => "delegate",
            Self::Importer => "importer",
            Self::Auditor => "auditor",
            Self::Verifier => "verifier",
        }
    }

    /// Tells whether it is given for establishments, at least one; the others are for all of them.
    pub const fn is_for_establishments(self) -> bool {
        matches!(self, Self::Delegate)
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.name() == name).ok_or(UnknownRole)
    }
}

/// The text names no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a role is one of: admin, delegate, importer, auditor, verifier")]
pub struct UnknownRole;
