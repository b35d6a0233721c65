//! `check --pam` answers `pam_exec`: who wants in stands in the environment, the passcode comes in on stdin, the status decides.

use super::check;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::login_server::{address_in, login_in, needed, read};
use crate::cli::session::Session;
use crate::host::{Line, TerminalError, Variable};
use crate::ops::Answer;

/// What PAM hands over at most; what is longer is no passcode.
const LONGEST: u64 = 512;

/// Runs the command.
///
/// # Errors
/// [`Failure`], whose status denies.
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    let variables = session.host.environment.variables.clone();
    if needed(&variables, Variable::PamType)?.as_slice() != b"auth" {
        return Err(Failure::new(Exit::Usage, "pam-type"));
    }
    let login = login_in(&needed(&variables, Variable::PamUser)?, Variable::PamUser)?;
    let source = read(&variables, Variable::PamRhost)?.and_then(|host| address_in(&host));
    let typed = read_token(session)?;
    session.at_desk(|desk, session| {
        let (exit, sentence) = match check::ask(desk, &login, &typed, None, source.as_deref())? {
            Answer::Accepted | Answer::AcceptedInEmergency { .. } => (Exit::Done, None),
            Answer::NewPinRequired(_) => (Exit::NewPin, Some("login-new-pin")),
            Answer::NextCodeRequired(_) => (Exit::NextCode, Some("login-next-code")),
            Answer::Refused => (Exit::No, None),
        };
        if let Some(sentence) = sentence {
            let sentence = session.words.say(sentence, &[]);
            session.answer(format!("{sentence}\n").as_bytes())?;
        }
        Ok(exit)
    })
}

/// Reads what was typed: all of stdin, but one final NUL or line end.
fn read_token(session: &mut Session<'_>) -> Result<Line, Failure> {
    if session.is_interactive() {
        return session.ask_secret("prompt-passcode", &[]);
    }
    let mut typed = match session.host.terminal.read_all(LONGEST) {
        // Counted as a wrong one.
        Err(TerminalError::TooLong { .. }) => return Ok(Line::default()),
        read => read?,
    };
    if typed.is_empty() {
        return Err(Failure::new(Exit::Usage, "input-ended"));
    }
    if let Some(b'\0' | b'\n') = typed.last() {
        typed.pop();
    }
    Ok(typed)
}
