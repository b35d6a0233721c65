//! A school, identified by its UAI.

use crate::user::Name;
use std::fmt;
use std::str::FromStr;

/// The letters of the check, without I, O and Q, which look like digits.
const CHECK_LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";

/// The identifier of an establishment: seven digits and a check letter, as `0860034V`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uai(String);

impl Uai {
    /// Gives the text, its letter upper-case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An establishment as it is kept.
#[derive(Clone, Debug)]
pub struct Establishment {
    /// Its number in the database.
    pub id: i64,
    /// Its identifier.
    pub uai: Uai,
    /// What it is called.
    pub name: Name,
}

/// An establishment, and how much there is of it.
#[derive(Clone, Debug)]
pub struct Census {
    /// The establishment.
    pub establishment: Establishment,
    /// How many users belong to it.
    pub users: i64,
    /// How many keys it holds.
    pub keys: i64,
}

impl FromStr for Uai {
    type Err = InvalidUai;

    fn from_str(text: &str) -> Result<Self, InvalidUai> {
        let Some((digits, letter)) = text.split_at_checked(7) else {
            return Err(InvalidUai::Form);
        };
        let letter = match letter.as_bytes() {
            [letter] if letter.is_ascii_alphabetic() => char::from(letter.to_ascii_uppercase()),
            _ => return Err(InvalidUai::Form),
        };
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidUai::Form);
        }
        let number: usize = digits.parse().map_err(|_| InvalidUai::Form)?;
        let right = number
            .checked_rem(CHECK_LETTERS.len())
            .and_then(|rest| CHECK_LETTERS.get(rest))
            .map_or('?', |byte| char::from(*byte));
        if letter == right { Ok(Self(format!("{digits}{letter}"))) } else { Err(InvalidUai::Letter { right }) }
    }
}

impl fmt::Display for Uai {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The text is no UAI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidUai {
    /// Not seven digits and a letter.
    #[error("a UAI has seven digits and a letter, as 0860034V")]
    Form,
    /// The digits ask for another letter: one of the eight characters was mistyped.
    #[error("these digits ask for the letter {right}")]
    Letter {
        /// The letter that the digits ask for.
        right: char,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_letter_is_the_number_modulo_23() {
        assert_eq!("0860034V".parse::<Uai>().unwrap().as_str(), "0860034V");
        assert_eq!("0860035w".parse::<Uai>().unwrap().as_str(), "0860035W");
    }

    #[test]
    fn a_wrong_check_letter_is_told_with_the_right_one() {
        assert_eq!("0860034A".parse::<Uai>(), Err(InvalidUai::Letter { right: 'V' }));
    }

    #[test]
    fn what_has_another_form_is_refused() {
        for text in ["", "0860034", "0860034VV", "086003V", "O860034V", "0860034é", "٠٨٦٠٠٣٤V", "086003 V"] {
            assert_eq!(text.parse::<Uai>(), Err(InvalidUai::Form), "{text:?}");
        }
    }
}
