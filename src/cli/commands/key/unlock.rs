//! `key unlock` clears the failures of keys.

use crate::cli::args::KeyChoice;
use crate::cli::commands::named::{self, Deeds, Telling, tell};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::key::Serial;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: KeyChoice) -> Result<Exit, Failure> {
    let mut named = named::keys(session, &args)?;
    session.at_desk(|desk, session| {
        named.add_range(desk, &args)?;
        let answer = desk.unlock_keys(&named.rows, named.is_trial())?;
        let done = named.settle(session, TELLING.schema, answer)?;
        let are_many = args.from.is_some() || args.range.is_some();
        tell(session, &TELLING, &Deeds { done: &done, are_many, dry_run: args.dry_run })?;
        Ok(Exit::Done)
    })
}

/// A key, and whether it was locked.
type Unlocked = (Serial, bool);

const TELLING: Telling<Unlocked> = Telling {
    schema: "key-unlock",
    field: ("keys", |(serial, was_locked)| {
        Datum::Object(vec![("serial", Datum::of(serial)), ("was_locked", (*was_locked).into())])
    }),
    one: |answer: Answer, (serial, was_locked)| {
        let id = if *was_locked { "key-unlocked" } else { "key-was-not-locked" };
        answer.sentence(id, &[("serial", Value::of(serial))])
    },
    many: "keys-unlocked",
    columns: &["serial", "was_locked"],
    row: |(serial, was_locked)| vec![Datum::of(serial), (*was_locked).into()],
};
