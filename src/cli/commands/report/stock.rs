//! `report stock` counts the keys by establishment, model and state.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Datum, List};
use crate::cli::session::Session;
use crate::operator::Role;
use crate::ops::Heap;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        // What a delegate sees without an establishment of his is held elsewhere, and where is not said.
        let elsewhere = if session.role == Some(Role::Delegate) { "place-elsewhere" } else { "place-academy" };
        let mut list = List::new("stocks", &["establishment", "model", "state", "keys"]);
        for heap in desk.report_stock()? {
            list.row(row(&heap, elsewhere));
        }
        session.report(list)
    })?;
    Ok(Exit::Done)
}

fn row(heap: &Heap, elsewhere: &'static str) -> Vec<Datum> {
    vec![
        heap.establishment.as_ref().map_or(Datum::Unsaid(elsewhere), Datum::of),
        Datum::maybe(heap.model.as_ref()),
        Datum::Word("state", heap.state.name()),
        heap.keys.into(),
    ]
}
