//! Activating a key: the user's login, the code he was given, and the serial on the back.

use super::check::subject_of;
use super::errand::{Ended, Errand, Examiner, Judged, Tools};
use super::keys::promised_to;
use super::vouch::{give_key, new_pin_mode};
use super::{Desk, Error, emergencies};
use crate::activation::{
    self, Activation, ActivationCode, Claim, FATAL_TRIES, KeyFact, Opening, Refusal, State as CodeState, UserFact,
};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::clock::UtcTime;
use crate::key::{Key, KeyId, Serial, State, Transition};
use crate::store::{Change, Counted, Proof, View};
use crate::throttle::{self, Admission, Fault, Settled};
use crate::user::{Login, User};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// What came of it. Why not is in the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Activated {
    /// The key is active, and waits for its first code and a PIN.
    Yes,
    /// The key is active, and goes on with the PIN of the one whose place it takes.
    WithPin,
    /// It is not.
    No,
}

/// What stands in the database about a claim.
struct Facts {
    user: Option<User>,
    code: Option<(Activation, Proof)>,
    /// The key that the code is for, if it is for one.
    bound: Option<KeyId>,
    key: Option<Key>,
    key_fact: KeyFact,
    has_other_key: bool,
}

impl Desk<'_> {
    /// Activates a key.
    ///
    /// # Errors
    /// [`Error`]; a claim that does not hold is an answer, not an error.
    pub fn activate(&mut self, login: &Login, serial: &Serial, typed: &str) -> Result<Activated, Error> {
        self.carry_out(&mut Activate::new(login, serial, typed))
    }
}

/// An activation on its way.
pub(super) struct Activate {
    pub(super) login: Login,
    serial: Serial,
    typed: Zeroizing<String>,
    stage: Stage,
}

/// How far it has come.
enum Stage {
    New,
    /// It is counted against the user's code, or there is no live code to count it against.
    Counted {
        attempt: Option<i64>,
        worked: Result<(), Error>,
    },
    /// A wait is on: it is refused without being looked at.
    Turned {
        worked: Result<(), Error>,
    },
}

impl Activate {
    pub(super) fn new(login: &Login, serial: &Serial, typed: &str) -> Self {
        let typed = Zeroizing::new(typed.to_owned());
        Self { login: login.clone(), serial: serial.clone(), typed, stage: Stage::New }
    }

    /// Counts the claim against the user's code.
    fn count(&self, change: &Change<'_>, now: UtcTime) -> Result<(Stage, Events), Error> {
        let facts = gather(change.read(), &self.login, &self.serial, now)?;
        let mut events = Events::owed_by_open_attempt();
        let Some(code) = facts.code.as_ref().filter(|(code, _)| code.state_at(now) == CodeState::Live) else {
            // Nothing can be guessed where no code lives: nothing to count, the refusal is told when it is settled. But the disk
            // is waited for as if there were.
            change.write_anyway()?;
            return Ok((Stage::Counted { attempt: None, worked: Ok(()) }, events));
        };
        let counted = Counted::Activation(code.0.id);
        change.settle_abandoned(counted, now)?;
        let tally = change.read().tally(counted, None, now)?;
        let refused = tell(&facts, Outcome::Refused).because(Refusal::Waiting.name());
        if let Admission::Wait { until } = throttle::admit(&tally, now, false) {
            if change.turn_away(counted, None, until)? {
                events = events.and(refused);
            }
            return Ok((Stage::Turned { worked: Ok(()) }, events));
        }
        let turned_away = change.end_waits(counted, None, now)?;
        let right_serial = facts.key_fact != KeyFact::Wrong;
        let attempt = change.open_attempt(counted, None, right_serial, now)?;
        if turned_away > 0 {
            events = events.and(refused.counting(turned_away));
        }
        Ok((Stage::Counted { attempt: Some(attempt), worked: Ok(()) }, events))
    }

