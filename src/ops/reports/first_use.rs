//! What is missing until a key is used for the first time by whoever has it.

use super::Keys;
use crate::activation::State as CodeState;
use crate::clock::UtcTime;
use crate::establishment::Uai;
use crate::key::{Serial, State};
use crate::ops::{Desk, Error};
use crate::store::{KeyFilter, KeyOrder, View};
use crate::user::Login;

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A code was issued and is awaited.
    Activation,
    /// The code has expired: another one is to be issued.
    FreshCode,
    /// The user has a key, and there is no code to activate it with.
    Code,
    /// The key is active, and has accepted nothing since.
    Check,
}

impl Missing {
    /// Gives the stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Activation => "code-outstanding",
            Self::FreshCode => "code-expired",
            Self::Code => "no-code",
            Self::Check => "never-used",
        }
    }
}

/// Somebody who has not used his key yet.
#[derive(Clone, Debug)]
pub struct FirstUse {
    /// What is missing.
    pub missing: Missing,
    /// Who it is.
    pub login: Option<Login>,
    /// His key; none for a code that is bound to none.
    pub serial: Option<Serial>,
    /// Where.
    pub establishment: Option<Uai>,
    /// Since when: the code was issued, or the key activated.
    pub since: Option<UtcTime>,
    /// The last moment of the code, if there is one.
    pub until: Option<UtcTime>,
}

/// All of them, each read when its turn comes: the codes, those first that end first, then the keys without one.
pub struct FirstUses<'d> {
    view: View<'d>,
    codes: std::vec::IntoIter<i64>,
    keys: Keys<'d>,
}

impl FirstUses<'_> {
    fn code(&self, id: i64) -> Result<Option<FirstUse>, Error> {
        Ok(self.view.activation_at(id)?.map(|(code, establishment)| {
            let has_expired = code.state_at(self.keys.now) == CodeState::Expired;
            FirstUse {
                missing: if has_expired { Missing::FreshCode } else { Missing::Activation },
                login: Some(code.login),
                serial: code.serial,
                establishment,
                since: Some(code.issued_at),
                until: Some(code.expires_at),
            }
        }))
    }
}

impl Iterator for FirstUses<'_> {
    type Item = Result<FirstUse, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(id) = self.codes.next() {
            if let Some(found) = self.code(id).transpose() {
                return Some(found);
            }
        }
        let key = self.keys.next()?;
        Some(key.map(|key| FirstUse {
            missing: if key.state == State::Assigned { Missing::Code } else { Missing::Check },
            login: key.holder.map(|holder| holder.login),
            serial: Some(key.serial),
            establishment: key.establishment,
            since: key.activated_at,
            until: None,
        }))
    }
}

impl Desk<'_> {
    /// Lists who has not used his key yet, and what is missing: each of them once.
    ///
    /// # Errors
    /// [`Error`].
    pub fn report_activation(&self) -> Result<FirstUses<'_>, Error> {
        let view = self.store.read();
        let filter = KeyFilter { unused: true, ..KeyFilter::default() };
        let keys = Keys::of(view, &filter, KeyOrder::Serial, self.now())?;
        Ok(FirstUses { view, codes: view.waiting_activations()?.into_iter(), keys })
    }
}
