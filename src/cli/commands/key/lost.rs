//! `key lost` stops keys that nobody finds, and may issue an emergency list in place of one.

use super::deed::{Doing, run as carry_out, tell};
use crate::cli::args::KeyLost;
use crate::cli::commands::emergency::handed::{Paper, codes};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Answer, Datum, Format};
use crate::cli::session::Session;
use crate::emergency::Days;
use crate::key::Serial;
use crate::ops::{Deed, Error, Moved};
use std::path::PathBuf;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: KeyLost) -> Result<Exit, Failure> {
    let doing =
        Doing { deed: Deed::Lose, schema: "key-lost", one: "key-lost-now", many: "keys-lost", next: next_of_one };
    if !args.emergency {
        return carry_out(session, &args.keys, &doing);
    }
    let [serial] = &args.keys.serials[..] else {
        return Err(Failure::new(Exit::Usage, "emergency-for-one-key"));
    };
    lose_with_emergency(session, &doing, serial, args.days, args.output)
}

fn next_of_one(key: &Moved) -> Option<&'static str> {
    Some(match (&key.login, key.emergency_until) {
        (None, _) => "key-lost-next",
        (Some(_), None) => "key-lost-next-of-user",
        (Some(_), Some(_)) => "key-lost-next-in-emergency",
    })
}

fn lose_with_emergency(
    session: &mut Session<'_>,
    doing: &Doing<'_>,
    serial: &Serial,
    days: Days,
    output: Option<PathBuf>,
) -> Result<Exit, Failure> {
    let paper = Paper::take(output)?;
    let (moved, issued) = session.at_desk(|desk, _| {
        desk.lose_key_with_emergency(serial, days).map_err(|error| match error {
            Error::NoPinInForce { .. } => Failure::from(error).hinted("hint-lost-without-emergency"),
            error => error.into(),
        })
    })?;
    let mut emergency = vec![("login", Datum::of(&issued.login))];
    if matches!(paper, Paper::Screen) {
        emergency.push(("codes", codes(&issued)));
    }
    emergency.push(("expires_at", issued.expires_at.into()));
    let answer = match session.options.output_format {
        Format::Json | Format::Jsonl => {
            tell(session, doing, &[moved], false).field("emergency", Datum::Object(emergency))
        }
        Format::Table => tell(session, &Doing { next: |_| Some("key-lost-next"), ..*doing }, &[moved], false),
        // One list only: that of the codes.
        Format::Csv => Answer::new(doing.schema).field("login", Datum::of(&issued.login)),
    };
    paper.hand_over(session, &issued, answer)?;
    Ok(Exit::Done)
}
