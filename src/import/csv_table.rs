//! Tables of vendors: lines of a bounded length, cells with their exact place, the delimiter found by looking.
//!
//! Lines are read here and not by the csv crate: its buffers are not wiped, and a record has no longest length.

use super::Input;
use super::cells::{Cells, Delimiter, Row, split_row};
use super::finding::Finding;
use super::problem::Problem;
use super::{record, secret};
use std::io::BufRead;
use zeroize::Zeroizing;

/// The longest line, in bytes.
pub(super) const LONGEST_LINE: usize = 4096;
/// How many lines the delimiter is sought in.
const LINES_TO_SNIFF: usize = 20;

/// What is tried, in order of preference; blanks only when nothing else makes a table.
const DELIMITERS: [Delimiter; 3] = [Delimiter::One(b';'), Delimiter::One(b'\t'), Delimiter::One(b',')];

/// A table that is being read.
pub(super) struct Table<'a> {
    lines: Lines<'a>,
    delimiter: Delimiter,
    cells: Cells,
}

impl<'a> Table<'a> {
    /// Begins a table.
    pub(super) fn new(input: &'a mut Input<'_>, delimiter: Delimiter) -> Self {
        Self { lines: Lines::new(input), delimiter, cells: Cells::default() }
    }

    /// Gives the next row that is neither blank nor a comment.
    ///
    /// # Errors
    /// A finding for this line; the next call goes on after it.
    pub(super) fn next(&mut self) -> Option<Result<Row<'_>, Finding>> {
        let text = loop {
            match self.lines.next()? {
                Ok(Content::Comment) => {}
                Ok(Content::Row) => break self.lines.text(),
                Err(finding) => return Some(Err(finding)),
            }
        };
        Some(split_row(self.lines.line, text, self.delimiter, &mut self.cells))
    }
}

/// What a line is.
enum Content {
    Row,
    Comment,
}

/// The lines of a table, each over the one before.
struct Lines<'a> {
    input: &'a mut Input<'a>,
    line: u64,
    /// Never longer than [`LONGEST_LINE`], so that it never moves; wiped at the end.
    buffer: Zeroizing<Vec<u8>>,
}

impl<'a> Lines<'a> {
    fn new(input: &'a mut Input<'_>) -> Self {
        Self { input, line: 0, buffer: Zeroizing::new(Vec::with_capacity(LONGEST_LINE)) }
    }

    /// Reads the next line that is not blank.
    fn next(&mut self) -> Option<Result<Content, Finding>> {
        loop {
            self.buffer.clear();
            self.line = self.line.saturating_add(1);
            let fail = |problem| Some(Err(Finding::on_line(self.line, problem)));
            match read_line(self.input, &mut self.buffer) {
                Ok(Line::None) => return None,
                Ok(Line::Whole) => {}
                Ok(Line::TooLong) => return fail(Problem::LineTooLong { allowed: record::wide(LONGEST_LINE) }),
                Err(_) => return fail(Problem::Unreadable),
            }
            let Ok(text) = std::str::from_utf8(&self.buffer) else { return fail(Problem::EncodingInvalid) };
            match text.trim_start_matches(secret::is_blank).bytes().next() {
                None => {}
                Some(b'#') => return Some(Ok(Content::Comment)),
                Some(_) => return Some(Ok(Content::Row)),
            }
        }
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.buffer).unwrap_or_default().trim_end_matches(['\r', '\n'])
    }
}

enum Line {
    None,
    Whole,
    TooLong,
}

/// Reads a line; what is beyond the longest is passed over and not kept.
fn read_line(input: &mut dyn BufRead, buffer: &mut Vec<u8>) -> std::io::Result<Line> {
    let mut length: usize = 0;
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            break;
        }
        let end = memchr::memchr(b'\n', available).map(|at| at.saturating_add(1));
        let piece = available.get(..end.unwrap_or(available.len())).unwrap_or(available);
        let taken = piece.len();
        length = length.saturating_add(taken);
        if length <= LONGEST_LINE {
            buffer.extend_from_slice(piece);
        }
        input.consume(taken);
        if end.is_some() {
            break;
        }
    }
    Ok(match length {
        0 => Line::None,
        1..=LONGEST_LINE => Line::Whole,
        _ => Line::TooLong,
    })
}

