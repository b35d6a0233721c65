//! `key list` lists the keys.

use super::row;
use crate::cli::args::KeyList;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::ops::KeyFilter;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: KeyList) -> Result<Exit, Failure> {
    let filter = KeyFilter {
        state: args.state,
        establishment: args.establishment,
        login: args.login,
        batch: args.batch,
        on_their_way: args.on_their_way,
        held: args.held,
        ..KeyFilter::default()
    };
    session.at_desk(|desk, session| {
        let list = match (filter.on_their_way, filter.held) {
            (true, _) => row::list_of_travels(),
            (_, true) => row::list_of_held(),
            _ => row::list(),
        };
        session.report_each(list, desk.list_keys(&filter)?, row::of)
    })
}
