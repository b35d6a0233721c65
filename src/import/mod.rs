//! Reading vendors' seed files: detect, unwrap, read, sieve; keys and findings come out, in the order of the file.
//!
//! A new format is one more file with a `read` function, one more line in [`FORMATS`], and its mark in `detect`.

mod aladdin;
mod cells;
mod closed;
mod csv_table;
mod deepnet;
mod detect;
mod encoded;
mod encoding;
mod finding;
mod foreign;
#[cfg(fuzzing)]
pub mod fuzzing;
mod graph;
mod guidance;
mod hash;
mod lines;
mod openpgp;
mod otpauth;
mod problem;
mod pskc;
mod record;
mod rejects;
mod safeword;
mod sdtid;
mod secret;
mod seed_text;
mod sieve;
mod source;
mod spreadsheet;
mod tables;
#[cfg(test)]
mod tests;
mod users_oath;
mod xml;

pub use finding::{Finding, Place};
pub use foreign::recognise;
pub use guidance::Guidance;
#[cfg(test)]
pub use guidance::Unlock;
pub use problem::Problem;
pub use pskc::Cipher;
pub use record::SeedRecord;
pub use rejects::{LeftOut, RejectsError, write_rejects};
pub use secret::{SecretEncoding, UnknownEncoding};
pub use sieve::{MOST_TOLD, SieveOptions};
pub use source::{Source, Survey, survey};
pub use tables::{Columns, InvalidColumns};

use std::io::BufRead;

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// PSKC 1.0, RFC 6030.
    Pskc,
    /// The drafts before RFC 6030, and what vendors make of them.
    PskcDraft,
    /// The XML of Aladdin and SafeNet.
    AladdinXml,
    /// Authenticator records of SafeWord.
    SafewordDat,
    /// The XML of Deepnet DualShield.
    DeepnetDualshield,
    /// The XML of Deepnet UAP V3.
    DeepnetUap,
    /// The JSON of Entra's Graph interface.
    EntraGraphJson,
    /// The file of oath-toolkit.
    UsersOath,
    /// A list of `otpauth://` URIs.
    Otpauth,
    /// RSA's token records.
    Sdtid,
    /// The CSV of Microsoft Entra and its clones.
    EntraCsv,
    /// A list `serial,hexseed[,type,digits,period]`.
    OathCsv,
    /// The same with three columns of users before it.
    OathCsvUsers,
    /// The same with a hash at its end.
    LinotpCsv,
    /// The CSV of multiOTP.
    MultiotpCsv,
    /// The CSV of PhenixID.
    PhenixidCsv,
    /// The CSV of RCDevs WebADM.
    RcdevsCsv,
    /// The SQL of Authenex.
    AuthenexSql,
    /// What Yubico's tool has done, line by line.
    YubicoLog,
    /// The "Yubico format".
    YubicoCsv,
    /// What Token2's Molto2 is programmed with.
    Molto2List,
    /// A list `serial,seed[,counter]`.
    SerialList,
    /// A table whose columns have names.
    GenericCsv,
}

/// The text of a file.
type Input<'a> = dyn BufRead + Send + 'a;

/// What the reader of a format is: keys and findings to the sink, and the finding that ends it early.
type Reader = fn(&mut Input<'_>, &Guidance, &mut dyn FnMut(Item)) -> Result<(), Finding>;

/// The formats that are read once, from their beginning to their end; those of tables stand in [`tables::TABLES`].
const FORMATS: [(Format, &str, Reader); 10] = [
    (Format::Pskc, "pskc-1.0", pskc::read),
    (Format::PskcDraft, "pskc-draft", pskc::read),
    (Format::Sdtid, "rsa-sdtid", sdtid::read),
    (Format::AladdinXml, "aladdin-xml", aladdin::read),
    (Format::SafewordDat, "safeword-dat", safeword::read),
    (Format::DeepnetDualshield, "deepnet-dualshield", deepnet::read_dualshield),
    (Format::DeepnetUap, "deepnet-uap", deepnet::read_uap),
    (Format::EntraGraphJson, "entra-graph-json", graph::read),
    (Format::UsersOath, "users-oath", users_oath::read),
    (Format::Otpauth, "otpauth", otpauth::read),
];

impl Format {
    /// Gives the stable name of the contract.
    pub fn name(self) -> &'static str {
        names().find(|(format, _)| *format == self).map_or("", |(_, name)| name)
    }

    /// Tells whether it is a table, so that the operator can say what its columns hold and how its seeds are written.
    pub fn is_table(self) -> bool {
        tables::is_table(self)
    }

    /// Gives every format, in the order of the manual.
    pub fn all() -> impl Iterator<Item = Self> {
        names().map(|(format, _)| format)
    }
}

