//! `activation import` takes in the codes that an earlier system issued.

use crate::cli::args::ListFile;
use crate::cli::commands::list_import::{Telling, tell, warn_of_ignored};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::people_list;
use crate::cli::report::Datum;
use crate::cli::session::Session;
use crate::ops::OldCode;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: ListFile) -> Result<Exit, Failure> {
    let bytes = session.read_list(&args.file)?;
    let list = people_list::old_codes(&bytes);
    warn_of_ignored(session, &list);
    let telling = Telling {
        schema: "activation-import",
        columns: &["line", "login", "serial", "expires_at", "result"],
        row,
        sentences: ["codes-taken", "codes-would-be-taken"],
        added: ["code-result", "code-plan"],
        file: &args.file,
        dry_run: args.dry_run,
    };
    session.at_desk(|desk, session| {
        // With a wrong cell nothing is changed, but what else is wrong is told too.
        let planned = desk.import_codes(&list.rows, args.dry_run || !list.findings.is_empty())?;
        let answer = planned.map(|planned| list.rows.into_iter().zip(planned).collect());
        tell(session, &telling, list.read, list.findings, answer)
    })
}

/// Gives of a row all but the code.
fn row(old: &OldCode) -> Vec<Datum> {
    vec![Datum::of(&old.login), Datum::maybe(old.serial.as_ref()), old.expires_at.into()]
}
