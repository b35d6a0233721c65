//! Settle: write what the judge has said, if the key still stands as it was judged.

use super::super::Error;
use super::super::clocks::Look;
use super::super::errand::Tools;
use super::mass_failure::punish;
use super::reserve::Admitted;
use super::succeed::{conclude, other_with_the_pin, still_keeps};
use super::{Aim, refusal};
use crate::audit::{Event, Events, INTEGRITY, Outcome, Subject};
use crate::clock::UtcTime;
use crate::passcode::{Judgement, Reason, Refusal, Relief};
use crate::pin::Owner;
use crate::random::draw_bytes;
use crate::store::{Change, Counted, NewTicket, Purpose, Spending};
use crate::throttle::{Fault, Settled};
use data_encoding::HEXLOWER;
use zeroize::Zeroizing;

/// How many tries the ticket of a new PIN has.
const PIN_TRIES: u8 = 3;

/// What stands after all.
pub(in crate::ops) struct Settlement {
    /// What the judge said, or a refusal if somebody was faster.
    pub judgement: Judgement,
    /// The ticket, if one was issued.
    pub ticket: Option<Zeroizing<String>>,
    /// How many emergency codes are left, when one was used.
    pub left: Option<u32>,
}

/// Writes a judgement: spends the code, settles the attempt, issues a ticket, tells the audit; all in the change at hand.
///
/// What could not be judged leaves the attempt counted; a row that was edited behind the program's back is written down.
pub(in crate::ops) fn settle(
    change: &Change<'_>,
    tools: Tools<'_>,
    admitted: &Admitted,
    judged: Result<Judgement, Error>,
    now: UtcTime,
) -> Result<(Result<Settlement, Error>, Events), Error> {
    let judged = match judged {
        Ok(judged) => judged,
        Err(error) => {
            let mut events = Events::owed_by_open_attempt();
            if let Some(serial) = error.tampered_key() {
                let alarm = Event::new(admitted.action, Outcome::Alarm).because(INTEGRITY);
                let subject = Subject { serial: Some(serial.clone()), ..admitted.subject() };
                events = events.and(alarm.about(subject));
            }
            return Ok((Err(error), events));
        }
    };
    let judged = match judged.spends() {
        // The PIN that it was judged by is gone, and nothing was lost but the try.
        Some(_) if !still_keeps(change, admitted)? => {
            Judgement::Refused(Refusal { reason: Reason::Raced, fault: Fault::Neither })
        }
        _ => judged,
    };
    let (judgement, clocks) = spend(change, admitted, judged, now)?;
    let settled = match judgement {
        Judgement::Accepted(_) | Judgement::AcceptedInEmergency(_) | Judgement::Resynchronised(_) => Settled::Accepted,
        Judgement::NewPinRequired(_) | Judgement::NextCodeRequired(_) | Judgement::ThirdCodeRequired => {
            Settled::Undecided
        }
        Judgement::Refused(refusal) => Settled::Failed(refusal.fault),
    };
    if admitted.key.row != admitted.counted {
        change.move_attempt(admitted.attempt, admitted.key.row)?;
    }
    change.settle_attempt(Counted::Key(admitted.key.row), admitted.attempt, settled, now)?;
    if settled == Settled::Accepted
        && let Some(other) = other_with_the_pin(change, admitted.key.row)?
    {
        change.clear_attempts(Counted::Key(other), admitted.attempt)?;
    }
    let opens = matches!(judgement, Judgement::Accepted(_) | Judgement::AcceptedInEmergency(_));
    if let Some(rehashed) = admitted.rehashed.as_ref().filter(|_| opens) {
        change.rehash_pin(admitted.key.row, admitted.key.version, rehashed)?;
    }
    let mut events = clocks.into_iter().fold(Events::one(tell(admitted, &judgement)), Events::and);
    if matches!(judgement, Judgement::Accepted(_)) {
        events = events.join(conclude(change, admitted, now)?);
    }
    let ticket = issue(change, tools, admitted, &judgement, now)?;
    if let Judgement::Refused(refusal) = judgement {
        events = punish(change, admitted, refusal.fault, &tools.policy.throttle, now, events)?;
    }
    let left = match judgement {
        Judgement::AcceptedInEmergency(_) => change.read().emergency_of_user(admitted.user)?.map(|list| list.left),
        _ => None,
    };
    Ok((Ok(Settlement { judgement, ticket, left }), events))
}

