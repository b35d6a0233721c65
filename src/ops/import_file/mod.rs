//! Importing a vendor's file: all of it or nothing, and twice is once.

mod intake;
mod sealing;
mod standing;
mod stoppable;
mod taking;
#[cfg(test)]
mod tests;

use super::{Desk, Error};
use crate::audit::{Action, Event, Events, FileFact, Outcome, Subject};
use crate::establishment::{Establishment, Uai};
use crate::import::{self, Finding, Format, Guidance, LeftOut, Place, RejectsError, Source, Survey};
use crate::store::{self, BatchCounts, NewBatch};
use std::io::Write;
use std::time::Duration;

/// How many keys are removed in one change: the others who write wait no longer than for these.
const ROWS_AT_ONCE: i64 = 1024;
/// How long the others may write between two such changes.
const BREATH: Duration = Duration::from_micros(500);

/// A file to be imported, and what the operator says of it.
pub struct SeedFile<'f> {
    /// What it is called, for people and for the provenance of its keys.
    pub name: &'f str,
    /// What it is read from.
    pub source: &'f mut dyn Source,
    /// The format, when it is not to be found by content.
    pub format: Option<Format>,
    /// What the operator says of it besides.
    pub guidance: &'f Guidance,
    /// Where its keys go.
    pub establishment: Option<&'f Uai>,
    /// Seeds that are too short, constant or published are taken.
    pub allow_weak_seeds: bool,
    /// The rows that are right are taken, whatever is wrong with the others.
    pub partial: bool,
    /// A known key that was never given out, and that nobody has an activation code for, takes the seed of the file when it is another one.
    pub replace: bool,
    /// What the rows go to that are not taken, in the form of the file; it is written before anything comes in.
    pub rejects: Option<&'f mut dyn Write>,
    /// Is told now and then how many keys were read, fewer than before when the file is read anew.
    pub watch: &'f mut dyn FnMut(i64),
    /// Nothing is to be written.
    pub dry_run: bool,
}

/// What came of a file, or would come of it.
#[derive(Debug)]
pub struct FileReport {
    /// The hash of its bytes.
    pub sha256: [u8; 32],
    /// The format it was read as, if one was found.
    pub format: Option<Format>,
    /// The number of the import, if something was written.
    pub batch: Option<i64>,
    /// Keys read.
    pub read: i64,
    /// Of these, new.
    pub new: i64,
    /// Of these, known with the same seed.
    pub identical: i64,
    /// Of these, known, and given the seed of the file.
    pub replaced: i64,
    /// Of these, known with another seed or other parameters.
    pub conflict: i64,
    /// Rows that could not be taken, and files that could not be read.
    pub rejected: i64,
    /// Things to know that do not stop the file.
    pub warnings: i64,
    /// Whether somebody who has the file has a seed of it, of one that came in before as it was found then; a file that was not
    /// read counts as none.
    pub in_clear: bool,
    /// All that is to be told, in the order of the file.
    pub findings: Vec<Finding>,
    /// Not a row of it could be judged for itself.
    is_refused: bool,
    /// Where the first row is.
    first_row: Option<Place>,
    /// Where the rows are that are not taken, if somebody wants to know.
    rows: Vec<Place>,
    /// What came of it.
    pub answer: Answer,
}

/// What came of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is in, or would be.
    Imported,
    /// Its right rows are in, or would be; there may be none among them that is new.
    Partial,
    /// The same bytes came in before, with this number.
    AlreadyImported(i64),
    /// Something in it is wrong; nothing of it is in.
    Rejected,
}

