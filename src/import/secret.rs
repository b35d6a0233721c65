//! Decoders of seeds: bytes that are wiped on drop, and errors that tell a position, never a character.

use std::str::FromStr;
use std::sync::LazyLock;
use zeroize::Zeroizing;

/// How the seeds of a file are written: one way for all of them, never guessed for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretEncoding {
    /// Hexadecimal.
    Hex,
    /// Base32, RFC 4648 section 6.
    Base32,
    /// Base64, RFC 4648 section 4.
    Base64,
}

impl SecretEncoding {
    /// Decodes a seed.
    pub(super) fn decode(self, text: &str) -> Decoded {
        match self {
            Self::Hex => hex(text),
            Self::Base32 => base32(text),
            Self::Base64 => base64(text),
        }
    }
}

impl FromStr for SecretEncoding {
    type Err = UnknownEncoding;

    fn from_str(text: &str) -> Result<Self, UnknownEncoding> {
        match text {
            "hex" => Ok(Self::Hex),
            "base32" => Ok(Self::Base32),
            "base64" => Ok(Self::Base64),
            _ => Err(UnknownEncoding),
        }
    }
}

/// No encoding has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("hex, base32 or base64")]
pub struct UnknownEncoding;

/// Why a text is no seed of the expected encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Undecodable {
    /// Nothing there.
    #[error("nothing to decode")]
    Empty,
    /// A character outside the alphabet; the position counts from 1.
    #[error("wrong character at {position}")]
    Character { position: u64 },
    /// A number of characters that the encoding cannot have.
    #[error("{characters} characters cannot be right")]
    Length { characters: u64 },
}

type Decoded = Result<Zeroizing<Vec<u8>>, Undecodable>;

/// Base32 without padding, of which the last bits that fill up a byte carry nothing: vendors do not keep them at zero.
static BASE32: LazyLock<data_encoding::Encoding> = LazyLock::new(|| {
    let mut specification = data_encoding::BASE32_NOPAD.specification();
    specification.check_trailing_bits = false;
    specification.encoding().unwrap_or(data_encoding::BASE32_NOPAD)
});

/// Decodes hexadecimal: any case; blanks, `:` and `-` are removed, an `0x` in front too.
pub(super) fn hex(text: &str) -> Decoded {
    if let Ok(bytes) = decode(&data_encoding::HEXLOWER_PERMISSIVE, text)
        && !bytes.is_empty()
    {
        return Ok(bytes);
    }
    let trimmed = text.trim_start();
    let body = trimmed.strip_prefix("0x").or_else(|| trimmed.strip_prefix("0X")).unwrap_or(trimmed);
    let skipped = count(text.chars()).saturating_sub(count(body.chars()));
    let digits = alphabet(body, skipped, ":-", |c| c.to_digit(16).map(|_| c.to_ascii_lowercase()))?;
    decode(&data_encoding::HEXLOWER, &digits)
}

/// Decodes base32 (RFC 4648 section 6): any case, padding optional; blanks and `-` are removed.
pub(super) fn base32(text: &str) -> Decoded {
    if let Ok(bytes) = decode(&BASE32, text)
        && !bytes.is_empty()
    {
        return Ok(bytes);
    }
    let letters = alphabet(text.trim_end().trim_end_matches('='), 0, "-", |c| {
        Some(c.to_ascii_uppercase()).filter(|c| matches!(c, 'A'..='Z' | '2'..='7'))
    })?;
    decode(&BASE32, &letters)
}

/// Decodes base64 (RFC 4648 section 4) with its padding; white space inside is removed.
pub(super) fn base64(text: &str) -> Decoded {
    if let Ok(bytes) = decode(&data_encoding::BASE64, text)
        && !bytes.is_empty()
    {
        return Ok(bytes);
    }
    let letters =
        alphabet(text, 0, "", |c| Some(c).filter(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')))?;
    decode(&data_encoding::BASE64, &letters)
}

/// Keeps the letters of an alphabet, or tells where the first stranger stands.
fn alphabet(
    text: &str,
    skipped: u64,
    ignored: &str,
    letter: impl Fn(char) -> Option<char>,
) -> Result<Zeroizing<String>, Undecodable> {
    let mut kept = Zeroizing::new(String::with_capacity(text.len()));
    for (position, character) in (skipped.saturating_add(1)..).zip(text.chars()) {
        match letter(character) {
            Some(letter) => kept.push(letter),
            None if is_blank(character) || ignored.contains(character) => {}
            None => return Err(Undecodable::Character { position }),
        }
    }
    if kept.is_empty() { Err(Undecodable::Empty) } else { Ok(kept) }
}

fn decode(encoding: &data_encoding::Encoding, letters: &str) -> Decoded {
    let wrong_length = || Undecodable::Length { characters: count(letters.chars()) };
    let length = encoding.decode_len(letters.len()).map_err(|_| wrong_length())?;
    let mut bytes = Zeroizing::new(vec![0; length]);
    // What cannot be decoded leaves the beginning of a seed behind, which is wiped like all of it.
    let written = encoding.decode_mut(letters.as_bytes(), &mut bytes).map_err(|_| wrong_length())?;
    bytes.truncate(written);
    Ok(bytes)
}

/// Tells whether a character is a blank of any kind, or has no width.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn count(items: impl Iterator) -> u64 {
    u64::try_from(items.count()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_is_read_as_people_write_it() {
        for text in ["3132ab", "31 32 AB", "31:32:aB", "0x3132ab", " 0X31-32-ab", "31\u{a0}32ab\u{200b}"] {
            assert_eq!(hex(text).unwrap().as_slice(), b"\x31\x32\xab", "{text:?}");
        }
        assert_eq!(hex("313").unwrap_err(), Undecodable::Length { characters: 3 });
        assert_eq!(hex("0x31g2").unwrap_err(), Undecodable::Character { position: 5 });
        assert_eq!(hex(" ").unwrap_err(), Undecodable::Empty);
    }

    #[test]
    fn base32_is_read_with_and_without_padding() {
        for text in ["GEZDGNBV", "gezd gnbv", "GEZD-GNBV"] {
            assert_eq!(base32(text).unwrap().as_slice(), b"12345", "{text:?}");
        }
        assert_eq!(base32("GEZA====").unwrap().as_slice(), b"12");
        assert_eq!(base32("GE0DGNBV").unwrap_err(), Undecodable::Character { position: 3 });
        for length in [1, 3, 6] {
            let text = "A".repeat(length);
            assert!(matches!(base32(&text), Err(Undecodable::Length { .. })), "{length}");
        }
    }

    #[test]
    fn base64_may_be_broken_over_lines() {
        assert_eq!(base64("MTIz\n  NDU=\n").unwrap().as_slice(), b"12345");
        assert_eq!(base64("MTIz!DU=").unwrap_err(), Undecodable::Character { position: 5 });
        for text in ["MTIzNDU", "MTIzNDU==", "=MTI", "M"] {
            assert!(matches!(base64(text), Err(Undecodable::Length { .. })), "{text:?}");
        }
    }
}
