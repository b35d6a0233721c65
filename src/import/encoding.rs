//! Unwrapping of text: whatever encoding a vendor's tool wrote becomes UTF-8 with plain line ends.
//!
//! A file is read twice, a piece at a time: the [`Surveyor`] finds out how it is to be decoded and whether it can be, then
//! [`Text`] gives the text to a reader. Neither keeps more than a piece.

use super::finding::Finding;
use super::problem::Problem;
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, BufRead, Read};
use zeroize::Zeroizing;

/// How much of a file is decoded at once. The fuzzer's files are small: they are to cross the edges of pieces as well, and to wipe such
/// buffers would be four fifths of its work. Pieces of the true size are cut by the tests.
pub(super) const PIECE: usize = if cfg!(fuzzing) { 2 * 1024 } else { 64 * 1024 };

const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";
/// Where an XML declaration must have ended.
const DECLARATION_WITHIN: usize = 200;
/// What Windows appends to a text: NULs, and the SUB that once ended files.
const TAIL: [u8; 2] = [0, 0x1a];

/// How the bytes of a file become text.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// Carriage returns end its lines, as there is no line feed in it.
    pub only_carriage_returns: bool,
    /// What somebody should know of a guess.
    pub warning: Option<Finding>,
}

/// Looks at the bytes of a file as they pass.
pub(super) struct Surveyor {
    encoding: &'static Encoding,
    is_xml: bool,
    decoder: Decoder,
    text: Zeroizing<Vec<u8>>,
    seen: Seen,
    warning: Option<Finding>,
    failed: Option<Finding>,
}

/// What was seen of the text so far.
#[derive(Default)]
struct Seen {
    line_feeds: u64,
    carriage_return: bool,
    /// The line of the first NUL, which only the tail may have.
    nul: Option<u64>,
}

impl Surveyor {
    /// Begins with the first piece of a file, by which its encoding is known unless it turns out to be another.
    pub(super) fn new(first: &[u8]) -> Self {
        let (encoding, failed) = match encoding_of(first) {
            Ok(encoding) => (encoding, None),
            Err(finding) => (UTF_8, Some(finding)),
        };
        let is_xml = wide_encoding(first).is_none() && is_xml(first);
        let decoder = encoding.new_decoder_with_bom_removal();
        Self {
            encoding,
            is_xml,
            decoder,
            text: Zeroizing::new(Vec::new()),
            seen: Seen::default(),
            warning: None,
            failed,
        }
    }

    /// Takes the next piece; an empty one ends the file.
    pub(super) fn take(&mut self, piece: &[u8]) {
        let mut rest = piece;
        while self.failed.is_none() {
            let room = self.decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(0);
            if self.text.len() < room {
                self.text = Zeroizing::new(vec![0; room]);
            }
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(rest, &mut self.text, piece.is_empty());
            if let Err(finding) = self.seen.take(self.text.get(..written).unwrap_or_default()) {
                self.failed = Some(finding);
                return;
            }
            if result == DecoderResult::InputEmpty {
                return;
            }
            self.fall_back();
            rest = rest.get(read..).unwrap_or_default();
        }
    }

    /// Takes a text that is not UTF-8 for what Excel on a French Windows writes; any other encoding was declared.
    fn fall_back(&mut self) {
        let line = self.seen.line_feeds.saturating_add(1);
        if self.encoding != UTF_8 || self.is_xml || self.seen.nul.is_some() {
            self.failed = Some(Finding::on_line(line, Problem::EncodingInvalid));
            return;
        }
        self.encoding = WINDOWS_1252;
        self.decoder = WINDOWS_1252.new_decoder_without_bom_handling();
        self.warning = Some(Finding::on_line(line, Problem::EncodingAssumed));
    }

    /// Ends the file.
    ///
    /// # Errors
    /// A finding for a NUL, an unknown encoding, or bytes that are not in the declared one.
    pub(super) fn finish(mut self) -> Result<Plan, Finding> {
        self.take(&[]);
        match self.failed {
            Some(finding) => Err(finding),
            None => Ok(Plan {
                encoding: self.encoding,
                only_carriage_returns: self.seen.carriage_return && self.seen.line_feeds == 0,
                warning: self.warning,
            }),
        }
    }
}

