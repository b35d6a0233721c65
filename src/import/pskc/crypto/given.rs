//! A pre-shared key, as people and vendors write it.

use super::super::super::guidance::without_line_end;
use super::super::super::secret;
use zeroize::Zeroizing;

/// The lengths of keys, in bytes.
const KEYS: [usize; 3] = [16, 24, 32];
/// The digits of the shortest one.
const DIGITS: usize = 32;
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Takes a pre-shared key as vendors hand it over: hexadecimal digits, or raw bytes; 16, 24 or 32 of them.
pub(super) fn pre_shared_key(given: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let text = std::str::from_utf8(given.strip_prefix(MARK).unwrap_or(given)).ok();
    let digits = text.and_then(|text| secret::hex(text.trim()).ok());
    if let Some(key) = digits.filter(|key| KEYS.contains(&key.len())) {
        return Some(key);
    }
    let line = without_line_end(given);
    // A text is a line, and one as long as the digits of a key is rather a slip of the pen than 32 raw bytes.
    let is_text = line.iter().all(|byte| matches!(byte, b' '..=b'~'));
    let raw = if is_text { [line, line] } else { [given, line] }.into_iter();
    let mut raw = raw.filter(|bytes| KEYS.contains(&bytes.len()) && !(is_text && bytes.len() == DIGITS));
    raw.next().map(|bytes| Zeroizing::new(bytes.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pre_shared_key_is_taken_in_every_way_vendors_hand_it_over() {
        let key = b"\x12\x34\x56\x78\x90\x12\x34\x56\x78\x90\x12\x34\x56\x78\x90\x12";
        for given in [
            b"12345678901234567890123456789012".as_slice(),
            b"12345678901234567890123456789012\r\n",
            b"\xef\xbb\xbf12345678 90123456 78901234 56789012\n",
            b"0x12345678901234567890123456789012",
            key,
            b"\x12\x34\x56\x78\x90\x12\x34\x56\x78\x90\x12\x34\x56\x78\x90\x12\n",
        ] {
            assert_eq!(pre_shared_key(given).unwrap().as_slice(), key, "{given:?}");
        }
        for given in [b"".as_slice(), b"1234", b"1234567890123456789012345678901"] {
            assert!(pre_shared_key(given).is_none(), "{given:?}");
        }
    }

    #[test]
    fn longer_keys_are_taken_too_and_digits_are_digits() {
        let length = |given: &[u8]| pre_shared_key(given).map(|key| key.len());
        assert_eq!(length(&[b'a'; 64]), Some(32));
        assert_eq!(length(&[b'a'; 48]), Some(24));
        assert_eq!(length(&[b'a'; 32]), Some(16));
        assert_eq!(length(&[0xf1; 32]), Some(32));
        assert_eq!(length(b"12345678901234567890123456789O12"), None);
        assert_eq!(length(b"not hexadecimal\n"), None);
        assert_eq!(length(&[b'1'; 24]), Some(24));
        assert_eq!(length(&[0x0a; 16]), Some(16));
        assert_eq!(length(b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\n\n"), Some(24));
    }
}
