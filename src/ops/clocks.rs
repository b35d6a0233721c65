//! Clocks: what a right code shows of the key's and of ours, and what is foreseen of the keys'.

use super::keys::as_seen;
use super::{Desk, Each, Error, Policy};
use crate::audit::{Action, Event, Outcome};
use crate::clock::{Seconds, UtcTime};
use crate::drift::{self, Remembered, Trend, host_clock};
use crate::key::Key;
use crate::otp::Period;
use crate::passcode::{self, Acceptance};
use crate::store::{Change, KeyFilter, KeyOrder, View, WrongClock};

/// What is known of a key's clock and of ours before a code is spent.
pub(super) struct Look {
    history: Vec<Remembered>,
    wrong: Option<WrongClock>,
    /// The minutes that the code lies off the key's own history, if that foretold anything.
    pub off: Option<i64>,
}

impl Look {
    pub(super) fn take(
        view: View<'_>,
        key: &Key,
        acceptance: Option<&Acceptance>,
        now: UtcTime,
    ) -> Result<Self, Error> {
        let wrong = view.wrong_clock()?;
        let history = view.history(key.row)?;
        let seen = acceptance.and_then(|acceptance| acceptance.offset);
        let (Some(steps), Some(period)) = (seen, key.parameters.shown_for()) else {
            return Ok(Self { history, wrong, off: None });
        };
        let after = |steps: i64| Seconds::new(steps.saturating_mul(period.seconds()));
        // Nothing is learned while our clock is wrong: when its history is too old, a key is held against what it had learned last.
        let learned = wrong.as_ref().map(|_| after(key.clockwork.drift.steps()));
        let foretold = drift::foretell(&samples(&history, period), now).or(learned);
        let seen = after(steps);
        let off = foretold.map(|foretold| host_clock::minutes_off(seen, foretold));
        Ok(Self { history, wrong, off })
    }

    /// Tells whether the key's clock may be learned from ours.
    pub(super) const fn is_trusted(&self) -> bool {
        self.wrong.is_none()
    }

    /// Judges our clock anew, now that a code was spent: when it is found wrong, the keys unlearn what it has taught them. A
    /// history that is full is thinned out.
    pub(super) fn draw_conclusions(
        &self,
        change: &Change<'_>,
        off: Option<i64>,
        now: UtcTime,
    ) -> Result<Option<Event>, Error> {
        change.forget_codes(&drift::superfluous(&self.history, now))?;
        let was = self.wrong.map(|wrong| wrong.wrong_by);
        // A code that lies where it was foretold makes no clock wrong.
        if off.is_none() || (off == Some(0) && was.is_none()) {
            return Ok(None);
        }
        let window = host_clock::window(was.is_some());
        let is = host_clock::judge(was, &change.read().sightings(window, now)?);
        if is == was {
            return Ok(None);
        }
        change.note_clock(is, now)?;
        let event = |outcome, reason| Event::new(Action::HostClock, outcome).because(reason);
        Ok(match (was, is) {
            (None, Some(wrong_by)) => {
                change.unlearn(wrong_by, now)?;
                Some(event(Outcome::Alarm, "wrong").counting(wrong_by))
            }
            (Some(_), None) => Some(event(Outcome::Done, "right-again")),
            _ => None,
        })
    }
}

fn samples(history: &[Remembered], period: Period) -> Vec<drift::Sample> {
    drift::samples(history, Seconds::new(period.seconds()))
}

/// What is foreseen of a key's clock, if nobody uses the key.
#[derive(Clone, Copy, Debug, Default)]
pub struct Forecast {
    /// Its line, if its history shows one.
    pub trend: Option<Trend>,
    /// From when on one code alone no longer opens, and the next one is asked for.
    pub leaves_window: Option<UtcTime>,
    /// From when on no code opens until the key is resynchronised.
    pub needs_resync: Option<UtcTime>,
}

impl Forecast {
    pub(super) fn of(view: View<'_>, key: &Key, policy: &Policy, now: UtcTime) -> Result<Self, Error> {
        Ok(Self::from(&view.history(key.row)?, key, policy, now))
    }

    fn from(history: &[Remembered], key: &Key, policy: &Policy, now: UtcTime) -> Self {
        let Some(period) = key.parameters.shown_for() else {
            return Self::default();
        };
        let Some(trend) = Trend::fit(&samples(history, period)) else {
            return Self::default();
        };
        let steps = |steps: i64| Seconds::new(steps.saturating_mul(period.seconds()));
        let expected = steps(key.clockwork.drift.steps());
        let last = key.last_accepted_at.unwrap_or(trend.until);
        let widest = |at: UtcTime| steps(policy.passcode.window_after(at.since(last)));
        Self {
            trend: Some(trend),
            leaves_window: trend.leaves(expected, now, |_| steps(passcode::WINDOW)),
            needs_resync: trend.leaves(expected, now, widest),
        }
    }
}

/// The clocks of the keys in use, and ours.
pub struct Clocks<'d> {
    /// The keys, those first that one code alone will not open soonest, each read when its turn comes.
    pub keys: Each<'d, (Key, Forecast)>,
    /// Whether there is a date for any of them.
    pub has_dates: bool,
    /// Our own clock, when it is wrong.
    pub wrong: Option<WrongClock>,
}

impl Desk<'_> {
    /// Tells what is known of the clocks of the keys in use; before a date, of those that one code alone will not open by then
    /// if nobody uses them.
    ///
    /// Nobody knows which is the first before all were looked at: of each is kept where it is and when its time comes, and it is
    /// looked at again when its turn comes.
    ///
    /// # Errors
    /// [`Error`].
    pub fn report_drift(&self, before: Option<UtcTime>) -> Result<Clocks<'_>, Error> {
        let (view, now) = (self.store.read(), self.now());
        let mut found = Vec::new();
        // By serial, in which order those stay that go at the same time.
        for row in view.key_rows(&KeyFilter { has_clock: true, ..KeyFilter::default() }, KeyOrder::Serial)? {
            let leaves_window = self.leaves_window(view, row, now)?;
            if before.is_none_or(|before| leaves_window.is_some_and(|at| at < before)) {
                found.push((leaves_window.is_none(), leaves_window, row));
            }
        }
        found.sort_by_key(|(is_never, leaves_window, _)| (*is_never, *leaves_window));
        let has_dates = found.first().is_some_and(|(is_never, ..)| !is_never);
        let forecast = move |row| {
            let Some(key) = view.key_at(row)? else { return Ok(None) };
            let forecast = Forecast::of(view, &key, &self.policy, now)?;
            Ok(Some((as_seen(view, key), forecast)))
        };
        let keys = Each::of(found.into_iter().map(|(.., row)| row).collect(), forecast);
        Ok(Clocks { keys, has_dates, wrong: view.wrong_clock()? })
    }

    fn leaves_window(&self, view: View<'_>, row: i64, now: UtcTime) -> Result<Option<UtcTime>, Error> {
        let history = view.history(row)?;
        // A key without a history need not even be read.
        let key = if history.is_empty() { None } else { view.key_at(row)? };
        Ok(key.and_then(|key| Forecast::from(&history, &key, &self.policy, now).leaves_window))
    }
}
