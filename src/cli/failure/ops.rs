//! What went wrong in the procedures, the database and the vault.

use super::{Exit, Failure};
use crate::cli::locale::Value;
use crate::establishment::Uai;
use crate::key::{Remedy, Serial, State};
use crate::operator::Role;
use crate::ops::{AuditError, Error, NotRestored, OpenError, StoreError, Unfit, WrongClock};
use crate::user::Login;
use crate::vault::UnlockError;

/// Gives what is said of our own clock when it is wrong: keys that are ahead of it show that it is behind.
pub fn words_of_clock(wrong: WrongClock) -> [(&'static str, Value); 3] {
    let side = if wrong.wrong_by > 0 { "behind" } else { "ahead" };
    [("side", side.into()), ("minutes", wrong.wrong_by.saturating_abs().into()), ("since", wrong.since.into())]
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing => Self::new(Exit::Missing, "no-database"),
            StoreError::Damaged => Self::new(Exit::InputOutput, "database-damaged"),
            StoreError::Foreign => Self::new(Exit::Configuration, "database-foreign"),
            StoreError::Newer { found, known } => {
                Self::new(Exit::Configuration, "database-newer").with("found", found).with("known", known)
            }
            StoreError::Impossible { table, column } => {
                Self::new(Exit::Defect, "database-impossible").with("table", table).with("column", column)
            }
            StoreError::Busy => Self::new(Exit::Busy, "database-busy"),
            StoreError::Full => Self::new(Exit::InputOutput, "disk-full"),
            StoreError::ReadOnly => Self::new(Exit::InputOutput, "database-read-only"),
            StoreError::CannotOpen => Self::new(Exit::InputOutput, "database-cannot-open"),
            StoreError::Io => Self::new(Exit::InputOutput, "database-io"),
            StoreError::NoMemory => Self::new(Exit::NoMemory, "database-no-memory"),
            StoreError::Rule(_) | StoreError::Unexpected(_) => Self::new(Exit::Defect, "database-unexpected"),
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Store(error) => error.into(),
            OpenError::KeyFile(_) => Self::new(Exit::Configuration, "vault-key-malformed"),
            OpenError::Vault(UnlockError::OtherKey { needed, given }) => {
                Self::new(Exit::Configuration, "vault-key-other").about("needed", needed).about("given", given)
            }
            OpenError::Vault(UnlockError::Tampered) => Self::new(Exit::Defect, "vault-tampered"),
        }
    }
}

