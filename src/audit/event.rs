//! An event: what was done, to whom, how it ended; never a secret, never what somebody typed.

use crate::clock::{self, UtcTime};
use crate::establishment::Uai;
use crate::key::Serial;

/// What was done, or tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The installation was made.
    Init,
    /// A vendor's file came in.
    Import,
    /// A batch was taken back.
    BatchUndo,
    /// A key of a batch was tried before it is handed over.
    BatchVerify,
    /// An establishment was added.
    EstablishmentAdd,
    /// An establishment was given another name.
    EstablishmentRename,
    /// A user was added.
    UserAdd,
    /// A user may no longer log in.
    UserDisable,
    /// A user may log in again.
    UserEnable,
    /// A user changed establishments.
    UserMove,
    /// A user left.
    UserRemove,
    /// The name of a user who had left was erased.
    UserErase,
    /// All that is known of a user was given out.
    UserExport,
    /// A key that was never given out took another seed.
    KeyReseed,
    /// A key was given to a user.
    KeyAssign,
    /// A key takes the place of another one, or does so no more.
    KeyReplace,
    /// A key was taken back.
    KeyUnassign,
    /// A key came back from its user.
    KeyReturn,
    /// A key was sent somewhere.
    KeyShip,
    /// A key came in where it was sent.
    KeyReceive,
    /// A key was stopped for a while.
    KeySuspend,
    /// A key goes on.
    KeyResume,
    /// A key was declared lost.
    KeyLost,
    /// A lost key was found, and went to stock.
    KeyFound,
    /// A lost key was found, and its user goes on with it.
    KeyRestore,
    /// A key was put out of use for ever.
    KeyRetire,
    /// A key's counters were cleared and its lock was lifted.
    KeyUnlock,
    /// A key was locked by wrong tries.
    KeyLock,
    /// A key's clock was found again.
    KeyResync,
    /// A code on a display was looked at.
    KeyDiagnose,
    /// An activation code was issued.
    ActivationNew,
    /// An activation code that was issued elsewhere came in.
    ActivationImport,
    /// Activation codes were issued for a list of users.
    ActivationCampaign,
    /// An activation code was withdrawn.
    ActivationRevoke,
    /// An emergency list was issued.
    EmergencyNew,
    /// An emergency list was withdrawn.
    EmergencyRevoke,
    /// A user activated a key.
    Activate,
    /// A passcode was checked.
    Check,
    /// A PIN was chosen.
    PinSet,
    /// A PIN was erased, for a new one to be chosen.
    PinReset,
    /// The vault key was changed, or one that was never used was thrown away.
    VaultRotate,
    /// Our own clock was found wrong by the keys, or right again.
    HostClock,
    /// A backup was begun.
    Backup,
    /// A backup took the place of the database.
    Restore,
    /// Keys that a restore had stopped may be used again.
    RestoreConfirm,
    /// An account was given a role.
    OperatorAdd,
    /// An account's role was taken back.
    OperatorRemove,
    /// Events whose time was over were deleted.
    AuditPurge,
    /// Somebody asked for a command that is not his.
    Denial,
}

