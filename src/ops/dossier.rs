//! All that is known of one person, for whoever asks what is kept of him (article 15 of the GDPR).

use super::leavers::find_whole;
use super::{Desk, Error};
use crate::activation::{Activation, State as CodeState};
use crate::audit::{Action, Event, Events, Outcome, Record, Subject};
use crate::emergency::{Emergency, State as ListState};
use crate::key::Key;
use crate::store::{AuditFilter, Tried};
use crate::user::{Left, Login, User};

/// All that is known of a user, but the hashes of his secrets.
#[derive(Debug)]
pub struct Dossier {
    /// The user.
    pub user: User,
    /// When he left, if he did.
    pub left: Option<Left>,
    /// His keys.
    pub keys: Vec<Key>,
    /// His activation codes, with what has become of each.
    pub activations: Vec<(Activation, CodeState)>,
    /// His emergency lists, with what has become of each.
    pub emergencies: Vec<(Emergency, ListState)>,
    /// From where he tried his keys.
    pub tries: Vec<Tried>,
    /// The events about him.
    pub events: Vec<Record>,
}

impl Desk<'_> {
    /// Gives all that is known of a user, or of the last one of this login who has left and whose name is not erased; that this was
    /// given out is an event of its own.
    ///
    /// # Errors
    /// [`Error`] when he is unknown, or belongs to establishments of others too.
    pub fn export_user(&mut self, login: &Login) -> Result<Dossier, Error> {
        let now = self.now();
        self.store.change(now, |change| {
            let view = change.read();
            let (user, left) = match find_whole(view, login) {
                Ok(user) => (user, None),
                Err(Error::UnknownUser(login)) => {
                    let (user, left) = view.leaver(&login, now)?.ok_or(Error::UnknownUser(login))?;
                    (user, Some(left))
                }
                Err(error) => return Err(error),
            };
            let is_present = left.is_none();
            let codes = if is_present { view.activations(login)? } else { Vec::new() };
            let lists = if is_present { view.emergencies(login)? } else { Vec::new() };
            let at = now;
            let keys = view.all_keys_of_user(user.id)?.into_iter().map(|key| Key { pin: key.pin.at(at), ..key });
            let subject = Subject {
                establishment: user.establishments.first().cloned(),
                user: Some(user.id),
                ..Subject::default()
            };
            let dossier = Dossier {
                left,
                keys: keys.collect(),
                activations: codes.into_iter().map(|code| (code.clone(), code.state_at(now))).collect(),
                emergencies: lists.into_iter().map(|list| (list.clone(), list.state_at(now))).collect(),
                tries: view.tries_of_user(user.id)?,
                events: view.audit(&AuditFilter { user: Some(user.id), ..AuditFilter::default() }, now)?,
                user,
            };
            Ok((dossier, Events::one(Event::new(Action::UserExport, Outcome::Done).about(subject))))
        })
    }
}
