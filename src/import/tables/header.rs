//! Columns by their names: those of vendors, in English and French, and those that the operator gives.

use crate::import::cells::{Cell, Row};
use crate::import::finding::Finding;
use crate::import::problem::Problem;
use crate::import::secret::SecretEncoding;
use crate::import::spreadsheet::letters;
use std::str::FromStr;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The number on the back.
    Serial,
    /// The seed.
    Secret,
    /// Whether it is a time key or an event key.
    Type,
    /// What vendors call an algorithm: a type, or a hash.
    Algorithm,
    /// The hash under HMAC.
    Hash,
    /// The length of a code.
    Digits,
    /// The seconds that a code stays.
    Step,
    /// The next counter of an event key.
    Counter,
    /// Who made it.
    Manufacturer,
    /// What it is called.
    Model,
    /// Who is to have it.
    User,
}

/// The columns with the name that a finding repeats, and what they are called: letters and digits, without accents.
const WORDS: [(Column, &str, &[&str]); 11] = [
    (
        Column::Serial,
        "serial number",
        &[
            "serial",
            "serialnumber",
            "serialno",
            "serialnr",
            "serialnum",
            "sn",
            "tokenid",
            "tokenserial",
            "tokenserialnumber",
            "deviceserial",
            "deviceserialnumber",
            "keyserial",
            "numerodeserie",
            "numeroserie",
            "numserie",
            "numdeserie",
            "nserie",
            "ndeserie",
            "noserie",
            "nodeserie",
            "serie",
        ],
    ),
    (
        Column::Secret,
        "secret key",
        &[
            "secret",
            "secretkey",
            "seed",
            "key",
            "otpkey",
            "otpsecret",
            "tokenkey",
            "tokensecret",
            "sharedsecret",
            "secretseed",
            "seedvalue",
            "hexseed",
            "seedhex",
            "hexsecret",
            "secrethex",
            "secretkeyhex",
            "hexkey",
            "keyhex",
            "base32",
            "base32secret",
            "secretbase32",
            "secretkeybase32",
            "base32seed",
            "seedbase32",
            "keybase32",
            "secretbase64",
            "seedbase64",
            "keybase64",
            "graine",
            "grainehex",
            "grainebase32",
            "clesecrete",
            "secretpartage",
        ],
    ),
    (Column::Type, "type", &["type", "tokentype", "otptype", "keytype", "typedecle", "typedejeton"]),
    (Column::Algorithm, "algorithm", &["algorithm", "algo", "algorithme", "otpalgorithm"]),
    (
        Column::Hash,
        "hash",
        &["hash", "hashalgorithm", "hashfunction", "hashalgo", "sha", "hmac", "crypto", "hachage", "fonctiondehachage"],
    ),
    (
        Column::Digits,
        "digits",
        &[
            "digits",
            "digit",
            "length",
            "otplength",
            "codelength",
            "otpdigits",
            "numberofdigits",
            "chiffres",
            "nombredechiffres",
            "nbchiffres",
            "nbdechiffres",
            "longueur",
            "longueurducode",
        ],
    ),
    (
        Column::Step,
        "time interval",
        &[
            "step",
            "interval",
            "period",
            "window",
            "timeinterval",
            "timeintervalinseconds",
            "timestep",
            "timestepinseconds",
            "timewindow",
            "totptimestep",
            "otptimestep",
            "periodinseconds",
            "intervalinseconds",
            "pas",
            "pasdetemps",
            "intervalle",
            "intervalledetemps",
            "periode",
        ],
    ),
    (
        Column::Counter,
        "counter",
        &["counter", "hotpcounter", "movingfactor", "initialcounter", "eventcounter", "compteur"],
    ),
    (
        Column::Manufacturer,
        "manufacturer",
        &["manufacturer", "vendor", "maker", "fabricant", "constructeur", "fournisseur"],
    ),
    (Column::Model, "model", &["model", "devicemodel", "product", "productname", "modele", "produit"]),
    (
        Column::User,
        "user",
        &["upn", "user", "username", "userid", "login", "userprincipalname", "utilisateur", "identifiant"],
    ),
];

/// The columns of a table, from left to right; nothing for those that are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Vec<Option<Column>>);

/// The text names no columns.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidColumns {
    /// A word that is no column.
    #[error("no column is called so")]
    Unknown {
        /// The word.
        word: String,
    },
    /// A column twice.
    #[error("a column twice")]
    Twice {
        /// Its name.
        name: &'static str,
    },
    /// No column of seeds.
    #[error("a column of seeds is needed")]
    NoSecret,
}

impl FromStr for Columns {
    type Err = InvalidColumns;

    /// Reads `serial,secret,-,step`.
    fn from_str(text: &str) -> Result<Self, InvalidColumns> {
        let mut columns = Vec::new();
        for word in text.split(',').map(str::trim) {
            let column = if word == "-" {
                None
            } else {
                Some(named(&letters(word)).ok_or_else(|| InvalidColumns::Unknown { word: word.to_owned() })?)
            };
            if column.is_some() && columns.contains(&column) {
                return Err(InvalidColumns::Twice { name: column.map_or("", name_of) });
            }
            columns.push(column);
        }
        if !columns.contains(&Some(Column::Secret)) {
            return Err(InvalidColumns::NoSecret);
        }
        Ok(Self(columns))
    }
}

