//! `batch undo` takes a batch back while all of it is in stock.

use super::super::import::take_turn;
use crate::cli::confirm::Deed;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::ops::{Returnable, Undone};
use data_encoding::HEXLOWER;

/// From how many keys on it takes long enough for somebody at the terminal to wonder.
const MANY_KEYS: i64 = 50_000;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, id: i64) -> Result<Exit, Failure> {
    session.expect_confirmation()?;
    session.at_desk(|desk, session| {
        // Nobody waits for an answer at the terminal: what stands in the way by then is found by the change itself.
        let found = desk.batch_to_undo(id)?;
        if !found.is_begun && !is_meant(session, &found)? {
            return Ok(Exit::No);
        }
        let _turn = take_turn(session)?;
        if session.is_interactive() && found.keys > MANY_KEYS {
            session.say("batch-undo-takes-time", &[("keys", found.keys.into())]);
        }
        let undone = desk.undo_batch(id)?;
        tell(session, &undone)?;
        Ok(Exit::Done)
    })
}

fn is_meant(session: &mut Session<'_>, found: &Returnable) -> Result<bool, Failure> {
    let batch = &found.batch;
    session.confirm(&Deed {
        question: "confirm-batch-undo",
        again: "confirm-batch-again",
        values: &[
            ("id", batch.id.into()),
            ("file", Value::of(&batch.file_name)),
            ("at", Value::Time(batch.imported_at)),
            ("operator", Value::of(&batch.operator_name)),
            ("keys", found.keys.into()),
        ],
        is_named_by: &|text| text.parse() == Ok(batch.id),
    })
}

fn tell(session: &mut Session<'_>, undone: &Undone) -> Result<(), Failure> {
    let batch = &undone.batch;
    let id = if undone.was_begun { "batch-undo-finished" } else { "batch-undone" };
    let answer = Answer::new("batch-undo")
        .field("batch", batch.id)
        .field("file", Datum::of(&batch.file_name))
        .field("sha256", HEXLOWER.encode(&batch.sha256))
        .field("keys", undone.keys)
        .field("cleared", undone.left_over.is_none())
        .sentence(id, &[("id", batch.id.into()), ("file", Value::of(&batch.file_name)), ("keys", undone.keys.into())]);
    session.report(answer)?;
    if let Some(error) = &undone.left_over {
        let reason = session.explained(error.clone().into()).message(&session.words);
        session.warn("batch-undo-left-over", &[("reason", Value::of(reason))]);
    }
    Ok(())
}