impl From<AuditError> for Failure {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::CheckpointOfAnother { number } => {
                Self::new(Exit::Data, "checkpoint-of-another").about("number", number)
            }
            AuditError::CheckpointForged { number } => {
                Self::new(Exit::Data, "checkpoint-forged").about("number", number)
            }
            AuditError::StillKept { until } => {
                Self::new(Exit::Forbidden, "audit-still-kept").with("until", Value::Time(until))
            }
            AuditError::NotIntact => Self::new(Exit::Forbidden, "audit-not-intact"),
            AuditError::ClockBehind { newest } => {
                Self::new(Exit::Forbidden, "clock-behind-audit").with("newest", Value::Time(newest))
            }
            AuditError::ClockNotShown => Self::new(Exit::Forbidden, "clock-not-shown"),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Store(error) => error.into(),
            Error::Counted(error) => counted(error),
            Error::TooManyWaiting { most } => Self::new(Exit::Busy, "too-many-waiting").about("most", most),
            Error::NoRandomness(error) => error.into(),
            Error::Broken => Self::new(Exit::Defect, "work-broken"),
            Error::Hashing(_) => Self::new(Exit::NoMemory, "hashing-failed"),
            Error::Tampered(tampered) => Self::new(Exit::Defect, "seed-tampered").about("serial", tampered.serial),
            Error::HolderTampered(serial) => Self::new(Exit::Defect, "holder-tampered").about("serial", serial),
            Error::NewPinTampered(serial) => Self::new(Exit::Defect, "new-pin-tampered").about("serial", serial),
            Error::MandateTampered(account) => Self::new(Exit::Defect, "mandate-tampered").with("account", account),
            Error::VaultKeyChanged => Self::new(Exit::Busy, "vault-key-changed"),
            Error::VaultTampered => Self::new(Exit::Defect, "vault-tampered"),
            Error::Unreadable(reason) => Self::new(Exit::InputOutput, "cannot-read").with("reason", reason),
            Error::RejectsNotWritten(kind) => Self::cannot_write(&kind.into()),
            Error::UnknownUser(login) => Self::new(Exit::Missing, "user-unknown").about("login", login),
            Error::UnknownKey(serial) => Self::new(Exit::Missing, "key-unknown").about("serial", serial),
            Error::UnknownEstablishment(uai) => Self::new(Exit::Missing, "establishment-unknown").about("uai", uai),
            Error::Audit(error) => error.into(),
            Error::UnknownBatch(id) => Self::new(Exit::Missing, "batch-unknown").with("id", id),
            Error::BatchLeftStock { id, keys, left, serials } => {
                let serials = listed(&serials);
                let more = if left > 3 { "yes" } else { "no" };
                Self::new(Exit::Forbidden, "batch-left-stock")
                    .with("id", id)
                    .with("keys", keys)
                    .with("left", left)
                    .with("serials", serials)
                    .with("more", more)
            }
            Error::BatchPromised { id, serial, login } => Self::new(Exit::Forbidden, "batch-promised")
                .with("id", id)
                .about("serial", serial)
                .about("login", login),
            Error::ClockWrong(wrong) => words_of_clock(wrong)
                .into_iter()
                .fold(Self::new(Exit::Forbidden, "clock-wrong"), |failure, (name, value)| failure.with(name, value)),
            Error::BatchNotInStock(id) => Self::new(Exit::Forbidden, "batch-not-in-stock").with("id", id),
            Error::UnknownUserOrKey(text) => Self::new(Exit::Missing, "user-or-key-unknown").with("text", text),
            Error::UnknownOperator(account) => {
                Self::new(Exit::NotPermitted, "not-an-operator").with("account", account)
            }
            Error::NotPermitted { account, role } => Self::new(Exit::NotPermitted, "not-permitted")
                .with("account", account)
                .with("role", Value::word(format!("a-role-{}", role.name()))),
            Error::NoSuchOperator(account) => Self::new(Exit::Missing, "operator-unknown").with("account", account),
            Error::LastAdmin(account) => Self::new(Exit::Forbidden, "last-admin").with("account", account),
            Error::RootIsAdmin(account) => Self::new(Exit::Forbidden, "root-is-admin").with("account", account),
            Error::RoleWithoutEstablishment(role) => {
                Self::new(Exit::Usage, "role-without-establishment").with("role", role_word(role))
            }
            Error::RoleForAll(role) => Self::new(Exit::Usage, "role-for-all").with("role", role_word(role)),
            Error::UntilIsPast => Self::new(Exit::Usage, "until-is-past"),
            Error::UserExists(login) => Self::new(Exit::Forbidden, "user-exists").about("login", login),
            Error::EstablishmentExists(uai) => Self::new(Exit::Forbidden, "establishment-exists").about("uai", uai),
            Error::UserDisabled(login) => Self::new(Exit::Forbidden, "user-disabled").about("login", login),
            Error::UserOfOthersToo { login, establishments } => {
                let uais = listed(&establishments);
                Self::new(Exit::Forbidden, "user-of-others-too").about("login", login).with("uais", uais)
            }
            Error::UserNotOf { login, uai } => {
                Self::new(Exit::Forbidden, "user-not-of").about("login", login).about("uai", uai)
            }
            Error::UserAlreadyOf { login, uai } => {
                Self::new(Exit::Forbidden, "user-already-of").about("login", login).about("uai", uai)
            }
            Error::UserOfSeveral { login, establishments } => {
                let uais = listed(&establishments);
                Self::new(Exit::Forbidden, "user-of-several").about("login", login).with("uais", uais)
            }
            Error::UserOfNone(login) => Self::new(Exit::Forbidden, "user-of-none").about("login", login),
            Error::KeyStaysBehind { serial, login } => {
                Self::new(Exit::Forbidden, "key-stays-behind").about("serial", serial).about("login", login)
            }
            Error::UserHasNoKey(login) => Self::new(Exit::Forbidden, "user-has-no-key").about("login", login),
            Error::UserHasKey { login, serial, state } => Self::new(Exit::Forbidden, "user-has-a-key")
                .about("login", login)
                .about("serial", serial)
                .with("state", state_word(state)),
            Error::SeveralKeys { login, old, new } => two_keys("several-keys", login, old, new),
            Error::ReplacementOpen { login, old, new } => two_keys("replacement-open", login, old, new),
            Error::ReplacesItself(serial) => Self::new(Exit::Usage, "replaces-itself").about("serial", serial),
            Error::LostBeforeUse { login, serial } => {
                Self::new(Exit::Forbidden, "lost-before-use").about("login", login).about("serial", serial)
            }
            Error::NobodyToReplaceFor(serial) => {
                Self::new(Exit::Forbidden, "nobody-to-replace-for").about("serial", serial)
            }
            Error::NoPinToKeep { login, serial } => {
                Self::new(Exit::Forbidden, "no-pin-to-keep").about("login", login).about("serial", serial)
            }
            Error::KeyInState { serial, present, holder, remedy } => {
                let failure = in_state(present)
                    .about("serial", serial)
                    .with("state", state_word(present))
                    .about("login", holder.map_or_else(|| "-".to_owned(), |login| login.to_string()));
                remedy.map(hint_of).into_iter().fold(failure, Self::hinted)
            }
            Error::KeyOnItsWay { serial, to } => {
                Self::new(Exit::Forbidden, "key-on-its-way").about("serial", serial).with("place", place_word(to))
            }
            Error::KeyAlreadyThere { serial, at } => {
                Self::new(Exit::Forbidden, "key-already-there").about("serial", serial).with("place", place_word(at))
            }
            Error::KeyPromised { serial, login } => {
                Self::new(Exit::Forbidden, "key-promised").about("serial", serial).about("login", login)
            }
            Error::SeveralEstablishments { serial, login, establishments } => {
                returned_nowhere("several-establishments", serial, login, &establishments)
            }
            Error::KeyOfElsewhere { serial, login, establishments } => {
                returned_nowhere("key-of-elsewhere", serial, login, &establishments)
            }
            Error::KeyHeldElsewhere { serial, establishment } => {
                Self::new(Exit::Forbidden, "key-held-elsewhere").about("serial", serial).about("uai", establishment)
            }
            Error::KeyHeld { serial } => Self::new(Exit::Forbidden, "key-held").about("serial", serial),
            Error::NotRestored(NotRestored::HeldLonger(since)) => {
                Self::new(Exit::Forbidden, "held-longer").with("since", since)
            }
            Error::NotRestored(NotRestored::NoneHeld) => Self::new(Exit::Forbidden, "none-held"),
            Error::NotRestored(NotRestored::ClockAbsurd(now)) => {
                Self::new(Exit::Forbidden, "clock-absurd").with("now", now)
            }
            Error::KeyLocked { serial } => Self::new(Exit::Forbidden, "key-locked").about("serial", serial),
            Error::NotCodes => Self::new(Exit::Usage, "not-codes"),
            Error::DiagnosesLimited { until } => {
                Self::new(Exit::Busy, "diagnoses-limited").with("until", Value::Time(until))
            }
            Error::NoPinInForce { login, serial, state } => {
                let hint = match state {
                    State::Active => "hint-choose-pin",
                    State::Lost => "hint-give-another-key",
                    _ => "hint-activate-first",
                };
                Self::new(Exit::Forbidden, "no-pin-in-force").about("login", login).about("serial", serial).hinted(hint)
            }
            Error::KeyIsNobodys(serial) => Self::new(Exit::Forbidden, "key-is-nobodys").about("serial", serial),
            Error::NoLiveEmergency(login) => Self::new(Exit::Forbidden, "no-live-emergency").about("login", login),
            Error::NoLiveActivation(login) => Self::new(Exit::Forbidden, "no-live-activation").about("login", login),
            Error::CodeIsWaiting(login) => Self::new(Exit::Forbidden, "code-is-waiting").about("login", login),
            Error::CodeForAnotherKey { login, serial } => {
                Self::new(Exit::Forbidden, "code-for-another-key").about("login", login).about("serial", serial)
            }
            Error::CodeHasExpired(at) => Self::new(Exit::Data, "code-has-expired").with("at", at),
            Error::CodeLivesTooLong { days } => Self::new(Exit::Data, "code-lives-too-long").with("days", days),
        }
    }
}

