//! The cells of a line: as slices of it, with their exact place, freed of what spreadsheets put around them.
//!
//! Lines are split here and not by the csv crate: its buffers are not wiped, it does not tell the column of a cell, and some
//! lists are separated by blanks. A cell never spans lines in a seed file.

use super::csv_table::{self, LONGEST_LINE};
use super::finding::Finding;
use super::problem::Problem;
use super::{record, secret};
use std::ops::Range;
use zeroize::Zeroizing;

/// What separates cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delimiter {
    /// One character.
    One(u8),
    /// `;`, `,` and TAB alike.
    Any,
    /// A run of blanks.
    Blanks,
}

impl Delimiter {
    /// Finds the end of a cell that has no quotes.
    fn end(self, text: &str) -> Option<usize> {
        match self {
            Self::One(byte) => memchr::memchr(byte, text.as_bytes()),
            Self::Any => memchr::memchr3(b';', b',', b'\t', text.as_bytes()),
            Self::Blanks => text.find(secret::is_blank),
        }
    }
}

/// A cell: its text, freed of quotes, blanks at its ends, and what protects it from spreadsheets; and where it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'a> {
    /// The text.
    pub text: &'a str,
    /// The byte of the line at which it begins.
    begins: usize,
}

impl<'a> Cell<'a> {
    /// Gives a part of the cell's text as a cell.
    pub(super) fn part(self, part: &'a str, offset: usize) -> Self {
        Self { text: part, begins: self.begins.saturating_add(offset) }
    }

    /// Gives what the cell's text stands for, in its place.
    pub(super) fn meaning(self, text: &str) -> Cell<'_> {
        Cell { text, begins: self.begins }
    }
}

/// Where a cell stands.
#[derive(Debug, PartialEq, Eq)]
struct Span {
    begins: usize,
    text: Range<usize>,
    /// In the text that had to be written anew, as it had quotes within.
    rewritten: bool,
}

/// A line that was split; kept from line to line, so that nothing is allocated for each.
pub(super) struct Cells {
    spans: Vec<Span>,
    rewritten: Zeroizing<String>,
    /// A row again that stood in one quoted cell.
    inner: Zeroizing<String>,
}

impl Default for Cells {
    fn default() -> Self {
        // What is written anew is never longer than its line: the buffer does not move, and leaves no copy behind.
        Self {
            spans: Vec::new(),
            rewritten: Zeroizing::new(String::with_capacity(LONGEST_LINE)),
            inner: Zeroizing::default(),
        }
    }
}

/// A line with its cells.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// The line, from 1.
    pub line: u64,
    /// The whole of it.
    pub text: &'a str,
    cells: &'a Cells,
    /// How many cells there are before trailing empty ones.
    length: usize,
}

impl<'a> Row<'a> {
    pub(super) fn new(line: u64, text: &'a str, cells: &'a Cells) -> Self {
        let length =
            cells.spans.iter().rposition(|span| !span.text.is_empty()).map_or(0, |last| last.saturating_add(1));
        Self { line, text, cells, length }
    }

