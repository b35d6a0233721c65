//! One value of an answer, before it takes a form.

use crate::cli::locale::{Language, Words};
use crate::cli::{escape, times};
use crate::clock::{Seconds, UtcTime};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A value of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum {
    /// Nothing: `null`, an empty cell.
    Nothing,
    /// Nothing for machines, of which people read the message.
    Unsaid(&'static str),
    /// A text, perhaps from outside.
    Text(String),
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Thousandths: of a number that is no whole one, of which people read one decimal.
    Thousandths(i64),
    /// A moment.
    Time(UtcTime),
    /// A moment of which people read the day.
    Day(UtcTime),
    /// A stable word for machines, with the message that says it to people: `Word("state", "stock")` is `state-stock`.
    Word(&'static str, &'static str),
    /// A value of which people read a text instead, perhaps from outside.
    Shown(Box<Datum>, String),
    /// Several values.
    Many(Vec<Datum>),
    /// Named values.
    Object(Vec<(&'static str, Datum)>),
}

impl Datum {
    /// Takes anything that writes itself: a serial, a login, a UAI.
    pub fn of(text: impl std::fmt::Display) -> Self {
        Self::Text(text.to_string())
    }

    /// Takes what may be missing.
    pub fn maybe(text: Option<impl std::fmt::Display>) -> Self {
        text.map_or(Self::Nothing, Self::of)
    }

    /// Writes the value for a table.
    pub fn for_people(&self, words: &Words) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Unsaid(message) => words.say(message, &[]),
            Self::Text(text) | Self::Shown(_, text) => escape::visible(text),
            Self::Number(number) => number.to_string(),
            Self::Thousandths(number) => tenths(*number, words.language),
            Self::Flag(flag) => words.say(if *flag { "yes" } else { "no" }, &[]),
            Self::Time(time) => times::for_people(*time),
            Self::Day(time) => times::day(*time),
            Self::Word(family, name) => words.say(&format!("{family}-{name}"), &[]),
            Self::Many(data) => data.iter().map(|datum| datum.for_people(words)).collect::<Vec<_>>().join(", "),
            Self::Object(_) => {
                serde_json::to_string(self).map_or_else(|_| String::new(), |text| escape::visible(&text))
            }
        }
    }

    /// Writes the value for CSV: texts guarded against formulas and escaped, unless `raw`.
    pub fn for_csv(&self, raw: bool) -> String {
        let guarded = |text: &str| if raw { text.to_owned() } else { escape::visible(&escape::neutral(text)) };
        match self {
            Self::Nothing | Self::Unsaid(_) => String::new(),
            Self::Text(text) => guarded(text),
            Self::Number(number) => number.to_string(),
            Self::Thousandths(number) => thousandths(*number),
            Self::Flag(flag) => flag.to_string(),
            Self::Time(time) | Self::Day(time) => times::for_machines(*time),
            Self::Word(_, name) => (*name).to_owned(),
            Self::Shown(datum, _) => datum.for_csv(raw),
            Self::Many(data) => data.iter().map(|datum| datum.for_csv(raw)).collect::<Vec<_>>().join(" "),
            Self::Object(_) => guarded(&serde_json::to_string(self).unwrap_or_default()),
        }
    }
}

/// Writes thousandths as a number with a point and three decimals.
fn thousandths(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let number = number.unsigned_abs();
    format!("{sign}{}.{:03}", number / 1_000, number % 1_000)
}

/// Writes thousandths with their sign and one decimal, as a language does.
pub fn tenths(number: i64, language: Language) -> String {
    let tenths = number.unsigned_abs().saturating_add(50) / 100;
    let sign = match number.signum() {
        _ if tenths == 0 => "",
        -1 => "-",
        _ => "+",
    };
    let point = if language == Language::French { ',' } else { '.' };
    format!("{sign}{}{point}{}", tenths / 10, tenths % 10)
}

impl Serialize for Datum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing | Self::Unsaid(_) => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Thousandths(number) => {
                let decimal = thousandths(*number).parse::<serde_json::Number>().map_err(serde::ser::Error::custom)?;
                decimal.serialize(serializer)
            }
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Time(time) | Self::Day(time) => serializer.serialize_str(&times::for_machines(*time)),
            Self::Word(_, name) => serializer.serialize_str(name),
            Self::Shown(datum, _) => datum.serialize(serializer),
            Self::Many(data) => serializer.collect_seq(data),
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, datum) in fields {
                    map.serialize_entry(name, datum)?;
                }
                map.end()
            }
        }
    }
}

impl From<&str> for Datum {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Datum {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Datum {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Datum {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Datum {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Datum {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<UtcTime> for Datum {
    fn from(time: UtcTime) -> Self {
        Self::Time(time)
    }
}

impl From<Seconds> for Datum {
    fn from(span: Seconds) -> Self {
        Self::Number(span.get())
    }
}

impl From<Vec<Datum>> for Datum {
    fn from(data: Vec<Datum>) -> Self {
        Self::Many(data)
    }
}

impl<T: Into<Datum>> From<Option<T>> for Datum {
    fn from(datum: Option<T>) -> Self {
        datum.map_or(Self::Nothing, Into::into)
    }
}
