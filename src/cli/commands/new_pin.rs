//! Choosing a PIN: typed twice, judged by the policy, three tries.

use super::check::text;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::{Language, Value, Words};
use crate::cli::report::{Answer, Datum, Format};
use crate::cli::session::Session;
use crate::ops::{Desk, PinAnswer, PinChoice};
use crate::pin::Unfit;
use crate::user::Login;

/// Asks for a PIN on a terminal until one is fit or no try is left, and says what comes of it.
///
/// # Errors
/// [`Failure`]; a PIN that the policy refuses for the last time is `pin-refused`.
pub fn choose(desk: &mut Desk<'_>, session: &mut Session<'_>, login: &Login, ticket: &str) -> Result<Exit, Failure> {
    session.say("choose-a-pin", &lengths(desk));
    loop {
        let answer = ask_once(desk, session, login, ticket)?;
        match answer {
            PinAnswer::Unfit { unfit, tries_left } if tries_left > 0 => {
                session.say("pin-unfit", &unfit_values(&session.words, unfit, tries_left));
            }
            PinAnswer::Set { .. } => {
                session.say("pin-is-set", &[]);
                return Ok(Exit::Done);
            }
            decided => return report(session, login, decided, None),
        }
    }
}

/// Takes a PIN twice and has it set.
///
/// # Errors
/// [`Failure`].
pub fn ask_once(
    desk: &mut Desk<'_>,
    session: &mut Session<'_>,
    login: &Login,
    ticket: &str,
) -> Result<PinAnswer, Failure> {
    let typed = session.ask_secret("prompt-new-pin", &[])?;
    let again = session.ask_secret("prompt-new-pin-again", &[])?;
    let choice = PinChoice { login, ticket, typed: text(&typed), again: text(&again) };
    Ok(desk.set_pin(&choice)?)
}

/// Says what came of a PIN, and gives the ticket with which another can be tried if this command earned it.
///
/// # Errors
/// [`Failure`] `pin-refused`, after the answer was written, for a PIN that is not fit.
pub fn report(
    session: &mut Session<'_>,
    login: &Login,
    answered: PinAnswer,
    ticket: Option<&str>,
) -> Result<Exit, Failure> {
    session.report(said(login, answered, ticket))?;
    match answered {
        PinAnswer::Set { .. } => Ok(Exit::Done),
        PinAnswer::Refused => Ok(Exit::No),
        PinAnswer::Unfit { unfit, tries_left } => {
            let said = |words: &Words| words.say(reason_id(unfit), &reason_values(unfit));
            // An error for machines is English, and so is the reason within it.
            let for_machines = matches!(session.options.output_format, Format::Json | Format::Jsonl);
            let reason = if for_machines { said(&Words::of(Language::English)) } else { said(&session.words) };
            let failure = Failure::new(Exit::Forbidden, "pin-refused").with("reason", reason);
            let failure = failure.with("tries", i64::from(tries_left));
            Err(if tries_left == 0 { failure.hinted("error-pin-refused-last-hint") } else { failure })
        }
    }
}

/// Puts into words what came of a PIN; why it is not fit is for the failure to say to people.
pub fn said(login: &Login, answered: PinAnswer, ticket: Option<&str>) -> Answer {
    let (result, reason, tries_left) = match answered {
        PinAnswer::Set { .. } => ("set", Datum::Nothing, 0),
        PinAnswer::Refused => ("refused", Datum::Nothing, 0),
        PinAnswer::Unfit { unfit, tries_left } => ("refused", Datum::Word("unfit", unfit.name()), tries_left),
    };
    let mut said = Answer::new("pin")
        .field("login", Datum::of(login))
        .field("result", Datum::Word("result", result))
        .field("reason", reason)
        .field("tries_left", i64::from(tries_left));
    if let Some(ticket) = ticket.filter(|_| tries_left > 0) {
        said = said.field("ticket", ticket).sentence("pin-change-ticket", &[("ticket", Value::of(ticket))]);
    }
    match answered {
        PinAnswer::Set { is_change, .. } => {
            said.sentence("pin-is-set", &[]).sentence(if is_change { "pin-change-next" } else { "pin-set-next" }, &[])
        }
        PinAnswer::Refused => said.sentence("pin-ticket-dead", &[]),
        PinAnswer::Unfit { .. } => said,
    }
}

/// Gives the fewest and the most digits of a PIN, for a sentence.
pub fn lengths(desk: &Desk<'_>) -> [(&'static str, Value); 2] {
    let policy = desk.policy.pin;
    [("least", Value::from(i64::from(policy.shortest))), ("most", Value::from(i64::from(policy.longest)))]
}

/// Says of a PIN that it is not fit, why, and how often another can be tried.
pub fn unfit_said(words: &Words, unfit: Unfit, tries_left: u8) -> String {
    words.say("pin-unfit", &unfit_values(words, unfit, tries_left))
}

fn unfit_values(words: &Words, unfit: Unfit, tries_left: u8) -> [(&'static str, Value); 2] {
    let reason = words.say(reason_id(unfit), &reason_values(unfit));
    [("reason", Value::of(reason)), ("tries", Value::from(i64::from(tries_left)))]
}

const fn reason_id(unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::NotDigits => "pin-not-digits",
        Unfit::Length { .. } => "pin-length",
        Unfit::Alike => "pin-alike",
        Unfit::Run => "pin-run",
        Unfit::Year => "pin-year",
        Unfit::Common => "pin-common",
        Unfit::SerialEnd => "pin-serial-end",
        Unfit::Former => "pin-former",
        Unfit::Unequal => "pin-unequal",
    }
}

fn reason_values(unfit: Unfit) -> Vec<(&'static str, Value)> {
    match unfit {
        Unfit::Length { shortest, longest } => {
            vec![("least", Value::from(i64::from(shortest))), ("most", Value::from(i64::from(longest)))]
        }
        _ => Vec::new(),
    }
}
