//! `check` is the users' steps two to four: one answer for scripts, all of the guide on a terminal.

use super::{check_batch, check_pam, check_radius, new_pin};
use crate::cli::args::Check;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::clock::Seconds;
use crate::host::Line;
use crate::ops::{self, Aim, Challenge, Desk, Request};
use crate::user::Login;
use zeroize::Zeroizing;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: Check) -> Result<Exit, Failure> {
    let Some(login) = args.login else {
        return match (args.pam, args.radius) {
            (true, _) => check_pam::run(session),
            (_, true) => check_radius::run(session),
            _ => check_batch::run(session),
        };
    };
    let source = args.source.map(|address| address.to_string());
    session.at_desk(|desk, session| {
        if session.is_interactive() && !args.ticket {
            return lead_through(desk, session, &login, source.as_deref());
        }
        let ticket = if args.ticket { Some(session.ask_secret("prompt-ticket", &[])?) } else { None };
        let typed = session.ask_passcode("prompt-passcode")?;
        let answer = ask(desk, &login, &typed, ticket.as_ref().map(text), source.as_deref())?;
        report(session, &login, &answer)
    })
}

/// Leads somebody at a terminal through every answer, until he is in or is not.
fn lead_through(
    desk: &mut Desk<'_>,
    session: &mut Session<'_>,
    login: &Login,
    source: Option<&str>,
) -> Result<Exit, Failure> {
    let typed = session.ask_secret("prompt-passcode", &[])?;
    let mut answer = ask(desk, login, &typed, None, source)?;
    loop {
        answer = match answer {
            ops::Answer::NextCodeRequired(challenge) => {
                let typed = ask_next_code(session, &challenge)?;
                ask(desk, login, &typed, Some(&challenge.ticket), source)?
            }
            ops::Answer::NewPinRequired(challenge) => {
                if new_pin::choose(desk, session, login, &challenge.ticket)? != Exit::Done {
                    return Ok(Exit::No);
                }
                // Who lost his key in this moment is refused whatever he types.
                let left = desk.show_user(login)?.1.map_or(Some(Seconds::ZERO), |key| desk.seconds_left(&key));
                let typed = session.ask_for_next(left, "passcode-follows", "prompt-first-passcode")?;
                ask(desk, login, &typed, None, source)?
            }
            decided => return report(session, login, &decided),
        };
    }
}

/// Asks somebody at a terminal for the code that follows.
pub(super) fn ask_next_code(session: &mut Session<'_>, challenge: &Challenge) -> Result<Line, Failure> {
    session.ask_for_next(challenge.retry_after, "next-code-required", "prompt-next-code")
}

pub(super) fn ask(
    desk: &mut Desk<'_>,
    login: &Login,
    typed: &Line,
    ticket: Option<&str>,
    source: Option<&str>,
) -> Result<ops::Answer, Failure> {
    Ok(desk.check(&Request { aim: Aim::Enter, login, typed: text(typed), ticket, source })?)
}

/// Reads what was typed as text; what is none has not the form of a code, and is refused and counted as such.
pub(super) fn text(line: &Line) -> &str {
    std::str::from_utf8(line).unwrap_or_default()
}

pub(super) fn report(session: &mut Session<'_>, login: &Login, answer: &ops::Answer) -> Result<Exit, Failure> {
    let (exit, said) = said(login, answer);
    session.report(said)?;
    Ok(exit)
}

/// Puts the answer into words, for people and for machines.
pub(super) fn said(login: &Login, answer: &ops::Answer) -> (Exit, Answer) {
    let (exit, verdict, challenge) = match answer {
        ops::Answer::Accepted | ops::Answer::AcceptedInEmergency { .. } => (Exit::Done, "accepted", None),
        ops::Answer::NewPinRequired(challenge) => (Exit::NewPin, "new-pin-required", Some(challenge)),
        ops::Answer::NextCodeRequired(challenge) => (Exit::NextCode, "next-code-required", Some(challenge)),
        ops::Answer::Refused => (Exit::No, "refused", None),
    };
    let ticket = challenge.map(|challenge| Datum::of(challenge.ticket.as_str()));
    let expires_at = challenge.map(|challenge: &Challenge| challenge.expires_at);
    let retry_after = challenge.and_then(|challenge| challenge.retry_after);
    let said = Answer::new("check")
        .field("login", Datum::of(login))
        .field("verdict", Datum::Word("verdict", verdict))
        .field("ticket", ticket)
        .field("expires_at", expires_at)
        .field("retry_after", retry_after);
    let said = match challenge {
        None if let ops::Answer::AcceptedInEmergency { left } = answer => {
            said.sentence("check-accepted-in-emergency", &[("login", Value::of(login)), ("left", (*left).into())])
        }
        None if exit == Exit::Done => said.sentence("check-accepted", &[("login", Value::of(login))]),
        None => said.sentence("check-refused", &[]),
        Some(challenge) => {
            let id = match (exit, challenge.retry_after) {
                (Exit::NewPin, _) => "check-new-pin-required",
                (_, Some(_)) => "check-next-code-required",
                (_, None) => "check-next-code-required-button",
            };
            let ticket = Zeroizing::new(challenge.ticket.to_string());
            let seconds = Value::from(challenge.retry_after.map_or(0, Seconds::get));
            said.sentence(id, &[("ticket", Value::of(ticket.as_str())), ("seconds", seconds)])
        }
    };
    (exit, said)
}
