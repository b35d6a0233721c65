//! What the vault vouches for beside rows that anybody can edit who writes to the database: whose a key is and under which login, and
//! until when a PIN may be chosen for it.

use super::Error;
use crate::clock::UtcTime;
use crate::key::{Key, KeyId, State};
use crate::pin::{self, Owner};
use crate::store::{Change, NewPinMode, Secrets};
use crate::user::{Login, User, UserId};
use crate::vault::Vault;
use subtle::ConstantTimeEq;

/// Refuses a key that the vault does not know as a user's under this login, or for which it has not let a PIN be chosen now. The login is
/// the one that was asked for, and not what a row says.
///
/// # Errors
/// [`Error::HolderTampered`], [`Error::NewPinTampered`].
pub(super) fn vouch_for(
    vault: &Vault,
    (user, login): (UserId, &Login),
    (key, secrets): (&Key, &Secrets),
    now: UtcTime,
) -> Result<(), Error> {
    let owner = Owner { key: key.id, user };
    let is_sealed = |seal: Option<[u8; 32]>, right: [u8; 32]| seal.is_some_and(|seal| seal.ct_eq(&right).into());
    if !is_sealed(secrets.holder_seal, vault.seal_holder(&owner, login)) {
        return Err(Error::HolderTampered(key.serial.clone()));
    }
    // A while that has passed opens nothing, whoever wrote it.
    match key.pin.at(now) {
        pin::Standing::None { until: Some(until) }
            if now <= until && !is_sealed(secrets.new_pin_seal, vault.seal_new_pin_mode(&owner, until)) =>
        {
            Err(Error::NewPinTampered(key.serial.clone()))
        }
        _ => Ok(()),
    }
}

/// Gives a key to a user, and has the vault vouch for it. Tells whether the key still stood as it was looked at.
pub(super) fn give_key(
    change: &Change<'_>,
    vault: &Vault,
    key: &Key,
    user: &User,
    state: State,
    now: UtcTime,
) -> Result<bool, Error> {
    let seal = vault.seal_holder(&Owner { key: key.id, user: user.id }, &user.login);
    Ok(change.give_key(key, user.id, &seal, state, now)?)
}

/// Lets a PIN be chosen for a user's key by its codes alone, until a moment.
pub(super) fn new_pin_mode(vault: &Vault, key: KeyId, user: UserId, until: UtcTime) -> NewPinMode {
    NewPinMode { until, seal: vault.seal_new_pin_mode(&Owner { key, user }, until) }
}
