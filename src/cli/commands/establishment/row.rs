//! An establishment as a row of a list.

use crate::cli::report::{Datum, List};
use crate::establishment::Census;

/// Begins a list of establishments.
pub fn list() -> List {
    List::new("establishments", &["uai", "name", "users", "keys"])
}

/// Writes an establishment as a row of it.
pub fn of(census: &Census) -> Vec<Datum> {
    let establishment = &census.establishment;
    vec![Datum::of(&establishment.uai), establishment.name.as_str().into(), census.users.into(), census.keys.into()]
}
