//! Streams cut into lines, without a copy of a secret left behind.

use super::{CHUNK, Line, TerminalError};
use std::io::{self, Read};
use zeroize::{Zeroize, Zeroizing};

/// How long a line is expected to be.
const USUAL: usize = 512;

/// Cuts a stream into lines; its buffer never grows, so that no copy of a secret is left behind.
pub struct Lines<R> {
    source: R,
    kept: Box<Zeroizing<[u8; CHUNK]>>,
    start: usize,
    end: usize,
    /// How many bytes may still be taken in all.
    left: usize,
    /// The rest of a line that was too long is still to be passed over.
    is_within: bool,
    /// What was read of a line that was too long.
    beginning: Line,
}

impl<R: Read> Lines<R> {
    /// Begins to read a stream of any length.
    pub fn new(source: R) -> Self {
        Self {
            source,
            kept: Box::new(Zeroizing::new([0; CHUNK])),
            start: 0,
            end: 0,
            left: usize::MAX,
            is_within: false,
            beginning: Line::default(),
        }
    }

    /// Bounds what is read in all.
    pub(super) fn at_most(self, left: usize) -> Self {
        Self { left, ..self }
    }

    /// Gives what was read and not yet taken, for whoever reads on.
    pub(super) fn take_kept(&mut self) -> io::Cursor<Line> {
        let kept = self.kept.get(self.start..self.end).unwrap_or_default();
        let kept = Zeroizing::new(kept.to_vec());
        self.kept.zeroize();
        (self.start, self.end) = (0, 0);
        io::Cursor::new(kept)
    }

    /// Gives what is kept, reading more when it is empty; an empty slice at the end of input.
    fn fill(&mut self) -> io::Result<&[u8]> {
        if self.start >= self.end {
            self.kept.zeroize();
            self.start = 0;
            self.end = self.source.read(self.kept.as_mut_slice())?;
        }
        Ok(self.kept.get(self.start..self.end).unwrap_or_default())
    }

    /// Gives the next line without its end, as [`super::Terminal::read_line`] does.
    ///
    /// # Errors
    /// As [`super::Terminal::read_line`]; after a line that is too long comes the one behind it.
    pub fn line(&mut self, limit: usize) -> Result<Option<Line>, TerminalError> {
        self.pass_over()?;
        let longest = limit.min(self.left);
        // No more than most lines need: all of it is wiped.
        let mut line = Zeroizing::new(Vec::with_capacity(USUAL.min(longest.saturating_add(1))));
        let mut ended = false;
        while !ended {
            let kept = self.fill()?;
            if kept.is_empty() {
                break;
            }
            let break_at = kept.iter().position(|byte| *byte == b'\n');
            let part = kept.get(..break_at.unwrap_or(kept.len())).unwrap_or_default();
            ended = break_at.is_some();
            if line.len().saturating_add(part.len()) > longest.saturating_add(1) {
                let room = longest.saturating_add(1).saturating_sub(line.len());
                push(&mut line, part.get(..room).unwrap_or_default());
                self.is_within = true;
                self.beginning = line;
                return Err(TerminalError::TooLong { limit: limit as u64 });
            }
            push(&mut line, part);
            let used = part.len().saturating_add(usize::from(ended));
            self.start = self.start.saturating_add(used);
            self.left = self.left.saturating_sub(used);
        }
        if !ended && line.is_empty() {
            return Ok(None);
        }
        let tail = if ended { b'\r' } else { b'\0' };
        if line.last() == Some(&tail) {
            line.pop();
        }
        if line.len() > longest {
            self.beginning = line;
            return Err(TerminalError::TooLong { limit: limit as u64 });
        }
        Ok(Some(line))
    }

    /// Gives what was read of the line that was too long, and no more than the limit and a byte.
    pub fn take_beginning(&mut self) -> Line {
        std::mem::take(&mut self.beginning)
    }

    /// Passes over what is left of a line that was too long.
    fn pass_over(&mut self) -> io::Result<()> {
        while self.is_within {
            let kept = self.fill()?;
            let break_at = kept.iter().position(|byte| *byte == b'\n');
            let used = break_at.map_or(kept.len(), |position| position.saturating_add(1));
            self.is_within = break_at.is_none() && !kept.is_empty();
            self.start = self.start.saturating_add(used);
        }
        Ok(())
    }

