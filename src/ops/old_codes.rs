//! Taking in activation codes that an earlier system issued: kept as keyed hashes, like any.

use super::activations::{Bound, choose_key, live_code};
use super::directory::{Planned, Row};
use super::rows::AllOrNone;
use super::{Desk, Error};
use crate::activation::{ActivationCode, LONGEST_LIFE};
use crate::clock::{Seconds, UtcTime};
use crate::key::Serial;
use crate::user::Login;

/// A code that an earlier system issued.
#[derive(Debug)]
pub struct OldCode {
    /// Whose it is.
    pub login: Login,
    /// The code: a secret.
    pub code: ActivationCode,
    /// The key that it is bound to, if it is bound to one.
    pub serial: Option<Serial>,
    /// Its last moment; without one it lives as long as a new code.
    pub expires_at: Option<UtcTime>,
}

impl Desk<'_> {
    /// Takes codes in, all or none; as a trial, none. A code that the user has or ever had here is passed over: none that was
    /// spent or withdrawn comes to life again.
    ///
    /// # Errors
    /// [`Error`]; what is wrong with the rows is an answer.
    pub fn import_codes(&mut self, rows: &[Row<OldCode>], is_trial: bool) -> Result<AllOrNone<Planned>, Error> {
        let (now, vault, life) = (self.now(), self.vault, self.policy.activation_life);
        let latest = now.plus(Seconds::days(LONGEST_LIFE));
        self.store.expect_many_rows()?;
        self.each(rows, is_trial, |change, old| {
            let view = change.read();
            let user = view.user(&old.login)?.ok_or_else(|| Error::UnknownUser(old.login.clone()))?;
            if view.knows_activation(user.id, &vault.hash_activation_code(user.id, &user.login, old.code.expose()))? {
                return Ok((Planned::Identical, Vec::new()));
            }
            if !user.enabled {
                return Err(Error::UserDisabled(user.login));
            }
            let key = choose_key(view, &user, old.serial.as_ref(), now)?;
            if live_code(view, user.id, now)?.is_some() {
                return Err(Error::CodeIsWaiting(user.login));
            }
            let expires_at = match old.expires_at {
                Some(at) if at <= now => return Err(Error::CodeHasExpired(at)),
                Some(at) if at > latest => return Err(Error::CodeLivesTooLong { days: LONGEST_LIFE }),
                Some(at) => at,
                None => now.plus(life),
            };
            let bound = Bound::of(&user, key.as_ref()).issued_elsewhere();
            Ok((Planned::Added, vec![bound.issue(change, vault, &old.code, expires_at, now)?]))
        })
    }
}