impl Desk<'_> {
    /// Imports a file: its keys are written in parts, so that checks go on meanwhile, and are seen all at once at the end.
    ///
    /// Only one import may be on its way at a time, which is the caller's to see to: what an earlier one has left is taken away.
    ///
    /// # Errors
    /// [`Error`]; a file with errors in it is an answer, and nothing of it is kept.
    pub fn import_file(&mut self, file: &mut SeedFile<'_>) -> Result<FileReport, Error> {
        let survey = import::survey(file.source).map_err(|error| Error::Unreadable(error.to_string()))?;
        let sha256 = survey.sha256;
        let establishment = match file.establishment {
            Some(uai) => Some(self.show_establishment(uai)?),
            None => None,
        };
        let whole = self.store.read().whole_batch_by_hash(&survey.sha256)?;
        // Else the file is read again: only then is it known whether all of it is there.
        if let Some(census) = whole.as_ref().filter(|census| census.is_untouched()) {
            let mut report = FileReport::empty(survey.sha256);
            report.answer = Answer::AlreadyImported(census.batch.id);
            report.format = census.batch.format.parse().ok();
            report.in_clear = census.batch.in_clear;
            return Ok(report);
        }
        let survey = match survey.opened(file.source, self.openpgp, file.guidance) {
            Ok(survey) => survey,
            Err(finding) => return self.refuse_message(file, sha256, finding, establishment.as_ref()),
        };
        let whole = whole.map(|census| census.batch.id);
        self.store.expect_many_rows()?;
        if file.dry_run {
            return Ok(self.take_file(file, &survey, establishment.as_ref(), None)?.knowing(whole));
        }
        self.discard_open_batches()?;
        let batch = self.open_batch(file, &survey, establishment.as_ref())?;
        self.store.set_durable(false)?;
        let taken = self.take_file(file, &survey, establishment.as_ref(), Some(batch));
        self.store.set_durable(true)?;
        let ended = taken.and_then(|mut report| {
            write_rejects(file, &survey, &mut report)?;
            self.end_batch(batch, file.name, report.knowing(whole), establishment.as_ref())
        });
        if ended.is_err() {
            // If this fails too, the next import takes it away.
            let _ = self.discard_batch(batch, Events::owed_by_open_import());
        }
        ended
    }

    /// Closes a batch, or takes it away when nothing came in with it.
    fn end_batch(
        &mut self,
        batch: i64,
        name: &str,
        report: FileReport,
        establishment: Option<&Establishment>,
    ) -> Result<FileReport, Error> {
        let told = match report.answer {
            Answer::Rejected => Events::one(report.event_of_refusal(name, establishment, None)),
            Answer::Partial if report.brings_nothing() => {
                Events::one(report.event_of_refusal(name, establishment, None))
            }
            Answer::AlreadyImported(_) => Events::owed_by_open_import(),
            Answer::Imported | Answer::Partial => return self.close_batch(batch, name, report, establishment),
        };
        self.discard_batch(batch, told)?;
        Ok(report)
    }

    /// Tells of a message that stays closed.
    fn refuse_message(
        &mut self,
        file: &SeedFile<'_>,
        sha256: [u8; 32],
        finding: Finding,
        establishment: Option<&Establishment>,
    ) -> Result<FileReport, Error> {
        let mut report = FileReport::empty(sha256);
        report.refuse(finding);
        report.answer = Answer::Rejected;
        if !file.dry_run {
            let event = report.event_of_refusal(file.name, establishment, None);
            self.store.change(self.clock.now(), |_| Ok::<_, Error>(((), Events::one(event))))?;
        }
        Ok(report)
    }

    fn open_batch(
        &mut self,
        file: &SeedFile<'_>,
        survey: &Survey,
        establishment: Option<&Establishment>,
    ) -> Result<i64, Error> {
        let (now, operator) = (self.now(), self.store.operator().clone());
        let new_batch = NewBatch {
            file_name: file.name,
            sha256: &survey.sha256,
            establishment: establishment.map(|known| known.id),
            operator_uid: operator.uid,
            operator_name: &operator.name,
        };
        self.store.change(now, |change| Ok((change.open_batch(&new_batch, now)?, Events::owed_by_open_import())))
    }

    /// Makes a batch seen, with all its keys.
    fn close_batch(
        &mut self,
        batch: i64,
        name: &str,
        report: FileReport,
        establishment: Option<&Establishment>,
    ) -> Result<FileReport, Error> {
        let now = self.now();
        self.store.change(now, |change| {
            let counts = BatchCounts {
                format: report.format.map_or("", Format::name),
                read: report.read,
                new: report.new,
                identical: report.identical,
                replaced: report.replaced,
                left_out: report.left_out(),
                warnings: report.warnings,
                in_clear: report.in_clear,
            };
            let replaced = change.replace_keys(batch, now)?;
            if i64::try_from(replaced.len()).ok() != Some(report.replaced) {
                // A key was given out or promised since it was looked at: another try finds it so.
                return Err(store::Error::Busy.into());
            }
            change.close_batch(batch, &counts, now)?;
            let event = Event::new(Action::Import, Outcome::Done).counting(report.new);
            let mut told = vec![event.about(report.subject(name, establishment, Some(batch)))];
            if report.is_rejected() {
                told.push(report.event_of_refusal(name, establishment, Some(batch)));
            }
            told.extend(replaced.into_iter().map(|serial| {
                let subject = Subject { serial: Some(serial), batch: Some(batch), ..Subject::default() };
                Event::new(Action::KeyReseed, Outcome::Done).about(subject)
            }));
            Ok((FileReport { batch: Some(batch), ..report }, Events::all(told)))
        })
    }

    /// Takes away what a crash has left of imports, and of batches that were to be taken back.
    pub(super) fn discard_open_batches(&mut self) -> Result<(), Error> {
        for left in self.store.read().open_batches()? {
            self.discard_batch(left, Events::owed_by_open_import())?;
        }
        Ok(())
    }

    /// Takes an open batch away, with what was written of its keys.
    fn discard_batch(&mut self, batch: i64, told: Events) -> Result<(), Error> {
        self.remove_keys_of_open_batch(batch)?;
        self.store.change(self.clock.now(), |change| Ok((change.remove_open_batch(batch)?, told)))
    }

    /// Takes the keys of an open batch away, in parts as they were written.
    pub(super) fn remove_keys_of_open_batch(&mut self, batch: i64) -> Result<(), Error> {
        loop {
            let removed = self.store.change::<_, Error>(self.clock.now(), |change| {
                Ok((change.remove_keys_of_open_batch(batch, ROWS_AT_ONCE)?, Events::owed_by_open_import()))
            })?;
            if i64::try_from(removed).is_ok_and(|removed| removed < ROWS_AT_ONCE) {
                return Ok(());
            }
            self.clock.sleep(BREATH);
        }
    }
}

