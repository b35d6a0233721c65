//! The grammar of what is typed: a code alone, or a PIN and a code.

use crate::emergency::{self, EmergencyCode};
use crate::otp::{Code, Digits};
use crate::pin::{self, Pin};

/// What was typed, taken apart.
#[derive(Debug)]
pub struct Typed {
    /// The PIN in front, if there is one.
    pub pin: Option<Pin>,
    /// The code.
    pub code: Code,
}

impl Typed {
    /// Reads a code alone, or a PIN of the policy's length and a code: ASCII digits only, nothing trimmed.
    ///
    /// The reader of the line has taken one final line end off, and nothing else.
    pub fn parse(text: &str, digits: Digits, policy: &pin::Policy) -> Option<Self> {
        let (pin, code) = text.split_at_checked(text.len().checked_sub(usize::from(digits.get()))?)?;
        let code = Code::parse(code, digits)?;
        if pin.is_empty() {
            return Some(Self { pin: None, code });
        }
        Some(Self { pin: Some(read_pin(pin, policy)?), code })
    }
}

/// What was typed by somebody who has an emergency list: never the code alone.
#[derive(Debug)]
pub struct TypedInEmergency {
    /// The PIN in front.
    pub pin: Pin,
    /// The code.
    pub code: EmergencyCode,
}

impl TypedInEmergency {
    /// Reads a PIN of the policy's length and an emergency code, whose first symbol is a letter: it is never taken for what
    /// [`Typed::parse`] reads. Nothing is trimmed.
    pub fn parse(text: &str, policy: &pin::Policy) -> Option<Self> {
        let (pin, code) = text.split_at_checked(text.len().checked_sub(emergency::LENGTH)?)?;
        Some(Self { pin: read_pin(pin, policy)?, code: EmergencyCode::parse(code)? })
    }
}

fn read_pin(text: &str, policy: &pin::Policy) -> Option<Pin> {
    let range = usize::from(pin::Policy::SHORTEST)..=usize::from(policy.longest);
    Pin::from_digits(text).filter(|_| range.contains(&text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(Option<String>, String)> {
        let typed = Typed::parse(text, Digits::SIX, &pin::Policy::default())?;
        Some((typed.pin.map(|pin| pin.expose().to_owned()), typed.code.expose(Digits::SIX).to_string()))
    }

    #[test]
    fn the_passcode_of_the_guide_is_pin_and_code() {
        assert_eq!(parts("4576768950"), Some((Some("4576".to_owned()), "768950".to_owned())));
        assert_eq!(parts("768950"), Some((None, "768950".to_owned())));
        assert_eq!(parts("123456768950"), Some((Some("123456".to_owned()), "768950".to_owned())));
    }

    #[test]
    fn a05_nothing_is_trimmed_and_only_ascii_digits_count() {
        let long = "1".repeat(13);
        for text in [
            "",
            "12345",
            "1234567",
            "123123456",
            &long,
            " 123456",
            "123456\n",
            "123456 ",
            "123 456",
            "\u{a0}123456",
            "１２３４５６",
            "١٢٣٤٥٦",
            "+123456",
            "0x123456",
            "0x3456",
            "-12345",
            "123456\r",
            "123456\0",
            "\x00123456",
            "1e5456",
            "4576-768950",
            "é76768950",
        ] {
            assert_eq!(parts(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_emergency_code_stands_behind_a_pin_and_is_no_passcode_of_a_key() {
        let policy = pin::Policy::default();
        let parts = |text: &str| {
            TypedInEmergency::parse(text, &policy)
                .map(|typed| (typed.pin.expose().to_owned(), typed.code.expose().to_owned()))
        };
        assert_eq!(parts("4576k7m2p9xa"), Some(("4576".to_owned(), "k7m2p9xa".to_owned())));
        assert_eq!(parts("457689K7M2P9XA"), Some(("457689".to_owned(), "k7m2p9xa".to_owned())));
        for text in [
            "",
            "k7m2p9xa",
            "457k7m2p9xa",
            "4576812k7m2p9xa",
            "4576 k7m2p9xa",
            "4576k7m2p9xa ",
            "457677m2p9xa",
            "4576é7m2p9x",
        ] {
            assert!(parts(text).is_none(), "{text:?}");
        }
        for digits in [Digits::SIX, Digits::new(8).unwrap()] {
            assert!(Typed::parse("4576k7m2p9xa", digits, &policy).is_none());
            assert!(parts("457612345678").is_none());
        }
    }

    #[test]
    fn a_policy_of_eight_digits_reads_longer_pins() {
        let policy = pin::Policy { shortest: 4, longest: 8 };
        assert!(Typed::parse("12345678768950", Digits::SIX, &policy).is_some());
        assert!(Typed::parse("457676895012", Digits::new(8).unwrap(), &policy).is_some());
    }
}
