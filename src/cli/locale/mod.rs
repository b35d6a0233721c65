//! What is said to people, in French and in English: every sentence stands in `fr.ftl` and `en.ftl`, none in the source.

#[cfg(test)]
mod tests;

use super::{escape, times};
use crate::clock::UtcTime;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use std::cell::OnceCell;

const ENGLISH: &str = include_str!("en.ftl");
const FRENCH: &str = include_str!("fr.ftl");

/// The languages that cleotp speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// French, with `vous`.
    #[value(name = "fr")]
    French,
    /// English.
    #[value(name = "en")]
    English,
}

impl Language {
    /// Takes what an option or a variable asks for: any `fr*` is French, all else English.
    pub fn asked_for_by(tag: &str) -> Self {
        let french = tag.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("fr"));
        if french { Self::French } else { Self::English }
    }
}

/// A value that stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, perhaps from outside: shown escaped.
    Text(String),
    /// A number, by which the sentence may choose its plural.
    Number(i64),
    /// A moment.
    Time(UtcTime),
    /// Another message by its id, without variables, as the name of a state.
    Word(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<UtcTime> for Value {
    fn from(time: UtcTime) -> Self {
        Self::Time(time)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl Value {
    /// Takes anything that writes itself: a serial, a login, a path.
    pub fn of(text: impl std::fmt::Display) -> Self {
        Self::Text(text.to_string())
    }

    /// Takes the id of a message that stands in for the value.
    pub fn word(id: impl Into<String>) -> Self {
        Self::Word(id.into())
    }
}

/// The sentences of one language.
pub struct Words {
    /// Which one.
    pub language: Language,
    /// Parsed when the first sentence is said: an answer for machines needs none.
    bundle: OnceCell<FluentBundle<FluentResource>>,
}

impl Words {
    /// Takes the sentences of a language.
    pub const fn of(language: Language) -> Self {
        Self { language, bundle: OnceCell::new() }
    }

    fn bundle(&self) -> &FluentBundle<FluentResource> {
        self.bundle.get_or_init(|| {
            let (tag, source) = match self.language {
                Language::French => ("fr", FRENCH),
                Language::English => ("en", ENGLISH),
            };
            let mut bundle = FluentBundle::new(tag.parse().into_iter().collect());
            bundle.set_use_isolating(false);
            // A test parses both files: the part that is right serves, should one ever be wrong.
            let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
            bundle
        })
    }

    /// Says a message; a missing one is said as its id, which a test makes impossible.
    pub fn say(&self, id: &str, values: &[(&str, Value)]) -> String {
        self.find(id, values).unwrap_or_else(|| id.to_owned())
    }

    /// Says a message if there is one.
    pub fn find(&self, id: &str, values: &[(&str, Value)]) -> Option<String> {
        let pattern = self.bundle().get_message(id)?.value()?;
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, self.shown(value));
        }
        Some(self.bundle().format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned())
    }

    fn shown(&self, value: &Value) -> FluentValue<'static> {
        match value {
            Value::Text(text) => escape::visible(text).into(),
            // Fluent counts in floating point, which keeps so many whole numbers apart and no more.
            Value::Number(number) if number.unsigned_abs() >= 1 << 53 => number.to_string().into(),
            Value::Number(number) => (*number).into(),
            Value::Time(time) => times::for_people(*time).into(),
            Value::Word(id) => self.say(id, &[]).into(),
        }
    }
}
