//! The secret of four to six digits that a holder chooses.

use crate::clock::UtcTime;
use crate::key::{KeyId, Serial};
use zeroize::Zeroizing;

/// A PIN as it was typed: ASCII digits only; wiped on drop, never printed.
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// Reads a PIN to be judged: any number of ASCII digits that the widest policy allows.
    pub(crate) fn from_digits(text: &str) -> Option<Self> {
        let fits = (usize::from(Policy::SHORTEST)..=usize::from(Policy::LONGEST)).contains(&text.len());
        (fits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// Gives the digits. The only door to them.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Pin(…)")
    }
}

/// What hashing a PIN costs (Argon2id, RFC 9106): what a thief of database and vault key pays for each guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Work {
    /// 4 MiB, three passes: a check stays under 20 ms. The default.
    pub const FAST: Self = Self { memory: 4 * 1024, passes: 3 };
    /// 7 MiB, five passes: the smallest memory that OWASP's password storage page lists.
    pub const OWASP: Self = Self { memory: 7 * 1024, passes: 5 };

    /// Tells whether it is more work than another: memory times passes.
    pub const fn exceeds(self, other: Self) -> bool {
        self.total() > other.total()
    }

    const fn total(self) -> u64 {
        (self.memory as u64).saturating_mul(self.passes as u64)
    }

    /// Gives the form of the database, as `m=4096,t=3`.
    pub fn to_text(self) -> String {
        format!("m={},t={}", self.memory, self.passes)
    }

    /// Reads it back; `None` for anything that [`Work::to_text`] does not write.
    pub fn parse(text: &str) -> Option<Self> {
        let (memory, passes) = text.strip_prefix("m=")?.split_once(",t=")?;
        Some(Self { memory: memory.parse().ok()?, passes: passes.parse().ok()? })
    }
}

/// A PIN as the database holds it. Without the vault key nothing can be guessed from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hashed {
    /// Drawn for this PIN.
    pub salt: [u8; 16],
    /// Argon2id over the keyed PIN.
    pub hash: [u8; 32],
    /// What it cost.
    pub work: Work,
}

/// What a hashed PIN is bound to: copied to another row it fits nothing.
#[derive(Clone, Copy, Debug)]
pub struct Owner {
    /// The key.
    pub key: KeyId,
    /// The holder, by his number.
    pub user: crate::user::UserId,
}

/// What a key has for a PIN, as it stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// None: new-PIN mode, in which the code alone opens the choice of one.
    None {
        /// Until when; after it the key answers no check until the next reset.
        until: Option<UtcTime>,
    },
    /// Chosen and not yet used: the next accepted check confirms it.
    Provisional {
        /// When it is erased if nobody used it.
        until: UtcTime,
        /// Until when new-PIN mode lasts once it is erased.
        then_until: Option<UtcTime>,
    },
    /// Chosen in the place of one that was used, and not yet used itself.
    Changed {
        /// When the former one is in force again if nobody used this one.
        until: UtcTime,
    },
    /// Chosen and used.
    Set,
}

impl Standing {
    /// Looks at the deadlines: a provisional PIN that was not used in time is as if it had never been chosen.
    #[must_use]
    pub fn at(self, now: UtcTime) -> Self {
        match self {
            Self::Provisional { until, then_until } if now > until => Self::None { until: then_until },
            Self::Changed { until } if now > until => Self::Set,
            other => other,
        }
    }

    /// Tells whether there is no PIN.
    pub const fn is_none(self) -> bool {
        matches!(self, Self::None { .. })
    }

    /// Tells whether a PIN waits to be confirmed.
    pub const fn is_provisional(self) -> bool {
        matches!(self, Self::Provisional { .. } | Self::Changed { .. })
    }

    /// Tells whether a changed PIN was not used in time, so that the former one is in force again.
    pub fn falls_back(self, now: UtcTime) -> bool {
        matches!(self, Self::Changed { until } if now > until)
    }

    /// Gives the stable name of the contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None { .. } => "none",
            Self::Provisional { .. } | Self::Changed { .. } => "provisional",
            Self::Set => "set",
        }
    }
}

/// How long a PIN may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Fewest digits: 4 or more.
    pub shortest: u8,
    /// Most digits: 8 or fewer.
    pub longest: u8,
}

