//! Keys that answer nobody for now: locked until a delegate unlocks them, or within a wait.

use super::Keys;
use crate::clock::{Seconds, UtcTime};
use crate::key::Key;
use crate::ops::{Desk, Error};
use crate::store::{Counted, KeyFilter, KeyOrder};
use crate::throttle::{self, Admission, Tally};

/// A key that answers nobody for now.
#[derive(Debug)]
pub struct Lockout {
    /// The key.
    pub key: Key,
    /// When it was locked, if it is and the audit goes back so far.
    pub locked_at: Option<UtcTime>,
    /// Until when attempts without a source are turned away, if they are.
    pub waits_until: Option<UtcTime>,
    /// Its failures.
    pub tally: Tally,
}

/// All of them, each read when its turn comes: the locked ones by serial, then those within a wait, the newest try first.
pub struct Lockouts<'d> {
    locked: Keys<'d>,
    tried: Keys<'d>,
}

impl Lockouts<'_> {
    fn look(&self, key: Key) -> Result<Lockout, Error> {
        let Keys { view, now, .. } = self.locked;
        let tally = view.tally(Counted::Key(key.row), None, now)?;
        let waits_until = match throttle::admit(&tally, now, false) {
            Admission::Wait { until } => Some(until),
            Admission::Verify => None,
        };
        let locked_at = if key.lock.is_some() { view.locked_at(&key.serial)? } else { None };
        Ok(Lockout { key, locked_at, waits_until, tally })
    }
}

impl Iterator for Lockouts<'_> {
    type Item = Result<Lockout, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(key) = self.locked.next() {
            return Some(key.and_then(|key| self.look(key)));
        }
        loop {
            let found = self.tried.next()?.and_then(|key| self.look(key));
            match found {
                Ok(lockout) if lockout.key.lock.is_some() || lockout.waits_until.is_none() => {}
                found => return Some(found),
            }
        }
    }
}

impl Desk<'_> {
    /// Lists the keys that are locked, and those whose users have to wait.
    ///
    /// # Errors
    /// [`Error`].
    pub fn report_lockouts(&self) -> Result<Lockouts<'_>, Error> {
        let (view, now) = (self.store.read(), self.now());
        let filter = KeyFilter { locked: true, ..KeyFilter::default() };
        let longest = throttle::wait_after(u32::MAX);
        let tried = view.keys_tried_since(now.plus(Seconds::new(longest.get().saturating_neg())))?;
        Ok(Lockouts {
            locked: Keys::of(view, &filter, KeyOrder::Serial, now)?,
            tried: Keys { view, rows: tried.into_iter(), now },
        })
    }
}
