//! `activation new` issues an activation code, shown this once.

use crate::cli::args::ActivationNew;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum, Format, List};
use crate::cli::session::Session;
use crate::host::files;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: ActivationNew) -> Result<Exit, Failure> {
    if let Some(path) = &args.output
        && path.exists()
    {
        // Before a code is issued that nobody could then read.
        return Err(Failure::new(Exit::CannotCreate, "file-exists").about("path", path.display()));
    }
    let issued = session.at_desk(|desk, _| Ok(desk.issue_activation(&args.login, args.serial.as_ref())?))?;
    let login = Value::of(&issued.login);
    let expires_at = Value::from(issued.expires_at);
    if let Some(path) = &args.output {
        files::create_private(path, format!("{}\n", issued.code.expose()).as_bytes())?;
        let answer = Answer::new("activation").field("login", Datum::of(&issued.login));
        session.report(answer.field("file", Datum::of(path.display())).sentence(
            "activation-issued-to-file",
            &[("login", login), ("path", Value::of(path.display())), ("expires_at", expires_at)],
        ))?;
        return Ok(Exit::Done);
    }
    let columns = &["login", "serial", "code", "expires_at"];
    let mut list = List::new("activations", columns);
    list.row(vec![
        Datum::of(&issued.login),
        Datum::maybe(issued.serial.as_ref()),
        Datum::of(issued.code.expose()),
        issued.expires_at.into(),
    ]);
    session.report(Answer::new("activation").sentence("activation-issued", &[("login", login)]).list(list))?;
    if session.options.output_format == Format::Table {
        session.say("activation-issued-once", &[]);
    }
    Ok(Exit::Done)
}
