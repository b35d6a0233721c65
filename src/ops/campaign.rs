//! A campaign: activation codes for a whole list of users, in one change.
//!
//! Codes are kept as hashes only: lost on their way to paper they are lost for ever. So a campaign is judged and its codes are
//! drawn first; whoever runs it writes them down, safe on the disk; and then the change makes them good, or none of them.

use super::activations::{Bound, Issued, choose_key, live_code, to_be_activated};
use super::directory::Row;
use super::replace::goes_on_with_pin;
use super::slips::place_of_handover;
use super::{Desk, Error};
use crate::activation::{Activation, ActivationCode};
use crate::audit::{Action, Event, Events, Outcome};
use crate::clock::UtcTime;
use crate::establishment::Establishment;
use crate::key::{Key, Serial, State};
use crate::store::{Error as StoreError, View};
use crate::user::{Login, User};

/// Somebody who is to get a code.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The user.
    pub login: Login,
    /// The key that the code is for; else it is the one that he was assigned, if he was.
    pub serial: Option<Serial>,
}

/// How a campaign is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Who has a live code gets another one, and that one ends.
    pub reissue: bool,
    /// A code is issued for a key only.
    pub needs_keys: bool,
}

/// What a campaign does for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// He gets a code.
    First,
    /// He gets another code, and his live one ends.
    Again,
    /// Nothing: he has a live code, until then.
    Waiting(UtcTime),
    /// Nothing: he has activated his key.
    Activated,
}

impl Turn {
    /// Tells whether he gets a code.
    pub const fn issues(self) -> bool {
        matches!(self, Self::First | Self::Again)
    }
}

/// A row of a campaign, judged.
#[derive(Debug)]
pub struct Invitation {
    /// The line of the list.
    pub line: u64,
    /// The user.
    pub user: User,
    /// Where he is handed his key.
    pub establishment: Option<Establishment>,
    /// The key.
    pub key: Option<Key>,
    /// He goes on with the PIN of the key whose place it takes.
    pub keeps_pin: bool,
    /// What is done for him.
    pub turn: Turn,
    /// His code, once it is drawn.
    pub issued: Option<Issued>,
}

/// A campaign that was judged.
#[derive(Debug)]
pub struct Campaign {
    /// Its rows, in the order of the list.
    pub invitations: Vec<Invitation>,
    rows: Vec<Row<Invited>>,
    terms: Terms,
    at: UtcTime,
}

impl Desk<'_> {
    /// Judges a campaign; nothing is changed.
    ///
    /// # Errors
    /// [`Error`] of the database; what is wrong with the rows is an answer.
    pub fn plan_campaign(
        &self,
        rows: Vec<Row<Invited>>,
        terms: Terms,
    ) -> Result<Result<Campaign, Vec<Row<Error>>>, Error> {
        let at = self.now();
        let (mut invitations, mut refused) = (Vec::new(), Vec::new());
        for row in &rows {
            match judge(self.store.read(), row, terms, at) {
                Ok(invitation) => invitations.push(invitation),
                Err(error) if error.is_about_a_row() => refused.push(Row { line: row.line, value: error }),
                Err(error) => return Err(error),
            }
        }
        Ok(if refused.is_empty() { Ok(Campaign { invitations, rows, terms, at }) } else { Err(refused) })
    }

    /// Draws the codes of a campaign. None is good before [`Desk::issue_campaign`].
    ///
    /// # Errors
    /// [`Error::NoRandomness`].
    pub fn draw_codes(&self, campaign: &mut Campaign) -> Result<(), Error> {
        let expires_at = campaign.at.plus(self.policy.activation_life);
        for invitation in campaign.invitations.iter_mut().filter(|invitation| invitation.turn.issues()) {
            invitation.issued = Some(Issued {
                login: invitation.user.login.clone(),
                serial: invitation.key.as_ref().map(|key| key.serial.clone()),
                code: ActivationCode::draw(self.random)?,
                expires_at,
            });
        }
        Ok(())
    }

    /// Makes the codes of a campaign good, all of them or none.
    ///
    /// # Errors
    /// [`Error`]; that the database is busy, when a row is not any more as it was judged.
    pub fn issue_campaign(&mut self, campaign: &Campaign) -> Result<(), Error> {
        let (now, vault) = (self.now(), self.vault);
        if campaign.invitations.iter().all(|invitation| invitation.issued.is_none()) {
            return Ok(());
        }
        self.store.expect_many_rows()?;
        self.store.change(now, |change| {
            let mut events = Vec::new();
            for (row, planned) in campaign.rows.iter().zip(&campaign.invitations) {
                let present = judge(change.read(), row, campaign.terms, campaign.at)?;
                if !present.is_as(planned) {
                    return Err(Error::Store(StoreError::Busy));
                }
                let Some(issued) = &planned.issued else { continue };
                let bound = Bound::of(&planned.user, planned.key.as_ref());
                events.push(bound.issue(change, vault, &issued.code, issued.expires_at, now)?);
            }
            let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
            events.push(Event::new(Action::ActivationCampaign, Outcome::Done).counting(count));
            Ok(((), Events::all(events)))
        })
    }
}

impl Invitation {
    /// Tells whether two judgements of a row are the same.
    fn is_as(&self, other: &Self) -> bool {
        let key = |invitation: &Self| invitation.key.as_ref().map(|key| (key.row, key.version));
        (self.user.id, self.turn, key(self)) == (other.user.id, other.turn, key(other))
    }
}

fn judge(view: View<'_>, row: &Row<Invited>, terms: Terms, at: UtcTime) -> Result<Invitation, Error> {
    let Invited { login, serial } = &row.value;
    let user = view.user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
    if !user.enabled {
        return Err(Error::UserDisabled(user.login));
    }
    let owned = match serial {
        // Of two keys, one of which takes the place of the other, it may be either.
        Some(named) => view.keys_of_user(user.id)?.into_iter().find(|owned| owned.serial == *named),
        None => to_be_activated(view, &user)?,
    };
    let (key, turn) = match owned.filter(|owned| owned.state != State::Assigned) {
        Some(owned) => (Some(owned), Turn::Activated),
        None => {
            let key = choose_key(view, &user, serial.as_ref(), at)?;
            let live = live_code(view, user.id, at)?;
            let turn = turn_of(&user, key.as_ref(), live.as_ref(), terms)?;
            (key, turn)
        }
    };
    if terms.needs_keys && turn.issues() && key.is_none() {
        return Err(Error::UserHasNoKey(user.login));
    }
    let establishment = place_of_handover(view, &user, key.as_ref())?;
    let keeps_pin = key.as_ref().map(|key| goes_on_with_pin(view, key)).transpose()?.unwrap_or_default();
    Ok(Invitation { line: row.line, user, establishment, key, keeps_pin, turn, issued: None })
}

/// Decides what is done for somebody who has not activated his key.
fn turn_of(user: &User, key: Option<&Key>, live: Option<&Activation>, terms: Terms) -> Result<Turn, Error> {
    match (live, key) {
        (None, _) => Ok(Turn::First),
        (Some(_), _) if terms.reissue => Ok(Turn::Again),
        (Some(code), Some(key)) if !opens(code, key) => {
            Err(Error::CodeForAnotherKey { login: user.login.clone(), serial: key.serial.clone() })
        }
        (Some(code), _) => Ok(Turn::Waiting(code.expires_at)),
    }
}

/// Tells whether a live code of a user activates a key that is his, or is to be.
fn opens(code: &Activation, key: &Key) -> bool {
    match &code.serial {
        Some(bound) => *bound == key.serial,
        None => key.state == State::Assigned,
    }
}