/// Issues the ticket of a question, or ends the question that is open.
fn issue(
    change: &Change<'_>,
    tools: Tools<'_>,
    admitted: &Admitted,
    judgement: &Judgement,
    now: UtcTime,
) -> Result<Option<Zeroizing<String>>, Error> {
    let (purpose, tries) = match judgement {
        Judgement::NewPinRequired(_) => (Purpose::NewPin, PIN_TRIES),
        Judgement::Accepted(_) if admitted.aim == Aim::ChangePin => (Purpose::NewPin, PIN_TRIES),
        Judgement::NextCodeRequired(pending) => (Purpose::NextCode(*pending), 1),
        _ => {
            if ends_questions(judgement) {
                change.drop_tickets(admitted.key.row)?;
            }
            return Ok(None);
        }
    };
    let ticket = Zeroizing::new(HEXLOWER.encode(&draw_bytes::<16>(tools.random)?));
    let owner = Owner { key: admitted.key.id, user: admitted.user };
    let expires_at = now.plus(tools.policy.ticket_life);
    change.add_ticket(&NewTicket {
        hash: tools.vault.hash_ticket(&owner, purpose.name(), expires_at, ticket.as_bytes()),
        key: admitted.key.row,
        user: admitted.user,
        purpose,
        version: admitted.key.version,
        expires_at,
        tries,
        pin: admitted.own_pin.clone().filter(|_| matches!(purpose, Purpose::NextCode(_))),
    })?;
    Ok(Some(ticket))
}

/// Spends the code by compare-and-swap; a judgement that lost the race becomes a refusal. What it shows of our own clock is told.
fn spend(
    change: &Change<'_>,
    admitted: &Admitted,
    judged: Judgement,
    now: UtcTime,
) -> Result<(Judgement, Option<Event>), Error> {
    if let Judgement::AcceptedInEmergency(relief) = judged {
        return Ok((spend_in_emergency(change, admitted, relief, now)?, None));
    }
    let Some(step) = judged.spends() else {
        return Ok((judged, None));
    };
    let acceptance = match &judged {
        Judgement::Accepted(acceptance)
        | Judgement::NewPinRequired(acceptance)
        | Judgement::Resynchronised(acceptance) => Some(acceptance),
        _ => None,
    };
    let counts_as_use = matches!(judged, Judgement::Accepted(_) | Judgement::Resynchronised(_));
    let key = &admitted.key;
    let look = Look::take(change.read(), key, acceptance, now)?;
    // Whoever resynchronises a key knows that it is off: that tells nothing of our clock.
    let off = look.off.filter(|_| !matches!(judged, Judgement::Resynchronised(_)));
    let spending = Spending { key, step, acceptance, counts_as_use, off, is_trusted: look.is_trusted() };
    if change.spend(&spending, now)? {
        return Ok((judged, look.draw_conclusions(change, off, now)?));
    }
    let present = change.read().key(&key.serial)?;
    let used = present.is_some_and(|key| key.watermark >= step);
    let reason = if used { Reason::Replay } else { Reason::Raced };
    Ok((Judgement::Refused(Refusal { reason, fault: Fault::Neither }), None))
}

/// The same for a code of the emergency list.
fn spend_in_emergency(
    change: &Change<'_>,
    admitted: &Admitted,
    relief: Relief,
    now: UtcTime,
) -> Result<Judgement, Error> {
    if change.spend_emergency_code(relief.code, &admitted.key, relief.confirms_pin, now)? {
        return Ok(Judgement::AcceptedInEmergency(relief));
    }
    let codes = admitted.emergency.as_ref().map(|offer| change.read().emergency_codes(offer.list.id)).transpose()?;
    let used = codes.into_iter().flatten().any(|code| code.id == relief.code && code.is_spent);
    let reason = if used { Reason::Replay } else { Reason::Raced };
    Ok(Judgement::Refused(Refusal { reason, fault: Fault::Neither }))
}

/// Tells whether a judgement ends an open question: an acceptance does, and a wrong code with the right PIN, its one chance.
const fn ends_questions(judgement: &Judgement) -> bool {
    match judgement {
        Judgement::Accepted(_) | Judgement::AcceptedInEmergency(_) | Judgement::Resynchronised(_) => true,
        Judgement::Refused(refusal) => matches!(refusal.reason, Reason::WrongCode),
        _ => false,
    }
}

fn tell(admitted: &Admitted, judgement: &Judgement) -> Event {
    let (outcome, reason) = match judgement {
        Judgement::Accepted(_) if admitted.aim == Aim::ChangePin => (Outcome::Accepted, Some("to-change-the-pin")),
        Judgement::Accepted(_) => (Outcome::Accepted, None),
        Judgement::AcceptedInEmergency(_) => (Outcome::Accepted, Some("emergency-code")),
        Judgement::Resynchronised(_) => (Outcome::Done, None),
        Judgement::NewPinRequired(_) => (Outcome::Challenged, Some("new-pin-required")),
        Judgement::NextCodeRequired(_) => (Outcome::Challenged, Some("next-code-required")),
        Judgement::ThirdCodeRequired => (Outcome::Challenged, Some("third-code-required")),
        Judgement::Refused(_) => (Outcome::Refused, refusal(judgement).map(Reason::name)),
    };
    let event = Event::new(admitted.action, outcome).about(admitted.subject());
    match reason {
        Some(reason) => event.because(reason),
        None => event,
    }
}
