//! `audit export` gives all events out, with what chains them.

use crate::audit::Record;
use crate::cli::args::AuditExport;
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Datum, Format, List, Parts};
use crate::cli::session::Session;
use crate::host::files::Fresh;
use crate::ops::Desk;
use data_encoding::HEXLOWER;
use std::io::Write;
use std::path::Path;

const COLUMNS: &[&str] = &[
    "seq",
    "at",
    "operator_uid",
    "operator",
    "via",
    "action",
    "outcome",
    "reason",
    "establishment",
    "user",
    "unknown_login",
    "serial",
    "batch",
    "file",
    "sha256",
    "count",
    "last_at",
    "version",
    "mac",
];

/// Runs the command: what others answer as a table is one object a line.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: AuditExport) -> Result<Exit, Failure> {
    if session.options.output_format == Format::Table {
        session.options.output_format = Format::Jsonl;
    }
    let list = List::new("events", COLUMNS);
    session.at_desk(|desk, session| {
        let (since, until) = (args.since.map(|moment| moment.0), args.until.map(|moment| moment.0));
        match &args.output {
            None => session.report_each(list, desk.export_audit(since, until), row),
            Some(path) => write(desk, session, path, (Parts::of(list), since, until)),
        }
    })
}

/// Writes them into a new file, which has its name when all are on the disk.
fn write(
    desk: &Desk<'_>,
    session: &mut Session<'_>,
    path: &Path,
    (mut parts, since, until): (Parts, Option<crate::clock::UtcTime>, Option<crate::clock::UtcTime>),
) -> Result<Exit, Failure> {
    let style = session.style();
    let mut file = Fresh::begin(path)?;
    let cannot_write = |error: std::io::Error| Failure::cannot_write(&error);
    let mut events = 0_i64;
    for record in desk.export_audit(since, until) {
        events = events.saturating_add(1);
        if parts.row(row(&record?)) {
            file.write_all(&parts.render(&session.words, &style)).map_err(cannot_write)?;
        }
    }
    file.write_all(&parts.end(&session.words, &style)).map_err(cannot_write)?;
    file.finish()?;
    session.say("audit-exported", &[("events", events.into()), ("path", escape::path(path).into())]);
    Ok(Exit::Done)
}

fn row(record: &Record) -> Vec<Datum> {
    let (event, subject) = (&record.event, &record.event.subject);
    vec![
        record.seq.into(),
        record.at.into(),
        record.operator.uid.into(),
        record.operator.name.as_str().into(),
        Datum::of(record.operator.way()),
        event.action.name().into(),
        event.outcome.name().into(),
        Datum::maybe(event.reason.as_ref()),
        Datum::maybe(subject.establishment.as_ref()),
        subject.user.into(),
        Datum::maybe(subject.unknown_login.map(|hash| HEXLOWER.encode(&hash))),
        Datum::maybe(subject.serial.as_ref()),
        subject.batch.into(),
        Datum::maybe(subject.file.as_ref().map(|file| &file.name)),
        Datum::maybe(subject.file.as_ref().map(|file| HEXLOWER.encode(&file.sha256))),
        event.count.into(),
        event.last_at.into(),
        Datum::of(&record.version),
        HEXLOWER.encode(&record.mac).into(),
    ]
}
