//! What is told of an import: an object for programs, sentences for people.

use crate::cli::args::ImportArgs;
use crate::cli::failure::Failure;
use crate::cli::locale::{Language, Value, Words};
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::import::{Finding, Format};
use crate::ops::{FileReport, ImportAnswer};

/// Tells what came of some files.
///
/// # Errors
/// [`Failure`].
pub(super) fn tell(
    session: &mut Session<'_>,
    args: &ImportArgs,
    reports: &[(String, FileReport)],
) -> Result<(), Failure> {
    let english = Words::of(Language::English);
    let mut files = Vec::new();
    let mut findings = Vec::new();
    for (name, report) in reports {
        files.push(file_datum(name, report));
        for finding in &report.findings {
            findings.push(finding_datum(name, finding, &english));
            say_finding(session, name, finding);
        }
    }
    let batch = reports.iter().find_map(|(_, report)| report.batch);
    let mut answer = Answer::new("import")
        .field("batch", batch)
        .field("dry_run", args.dry_run)
        .field("files", Datum::Many(files))
        .field("findings", Datum::Many(findings));
    for (name, report) in reports {
        answer = answer.sentence(outcome_id(report, args.dry_run), &outcome_values(name, report));
    }
    session.report(answer)
}

fn outcome_id(report: &FileReport, dry_run: bool) -> &'static str {
    match (report.answer, dry_run) {
        (ImportAnswer::AlreadyImported(_), _) => "import-already",
        (ImportAnswer::Rejected, _) => "import-rejected",
        (ImportAnswer::Imported, true) => "import-would",
        (ImportAnswer::Imported, false) => "import-done",
    }
}

fn outcome_values(name: &str, report: &FileReport) -> Vec<(&'static str, Value)> {
    let known = match report.answer {
        ImportAnswer::AlreadyImported(batch) => batch,
        _ => report.batch.unwrap_or(0),
    };
    vec![
        ("file", Value::of(name)),
        ("format", Value::of(report.format.map_or("-", Format::name))),
        ("new", Value::from(report.new)),
        ("identical", Value::from(report.identical)),
        ("batch", Value::from(known)),
        ("errors", Value::from(report.rejected.saturating_add(report.conflict))),
    ]
}

fn file_datum(name: &str, report: &FileReport) -> Datum {
    Datum::Object(vec![
        ("file", Datum::of(name)),
        ("sha256", Datum::Text(data_encoding::HEXLOWER.encode(&report.sha256))),
        ("format", Datum::maybe(report.format)),
        ("batch", report.batch.into()),
        ("read", report.read.into()),
        ("new", report.new.into()),
        ("identical", report.identical.into()),
        ("conflict", report.conflict.into()),
        ("rejected", report.rejected.into()),
        ("warnings", report.warnings.into()),
    ])
}

fn message_values(finding: &Finding) -> Vec<(&'static str, Value)> {
    finding.problem.arguments().into_iter().map(|(name, text)| (name, Value::of(text))).collect()
}

fn finding_datum(name: &str, finding: &Finding, english: &Words) -> Datum {
    let code = finding.problem.code();
    let severity = if finding.is_error() { "error" } else { "warning" };
    let column = finding.column.map(|column| i64::try_from(column).unwrap_or(i64::MAX));
    Datum::Object(vec![
        ("file", Datum::of(name)),
        ("line", i64::try_from(finding.line).unwrap_or(i64::MAX).into()),
        ("column", column.into()),
        ("serial", Datum::maybe(finding.serial.as_ref())),
        ("severity", Datum::of(severity)),
        ("code", Datum::of(code)),
        ("message", Datum::Text(english.say(&format!("finding-{code}"), &message_values(finding)))),
    ])
}

/// Says a finding on stderr: where, what, and what to do.
fn say_finding(session: &mut Session<'_>, name: &str, finding: &Finding) {
    let code = finding.problem.code();
    let values = message_values(finding);
    let words = &session.words;
    let place = match (finding.column, &finding.serial) {
        (Some(column), _) => {
            words.say("finding-at-column", &[("line", Value::of(finding.line)), ("column", Value::of(column))])
        }
        (None, _) => words.say("finding-at-line", &[("line", Value::of(finding.line))]),
    };
    let serial = finding.serial.as_ref().map(|serial| words.say("finding-of-key", &[("serial", Value::of(serial))]));
    let what = words.say(&format!("finding-{code}"), &values);
    let hint = words.say(&format!("finding-{code}-hint"), &values);
    let kind = if finding.is_error() { "severity-error" } else { "severity-warning" };
    let line = words.say(
        "finding-line",
        &[
            ("file", Value::of(name)),
            ("place", Value::of(place)),
            ("serial", Value::of(serial.unwrap_or_default())),
            ("severity", Value::word(kind)),
            ("what", Value::of(what)),
        ],
    );
    let text = format!("{line}\n{} {hint}\n", words.say("hint-line", &[]));
    if finding.is_error() || !session.options.quiet {
        session.host.terminal.say(&text);
    }
}
