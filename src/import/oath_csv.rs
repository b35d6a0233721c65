//! The list `serial,hexseed[,type,digits,period]` without a header, as privacyIDEA, NetIQ, PingID and others take it.

use super::csv_table::{Row, Table};
use super::finding::Finding;
use super::problem::Problem;
use super::record::{self, SeedRecord, wide};
use super::spreadsheet::{self, SeedEncoding};
use super::{Guidance, Input, Item, entra};
use crate::key::Validity;
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period};

const FEWEST_CELLS: usize = 2;
const MOST_CELLS: usize = 5;

/// Reads a list and gives its keys and findings, in the order of the file.
///
/// # Errors
/// None: each row stands for itself.
pub(super) fn read(input: &mut Input<'_>, _: &Guidance, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    let mut table = Table::new(input);
    let mut may_be_header = true;
    let mut type_assumed = false;
    while let Some(row) = table.next() {
        let mut warnings = Vec::new();
        let row = match row {
            Ok(row) => Table::split_again(row),
            Err(finding) => {
                sink(Item::Finding(finding));
                continue;
            }
        };
        if std::mem::take(&mut may_be_header) && is_header(&row) {
            continue;
        }
        if row.cell(2).is_none() && !std::mem::replace(&mut type_assumed, true) {
            sink(Item::Finding(row.finding(None, Problem::TypeAssumed)));
        }
        let outcome = key(&row, &mut warnings);
        let shown = row.cell(0).map_or("", |cell| cell.text.as_str());
        warnings.into_iter().for_each(|finding| sink(Item::Finding(finding.of(shown))));
        sink(match outcome {
            Ok(record) => Item::Key(record),
            Err(finding) => Item::Finding(finding.of(shown)),
        });
    }
    Ok(())
}

/// Tells whether the first cells of a row are words that name columns.
pub(super) fn is_header(row: &Row) -> bool {
    const SECRETS: [&str; 8] = ["secret", "secretkey", "seed", "hexseed", "key", "hexsecret", "otpkey", "graine"];
    let second = row.cell(1).map(|cell| entra::folded(&cell.text)).unwrap_or_default();
    SECRETS.contains(&second.as_str())
}

fn key(row: &Row, warnings: &mut Vec<Finding>) -> Result<SeedRecord, Finding> {
    let found = row.cells.len();
    if found < FEWEST_CELLS {
        return Err(row.finding(None, Problem::TooFewCells { found: wide(found), expected: wide(FEWEST_CELLS) }));
    }
    if found > MOST_CELLS {
        let problem = Problem::TooManyCells { found: wide(found), expected: wide(MOST_CELLS) };
        return Err(row.finding(row.cells.get(MOST_CELLS), problem));
    }
    let serial = spreadsheet::serial(row, row.cell(0), warnings)?;
    let seed = spreadsheet::seed(row, row.cell(1), SeedEncoding::Hex)?;
    warnings.extend(record::assumed_sha1(&seed).map(|problem| row.finding(row.cell(1), problem)));
    let is_event = is_event(row)?;
    let digits = match row.cell(3) {
        None => Digits::SIX,
        Some(cell) => {
            let fail = |problem| row.finding(Some(cell), problem);
            let digits = cell.text.parse().map_err(|_| fail(Problem::NumberMalformed { name: "digits" }))?;
            Digits::new(digits).map_err(|_| fail(Problem::DigitsOutOfRange))?
        }
    };
    let last = row.cell(4);
    let (algorithm, period, counter) = if is_event {
        let counter = match last {
            None => 0,
            Some(cell) => {
                cell.text.parse().map_err(|_| row.finding(last, Problem::NumberMalformed { name: "counter" }))?
            }
        };
        (Algorithm::Hotp(Hash::Sha1), Period::HALF_MINUTE, Some(counter))
    } else {
        let period = match last {
            None => Period::HALF_MINUTE,
            Some(_) => spreadsheet::period(row, last, warnings)?,
        };
        (Algorithm::Totp(Hash::Sha1), period, None)
    };
    Ok(SeedRecord {
        line: row.line,
        serial,
        key_id: None,
        seed,
        parameters: Parameters { algorithm, digits, period },
        counter,
        manufacturer: None,
        model: None,
        validity: Validity::default(),
        drift: 0,
    })
}

/// Reads the type; without one a key is taken for time-based.
fn is_event(row: &Row) -> Result<bool, Finding> {
    let cell = row.cell(2);
    let fail = |problem| Err(row.finding(cell, problem));
    match cell.map_or("totp", |cell| cell.text.as_str()).to_ascii_lowercase().as_str() {
        "totp" => Ok(false),
        "hotp" => Ok(true),
        "ocra" | "ocra2" => fail(Problem::AlgorithmNotSupported { algorithm: "OCRA" }),
        "tan" => fail(Problem::AlgorithmNotSupported { algorithm: "TAN" }),
        "motp" => fail(Problem::AlgorithmNotSupported { algorithm: "mOTP" }),
        _ => fail(Problem::AlgorithmUnknown),
    }
}
