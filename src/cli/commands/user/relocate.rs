//! `user move` has users change establishments.

use crate::cli::args::{Logins, UserMove};
use crate::cli::commands::named;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum, Format, List};
use crate::cli::session::Session;
use crate::ops::{Relocated, Way};

/// What the answer is called.
const SCHEMA: &str = "user-move";

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: UserMove) -> Result<Exit, Failure> {
    let way = match (&args.leaving, &args.to, args.keep) {
        (_, Some(to), true) => Way::Also(to),
        (from, Some(to), false) => Way::To { from: from.as_ref(), to },
        (Some(from), None, _) => Way::OutOf(from),
        (None, None, _) => return Err(Failure::new(Exit::Defect, "work-broken")),
    };
    let named = named::users(session, &args.users)?;
    session.at_desk(|desk, session| {
        let answer = desk.move_users(&named.rows, way, named.is_trial())?;
        let moved = named.settle(session, SCHEMA, answer)?;
        session.report(tell(session, &moved, &args.users))
    })?;
    Ok(Exit::Done)
}

/// Tells of each who was named in sentences, and of those of a list, or of a trial, in a table.
fn tell(session: &Session<'_>, moved: &[Relocated], users: &Logins) -> Answer {
    let mut answer = Answer::new(SCHEMA).field("dry_run", users.dry_run);
    let in_sentences = users.from.is_none() && !users.dry_run;
    if !in_sentences {
        let sentence = if users.dry_run { "would-be-done" } else { "users-moved" };
        answer = answer.sentence(sentence, &[("count", moved.len().into())]);
    }
    let mut list = List::new("users", &["login", "from", "to", "serials"]).showing(&["login", "to", "serials"]);
    for user in moved {
        let (from, to) = (user.from.as_ref(), user.to.as_ref());
        if in_sentences {
            let id = match (from, to) {
                (Some(_), Some(_)) => "user-moved",
                (None, _) => "user-joined",
                (_, None) => "user-went",
            };
            let uai = |uai: Option<&crate::establishment::Uai>| uai.map_or_else(|| "none".into(), Value::of);
            answer = answer.sentence(id, &[("login", Value::of(&user.login)), ("from", uai(from)), ("to", uai(to))]);
            for serial in &user.keys {
                answer = answer.sentence("user-moved-key", &[("serial", Value::of(serial))]);
            }
        }
        let serials: Vec<Datum> = user.keys.iter().map(Datum::of).collect();
        list.row(vec![Datum::of(&user.login), Datum::maybe(from), Datum::maybe(to), serials.into()]);
    }
    // The sentences tell people all of it.
    let has_told = in_sentences && session.options.output_format == Format::Table;
    if has_told { answer } else { answer.list(list) }
}