impl Seen {
    /// Takes a piece of the text.
    fn take(&mut self, text: &[u8]) -> Result<(), Finding> {
        self.carriage_return |= memchr::memchr(b'\r', text).is_some();
        let nul = memchr::memchr(0, text);
        if let Some(line) = self.nul
            && !text.iter().all(|byte| TAIL.contains(byte))
        {
            return Err(Finding::on_line(line, Problem::NulByte));
        }
        if let Some(position) = nul
            && self.nul.is_none()
        {
            let (before, after) = text.split_at_checked(position).unwrap_or((text, &[]));
            let line = self.line_feeds.saturating_add(count_line_feeds(before)).saturating_add(1);
            if !after.iter().all(|byte| TAIL.contains(byte)) {
                return Err(Finding::on_line(line, Problem::NulByte));
            }
            self.nul = Some(line);
        }
        self.line_feeds = self.line_feeds.saturating_add(count_line_feeds(text));
        Ok(())
    }
}

/// Counts the line feeds of a text.
fn count_line_feeds(text: &[u8]) -> u64 {
    super::record::wide(memchr::memchr_iter(b'\n', text).count())
}

fn encoding_of(first: &[u8]) -> Result<&'static Encoding, Finding> {
    if let Some(encoding) = wide_encoding(first) {
        return Ok(encoding);
    }
    let declared = if is_xml(first) { declared(first)? } else { None };
    Ok(declared.unwrap_or(UTF_8))
}

fn is_xml(first: &[u8]) -> bool {
    first.strip_prefix(UTF_8_MARK).unwrap_or(first).trim_ascii_start().starts_with(b"<")
}

/// Recognises UTF-16 by its mark, or by ASCII characters between NULs.
fn wide_encoding(first: &[u8]) -> Option<&'static Encoding> {
    match first {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [1..=255, 0, 1..=255, 0, ..] => Some(UTF_16LE),
        [0, 1..=255, 0, 1..=255, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// Finds the encoding that an XML declaration names; UTF-16 in a file of single bytes is a leftover.
fn declared(first: &[u8]) -> Result<Option<&'static Encoding>, Finding> {
    let start = first.strip_prefix(UTF_8_MARK).unwrap_or(first).trim_ascii_start();
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

/// The text of a file, decoded a piece at a time.
pub(super) struct Text<'a> {
    source: &'a mut (dyn Read + Send),
    decoder: Decoder,
    only_carriage_returns: bool,
    raw: Zeroizing<Vec<u8>>,
    text: Zeroizing<Vec<u8>>,
    start: usize,
    end: usize,
    /// How many SUBs came last: they are given when something follows.
    held: usize,
    ended: bool,
}

impl<'a> Text<'a> {
    /// Begins to read a file that was surveyed.
    pub(super) fn new(source: &'a mut (dyn Read + Send), plan: &Plan) -> Self {
        let decoder = plan.encoding.new_decoder_with_bom_removal();
        let room = decoder.max_utf8_buffer_length_without_replacement(PIECE).unwrap_or(PIECE).saturating_add(PIECE);
        Self {
            source,
            decoder,
            only_carriage_returns: plan.only_carriage_returns,
            raw: Zeroizing::new(vec![0; PIECE]),
            text: Zeroizing::new(vec![0; room]),
            start: 0,
            end: 0,
            held: 0,
            ended: false,
        }
    }

    /// Decodes the next piece that gives any text.
    fn decode(&mut self) -> io::Result<()> {
        while self.start >= self.end && !self.ended {
            let read = read_piece(self.source, &mut self.raw)?;
            self.ended = read == 0;
            if self.held > PIECE {
                return Err(io::Error::other("too many SUB characters"));
            }
            let raw = self.raw.get(..read).unwrap_or_default();
            let held = self.held;
            let target = self.text.get_mut(held..).unwrap_or_default();
            let (result, _, written) = self.decoder.decode_to_utf8_without_replacement(raw, target, self.ended);
            if result != DecoderResult::InputEmpty {
                // The survey decoded these bytes, so they are others now.
                return Err(io::Error::other("the file changes while it is read"));
            }
            let end = held.saturating_add(written);
            if let Some(front) = self.text.get_mut(..held) {
                front.fill(0x1a);
            }
            let text = self.text.get_mut(..end).unwrap_or_default();
            if self.only_carriage_returns {
                text.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
            }
            let text = match memchr::memchr(0, text) {
                // The survey has seen that nothing follows but more of the tail.
                Some(nul) => {
                    self.ended = true;
                    text.get(..nul).unwrap_or_default()
                }
                None => text,
            };
            let end = text.len();
            let kept = text.iter().rposition(|byte| !TAIL.contains(byte)).map_or(0, |last| last.saturating_add(1));
            self.held = end.saturating_sub(kept);
            (self.start, self.end) = (0, kept);
        }
        Ok(())
    }
}

impl Read for Text<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let mut available = self.fill_buf()?;
        let length = available.read(target)?;
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Text<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.decode()?;
        Ok(self.text.get(self.start..self.end).unwrap_or_default())
    }

    fn consume(&mut self, length: usize) {
        self.start = self.start.saturating_add(length).min(self.end);
    }
}

