//! Operators, the vault key, and which command a line asks for.

use super::{Activation, Audit, Batch, Command, Config, Emergency, Establishment, Key, Pin, Report, User};
use crate::cli::times::{LastMoment, Moment};
use crate::establishment::Uai;
use crate::operator::{self, Role};
use clap::{Args, Subcommand};

/// `operator`.
#[derive(Debug, Subcommand)]
pub enum Operator {
    Add(OperatorAdd),
    List(OperatorList),
    Remove(Accounts),
}

/// `operator add`.
#[derive(Debug, Args)]
pub struct OperatorAdd {
    #[arg(value_name = "ACCOUNT")]
    pub account: String,
    #[arg(long, value_name = "ROLE")]
    pub role: Role,
    #[arg(long = "establishment", value_name = "UAI")]
    pub establishments: Vec<Uai>,
    #[arg(long, value_name = "DATE")]
    pub until: Option<LastMoment>,
}

/// Which operators to list.
#[derive(Debug, Args)]
pub struct OperatorList {
    #[arg(long, value_name = "DATE")]
    pub at: Option<Moment>,
}

/// One or more accounts.
#[derive(Debug, Args)]
pub struct Accounts {
    #[arg(value_name = "ACCOUNT", required = true)]
    pub accounts: Vec<String>,
}

/// `vault`.
#[derive(Debug, Subcommand)]
pub enum Vault {
    Status,
    Rotate,
}

impl Command {
    /// Tells whether it answers a login server, whose environment anybody may have filled.
    pub const fn is_of_login_server(&self) -> bool {
        matches!(self, Self::Check(check) if check.pam || check.radius)
    }

    /// Tells whether what it says on stderr is shown to somebody who stands at the door and is not yet in: PAM shows him both streams.
    pub const fn is_heard_at_the_door(&self) -> bool {
        matches!(self, Self::Check(check) if check.pam)
    }

    /// Tells which command it is, for the table of who may run it.
    pub const fn asked(&self) -> operator::Command {
        use operator::Command as Asked;
        match self {
            Self::Init => Asked::Init,
            Self::Demo { .. } => Asked::Demo,
            Self::Doctor => Asked::Doctor,
            Self::Import(_) => Asked::Import,
            Self::Batch(Batch::List) => Asked::BatchList,
            Self::Batch(Batch::Show(_)) => Asked::BatchShow,
            Self::Batch(Batch::Undo(_)) => Asked::BatchUndo,
            Self::Batch(Batch::Verify(_)) => Asked::BatchVerify,
            Self::Establishment(Establishment::Add(_)) => Asked::EstablishmentAdd,
            Self::Establishment(Establishment::List) => Asked::EstablishmentList,
            Self::Establishment(Establishment::Show(_)) => Asked::EstablishmentShow,
            Self::Establishment(Establishment::Rename(_)) => Asked::EstablishmentRename,
            Self::Establishment(Establishment::Import(_)) => Asked::EstablishmentImport,
            Self::User(User::Add(_)) => Asked::UserAdd,
            Self::User(User::List(_)) => Asked::UserList,
            Self::User(User::Show(_)) => Asked::UserShow,
            Self::User(User::Import(_)) => Asked::UserImport,
            Self::User(User::Disable(_)) => Asked::UserDisable,
            Self::User(User::Enable(_)) => Asked::UserEnable,
            Self::User(User::Move(_)) => Asked::UserMove,
            Self::User(User::Export(_)) => Asked::UserExport,
            Self::User(User::Remove(_)) => Asked::UserRemove,
            Self::Key(Key::List(_)) => Asked::KeyList,
            Self::Key(Key::Show(_)) => Asked::KeyShow,
            Self::Key(Key::Assign(_)) => Asked::KeyAssign,
            Self::Key(Key::Replace(_)) => Asked::KeyReplace,
            Self::Key(Key::Unassign(_)) => Asked::KeyUnassign,
            Self::Key(Key::Return(_)) => Asked::KeyReturn,
            Self::Key(Key::Ship(_)) => Asked::KeyShip,
            Self::Key(Key::Receive(_)) => Asked::KeyReceive,
            Self::Key(Key::Suspend(_)) => Asked::KeySuspend,
            Self::Key(Key::Resume(_)) => Asked::KeyResume,
            Self::Key(Key::Lost(_)) => Asked::KeyLost,
            Self::Key(Key::Found(_)) => Asked::KeyFound,
            Self::Key(Key::Retire(_)) => Asked::KeyRetire,
            Self::Key(Key::Unlock(_)) => Asked::KeyUnlock,
            Self::Key(Key::Resync(_)) => Asked::KeyResync,
            Self::Key(Key::Diagnose(_)) => Asked::KeyDiagnose,
            Self::Activation(Activation::New(_)) => Asked::ActivationNew,
            Self::Activation(Activation::Campaign(_)) => Asked::ActivationCampaign,
            Self::Activation(Activation::Import(_)) => Asked::ActivationImport,
            Self::Activation(Activation::List(_)) => Asked::ActivationList,
            Self::Activation(Activation::Revoke(_)) => Asked::ActivationRevoke,
            Self::Emergency(Emergency::New(_)) => Asked::EmergencyNew,
            Self::Emergency(Emergency::List(_)) => Asked::EmergencyList,
            Self::Emergency(Emergency::Revoke(_)) => Asked::EmergencyRevoke,
            Self::Slip(_) => Asked::Slip,
            Self::Activate(_) => Asked::Activate,
            Self::Pin(Pin::Set(_)) => Asked::PinSet,
            Self::Pin(Pin::Change(_)) => Asked::PinChange,
            Self::Pin(Pin::Reset(_)) => Asked::PinReset,
            Self::Check(_) => Asked::Check,
            Self::Operator(Operator::Add(_)) => Asked::OperatorAdd,
            Self::Operator(Operator::List(_)) => Asked::OperatorList,
            Self::Operator(Operator::Remove(_)) => Asked::OperatorRemove,
            Self::Audit(Audit::List(_)) => Asked::AuditList,
            Self::Audit(Audit::Verify(_)) => Asked::AuditVerify,
            Self::Audit(Audit::Checkpoint(_)) => Asked::AuditCheckpoint,
            Self::Audit(Audit::Export(_)) => Asked::AuditExport,
            Self::Audit(Audit::Purge(_)) => Asked::AuditPurge,
            Self::Report(Report::Stock) => Asked::ReportStock,
            Self::Report(Report::Activation) => Asked::ReportActivation,
            Self::Report(Report::Drift(_)) => Asked::ReportDrift,
            Self::Report(Report::Expiry(_)) => Asked::ReportExpiry,
            Self::Report(Report::Lockouts) => Asked::ReportLockouts,
            Self::Report(Report::Checks(_)) => Asked::ReportChecks,
            Self::Report(Report::Dormant(_)) => Asked::ReportDormant,
            Self::Report(Report::Batches(_)) => Asked::ReportBatches,
            Self::Report(Report::Operators(_)) => Asked::ReportOperators,
            Self::Backup(_) => Asked::Backup,
            Self::Restore(_) => Asked::Restore,
            Self::Config(Config::Show) => Asked::ConfigShow,
            Self::Config(Config::Check(_)) => Asked::ConfigCheck,
            Self::Vault(Vault::Status) => Asked::VaultStatus,
            Self::Vault(Vault::Rotate) => Asked::VaultRotate,
            Self::Completions { .. } => Asked::Completions,
            Self::Man { .. } => Asked::Man,
        }
    }
}
