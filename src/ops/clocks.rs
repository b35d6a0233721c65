//! Clocks: what a right code shows of the key's and of ours, and what is foreseen of the keys'.

use super::keys::as_seen;
use super::{Desk, Error, Policy};
use crate::audit::{Action, Event, Outcome};
use crate::clock::{Seconds, UtcTime};
use crate::drift::{self, Remembered, Trend, host_clock};
use crate::key::{Key, State};
use crate::otp::Period;
use crate::passcode::{self, Acceptance};
use crate::store::{Change, KeyFilter, View, WrongClock};

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
        let Some(period) = key.parameters.shown_for() else {
            return Ok(Self::default());
        };
        let history = view.history(key.row)?;
        let Some(trend) = Trend::fit(&samples(&history, period)) else {
            return Ok(Self::default());
        };
        let steps = |steps: i64| Seconds::new(steps.saturating_mul(period.seconds()));
        let expected = steps(key.clockwork.drift.steps());
        let last = key.last_accepted_at.unwrap_or(trend.until);
        let widest = |at: UtcTime| steps(policy.passcode.window_after(at.since(last)));
        Ok(Self {
            trend: Some(trend),
            leaves_window: trend.leaves(expected, now, |_| steps(passcode::WINDOW)),
            needs_resync: trend.leaves(expected, now, widest),
        })
    }
}

/// The clocks of the keys in use, and ours.
#[derive(Debug)]
pub struct Clocks {
    /// The keys, those first that one code alone will not open soonest.
    pub keys: Vec<(Key, Forecast)>,
    /// Our own clock, when it is wrong.
    pub wrong: Option<WrongClock>,
}

impl Desk<'_> {
    /// Tells what is known of the clocks of the keys in use; before a date, of those that one code alone will not open by then
    /// if nobody uses them.
    ///
    /// # Errors
    /// [`Error`].
    pub fn report_drift(&self, before: Option<UtcTime>) -> Result<Clocks, Error> {
        let view = self.store.read();
        let now = self.now();
        let mut keys = Vec::new();
        for state in [State::Active, State::Suspended] {
            let found = view.keys(&KeyFilter { state: Some(state), ..KeyFilter::default() })?;
            for key in found.into_iter().filter(|key| key.parameters.shown_for().is_some()) {
                let forecast = Forecast::of(view, &key, &self.policy, now)?;
                keys.push((as_seen(view, key), forecast));
            }
        }
        if let Some(before) = before {
            keys.retain(|(_, forecast)| forecast.leaves_window.is_some_and(|at| at < before));
        }
        let soonest = |forecast: &Forecast| (forecast.leaves_window.is_none(), forecast.leaves_window);
        keys.sort_by(|(key, one), (other, another)| {
            soonest(one).cmp(&soonest(another)).then_with(|| key.serial.as_str().cmp(other.serial.as_str()))
        });
        Ok(Clocks { keys, wrong: view.wrong_clock()? })
    }
}
