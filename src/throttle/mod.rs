//! How long to wait after wrong tries, and when a key is locked until a delegate unlocks it.
//!
//! Each attempt is a row that is committed before anything is verified; these functions read the tally of such rows.

mod mass_failure;

pub use mass_failure::{MOST as MOST_PAST, MassFailure, Past, WINDOW as MASS_FAILURE_WINDOW};

use crate::clock::{Seconds, UtcTime};

/// What a try got wrong. It decides which lock it counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The code was right and the PIN was not: only who holds the key can cause it.
    Pin,
    /// The PIN was right and the code was not: only who knows the PIN can cause it.
    Code,
    /// Neither was right: anybody who knows a login can cause it.
    Both,
    /// Nothing that guesses a PIN or a code: a code typed again, a key that is stopped. Counts for the waits alone.
    Neither,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Accepted: clears the attempts before it.
    Accepted,
    /// Neither right nor wrong: another answer is awaited.
    Undecided,
    /// Refused.
    Failed(Fault),
}

/// The attempts of a key, as they stand before the one that is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Open and failed attempts from this source since the last acceptance: they decide the wait.
    pub unforgiven: u32,
    /// When the last of these was made.
    pub last_at: Option<UtcTime>,
    /// Settled failures since the last acceptance that guessed a PIN or a code: they decide the next-code rule.
    pub failures: u32,
    /// Of these, right codes with a wrong PIN.
    pub wrong_pins: u32,
    /// Of these, both wrong.
    pub both_wrong: u32,
    /// Right PINs with a wrong code in the policy's window, whatever was accepted since.
    pub wrong_codes_in_window: u32,
    /// Both wrong in 365 days, whatever was accepted since.
    pub both_wrong_in_year: u32,
    /// Verified attempts in the last hour, from any source.
    pub verified_in_hour: u32,
    /// When the first of these was made.
    pub hour_began_at: Option<UtcTime>,
}

impl Tally {
    /// Counts what was tried with either of two keys, when a try may mean the one or the other.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            unforgiven: self.unforgiven.saturating_add(other.unforgiven),
            last_at: self.last_at.max(other.last_at),
            failures: self.failures.saturating_add(other.failures),
            wrong_pins: self.wrong_pins.saturating_add(other.wrong_pins),
            both_wrong: self.both_wrong.saturating_add(other.both_wrong),
            wrong_codes_in_window: self.wrong_codes_in_window.saturating_add(other.wrong_codes_in_window),
            both_wrong_in_year: self.both_wrong_in_year.saturating_add(other.both_wrong_in_year),
            verified_in_hour: self.verified_in_hour.saturating_add(other.verified_in_hour),
            hour_began_at: match (self.hour_began_at, other.hour_began_at) {
                (Some(one), Some(another)) => Some(one.min(another)),
                (one, another) => one.or(another),
            },
        }
    }
}

/// Bounds that the configuration may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Consecutive right codes with a wrong PIN that lock a key: 3 to 20.
    pub wrong_pins: u32,
    /// Right PINs with a wrong code within [`Policy::WRONG_CODE_WINDOW`] that lock a key.
    pub wrong_codes: u32,
    /// Whether wrong codes lock a key also while everybody fails.
    pub locks_in_mass_failure: bool,
}

impl Policy {
    /// Over what time right PINs with a wrong code are counted.
    pub const WRONG_CODE_WINDOW: Seconds = Seconds::days(30);
    /// Over what time tries with both wrong are counted.
    pub const BOTH_WRONG_WINDOW: Seconds = Seconds::days(365);
    /// How many of these in that time lock a key.
    pub const BOTH_WRONG: u32 = 1_000;
    /// How many of these in a row raise an alarm in the audit.
    pub const ALARM: u32 = 20;
    /// Verified attempts an hour and key, when the callers tell their sources.
    pub const HOURLY: u32 = 60;
    /// Settled failures in a row after which a right code is not enough and the next one is asked for too.
    pub const NEXT_CODE_AFTER: u32 = 3;
}

