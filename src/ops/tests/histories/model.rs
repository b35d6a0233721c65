//! What the model knows of a fleet, by what was asked and answered: keys, PINs, tickets, codes and tries. It uses nothing of the
//! program but the names of states.

use crate::key::State;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use std::collections::BTreeSet;

/// What a key has for a PIN.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// None; one can be chosen until then.
    None { until: i64 },
    /// Chosen, and to be used until then.
    Fresh { pin: String, until: i64, then_until: i64 },
    /// The same, in place of one that comes back.
    Changed { pin: String, until: i64, former: String },
    /// Used.
    Set(String),
}

impl Choice {
    /// The PIN in force at a moment.
    pub fn at(&self, now: i64) -> Option<&str> {
        match self {
            Self::None { .. } => None,
            Self::Fresh { pin, until, .. } => Some(pin.as_str()).filter(|_| now <= *until),
            Self::Changed { pin, until, former } => Some(if now <= *until { pin } else { former }),
            Self::Set(pin) => Some(pin),
        }
    }

    /// Until when one can be chosen, where there is none.
    pub fn open_until(&self) -> i64 {
        match self {
            Self::None { until } | Self::Fresh { then_until: until, .. } => *until,
            _ => i64::MIN,
        }
    }
}

/// A try that was verified.
#[derive(Clone, Debug)]
pub struct Try {
    pub at: i64,
    pub source: Option<&'static str>,
    pub has_failed: bool,
    pub is_cleared: bool,
}

#[derive(Clone, Debug)]
pub struct Known {
    pub serial: String,
    pub seed: [u8; 20],
    pub state: State,
    pub before_loss: Option<State>,
    pub holder: Option<usize>,
    pub place: usize,
    pub pin: Choice,
    /// Raised whenever what the key opens changes hands, PIN or state: tickets of before are dead.
    pub version: u32,
    pub spent: BTreeSet<i64>,
    /// Its last second.
    pub ends: i64,
    pub tries: Vec<Try>,
    /// Right codes behind a wrong PIN, in a row.
    pub wrong_pins: u32,
    /// It was one of two keys of a user: what was tried with the other counts too, which the model does not follow.
    pub is_entangled: bool,
}

impl Known {
    pub fn new(number: u64, place: usize) -> Self {
        let mut numbers = Numbers((number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        Self {
            serial: (800_000_000 + number).to_string(),
            seed: std::array::from_fn(|_| numbers.below(256) as u8),
            state: State::Stock,
            before_loss: None,
            holder: None,
            place,
            pin: Choice::None { until: i64::MIN },
            version: 0,
            spent: BTreeSet::new(),
            ends: i64::MAX,
            tries: Vec::new(),
            wrong_pins: 0,
            is_entangled: false,
        }
    }

    /// What it shows (RFC 6238, HMAC-SHA-1, six digits, sixty seconds), by RFC 4226 section 5.3.
    pub fn shows(&self, step: i64) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.seed).unwrap();
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let offset = usize::from(hash[19] & 15);
        let word: [u8; 4] = hash[offset..offset + 4].try_into().unwrap();
        format!("{:06}", (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000)
    }

    pub fn changes_hands(&mut self, state: State, holder: Option<usize>, until: i64) {
        (self.state, self.holder, self.before_loss) = (state, holder, None);
        self.pin = Choice::None { until };
        self.version += 1;
    }

    pub fn confirm(&mut self, now: i64) {
        if let Some(pin) = self.pin.at(now) {
            self.pin = Choice::Set(pin.to_owned());
        }
    }

    /// A changed PIN that was not used in time is gone once somebody looks.
    pub fn look_again(&mut self, now: i64) {
        if let Choice::Changed { until, former, .. } = &self.pin
            && now > *until
        {
            self.pin = Choice::Set(former.clone());
            self.version += 1;
        }
    }

    /// Tells whether a try must be turned away: 5, 15, 60 s after the 3rd, 4th, 5th failure, then 5 to 15 minutes; with a source,
    /// 60 tries an hour.
    pub fn waits(&self, source: Option<&'static str>, now: i64) -> bool {
        let own = || self.tries.iter().filter(|row| row.has_failed && !row.is_cleared && row.source == source);
        let span = [0, 0, 0, 5, 15, 60, 300, 600, 900][own().count().min(8)];
        let is_over = |from: Option<i64>, span: i64| from.is_none_or(|from| (from + span).min(now + span) <= now);
        let hour = || self.tries.iter().filter(|row| row.at > now - 3_600);
        let is_over_the_hour = source.is_some() && hour().count() >= 60;
        let began = hour().map(|row| row.at).min().filter(|_| is_over_the_hour);
        !(is_over(own().map(|row| row.at).max(), span) && is_over(began, 3_600))
    }

    /// Keeps a try that was verified.
    pub fn tried(&mut self, source: Option<&'static str>, now: i64, has_failed: bool, clears: bool) {
        if clears {
            self.tries.iter_mut().for_each(|row| row.is_cleared = true);
            self.wrong_pins = 0;
        }
        self.tries.push(Try { at: now, source, has_failed, is_cleared: false });
        self.tries.retain(|row| (row.has_failed && row.at >= now - 365 * 86_400) || row.at >= now - 3_600);
    }
}

/// What a first answer gave, to come with the second.
#[derive(Clone, Debug)]
pub struct Ticket {
    pub text: String,
    pub user: usize,
    pub key: usize,
    pub version: u32,
    pub until: i64,
    /// The first of two codes; none for the choice of a PIN.
    pub first: Option<i64>,
    pub tries: u8,
    /// A newer one of its key is there, or it was used.
    pub is_dead: bool,
}

/// A code by which a key is activated.
#[derive(Clone, Debug)]
pub struct Code {
    pub text: String,
    pub key: Option<usize>,
    pub until: i64,
}

/// An emergency list.
#[derive(Clone, Debug)]
pub struct List {
    pub codes: Vec<String>,
    pub used: BTreeSet<String>,
    pub key: usize,
    pub until: i64,
}

/// One key in the place of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exchanged {
    pub old: usize,
    pub new: usize,
    pub keeps_pin: bool,
}

/// Numbers in an order that is always the same (xorshift).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn of<T: Copy>(&mut self, these: &[T]) -> T {
        these[self.below(these.len())]
    }
}
