//! The number on the back of a key.

use std::fmt;
use std::str::FromStr;

const LONGEST: usize = 40;

/// A serial number: `[A-Za-z0-9][A-Za-z0-9._#:-]{0,39}`, kept verbatim and compared exactly.
///
/// A 12-digit serial with three leading zeroes and its last nine digits are the same key (RSA writes both), kept as nine.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial(String);

impl Serial {
    /// Gives the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Serial {
    type Err = InvalidSerial;

    fn from_str(text: &str) -> Result<Self, InvalidSerial> {
        let mut bytes = text.bytes();
        let starts_well = bytes.next().is_some_and(|first| first.is_ascii_alphanumeric());
        let goes_on_well = bytes.all(|byte| byte.is_ascii_alphanumeric() || b"._#:-".contains(&byte));
        if !starts_well || !goes_on_well || text.len() > LONGEST {
            return Err(InvalidSerial);
        }
        let short =
            text.strip_prefix("000").filter(|rest| rest.len() == 9 && rest.bytes().all(|byte| byte.is_ascii_digit()));
        Ok(Self(short.unwrap_or(text).to_owned()))
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The text is no serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a serial has 1 to 40 letters, digits, or . _ # : - and begins with a letter or digit")]
pub struct InvalidSerial;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_digits_with_three_zeroes_are_the_nine_on_the_back() {
        let long: Serial = "000103142718".parse().unwrap();
        assert_eq!(long, "103142718".parse().unwrap());
        assert_eq!(long.as_str(), "103142718");
        assert_eq!("001103142718".parse::<Serial>().unwrap().as_str(), "001103142718");
        assert_eq!("00010314271".parse::<Serial>().unwrap().as_str(), "00010314271");
        assert_eq!("00012345678A".parse::<Serial>().unwrap().as_str(), "00012345678A");
    }

    #[test]
    fn d16_what_is_no_serial_is_refused() {
        let forty_one = "1".repeat(41);
        for text in ["", "-rf", "--help", "../../etc", "a b", "1\n", "é1", "٠١٢", "%s", "$(id)", &forty_one] {
            assert_eq!(text.parse::<Serial>(), Err(InvalidSerial), "{text:?}");
        }
        for text in ["1", "306EUO4-00960", "ABC#1", "vvccc:1", "a.b_c"] {
            assert_eq!(text.parse::<Serial>().unwrap().as_str(), text);
        }
    }
}
