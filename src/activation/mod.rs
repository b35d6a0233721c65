//! The code that is handed over with a key, and what it opens.

use crate::clock::UtcTime;
use crate::key::Serial;
use crate::random::{NoRandomness, Random, draw_one};
use crate::user::Login;
use zeroize::Zeroizing;

/// The symbols of a drawn code: no 0, 1, o and l, which are read for one another. 31 of them, 39.6 bits in eight.
pub const SYMBOLS: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";
const LENGTH: usize = 8;

/// An activation code; wiped on drop, never printed but by [`ActivationCode::expose`].
pub struct ActivationCode(Zeroizing<String>);

impl ActivationCode {
    /// Draws a new code, each symbol with the same chance.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn draw(random: &dyn Random) -> Result<Self, NoRandomness> {
        let mut text = Zeroizing::new(String::with_capacity(LENGTH));
        for _ in 0..LENGTH {
            text.push(char::from(draw_one(random, SYMBOLS)?));
        }
        Ok(Self(text))
    }

    /// Reads a typed code: lower-cased, freed of blanks and hyphens, then eight of `a-z0-9`. A letter o stays a letter o.
    pub fn parse(typed: &str) -> Option<Self> {
        let kept = typed.chars().filter(|symbol| !symbol.is_ascii_whitespace() && *symbol != '-');
        let text = Zeroizing::new(kept.map(|symbol| symbol.to_ascii_lowercase()).collect::<String>());
        let fits = text.len() == LENGTH && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        fits.then_some(Self(text))
    }

    /// Gives the eight symbols. The only door to them.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for ActivationCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ActivationCode(…)")
    }
}

/// What became of an activation code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It can be used.
    Live,
    /// It was used.
    Spent,
    /// A newer one took its place.
    Replaced,
    /// It was withdrawn by hand.
    Revoked,
    /// Too many wrong tries killed it.
    Killed,
    /// It was not used in time.
    Expired,
}

const STATE_NAMES: [(State, &str); 6] = [
    (State::Live, "live"),
    (State::Spent, "spent"),
    (State::Replaced, "replaced"),
    (State::Revoked, "revoked"),
    (State::Killed, "killed"),
    (State::Expired, "expired"),
];

impl State {
    /// Gives the stable name of the contract.
    pub fn name(self) -> &'static str {
        STATE_NAMES.iter().find(|(state, _)| *state == self).map_or("", |(_, name)| name)
    }

    /// Reads a name back.
    pub fn from_name(name: &str) -> Option<Self> {
        STATE_NAMES.iter().find(|(_, known)| *known == name).map(|(state, _)| *state)
    }
}

/// An issued code, without the code.
#[derive(Clone, Debug)]
pub struct Activation {
    /// Its number in the database.
    pub id: i64,
    /// Whose it is.
    pub login: Login,
    /// The key it is bound to, if it is bound to one.
    pub serial: Option<Serial>,
    /// When it was issued.
    pub issued_at: UtcTime,
    /// The last moment at which it can be used.
    pub expires_at: UtcTime,
    /// What became of it, as kept; see [`Activation::state_at`].
    pub state: State,
}

impl Activation {
    /// Tells what has become of it, looking at its deadline.
    pub fn state_at(&self, now: UtcTime) -> State {
        if self.state == State::Live && now > self.expires_at { State::Expired } else { self.state }
    }
}

/// How long a code may live at most, in days.
pub const LONGEST_LIFE: i64 = 30;

/// Wrong tries that name the right serial and kill a code.
pub const FATAL_TRIES: u32 = 20;

/// What is known when somebody gives a login, a code and a serial.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// The login is a user's.
    pub user: UserFact,
    /// The latest code of that user: its state now.
    pub code: Option<State>,
    /// What was typed is that code.
    pub code_matches: bool,
    /// The serial against what the code opens.
    pub key: KeyFact,
    /// The user has another key that is assigned or in use.
    pub has_other_key: bool,
}

/// What the login is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserFact {
    /// Nobody's.
    Unknown,
    /// A user's who may not log in.
    Disabled,
    /// A user's.
    Enabled,
}

/// What the serial is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFact {
    /// No key, or one that this code does not open.
    Wrong,
    /// The right key, which can not be activated in its present state.
    NotReady,
    /// The right key, outside its dates.
    OutOfDate,
    /// The key assigned to the user, ready.
    Assigned,
    /// A key in stock that the code opens and binds to the user.
    Stock,
}

