//! Handing over the codes of an emergency list, once: on the screen, or in a file that only its owner can read.

use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum, Format, List};
use crate::cli::session::Session;
use crate::emergency::{CODES, LENGTH};
use crate::host::files::Reserved;
use crate::ops::IssuedEmergency;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// What the codes are written on.
pub enum Paper {
    /// Stdout.
    Screen,
    /// A new file.
    File(PathBuf, Reserved),
}

impl Paper {
    /// Takes what was asked for, before codes are issued that nobody could then read.
    ///
    /// # Errors
    /// A failure when the file is there already, or cannot be made.
    pub fn take(output: Option<PathBuf>) -> Result<Self, Failure> {
        let Some(path) = output else {
            return Ok(Self::Screen);
        };
        let reserved = Reserved::make(&path, CODES.saturating_mul(LENGTH.saturating_add(1)))?;
        Ok(Self::File(path, reserved))
    }

    /// Writes the codes, with an answer that was begun; for machines it holds them already.
    ///
    /// # Errors
    /// A failure when they can not be written; then they are lost.
    pub fn hand_over(self, session: &mut Session<'_>, issued: &IssuedEmergency, answer: Answer) -> Result<(), Failure> {
        let lost = |failure: Failure| failure.about("login", &issued.login).hinted("hint-emergency-codes-lost");
        let (login, expires_at) = (Value::of(&issued.login), Value::from(issued.expires_at));
        match self {
            Self::File(path, reserved) => {
                let lines = issued.codes.iter().map(|code| format!("{}\n", code.expose()));
                let lines = Zeroizing::new(lines.collect::<String>());
                reserved.fill(lines.as_bytes()).map_err(|error| lost(error.into()))?;
                let values = [("login", login), ("path", Value::of(path.display())), ("expires_at", expires_at)];
                let answer = answer.field("file", Datum::of(path.display()));
                session.report(answer.sentence("emergency-issued-to-file", &values))?;
            }
            Self::Screen => {
                let values = [("login", login), ("serial", Value::of(&issued.serial)), ("expires_at", expires_at)];
                let answer = answer.sentence("emergency-issued", &values);
                let answer = match session.options.output_format {
                    Format::Json | Format::Jsonl => answer,
                    Format::Table | Format::Csv => answer.list(rows(issued)),
                };
                session.report_once(answer).map_err(lost)?;
            }
        }
        if session.options.output_format == Format::Table {
            session.say("emergency-issued-once", &[]);
        }
        Ok(())
    }
}

/// Gives the codes for machines.
pub fn codes(issued: &IssuedEmergency) -> Datum {
    issued.codes.iter().map(|code| Datum::of(code.expose())).collect::<Vec<_>>().into()
}

fn rows(issued: &IssuedEmergency) -> List {
    let mut list = List::new("codes", &["login", "code", "expires_at"]).showing(&["code"]);
    for code in &issued.codes {
        list.row(vec![Datum::of(&issued.login), Datum::of(code.expose()), issued.expires_at.into()]);
    }
    list
}
