//! Cells of tables as keys' values, with an eye on what spreadsheets do to numbers.

use super::cells::{Cell, Row};
use super::finding::Finding;
use super::problem::Problem;
use super::record;
use super::secret::{self, SecretEncoding, Undecodable};
use crate::key::Serial;
use crate::otp::{Digits, Hash, Period, Seed};
use zeroize::Zeroizing;

/// From how many zeroes at the end a number of digits only was rounded.
const ROUNDED: &str = "00000";
/// The most digits of a number that a spreadsheet does not round.
const EXACT_DIGITS: usize = 15;
/// The shortest seed for which another encoding is thought of, in bytes.
const LIKELY_SEED: usize = 10;

/// What moves a key on, as a table has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its clock.
    Totp,
    /// Its button.
    Hotp,
}

/// What has to be known of a whole column of serials to read one of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SerialColumn {
    /// To how many digits a shorter number is filled up with zeroes, as the operator says.
    pub pad_to: Option<usize>,
    /// How many digits the serials have, where shorter ones lost zeroes.
    pub digits: Option<usize>,
}

/// Reads the cell of a serial; text, never a number.
pub(super) fn serial(
    row: &Row<'_>,
    cell: Option<Cell<'_>>,
    column: SerialColumn,
    warnings: &mut Vec<Finding>,
) -> Result<Serial, Finding> {
    let text = cell.map_or("", |cell| cell.text);
    if is_scientific(text) {
        return Err(row.finding(cell, Problem::SerialScientific));
    }
    let padded;
    let mut text = text;
    if is_number(text) {
        if let Some(width) = column.pad_to.filter(|width| text.len() < *width) {
            padded = format!("{text:0>width$}");
            text = &padded;
        } else if let Some(digits) = column.digits.filter(|digits| text.len() < *digits && !text.starts_with('0')) {
            let problem = Problem::SerialZeroesLost { digits: record::wide(digits) };
            return Err(row.finding(cell, problem));
        }
    }
    let (serial, changed) = record::serial(text).map_err(|problem| row.finding(cell, problem))?;
    if changed {
        warnings.push(row.finding(cell, Problem::SerialChanged));
    }
    Ok(serial)
}

/// Reads the cell of a seed.
pub(super) fn seed(row: &Row<'_>, cell: Option<Cell<'_>>, encoding: SecretEncoding) -> Result<Seed, Finding> {
    let Some(cell) = cell else { return Err(row.finding(None, Problem::SeedMissing)) };
    let fail = |problem| row.finding(Some(cell), problem);
    let decoded = encoding.decode(cell.text);
    if is_rounded(cell.text) || (decoded.is_err() && is_damaged(cell.text)) {
        return Err(fail(Problem::SeedDamaged));
    }
    let bytes = decoded.map_err(|error| fail(problem_of(error, cell.text, encoding)))?;
    record::seed(bytes).map_err(fail)
}

/// Reads the cell of a period.
pub(super) fn period(row: &Row<'_>, cell: Cell<'_>, warnings: &mut Vec<Finding>) -> Result<Period, Finding> {
    let fail = |problem| row.finding(Some(cell), problem);
    let seconds = number(row, cell, "time interval")?;
    let (period, unusual) = record::period(seconds).map_err(fail)?;
    warnings.extend(unusual.map(fail));
    Ok(period)
}

/// Reads the cell of a number of digits.
pub(super) fn digits(row: &Row<'_>, cell: Cell<'_>) -> Result<Digits, Finding> {
    let digits = number(row, cell, "digits")?;
    Digits::new(digits).map_err(|_| row.finding(Some(cell), Problem::DigitsOutOfRange))
}

/// Reads the cell of a number.
pub(super) fn number<T: std::str::FromStr>(row: &Row<'_>, cell: Cell<'_>, name: &'static str) -> Result<T, Finding> {
    cell.text.parse().map_err(|_| row.finding(Some(cell), Problem::NumberMalformed { name }))
}

/// Reads the cell of a hash.
pub(super) fn hash(row: &Row<'_>, cell: Cell<'_>) -> Result<Hash, Finding> {
    hash_named(&letters(cell.text)).ok_or_else(|| row.finding(Some(cell), Problem::HashNotSupported))
}

/// Reads the cell of a type, which may name the hash too: `totp`, `TOTP-SHA256`, `HmacSHA1`, ….
pub(super) fn kind(row: &Row<'_>, cell: Cell<'_>) -> Result<(Kind, Option<Hash>), Finding> {
    let fail = |problem| row.finding(Some(cell), problem);
    for (word, kind) in [("totp", Kind::Totp), ("hotp", Kind::Hotp)] {
        if cell.text.eq_ignore_ascii_case(word) {
            return Ok((kind, None));
        }
    }
    let name = letters(cell.text);
    let name = name.strip_prefix("oath").unwrap_or(&name);
    if let Some(hash) = hash_named(name) {
        return Ok((Kind::Totp, Some(hash)));
    }
    for (word, kind) in [("totp", Kind::Totp), ("hotp", Kind::Hotp)] {
        match name.strip_prefix(word) {
            Some("") => return Ok((kind, None)),
            Some(rest) => {
                let hash = hash_named(rest).ok_or_else(|| fail(Problem::HashNotSupported))?;
                return Ok((kind, Some(hash)));
            }
            None => {}
        }
    }
    let closed = match name {
        "time" | "timebased" | "temps" => return Ok((Kind::Totp, None)),
        "event" | "eventbased" | "counter" | "evenement" | "compteur" => return Ok((Kind::Hotp, None)),
        "tan" => "TAN",
        "motp" => "mOTP",
        "yubico" | "yubikey" | "yubicootp" => "Yubico OTP",
        "pw" | "spass" | "static" | "staticpassword" => "static password",
        "securid" | "rsa" => "RSA SecurID",
        name if name.starts_with("ocra") => "OCRA",
        _ => return Err(fail(Problem::AlgorithmUnknown)),
    };
    Err(fail(Problem::AlgorithmNotSupported { algorithm: closed }))
}