    fn settle(
        &self,
        change: &Change<'_>,
        tools: Tools<'_>,
        attempt: Option<i64>,
        now: UtcTime,
    ) -> Result<(Activated, Events), Error> {
        let (login, vault) = (&self.login, tools.vault);
        let facts = gather(change.read(), login, &self.serial, now)?;
        let code_matches = match (&facts.user, &facts.code, ActivationCode::parse(&self.typed)) {
            (Some(user), Some((kept, proof)), Some(code)) => {
                let hash = vault.hash_activation_code(user.id, login, code.expose());
                let seal = vault.seal_activation(&hash, facts.bound, kept.expires_at);
                (hash.ct_eq(&proof.hash) & seal.ct_eq(&proof.seal)).into()
            }
            _ => false,
        };
        let claim = facts.claim(code_matches, now);
        let counted = facts.code.as_ref().map(|(code, _)| Counted::Activation(code.id));
        // A code that came to life after the claim was counted, or an attempt that was given up: refused.
        let open = match (attempt, counted) {
            (Some(attempt), Some(counted)) => {
                let settled = match activation::judge(&claim) {
                    Ok(_) => Settled::Accepted,
                    Err(_) => Settled::Failed(Fault::Both),
                };
                change.settle_attempt(counted, attempt, settled, now)?
            }
            _ => false,
        };
        match activation::judge(&claim) {
            Ok(_) if !open => Ok((Activated::No, Events::one(refuse(&facts, login, vault, Refusal::Raced)))),
            Ok(opening) => open_key(change, tools, &facts, opening, now),
            Err(refusal) => {
                let mut event = refuse(&facts, login, vault, refusal);
                if attempt.is_none() {
                    // No code that lives: nothing is counted for which there could be a wait.
                    event = event.without_bound();
                }
                let mut events = Events::one(event);
                if let Some(killed) = kill_if_fatal(change, &facts)? {
                    events = events.and(killed);
                }
                Ok((Activated::No, events))
            }
        }
    }
}

impl Errand for Activate {
    type Reply = Activated;

    fn begin(&mut self, change: &Change<'_>, _: Tools<'_>, now: UtcTime) -> Result<Events, Error> {
        let (stage, events) = self.count(change, now)?;
        self.stage = stage;
        Ok(events)
    }

    fn work(&mut self, examiner: &mut Examiner<'_>) {
        // The same work whatever is known, so that the time taken tells nothing.
        if let Stage::Counted { worked, .. } | Stage::Turned { worked } = &mut self.stage {
            *worked = examiner.waste_a_verification();
        }
    }

    fn end(
        &mut self,
        change: &Change<'_>,
        tools: Tools<'_>,
        now: UtcTime,
    ) -> Result<(Ended<Activated>, Events), Error> {
        let (activated, events) = match std::mem::replace(&mut self.stage, Stage::New) {
            Stage::Counted { worked: Err(error), .. } | Stage::Turned { worked: Err(error) } => {
                return Ok((Ended::Failed(error), Events::owed_by_open_attempt()));
            }
            Stage::Counted { attempt, .. } => self.settle(change, tools, attempt, now)?,
            Stage::Turned { .. } | Stage::New => {
                change.write_anyway()?;
                (Activated::No, Events::owed_by_open_attempt())
            }
        };
        Ok((Ended::Reply(activated), events))
    }
}

impl Judged for Activated {
    fn is_quick(&self) -> bool {
        *self != Self::No
    }
}

impl Facts {
    fn claim(&self, code_matches: bool, now: UtcTime) -> Claim {
        Claim {
            user: match &self.user {
                None => UserFact::Unknown,
                Some(user) if user.enabled => UserFact::Enabled,
                Some(_) => UserFact::Disabled,
            },
            code: self.code.as_ref().map(|(code, _)| code.state_at(now)),
            code_matches,
            key: self.key_fact,
            has_other_key: self.has_other_key,
        }
    }
}

fn gather(view: View<'_>, login: &Login, serial: &Serial, now: UtcTime) -> Result<Facts, Error> {
    let user = view.user(login)?;
    let code = user.as_ref().map(|user| view.latest_activation(user.id)).transpose()?.flatten();
    let bound = code.as_ref().and_then(|(code, _)| code.serial.as_ref());
    let bound = bound.map(|bound| view.beyond_scope().key(bound)).transpose()?.flatten().map(|key| key.id);
    let key = view.key(serial)?;
    let owned = user.as_ref().map(|user| view.keys_of_user(user.id)).transpose()?.unwrap_or_default();
    let succession = user.as_ref().map(|user| view.succession_of_user(user.id)).transpose()?.flatten();
    let promised = key.as_ref().map(|key| promised_to(view, key, now)).transpose()?.flatten();
    let key_fact = match (&user, &code, &key) {
        // Somebody else has a code for this very key.
        (Some(user), Some(_), Some(_)) if promised.is_some_and(|login| login != user.login) => KeyFact::Wrong,
        (Some(user), Some((code, _)), Some(key)) => look_at_key(user, code, key, now),
        _ => KeyFact::Wrong,
    };
    // A key that takes the place of another one may be activated beside it.
    let is_replaced = |owned: &Key| {
        succession.as_ref().is_some_and(|succession| {
            succession.old == owned.row && key.as_ref().is_some_and(|key| key.row == succession.new)
        })
    };
    let is_another = |owned: &Key| key.as_ref().is_none_or(|key| key.row != owned.row);
    let has_other_key = owned.iter().any(|owned| is_another(owned) && !is_replaced(owned));
    Ok(Facts { user, code, bound, key, key_fact, has_other_key })
}