/// Why an activation is refused: for the audit and for operators; the answer outside is always the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such user.
    UnknownUser,
    /// The user is disabled.
    UserDisabled,
    /// The user has no code.
    NoCode,
    /// The code is not live.
    Dead(State),
    /// Another serial, or none that exists.
    WrongSerial,
    /// Another code.
    WrongCode,
    /// The key is in use already, or stopped.
    KeyNotReady,
    /// The key is outside its dates.
    KeyOutOfDate,
    /// The user has another key.
    OtherKey,
    /// The wait after wrong tries is not over.
    Waiting,
    /// Another process was faster.
    Raced,
}

impl Refusal {
    /// Gives the stable name of the audit.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnknownUser => "unknown-user",
            Self::UserDisabled => "user-disabled",
            Self::NoCode => "no-activation-code",
            Self::Dead(State::Expired) => "activation-code-expired",
            Self::Dead(State::Spent) => "activation-code-spent",
            Self::Dead(_) => "activation-code-dead",
            Self::WrongSerial => "wrong-serial",
            Self::WrongCode => "wrong-activation-code",
            Self::KeyNotReady => "key-not-ready",
            Self::KeyOutOfDate => "key-out-of-date",
            Self::OtherKey => "user-has-a-key",
            Self::Waiting => "waiting",
            Self::Raced => "raced",
        }
    }
}

/// Decides on a claim: `Ok` tells whether the key is bound to the user by it.
///
/// # Errors
/// The first [`Refusal`] that applies; what a stranger may not learn is hidden by whoever answers.
pub const fn judge(claim: &Claim) -> Result<Opening, Refusal> {
    match (claim.user, claim.code, claim.key) {
        (UserFact::Unknown, ..) => Err(Refusal::UnknownUser),
        (UserFact::Disabled, ..) => Err(Refusal::UserDisabled),
        (_, None, _) => Err(Refusal::NoCode),
        (_, Some(State::Live), _) if !claim.code_matches => Err(Refusal::WrongCode),
        (_, Some(State::Live), KeyFact::Wrong) => Err(Refusal::WrongSerial),
        (_, Some(State::Live), KeyFact::NotReady) => Err(Refusal::KeyNotReady),
        (_, Some(State::Live), KeyFact::OutOfDate) => Err(Refusal::KeyOutOfDate),
        (_, Some(State::Live), _) if claim.has_other_key => Err(Refusal::OtherKey),
        (_, Some(State::Live), KeyFact::Assigned) => Ok(Opening::Activates),
        (_, Some(State::Live), KeyFact::Stock) => Ok(Opening::BindsAndActivates),
        (_, Some(dead), _) => Err(Refusal::Dead(dead)),
    }
}