/// Brings a word of a table into the form in which words are compared: letters and digits, lower case, without accents.
pub(super) fn letters(text: &str) -> Zeroizing<String> {
    let plain = |c: char| match c {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        c => c,
    };
    // A seed may stand where a word is looked for: what is kept of it is wiped, and never moves.
    let mut kept = Zeroizing::new(String::with_capacity(text.len()));
    kept.extend(text.chars().flat_map(char::to_lowercase).map(plain).filter(char::is_ascii_alphanumeric));
    kept
}

/// Names a hash that can be stored; the text has letters and digits only.
fn hash_named(text: &str) -> Option<Hash> {
    match text.strip_prefix("hmac").unwrap_or(text) {
        "sha" | "sha1" => Some(Hash::Sha1),
        "sha256" => Some(Hash::Sha256),
        "sha512" => Some(Hash::Sha512),
        _ => None,
    }
}

fn problem_of(error: Undecodable, text: &str, encoding: SecretEncoding) -> Problem {
    let likely = |other: SecretEncoding| other.decode(text).is_ok_and(|bytes| bytes.len() >= LIKELY_SEED);
    match (error, encoding) {
        (Undecodable::Empty, _) => Problem::SeedMissing,
        (_, SecretEncoding::Hex) if likely(SecretEncoding::Base32) && !has_only_hex(text) => {
            Problem::SeedLooksLikeBase32
        }
        (_, SecretEncoding::Base32 | SecretEncoding::Base64) if has_only_hex(text) && secret::hex(text).is_ok() => {
            Problem::SeedLooksLikeHex
        }
        (Undecodable::Length { characters }, SecretEncoding::Hex) => Problem::SeedOddHex { digits: characters },
        (Undecodable::Length { characters }, _) => Problem::SeedIncomplete { characters },
        (Undecodable::Character { position }, SecretEncoding::Hex) => Problem::SeedNotHex { position },
        (Undecodable::Character { position }, SecretEncoding::Base32) => Problem::SeedNotBase32 { position },
        (Undecodable::Character { position }, SecretEncoding::Base64) => Problem::SeedNotBase64 { position },
    }
}

fn has_only_hex(text: &str) -> bool {
    !matches!(secret::hex(text), Err(Undecodable::Character { .. } | Undecodable::Empty))
}

/// Tells whether a text is digits and nothing else.
pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Recognises `1.03E+08` and `2,60022E+12`.
fn is_scientific(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else { return false };
    let broken = number.split_once(['.', ',']).is_some_and(|(whole, part)| is_number(whole) && is_number(part));
    let signed = exponent.strip_prefix(['+', '-']);
    (broken && is_number(signed.unwrap_or(exponent))) || (is_number(number) && signed.is_some_and(is_number))
}

/// Recognises a seed that was rounded to 15 digits: it is all digits and ends in zeroes.
fn is_rounded(text: &str) -> bool {
    text.len() > EXACT_DIGITS && text.ends_with(ROUNDED) && is_number(text) && text.bytes().any(|byte| byte != b'0')
}

/// Recognises a seed that became a number: `5.03E+02`, `1,5`, `+12`.
pub(super) fn is_damaged(text: &str) -> bool {
    let number = text.bytes().all(|byte| byte.is_ascii_digit() || b".,+-eE \xa0\xc2".contains(&byte));
    is_rounded(text) || is_scientific(text) || (number && text.contains(['.', '+', ',']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_spreadsheets_are_recognised() {
        for text in ["1.03E+08", "2,60022E+12", "1E+12", "5.03e2"] {
            assert!(is_scientific(text) && is_damaged(text), "{text}");
        }
        for text in ["103142718", "0503E000", "1E12", "E+1", "AB.C", "306EUO4-00960", ""] {
            assert!(!is_scientific(text), "{text}");
        }
        assert!(is_damaged("1234567890123450000000000000000000000000") && is_damaged("12.5") && is_damaged("+125"));
        assert!(!is_damaged("0000000000000000000000000000000000000000"));
        assert!(!is_damaged("1234567890123456789012345678901234567890"));
        assert!(!is_damaged("AB.CD") && !is_damaged("0503E000"));
    }

    #[test]
    fn words_are_compared_without_accents_and_signs() {
        assert_eq!(letters("N° de série").as_str(), "ndeserie");
        assert_eq!(letters(" Time_Interval-(s) ").as_str(), "timeintervals");
    }

    #[test]
    fn hashes_have_many_names() {
        for (text, hash) in [("SHA-1", Hash::Sha1), ("HmacSHA256", Hash::Sha256), ("sha_512", Hash::Sha512)] {
            assert_eq!(hash_named(&letters(text)), Some(hash), "{text}");
        }
        assert_eq!(hash_named("sha224"), None);
    }
}
