//! A key as a row of a list.

use crate::cli::report::{Datum, List};
use crate::key::Key;
use crate::ops::{KeyInFull, Tenure};
use crate::otp::Period;
use crate::pin::Standing;

/// The columns of the contract, and those of its journey: the first of those in full.
const COLUMNS: &[&str] = COLUMNS_IN_FULL.split_at(19).0;

const COLUMNS_IN_FULL: &[&str] = &[
    "serial",
    "state",
    "locked",
    "algorithm",
    "digits",
    "period",
    "manufacturer",
    "model",
    "establishment",
    "login",
    "pin",
    "drift",
    "not_before",
    "not_after",
    "last_accepted_at",
    "batch",
    "shipped_to",
    "shipped_at",
    "held_since",
    "locked_because",
    "pin_until",
    "activated_at",
    "failures",
    "waits_until",
    "batch_line",
    "before_loss",
    "emergency_until",
    "emergency_codes_left",
    "rate",
    "leaves_window_at",
    "needs_resync_at",
    "state_since",
    "holders",
    "replaces",
    "replaced_by",
    "keeps_pin",
    "file",
    "next_ending",
    "next_ending_at",
];

/// Begins a list of keys.
pub fn list() -> List {
    List::new("keys", COLUMNS).showing(&["serial", "state", "locked", "login", "establishment", "pin"])
}

/// Begins a list of keys that are on their way: where to, and since when.
pub fn list_of_travels() -> List {
    List::new("keys", COLUMNS).showing(&["serial", "establishment", "shipped_to", "shipped_at"])
}

/// Begins a list of keys that are held: since when.
pub fn list_of_held() -> List {
    List::new("keys", COLUMNS).showing(&["serial", "state", "held_since", "login", "establishment"])
}

/// Writes a key as a row of it.
pub fn of(key: &Key) -> Vec<Datum> {
    vec![
        Datum::of(&key.serial),
        Datum::Word("state", key.state.name()),
        key.lock.is_some().into(),
        Datum::of(key.parameters.algorithm),
        u32::from(key.parameters.digits.get()).into(),
        key.parameters.shown_for().map(Period::seconds).into(),
        Datum::maybe(key.manufacturer.as_ref()),
        Datum::maybe(key.model.as_ref()),
        Datum::maybe(key.establishment.as_ref()),
        Datum::maybe(key.holder.as_ref().map(|holder| &holder.login)),
        Datum::Word("pin", key.pin.name()),
        key.parameters.shown_for().map(|_| key.clockwork.drift.steps()).into(),
        key.validity.not_before.into(),
        key.validity.not_after.into(),
        key.last_accepted_at.into(),
        key.batch.into(),
        aim(key),
        key.shipment.as_ref().map(|shipment| shipment.at).into(),
        key.held_since.into(),
    ]
}

/// Begins a list of keys with what only `key show` tells.
pub fn list_in_full() -> List {
    List::new("keys", COLUMNS_IN_FULL)
}

/// Writes a key as a row of it.
pub fn in_full(key: &KeyInFull) -> Vec<Datum> {
    let pin_until = match key.key.pin {
        Standing::None { until } => until,
        Standing::Provisional { until, .. } | Standing::Changed { until } => Some(until),
        Standing::Set => None,
    };
    let replaced = key.succession.clone();
    let mut row = of(&key.key);
    row.extend([
        Datum::maybe(key.key.lock.map(|lock| lock.name())),
        pin_until.into(),
        key.key.activated_at.into(),
        key.tally.failures.into(),
        key.waits_until.into(),
        key.key.batch_line.into(),
        key.key.before_loss.map_or(Datum::Nothing, |state| Datum::Word("state", state.name())),
        key.emergency.as_ref().map(|list| list.expires_at).into(),
        key.emergency.as_ref().map(|list| list.left).into(),
        key.forecast.trend.map_or(Datum::Nothing, |trend| Datum::Thousandths(trend.rate.thousandths())),
        key.forecast.leaves_window.map_or(Datum::Nothing, Datum::Day),
        key.forecast.needs_resync.map_or(Datum::Nothing, Datum::Day),
        key.story.since.into(),
        key.story.holders.iter().map(tenure).collect::<Vec<_>>().into(),
        Datum::maybe(replaced.clone().filter(|open| open.new == key.key.row).map(|open| open.old_serial)),
        Datum::maybe(replaced.clone().filter(|open| open.old == key.key.row).map(|open| open.new_serial)),
        replaced.map(|open| open.keeps_pin).into(),
        Datum::maybe(key.story.file.as_ref().map(|(name, _)| name)),
        key.story.next.map_or(Datum::Nothing, |(_, ending)| Datum::Word("ending", ending.name())),
        key.story.next.map(|(at, _)| at).into(),
    ]);
    row
}

/// Writes who had a key, and from when to when.
fn tenure(tenure: &Tenure) -> Datum {
    Datum::Object(vec![
        ("login", Datum::of(&tenure.login)),
        ("from", tenure.from.into()),
        ("until", tenure.until.into()),
        ("removed", tenure.has_left.into()),
    ])
}

/// Names where a key is on its way to: a UAI, or `academy`.
fn aim(key: &Key) -> Datum {
    match &key.shipment {
        None => Datum::Nothing,
        Some(shipment) => shipment.to.as_ref().map_or(Datum::Word("place", "academy"), Datum::of),
    }
}
