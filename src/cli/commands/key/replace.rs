//! `key replace` gives users another key in the place of the one that they have, or lost.

use crate::cli::args::KeyReplace;
use crate::cli::commands::named;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum, Format, List};
use crate::cli::session::Session;
use crate::key::State;
use crate::ops::Replaced;

const SCHEMA: &str = "key-replace";
const COLUMNS: &[&str] = &["old_serial", "new_serial", "login", "old_state", "keeps_pin"];

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: KeyReplace) -> Result<Exit, Failure> {
    let named = named::exchanges(session, &args)?;
    session.at_desk(|desk, session| {
        let answer = desk.replace_keys(&named.rows, args.keep_pin, named.is_trial())?;
        let replaced = named.settle(session, SCHEMA, answer)?;
        session.report(tell(session, &replaced, args.dry_run))?;
        Ok(Exit::Done)
    })
}

fn tell(session: &Session<'_>, replaced: &[Replaced], is_trial: bool) -> Answer {
    let mut answer = Answer::new(SCHEMA).field("dry_run", is_trial);
    let count = [("count", Value::from(replaced.len()))];
    let for_people = session.options.output_format == Format::Table;
    answer = match replaced {
        _ if is_trial => answer.sentence("keys-would-be-replaced", &count),
        [one] => {
            let values = [("old", Value::of(&one.old)), ("new", Value::of(&one.new)), ("login", Value::of(&one.login))];
            let is_in_use = one.old_state == State::Active;
            let answer = answer.sentence("key-replaced", &values);
            let answer =
                answer.sentence(if is_in_use { "key-replaced-goes-on" } else { "key-replaced-answers-not" }, &values);
            let answer = if one.keeps_pin { answer.sentence("key-replaced-keeps-pin", &values) } else { answer };
            answer.sentence("key-assigned-next", &values)
        }
        _ => answer.sentence("keys-replaced", &count).sentence("keys-replaced-next", &[]),
    };
    match replaced {
        [_] if for_people && !is_trial => answer,
        _ => answer.list(rows_of(replaced)),
    }
}

fn rows_of(replaced: &[Replaced]) -> List {
    let mut list = List::new("replacements", COLUMNS);
    for one in replaced {
        list.row(vec![
            Datum::of(&one.old),
            Datum::of(&one.new),
            Datum::of(&one.login),
            Datum::Word("state", one.old_state.name()),
            one.keeps_pin.into(),
        ]);
    }
    list
}
