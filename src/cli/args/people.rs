//! Establishments, users, what they do with their keys, and the audit of it.

use super::{FileOrStdin, FileOrStdout, OneLogin, OneUai};
use crate::emergency::Days;
use crate::establishment::Uai;
use crate::key::Serial;
use crate::user::{Login, Name};
use clap::{Args, Subcommand};
use std::net::IpAddr;
use std::path::PathBuf;

/// `establishment`.
#[derive(Debug, Subcommand)]
pub enum Establishment {
    Add(NamedEstablishment),
    List,
    Show(OneUai),
    Rename(NamedEstablishment),
    Import(ListFile),
}

/// `establishment add`, `establishment rename`.
#[derive(Debug, Args)]
pub struct NamedEstablishment {
    #[arg(value_name = "UAI")]
    pub uai: Uai,
    #[arg(value_name = "NAME")]
    pub name: Name,
}

/// A CSV list to take in.
#[derive(Debug, Args)]
pub struct ListFile {
    #[arg(value_name = "FILE")]
    pub file: FileOrStdin,
    #[arg(long)]
    pub dry_run: bool,
}

/// `user`.
#[derive(Debug, Subcommand)]
pub enum User {
    Add(UserAdd),
    List(UserList),
    Show(OneLogin),
    Import(ListFile),
    Disable(Logins),
    Enable(Logins),
    Move(UserMove),
    Export(OneLogin),
    Remove(UserRemove),
}

/// `user add`.
#[derive(Debug, Args)]
pub struct UserAdd {
    #[arg(value_name = "LOGIN")]
    pub login: Login,
    #[arg(long, value_name = "NAME")]
    pub name: Name,
    #[arg(long = "establishment", value_name = "UAI", required = true)]
    pub establishments: Vec<Uai>,
}

/// Which users to list.
#[derive(Debug, Args)]
pub struct UserList {
    #[arg(long, value_name = "UAI")]
    pub establishment: Option<Uai>,
}

/// Some users: named one by one, or in a list.
#[derive(Debug, Args)]
pub struct Logins {
    #[arg(value_name = "LOGIN", required_unless_present = "list", conflicts_with = "list")]
    pub logins: Vec<Login>,
    #[arg(long = "from", id = "list", value_name = "FILE")]
    pub from: Option<FileOrStdin>,
    #[arg(long)]
    pub dry_run: bool,
}

/// `user move`.
#[derive(Debug, Args)]
pub struct UserMove {
    #[command(flatten)]
    pub users: Logins,
    #[arg(long, value_name = "UAI")]
    pub leaving: Option<Uai>,
    #[arg(long, value_name = "UAI", required_unless_present = "leaving")]
    pub to: Option<Uai>,
    #[arg(long, requires = "to", conflicts_with = "leaving")]
    pub keep: bool,
}

/// `user remove`.
#[derive(Debug, Args)]
pub struct UserRemove {
    #[command(flatten)]
    pub users: Logins,
    #[arg(long, value_name = "UAI", conflicts_with_all = ["retire", "lost"])]
    pub to: Option<Uai>,
    #[arg(long, conflicts_with = "lost")]
    pub retire: bool,
    #[arg(long)]
    pub lost: bool,
}

/// `activation`.
#[derive(Debug, Subcommand)]
pub enum Activation {
    New(ActivationNew),
    Campaign(ActivationCampaign),
    Import(ListFile),
    List(ActivationList),
    Revoke(Logins),
}

/// `activation new`.
#[derive(Debug, Args)]
pub struct ActivationNew {
    #[arg(value_name = "LOGIN")]
    pub login: Login,
    #[arg(value_name = "SERIAL")]
    pub serial: Option<Serial>,
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `activation campaign`.
#[derive(Debug, Args)]
pub struct ActivationCampaign {
    #[arg(value_name = "FILE")]
    pub file: FileOrStdin,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub reissue: bool,
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub slips: Option<FileOrStdout>,
}

/// Which activation codes to list.
#[derive(Debug, Args)]
pub struct ActivationList {
    #[arg(long, value_name = "LOGIN")]
    pub login: Option<Login>,
}

/// `emergency`.
#[derive(Debug, Subcommand)]
pub enum Emergency {
    New(EmergencyNew),
    List(EmergencyList),
    Revoke(OneLogin),
}

/// `emergency new`.
#[derive(Debug, Args)]
pub struct EmergencyNew {
    #[arg(value_name = "LOGIN")]
    pub login: Login,
    #[arg(long, value_name = "DAYS", default_value = "3")]
    pub days: Days,
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Which emergency lists to list.
#[derive(Debug, Args)]
pub struct EmergencyList {
    #[arg(long, value_name = "LOGIN")]
    pub login: Option<Login>,
}

/// `slip`.
#[derive(Debug, Args)]
pub struct SlipArgs {
    #[arg(value_name = "LOGIN", required_unless_present_any = ["all", "list"])]
    pub logins: Vec<Login>,
    #[arg(long, conflicts_with_all = ["logins", "list"])]
    pub all: bool,
    #[arg(long = "from", id = "list", value_name = "FILE", conflicts_with = "logins")]
    pub from: Option<FileOrStdin>,
    #[arg(long)]
    pub new_code: bool,
    #[arg(long, conflicts_with = "new_code")]
    pub receipts: bool,
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `activate`.
#[derive(Debug, Args)]
pub struct Activate {
    #[arg(value_name = "LOGIN")]
    pub login: Login,
    #[arg(value_name = "SERIAL")]
    pub serial: Serial,
}

/// `pin`.
#[derive(Debug, Subcommand)]
pub enum Pin {
    Set(PinSet),
    Change(PinSet),
    Reset(Logins),
}

/// `pin set` and `pin change`.
#[derive(Debug, Args)]
pub struct PinSet {
    #[arg(value_name = "LOGIN")]
    pub login: Login,
    #[arg(long)]
    pub ticket: bool,
}

/// `check`.
#[derive(Debug, Args)]
pub struct Check {
    #[arg(value_name = "LOGIN", required_unless_present_any = ["batch", "pam", "radius"])]
    pub login: Option<Login>,
    #[arg(long)]
    pub ticket: bool,
    #[arg(long, value_name = "ADDRESS")]
    pub source: Option<IpAddr>,
    #[arg(long, conflicts_with_all = ["login", "ticket", "source"])]
    pub batch: bool,
    #[arg(long, conflicts_with_all = ["login", "ticket", "source", "batch"])]
    pub pam: bool,
    #[arg(long, conflicts_with_all = ["login", "ticket", "source", "batch", "pam"])]
    pub radius: bool,
}