    /// Gives a cell that is not empty.
    pub(super) fn cell(&self, number: usize) -> Option<Cell<'a>> {
        let span = self.cells.spans.get(number).filter(|span| !span.text.is_empty())?;
        let text = if span.rewritten { self.cells.rewritten.as_str() } else { self.text };
        Some(Cell { text: text.get(span.text.clone())?, begins: span.begins })
    }

    /// Gives a cell that is counted from the end of the line; 0 is the last one.
    pub(super) fn cell_from_end(&self, number: usize) -> Option<Cell<'a>> {
        self.cell(self.width().checked_sub(number)?.checked_sub(1)?)
    }

    /// Gives all that begins with a cell, as it stands in the line.
    pub(super) fn onward(&self, number: usize) -> Option<Cell<'a>> {
        let begins = self.cells.spans.get(number)?.begins;
        Some(Cell { text: self.text.get(begins..)?, begins })
    }

    /// Gives a piece of the line as a cell.
    pub(super) fn piece(&self, range: Range<usize>) -> Option<Cell<'a>> {
        let begins = range.start;
        let text = self.text.get(range)?;
        let inner = clean(text);
        Some(Cell { text: text.get(inner)?, begins })
    }

    /// Gives the cells.
    pub(super) fn cells(&self) -> impl Iterator<Item = Option<Cell<'a>>> {
        (0..self.length).map(|number| self.cell(number))
    }

    /// Tells how many cells there are; trailing empty ones do not count.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// Tells how many cells there are with the trailing empty ones.
    pub(super) fn width(&self) -> usize {
        self.cells.spans.len()
    }

    /// Makes a finding of a cell, or of the line when there is none.
    pub(super) fn finding(&self, cell: Option<Cell<'_>>, problem: Problem) -> Finding {
        match cell {
            Some(cell) => {
                let before = self.text.get(..cell.begins).unwrap_or(self.text);
                Finding::at(self.line, record::wide(before.chars().count()).saturating_add(1), problem)
            }
            None => Finding::on_line(self.line, problem),
        }
    }
}

/// Splits a line into a row; one whose cells all stand in one quoted cell is split again (Excel, when somebody typed the
/// commas).
pub(super) fn split_row<'r>(
    line: u64,
    text: &'r str,
    delimiter: Delimiter,
    cells: &'r mut Cells,
) -> Result<Row<'r>, Finding> {
    if !cells.split(text, delimiter) {
        return Err(Finding::on_line(line, Problem::QuoteNotClosed));
    }
    let only = match cells.spans.as_slice() {
        [only] if delimiter != Delimiter::Blanks && text.trim_start().starts_with('"') => {
            (only.text.clone(), only.rewritten)
        }
        _ => return Ok(Row::new(line, text, cells)),
    };
    let inner = if only.1 { cells.rewritten.as_str() } else { text };
    let inner = Zeroizing::new(inner.get(only.0.clone()).unwrap_or_default().to_owned());
    let mut again = Cells::default();
    if !again.split(&inner, csv_table::delimiter(&inner)) || again.spans.len() < 2 {
        return Ok(Row::new(line, text, cells));
    }
    if only.1 {
        *cells = again;
        cells.inner = inner;
        return Ok(Row::new(line, &cells.inner, cells));
    }
    for span in &mut again.spans {
        span.begins = span.begins.saturating_add(only.0.start);
        if !span.rewritten {
            span.text = span.text.start.saturating_add(only.0.start)..span.text.end.saturating_add(only.0.start);
        }
    }
    *cells = again;
    Ok(Row::new(line, text, cells))
}

impl Cells {
    /// Splits a line (RFC 4180 section 2); tells whether every quote is closed.
    pub(super) fn split(&mut self, line: &str, delimiter: Delimiter) -> bool {
        self.spans.clear();
        self.rewritten.clear();
        if delimiter == Delimiter::Blanks {
            self.split_at_blanks(line);
            return true;
        }
        let mut at: usize = 0;
        while at <= line.len() {
            let rest = line.get(at..).unwrap_or_default();
            let end = if may_be_quoted(rest, delimiter) {
                match self.quoted(line, at, delimiter) {
                    Some(end) => end,
                    None => return false,
                }
            } else {
                let end = delimiter.end(rest).unwrap_or(rest.len());
                let inner = clean(rest.get(..end).unwrap_or_default());
                let text = at.saturating_add(inner.start)..at.saturating_add(inner.end);
                self.spans.push(Span { begins: at, text, rewritten: false });
                at.saturating_add(end)
            };
            at = end.saturating_add(1);
        }
        true
    }