impl Columns {
    /// Finds the columns that a header names.
    ///
    /// # Errors
    /// A finding when serial or secret is missing, or a column stands twice.
    pub(super) fn of_header(header: &Row<'_>) -> Result<Self, Finding> {
        let columns: Vec<Option<Column>> =
            header.cells().map(|cell| cell.and_then(|cell| named(&letters(cell.text)))).collect();
        let mut columns = Self(columns);
        for (column, name, _) in &WORDS {
            let mut places = (0..).zip(&columns.0).filter(|(_, other)| **other == Some(*column)).map(|(at, _)| at);
            match (places.next(), places.next()) {
                (None, _) if matches!(column, Column::Serial | Column::Secret) => {
                    return Err(header.finding(None, Problem::ColumnMissing { name }));
                }
                (_, Some(second)) if *column != Column::User => {
                    return Err(header.finding(header.cell(second), Problem::ColumnTwice { name }));
                }
                _ => {}
            }
        }
        // Beside a type, an algorithm is a hash.
        if columns.has(Column::Type) && !columns.has(Column::Hash) {
            let algorithm = columns.0.iter_mut().find(|column| **column == Some(Column::Algorithm));
            algorithm.into_iter().for_each(|column| *column = Some(Column::Hash));
        }
        Ok(columns)
    }

    /// Tells whether there is a column.
    pub(super) fn has(&self, column: Column) -> bool {
        self.0.contains(&Some(column))
    }

    /// Gives the cell of a column.
    pub(super) fn cell<'r>(&self, row: &Row<'r>, column: Column) -> Option<Cell<'r>> {
        self.0.iter().position(|other| *other == Some(column)).and_then(|number| row.cell(number))
    }

    /// Tells how many columns there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Gives the column that a word names.
fn named(word: &str) -> Option<Column> {
    WORDS.iter().find(|(.., words)| words.contains(&word)).map(|(column, ..)| *column)
}

fn name_of(column: Column) -> &'static str {
    WORDS.iter().find(|(other, ..)| *other == column).map_or("", |(_, name, _)| name)
}

/// Tells whether a word, in letters, names the column of serials.
pub(super) fn is_serial(word: &str) -> bool {
    named(word) == Some(Column::Serial)
}

/// Tells whether a row is a header: it has a word that names the column of serials or of seeds.
pub(super) fn is_header(row: &Row<'_>) -> bool {
    let mut names = row.cells().flatten().map(|cell| named(&letters(cell.text)));
    names.any(|name| matches!(name, Some(Column::Serial | Column::Secret)))
}

/// Gives the encoding that the name of the column of seeds says.
pub(super) fn encoding_of_header(header: &Row<'_>) -> Option<SecretEncoding> {
    let words = header.cells().flatten().map(|cell| letters(cell.text));
    let secret = words.into_iter().find(|word| named(word) == Some(Column::Secret))?;
    [("hex", SecretEncoding::Hex), ("base32", SecretEncoding::Base32), ("base64", SecretEncoding::Base64)]
        .into_iter()
        .find(|(word, _)| secret.contains(word))
        .map(|(_, encoding)| encoding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::cells::{Cells, Delimiter, split_row};

    fn of_header(text: &str) -> Result<Vec<Option<Column>>, &'static str> {
        let mut cells = Cells::default();
        let row = split_row(1, text, Delimiter::One(b','), &mut cells).unwrap();
        assert!(is_header(&row), "{text}");
        Columns::of_header(&row).map(|columns| columns.0).map_err(|finding| finding.problem.code())
    }

    #[test]
    fn columns_are_known_in_english_and_in_french() {
        use Column::{Digits, Hash, Secret, Serial, Step, Type};
        let all = Ok(vec![Some(Serial), Some(Secret), Some(Step), Some(Digits)]);
        assert_eq!(of_header("S/N,Seed,Time Interval (s),Digits").map(|columns| columns.len()), Ok(4));
        assert_eq!(of_header("Numéro de série,Graine,Pas,Chiffres"), all);
        assert_eq!(of_header("N° de série,Clé secrète,Intervalle de temps,Nombre de chiffres"), all);
        assert_eq!(of_header("token_id,secret,period,length"), all);
        let hash = Ok(vec![Some(Serial), Some(Secret), Some(Type), Some(Hash)]);
        assert_eq!(of_header("serial,seed,type,algorithm"), hash);
        assert_eq!(of_header("serial,seed,key"), Err("column-twice"));
        assert_eq!(of_header("serial,whatever"), Err("column-missing"));
    }

    #[test]
    fn the_operator_may_name_the_columns() {
        let columns: Columns = "serial, graine,-,step".parse().unwrap();
        assert_eq!(columns.0, [Some(Column::Serial), Some(Column::Secret), None, Some(Column::Step)]);
        assert_eq!("serial,step".parse::<Columns>(), Err(InvalidColumns::NoSecret));
        assert_eq!("secret,key".parse::<Columns>(), Err(InvalidColumns::Twice { name: "secret key" }));
        assert!(matches!("serial,x".parse::<Columns>(), Err(InvalidColumns::Unknown { .. })));
    }
}
