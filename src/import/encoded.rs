//! Text on its way back into the encoding that its file has.

use super::encoding::Plan;
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Write};
use zeroize::Zeroizing;

/// The marks of encodings that a file may begin with.
const MARKS: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];

/// A file that is written like another one.
pub(super) struct Encoded<'a> {
    target: &'a mut dyn Write,
    plan: &'a Plan,
    /// What is written before the first text.
    mark: &'static [u8],
}

impl<'a> Encoded<'a> {
    /// Begins, with the mark that the beginning of the other one may have.
    pub(super) fn new(target: &'a mut dyn Write, plan: &'a Plan, start: &[u8]) -> Self {
        let mark = MARKS.into_iter().find(|mark| start.starts_with(mark)).unwrap_or_default();
        Self { target, plan, mark }
    }

    /// Writes a piece of text, which ends with a whole character.
    ///
    /// # Errors
    /// What the operating system says.
    pub(super) fn write(&mut self, text: &[u8]) -> io::Result<()> {
        self.target.write_all(std::mem::take(&mut self.mark))?;
        let Plan { encoding, only_carriage_returns, .. } = self.plan;
        if *encoding == UTF_8 && !only_carriage_returns {
            return self.target.write_all(text);
        }
        let text = std::str::from_utf8(text).map_err(|_| io::ErrorKind::InvalidData)?;
        let text = Zeroizing::new(if *only_carriage_returns { text.replace('\n', "\r") } else { text.to_owned() });
        let units = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
        let bytes: Zeroizing<Vec<u8>> = Zeroizing::new(match *encoding {
            encoding if encoding == UTF_16LE => units(u16::to_le_bytes),
            encoding if encoding == UTF_16BE => units(u16::to_be_bytes),
            encoding => encoding.encode(&text).0.into_owned(),
        });
        self.target.write_all(&bytes)
    }
}
