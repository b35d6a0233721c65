//! `import` takes vendors' seed files into the stock.

mod meter;
mod rejects;
mod spool;
mod told;

pub use spool::inspect as inspect_spool;

use crate::cli::args::{FileOrStdin, ImportArgs};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::host::Line;
use crate::host::files::{self, FolderLock};
use crate::import::{Cipher, Format, Guidance, Source};
use crate::ops::{Desk, Error, FileReport, ImportAnswer, SeedFile};
use meter::Meter;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a file may turn out to need of somebody who sits at the terminal.
struct Need {
    /// The finding that tells it.
    code: &'static str,
    prompt: &'static str,
    give: fn(&mut Guidance, Line),
}

const NEEDS: [Need; 3] = [
    Need {
        code: "openpgp-passphrase-needed",
        prompt: "prompt-openpgp-passphrase",
        give: |to, typed| to.unlock.give_openpgp_passphrase(typed),
    },
    Need {
        code: "pre-shared-key-needed",
        prompt: "prompt-pre-shared-key",
        give: |to, typed| to.unlock.give_pre_shared_key(typed),
    },
    Need { code: "passphrase-needed", prompt: "prompt-passphrase", give: |to, typed| to.unlock.give_passphrase(typed) },
];
/// What programs add to the name of a file that they put into an OpenPGP message.
const ENVELOPES: [&str; 3] = ["gpg", "pgp", "asc"];
/// How long an import waits for another one.
const LONGEST_WAIT: Duration = Duration::from_secs(3);

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: ImportArgs) -> Result<Exit, Failure> {
    // Nobody waits for an import as one waits for a check.
    (session.host.step_back)();
    if let Some(folder) = &args.spool {
        return spool::run(session, folder, args.dry_run);
    }
    let format = args.format.as_deref().map(parse_format).transpose()?;
    let cipher = args.cipher.as_deref().map(parse_cipher).transpose()?;
    rejects::check(&args)?;
    let mut reports = Vec::new();
    let mut worst = Exit::Done;
    let mut not_kept = None;
    let mut end = None;
    let _turn = if args.dry_run { None } else { Some(take_turn(session)?) };
    session.at_desk(|desk, session| {
        let mut guidance = Guidance {
            cipher,
            accept_unauthenticated: args.accept_unauthenticated,
            secret_encoding: args.secret_encoding,
            columns: args.columns.clone(),
            pad_serial: args.pad_serial,
            ..Guidance::default()
        };
        if let Some(path) = &args.psk_file {
            guidance.unlock.give_pre_shared_key(session.secret_file(path)?);
        }
        if let Some(path) = &args.passphrase_file {
            guidance.unlock.give_passphrase(session.secret_file(path)?);
        }
        if let Some(uai) = &args.establishment {
            desk.show_establishment(uai)?;
        }
        for input in &args.files {
            match take_file(desk, session, &args, format, input, &mut guidance) {
                Ok((report, failure)) => {
                    worst = worse(worst, failure.as_ref().map_or(exit_of(report.answer), Failure::exit));
                    not_kept = failure;
                    reports.push((name_of(input.path()), report));
                }
                // One file that can not be read does not keep the others out; the worst status is the answer.
                Err(Unread::File(failure)) => {
                    worst = worse(worst, failure.exit());
                    session.complain(&failure);
                }
                Err(Unread::All(failure)) => {
                    end = Some(failure);
                    break;
                }
            }
        }
        Ok(())
    })?;
    // What came in before something went wrong is told all the same.
    match end {
        Some(failure) if reports.is_empty() => return Err(failure),
        _ => told::tell(session, &args, &reports)?,
    }
    match &not_kept {
        Some(failure) => session.complain(failure),
        None => rejects::tell(session, &args, &reports),
    }
    match end {
        Some(failure) => Err(failure.hinted("hint-import-went-so-far")),
        None => Ok(worst),
    }
}

/// Waits a little until no other import is on its way, nor a batch that is taken back.
///
/// # Errors
/// A failure when one still is.
pub fn take_turn(session: &Session<'_>) -> Result<FolderLock, Failure> {
    let busy = || Failure::new(Exit::Busy, "import-busy");
    session.wait_for(LONGEST_WAIT, busy, || files::lock_folder(&session.home.folder).map_err(Failure::of_home_file))
}

/// Why a file was not read.
enum Unread {
    /// For a reason of its own.
    File(Failure),
    /// For one that holds for every file.
    All(Failure),
}

/// A file that is open.
struct Opened<'a> {
    path: &'a Path,
    source: Box<dyn Source>,
    format: Option<Format>,
}

