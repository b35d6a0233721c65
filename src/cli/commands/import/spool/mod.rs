//! `import --spool` takes what was put into a folder: for cron, which asks nothing and says nothing when there is nothing.

mod filing;
mod inspect;
mod last_run;
mod rules;

pub use inspect::inspect;

use super::{told, worse};
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::home::Home;
use crate::cli::locale::{Language, Words};
use crate::cli::report::{Answer, Datum, Format, Report, Style};
use crate::cli::session::Session;
use crate::host::Line;
use crate::host::files::{Account, Dropped, FileError, Seen, SpoolFolder};
use crate::import::{Finding, Guidance};
use crate::ops::{Desk, Error, FileReport, ImportAnswer, SeedFile};
use filing::{Pending, Place, Shelf};
use rules::{Rule, Rules};
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// Ends of names that programs give to files which they have not written to their end.
const UNFINISHED: [&str; 3] = [".part", ".tmp", ".filepart"];
/// What a file system has at its root, and nobody puts there.
const NOT_FILES: [&str; 4] = [rules::NAME, "done", "failed", "lost+found"];

/// Takes the files of a spool, one after the other, and notes when it did.
///
/// # Errors
/// [`Failure`] when nothing more can be taken; what is wrong with one file is said, and the others are taken.
pub(super) fn run(session: &mut Session<'_>, folder: &Path, dry_run: bool) -> Result<Exit, Failure> {
    let exit = take_all(session, folder, dry_run)?;
    if !dry_run {
        last_run::note(&session.home, folder, session.now());
    }
    Ok(exit)
}

fn take_all(session: &mut Session<'_>, folder: &Path, dry_run: bool) -> Result<Exit, Failure> {
    let spool = open(folder, Account::own(), &session.home)?;
    let rules = Rules::read(&spool)?;
    let has_pending = spool.names()?.iter().any(|name| Pending::of(name).is_some());
    if waiting(session, &spool, &rules)?.is_empty() && (dry_run || !has_pending) {
        return Ok(Exit::Done);
    }
    let _turn = if dry_run { None } else { Some(super::take_turn(session)?) };
    session.at_desk(|desk, session| {
        let mut round =
            Round { desk, session, spool: &spool, rules: &rules, dry_run, worst: Exit::Done, told: Vec::new() };
        let ended = round.go();
        let told = round.tell_all();
        match ended {
            Ok(()) => told.map(|()| round.worst),
            Err(failure) => Err(failure),
        }
    })
}

/// Opens a spool of an account; the home is none: its files would be taken for those of vendors.
fn open(folder: &Path, account: Account, home: &Home) -> Result<SpoolFolder, Failure> {
    let spool = SpoolFolder::open(folder, account).map_err(Failure::of_spool)?;
    if spool.is_at(&home.folder)? {
        return Err(Failure::new(Exit::Configuration, "spool-is-home").with("path", escape::path(folder)));
    }
    Ok(spool)
}

/// Lists the names that are to be looked at, in their order: those that nobody is writing.
fn waiting(session: &Session<'_>, spool: &SpoolFolder, rules: &Rules) -> Result<Vec<OsString>, Failure> {
    let secrets = secrets(spool, rules)?;
    let mut waiting = Vec::new();
    for name in spool.names()? {
        if is_left(&name) {
            continue;
        }
        let Some(seen) = spool.see(&name)? else { continue };
        let is_secret = secrets.iter().any(|secret| secret.is(&seen));
        // A folder may be as new as it likes: it is not taken in any case.
        if !is_secret && (seen.is_folder() || seen.rested(session.now()) >= rules.min_age) {
            waiting.push(name);
        }
    }
    Ok(waiting)
}

/// Tells by a name alone that it is none of a file to be taken.
fn is_left(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_ascii_lowercase();
    name.starts_with('.') || NOT_FILES.contains(&name.as_str()) || UNFINISHED.iter().any(|end| name.ends_with(end))
}

/// Looks for the files of secrets that may lie among the others.
fn secrets(spool: &SpoolFolder, rules: &Rules) -> Result<Vec<Seen>, Failure> {
    let names = rules.secret_files().filter_map(|path| {
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let is_here = folder
            .is_none_or(|folder| spool.path().join(folder).canonicalize().ok() == spool.path().canonicalize().ok());
        path.file_name().filter(|_| is_here)
    });
    names.filter_map(|name| spool.see(name).map_err(Failure::from).transpose()).collect()
}

/// One run over a spool.
struct Round<'r, 'd, 's> {
    desk: &'r mut Desk<'d>,
    session: &'r mut Session<'s>,
    spool: &'r SpoolFolder,
    rules: &'r Rules,
    dry_run: bool,
    worst: Exit,
    /// What is told at the end, in the forms that have one document.
    told: Vec<Told>,
}

/// A file that was taken.
struct Taken<'r> {
    name: &'r OsStr,
    dropped: Dropped,
    report: FileReport,
}

