//! `pin set` creates a key's PIN: with the ticket of a check, or step by step on a terminal.

use crate::cli::args::PinSet;
use crate::cli::commands::{check, new_pin};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::ops;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: PinSet) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        if args.ticket {
            let ticket = session.ask_secret("prompt-ticket", &[])?;
            let answer = new_pin::ask_once(desk, session, &args.login, check::text(&ticket))?;
            return new_pin::report(session, &args.login, answer, None);
        }
        if !session.is_interactive() {
            return Err(Failure::new(Exit::Usage, "ticket-needed"));
        }
        let typed = session.ask_secret("prompt-code", &[])?;
        let mut answer = check::ask(desk, &args.login, &typed, None, None)?;
        if let ops::Answer::NextCodeRequired(challenge) = answer {
            let typed = check::ask_next_code(session, &challenge)?;
            answer = check::ask(desk, &args.login, &typed, Some(&challenge.ticket), None)?;
        }
        match answer {
            ops::Answer::NewPinRequired(challenge) => {
                let exit = new_pin::choose(desk, session, &args.login, &challenge.ticket)?;
                if exit == Exit::Done {
                    session.say("pin-set-next", &[]);
                }
                Ok(exit)
            }
            _ => {
                session.say("no-pin-to-set", &[]);
                Ok(Exit::No)
            }
        }
    })
}
