//! The SQL of Authenex: `INSERT INTO OTP (…) VALUES ('serial','hexseed',…)` under a line with `AUTHENEXDB`; event keys.

use super::{Family, Guidance, Values};
use crate::import::cells::{Cell, Row};
use crate::import::finding::Finding;
use crate::import::problem::Problem;
use crate::import::record::wide;
use crate::import::spreadsheet::Kind;
use zeroize::Zeroizing;

struct Authenex;

/// Begins the family.
pub(super) fn begin(_: &Guidance) -> Box<dyn Family> {
    Box::new(Authenex)
}

impl Family for Authenex {
    fn known_by<'r>(&self, row: &Row<'r>) -> Option<Cell<'r>> {
        values_within(row, opening(row)?).0.first().copied()
    }

    fn values<'r>(&self, row: &Row<'r>, _: &mut Vec<Finding>) -> Result<Option<Values<'r>>, Finding> {
        let upper = Zeroizing::new(row.text.to_ascii_uppercase());
        let words: Vec<&str> = upper.split_whitespace().take(3).collect();
        let table = words.get(2).map(|name| name.split('(').next().unwrap_or(name).trim_matches(['[', ']', '`', '"']));
        if words.get(..2) != Some(&["INSERT", "INTO"])
            || table.is_none_or(|table| table.rsplit('.').next() != Some("OTP"))
        {
            return Ok(None);
        }
        let few = |found: usize| row.finding(None, Problem::TooFewCells { found: wide(found), expected: 2 });
        let (cells, closes) = values_within(row, opening(row).ok_or_else(|| few(0))?);
        if row.text.get(closes..).is_some_and(|rest| rest.contains('(')) {
            return Err(row.finding(row.piece(closes..row.text.len()), Problem::SeveralRowsOnALine));
        }
        let [serial, secret, ..] = cells.as_slice() else { return Err(few(cells.len())) };
        Ok(Some(Values { kind: Kind::Hotp, ..Values::of(Some(*serial), Some(*secret)) }))
    }
}

/// Recognises the first line of such a file.
pub(super) fn is_first_line(line: &str) -> bool {
    Zeroizing::new(line.to_ascii_uppercase()).contains("AUTHENEXDB")
}

/// Gives where the values of a row begin, behind their bracket.
fn opening(row: &Row<'_>) -> Option<usize> {
    let at = Zeroizing::new(row.text.to_ascii_uppercase()).find("VALUES")?;
    Some(at.saturating_add(row.text.get(at..)?.find('(')?).saturating_add(1))
}

/// Gives the values between brackets, without their quotes, and where the brackets close.
fn values_within<'r>(row: &Row<'r>, opens: usize) -> (Vec<Cell<'r>>, usize) {
    let (mut cells, mut begins, mut quoted) = (Vec::new(), opens, false);
    let rest = row.text.get(opens..).unwrap_or_default();
    for (offset, character) in rest.char_indices() {
        let at = opens.saturating_add(offset);
        match character {
            '\'' => quoted = !quoted,
            ',' | ')' if !quoted => {
                cells.extend(value(row, begins, at));
                if character == ')' {
                    return (cells, at.saturating_add(1));
                }
                begins = at.saturating_add(1);
            }
            _ => {}
        }
    }
    cells.extend(value(row, begins, row.text.len()));
    (cells, row.text.len())
}

/// Gives a value without what stands around its letters and digits.
fn value<'r>(row: &Row<'r>, begins: usize, ends: usize) -> Option<Cell<'r>> {
    let text = row.text.get(begins..ends)?;
    let text = text.trim_start().strip_prefix(['N', 'n']).filter(|rest| rest.starts_with('\'')).unwrap_or(text);
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let from = text.trim_start_matches(|c| !is_word(c));
    let start = ends.saturating_sub(from.len());
    let end = start.saturating_add(from.trim_end_matches(|c| !is_word(c)).len());
    row.piece(start..end)
}