const ACTION_NAMES: [(Action, &str); 49] = [
    (Action::Init, "init"),
    (Action::Import, "import"),
    (Action::BatchUndo, "batch-undo"),
    (Action::BatchVerify, "batch-verify"),
    (Action::EstablishmentAdd, "establishment-add"),
    (Action::EstablishmentRename, "establishment-rename"),
    (Action::UserAdd, "user-add"),
    (Action::UserDisable, "user-disable"),
    (Action::UserEnable, "user-enable"),
    (Action::UserMove, "user-move"),
    (Action::UserRemove, "user-remove"),
    (Action::UserErase, "user-erase"),
    (Action::UserExport, "user-export"),
    (Action::KeyReseed, "key-reseed"),
    (Action::KeyAssign, "key-assign"),
    (Action::KeyReplace, "key-replace"),
    (Action::KeyUnassign, "key-unassign"),
    (Action::KeyReturn, "key-return"),
    (Action::KeyShip, "key-ship"),
    (Action::KeyReceive, "key-receive"),
    (Action::KeySuspend, "key-suspend"),
    (Action::KeyResume, "key-resume"),
    (Action::KeyLost, "key-lost"),
    (Action::KeyFound, "key-found"),
    (Action::KeyRestore, "key-restore"),
    (Action::KeyRetire, "key-retire"),
    (Action::KeyUnlock, "key-unlock"),
    (Action::KeyLock, "key-lock"),
    (Action::KeyResync, "key-resync"),
    (Action::KeyDiagnose, "key-diagnose"),
    (Action::ActivationNew, "activation-new"),
    (Action::ActivationImport, "activation-import"),
    (Action::ActivationCampaign, "activation-campaign"),
    (Action::ActivationRevoke, "activation-revoke"),
    (Action::EmergencyNew, "emergency-new"),
    (Action::EmergencyRevoke, "emergency-revoke"),
    (Action::Activate, "activate"),
    (Action::Check, "check"),
    (Action::PinSet, "pin-set"),
    (Action::PinReset, "pin-reset"),
    (Action::VaultRotate, "vault-rotate"),
    (Action::HostClock, "host-clock"),
    (Action::Backup, "backup"),
    (Action::Restore, "restore"),
    (Action::RestoreConfirm, "restore-confirm"),
    (Action::OperatorAdd, "operator-add"),
    (Action::OperatorRemove, "operator-remove"),
    (Action::AuditPurge, "audit-purge"),
    (Action::Denial, "denial"),
];

impl Action {
    /// Gives every one, in the order of the manual.
    pub fn all() -> impl Iterator<Item = Self> {
        ACTION_NAMES.iter().map(|(action, _)| *action)
    }

    /// Gives the stable name.
    pub fn name(self) -> &'static str {
        ACTION_NAMES.iter().find(|(action, _)| *action == self).map_or("", |(_, name)| name)
    }

    /// Reads a name back.
    pub fn from_name(name: &str) -> Option<Self> {
        ACTION_NAMES.iter().find(|(_, known)| *known == name).map(|(action, _)| *action)
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The change was made.
    Done,
    /// The code opened.
    Accepted,
    /// Another answer is awaited.
    Challenged,
    /// The answer was no.
    Refused,
    /// Somebody should look.
    Alarm,
}

const OUTCOME_NAMES: [(Outcome, &str); 5] = [
    (Outcome::Done, "done"),
    (Outcome::Accepted, "accepted"),
    (Outcome::Challenged, "challenged"),
    (Outcome::Refused, "refused"),
    (Outcome::Alarm, "alarm"),
];

impl Outcome {
    /// Gives every one, in the order of the manual.
    pub fn all() -> impl Iterator<Item = Self> {
        OUTCOME_NAMES.iter().map(|(outcome, _)| *outcome)
    }

    /// Gives the stable name.
    pub fn name(self) -> &'static str {
        OUTCOME_NAMES.iter().find(|(outcome, _)| *outcome == self).map_or("", |(_, name)| name)
    }

    /// Reads a name back.
    pub fn from_name(name: &str) -> Option<Self> {
        OUTCOME_NAMES.iter().find(|(_, known)| *known == name).map(|(outcome, _)| *outcome)
    }
}

/// To whom and to what it was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The establishment.
    pub establishment: Option<Uai>,
    /// The user, by his number: his name can be erased without breaking the chain.
    pub user: Option<i64>,
    /// A keyed hash of a login that is nobody's, for it may be a password typed in the wrong place.
    pub unknown_login: Option<[u8; 8]>,
    /// The key.
    pub serial: Option<Serial>,
    /// The imported file, by its number.
    pub batch: Option<i64>,
    /// The file itself: the batch may be taken back, and its provenance with it.
    pub file: Option<FileFact>,
}

