//! Cells of tables as keys' values, with an eye on what spreadsheets do to numbers.

use super::csv_table::{Cell, Row};
use super::finding::Finding;
use super::problem::Problem;
use super::record::{self, wide};
use super::secret::{self, Undecodable};
use crate::key::Serial;
use crate::otp::{Period, Seed};

/// From how many zeroes at the end a number of digits only was rounded.
const ROUNDED: &str = "00000";

/// The encoding of a column of seeds: one for the whole file, never guessed per row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SeedEncoding {
    Hex,
    Base32,
}

/// Reads the cell of a serial; text, never a number.
pub(super) fn serial(row: &Row, cell: Option<&Cell>, warnings: &mut Vec<Finding>) -> Result<Serial, Finding> {
    let text = cell.map_or("", |cell| cell.text.as_str());
    if is_scientific(text) {
        return Err(row.finding(cell, Problem::SerialScientific));
    }
    let (serial, changed) = record::serial(text).map_err(|problem| row.finding(cell, problem))?;
    if changed {
        warnings.push(row.finding(cell, Problem::SerialChanged));
    }
    Ok(serial)
}

/// Reads the cell of a seed.
pub(super) fn seed(row: &Row, cell: Option<&Cell>, encoding: SeedEncoding) -> Result<Seed, Finding> {
    let Some(cell) = cell else { return Err(row.finding(None, Problem::SeedMissing)) };
    let fail = |problem| row.finding(Some(cell), problem);
    let text = cell.text.as_str();
    if is_damaged(text) {
        return Err(fail(Problem::SeedDamaged));
    }
    let decoded = match encoding {
        SeedEncoding::Hex => secret::hex(text),
        SeedEncoding::Base32 => secret::base32(text),
    };
    let bytes = decoded.map_err(|error| fail(problem_of(error, text, encoding)))?;
    record::seed(bytes).map_err(fail)
}

/// Reads the cell of a period; an empty one is half a minute, with a warning.
pub(super) fn period(row: &Row, cell: Option<&Cell>, warnings: &mut Vec<Finding>) -> Result<Period, Finding> {
    let Some(cell) = cell else {
        warnings.push(row.finding(None, Problem::PeriodAssumed));
        return Ok(Period::HALF_MINUTE);
    };
    let fail = |problem| row.finding(Some(cell), problem);
    let seconds = cell.text.parse().map_err(|_| fail(Problem::NumberMalformed { name: "time interval" }))?;
    let (period, unusual) = record::period(seconds).map_err(fail)?;
    warnings.extend(unusual.map(fail));
    Ok(period)
}

fn problem_of(error: Undecodable, text: &str, encoding: SeedEncoding) -> Problem {
    match (error, encoding) {
        (Undecodable::Empty, _) => Problem::SeedMissing,
        (_, SeedEncoding::Hex)
            if secret::base32(text).is_ok_and(|bytes| bytes.len() >= 10) && !looks_like_hex(text) =>
        {
            Problem::SeedLooksLikeBase32
        }
        (_, SeedEncoding::Base32) if looks_like_hex(text) && secret::hex(text).is_ok() => Problem::SeedLooksLikeHex,
        (Undecodable::Length { characters }, SeedEncoding::Hex) => Problem::SeedOddHex { digits: characters },
        (Undecodable::Length { characters }, SeedEncoding::Base32) => Problem::SeedIncomplete { characters },
        (Undecodable::Character { position }, SeedEncoding::Hex) => Problem::SeedNotHex { position },
        (Undecodable::Character { position }, SeedEncoding::Base32) => Problem::SeedNotBase32 { position },
    }
}

fn looks_like_hex(text: &str) -> bool {
    !matches!(secret::hex(text), Err(Undecodable::Character { .. } | Undecodable::Empty))
}

/// Recognises `1.03E+08` and `2,60022E+12`.
fn is_scientific(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let broken = number.split_once(['.', ',']).is_some_and(|(whole, part)| digits(whole) && digits(part));
    let signed = exponent.strip_prefix(['+', '-']);
    (broken && digits(signed.unwrap_or(exponent))) || (digits(number) && signed.is_some_and(digits))
}

/// Recognises a seed that became a number: `5.03E+02`, or more than 15 digits that end in zeroes.
fn is_damaged(text: &str) -> bool {
    let rounded = wide(text.len()) > 15 && text.bytes().all(|byte| byte.is_ascii_digit()) && text.ends_with(ROUNDED);
    let constant = text.bytes().all(|byte| byte == b'0');
    is_scientific(text) || (rounded && !constant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_spreadsheets_are_recognised() {
        for text in ["1.03E+08", "2,60022E+12", "1E+12", "5.03e2"] {
            assert!(is_scientific(text), "{text}");
        }
        for text in ["103142718", "0503E000", "1E12", "E+1", "AB.C", "306EUO4-00960", ""] {
            assert!(!is_scientific(text), "{text}");
        }
        assert!(is_damaged("1234567890123450000000000000000000000000"));
        assert!(!is_damaged("0000000000000000000000000000000000000000"));
        assert!(!is_damaged("1234567890123456789012345678901234567890"));
    }
}
