//! What the commands that something befalls keys by have in common: finding out which keys, doing it, and telling.

use crate::cli::args::KeyChoice;
use crate::cli::commands::named;
use crate::cli::confirm::Deed as Confirmation;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum, Format, List};
use crate::cli::session::Session;
use crate::establishment::Uai;
use crate::key::{Serial, Succession};
use crate::ops::{Deed, Desk, Moved, Row};

/// The columns of a key, for machines and for people.
const COLUMNS: &[&str] = &["serial", "before", "after", "login", "establishment", "shipped_to", "shipped_at"];
const SHOWN: &[&str] = &["serial", "before", "after", "login", "establishment"];
const SHOWN_OF_TRAVELS: &[&str] = &["serial", "establishment", "shipped_to"];

/// What is done, and the words for it.
#[derive(Clone, Copy)]
pub struct Doing<'d> {
    /// What is done.
    pub deed: Deed<'d>,
    /// The schema of the answer.
    pub schema: &'static str,
    /// The message for one key.
    pub one: &'static str,
    /// The message for several.
    pub many: &'static str,
    /// What to do next, if something is.
    pub next: fn(&Moved) -> Option<&'static str>,
}

/// Does it.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, choice: &KeyChoice, doing: &Doing<'_>) -> Result<Exit, Failure> {
    let is_final = matches!(doing.deed, Deed::Retire) && !choice.dry_run;
    if is_final {
        session.expect_confirmation()?;
    }
    let mut chosen = named::keys(session, choice)?;
    session.at_desk(|desk, session| {
        chosen.add_range(desk, choice)?;
        let mut answer = desk.move_keys(&chosen.rows, doing.deed, is_final || chosen.is_trial())?;
        // What stands in the way is said before anybody is asked.
        if is_final && chosen.is_feasible(&answer) {
            if !is_meant(session, desk, &chosen.rows)? {
                return Ok(Exit::No);
            }
            answer = desk.move_keys(&chosen.rows, doing.deed, false)?;
        }
        let moved = chosen.settle(session, doing.schema, answer)?;
        session.report(tell(session, doing, &moved, choice.dry_run))?;
        Ok(Exit::Done)
    })
}

/// Asks whether keys are to be put out of use for ever: one by its serial, several by their number.
fn is_meant(session: &mut Session<'_>, desk: &Desk<'_>, rows: &[Row<Serial>]) -> Result<bool, Failure> {
    let [row] = rows else {
        let count = rows.len();
        return session.confirm(&Confirmation {
            question: "confirm-keys-retire",
            again: "confirm-keys-again",
            values: &[("count", count.into())],
            is_named_by: &|text| text.parse() == Ok(count),
        });
    };
    let key = desk.show_key(&row.value)?.key;
    session.confirm(&Confirmation {
        question: "confirm-key-retire",
        again: "confirm-key-again",
        values: &[
            ("serial", Value::of(&key.serial)),
            ("state", Value::word(format!("state-{}", key.state.name()))),
            ("login", login(key.holder.as_ref().map(|holder| &holder.login))),
        ],
        is_named_by: &|text| text.parse() == Ok(key.serial.clone()),
    })
}

/// Names the sentence for a key whose user had an emergency list until now.
pub fn emergency_ended(key: &Moved) -> Option<&'static str> {
    key.emergency_ended.then_some("emergency-ended")
}

/// Tells what became of keys.
pub fn tell(session: &Session<'_>, doing: &Doing<'_>, moved: &[Moved], is_trial: bool) -> Answer {
    let mut answer = Answer::new(doing.schema).field("dry_run", is_trial);
    let count = [("count", Value::from(moved.len()))];
    let mut with_rows = session.options.output_format != Format::Table;
    match moved {
        _ if is_trial => {
            answer = answer.sentence("keys-would-change", &count);
            with_rows = true;
        }
        [key] => {
            let values = values_of(key);
            answer = answer.sentence(doing.one, &values);
            if let Some(ended) = &key.replacement_ended {
                answer = answer.sentence(ending_of(key, ended), &words_of(key, ended));
            }
            if let Some(next) = (doing.next)(key) {
                answer = answer.sentence(next, &values);
            }
        }
        _ => {
            answer = answer.sentence(doing.many, &count);
            with_rows = true;
        }
    }
    if with_rows { answer.list(rows_of(moved, doing.deed)) } else { answer }
}

fn values_of(key: &Moved) -> [(&'static str, Value); 5] {
    let place = key.shipment.as_ref().map_or(&key.establishment, |shipment| &shipment.to);
    [
        ("serial", Value::of(&key.serial)),
        ("login", login(key.login.as_ref())),
        ("state", Value::word(format!("state-{}", key.after.name()))),
        ("place", place_word(place.as_ref())),
        ("until", key.emergency_until.map_or_else(|| "none".into(), Value::from)),
    ]
}

/// Names the sentence for a replacement that has ended by what befell one of its keys: the other one stands for itself.
fn ending_of(key: &Moved, ended: &Succession) -> &'static str {
    match (ended.new_serial == key.serial, ended.keeps_pin) {
        (true, _) => "replacement-taken-back",
        (false, false) => "replacement-stands",
        (false, true) => "replacement-stands-without-pin",
    }
}

fn words_of(key: &Moved, ended: &Succession) -> [(&'static str, Value); 3] {
    [("old", Value::of(&ended.old_serial)), ("new", Value::of(&ended.new_serial)), ("login", login(key.login.as_ref()))]
}

/// Names an establishment, or the academy.
pub fn place_word(place: Option<&Uai>) -> Value {
    place.map_or_else(|| Value::word("place-academy".to_owned()), Value::of)
}

fn login(login: Option<impl std::fmt::Display>) -> Value {
    login.map_or_else(|| "none".into(), Value::of)
}

fn rows_of(moved: &[Moved], deed: Deed<'_>) -> List {
    let travels = matches!(deed, Deed::Ship { .. } | Deed::Receive);
    let mut list = List::new("keys", COLUMNS).showing(if travels { SHOWN_OF_TRAVELS } else { SHOWN });
    for key in moved {
        let aim = key.shipment.as_ref().map(|shipment| shipment.to.as_ref());
        list.row(vec![
            Datum::of(&key.serial),
            Datum::Word("state", key.before.name()),
            Datum::Word("state", key.after.name()),
            Datum::maybe(key.login.as_ref()),
            Datum::maybe(key.establishment.as_ref()),
            aim.map_or(Datum::Nothing, |to| to.map_or(Datum::Word("place", "academy"), Datum::of)),
            key.shipment.as_ref().map(|shipment| shipment.at).into(),
        ]);
    }
    list
}
