//! `audit verify` checks the chain of events.

use super::document;
use crate::audit::Truncation;
use crate::cli::args::{AuditVerify, FileOrStdin};
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::host::files;
use crate::ops::{SealedCheckpoint, Verified};

/// A checkpoint an hour for 10 years.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: AuditVerify) -> Result<Exit, Failure> {
    let checkpoints = args.checkpoint.as_ref().map(|file| read(session, file)).transpose()?.unwrap_or_default();
    session.at_desk(|desk, session| {
        let found = desk.verify_audit(checkpoints).map_err(|error| {
            let failure = Failure::from(error);
            match &args.checkpoint {
                Some(file) => failure.with("path", shown(file)),
                None => failure,
            }
        })?;
        session.report(told(&found))?;
        Ok(if found.is_intact() { Exit::Done } else { Exit::No })
    })
}

fn read(session: &mut Session<'_>, file: &FileOrStdin) -> Result<Vec<SealedCheckpoint>, Failure> {
    let bytes = match file {
        FileOrStdin::Stdin => session.host.terminal.read_all(LARGEST)?,
        FileOrStdin::File(path) => files::read_input(path, LARGEST)?,
    };
    document::read(&bytes).map_err(|failure| failure.with("path", shown(file)))
}

/// Names the file in a sentence.
fn shown(file: &FileOrStdin) -> Value {
    match file {
        FileOrStdin::Stdin => Value::word("standard-input"),
        FileOrStdin::File(path) => escape::path(path).into(),
    }
}

fn told(found: &Verified) -> Answer {
    let chain = &found.chain;
    let (up_to, missed) = match chain.truncation {
        Truncation::Excluded { up_to } => (Some(up_to), None),
        Truncation::Detected { seq, at } => (None, Some((seq, at))),
        Truncation::NotExcluded | Truncation::Restored => (None, None),
    };
    let truncation = match chain.truncation {
        _ if found.is_cut => "detected",
        Truncation::Detected { .. } => "detected",
        Truncation::Excluded { .. } => "excluded",
        Truncation::Restored => "restored",
        Truncation::NotExcluded => "not-excluded",
    };
    let answer = Answer::new("audit-verify")
        .field("events", chain.events)
        .field("intact", found.is_intact())
        .field("first_bad", chain.first_bad)
        .field("truncation", Datum::from(truncation))
        .field("last", chain.last)
        .field("purged", chain.purged)
        .field("excluded_up_to", up_to)
        .field("missed_checkpoint", missed.map(|(seq, _)| seq))
        .field("lost_from", chain.lost.map(|(first, _)| first))
        .field("lost_to", chain.lost.map(|(_, last)| last));
    in_words(answer, found, up_to, missed)
}

fn in_words(
    mut answer: Answer,
    found: &Verified,
    up_to: Option<i64>,
    missed: Option<(i64, crate::clock::UtcTime)>,
) -> Answer {
    let chain = &found.chain;
    let events = ("events", Value::from(chain.events));
    let last = ("last", Value::from(chain.last));
    answer = match chain.first_bad {
        None if found.is_cut => answer,
        None => answer.sentence("audit-intact", std::slice::from_ref(&events)),
        Some(first) => answer.sentence("audit-broken", &[events.clone(), ("first", first.into())]),
    };
    if chain.purged > 0 {
        answer = answer.sentence("audit-purged-before", &[("purged", chain.purged.into())]);
    }
    if found.is_cut {
        answer = answer.sentence("audit-cut", std::slice::from_ref(&events));
    }
    if let Some((seq, at)) = missed {
        answer = answer.sentence("audit-checkpoint-missed", &[("seq", seq.into()), ("at", Value::Time(at))]);
    }
    if let Some((first, last)) = chain.lost {
        answer = answer.sentence("audit-restored", &[("first", first.into()), ("last", last.into())]);
    }
    if !found.is_intact() {
        answer = answer.sentence("audit-broken-next", &[]);
    }
    match up_to {
        Some(up_to) if !found.is_cut => answer.sentence("audit-checkpoint-met", &[("seq", up_to.into()), last]),
        // That it was cut is certain, or cannot be excluded.
        None if chain.truncation == Truncation::NotExcluded && !found.is_cut => {
            answer.sentence("audit-truncation", &[last])
        }
        _ => answer,
    }
}
