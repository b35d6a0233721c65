//! What is told of a restore.

use super::{Told, backup};
use crate::cli::args::FileOrStdin;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum, List};
use crate::cli::session::{Session, list_shown};
use crate::clock::UtcTime;
use crate::key::Key;
use crate::ops::Candidate;

const HELD: &[&str] = &["serial", "state", "login"];
/// More keys than anybody reads on a screen: `key list --held` gives them one by one.
const MOST_SHOWN: usize = 20;

/// Tells that a backup could be restored, and what would be in the database.
pub fn could_be_restored(session: &mut Session<'_>, file: &FileOrStdin, candidate: &Candidate) -> Result<(), Failure> {
    let answer = with_contents(Answer::new("restore"), file, candidate).field("restored", false);
    session.report(answer.sentence("restore-could-be", &values(file, candidate)))
}

/// Tells what was restored, and what is to be done before all is as it was.
pub fn restored(session: &mut Session<'_>, told: &Told<'_>) -> Result<(), Failure> {
    let Told { file, candidate, restored, kept } = told;
    let held = i64::try_from(restored.held.len()).unwrap_or(i64::MAX);
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let ended = restored.ended;
    let answer = with_contents(Answer::new("restore"), file, candidate)
        .field("restored", true)
        .field("previous_head", restored.heads.previous.as_ref().map_or(Datum::Nothing, backup::head))
        .field("previous_file", Datum::maybe(kept.map(std::path::Path::display)))
        .field("events_after", restored.events_after.map(|(events, _)| events))
        .field("operator_events_after", restored.events_after.map(|(_, of_operators)| of_operators))
        .field("held", held)
        .field("held_since", restored.since)
        .field("tickets_ended", count(ended.tickets))
        .field("activations_ended", count(ended.activations))
        .field("emergencies_ended", count(ended.emergencies))
        .sentence("restore-done", &values(file, candidate));
    let answer = match kept {
        Some(path) => answer.sentence("restore-kept", &[("path", Value::of(path.display()))]),
        None => answer,
    };
    let codes = [
        ("activations", Value::from(count(ended.activations))),
        ("emergencies", Value::from(count(ended.emergencies))),
    ];
    let answer = answer.sentence("restore-ended", &codes).sentence("restore-operators", &[]);
    let since = [("held", Value::from(held)), ("since", Value::Time(restored.since))];
    let answer = match restored.held.len() {
        0 => answer.sentence("restore-none-held", &since),
        1..=MOST_SHOWN => answer.sentence("restore-held", &since),
        _ if session.style().is_for_people() => answer.sentence("restore-many-held", &since),
        _ => answer,
    };
    let shows = restored.held.len() <= MOST_SHOWN || !session.style().is_for_people();
    let answer = if shows && held > 0 { answer.list(list(&restored.held)) } else { answer };
    session.report(answer)
}

/// Tells how many keys may be used again.
pub fn released(session: &mut Session<'_>, since: UtcTime, released: usize) -> Result<(), Failure> {
    let released = i64::try_from(released).unwrap_or(i64::MAX);
    let answer = Answer::new("restore-confirm").field("released", released).field("since", since);
    session.report(answer.sentence("restore-confirmed", &[("keys", released.into())]))
}

fn with_contents(answer: Answer, file: &FileOrStdin, candidate: &Candidate) -> Answer {
    let contents = &candidate.contents;
    answer
        .field("file", Datum::of(file.path().display()))
        .field("keys", candidate.keys)
        .field("users", candidate.users)
        .field("events", contents.events)
        .field("head", backup::head(&contents.head))
        .field("newest", contents.newest)
        .field("vault_key", Datum::of(contents.vault_key))
}

fn values(file: &FileOrStdin, candidate: &Candidate) -> [(&'static str, Value); 5] {
    [
        ("path", list_shown(file)),
        ("newest", candidate.contents.newest.map_or_else(|| Value::of("-"), Value::Time)),
        ("events", candidate.contents.events.into()),
        ("keys", candidate.keys.into()),
        ("users", candidate.users.into()),
    ]
}

fn list(keys: &[Key]) -> List {
    let mut list = List::new("held_keys", HELD);
    for key in keys {
        let login = Datum::maybe(key.holder.as_ref().map(|holder| &holder.login));
        list.row(vec![Datum::of(&key.serial), Datum::Word("state", key.state.name()), login]);
    }
    list
}