/// Holds the key that was named against what the code opens.
fn look_at_key(user: &User, code: &Activation, key: &Key, now: UtcTime) -> KeyFact {
    let is_bound_elsewhere = code.serial.as_ref().is_some_and(|bound| *bound != key.serial);
    let is_his = key.holder.as_ref().is_some_and(|holder| holder.user == user.id);
    let is_in_reach = key.establishment.as_ref().is_some_and(|uai| user.establishments.contains(uai));
    let may_open = is_his || code.serial.is_some() || is_in_reach;
    if is_bound_elsewhere || !may_open || (key.holder.is_some() && !is_his) {
        return KeyFact::Wrong;
    }
    match key.life().after(Transition::Activate) {
        Err(_) => KeyFact::NotReady,
        Ok(_) if !key.validity.covers(now) => KeyFact::OutOfDate,
        Ok(_) if key.state == State::Stock => KeyFact::Stock,
        Ok(_) => KeyFact::Assigned,
    }
}

fn open_key(
    change: &Change<'_>,
    tools: Tools<'_>,
    facts: &Facts,
    opening: Opening,
    now: UtcTime,
) -> Result<(Activated, Events), Error> {
    let (Some(user), Some((code, _)), Some(key)) = (&facts.user, &facts.code, &facts.key) else {
        return Err(Error::Store(crate::store::Error::Unexpected("a claim held without its facts".to_owned())));
    };
    let mut events = Vec::new();
    let subject = subject_of(user.id, key);
    if opening == Opening::BindsAndActivates {
        events.push(Event::new(Action::KeyAssign, Outcome::Done).because("by-activation").about(subject.clone()));
    }
    let given = give_key(change, tools.vault, key, user, State::Active, now)?;
    let spent = change.end_activation(code.id, CodeState::Spent)?;
    if !given || !spent {
        // Within one IMMEDIATE transaction nobody can have been faster.
        return Err(Error::Store(crate::store::Error::Unexpected("a key changed under its own change".to_owned())));
    }
    let until = now.plus(tools.policy.new_pin_after_activation);
    change.begin_new_pin_mode(key.row, &new_pin_mode(tools.vault, key.id, user.id, until), now)?;
    events.push(Event::new(Action::Activate, Outcome::Accepted).about(subject));
    // With a key in hand he needs no list: it was in place of another one.
    if let Some(list) = change.read().emergency_of_user(user.id)? {
        let subject = Subject { user: Some(user.id), serial: Some(list.serial.clone()), ..Subject::default() };
        events.extend(emergencies::end(change, Some(list), Action::Activate.name(), subject, now)?);
    }
    let keeps_pin = super::replace::goes_on_with_pin(change.read(), key)?;
    Ok((if keeps_pin { Activated::WithPin } else { Activated::Yes }, Events::all(events)))
}

fn tell(facts: &Facts, outcome: Outcome) -> Event {
    let subject = match (&facts.user, &facts.key) {
        (Some(user), Some(key)) => subject_of(user.id, key),
        (Some(user), None) => Subject { user: Some(user.id), ..Subject::default() },
        (None, _) => Subject::default(),
    };
    Event::new(Action::Activate, outcome).about(subject)
}

fn refuse(facts: &Facts, login: &Login, vault: &crate::vault::Vault, refusal: Refusal) -> Event {
    let mut event = tell(facts, Outcome::Refused).because(refusal.name());
    if facts.user.is_none() {
        event.subject.unknown_login = Some(vault.hash_unknown_login(&login.folded()));
    }
    event
}

/// Kills a code at the last of the wrong tries that name the right serial.
fn kill_if_fatal(change: &Change<'_>, facts: &Facts) -> Result<Option<Event>, Error> {
    let Some((code, _)) = &facts.code else {
        return Ok(None);
    };
    let tries = change.read().tries_with_right_serial(code.id)?;
    if tries < FATAL_TRIES || !change.end_activation(code.id, CodeState::Killed)? {
        return Ok(None);
    }
    Ok(Some(tell(facts, Outcome::Alarm).because("activation-code-killed").counting(i64::from(tries))))
}
