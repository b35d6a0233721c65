//! `backup` copies the database into one file, or to stdout.

use crate::audit::Head;
use crate::cli::args::Backup;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::host::Via;
use crate::host::files::{self, Draft, Fresh};
use crate::ops::{self, Contents};
use crate::vault::Checksum;
use data_encoding::HEXLOWER;
use std::io::{self, Write};
use std::path::Path;

/// Runs the command.
///
/// # Errors
/// [`Failure`]; nothing has the name of the backup then.
pub fn run(session: &mut Session<'_>, args: &Backup) -> Result<Exit, Failure> {
    let path = args.file.file();
    if path.is_none() && session.host.terminal.stdout_is_terminal() {
        return Err(Failure::new(Exit::Usage, "backup-to-terminal"));
    }
    // Before anything is done that would be for nothing.
    if let Some(path) = path {
        Fresh::expect_none(path)?;
        files::expect_safe_folder_of(path)?;
    }
    let Copied { mut draft, contents, is_told } = copy(session)?;
    let written = match path {
        Some(path) => write(&mut draft, path),
        None => send(&mut draft, session),
    };
    if written.is_err() && is_told {
        // What it failed of is said in any case; the disk may be full.
        session.at_desk(|desk, _| Ok(desk.give_up_backup()?)).unwrap_or_default();
    }
    drop(draft);
    let (bytes, sha256) = written?;
    tell(session, path, &contents, bytes, &sha256)?;
    Ok(Exit::Done)
}

/// A copy beside the database, and whether an event tells of it.
struct Copied {
    draft: Draft,
    contents: Contents,
    is_told: bool,
}

/// Copies the database beside it, where only its own account can come.
fn copy(session: &mut Session<'_>) -> Result<Copied, Failure> {
    let copied = session.at_desk(|desk, session| {
        let draft = begin(session)?;
        let contents = desk.back_up(draft.path())?;
        Ok(Copied { draft, contents, is_told: true })
    });
    match copied {
        Err(failure) if is_of_vault_key(&failure) && may_copy_closed(session) => {
            let reason = Value::of(failure.message(&session.words));
            let _held = session.hold_database()?;
            let draft = begin(session)?;
            let contents = ops::back_up_closed(&session.home.database(), draft.path())
                .map_err(|error| session.explained(error.into()))?;
            session.warn("backup-without-vault-key", &[("reason", reason)]);
            Ok(Copied { draft, contents, is_told: false })
        }
        copied => copied,
    }
}

fn begin(session: &Session<'_>) -> Result<Draft, Failure> {
    let path = files::beside(&session.home.database(), ".backup.part");
    Draft::begin(&path)?.ok_or_else(|| Failure::new(Exit::Busy, "backup-busy"))
}

fn is_of_vault_key(failure: &Failure) -> bool {
    ["vault-key-missing", "vault-key-malformed", "vault-key-other"].contains(&failure.id())
}

/// Tells whether the caller could copy the files himself: what is secret in them stays sealed.
fn may_copy_closed(session: &Session<'_>) -> bool {
    session.host.caller.via != Via::Sudo && session.settings.cron_role.is_none()
}

fn write(draft: &mut Draft, path: &Path) -> Result<(u64, [u8; 32]), Failure> {
    let (mut fresh, mut checksum) = (Fresh::begin(path)?, Checksum::default());
    draft.pour(|bytes| {
        checksum.take(bytes);
        let failed = |source| files::FileError::Write { path: path.to_owned(), source };
        fresh.write_all(bytes).map_err(|error| Failure::from(failed(error)))
    })?;
    fresh.finish()?;
    Ok(checksum.finish())
}

/// Sends a backup to stdout: one whose reader went away is none.
fn send(draft: &mut Draft, session: &mut Session<'_>) -> Result<(u64, [u8; 32]), Failure> {
    let mut checksum = Checksum::default();
    draft.pour(|bytes| {
        checksum.take(bytes);
        match session.deliver(bytes)? {
            true => Ok(()),
            false => Err(Failure::cannot_write(&io::ErrorKind::BrokenPipe.into())),
        }
    })?;
    Ok(checksum.finish())
}

fn tell(
    session: &mut Session<'_>,
    path: Option<&Path>,
    contents: &Contents,
    bytes: u64,
    sha256: &[u8; 32],
) -> Result<(), Failure> {
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let values = [
        ("path", path.map_or_else(|| Value::word("backup-on-stdout"), |path| Value::of(path.display()))),
        ("kibibytes", Value::from(bytes.saturating_add(1_023) / 1_024)),
        ("events", contents.events.into()),
        ("sha256", Value::of(HEXLOWER.encode(sha256))),
        ("key", Value::of(contents.vault_key)),
    ];
    let Some(path) = path else {
        session.say("backup-made", &values);
        return Ok(());
    };
    let answer = Answer::new("backup")
        .field("file", Datum::of(path.display()))
        .field("bytes", bytes)
        .field("sha256", HEXLOWER.encode(sha256))
        .field("events", contents.events)
        .field("head", head(&contents.head))
        .field("newest", contents.newest)
        .field("vault_key", Datum::of(contents.vault_key));
    session.report(answer.sentence("backup-made", &values).sentence("backup-next", &values))
}

/// Writes where a chain stands, for machines.
pub fn head(head: &Head) -> Datum {
    Datum::Object(vec![("seq", head.seq.into()), ("mac", HEXLOWER.encode(&head.mac).into())])
}
