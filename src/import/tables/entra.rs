//! The CSV of Microsoft Entra and its clones: Token2, Deepnet SafeID, HelloID, Mi-Token, Okta. Columns by name, seeds in
//! base32, time keys of six digits.

use super::column::Encodings;
use super::generic::ByName;
use super::header;
use super::{Family, Guidance};
use crate::import::cells::Row;
use crate::import::secret::SecretEncoding;
use crate::import::spreadsheet::letters;

/// Begins the family.
pub(super) fn begin(_: &Guidance) -> Box<dyn Family> {
    Box::new(ByName::new(Encodings::One(SecretEncoding::Base32)))
}

/// Tells whether a row is the header of such a table, in English or translated.
pub(super) fn is_header(row: &Row<'_>) -> bool {
    const SECRETS: [&str; 2] = ["secretkey", "clesecrete"];
    let words: Vec<_> = row.cells().flatten().map(|cell| letters(cell.text)).collect();
    let has = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    has(&["upn"])
        || (has(&SECRETS) && words.iter().any(|word| header::is_serial(word)))
        || (has(&["secretkey"]) && has(&["timeinterval", "manufacturer", "model"]))
}
