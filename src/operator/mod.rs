//! Who runs a command: an account of the operating system, its role, and how far it reaches.

mod command;
mod role;
mod scope;

pub use command::{Command, Decision};
pub use role::{Role, UnknownRole};
pub use scope::Scope;

use crate::audit::{Mac, Seal};
use crate::clock::UtcTime;
use crate::establishment::Uai;
use std::borrow::Cow;
use subtle::ConstantTimeEq;

/// How an operator came to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// Under his own account.
    Direct,
    /// As another account than his own: the service account, through the documented sudo rule.
    Sudo,
    /// As root, or as the service account itself: always allowed, and said so in the audit.
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
    /// The number of the account that logged in, when it is another: somebody changed accounts on the way, or one of the two
    /// is forged.
    pub login: Option<u32>,
}

/// What stands between the way and the number of who logged in.
const LOGIN: &str = ":login=";

impl Operator {
    /// Writes how it came here for the audit, and who logged in if that is another: `sudo`, `sudo:login=1001`.
    pub fn way(&self) -> Cow<'static, str> {
        way(self.via, self.login)
    }

    /// Reads what [`Operator::way`] has written, and nothing that it would write otherwise.
    pub fn read_way(text: &str) -> Option<(Via, Option<u32>)> {
        let (via, login) = match text.split_once(LOGIN) {
            Some((via, login)) => (via, Some(login.parse().ok()?)),
            None => (text, None),
        };
        let read = (Via::from_name(via)?, login);
        (way(read.0, read.1) == text).then_some(read)
    }
}

fn way(via: Via, login: Option<u32>) -> Cow<'static, str> {
    match login {
        None => via.name().into(),
        Some(login) => format!("{}{LOGIN}{login}", via.name()).into(),
    }
}

/// What an account was entrusted with, and for how long. None is ever erased: it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mandate {
    /// Its row.
    pub id: i64,
    /// The number of the account.
    pub uid: u32,
    /// Its name when the mandate was given, for people.
    pub name: String,
    /// What he may do.
    pub role: Role,
    /// For which establishments, when the role is for some.
    pub establishments: Vec<Uai>,
    /// When it was given.
    pub since: UtcTime,
    /// Its last moment, if one was set.
    pub until: Option<UtcTime>,
    /// The vault's, over all of this but the row.
    pub seal: [u8; 32],
}

/// What a mandate says, as the vault seals it.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The number of the account.
    pub uid: u32,
    /// Its name.
    pub name: &'a str,
    /// What he may do.
    pub role: Role,
    /// For which establishments: sorted, each once.
    pub uais: &'a [Uai],
    /// When it was given.
    pub since: UtcTime,
    /// Its last moment.
    pub until: Option<UtcTime>,
}

impl Terms<'_> {
    /// Seals them.
    pub fn seal(&self, seal: &dyn Seal) -> Mac {
        let Self { uid, role, .. } = self;
        let (since, role) = (self.since.epoch_seconds(), role.name());
        let until = self.until.map(|until| until.epoch_seconds().to_string()).unwrap_or_default();
        let uais = self.uais.iter().map(Uai::as_str).collect::<Vec<_>>().join(" ");
        // The name may hold anything, and stands at the end.
        let said = format!("cleotp mandate 1\n{uid}\n{role}\n{since}\n{until}\n{uais}\n{}", self.name);
        seal.seal(said.as_bytes())
    }
}

impl Mandate {
    /// Tells whether the vault has sealed it as it stands: whoever only writes to the database cannot give one.
    pub fn bears_seal_of(&self, vault: &dyn Seal) -> bool {
        let Self { uid, name, role, establishments: uais, since, until, .. } = self;
        let terms = Terms { uid: *uid, name, role: *role, uais, since: *since, until: *until };
        terms.seal(vault).ct_eq(&self.seal).into()
    }

    /// Gives how far it reaches.
    pub fn scope(&self) -> Scope {
        match self.role {
            Role::Delegate => Scope::Within(self.establishments.clone()),
            Role::Admin | Role::Importer | Role::Auditor | Role::Verifier => Scope::All,
        }
    }
}

/// What a caller stands for in one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What he may do.
    pub role: Role,
    /// How far he reaches.
    pub scope: Scope,
    /// How he came here, as the audit tells it.
    pub via: Via,
}

impl Standing {
    /// Says what a caller stands for; none when he is nobody here.
    ///
    /// Whoever calls without sudo owns the files: he is the service account, or the owner of a home of his own, and nothing can be
    /// kept from him. If he was not entrusted with everything he breaks the glass, and only `unattended`, the narrower role that
    /// the configuration may give him, makes less of him.
    pub fn of(caller: &Operator, mandate: Option<&Mandate>, unattended: Option<Role>) -> Option<Self> {
        let everything = |via| Self { role: Role::Admin, scope: Scope::All, via };
        let mandated = |mandate: &Mandate| Self { role: mandate.role, scope: mandate.scope(), via: caller.via };
        match (caller.via, unattended) {
            (Via::BreakGlass, _) => Some(everything(Via::BreakGlass)),
            (Via::Direct, Some(role)) => Some(Self { role, scope: Scope::All, via: Via::Direct }),
            (Via::Direct, None) => {
                let on_record = mandate.filter(|mandate| mandate.role == Role::Admin);
                Some(on_record.map_or_else(|| everything(Via::BreakGlass), mandated))
            }
            (Via::Sudo, _) => mandate.map(mandated),
        }
    }

    /// Tells whether he may run a command at all; what it finds is another matter.
    pub const fn may(&self, command: Command) -> bool {
        !matches!(command.decision(self.role), Decision::Never)
    }
}

#[cfg(test)]
mod tests;
