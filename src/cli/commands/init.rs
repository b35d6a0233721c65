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
    if database.try_exists().unwrap_or(true) {
        return Err(Failure::new(Exit::CannotCreate, "already-installed").about("path", database.display()));
    }
    let installation = Installation::draw(session.host.random.as_ref())?;
    files::create_private_dir(&session.home.folder)?;
    files::refuse_network_filesystem(&session.home.folder)?;
    let mut made = Made::default();
    made.file(&session.home.vault_key(), installation.key_file.as_bytes())?;
    made.file(&database, b"")?;
    ops::install(&installation, &database, &session.host.caller, session.host.clock.as_ref())?;
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

/// The files that were made; taken away again unless all could be made.
#[derive(Default)]
struct Made(Vec<PathBuf>);

impl Made {
    fn file(&mut self, path: &Path, contents: &[u8]) -> Result<(), Failure> {
        files::create_private(path, contents)?;
        self.0.push(path.to_owned());
        Ok(())
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for path in &self.0 {
            for ending in ["", "-wal", "-shm"] {
                let mut name = path.clone().into_os_string();
                name.push(ending);
                // What can not be taken away is found by the next init, which says so.
                let _ = std::fs::remove_file(name);
            }
        }
    }
}
