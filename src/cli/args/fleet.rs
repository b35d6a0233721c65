//! Keys, and the files they come from.

use crate::establishment::Uai;
use crate::import::{Columns, SecretEncoding};
use crate::key::{InvalidSerial, Serial, State};
use crate::user::Login;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::str::FromStr;

/// `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// `-` is stdin.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub psk_file: Option<PathBuf>,
    #[arg(long, value_name = "ENCODING")]
    pub secret_encoding: Option<SecretEncoding>,
    /// May begin with the `-` of a column that is passed over.
    #[arg(long, value_name = "COLUMNS", allow_hyphen_values = true)]
    pub columns: Option<Columns>,
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(1..=40))]
    pub pad_serial: Option<u8>,
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    pub cipher: Option<String>,
    #[arg(long)]
    pub accept_unauthenticated: bool,
    #[arg(long, value_name = "UAI")]
    pub establishment: Option<Uai>,
    #[arg(long)]
    pub allow_weak_seeds: bool,
}

/// `batch`.
#[derive(Debug, Subcommand)]
pub enum Batch {
    List,
    Show(OneBatch),
    Verify(BatchVerify),
    Undo(OneBatch),
}

/// One imported file.
#[derive(Debug, Args)]
pub struct OneBatch {
    #[arg(value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    pub id: i64,
}

/// `batch verify`.
#[derive(Debug, Args)]
pub struct BatchVerify {
    #[arg(value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    pub id: i64,
    #[arg(long, value_name = "NUMBER", default_value = "3", value_parser = clap::value_parser!(u8).range(1..=100))]
    pub sample: u8,
}

/// `key`.
#[derive(Debug, Subcommand)]
pub enum Key {
    List(KeyList),
    Show(Serials),
    Assign(KeyAssign),
    Unassign(Serials),
    Unlock(Serials),
    Resync(KeyResync),
    Diagnose(KeyDiagnose),
}

/// Which keys to list.
#[derive(Debug, Args)]
pub struct KeyList {
    #[arg(long, value_name = "STATE")]
    pub state: Option<State>,
    #[arg(long, value_name = "UAI")]
    pub establishment: Option<Uai>,
    #[arg(long, value_name = "LOGIN")]
    pub login: Option<Login>,
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    pub batch: Option<i64>,
}

/// One or more keys.
#[derive(Debug, Args)]
pub struct Serials {
    #[arg(value_name = "SERIAL", required = true)]
    pub serials: Vec<Serial>,
}

/// `key assign`.
#[derive(Debug, Args)]
pub struct KeyAssign {
    #[arg(value_name = "SERIAL")]
    pub serial: Serial,
    #[arg(value_name = "LOGIN")]
    pub login: Login,
}

/// `key diagnose`.
#[derive(Debug, Args)]
pub struct KeyDiagnose {
    #[arg(value_name = "SERIAL")]
    pub serial: Serial,
}

/// `key resync`.
#[derive(Debug, Args)]
pub struct KeyResync {
    #[arg(value_name = "LOGIN_OR_SERIAL")]
    pub subject: Subject,
    #[arg(long)]
    pub three: bool,
}

/// A key, named by its serial or by its holder: what the text may mean, a key being meant first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The key of this serial.
    pub serial: Option<Serial>,
    /// The key of this user.
    pub login: Option<Login>,
}

impl FromStr for Subject {
    type Err = InvalidSerial;

    fn from_str(text: &str) -> Result<Self, InvalidSerial> {
        let (serial, login) = (text.parse::<Serial>(), text.parse::<Login>().ok());
        match (serial, login) {
            (Err(error), None) => Err(error),
            (serial, login) => Ok(Self { serial: serial.ok(), login }),
        }
    }
}
