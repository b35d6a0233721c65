//! `man` writes the manual: all of it into a folder, or its main page to stdout.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::{Language, Value, Words};
use crate::cli::manual::{self, Page};
use crate::cli::session::Session;
use crate::host::files;
use std::path::Path;

/// Runs the command.
///
/// # Errors
/// [`Failure`]; each page that was written before is whole.
pub fn run(session: &mut Session<'_>, folder: Option<&Path>) -> Result<Exit, Failure> {
    let Some(folder) = folder else {
        let page = manual::MAIN.render(&session.words);
        session.answer(page.as_bytes())?;
        if session.host.terminal.stdout_is_terminal() {
            session.hint("manual-is-source", &[("command", Value::of("cleotp man | man -l -"))]);
        }
        return Ok(Exit::Done);
    };
    let mut written = 0_usize;
    for language in [Language::English, Language::French] {
        let words = Words::of(language);
        let folder = folder.join(Page::folder(language));
        files::create_public_dir(&folder)?;
        for page in manual::pages() {
            let path = folder.join(format!("{}.1", page.name()));
            files::publish(&path, page.render(&words).as_bytes())?;
            written = written.saturating_add(1);
        }
    }
    session.say("manual-written", &[("path", Value::of(folder.display())), ("pages", Value::from(written))]);
    Ok(Exit::Done)
}
