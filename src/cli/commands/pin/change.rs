//! `pin change` puts another PIN in the place of the present one, by a passcode that is right.

use crate::cli::args::PinSet;
use crate::cli::commands::{check, new_pin};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::host::Line;
use crate::ops::{self, Aim, Challenge, Desk, Request};
use crate::user::Login;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: PinSet) -> Result<Exit, Failure> {
    let login = args.login;
    session.at_desk(|desk, session| {
        let ticket = if args.ticket { Some(session.ask_secret("prompt-ticket", &[])?) } else { None };
        let typed = session.ask_passcode("prompt-present-passcode")?;
        let mut answer = ask(desk, &login, &typed, ticket.as_ref().map(check::text))?;
        if let ops::Answer::NextCodeRequired(challenge) = &answer
            && session.is_interactive()
        {
            let typed = check::ask_next_code(session, challenge)?;
            answer = ask(desk, &login, &typed, Some(&challenge.ticket))?;
        }
        match answer {
            ops::Answer::NewPinRequired(challenge) => choose(desk, session, &login, &challenge),
            ops::Answer::NextCodeRequired(_) => check::report(session, &login, &answer),
            ops::Answer::Accepted | ops::Answer::AcceptedInEmergency { .. } | ops::Answer::Refused => {
                session.report(
                    Answer::new("pin")
                        .field("login", Datum::of(&login))
                        .field("result", Datum::Word("result", "refused"))
                        .field("reason", Datum::Nothing)
                        .field("tries_left", 0i64)
                        .sentence("pin-change-refused", &[]),
                )?;
                Ok(Exit::No)
            }
        }
    })
}

fn ask(desk: &mut Desk<'_>, login: &Login, typed: &Line, ticket: Option<&str>) -> Result<ops::Answer, Failure> {
    Ok(desk.check(&Request { aim: Aim::ChangePin, login, typed: check::text(typed), ticket, source: None })?)
}

fn choose(
    desk: &mut Desk<'_>,
    session: &mut Session<'_>,
    login: &Login,
    challenge: &Challenge,
) -> Result<Exit, Failure> {
    if !session.is_interactive() {
        let answer = new_pin::ask_once(desk, session, login, &challenge.ticket)?;
        return new_pin::report(session, login, answer, Some(&challenge.ticket));
    }
    let exit = new_pin::choose(desk, session, login, &challenge.ticket)?;
    if exit == Exit::Done {
        session.say("pin-change-next", &[]);
    }
    Ok(exit)
}
