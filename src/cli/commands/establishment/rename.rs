//! `establishment rename` gives an establishment another name.

use crate::cli::args::NamedEstablishment;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: NamedEstablishment) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let former = desk.rename_establishment(&args.uai, &args.name)?;
        let values =
            [("uai", Value::of(&args.uai)), ("name", args.name.as_str().into()), ("former", former.as_str().into())];
        let is_new = former != args.name;
        session.report(
            Answer::new("establishment-rename")
                .field("uai", Datum::of(&args.uai))
                .field("name", args.name.as_str())
                .field("former_name", former.as_str())
                .sentence(if is_new { "establishment-renamed" } else { "establishment-named-so" }, &values),
        )
    })?;
    Ok(Exit::Done)
}