impl From<Unfit> for Failure {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::Closed(OpenError::Store(StoreError::Foreign)) => Self::new(Exit::Data, "backup-foreign"),
            Unfit::Closed(OpenError::Store(StoreError::Damaged | StoreError::Unexpected(_))) => {
                Self::new(Exit::Data, "backup-damaged").with("first", "-")
            }
            Unfit::Closed(OpenError::Vault(UnlockError::OtherKey { needed, given })) => {
                Self::new(Exit::Configuration, "backup-of-another-key").about("needed", needed).about("given", given)
            }
            Unfit::Closed(error) => error.into(),
            Unfit::Faults { first, .. } => Self::new(Exit::Data, "backup-damaged").with("first", first),
            Unfit::Dangling(dangling) => Self::new(Exit::Data, "backup-damaged").with("first", dangling.table),
            Unfit::Schema(differences) => {
                let named = [differences.missing, differences.changed, differences.added].concat();
                Self::new(Exit::Data, "backup-edited").with("names", named.join(", "))
            }
            Unfit::Chain { first_bad } => {
                let first = first_bad.map_or_else(|| "end".to_owned(), |first| first.to_string());
                Self::new(Exit::Data, "backup-chain-broken").with("first", first)
            }
        }
    }
}

/// Tells of the database what is said else, but not that nothing was changed.
fn counted(error: StoreError) -> Failure {
    let has_own_hint = matches!(
        error,
        StoreError::Missing
            | StoreError::Damaged
            | StoreError::Foreign
            | StoreError::Newer { .. }
            | StoreError::Impossible { .. }
    );
    let failure = Failure::from(error);
    if has_own_hint { failure } else { failure.hinted("hint-attempt-counted") }
}

