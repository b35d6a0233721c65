//! The one judge: every code that somebody types, wherever it comes from, is accepted here or nowhere.
//!
//! The judge is pure. What was typed against what the key computes comes in as facts, found by [`find`] and
//! [`find_in_a_row`]; what is to be written comes out as a [`Judgement`], and the store writes it only if the watermark is
//! still below the step, by compare-and-swap.

mod relief;
mod search;
mod typed;
mod verdict;

pub use relief::Relief;
pub use search::{Place, find, find_between, find_in_a_row};
pub use typed::{Typed, TypedInEmergency};
pub use verdict::{Acceptance, Judgement, Reason, Refusal};

use crate::clock::UtcTime;
use crate::drift::{Clockwork, Drift};
use crate::emergency;
use crate::key::{State, Validity};
use crate::otp::{MovedBy, Parameters, Step};
use crate::throttle::{self, Fault};
use crate::{clock::Seconds, pin};

/// Steps on either side of the expected one within which a code is accepted (RFC 6238 section 5.2).
///
/// An event key's counter never falls back, so its window lies all ahead (RFC 4226 section 7.4): as many codes, from the
/// expected one on.
pub const WINDOW: i64 = 1;

/// A key as it stands when it is judged.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Where it is in its life.
    pub state: State,
    /// Locked until unlocked by hand.
    pub locked: bool,
    /// Held since a backup was restored, until somebody confirms that nothing happened to it.
    pub held: bool,
    /// Its dates.
    pub validity: Validity,
    /// What it computes.
    pub parameters: Parameters,
    /// The highest step ever accepted.
    pub watermark: Step,
    /// What is known of its clock.
    pub clockwork: Clockwork,
    /// When a code was last accepted.
    pub last_accepted_at: Option<UtcTime>,
    /// Its PIN, looked at now.
    pub pin: pin::Standing,
    /// Settled failures in a row.
    pub failures: u32,
    /// Where it stands is not certain: one code alone does not open.
    pub asks_twice: bool,
    /// The question that is open, if one is: the first code of two.
    pub pending: Option<Pending>,
}

impl Standing {
    /// Gives the step that a right code is expected at: of an event key, the one above the last that was accepted.
    pub fn expected(&self, now: UtcTime) -> Step {
        match self.host_step(now) {
            Some(host) => host.shifted(self.clockwork.drift.steps()),
            None => self.watermark.shifted(1),
        }
    }

    /// Gives the step by our own clock; none for an event key, which has no clock.
    pub fn host_step(&self, now: UtcTime) -> Option<Step> {
        self.parameters.shown_for().map(|period| Step::at(now, period))
    }

    /// Gives the next-code window: a time key's grows by one step for each 60 days without use.
    pub fn next_code_window(&self, now: UtcTime, policy: &Policy) -> i64 {
        if self.parameters.moved_by() == MovedBy::Button {
            return policy.next_code_window;
        }
        policy.window_after(self.last_accepted_at.map_or(Seconds::ZERO, |last| now.since(last)))
    }

    /// Tells whether a code so far from the expected step opens alone: three steps do, whatever moves the key.
    fn opens_alone(&self, offset: i64) -> bool {
        match self.parameters.moved_by() {
            MovedBy::Clock => (WINDOW.saturating_neg()..=WINDOW).contains(&offset),
            MovedBy::Button => (0..=WINDOW.saturating_mul(2)).contains(&offset),
        }
    }

    fn stopped(&self, now: UtcTime) -> Option<Reason> {
        if self.state != State::Active {
            Some(Reason::NoActiveKey)
        } else if self.held {
            Some(Reason::Held)
        } else if self.locked {
            Some(Reason::Locked)
        } else if !self.validity.covers(now) {
            Some(Reason::OutOfDate)
        } else {
            None
        }
    }

    fn new_pin_mode_is_over(&self, now: UtcTime) -> bool {
        matches!(self.pin, pin::Standing::None { until } if until.is_none_or(|until| now > until))
    }
}

/// The first code of two, spent, that waits for the following one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The step of the first code.
    pub first: Step,
    /// The step by our own clock when it came; none for an event key.
    pub host: Option<Step>,
}

impl Pending {
    /// Tells whether a step answers: the first or second after the first code, and for a time key on the same drift, give or
    /// take the one step by which the two clocks' ticks may fall apart.
    fn is_answered_by(self, step: Step, host: Option<Step>) -> bool {
        let follows = matches!(step.distance_from(self.first), 1 | 2);
        let keeps_its_drift = match (self.host, host) {
            (Some(then), Some(host)) => {
                let (first_drift, drift) = (self.first.distance_from(then), step.distance_from(host));
                drift.saturating_sub(first_drift).saturating_abs() <= 1
            }
            (None, None) => true,
            _ => false,
        };
        follows && keeps_its_drift
    }
}

