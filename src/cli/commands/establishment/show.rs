//! `establishment show` tells what is known of an establishment.

use super::row;
use crate::cli::args::OneUai;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Datum, Format};
use crate::cli::session::Session;
use crate::cli::sheet::Sheet;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: OneUai) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let census = desk.count_establishment(&args.uai)?;
        if session.options.output_format == Format::Table {
            let mut sheet = Sheet::new();
            sheet.labelled("column-uai", Datum::of(&census.establishment.uai));
            sheet.labelled("column-name", census.establishment.name.as_str());
            sheet.labelled("column-users", census.users);
            sheet.labelled("column-keys", census.keys);
            let text = sheet.render(&session.words, session.style().width);
            return session.answer(text.as_bytes());
        }
        let mut list = row::list();
        list.row(row::of(&census));
        session.report(list)
    })?;
    Ok(Exit::Done)
}
