//! `establishment import` records a list of establishments.

use crate::cli::args::ListFile;
use crate::cli::commands::list_import::{ADDED, RESULTS, Telling, tell, warn_of_ignored};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::people_list;
use crate::cli::report::Datum;
use crate::cli::session::Session;
use crate::ops::NewEstablishment;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: ListFile) -> Result<Exit, Failure> {
    let bytes = session.read_list(&args.file)?;
    let list = people_list::establishments(&bytes);
    warn_of_ignored(session, &list);
    let telling = Telling {
        schema: "establishment-import",
        columns: &["line", "uai", "name", "result"],
        row,
        sentences: ADDED,
        added: RESULTS,
        file: &args.file,
        dry_run: args.dry_run,
    };
    session.at_desk(|desk, session| {
        // With a wrong cell nothing is changed, but what else is wrong is told too.
        let dry_run = args.dry_run || !list.findings.is_empty();
        let answer = desk.import_establishments(list.rows, dry_run)?;
        tell(session, &telling, list.read, list.findings, answer)
    })
}

fn row(new: &NewEstablishment) -> Vec<Datum> {
    vec![Datum::of(&new.uai), new.name.as_str().into()]
}
