//! `check --radius` answers `rlm_exec` of FreeRADIUS: all of a request stands in the environment, attributes go out on stdout, and the
//! status decides. What is awaited from a user goes with him as the `State` of a challenge, so that RADIUS leads through the whole guide.

use super::check;
use super::new_pin;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::login_server::{Pairs, State, address_in, login_in, malformed, needed, read, unquote};
use crate::cli::session::Session;
use crate::clock::Seconds;
use crate::host::{Line, Variable, Variables};
use crate::ops::{Answer, Challenge, Desk, PinAnswer, PinChoice};
use crate::user::Login;
use zeroize::Zeroizing;

/// Runs the command.
///
/// # Errors
/// [`Failure`], whose status rejects.
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    let asked = Asked::read(&session.host.environment.variables)?;
    session.at_desk(|desk, session| {
        let (exit, pairs) = match &asked.state {
            Some(Some(State::NewPin(ticket))) => choose_pin(desk, session, &asked, ticket)?,
            state => {
                let ticket = match state {
                    None | Some(Some(State::Passcode)) => None,
                    Some(Some(State::NextCode(ticket))) => Some(ticket.as_str()),
                    // A state that is none of ours is a ticket that nobody gave.
                    Some(_) => Some(""),
                };
                let answer = check::ask(desk, &asked.login, &asked.typed, ticket, asked.source.as_deref())?;
                told(desk, session, &asked.login, answer)
            }
        };
        session.answer(pairs.written().as_bytes())?;
        Ok(exit)
    })
}

/// A request, as the server tells it.
struct Asked {
    login: Login,
    typed: Line,
    /// What ties it to the answer before, if it comes with anything that says so.
    state: Option<Option<State>>,
    source: Option<String>,
}

impl Asked {
    fn read(variables: &Variables) -> Result<Self, Failure> {
        let quoted = |variable, value: Line| unquote(&value).ok_or_else(|| malformed(variable));
        let text = |variable| needed(variables, variable).and_then(|value| quoted(variable, value));
        let login = login_in(&text(Variable::UserName)?, Variable::UserName)?;
        let typed = text(Variable::UserPassword)?;
        let state = read(variables, Variable::State)?.map(|value| State::read(&value));
        let station = read(variables, Variable::CallingStationId)?.and_then(|value| address_in(&unquote(&value)?));
        let gateway = read(variables, Variable::NasIpAddress)?.and_then(|value| address_in(&value));
        Ok(Self { login, typed, state, source: station.or(gateway) })
    }
}

/// Says what came of a check. A refusal says nothing: whatever its reason, it looks like a server that failed.
fn told(desk: &Desk<'_>, session: &Session<'_>, login: &Login, answer: Answer) -> (Exit, Pairs) {
    let say = |id: &str, values: &[(&str, Value)]| Pairs::default().message(&session.words.say(id, values));
    match answer {
        Answer::Accepted => (Exit::Done, Pairs::default()),
        Answer::AcceptedInEmergency { left } => {
            (Exit::Done, say("check-accepted-in-emergency", &[("login", Value::of(login)), ("left", left.into())]))
        }
        Answer::NewPinRequired(Challenge { ticket, .. }) => {
            (Exit::NewPin, say("radius-new-pin", &new_pin::lengths(desk)).state(&State::NewPin(ticket)))
        }
        Answer::NextCodeRequired(Challenge { ticket, retry_after, .. }) => {
            let id = if retry_after.is_some() { "radius-next-code" } else { "radius-next-code-button" };
            let seconds = Value::from(retry_after.map_or(0, Seconds::get));
            (Exit::NextCode, say(id, &[("seconds", seconds)]).state(&State::NextCode(ticket)))
        }
        Answer::Refused => (Exit::No, Pairs::default()),
    }
}

/// Sets the PIN that was typed twice in a row.
fn choose_pin(
    desk: &mut Desk<'_>,
    session: &Session<'_>,
    asked: &Asked,
    ticket: &Zeroizing<String>,
) -> Result<(Exit, Pairs), Failure> {
    let both = check::text(&asked.typed);
    let (typed, again) = both.split_at_checked(both.len() / 2).unwrap_or((both, ""));
    let answer = desk.set_pin(&PinChoice { login: &asked.login, ticket, typed, again })?;
    let say = |sentence: &str| Pairs::default().message(sentence);
    Ok(match answer {
        PinAnswer::Set { .. } => {
            (Exit::NextCode, say(&session.words.say("radius-pin-is-set", &[])).state(&State::Passcode))
        }
        PinAnswer::Unfit { unfit, tries_left } if tries_left > 0 => {
            let sentence = new_pin::unfit_said(&session.words, unfit, tries_left);
            (Exit::NewPin, say(&sentence).state(&State::NewPin(ticket.clone())))
        }
        PinAnswer::Unfit { .. } | PinAnswer::Refused => (Exit::No, Pairs::default()),
    })
}
