//! The CSV of multiOTP: `serial;manufacturer;HOTP|TOTP|mOTP;hexseed;digits;counter or step`, with `;`, `,` and TAB alike.

use super::{Family, Guidance, Values, expect_cells, header};
use crate::import::cells::{Delimiter, Row};
use crate::import::finding::Finding;
use crate::import::spreadsheet::{self, Kind};

const CELLS: usize = 6;

struct Multiotp;

/// Begins the family.
pub(super) fn begin(_: &Guidance) -> Box<dyn Family> {
    Box::new(Multiotp)
}

impl Family for Multiotp {
    fn delimiter(&self) -> Option<Delimiter> {
        Some(Delimiter::Any)
    }

    fn takes_for_header(&mut self, row: &Row<'_>) -> Result<bool, Finding> {
        Ok(header::is_header(row))
    }

    fn values<'r>(&self, row: &Row<'r>, warnings: &mut Vec<Finding>) -> Result<Option<Values<'r>>, Finding> {
        expect_cells(row, CELLS.saturating_sub(1), CELLS)?;
        let mut values = Values::of(row.cell(0), row.cell(3));
        values.manufacturer = row.cell(1);
        match row.cell(2) {
            Some(kind) => (values.kind, values.hash) = spreadsheet::kind(row, kind)?,
            None => values.assumed.kind = true,
        }
        values.digits = row.cell(4).map(|digits| spreadsheet::digits(row, digits)).transpose()?;
        if let Some(last) = row.cell(5) {
            match values.kind {
                Kind::Totp => values.period = Some(spreadsheet::period(row, last, warnings)?),
                Kind::Hotp => values.counter = Some(spreadsheet::number(row, last, "counter")?),
            }
        }
        Ok(Some(values))
    }
}

/// Recognises a row of the family.
pub(super) fn is_row(row: &Row<'_>) -> bool {
    let is_type = |text: &str| ["hotp", "totp", "motp"].iter().any(|kind| text.eq_ignore_ascii_case(kind));
    row.width() == CELLS
        && row.cell(2).is_some_and(|cell| is_type(cell.text))
        && row.cell(3).is_some_and(|cell| super::is_seed_like(cell.text))
}
