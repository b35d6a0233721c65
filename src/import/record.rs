//! What a reader delivers: a key of a vendor's file, with everything that is needed to store it.

use super::problem::Problem;
use crate::key::{Serial, Validity};
use crate::otp::{MovedBy, Parameters, Period, Seed, SeedError, Step};
use compact_str::CompactString;
use zeroize::Zeroizing;

/// The longest serial, as [`Serial`] has it.
pub(super) const LONGEST_SERIAL: usize = 40;
/// The longest seed, as [`Seed`] has it.
const LONGEST_SEED: u64 = 64;
/// The longest name of a manufacturer or model that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// One key of a file.
#[derive(Debug)]
pub struct SeedRecord {
    /// The line on which the key begins, from 1.
    pub line: u64,
    /// The number on its back.
    pub serial: Serial,
    /// The key's own id within the device, where the format has one (RFC 6030 section 4.3.1).
    pub key_id: Option<CompactString>,
    /// The secret.
    pub seed: Seed,
    /// How seed becomes code.
    pub parameters: Parameters,
    /// The next counter of an event key.
    pub counter: Option<u64>,
    /// Who made it.
    pub manufacturer: Option<CompactString>,
    /// What it is called.
    pub model: Option<CompactString>,
    /// When it may answer.
    pub validity: Validity,
    /// How many steps its clock is ahead; negative when it is slow (RFC 6030 section 4.2, `TimeDrift`).
    pub drift: i64,
    /// Whether its seed was opened with what the operator gave: whoever has the file alone does not have it.
    pub is_sealed: bool,
}

/// The highest counter that is believed: a press each second reaches it in a million centuries. Beyond it, a text was read as
/// what it is not.
const HIGHEST_COUNTER: u64 = 1 << 53;

impl SeedRecord {
    /// Gives the step below the first code that the key can show.
    pub fn watermark(&self) -> Step {
        match (self.parameters.moved_by(), self.counter.map(i64::try_from)) {
            (MovedBy::Button, Some(Ok(counter))) => Step::new(counter).shifted(-1),
            _ => Step::NEVER,
        }
    }

    /// Takes off an event key what only a clock gives a meaning to, and judges its counter.
    pub(super) fn settle_counter(&mut self) -> Result<(), Problem> {
        match self.parameters.moved_by() {
            MovedBy::Clock => self.counter = None,
            MovedBy::Button if self.counter.is_some_and(|counter| counter > HIGHEST_COUNTER) => {
                return Err(Problem::CounterOutOfRange);
            }
            MovedBy::Button => {
                self.drift = 0;
                self.parameters.period = Period::HALF_MINUTE;
            }
        }
        Ok(())
    }
}

/// Reads a serial, putting `-` for each run of characters that a serial cannot have; tells whether it had to.
pub(super) fn serial(text: &str) -> Result<(Serial, bool), Problem> {
    let text = text.trim();
    if let Ok(serial) = text.parse() {
        return Ok((serial, false));
    }
    let pieces: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '#' | ':' | '-')))
        .filter(|piece| !piece.is_empty())
        .collect();
    let joined = pieces.join("-");
    let mended = joined.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    if mended.is_empty() {
        return Err(Problem::SerialMissing);
    }
    match mended.parse() {
        Ok(serial) => Ok((serial, true)),
        Err(_) => Err(Problem::SerialTooLong { allowed: wide(LONGEST_SERIAL) }),
    }
}

/// Makes up the serial of a key that has none at all: `FILE-STEM#LINE`, the stem cut to the room that a serial has.
pub(super) fn made_up_serial(stem: &str, line: u64) -> Result<Serial, Problem> {
    let end = format!("#{line}");
    let (stem, _) = serial(stem.get(..LONGEST_SERIAL).unwrap_or(stem)).or_else(|_| serial("stdin"))?;
    let room = LONGEST_SERIAL.saturating_sub(end.len());
    let stem = stem.as_str().get(..room).unwrap_or(stem.as_str());
    serial(&format!("{stem}{end}")).map(|(serial, _)| serial)
}

/// Takes decoded bytes as a seed.
pub(super) fn seed(bytes: Zeroizing<Vec<u8>>) -> Result<Seed, Problem> {
    let length = wide(bytes.len());
    Seed::new(bytes).map_err(|error| match error {
        SeedError::Empty => Problem::SeedMissing,
        SeedError::TooLong => Problem::SeedTooLong { bytes: length, allowed: LONGEST_SEED },
    })
}

/// Takes a number of seconds as a period, with the warning that an unusual one deserves.
pub(super) fn period(seconds: i64) -> Result<(Period, Option<Problem>), Problem> {
    let period = Period::new(seconds).map_err(|_| Problem::PeriodOutOfRange)?;
    let usual = period == Period::HALF_MINUTE || period == Period::MINUTE;
    Ok((period, if usual { None } else { Some(Problem::PeriodUnusual { seconds }) }))
}

/// Warns that SHA-1 was assumed for a seed as long as the output of another hash.
pub(super) fn assumed_sha1(seed: &Seed) -> Option<Problem> {
    match wide(seed.expose().len()) {
        bytes @ (32 | 64) => Some(Problem::HashAssumed { bytes }),
        _ => None,
    }
}

/// Keeps a name for people: blanks cut off, control characters replaced, not longer than needed.
pub(super) fn name(text: &str) -> Option<CompactString> {
    let name: CompactString =
        text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_NAME).collect();
    if name.is_empty() { None } else { Some(name) }
}

/// Widens a length for a message.
pub(super) fn wide(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_are_kept_and_mended_only_where_they_must_be() {
        let read = |text| serial(text).map(|(serial, changed)| (serial.as_str().to_owned(), changed));
        assert_eq!(read(" 306EUO4-00960 "), Ok(("306EUO4-00960".to_owned(), false)));
        assert_eq!(read("12 34é/5"), Ok(("12-34-5".to_owned(), true)));
        assert_eq!(read("--#7"), Ok(("7".to_owned(), true)));
        assert_eq!(read("٠١٢"), Err(Problem::SerialMissing));
        assert_eq!(read(&"7".repeat(41)), Err(Problem::SerialTooLong { allowed: 40 }));
    }

    #[test]
    fn a_serial_is_made_up_of_the_file_and_the_line() {
        let made = |stem: &str| made_up_serial(stem, 12).map(|serial| serial.as_str().to_owned());
        assert_eq!(made("livraison 2026"), Ok("livraison-2026#12".to_owned()));
        assert_eq!(made("-"), Ok("stdin#12".to_owned()));
        assert!(made(&"é1".repeat(30)).is_ok_and(|serial| serial.len() <= 40 && serial.ends_with("#12")));
        assert_eq!(made(&"a".repeat(41)), Ok(format!("{}#12", "a".repeat(37))));
    }

    #[test]
    fn periods_other_than_30_and_60_are_told() {
        assert_eq!(period(60), Ok((Period::MINUTE, None)));
        assert!(matches!(period(45), Ok((_, Some(Problem::PeriodUnusual { seconds: 45 })))));
        for seconds in [0, -30, 9, 301] {
            assert_eq!(period(seconds), Err(Problem::PeriodOutOfRange));
        }
    }
}