impl Policy {
    /// No configuration may go below.
    pub const SHORTEST: u8 = 4;
    /// No configuration may go above.
    pub const LONGEST: u8 = 8;

    /// Judges a PIN that a holder wants: its form, and whether a stranger would guess it.
    ///
    /// # Errors
    /// [`Unfit`], with the reason.
    pub fn judge(&self, typed: &str, serial: &Serial) -> Result<Pin, Unfit> {
        if typed.is_empty() || !typed.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Unfit::NotDigits);
        }
        let range = usize::from(self.shortest)..=usize::from(self.longest);
        if !range.contains(&typed.len()) {
            return Err(Unfit::Length { shortest: self.shortest, longest: self.longest });
        }
        let pin = Pin::from_digits(typed).ok_or(Unfit::NotDigits)?;
        guess(typed, serial).map_or(Ok(pin), Err)
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self { shortest: 4, longest: 6 }
    }
}

/// Why a PIN is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Something that is no digit, or nothing.
    #[error("a PIN has digits only")]
    NotDigits,
    /// Too short or too long.
    #[error("a PIN has {shortest} to {longest} digits")]
    Length {
        /// Fewest digits.
        shortest: u8,
        /// Most digits.
        longest: u8,
    },
    /// `0000`, `1111`.
    #[error("all digits are alike")]
    Alike,
    /// `1234`, `9876`.
    #[error("the digits run up or down")]
    Run,
    /// A year that somebody may be born in or live in.
    #[error("the PIN is a year")]
    Year,
    /// Among the first that a thief tries.
    #[error("the PIN is too common")]
    Common,
    /// What is engraved on the key.
    #[error("the PIN is the end of the serial")]
    SerialEnd,
    /// The one before.
    #[error("the PIN is the former one")]
    Former,
    /// The second time another.
    #[error("the two PINs differ")]
    Unequal,
}

impl Unfit {
    /// Gives the stable name of the contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotDigits => "not-digits",
            Self::Length { .. } => "length",
            Self::Alike => "alike",
            Self::Run => "run",
            Self::Year => "year",
            Self::Common => "common",
            Self::SerialEnd => "serial-end",
            Self::Former => "former",
            Self::Unequal => "unequal",
        }
    }
}

/// What people choose most (published studies of four- and six-digit PINs), beyond runs, repetitions and years.
const COMMON: [&str; 36] = [
    "2580", "0852", "1212", "1122", "1313", "2112", "2121", "6969", "4242", "1010", "0101", "1221", "1230", "0007",
    "1397", "1379", "2468", "1357", "0911", "1789", "1515", "0110", "0123", "112233", "121212", "123123", "131313",
    "159753", "147258", "258000", "102030", "101010", "123321", "252525", "010203", "696969",
];

