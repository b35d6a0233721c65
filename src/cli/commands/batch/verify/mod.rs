//! `batch verify` has some keys of a batch tried before any of them is handed over.

mod told;

use crate::cli::args::BatchVerify;
use crate::cli::commands::check::text;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::session::Session;
use crate::diagnosis::Sign;
use crate::host::Line;
use crate::key::Key;
use crate::ops::{Desk, Diagnosed, Finding, Sample};
use crate::otp::{Code, Digits};

/// How many keys may be passed over because they are not at hand.
const MOST_PASSED_OVER: usize = 20;

/// A key that was tried.
struct Tried {
    key: Key,
    finding: Finding,
}

impl Tried {
    /// Tells whether the key shows what was imported.
    fn is_right(&self) -> bool {
        match self.finding {
            // Nobody used it before: the file says that its counter is further than it is.
            Finding::Own { sign: Sign::Spent { .. }, spent } => spent.is_some(),
            Finding::Own { .. } => true,
            _ => false,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: &BatchVerify) -> Result<Exit, Failure> {
    if !session.is_interactive() {
        // Which keys are drawn is known to nobody before.
        return Err(Failure::new(Exit::Usage, "verify-needs-terminal"));
    }
    session.at_desk(|desk, session| {
        let mut sample = desk.sample_batch(args.id)?;
        let wanted = usize::from(args.sample).min(usize::try_from(sample.in_stock).unwrap_or(usize::MAX));
        session.say(
            "verify-begin",
            &[
                ("id", sample.batch.id.into()),
                ("file", Value::of(&sample.batch.file_name)),
                ("keys", sample.in_stock.into()),
                ("sample", wanted.into()),
            ],
        );
        let mut tried = Vec::new();
        let mut passed_over = 0_usize;
        while tried.len() < wanted && passed_over < MOST_PASSED_OVER {
            let Some(key) = desk.draw_key(&mut sample)? else { break };
            let Some(finding) = try_key(desk, session, &sample, &key)? else {
                passed_over = passed_over.saturating_add(1);
                continue;
            };
            // What one key proves of the parameters holds for the others.
            let is_proof = matches!(finding, Finding::Otherwise(_));
            tried.push(Tried { key, finding });
            if let Some(last) = tried.last() {
                told::say_key(session, last);
            }
            if is_proof {
                break;
            }
        }
        told::report(session, &sample, wanted, &tried)
    })
}

/// Asks for a key's code, and for the following ones when that tells nothing; nothing when the key is not at hand.
fn try_key(
    desk: &mut Desk<'_>,
    session: &mut Session<'_>,
    sample: &Sample,
    key: &Key,
) -> Result<Option<Finding>, Failure> {
    let Some(first) = ask_first(session, key)? else {
        return Ok(None);
    };
    let diagnosed = desk.try_key(sample, key, &[&first], None)?;
    if !needs_another(&diagnosed) {
        return Ok(likeliest(diagnosed));
    }
    session.say("verify-second", &[]);
    let second = ask_following(desk, session, key, first.len())?;
    let diagnosed = desk.try_key(sample, key, &[&first, text(&second)], Some(diagnosed.look))?;
    if !diagnosed.findings.contains(&Finding::NoMatch) {
        return Ok(likeliest(diagnosed));
    }
    // The first may have been mistyped.
    let diagnosed = desk.try_key(sample, key, &[text(&second)], None)?;
    if !needs_another(&diagnosed) {
        return Ok(likeliest(diagnosed));
    }
    session.say("verify-third", &[]);
    let third = ask_following(desk, session, key, first.len())?;
    Ok(likeliest(desk.try_key(sample, key, &[text(&second), text(&third)], Some(diagnosed.look))?))
}

/// Asks for the code on a display, until it is one; nothing when the answer is blank.
fn ask_first(session: &mut Session<'_>, key: &Key) -> Result<Option<String>, Failure> {
    let prompt = if key.parameters.shown_for().is_some() { "prompt-verify" } else { "prompt-verify-button" };
    loop {
        let typed = session.ask(prompt, &[("serial", Value::of(&key.serial))])?;
        // A display may show its digits in two groups, and people type them so.
        let code: String = typed.split_whitespace().collect();
        if code.is_empty() {
            return Ok(None);
        }
        if is_code(&code) {
            return Ok(Some(code));
        }
        session.warn("verify-not-a-code", &[]);
    }
}

/// Asks for the code that follows, until it is one of so many digits.
fn ask_following(desk: &Desk<'_>, session: &mut Session<'_>, key: &Key, digits: usize) -> Result<Line, Failure> {
    let mut typed = session.ask_for_next(desk.seconds_left(key), "resync-code-follows", "prompt-resync-following")?;
    while !is_code(text(&typed)) || typed.len() != digits {
        session.warn("verify-not-a-code", &[]);
        typed = session.ask_secret("prompt-resync-following", &[])?;
    }
    Ok(typed)
}

/// Tells whether a text may be what a display shows.
fn is_code(text: &str) -> bool {
    let digits = u8::try_from(text.len()).ok().and_then(|length| Digits::new(length).ok());
    digits.is_some_and(|digits| Code::parse(text, digits).is_some())
}

fn needs_another(diagnosed: &Diagnosed) -> bool {
    diagnosed.findings.contains(&Finding::SecondCodeNeeded)
}

fn likeliest(diagnosed: Diagnosed) -> Option<Finding> {
    diagnosed.findings.into_iter().next()
}
