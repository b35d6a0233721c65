//! The lists with which Token2's Molto2 is programmed: `slot seed algo digits step yes yes title`, separated by blanks.
//!
//! A slot is no serial, and a title is for people: such keys are named after file and line.

use super::column::Encodings;
use super::{Family, Guidance, Name, Values};
use crate::import::cells::{Cell, Delimiter, Row};
use crate::import::finding::Finding;
use crate::import::problem::Problem;
use crate::import::record::wide;
use crate::import::spreadsheet;

/// How many cells there are before the title.
const FEWEST: usize = 5;

struct Molto2;

/// Begins the family.
pub(super) fn begin(_: &Guidance) -> Box<dyn Family> {
    Box::new(Molto2)
}

impl Family for Molto2 {
    fn encodings(&self) -> Encodings {
        Encodings::HexOrBase32
    }

    fn delimiter(&self) -> Option<Delimiter> {
        Some(Delimiter::Blanks)
    }

    fn known_by<'r>(&self, _: &Row<'r>) -> Option<Cell<'r>> {
        None
    }

    fn values<'r>(&self, row: &Row<'r>, warnings: &mut Vec<Finding>) -> Result<Option<Values<'r>>, Finding> {
        if row.len() < FEWEST {
            let problem = Problem::TooFewCells { found: wide(row.len()), expected: wide(FEWEST) };
            return Err(row.finding(None, problem));
        }
        let mut values = Values { serial: Name::Nothing, ..Values::of(None, row.cell(1)) };
        values.hash = row.cell(2).map(|hash| spreadsheet::hash(row, hash)).transpose()?;
        values.digits = row.cell(3).map(|digits| spreadsheet::digits(row, digits)).transpose()?;
        values.period = row.cell(4).map(|period| spreadsheet::period(row, period, warnings)).transpose()?;
        Ok(Some(values))
    }
}

/// Recognises a row of the family.
pub(super) fn is_row(row: &Row<'_>) -> bool {
    let text = |number| row.cell(number).map_or("", |cell| cell.text);
    let switch = |number| ["yes", "no"].iter().any(|word| text(number).eq_ignore_ascii_case(word));
    row.len() > FEWEST
        && spreadsheet::is_number(text(0))
        && super::is_seed_like(text(1))
        && text(2).get(..3).is_some_and(|begins| begins.eq_ignore_ascii_case("sha"))
        && spreadsheet::is_number(text(3))
        && spreadsheet::is_number(text(4))
        && switch(5)
}
