//! `restore` puts a backup in the place of the database, or looks whether it could.

mod present;
mod told;

use super::backup;
use super::import::take_turn;
use crate::cli::args::{FileOrStdin, Restore};
use crate::cli::confirm::Deed;
use crate::cli::desk::policy_of;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::session::Session;
use crate::cli::times;
use crate::cli::vault_key::KeyPlace;
use crate::clock::UtcTime;
use crate::host::files::{self, Draft, FileError};
use crate::host::{Line, TerminalError};
use crate::key::Serial;
use crate::operator::{Operator, Standing};
use crate::ops::{self, Candidate, Restored, Restorer, StoreError};
use present::Present;
use std::path::Path;

/// The largest database that is taken for one, in bytes: 64 GiB.
const LARGEST: u64 = 64 << 30;

/// Runs the command.
///
/// # Errors
/// [`Failure`]; the database is as it was then.
pub fn run(session: &mut Session<'_>, args: Restore) -> Result<Exit, Failure> {
    match args.file {
        Some(file) if args.check => check(session, &file),
        Some(file) => restore(session, &file),
        None => confirm(session, args.confirm_since.map(|moment| moment.0), &args.serials),
    }
}

fn confirm(session: &mut Session<'_>, since: Option<UtcTime>, serials: &[Serial]) -> Result<Exit, Failure> {
    let Some(since) = since else { return Err(Failure::new(Exit::Usage, "command-line")) };
    session.at_desk(|desk, session| {
        let released = desk.confirm_restore(since, serials)?;
        told::released(session, since, released)?;
        Ok(Exit::Done)
    })
}

fn check(session: &mut Session<'_>, file: &FileOrStdin) -> Result<Exit, Failure> {
    admit(session)?;
    let key_file = session.read_vault_key()?;
    let candidate = match file {
        FileOrStdin::File(path) => examine(session, file, path, &key_file)?,
        FileOrStdin::Stdin => {
            let draft = take(session, file)?;
            examine(session, file, draft.path(), &key_file)?
        }
    };
    told::could_be_restored(session, file, &candidate)?;
    Ok(Exit::Done)
}

fn restore(session: &mut Session<'_>, file: &FileOrStdin) -> Result<Exit, Failure> {
    session.expect_confirmation()?;
    if *file == FileOrStdin::Stdin && !session.options.yes {
        // What comes in on stdin is the backup, and no answer.
        return Err(Failure::new(Exit::Usage, "confirmation-needed"));
    }
    let operator = admit(session)?;
    // Neither an import nor another restore comes between, nor another vault key.
    let _turn = take_turn(session)?;
    let key_file = session.read_vault_key()?;
    let draft = take(session, file)?;
    let candidate = examine(session, file, draft.path(), &key_file)?;
    if !is_meant(session, file, &candidate)? {
        return Ok(Exit::No);
    }
    let present = Present::take(session, draft.path(), &candidate)?;
    let policy = policy_of(&session.settings);
    let restorer =
        Restorer { operator: &operator, clock: session.host.clock.as_ref(), presses: policy.passcode.next_code_window };
    let restored = ops::prepare_backup(draft.path(), &candidate, present.comparison.as_ref(), restorer)
        .map_err(|error| session.explained(error.into()))?;
    // From here on nothing is missing but the name.
    draft.sync()?;
    let kept = present.make_room(session)?;
    draft.replace(&session.home.database())?;
    drop(present);
    told::restored(session, &Told { file, candidate: &candidate, restored: &restored, kept: kept.as_deref() })?;
    Ok(Exit::Done)
}

/// What is told of a restore.
struct Told<'a> {
    file: &'a FileOrStdin,
    candidate: &'a Candidate,
    restored: &'a Restored,
    kept: Option<&'a Path>,
}

/// Lets the caller in by the operators of the present database; where it tells nobody's role any more, whoever has its files can do
/// what he likes with them, unless the configuration makes less of him.
fn admit(session: &mut Session<'_>) -> Result<Operator, Failure> {
    match session.at_desk(|desk, _| Ok(desk.store.operator().clone())) {
        Err(failure) if is_of_the_database(&failure) => {
            let caller = session.host.caller.clone();
            let standing = Standing::of(&caller, None, session.settings.cron_role);
            match standing.filter(|standing| standing.may(session.command)) {
                Some(standing) => Ok(Operator { via: standing.via, ..caller }),
                None => Err(failure),
            }
        }
        admitted => admitted,
    }
}

/// Tells whether a failure is about the database that is to be replaced, which does not keep it from being so.
fn is_of_the_database(failure: &Failure) -> bool {
    let of_database = [
        "database-lost",
        "database-damaged",
        "database-foreign",
        "database-newer",
        "database-impossible",
        "database-unexpected",
        "vault-key-other",
        "vault-tampered",
    ];
    of_database.contains(&failure.id())
}

/// Takes the bytes of a backup, once, into a file of our own: what is looked at is what is restored.
fn take(session: &mut Session<'_>, file: &FileOrStdin) -> Result<Draft, Failure> {
    let path = files::beside(&session.home.database(), ".restore.part");
    let busy = || Failure::new(Exit::Busy, "restore-busy");
    match file {
        FileOrStdin::File(named) => {
            let mut input = files::open_input(named, LARGEST)?;
            let mut draft = Draft::begin(&path)?.ok_or_else(busy)?;
            draft.fill(named, &mut input)?;
            Ok(draft)
        }
        FileOrStdin::Stdin => {
            let mut draft = Draft::begin(&path)?.ok_or_else(busy)?;
            match draft.fill(file.path(), &mut session.host.terminal.take_input()) {
                Err(FileError::Read { source, .. }) => Err(TerminalError::Stream(source).into()),
                filled => Ok(filled.map(|_| draft)?),
            }
        }
    }
}

fn examine(session: &Session<'_>, file: &FileOrStdin, path: &Path, key_file: &Line) -> Result<Candidate, Failure> {
    let place = KeyPlace::of(&session.home, &session.host.environment);
    ops::examine_backup(path, key_file).map_err(|unfit| {
        let failure = match unfit {
            ops::Unfit::Closed(ops::OpenError::Store(StoreError::Missing)) => {
                Failure::from(FileError::Missing { path: path.to_owned() })
            }
            unfit => unfit.into(),
        };
        let is_other = failure.id() == "backup-of-another-key" && matches!(place, KeyPlace::Credential(_));
        let failure = if is_other { failure.hinted("hint-credential-other") } else { failure };
        failure.with("path", crate::cli::session::list_shown(file)).about("key_path", place.path().display())
    })
}

fn is_meant(session: &mut Session<'_>, file: &FileOrStdin, candidate: &Candidate) -> Result<bool, Failure> {
    let newest = candidate.contents.newest.unwrap_or_else(|| session.now());
    let day = times::day(newest);
    session.confirm(&Deed {
        question: "confirm-restore",
        again: "confirm-restore-again",
        values: &[
            ("path", crate::cli::session::list_shown(file)),
            ("newest", Value::Time(newest)),
            ("keys", candidate.keys.into()),
            ("users", candidate.users.into()),
            ("day", Value::of(&day)),
        ],
        is_named_by: &|text| text == day,
    })
}
