//! `config check` reads a configuration to its end, and tells all that is wrong in it, each with its place.

use crate::cli::args::FileOrStdin;
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::fold::fold_hanging;
use crate::cli::home::Home;
use crate::cli::locale::{Language, Words};
use crate::cli::report::{Answer, Datum, Format, List, Report};
use crate::cli::session::{Session, list_shown, read_config};
use crate::cli::settings::{self, Flaw, Said};
use crate::host::files::{self, FileError};

const FINDING: &[&str] = &["code", "line", "column", "key", "message", "hint"];

/// Runs the command, on the configuration of the home unless a file is named.
///
/// # Errors
/// [`Failure`] when there is nothing that could be read.
pub fn run(session: &mut Session<'_>, file: Option<&FileOrStdin>) -> Result<Exit, Failure> {
    let home = Home::choose(session.options.home.as_deref(), &session.host.environment)?;
    let shown = file.map_or_else(|| escape::path(&home.config()).into(), list_shown);
    let said = match file {
        None => read_config(&home)?,
        Some(FileOrStdin::Stdin) => {
            let read = session.host.terminal.read_all(settings::LARGEST_FILE)?;
            Some(
                settings::read_text(&home.config(), Ok(Some(read)))
                    .map_err(|failure| failure.with("path", shown.clone()))?,
            )
        }
        // One that is named must be there.
        Some(FileOrStdin::File(path)) => match files::read_input(path, settings::LARGEST_FILE) {
            Err(error @ FileError::Missing { .. }) => return Err(error.into()),
            read => Some(settings::read_text(path, read.map(Some))?),
        },
    };
    let is_there = said.is_some();
    let Said { flaws, keys, .. } = said.unwrap_or_default();
    let flaws: Vec<Flaw> =
        flaws.into_iter().map(|flaw| Flaw { failure: flaw.failure.with("path", shown.clone()), ..flaw }).collect();
    let path = match file {
        Some(FileOrStdin::Stdin) => Datum::from("-"),
        Some(FileOrStdin::File(path)) => escape::path(path).into(),
        None => escape::path(&home.config()).into(),
    };
    if session.options.output_format == Format::Table && !flaws.is_empty() {
        let text = for_people(&flaws, &session.words, usize::from(session.style().width));
        session.answer(text.as_bytes())?;
        return Ok(Exit::Configuration);
    }
    let answer = Answer::new("config-check").field("ok", flaws.is_empty()).field("file", path).list(findings(&flaws));
    if session.options.output_format != Format::Table {
        session.report(Report::from(answer))?;
    } else if is_there {
        session.report(
            Answer::new("config-check").sentence("config-right", &[("path", shown), ("count", keys.len().into())]),
        )?;
    } else {
        session.report(Answer::new("config-check").sentence("config-none", &[("path", shown)]))?;
    }
    Ok(if flaws.is_empty() { Exit::Done } else { Exit::Configuration })
}

fn findings(flaws: &[Flaw]) -> List {
    let english = Words::of(Language::English);
    let mut list = List::new("findings", FINDING);
    for Flaw { failure, key, place: (line, column) } in flaws {
        list.row(vec![
            failure.id().into(),
            (*line).into(),
            (*column).into(),
            key.clone().into(),
            failure.message(&english).into(),
            failure.hint(&english).into(),
        ]);
    }
    list
}

/// Writes each flaw with its remedy below, as other commands say the first one.
fn for_people(flaws: &[Flaw], words: &Words, width: usize) -> String {
    let mut text = String::new();
    for Flaw { failure, .. } in flaws {
        let hint = failure.hint(words).map(|hint| format!("{} {hint}", words.say("hint-line", &[])));
        for line in [Some(failure.message(words)), hint].into_iter().flatten() {
            text.push_str(&fold_hanging(&line, width, 2).join("\n  "));
            text.push('\n');
        }
    }
    text
}
