//! Lists of two or three columns: `serial,seed[,counter]` of PingID, Duo, Deepnet, Swivel, Feitian, separated by anything.

use super::column::Encodings;
use super::{Family, Guidance, Values, expect_cells, header};
use crate::import::cells::Row;
use crate::import::finding::Finding;
use crate::import::problem::Problem;
use crate::import::spreadsheet::{self, Kind};

struct List {
    encodings: Encodings,
    /// The third cells that were met.
    third: Third,
}

/// What the third column holds.
enum Third {
    /// Nothing.
    Empty,
    /// Numbers that may be steps as well as counters; the first of them stands here.
    Unclear(Finding),
    /// Counters.
    Counters,
}

/// Begins the family.
pub(super) fn begin(_: &Guidance) -> Box<dyn Family> {
    Box::new(List { encodings: Encodings::HexOrBase32, third: Third::Empty })
}

impl Family for List {
    fn encodings(&self) -> Encodings {
        self.encodings
    }

    fn takes_for_header(&mut self, row: &Row<'_>) -> Result<bool, Finding> {
        Ok(header::is_header(row))
    }

    fn foresee(&mut self, row: &Row<'_>) {
        // A title is none of them.
        let Some(third) = row.cell(2).filter(|cell| spreadsheet::is_number(cell.text)) else { return };
        self.third = match &self.third {
            Third::Empty if is_step(third.text) => {
                Third::Unclear(row.finding(Some(third), Problem::ThirdColumnUnclear))
            }
            Third::Unclear(first) if is_step(third.text) => Third::Unclear(first.clone()),
            _ => Third::Counters,
        };
    }

    fn settle(&mut self) -> Result<(), Finding> {
        match &self.third {
            Third::Unclear(first) => Err(first.clone()),
            Third::Empty | Third::Counters => Ok(()),
        }
    }

    fn values<'r>(&self, row: &Row<'r>, _: &mut Vec<Finding>) -> Result<Option<Values<'r>>, Finding> {
        expect_cells(row, 2, 3)?;
        let mut values = Values::of(row.cell(0), row.cell(1));
        let counter = row.cell(2).map(|cell| spreadsheet::number(row, cell, "counter")).transpose()?;
        if matches!(self.third, Third::Counters) {
            (values.kind, values.counter) = (Kind::Hotp, counter);
        } else {
            (values.assumed.kind, values.assumed.period) = (true, true);
        }
        Ok(Some(values))
    }
}

fn is_step(text: &str) -> bool {
    matches!(text, "30" | "60")
}
