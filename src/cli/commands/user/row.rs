//! A user as a row of a list.

use crate::cli::report::{Datum, List};
use crate::emergency::Emergency;
use crate::key::{Key, Succession};
use crate::user::User;

/// The columns of a list: the first of those in full.
const COLUMNS: &[&str] = COLUMNS_IN_FULL.split_at(6).0;

const COLUMNS_IN_FULL: &[&str] = &[
    "login",
    "name",
    "enabled",
    "establishments",
    "serial",
    "key_state",
    "emergency_serial",
    "emergency_until",
    "emergency_codes_left",
    "replaces",
    "replaced_by",
];

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

/// Begins a list of users with what only `user show` tells.
pub fn list_in_full() -> List {
    List::new("users", COLUMNS_IN_FULL)
}

/// Writes a user, his key, which other one it replaces or is replaced by, and his emergency list as a row of it.
pub fn in_full(user: &User, key: Option<&Key>, open: Option<&Succession>, emergency: Option<&Emergency>) -> Vec<Datum> {
    let mut row = of(user, key);
    let open = key.zip(open);
    row.extend([
        Datum::maybe(emergency.map(|list| &list.serial)),
        emergency.map(|list| list.expires_at).into(),
        emergency.map(|list| list.left).into(),
        Datum::maybe(open.filter(|(key, open)| open.new == key.row).map(|(_, open)| &open.old_serial)),
        Datum::maybe(open.filter(|(key, open)| open.old == key.row).map(|(_, open)| &open.new_serial)),
    ]);
    row
}