/// What is told of a file.
struct Told {
    name: String,
    report: FileReport,
    more: Vec<(&'static str, Datum)>,
}

/// Why a file was not taken.
enum Untaken {
    /// Somebody else has taken it away.
    Gone,
    /// For a reason of its own: it stays where it is.
    File(Failure),
    /// For one that holds for every file.
    All(Failure),
}

impl From<Failure> for Untaken {
    fn from(failure: Failure) -> Self {
        Self::File(failure)
    }
}

impl Round<'_, '_, '_> {
    fn go(&mut self) -> Result<(), Failure> {
        if !self.dry_run {
            // Before anything is imported that could not be put there.
            for shelf in Shelf::ALL {
                self.spool.make_within(OsStr::new(shelf.name())).map_err(Failure::of_shelf)?;
            }
            for at in self.spool.names()? {
                let (limit, owners) = (self.session.settings.max_import_size, &self.rules.owners);
                let settled = Pending::of(&at).map(|pending| pending.settle(self.spool, limit, owners));
                // What somebody else has put there under such a name keeps no file out.
                if let Some(Err(failure)) = settled {
                    self.complain(&failure);
                }
            }
        }
        for name in waiting(self.session, self.spool, self.rules)? {
            match self.take(&name) {
                Ok(taken) => self.settle(taken)?,
                Err(Untaken::Gone) => {}
                Err(Untaken::File(failure)) => self.complain(&failure),
                Err(Untaken::All(failure)) => return Err(failure),
            }
        }
        Ok(())
    }

    fn complain(&mut self, failure: &Failure) {
        self.worst = worse(self.worst, failure.exit());
        self.session.complain(failure);
    }

