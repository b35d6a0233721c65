//! Integers of PSKC (RFC 6030 section 4.2): decimal text, or one of the four encodings that vendors use besides.

use super::super::secret;

/// The most bytes of a big-endian integer.
const LONGEST: usize = 8;

/// Reads a plain integer: decimal text; else base64 of ASCII digits or of big-endian bytes. Empty text is no value.
pub(super) fn plain(text: &str) -> Result<Option<i128>, NotAnInteger> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(value) = decimal(text) {
        return Ok(Some(value));
    }
    // What looks like a number but is none, as `1.0` or a number without end, is not base64 either.
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotAnInteger);
    }
    let bytes = secret::base64(text).map_err(|_| NotAnInteger)?;
    binary(&bytes).map(Some)
}

/// Reads a decrypted integer: ASCII digits or big-endian bytes.
pub(super) fn binary(bytes: &[u8]) -> Result<i128, NotAnInteger> {
    if let Some(value) = std::str::from_utf8(bytes).ok().and_then(decimal) {
        return Ok(value);
    }
    if bytes.is_empty() || bytes.len() > LONGEST {
        return Err(NotAnInteger);
    }
    let value = bytes.iter().fold(0_u64, |value, byte| value.wrapping_shl(8) | u64::from(*byte));
    Ok(i128::from(value))
}

fn decimal(text: &str) -> Option<i128> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_decimal = (1..=20).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_decimal { text.parse().ok() } else { None }
}

/// The value is no integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no integer")]
pub(super) struct NotAnInteger;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_five_encodings_give_the_same_number() {
        assert_eq!(plain("12345"), Ok(Some(12345)));
        assert_eq!(plain("MTIzNDU="), Ok(Some(12345)));
        assert_eq!(plain("MDk="), Ok(Some(9)));
        assert_eq!(plain("AAAAAAAAMDk="), Ok(Some(12345)));
        assert_eq!(binary(b"12345"), Ok(12345));
        assert_eq!(binary(b"\0\0\0\0\0\0\x30\x39"), Ok(12345));
    }

    #[test]
    fn digits_are_decimal_and_never_base64() {
        assert_eq!(plain("12345678"), Ok(Some(12_345_678)));
        assert_eq!(plain(" -1 "), Ok(Some(-1)));
        assert_eq!(plain(""), Ok(None));
        for text in ["1.0", "1e3", "123456789012345678901234", "!", "AAAAAAAAAAAAAAAA"] {
            assert_eq!(plain(text), Err(NotAnInteger), "{text}");
        }
        assert_eq!(binary(b""), Err(NotAnInteger));
        assert_eq!(binary(&[255; 8]), Ok(i128::from(u64::MAX)));
        assert_eq!(binary(&[1; 9]), Err(NotAnInteger));
    }
}
