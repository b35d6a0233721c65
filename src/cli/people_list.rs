//! CSV lists of users, establishments, keys and activation codes, as schools and spreadsheets write them.

mod finding;

pub use finding::{Finding, Findings};

use super::escape::cut;
use super::locale::Value;
use super::times::ListedMoment;
use crate::activation::ActivationCode;
use crate::clock::UtcTime;
use crate::establishment::{InvalidUai, Uai};
use crate::key::Serial;
use crate::ops::{Assignment, Exchange, Invited, NewEstablishment, NewUser, OldCode, Row};
use crate::user::{Login, Name};
use csv::{Reader, ReaderBuilder, StringRecord, Trim};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;
use std::collections::HashMap;

/// A column that is read: its English name, and what else it may be called.
#[derive(Clone, Copy)]
struct Column {
    name: &'static str,
    synonyms: &'static [&'static str],
    may_be_missing: bool,
}

impl Column {
    const fn called(name: &'static str, synonyms: &'static [&'static str]) -> Self {
        Self { name, synonyms, may_be_missing: false }
    }

    fn is_named(&self, header: &str) -> bool {
        self.synonyms.contains(&plain(header).as_str())
    }

    /// A column that a list need not have, and whose cells may be empty.
    const fn optional(self) -> Self {
        Self { may_be_missing: true, ..self }
    }
}

const LOGIN: Column = Column::called("login", &["login", "identifiant"]);
const NAME: Column = Column::called("name", &["name", "nom"]);
const UAI: Column = Column::called("uai", &["uai", "establishment", "etablissement"]);
const ESTABLISHMENT: Column =
    Column::called("establishment", &["establishment", "establishments", "etablissement", "etablissements", "uai"]);
const SERIAL: Column = Column::called(
    "serial",
    &["serial", "serial number", "serie", "numero de serie", "no de serie", "n° de serie", "numero"],
);
const OLD: Column = Column::called("old", &["old", "ancien", "ancienne", "ancienne cle", "ancien numero", "remplacee"]);
const NEW: Column = Column::called("new", &["new", "nouveau", "nouvelle", "nouvelle cle", "nouveau numero"]);
const CODE: Column =
    Column::called("code", &["code", "activation code", "activation_code", "code d'activation", "code activation"]);
const EXPIRY: Column = Column::called(
    "expires_at",
    &[
        "expires_at",
        "expires",
        "expiry",
        "expiration",
        "expire le",
        "date d'expiration",
        "valable jusqu'au",
        "echeance",
    ],
);

/// Columns that a list of users has for those who read it, and that nobody need be warned of.
const FOR_READERS: [Column; 2] = [NAME, ESTABLISHMENT];

/// A header of more columns is none.
const MOST_COLUMNS: usize = 100;

/// A list that was read: the rows that are right, and what is wrong with the others.
#[derive(Debug)]
pub struct PeopleList<T> {
    /// The rows that are right.
    pub rows: Vec<Row<T>>,
    /// What is wrong.
    pub findings: Findings,
    /// Columns that nothing is read from, and that tell readers nothing either.
    pub ignored: Vec<String>,
    /// How many rows there are, right and wrong.
    pub read: usize,
}

/// Reads a list of users.
pub fn users(bytes: &[u8]) -> PeopleList<NewUser> {
    read(bytes, [LOGIN, NAME, ESTABLISHMENT], |cells, findings| {
        let [login, name, establishments] = cells;
        let login = login.parse::<Login>("invalid-login", findings);
        let name = name.parse::<Name>("invalid-name", findings);
        let establishments = establishments.uais(findings);
        Some(NewUser { login: login?, name: name?, establishments: establishments? })
    })
}

/// Reads a list of establishments.
pub fn establishments(bytes: &[u8]) -> PeopleList<NewEstablishment> {
    read(bytes, [UAI, NAME], |cells, findings| {
        let [uai, name] = cells;
        let uai = uai.uai(uai.text, findings);
        let name = name.parse::<Name>("invalid-name", findings);
        Some(NewEstablishment { uai: uai?, name: name? })
    })
}

/// Reads a list of keys.
pub fn serials(bytes: &[u8]) -> PeopleList<Serial> {
    read(bytes, [SERIAL], |[serial], findings| serial.serial(findings))
}

/// Reads a list of users who are there.
pub fn logins(bytes: &[u8]) -> PeopleList<Login> {
    read(bytes, [LOGIN], |[login], findings| login.login(findings))
}

/// Reads a list of keys and the users who are to have them; nobody and no key stands there twice.
pub fn assignments(bytes: &[u8]) -> PeopleList<Assignment> {
    let list = read(bytes, [SERIAL, LOGIN], |[serial, login], findings| {
        let (serial, login) = (serial.serial(findings), login.login(findings));
        Some(Assignment { serial: serial?, login: login? })
    });
    list.once(|row| Some(row.serial.to_string())).once(|row| Some(row.login.folded()))
}

/// Reads a list of keys and of those that take their places; none stands there twice.
pub fn exchanges(bytes: &[u8]) -> PeopleList<Exchange> {
    let list = read(bytes, [OLD, NEW], |[old, new], findings| {
        let (old, new) = (old.serial(findings), new.serial(findings));
        Some(Exchange { old: old?, new: new? })
    });
    list.once(|row| Some(row.old.to_string())).once(|row| Some(row.new.to_string()))
}

/// Reads a list of users who are to have activation codes, some perhaps for a key that is named.
pub fn invited(bytes: &[u8]) -> PeopleList<Invited> {
    let list = read(bytes, [LOGIN, SERIAL.optional()], |[login, serial], findings| {
        let (login, serial) = (login.login(findings), serial.unless_empty(|cell| cell.serial(findings)));
        Some(Invited { login: login?, serial: serial? })
    });
    list.once(|row| Some(row.login.folded())).once(|row| row.serial.as_ref().map(Serial::to_string))
}

/// Reads a list of activation codes that were issued elsewhere. What stands in the place of a code is never repeated.
pub fn old_codes(bytes: &[u8]) -> PeopleList<OldCode> {
    let columns = [LOGIN, CODE, SERIAL.optional(), EXPIRY.optional()];
    let list = read(bytes, columns, |[login, code, serial, expiry], findings| {
        let (login, code) = (login.login(findings), code.code(findings));
        let serial = serial.unless_empty(|cell| cell.serial(findings));
        let expires_at = expiry.unless_empty(|cell| cell.last_moment(findings));
        Some(OldCode { login: login?, code: code?, serial: serial?, expires_at: expires_at? })
    });
    list.once(|row| Some(row.login.folded())).once(|row| row.serial.as_ref().map(Serial::to_string))
}

impl<T> PeopleList<T> {
    /// Keeps of the rows with one name the first, and tells of the others.
    fn once(mut self, name: impl Fn(&T) -> Option<String>) -> Self {
        let mut first_lines = HashMap::new();
        let findings = &mut self.findings;
        self.rows.retain(|row| {
            let Some(what) = name(&row.value) else { return true };
            let first = *first_lines.entry(what.clone()).or_insert(row.line);
            if first != row.line {
                let finding = Finding::new(row.line, None, "twice").with("what", what);
                findings.push(finding.with("first", i64::try_from(first).unwrap_or(i64::MAX)));
            }
            first == row.line
        });
        self
    }
}

/// One cell of a row.
#[derive(Clone, Copy)]
struct Cell<'a> {
    line: u64,
    column: &'static str,
    text: &'a str,
}

