//! `batch show` tells what came in from one file.

use super::row;
use crate::cli::commands::key;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Answer, Format};
use crate::cli::session::Session;
use crate::cli::sheet::Sheet;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, id: i64) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let (batch, keys) = desk.show_batch(id)?;
        let mut list = key::row::list();
        if session.options.output_format == Format::Table {
            let mut sheet = Sheet::new();
            for (name, datum) in row::fields(&batch) {
                sheet.named(name, datum);
            }
            let text = format!("{}\n", sheet.render(&session.words, session.style().width));
            session.answer(text.as_bytes())?;
            return session.report_each(list, keys, key::row::of);
        }
        if session.options.output_format == Format::Csv {
            return session.report_each(list, keys, key::row::of);
        }
        for key in keys {
            list.row(key::row::of(&key?));
        }
        let mut answer = Answer::new("batch");
        for (name, datum) in row::fields(&batch) {
            answer = answer.field(name, datum);
        }
        session.report(answer.list(list))?;
        Ok(Exit::Done)
    })
}
