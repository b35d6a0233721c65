//! Looking at what there is.

use super::keys::as_seen;
use super::replace::{self, goes_on_with_pin};
use super::reports::waits_until;
use super::story::Story;
use super::{Desk, Each, Error, Forecast, Keys};
use crate::activation::{Activation, State as CodeState};
use crate::audit::Record;
use crate::batch::Census as BatchCensus;
use crate::clock::{Seconds, UtcTime};
use crate::emergency::Emergency;
use crate::establishment::{Census, Establishment, Uai};
use crate::key::{Key, Serial, Succession};
use crate::pin;
use crate::store::{AuditFilter, Counted, KeyFilter, KeyOrder};
use crate::throttle::Tally;
use crate::user::{Login, User};

/// A key with what only operators may see: its counters.
#[derive(Debug)]
pub struct KeyInFull {
    /// The key, its PIN looked at now.
    pub key: Key,
    /// Its failures.
    pub tally: Tally,
    /// Until when attempts are turned away, if some are: of those from several sources, the ones that wait longest.
    pub waits_until: Option<UtcTime>,
    /// The emergency list that its user has in its place, if he has one.
    pub emergency: Option<Emergency>,
    /// What is foreseen of its clock.
    pub forecast: Forecast,
    /// The open replacement that it has part in.
    pub succession: Option<Succession>,
    /// What became of it.
    pub story: Story,
}

impl Desk<'_> {
    /// Lists keys by serial, their PINs looked at now, each read when its turn comes.
    ///
    /// # Errors
    /// [`Error`] when the establishment, user or batch of the filter does not exist.
    pub fn list_keys(&self, filter: &KeyFilter) -> Result<Keys<'_>, Error> {
        let view = self.store.read();
        if let Some(uai) = &filter.establishment {
            view.establishment(uai)?.ok_or_else(|| Error::UnknownEstablishment(uai.clone()))?;
        }
        if let Some(login) = &filter.login {
            view.user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
        }
        if let Some(batch) = filter.batch {
            view.batch(batch)?.ok_or(Error::UnknownBatch(batch))?;
        }
        Keys::of(view, filter, KeyOrder::Serial, self.now())
    }

    /// Shows one key with its counters.
    ///
    /// # Errors
    /// [`Error`] when it does not exist.
    pub fn show_key(&self, serial: &Serial) -> Result<KeyInFull, Error> {
        let view = self.store.read();
        let mut key = as_seen(view, super::keys::find(view, serial)?);
        let now = self.now();
        key.pin = key.pin.at(now);
        if key.pin.is_none() && goes_on_with_pin(view, &key)? {
            // There is none to be chosen, whatever an activation allows.
            key.pin = pin::Standing::None { until: None };
        }
        let tally = view.tally(Counted::Key(key.row), None, now)?;
        let waits_until = waits_until(view, key.row, now)?;
        let emergency = view.emergency_of_key(key.row)?.filter(|list| list.is_live(now));
        let forecast = Forecast::of(view, &key, &self.policy, now)?;
        let succession = replace::seen(view, view.succession_with(key.row)?)?;
        let story = Story::of(view, &key, emergency.as_ref(), now)?;
        Ok(KeyInFull { key, tally, waits_until, emergency, forecast, succession, story })
    }

    /// Lists the establishments, each with its users and keys counted.
    ///
    /// # Errors
    /// [`Error`].
    pub fn list_establishments(&self) -> Result<Vec<Census>, Error> {
        Ok(self.store.read().censuses()?)
    }

    /// Counts the users and keys of an establishment.
    ///
    /// # Errors
    /// [`Error`] when it does not exist.
    pub fn count_establishment(&self, uai: &Uai) -> Result<Census, Error> {
        self.store.read().census(uai)?.ok_or_else(|| Error::UnknownEstablishment(uai.clone()))
    }

    /// Shows one establishment.
    ///
    /// # Errors
    /// [`Error`] when it does not exist.
    pub fn show_establishment(&self, uai: &Uai) -> Result<Establishment, Error> {
        self.store.read().establishment(uai)?.ok_or_else(|| Error::UnknownEstablishment(uai.clone()))
    }

    /// Lists the users, of one establishment or of all, by login, each with his key and read when his turn comes.
    ///
    /// # Errors
    /// [`Error`] when the establishment does not exist.
    pub fn list_users(&self, establishment: Option<&Uai>) -> Result<Each<'_, (User, Option<Key>)>, Error> {
        if let Some(uai) = establishment {
            self.show_establishment(uai)?;
        }
        let view = self.store.read();
        let with_key = move |id| {
            let Some(user) = view.user_at(id)? else { return Ok(None) };
            let key = view.key_of_user(user.id)?.map(|key| as_seen(view, key));
            Ok(Some((user, key)))
        };
        Ok(Each::of(view.user_rows(establishment)?, with_key))
    }

    /// Shows one user with his key.
    ///
    /// # Errors
    /// [`Error`] when he does not exist.
    pub fn show_user(&self, login: &Login) -> Result<(User, Option<Key>), Error> {
        let view = self.store.read();
        let user = view.user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
        let key = view.key_of_user(user.id)?.map(|key| as_seen(view, key));
        Ok((user, key))
    }

    /// Lists the activation codes, the newest first, each with what has become of it and read when its turn comes.
    ///
    /// # Errors
    /// [`Error`] when the user does not exist.
    pub fn list_activations(&self, login: Option<&Login>) -> Result<Each<'_, (Activation, CodeState)>, Error> {
        if let Some(login) = login {
            self.show_user(login)?;
        }
        let (view, now) = (self.store.read(), self.now());
        let with_state = move |id| {
            let found = view.activation_at(id)?;
            Ok(found.map(|(activation, _)| {
                let state = activation.state_at(now);
                (activation, state)
            }))
        };
        Ok(Each::of(view.activation_rows(login)?, with_state))
    }

    /// Lists the imports, the newest first.
    ///
    /// # Errors
    /// [`Error`].
    pub fn list_batches(&self) -> Result<Vec<BatchCensus>, Error> {
        Ok(self.store.read().batches()?)
    }

    /// Shows one import with its keys.
    ///
    /// # Errors
    /// [`Error`] when it does not exist.
    pub fn show_batch(&self, id: i64) -> Result<(BatchCensus, Keys<'_>), Error> {
        let view = self.store.read();
        let batch = view.batch(id)?.ok_or(Error::UnknownBatch(id))?;
        let filter = KeyFilter { batch: Some(id), ..KeyFilter::default() };
        Ok((batch, Keys::of(view, &filter, KeyOrder::Serial, self.now())?))
    }

    /// Lists events, the newest last, each read when its turn comes.
    ///
    /// # Errors
    /// [`Error`].
    pub fn list_audit(&self, filter: &AuditFilter) -> Result<Each<'_, Record>, Error> {
        let (view, now) = (self.store.read(), self.now());
        Ok(Each::of(view.audit_rows(filter, now)?, move |seq| Ok(view.event_at(seq, now)?)))
    }

    /// Gives the time that an answer speaks of.
    pub fn moment(&self) -> UtcTime {
        self.now()
    }

    /// Gives the seconds until a key's display changes; none when it changes by a press of its button.
    pub fn seconds_left(&self, key: &Key) -> Option<Seconds> {
        key.parameters.seconds_left(self.now())
    }
}
