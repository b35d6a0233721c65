//! `--rejects`: the file of the rows that are not taken.

use crate::cli::args::ImportArgs;
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::session::Session;
use crate::host::files::{FileError, Fresh};
use crate::ops::{Error, FileReport, ImportAnswer};
use std::io;
use std::path::Path;

/// Refuses what a file of rejected rows can not be.
///
/// # Errors
/// [`Failure`].
pub(super) fn check(args: &ImportArgs) -> Result<(), Failure> {
    match &args.rejects {
        Some(path) if path == Path::new("-") => Err(Failure::new(Exit::Usage, "rejects-to-stdout")),
        Some(_) if args.files.len() > 1 => Err(Failure::new(Exit::Usage, "rejects-of-several")),
        Some(path) if args.dry_run => Ok(Fresh::expect_none(path)?),
        _ => Ok(()),
    }
}

/// Begins the file, if one is wanted.
///
/// # Errors
/// [`Failure`] when its name is taken, or it cannot be made.
pub(super) fn begin(args: &ImportArgs) -> Result<Option<Fresh>, Failure> {
    let wanted = args.rejects.as_ref().filter(|_| !args.dry_run);
    Ok(wanted.map(|path| Fresh::begin(path)).transpose()?)
}

/// Gives the file its name, when rows are in it. What came in stays in, also when that fails.
pub(super) fn finish(file: Option<Fresh>, report: &FileReport) -> Option<Failure> {
    let file = file.filter(|_| report.answer == ImportAnswer::Partial)?;
    let failure = Failure::from(file.finish().err()?);
    Some(failure.hinted("hint-rejects-not-kept"))
}

/// Says of an error that it is of this file, if it is.
pub(super) fn failure_of(error: Error, args: &ImportArgs) -> Failure {
    match (error, &args.rejects) {
        (Error::RejectsNotWritten(kind), Some(path)) => {
            FileError::Write { path: path.clone(), source: io::Error::from(kind) }.into()
        }
        (error, _) => error.into(),
    }
}

/// Says where the rows are that are not taken.
pub(super) fn tell(session: &mut Session<'_>, args: &ImportArgs, reports: &[(String, FileReport)]) {
    let mut left_out = reports.iter().filter(|(_, report)| report.answer == ImportAnswer::Partial);
    let (Some(path), Some((_, report))) = (args.rejects.as_ref().filter(|_| !args.dry_run), left_out.next_back())
    else {
        return;
    };
    let values = [("path", escape::path(path).into()), ("count", Value::from(report.left_out()))];
    session.say("import-rejects-kept", &values);
}
