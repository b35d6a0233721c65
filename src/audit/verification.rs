//! Following the chain: from its beginning, or from what a purge has left of that, and past the checkpoints that came back.

use super::{Action, Checkpoint, Head, Mac, Outcome, Record, RestoredHeads, Seal, Stub, encode};
use crate::clock::UtcTime;
use subtle::ConstantTimeEq;

/// What is known of the end of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truncation {
    /// Nothing: there was no checkpoint to hold it against.
    NotExcluded,
    /// The chain goes on from a checkpoint: what came up to it is all there.
    Excluded {
        /// The event of the newest checkpoint.
        up_to: i64,
    },
    /// The chain does not come to a checkpoint, or to another event than it: some were cut off, or an older database was put back.
    Detected {
        /// The event of the checkpoint.
        seq: i64,
        /// When the checkpoint was written.
        at: UtcTime,
    },
    /// The newest checkpoint is of a database in whose place a backup was put, and the chain says so.
    Restored,
}

/// What a verification has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Findings {
    /// How many events were read.
    pub events: i64,
    /// The first that is wrong.
    pub first_bad: Option<i64>,
    /// The number of the last one.
    pub last: i64,
    /// Up to which one they were deleted when their time was over; 0 when none was.
    pub purged: i64,
    /// What is known of the end.
    pub truncation: Truncation,
    /// The first and the last of the events that are known to be lost, by a backup that was put in their place.
    pub lost: Option<(i64, i64)>,
}

/// A backup that was put in the place of a database.
struct Restoration {
    heads: RestoredHeads,
    at: UtcTime,
}

/// Follows the chain and remembers the first event that is wrong.
pub struct Verification<'seal> {
    seal: &'seal dyn Seal,
    last: Head,
    events: i64,
    purged: i64,
    first_bad: Option<i64>,
    /// Those that the chain has not come to yet, the next one last.
    ahead: Vec<Checkpoint>,
    /// The newest that it went through.
    met: Option<Checkpoint>,
    /// Those that are not its own.
    missed: Vec<Checkpoint>,
    restorations: Vec<Restoration>,
}

impl<'seal> Verification<'seal> {
    /// Begins before the first event, with checkpoints that are known to be this database's.
    pub fn new(seal: &'seal dyn Seal, mut checkpoints: Vec<Checkpoint>) -> Self {
        checkpoints.sort_by_key(|checkpoint| std::cmp::Reverse(checkpoint.head.seq));
        Self {
            seal,
            last: Head::ORIGIN,
            events: 0,
            purged: 0,
            first_bad: None,
            ahead: checkpoints,
            met: None,
            missed: Vec::new(),
            restorations: Vec::new(),
        }
    }

    /// Begins after what was deleted. That the chain came so far is vouched for by its seal, also for checkpoints before it.
    pub fn begin_at(&mut self, stub: &Stub, mac: &Mac) {
        if !stub.bears(mac, self.seal) {
            self.first_bad = Some(stub.head.seq.max(1));
        }
        self.last = stub.head;
        self.purged = stub.head.seq;
        while let Some(checkpoint) = self.ahead.pop_if(|next| next.head.seq < stub.head.seq) {
            self.meet(checkpoint);
        }
        self.compare(stub.head);
    }

    /// Takes the next event, in the order of the numbers.
    pub fn take(&mut self, record: &Record) {
        let expected = self.last.seq.saturating_add(1);
        let mac = self.seal.seal(&encode(&self.last.mac, record));
        let intact = record.seq == expected && bool::from(mac.ct_eq(&record.mac));
        if !intact && self.first_bad.is_none() {
            self.first_bad = Some(record.seq.min(expected));
        }
        self.events = self.events.saturating_add(1);
        self.last = Head { seq: expected, mac: record.mac };
        if self.ahead.last().is_some_and(|next| next.head.seq <= expected) {
            self.compare(self.last);
        }
        // One that is refused put no backup in place, whoever had it written down.
        let is_restored = (record.event.action, record.event.outcome) == (Action::Restore, Outcome::Done);
        if self.first_bad.is_none() && is_restored {
            let heads = record.event.reason.as_deref().and_then(|reason| reason.parse().ok());
            self.restorations.extend(heads.map(|heads| Restoration { heads, at: record.at }));
        }
    }

    /// Takes a row that can not even be read as an event.
    pub fn take_unreadable(&mut self, seq: i64) {
        self.first_bad = self.first_bad.or(Some(seq));
        self.events = self.events.saturating_add(1);
        self.last.seq = self.last.seq.saturating_add(1);
    }

    /// Holds the checkpoints of an event against it.
    fn compare(&mut self, reached: Head) {
        while let Some(checkpoint) = self.ahead.pop_if(|next| next.head.seq <= reached.seq) {
            if checkpoint.head == reached { self.meet(checkpoint) } else { self.missed.push(checkpoint) }
        }
    }

    fn meet(&mut self, checkpoint: Checkpoint) {
        if self.met.as_ref().is_none_or(|met| met.head.seq <= checkpoint.head.seq) {
            self.met = Some(checkpoint);
        }
    }

    /// Says what was found.
    pub fn finish(mut self) -> Findings {
        self.missed.append(&mut self.ahead);
        let explained = |missed: &Checkpoint| {
            let explains = |restoration: &&Restoration| restoration.explains(missed);
            self.restorations.iter().find(explains).map(|restoration| restoration.lost(missed))
        };
        let (mut lost, mut unexplained, mut newest_lost): (Option<(i64, i64)>, Option<&Checkpoint>, Option<UtcTime>) =
            (None, None, None);
        for missed in &self.missed {
            match explained(missed) {
                Some((first, last)) => {
                    lost = Some(lost.map_or((first, last), |(from, to)| (from.min(first), to.max(last))));
                    newest_lost = newest_lost.max(Some(missed.at));
                }
                None => unexplained = unexplained.filter(|other| other.head.seq <= missed.head.seq).or(Some(missed)),
            }
        }
        let truncation = match (unexplained, &self.met) {
            (Some(missed), _) => Truncation::Detected { seq: missed.head.seq, at: missed.at },
            (None, Some(met)) if newest_lost.is_none_or(|at| at <= met.at) => {
                Truncation::Excluded { up_to: met.head.seq }
            }
            (None, _) if lost.is_some() => Truncation::Restored,
            _ => Truncation::NotExcluded,
        };
        let Self { events, first_bad, last, purged, .. } = self;
        Findings { events, first_bad, last: last.seq, purged, truncation, lost }
    }
}

impl Restoration {
    /// Tells whether a checkpoint is of the database whose place the backup took, and newer than the backup.
    fn explains(&self, missed: &Checkpoint) -> bool {
        let RestoredHeads { backup, previous } = &self.heads;
        let is_of_previous = previous.is_none_or(|previous| match missed.head.seq.cmp(&previous.seq) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal => missed.head.mac == previous.mac,
            std::cmp::Ordering::Greater => false,
        });
        missed.head.seq > backup.seq && is_of_previous && missed.at <= self.at
    }

    /// Gives the first and the last event that went with that database, so far as is known.
    fn lost(&self, missed: &Checkpoint) -> (i64, i64) {
        let last = self.heads.previous.map_or(missed.head.seq, |previous| previous.seq);
        (self.heads.backup.seq.saturating_add(1), last)
    }
}