impl Default for Policy {
    fn default() -> Self {
        Self { wrong_pins: 8, wrong_codes: 60, locks_in_mass_failure: true }
    }
}

/// Whether an attempt may be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Admission {
    /// It may.
    Verify,
    /// It is refused unverified and does not count.
    Wait {
        /// When the next one may be made.
        until: UtcTime,
    },
}

/// Decides from what came before whether an attempt may be verified.
///
/// After the 3rd, 4th and 5th failure in a row one waits 5, 15 and 60 seconds, then 5 minutes doubling to 15. A clock that
/// was set back can not make a wait longer than its whole length from now.
pub fn admit(tally: &Tally, now: UtcTime, with_source: bool) -> Admission {
    let span = wait_after(tally.unforgiven);
    let by_failures = tally.last_at.map(|last| last.plus(span).min(now.plus(span)));
    let over_the_hour = with_source && tally.verified_in_hour >= Policy::HOURLY;
    let hour = LONGEST_WAIT;
    let by_hour = tally.hour_began_at.filter(|_| over_the_hour).map(|began| began.plus(hour).min(now.plus(hour)));
    match by_failures.max(by_hour) {
        Some(until) if until > now => Admission::Wait { until },
        _ => Admission::Verify,
    }
}

/// The longest wait there is: until an hour has passed since the first of too many attempts.
pub const LONGEST_WAIT: Seconds = Seconds::hours(1);

/// Gives the wait that a number of failures in a row brings.
const fn wait_after(failures: u32) -> Seconds {
    match failures {
        0..=2 => Seconds::ZERO,
        3 => Seconds::new(5),
        4 => Seconds::new(15),
        5 => Seconds::minutes(1),
        6 => Seconds::minutes(5),
        7 => Seconds::minutes(10),
        _ => Seconds::minutes(15),
    }
}

/// Why a key is locked until it is unlocked by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Too many wrong PINs with right codes.
    WrongPins,
    /// Too many wrong codes with the right PIN.
    WrongCodes,
    /// Too many tries with both wrong in a year.
    BothWrong,
}

impl Lock {
    /// Gives the stable name, as the database and the audit keep it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WrongPins => "wrong-pins",
            Self::WrongCodes => "wrong-codes",
            Self::BothWrong => "both-wrong",
        }
    }

    /// Reads a name back.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::WrongPins, Self::WrongCodes, Self::BothWrong].into_iter().find(|lock| lock.name() == name)
    }
}

/// What a failure sets off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// The key is locked.
    Lock(Lock),
    /// The audit has an alarm.
    Alarm,
}

