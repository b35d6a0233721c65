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

/// The time whose codes are looked at.
pub const SPAN: Seconds = Seconds::hours(1);
/// The most codes that are looked at, the last ones: a fleet that shows more in an hour is judged by what is newest.
pub const MOST: i64 = 1_000;
/// So many keys are no coincidence.
const KEYS: usize = 10;
/// So few codes do not show that a wrong clock is right again.
const FEWEST: usize = 3;

/// Tells by how many minutes a code lay off what was foretold of its key.
pub fn minutes_off(seen: Seconds, foretold: Seconds) -> i64 {
    seen.get().saturating_sub(foretold.get()).saturating_add(30).div_euclid(60)
}

/// Tells whether a code lies off alike: by the same minutes, or by the one more that a clock between two minutes makes of them.
pub const fn is_alike(off: i64, wrong_by: i64) -> bool {
    off == wrong_by || off == wrong_by.saturating_add(wrong_by.signum())
}

/// Judges our clock by the codes of the last hour: tells by how many minutes the keys are ahead of it, which is what it is
/// behind; none when it is right, so far as can be told.
///
/// It is wrong when at least 10 keys, and more than half of the codes, are off alike; and stays so, however few codes come, until
/// most of three at least are not.
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
