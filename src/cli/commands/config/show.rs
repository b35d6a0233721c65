//! `config show` shows every setting: its value, where that comes from, and what it may be.

use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::home::Home;
use crate::cli::locale::{Value as Word, Words};
use crate::cli::report::{Datum, List};
use crate::cli::session::{Session, read_config};
use crate::cli::settings::{Bounds, Shown, Value};

const COLUMNS: &[&str] = &["key", "value", "default", "source", "line", "least", "most", "choices"];
const SHOWN: &[&str] = &["key", "value", "source", "choices"];

/// Runs the command.
///
/// # Errors
/// [`Failure`]: also the first thing that is wrong in the file, for then no other command takes a setting of it.
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    let home = Home::choose(session.options.home.as_deref(), &session.host.environment)?;
    let said = read_config(&home)?.unwrap_or_default();
    if let Some(flaw) = said.flaws.first() {
        return Err(flaw.failure.clone().with("path", escape::path(&home.config())));
    }
    let headed = &[("key", "column-setting"), ("source", "column-comes-from"), ("choices", "column-may-be")];
    let mut list = List::new("config", COLUMNS).showing(SHOWN).headed(headed);
    said.show().for_each(|shown| list.row(row(&shown, &session.words)));
    session.report(list)?;
    session.say("config-file", &[("path", escape::path(&home.config()).into())]);
    Ok(Exit::Done)
}

fn row(shown: &Shown, words: &Words) -> Vec<Datum> {
    let value = |value: &Option<Value>| value.as_ref().map_or(Datum::Unsaid("config-unset"), datum);
    let source = match shown.line {
        None => Datum::Word("config-from", "default"),
        Some(line) => {
            let said = words.say("config-from-file", &[("line", line.into())]);
            Datum::Shown(Box::new("file".into()), said)
        }
    };
    let (least, most) = match &shown.bounds {
        Bounds::Range(least, most) => (datum(least), datum(most)),
        _ => (Datum::Nothing, Datum::Nothing),
    };
    let choices = match shown.bounds {
        Bounds::Choice(choices) => Datum::Many(choices.iter().map(|choice| (*choice).into()).collect()),
        _ => Datum::Nothing,
    };
    let may_be = Datum::Shown(Box::new(choices), bounds(&shown.bounds, words));
    vec![shown.key.into(), value(&shown.value), value(&shown.default), source, shown.line.into(), least, most, may_be]
}

fn datum(value: &Value) -> Datum {
    match value {
        Value::Text(text) => text.as_str().into(),
        Value::Number(number) => (*number).into(),
    }
}

fn bounds(bounds: &Bounds, words: &Words) -> String {
    let text = |value: &Value| match value {
        Value::Text(text) => Word::from(text.clone()),
        Value::Number(number) => Word::from(*number),
    };
    match bounds {
        Bounds::Range(least, most) => words.say("config-range", &[("least", text(least)), ("most", text(most))]),
        Bounds::Choice(choices) => choices.join(", "),
        Bounds::Path => words.say("config-takes-path", &[]),
        Bounds::Line => words.say("config-takes-line", &[]),
        Bounds::Address => words.say("config-takes-address", &[]),
    }
}
