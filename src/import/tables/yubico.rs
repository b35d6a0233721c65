//! The "Yubico format": `serial,A,B,secret,access code,time,`. In a row of an event key A is the token id, which may be empty,
//! and B the initial moving factor.

use super::{Family, Guidance, Values, expect_cells};
use crate::import::cells::Row;
use crate::import::finding::Finding;
use crate::import::problem::Problem;
use crate::import::spreadsheet::{self, Kind};

/// The hexadecimal digits of the private id of a Yubico OTP.
const PRIVATE_ID: usize = 12;
/// The column of the time, `2013-12-12T08:41:07`.
const TIME: usize = 5;

struct Yubico;

/// Begins the family.
pub(super) fn begin(_: &Guidance) -> Box<dyn Family> {
    Box::new(Yubico)
}

impl Family for Yubico {
    fn values<'r>(&self, row: &Row<'r>, warnings: &mut Vec<Finding>) -> Result<Option<Values<'r>>, Finding> {
        expect_cells(row, 4, TIME.saturating_add(1))?;
        let not_oath = |algorithm| row.finding(row.cell(2), Problem::AlgorithmNotSupported { algorithm });
        let Some(factor) = row.cell(2) else { return Err(not_oath("static password")) };
        if factor.text.len() == PRIVATE_ID && factor.text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(not_oath("Yubico OTP"));
        }
        let counter = spreadsheet::number(row, factor, "counter")?;
        let mut values = Values { kind: Kind::Hotp, counter: Some(counter), ..Values::of(row.cell(0), row.cell(3)) };
        values.key_id = row.cell(1).map(|cell| cell.text.to_owned());
        values.assumed.digits = true;
        if row.cell(1).is_none() && counter == 0 {
            warnings.push(row.finding(row.cell(1), Problem::MaybeChallengeResponse));
        }
        Ok(Some(values))
    }
}

/// Recognises a row of the family by its time, whatever its seed is like.
pub(super) fn is_row(row: &Row<'_>) -> bool {
    let is_factor = row.cell(2).is_none_or(|cell| cell.text.bytes().all(|byte| byte.is_ascii_hexdigit()));
    is_factor && row.cell(3).is_some() && row.cell(TIME).is_some_and(|cell| is_time(cell.text))
}

fn is_time(text: &str) -> bool {
    let like = |(byte, form): (u8, u8)| if form == b'0' { byte.is_ascii_digit() } else { byte == form };
    text.len() >= 19 && text.bytes().zip(*b"0000-00-00T00:00:00").all(like)
}