/// Which file it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFact {
    /// What it was called.
    pub name: String,
    /// The hash of its bytes.
    pub sha256: [u8; 32],
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What was done.
    pub action: Action,
    /// How it ended.
    pub outcome: Outcome,
    /// Why, by a stable name.
    pub reason: Option<String>,
    /// To whom and to what.
    pub subject: Subject,
    /// How many times, or how many keys.
    pub count: Option<i64>,
    /// When the last of several was, where one event tells of all of them together.
    pub last_at: Option<UtcTime>,
    /// Anybody can cause it as often as he likes, for nothing makes him wait. It is no part of what is written down: it says that
    /// of many in a minute only the first are, and the rest by their number.
    pub is_unbounded: bool,
}

impl Event {
    /// Tells of an action and its outcome.
    pub fn new(action: Action, outcome: Outcome) -> Self {
        Self {
            action,
            outcome,
            reason: None,
            subject: Subject::default(),
            count: None,
            last_at: None,
            is_unbounded: false,
        }
    }

    /// Tells by how many minutes our own clock was set back, where it stands before the last event, or came before the latest of all
    /// by steps too small to be told. It is told once: what is written then is later than it, and as far before the latest.
    pub fn of_clock_set_back(now: UtcTime, last: UtcTime, latest: UtcTime) -> Option<Self> {
        let in_steps = clock::set_back(now, latest).filter(|_| clock::set_back(last, latest).is_none());
        let by = clock::set_back(now, last).or(in_steps)?;
        Some(Self::new(Action::HostClock, Outcome::Alarm).because("set-back").counting(by.get() / 60))
    }

    /// Says why.
    #[must_use]
    pub fn because(self, reason: &str) -> Self {
        Self { reason: Some(reason.to_owned()), ..self }
    }

    /// Says to whom.
    #[must_use]
    pub fn about(self, subject: Subject) -> Self {
        Self { subject, ..self }
    }

    /// Says how many.
    #[must_use]
    pub fn counting(self, count: i64) -> Self {
        Self { count: Some(count), ..self }
    }

    /// Says when the last of them was.
    #[must_use]
    pub fn up_to(self, last_at: UtcTime) -> Self {
        Self { last_at: Some(last_at), ..self }
    }

    /// Says that anybody can cause it as often as he likes.
    #[must_use]
    pub fn without_bound(self) -> Self {
        Self { is_unbounded: true, ..self }
    }
}

/// The events of one change. A change that has none yet says who will tell of it.
#[derive(Debug)]
#[must_use]
pub struct Events(Vec<Event>);

impl Events {
    /// One event.
    pub fn one(event: Event) -> Self {
        Self(vec![event])
    }

    /// Several, in their order.
    pub fn all(events: Vec<Event>) -> Self {
        Self(events)
    }

    /// None yet: an open attempt is told of when it is settled, or when the next one finds it abandoned; those who are turned
    /// away during a wait are told of by their number when it is over.
    pub const fn owed_by_open_attempt() -> Self {
        Self(Vec::new())
    }

    /// None yet: of an import that is open it is told when it is closed or refused; until then nobody sees anything of it. Or
    /// none any more: of a batch that is taken back it was told when it was opened again.
    pub const fn owed_by_open_import() -> Self {
        Self(Vec::new())
    }

    /// None any more: of a purge that was cut off it was told when it was begun.
    pub const fn owed_by_begun_purge() -> Self {
        Self(Vec::new())
    }

    /// Adds one at the end.
    pub fn and(mut self, event: Event) -> Self {
        self.0.push(event);
        self
    }

    /// Adds those of another part of the same change at the end. An alarm that is about nobody is of the whole change, and told once.
    pub fn join(mut self, others: Self) -> Self {
        for event in others.0 {
            let is_same = |told: &Event| {
                (told.action, told.outcome, &told.reason) == (event.action, event.outcome, &event.reason)
            };
            let is_of_all = event.outcome == Outcome::Alarm && event.subject == Subject::default();
            if !(is_of_all && self.0.iter().any(is_same)) {
                self.0.push(event);
            }
        }
        self
    }

    /// Gives them in order.
    pub fn iter(&self) -> impl Iterator<Item = &Event> {
        self.0.iter()
    }
}

impl IntoIterator for Events {
    type Item = Event;
    type IntoIter = std::vec::IntoIter<Event>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
