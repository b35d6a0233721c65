//! The families of tables that vendors ship: each says where in a row the values of a key stand.
//!
//! A table is read twice more: what only a whole column tells (how its seeds are written, whether serials lost zeroes) has to
//! be known before the first key. No seed is kept in between. A new family is one more file, and one more line in [`TABLES`].

mod authenex;
mod column;
mod detect;
mod entra;
mod generic;
mod header;
mod linotp;
mod list;
mod molto2;
mod multiotp;
mod oath_csv;
mod phenixid;
mod rcdevs;
#[cfg(test)]
mod tests;
mod yubico;
mod yubico_log;

pub(super) use detect::detect;
pub use header::{Columns, InvalidColumns};

use super::cells::{Cell, Delimiter, Row};
use super::csv_table::{self, Opening, Table};
use super::finding::{Finding, Place};
use super::problem::Problem;
use super::record::{self, SeedRecord};
use super::secret::SecretEncoding;
use super::source::{Source, Survey};
use super::spreadsheet::{self, Kind, SerialColumn};
use super::{Format, Guidance, Input, Item};
use crate::key::{Serial, Validity};
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period};
use column::Encodings;

/// How a family is begun, with what the operator says.
pub(super) type Begin = fn(&Guidance) -> Box<dyn Family>;

pub(super) const TABLES: [(Format, &str, Begin); 13] = [
    (Format::EntraCsv, "entra-csv", entra::begin),
    (Format::OathCsv, "oath-csv", oath_csv::begin),
    (Format::OathCsvUsers, "oath-csv-2", oath_csv::begin_with_users),
    (Format::LinotpCsv, "linotp-csv", linotp::begin),
    (Format::MultiotpCsv, "multiotp-csv", multiotp::begin),
    (Format::PhenixidCsv, "phenixid-csv", phenixid::begin),
    (Format::RcdevsCsv, "rcdevs-csv", rcdevs::begin),
    (Format::AuthenexSql, "authenex-sql", authenex::begin),
    (Format::YubicoLog, "yubico-log", yubico_log::begin),
    (Format::YubicoCsv, "yubico-csv", yubico::begin),
    (Format::Molto2List, "molto2-list", molto2::begin),
    (Format::SerialList, "serial-list", list::begin),
    (Format::GenericCsv, "generic-csv", generic::begin),
];

/// A family of tables.
pub(in crate::import) trait Family {
    /// Tells how the family writes its seeds, unless the operator says it.
    fn encodings(&self) -> Encodings {
        Encodings::One(SecretEncoding::Hex)
    }

    /// Gives what separates cells, where the family fixes it.
    fn delimiter(&self) -> Option<Delimiter> {
        None
    }

    /// Looks at the first row; tells whether it names the columns, and is no key.
    ///
    /// # Errors
    /// The finding for a header that is missing or unclear.
    fn takes_for_header(&mut self, _: &Row<'_>) -> Result<bool, Finding> {
        Ok(false)
    }

    /// Looks at a row in the first reading.
    fn foresee(&mut self, _: &Row<'_>) {}

    /// Draws the conclusions of the first reading.
    ///
    /// # Errors
    /// The finding for a table that can be read in two ways.
    fn settle(&mut self) -> Result<(), Finding> {
        Ok(())
    }

    /// Gives the cell by which people know a row, whatever is wrong with it.
    fn known_by<'r>(&self, row: &Row<'r>) -> Option<Cell<'r>> {
        row.cell(0)
    }

    /// Finds the values of a key in a row; nothing in a row that is none.
    ///
    /// # Errors
    /// What keeps the row out.
    fn values<'r>(&self, row: &Row<'r>, warnings: &mut Vec<Finding>) -> Result<Option<Values<'r>>, Finding>;
}

/// What a key is called.
pub(super) enum Name<'r> {
    /// As its cell says.
    Cell(Option<Cell<'r>>),
    /// As several cells say together, the first of which is here.
    Composed(String, Option<Cell<'r>>),
    /// Not at all.
    Nothing,
}

/// The values of a key, as a row has them.
pub(super) struct Values<'r> {
    serial: Name<'r>,
    key_id: Option<String>,
    secret: Option<Cell<'r>>,
    /// What moves it on.
    kind: Kind,
    hash: Option<Hash>,
    digits: Option<Digits>,
    period: Option<Period>,
    counter: Option<u64>,
    manufacturer: Option<Cell<'r>>,
    model: Option<Cell<'r>>,
    assumed: Assumed,
}

