//! `report batches` tells of every key with which line of which file it came, and who took that in.

use crate::cli::args::ReportBatches;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Datum, List};
use crate::cli::session::Session;
use crate::ops::Provenance;
use data_encoding::HEXLOWER;

const COLUMNS: &[&str] = &["serial", "state", "batch", "line", "file", "sha256", "format", "operator", "imported_at"];
const SHOWN: &[&str] = &["serial", "state", "batch", "line", "file", "operator", "imported_at"];

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: &ReportBatches) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let list = List::new("provenances", COLUMNS).showing(SHOWN);
        session.report_each(list, desk.report_batches(args.batch)?, row)
    })
}

fn row(provenance: &Provenance) -> Vec<Datum> {
    let Provenance { key, batch } = provenance;
    vec![
        Datum::of(&key.serial),
        Datum::Word("state", key.state.name()),
        key.batch.into(),
        key.batch_line.into(),
        batch.file_name.as_str().into(),
        HEXLOWER.encode(&batch.sha256).into(),
        batch.format.as_str().into(),
        batch.operator_name.as_str().into(),
        Datum::Day(batch.imported_at),
    ]
}