impl Cell<'_> {
    fn login(&self, findings: &mut Findings) -> Option<Login> {
        self.parse("invalid-login", findings)
    }

    fn serial(&self, findings: &mut Findings) -> Option<Serial> {
        self.parse("invalid-serial", findings)
    }

    fn last_moment(&self, findings: &mut Findings) -> Option<UtcTime> {
        self.parse::<ListedMoment>("invalid-date", findings).map(|ListedMoment(moment)| moment)
    }

    /// Reads an activation code, which is a secret also when it is mistyped.
    fn code(&self, findings: &mut Findings) -> Option<ActivationCode> {
        let code = ActivationCode::parse(self.text);
        if code.is_none() {
            let problem = if self.text.is_empty() { "empty-cell" } else { "invalid-code" };
            findings.push(Finding::new(self.line, Some(self.column), problem));
        }
        code
    }

    /// Reads what may be left out.
    fn unless_empty<T>(&self, read: impl FnOnce(&Self) -> Option<T>) -> Option<Option<T>> {
        if self.text.is_empty() { Some(None) } else { read(self).map(Some) }
    }

    fn wrong(&self, code: &'static str, text: &str) -> Finding {
        let code = if text.is_empty() { "empty-cell" } else { code };
        Finding::new(self.line, Some(self.column), code).with("value", cut(text))
    }

    fn parse<T: std::str::FromStr>(&self, code: &'static str, findings: &mut Findings) -> Option<T> {
        self.text.parse().map_err(|_| findings.push(self.wrong(code, self.text))).ok()
    }

    fn uai(&self, text: &str, findings: &mut Findings) -> Option<Uai> {
        let finding = match text.parse() {
            Ok(uai) => return Some(uai),
            Err(InvalidUai::Form) => self.wrong("invalid-uai", text),
            Err(InvalidUai::Letter { right }) => self.wrong("wrong-uai-letter", text).with("right", Value::of(right)),
        };
        findings.push(finding);
        None
    }

    /// Reads one or more, separated by blanks or `+`.
    fn uais(&self, findings: &mut Findings) -> Option<Vec<Uai>> {
        let parts: Vec<&str> = self
            .text
            .split(|letter: char| letter == '+' || letter.is_whitespace())
            .filter(|part| !part.is_empty())
            .collect();
        if parts.is_empty() {
            findings.push(self.wrong("empty-cell", ""));
            return None;
        }
        let uais: Vec<Option<Uai>> = parts.into_iter().map(|part| self.uai(part, findings)).collect();
        let mut uais = uais.into_iter().collect::<Option<Vec<Uai>>>()?;
        uais.sort_unstable();
        uais.dedup();
        Some(uais)
    }
}

