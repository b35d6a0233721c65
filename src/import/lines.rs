//! Lines of files that are no tables: of a bounded length, one over the other, wiped in the end.

use super::Input;
use super::finding::Finding;
use super::problem::Problem;
use super::record::wide;
use super::secret;
use std::ops::Range;
use zeroize::Zeroizing;

/// The lines of a file.
pub(super) struct Lines<'a, 'b> {
    input: &'a mut Input<'b>,
    longest: usize,
    number: u64,
    /// Never longer than the longest line, so that it never moves.
    buffer: Zeroizing<Vec<u8>>,
}

/// A line that was read.
pub(super) struct Line<'a> {
    /// Its number, from 1.
    pub number: u64,
    /// Its text, without the line end; blanks at its end are cut off.
    pub text: &'a str,
}

impl Line<'_> {
    /// Makes a finding of the place of a piece of the line's text.
    pub(super) fn finding(&self, piece: &str, problem: Problem) -> Finding {
        match self.place_of(piece) {
            Some(Range { start, .. }) => {
                let before = self.text.get(..start).unwrap_or_default().chars().count();
                Finding::at(self.number, wide(before).saturating_add(1), problem)
            }
            None => Finding::on_line(self.number, problem),
        }
    }

    /// Finds where in the text a piece of it stands.
    fn place_of(&self, piece: &str) -> Option<Range<usize>> {
        let start = piece.as_ptr().addr().checked_sub(self.text.as_ptr().addr())?;
        let place = start..start.checked_add(piece.len())?;
        self.text.get(place.clone()).filter(|found| *found == piece).map(|_| place)
    }
}

impl<'a, 'b> Lines<'a, 'b> {
    /// Begins a file whose lines have so many bytes at most.
    pub(super) fn new(input: &'a mut Input<'b>, longest: usize) -> Self {
        Self { input, longest, number: 0, buffer: Zeroizing::new(Vec::with_capacity(longest)) }
    }

    /// Gives the next line, blank or not.
    ///
    /// # Errors
    /// A finding for this line; the next call goes on after it, unless the file cannot be read any further.
    pub(super) fn next(&mut self) -> Option<Result<Line<'_>, Finding>> {
        self.buffer.clear();
        self.number = self.number.saturating_add(1);
        let fail = |number, problem| Some(Err(Finding::on_line(number, problem)));
        match self.read() {
            Ok(0) => return None,
            Ok(length) if length > self.longest => {
                return fail(self.number, Problem::LineTooLong { allowed: wide(self.longest) });
            }
            Ok(_) => {}
            Err(_) => return fail(self.number, Problem::Unreadable),
        }
        match std::str::from_utf8(&self.buffer) {
            Ok(text) => Some(Ok(Line { number: self.number, text: text.trim_end_matches(secret::is_blank) })),
            Err(_) => fail(self.number, Problem::EncodingInvalid),
        }
    }

    /// Reads a line into the buffer, as much of it as is allowed; gives its length.
    fn read(&mut self) -> std::io::Result<usize> {
        let mut length: usize = 0;
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok(length);
            }
            let end = memchr::memchr(b'\n', available).map(|at| at.saturating_add(1));
            let piece = available.get(..end.unwrap_or(available.len())).unwrap_or(available);
            let taken = piece.len();
            length = length.saturating_add(taken);
            if length <= self.longest {
                self.buffer.extend_from_slice(piece);
            }
            self.input.consume(taken);
            if end.is_some() {
                return Ok(length);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_numbers_places_and_a_longest_length() {
        let text = format!("a b\r\n\n{}\né c", "x".repeat(100));
        let mut input = text.as_bytes();
        let mut lines = Lines::new(&mut input, 16);
        assert_eq!(lines.next().unwrap().unwrap().text, "a b");
        assert_eq!(lines.next().unwrap().unwrap().text, "");
        assert_eq!(lines.next().unwrap().err().unwrap().problem, Problem::LineTooLong { allowed: 16 });
        let last = lines.next().unwrap().unwrap();
        let place = |piece: &str| last.finding(piece, Problem::SeedMissing);
        assert_eq!((place(&last.text[3..]).line, place(&last.text[3..]).column), (4, Some(3)));
        assert_eq!(place("elsewhere").column, None);
        assert!(lines.next().is_none());
    }
}
