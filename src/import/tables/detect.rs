//! Which family a table is of: by its marks, by its header, or by what stands in its first rows.

use super::{authenex, entra, header, is_seed_like, molto2, multiotp, phenixid, rcdevs, yubico, yubico_log};
use crate::import::Format;
use crate::import::cells::{Cells, Delimiter, Row, split_row};
use crate::import::csv_table::{self, Opening};
use crate::import::finding::Finding;
use crate::import::problem::Problem;
use crate::import::spreadsheet::{self, is_number, letters};

/// Recognises a table by its beginning.
///
/// # Errors
/// A finding for a table of a known kind that holds no OATH keys, and for what is no table of keys.
pub(in crate::import) fn detect(opening: &Opening) -> Result<Format, Finding> {
    let comment = letters(&opening.comment);
    if comment.starts_with("ykksm1") {
        return Err(Finding::on_line(1, Problem::FormatNotOath { format: "Yubico KSM" }));
    }
    if comment.contains("authenexdb") || opening.rows.lines().next().is_some_and(authenex::is_first_line) {
        return Ok(Format::AuthenexSql);
    }
    if comment.starts_with("csvimportfileforrcdevs") {
        return Ok(Format::RcdevsCsv);
    }
    let rows = Rows { text: &opening.rows, delimiter: csv_table::delimiter(&opening.rows) };
    if rows.by(Delimiter::One(b',')).any(yubico_log::is_row) {
        return Ok(Format::YubicoLog);
    }
    if comment.as_str() == "version2" {
        return Ok(Format::OathCsvUsers);
    }
    if let Some(format) = rows.of_header() {
        return Ok(format);
    }
    // The forms of rows, from the one with the most to know it by to the one with the least.
    let forms: [(Delimiter, IsRow, Format); 9] = [
        (rows.delimiter, rcdevs::is_row, Format::RcdevsCsv),
        (rows.delimiter, phenixid::is_row, Format::PhenixidCsv),
        (Delimiter::Any, multiotp::is_row, Format::MultiotpCsv),
        (Delimiter::Blanks, molto2::is_row, Format::Molto2List),
        (rows.delimiter, yubico::is_row, Format::YubicoCsv),
        (rows.delimiter, has_hash, Format::LinotpCsv),
        (rows.delimiter, has_type, Format::OathCsv),
        (rows.delimiter, has_seed, Format::SerialList),
        (rows.delimiter, names_type, Format::OathCsv),
    ];
    let found = forms.into_iter().find(|(delimiter, is_row, _)| rows.by(*delimiter).any(is_row));
    found.map(|(.., format)| format).ok_or(Finding::on_line(1, Problem::FormatUnknown))
}

/// Recognises a row of a family.
type IsRow = fn(&Row<'_>) -> bool;

/// The first rows of a table.
struct Rows<'a> {
    text: &'a str,
    delimiter: Delimiter,
}

impl Rows<'_> {
    fn by(&self, delimiter: Delimiter) -> RowsBy<'_> {
        RowsBy { text: self.text, delimiter }
    }

    /// Recognises a table by its header.
    fn of_header(&self) -> Option<Format> {
        let mut cells = Cells::default();
        let row = split_row(1, self.text.lines().next()?, self.delimiter, &mut cells).ok()?;
        if rcdevs::is_header(&row) {
            return Some(Format::RcdevsCsv);
        }
        if entra::is_header(&row) {
            return Some(Format::EntraCsv);
        }
        if !header::is_header(&row) {
            return None;
        }
        // What a list of the same order would read by place may have a header too: each says the same of it.
        let words: Vec<_> = row.cells().flatten().map(|cell| letters(cell.text)).collect();
        let plain = ["serial", "hexseed", "type", "digits", "period"];
        if words.len() > 2
            && words.len() <= plain.len()
            && words.iter().zip(plain).all(|(word, plain)| word.as_str() == plain)
        {
            return Some(Format::OathCsv);
        }
        Some(Format::GenericCsv)
    }
}

struct RowsBy<'a> {
    text: &'a str,
    delimiter: Delimiter,
}

impl RowsBy<'_> {
    fn any(&self, is_row: impl Fn(&Row<'_>) -> bool) -> bool {
        let mut cells = Cells::default();
        self.text.lines().any(|line| split_row(1, line, self.delimiter, &mut cells).is_ok_and(|row| is_row(&row)))
    }
}

fn has_seed(row: &Row<'_>) -> bool {
    row.cell(1).is_some_and(|cell| is_seed_like(cell.text))
}

/// A list of privacyIDEA has something but a number in its third cell, or something after it.
fn has_type(row: &Row<'_>) -> bool {
    has_seed(row) && (row.len() > 3 || row.cell(2).is_some_and(|cell| !is_number(cell.text)))
}

/// Seeds that are too short for a seed, as in lists of trials, are refused line by line where the type of the keys stands behind them.
fn names_type(row: &Row<'_>) -> bool {
    let is_unknown = |finding: &Finding| finding.problem == Problem::AlgorithmUnknown;
    row.cell(1).is_some_and(|cell| cell.text.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        && row.cell(2).is_some_and(|cell| !spreadsheet::kind(row, cell).is_err_and(|finding| is_unknown(&finding)))
}

/// A list of LinOTP has a hash in its sixth cell.
fn has_hash(row: &Row<'_>) -> bool {
    has_seed(row) && row.cell(5).is_some_and(|cell| letters(cell.text).starts_with("sha"))
}
