//! The variables of the environment that are read. No other one is, in any build.

use super::variables::Variables;
use std::ffi::OsString;
use std::path::PathBuf;

/// The values of the allow-listed variables, and where the system home lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// `CLEOTP_HOME`: the folder of the database.
    pub cleotp_home: Option<PathBuf>,
    /// `LC_ALL`.
    pub lc_all: Option<String>,
    /// `LC_MESSAGES`.
    pub lc_messages: Option<String>,
    /// `LANG`.
    pub lang: Option<String>,
    /// `NO_COLOR`: set and not empty.
    pub no_color: bool,
    /// `XDG_DATA_HOME`.
    pub xdg_data_home: Option<PathBuf>,
    /// `HOME`.
    pub user_home: Option<PathBuf>,
    /// `GNUPGHOME`: where the keys of `gpg` are.
    pub gnupg_home: Option<PathBuf>,
    /// `COLUMNS`.
    pub columns: Option<u16>,
    /// `TERM`.
    pub term: Option<String>,
    /// `CREDENTIALS_DIRECTORY`: where systemd lays the credentials of a service.
    pub credentials_directory: Option<PathBuf>,
    /// `SUDO_UID`: the number of whom sudo names, if it is one.
    pub sudo_uid: Option<u32>,
    /// What a login server says of one request; read when it is asked for, and not before.
    pub variables: Variables,
    /// Where the files of the machine lie that the doctor looks at; no variable changes it, tests do.
    pub machine_root: PathBuf,
    /// The home used when it exists and no other is named; no variable changes it, tests do.
    pub system_home: PathBuf,
}

impl Default for Environment {
    /// Gives the environment in which no variable is set.
    fn default() -> Self {
        Self {
            cleotp_home: None,
            lc_all: None,
            lc_messages: None,
            lang: None,
            no_color: false,
            xdg_data_home: None,
            user_home: None,
            gnupg_home: None,
            columns: None,
            term: None,
            credentials_directory: None,
            sudo_uid: None,
            variables: Variables::default(),
            machine_root: PathBuf::from("/"),
            system_home: PathBuf::from("/var/lib/cleotp"),
        }
    }
}

impl Environment {
    /// Reads the variables of the process.
    pub fn system() -> Self {
        Self {
            cleotp_home: read("CLEOTP_HOME").map(PathBuf::from),
            lc_all: read_text("LC_ALL"),
            lc_messages: read_text("LC_MESSAGES"),
            lang: read_text("LANG"),
            no_color: read("NO_COLOR").is_some(),
            xdg_data_home: read("XDG_DATA_HOME").map(PathBuf::from),
            user_home: read("HOME").map(PathBuf::from),
            gnupg_home: read("GNUPGHOME").map(PathBuf::from),
            columns: read_text("COLUMNS").and_then(|text| text.parse().ok()),
            term: read_text("TERM"),
            credentials_directory: read("CREDENTIALS_DIRECTORY").map(PathBuf::from),
            sudo_uid: read_text("SUDO_UID").as_deref().and_then(read_uid),
            variables: Variables::OfProcess,
            ..Self::default()
        }
    }

    /// Forgets the folders that variables name: a login server hands over an environment in which they may be anybody's.
    pub fn forget_folders(&mut self) {
        self.cleotp_home = None;
        self.xdg_data_home = None;
        self.user_home = None;
        self.gnupg_home = None;
        self.credentials_directory = None;
    }

    /// Gives the language that the environment asks for: the first of `LC_ALL`, `LC_MESSAGES`, `LANG` that is set.
    pub fn language(&self) -> Option<&str> {
        self.lc_all.as_deref().or(self.lc_messages.as_deref()).or(self.lang.as_deref())
    }
}

/// Reads one variable; an empty one counts as not set.
#[allow(clippy::disallowed_methods, reason = "this is the host's reading of the environment")]
fn read(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

fn read_text(name: &str) -> Option<String> {
    read(name).and_then(|value| value.into_string().ok())
}

/// Reads a number as sudo writes it.
fn read_uid(text: &str) -> Option<u32> {
    text.parse().ok().filter(|uid: &u32| uid.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sudo_names_an_account_by_its_number_and_no_other_way() {
        assert_eq!(read_uid("990"), Some(990));
        for text in ["", "-1", "+990", "0990", " 990", "root", "4294967296"] {
            assert_eq!(read_uid(text), None, "{text:?}");
        }
    }
}
