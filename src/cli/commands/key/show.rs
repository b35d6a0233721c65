//! `key show` tells what is known of keys.

use super::{row, sheet};
use crate::cli::args::Serials;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::Format;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: Serials) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let keys = args.serials.iter().map(|serial| desk.show_key(serial)).collect::<Result<Vec<_>, _>>()?;
        if session.options.output_format == Format::Table {
            let now = desk.moment();
            let width = session.style().width;
            let sheets = keys.iter().map(|key| sheet::of(key, now, &session.words).render(&session.words, width));
            let text = sheets.collect::<Vec<_>>().join("\n");
            return session.answer(text.as_bytes());
        }
        let mut list = row::list_in_full();
        for key in &keys {
            list.row(row::in_full(key));
        }
        session.report(list)
    })?;
    Ok(Exit::Done)
}
