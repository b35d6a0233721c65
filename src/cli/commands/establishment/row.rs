//! An establishment as a row of a list.

use crate::cli::report::{Datum, List};
use crate::establishment::Establishment;

/// Begins a list of establishments.
pub fn list() -> List {
    List::new("establishments", &["uai", "name", "users", "keys"])
}

/// Writes an establishment as a row of it.
pub fn of(establishment: &Establishment) -> Vec<Datum> {
    vec![
        Datum::of(&establishment.uai),
        establishment.name.as_str().into(),
        establishment.users.into(),
        establishment.keys.into(),
    ]
}
