//! What there is to be told about the fleet.

use crate::cli::times::Moment;
use clap::{Args, Subcommand};

/// `report`.
#[derive(Debug, Subcommand)]
pub enum Report {
    Drift(ReportDrift),
}

/// `report drift`.
#[derive(Debug, Args)]
pub struct ReportDrift {
    #[arg(long, value_name = "DATE")]
    pub before: Option<Moment>,
}
