//! The configuration.

use super::FileOrStdin;
use clap::{Args, Subcommand};

/// `config`.
#[derive(Debug, Subcommand)]
pub enum Config {
    Show,
    /// In French what looks for faults is also called `contrôler`.
    #[command(aliases = ["contrôler", "controler"])]
    Check(ConfigCheck),
}

/// Which configuration to check.
#[derive(Debug, Args)]
pub struct ConfigCheck {
    #[arg(value_name = "FILE")]
    pub file: Option<FileOrStdin>,
}
