//! `init` makes the database, the vault key and the configuration.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::host::files;
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
    files::create_private_dir(&folder)?;
    files::refuse_network_filesystem(&folder)?;
    made.file(&session.home.vault_key(), installation.key_file.as_bytes())?;
    made.file(&database, b"")?;
    ops::install(&installation, &database, &session.host.caller, session.host.clock.as_ref())
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
            .field("operator", Datum::of(&session.host.caller.name))
            .sentence("installed", &[("path", Value::of(&folder)), ("operator", Value::of(&session.host.caller.name))])
            .sentence("installed-escrow", &[("path", Value::of(session.home.vault_key().display()))])
            .sentence("installed-next", &[]),
    )?;
    Ok(Exit::Done)
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
                let mut name = path.clone().into_os_string();
                name.push(ending);
                // What can not be taken away is found by the next init, which says so.
                let _ = std::fs::remove_file(name);
            }
        }
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir(folder);
        }
    }
}
