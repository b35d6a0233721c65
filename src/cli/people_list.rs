//! CSV lists of users and establishments, as schools and spreadsheets write them.

use super::escape::cut;
use super::failure::Failure;
use super::locale::{Value, Words};
use crate::establishment::{InvalidUai, Uai};
use crate::key::Serial;
use crate::ops::{Error, Exchange, NewEstablishment, NewUser, Row, RowProblem};
use crate::user::{Login, Name};
use csv::{Reader, ReaderBuilder, StringRecord, Trim};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;

/// What the column of a user's login may be called.
const LOGIN: (&str, &[&str]) = ("login", &["login", "identifiant"]);
const NAME: (&str, &[&str]) = ("name", &["name", "nom"]);
const ESTABLISHMENT: (&str, &[&str]) =
    ("establishment", &["establishment", "establishments", "etablissement", "etablissements", "uai"]);
const SERIAL: (&str, &[&str]) =
    ("serial", &["serial", "serial number", "serie", "numero de serie", "no de serie", "n° de serie", "numero"]);
const OLD: (&str, &[&str]) = ("old", &["old", "ancien", "ancienne", "ancienne cle", "ancien numero", "remplacee"]);
const NEW: (&str, &[&str]) = ("new", &["new", "nouveau", "nouvelle", "nouvelle cle", "nouveau numero"]);
/// What is told of a list in which everything is wrong.
const MOST_TOLD: usize = 100;
/// A header of more columns is none.
const MOST_COLUMNS: usize = 100;
const UAI: (&str, &[&str]) = ("uai", &["uai", "establishment", "etablissement"]);

/// Something that is wrong with a list.
#[derive(Debug)]
pub struct Finding {
    /// The line, from 1.
    pub line: u64,
    /// The column, by its English name.
    pub column: Option<&'static str>,
    /// The stable name; the sentence is `list-<code>`, unless it is a failure.
    pub code: &'static str,
    values: Vec<(&'static str, Value)>,
    failure: Option<Failure>,
}

impl Finding {
    fn new(line: u64, column: Option<&'static str>, code: &'static str) -> Self {
        Self { line, column, code, values: Vec::new(), failure: None }
    }

    fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// Says what is wrong, without the place.
    pub fn message(&self, words: &Words) -> String {
        let Some(failure) = &self.failure else { return words.say(&format!("list-{}", self.code), &self.values) };
        let problem = failure.message(words);
        match failure.hint(words) {
            Some(hint) => words.say("list-problem-and-hint", &[("problem", problem.into()), ("hint", hint.into())]),
            None => problem,
        }
    }

    /// Says where, and what is wrong.
    pub fn sentence(&self, words: &Words) -> String {
        let line = ("line", Value::Number(i64::try_from(self.line).unwrap_or(i64::MAX)));
        let place = match self.column {
            Some(column) => words.say("place-line-and-column", &[line, ("column", column.into())]),
            None => words.say("place-line", &[line]),
        };
        format!("{place} {}", self.message(words))
    }
}

impl From<Row<RowProblem>> for Finding {
    fn from(row: Row<RowProblem>) -> Self {
        let line = row.line;
        match row.value {
            RowProblem::Twice { what, first } => Self::new(line, None, "twice")
                .with("what", what)
                .with("first", i64::try_from(first).unwrap_or(i64::MAX)),
            RowProblem::Differs { what } => Self::new(line, None, "differs").with("what", what),
            RowProblem::UnknownEstablishment { uai } => {
                Self::new(line, Some(ESTABLISHMENT.0), "unknown-establishment").with("uai", Value::of(uai))
            }
        }
    }
}

impl From<Row<Error>> for Finding {
    fn from(row: Row<Error>) -> Self {
        let failure = Failure::from(row.value);
        Self { failure: Some(failure.clone()), ..Self::new(row.line, None, failure.id()) }
    }
}

/// What is wrong with a list: the first of it, and how much there is.
#[derive(Debug, Default)]
pub struct Findings {
    told: Vec<Finding>,
    total: usize,
}

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.total = self.total.saturating_add(1);
        if self.told.len() < MOST_TOLD {
            self.told.push(finding);
        }
    }

    /// Tells whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// Tells how much is wrong.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Gives what is to be told, in the order of the lines.
    pub fn in_order(&mut self) -> &[Finding] {
        self.told.sort_by_key(|finding| finding.line);
        &self.told
    }
}

/// A list that was read: the rows that are right, and what is wrong with the others.
#[derive(Debug)]
pub struct PeopleList<T> {
    /// The rows that are right.
    pub rows: Vec<Row<T>>,
    /// What is wrong.
    pub findings: Findings,
    /// Columns that nothing is read from.
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
    read(bytes, [SERIAL], |[serial], findings| serial.parse("invalid-serial", findings))
}

/// Reads a list of keys and of those that take their places.
pub fn exchanges(bytes: &[u8]) -> PeopleList<Exchange> {
    read(bytes, [OLD, NEW], |[old, new], findings| {
        let (old, new) = (old.parse("invalid-serial", findings), new.parse("invalid-serial", findings));
        Some(Exchange { old: old?, new: new? })
    })
}

/// One cell of a row.
#[derive(Clone, Copy)]
struct Cell<'a> {
    line: u64,
    column: &'static str,
    text: &'a str,
}

impl Cell<'_> {
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
    wanted: [(&'static str, &[&str]); N],
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
    let positions = wanted.map(|(name, synonyms)| find(&header, header_line, name, synonyms, &mut list.findings));
    if !list.findings.is_empty() {
        return list;
    }
    let used = |index: &usize| positions.contains(&Some(*index));
    list.ignored = header.iter().enumerate().filter(|(index, _)| !used(index)).map(|(_, name)| cut(name)).collect();
    list.ignored.retain(|name| !name.is_empty());
    for (line, record) in records {
        list.read = list.read.saturating_add(1);
        if record.iter().skip(header.len()).any(|cell| !cell.is_empty()) {
            list.findings.push(Finding::new(line, None, "surplus-cells"));
            continue;
        }
        let mut index = positions.into_iter().zip(wanted);
        let cells = [(); N].map(|()| {
            let (position, name) = index.next().map_or((None, ""), |(position, (name, _))| (position, name));
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
fn find(
    header: &StringRecord,
    line: u64,
    name: &'static str,
    synonyms: &[&str],
    findings: &mut Findings,
) -> Option<usize> {
    let named = |cell: &str| synonyms.contains(&plain(cell).as_str());
    let mut found = header.iter().enumerate().filter(|(_, cell)| named(cell)).map(|(index, _)| index);
    match (found.next(), found.next()) {
        (Some(only), None) => return Some(only),
        (Some(_), Some(_)) => findings.push(Finding::new(line, Some(name), "column-twice")),
        (None, _) => findings.push(Finding::new(line, Some(name), "column-missing")),
    }
    None
}

/// Folds the name of a column: no case, no accents, no `(s)`.
fn plain(name: &str) -> String {
    let lower = name.trim().to_lowercase().replace(['é', 'è', 'ê'], "e");
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
