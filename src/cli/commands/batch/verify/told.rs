//! What is told of a batch of which some keys were tried.

use super::Tried;
use crate::cli::commands::key::diagnose::{drift_of, parameters, span};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::{Value, Words};
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::diagnosis::{Base, Guess, Sign};
use crate::import::Format;
use crate::ops::{Finding, Sample};
use crate::otp::Period;

type Said = (&'static str, Vec<(&'static str, Value)>);

/// What came of all keys together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// All that were to be tried are right.
    Right,
    /// One proves that the parameters, or the reading of the seeds, are wrong.
    Parameters,
    /// Some show what was not to be expected.
    Wrong,
    /// All that were tried are right, but they are fewer than were to be.
    TooFew,
}

impl Verdict {
    fn of(wanted: usize, tried: &[Tried]) -> Self {
        if tried.iter().any(|tried| matches!(tried.finding, Finding::Otherwise(_))) {
            Self::Parameters
        } else if !tried.iter().all(Tried::is_right) {
            Self::Wrong
        } else if tried.len() < wanted {
            Self::TooFew
        } else {
            Self::Right
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Parameters => "wrong-parameters",
            Self::Wrong => "wrong",
            Self::TooFew => "too-few",
        }
    }
}

/// Says at once what came of a key.
pub(super) fn say_key(session: &mut Session<'_>, tried: &Tried) {
    let (id, values) = words_of(tried, &session.words);
    session.say(id, &values);
}

/// Tells what came of all of them.
///
/// # Errors
/// [`Failure`].
pub(super) fn report(
    session: &mut Session<'_>,
    sample: &Sample,
    wanted: usize,
    tried: &[Tried],
) -> Result<Exit, Failure> {
    let verdict = Verdict::of(wanted, tried);
    let mut answer = Answer::new("batch-verify")
        .field("batch", sample.batch.id)
        .field("sample", Datum::Number(count(wanted)))
        .field("tried", Datum::Number(count(tried.len())))
        .field("verdict", verdict.name())
        .field("keys", Datum::Many(tried.iter().map(datum).collect()));
    for (id, values) in sentences(verdict, sample, wanted, tried) {
        answer = answer.sentence(id, &values);
    }
    session.report(answer)?;
    Ok(if verdict == Verdict::Right { Exit::Done } else { Exit::No })
}

fn count(keys: usize) -> i64 {
    i64::try_from(keys).unwrap_or(i64::MAX)
}

fn sentences(verdict: Verdict, sample: &Sample, wanted: usize, tried: &[Tried]) -> Vec<Said> {
    let values = || {
        let right = tried.iter().filter(|tried| tried.is_right()).count();
        vec![
            ("id", sample.batch.id.into()),
            ("tried", tried.len().into()),
            ("sample", wanted.into()),
            ("right", right.into()),
            ("wrong", tried.len().saturating_sub(right).into()),
        ]
    };
    let mut said = match verdict {
        Verdict::Right => vec![("verify-right", values())],
        Verdict::TooFew if tried.is_empty() => vec![("verify-none", values())],
        Verdict::TooFew => vec![("verify-too-few", values())],
        Verdict::Wrong => vec![("verify-wrong", values())],
        Verdict::Parameters => vec![("verify-parameters", values())],
    };
    let guess = tried.iter().find_map(|tried| match &tried.finding {
        Finding::Otherwise(guess) => Some(guess),
        _ => None,
    });
    said.extend(guess.map(|guess| remedy(sample, guess)));
    if let Some(seconds) = common_drift(tried) {
        let id = if seconds < 0 { "verify-all-behind" } else { "verify-all-ahead" };
        said.push((id, Vec::new()));
    }
    said
}

/// Says how the batch comes in rightly: as far as an option of the import does it, by that option.
fn remedy(sample: &Sample, guess: &Guess) -> Said {
    let batch = &sample.batch;
    let is_table = batch.format.parse().is_ok_and(Format::is_table);
    let mut values = vec![("id", batch.id.into()), ("file", Value::of(&batch.file_name))];
    match guess.read {
        Some((_, is)) if is_table && is != Base::Raw => {
            values.push(("encoding", Value::of(is.name())));
            ("verify-mend-encoding", values)
        }
        None if is_table => ("verify-mend-table", values),
        _ => ("verify-mend-file", values),
    }
}