    /// Imports a file as its rule says.
    fn take<'n>(&mut self, name: &'n OsStr) -> Result<Taken<'n>, Untaken>
    where
        Self: 'n,
    {
        let rule = self.rules.of(name);
        let guidance = self.guidance(name, rule)?;
        let establishment = rule.and_then(|rule| rule.establishment.as_ref());
        if let Some(uai) = establishment {
            self.desk.show_establishment(uai).map_err(|error| match error {
                Error::UnknownEstablishment(_) => {
                    Untaken::File(self.rules_at_fault(error.into(), name, "hint-spool-establishment"))
                }
                error => Untaken::All(error.into()),
            })?;
        }
        let taken = self.spool.take(name, self.session.settings.max_import_size, &self.rules.owners);
        let mut dropped = taken.map_err(|error| match error {
            FileError::Missing { .. } => Untaken::Gone,
            error => Untaken::File(Failure::of_spool_file(error)),
        })?;
        let report = self.desk.import_file(&mut SeedFile {
            name: &shown(name),
            source: &mut dropped.input,
            format: rule.and_then(|rule| rule.format),
            guidance: &guidance,
            establishment,
            allow_weak_seeds: rule.is_some_and(|rule| rule.allow_weak_seeds),
            partial: false,
            replace: false,
            rejects: None,
            watch: &mut |_| {},
            dry_run: self.dry_run,
        });
        let path = self.spool.path_of(name);
        let report = report.map_err(|error| match error {
            Error::Unreadable(_) => Untaken::File(Failure::from(error).with("path", escape::path(&path))),
            error => Untaken::All(error.into()),
        })?;
        Ok(Taken { name, dropped, report })
    }

    /// Gathers what a rule says of a file.
    fn guidance(&mut self, name: &OsStr, rule: Option<&Rule>) -> Result<Guidance, Failure> {
        let inner = super::without_envelope(Path::new(name));
        let mut guidance =
            Guidance { stem: super::stem_of(&inner), extension: super::extension_of(&inner), ..Guidance::default() };
        let Some(rule) = rule else { return Ok(guidance) };
        guidance.secret_encoding = rule.secret_encoding;
        guidance.columns.clone_from(&rule.columns);
        guidance.pad_serial = rule.pad_serial;
        guidance.cipher = rule.cipher;
        guidance.accept_unauthenticated = rule.accept_unauthenticated;
        if let Some(file) = &rule.psk_file {
            guidance.unlock.give_pre_shared_key(self.secret(name, file)?);
        }
        if let Some(file) = &rule.passphrase_file {
            guidance.unlock.give_passphrase(self.secret(name, file)?);
        }
        Ok(guidance)
    }

    /// Reads a secret that a rule names for a file.
    fn secret(&mut self, name: &OsStr, secret: &Path) -> Result<Line, Failure> {
        self.session.secret_file(&self.spool.path().join(secret)).map_err(|failure| match failure.id() {
            "file-missing" => self.rules_at_fault(failure, name, "hint-spool-secret"),
            _ => failure,
        })
    }

    /// Says of what a rule names that it is not there, and which file waits for it.
    fn rules_at_fault(&self, failure: Failure, name: &OsStr, hint: &'static str) -> Failure {
        failure.with("file", shown(name)).about("rules", rules::NAME).hinted(hint)
    }

    /// Tells what came of a file, and puts it where it belongs.
    fn settle(&mut self, taken: Taken<'_>) -> Result<(), Failure> {
        let Taken { name, dropped, report } = taken;
        let is_refused = report.answer == ImportAnswer::Rejected;
        let goes = report.in_clear && !is_refused && !self.rules.keep_plain;
        let mut told = Told { name: shown(name), report, more: Vec::new() };
        if self.dry_run || told.report.findings.iter().any(is_of_the_moment) {
            return self.tell(told, None);
        }
        match self.spool.still_has(name, &dropped) {
            Ok(true) => {}
            other => {
                self.tell(told, None)?;
                self.complain(&other.map_or_else(Failure::from, |_| self.changed(name)));
                return Ok(());
            }
        }
        let shelf = if is_refused { Shelf::Failed } else { Shelf::Done };
        let place = match self.prepare(shelf, name, goes, &mut told) {
            Ok(place) => place,
            Err(error) => {
                self.complain(&Failure::of_shelf(error));
                return self.tell(told, None);
            }
        };
        // Before the file goes: what is told twice after a crash does no harm, what is never told does.
        self.tell(told, Some(&place))?;
        match place.put(self.spool, name, &dropped, goes) {
            Ok(true) => {}
            Ok(false) => self.complain(&self.changed(name)),
            Err(error) => self.complain(&Failure::of_shelf(error)),
        }
        Ok(())
    }

    /// Says that what was taken is not what has the name by now.
    fn changed(&self, name: &OsStr) -> Failure {
        Failure::new(Exit::Data, "spool-file-changed").with("path", escape::path(&self.spool.path_of(name)))
    }

    /// Finds a place for a file, and has its report on the disk.
    fn prepare(&self, shelf: Shelf, name: &OsStr, goes: bool, told: &mut Told) -> Result<Place, FileError> {
        let place = Place::find(self.spool, shelf, self.session.now(), name)?;
        let kept = if goes { Datum::Nothing } else { escape::path(&place.file()).into() };
        let report = escape::path(&place.report());
        let in_clear = Some(told.report.in_clear).filter(|_| shelf == Shelf::Done);
        told.more = vec![("in_clear", in_clear.into()), ("moved_to", kept), ("report", report.into())];
        let noted = place.note(self.spool, &told.for_the_file(self.session));
        if noted.is_err() {
            told.more.clear();
        }
        noted.map(|()| place)
    }

    /// Tells what came of a file, at once in the forms that can.
    fn tell(&mut self, told: Told, place: Option<&Place>) -> Result<(), Failure> {
        let is_refused = told.report.answer == ImportAnswer::Rejected;
        match self.session.options.output_format {
            Format::Table => {
                told::say_findings(self.session, &told.name, &told.report);
                if !is_refused {
                    let answer =
                        told::with_sentence(told.document(self.dry_run), &told.name, &told.report, self.dry_run);
                    self.session.report(answer)?;
                }
            }
            Format::Jsonl => self.session.report(told.document(self.dry_run))?,
            Format::Json | Format::Csv => {}
        }
        if is_refused {
            self.complain(&self.refusal(&told, place));
        }
        self.told.push(told);
        Ok(())
    }

    /// Says in one sentence that a file was refused: what a mail of cron begins with.
    fn refusal(&self, told: &Told, place: Option<&Place>) -> Failure {
        let words = match self.session.options.output_format {
            Format::Json | Format::Jsonl => &Words::of(Language::English),
            Format::Table | Format::Csv => &self.session.words,
        };
        // People have read all of them above.
        let is_said = self.session.options.output_format == Format::Table;
        let first = told::first_error(&told.report, words).filter(|_| !is_said).unwrap_or_default();
        let errors = told.report.rejected.saturating_add(told.report.conflict);
        let failure = Failure::new(Exit::Data, "spool-refused").with("file", told.name.clone());
        let failure = failure.with("errors", errors).with("reason", first);
        match place {
            Some(place) => {
                failure.with("place", escape::path(&place.file())).with("path", escape::path(self.spool.path()))
            }
            None => failure.hinted("hint-spool-stays"),
        }
    }

    /// Writes the one document of the forms that have one.
    fn tell_all(&mut self) -> Result<(), Failure> {
        let is_one = matches!(self.session.options.output_format, Format::Json | Format::Csv);
        if !is_one || self.told.is_empty() {
            return Ok(());
        }
        let files = self.told.iter().map(|told| (told.name.as_str(), &told.report, told.more.clone()));
        self.session.report(told::document(self.dry_run, files))
    }
}

impl Told {
    fn document(&self, dry_run: bool) -> Answer {
        told::document(dry_run, std::iter::once((self.name.as_str(), &self.report, self.more.clone())))
    }

    /// Writes the report that lies beside the file.
    fn for_the_file(&self, session: &Session<'_>) -> Vec<u8> {
        let style = Style { format: Format::Json, ..session.style() };
        Report::from(self.document(false)).render(&session.words, &style)
    }
}

/// Tells that a file was refused for what may be otherwise the next night, without anything done to it.
fn is_of_the_moment(finding: &Finding) -> bool {
    ["file-changed", "unreadable", "openpgp-program-missing", "openpgp-no-answer"].contains(&finding.problem.code())
}

fn shown(name: &OsStr) -> String {
    escape::path(Path::new(name))
}
