//! The number on the back of a key.

use compact_str::CompactString;
use std::fmt;
use std::str::FromStr;

const LONGEST: usize = 40;

/// A serial number: `[A-Za-z0-9][A-Za-z0-9._#:-]{0,39}`, kept verbatim and compared exactly.
///
/// A 12-digit serial with three leading zeroes and its last nine digits are the same key (RSA writes both), kept as nine.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial(CompactString);

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
        Ok(Self(CompactString::new(short.unwrap_or(text))))
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The serials from one to another that have the same letters before as many digits, as on a box: `103142718..103142767`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SerialRange {
    first: Serial,
    last: Serial,
}

impl SerialRange {
    /// Gives the first serial.
    pub const fn first(&self) -> &Serial {
        &self.first
    }

    /// Gives the last serial, which may be the first.
    pub const fn last(&self) -> &Serial {
        &self.last
    }

    /// Tells whether a serial lies in it.
    pub fn covers(&self, serial: &Serial) -> bool {
        is_of_one_row(&self.first, serial) && (&self.first..=&self.last).contains(&serial)
    }
}

/// Tells whether two serials differ in the digits at their ends only, which are as many.
fn is_of_one_row(one: &Serial, other: &Serial) -> bool {
    let letters = |serial: &Serial| serial.0.trim_end_matches(|last: char| last.is_ascii_digit()).len();
    one.0.len() == other.0.len()
        && letters(one) == letters(other)
        && one.0.get(..letters(one)) == other.0.get(..letters(other))
}

impl FromStr for SerialRange {
    type Err = InvalidRange;

    fn from_str(text: &str) -> Result<Self, InvalidRange> {
        let (first, last) = text.split_once("..").ok_or(InvalidRange)?;
        let read = |text: &str| text.parse::<Serial>().map_err(|_| InvalidRange);
        let range = Self { first: read(first)?, last: read(last)? };
        if range.covers(&range.last) { Ok(range) } else { Err(InvalidRange) }
    }
}

impl fmt::Display for SerialRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}..{}", self.first, self.last)
    }
}

/// The text names no serials from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a range has two serials of one length that differ in their last digits, the smaller one first")]
pub struct InvalidRange;

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
    fn a_range_holds_what_is_numbered_between_its_ends() {
        let covered =
            |range: &str, serial: &str| range.parse::<SerialRange>().unwrap().covers(&serial.parse().unwrap());
        for serial in ["103142718", "103142720", "000103142767"] {
            assert!(covered("103142718..103142767", serial), "{serial}");
        }
        for serial in ["103142717", "103142768", "10314272", "1031427200", "A03142720"] {
            assert!(!covered("103142718..103142767", serial), "{serial}");
        }
        assert!(covered("AB-0098..AB-0102", "AB-0100") && !covered("AB-0098..AB-0102", "AC-0100"));
        assert!(covered("1..1", "1"));
        for text in ["", "1", "1..", "..2", "2..1", "1..10", "A1..B2", "A..B", "1...2", "1..2..3", "a b..a c"] {
            assert_eq!(text.parse::<SerialRange>(), Err(InvalidRange), "{text}");
        }
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
