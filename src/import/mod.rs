//! Reading vendors' seed files: detect, unwrap, read, sieve; keys and findings come out, in the order of the file.
//!
//! A new format is one more file with a `read` function, one more line in [`FORMATS`], and its mark in `detect`.

mod csv_table;
mod detect;
mod encoding;
mod entra;
mod finding;
mod foreign;
mod oath_csv;
mod problem;
mod pskc;
mod record;
mod sdtid;
mod secret;
mod sieve;
mod source;
mod spreadsheet;
#[cfg(test)]
mod tests;
mod xml;

pub use finding::Finding;
pub use foreign::recognise;
pub use problem::Problem;
pub use record::SeedRecord;
pub use sieve::{MOST_TOLD, SieveOptions};
pub use source::{Source, Survey, survey};

use std::io::BufRead;
use zeroize::Zeroizing;

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// PSKC 1.0, RFC 6030.
    Pskc,
    /// RSA's token records.
    Sdtid,
    /// The CSV of Microsoft Entra and its clones.
    EntraCsv,
    /// A list `serial,hexseed[,type,digits,period]`.
    OathCsv,
}

/// The text of a file.
type Input<'a> = dyn BufRead + Send + 'a;

/// What the reader of a format is: keys and findings to the sink, and the finding that ends it early.
type Reader = fn(&mut Input<'_>, &Guidance, &mut dyn FnMut(Item)) -> Result<(), Finding>;

const FORMATS: [(Format, &str, Reader); 4] = [
    (Format::Pskc, "pskc-1.0", pskc::read),
    (Format::Sdtid, "rsa-sdtid", sdtid::read),
    (Format::EntraCsv, "entra-csv", entra::read),
    (Format::OathCsv, "oath-csv", oath_csv::read),
];

impl Format {
    /// Gives the stable name of the contract.
    pub fn name(self) -> &'static str {
        FORMATS.iter().find(|(format, ..)| *format == self).map_or("", |(_, name, _)| name)
    }

    /// Gives every format, in the order of the manual.
    pub fn all() -> impl Iterator<Item = Self> {
        FORMATS.iter().map(|(format, ..)| *format)
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name())
    }
}

impl std::str::FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        FORMATS.iter().find(|(_, name, _)| *name == text).map(|(format, ..)| *format).ok_or(UnknownFormat)
    }
}

/// No format has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format")]
pub struct UnknownFormat;

/// What the operator gives to open a file.
#[derive(Default)]
pub struct Unlock {
    pre_shared: Option<Zeroizing<Vec<u8>>>,
    passphrase: Option<Zeroizing<Vec<u8>>>,
}

impl Unlock {
    /// Opens nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// Opens with a pre-shared key: 32 hexadecimal digits, or 16 raw bytes; a line end after them does not matter.
    pub fn pre_shared(key: Zeroizing<Vec<u8>>) -> Self {
        Self { pre_shared: Some(key), ..Self::default() }
    }

    /// Takes a passphrase besides, in the place of a former one; a line end after it does not matter.
    pub fn give_passphrase(&mut self, passphrase: Zeroizing<Vec<u8>>) {
        self.passphrase = Some(passphrase);
    }

    fn key(&self) -> Option<&[u8]> {
        self.pre_shared.as_ref().map(|key| key.as_slice())
    }

    fn given_passphrase(&self) -> Option<&[u8]> {
        let given = self.passphrase.as_ref()?.as_slice();
        let line = given.strip_suffix(b"\n").unwrap_or(given);
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}

impl std::fmt::Debug for Unlock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Unlock(…)")
    }
}

/// What the operator says of a file besides its bytes.
#[derive(Debug, Default)]
pub struct Guidance {
    /// What opens it.
    pub unlock: Unlock,
    /// The file's name without its extension: keys without any serial are numbered under it.
    pub stem: String,
}

/// What a file gives: a key, or something to tell.
#[derive(Debug)]
pub enum Item {
    /// A key.
    Key(SeedRecord),
    /// Something to tell.
    Finding(Finding),
    /// All that came before is void: something turned out to be there twice, and the file is read anew with that known.
    Anew,
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
    sink: &mut dyn FnMut(Item),
) -> Result<Format, Finding> {
    let format = match format {
        Some(format) => format,
        None => detect::detect(source, survey)?,
    };
    let reader = FORMATS.iter().find(|(known, ..)| *known == format).map(|(.., reader)| *reader);
    let reader = reader.ok_or(Finding::on_line(1, Problem::FormatUnknown))?;
    let plan = survey.plan.as_ref().map_err(Finding::clone)?;
    let mut known = sieve::Known::default();
    loop {
        let mut sieve = sieve::Sieve::new(options, known, sink);
        if let Some(warning) = &plan.warning {
            sieve.take(Item::Finding(warning.clone()));
        }
        let read = survey.with_text(source, |text| reader(text, guidance, &mut |item| sieve.take(item)));
        if let Err(finding) = read {
            sieve.take(Item::Finding(finding));
        }
        match sieve.finish() {
            None => return Ok(format),
            Some(found) => {
                // Only after the whole file it is known what is in it twice.
                sink(Item::Anew);
                known = found;
            }
        }
    }
}
