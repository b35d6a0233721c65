//! `key assign` gives a key in stock to a user, or keys to the users of a list.

use crate::cli::args::{FileOrStdin, KeyAssign};
use crate::cli::commands::list_import::{Telling, tell, warn_of_ignored};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::people_list;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::key::Serial;
use crate::ops::{Assignment, Error, Row};
use crate::user::Login;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: KeyAssign) -> Result<Exit, Failure> {
    match (args.from, args.serial, args.login) {
        (Some(list), ..) => assign_list(session, &list, args.dry_run),
        (None, Some(serial), Some(login)) if args.dry_run => try_one(session, serial, login),
        (None, Some(serial), Some(login)) => assign_one(session, &serial, &login),
        // The command line lets nothing else through.
        (None, ..) => Err(Failure::new(Exit::Usage, "command-line")),
    }
}

fn assign_one(session: &mut Session<'_>, serial: &Serial, login: &Login) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let (serial, login) = desk.assign_key(serial, login)?;
        let values = [("serial", Value::of(&serial)), ("login", Value::of(&login))];
        session.report(
            Answer::new("key-assign")
                .field("serial", Datum::of(&serial))
                .field("login", Datum::of(&login))
                .sentence("key-assigned", &values)
                .sentence("key-assigned-next", &values),
        )
    })?;
    Ok(Exit::Done)
}

fn try_one(session: &mut Session<'_>, serial: Serial, login: Login) -> Result<Exit, Failure> {
    let values = [("serial", Value::of(&serial)), ("login", Value::of(&login))];
    let answer = Answer::new("key-assign").field("serial", Datum::of(&serial)).field("login", Datum::of(&login));
    session.at_desk(|desk, session| {
        let row = Row { line: 0, value: Assignment { serial, login } };
        if let Err(refused) = desk.assign_keys(&[row], true)? {
            return Err(refused.into_iter().next().map_or(Error::Broken, |row| row.value).into());
        }
        session.report(answer.field("dry_run", true).sentence("key-would-be-assigned", &values))
    })?;
    Ok(Exit::Done)
}

fn assign_list(session: &mut Session<'_>, path: &FileOrStdin, dry_run: bool) -> Result<Exit, Failure> {
    let bytes = session.read_list(path)?;
    let list = people_list::assignments(&bytes);
    warn_of_ignored(session, &list);
    let telling = Telling {
        schema: "key-assign",
        columns: &["line", "serial", "login", "result"],
        row: |assignment: &Assignment| vec![Datum::of(&assignment.serial), Datum::of(&assignment.login)],
        sentences: ["keys-assigned", "keys-would-be-assigned"],
        added: ["key-result", "key-plan"],
        file: path,
        dry_run,
    };
    session.at_desk(|desk, session| {
        // With a wrong cell nothing is changed, but what else is wrong is told too.
        let planned = desk.assign_keys(&list.rows, dry_run || !list.findings.is_empty())?;
        let answer = planned.map(|planned| list.rows.into_iter().zip(planned).collect());
        tell(session, &telling, list.read, list.findings, answer)
    })
}
