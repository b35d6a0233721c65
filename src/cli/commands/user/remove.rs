//! `user remove` takes back what users who leave have, and ends what could let them in.

use crate::cli::args::UserRemove;
use crate::cli::commands::named;
use crate::cli::confirm::Deed;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum, Format, List};
use crate::cli::session::Session;
use crate::ops::{Desk, Removed, Returned};
use crate::user::Login;

/// What the answer is called.
const SCHEMA: &str = "user-remove";
/// A row for each key, and one for a user without any.
const COLUMNS: &[&str] = &["login", "serial", "before", "after", "establishment", "codes_ended", "erase_at"];
const SHOWN: &[&str] = &["login", "serial", "before", "after", "establishment"];

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: UserRemove) -> Result<Exit, Failure> {
    if !args.users.dry_run {
        session.expect_confirmation()?;
    }
    let returned = match &args {
        UserRemove { retire: true, .. } => Returned::ToScrap,
        UserRemove { lost: true, .. } => Returned::Not,
        UserRemove { to, .. } => Returned::ToStock(to.as_ref()),
    };
    let named = named::users(session, &args.users)?;
    session.at_desk(|desk, session| {
        // What stands in the way is said before anybody is asked.
        let trial = desk.remove_users(&named.rows, returned, true)?;
        let is_feasible = named.is_feasible(&trial);
        let tried = match trial {
            Ok(tried) if is_feasible && !args.users.dry_run => tried,
            trial => {
                let tried = named.settle(session, SCHEMA, trial)?;
                session.report(tell(session, &tried, true))?;
                return Ok(Exit::Done);
            }
        };
        if !is_meant(session, desk, &tried)? {
            return Ok(Exit::No);
        }
        let answer = desk.remove_users(&named.rows, returned, false)?;
        let removed = named.settle(session, SCHEMA, answer)?;
        session.report(tell(session, &removed, false))?;
        Ok(Exit::Done)
    })
}

/// Asks whether users are to be removed: one by login, several by their number.
fn is_meant(session: &mut Session<'_>, desk: &Desk<'_>, trial: &[Removed]) -> Result<bool, Failure> {
    let [user] = trial else {
        let count = trial.len();
        return session.confirm(&Deed {
            question: "confirm-users-remove",
            again: "confirm-users-again",
            values: &[("count", count.into())],
            is_named_by: &|text| text.parse() == Ok(count),
        });
    };
    let name = desk.show_user(&user.login)?.0.name;
    session.confirm(&Deed {
        question: "confirm-user-remove",
        again: "confirm-user-again",
        values: &[("login", Value::of(&user.login)), ("name", Value::of(name.as_str()))],
        is_named_by: &|text| text.parse::<Login>().as_ref() == Ok(&user.login),
    })
}

fn tell(session: &Session<'_>, removed: &[Removed], is_trial: bool) -> Answer {
    let mut answer = Answer::new(SCHEMA).field("dry_run", is_trial);
    let count = [("count", Value::from(removed.len()))];
    let mut with_rows = session.options.output_format != Format::Table;
    match removed {
        _ if is_trial => {
            answer = answer.sentence("users-would-leave", &count);
            with_rows = true;
        }
        [user] => answer = tell_of_one(answer, user),
        _ => {
            answer = answer.sentence("users-removed", &count);
            with_rows = true;
        }
    }
    if with_rows { answer.list(rows_of(removed)) } else { answer }
}

fn tell_of_one(mut answer: Answer, user: &Removed) -> Answer {
    answer = answer.sentence("user-removed", &[("login", Value::of(&user.login))]);
    for key in &user.keys {
        let place = key.establishment.as_ref();
        let values = [
            ("serial", Value::of(&key.serial)),
            ("state", Value::word(format!("state-{}", key.after.name()))),
            ("place", place.map_or_else(|| Value::word("place-academy".to_owned()), Value::of)),
        ];
        let id = if key.after == crate::key::State::Stock { "user-removed-key-back" } else { "user-removed-key" };
        answer = answer.sentence(id, &values);
    }
    if user.codes_ended {
        answer = answer.sentence("user-removed-codes", &[]);
    }
    answer.sentence("user-removed-until", &[("day", Value::Time(user.left.erase_at))])
}

fn rows_of(removed: &[Removed]) -> List {
    let mut list = List::new("users", COLUMNS).showing(SHOWN);
    for user in removed {
        let row = |key: [Datum; 4]| {
            let mut row = vec![Datum::of(&user.login)];
            row.extend(key);
            row.extend([user.codes_ended.into(), user.left.erase_at.into()]);
            row
        };
        if user.keys.is_empty() {
            list.row(row([Datum::Nothing, Datum::Nothing, Datum::Nothing, Datum::Nothing]));
        }
        for key in &user.keys {
            list.row(row([
                Datum::of(&key.serial),
                Datum::Word("state", key.before.name()),
                Datum::Word("state", key.after.name()),
                Datum::maybe(key.establishment.as_ref()),
            ]));
        }
    }
    list
}