/// Bounds that the configuration may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Steps on either side within which the next code is asked for: at most 60. Of an event key, so many codes ahead; as many
    /// back are known again as replays.
    pub next_code_window: i64,
    /// Steps on either side that a resynchronisation of a time key with two codes searches: at most 1440.
    pub resync_window: i64,
    /// Codes ahead that a resynchronisation of an event key with two codes searches: at most 1440.
    pub resync_presses: i64,
    /// The same with three codes, for either: at most 20 000.
    pub wide_resync_window: i64,
}

impl Policy {
    /// The next-code window never grows beyond.
    pub const WIDEST_NEXT_CODE_WINDOW: i64 = 60;
    /// Time without use by which it grows one step.
    pub const IDLE_SPAN: Seconds = Seconds::days(60);

    /// Gives the next-code window of a time key that was not used for so long.
    pub fn window_after(&self, idle: Seconds) -> i64 {
        let grown = idle.get().max(0).div_euclid(Self::IDLE_SPAN.get());
        self.next_code_window.saturating_add(grown).min(Self::WIDEST_NEXT_CODE_WINDOW)
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self { next_code_window: 10, resync_window: 720, resync_presses: 1_000, wide_resync_window: Drift::FURTHEST }
    }
}

/// What is known of the PIN that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinFact {
    /// None was typed: the code alone.
    NotTyped,
    /// It is the key's.
    Right,
    /// It is not, or the key has none.
    Wrong,
}

/// What is asked of the judge, with the facts about what was typed.
#[derive(Clone, Copy, Debug)]
pub enum Question<'facts> {
    /// A check: code alone, or PIN and code.
    Passcode {
        /// The PIN.
        pin: PinFact,
        /// The steps at which the key shows this code.
        hits: &'facts [Step],
    },
    /// The code after the first, with its ticket.
    FollowingCode {
        /// The first.
        pending: Pending,
        /// The steps at which the key shows this code.
        hits: &'facts [Step],
    },
    /// Two or three codes in a row.
    Resynchronisation {
        /// Where they stand in a row.
        places: &'facts [Place],
    },
    /// A check with a code of the user's emergency list, in place of what the key shows.
    Emergency {
        /// The PIN.
        pin: PinFact,
        /// What the code is.
        code: emergency::Found,
    },
}

/// Judges. The caller writes what the judgement says, in one transaction, or answers no.
pub fn judge(standing: &Standing, question: Question<'_>, now: UtcTime, policy: &Policy) -> Judgement {
    let stopped = match question {
        Question::Emergency { .. } => standing.stopped_in_emergency(),
        _ => standing.stopped(now),
    };
    if let Some(reason) = stopped {
        return Judgement::refuse(reason, Fault::Neither);
    }
    let case = Case { standing, now, policy, host: standing.host_step(now) };
    match question {
        Question::Passcode { .. } | Question::FollowingCode { .. } if standing.new_pin_mode_is_over(now) => {
            Judgement::refuse(Reason::NewPinOver, Fault::Neither)
        }
        Question::Passcode { pin, hits } => case.judge_passcode(pin, hits),
        Question::FollowingCode { pending, hits } => case.judge_following(pending, hits),
        Question::Resynchronisation { places } => case.judge_resync(places),
        Question::Emergency { pin, code } => standing.judge_emergency(pin, code),
    }
}

struct Case<'case> {
    standing: &'case Standing,
    now: UtcTime,
    policy: &'case Policy,
    /// The step by our own clock; none for an event key.
    host: Option<Step>,
}

