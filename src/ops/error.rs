//! Why a procedure could not be carried out, as facts. A refused code is no error: it is an answer.

mod kinds;

use crate::clock::UtcTime;
use crate::establishment::Uai;
use crate::key::{Remedy, SeedTampered, Serial, State};
use crate::operator::Role;
use crate::random::NoRandomness;
use crate::user::Login;
use crate::{store, vault};

/// Why a procedure could not be carried out; nothing was changed, unless it says that an attempt was counted.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The database, when the attempt was counted already and only what came of it could not be written.
    #[error(transparent)]
    Counted(store::Error),
    /// As many errands of one login wait as may.
    #[error("{most} errands of this login are waiting")]
    TooManyWaiting {
        /// How many may wait.
        most: usize,
    },
    /// The operating system gave no random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// A PIN could not be hashed.
    #[error(transparent)]
    Hashing(#[from] vault::HashingFailed),
    /// A thread died of a defect while it worked on this.
    #[error("a defect ended the work")]
    Broken,
    /// A row was edited by somebody without the vault key.
    #[error(transparent)]
    Tampered(#[from] SeedTampered),
    /// The holder of a key, or his login, was edited by somebody without the vault key.
    #[error("the holder of key {0} was edited")]
    HolderTampered(Serial),
    /// The while in which a PIN may be chosen for a key was edited by somebody without the vault key.
    #[error("the new-PIN mode of key {0} was edited")]
    NewPinTampered(Serial),
    /// What an account was entrusted with was edited by somebody without the vault key.
    #[error("the role of account {0} was edited")]
    MandateTampered(String),
    /// Another process has changed the vault key meanwhile.
    #[error("another vault key is in force")]
    VaultKeyChanged,
    /// The envelope of the data key was changed.
    #[error("the envelope of the data key was changed")]
    VaultTampered,
    /// A file that was open could not be read to its end; what the operating system says.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// The rows that a file is left with could not be written; nothing of it came in.
    #[error("the rejected rows cannot be written: {0}")]
    RejectsNotWritten(std::io::ErrorKind),
    /// The account is no operator.
    #[error("account {0} is no operator")]
    UnknownOperator(String),
    /// The command is not one of the caller's role.
    #[error("account {account} is {}", role.name())]
    NotPermitted {
        /// The account.
        account: String,
        /// Its role.
        role: Role,
    },
    /// No operator has this name.
    #[error("no operator {0}")]
    NoSuchOperator(String),
    /// Nobody would administer any more, or only until a date.
    #[error("account {0} is the last admin")]
    LastAdmin(String),
    /// Root needs no role, and no role narrows it.
    #[error("account {0} is root")]
    RootIsAdmin(String),
    /// The role is for establishments, and none is named.
    #[error("{} is for establishments", .0.name())]
    RoleWithoutEstablishment(Role),
    /// The role is for all establishments, and one is named.
    #[error("{} is for all establishments", .0.name())]
    RoleForAll(Role),
    /// The last moment has passed already.
    #[error("the end lies in the past")]
    UntilIsPast,
    /// No user of this login.
    #[error("no user {0}")]
    UnknownUser(Login),
    /// No key of this serial.
    #[error("no key {0}")]
    UnknownKey(Serial),
    /// No establishment of this UAI.
    #[error("no establishment {0}")]
    UnknownEstablishment(Uai),
    /// Something of the audit as a whole.
    #[error(transparent)]
    Audit(#[from] super::audit::AuditError),
    /// No import of this number.
    #[error("no batch {0}")]
    UnknownBatch(i64),
    /// Keys of the import were out of the stock.
    #[error("{left} of {keys} keys of batch {id} left the stock")]
    BatchLeftStock {
        /// The import.
        id: i64,
        /// How many keys came in with it.
        keys: i64,
        /// How many of them were ever out of the stock.
        left: i64,
        /// The first of these.
        serials: Vec<Serial>,
    },
    /// A key of the import waits for the user who has a code for it.
    #[error("key {serial} of batch {id} is promised to {login}")]
    BatchPromised {
        /// The import.
        id: i64,
        /// The key.
        serial: Serial,
        /// The user.
        login: Login,
    },
    /// No key of the import is in stock.
    #[error("no key of batch {0} is in stock")]
    BatchNotInStock(i64),
    /// Neither a user nor a key has this name.
    #[error("no user and no key {0}")]
    UnknownUserOrKey(String),
    /// The login is taken.
    #[error("user {0} exists")]
    UserExists(Login),
    /// The UAI is taken.
    #[error("establishment {0} exists")]
    EstablishmentExists(Uai),
    /// The user may not log in.
    #[error("user {0} is disabled")]
    UserDisabled(Login),
    /// The user belongs to establishments of which the operator sees nothing: what befalls the user as a whole is not his to decide.
    #[error("user {login} belongs to other establishments too")]
    UserOfOthersToo {
        /// The user.
        login: Login,
        /// Those of the establishments that are the operator's.
        establishments: Vec<Uai>,
    },
    /// The user is not of the establishment that he was to leave.
    #[error("user {login} is not of {uai}")]
    UserNotOf {
        /// The user.
        login: Login,
        /// The establishment.
        uai: Uai,
    },
    /// The user is of the establishment already.
    #[error("user {login} is of {uai} already")]
    UserAlreadyOf {
        /// The user.
        login: Login,
        /// The establishment.
        uai: Uai,
    },
    /// The user belongs to several establishments, and nobody said which one he leaves.
    #[error("user {login} may leave one of several establishments")]
    UserOfSeveral {
        /// The user.
        login: Login,
        /// Those that exist for the operator.
        establishments: Vec<Uai>,
    },
    /// The user would belong to no establishment.
    #[error("user {0} would be nowhere")]
    UserOfNone(Login),
    /// The key of a user who leaves one of several establishments is held by that one.
    #[error("key {serial} of {login} would stay behind")]
    KeyStaysBehind {
        /// The key.
        serial: Serial,
        /// The user.
        login: Login,
    },
    /// The user has no key.
    #[error("user {0} has no key")]
    UserHasNoKey(Login),
    /// The user has a key already.
    #[error("user {login} has key {serial}")]
    UserHasKey {
        /// The user.
        login: Login,
        /// His key.
        serial: Serial,
        /// Its state.
        state: State,
    },
    /// The user has two keys in use, one of which takes the place of the other: nobody says which one is meant.
    #[error("user {login} has keys {old} and {new}")]
    SeveralKeys {
        /// The user.
        login: Login,
        /// The key that is replaced.
        old: Serial,
        /// The key that takes its place.
        new: Serial,
    },
    /// One of the two keys has part in a replacement that is open, or the user has.
    #[error("key {new} takes the place of key {old}")]
    ReplacementOpen {
        /// The user.
        login: Login,
        /// The key that is replaced.
        old: Serial,
        /// The key that takes its place.
        new: Serial,
    },
    /// A key was to take its own place.
    #[error("key {0} cannot take its own place")]
    ReplacesItself(Serial),
    /// Nobody has the key whose place another one was to take.
    #[error("key {0} is nobody's and needs none in its place")]
    NobodyToReplaceFor(Serial),
    /// The key to be replaced was lost before its user had it in use: another one is simply assigned.
    #[error("{login} lost key {serial} before it was activated")]
    LostBeforeUse {
        /// The user.
        login: Login,
        /// The key.
        serial: Serial,
    },
    /// The key has no PIN that another one could go on with.
    #[error("user {login} has no PIN in force for key {serial} to go on with")]
    NoPinToKeep {
        /// The user.
        login: Login,
        /// His key.
        serial: Serial,
    },
    /// The state of the key forbids it.
    #[error("key {serial} is {present}")]
    KeyInState {
        /// The key.
        serial: Serial,
        /// Its state.
        present: State,
        /// Who has it, if somebody does.
        holder: Option<Login>,
        /// What would help, where that depends on what was wanted.
        remedy: Option<Remedy>,
    },
    /// The key was sent somewhere and has not come in.
    #[error("key {serial} is on its way")]
    KeyOnItsWay {
        /// The key.
        serial: Serial,
        /// The establishment that it was sent to; none is the academy.
        to: Option<Uai>,
    },
    /// The key is where it was to be sent.
    #[error("key {serial} is there already")]
    KeyAlreadyThere {
        /// The key.
        serial: Serial,
        /// The establishment; none is the academy.
        at: Option<Uai>,
    },
    /// The key waits for the user who has a code for it.
    #[error("key {serial} is promised to {login}")]
    KeyPromised {
        /// The key.
        serial: Serial,
        /// The user.
        login: Login,
    },
    /// The user of the key belongs to several establishments, and nobody said to which of them it came back.
    #[error("key {serial} of {login} may have come back to several establishments")]
    SeveralEstablishments {
        /// The key.
        serial: Serial,
        /// Its user.
        login: Login,
        /// His establishments.
        establishments: Vec<Uai>,
    },
    /// A key came back that none of the operator's establishments holds, and nobody says where it is.
    #[error("nobody says where key {serial} came back")]
    KeyOfElsewhere {
        /// The key.
        serial: Serial,
        /// Its user.
        login: Login,
        /// Those of his establishments that are the operator's.
        establishments: Vec<Uai>,
    },
    /// The key is another establishment's.
    #[error("key {serial} is held by {establishment}")]
    KeyHeldElsewhere {
        /// The key.
        serial: Serial,
        /// Who holds it.
        establishment: Uai,
    },
    /// The key came back with a backup, and nobody has confirmed yet that nothing happened to it since.
    #[error("key {serial} is held since a backup was restored")]
    KeyHeld {
        /// The key.
        serial: Serial,
    },
    /// A backup cannot be restored now, or what it holds not be released.
    #[error(transparent)]
    NotRestored(#[from] super::restore::NotRestored),
    /// The key is locked.
    #[error("key {serial} is locked")]
    KeyLocked {
        /// The key.
        serial: Serial,
    },
    /// Our own clock is wrong, as the keys show: no key's can be held against it.
    #[error("the host's clock is wrong by {} minutes", .0.wrong_by)]
    ClockWrong(store::WrongClock),
    /// What was typed are not codes of one length.
    #[error("not codes of a key")]
    NotCodes,
    /// Too many looks at displays told nothing.
    #[error("too many diagnoses without a match")]
    DiagnosesLimited {
        /// When the next one may be made.
        until: UtcTime,
    },
    /// The user has no PIN that an emergency code could be typed behind.
    #[error("user {login} has no PIN in force for key {serial}")]
    NoPinInForce {
        /// The user.
        login: Login,
        /// His key.
        serial: Serial,
        /// Its state.
        state: State,
    },
    /// The key has no user who could need an emergency list in its place.
    #[error("key {0} is nobody's")]
    KeyIsNobodys(Serial),
    /// The user has no emergency list that can be withdrawn.
    #[error("user {0} has no live emergency list")]
    NoLiveEmergency(Login),
    /// The user has no activation code that can be withdrawn.
    #[error("user {0} has no live activation code")]
    NoLiveActivation(Login),
    /// The user has a live code already, which another one would end.
    #[error("user {0} has a live activation code")]
    CodeIsWaiting(Login),
    /// The live code of the user opens another key than the one that is meant.
    #[error("the live activation code of user {login} is not for key {serial}")]
    CodeForAnotherKey {
        /// The user.
        login: Login,
        /// The key.
        serial: Serial,
    },
    /// An activation code would have ended already.
    #[error("the activation code ended at {0:?}")]
    CodeHasExpired(UtcTime),
    /// An activation code would live longer than any may.
    #[error("an activation code lives {days} days at most")]
    CodeLivesTooLong {
        /// How long it may.
        days: i64,
    },
}
