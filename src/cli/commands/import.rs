//! `import` takes vendors' seed files into the stock.

use crate::cli::args::ImportArgs;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::{Language, Value, Words};
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::host::files::{self, FolderLock};
use crate::import::{Finding, Format, Guidance, Unlock};
use crate::ops::{Desk, Error, FileReport, ImportAnswer, SeedFile};
use std::path::Path;
use std::time::Duration;

/// How long an import waits for another one.
const LONGEST_WAIT: Duration = Duration::from_secs(3);
/// How often it looks.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: ImportArgs) -> Result<Exit, Failure> {
    let format = args.format.as_deref().map(parse_format).transpose()?;
    let mut reports = Vec::new();
    let mut worst = Exit::Done;
    let mut end = None;
    let _turn = if args.dry_run { None } else { Some(take_turn(session)?) };
    session.at_desk(|desk, session| {
        let unlock = match &args.psk_file {
            Some(path) => Unlock::pre_shared(session.secret(Some(path), "prompt-pre-shared-key", &[])?),
            None => Unlock::none(),
        };
        let mut guidance = Guidance { unlock, ..Guidance::default() };
        if let Some(path) = &args.passphrase_file {
            guidance.unlock.give_passphrase(session.secret(Some(path), "prompt-passphrase", &[])?);
        }
        if let Some(uai) = &args.establishment {
            desk.show_establishment(uai)?;
        }
        for path in &args.files {
            match take_file(desk, session, &args, format, path, &mut guidance) {
                Ok(report) => {
                    if report.answer == ImportAnswer::Rejected {
                        worst = worse(worst, Exit::Data);
                    }
                    reports.push((name_of(path), report));
                }
                // One file that can not be read does not keep the others out; the worst status is the answer.
                Err(Unread::File(failure)) => {
                    worst = worse(worst, failure.exit());
                    session.complain(&failure);
                }
                Err(Unread::All(failure)) => {
                    end = Some(failure);
                    break;
                }
            }
        }
        Ok(())
    })?;
    // What came in before something went wrong is told all the same.
    match end {
        Some(failure) if reports.is_empty() => return Err(failure),
        _ => tell(session, &args, &reports)?,
    }
    match end {
        Some(failure) => Err(failure.hinted("hint-import-went-so-far")),
        None => Ok(worst),
    }
}

/// Waits a little until no other import is on its way.
fn take_turn(session: &Session<'_>) -> Result<FolderLock, Failure> {
    let clock = &session.host.clock;
    let until = clock.uptime().saturating_add(LONGEST_WAIT);
    loop {
        match files::lock_folder(&session.home.folder).map_err(Failure::of_home_file)? {
            Some(turn) => return Ok(turn),
            None if clock.uptime() >= until => return Err(Failure::new(Exit::Busy, "import-busy")),
            None => clock.sleep(LOOK_AGAIN),
        }
    }
}

/// Why a file was not read.
enum Unread {
    /// For a reason of its own.
    File(Failure),
    /// For one that holds for every file.
    All(Failure),
}

/// Takes one file, and asks for the pre-shared key or the passphrase when it turns out that one is needed.
fn take_file(
    desk: &mut Desk<'_>,
    session: &mut Session<'_>,
    args: &ImportArgs,
    format: Option<Format>,
    path: &Path,
    guidance: &mut Guidance,
) -> Result<FileReport, Unread> {
    let mut source = session.open_input(path).map_err(Unread::File)?;
    guidance.stem = stem_of(path);
    let mut import = |guidance: &Guidance| {
        let done = desk.import_file(&mut SeedFile {
            name: &name_of(path),
            source: source.as_mut(),
            format,
            guidance,
            establishment: args.establishment.as_ref(),
            allow_weak_seeds: args.allow_weak_seeds,
            dry_run: args.dry_run,
        });
        done.map_err(|error| match error {
            Error::Unreadable(_) => Unread::File(Failure::from(error).about("path", path.display())),
            error => Unread::All(error.into()),
        })
    };
    let report = import(guidance)?;
    if has_finding(&report, "pre-shared-key-needed") && session.is_interactive() {
        guidance.unlock = Unlock::pre_shared(session.ask_secret("prompt-pre-shared-key", &[]).map_err(Unread::All)?);
        return import(guidance);
    }
    if has_finding(&report, "passphrase-needed") && session.is_interactive() {
        let passphrase = session.ask_secret("prompt-passphrase", &[]).map_err(Unread::All)?;
        guidance.unlock.give_passphrase(passphrase);
        return import(guidance);
    }
    Ok(report)
}

fn parse_format(text: &str) -> Result<Format, Failure> {
    text.parse().map_err(|_| {
        let known = Format::all().map(Format::name).collect::<Vec<_>>().join(", ");
        Failure::new(Exit::Usage, "unknown-format").with("format", text).with("known", known)
    })
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Gives the file's name without its extension.
fn stem_of(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn has_finding(report: &FileReport, code: &str) -> bool {
    report.findings.iter().any(|finding| finding.problem.code() == code)
}

/// Gives the worse of two statuses: what could not be read, then what is wrong, then what is well.
fn worse(one: Exit, other: Exit) -> Exit {
    let rank = |exit: Exit| match exit {
        Exit::Done => 0,
        Exit::No => 1,
        Exit::Data => 2,
        Exit::InputOutput => 4,
        _ => 3,
    };
    if rank(other) > rank(one) { other } else { one }
}

fn tell(session: &mut Session<'_>, args: &ImportArgs, reports: &[(String, FileReport)]) -> Result<(), Failure> {
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
