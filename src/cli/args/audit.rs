//! The audit log.

use super::{FileOrStdin, FileOrStdout};
use crate::cli::times::{LastMoment, Moment};
use crate::establishment::Uai;
use crate::key::Serial;
use crate::user::Login;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `audit`.
#[derive(Debug, Subcommand)]
pub enum Audit {
    List(AuditList),
    Verify(AuditVerify),
    Checkpoint(AuditCheckpoint),
    Export(AuditExport),
    Purge(AuditPurge),
}

/// Which events to list.
#[derive(Debug, Args)]
pub struct AuditList {
    #[arg(long, value_name = "DATE")]
    pub since: Option<Moment>,
    #[arg(long, value_name = "DATE")]
    pub until: Option<LastMoment>,
    #[arg(long, value_name = "LOGIN")]
    pub login: Option<Login>,
    #[arg(long, value_name = "NUMBER", conflicts_with = "login")]
    pub user: Option<i64>,
    #[arg(long, value_name = "SERIAL")]
    pub serial: Option<Serial>,
    #[arg(long, value_name = "UAI")]
    pub establishment: Option<Uai>,
    #[arg(long, value_name = "ACCOUNT")]
    pub operator: Option<String>,
    #[arg(long, value_name = "ACTION")]
    pub action: Option<String>,
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Option<String>,
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
}

/// `audit verify`.
#[derive(Debug, Args)]
pub struct AuditVerify {
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<FileOrStdin>,
}

/// `audit checkpoint`.
#[derive(Debug, Args)]
pub struct AuditCheckpoint {
    #[arg(value_name = "FILE", default_value = FileOrStdout::STDOUT)]
    pub file: FileOrStdout,
    #[arg(long)]
    pub append: bool,
}

/// `audit export`.
#[derive(Debug, Args)]
pub struct AuditExport {
    #[arg(long, value_name = "DATE")]
    pub since: Option<Moment>,
    #[arg(long, value_name = "DATE")]
    pub until: Option<LastMoment>,
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `audit purge`.
#[derive(Debug, Args)]
pub struct AuditPurge {
    #[arg(long, value_name = "DATE")]
    pub before: Option<Moment>,
}