    fn split_at_blanks(&mut self, line: &str) {
        let mut at: usize = 0;
        while let Some(rest) = line.get(at..) {
            let begins = at.saturating_add(rest.len().saturating_sub(rest.trim_start_matches(secret::is_blank).len()));
            let rest = line.get(begins..).unwrap_or_default();
            if rest.is_empty() {
                break;
            }
            at = begins.saturating_add(Delimiter::Blanks.end(rest).unwrap_or(rest.len()));
            let inner = clean(line.get(begins..at).unwrap_or_default());
            let text = begins.saturating_add(inner.start)..begins.saturating_add(inner.end);
            self.spans.push(Span { begins, text, rewritten: false });
        }
    }

    /// Takes a cell in quotes; gives the byte at which it ends, or nothing when no quote closes it.
    fn quoted(&mut self, line: &str, begins: usize, delimiter: Delimiter) -> Option<usize> {
        let opens = begins.saturating_add(line.get(begins..)?.find('"')?);
        let (mut from, mut doubled) = (opens.saturating_add(1), false);
        let written = self.rewritten.len();
        let closes = loop {
            let quote = from.saturating_add(memchr::memchr(b'"', line.get(from..)?.as_bytes())?);
            let next = quote.saturating_add(1);
            if line.as_bytes().get(next) != Some(&b'"') {
                self.rewritten.push_str(line.get(from..quote)?);
                break quote;
            }
            // A quote that is written twice stands for itself.
            self.rewritten.push_str(line.get(from..next)?);
            (from, doubled) = (next.saturating_add(1), true);
        };
        let after = line.get(closes.saturating_add(1)..)?;
        let end = delimiter.end(after).unwrap_or(after.len());
        let beyond = after.get(..end)?;
        let plain = !doubled && beyond.trim_matches(secret::is_blank).is_empty();
        if plain {
            self.rewritten.truncate(written);
            let inner = clean(line.get(opens.saturating_add(1)..closes)?);
            let start = opens.saturating_add(1);
            let text = start.saturating_add(inner.start)..start.saturating_add(inner.end);
            self.spans.push(Span { begins, text, rewritten: false });
        } else {
            self.rewritten.push_str(beyond);
            let inner = clean(self.rewritten.get(written..)?);
            let text = written.saturating_add(inner.start)..written.saturating_add(inner.end);
            self.spans.push(Span { begins, text, rewritten: true });
        }
        Some(closes.saturating_add(1).saturating_add(end))
    }
}

/// Tells whether a cell begins with a quote; blanks before it do not count.
fn may_be_quoted(rest: &str, delimiter: Delimiter) -> bool {
    match rest.bytes().next() {
        Some(b'"') => true,
        Some(b'!'..=b'~') | None => false,
        Some(_) => {
            let is_delimiter = |c: char| c.is_ascii() && delimiter.end(c.encode_utf8(&mut [0; 4])).is_some();
            rest.trim_start_matches(|c: char| secret::is_blank(c) && !is_delimiter(c)).starts_with('"')
        }
    }
}

