//! A file without the rows that were taken, in its own form: ready to be mended and imported again.
//!
//! What stands before the first row stays as it is, headers and comments among it; between the elements of XML everything
//! does, the keys of encryption and the end of the container too. Of lines that are no rows nobody knows to which one they
//! belong: those after the first row go, but for those within a block that stays.

use super::encoded::Encoded;
use super::finding::{Finding, Place};
use super::problem::Problem;
use super::record::wide;
use super::source::{Source, Survey};
use super::xml::{self, Rows};
use super::{Format, Input, graph, pskc};
use std::io::{self, Write};
use std::ops::Range;

/// The rows that were not taken.
#[derive(Clone, Copy, Debug)]
pub struct LeftOut<'r> {
    /// Where the first row of the file is; what stands before it belongs to the whole.
    pub first_row: Place,
    /// Where they are, in the order of the file: each place is within its row, and not at its end.
    pub rows: &'r [Place],
}

/// Why they could not be written.
#[derive(Debug)]
pub enum RejectsError {
    /// The file is not as it was, or can no longer be read.
    File(Finding),
    /// The operating system did not take them.
    Write(io::Error),
}

/// What the rows of a format are.
enum Shape {
    /// Lines.
    Lines,
    /// Lines up to an empty one.
    Blocks,
    /// Elements.
    Elements(Rows),
    /// Objects of an array.
    Objects,
}

fn shape(format: Format) -> Shape {
    let elements = |roots, within, names| Shape::Elements(Rows { roots, within, names });
    match format {
        Format::Pskc | Format::PskcDraft => elements(&pskc::ROOTS, &[], &pskc::PACKAGE),
        Format::Sdtid => elements(&["tknbatch"], &[], &["tkn"]),
        Format::AladdinXml => elements(&["tokens"], &[], &["token"]),
        Format::DeepnetDualshield => elements(&["data"], &["tokens"], &["token"]),
        Format::DeepnetUap => elements(&["tokenlist"], &[], &["tokeninfo"]),
        Format::SafewordDat => Shape::Blocks,
        Format::EntraGraphJson => Shape::Objects,
        _ => Shape::Lines,
    }
}

/// Writes a file anew without the rows that were taken; JSON as an array of the others.
///
/// # Errors
/// [`RejectsError`].
pub fn write_rejects(
    source: &mut dyn Source,
    survey: &Survey,
    format: Format,
    left_out: LeftOut<'_>,
    target: &mut dyn Write,
) -> Result<(), RejectsError> {
    let plan = survey.plan.as_ref().map_err(|finding| RejectsError::File(finding.clone()))?;
    let written = match shape(format) {
        Shape::Objects => survey.with_text(source, |text| {
            let mut writer = Encoded::new(target, plan, &survey.start);
            write_objects(text, left_out, &mut writer)
        }),
        shape => {
            let taken = survey.with_text(source, |text| match shape {
                Shape::Elements(rows) => taken_elements(text, rows, left_out),
                Shape::Blocks => taken_lines(text, left_out, true),
                Shape::Lines | Shape::Objects => taken_lines(text, left_out, false),
            });
            taken.and_then(|taken| {
                survey.with_text(source, |text| {
                    let mut writer = Encoded::new(target, plan, &survey.start);
                    copy_without(text, &taken, &mut writer)
                })
            })
        }
    };
    written.map_err(RejectsError::File)?.map_err(RejectsError::Write)
}

impl LeftOut<'_> {
    /// Tells whether one of the rows begins within these places.
    fn has_one_in(&self, places: &Range<Place>) -> bool {
        let next = self.rows.partition_point(|row| *row < places.start);
        self.rows.get(next).is_some_and(|row| *row < places.end)
    }
}

/// Bytes of a text, as few ranges as possible.
#[derive(Default)]
struct Ranges(Vec<Range<u64>>);

impl Ranges {
    fn add(&mut self, range: Range<u64>) {
        match self.0.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => self.0.push(range),
        }
    }
}

fn taken_elements(text: &mut Input<'_>, rows: Rows, left_out: LeftOut<'_>) -> Result<Ranges, Finding> {
    let mut taken = Ranges::default();
    xml::extents(text, rows, &mut |places, bytes| {
        if !left_out.has_one_in(&places) {
            taken.add(bytes);
        }
    })?;
    Ok(taken)
}

