//! The CSV of LinOTP: `serial,hexseed[,type[,digits[,step[,hash]]]]`; the step of an event key says nothing.

use super::{Family, Guidance, Values, expect_cells, header, oath_csv};
use crate::import::cells::Row;
use crate::import::finding::Finding;
use crate::import::spreadsheet::{self, Kind};

struct Linotp;

/// Begins the family.
pub(super) fn begin(_: &Guidance) -> Box<dyn Family> {
    Box::new(Linotp)
}

impl Family for Linotp {
    fn takes_for_header(&mut self, row: &Row<'_>) -> Result<bool, Finding> {
        Ok(header::is_header(row))
    }

    fn values<'r>(&self, row: &Row<'r>, warnings: &mut Vec<Finding>) -> Result<Option<Values<'r>>, Finding> {
        expect_cells(row, 2, 6)?;
        let mut values = oath_csv::until_digits(row, 0)?;
        if let Some(period) = row.cell(4).filter(|_| values.kind == Kind::Totp) {
            values.period = Some(spreadsheet::period(row, period, warnings)?);
        }
        if let Some(hash) = row.cell(5) {
            values.hash = Some(spreadsheet::hash(row, hash)?);
        }
        Ok(Some(values))
    }
}
