//! What is written down of every change, check and refusal, and the chain that shows an edit.

mod encoding;
mod event;
mod remark;
mod restored;

pub use encoding::encode;
pub use event::{Action, Event, Events, FileFact, Outcome, Subject};
pub use remark::{InvalidRemark, Remark};
pub use restored::RestoredHeads;

use crate::clock::UtcTime;
use crate::operator::Operator;
use crate::user::Login;
use subtle::ConstantTimeEq;

/// The MAC of an event over itself and the MAC before it.
pub type Mac = [u8; 32];

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

/// Follows the chain and remembers the first event that is wrong.
pub struct Verification<'seal> {
    seal: &'seal dyn Seal,
    last: Mac,
    events: i64,
    first_bad: Option<i64>,
}

impl<'seal> Verification<'seal> {
    /// Begins before the first event.
    pub fn new(seal: &'seal dyn Seal) -> Self {
        Self { seal, last: GENESIS, events: 0, first_bad: None }
    }

    /// Takes the next event, in the order of the numbers.
    pub fn take(&mut self, record: &Record) {
        let expected_seq = self.events.saturating_add(1);
        let mac = self.seal.seal(&encode(&self.last, record));
        let intact = record.seq == expected_seq && bool::from(mac.ct_eq(&record.mac));
        if !intact && self.first_bad.is_none() {
            self.first_bad = Some(record.seq.min(expected_seq));
        }
        self.events = expected_seq;
        self.last = record.mac;
    }

    /// Takes a row that can not even be read as an event.
    pub fn take_unreadable(&mut self, seq: i64) {
        self.first_bad = self.first_bad.or(Some(seq));
        self.events = self.events.saturating_add(1);
    }

    /// Gives the number of events taken and the first that is wrong.
    pub const fn finish(self) -> (i64, Option<i64>) {
        (self.events, self.first_bad)
    }
}

#[cfg(test)]
mod tests;
