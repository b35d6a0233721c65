//! The folder that holds the database, its vault key and its configuration.

use super::escape;
use super::exit::Exit;
use super::failure::Failure;
use crate::host::Environment;
use crate::host::files::{self, Account, FileError};
use std::path::{Component, Path, PathBuf};

/// A home: a folder, and the names of what lies in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The folder.
    pub folder: PathBuf,
}

/// How a home came to be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// By `--home`.
    Option,
    /// By `CLEOTP_HOME`.
    Variable,
    /// As that of the system, which exists.
    System,
    /// As that of the user.
    User,
}

impl Origin {
    /// Gives the stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Variable => "variable",
            Self::System => "system",
            Self::User => "user",
        }
    }
}

impl Home {
    /// Chooses: `--home`, `CLEOTP_HOME`, the system home if it exists, else the user's data folder.
    ///
    /// # Errors
    /// A failure when none of them is known.
    pub fn choose(option: Option<&Path>, environment: &Environment) -> Result<Self, Failure> {
        Self::choose_from(option, environment).map(|(home, _)| home)
    }

    /// As [`Home::choose`], and tells which of them it was.
    ///
    /// # Errors
    /// As [`Home::choose`].
    pub fn choose_from(option: Option<&Path>, environment: &Environment) -> Result<(Self, Origin), Failure> {
        let system = Some(&environment.system_home).filter(|folder| folder.is_dir());
        let of_user = || {
            let data = environment.xdg_data_home.clone().filter(|folder| folder.is_absolute());
            let data = data.or_else(|| environment.user_home.as_ref().map(|home| home.join(".local/share")));
            data.map(|data| data.join("cleotp"))
        };
        let known = [
            (option, Origin::Option),
            (environment.cleotp_home.as_deref(), Origin::Variable),
            (system.map(PathBuf::as_path), Origin::System),
        ];
        let known = known.into_iter().find_map(|(folder, origin)| Some((folder?.to_owned(), origin)));
        let chosen = known.or_else(|| Some((of_user()?, Origin::User)));
        chosen
            .map(|(folder, origin)| (Self { folder }, origin))
            .ok_or_else(|| Failure::new(Exit::Configuration, "no-home"))
    }

    /// Tells whether it is that of the system, however it was named and whether it is there or not.
    pub fn is_of_system(&self, environment: &Environment) -> bool {
        let real = |folder: &Path| real(&std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()));
        real(&self.folder) == real(&environment.system_home)
    }

    /// Names the database.
    pub fn database(&self) -> PathBuf {
        self.folder.join("cleotp.db")
    }

    /// Says that there is no database: one was lost, if something of it is left; `cleotp init` would be wrong then.
    pub fn without_database(&self) -> Failure {
        let path = self.database();
        let log = files::beside(&path, "-wal");
        let [key, log] = [self.vault_key(), log].map(|left| Some(left).filter(|left| left.symlink_metadata().is_ok()));
        let lost = |left: PathBuf| {
            Failure::new(Exit::Missing, "database-lost").about("path", path.display()).about("left", left.display())
        };
        match (log, key) {
            // Beside another database, it would be folded into that one.
            (Some(log), _) => lost(log).hinted("hint-database-lost-log"),
            (None, Some(key)) => lost(key),
            (None, None) => Failure::new(Exit::Missing, "no-database").about("path", path.display()),
        }
    }

    /// Says that it belongs to another account than the one that runs the program.
    pub fn of_another(&self, owner: &Account, own: &Account) -> Failure {
        Failure::new(Exit::Configuration, "home-of-another-account")
            .about("path", self.folder.display())
            .with("owner", owner.name.clone())
            .with("account", for_sudo(owner))
            .with("own", own.name.clone())
    }

    /// Says the same instead of an error, where root would be told to take the folder from its account.
    pub fn not_of_root(&self, error: &FileError) -> Option<Failure> {
        let own = Some(Account::own()).filter(|own| own.is_root() && matches!(error, FileError::Owner { .. }))?;
        Some(self.of_another(&Account::owning(&self.folder)?, &own))
    }

    /// Names the file of the vault key.
    pub fn vault_key(&self) -> PathBuf {
        self.folder.join("vault.key")
    }

    /// Names the note of when the spool was last taken.
    pub fn last_spool_run(&self) -> PathBuf {
        self.folder.join("spool.last")
    }

    /// Names the file in which another vault key waits until it takes the place of the present one.
    pub fn next_vault_key(&self) -> PathBuf {
        self.folder.join("vault.key.next")
    }

    /// Names the configuration.
    pub fn config(&self) -> PathBuf {
        self.folder.join("config.toml")
    }
}