fn guess(typed: &str, serial: &Serial) -> Option<Unfit> {
    let steps: Vec<i16> = typed
        .as_bytes()
        .windows(2)
        .map(|pair| match pair {
            [first, second] => i16::from(*second).saturating_sub(i16::from(*first)),
            _ => 0,
        })
        .collect();
    let all = |wanted: i16| steps.iter().all(|step| *step == wanted);
    let is_year = typed.len() == 4 && (("1900"..="2035").contains(&typed) || typed == "1789");
    if all(0) {
        Some(Unfit::Alike)
    } else if all(1) || all(-1) {
        Some(Unfit::Run)
    } else if is_year {
        Some(Unfit::Year)
    } else if COMMON.contains(&typed) {
        Some(Unfit::Common)
    } else if serial.as_str().ends_with(typed) {
        Some(Unfit::SerialEnd)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(typed: &str) -> Result<(), Unfit> {
        Policy::default().judge(typed, &"103142718".parse().unwrap()).map(|_| ())
    }

    #[test]
    fn b10_pins_that_a_thief_tries_first_are_refused_with_the_reason() {
        let rows = [
            ("0000", Unfit::Alike),
            ("111111", Unfit::Alike),
            ("1234", Unfit::Run),
            ("4321", Unfit::Run),
            ("123456", Unfit::Run),
            ("98765", Unfit::Run),
            ("1984", Unfit::Year),
            ("1900", Unfit::Year),
            ("2035", Unfit::Year),
            ("2580", Unfit::Common),
            ("2718", Unfit::SerialEnd),
            ("142718", Unfit::SerialEnd),
        ];
        for (typed, unfit) in rows {
            assert_eq!(judged(typed), Err(unfit), "{typed}");
        }
    }

    #[test]
    fn a_pin_has_four_to_six_digits_and_nothing_else() {
        for typed in ["4576", "45768", "457681", "2036", "1899"] {
            assert_eq!(judged(typed), Ok(()), "{typed}");
        }
        for typed in ["457", "4576812", "12345678901234567890"] {
            assert_eq!(judged(typed), Err(Unfit::Length { shortest: 4, longest: 6 }), "{typed}");
        }
        for typed in ["", "45a6", "４５７６", "٤٥٧٦", " 4576", "4576\n", "-4576", "+457"] {
            assert_eq!(judged(typed), Err(Unfit::NotDigits), "{typed:?}");
        }
    }

    #[test]
    fn a_provisional_pin_is_gone_after_its_hour() {
        let until = UtcTime::from_epoch(100);
        let standing = Standing::Provisional { until, then_until: None };
        assert!(standing.at(UtcTime::from_epoch(100)).is_provisional());
        assert!(standing.at(UtcTime::from_epoch(101)).is_none());
    }

    #[test]
    fn a_changed_pin_that_nobody_used_gives_way_to_the_former_one() {
        let until = UtcTime::from_epoch(3_600);
        let changed = Standing::Changed { until };
        assert!(changed.is_provisional() && !changed.is_none() && changed.name() == "provisional");
        assert_eq!((changed.at(until), changed.falls_back(until)), (changed, false));
        let later = UtcTime::from_epoch(3_601);
        assert_eq!((changed.at(later), changed.falls_back(later)), (Standing::Set, true));
        assert!(
            !Standing::Set.falls_back(later) && !Standing::Provisional { until, then_until: None }.falls_back(later)
        );
    }

    #[test]
    fn a_pin_shows_nothing_in_debug() {
        assert_eq!(format!("{:?}", Pin::from_digits("4576").unwrap()), "Pin(…)");
    }

    #[test]
    fn the_work_of_a_hash_is_memory_times_passes_and_read_back_from_its_text() {
        let work = |memory, passes| Work { memory, passes };
        assert_eq!(Work::FAST.to_text(), "m=4096,t=3");
        assert_eq!(Work::OWASP.to_text(), "m=7168,t=5");
        assert_eq!(Work::parse(&work(8 * 1024, 3).to_text()), Some(work(8 * 1024, 3)));
        for text in ["", "m=4096", "t=3,m=4096", "m=4096,t=", "m=,t=3", "m=4096,t=3 ", "m=-1,t=3", "m=4294967296,t=3"] {
            assert_eq!(Work::parse(text), None, "{text:?}");
        }
        assert!(Work::OWASP.exceeds(Work::FAST) && !Work::FAST.exceeds(Work::OWASP));
        assert!(!Work::FAST.exceeds(Work::FAST));
        assert!(work(100, 3).exceeds(work(149, 2)) && !work(100, 3).exceeds(work(150, 2)));
        assert!(work(u32::MAX, 3).exceeds(work(u32::MAX, 2)), "nothing wraps");
    }

    #[test]
    fn what_a_key_has_for_a_pin_and_why_one_is_refused_have_the_names_of_the_contract() {
        let until = UtcTime::from_epoch(3_600);
        let provisional = Standing::Provisional { until, then_until: None };
        assert_eq!(
            [Standing::None { until: None }, provisional, Standing::Set].map(Standing::name),
            ["none", "provisional", "set"]
        );
        assert!(!Standing::Set.is_none() && !Standing::Set.is_provisional());
        let names = [
            (Unfit::NotDigits, "not-digits"),
            (Unfit::Length { shortest: 4, longest: 6 }, "length"),
            (Unfit::Alike, "alike"),
            (Unfit::Run, "run"),
            (Unfit::Year, "year"),
            (Unfit::Common, "common"),
            (Unfit::SerialEnd, "serial-end"),
            (Unfit::Former, "former"),
            (Unfit::Unequal, "unequal"),
        ];
        for (unfit, name) in names {
            assert_eq!(unfit.name(), name);
        }
    }
}