/// What a row leaves out, and the file as a whole is told of once.
#[derive(Clone, Copy, Default)]
pub(super) struct Assumed {
    /// The type, where it is one with a clock that is taken for it.
    kind: bool,
    /// The type, where it is that of event keys.
    event: bool,
    /// The period.
    period: bool,
    /// The digits.
    digits: bool,
    /// A user is named, to whom nobody assigns the key here.
    user: bool,
}

impl<'r> Values<'r> {
    /// Begins with the cells of serial and seed: a time key of whose other values nothing is known.
    pub(super) fn of(serial: Option<Cell<'r>>, secret: Option<Cell<'r>>) -> Self {
        Self {
            serial: Name::Cell(serial),
            key_id: None,
            secret,
            kind: Kind::Totp,
            hash: None,
            digits: None,
            period: None,
            counter: None,
            manufacturer: None,
            model: None,
            assumed: Assumed::default(),
        }
    }
}

/// Tells whether a format is one of tables.
pub(super) fn is_table(format: Format) -> bool {
    TABLES.iter().any(|(table, ..)| *table == format)
}

/// Begins a family, if a format is one of tables.
pub(super) fn family(format: Format, guidance: &Guidance) -> Option<Box<dyn Family>> {
    TABLES.iter().find(|(table, ..)| *table == format).map(|(.., begin)| begin(guidance))
}

/// Reads a table and gives its keys and findings, in the order of the file.
///
/// # Errors
/// The finding that keeps out the whole of it: a header that is missing, seeds of which it is not clear how they are written.
pub(super) fn read(
    family: &mut dyn Family,
    source: &mut dyn Source,
    survey: &Survey,
    guidance: &Guidance,
    sink: &mut dyn FnMut(Item),
) -> Result<(), Finding> {
    let delimiter = match family.delimiter() {
        Some(delimiter) => delimiter,
        None => survey.glance(source, |text| Ok(csv_table::delimiter(&Opening::read(text).rows)))?,
    };
    let columns = survey.with_text(source, |text| look(family, text, delimiter, guidance.secret_encoding))?;
    family.settle()?;
    let pad_to = guidance.pad_serial.map(usize::from);
    let known = Known { encoding: columns.encoding()?, serials: columns.serials(pad_to), stem: &guidance.stem };
    survey.with_text(source, |text| take(family, text, delimiter, &known, sink))
}

/// What the first reading has found.
struct Known<'a> {
    encoding: SecretEncoding,
    serials: SerialColumn,
    stem: &'a str,
}

/// Reads a table for what only the whole of it tells; what is wrong with its rows is told by the second reading.
fn look(
    family: &mut dyn Family,
    text: &mut Input<'_>,
    delimiter: Delimiter,
    given: Option<SecretEncoding>,
) -> Result<column::Columns, Finding> {
    let mut table = Table::new(text, delimiter);
    let mut columns = column::Columns::new(given.map_or(family.encodings(), Encodings::One));
    let mut unheard = Vec::new();
    let mut first = true;
    while let Some(row) = table.next() {
        let Some(row) = row.ok().filter(|row| row.len() > 0) else { continue };
        if std::mem::take(&mut first) && family.takes_for_header(&row)? {
            // A header may say how the seeds are written.
            columns = column::Columns::new(given.map_or(family.encodings(), Encodings::One));
            continue;
        }
        family.foresee(&row);
        if let Ok(Some(values)) = family.values(&row, &mut unheard) {
            let serial = if let Name::Cell(cell) = values.serial { cell } else { None };
            columns.look(&row, serial, values.secret);
        }
        unheard.clear();
    }
    Ok(columns)
}

/// Reads a table for its keys.
fn take(
    family: &mut dyn Family,
    text: &mut Input<'_>,
    delimiter: Delimiter,
    known: &Known<'_>,
    sink: &mut dyn FnMut(Item),
) -> Result<(), Finding> {
    let mut table = Table::new(text, delimiter);
    let mut warnings = Vec::new();
    let mut told = Assumed::default();
    let mut first = true;
    while let Some(row) = table.next() {
        let row = match row {
            Ok(row) => row,
            Err(finding) => {
                sink(Item::Row(finding.place()));
                sink(Item::Finding(finding));
                continue;
            }
        };
        // Separators and nothing between them.
        if row.len() == 0 {
            continue;
        }
        if std::mem::take(&mut first) && family.takes_for_header(&row)? {
            continue;
        }
        let outcome = match family.values(&row, &mut warnings) {
            Ok(None) => None,
            Ok(Some(values)) => {
                tell_assumed(&row, values.assumed, &mut told, &mut warnings);
                Some(key(&row, values, known, &mut warnings))
            }
            Err(finding) => Some(Err(finding)),
        };
        // A row that is no key, and that nothing is told of, may as well belong to the head of the file.
        if outcome.is_some() || !warnings.is_empty() {
            sink(Item::Row(Place::on_line(row.line)));
        }
        if warnings.is_empty()
            && let Some(Ok(record)) = outcome
        {
            sink(Item::Key(Box::new(record)));
            continue;
        }
        // What stands alone on its line may be anything, a secret too: only its place is told.
        let shown = family.known_by(&row).filter(|_| row.len() > 1).map_or("", |cell| cell.text);
        warnings.drain(..).for_each(|finding| sink(Item::Finding(finding.of(shown))));
        match outcome {
            Some(Ok(record)) => sink(Item::Key(Box::new(record))),
            Some(Err(finding)) => sink(Item::Finding(finding.of(shown))),
            None => {}
        }
    }
    Ok(())
}

