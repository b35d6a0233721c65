//! `establishment add` adds an establishment.

use crate::cli::args::NamedEstablishment;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::ops::NewEstablishment;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: NamedEstablishment) -> Result<Exit, Failure> {
    let new = NewEstablishment { uai: args.uai, name: args.name };
    session.at_desk(|desk, session| {
        desk.add_establishment(&new)?;
        let values = [("uai", Value::of(&new.uai)), ("name", new.name.as_str().into())];
        session.report(
            Answer::new("establishment-add")
                .field("uai", Datum::of(&new.uai))
                .field("name", new.name.as_str())
                .sentence("establishment-added", &values),
        )
    })?;
    Ok(Exit::Done)
}
