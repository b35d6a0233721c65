//! A key as it is kept, without its secrets.

use super::{CredentialVersion, KeyId, Life, Serial, State, Validity};
use crate::clock::UtcTime;
use crate::drift::Clockwork;
use crate::establishment::Uai;
use crate::otp::{Parameters, Step};
use crate::throttle::Lock;
use crate::user::Login;
use crate::{pin, user};

/// Everything that is known of a key but its seed and its PIN.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its number in the database.
    pub row: i64,
    /// Its own id, for ever.
    pub id: KeyId,
    /// The number on its back.
    pub serial: Serial,
    /// Where it is in its life.
    pub state: State,
    /// The state that it was lost in, if it is lost.
    pub before_loss: Option<State>,
    /// Where it was sent, until it comes in there.
    pub shipment: Option<Shipment>,
    /// Why it is locked, if it is.
    pub lock: Option<Lock>,
    /// The moment since which its state may have changed without a trace here, if it came back with a backup and is held since.
    pub held_since: Option<UtcTime>,
    /// Its counter was moved on when a backup was restored: its next check asks for two codes.
    pub asks_twice: bool,
    /// What it computes.
    pub parameters: Parameters,
    /// Who made it.
    pub manufacturer: Option<String>,
    /// What kind it is.
    pub model: Option<String>,
    /// The establishment that holds it, if one does; of a key on its way, the one that sent it.
    pub establishment: Option<Uai>,
    /// Its user.
    pub holder: Option<Holder>,
    /// The import it came with.
    pub batch: i64,
    /// The line of that file.
    pub batch_line: i64,
    /// Its dates.
    pub validity: Validity,
    /// The highest step ever accepted.
    pub watermark: Step,
    /// What is known of its clock.
    pub clockwork: Clockwork,
    /// When a code was last accepted.
    pub last_accepted_at: Option<UtcTime>,
    /// When it was activated.
    pub activated_at: Option<UtcTime>,
    /// The number of changes of what it can open.
    pub version: CredentialVersion,
    /// Its PIN, as kept; look at it with [`pin::Standing::at`].
    pub pin: pin::Standing,
}

impl Key {
    /// Gives what its seed is bound to.
    pub fn identity(&self) -> super::Identity {
        super::Identity { key: self.id, serial: self.serial.clone(), parameters: self.parameters }
    }

    /// When it was last seen to be in use: accepted, or activated by whoever has it now. The store seeks by the same rule.
    pub fn last_seen(&self) -> Option<UtcTime> {
        self.last_accepted_at.max(self.activated_at)
    }

    /// Gives what decides what may happen to it.
    pub fn life(&self) -> Life {
        Life { state: self.state, before_loss: self.before_loss, is_on_its_way: self.shipment.is_some() }
    }
}

/// A key on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipment {
    /// The establishment that it was sent to; none is the academy.
    pub to: Option<Uai>,
    /// When it was sent.
    pub at: UtcTime,
}

/// The user of a key.
#[derive(Clone, Debug)]
pub struct Holder {
    /// His number.
    pub user: user::UserId,
    /// His login.
    pub login: Login,
}
