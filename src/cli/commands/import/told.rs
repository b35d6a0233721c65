//! What is told of an import: an object for programs, sentences for people.

use crate::cli::args::ImportArgs;
use crate::cli::failure::Failure;
use crate::cli::locale::{Language, Value, Words};
use crate::cli::report::{Answer, Datum};
use crate::cli::session::{Session, fitted};
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
    let mut answer = document(args.dry_run, reports.iter().map(|(name, report)| (name.as_str(), report, Vec::new())));
    for (name, report) in reports {
        say_findings(session, name, report);
        answer = with_sentence(answer, name, report, args.dry_run);
    }
    session.report(answer)
}

/// Gives the document that scripts read, each file with what is to be told of it besides.
pub(super) fn document<'r>(
    dry_run: bool,
    reports: impl Iterator<Item = (&'r str, &'r FileReport, Vec<(&'static str, Datum)>)>,
) -> Answer {
    let english = Words::of(Language::English);
    let (mut files, mut findings, mut batch) = (Vec::new(), Vec::new(), None);
    for (name, report, more) in reports {
        files.push(file_datum(name, report, more));
        findings.extend(report.findings.iter().map(|finding| finding_datum(name, finding, &english)));
        batch = batch.or(report.batch);
    }
    Answer::new("import")
        .field("batch", batch)
        .field("dry_run", dry_run)
        .field("files", Datum::Many(files))
        .field("findings", Datum::Many(findings))
}

/// Adds what people read of a file.
pub(super) fn with_sentence(answer: Answer, name: &str, report: &FileReport, dry_run: bool) -> Answer {
    answer.sentence(outcome_id(report, dry_run), &outcome_values(name, report))
}

/// Says what was found in a file on stderr; when quiet only the errors.
pub(super) fn say_findings(session: &mut Session<'_>, name: &str, report: &FileReport) {
    for finding in &report.findings {
        say_finding(session, name, finding);
    }
}

/// Says the first error of a file in one sentence, with its place.
pub(super) fn first_error(report: &FileReport, words: &Words) -> Option<String> {
    let finding = report.findings.iter().find(|finding| finding.is_error())?;
    let what = words.say(&format!("finding-{}", finding.problem.code()), &message_values(finding));
    Some(words.say("finding-first", &[("place", Value::of(place(finding, words))), ("what", Value::of(what))]))
}

fn outcome_id(report: &FileReport, dry_run: bool) -> &'static str {
    match (report.answer, dry_run) {
        (ImportAnswer::AlreadyImported(_), _) => "import-already",
        (ImportAnswer::Rejected, _) => "import-rejected",
        (ImportAnswer::Partial, true) => "import-would-partial",
        (ImportAnswer::Partial, false) => "import-partial",
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
        ("replaced", Value::from(report.replaced)),
        ("errors", Value::from(report.left_out())),
    ]
}

fn file_datum(name: &str, report: &FileReport, more: Vec<(&'static str, Datum)>) -> Datum {
    let known = match report.answer {
        ImportAnswer::AlreadyImported(batch) => Some(batch),
        _ => None,
    };
    let fields = vec![
        ("file", Datum::of(name)),
        ("sha256", Datum::Text(data_encoding::HEXLOWER.encode(&report.sha256))),
        ("format", Datum::maybe(report.format)),
        ("batch", report.batch.into()),
        ("partial", (report.answer == ImportAnswer::Partial).into()),
        ("read", report.read.into()),
        ("new", report.new.into()),
        ("identical", report.identical.into()),
        ("replaced", report.replaced.into()),
        ("conflict", report.conflict.into()),
        ("rejected", report.rejected.into()),
        ("warnings", report.warnings.into()),
        ("already_imported", known.into()),
    ];
    Datum::Object(fields.into_iter().chain(more).collect())
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

fn place(finding: &Finding, words: &Words) -> String {
    let line = ("line", Value::of(finding.line));
    match finding.column {
        Some(column) => words.say("finding-at-column", &[line, ("column", Value::of(column))]),
        None => words.say("finding-at-line", &[line]),
    }
}

/// Says a finding on stderr: where, what, and what to do.
fn say_finding(session: &mut Session<'_>, name: &str, finding: &Finding) {
    let code = finding.problem.code();
    let values = message_values(finding);
    let words = &session.words;
    let serial = finding.serial.as_ref().map(|serial| words.say("finding-of-key", &[("serial", Value::of(serial))]));
    let what = words.say(&format!("finding-{code}"), &values);
    let hint = words.say(&format!("finding-{code}-hint"), &values);
    let kind = if finding.is_error() { "severity-error" } else { "severity-warning" };
    let line = words.say(
        "finding-line",
        &[
            ("file", Value::of(name)),
            ("place", Value::of(place(finding, words))),
            ("serial", Value::of(serial.unwrap_or_default())),
            ("severity", Value::word(kind)),
            ("what", Value::of(what)),
        ],
    );
    let text = format!("{line}\n{} {hint}\n", words.say("hint-line", &[]));
    if finding.is_error() || !session.options.quiet {
        let text = fitted(session.host, &text);
        session.host.terminal.say(&text);
    }
}
