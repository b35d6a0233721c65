//! Unwrapping of text: whatever encoding a vendor's tool wrote becomes UTF-8 with plain line ends.

use super::finding::{Finding, Problem};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use zeroize::Zeroizing;

const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";
/// Where an XML declaration must have ended.
const DECLARATION_WITHIN: usize = 200;

/// The text of a file: borrowed where nothing had to change, else a copy that is wiped.
pub(super) enum Text<'a> {
    Borrowed(&'a [u8]),
    Owned(Zeroizing<Vec<u8>>),
}

impl Text<'_> {
    /// Gives the bytes, which are UTF-8.
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Borrowed(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }
}

/// Gives a file's text as UTF-8 without mark, and the warning that a guess deserves.
///
/// # Errors
/// A finding for a NUL, an unknown encoding, or bytes that are not in the declared one.
pub(super) fn unwrap(bytes: &[u8]) -> Result<(Text<'_>, Option<Finding>), Finding> {
    let (text, warning) = to_utf_8(bytes)?;
    let body = text.bytes();
    let length = body.iter().rposition(|byte| !matches!(byte, 0 | 0x1a)).map_or(0, |last| last.saturating_add(1));
    let kept = body.get(..length).unwrap_or(body);
    if let Some(position) = kept.iter().position(|byte| *byte == 0) {
        return Err(Finding::on_line(line_of(kept, position), Problem::NulByte));
    }
    let only_carriage_returns = kept.contains(&b'\r') && !kept.contains(&b'\n');
    if only_carriage_returns {
        let lines = kept.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect();
        return Ok((Text::Owned(Zeroizing::new(lines)), warning));
    }
    let text = match text {
        Text::Borrowed(bytes) => Text::Borrowed(bytes.get(..length).unwrap_or(bytes)),
        Text::Owned(mut bytes) => {
            bytes.truncate(length);
            Text::Owned(bytes)
        }
    };
    Ok((text, warning))
}

fn to_utf_8(bytes: &[u8]) -> Result<(Text<'_>, Option<Finding>), Finding> {
    if let Some(encoding) = wide_encoding(bytes) {
        return Ok((decode(bytes, encoding)?, None));
    }
    let body = bytes.strip_prefix(UTF_8_MARK).unwrap_or(bytes);
    let is_xml = body.trim_ascii_start().starts_with(b"<");
    let declared = if is_xml { declared(body)? } else { None };
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        return Ok((decode(body, encoding)?, None));
    }
    match std::str::from_utf8(body) {
        Ok(_) => Ok((Text::Borrowed(body), None)),
        Err(error) => {
            let line = line_of(body, error.valid_up_to());
            if is_xml || body.contains(&0) {
                return Err(Finding::on_line(line, Problem::EncodingInvalid));
            }
            // Excel on a French Windows saves CSV so.
            Ok((decode(body, WINDOWS_1252)?, Some(Finding::on_line(line, Problem::EncodingAssumed))))
        }
    }
}

/// Recognises UTF-16 by its mark, or by ASCII characters between NULs.
fn wide_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [1..=255, 0, 1..=255, 0, ..] => Some(UTF_16LE),
        [0, 1..=255, 0, 1..=255, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// Finds the encoding that an XML declaration names; UTF-16 in a file of single bytes is a leftover.
fn declared(bytes: &[u8]) -> Result<Option<&'static Encoding>, Finding> {
    let start = bytes.trim_ascii_start();
    let start = start.get(..DECLARATION_WITHIN).unwrap_or(start);
    let Some(declaration) = start
        .strip_prefix(b"<?xml")
        .and_then(|rest| rest.split(|byte| *byte == b'>').next())
        .map(String::from_utf8_lossy)
    else {
        return Ok(None);
    };
    let Some(value) = declaration.split_once("encoding").map(|(_, rest)| rest) else {
        return Ok(None);
    };
    let label: String = value
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''))
        .chars()
        .take_while(|c| !matches!(c, '"' | '\''))
        .collect();
    match Encoding::for_label(label.trim().as_bytes()) {
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(None),
        Some(encoding) => Ok(Some(encoding)),
        None => Err(Finding::on_line(1, Problem::EncodingUnknown)),
    }
}

fn decode<'a>(bytes: &[u8], encoding: &'static Encoding) -> Result<Text<'a>, Finding> {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0);
    let mut text = Zeroizing::new(vec![0; room]);
    let (result, _, written) = decoder.decode_to_utf8_without_replacement(bytes, &mut text, true);
    text.truncate(written);
    match result {
        encoding_rs::DecoderResult::InputEmpty => Ok(Text::Owned(text)),
        _ => Err(Finding::on_line(line_of(&text, text.len()), Problem::EncodingInvalid)),
    }
}

fn line_of(text: &[u8], position: usize) -> u64 {
    let before = text.get(..position).unwrap_or(text).iter().filter(|byte| **byte == b'\n').count();
    super::record::wide(before).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<String, &'static str> {
        match unwrap(bytes) {
            Ok((text, warning)) => {
                let text = String::from_utf8(text.bytes().to_vec()).unwrap();
                Ok(warning.map_or(text.clone(), |finding| format!("{text} ({})", finding.problem.code())))
            }
            Err(finding) => Err(finding.problem.code()),
        }
    }

    #[test]
    fn every_encoding_of_vendors_becomes_utf_8() {
        assert_eq!(read(b"\xef\xbb\xbfa,\xc3\xa9").unwrap(), "a,é");
        assert_eq!(read(b"\xff\xfea\0,\0\xe9\0").unwrap(), "a,é");
        assert_eq!(read(b"\xfe\xff\0a\0,\0\xe9").unwrap(), "a,é");
        assert_eq!(read(b"a\0,\0b\0").unwrap(), "a,b");
        assert_eq!(read(b"a,\xe9").unwrap(), "a,é (encoding-assumed)");
        assert_eq!(read(b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>").unwrap().chars().count(), 51);
        assert_eq!(read(b"<?xml version='1.0' encoding='utf-16'?><a/>").unwrap().len(), 43);
    }

    #[test]
    fn line_ends_and_what_windows_appends_are_levelled() {
        assert_eq!(read(b"a,b\rc,d\r").unwrap(), "a,b\nc,d\n");
        assert_eq!(read(b"a,b\r\nc\r\n\x1a\0\0").unwrap(), "a,b\r\nc\r\n");
    }

    #[test]
    fn what_cannot_be_decoded_is_refused() {
        assert_eq!(read(b"abc\0d"), Err("nul-byte"));
        assert_eq!(read(b"<a>\xe9</a>"), Err("encoding-invalid"));
        assert_eq!(read(b"<?xml version='1.0' encoding='klingon'?><a/>"), Err("encoding-unknown"));
        assert_eq!(read(b"\xff\xfea\0\x00\xd8b\0"), Err("encoding-invalid"));
    }
}
