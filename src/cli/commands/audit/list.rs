//! `audit list` lists the events.

use crate::audit::{Action, Outcome, Record};
use crate::cli::args::AuditList;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::{Value, Words};
use crate::cli::report::{Datum, List};
use crate::cli::session::Session;
use crate::ops::AuditFilter;
use data_encoding::HEXLOWER;

const COLUMNS: &[&str] = &[
    "seq",
    "at",
    "operator",
    "via",
    "action",
    "outcome",
    "reason",
    "login",
    "unknown_login",
    "serial",
    "establishment",
    "batch",
    "file",
    "sha256",
    "count",
    "user",
    "person",
    "login_uid",
    "last_at",
];
const SHOWN: &[&str] = &["at", "action", "outcome", "login", "serial"];

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: AuditList) -> Result<Exit, Failure> {
    let filter = filter(args)?;
    session.at_desk(|desk, session| {
        let list = List::new("events", COLUMNS).showing(SHOWN);
        let words = Words::of(session.words.language);
        session.report_each(list, desk.list_audit(&filter)?, |record| row(record, &words))
    })
}

fn filter(args: AuditList) -> Result<AuditFilter, Failure> {
    let action = args.action.map(|name| {
        Action::from_name(&name).ok_or_else(|| {
            Failure::new(Exit::Usage, "unknown-action")
                .with("value", name)
                .with("choices", join(Action::all().map(Action::name)))
        })
    });
    let outcome = args.outcome.map(|name| {
        Outcome::from_name(&name).ok_or_else(|| {
            Failure::new(Exit::Usage, "unknown-outcome")
                .with("value", name)
                .with("choices", join(Outcome::all().map(Outcome::name)))
        })
    });
    Ok(AuditFilter {
        since: args.since.map(|moment| moment.0),
        until: args.until.map(|moment| moment.0),
        login: args.login,
        user: args.user,
        serial: args.serial,
        establishment: args.establishment,
        operator: args.operator,
        action: action.transpose()?,
        outcome: outcome.transpose()?,
        limit: args.limit,
    })
}

fn join(names: impl Iterator<Item = &'static str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// Names the user of an event. One who has left is told apart from whoever has the login now; of one whose name is erased people are
/// told the number.
fn login(record: &Record, words: &Words) -> Datum {
    let login = Datum::maybe(record.login.as_ref());
    let Some(user) = record.event.subject.user.filter(|_| record.has_left) else { return login };
    let shown = match &record.login {
        Some(login) => words.say("person-removed", &[("login", Value::of(login))]),
        None => words.say("person-erased", &[("user", user.into())]),
    };
    Datum::Shown(Box::new(login), shown)
}

fn person(record: &Record) -> Option<&'static str> {
    record.event.subject.user.map(|_| match (&record.login, record.has_left) {
        (Some(_), false) => "present",
        (Some(_), true) => "removed",
        (None, _) => "erased",
    })
}

fn row(record: &Record, words: &Words) -> Vec<Datum> {
    let (event, subject) = (&record.event, &record.event.subject);
    vec![
        record.seq.into(),
        record.at.into(),
        record.operator.name.as_str().into(),
        record.operator.via.name().into(),
        Datum::Word("action", event.action.name()),
        Datum::Word("outcome", event.outcome.name()),
        Datum::maybe(event.reason.as_ref()),
        login(record, words),
        Datum::maybe(subject.unknown_login.map(|hash| HEXLOWER.encode(&hash))),
        Datum::maybe(subject.serial.as_ref()),
        Datum::maybe(subject.establishment.as_ref()),
        subject.batch.into(),
        Datum::maybe(subject.file.as_ref().map(|file| &file.name)),
        Datum::maybe(subject.file.as_ref().map(|file| HEXLOWER.encode(&file.sha256))),
        event.count.into(),
        subject.user.into(),
        person(record).into(),
        record.operator.login.map(i64::from).into(),
        event.last_at.into(),
    ]
}
