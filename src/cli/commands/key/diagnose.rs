//! `key diagnose` tells an administrator at the telephone what the code on a display means.

use crate::cli::args::KeyDiagnose;
use crate::cli::commands::check::text;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::{Language, Value, Words};
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::clock::UtcTime;
use crate::diagnosis::{Guess, Sign};
use crate::host::Line;
use crate::key::{Key, State};
use crate::ops::{Desk, Diagnosed, Finding};
use crate::otp::{Parameters, Period};

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: KeyDiagnose) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let key = desk.key_to_diagnose(&args.serial)?;
        let diagnosed = if session.is_interactive() {
            ask_as_needed(desk, session, &key)?
        } else {
            let mut codes = vec![session.ask_secret("prompt-resync-first", &[])?];
            codes.extend(session.another_line()?);
            desk.diagnose(&key.serial, &typed(&codes), None)?
        };
        let now = desk.moment();
        report(session, &diagnosed, now)
    })
}

/// Asks for one code, and for the one that follows when the first tells nothing.
fn ask_as_needed(desk: &mut Desk<'_>, session: &mut Session<'_>, key: &Key) -> Result<Diagnosed, Failure> {
    let mut codes = vec![session.ask_secret("prompt-resync-first", &[])?];
    let diagnosed = desk.diagnose(&key.serial, &typed(&codes), None)?;
    if !diagnosed.findings.contains(&Finding::SecondCodeNeeded) {
        return Ok(diagnosed);
    }
    session.say("diagnose-second", &[]);
    codes.push(session.ask_for_next(desk.seconds_left(key), "resync-code-follows", "prompt-resync-following")?);
    Ok(desk.diagnose(&key.serial, &typed(&codes), Some(diagnosed.look))?)
}

fn typed(codes: &[Line]) -> Vec<&str> {
    codes.iter().map(text).collect()
}

fn report(session: &mut Session<'_>, diagnosed: &Diagnosed, now: UtcTime) -> Result<Exit, Failure> {
    let key = &diagnosed.key;
    let english = Words::of(Language::English);
    let mut answer = Answer::new("diagnose").field("serial", Datum::of(&key.serial));
    let findings: Vec<Datum> = diagnosed.findings.iter().map(|finding| datum(key, finding, &english)).collect();
    answer = answer.field("findings", Datum::Many(findings));
    let (mut is_match, mut is_own) = (true, false);
    for finding in &diagnosed.findings {
        let (id, values) = words_of(key, finding, &session.words);
        answer = answer.sentence(id, &values);
        if let Some((id, values)) = advice(key, finding, &session.words) {
            answer = answer.sentence(id, &values);
        }
        is_match &= finding.code() != "no-match";
        is_own |= matches!(finding, Finding::Own { .. });
    }
    if let Some(obstacle) = obstacle(key, now).filter(|_| is_own) {
        let state = Value::word(format!("state-{}", key.state.name()));
        answer = answer.sentence(obstacle, &[("serial", Value::of(&key.serial)), ("state", state)]);
    }
    session.report(answer)?;
    Ok(if is_match { Exit::Done } else { Exit::No })
}

/// Says why the key would answer no check even with the right code.
fn obstacle(key: &Key, now: UtcTime) -> Option<&'static str> {
    if key.state != State::Active {
        Some("diagnose-not-active")
    } else if key.lock.is_some() {
        Some("diagnose-locked")
    } else if !key.validity.covers(now) {
        Some("diagnose-out-of-date")
    } else {
        None
    }
}

fn datum(key: &Key, finding: &Finding, english: &Words) -> Datum {
    let (id, values) = words_of(key, finding, english);
    let guess = match finding {
        Finding::Otherwise(guess) => Some(guess),
        _ => None,
    };
    let drift = match finding {
        Finding::Own { sign, .. } | Finding::OtherKey { sign, .. } => drift_of(*sign),
        Finding::Otherwise(guess) => guess.drift,
        _ => None,
    };
    let (skipped, spent) = match finding {
        Finding::Own { sign: Sign::Drifted { skipped, .. }, .. } => (*skipped, None),
        Finding::Own { spent, .. } => (None, spent.filter(|spent| spent.itself).map(|spent| spent.at)),
        _ => (None, None),
    };
    let other = match finding {
        Finding::OtherKey { serial, .. } => Some(serial),
        _ => None,
    };
    Datum::Object(vec![
        ("code", Datum::of(finding.code())),
        ("drift", drift.into()),
        ("serial", Datum::maybe(other)),
        ("algorithm", Datum::maybe(guess.map(|guess| guess.parameters.algorithm))),
        ("digits", guess.map(|guess| i64::from(guess.parameters.digits.get())).into()),
        ("period", guess.and_then(|guess| guess.parameters.shown_for()).map(Period::seconds).into()),
        ("base", Datum::maybe(guess.and_then(|guess| guess.read).map(|(_, is)| is.name()))),
        ("skipped", skipped.into()),
        ("spent_at", spent.into()),
        ("message", Datum::Text(english.say(id, &values))),
    ])
}