/// Fills a buffer as far as the stream goes.
pub(super) fn read_piece(source: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(room) = buffer.get_mut(filled..).filter(|room| !room.is_empty()) {
        match source.read(room) {
            Ok(0) => break,
            Ok(read) => filled = filled.saturating_add(read),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Surveys and reads a file in pieces of some bytes.
    fn read_in(pieces: usize, bytes: &[u8]) -> Result<String, &'static str> {
        let mut surveyor = Surveyor::new(bytes);
        bytes.chunks(pieces).for_each(|piece| surveyor.take(piece));
        let plan = surveyor.finish().map_err(|finding| finding.problem.code())?;
        let mut text = String::new();
        let mut source = bytes;
        Text::new(&mut source, &plan).read_to_string(&mut text).unwrap();
        Ok(plan.warning.map_or(text.clone(), |finding| format!("{text} ({})", finding.problem.code())))
    }

    fn read(bytes: &[u8]) -> Result<String, &'static str> {
        let whole = read_in(PIECE, bytes);
        for pieces in [1, 2, 3, 7] {
            assert_eq!(read_in(pieces, bytes), whole, "{bytes:?} in pieces of {pieces}");
        }
        whole
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
        assert_eq!(read(b"a,b\x1a\nc\x1a").unwrap(), "a,b\x1a\nc");
    }

    #[test]
    fn what_cannot_be_decoded_is_refused() {
        assert_eq!(read(b"abc\0d"), Err("nul-byte"));
        assert_eq!(read(b"<a>\xe9</a>"), Err("encoding-invalid"));
        assert_eq!(read(b"<?xml version='1.0' encoding='klingon'?><a/>"), Err("encoding-unknown"));
        assert_eq!(read(b"\xff\xfea\0\x00\xd8b\0"), Err("encoding-invalid"));
        assert_eq!(read(b"a,\xc3"), Ok("a,Ã (encoding-assumed)".to_owned()));
    }

    #[test]
    fn characters_that_tools_append_may_be_cut_by_the_end_of_a_piece() {
        let long = [vec![b'a'; PIECE - 1], b"\x1a\x1abcd".to_vec(), vec![0; PIECE]].concat();
        let text = read_in(PIECE, &long).unwrap();
        assert_eq!((text.len(), &text[PIECE - 1..]), (PIECE + 4, "\x1a\x1abcd"));
        let allocated = [b"a,b\n".to_vec(), vec![0; 5 * PIECE]].concat();
        assert_eq!(read_in(PIECE, &allocated).unwrap(), "a,b\n");
    }
}
