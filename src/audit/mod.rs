//! What is written down of every change, check and refusal, and the chain that shows an edit.

mod checkpoint;
mod encoding;
mod event;
mod remark;
mod restored;
mod stub;
mod verification;

pub use checkpoint::Checkpoint;
pub use encoding::encode;
pub use event::{Action, Event, Events, FileFact, Outcome, Subject};
pub use remark::{InvalidRemark, Remark};
pub use restored::RestoredHeads;
pub use stub::Stub;
pub use verification::{Findings, Truncation, Verification};

use crate::clock::UtcTime;
use crate::operator::Operator;
use crate::user::Login;

/// The MAC of an event over itself and the MAC before it.
pub type Mac = [u8; 32];

/// The reason of an alarm about a row that was edited by somebody without the vault key.
pub const INTEGRITY: &str = "integrity";

/// The MAC that stands before the first event.
pub const GENESIS: Mac = [0; 32];

/// Where a chain stands: its last event, and with it all that came before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the event; 0 before the first.
    pub seq: i64,
    /// Its MAC.
    pub mac: Mac,
}

impl Head {
    /// Where a chain begins of which nothing was deleted.
    pub const ORIGIN: Self = Self { seq: 0, mac: GENESIS };
}

/// What computes the MAC of an event. The vault does.
pub trait Seal {
    /// Computes a keyed MAC.
    fn seal(&self, encoded: &[u8]) -> Mac;
}

/// An event as it stands in the database.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its number; 1, 2, 3 … without a gap.
    pub seq: i64,
    /// When it was written.
    pub at: UtcTime,
    /// Who ran the command.
    pub operator: Operator,
    /// What was done, to whom, how it ended.
    pub event: Event,
    /// The login of the event's user, looked up when the record was read; never part of the chain. One whose name is erased has
    /// none.
    pub login: Option<Login>,
    /// That user has left, and the login may be somebody else's by now. Looked up as well.
    pub has_left: bool,
    /// The version of the program that wrote it.
    pub version: String,
    /// Its MAC.
    pub mac: Mac,
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub use tests::TestSeal;
