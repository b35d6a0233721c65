//! Why a command could not do what was asked: exit status, stable identifier, words and hint.
//!
//! For each error enum of a room there is one `impl From<X> for Failure`, in this folder, that chooses status and
//! identifier; the words are `error-<id>` and `error-<id>-hint` of the message files.

mod files;
mod ops;

pub use ops::words_of_clock;

use super::escape::{LONGEST_PATH, cut};
use super::exit::Exit;
use super::locale::{Language, Value, Words};
use super::report::{Datum, Format, json};

/// A command could not do what was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    exit: Exit,
    id: &'static str,
    hint: Option<&'static str>,
    values: Vec<(&'static str, Value)>,
}

impl Failure {
    /// Names what went wrong by its stable identifier.
    pub fn new(exit: Exit, id: &'static str) -> Self {
        Self { exit, id, hint: None, values: Vec::new() }
    }

    /// Adds a value for the sentence and its hint.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        let value = match value.into() {
            Value::Text(text) if text.len() > longest(name) => Value::Text(cut(&text)),
            value => value,
        };
        self.values.push((name, value));
        self
    }

    /// Adds a value that writes itself: a serial, a login, a path.
    #[must_use]
    pub fn about(self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.with(name, Value::of(value))
    }

    /// Puts another message in place of the hint `error-<id>-hint`.
    #[must_use]
    pub fn hinted(mut self, message: &'static str) -> Self {
        self.hint = Some(message);
        self
    }

    /// Puts another message in place of the usual hint, unless one was chosen already.
    #[must_use]
    pub fn rather_hinted(self, message: &'static str) -> Self {
        if self.hint.is_some() { self } else { self.hinted(message) }
    }

    /// Tells how the run ends.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// Gives the stable identifier.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// Writes the two lines for people, or for JSON formats one object, always in English.
    pub fn render(&self, words: &Words, format: Format) -> String {
        match format {
            Format::Table | Format::Csv => self.for_people(words),
            Format::Json | Format::Jsonl => self.for_machines(),
        }
    }

    /// Says what is wrong.
    pub fn message(&self, words: &Words) -> String {
        words.say(&format!("error-{}", self.id), &self.values)
    }

    /// Says what to do, if anything can be said.
    pub fn hint(&self, words: &Words) -> Option<String> {
        match self.hint {
            Some(message) => words.find(message, &self.values),
            None => words.find(&format!("error-{}-hint", self.id), &self.values),
        }
    }

    fn for_people(&self, words: &Words) -> String {
        let mut text = format!("cleotp: {}\n", self.message(words));
        if let Some(hint) = self.hint(words) {
            text.push_str(&words.say("hint-line", &[]));
            text.push(' ');
            text.push_str(&hint);
            text.push('\n');
        }
        text
    }

    fn for_machines(&self) -> String {
        json::line(&self.object())
    }

    /// Gives the object that scripts read, in English.
    pub fn object(&self) -> Datum {
        self.object_in(&Words::of(Language::English))
    }

    /// Gives the same object with sentences that are at hand; to find them anew for each of many takes longer than all else.
    pub fn object_in(&self, english: &Words) -> Datum {
        Datum::Object(vec![
            ("schema", Datum::from("cleotp.error/1")),
            ("code", i64::from(self.exit.number()).into()),
            ("error", self.id.into()),
            ("message", self.message(english).into()),
            ("hint", self.hint(english).into()),
        ])
    }
}

/// Gives the most bytes of a value that are repeated: paths whole, and else what no name and no list of choices exceeds.
fn longest(name: &str) -> usize {
    if ["path", "key_path", "quoted", "reason"].contains(&name) { LONGEST_PATH } else { 1_000 }
}

impl From<crate::random::NoRandomness> for Failure {
    fn from(_: crate::random::NoRandomness) -> Self {
        Self::new(Exit::InputOutput, "no-randomness")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing() -> Failure {
        Failure::new(Exit::Missing, "file-missing").about("path", "graines\u{1b}.csv")
    }

    #[test]
    fn people_read_a_problem_and_a_hint_in_their_language() {
        let french = missing().render(&Words::of(Language::French), Format::Table);
        let [problem, hint] = french.lines().collect::<Vec<_>>()[..] else { panic!("{french}") };
        assert!(problem.starts_with("cleotp: ") && problem.contains("graines\\u{1b}.csv"), "{problem}");
        assert!(hint.starts_with("conseil : "), "{hint}");
        let english = missing().render(&Words::of(Language::English), Format::Csv);
        assert!(english.lines().nth(1).unwrap().starts_with("hint: "), "{english}");
    }

    #[test]
    fn scripts_read_one_english_object_whatever_the_language() {
        let text = missing().render(&Words::of(Language::French), Format::Json);
        let object: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(text.matches('\n').count(), 1);
        assert_eq!(object["schema"], "cleotp.error/1");
        assert_eq!(object["code"], 66);
        assert_eq!(object["error"], "file-missing");
        assert!(object["message"].as_str().unwrap().starts_with("no such file"), "{object}");
        assert!(object["hint"].is_string());
    }

    #[test]
    fn what_was_counted_is_not_said_to_have_changed_nothing() {
        use crate::ops::{Error, StoreError};
        let words = Words::of(Language::English);
        for error in [StoreError::Busy, StoreError::Full, StoreError::Io, StoreError::ReadOnly, StoreError::NoMemory] {
            let (before, after) = (Failure::from(error.clone()), Failure::from(Error::Counted(error)));
            assert_eq!((before.exit(), before.id()), (after.exit(), after.id()));
            assert_eq!(after.hint(&words).unwrap(), words.say("hint-attempt-counted", &[]));
        }
    }
}
