//! What a command answers, and the four forms in which it is written: a table for people, JSON, JSON lines, CSV.

mod csv;
mod datum;
pub mod json;
mod parts;
mod table;
#[cfg(test)]
mod tests;

pub use datum::{Datum, tenths};
pub use parts::Parts;

use super::locale::{Value, Words};

/// The form of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Sentences and tables for people.
    #[default]
    Table,
    /// One document.
    Json,
    /// One object per line.
    Jsonl,
    /// Comma-separated values with a header.
    Csv,
}

/// How an answer is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The form.
    pub format: Format,
    /// No sentences, only what was asked for.
    pub quiet: bool,
    /// CSV without guards against formulas, for machines.
    pub raw: bool,
    /// CSV for a French spreadsheet: semicolons, a byte order mark, CR LF.
    pub excel: bool,
    /// Sentences are folded at the width: a screen would cut their words.
    pub folds: bool,
    /// The columns of the screen.
    pub width: u16,
}

impl Style {
    /// Tells whether people read it, and no program.
    pub const fn is_for_people(&self) -> bool {
        matches!(self.format, Format::Table)
    }
}

/// Rows of one noun: `users`, `keys`.
#[derive(Clone, Debug)]
pub struct List {
    noun: &'static str,
    columns: &'static [&'static str],
    shown: &'static [&'static str],
    in_csv: &'static [&'static str],
    headed: &'static [(&'static str, &'static str)],
    rows: Vec<Vec<Datum>>,
}

impl List {
    /// Begins a list with the stable snake_case names of its columns, all of them shown to people.
    ///
    /// A column's heading is the message `column-<name>`; the sentence of an empty list is `none-<noun>`.
    pub fn new(noun: &'static str, columns: &'static [&'static str]) -> Self {
        Self { noun, columns, shown: columns, in_csv: columns, headed: &[], rows: Vec::new() }
    }

    /// Shows to people some of the columns only; JSON and CSV keep all.
    #[must_use]
    pub fn showing(mut self, columns: &'static [&'static str]) -> Self {
        self.shown = columns;
        self
    }

    /// Writes some of the columns only to CSV: those of a list that another command takes.
    #[must_use]
    pub fn in_csv(mut self, columns: &'static [&'static str]) -> Self {
        self.in_csv = columns;
        self
    }

    /// Heads some columns with messages of their own.
    #[must_use]
    pub fn headed(mut self, headings: &'static [(&'static str, &'static str)]) -> Self {
        self.headed = headings;
        self
    }

    /// Adds a row: a datum for each column, in their order.
    pub fn row(&mut self, row: Vec<Datum>) {
        debug_assert_eq!(row.len(), self.columns.len(), "a datum for each column of {}", self.noun);
        self.rows.push(row);
    }

    /// Tells whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// One answer: fields for machines, sentences for people, perhaps lists for both.
#[derive(Clone, Debug)]
pub struct Answer {
    schema: &'static str,
    fields: Vec<(&'static str, Datum)>,
    sentences: Vec<(&'static str, Vec<(&'static str, Value)>)>,
    lists: Vec<List>,
}

impl Answer {
    /// Begins an answer under a schema: `check` is written as `cleotp.check/1`.
    pub fn new(schema: &'static str) -> Self {
        Self { schema, fields: Vec::new(), sentences: Vec::new(), lists: Vec::new() }
    }

    /// Adds a field for machines.
    #[must_use]
    pub fn field(mut self, name: &'static str, datum: impl Into<Datum>) -> Self {
        self.fields.push((name, datum.into()));
        self
    }

    /// Adds a sentence for people.
    #[must_use]
    pub fn sentence(mut self, id: &'static str, values: &[(&'static str, Value)]) -> Self {
        self.sentences.push((id, values.to_vec()));
        self
    }

    /// Adds a list: a table for people, a field for machines; CSV writes the first list and nothing else.
    #[must_use]
    pub fn list(mut self, list: List) -> Self {
        self.lists.push(list);
        self
    }
}

/// What a command answers.
#[derive(Clone, Debug)]
pub enum Report {
    /// Rows.
    List(List),
    /// One answer.
    Answer(Answer),
}

impl From<List> for Report {
    fn from(list: List) -> Self {
        Self::List(list)
    }
}

impl From<Answer> for Report {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}

impl Report {
    /// Writes the answer in its form; nothing for a quiet answer that has only sentences.
    pub fn render(&self, words: &Words, style: &Style) -> Vec<u8> {
        match style.format {
            Format::Table => table::render(self, words, style).into_bytes(),
            Format::Json => json::document(self).into_bytes(),
            Format::Jsonl => json::lines(self).into_bytes(),
            Format::Csv => csv::render(self, style),
        }
    }
}