/// Gives the steps that a key is ahead of our clock; none for an event key.
pub const fn drift_of(sign: Sign) -> Option<i64> {
    match sign {
        Sign::Now { drift } | Sign::Drifted { drift, .. } | Sign::Spent { drift, .. } => drift,
    }
}

type Said = (&'static str, Vec<(&'static str, Value)>);

/// Puts a finding into plain words.
fn words_of(key: &Key, finding: &Finding, words: &Words) -> Said {
    let serial = ("serial", Value::of(&key.serial));
    match finding {
        Finding::Own { sign: Sign::Now { .. }, .. } => ("diagnose-now", vec![serial]),
        Finding::Own { sign: Sign::Drifted { drift: Some(drift), .. }, .. } => {
            let period = key.parameters.shown_for().map_or(0, Period::seconds);
            let seconds = drift.saturating_mul(period);
            let id = if seconds < 0 { "diagnose-behind" } else { "diagnose-ahead" };
            (id, vec![serial, ("span", Value::of(span(seconds.saturating_abs(), words)))])
        }
        Finding::Own { sign: Sign::Drifted { skipped, .. }, .. } => {
            ("diagnose-pressed", vec![serial, ("amount", Value::from(skipped.unwrap_or_default()))])
        }
        Finding::Own { sign: Sign::Spent { .. }, spent } => match spent {
            Some(spent) => {
                let id = if spent.itself { "diagnose-spent" } else { "diagnose-older" };
                (id, vec![serial, ("at", Value::Time(spent.at))])
            }
            None => ("diagnose-old", vec![serial]),
        },
        Finding::Otherwise(guess) => otherwise(key, guess, words),
        Finding::OtherKey { serial: other, .. } => ("diagnose-other-key", vec![serial, ("other", Value::of(other))]),
        Finding::SecondCodeNeeded => ("diagnose-second-needed", vec![serial]),
        Finding::NoMatch => ("diagnose-no-match", vec![serial]),
    }
}

/// Says what to do about a code that is spent.
fn advice(key: &Key, finding: &Finding, words: &Words) -> Option<Said> {
    let Finding::Own { sign: Sign::Spent { drift, far, .. }, .. } = finding else {
        return None;
    };
    Some(match (key.parameters.shown_for(), drift) {
        (Some(period), Some(drift)) if *far => {
            let seconds = drift.saturating_mul(period.seconds()).saturating_abs();
            ("diagnose-clock-behind", vec![("span", Value::of(span(seconds, words)))])
        }
        (Some(_), _) => ("diagnose-wait", Vec::new()),
        (None, _) => ("diagnose-press", Vec::new()),
    })
}

fn otherwise(key: &Key, guess: &Guess, words: &Words) -> Said {
    let serial = ("serial", Value::of(&key.serial));
    match guess.read {
        Some((was, is)) => {
            let base = |base: crate::diagnosis::Base| Value::word(format!("base-{}", base.name()));
            ("diagnose-other-base", vec![serial, ("was", base(was)), ("is", base(is))])
        }
        None => (
            "diagnose-other-parameters",
            vec![
                serial,
                ("was", Value::of(parameters(key.parameters, words))),
                ("is", Value::of(parameters(guess.parameters, words))),
            ],
        ),
    }
}

/// Says what a key computes: `TOTP SHA-1, 6 digits, 30 s`.
pub fn parameters(parameters: Parameters, words: &Words) -> String {
    let algorithm = Value::word(format!("algorithm-{}", parameters.algorithm.name()));
    let digits = i64::from(parameters.digits.get()).into();
    match parameters.shown_for() {
        Some(period) => {
            let values = [("algorithm", algorithm), ("digits", digits), ("period", period.seconds().into())];
            words.say("diagnose-parameters", &values)
        }
        None => words.say("diagnose-parameters-button", &[("algorithm", algorithm), ("digits", digits)]),
    }
}

/// Says a span as somebody would at the telephone.
pub fn span(seconds: i64, words: &Words) -> String {
    let minutes = seconds.div_euclid(60);
    let id = match (minutes, minutes.div_euclid(60)) {
        (0, _) => "span-seconds",
        (_, 0 | 1) => "span-minutes",
        (_, 2..48) => "span-hours",
        _ => "span-days",
    };
    let values = [
        ("seconds", seconds.into()),
        ("minutes", minutes.into()),
        ("hours", minutes.div_euclid(60).into()),
        ("days", minutes.div_euclid(1_440).into()),
    ];
    words.say(id, &values)
}
