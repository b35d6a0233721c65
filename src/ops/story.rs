//! What became of a key: since when it is what it is, who had it, and what ends next.

use super::Error;
use crate::activation::State as CodeState;
use crate::audit::{Action, Outcome, Record};
use crate::clock::UtcTime;
use crate::emergency::Emergency;
use crate::key::{Key, State};
use crate::otp::Step;
use crate::pin;
use crate::store::{AuditFilter, View};
use crate::user::Login;

/// Somebody who had a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// Who.
    pub login: Login,
    /// Since when, so far as the audit goes back.
    pub from: Option<UtcTime>,
    /// Until when, if he has it no more.
    pub until: Option<UtcTime>,
    /// He was removed, and the login may be somebody else's by now.
    pub has_left: bool,
}

/// Something that ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// The key's own dates.
    Validity,
    /// An activation code for it.
    ActivationCode,
    /// A PIN that nobody has used.
    ProvisionalPin,
    /// The time to choose a PIN.
    NewPin,
    /// The emergency list in its place.
    Emergency,
}

impl Ending {
    /// Gives the stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Validity => "validity",
            Self::ActivationCode => "activation-code",
            Self::ProvisionalPin => "provisional-pin",
            Self::NewPin => "new-pin",
            Self::Emergency => "emergency",
        }
    }
}

/// What became of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Since when it is in its state.
    pub since: Option<UtcTime>,
    /// Who had it, the newest first.
    pub holders: Vec<Tenure>,
    /// The file that it came in with, and when that was.
    pub file: Option<(String, UtcTime)>,
    /// What ends next, if anything does.
    pub next: Option<(UtcTime, Ending)>,
}

impl Story {
    /// Gathers it: the past out of the audit, as far as it exists for the operator.
    pub(super) fn of(view: View<'_>, key: &Key, emergency: Option<&Emergency>, now: UtcTime) -> Result<Self, Error> {
        let done =
            AuditFilter { serial: Some(key.serial.clone()), outcome: Some(Outcome::Done), ..AuditFilter::default() };
        let events = view.audit(&done, now)?;
        let changed = events.iter().rev().find(|record| changes_state(record.event.action)).map(|record| record.at);
        let is_purged = view.audit_stub()?.is_some();
        let mut holders = tenures(&events);
        let is_open = holders.last().is_some_and(|last| last.until.is_none());
        if let Some(holder) = key.holder.as_ref().filter(|_| is_purged && !is_open) {
            // The event that tells of it was deleted when its time was over.
            holders.push(Tenure { login: holder.login.clone(), from: None, until: None, has_left: false });
        }
        // A key that a leaver did not bring back is his no more from its loss on.
        if let Some(last) = holders.last_mut().filter(|last| last.until.is_none() && key.holder.is_none()) {
            last.until = changed;
        }
        let mut known = Vec::with_capacity(holders.len());
        for tenure in holders.drain(..).rev() {
            let exists = if tenure.has_left { view.sees_all() } else { view.user(&tenure.login)?.is_some() };
            if exists {
                known.push(tenure);
            }
        }
        // The key exists for who asks, and so does its file; its keys, a million perhaps, are not counted.
        let file = view.batch_alone(key.batch)?.map(|batch| (batch.file_name, batch.imported_at));
        let activated = key.activated_at.filter(|_| key.state == State::Active);
        // What came to pass elsewhere is not told here, and a key that was in use is not said to have lain in stock all the time.
        let tells_all = view.sees_all() && !is_purged;
        let never_used = tells_all || (key.state == State::Stock && key.watermark == Step::NEVER);
        let imported = file.as_ref().map(|(_, at)| *at).filter(|_| never_used);
        let since = changed.max(activated).or(imported);
        Ok(Self { since, holders: known, file, next: next_ending(view, key, emergency, now)? })
    }
}

const fn changes_state(action: Action) -> bool {
    matches!(
        action,
        Action::KeyAssign
            | Action::KeyUnassign
            | Action::KeyReturn
            | Action::KeySuspend
            | Action::KeyResume
            | Action::KeyLost
            | Action::KeyFound
            | Action::KeyRestore
            | Action::KeyRetire
    )
}

/// Reads out of the events of a key, in their order, who had it and from when to when, the oldest first.
fn tenures(events: &[Record]) -> Vec<Tenure> {
    let mut tenures: Vec<Tenure> = Vec::new();
    for record in events {
        match record.event.action {
            Action::KeyAssign => {
                let (from, has_left) = (Some(record.at), record.has_left);
                tenures.extend(record.login.clone().map(|login| Tenure { login, from, until: None, has_left }));
            }
            Action::KeyUnassign | Action::KeyReturn | Action::KeyFound | Action::KeyRetire => {
                let (until, has_left) = (Some(record.at), record.has_left);
                match tenures.last_mut() {
                    Some(last) if last.until.is_none() => last.until = until,
                    // He had it before the audit begins.
                    None => {
                        let login = record.login.clone();
                        tenures.extend(login.map(|login| Tenure { login, from: None, until, has_left }));
                    }
                    Some(_) => {}
                }
            }
            _ => {}
        }
    }
    tenures
}

/// Finds what ends next of all that ends by itself.
fn next_ending(
    view: View<'_>,
    key: &Key,
    emergency: Option<&Emergency>,
    now: UtcTime,
) -> Result<Option<(UtcTime, Ending)>, Error> {
    let mut endings = Vec::new();
    endings.extend(key.validity.not_after.filter(|_| key.state != State::Retired).map(|at| (at, Ending::Validity)));
    let codes = view.activations_of_key(key.row)?.into_iter().filter(|code| code.state_at(now) == CodeState::Live);
    endings.extend(codes.map(|code| (code.expires_at, Ending::ActivationCode)));
    endings.extend(emergency.map(|list| (list.expires_at, Ending::Emergency)));
    endings.extend(match key.pin.at(now) {
        pin::Standing::None { until } => until.filter(|_| key.state == State::Active).map(|at| (at, Ending::NewPin)),
        pin::Standing::Provisional { until, .. } | pin::Standing::Changed { until } => {
            Some((until, Ending::ProvisionalPin))
        }
        pin::Standing::Set => None,
    });
    endings.retain(|(at, _)| *at >= now);
    Ok(endings.into_iter().min())
}
