//! `emergency new` issues a list of emergency codes, shown this once.

use super::handed::Paper;
use crate::cli::args::EmergencyNew;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Answer, Datum, Format};
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: EmergencyNew) -> Result<Exit, Failure> {
    let paper = Paper::take(args.output)?;
    let issued = session.at_desk(|desk, _| Ok(desk.issue_emergency(&args.login, args.days)?))?;
    let answer = Answer::new("emergency").field("login", Datum::of(&issued.login));
    let answer = match (&paper, session.options.output_format) {
        (Paper::Screen, Format::Json | Format::Jsonl) => answer.field("codes", super::handed::codes(&issued)),
        _ => answer,
    };
    paper.hand_over(session, &issued, answer.field("expires_at", issued.expires_at))?;
    Ok(Exit::Done)
}
