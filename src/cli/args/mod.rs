//! The command line as typed values. Its help stands in the message files: `help-<path>` and `help-<path>--<argument>`.

mod audit;
mod config;
mod copies;
mod fleet;
mod input;
mod keys;
mod operators;
mod people;
mod reports;

pub use audit::{Audit, AuditCheckpoint, AuditExport, AuditList, AuditPurge, AuditVerify};
pub use config::Config;
pub use copies::{Backup, Restore};
pub use fleet::{Batch, BatchVerify, ImportArgs, Key, KeyAssign, KeyDiagnose, KeyList, KeyResync, Serials};
pub use input::{FileOrStdin, FileOrStdout};
pub use keys::{KeyChoice, KeyFound, KeyLost, KeyReplace, KeyReturn, KeyShip};
pub use operators::{Accounts, Operator, OperatorAdd, OperatorList, Vault};
pub use people::{
    Activate, Activation, ActivationCampaign, ActivationList, ActivationNew, Check, Emergency, EmergencyList,
    EmergencyNew, Establishment, ListFile, Logins, NamedEstablishment, Pin, PinSet, SlipArgs, User, UserAdd, UserList,
    UserMove, UserRemove,
};
pub use reports::{Report, ReportBatches, ReportChecks, ReportDormant, ReportDrift, ReportExpiry};

use super::completion::Shell;
use super::locale::Language;
use super::report::Format;
use crate::establishment::Uai;
use crate::user::Login;
use clap::{ArgAction, Args, Parser, Subcommand};
use std::path::PathBuf;

/// A whole command line.
#[derive(Debug, Parser)]
#[command(name = "cleotp", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, subcommand_required = true, infer_subcommands = false)]
pub struct Line {
    #[command(flatten)]
    pub options: Options,
    #[command(subcommand)]
    pub command: Command,
    /// Whether a path is named besides the home.
    #[arg(skip)]
    pub names_a_path: bool,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// The options that every command takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    #[arg(short, long, global = true, value_name = "FORMAT", value_enum, default_value = "table")]
    pub output_format: Format,
    #[arg(long, global = true, value_name = "LANGUAGE", value_enum, ignore_case = true)]
    pub lang: Option<Language>,
    #[arg(short, long, global = true)]
    pub quiet: bool,
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    #[arg(long, global = true)]
    pub yes: bool,
    #[arg(long, global = true)]
    pub no_progress: bool,
    #[arg(long, global = true)]
    pub raw: bool,
    #[arg(long, global = true)]
    pub excel: bool,
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

/// Every command.
#[derive(Debug, Subcommand)]
pub enum Command {
    Init,
    Demo {
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    Doctor,
    Import(ImportArgs),
    #[command(subcommand, subcommand_required = true)]
    Batch(Batch),
    #[command(subcommand, subcommand_required = true)]
    Establishment(Establishment),
    #[command(subcommand, subcommand_required = true)]
    User(User),
    #[command(subcommand, subcommand_required = true)]
    Key(Key),
    #[command(subcommand, subcommand_required = true)]
    Activation(Activation),
    #[command(subcommand, subcommand_required = true)]
    Emergency(Emergency),
    Slip(SlipArgs),
    Activate(Activate),
    #[command(subcommand, subcommand_required = true)]
    Pin(Pin),
    Check(Check),
    #[command(subcommand, subcommand_required = true)]
    Operator(Operator),
    #[command(subcommand, subcommand_required = true)]
    Audit(Audit),
    #[command(subcommand, subcommand_required = true)]
    Report(Report),
    Backup(Backup),
    Restore(Restore),
    #[command(subcommand, subcommand_required = true)]
    Vault(Vault),
    #[command(subcommand, subcommand_required = true)]
    Config(Config),
    Completions {
        #[arg(value_name = "SHELL", value_enum)]
        shell: Shell,
    },
    Man {
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

/// One user.
#[derive(Debug, Args)]
pub struct OneLogin {
    #[arg(value_name = "LOGIN")]
    pub login: Login,
}

/// One establishment.
#[derive(Debug, Args)]
pub struct OneUai {
    #[arg(value_name = "UAI")]
    pub uai: Uai,
}
