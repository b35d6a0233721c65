//! Our own clock, judged by the keys: one key may go wrong, ten do not go wrong alike within an hour.

use crate::clock::Seconds;
use std::collections::BTreeSet;

/// A code that was accepted of a key with a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The key, by its row.
    pub key: i64,
    /// How many minutes it was ahead (+) of, or behind (-), what its own history foretold.
    pub off: i64,
}

/// Which codes are looked at: the last ones, and none older than a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How long ago they came at most.
    pub span: Seconds,
    /// How many they are at most.
    pub most: usize,
}

/// Those that make our clock wrong: of the last hour, of which a large fleet's newest are enough.
pub const ALARM: Window = Window { span: Seconds::hours(1), most: 1_000 };
/// Those that show that it is right again: few, so that it is soon seen, but not so few that chance shows it, and of a week, for
/// a fleet may rest meanwhile.
const RELIEF: Window = Window { span: Seconds::days(7), most: 20 };
/// So many keys are no coincidence.
const KEYS: usize = 10;
/// So few codes do not show that a wrong clock is right again.
const FEWEST: usize = 3;

/// Tells which codes our clock is judged by.
pub const fn window(is_wrong: bool) -> Window {
    if is_wrong { RELIEF } else { ALARM }
}

/// Tells by how many minutes a code lay off what was foretold of its key.
pub fn minutes_off(seen: Seconds, foretold: Seconds) -> i64 {
    seen.get().saturating_sub(foretold.get()).saturating_add(30).div_euclid(60)
}

/// Tells whether a code lies off alike: by the same minutes, or by the one more that a clock between two minutes makes of them.
pub const fn is_alike(off: i64, wrong_by: i64) -> bool {
    off == wrong_by || off == wrong_by.saturating_add(wrong_by.signum())
}

/// Judges our clock by the codes of its [`window`]: tells by how many minutes the keys are ahead of it, which is what it is
/// behind; none when it is right, so far as can be told.
///
/// It is wrong when at least 10 keys, and more than half of the codes, are off alike; and stays so until three codes at least have
/// come and half of them are not.
pub fn judge(was_wrong_by: Option<i64>, sightings: &[Sighting]) -> Option<i64> {
    let sides: BTreeSet<i64> = sightings.iter().map(|sighting| sighting.off).filter(|off| *off != 0).collect();
    let alike = |wrong_by: i64| sightings.iter().filter(move |sighting| is_alike(sighting.off, wrong_by));
    let most = sides.into_iter().max_by_key(|wrong_by| alike(*wrong_by).count());
    let is_most = |wrong_by: &i64| alike(*wrong_by).count().saturating_mul(2) > sightings.len();
    let keys = |wrong_by: i64| alike(wrong_by).map(|sighting| sighting.key).collect::<BTreeSet<_>>().len();
    match (most.filter(is_most), was_wrong_by) {
        (Some(wrong_by), None) => (keys(wrong_by) >= KEYS).then_some(wrong_by),
        (Some(wrong_by), Some(_)) => Some(wrong_by),
        (None, Some(wrong_by)) if sightings.len() < FEWEST => Some(wrong_by),
        (None, _) => None,
    }
}
