//! What became of a key, as lines of its sheet.

use super::deed::place_word;
use crate::cli::escape::visible;
use crate::cli::locale::{Value, Words};
use crate::cli::report::Datum;
use crate::cli::times;
use crate::clock::UtcTime;
use crate::key::{Key, State, Succession, Validity};
use crate::ops::{Ending, Tenure};

/// So many holders fit on a screen with all the rest.
const MOST_HOLDERS: usize = 4;

/// Says the state, and since when.
pub fn state(key: &Key, since: Option<UtcTime>, words: &Words) -> Datum {
    let name = key.state.name();
    let Some(since) = since else { return Datum::Word("state", name) };
    let values = [("state", Value::word(format!("state-{name}"))), ("since", Value::Time(since))];
    words.say("key-state-since", &values).into()
}

/// Says where it is, as far as anybody knows.
pub fn place(key: &Key, words: &Words) -> String {
    let establishment = ("place", place_word(key.establishment.as_ref()));
    let login = key.holder.as_ref().map(|holder| ("login", Value::of(&holder.login)));
    match (key.state, &key.shipment, login) {
        (State::Stock, Some(shipment), _) => {
            let values = [("place", place_word(shipment.to.as_ref())), ("at", Value::Time(shipment.at))];
            words.say("key-shipped-at", &values)
        }
        (State::Lost, _, _) => words.say("key-place-lost", &[]),
        (State::Retired, _, _) => words.say("key-place-retired", &[]),
        (_, _, Some(login)) if key.establishment.is_some() => words.say("key-place-holder-of", &[login, establishment]),
        (_, _, Some(login)) => words.say("key-place-holder", &[login]),
        _ => words.say("key-place-stock", &[establishment]),
    }
}

/// Names those who had it, the newest first.
pub fn holders(tenures: &[Tenure], words: &Words) -> Datum {
    let mut told: Vec<String> =
        tenures.iter().take(MOST_HOLDERS).map(|tenure| tenure_in_words(tenure, words)).collect();
    let more = tenures.len().saturating_sub(MOST_HOLDERS);
    if more > 0 {
        told.push(words.say("key-holders-more", &[("count", more.into())]));
    }
    if told.is_empty() { Datum::Nothing } else { told.join(" ; ").into() }
}

fn tenure_in_words(tenure: &Tenure, words: &Words) -> String {
    let login = Value::of(&tenure.login);
    let login = if tenure.has_left { words.say("person-removed", &[("login", login)]).into() } else { login };
    let login = ("login", login);
    let from = tenure.from.map(|from| ("from", times::day(from).into()));
    let until = tenure.until.map(|until| ("until", times::day(until).into()));
    match (from, until) {
        (Some(from), None) => words.say("key-holder-since", &[login, from]),
        (Some(from), Some(until)) => words.say("key-holder-from-to", &[login, from, until]),
        (None, None) => words.say("key-holder-since-long", &[login]),
        (None, Some(until)) => words.say("key-holder-until", &[login, until]),
    }
}

/// Says which key it takes the place of, or which one takes its place.
pub fn replacement(key: &Key, open: &Succession, words: &Words) -> String {
    let is_new = open.new == key.row;
    let other = if is_new { &open.old_serial } else { &open.new_serial };
    let id = match (is_new, open.keeps_pin) {
        (true, false) => "key-replaces",
        (true, true) => "key-replaces-with-pin",
        (false, false) => "key-is-replaced",
        (false, true) => "key-is-replaced-with-pin",
    };
    words.say(id, &[("serial", Value::of(other)), ("since", times::day(open.since).into())])
}

/// Says between which dates it answers.
pub fn validity(validity: Validity, words: &Words) -> Datum {
    let time = |name, at: UtcTime| (name, Value::Time(at));
    match (validity.not_before, validity.not_after) {
        (None, None) => Datum::Nothing,
        (Some(first), None) => words.say("key-valid-from", &[time("first", first)]).into(),
        (None, Some(last)) => words.say("key-valid-until", &[time("last", last)]).into(),
        (Some(first), Some(last)) => {
            words.say("key-valid-from-until", &[time("first", first), time("last", last)]).into()
        }
    }
}

/// Says what ends next.
pub fn next(next: Option<(UtcTime, Ending)>, words: &Words) -> Datum {
    next.map_or(Datum::Nothing, |(at, ending)| {
        words.say(&format!("key-ends-{}", ending.name()), &[("at", Value::Time(at))]).into()
    })
}

/// Says which file it came in with.
pub fn origin(key: &Key, file: Option<&(String, UtcTime)>, words: &Words) -> String {
    let place = [("batch", key.batch.into()), ("line", key.batch_line.into())];
    match file {
        None => words.say("key-batch-line", &place),
        Some((name, _)) => {
            let [batch, line] = place;
            words.say("key-batch-line-file", &[batch, line, ("file", visible(name).into())])
        }
    }
}