/// Gives the formats with their names, in the order of the manual.
fn names() -> impl Iterator<Item = (Format, &'static str)> {
    let tables = tables::TABLES.iter().map(|(format, name, _)| (*format, *name));
    FORMATS.iter().map(|(format, name, _)| (*format, *name)).chain(tables)
}

impl std::fmt::Display for Format {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name())
    }
}

impl std::str::FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        names().find(|(_, name)| *name == text).map(|(format, _)| format).ok_or(UnknownFormat)
    }
}

/// No format has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format")]
pub struct UnknownFormat;

/// What a reader gives.
#[derive(Debug)]
enum Item {
    /// A row begins, here or a little before: what comes until the next one is of it.
    Row(Place),
    /// A key.
    Key(Box<SeedRecord>),
    /// Something to tell.
    Finding(Finding),
}

/// What a file gives.
#[derive(Debug)]
pub enum Sifted {
    /// A key, and where its row is.
    Key(Box<SeedRecord>, Place),
    /// Something to tell.
    Finding(Finding),
    /// A row cannot be imported; why is told, unless too much is told already. It comes once for each such row.
    Rejected(Place),
    /// The file cannot be imported, nor any row of it.
    Refused(Finding),
    /// All that came before is void: something turned out to be there twice, and the file is read anew with that known.
    Anew,
}

/// How a file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The format that it has.
    pub format: Format,
    /// Where the first row is, if there is one.
    pub first_row: Option<Place>,
}

/// Reads a whole file and gives its keys and findings to `sink`, in the order of the file.
///
/// Keys may come before an error of the same file: whether anything of it is kept is the caller's to decide.
///
/// # Errors
/// The finding for a file that cannot be read at all: no text, or no format that is known.
pub fn read(
    source: &mut dyn Source,
    survey: &Survey,
    format: Option<Format>,
    guidance: &Guidance,
    options: SieveOptions,
    sink: &mut dyn FnMut(Sifted),
) -> Result<Reading, Finding> {
    let format = match format {
        Some(format) => format,
        None => detect::detect(source, survey)
            .or_else(|finding| named_by_columns(finding, guidance))
            .map_err(|finding| explained(finding, &guidance.extension))?,
    };
    let format = if guidance.columns.is_some() && tables::is_table(format) { Format::GenericCsv } else { format };
    let reader = FORMATS.iter().find(|(known, ..)| *known == format).map(|(.., reader)| *reader);
    let plan = survey.plan.as_ref().map_err(Finding::clone)?;
    let mut known = sieve::Known::default();
    loop {
        let mut sieve = sieve::Sieve::new(options, known, sink);
        for warning in survey.warning.iter().chain(&plan.warning) {
            sieve.take(Item::Finding(warning.clone()));
        }
        let read = match (tables::family(format, guidance), reader) {
            (Some(mut family), _) => {
                tables::read(family.as_mut(), source, survey, guidance, &mut |item| sieve.take(item))
            }
            (None, Some(reader)) => {
                survey.with_text(source, |text| reader(text, guidance, &mut |item| sieve.take(item)))
            }
            (None, None) => Err(Finding::on_line(1, Problem::FormatUnknown)),
        };
        if let Err(finding) = read {
            sieve.refuse(finding);
        }
        let first_row = sieve.first_row();
        match sieve.finish() {
            None => return Ok(Reading { format, first_row }),
            Some(found) => {
                // Only after the whole file it is known what is in it twice.
                sink(Sifted::Anew);
                known = found;
            }
        }
    }
}

/// Takes a table that nothing else knows as the operator says.
fn named_by_columns(finding: Finding, guidance: &Guidance) -> Result<Format, Finding> {
    match guidance.columns {
        Some(_) if finding.problem == Problem::FormatUnknown => Ok(Format::GenericCsv),
        _ => Err(finding),
    }
}

/// Explains a file that is nothing that is known, as far as its name tells what it is.
fn explained(finding: Finding, extension: &str) -> Finding {
    match finding.problem {
        Problem::FormatUnknown | Problem::BinaryFile => {
            let problem = closed::by_extension(extension);
            problem.map_or(finding, |problem| Finding::on_line(1, problem))
        }
        _ => finding,
    }
}
