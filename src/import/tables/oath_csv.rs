//! The list `serial,hexseed[,type[,digits[,step|counter]]]` without a header, of privacyIDEA and NetIQ; its second version has
//! three columns of users before it.

use super::{Family, Guidance, Values, expect_cells, header};
use crate::import::cells::{Cell, Row};
use crate::import::finding::Finding;
use crate::import::problem::Problem;
use crate::import::spreadsheet::{self, Kind};

/// How many columns of users the second version has: name, resolver, realm.
const USERS: usize = 3;

struct OathCsv {
    /// How many columns stand before the serial.
    before: usize,
}

/// Begins the first version.
pub(super) fn begin(_: &Guidance) -> Box<dyn Family> {
    Box::new(OathCsv { before: 0 })
}

/// Begins the version with users.
pub(super) fn begin_with_users(_: &Guidance) -> Box<dyn Family> {
    Box::new(OathCsv { before: USERS })
}

impl Family for OathCsv {
    fn takes_for_header(&mut self, row: &Row<'_>) -> Result<bool, Finding> {
        Ok(header::is_header(row))
    }

    fn known_by<'r>(&self, row: &Row<'r>) -> Option<Cell<'r>> {
        row.cell(self.before)
    }

    fn values<'r>(&self, row: &Row<'r>, warnings: &mut Vec<Finding>) -> Result<Option<Values<'r>>, Finding> {
        let first = self.before;
        expect_cells(row, first.saturating_add(2), first.saturating_add(5))?;
        let mut values = until_digits(row, first)?;
        if let Some(last) = row.cell(first.saturating_add(4)) {
            match values.kind {
                Kind::Totp => values.period = Some(spreadsheet::period(row, last, warnings)?),
                Kind::Hotp => values.counter = Some(spreadsheet::number(row, last, "counter")?),
            }
        }
        values.assumed.user = (0..first).any(|number| row.cell(number).is_some());
        Ok(Some(values))
    }
}

/// Reads serial, seed, type and digits, which all such lists begin with; without a type it is an event key,
/// for privacyIDEA as for LinOTP.
pub(super) fn until_digits<'r>(row: &Row<'r>, first: usize) -> Result<Values<'r>, Finding> {
    let cell = |number| row.cell(first.saturating_add(number));
    let mut values = Values::of(cell(0), cell(1));
    match cell(2) {
        Some(kind) => (values.kind, values.hash) = spreadsheet::kind(row, kind)?,
        // The number may be a counter as well as an interval.
        None if cell(4).is_some_and(|number| number.text != "0") => {
            return Err(row.finding(cell(4), Problem::AlgorithmMissing));
        }
        None => (values.kind, values.assumed.event) = (Kind::Hotp, true),
    }
    values.digits = cell(3).map(|digits| spreadsheet::digits(row, digits)).transpose()?;
    Ok(values)
}