/// Names the state that is in the way, and with it the command that would help.
fn in_state(present: State) -> Failure {
    let id = match present {
        State::Stock => "key-in-stock",
        State::Assigned => "key-assigned",
        State::Active => "key-active",
        State::Suspended => "key-suspended",
        State::Lost => "key-lost",
        State::Retired => "key-retired",
    };
    Failure::new(Exit::Forbidden, id)
}

fn role_word(role: Role) -> Value {
    Value::word(format!("role-{}", role.name()))
}

/// Names the command that helps somebody who wanted something that the state forbids.
const fn hint_of(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::Assign => "remedy-assign",
        Remedy::Activate => "remedy-activate",
        Remedy::TakeBack => "remedy-take-back",
        Remedy::Resume => "remedy-resume",
        Remedy::Find => "remedy-find",
        Remedy::Restore => "remedy-restore",
        Remedy::Receive => "remedy-receive",
        Remedy::Ship => "remedy-ship",
        Remedy::InUse => "remedy-in-use",
        Remedy::NotLost => "remedy-not-lost",
        Remedy::AnotherKey => "remedy-another-key",
    }
}

/// Tells of the two keys of a user while one takes the place of the other.
fn two_keys(id: &'static str, login: Login, old: Serial, new: Serial) -> Failure {
    Failure::new(Exit::Forbidden, id).about("login", login).about("old", old).about("new", new)
}

/// Asks where a key came back, and names where it may be.
fn returned_nowhere(id: &'static str, serial: Serial, login: Login, establishments: &[Uai]) -> Failure {
    let uais = listed(establishments);
    Failure::new(Exit::Forbidden, id).about("serial", serial).about("login", login).with("uais", uais)
}

fn place_word(place: Option<Uai>) -> Value {
    place.map_or_else(|| Value::word("place-academy".to_owned()), Value::of)
}

fn state_word(state: State) -> Value {
    Value::word(format!("state-{}", state.name()))
}

/// Gives things one after the other, as a sentence names them.
fn listed(things: &[impl ToString]) -> String {
    things.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
