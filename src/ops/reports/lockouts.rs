//! Keys that answer nobody for now: locked until a delegate unlocks them, or within a wait.

use super::Keys;
use crate::clock::{Seconds, UtcTime};
use crate::key::Key;
use crate::ops::{Desk, Error};
use crate::store::{Counted, KeyFilter, KeyOrder, View};
use crate::throttle::{self, Admission, Tally};

/// A key that answers nobody for now.
#[derive(Debug)]
pub struct Lockout {
    /// The key.
    pub key: Key,
    /// When it was locked, if it is and the audit goes back so far.
    pub locked_at: Option<UtcTime>,
    /// Until when attempts are turned away, if some are: of those from several sources, the ones that wait longest.
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
        let waits_until = waits_until(view, key.row, now)?;
        let locked_at = if key.lock.is_some() { view.locked_at(&key.serial)? } else { None };
        Ok(Lockout { key, locked_at, waits_until, tally })
    }
}

/// Tells until when somebody who tries a key has to wait: whoever waits longest, wherever he comes from.
pub(in crate::ops) fn waits_until(view: View<'_>, key: i64, now: UtcTime) -> Result<Option<UtcTime>, Error> {
    let mut latest = None;
    for source in view.sources_of_tries(key, before(now, throttle::LONGEST_WAIT))? {
        let tally = view.tally(Counted::Key(key), source.as_deref(), now)?;
        if let Admission::Wait { until } = throttle::admit(&tally, now, source.is_some()) {
            latest = latest.max(Some(until));
        }
    }
    Ok(latest)
}

fn before(now: UtcTime, span: Seconds) -> UtcTime {
    now.plus(Seconds::new(span.get().saturating_neg()))
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
        let tried = view.keys_tried_since(before(now, throttle::LONGEST_WAIT))?;
        Ok(Lockouts {
            locked: Keys::of(view, &filter, KeyOrder::Serial, now)?,
            tried: Keys { view, rows: tried.into_iter(), now },
        })
    }
}
