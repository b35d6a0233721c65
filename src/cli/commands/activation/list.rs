//! `activation list` lists the activation codes, each with what has become of it.

use crate::activation::{Activation, State as CodeState};
use crate::cli::args::ActivationList;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Datum, List};
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: ActivationList) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let list = List::new("activations", &["login", "serial", "state", "issued_at", "expires_at"]);
        session.report_each(list, desk.list_activations(args.login.as_ref())?, row)
    })
}

fn row((activation, state): &(Activation, CodeState)) -> Vec<Datum> {
    vec![
        Datum::of(&activation.login),
        Datum::maybe(activation.serial.as_ref()),
        Datum::Word("activation-state", state.name()),
        activation.issued_at.into(),
        activation.expires_at.into(),
    ]
}
