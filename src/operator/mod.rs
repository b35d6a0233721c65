//! Who runs a command: an account of the operating system.

/// How an operator came to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// Under his own account.
    Direct,
    /// As the service account, through the documented sudo rule.
    Sudo,
    /// As root: always allowed, and said so in the audit.
    BreakGlass,
}

impl Via {
    /// Gives the stable name of the audit.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Sudo => "sudo",
            Self::BreakGlass => "break-glass",
        }
    }

    /// Reads a name back.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Direct, Self::Sudo, Self::BreakGlass].into_iter().find(|via| via.name() == name)
    }
}

/// The account that answers for a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Its number, which decides.
    pub uid: u32,
    /// Its name, for people.
    pub name: String,
    /// How it came here.
    pub via: Via,
}
