//! What befalls keys: which ones, and what is to be said about it.

use super::FileOrStdin;
use crate::audit::Remark;
use crate::emergency::Days;
use crate::establishment::Uai;
use crate::key::{Serial, SerialRange};
use clap::Args;
use std::path::PathBuf;

/// Some keys: named one by one, in a list, or from one serial to another.
#[derive(Debug, Args)]
pub struct KeyChoice {
    #[arg(value_name = "SERIAL", required_unless_present_any = ["from", "range"], conflicts_with_all = ["from", "range"])]
    pub serials: Vec<Serial>,
    #[arg(long, value_name = "FILE", conflicts_with = "range")]
    pub from: Option<FileOrStdin>,
    #[arg(long, value_name = "RANGE")]
    pub range: Option<SerialRange>,
    #[arg(long)]
    pub dry_run: bool,
}

/// `key return`.
#[derive(Debug, Args)]
pub struct KeyReturn {
    #[command(flatten)]
    pub keys: KeyChoice,
    #[arg(long, value_name = "UAI")]
    pub to: Option<Uai>,
}

/// `key ship`.
#[derive(Debug, Args)]
pub struct KeyShip {
    #[command(flatten)]
    pub keys: KeyChoice,
    #[arg(long, value_name = "UAI", required_unless_present = "to_academy", conflicts_with = "to_academy")]
    pub to: Option<Uai>,
    #[arg(long)]
    pub to_academy: bool,
}

/// `key lost`.
#[derive(Debug, Args)]
pub struct KeyLost {
    #[command(flatten)]
    pub keys: KeyChoice,
    #[arg(long, conflicts_with_all = ["from", "range", "dry_run"])]
    pub emergency: bool,
    #[arg(long, value_name = "DAYS", default_value = "3", requires = "emergency")]
    pub days: Days,
    #[arg(long, value_name = "FILE", requires = "emergency")]
    pub output: Option<PathBuf>,
}

/// `key found`.
#[derive(Debug, Args)]
pub struct KeyFound {
    #[command(flatten)]
    pub keys: KeyChoice,
    #[arg(long, requires = "reason")]
    pub restore: bool,
    #[arg(long, value_name = "TEXT", requires = "restore")]
    pub reason: Option<Remark>,
}

/// `key replace`.
#[derive(Debug, Args)]
pub struct KeyReplace {
    #[arg(value_name = "OLD", required_unless_present = "from", conflicts_with = "from", requires = "new")]
    pub old: Option<Serial>,
    #[arg(value_name = "NEW")]
    pub new: Option<Serial>,
    #[arg(long)]
    pub keep_pin: bool,
    #[arg(long, value_name = "FILE")]
    pub from: Option<FileOrStdin>,
    #[arg(long)]
    pub dry_run: bool,
}