/// Takes one file, and asks for the key or passphrase when it turns out that one is needed; gives also why its rejected rows
/// could not be kept.
fn take_file(
    desk: &mut Desk<'_>,
    session: &mut Session<'_>,
    args: &ImportArgs,
    format: Option<Format>,
    input: &FileOrStdin,
    guidance: &mut Guidance,
) -> Result<(FileReport, Option<Failure>), Unread> {
    let path = input.path();
    let mut file = Opened { path, source: session.open_input(input).map_err(Unread::File)?, format };
    let inner = without_envelope(path);
    guidance.stem = stem_of(&inner);
    guidance.extension = extension_of(&inner);
    let (mut report, mut not_kept) = read_file(desk, session, args, &mut file, guidance)?;
    // One after the other: what opens the message in which the file came, then what opens the file itself.
    for _ in NEEDS {
        let is_closed = session.is_interactive() && report.answer == ImportAnswer::Rejected;
        let need = NEEDS.iter().find(|need| is_closed && needs(&report, need.code));
        let Some(need) = need else { break };
        (need.give)(guidance, session.ask_secret(need.prompt, &[]).map_err(Unread::All)?);
        (report, not_kept) = read_file(desk, session, args, &mut file, guidance)?;
    }
    Ok((report, not_kept))
}

/// Reads a file with what is known of it, and shows meanwhile how far it is.
fn read_file(
    desk: &mut Desk<'_>,
    session: &mut Session<'_>,
    args: &ImportArgs,
    file: &mut Opened<'_>,
    guidance: &Guidance,
) -> Result<(FileReport, Option<Failure>), Unread> {
    let unreadable = |error: Error| Unread::File(Failure::from(error).about("path", file.path.display()));
    let name = name_of(file.path);
    let mut rejects = rejects::begin(args).map_err(Unread::All)?;
    let begun = Meter::begin(session, &name, file.source.as_mut());
    let (mut meter, mut source) = begun.map_err(|error| unreadable(Error::Unreadable(error.to_string())))?;
    let done = desk.import_file(&mut SeedFile {
        name: &name,
        source: &mut source,
        format: file.format,
        guidance,
        establishment: args.establishment.as_ref(),
        allow_weak_seeds: args.allow_weak_seeds,
        partial: args.partial,
        replace: args.replace,
        rejects: rejects.as_mut().map(|file| -> &mut dyn Write { file }),
        watch: &mut |keys| meter.take(keys),
        dry_run: args.dry_run,
    });
    let report = done.map_err(|error| match error {
        Error::Unreadable(_) => unreadable(error),
        error => Unread::All(rejects::failure_of(error, args)),
    })?;
    let not_kept = rejects::finish(rejects, &report);
    Ok((report, not_kept))
}

fn parse_format(text: &str) -> Result<Format, Failure> {
    text.parse().map_err(|_| {
        let known = Format::all().map(Format::name).collect::<Vec<_>>().join(", ");
        Failure::new(Exit::Usage, "unknown-format").with("format", text).with("known", known)
    })
}

fn parse_cipher(text: &str) -> Result<Cipher, Failure> {
    text.parse().map_err(|_| {
        let known = Cipher::all().map(Cipher::name).collect::<Vec<_>>().join(", ");
        Failure::new(Exit::Usage, "unknown-cipher").with("cipher", text).with("known", known)
    })
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Gives the name that a file had before it was put into an OpenPGP message.
fn without_envelope(path: &Path) -> PathBuf {
    let is_envelope = |own: &String| ENVELOPES.iter().any(|known| own.eq_ignore_ascii_case(known));
    let extension = Some(extension_of(path)).filter(is_envelope);
    extension.map_or_else(|| path.to_owned(), |_| path.with_extension(""))
}

/// Gives the file's name without its extension.
fn stem_of(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Gives the extension of the file's name.
fn extension_of(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().into_owned()).unwrap_or_default()
}

fn needs(report: &FileReport, code: &str) -> bool {
    report.findings.iter().any(|finding| finding.problem.code() == code)
}

fn exit_of(answer: ImportAnswer) -> Exit {
    match answer {
        ImportAnswer::Imported | ImportAnswer::AlreadyImported(_) => Exit::Done,
        ImportAnswer::Partial => Exit::No,
        ImportAnswer::Rejected => Exit::Data,
    }
}

/// Gives the worse of two statuses: what could not be read, then what is wrong, then what is well.
fn worse(one: Exit, other: Exit) -> Exit {
    let rank = |exit: Exit| match exit {
        Exit::Done => 0,
        Exit::No => 1,
        Exit::Data => 2,
        Exit::InputOutput => 4,
        _ => 3,
    };
    if rank(other) > rank(one) { other } else { one }
}
