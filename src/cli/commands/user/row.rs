//! A user as a row of a list.

use crate::cli::report::{Datum, List};
use crate::key::Key;
use crate::user::User;

const COLUMNS: &[&str] = &["login", "name", "enabled", "establishments", "serial", "key_state"];

/// Begins a list of users.
pub fn list() -> List {
    List::new("users", COLUMNS).showing(&["login", "name", "establishments", "serial", "enabled"])
}

/// Writes a user, and his key, as a row of it.
pub fn of(user: &User, key: Option<&Key>) -> Vec<Datum> {
    vec![
        Datum::of(&user.login),
        user.name.as_str().into(),
        user.enabled.into(),
        user.establishments.iter().map(Datum::of).collect::<Vec<_>>().into(),
        Datum::maybe(key.map(|key| &key.serial)),
        key.map_or(Datum::Nothing, |key| Datum::Word("state", key.state.name())),
    ]
}