/// What a claim that holds does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Opening {
    /// The assigned key becomes active.
    Activates,
    /// The key in stock is assigned and becomes active.
    BindsAndActivates,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Lcg;

    #[test]
    fn c04_in_a_million_codes_every_symbol_stands_everywhere_equally_often() {
        const DRAWN: i64 = 1_000_000;
        let random = Lcg::new(7);
        let mut counts = [[0i64; 256]; LENGTH];
        for _ in 0..DRAWN {
            let code = ActivationCode::draw(&random).unwrap();
            for (place, symbol) in counts.iter_mut().zip(code.expose().bytes()) {
                place[usize::from(symbol)] += 1;
            }
        }
        for place in counts {
            let of = |symbol: &u8| place[usize::from(*symbol)];
            assert_eq!(SYMBOLS.iter().map(of).sum::<i64>(), DRAWN, "another symbol was drawn");
            // 30 degrees of freedom: 59.7 is passed once in a thousand; a draw by the remainder of a byte would reach thousands.
            let chi_square = SYMBOLS.iter().map(|symbol| (of(symbol) * 31 - DRAWN).pow(2)).sum::<i64>() / (31 * DRAWN);
            assert!(chi_square < 60, "{chi_square}");
        }
    }

    #[test]
    fn c06_case_blanks_and_hyphens_do_not_matter_and_letters_are_not_digits() {
        let typed = |text| ActivationCode::parse(text).map(|code| code.expose().to_owned());
        assert_eq!(typed(" 6T6O-5do7 "), Some("6t6o5do7".to_owned()));
        assert_ne!(typed("6t605do7"), typed("6t6o5do7"));
        assert_ne!(typed("6t6l5do7"), typed("6t615do7"));
        assert_eq!(typed("a0o1lzi9"), Some("a0o1lzi9".to_owned()), "a code of an earlier system");
        for text in ["", "6t605do", "6t605do77", "6t605dé7", "6t605do7;", "６t605do7"] {
            assert_eq!(typed(text), None, "{text:?}");
        }
    }

    #[test]
    fn only_a_live_right_code_for_the_right_key_opens() {
        let good = Claim {
            user: UserFact::Enabled,
            code: Some(State::Live),
            code_matches: true,
            key: KeyFact::Assigned,
            has_other_key: false,
        };
        assert_eq!(judge(&good), Ok(Opening::Activates));
        assert_eq!(judge(&Claim { key: KeyFact::Stock, ..good }), Ok(Opening::BindsAndActivates));
        let rows = [
            (Claim { user: UserFact::Unknown, ..good }, Refusal::UnknownUser),
            (Claim { user: UserFact::Disabled, ..good }, Refusal::UserDisabled),
            (Claim { code: None, ..good }, Refusal::NoCode),
            (Claim { code: Some(State::Spent), ..good }, Refusal::Dead(State::Spent)),
            (Claim { code: Some(State::Expired), ..good }, Refusal::Dead(State::Expired)),
            (Claim { code_matches: false, ..good }, Refusal::WrongCode),
            (Claim { key: KeyFact::Wrong, ..good }, Refusal::WrongSerial),
            (Claim { key: KeyFact::NotReady, ..good }, Refusal::KeyNotReady),
            (Claim { key: KeyFact::OutOfDate, ..good }, Refusal::KeyOutOfDate),
            (Claim { has_other_key: true, ..good }, Refusal::OtherKey),
        ];
        for (claim, refusal) in rows {
            assert_eq!(judge(&claim), Err(refusal));
        }
    }

    #[test]
    fn a_live_code_expires_after_its_last_moment() {
        let activation = Activation {
            id: 1,
            login: "a".parse().unwrap(),
            serial: None,
            issued_at: UtcTime::from_epoch(0),
            expires_at: UtcTime::from_epoch(10),
            state: State::Live,
        };
        assert_eq!(activation.state_at(UtcTime::from_epoch(10)), State::Live);
        assert_eq!(activation.state_at(UtcTime::from_epoch(11)), State::Expired);
    }

    #[test]
    fn a_code_shows_nothing_in_debug() {
        assert_eq!(format!("{:?}", ActivationCode::parse("6t605do7").unwrap()), "ActivationCode(…)");
    }

    #[test]
    fn states_and_refusals_have_the_names_of_the_contract() {
        let states = [
            (State::Live, "live"),
            (State::Spent, "spent"),
            (State::Replaced, "replaced"),
            (State::Revoked, "revoked"),
            (State::Killed, "killed"),
            (State::Expired, "expired"),
        ];
        for (state, name) in states {
            assert_eq!((state.name(), State::from_name(name)), (name, Some(state)));
        }
        assert_eq!(State::from_name("dead"), None);
        let refusals = [
            (Refusal::UnknownUser, "unknown-user"),
            (Refusal::UserDisabled, "user-disabled"),
            (Refusal::NoCode, "no-activation-code"),
            (Refusal::Dead(State::Expired), "activation-code-expired"),
            (Refusal::Dead(State::Spent), "activation-code-spent"),
            (Refusal::Dead(State::Replaced), "activation-code-dead"),
            (Refusal::Dead(State::Revoked), "activation-code-dead"),
            (Refusal::Dead(State::Killed), "activation-code-dead"),
            (Refusal::WrongSerial, "wrong-serial"),
            (Refusal::WrongCode, "wrong-activation-code"),
            (Refusal::KeyNotReady, "key-not-ready"),
            (Refusal::KeyOutOfDate, "key-out-of-date"),
            (Refusal::OtherKey, "user-has-a-key"),
            (Refusal::Waiting, "waiting"),
            (Refusal::Raced, "raced"),
        ];
        for (refusal, name) in refusals {
            assert_eq!(refusal.name(), name);
        }
    }
}
