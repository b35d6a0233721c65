//! `activation new` issues an activation code, shown this once.

use crate::cli::args::ActivationNew;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum, Format, List};
use crate::cli::session::Session;
use crate::host::files::Reserved;
use zeroize::Zeroizing;

/// Eight symbols and the line end.
const LINE_OF_CODE: usize = 9;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: ActivationNew) -> Result<Exit, Failure> {
    // Before a code is issued that nobody could then read.
    let reserved = args.output.as_deref().map(|path| Reserved::make(path, LINE_OF_CODE)).transpose()?;
    let issued = session.at_desk(|desk, _| Ok(desk.issue_activation(&args.login, args.serial.as_ref())?))?;
    let login = Value::of(&issued.login);
    let expires_at = Value::from(issued.expires_at);
    let code_lost = |failure: Failure| failure.about("login", &issued.login).hinted("hint-code-lost");
    if let (Some(path), Some(reserved)) = (&args.output, reserved) {
        let line = Zeroizing::new(format!("{}\n", issued.code.expose()));
        reserved.fill(line.as_bytes()).map_err(|error| code_lost(error.into()))?;
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
    let answer = Answer::new("activation").sentence("activation-issued", &[("login", login)]).list(list);
    session.report_once(answer).map_err(code_lost)?;
    if session.options.output_format == Format::Table {
        session.say("activation-issued-once", &[]);
    }
    Ok(Exit::Done)
}