fn read<T, const N: usize>(
    bytes: &[u8],
    wanted: [Column; N],
    take: impl Fn([Cell<'_>; N], &mut Findings) -> Option<T>,
) -> PeopleList<T> {
    let text = decode(bytes);
    let mut list = PeopleList { rows: Vec::new(), findings: Findings::default(), ignored: Vec::new(), read: 0 };
    let mut records = Records::of(&text);
    let Some((header_line, header)) = records.next() else {
        list.findings.push(Finding::new(1, None, "no-rows"));
        return list;
    };
    if header.len() > MOST_COLUMNS {
        let finding = Finding::new(header_line, None, "too-many-columns");
        list.findings.push(finding.with("found", header.len()).with("allowed", MOST_COLUMNS));
        return list;
    }
    let positions = wanted.map(|column| find(&header, header_line, column, &mut list.findings));
    if !list.findings.is_empty() {
        return list;
    }
    let used = |index: &usize| positions.contains(&Some(*index));
    list.ignored = header.iter().enumerate().filter(|(index, _)| !used(index)).map(|(_, name)| cut(name)).collect();
    list.ignored.retain(|name| !name.is_empty() && !FOR_READERS.iter().any(|column| column.is_named(name)));
    for (line, record) in records {
        list.read = list.read.saturating_add(1);
        if record.iter().skip(header.len()).any(|cell| !cell.is_empty()) {
            list.findings.push(Finding::new(line, None, "surplus-cells"));
            continue;
        }
        let mut index = positions.into_iter().zip(wanted);
        let cells = [(); N].map(|()| {
            let (position, name) = index.next().map_or((None, ""), |(position, column)| (position, column.name));
            Cell { line, column: name, text: position.and_then(|at| record.get(at)).unwrap_or_default() }
        });
        if let Some(value) = take(cells, &mut list.findings) {
            list.rows.push(Row { line, value });
        }
    }
    if list.read == 0 {
        list.findings.push(Finding::new(header_line, None, "no-rows"));
    }
    list
}

/// Finds a column by any of its names.
fn find(header: &StringRecord, line: u64, column: Column, findings: &mut Findings) -> Option<usize> {
    let name = column.name;
    let mut found = header.iter().enumerate().filter(|(_, cell)| column.is_named(cell)).map(|(index, _)| index);
    match (found.next(), found.next()) {
        (Some(only), None) => return Some(only),
        (Some(_), Some(_)) => findings.push(Finding::new(line, Some(name), "column-twice")),
        (None, _) if column.may_be_missing => {}
        (None, _) => findings.push(Finding::new(line, Some(name), "column-missing")),
    }
    None
}

/// Folds the name of a column: no case, no accents, straight apostrophes, no `(s)`.
fn plain(name: &str) -> String {
    let lower = name.trim().to_lowercase().replace(['é', 'è', 'ê'], "e").replace('’', "'");
    lower.strip_suffix("(s)").unwrap_or(&lower).to_owned()
}

/// Decodes what has a byte order mark by it, UTF-8 as such, and all else as Windows-1252.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match (Encoding::for_bom(bytes), std::str::from_utf8(bytes)) {
        (Some((encoding, _)), _) => encoding.decode_with_bom_removal(bytes).0,
        (None, Ok(text)) => Cow::Borrowed(text),
        (None, Err(_)) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// The records that are not blank, each with its line.
struct Records<'t> {
    text: &'t [u8],
    reader: Reader<&'t [u8]>,
    line: u64,
    counted: usize,
}

impl<'t> Records<'t> {
    fn of(text: &'t str) -> Self {
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
        let delimiter = [b'\t', b',', b';'].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',');
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).trim(Trim::All).delimiter(delimiter);
        let text = text.as_bytes();
        Self { text, reader: builder.from_reader(text), line: 1, counted: 0 }
    }

    /// Counts the line ends up to the beginning of a record.
    fn line_of(&mut self, record: &StringRecord) -> u64 {
        let start = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        // The reader counts the line ends before a record to the record.
        let rest = self.text.get(start..).unwrap_or_default();
        let ends = rest.iter().take_while(|byte| matches!(**byte, b'\n' | b'\r')).count();
        let start = start.saturating_add(ends);
        let passed = self.text.get(self.counted..start).unwrap_or_default();
        let newlines = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u64::try_from(newlines).unwrap_or(u64::MAX));
        self.counted = start;
        self.line
    }
}

impl Iterator for Records<'_> {
    type Item = (u64, StringRecord);

    fn next(&mut self) -> Option<(u64, StringRecord)> {
        let mut record = StringRecord::new();
        // The text is UTF-8 and rows may have any length: no record is an error.
        while self.reader.read_record(&mut record).unwrap_or(false) {
            let line = self.line_of(&record);
            if record.iter().any(|cell| !cell.is_empty()) {
                return Some((line, record));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
