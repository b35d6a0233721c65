//! `operator remove` takes back what accounts may do.

use crate::cli::args::Accounts;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: Accounts) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let removed = desk.remove_operators(&args.accounts)?;
        let names = removed.iter().map(|mandate| Datum::of(&mandate.name)).collect::<Vec<_>>();
        let mut answer = Answer::new("operator-remove").field("accounts", names);
        for mandate in &removed {
            let role = Value::word(format!("a-role-{}", mandate.role.name()));
            let values = [("account", Value::of(&mandate.name)), ("role", role)];
            answer = answer.sentence("operator-removed", &values);
        }
        session.report(answer)
    })?;
    Ok(Exit::Done)
}
