//! The CSV of PhenixID: `TOTP;serial;SHA;key;epoch;interval;length`, `HOTP;serial;key;counter`, or `serial;key;counter`.

use super::column::Encodings;
use super::{Family, Guidance, Values, expect_cells, header};
use crate::import::cells::{Cell, Row};
use crate::import::finding::Finding;
use crate::import::problem::Problem;
use crate::import::spreadsheet::{self, Kind};

struct Phenixid;

/// Begins the family.
pub(super) fn begin(_: &Guidance) -> Box<dyn Family> {
    Box::new(Phenixid)
}

impl Family for Phenixid {
    fn encodings(&self) -> Encodings {
        Encodings::HexOrBase32
    }

    fn takes_for_header(&mut self, row: &Row<'_>) -> Result<bool, Finding> {
        Ok(header::is_header(row))
    }

    fn known_by<'r>(&self, row: &Row<'r>) -> Option<Cell<'r>> {
        row.cell(usize::from(kind(row).is_some()))
    }

    fn values<'r>(&self, row: &Row<'r>, warnings: &mut Vec<Finding>) -> Result<Option<Values<'r>>, Finding> {
        let counter = |number| row.cell(number).map(|cell| spreadsheet::number(row, cell, "counter")).transpose();
        match kind(row) {
            Some(Kind::Totp) => time_key(row, warnings).map(Some),
            Some(Kind::Hotp) => {
                expect_cells(row, 3, 4)?;
                Ok(Some(Values { kind: Kind::Hotp, counter: counter(3)?, ..Values::of(row.cell(1), row.cell(2)) }))
            }
            None => {
                expect_cells(row, 2, 3)?;
                Ok(Some(Values { kind: Kind::Hotp, counter: counter(2)?, ..Values::of(row.cell(0), row.cell(1)) }))
            }
        }
    }
}

/// Reads the type in front of a row, if there is one.
fn kind(row: &Row<'_>) -> Option<Kind> {
    let is = |kind: &str| row.cell(0).is_some_and(|cell| cell.text.eq_ignore_ascii_case(kind));
    if is("totp") {
        Some(Kind::Totp)
    } else if is("hotp") {
        Some(Kind::Hotp)
    } else {
        None
    }
}

fn time_key<'r>(row: &Row<'r>, warnings: &mut Vec<Finding>) -> Result<Values<'r>, Finding> {
    expect_cells(row, 4, 7)?;
    let mut values = Values::of(row.cell(1), row.cell(3));
    values.hash = row.cell(2).map(|hash| spreadsheet::hash(row, hash)).transpose()?;
    if let Some(epoch) = row.cell(4)
        && spreadsheet::number::<i64>(row, epoch, "epoch")? != 0
    {
        return Err(row.finding(Some(epoch), Problem::EpochNotSupported));
    }
    values.period = row.cell(5).map(|period| spreadsheet::period(row, period, warnings)).transpose()?;
    values.digits = row.cell(6).map(|digits| spreadsheet::digits(row, digits)).transpose()?;
    values.assumed.period = values.period.is_none();
    Ok(values)
}

/// Recognises a row that names its type in front.
pub(super) fn is_row(row: &Row<'_>) -> bool {
    let like = |number| row.cell(number).is_some_and(|cell| super::is_seed_like(cell.text));
    match kind(row) {
        Some(Kind::Totp) => like(3),
        Some(Kind::Hotp) => like(2) && row.len() <= 4,
        None => false,
    }
}
