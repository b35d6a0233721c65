//! What only the vault can tell: whether the seeds are those of their keys, whose these are, who is entrusted with what, and whether the
//! chain of events is whole.

use super::super::OpenError;
use super::super::audit::verify;
use super::super::vouch::vouch_for;
use super::{Health, Part, Trouble};
use crate::clock::UtcTime;
use crate::key::Open;
use crate::store::{self, Examination};
use crate::vault::{Vault, VaultKey};

/// Looks at what the vault key opens, when it opens the vault.
pub(super) fn look_into(
    examination: &Examination,
    (key_file, waiting): (&[u8], Option<&[u8]>),
    now: UtcTime,
    health: &mut Health,
) {
    let by_waiting = || waiting.and_then(|waiting| unlock(examination, waiting).ok());
    let (vault, troubles) = match unlock(examination, key_file) {
        Ok(vault) => (vault, waiting.map(|_| Trouble::KeyLeftOver)),
        Err(OpenError::Store(error)) => return health.looked(Part::Vault, Err(error)),
        Err(error) => match by_waiting() {
            Some(vault) => (vault, Some(Trouble::KeyNotPlaced)),
            None => return health.found(Part::Vault, vec![error.into()]),
        },
    };
    health.found(Part::Vault, troubles.into_iter().collect());
    match look_at_keys(examination, &vault, now) {
        Ok((seeds, holders)) => {
            health.found(Part::Seeds, seeds);
            health.found(Part::Seals, holders);
            health.looked(Part::Seals, look_at_logins(examination));
            health.looked(Part::Seals, look_at_mandates(examination, &vault));
        }
        Err(error) => health.looked(Part::Seeds, Err(error)),
    }
    let chain = verify(examination.read(), &vault, Vec::new()).map(|verified| {
        let broken = verified.chain.first_bad.is_some().then_some(Trouble::Chain(verified));
        broken.into_iter().chain(verified.is_cut.then_some(Trouble::Cut(verified))).collect()
    });
    health.looked(Part::Audit, chain);
}

fn unlock(examination: &Examination, key_file: &[u8]) -> Result<Vault, OpenError> {
    let key = VaultKey::parse(key_file)?;
    Ok(Vault::unlock(&key, &examination.envelope()?)?)
}

/// Those that are wrong, counted: there may be as many as there are keys, and the first is enough to look for.
struct Wrong<T> {
    count: usize,
    first: Option<T>,
}

impl<T> Wrong<T> {
    const NONE: Self = Self { count: 0, first: None };

    fn add(&mut self, one: T) {
        self.count = self.count.saturating_add(1);
        self.first.get_or_insert(one);
    }

    fn told(self, tell: impl FnOnce(usize, T) -> Trouble) -> Vec<Trouble> {
        let Self { count, first } = self;
        first.map(|first| tell(count, first)).into_iter().collect()
    }
}

/// Opens the seeds of all keys, and asks the vault for their holders: what is wrong with these, and with those.
fn look_at_keys(
    examination: &Examination,
    vault: &Vault,
    now: UtcTime,
) -> Result<(Vec<Trouble>, Vec<Trouble>), store::Error> {
    let (mut seeds, mut holders, mut impossible) = (Wrong::NONE, Wrong::NONE, None);
    examination.walk_keys(|key| match key {
        Ok((key, secrets)) => {
            if let Err(tampered) = vault.open_seed(&secrets.seed, &key.identity()) {
                seeds.add(tampered.serial);
            }
            let holder = key.holder.as_ref().map(|holder| (holder.user, &holder.login));
            if holder.is_some_and(|holder| vouch_for(vault, holder, (&key, &secrets), now).is_err()) {
                holders.add(key.serial);
            }
        }
        Err(error) => {
            impossible.get_or_insert(error);
        }
    })?;
    let mut closed = seeds.told(|count, first| Trouble::Seeds { count, first });
    closed.extend(impossible.map(Trouble::from));
    Ok((closed, holders.told(|count, first| Trouble::Holders { count, first })))
}

fn look_at_logins(examination: &Examination) -> Result<Vec<Trouble>, store::Error> {
    Ok(examination
        .logins_sought_by_others()?
        .map(|(count, first)| Trouble::Logins { count, first })
        .into_iter()
        .collect())
}

fn look_at_mandates(examination: &Examination, vault: &Vault) -> Result<Vec<Trouble>, store::Error> {
    let mut forged = Wrong::NONE;
    for mandate in examination.read().mandates_not_ended()? {
        if !mandate.bears_seal_of(vault) {
            forged.add(mandate.name);
        }
    }
    Ok(forged.told(|count, first| Trouble::Mandates { count, first }))
}
