//! `check --batch` answers JSON lines for a portal or a login server that keeps one process: the whole guide, line by line.

use super::{activate, check, new_pin};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::{Language, Words};
use crate::cli::report::Datum;
use crate::cli::session::Session;
use crate::host::{Line, Lines, TerminalError};
use crate::key::Serial;
use crate::ops::{Incoming, Outgoing, PinChange, Reply, Wish};
use crate::user::Login;
use serde::de::{IgnoredAny, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use std::io::{self, Read};
use std::net::IpAddr;
use std::path::Path;
use zeroize::Zeroizing;

/// More than a line of any sense has; a mark of the caller's may be long.
const LONGEST_LINE: usize = 64 * 1024;

/// Runs the command.
///
/// # Errors
/// [`Failure`] when answers cannot be written; what is wrong with a line is answered in its place.
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    let asked = Asked { lines: Lines::new(session.host.terminal.take_input()), number: 0, is_over: false };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut exit = Exit::Done;
    let english = Words::of(Language::English);
    let enter = session.entry();
    let database = session.home.database();
    session.at_desk(|desk, session| {
        desk.carry_out_all(threads, enter, asked, |answers| {
            if answers.iter().any(|answer| matches!(&answer.mark.about, About::Unread(_))) {
                exit = Exit::InputOutput;
            }
            let text: Zeroizing<String> =
                Zeroizing::new(answers.iter().map(|answer| written(answer, &english, &database)).collect());
            // Also when the reader has gone away: codes must not be spent on answers that nobody hears.
            session.host.terminal.answer(text.as_bytes()).map_err(|error| unheard(&error))
        })
    })?;
    Ok(exit)
}

/// Tells that an answer could not be written, and of a reader who went away what becomes of the lines.
fn unheard(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::new(Exit::InputOutput, "answers-unread"),
        _ => Failure::cannot_write(error),
    }
}

/// By what an answer is told apart: the caller's mark, and who and what it was about.
struct Mark {
    id: Option<Box<RawValue>>,
    about: About,
}

enum About {
    Holder(Login),
    Activation(Login, Serial),
    /// The line is wrong, and this is why.
    Wrong {
        line: i64,
        failure: Failure,
    },
    /// Stdin could not be read to its end.
    Unread(Failure),
}

/// The lines of stdin as wishes.
struct Asked {
    lines: Lines<Box<dyn Read + Send>>,
    number: i64,
    is_over: bool,
}

impl Iterator for Asked {
    type Item = Incoming<Mark>;

    fn next(&mut self) -> Option<Incoming<Mark>> {
        while !self.is_over {
            self.number = self.number.saturating_add(1);
            let number = self.number;
            let refused = |line: &[u8], failure: Failure| {
                let Front { id, login } = front_of(line);
                let about = About::Wrong { line: number, failure: failure.with("line", number) };
                Incoming { mark: Mark { id, about }, wish: login.map(|login| Wish::Nothing { login }) }
            };
            match self.lines.line(LONGEST_LINE) {
                Ok(None) => self.is_over = true,
                Ok(Some(line)) if line.trim_ascii().is_empty() => {}
                Ok(Some(line)) => {
                    return Some(understand(&line).unwrap_or_else(|failure| refused(&line, failure)));
                }
                Err(TerminalError::TooLong { limit }) => {
                    return Some(refused(
                        &self.lines.take_beginning(),
                        Failure::new(Exit::Data, "line-too-long").about("limit", limit),
                    ));
                }
                Err(error) => {
                    self.is_over = true;
                    let mark = Mark { id: None, about: About::Unread(error.into()) };
                    return Some(Incoming { mark, wish: None });
                }
            }
        }
        None
    }
}

/// What a line says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    id: Option<Box<RawValue>>,
    #[serde(default, deserialize_with = "by_name")]
    action: Action,
    login: String,
    passcode: Option<Secret>,
    ticket: Option<Secret>,
    source: Option<IpAddr>,
    serial: Option<String>,
    activation_code: Option<Secret>,
    pin: Option<Secret>,
    pin_again: Option<Secret>,
}

#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Action {
    #[default]
    Check,
    Activate,
    PinSet,
    PinChange,
}

/// Takes an action from a text, and from nothing else that serde would take for one.
fn by_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Action, D::Error> {
    let name = String::deserialize(deserializer)?;
    Action::deserialize(IntoDeserializer::<D::Error>::into_deserializer(name))
}

/// A text that is wiped.
struct Secret(Zeroizing<String>);

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Zeroizing::new(text)))
    }
}

/// What can be told of a line that is wrong or cut off: what stands before the place where it ceases to be an object.
#[derive(Default)]
struct Front {
    id: Option<Box<RawValue>>,
    login: Option<Login>,
}

fn front_of(line: &[u8]) -> Front {
    let mut front = Front::default();
    // What is wrong with the line was told by who read the whole of it.
    let _ = serde_json::Deserializer::from_slice(line).deserialize_map(Reading(&mut front));
    front
}

/// Reads a line up to where it is wrong.
struct Reading<'f>(&'f mut Front);

#[derive(Clone, Copy, Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Name {
    Id,
    Login,
    #[serde(other)]
    Other,
}

impl<'de> Visitor<'de> for Reading<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut name = map.next_key()?;
        while let Some(known) = name {
            let value: Option<Box<RawValue>> = match known {
                Name::Id | Name::Login => Some(map.next_value()?),
                // It may be a secret: nothing of it is kept.
                Name::Other => map.next_value::<IgnoredAny>().map(|_| None)?,
            };
            // A value is whole only when something follows it: a number may have been cut off.
            name = map.next_key()?;
            match known {
                Name::Id => self.0.id = value.filter(|id| id.get() != "null"),
                Name::Login => self.0.login = value.and_then(|login| login_in(&login)),
                Name::Other => {}
            }
        }
        Ok(())
    }
}

