//! How far an operator reaches.

use crate::establishment::Uai;

/// The establishments whose objects exist for an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them, and what belongs to none.
    All,
    /// These alone.
    Within(Vec<Uai>),
}

impl Scope {
    /// Tells whether an establishment exists for him.
    pub fn covers(&self, uai: &Uai) -> bool {
        match self {
            Self::All => true,
            Self::Within(own) => own.contains(uai),
        }
    }

    /// Gives the establishments one after the other, a blank between them; none when all are meant.
    pub fn listed(&self) -> Option<String> {
        match self {
            Self::All => None,
            Self::Within(own) => Some(own.iter().map(Uai::as_str).collect::<Vec<_>>().join(" ")),
        }
    }
}
