//! `batch show` tells what came in from one file.

use super::row;
use crate::cli::commands::key;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Answer, Format, Parts};
use crate::cli::session::Session;
use crate::cli::sheet::Sheet;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, id: i64) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let (batch, keys) = desk.show_batch(id)?;
        let mut parts = Parts::of(key::row::list());
        match session.options.output_format {
            Format::Table => {
                let mut sheet = Sheet::new();
                for (name, datum) in row::fields(&batch) {
                    sheet.named(name, datum);
                }
                let text = format!("{}\n", sheet.render(&session.words, session.style().width));
                session.answer(text.as_bytes())?;
            }
            Format::Json | Format::Jsonl => {
                let fields = row::fields(&batch).into_iter();
                let head = fields.fold(Answer::new("batch"), |answer, (name, datum)| answer.field(name, datum));
                parts = parts.within(head);
            }
            Format::Csv => {}
        }
        session.report_parts(parts, keys, key::row::of)
    })
}