fn login_in(value: &RawValue) -> Option<Login> {
    serde_json::from_str::<String>(value.get()).ok()?.parse().ok()
}

/// Tells an object from an array, in whose order serde would find the fields too.
fn is_object(line: &Line) -> bool {
    line.trim_ascii_start().starts_with(b"{")
}

fn understand(line: &Line) -> Result<Incoming<Mark>, Failure> {
    if !is_object(line) {
        return Err(Failure::new(Exit::Data, "line-not-json").with("column", 1i64));
    }
    let said: Said = serde_json::from_slice(line).map_err(|error| malformed(&error))?;
    let login: Login = said.login.parse().map_err(|_| field_wrong("login"))?;
    let action = said.action;
    let takes_a_passcode = matches!(action, Action::Check | Action::PinChange);
    let takes_a_pin = matches!(action, Action::PinSet | Action::PinChange);
    let fields = [
        ("passcode", said.passcode.is_some(), takes_a_passcode),
        ("source", said.source.is_some(), takes_a_passcode),
        ("ticket", said.ticket.is_some(), action != Action::Activate),
        ("serial", said.serial.is_some(), action == Action::Activate),
        ("activation_code", said.activation_code.is_some(), action == Action::Activate),
        ("pin", said.pin.is_some(), takes_a_pin),
        ("pin_again", said.pin_again.is_some(), takes_a_pin),
    ];
    if let Some((field, ..)) = fields.into_iter().find(|(_, is_there, belongs)| *is_there && !belongs) {
        return Err(field_failure("line-field-unused", field));
    }
    let needed = |field: &'static str, secret: Option<Secret>| {
        secret.map(|secret| secret.0).ok_or_else(|| field_failure("line-field-missing", field))
    };
    let about = About::Holder(login.clone());
    let (about, wish) = match action {
        Action::Check | Action::PinChange => {
            let typed = needed("passcode", said.passcode)?;
            let ticket = said.ticket.map(|secret| secret.0);
            let source = said.source.map(|address| address.to_string());
            let change = match (action, said.pin) {
                (Action::PinChange, Some(Secret(typed))) => {
                    let again = repeated(&typed, said.pin_again);
                    Some(PinChange::To { typed, again })
                }
                (Action::PinChange, None) => Some(PinChange::Later),
                _ => None,
            };
            (about, Wish::Check { login, typed, ticket, source, change })
        }
        Action::Activate => {
            let typed = needed("activation_code", said.activation_code)?;
            let serial = said.serial.ok_or_else(|| field_failure("line-field-missing", "serial"))?;
            let serial: Serial = serial.parse().map_err(|_| field_wrong("serial"))?;
            (About::Activation(login.clone(), serial.clone()), Wish::Activate { login, serial, typed })
        }
        Action::PinSet => {
            let ticket = needed("ticket", said.ticket)?;
            let typed = needed("pin", said.pin)?;
            let again = repeated(&typed, said.pin_again);
            (about, Wish::SetPin { login, ticket, typed, again })
        }
    };
    Ok(Incoming { mark: Mark { id: said.id, about }, wish: Some(wish) })
}

/// Gives the PIN typed again; a form that asked twice may have compared itself, and sends one.
fn repeated(typed: &Zeroizing<String>, again: Option<Secret>) -> Zeroizing<String> {
    again.map_or_else(|| typed.clone(), |secret| secret.0)
}

/// Says where a line is no JSON of the contract; never what stands there, which may be a secret.
fn malformed(error: &serde_json::Error) -> Failure {
    let id = if error.is_data() { "line-not-understood" } else { "line-not-json" };
    Failure::new(Exit::Data, id).with("column", i64::try_from(error.column()).unwrap_or(i64::MAX))
}

fn field_failure(id: &'static str, field: &'static str) -> Failure {
    Failure::new(Exit::Data, id).with("field", field)
}

fn field_wrong(field: &'static str) -> Failure {
    field_failure("line-field-wrong", field)
}

/// An answer with the caller's mark.
#[derive(Serialize)]
struct Marked<'m> {
    #[serde(flatten)]
    answer: &'m Datum,
    id: Option<&'m RawValue>,
    /// Where a wrong line stands in the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<i64>,
}

fn written(outgoing: &Outgoing<Mark>, english: &Words, database: &Path) -> String {
    let answer = match (&outgoing.reply, &outgoing.mark.about) {
        (_, About::Wrong { failure, .. } | About::Unread(failure)) => failure.object_in(english),
        (Some(Ok(Reply::Checked(answer))), About::Holder(login)) => check::said(login, answer).1.object(),
        (Some(Ok(Reply::Pin { answer, ticket })), About::Holder(login)) => {
            new_pin::said(login, *answer, ticket.as_ref().map(|ticket| ticket.as_str())).object()
        }
        (Some(Ok(Reply::Activated(answer))), About::Activation(login, serial)) => {
            activate::said(login, serial, *answer).object()
        }
        (Some(Err(error)), _) => Failure::from(error.clone()).about("path", database.display()).object_in(english),
        _ => Failure::from(crate::ops::Error::Broken).object_in(english),
    };
    let line = match outgoing.mark.about {
        About::Wrong { line, .. } => Some(line),
        _ => None,
    };
    let marked = Marked { answer: &answer, id: outgoing.mark.id.as_deref(), line };
    let mut text = serde_json::to_string(&marked).unwrap_or_default();
    text.push('\n');
    text
}
