//! Deleting the events whose time is over.
//!
//! Nothing is deleted by a clock that is wrong, nor out of a chain that is: what is deleted can be looked at no more.

use super::audit::{AuditError, verify};
use super::{Desk, Error};
use crate::audit::{Action, Event, Events, Outcome, RestoredHeads};
use crate::clock::{Seconds, UtcTime};
use crate::store::{View, WATCHED};
use std::time::Duration;

/// How long others have their turn between two parts: a writer that waits looks twice as often.
const TURN: Duration = Duration::from_millis(2);

/// What is about to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purge {
    /// Events from this moment on stay.
    pub before: UtcTime,
    /// How many events go.
    pub events: i64,
    /// The number of the last of them.
    pub goal: i64,
    /// How many of them an earlier purge was cut off at, which told of them.
    pub begun: i64,
}

/// Finds the last event of before a moment that can go. An event of a restored backup explains the checkpoints of the events that it
/// lost: it stays until all of these may go.
fn last_that_may_go(view: View<'_>, before: UtcTime) -> Result<i64, Error> {
    let mut last = view.last_event_before(before)?;
    for (seq, reason) in view.restores()?.into_iter().rev() {
        let lost = reason.parse().ok().and_then(|heads: RestoredHeads| heads.previous);
        if seq <= last && lost.is_some_and(|previous| previous.seq >= last) {
            last = seq.saturating_sub(1);
        }
    }
    Ok(last)
}

impl Desk<'_> {
    /// Finds what is to be deleted: what is older than the configuration asks to keep, or than a moment before that.
    ///
    /// # Errors
    /// [`Error`] when the moment is too late, our own clock is not to be believed, or the chain is broken.
    pub fn plan_purge(&self, before: Option<UtcTime>) -> Result<Purge, Error> {
        let now = self.now();
        let latest = now.plus(Seconds::new(self.policy.audit_kept.get().saturating_neg()));
        let before = before.unwrap_or(latest);
        if before > latest {
            return Err(AuditError::StillKept { until: latest }.into());
        }
        self.expect_right_clock(now)?;
        let view = self.store.read();
        let (gone, begun) = view.audit_stub()?.map_or((0, 0), |stub| (stub.head.seq, stub.goal));
        let goal = last_that_may_go(view, before)?.max(begun).max(gone);
        let purge = Purge { before, events: goal.saturating_sub(gone), goal, begun: begun.saturating_sub(gone) };
        if purge.events > 0 {
            self.expect_shown_clock(now, before)?;
            if !verify(view, self.vault, Vec::new())?.is_intact() {
                return Err(AuditError::NotIntact.into());
            }
        }
        Ok(purge)
    }

    /// Refuses to believe a clock that the keys show to be wrong, or that stands before what was written last.
    fn expect_right_clock(&self, now: UtcTime) -> Result<(), Error> {
        let view = self.store.read();
        if let Some(wrong) = view.wrong_clock()? {
            return Err(Error::ClockWrong(wrong));
        }
        match view.newest_event()?.filter(|newest| *newest > now) {
            Some(newest) => Err(AuditError::ClockBehind { newest }.into()),
            None => Ok(()),
        }
    }

    /// Refuses to believe a clock that may have jumped ahead: something must have been written down in the month before, but not only
    /// today.
    fn expect_shown_clock(&self, now: UtcTime, before: UtcTime) -> Result<(), Error> {
        let day_ago = now.plus(Seconds::new(WATCHED.get().saturating_neg()));
        let month_ago = before.plus(self.policy.audit_kept).plus(Seconds::days(-31));
        match self.store.read().has_event_between(month_ago, day_ago)? {
            true => Ok(()),
            false => Err(AuditError::ClockNotShown.into()),
        }
    }

    /// Deletes what was planned, in parts; `watch` is told how many are gone. An event tells of it before anything is deleted, unless
    /// one that was written meanwhile tells of all of it.
    ///
    /// # Errors
    /// [`Error`]; what is deleted by then stays deleted, the chain is whole, and the next purge goes on.
    pub fn purge_audit(&mut self, purge: &Purge, mut watch: impl FnMut(i64)) -> Result<(), Error> {
        let Purge { before, events, goal, .. } = *purge;
        let mut gone = 0;
        while gone < events {
            let (now, vault) = (self.now(), self.vault);
            let left = self.store.change::<_, Error>(now, |change| {
                let told_of = change.read().audit_stub()?.map_or(0, |stub| stub.goal.max(stub.head.seq));
                let stub = change.purge_part(goal, vault, now)?;
                let told = if told_of >= goal {
                    Events::owed_by_begun_purge()
                } else {
                    let event = Event::new(Action::AuditPurge, Outcome::Done);
                    Events::one(event.counting(goal.saturating_sub(told_of)).up_to(before))
                };
                let left = goal.saturating_sub(stub.head.seq).max(0);
                if left == 0 {
                    change.forget_what_events_needed(before, now)?;
                }
                Ok((left, told))
            })?;
            gone = events.saturating_sub(left);
            watch(gone);
            self.clock.sleep(TURN);
        }
        Ok(())
    }
}