/// Writes the rows that are not taken.
fn write_rejects(file: &mut SeedFile<'_>, survey: &Survey, report: &mut FileReport) -> Result<(), Error> {
    let (Answer::Partial, Some(format), Some(first_row)) = (report.answer, report.format, report.first_row) else {
        return Ok(());
    };
    let Some(target) = file.rejects.as_mut() else { return Ok(()) };
    report.rows.sort_unstable();
    let left_out = LeftOut { first_row, rows: &report.rows };
    match import::write_rejects(file.source, survey, format, left_out, target) {
        Ok(()) => {}
        Err(RejectsError::Write(error)) => return Err(Error::RejectsNotWritten(error.kind())),
        Err(RejectsError::File(finding)) => {
            report.refuse(finding);
            report.conclude(true);
        }
    }
    Ok(())
}

impl FileReport {
    fn empty(sha256: [u8; 32]) -> Self {
        Self {
            sha256,
            format: None,
            batch: None,
            read: 0,
            new: 0,
            identical: 0,
            replaced: 0,
            conflict: 0,
            rejected: 0,
            warnings: 0,
            in_clear: false,
            findings: Vec::new(),
            is_refused: false,
            first_row: None,
            rows: Vec::new(),
            answer: Answer::Imported,
        }
    }

    fn subject(&self, name: &str, establishment: Option<&Establishment>, batch: Option<i64>) -> Subject {
        let file = Some(FileFact { name: name.to_owned(), sha256: self.sha256 });
        Subject { establishment: establishment.map(|known| known.uai.clone()), batch, file, ..Subject::default() }
    }

    /// Tells of the whole file, or of the rows that were left out of a batch.
    fn event_of_refusal(&self, name: &str, establishment: Option<&Establishment>, batch: Option<i64>) -> Event {
        let first = self.findings.iter().find(|finding| finding.is_error()).map(|finding| finding.problem.code());
        let event = Event::new(Action::Import, Outcome::Refused)
            .because(first.unwrap_or("rejected"))
            .about(self.subject(name, establishment, batch));
        if self.answer == Answer::Partial { event.counting(self.left_out()) } else { event }
    }

    /// Draws the conclusion of a reading, when rows may be taken without the others or not.
    fn conclude(&mut self, partial: bool) {
        self.answer = match self.is_rejected() {
            false => Answer::Imported,
            true if partial && !self.is_refused => Answer::Partial,
            true => Answer::Rejected,
        };
    }

    /// Takes into account that the same bytes came in before, and whether they change anything now.
    fn knowing(self, whole: Option<i64>) -> Self {
        match whole {
            Some(batch) if self.answer == Answer::Imported && self.brings_nothing() => {
                Self { answer: Answer::AlreadyImported(batch), ..self }
            }
            _ => self,
        }
    }

    /// Counts the keys whose serials are known.
    fn known(&self) -> i64 {
        self.identical.saturating_add(self.replaced).saturating_add(self.conflict)
    }

    fn brings_nothing(&self) -> bool {
        self.new == 0 && self.replaced == 0
    }

    /// Counts the rows that are not taken.
    pub fn left_out(&self) -> i64 {
        self.rejected.saturating_add(self.conflict)
    }

    fn is_rejected(&self) -> bool {
        self.left_out() > 0
    }

    fn note(&mut self, finding: Finding) {
        if !finding.is_error() {
            self.warnings = self.warnings.saturating_add(1);
        }
        self.findings.push(finding);
    }

    /// Notes what keeps the whole file out.
    fn refuse(&mut self, finding: Finding) {
        self.is_refused = true;
        self.rejected = self.rejected.saturating_add(1);
        self.findings.push(finding);
    }
}
