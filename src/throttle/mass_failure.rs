//! Everybody fails at once: whoever attacks many logins, or our own clock that is wrong.

use super::{Fault, Policy};
use crate::clock::Seconds;
use std::collections::BTreeSet;

/// Over what time failures are looked at.
pub const WINDOW: Seconds = Seconds::minutes(5);
/// So many users fail by chance within that time; one more does not.
pub const BY_CHANCE: usize = 20;
/// The most events that are looked at. A flood of other people's logins hides an alarm then, and is told by its own events; nothing is
/// ever suspended for it.
pub const MOST: u32 = 2_000;

/// A check of the past, as it was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Past {
    /// Somebody was refused: who, if there is such a user.
    Refused(Option<i64>),
    /// A code was right.
    Right,
    /// It was found that everybody fails.
    Alarm,
}

/// What the checks of the last minutes show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MassFailure {
    /// How many users failed since a code was right, if they are too many for chance.
    pub users: Option<usize>,
    /// Whether it was written down already within these minutes.
    pub is_told: bool,
}

impl MassFailure {
    /// Judges the checks of the last [`WINDOW`], the newest first.
    pub fn judge(past: impl IntoIterator<Item = Past>) -> Self {
        let (mut users, mut is_told) = (BTreeSet::new(), false);
        for check in past.into_iter() {
            match check {
                Past::Right => break,
                Past::Alarm => is_told = true,
                Past::Refused(user) => users.extend(user),
            }
        }
        let users = Some(users.len()).filter(|users| *users > BY_CHANCE);
        Self { users, is_told }
    }

    /// Tells whether a lock waits until this is over. One for wrong PINs never does: no clock makes a right code with a wrong PIN.
    pub fn suspends(&self, fault: Fault, policy: &Policy) -> bool {
        self.users.is_some() && !policy.locks_in_mass_failure && fault != Fault::Pin
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(users: std::ops::Range<i64>) -> impl Iterator<Item = Past> + Clone {
        users.map(|user| Past::Refused(Some(user)))
    }

    #[test]
    fn g02_twenty_one_users_fail_for_no_chance_unless_a_code_was_right() {
        assert_eq!(MassFailure::judge(refused(0..20)), MassFailure::default());
        assert_eq!(MassFailure::judge(refused(0..21)), MassFailure { users: Some(21), is_told: false });
        // One who fails often, and logins that are nobody's, are no others.
        let many = refused(0..20).chain(std::iter::repeat_n(Past::Refused(Some(3)), 100));
        assert_eq!(MassFailure::judge(many.chain(std::iter::repeat_n(Past::Refused(None), 100))).users, None);
        let right = refused(0..11).chain([Past::Right]).chain(refused(11..40));
        assert_eq!(MassFailure::judge(right).users, None);
        let told = refused(0..11).chain([Past::Alarm]).chain(refused(11..40));
        assert_eq!(MassFailure::judge(told), MassFailure { users: Some(40), is_told: true });
    }

    #[test]
    fn while_everybody_fails_a_lock_waits_where_it_is_so_wished_but_one_for_wrong_pins_never_does() {
        let waits = Policy { locks_in_mass_failure: false, ..Policy::default() };
        let (everybody, nobody) = (MassFailure::judge(refused(0..21)), MassFailure::judge(refused(0..20)));
        for fault in [Fault::Code, Fault::Both, Fault::Neither] {
            assert!(everybody.suspends(fault, &waits), "{fault:?}");
            assert!(!everybody.suspends(fault, &Policy::default()), "{fault:?}: nothing else is wished");
            assert!(!nobody.suspends(fault, &waits), "{fault:?}: it may be chance");
        }
        assert!(!everybody.suspends(Fault::Pin, &waits));
    }
}
