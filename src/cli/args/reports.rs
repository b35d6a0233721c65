//! What there is to be told about the fleet.

use super::OperatorList;
use crate::cli::times::{LastMoment, Moment};
use crate::clock::Seconds;
use clap::{Args, Subcommand};

/// `report`.
#[derive(Debug, Subcommand)]
pub enum Report {
    Stock,
    Activation,
    Drift(ReportDrift),
    Expiry(ReportExpiry),
    Lockouts,
    Checks(ReportChecks),
    Dormant(ReportDormant),
    Batches(ReportBatches),
    Operators(OperatorList),
}

/// `report drift`.
#[derive(Debug, Args)]
pub struct ReportDrift {
    #[arg(long, value_name = "DATE")]
    pub before: Option<Moment>,
}

/// `report expiry`.
#[derive(Debug, Args)]
pub struct ReportExpiry {
    #[arg(long, value_name = "DATE")]
    pub before: Option<Moment>,
    #[arg(long)]
    pub pairs: bool,
}

/// `report checks`.
#[derive(Debug, Args)]
pub struct ReportChecks {
    #[arg(long, value_name = "DATE")]
    pub since: Option<Moment>,
    #[arg(long, value_name = "DATE")]
    pub until: Option<LastMoment>,
    #[arg(long)]
    pub by_day: bool,
}

/// `report dormant`.
#[derive(Debug, Args)]
pub struct ReportDormant {
    #[arg(long, value_name = "DAYS", default_value = "90", value_parser = clap::value_parser!(i64).range(1..=3650))]
    pub days: i64,
}

impl ReportDormant {
    /// Gives for how long a key was not used.
    pub const fn span(&self) -> Seconds {
        Seconds::days(self.days)
    }
}

/// `report batches`.
#[derive(Debug, Args)]
pub struct ReportBatches {
    #[arg(long, value_name = "ID")]
    pub batch: Option<i64>,
}
