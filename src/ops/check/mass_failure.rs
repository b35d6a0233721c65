//! What a failure brings: a lock, an alarm, or a lock that waits while everybody fails.

use super::super::Error;
use super::reserve::Admitted;
use super::succeed::other_with_the_pin;
use crate::audit::{Action, Event, Events, Outcome};
use crate::clock::UtcTime;
use crate::store::{Change, Counted};
use crate::throttle::{self, Consequence, Fault, MassFailure, Past};

/// Why it is an alarm that everybody fails.
const EVERYBODY: &str = "everybody-fails";

/// Locks the key or raises an alarm, when this failure was one too many: for the key, or for all of them together.
pub(super) fn punish(
    change: &Change<'_>,
    admitted: &Admitted,
    fault: Fault,
    policy: &throttle::Policy,
    now: UtcTime,
    events: Events,
) -> Result<Events, Error> {
    let mut tally = change.read().tally(Counted::Key(admitted.key.row), None, now)?;
    // Two keys with one PIN do not give twice the tries at it.
    if let Some(other) = other_with_the_pin(change, admitted.key.row)? {
        tally = tally.and(change.read().tally(Counted::Key(other), None, now)?);
    }
    let alarm = |reason| Event::new(admitted.action, Outcome::Alarm).because(reason).about(admitted.subject());
    // This failure is not among the events yet.
    let own = Past::Refused(Some(admitted.user));
    let all = MassFailure::judge(std::iter::once(own).chain(change.read().past_checks(now)?));
    let events = match all.users.filter(|_| !all.is_told) {
        Some(users) => {
            let alarm = Event::new(Action::Check, Outcome::Alarm).because(EVERYBODY);
            events.and(alarm.counting(i64::try_from(users).unwrap_or(i64::MAX)))
        }
        None => events,
    };
    Ok(match throttle::consequence(&tally, fault, policy) {
        // The counts stay: if they are as many when this is over, the next failure locks the key.
        Some(Consequence::Lock(_)) if all.suspends(fault, policy) => events.and(alarm("lock-suspended")),
        Some(Consequence::Lock(lock)) => {
            change.set_lock(admitted.key.row, Some(lock))?;
            change.drop_tickets(admitted.key.row)?;
            events.and(Event::new(Action::KeyLock, Outcome::Done).because(lock.name()).about(admitted.subject()))
        }
        Some(Consequence::Alarm) => events.and(alarm("many-wrong-tries").counting(i64::from(throttle::Policy::ALARM))),
        None => events,
    })
}
