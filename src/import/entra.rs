//! The CSV of Microsoft Entra and its clones: Token2, Deepnet SafeID, HelloID, Okta. Columns by name, seeds in base32.

use super::csv_table::{Row, Table};
use super::finding::Finding;
use super::problem::Problem;
use super::record::{self, SeedRecord};
use super::spreadsheet::{self, SeedEncoding};
use super::{Guidance, Input, Item};
use crate::key::Validity;
use crate::otp::{Algorithm, Digits, Hash, Parameters};

/// The columns, and what they are called; blanks, underscores and hyphens in a header do not count.
const SERIAL: (&str, &[&str]) =
    ("serial number", &["serialnumber", "serial", "serialno", "sn", "s/n", "numérodesérie", "numerodeserie"]);
const SECRET: (&str, &[&str]) = ("secret key", &["secretkey", "secret", "seed", "clésecrète", "clesecrete", "graine"]);
const INTERVAL: (&str, &[&str]) =
    ("time interval", &["timeinterval", "timeintervalinseconds", "interval", "timestep", "intervalle"]);
const MANUFACTURER: (&str, &[&str]) = ("manufacturer", &["manufacturer", "fabricant"]);
const MODEL: (&str, &[&str]) = ("model", &["model", "devicemodel", "modèle", "modele"]);

/// Where the columns stand.
struct Columns {
    serial: usize,
    secret: usize,
    interval: Option<usize>,
    manufacturer: Option<usize>,
    model: Option<usize>,
}

/// Reads a table and gives its keys and findings, in the order of the file.
///
/// # Errors
/// The finding for a header that is missing or unclear.
pub(super) fn read(input: &mut Input<'_>, _: &Guidance, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    let mut table = Table::new(input);
    let header = match table.next() {
        Some(header) => Table::split_again(header?),
        None => return Err(Finding::on_line(1, Problem::BlankFile)),
    };
    let columns = columns(&header)?;
    while let Some(row) = table.next() {
        let mut warnings = Vec::new();
        let row = match row {
            Ok(row) => Table::split_again(row),
            Err(finding) => {
                sink(Item::Finding(finding));
                continue;
            }
        };
        let outcome = key(&row, &columns, &mut warnings);
        let shown = row.cell(columns.serial).map_or("", |cell| cell.text.as_str());
        warnings.into_iter().for_each(|finding| sink(Item::Finding(finding.of(shown))));
        sink(match outcome {
            Ok(record) => Item::Key(record),
            Err(finding) => Item::Finding(finding.of(shown)),
        });
    }
    Ok(())
}

/// Brings a header's cell into the form in which names are compared.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// Tells whether a row is the header of such a table: serial and secret, or a name that only these tables have.
pub(super) fn is_header(row: &Row) -> bool {
    let has = |names: &[&str]| row.cells.iter().any(|cell| names.contains(&folded(&cell.text).as_str()));
    (has(SERIAL.1) && has(SECRET.1)) || has(&["upn", "serialnumber", "secretkey"])
}

fn columns(header: &Row) -> Result<Columns, Finding> {
    let find = |(name, spellings): (&'static str, &[&str])| {
        let mut found = (0..).zip(&header.cells).filter(|(_, cell)| spellings.contains(&folded(&cell.text).as_str()));
        match (found.next(), found.next()) {
            (_, Some((_, second))) => Err(header.finding(Some(second), Problem::ColumnTwice { name })),
            (first, None) => Ok(first.map(|(number, _): (usize, _)| number)),
        }
    };
    let needed = |column: (&'static str, &[&str])| {
        find(column)?.ok_or_else(|| header.finding(None, Problem::ColumnMissing { name: column.0 }))
    };
    Ok(Columns {
        serial: needed(SERIAL)?,
        secret: needed(SECRET)?,
        interval: find(INTERVAL)?,
        manufacturer: find(MANUFACTURER)?,
        model: find(MODEL)?,
    })
}

fn key(row: &Row, columns: &Columns, warnings: &mut Vec<Finding>) -> Result<SeedRecord, Finding> {
    let cell = |column: Option<usize>| column.and_then(|number| row.cell(number));
    let serial = spreadsheet::serial(row, row.cell(columns.serial), warnings)?;
    let seed_cell = row.cell(columns.secret);
    let seed = spreadsheet::seed(row, seed_cell, SeedEncoding::Base32)?;
    warnings.extend(record::assumed_sha1(&seed).map(|problem| row.finding(seed_cell, problem)));
    let period = spreadsheet::period(row, cell(columns.interval), warnings)?;
    let name = |column| cell(column).and_then(|cell| record::name(&cell.text));
    Ok(SeedRecord {
        line: row.line,
        serial,
        key_id: None,
        seed,
        parameters: Parameters { algorithm: Algorithm::Totp(Hash::Sha1), digits: Digits::SIX, period },
        counter: None,
        manufacturer: name(columns.manufacturer),
        model: name(columns.model),
        validity: Validity::default(),
        drift: 0,
    })
}