/// Gives how far all keys are off alike, when they are: more than a step, so that it is not they who are wrong but our clock.
fn common_drift(tried: &[Tried]) -> Option<i64> {
    let mut drifts = tried.iter().map(|tried| match tried.finding {
        Finding::Own { sign: sign @ Sign::Drifted { .. }, .. } => seconds_of(tried, sign),
        _ => None,
    });
    let first = drifts.next()??;
    let alike = |seconds: Option<i64>| {
        seconds.is_some_and(|seconds| seconds.signum() == first.signum() && near(seconds, first))
    };
    (tried.len() > 1 && drifts.all(alike)).then_some(first)
}

/// Two keys of an age are off by two minutes at most.
fn near(one: i64, other: i64) -> bool {
    one.saturating_sub(other).saturating_abs() <= 120
}

fn seconds_of(tried: &Tried, sign: Sign) -> Option<i64> {
    let period = tried.key.parameters.shown_for().map(Period::seconds)?;
    drift_of(sign).map(|steps| steps.saturating_mul(period))
}

fn words_of(tried: &Tried, words: &Words) -> Said {
    let serial = ("serial", Value::of(&tried.key.serial));
    match &tried.finding {
        Finding::Own { sign: Sign::Spent { .. }, spent } => {
            (if spent.is_some() { "verify-key-right" } else { "verify-key-counter" }, vec![serial])
        }
        Finding::Own { sign: Sign::Drifted { skipped: Some(skipped), .. }, .. } => {
            ("verify-key-pressed", vec![serial, ("amount", Value::from(*skipped))])
        }
        Finding::Own { sign, .. } => {
            let seconds = seconds_of(tried, *sign).unwrap_or(0);
            let id = match seconds.signum() {
                0 => return ("verify-key-right", vec![serial]),
                1 => "verify-key-ahead",
                _ => "verify-key-behind",
            };
            (id, vec![serial, ("span", Value::of(span(seconds.saturating_abs(), words)))])
        }
        Finding::Otherwise(Guess { read: Some((was, is)), .. }) => {
            let base = |base: &Base| Value::word(format!("base-{}", base.name()));
            ("verify-key-base", vec![serial, ("was", base(was)), ("is", base(is))])
        }
        Finding::Otherwise(guess) => {
            let was = Value::of(parameters(tried.key.parameters, words));
            (
                "verify-key-parameters",
                vec![serial, ("was", was), ("is", Value::of(parameters(guess.parameters, words)))],
            )
        }
        Finding::OtherKey { serial: other, .. } => ("verify-key-other", vec![serial, ("other", Value::of(other))]),
        Finding::SecondCodeNeeded | Finding::NoMatch => ("verify-key-nothing", vec![serial]),
    }
}

fn datum(tried: &Tried) -> Datum {
    let guess = match &tried.finding {
        Finding::Otherwise(guess) => Some(guess),
        _ => None,
    };
    let (drift, seconds) = match &tried.finding {
        Finding::Own { sign, .. } => (drift_of(*sign), seconds_of(tried, *sign)),
        Finding::Otherwise(guess) => {
            let period = guess.parameters.shown_for().map(Period::seconds);
            (guess.drift, guess.drift.zip(period).map(|(steps, period)| steps.saturating_mul(period)))
        }
        _ => (None, None),
    };
    let other = match &tried.finding {
        Finding::OtherKey { serial, .. } => Some(serial),
        _ => None,
    };
    Datum::Object(vec![
        ("serial", Datum::of(&tried.key.serial)),
        ("right", tried.is_right().into()),
        ("code", Datum::of(tried.finding.code())),
        ("drift", drift.into()),
        ("drift_seconds", seconds.into()),
        ("algorithm", Datum::maybe(guess.map(|guess| guess.parameters.algorithm))),
        ("digits", guess.map(|guess| i64::from(guess.parameters.digits.get())).into()),
        ("period", guess.and_then(|guess| guess.parameters.shown_for()).map(Period::seconds).into()),
        ("base", Datum::maybe(guess.and_then(|guess| guess.read).map(|(_, is)| is.name()))),
        ("other", Datum::maybe(other)),
    ])
}
