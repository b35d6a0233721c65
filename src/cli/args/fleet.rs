//! Keys, and the files they come from.

use super::FileOrStdin;
use super::keys::{KeyChoice, KeyFound, KeyLost, KeyReplace, KeyReturn, KeyShip};
use crate::establishment::Uai;
use crate::import::{Columns, SecretEncoding};
use crate::key::{InvalidSerial, Serial, State};
use crate::user::Login;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::str::FromStr;

/// What the command line says of files, and of those of a spool the `spool.toml` that lies there.
///
/// Three are said nowhere of a spool: where nobody looks, a file comes in as a whole.
const SAID_IN_THE_SPOOL: [&str; 14] = [
    "files",
    "format",
    "psk_file",
    "secret_encoding",
    "columns",
    "pad_serial",
    "passphrase_file",
    "cipher",
    "accept_unauthenticated",
    "establishment",
    "allow_weak_seeds",
    "partial",
    "rejects",
    "replace",
];

/// `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    #[arg(value_name = "FILE", required_unless_present = "spool")]
    pub files: Vec<FileOrStdin>,
    /// What is said of its files stands in its `spool.toml`.
    #[arg(long, value_name = "DIR", conflicts_with_all = SAID_IN_THE_SPOOL)]
    pub spool: Option<PathBuf>,
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
    #[arg(long)]
    pub partial: bool,
    #[arg(long, value_name = "FILE", requires = "partial")]
    pub rejects: Option<PathBuf>,
    #[arg(long)]
    pub replace: bool,
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
    Replace(KeyReplace),
    Unassign(KeyChoice),
    Return(KeyReturn),
    Ship(KeyShip),
    Receive(KeyChoice),
    Suspend(KeyChoice),
    Resume(KeyChoice),
    Unlock(KeyChoice),
    Lost(KeyLost),
    Found(KeyFound),
    Retire(KeyChoice),
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
    #[arg(long)]
    pub on_their_way: bool,
    #[arg(long)]
    pub held: bool,
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
    #[arg(value_name = "SERIAL", required_unless_present = "from", conflicts_with = "from")]
    pub serial: Option<Serial>,
    #[arg(value_name = "LOGIN", required_unless_present = "from", conflicts_with = "from")]
    pub login: Option<Login>,
    #[arg(long, value_name = "FILE")]
    pub from: Option<FileOrStdin>,
    #[arg(long)]
    pub dry_run: bool,
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

#[cfg(test)]
mod tests {
    use crate::cli::args::Line;
    use clap::CommandFactory;

    #[test]
    fn what_is_said_of_files_is_said_of_those_of_a_spool_in_the_spool() {
        let mut tree = Line::command();
        tree.build();
        let import = tree.find_subcommand("import").unwrap();
        let spool = import.get_arguments().find(|argument| argument.get_id() == "spool").unwrap();
        let excluded: Vec<&str> =
            import.get_arg_conflicts_with(spool).iter().map(|argument| argument.get_id().as_str()).collect();
        let own = import.get_arguments().filter(|argument| !argument.is_global_set());
        for argument in own.map(|argument| argument.get_id().as_str()).filter(|id| !["spool", "dry_run"].contains(id)) {
            assert!(excluded.contains(&argument), "{argument} is neither excluded nor read with --spool");
        }
    }
}
