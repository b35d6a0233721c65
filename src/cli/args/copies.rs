//! Backups, and what becomes of them.

use super::{FileOrStdin, FileOrStdout};
use crate::cli::times::Moment;
use crate::key::Serial;
use clap::Args;

/// `backup`.
#[derive(Debug, Args)]
pub struct Backup {
    #[arg(value_name = "FILE")]
    pub file: FileOrStdout,
}

/// `restore`.
#[derive(Debug, Args)]
pub struct Restore {
    #[arg(value_name = "FILE", required_unless_present = "confirm_since", conflicts_with = "confirm_since")]
    pub file: Option<FileOrStdin>,
    #[arg(long, conflicts_with = "confirm_since")]
    pub check: bool,
    #[arg(long, value_name = "DATE")]
    pub confirm_since: Option<Moment>,
    #[arg(long = "serial", value_name = "SERIAL", requires = "confirm_since")]
    pub serials: Vec<Serial>,
}