/// Writes an account as `sudo -u` takes it: a number has its own sign.
fn for_sudo(account: &Account) -> String {
    let is_number = account.name.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { format!("'#{}'", account.uid) } else { escape::for_shell(&account.name) }
}

/// Gives the one name of a folder; what is not there can be no link, and its name is read as it is written.
fn real(folder: &Path) -> PathBuf {
    if let Ok(real) = folder.canonicalize() {
        return real;
    }
    match (folder.parent(), folder.components().next_back()) {
        (Some(above), Some(Component::ParentDir)) => {
            let above = real(above);
            above.parent().map(Path::to_owned).unwrap_or(above)
        }
        (Some(above), Some(Component::Normal(name))) => real(above).join(name),
        _ => folder.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_of_the_system_is_known_by_every_name() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(folder.path(), &link).unwrap();
        let is_of = |home: &Path, system: &Path| {
            let environment = Environment { system_home: system.to_owned(), ..Environment::default() };
            Home { folder: home.to_owned() }.is_of_system(&environment)
        };
        assert!(is_of(folder.path(), folder.path()) && is_of(&link, folder.path()) && is_of(folder.path(), &link));
        assert!(is_of(&folder.path().join("."), folder.path()));
        assert!(is_of(Path::new("/nonexistent/a"), Path::new("/nonexistent/a")));
        let here = std::env::current_dir().unwrap();
        let up: PathBuf = here.components().skip(1).map(|_| "..").collect();
        let relative = |folder: &Path| up.join(folder.strip_prefix("/").unwrap());
        assert!(is_of(&relative(folder.path()), folder.path()));
        // Nor by any name of what is not there yet.
        let system = folder.path().join("none");
        let below = folder.path().join("below");
        std::os::unix::fs::symlink(&below, folder.path().join("nowhere")).unwrap();
        #[allow(clippy::disallowed_methods, reason = "a test lays its files")]
        std::fs::create_dir(&below).unwrap();
        for name in [
            "none/",
            "./none",
            "none/.",
            "below/../none",
            "link/none",
            "nowhere/../none",
            "none/../none",
            "a/b/../../none",
        ] {
            assert!(is_of(&folder.path().join(name), &system), "{name}");
            assert!(is_of(&relative(&folder.path().join(name)), &system), "{name}");
        }
        for name in ["none/none", "below/none", "nowhere/none", "none/..", "none2", ""] {
            assert!(!is_of(&folder.path().join(name), &system), "{name}");
        }
        assert!(
            !is_of(&folder.path().join("below"), folder.path()) && !is_of(folder.path(), Path::new("/nonexistent"))
        );
    }

    #[test]
    fn the_nearest_home_wins() {
        let system = tempfile::tempdir().unwrap();
        let mut environment = Environment {
            cleotp_home: Some("/env".into()),
            system_home: system.path().to_owned(),
            xdg_data_home: Some("/xdg".into()),
            user_home: Some("/home/u".into()),
            ..Environment::default()
        };
        let chosen = |option: Option<&str>, environment: &Environment| {
            Home::choose(option.map(Path::new), environment).map(|home| home.folder).unwrap()
        };
        assert_eq!(chosen(Some("/opt"), &environment), Path::new("/opt"));
        assert_eq!(chosen(None, &environment), Path::new("/env"));
        environment.cleotp_home = None;
        assert_eq!(chosen(None, &environment), system.path());
        environment.system_home = "/nonexistent".into();
        assert_eq!(chosen(None, &environment), Path::new("/xdg/cleotp"));
        environment.xdg_data_home = None;
        assert_eq!(chosen(None, &environment), Path::new("/home/u/.local/share/cleotp"));
        environment.user_home = None;
        assert_eq!(Home::choose(None, &environment).unwrap_err().id(), "no-home");
    }
}