impl Case<'_> {
    fn judge_passcode(&self, pin: PinFact, hits: &[Step]) -> Judgement {
        let keyless = self.standing.pin.is_none();
        match (keyless, pin) {
            (true, PinFact::NotTyped) | (false, PinFact::Right) => self.judge_code(hits),
            (true, _) => Judgement::refuse(Reason::NoPinYet, Fault::Neither),
            (false, _) if self.nearest_live(hits).is_some() => Judgement::refuse(Reason::WrongPin, Fault::Pin),
            (false, _) => Judgement::refuse(Reason::BothWrong, Fault::Both),
        }
    }

    /// Judges the code of a passcode whose PIN is right, or that needs none.
    fn judge_code(&self, hits: &[Step]) -> Judgement {
        if let Some(answer) = self.answer_to_pending(self.standing.pending, hits) {
            return self.earn_observed(answer);
        }
        let Some(step) = self.nearest_live(hits) else {
            return self.refuse_code(hits);
        };
        let offset = self.offset(step);
        let after_failures = self.standing.failures >= throttle::Policy::NEXT_CODE_AFTER;
        if after_failures || self.standing.asks_twice || !self.standing.opens_alone(offset) {
            return Judgement::NextCodeRequired(Pending { first: step, host: self.host });
        }
        let clockwork = self.standing.clockwork;
        let learns = self.host.is_some() && !self.standing.pin.is_none();
        self.earn(step, if learns { clockwork.learn(offset) } else { clockwork })
    }

    fn judge_following(&self, pending: Pending, hits: &[Step]) -> Judgement {
        match self.answer_to_pending(Some(pending), hits) {
            Some(answer) => self.earn_observed(answer),
            None => Judgement::refuse(Reason::WrongNextCode, self.code_fault()),
        }
    }

    fn judge_resync(&self, places: &[Place]) -> Judgement {
        let live = || places.iter().filter(|place| place.first > self.standing.watermark);
        match (live().next(), live().count()) {
            (Some(place), 1) => {
                self.observe(place.last).map_or(Judgement::refuse(Reason::DriftTooFar, Fault::Neither), |clockwork| {
                    Judgement::Resynchronised(Acceptance {
                        step: place.last,
                        clockwork,
                        offset: self.off_our_clock(place.last),
                        confirms_pin: false,
                    })
                })
            }
            (Some(_), _) => Judgement::ThirdCodeRequired,
            (None, _) if places.is_empty() => Judgement::refuse(Reason::WrongCode, Fault::Both),
            (None, _) => Judgement::refuse(Reason::Replay, Fault::Neither),
        }
    }

    fn earn_observed(&self, step: Step) -> Judgement {
        match self.observe(step) {
            Some(clockwork) => self.earn(step, clockwork),
            None => Judgement::refuse(Reason::DriftTooFar, Fault::Neither),
        }
    }

    /// Gives what codes in a row tell of the key's clock, unless it were further off than any can be. An event key's has
    /// nothing to tell.
    fn observe(&self, step: Step) -> Option<Clockwork> {
        match self.off_our_clock(step) {
            Some(steps) => Drift::new(steps).ok().map(Clockwork::observed),
            None => Some(self.standing.clockwork),
        }
    }

    fn off_our_clock(&self, step: Step) -> Option<i64> {
        self.host.map(|host| step.distance_from(host))
    }

    fn earn(&self, step: Step, clockwork: Clockwork) -> Judgement {
        let acceptance = Acceptance {
            step,
            clockwork,
            offset: self.off_our_clock(step),
            confirms_pin: self.standing.pin.is_provisional(),
        };
        if self.standing.pin.is_none() {
            Judgement::NewPinRequired(acceptance)
        } else {
            Judgement::Accepted(acceptance)
        }
    }

    fn refuse_code(&self, hits: &[Step]) -> Judgement {
        if hits.iter().any(|step| *step <= self.standing.watermark) {
            Judgement::refuse(Reason::Replay, Fault::Neither)
        } else {
            Judgement::refuse(Reason::WrongCode, self.code_fault())
        }
    }

    fn code_fault(&self) -> Fault {
        if self.standing.pin.is_none() { Fault::Both } else { Fault::Code }
    }

    fn answer_to_pending(&self, pending: Option<Pending>, hits: &[Step]) -> Option<Step> {
        let pending = pending?;
        self.live(hits).find(|step| pending.is_answered_by(*step, self.host))
    }

    /// Gives the hit nearest to the expected step among those that were never accepted and lie in the next-code window.
    fn nearest_live(&self, hits: &[Step]) -> Option<Step> {
        let window = self.standing.next_code_window(self.now, self.policy);
        self.live(hits)
            .filter(|step| self.offset(*step).saturating_abs() <= window)
            .min_by_key(|step| self.offset(*step).saturating_abs())
    }

    fn live<'hits>(&self, hits: &'hits [Step]) -> impl Iterator<Item = Step> + use<'hits> {
        let watermark = self.standing.watermark;
        hits.iter().copied().filter(move |step| *step > watermark && step.is_showable())
    }

    fn offset(&self, step: Step) -> i64 {
        step.distance_from(self.standing.expected(self.now))
    }
}

#[cfg(test)]
mod event_tests;
#[cfg(test)]
mod invariants;
#[cfg(test)]
mod tests;
