//! `restore` puts a backup in the place of the database, or looks whether it could.

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
use crate::host::files::{self, Draft, FileError, Held};
use crate::host::{Line, TerminalError};
use crate::key::Serial;
use crate::operator::{Operator, Standing};
use crate::ops::{self, Candidate, Comparison, Restored, Restorer, StoreError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The largest database that is taken for one, in bytes: 64 GiB.
const LARGEST: u64 = 64 << 30;
/// How long those are waited for who have the database open.
const LONGEST_WAIT: Duration = Duration::from_secs(2);
const LOOK_AGAIN: Duration = Duration::from_millis(5);

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

/// The database that is replaced, which nobody else has open.
struct Present {
    path: PathBuf,
    held: Option<Held>,
    /// What happened to it since the backup, if that can be told.
    comparison: Option<Comparison>,
    /// Its log lies in it.
    is_folded: bool,
}

impl Present {
    /// Takes it alone, and compares.
    fn take(session: &Session<'_>, backup: &Path, candidate: &Candidate) -> Result<Self, Failure> {
        let path = session.home.database();
        let Some(held) = hold_alone(session, &path)? else {
            return Ok(Self { path, held: None, comparison: None, is_folded: false });
        };
        // Of an empty file SQLite would throw the log away.
        if files::size_of(&path).is_some_and(|size| size == 0) {
            return Ok(Self { path, held: Some(held), comparison: None, is_folded: false });
        }
        let comparison = ops::compare_backup(backup, &path, candidate);
        let is_folded = match ops::fold(&path) {
            Ok(()) => true,
            Err(StoreError::Busy) => return Err(in_use(&path)),
            // It is damaged: its parts are kept as they are. Of a damaged beginning SQLite may say other things.
            Err(StoreError::Damaged) => false,
            Err(StoreError::Unexpected(_)) if comparison.is_none() => false,
            // What it has in its log is not to be lost by a disk that fails now.
            Err(error) => return Err(error.into()),
        };
        Ok(Self { path, held: Some(held), comparison, is_folded })
    }

    /// Keeps what is left of it under another name, which is given, and takes away what SQLite would take for a part of the new one.
    fn make_room(&self, session: &Session<'_>) -> Result<Option<PathBuf>, Failure> {
        let moment = times::for_machines(session.now()).replace([':', '-'], "");
        let name = (1_u32..).map(|number| match number {
            1 => format!(".before-restore-{moment}"),
            number => format!(".before-restore-{moment}-{number}"),
        });
        let is_free = |path: &PathBuf| path.symlink_metadata().is_err();
        let kept = name.map(|name| files::beside(&self.path, &name)).find(is_free).unwrap_or_default();
        let mut parts = Vec::new();
        if self.held.is_some() {
            parts.push("");
        }
        if !self.is_folded {
            parts.push("-wal");
        }
        let mut is_kept = false;
        for ending in parts {
            let part = files::beside(&self.path, ending);
            if part.symlink_metadata().is_ok() {
                keep(&part, &files::beside(&kept, ending))?;
                is_kept = true;
            }
        }
        files::remove_beside(&self.path);
        Ok(is_kept.then_some(kept))
    }
}

fn keep(path: &Path, to: &Path) -> Result<(), Failure> {
    let mut input = files::open_input(path, u64::MAX)?;
    let busy = || Failure::new(Exit::Busy, "restore-busy");
    let mut copy = Draft::begin(&files::beside(path, ".before-restore.part"))?.ok_or_else(busy)?;
    copy.fill(path, &mut input)?;
    Ok(copy.publish(to)?)
}

/// Waits a little until nobody has the database open; nothing when there is none.
fn hold_alone(session: &Session<'_>, path: &Path) -> Result<Option<Held>, Failure> {
    let clock = &session.host.clock;
    let until = clock.uptime().saturating_add(LONGEST_WAIT);
    loop {
        match files::hold_alone(path) {
            Ok(Some(held)) => return Ok(Some(held)),
            Err(FileError::Missing { .. }) => return Ok(None),
            Err(error) => return Err(Failure::of_home_file(error)),
            Ok(None) if clock.uptime() >= until => return Err(in_use(path)),
            Ok(None) => clock.sleep(LOOK_AGAIN),
        }
    }
}

fn in_use(path: &Path) -> Failure {
    Failure::new(Exit::Busy, "database-in-use")
        .with("path", crate::cli::escape::path(path))
        .with("quoted", crate::cli::escape::for_shell(path))
}
