//! Keys that end before a date, and what may take their places.

use super::Keys;
use crate::clock::UtcTime;
use crate::establishment::Uai;
use crate::key::{Key, Serial, State};
use crate::ops::{Desk, Error};
use crate::store::{KeyFilter, KeyOrder, View};
use crate::user::User;
use std::collections::HashMap;

/// A key in somebody's hands that ends, and the one that is proposed in its place.
#[derive(Debug)]
pub struct Pair {
    /// The one that ends.
    pub old: Key,
    /// One in stock at an establishment of its user, which is proposed for no other; none when nothing is left there.
    pub new: Option<Serial>,
    /// It can take its place as things stand: the old one was activated, and its user may log in.
    pub is_feasible: bool,
}

/// Such pairs, each made when its turn comes.
pub struct Pairs<'d> {
    keys: Keys<'d>,
    before: UtcTime,
    stocks: HashMap<Uai, Keys<'d>>,
}

impl Pairs<'_> {
    /// Tells whether another key takes the place of this one already.
    fn is_replaced(&self, key: &Key) -> Result<bool, Error> {
        Ok(self.keys.view.succession_with(key.row)?.is_some_and(|open| open.old == key.row))
    }

    fn pair(&mut self, old: Key) -> Result<Pair, Error> {
        let user = old.holder.as_ref().map(|holder| self.keys.view.user(&holder.login)).transpose()?.flatten();
        let is_open = self.keys.view.succession_with(old.row)?.is_some();
        let is_used = old.state != State::Assigned;
        let is_feasible = is_used && !is_open && user.as_ref().is_some_and(|user| user.enabled);
        let new = self.propose(&old, user)?;
        Ok(Pair { old, new, is_feasible })
    }

    fn propose(&mut self, old: &Key, user: Option<User>) -> Result<Option<Serial>, Error> {
        let (view, now) = (self.keys.view, self.keys.now);
        let mut establishments = user.map(|user| user.establishments).unwrap_or_default();
        // Where the old one is held first, if that is an establishment of his.
        establishments.sort_by_key(|uai| Some(uai) != old.establishment.as_ref());
        for uai in establishments {
            let stock = match self.stocks.entry(uai.clone()) {
                std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::hash_map::Entry::Vacant(empty) => {
                    empty.insert(stock_of(view, uai, self.before, now)?)
                }
            };
            if let Some(key) = stock.next() {
                return Ok(Some(key?.serial));
            }
        }
        Ok(None)
    }
}

/// Gives what may be handed out at an establishment now, is promised to nobody, and lasts beyond a date.
fn stock_of<'d>(view: View<'d>, uai: Uai, before: UtcTime, now: UtcTime) -> Result<Keys<'d>, Error> {
    let filter = KeyFilter {
        state: Some(State::Stock),
        establishment: Some(uai),
        at_hand: true,
        lasts_until: Some(before),
        free_at: Some(now),
        ..KeyFilter::default()
    };
    Keys::of(view, &filter, KeyOrder::Serial, now)
}

impl Iterator for Pairs<'_> {
    type Item = Result<Pair, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let old = match self.keys.next()? {
                Ok(old) => old,
                Err(error) => return Some(Err(error)),
            };
            if !matches!(old.state, State::Assigned | State::Active | State::Suspended) {
                continue;
            }
            match self.is_replaced(&old) {
                Ok(true) => {}
                Ok(false) => return Some(self.pair(old)),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Desk<'_> {
    /// Lists the keys that end before a moment, those first that end first; not those that are lost or out of use.
    ///
    /// # Errors
    /// [`Error`].
    pub fn report_expiry(&self, before: UtcTime) -> Result<Keys<'_>, Error> {
        let filter = KeyFilter { ends_before: Some(before), ..KeyFilter::default() };
        Keys::of(self.store.read(), &filter, KeyOrder::End, self.now())
    }

    /// Proposes a key in stock for each of those that are in somebody's hands, but where another one takes its place already.
    ///
    /// # Errors
    /// [`Error`].
    pub fn report_replacements(&self, before: UtcTime) -> Result<Pairs<'_>, Error> {
        Ok(Pairs { keys: self.report_expiry(before)?, before, stocks: HashMap::new() })
    }
}