/// Decides what the latest failure, already counted in the tally, sets off.
pub const fn consequence(tally: &Tally, fault: Fault, policy: &Policy) -> Option<Consequence> {
    match fault {
        Fault::Pin if tally.wrong_pins >= policy.wrong_pins => Some(Consequence::Lock(Lock::WrongPins)),
        Fault::Code if tally.wrong_codes_in_window >= policy.wrong_codes => Some(Consequence::Lock(Lock::WrongCodes)),
        Fault::Both if tally.both_wrong_in_year >= Policy::BOTH_WRONG => Some(Consequence::Lock(Lock::BothWrong)),
        Fault::Both if tally.both_wrong == Policy::ALARM => Some(Consequence::Alarm),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UtcTime = UtcTime::from_epoch(1_800_000_000);

    fn after(failures: u32, seconds_ago: i64) -> Admission {
        let last_at = Some(NOW.plus(Seconds::new(-seconds_ago)));
        admit(&Tally { unforgiven: failures, last_at, ..Tally::default() }, NOW, false)
    }

    #[test]
    fn the_third_fourth_and_fifth_failure_wait_5_15_and_60_seconds() {
        assert_eq!(after(2, 0), Admission::Verify);
        for (failures, span) in [(3, 5), (4, 15), (5, 60), (6, 300), (7, 600), (8, 900), (9, 900), (4_000, 900)] {
            let until = NOW.plus(Seconds::new(1));
            assert_eq!(after(failures, span - 1), Admission::Wait { until }, "{failures}");
            assert_eq!(after(failures, span), Admission::Verify, "{failures}");
        }
    }

    #[test]
    fn g03_a_wait_is_never_longer_than_its_span_when_the_clock_was_set_back() {
        assert_eq!(after(8, -1_000_000), Admission::Wait { until: NOW.plus(Seconds::minutes(15)) });
    }

    #[test]
    fn callers_that_tell_their_source_have_60_attempts_an_hour() {
        let began = NOW.plus(Seconds::minutes(-50));
        let tally = Tally { verified_in_hour: 60, hour_began_at: Some(began), ..Tally::default() };
        assert_eq!(admit(&tally, NOW, true), Admission::Wait { until: NOW.plus(Seconds::minutes(10)) });
        assert_eq!(admit(&tally, NOW, false), Admission::Verify);
    }

    #[test]
    fn what_was_tried_with_either_of_two_keys_counts_together() {
        let (earlier, later) = (NOW.plus(Seconds::minutes(-5)), NOW);
        let one = Tally {
            unforgiven: 1,
            last_at: Some(earlier),
            failures: 2,
            wrong_pins: 3,
            both_wrong: 4,
            wrong_codes_in_window: 5,
            both_wrong_in_year: 6,
            verified_in_hour: 7,
            hour_began_at: Some(later),
        };
        let other = Tally { last_at: Some(later), hour_began_at: Some(earlier), ..one };
        let together = Tally {
            unforgiven: 2,
            last_at: Some(later),
            failures: 4,
            wrong_pins: 6,
            both_wrong: 8,
            wrong_codes_in_window: 10,
            both_wrong_in_year: 12,
            verified_in_hour: 14,
            hour_began_at: Some(earlier),
        };
        assert_eq!(one.and(other), together);
        assert_eq!(other.and(one), together);
        // Of one that was not tried nothing is taken over.
        assert_eq!(one.and(Tally::default()), one);
        assert_eq!(Tally::default().and(one), one);
    }

    #[test]
    fn b15_a_stranger_raises_an_alarm_long_before_he_locks_a_key() {
        let policy = Policy::default();
        let strangers = |run, year| Tally { both_wrong: run, both_wrong_in_year: year, ..Tally::default() };
        assert_eq!(consequence(&strangers(19, 19), Fault::Both, &policy), None);
        assert_eq!(consequence(&strangers(20, 20), Fault::Both, &policy), Some(Consequence::Alarm));
        assert_eq!(consequence(&strangers(21, 999), Fault::Both, &policy), None);
        let locked = Some(Consequence::Lock(Lock::BothWrong));
        assert_eq!(consequence(&strangers(21, 1_000), Fault::Both, &policy), locked);
    }

    #[test]
    fn the_finder_of_a_key_has_eight_tries_and_who_knows_the_pin_sixty() {
        let policy = Policy::default();
        let tally = |wrong_pins, wrong_codes_in_window| Tally { wrong_pins, wrong_codes_in_window, ..Tally::default() };
        assert_eq!(consequence(&tally(7, 0), Fault::Pin, &policy), None);
        assert_eq!(consequence(&tally(8, 0), Fault::Pin, &policy), Some(Consequence::Lock(Lock::WrongPins)));
        assert_eq!(consequence(&tally(0, 59), Fault::Code, &policy), None);
        assert_eq!(consequence(&tally(0, 60), Fault::Code, &policy), Some(Consequence::Lock(Lock::WrongCodes)));
        assert_eq!(consequence(&tally(8, 60), Fault::Neither, &policy), None);
    }

    #[test]
    fn the_names_of_locks_are_those_of_the_contract_and_read_back() {
        let names =
            [(Lock::WrongPins, "wrong-pins"), (Lock::WrongCodes, "wrong-codes"), (Lock::BothWrong, "both-wrong")];
        for (lock, name) in names {
            assert_eq!((lock.name(), Lock::from_name(name)), (name, Some(lock)));
        }
        assert_eq!(Lock::from_name("wrong-pin"), None);
    }
}
