//! What only a whole column tells: how its seeds are written, and how many digits its serials have.

use crate::import::cells::{Cell, Row};
use crate::import::finding::Finding;
use crate::import::problem::Problem;
use crate::import::record::LONGEST_SERIAL;
use crate::import::secret::{self, SecretEncoding};
use crate::import::spreadsheet::{self, SerialColumn};

/// From how many digits on a shorter serial than all the others is a damaged one, and not an older one.
const LONG_SERIAL: usize = 8;

/// Which encodings a column of seeds may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Encodings {
    /// The one of the format, or of the operator.
    One(SecretEncoding),
    /// Hexadecimal or base32: the column decides.
    HexOrBase32,
    /// Hexadecimal or base64: the column decides.
    HexOrBase64,
}

/// A seed that can only be written in one way, and where it stands.
#[derive(Clone, Debug)]
struct Proof {
    encoding: SecretEncoding,
    finding: Finding,
}

/// What is seen of the columns in the first reading; no seed is kept.
pub(super) struct Columns {
    encodings: Encodings,
    proof: Option<Proof>,
    /// A seed that proves another encoding than the first proof.
    contradiction: Option<Finding>,
    /// The first seed, for a column that proves nothing.
    first: Option<Finding>,
    /// How many serials of digits only there are, by their length.
    serials: [u64; LONGEST_SERIAL + 1],
}

impl Columns {
    pub(super) fn new(encodings: Encodings) -> Self {
        Self { encodings, proof: None, contradiction: None, first: None, serials: [0; LONGEST_SERIAL + 1] }
    }

    /// Looks at a row's serial and seed.
    pub(super) fn look(&mut self, row: &Row<'_>, serial: Option<Cell<'_>>, seed: Option<Cell<'_>>) {
        if let Some(serial) = serial
            && spreadsheet::is_number(serial.text)
            && let Some(count) = self.serials.get_mut(serial.text.len())
        {
            *count = count.saturating_add(1);
        }
        let Some(seed) = seed.filter(|_| !matches!(self.encodings, Encodings::One(_))) else { return };
        let place = |problem| row.finding(Some(seed), problem);
        if self.first.is_none() {
            self.first = Some(place(Problem::EncodingOfSeedsUnclear));
        }
        let Some(encoding) = proved(seed.text, self.encodings) else { return };
        match &self.proof {
            None => self.proof = Some(Proof { encoding, finding: place(Problem::EncodingOfSeedsUnclear) }),
            Some(proof) if proof.encoding != encoding && self.contradiction.is_none() => {
                let first_line = proof.finding.line;
                self.contradiction = Some(place(Problem::EncodingsOfSeedsMixed { first_line }));
            }
            Some(_) => {}
        }
    }

    /// Decides how the seeds are written.
    ///
    /// # Errors
    /// A finding when nothing proves it, or when seeds prove different things.
    pub(super) fn encoding(&self) -> Result<SecretEncoding, Finding> {
        if let Encodings::One(encoding) = self.encodings {
            return Ok(encoding);
        }
        match (&self.contradiction, &self.proof, &self.first) {
            (Some(contradiction), ..) => Err(contradiction.clone()),
            (None, Some(proof), _) => Ok(proof.encoding),
            (None, None, Some(first)) => Err(first.clone()),
            // A column without any seed: each row is told to lack one.
            (None, None, None) => Ok(SecretEncoding::Hex),
        }
    }

    /// Tells what is to be known of the serials.
    pub(super) fn serials(&self, pad_to: Option<usize>) -> SerialColumn {
        let total = self.serials.iter().fold(0, |sum: u64, count| sum.saturating_add(*count));
        let most = (0..).zip(&self.serials).max_by_key(|(digits, count)| (**count, *digits));
        let digits = most
            .filter(|(digits, count)| {
                *digits >= LONG_SERIAL && **count > 0 && count.saturating_mul(2) >= total && pad_to.is_none()
            })
            .map(|(digits, _)| digits);
        SerialColumn { pad_to, digits }
    }
}

/// Tells in which encoding alone a seed can be written; nothing when it fits both, or neither.
fn proved(text: &str, encodings: Encodings) -> Option<SecretEncoding> {
    if spreadsheet::is_damaged(text) {
        return None;
    }
    let prefixed = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let (mut hex_only, mut other_only, mut alien) = (prefixed.is_some(), false, false);
    for character in prefixed.unwrap_or(text).chars() {
        match character {
            '0' | '1' | '8' | '9' => hex_only = true,
            'a'..='f' | 'A'..='F' | '2'..='7' | '-' => {}
            'g'..='z' | 'G'..='Z' | '=' => other_only = true,
            '+' | '/' => (other_only, alien) = (true, alien || encodings == Encodings::HexOrBase32),
            ':' => hex_only = true,
            character if secret::is_blank(character) => {}
            _ => alien = true,
        }
    }
    match encodings {
        Encodings::HexOrBase32 if alien || hex_only == other_only => None,
        Encodings::HexOrBase32 if other_only => Some(SecretEncoding::Base32),
        Encodings::HexOrBase64 if other_only && !alien => Some(SecretEncoding::Base64),
        Encodings::HexOrBase32 | Encodings::HexOrBase64 if !other_only && !alien => Some(SecretEncoding::Hex),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_proves_an_encoding_and_a_wrong_seed_proves_none() {
        use Encodings::{HexOrBase32, HexOrBase64};
        let hex = Some(SecretEncoding::Hex);
        let base32 = Some(SecretEncoding::Base32);
        for (text, expected) in [
            ("2234567abcdef2234567abcdef", None),
            ("2234567abcdef2234567abcde0", hex),
            ("0xabcdef", hex),
            ("ab:cd:ef", hex),
            ("ab cd ef gh", base32),
            ("MZXW6===", base32),
            ("MZXW60", None),
            ("MZ_XW", None),
            ("5.03E+02", None),
        ] {
            assert_eq!(proved(text, HexOrBase32), expected, "{text}");
        }
        assert_eq!(proved("MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=", HexOrBase64), Some(SecretEncoding::Base64));
        assert_eq!(proved("2234567abcdef2234567abcdef", HexOrBase64), hex);
        assert_eq!(proved("ab+/", HexOrBase64), Some(SecretEncoding::Base64));
    }

    #[test]
    fn shorter_numbers_than_most_lost_zeroes() {
        let serials = |lengths: &[usize], pad_to| {
            let mut columns = Columns::new(Encodings::HexOrBase32);
            lengths.iter().for_each(|length| columns.serials[*length] += 1);
            columns.serials(pad_to).digits
        };
        assert_eq!(serials(&[9, 9, 8], None), Some(9));
        assert_eq!(serials(&[8, 9], None), Some(9));
        assert_eq!(serials(&[9, 9, 8], Some(9)), None);
        assert_eq!(serials(&[3, 2, 2, 3], None), None);
        assert_eq!(serials(&[], None), None);
    }
}
