//! The CSV of RCDevs WebADM: `Type,Reference,Description,Data`, where one quoted cell holds `TokenKey=…,TokenType=…` in base64.

use super::column::Encodings;
use super::{Family, Guidance, Values};
use crate::import::cells::{Cell, Row};
use crate::import::finding::Finding;
use crate::import::problem::Problem;
use crate::import::record::wide;
use crate::import::secret;
use crate::import::spreadsheet::{self, Kind, letters};
use zeroize::Zeroizing;

/// The cell of the values.
const DATA: usize = 3;

struct Rcdevs;

/// Begins the family.
pub(super) fn begin(_: &Guidance) -> Box<dyn Family> {
    Box::new(Rcdevs)
}

impl Family for Rcdevs {
    fn encodings(&self) -> Encodings {
        Encodings::HexOrBase64
    }

    fn takes_for_header(&mut self, row: &Row<'_>) -> Result<bool, Finding> {
        Ok(is_header(row))
    }

    fn known_by<'r>(&self, row: &Row<'r>) -> Option<Cell<'r>> {
        row.cell(1)
    }

    fn values<'r>(&self, row: &Row<'r>, warnings: &mut Vec<Finding>) -> Result<Option<Values<'r>>, Finding> {
        if row.len() <= DATA {
            let problem = Problem::TooFewCells { found: wide(row.len()), expected: wide(DATA.saturating_add(1)) };
            return Err(row.finding(None, problem));
        }
        // Without quotes around it, the cell goes on to the end of the line.
        let whole = if row.len() == DATA.saturating_add(1) { row.cell(DATA) } else { row.onward(DATA) };
        let mut values = Values::of(row.cell(1), None);
        let mut kind_told = false;
        for cell in whole.into_iter().flat_map(pairs) {
            let (name, cell) = cell;
            if name.as_str() == "tokenkey" {
                values.secret = Some(cell);
                continue;
            }
            let plain = plain(cell.text);
            let meaning = cell.meaning(&plain);
            match name.as_str() {
                "tokentype" => {
                    (values.kind, values.hash) = spreadsheet::kind(row, meaning)?;
                    kind_told = true;
                }
                "otplength" => values.digits = Some(spreadsheet::digits(row, meaning)?),
                "totptimestep" => values.period = Some(spreadsheet::period(row, meaning, warnings)?),
                "tokenstate" => values.counter = Some(spreadsheet::number(row, meaning, "counter")?),
                _ => {}
            }
        }
        values.assumed.kind = !kind_told;
        values.assumed.period = values.kind == Kind::Totp && values.period.is_none();
        Ok(Some(values))
    }
}

/// Gives the names, in letters, and the cells of the values of a cell.
fn pairs(cell: Cell<'_>) -> impl Iterator<Item = (Zeroizing<String>, Cell<'_>)> {
    let mut offset: usize = 0;
    cell.text.split(',').filter_map(move |pair| {
        let begins = offset;
        offset = offset.saturating_add(pair.len()).saturating_add(1);
        let (name, value) = pair.split_once('=')?;
        let inner = value.trim_matches(|c: char| secret::is_blank(c) || c == '"');
        let place = begins.saturating_add(name.len()).saturating_add(1);
        if inner.is_empty() { None } else { Some((letters(name), cell.part(inner, place))) }
    })
}

/// Takes a value out of base64; one that is none, or is no text, is meant as it stands.
fn plain(text: &str) -> Zeroizing<String> {
    let decoded = secret::base64(text).ok().filter(|bytes| bytes.iter().all(u8::is_ascii_graphic));
    let decoded = decoded.and_then(|bytes| std::str::from_utf8(&bytes).ok().map(str::to_owned));
    Zeroizing::new(decoded.unwrap_or_else(|| text.to_owned()))
}

/// Recognises the header.
pub(super) fn is_header(row: &Row<'_>) -> bool {
    let words: Vec<_> = row.cells().flatten().map(|cell| letters(cell.text)).collect();
    words.iter().map(|word| word.as_str()).eq(["type", "reference", "description", "data"])
}

/// Recognises a row of the family.
pub(super) fn is_row(row: &Row<'_>) -> bool {
    row.text.contains("TokenKey=")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_taken_out_of_base64_where_they_are_in_it() {
        for (text, value) in
            [("VE9UUA==", "TOTP"), ("TOTP", "TOTP"), ("Ng==", "6"), ("6", "6"), ("MzA=", "30"), ("30", "30")]
        {
            assert_eq!(plain(text).as_str(), value, "{text}");
        }
    }
}
