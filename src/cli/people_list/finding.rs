//! What is wrong with a list, each on its line.

use super::ESTABLISHMENT;
use crate::cli::failure::Failure;
use crate::cli::locale::{Value, Words};
use crate::ops::{Error, Row, RowProblem};

/// What is told of a list in which everything is wrong.
const MOST_TOLD: usize = 100;

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
    pub(super) fn new(line: u64, column: Option<&'static str>, code: &'static str) -> Self {
        Self { line, column, code, values: Vec::new(), failure: None }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
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
                Self::new(line, Some(ESTABLISHMENT.name), "unknown-establishment").with("uai", Value::of(uai))
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
    pub(super) told: Vec<Finding>,
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
