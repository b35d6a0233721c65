//! The audit as a whole: verifying its chain, taking a checkpoint of it, giving all of it out.

use super::{Desk, Error};
use crate::audit::{Checkpoint, Findings, Mac, Record, Seal, Truncation, Verification};
use crate::clock::UtcTime;
use crate::store::{self, Link, View};

/// How many events are read at a time.
const PART: u32 = 1_000;

/// What a verification has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Verified {
    /// What the chain shows.
    pub chain: Findings,
    /// Events are missing at the end for certain, as other rows show. That they are not is never certain without a checkpoint.
    pub is_cut: bool,
}

impl Verified {
    /// Tells whether nothing wrong was found.
    pub const fn is_intact(&self) -> bool {
        self.chain.first_bad.is_none() && !self.is_cut && !matches!(self.chain.truncation, Truncation::Detected { .. })
    }
}

/// Why the audit as a whole could not be worked with.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AuditError {
    /// A checkpoint is of another database.
    #[error("checkpoint {number} is of another database")]
    CheckpointOfAnother {
        /// Which one of those that came.
        number: usize,
    },
    /// The vault has not sealed a checkpoint as it is.
    #[error("checkpoint {number} is not sealed by the vault")]
    CheckpointForged {
        /// Which one of those that came.
        number: usize,
    },
    /// Events are to be deleted that are not old enough.
    #[error("events are kept that are not older")]
    StillKept {
        /// The latest moment before which they may be deleted.
        until: UtcTime,
    },
    /// Events are to be deleted out of a chain that is broken or cut.
    #[error("the chain of events is not intact")]
    NotIntact,
    /// Our own clock stands before the newest event.
    #[error("the clock stands before the newest event")]
    ClockBehind {
        /// When that was written.
        newest: UtcTime,
    },
    /// Nothing shows that our own clock has not jumped ahead.
    #[error("nothing shows that the clock is right")]
    ClockNotShown,
}

/// A checkpoint with its seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedCheckpoint {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// Its seal.
    pub mac: Mac,
}

impl Desk<'_> {
    /// Follows the chain from its beginning, past checkpoints that were kept elsewhere.
    ///
    /// # Errors
    /// [`Error`] when the database can not be read, or a checkpoint is not one of it; a broken chain is an answer.
    pub fn verify_audit(&self, checkpoints: Vec<SealedCheckpoint>) -> Result<Verified, Error> {
        let view = self.store.read();
        let database = view.database_id()?;
        let mut ours = Vec::with_capacity(checkpoints.len());
        for (number, SealedCheckpoint { checkpoint, mac }) in (1..).zip(checkpoints) {
            if checkpoint.database != database {
                return Err(AuditError::CheckpointOfAnother { number }.into());
            }
            if !checkpoint.bears(&mac, self.vault) {
                return Err(AuditError::CheckpointForged { number }.into());
            }
            ours.push(checkpoint);
        }
        Ok(verify(view, self.vault, ours)?)
    }

    /// Tells where the chain stands now, sealed.
    ///
    /// # Errors
    /// [`Error`].
    pub fn take_checkpoint(&self) -> Result<SealedCheckpoint, Error> {
        let at = self.now();
        let (database, (head, events)) =
            self.store.read_at_once(|view| Ok::<_, Error>((view.database_id()?, view.audit_head()?)))?;
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let checkpoint = Checkpoint { database, head, events, at, version };
        let mac = checkpoint.seal(self.vault);
        Ok(SealedCheckpoint { checkpoint, mac })
    }

    /// Gives all events between two moments in their order, as the chain covers them: without names, which are erased in their
    /// time. Some are read at a time, and nothing is held in the database meanwhile.
    pub fn export_audit(&self, since: Option<UtcTime>, until: Option<UtcTime>) -> Export<'_> {
        Export { view: self.store.read(), since, until, after: 0, read: Vec::new().into_iter(), is_over: false }
    }
}

/// All events between two moments, some read at a time.
pub struct Export<'d> {
    view: View<'d>,
    since: Option<UtcTime>,
    until: Option<UtcTime>,
    after: i64,
    read: std::vec::IntoIter<Record>,
    is_over: bool,
}

impl Iterator for Export<'_> {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(record) = self.read.next() {
            return Some(Ok(record));
        }
        if self.is_over {
            return None;
        }
        match self.view.audit_part(self.after, PART, self.since, self.until) {
            Ok(part) => {
                self.is_over = part.len() < PART as usize;
                self.after = part.last().map_or(self.after, |record| record.seq);
                self.read = part.into_iter();
                self.read.next().map(Ok)
            }
            Err(error) => {
                self.is_over = true;
                Some(Err(error.into()))
            }
        }
    }
}

/// Follows the chain of a database.
pub(super) fn verify(view: View<'_>, seal: &dyn Seal, checkpoints: Vec<Checkpoint>) -> Result<Verified, store::Error> {
    let mut verification = Verification::new(seal, checkpoints);
    view.walk_audit(|link| match link {
        Link::Stub(stub, mac) => verification.begin_at(stub, mac),
        Link::Event(record) => verification.take(record),
        Link::Unreadable(seq) => verification.take_unreadable(seq),
    })?;
    // Where other tables cannot be read, it is not known.
    let is_cut = view.is_audit_cut().unwrap_or(false);
    Ok(Verified { chain: verification.finish(), is_cut })
}