/// Finds the lines that were taken, or the blocks of lines, each with the empty lines behind it.
fn taken_lines(text: &mut Input<'_>, left_out: LeftOut<'_>, in_blocks: bool) -> Result<Ranges, Finding> {
    let mut taken = Ranges::default();
    let mut judge = |row: &Lines| {
        let belongs_to_all = row.after <= left_out.first_row.line;
        if !belongs_to_all && !left_out.has_one_in(&(Place::on_line(row.first)..Place::on_line(row.after))) {
            taken.add(row.bytes.clone());
        }
    };
    let mut row = Lines { first: 1, after: 1, bytes: 0..0, is_closed: false };
    for_each_line(text, &mut |length, is_empty| {
        let begins = !in_blocks || (row.is_closed && !is_empty) || row.after == left_out.first_row.line;
        if begins && row.after > row.first {
            judge(&row);
            row = Lines { first: row.after, after: row.after, bytes: row.bytes.end..row.bytes.end, is_closed: false };
        }
        row.after = row.after.saturating_add(1);
        row.bytes.end = row.bytes.end.saturating_add(length);
        row.is_closed = is_empty;
    })
    .map_err(|_| unreadable())?;
    judge(&row);
    Ok(taken)
}

/// Lines that are one row.
struct Lines {
    /// The first of them, and the one after the last.
    first: u64,
    after: u64,
    bytes: Range<u64>,
    /// An empty line came last.
    is_closed: bool,
}

/// Goes through the lines of a text: for each its length in bytes, and whether it is empty.
fn for_each_line(text: &mut Input<'_>, visit: &mut dyn FnMut(u64, bool)) -> io::Result<()> {
    let (mut length, mut is_empty): (usize, bool) = (0, true);
    loop {
        let available = text.fill_buf()?;
        let end = memchr::memchr(b'\n', available).map(|end| end.saturating_add(1));
        let piece = available.get(..end.unwrap_or(available.len())).unwrap_or(available);
        let (taken, is_last) = (piece.len(), available.is_empty());
        length = length.saturating_add(taken);
        is_empty &= piece.trim_ascii().is_empty();
        text.consume(taken);
        if end.is_some() || (is_last && length > 0) {
            visit(wide(length), is_empty);
            (length, is_empty) = (0, true);
        }
        if is_last {
            return Ok(());
        }
    }
}

/// Copies a text without some of its bytes.
fn copy_without(text: &mut Input<'_>, taken: &Ranges, target: &mut Encoded<'_>) -> Result<io::Result<()>, Finding> {
    let mut ranges = taken.0.iter().peekable();
    let mut at: u64 = 0;
    loop {
        let piece = text.fill_buf().map_err(|_| unreadable())?;
        let end = at.saturating_add(wide(piece.len()));
        if piece.is_empty() {
            return Ok(Ok(()));
        }
        let mut from = at;
        while from < end {
            let next = ranges.peek().map_or(u64::MAX..u64::MAX, |range| (*range).clone());
            if next.start > from {
                let to = next.start.min(end);
                if let Err(error) = target.write(part(piece, at, from..to)) {
                    return Ok(Err(error));
                }
                from = to;
            } else {
                from = next.end.min(end);
                if next.end <= end {
                    ranges.next();
                }
            }
        }
        let length = piece.len();
        text.consume(length);
        at = end;
    }
}

/// Gives a part of a piece of a text that begins at some byte.
fn part(piece: &[u8], begins: u64, bytes: Range<u64>) -> &[u8] {
    let at = |byte: u64| usize::try_from(byte.saturating_sub(begins)).unwrap_or(usize::MAX);
    piece.get(at(bytes.start)..at(bytes.end)).unwrap_or_default()
}

fn write_objects(
    text: &mut Input<'_>,
    left_out: LeftOut<'_>,
    target: &mut Encoded<'_>,
) -> Result<io::Result<()>, Finding> {
    let mut written = Ok(());
    let mut separator: &[u8] = b"[\n";
    graph::objects(text, &mut |place, object| {
        if written.is_ok() && left_out.rows.binary_search(&place).is_ok() {
            written = target.write(separator).and_then(|()| target.write(object));
            separator = b",\n";
        }
    })?;
    Ok(written.and_then(|()| target.write(b"\n]\n")))
}

fn unreadable() -> Finding {
    Finding::on_line(1, Problem::Unreadable)
}

#[cfg(test)]
mod tests;
