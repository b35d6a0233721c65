//! Values as FreeRADIUS gives them to a program (`shell_escape = yes`): between double quotes, with backslashes before what is not plain.

use crate::host::Line;
use zeroize::Zeroizing;

/// Takes quotes and escapes off, once; nothing where a value is not exactly so.
pub fn unquote(value: &[u8]) -> Option<Line> {
    let mut rest = value.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut plain = Zeroizing::new(Vec::with_capacity(rest.len()));
    while let [first, after @ ..] = rest {
        let (byte, after) = match first {
            b'"' => return None,
            b'\\' => escaped(after)?,
            byte => (*byte, after),
        };
        plain.push(byte);
        rest = after;
    }
    Some(plain)
}

/// Reads what stands behind a backslash; gives the byte, and what follows it.
fn escaped(text: &[u8]) -> Option<(u8, &[u8])> {
    match text {
        [plain @ (b'"' | b'\\'), after @ ..] => Some((*plain, after)),
        [b'n', after @ ..] => Some((b'\n', after)),
        [b'r', after @ ..] => Some((b'\r', after)),
        [b't', after @ ..] => Some((b'\t', after)),
        [high @ b'0'..=b'3', middle @ b'0'..=b'7', low @ b'0'..=b'7', after @ ..] => {
            Some(((high & 3) << 6 | (middle & 7) << 3 | (low & 7), after))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What FreeRADIUS 3.2 does to a value (`fr_prints`): UTF-8 stays, other bytes and controls become octal.
    fn quote(value: &[u8]) -> Vec<u8> {
        let mut text = vec![b'"'];
        for part in value.utf8_chunks() {
            for letter in part.valid().chars() {
                match letter {
                    '"' => text.extend(b"\\\""),
                    '\\' => text.extend(b"\\\\"),
                    '\n' => text.extend(b"\\n"),
                    '\r' => text.extend(b"\\r"),
                    '\t' => text.extend(b"\\t"),
                    letter if letter.is_ascii_control() => text.extend(format!("\\{:03o}", u32::from(letter)).bytes()),
                    letter => text.extend(letter.to_string().bytes()),
                }
            }
            part.invalid().iter().for_each(|byte| text.extend(format!("\\{byte:03o}").bytes()));
        }
        text.push(b'"');
        text
    }

    #[test]
    fn i02_values_are_decoded_once_and_exactly() {
        // As FreeRADIUS 3.2.1 wrote them.
        for (value, plain) in [
            (&br#""jdupont""#[..], &b"jdupont"[..]),
            (br#""""#, b""),
            (br#""q\"b\\\\s%{User-Password}""#, br#"q"b\\s%{User-Password}"#),
            (b"\"a\\\"b\\\\\\001\\377\\n\\t\xc3\xa9%n\"", b"a\"b\\\x01\xff\n\t\xc3\xa9%n"),
            (br#""$(id) `id` ;&|""#, b"$(id) `id` ;&|"),
            (br#""12345678\000""#, b"12345678\0"),
        ] {
            assert_eq!(unquote(value).as_ref().map(|plain| plain.as_slice()), Some(plain), "{value:?}");
        }
    }

    #[test]
    fn i02_what_is_not_exactly_a_quoted_value_is_none() {
        for value in [
            &b""[..],
            b"\"",
            b"bob",
            b"\"bob",
            b"bob\"",
            br#""bo"b""#,
            br#""bob\""#,
            br#""\x""#,
            br#""\01""#,
            br#""\400""#,
            b"'bob'",
        ] {
            assert!(unquote(value).is_none(), "{value:?}");
        }
    }

    proptest! {
        #[test]
        fn i02_whatever_a_caller_sends_comes_out_as_it_went_in(value in proptest::collection::vec(any::<u8>(), 0..300)) {
            let plain = unquote(&quote(&value));
            prop_assert_eq!(plain.as_ref().map(|plain| plain.as_slice()), Some(value.as_slice()));
        }

        #[test]
        fn i02_no_value_of_a_variable_makes_it_fail(value in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = unquote(&value);
        }
    }
}
