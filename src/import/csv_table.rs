//! Tables of vendors: lines of a bounded length, cells with their exact place, the delimiter found by looking.
//!
//! Lines are split by csv-core and not by the csv crate: its buffers are not wiped, a record has no longest length, and it
//! does not tell the column of a cell. A cell never spans lines in a seed file.

use super::finding::Finding;
use super::problem::Problem;
use super::{record, secret};
use std::io::BufRead;
use zeroize::{Zeroize, Zeroizing};

/// The longest line, in bytes.
const LONGEST_LINE: usize = 4096;
/// How many lines the delimiter is sought in.
const LINES_TO_SNIFF: usize = 20;
/// What separates cells, in order of preference.
const DELIMITERS: [char; 3] = [';', '\t', ','];

/// A cell, and where it begins.
pub(super) struct Cell {
    /// The text, freed of quotes, blanks at its ends, and what protects it from spreadsheets.
    pub text: Zeroizing<String>,
    /// The character at which it begins, from 1.
    pub column: u64,
}

/// A line with its cells.
pub(super) struct Row {
    /// The line, from 1.
    pub line: u64,
    /// The cells; trailing empty ones are left out.
    pub cells: Vec<Cell>,
}

impl Row {
    /// Gives a cell that is not empty.
    pub(super) fn cell(&self, number: usize) -> Option<&Cell> {
        self.cells.get(number).filter(|cell| !cell.text.is_empty())
    }

    /// Makes a finding of a cell, or of the line when there is none.
    pub(super) fn finding(&self, cell: Option<&Cell>, problem: Problem) -> Finding {
        match cell {
            Some(cell) => Finding::at(self.line, cell.column, problem),
            None => Finding::on_line(self.line, problem),
        }
    }
}

/// A table that is being read.
pub(super) struct Table<'a> {
    input: &'a mut dyn BufRead,
    delimiter: char,
    line: u64,
    buffer: Vec<u8>,
}

impl<'a> Table<'a> {
    /// Begins a table, and finds its delimiter in what the stream has ready.
    pub(super) fn new(input: &'a mut dyn BufRead) -> Self {
        let delimiter = input
            .fill_buf()
            .map_or(',', |start| delimiter(&Zeroizing::new(String::from_utf8_lossy(head(start)).into_owned())));
        Self { input, delimiter, line: 0, buffer: Vec::with_capacity(LONGEST_LINE) }
    }

    /// Gives the next row that is neither blank nor a comment.
    ///
    /// # Errors
    /// A finding for this line; the next call goes on after it.
    pub(super) fn next(&mut self) -> Option<Result<Row, Finding>> {
        loop {
            self.buffer.as_mut_slice().zeroize();
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
            let content = text.trim_matches(secret::is_blank);
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            return Some(match cells(text.trim_end_matches(['\r', '\n']), self.delimiter) {
                Some(cells) => Ok(Row { line: self.line, cells }),
                None => Err(Finding::on_line(self.line, Problem::QuoteNotClosed)),
            });
        }
    }

    /// Splits a row again whose cells all stand in one quoted cell (Excel, when somebody typed the commas).
    pub(super) fn split_again(row: Row) -> Row {
        let [only] = row.cells.as_slice() else { return row };
        let inner = delimiter(&only.text);
        match cells(&only.text, inner) {
            Some(cells) if cells.len() > 1 => Row { line: row.line, cells },
            _ => row,
        }
    }
}

