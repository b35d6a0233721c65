//! `key resync` finds a key's clock again by two or three codes.

use crate::cli::args::KeyResync;
use crate::cli::commands::check::text;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::host::Line;
use crate::key::{Key, Serial};
use crate::ops::{Desk, Found, ResyncAnswer, Whose};
use crate::passcode::Reason;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: KeyResync) -> Result<Exit, Failure> {
    let subject = args.subject;
    let text_of = |serial: &Option<Serial>| serial.as_ref().map(ToString::to_string);
    let shown = text_of(&subject.serial).or_else(|| subject.login.as_ref().map(ToString::to_string));
    let whose = Whose { serial: subject.serial, login: subject.login, text: shown.unwrap_or_default() };
    session.at_desk(|desk, session| {
        let key = desk.key_to_resync(&whose)?;
        let mut codes: Vec<Line> = vec![session.ask_secret("prompt-resync-first", &[])?];
        let needed = if args.three { 3 } else { 2 };
        while codes.len() < needed {
            codes.push(ask_following(desk, session, &key)?);
        }
        let mut answer = desk.resync(&whose, &typed(&codes))?;
        if matches!(answer, ResyncAnswer::ThirdCodeRequired(_)) && session.is_interactive() && codes.len() < 3 {
            session.say("resync-third", &[]);
            codes.push(ask_following(desk, session, &key)?);
            answer = desk.resync(&whose, &typed(&codes))?;
        }
        report(session, &answer)
    })
}

/// Asks for the code that follows, which the display shows when its digits have changed, or at the next press of its button.
fn ask_following(desk: &Desk<'_>, session: &mut Session<'_>, key: &Key) -> Result<Line, Failure> {
    session.ask_for_next(desk.seconds_left(key), "resync-code-follows", "prompt-resync-following")
}

fn typed(codes: &[Line]) -> Vec<&str> {
    codes.iter().map(text).collect()
}

fn report(session: &mut Session<'_>, answer: &ResyncAnswer) -> Result<Exit, Failure> {
    let said = |serial: &Serial, verdict: &'static str, found: Option<&Found>| {
        Answer::new("resync")
            .field("serial", Datum::of(serial))
            .field("drift", found.and_then(|found| found.drift))
            .field("drift_seconds", found.and_then(|found| found.drift_seconds))
            .field("skipped", found.and_then(|found| found.skipped))
            .field("verdict", Datum::Word("verdict", verdict))
    };
    match answer {
        ResyncAnswer::Resynchronised(found) => {
            let (id, values) = words_of(found);
            session.report(said(&found.serial, "resynchronised", Some(found)).sentence(id, &values))?;
            Ok(Exit::Done)
        }
        ResyncAnswer::ThirdCodeRequired(serial) => {
            session.report(said(serial, "third-code-required", None).sentence("resync-third-needed", &[]))?;
            Ok(Exit::NextCode)
        }
        ResyncAnswer::Refused { serial, reason } => {
            let id = match reason {
                Reason::Waiting => "resync-waiting",
                Reason::Replay => "resync-replay",
                Reason::Grammar => "resync-grammar",
                _ => "resync-refused",
            };
            let answer = said(serial, "refused", None).field("reason", Datum::Word("reason", reason.name()));
            session.report(answer.sentence(id, &[("serial", Value::of(serial))]))?;
            Ok(Exit::No)
        }
    }
}

/// Says where a key was found as a delegate would: its drift in minutes when there is one at least, else in seconds; the codes
/// of an event key that were passed over, in presses of its button.
fn words_of(found: &Found) -> (&'static str, Vec<(&'static str, Value)>) {
    let Some(drift) = found.drift_seconds else {
        let skipped = found.skipped.unwrap_or_default();
        let id = if skipped == 0 { "resync-pressed-none" } else { "resync-pressed" };
        return (id, vec![("serial", Value::of(&found.serial)), ("amount", Value::from(skipped))]);
    };
    let seconds = drift.get();
    let minutes = seconds.saturating_abs().div_euclid(60);
    let amount = if minutes > 0 { minutes } else { seconds.saturating_abs() };
    let id = match (seconds.signum(), minutes > 0) {
        (0, _) => "resync-even",
        (1, true) => "resync-ahead-minutes",
        (1, false) => "resync-ahead-seconds",
        (_, true) => "resync-behind-minutes",
        (_, false) => "resync-behind-seconds",
    };
    (id, vec![("serial", Value::of(&found.serial)), ("amount", Value::from(amount))])
}
