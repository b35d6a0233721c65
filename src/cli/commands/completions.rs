//! `completions` writes the completion script of a shell.

use crate::cli::completion::{self, Shell};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`] when stdout cannot be written.
pub fn run(session: &mut Session<'_>, shell: Shell) -> Result<Exit, Failure> {
    let script = completion::script(shell, &session.words);
    session.answer(script.as_bytes())?;
    if session.host.terminal.stdout_is_terminal() {
        session.hint("completions-are-source", &[("command", Value::of(shell.sourcing()))]);
    }
    Ok(Exit::Done)
}
