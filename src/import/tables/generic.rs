//! Any table whose columns have names: in its header, or from the operator.

use super::column::Encodings;
use super::header::{self, Column, Columns};
use super::{Assumed, Family, Guidance, Name, Values, expect_cells, is_seed_like};
use crate::import::cells::{Cell, Row};
use crate::import::finding::Finding;
use crate::import::spreadsheet::{self, Kind};

/// A table whose columns have names.
pub(super) struct ByName {
    encodings: Encodings,
    columns: Columns,
    /// The header, which stands again where files were put one behind another.
    heading: String,
    /// Whether the operator names the columns, so that a header is only passed over.
    given: bool,
    /// Whether nothing but a time key of six digits can be meant where nothing else is said.
    is_entra: bool,
}

impl ByName {
    /// Begins a table of time keys whose seeds have a fixed encoding.
    pub(super) fn new(encodings: Encodings) -> Self {
        Self { encodings, columns: Columns::default(), heading: String::new(), given: false, is_entra: true }
    }
}

/// Begins the family.
pub(super) fn begin(guidance: &Guidance) -> Box<dyn Family> {
    Box::new(ByName {
        encodings: Encodings::HexOrBase32,
        columns: guidance.columns.clone().unwrap_or_default(),
        heading: String::new(),
        given: guidance.columns.is_some(),
        is_entra: false,
    })
}

impl Family for ByName {
    fn encodings(&self) -> Encodings {
        self.encodings
    }

    fn takes_for_header(&mut self, row: &Row<'_>) -> Result<bool, Finding> {
        if self.given {
            return Ok(header::is_header(row) || !row.cells().flatten().any(|cell| is_seed_like(cell.text)));
        }
        self.columns = Columns::of_header(row)?;
        row.text.clone_into(&mut self.heading);
        self.encodings = header::encoding_of_header(row).map_or(self.encodings, Encodings::One);
        Ok(true)
    }

    fn known_by<'r>(&self, row: &Row<'r>) -> Option<Cell<'r>> {
        self.columns.cell(row, Column::Serial)
    }

    fn values<'r>(&self, row: &Row<'r>, warnings: &mut Vec<Finding>) -> Result<Option<Values<'r>>, Finding> {
        if self.given {
            expect_cells(row, 1, self.columns.len())?;
        } else if row.text == self.heading {
            return Ok(None);
        }
        let cell = |column| self.columns.cell(row, column);
        let mut values = Values::of(cell(Column::Serial), cell(Column::Secret));
        if !self.columns.has(Column::Serial) {
            values.serial = Name::Nothing;
        }
        values.manufacturer = cell(Column::Manufacturer);
        values.model = cell(Column::Model);
        let kind = cell(Column::Type).or_else(|| cell(Column::Algorithm));
        let counts = self.columns.has(Column::Counter) && !self.columns.has(Column::Step);
        (values.kind, values.hash) = match kind {
            Some(kind) => spreadsheet::kind(row, kind)?,
            None if counts => (Kind::Hotp, None),
            None => (Kind::Totp, None),
        };
        if let Some(hash) = cell(Column::Hash) {
            values.hash = Some(spreadsheet::hash(row, hash)?);
        }
        values.digits = cell(Column::Digits).map(|digits| spreadsheet::digits(row, digits)).transpose()?;
        match values.kind {
            Kind::Totp => {
                let period = cell(Column::Step).map(|period| spreadsheet::period(row, period, warnings));
                values.period = period.transpose()?;
            }
            Kind::Hotp => {
                let counter = cell(Column::Counter).map(|counter| spreadsheet::number(row, counter, "counter"));
                values.counter = counter.transpose()?;
            }
        }
        values.assumed = Assumed {
            kind: kind.is_none() && !counts && !self.is_entra,
            period: values.period.is_none() && values.kind == Kind::Totp,
            user: cell(Column::User).is_some(),
            ..super::Assumed::default()
        };
        Ok(Some(values))
    }
}
