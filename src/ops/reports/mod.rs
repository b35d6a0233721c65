//! What the reports tell of the fleet: a file each where there is more to it than to count or to list.

mod expiry;
mod first_use;
mod lockouts;
mod provenance;

pub use expiry::Pair;
pub use first_use::FirstUse;
pub use lockouts::Lockout;
pub(super) use lockouts::waits_until;
pub use provenance::Provenance;

use super::keys::as_seen;
use super::{Desk, Error};
use crate::clock::{Seconds, UtcTime};
use crate::key::Key;
use crate::store::{CheckSpan, Checks, Heap, KeyFilter, KeyOrder, View};

/// Keys, each read when its turn comes: there may be a million of them.
pub struct Keys<'d> {
    view: View<'d>,
    rows: std::vec::IntoIter<i64>,
    now: UtcTime,
}

impl<'d> Keys<'d> {
    pub(super) fn of(view: View<'d>, filter: &KeyFilter, order: KeyOrder, now: UtcTime) -> Result<Self, Error> {
        Ok(Self { view, rows: view.key_rows(filter, order)?.into_iter(), now })
    }
}

impl Iterator for Keys<'_> {
    type Item = Result<Key, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        // A key that is gone since the numbers were taken is left out.
        let found = self.rows.by_ref().find_map(|row| self.view.key_at(row).transpose())?;
        let (view, now) = (self.view, self.now);
        Some(found.map_err(Error::from).map(|key| {
            let key = as_seen(view, key);
            Key { pin: key.pin.at(now), ..key }
        }))
    }
}

impl Desk<'_> {
    /// Counts the keys by establishment, model and state, in the order of a key's life.
    ///
    /// # Errors
    /// [`Error`].
    pub fn report_stock(&self) -> Result<Vec<Heap>, Error> {
        let mut heaps = self.store.read().stock()?;
        let rank = |heap: &Heap| crate::key::State::all().position(|state| state == heap.state);
        heaps.sort_by_cached_key(|heap| {
            (heap.establishment.as_ref().map(ToString::to_string), heap.model.clone(), rank(heap))
        });
        Ok(heaps)
    }

    /// Lists the keys in use that were neither activated nor accepted for some time, the longest first.
    ///
    /// # Errors
    /// [`Error`].
    pub fn report_dormant(&self, span: Seconds) -> Result<Keys<'_>, Error> {
        let now = self.now();
        let idle_since = now.plus(Seconds::new(span.get().saturating_neg()));
        let filter = KeyFilter { idle_since: Some(idle_since), ..KeyFilter::default() };
        Keys::of(self.store.read(), &filter, KeyOrder::LastUse, now)
    }

    /// Counts the checks between two moments, by hour or day.
    ///
    /// # Errors
    /// [`Error`].
    pub fn report_checks(&self, since: UtcTime, until: UtcTime, span: CheckSpan) -> Result<Vec<Checks>, Error> {
        Ok(self.store.read().checks(since, until, span)?)
    }
}