    /// Reads to the end of the stream.
    pub(super) fn rest(&mut self, limit: u64) -> Result<Line, TerminalError> {
        let mut all = Zeroizing::new(Vec::new());
        loop {
            let kept = self.fill()?;
            if kept.is_empty() {
                return Ok(all);
            }
            let kept = kept.to_vec();
            self.start = self.end;
            if (all.len() as u64).saturating_add(kept.len() as u64) > limit {
                return Err(TerminalError::TooLong { limit });
            }
            push(&mut all, &Zeroizing::new(kept));
        }
    }
}

/// Adds bytes; where there is no room, moves to a buffer of at least twice the size and wipes the former one.
pub fn push(line: &mut Line, more: &[u8]) {
    let needed = line.len().saturating_add(more.len());
    if needed > line.capacity() {
        let mut larger = Zeroizing::new(Vec::with_capacity(line.capacity().saturating_mul(2).max(needed)));
        larger.extend_from_slice(line);
        *line = larger;
    }
    line.extend_from_slice(more);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8], limit: usize) -> Vec<Option<Vec<u8>>> {
        let mut lines = Lines::new(text);
        (0..3).map(|_| lines.line(limit).unwrap().map(|line| line.to_vec())).collect()
    }

    #[test]
    fn one_line_end_is_taken_off_and_nothing_else() {
        let some = |text: &str| Some(text.as_bytes().to_vec());
        assert_eq!(lines(b"4576768950\n", 64), [some("4576768950"), None, None]);
        assert_eq!(lines(b"4576768950\r\n", 64), [some("4576768950"), None, None]);
        assert_eq!(lines(b"4576768950", 64), [some("4576768950"), None, None]);
        assert_eq!(lines(b"4576768950\0", 64), [some("4576768950"), None, None]);
        assert_eq!(lines(b" 1 \n\n2\r", 64), [some(" 1 "), some(""), some("2\r")]);
        assert_eq!(lines(b"", 64), [None, None, None]);
    }

    #[test]
    fn a_line_longer_than_the_limit_is_refused() {
        assert!(matches!(Lines::new(&b"12345\n"[..]).line(4), Err(TerminalError::TooLong { limit: 4 })));
        assert!(matches!(Lines::new(&[b'1'; 9000][..]).line(5000), Err(TerminalError::TooLong { .. })));
        assert_eq!(Lines::new(&b"1234\r\n"[..]).line(4).unwrap().unwrap().as_slice(), b"1234");
        assert_eq!(Lines::new(&[b'1'; 9000][..]).line(9000).unwrap().unwrap().len(), 9000);
    }

    #[test]
    fn the_line_after_one_that_is_too_long_is_read() {
        for long in ["12345", "12345\r", "123456", "1234\r\r", "1234567890"] {
            let text = format!("{long}\nnext\n\n{long}");
            let mut source = Lines::new(text.as_bytes());
            assert!(matches!(source.line(4), Err(TerminalError::TooLong { limit: 4 })), "{text:?}");
            assert_eq!(source.take_beginning().as_slice(), long.as_bytes().get(..5).unwrap_or_default(), "{text:?}");
            assert_eq!(source.line(4).unwrap().unwrap().as_slice(), b"next", "{text:?}");
            assert_eq!(source.line(4).unwrap().unwrap().as_slice(), b"", "{text:?}");
            assert!(matches!(source.line(4), Err(TerminalError::TooLong { limit: 4 })), "{text:?}");
            assert!(source.line(4).unwrap().is_none(), "{text:?}");
        }
    }

    #[test]
    fn what_was_read_ahead_is_handed_over() {
        let mut source = Lines::new(&b"first\nsecond\n"[..]);
        source.line(64).unwrap();
        let mut rest = String::new();
        source.take_kept().read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "second\n");
        assert!(source.line(64).unwrap().is_none());
    }

    #[test]
    fn the_rest_comes_after_the_lines_and_is_bounded() {
        let mut source = Lines::new(&b"first\nsecond\nthird"[..]);
        assert_eq!(source.line(64).unwrap().unwrap().as_slice(), b"first");
        assert_eq!(source.rest(64).unwrap().as_slice(), b"second\nthird");
        assert!(matches!(Lines::new(&[0; 70_000][..]).rest(69_999), Err(TerminalError::TooLong { .. })));
        assert_eq!(Lines::new(&[7; 70_000][..]).rest(70_000).unwrap().len(), 70_000);
    }
}