/// Gives what of a file's start is enough to look at.
pub(super) fn head(start: &[u8]) -> &[u8] {
    start.get(..LONGEST_LINE.saturating_mul(2)).unwrap_or(start)
}

/// The beginning of a table, whatever comments stand before it.
#[derive(Default)]
pub(super) struct Opening {
    /// The first line, when it is a comment.
    pub comment: String,
    /// The first lines that are neither blank nor comments.
    pub rows: Zeroizing<String>,
}

impl Opening {
    /// Reads the beginning of a table.
    pub(super) fn read(input: &mut Input<'_>) -> Self {
        let mut opening = Self {
            comment: String::new(),
            rows: Zeroizing::new(String::with_capacity(LONGEST_LINE.saturating_add(1).saturating_mul(LINES_TO_SNIFF))),
        };
        let mut lines = Lines::new(input);
        let (mut rows, mut first) = (0, true);
        while let Some(content) = lines.next() {
            match content {
                Ok(Content::Comment) if first => opening.comment = lines.text().to_owned(),
                Ok(Content::Row) => {
                    opening.rows.push_str(lines.text());
                    opening.rows.push('\n');
                    rows = usize::saturating_add(rows, 1);
                }
                Err(finding) if finding.problem == Problem::Unreadable => break,
                Ok(Content::Comment) | Err(_) => {}
            }
            first = false;
            if rows == LINES_TO_SNIFF {
                break;
            }
        }
        opening
    }
}

/// Finds the delimiter that gives the most lines of the same width, two cells at least.
pub(super) fn delimiter(rows: &str) -> Delimiter {
    let mut best = (0, Delimiter::One(b','));
    let mut cells = Cells::default();
    for delimiter in DELIMITERS.into_iter().chain([Delimiter::Blanks]) {
        // A tab is a blank too. Rows in one quoted cell each are split again when they are read.
        let settled = best.0 > 0 && best.1 != Delimiter::One(b'\t');
        if delimiter == Delimiter::Blanks && (settled || rows.starts_with('"')) {
            break;
        }
        let mut widths = Vec::with_capacity(LINES_TO_SNIFF);
        for line in rows.lines().take(LINES_TO_SNIFF) {
            if cells.split(line, delimiter) {
                widths.push(Row::new(1, line, &cells).len());
            }
        }
        let alike = |width: usize| widths.iter().filter(|other| **other == width).count();
        let score = widths.iter().filter(|width| **width >= 2).map(|width| alike(*width)).max().unwrap_or(0);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_makes_a_table() {
        assert_eq!(delimiter("a;b,c;d\ne;f;g\n"), Delimiter::One(b';'));
        assert_eq!(delimiter("a\tb\nc\td\n"), Delimiter::One(b'\t'));
        assert_eq!(delimiter("a,b\n"), Delimiter::One(b','));
        assert_eq!(delimiter("a  b\nc d\n"), Delimiter::Blanks);
        assert_eq!(delimiter("a b\nc d\ne\tf\n"), Delimiter::Blanks);
        assert_eq!(delimiter("a b\tc\nd e\tf\n"), Delimiter::One(b'\t'));
        assert_eq!(delimiter("\"a a,b\"\n\"c c,d\"\n"), Delimiter::One(b','));
        assert_eq!(delimiter("abc"), Delimiter::One(b','));
    }

    #[test]
    fn d09_a_line_without_end_is_told_and_not_kept() {
        let long = format!("a,b\n{},c\nd,e\n", "x".repeat(100_000));
        let mut input = long.as_bytes();
        let mut table = Table::new(&mut input, Delimiter::One(b','));
        assert_eq!(table.next().unwrap().unwrap().line, 1);
        assert_eq!(table.next().unwrap().err().unwrap().problem, Problem::LineTooLong { allowed: 4096 });
        assert_eq!(table.next().unwrap().unwrap().line, 3);
        assert!(table.next().is_none());
    }

    #[test]
    fn the_beginning_is_what_stands_after_any_length_of_comments() {
        let text = format!("# version: 2\n{}\n a,b\n# x\nc,d\n", "# nothing to see here\n".repeat(5_000));
        let opening = Opening::read(&mut text.as_bytes());
        assert_eq!((opening.comment.as_str(), opening.rows.as_str()), ("# version: 2", " a,b\nc,d\n"));
    }
}
