//! An operator as a row of a list.

use crate::cli::report::{Datum, List};
use crate::operator::Mandate;

const COLUMNS: &[&str] = &["account", "uid", "role", "establishments", "since", "until"];

/// Begins a list of operators.
pub fn list() -> List {
    List::new("operators", COLUMNS).showing(&["account", "role", "establishments", "since", "until"])
}

/// Writes an operator as a row of it.
pub fn of(mandate: &Mandate) -> Vec<Datum> {
    vec![
        mandate.name.as_str().into(),
        i64::from(mandate.uid).into(),
        Datum::Word("role", mandate.role.name()),
        mandate.establishments.iter().map(Datum::of).collect::<Vec<_>>().into(),
        mandate.since.into(),
        mandate.until.into(),
    ]
}
