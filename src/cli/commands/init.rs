//! `init` makes the database, the vault key and the configuration.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::host::{Accounts, Caller, files};
use crate::ops::{self, Installation};
use std::path::{Path, PathBuf};

/// Runs the command.
///
/// # Errors
/// [`Failure`]; what was begun is taken away again.
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    let database = session.home.database();
    if database.symlink_metadata().is_ok() {
        return Err(Failure::new(Exit::CannotCreate, "already-installed").about("path", database.display()));
    }
    let installation = Installation::draw(session.host.random.as_ref())?;
    let folder = session.home.folder.clone();
    let mut made = Made { folder: Some(folder.clone()).filter(|folder| !folder.exists()), files: Vec::new() };
    files::create_private_dir(&folder)
        .map_err(|error| session.home.not_of_root(&error).unwrap_or_else(|| error.into()))?;
    files::refuse_network_filesystem(&folder)?;
    made.file(&session.home.vault_key(), installation.key_file.as_bytes())?;
    made.file(&database, b"")?;
    let host = &*session.host;
    let admin = first_admin(&host.caller, host.environment.sudo_uid, host.accounts.as_ref());
    ops::install(&installation, &database, &host.caller, &admin, host.clock.as_ref())
        .map_err(|error| session.explained(error.into()))?;
    if !session.home.config().exists() {
        let words = session.words.say("config-template", &[]);
        made.file(&session.home.config(), format!("{words}\n").as_bytes())?;
    }
    made.keep();
    let folder = session.home.folder.display().to_string();
    session.report(
        Answer::new("init")
            .field("home", Datum::of(&folder))
            .field("operator", Datum::of(&admin.name))
            .sentence("installed", &[("path", Value::of(&folder)), ("operator", Value::of(&admin.name))])
            .sentence("installed-escrow", &[("path", Value::of(session.home.vault_key().display()))])
            .sentence("installed-next", &[]),
    )?;
    Ok(Exit::Done)
}

/// Says who becomes the first administrator: whom sudo names where root called, else the caller.
fn first_admin(caller: &Caller, sudo: Option<u32>, accounts: &dyn Accounts) -> Caller {
    let named = |uid| accounts.name_of(uid).unwrap_or_else(|| format!("uid-{uid}"));
    match sudo.filter(|uid| caller.uid == 0 && *uid != 0) {
        Some(uid) => Caller { uid, name: named(uid), ..caller.clone() },
        None => caller.clone(),
    }
}

/// The folder and the files that were made; taken away again unless all could be made.
struct Made {
    folder: Option<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn file(&mut self, path: &Path, contents: &[u8]) -> Result<(), Failure> {
        files::create_private(path, contents)?;
        self.files.push(path.to_owned());
        Ok(())
    }

    fn keep(mut self) {
        self.folder = None;
        self.files.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for path in &self.files {
            for ending in ["", "-wal", "-shm"] {
                // What can not be taken away is found by the next init, which says so.
                let _ = std::fs::remove_file(files::beside(path, ending));
            }
        }
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::{NoAccounts, Via};

    struct One;

    impl Accounts for One {
        fn uid_of(&self, _: &str) -> Option<u32> {
            None
        }
        fn name_of(&self, uid: u32) -> Option<String> {
            (uid == 1001).then(|| "mdupuis".to_owned())
        }
    }

    #[test]
    fn the_first_administrator_is_whom_sudo_names_to_root_else_the_caller() {
        let caller = |uid, via| Caller { uid, name: format!("caller-{uid}"), via, login: None };
        let named = |caller: &Caller, sudo, accounts: &dyn Accounts| first_admin(caller, sudo, accounts).name;
        let root = caller(0, Via::BreakGlass);
        assert_eq!(named(&root, Some(1001), &One), "mdupuis");
        assert_eq!(named(&root, Some(1002), &NoAccounts), "uid-1002");
        assert_eq!(named(&root, None, &One), "caller-0");
        assert_eq!(named(&root, Some(0), &One), "caller-0");
        assert_eq!(first_admin(&root, Some(1001), &One).uid, 1001);
        // Who is not root was identified by that number already, or it says nothing of him.
        for via in [Via::Sudo, Via::Direct] {
            assert_eq!(named(&caller(1003, via), Some(1001), &One), "caller-1003");
        }
    }
}