impl Drop for Table<'_> {
    fn drop(&mut self) {
        self.buffer.zeroize();
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
        let end = available.iter().position(|byte| *byte == b'\n').map(|at| at.saturating_add(1));
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

/// Gives the lines of a start that are neither blank nor comments.
pub(super) fn lines_of(start: &str) -> impl Iterator<Item = &str> {
    let content = |line: &&str| !line.trim_matches(secret::is_blank).is_empty() && !line.trim_start().starts_with('#');
    start.lines().filter(content).take(LINES_TO_SNIFF)
}

/// Finds the delimiter that gives the most lines of the same width, two cells at least.
pub(super) fn delimiter(start: &str) -> char {
    let mut best = (0, ',');
    for delimiter in DELIMITERS {
        let widths: Vec<usize> =
            lines_of(start).filter_map(|line| cells(line, delimiter)).map(|cells| cells.len()).collect();
        let alike = |width: usize| widths.iter().filter(|other| **other == width).count();
        let score = widths.iter().filter(|width| **width >= 2).map(|width| alike(*width)).max().unwrap_or(0);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// Splits a line (RFC 4180 section 2); nothing when a quote is not closed.
pub(super) fn cells(line: &str, delimiter: char) -> Option<Vec<Cell>> {
    let mut cells = Vec::new();
    if line.is_empty() {
        return Some(cells);
    }
    let separator = u8::try_from(delimiter).ok()?;
    // Only the line feed that we give ends a line: a carriage return within one is a blank.
    let end = csv_core::Terminator::Any(b'\n');
    let mut reader = csv_core::ReaderBuilder::new().delimiter(separator).terminator(end).build();
    // No cell is longer than its line: the parser never asks for more room.
    let mut buffer = Zeroizing::new(vec![0; line.len().saturating_add(1)]);
    let mut rest = line;
    let mut column: u64 = 1;
    loop {
        let begins = column;
        // Blanks before a quote do not count.
        let unpadded = rest.trim_start_matches(|blank: char| blank.is_whitespace() && blank != delimiter);
        let content = if unpadded.starts_with('"') { unpadded } else { rest };
        let (mut result, mut taken, mut written) = (csv_core::ReadFieldResult::InputEmpty, 0, 0);
        if !content.is_empty() {
            (result, taken, written) = reader.read_field(content.as_bytes(), &mut buffer);
        }
        if matches!(result, csv_core::ReadFieldResult::InputEmpty) {
            let (last, _, more) = reader.read_field(b"\n", buffer.get_mut(written..)?);
            (result, written) = (last, written.saturating_add(more));
        }
        let csv_core::ReadFieldResult::Field { record_end } = result else { return None };
        let text = std::str::from_utf8(buffer.get(..written)?).ok()?;
        cells.push(Cell { text: clean(text), column: begins });
        if record_end {
            break;
        }
        let after = content.get(taken..)?;
        let passed = rest.get(..rest.len().saturating_sub(after.len()))?;
        column = column.saturating_add(record::wide(passed.chars().count()));
        rest = after;
    }
    while cells.last().is_some_and(|cell| cell.text.is_empty()) {
        cells.pop();
    }
    Some(cells)
}

/// Frees a cell of blanks at its ends, of `="…"`, and of the apostrophe with which people stop spreadsheets.
fn clean(text: &str) -> Zeroizing<String> {
    let text = text.trim_matches(secret::is_blank);
    let text = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let text = text.strip_prefix('=').unwrap_or(text);
    let text = text.strip_prefix('\'').unwrap_or(text);
    Zeroizing::new(text.trim_matches(secret::is_blank).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str) -> Vec<(String, u64)> {
        cells(line, ',').unwrap().into_iter().map(|cell| (cell.text.to_string(), cell.column)).collect()
    }

    #[test]
    fn cells_are_split_as_rfc_4180_says_and_know_their_place() {
        let owned =
            |cells: &[(&str, u64)]| cells.iter().map(|(text, at)| ((*text).to_owned(), *at)).collect::<Vec<_>>();
        assert_eq!(split("a,\"b,\"\"c\",d,,"), owned(&[("a", 1), ("b,\"c", 3), ("d", 11)]));
        assert_eq!(split("é, b"), owned(&[("é", 1), ("b", 3)]));
        assert!(cells("a,\"b", ',').is_none());
    }

    #[test]
    fn what_protects_a_cell_from_a_spreadsheet_is_taken_off() {
        assert_eq!(clean("=\"0503E000\"").as_str(), "0503E000");
        assert_eq!(clean("'0503").as_str(), "0503");
        assert_eq!(clean("\u{feff}\u{a0} 0503\u{200b} ").as_str(), "0503");
        assert_eq!(split("=\"0503\",1")[0].0, "0503");
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_a_table() {
        assert_eq!(delimiter("a;b,c;d\ne;f;g\n"), ';');
        assert_eq!(delimiter("a\tb\nc\td\n"), '\t');
        assert_eq!(delimiter("# x;y\na,b\n"), ',');
        assert_eq!(delimiter("abc"), ',');
    }

    #[test]
    fn d09_a_line_without_end_is_told_and_not_kept() {
        let long = format!("a,b\n{},c\nd,e\n", "x".repeat(100_000));
        let mut input = long.as_bytes();
        let mut table = Table::new(&mut input);
        assert_eq!(table.next().unwrap().unwrap().line, 1);
        assert_eq!(table.next().unwrap().err().unwrap().problem, Problem::LineTooLong { allowed: 4096 });
        assert_eq!(table.next().unwrap().unwrap().line, 3);
        assert!(table.next().is_none());
    }
}