/// Frees a cell of blanks at its ends, of `="…"`, and of the apostrophe with which people stop spreadsheets.
fn clean(text: &str) -> Range<usize> {
    let bytes = text.as_bytes();
    if let (Some(first), Some(last)) = (bytes.first(), bytes.last())
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
        && !matches!(first, b'=' | b'\'')
    {
        return 0..text.len();
    }
    let mut inner = trimmed(text, 0..text.len());
    let now = |inner: &Range<usize>| text.get(inner.clone()).unwrap_or_default();
    if let Some(wrapped) = now(&inner).strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        let start = inner.start.saturating_add(2);
        inner = start..start.saturating_add(wrapped.len());
    }
    for prefix in ['=', '\''] {
        if now(&inner).starts_with(prefix) {
            inner.start = inner.start.saturating_add(1);
        }
    }
    trimmed(text, inner)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = text.get(range.clone()).unwrap_or_default();
    let from_start = inner.trim_start_matches(secret::is_blank);
    let start = range.start.saturating_add(inner.len().saturating_sub(from_start.len()));
    start..start.saturating_add(from_start.trim_end_matches(secret::is_blank).len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split_by(line: &str, delimiter: Delimiter) -> Option<Vec<(String, u64)>> {
        let mut cells = Cells::default();
        let row = split_row(1, line, delimiter, &mut cells).ok()?;
        let column = |cell| row.finding(Some(cell), Problem::SeedMissing).column.unwrap();
        Some(
            row.cells()
                .map(|cell| cell.map_or((String::new(), 0), |cell| (cell.text.to_owned(), column(cell))))
                .collect(),
        )
    }

    fn split(line: &str) -> Vec<(String, u64)> {
        split_by(line, Delimiter::One(b',')).unwrap()
    }

    fn owned(cells: &[(&str, u64)]) -> Vec<(String, u64)> {
        cells.iter().map(|(text, at)| ((*text).to_owned(), *at)).collect()
    }

    #[test]
    fn cells_are_split_as_rfc_4180_says_and_know_their_place() {
        assert_eq!(split("a,\"b,\"\"c\",d,,"), owned(&[("a", 1), ("b,\"c", 3), ("d", 11)]));
        assert_eq!(split("é, b"), owned(&[("é", 1), ("b", 3)]));
        assert_eq!(split("a,, \"b \" ,'c"), owned(&[("a", 1), ("", 0), ("b", 4), ("c", 11)]));
        assert_eq!(split("\"a\"b\"c,d"), owned(&[("ab\"c", 1), ("d", 8)]));
        assert!(split_by("a,\"b", Delimiter::One(b',')).is_none());
    }

    #[test]
    fn blanks_and_mixed_separators_split_too() {
        let blanks = split_by(" 77\t \u{a0}ab  c ", Delimiter::Blanks).unwrap();
        assert_eq!(blanks, owned(&[("77", 2), ("ab", 7), ("c", 11)]));
        let any = split_by("a;b,\"c;d\"\te", Delimiter::Any).unwrap();
        assert_eq!(any, owned(&[("a", 1), ("b", 3), ("c;d", 5), ("e", 11)]));
    }

    #[test]
    fn a_row_in_one_quoted_cell_is_split_again_and_keeps_its_places() {
        assert_eq!(split("\"a,bc,d\""), owned(&[("a", 2), ("bc", 4), ("d", 7)]));
        assert_eq!(split("\"a;bc;d\""), owned(&[("a", 2), ("bc", 4), ("d", 7)]));
        assert_eq!(split("\"a,\"\"b\"\"\"").len(), 2);
        assert_eq!(split("\"abc\""), owned(&[("abc", 1)]));
    }

    #[test]
    fn what_protects_a_cell_from_a_spreadsheet_is_taken_off() {
        for text in
            ["=\"0503E000\"", "'0503E000", "\u{feff}\u{a0} 0503E000\u{200b} ", "=0503E000", "\"=\"\"0503E000\"\"\""]
        {
            assert_eq!(split(&format!("{text},1"))[0].0, "0503E000", "{text}");
        }
        assert_eq!(split("é,=,',1").len(), 4);
    }

    proptest! {
        #[test]
        fn cells_are_those_of_the_csv_crate(line in "[a-c,\" ]{0,24}") {
            let mut cells = Cells::default();
            if cells.split(&line, Delimiter::One(b',')) && !line.trim().is_empty() {
                // The crate has no blanks before a quote, and reads on over the end of a line.
                prop_assume!(!line.contains(" \""));
                let row = Row::new(1, &line, &cells);
                let ours: Vec<&str> = (0..row.width()).map(|at| row.cell(at).map_or("", |cell| cell.text)).collect();
                let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
                let record = reader.records().next().unwrap().unwrap();
                let theirs: Vec<&str> = record.iter().map(str::trim).collect();
                prop_assert_eq!(ours, theirs);
            }
        }
    }
}
