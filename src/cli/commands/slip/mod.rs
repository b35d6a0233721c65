//! `slip` prints handover slips, with new codes if asked, or the list of receipts.

mod words;

use crate::cli::args::SlipArgs;
use crate::cli::commands::named;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::host::files::Reserved;
use crate::ops::{Desk, Handover, Issued, Whom};
use crate::slip::{self, Handed};
use crate::user::Login;
use std::path::Path;
use zeroize::Zeroizing;

/// What a code and its date may add to a page.
const ROOM_FOR_CODE: usize = 512;

/// What was found for the slips: each with its code, if codes were issued.
type Found = Vec<(Handover, Option<Issued>)>;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: SlipArgs) -> Result<Exit, Failure> {
    // Before a code is issued that nobody could then read.
    let path = args.output.as_deref();
    if path.is_none() && session.host.terminal.stdout_is_terminal() {
        return Err(Failure::new(Exit::Usage, "pdf-to-terminal"));
    }
    let listed = args.from.as_ref().map(|list| named::users_of_list(session, list)).transpose()?;
    let logins = match &listed {
        Some(listed) => listed.rows.iter().map(|row| row.value.clone()).collect(),
        None => once_each(&args.logins),
    };
    let whom = if args.all { Whom::Waiting } else { Whom::These(&logins) };
    session.at_desk(|desk, session| {
        if let Some(listed) = listed {
            let answer = desk.try_handovers(&listed.rows, args.new_code)?;
            listed.settle(session, "slip", answer)?;
        }
        let found: Found = some(desk.handovers(whom)?.into_iter().map(|handover| (handover, None)).collect())?;
        warn_of_letters(session, found.iter().map(|(handover, _)| handover));
        let printed = print(session, &found, args.receipts);
        if !args.new_code {
            let reserved = path.map(|path| Reserved::make(path, printed.len())).transpose()?;
            match reserved {
                Some(reserved) => reserved.fill(&printed)?,
                // Nothing is ready that nobody has taken; that is no error, for it can be printed again.
                None if !session.deliver(&printed)? => return Ok(Exit::Done),
                None => {}
            }
            return told(session, path, &found, args.receipts);
        }
        let room = printed.len().saturating_add(found.len().saturating_mul(ROOM_FOR_CODE));
        let reserved = path.map(|path| Reserved::make(path, room)).transpose()?;
        let found = issue(desk, whom)?;
        let printed = print(session, &found, false);
        let delivered = match reserved {
            Some(reserved) => reserved.fill(&printed).map_err(Failure::from),
            None => session.answer_once(&printed),
        };
        delivered.map_err(|failure| failure.hinted("hint-slips-lost"))?;
        told(session, path, &found, false)
    })
}

/// Leaves out logins that are given twice: the second code would end the first.
fn once_each(logins: &[Login]) -> Vec<Login> {
    let mut seen = std::collections::BTreeSet::new();
    logins.iter().filter(|login| seen.insert(login.folded())).cloned().collect()
}

fn issue(desk: &mut Desk<'_>, whom: Whom<'_>) -> Result<Found, Failure> {
    some(desk.handovers_with_codes(whom)?.into_iter().map(|(handover, issued)| (handover, Some(issued))).collect())
}

fn some(found: Found) -> Result<Found, Failure> {
    if found.is_empty() { Err(Failure::new(Exit::Forbidden, "slips-none")) } else { Ok(found) }
}

fn print(session: &Session<'_>, found: &Found, receipts: bool) -> Zeroizing<Vec<u8>> {
    if receipts { print_receipts(session, found) } else { print_slips(session, &pairs(found)) }
}

fn pairs(found: &Found) -> Vec<(&Handover, Option<&Issued>)> {
    found.iter().map(|(handover, issued)| (handover, issued.as_ref())).collect()
}

fn print_receipts(session: &Session<'_>, found: &Found) -> Zeroizing<Vec<u8>> {
    let mut handed: Vec<Handed> = found.iter().map(|(handover, _)| words::handed(handover)).collect();
    handed.sort_by_cached_key(Handed::rank);
    slip::print_receipts(&words::of_receipts(&session.words, session.now()), &handed)
}

/// Prints slips, by establishment and name.
pub fn print_slips(session: &Session<'_>, found: &[(&Handover, Option<&Issued>)]) -> Zeroizing<Vec<u8>> {
    let (words, settings, now) = (&session.words, &session.settings, session.now());
    let mut sorted: Vec<_> =
        found.iter().map(|(handover, issued)| (words::handed(handover), handover, issued)).collect();
    sorted.sort_by_cached_key(|(handed, ..)| handed.rank());
    let slips: Vec<slip::Slip> = sorted
        .into_iter()
        .map(|(handed, handover, issued)| slip::Slip {
            handed,
            code: issued.map(|issued| words::code(words, issued)),
            steps: words::steps(words, settings, handover),
        })
        .collect();
    slip::print_slips(&words::of_slip(words, settings, now), settings.portal_address.as_deref(), &slips)
}

/// Says for which names the paper has no letters.
pub fn warn_of_letters<'h>(session: &mut Session<'_>, handovers: impl IntoIterator<Item = &'h Handover>) {
    for handover in handovers {
        let handed = words::handed(handover);
        if !slip::is_writable(&handed.holder) || !slip::is_writable(&handed.establishment) {
            session.warn("slip-letters", &[("login", Value::of(&handover.user.login))]);
        }
    }
}

/// Tells where the file is; on stdout the file is the answer, and what to do with it stands beside it.
fn told(session: &mut Session<'_>, path: Option<&Path>, found: &Found, receipts: bool) -> Result<Exit, Failure> {
    let count = Value::from(found.len());
    let has_codes = found.iter().any(|(_, issued)| issued.is_some());
    let Some(path) = path else {
        if !receipts {
            session.say("slips-printed", &[("count", count)]);
            session.say(if has_codes { "slips-hold-codes" } else { "slips-handed-over" }, &[]);
        }
        return Ok(Exit::Done);
    };
    let shown = Value::of(path.display());
    let number = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let answer = Answer::new("slip").field("file", Datum::of(path.display())).field("holders", Datum::Number(number));
    let answer = if receipts {
        answer.sentence("receipts-written", &[("count", count), ("path", shown)])
    } else {
        answer.sentence("slips-written", &[("count", count), ("path", shown)])
    };
    session.report(answer)?;
    if has_codes {
        session.say("slips-hold-codes", &[]);
    }
    Ok(Exit::Done)
}