/// Tells once in a file what is left out in its rows.
fn tell_assumed(row: &Row<'_>, assumed: Assumed, told: &mut Assumed, warnings: &mut Vec<Finding>) {
    for (now, before, problem) in [
        (assumed.kind, &mut told.kind, Problem::TypeAssumed),
        (assumed.event, &mut told.event, Problem::EventAssumed),
        (assumed.period, &mut told.period, Problem::PeriodAssumed),
        (assumed.digits, &mut told.digits, Problem::DigitsAssumed),
        (assumed.user, &mut told.user, Problem::UsersNotAssigned),
    ] {
        if now && !std::mem::replace(before, true) {
            warnings.push(row.finding(None, problem));
        }
    }
}

fn key(
    row: &Row<'_>,
    values: Values<'_>,
    known: &Known<'_>,
    warnings: &mut Vec<Finding>,
) -> Result<SeedRecord, Finding> {
    let serial = serial(row, &values, known, warnings)?;
    let seed = spreadsheet::seed(row, values.secret, known.encoding)?;
    if values.hash.is_none() {
        warnings.extend(record::assumed_sha1(&seed).map(|problem| row.finding(values.secret, problem)));
    }
    let hash = values.hash.unwrap_or(Hash::Sha1);
    let (algorithm, counter) = match values.kind {
        Kind::Totp => (Algorithm::Totp(hash), None),
        Kind::Hotp => (Algorithm::Hotp(hash), Some(values.counter.unwrap_or(0))),
    };
    let name = |cell: Option<Cell<'_>>| cell.and_then(|cell| record::name(cell.text));
    Ok(SeedRecord {
        line: row.line,
        serial,
        key_id: values.key_id.map(Into::into),
        seed,
        parameters: Parameters {
            algorithm,
            digits: values.digits.unwrap_or(Digits::SIX),
            period: values.period.unwrap_or(Period::HALF_MINUTE),
        },
        counter,
        manufacturer: name(values.manufacturer),
        model: name(values.model),
        validity: Validity::default(),
        drift: 0,
        is_sealed: false,
    })
}

fn serial(
    row: &Row<'_>,
    values: &Values<'_>,
    known: &Known<'_>,
    warnings: &mut Vec<Finding>,
) -> Result<Serial, Finding> {
    match &values.serial {
        Name::Cell(cell) => spreadsheet::serial(row, *cell, known.serials, warnings),
        Name::Composed(text, cell) => {
            let (serial, changed) = record::serial(text).map_err(|problem| row.finding(*cell, problem))?;
            warnings.extend(changed.then(|| row.finding(*cell, Problem::SerialChanged)));
            Ok(serial)
        }
        Name::Nothing => {
            warnings.push(row.finding(None, Problem::SerialMadeUp));
            record::made_up_serial(known.stem, row.line).map_err(|problem| row.finding(None, problem))
        }
    }
}

/// Holds a row to a number of cells.
fn expect_cells(row: &Row<'_>, fewest: usize, most: usize) -> Result<(), Finding> {
    let found = record::wide(row.len());
    if row.len() < fewest {
        return Err(row.finding(None, Problem::TooFewCells { found, expected: record::wide(fewest) }));
    }
    if row.len() > most {
        let beyond = (most..row.len()).find_map(|number| row.cell(number));
        return Err(row.finding(beyond, Problem::TooManyCells { found, expected: record::wide(most) }));
    }
    Ok(())
}

/// Tells whether a text is long enough and of letters and digits, so that it could be a seed in any state.
fn is_seed_like(text: &str) -> bool {
    let body = text.chars().filter(|c| !super::secret::is_blank(*c) && !matches!(c, ':' | '-'));
    let hexadecimal = body.clone().filter(char::is_ascii_hexdigit).count();
    let other = body.clone().filter(|c| !c.is_ascii_alphanumeric() && *c != '=').count();
    let long = body.count();
    (long >= 16 && other == 0) || (hexadecimal >= 16 && other <= 1)
}
