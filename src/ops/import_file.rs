//! Importing a vendor's file: all of it or nothing, and twice is once.

use super::{Desk, Error};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::clock::UtcTime;
use crate::drift::Drift;
use crate::establishment::{Establishment, Uai};
use crate::import::{self, Finding, Format, Guidance, Item, Problem, SeedRecord, SieveOptions, Source, Survey};
use crate::key::{Identity, Key, KeyId, Open};
use crate::random::{Random, Reservoir, draw_bytes};
use crate::store::{self, Change, NewBatch, NewKey};
use crate::vault::Vault;
use subtle::ConstantTimeEq;

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
    /// Of these, known with another seed or other parameters.
    pub conflict: i64,
    /// Rows and files that could not be read.
    pub rejected: i64,
    /// Things to know that do not stop the file.
    pub warnings: i64,
    /// All that is to be told, in the order of the file.
    pub findings: Vec<Finding>,
    /// What came of it.
    pub answer: Answer,
}

/// What came of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is in, or would be.
    Imported,
    /// The same bytes came in before, with this number.
    AlreadyImported(i64),
    /// Something in it is wrong; nothing of it is in.
    Rejected,
}

/// Ends the transaction of a file without keeping it.
enum Stop {
    /// As wanted, or because of errors: this is the report.
    Discard(Box<FileReport>),
    /// It failed.
    Fail(Error),
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        Self::Fail(error.into())
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Fail(error)
    }
}

impl Desk<'_> {
    /// Imports a file in one transaction.
    ///
    /// # Errors
    /// [`Error`]; a file with errors in it is an answer, and nothing of it is kept.
    pub fn import_file(&mut self, file: &mut SeedFile<'_>) -> Result<FileReport, Error> {
        let now = self.now();
        let survey = import::survey(file.source).map_err(|error| Error::Unreadable(error.to_string()))?;
        let sha256 = survey.sha256;
        let establishment = match file.establishment {
            Some(uai) => Some(self.show_establishment(uai)?),
            None => None,
        };
        if let Some(batch) = self.store.read().batch_by_hash(&sha256)? {
            let mut report = FileReport::empty(sha256);
            report.answer = Answer::AlreadyImported(batch.id);
            report.format = batch.format.parse().ok();
            return Ok(report);
        }
        let (vault, random, operator) = (self.vault, Reservoir::new(self.random), self.store.operator().clone());
        self.store.expect_many_rows()?;
        let kept = self.store.change::<_, Stop>(now, |change| {
            let new_batch = NewBatch {
                file_name: file.name,
                sha256: &sha256,
                format: "",
                establishment: establishment.as_ref().map(|establishment| establishment.id),
                operator_uid: operator.uid,
                operator_name: &operator.name,
            };
            let batch = change.add_batch(&new_batch, now)?;
            let intake = Intake {
                change,
                vault,
                random: &random,
                establishment: establishment.as_ref(),
                batch,
                report: FileReport::empty(sha256),
                failure: None,
            };
            let report = intake.take_file(file, &survey, now)?;
            if file.dry_run || report.answer == Answer::Rejected {
                return Err(Stop::Discard(Box::new(report)));
            }
            let format = report.format.map_or("", Format::name);
            change.finish_batch(batch, format, report.read, report.new, report.identical, report.warnings)?;
            let event = Event::new(Action::Import, Outcome::Done).counting(report.new);
            let event = event.about(report.subject(establishment.as_ref(), Some(batch)));
            Ok((FileReport { batch: Some(batch), ..report }, Events::one(event)))
        });
        match kept {
            Ok(report) => Ok(report),
            Err(Stop::Fail(error)) => Err(error),
            Err(Stop::Discard(report)) if file.dry_run => Ok(*report),
            Err(Stop::Discard(report)) => self.tell_rejected(*report, establishment.as_ref(), now),
        }
    }

    fn tell_rejected(
        &mut self,
        report: FileReport,
        establishment: Option<&Establishment>,
        now: UtcTime,
    ) -> Result<FileReport, Error> {
        let first = report.findings.iter().find(|finding| finding.is_error()).map(|finding| finding.problem.code());
        let event = Event::new(Action::Import, Outcome::Refused)
            .because(first.unwrap_or("rejected"))
            .about(report.subject(establishment, None));
        self.store.change::<_, Error>(now, |_| Ok(((), Events::one(event))))?;
        Ok(report)
    }
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
            conflict: 0,
            rejected: 0,
            warnings: 0,
            findings: Vec::new(),
            answer: Answer::Imported,
        }
    }

    fn subject(&self, establishment: Option<&Establishment>, batch: Option<i64>) -> Subject {
        Subject { establishment: establishment.map(|known| known.uai.clone()), batch, ..Subject::default() }
    }

    fn note(&mut self, finding: Finding) {
        let count = if finding.is_error() { &mut self.rejected } else { &mut self.warnings };
        *count = count.saturating_add(1);
        self.findings.push(finding);
    }
}

/// Takes the keys of one file in.
struct Intake<'i, 'change> {
    change: &'i Change<'change>,
    vault: &'i Vault,
    random: &'i dyn Random,
    establishment: Option<&'i Establishment>,
    batch: i64,
    report: FileReport,
    failure: Option<Error>,
}

impl Intake<'_, '_> {
    fn take_file(mut self, file: &mut SeedFile<'_>, survey: &Survey, now: UtcTime) -> Result<FileReport, Error> {
        let options = SieveOptions { allow_weak_seeds: file.allow_weak_seeds, now };
        let read = import::read(file.source, survey, file.format, file.guidance, options, &mut |item| {
            if self.failure.is_none()
                && let Err(error) = self.take(item)
            {
                self.failure = Some(error);
            }
        });
        if let Some(error) = self.failure {
            return Err(error);
        }
        match read {
            Ok(format) => self.report.format = Some(format),
            Err(finding) => self.report.note(finding),
        }
        if self.report.rejected > 0 || self.report.conflict > 0 {
            self.report.answer = Answer::Rejected;
        }
        Ok(self.report)
    }

    fn take(&mut self, item: Item) -> Result<(), Error> {
        let record = match item {
            Item::Finding(finding) => {
                self.report.note(finding);
                return Ok(());
            }
            Item::Anew => {
                self.report = FileReport::empty(self.report.sha256);
                return Ok(self.change.remove_keys_of_batch(self.batch)?);
            }
            Item::Key(record) => record,
        };
        self.report.read = self.report.read.saturating_add(1);
        if self.add(&record)? {
            self.report.new = self.report.new.saturating_add(1);
            return Ok(());
        }
        match self.change.read().key(&record.serial)? {
            None => return Err(Error::from(store::Error::Impossible { table: "keys", column: "serial" })),
            Some(known) if self.is_same(&known, &record)? => {
                self.report.identical = self.report.identical.saturating_add(1);
            }
            Some(known) => {
                self.report.conflict = self.report.conflict.saturating_add(1);
                let problem = Problem::Conflict { batch: known.batch };
                self.tell_conflict(Finding::on_line(record.line, problem).of(record.serial.as_str()));
            }
        }
        Ok(())
    }

    /// Tells the first conflicts one by one, and of the others how many there are.
    fn tell_conflict(&mut self, conflict: Finding) {
        let total = u64::try_from(self.report.conflict).unwrap_or(0);
        let findings = &mut self.report.findings;
        if total <= import::MOST_TOLD {
            return findings.push(conflict);
        }
        let all = Finding { serial: None, problem: Problem::TooManyErrors { total }, ..conflict };
        match findings.last_mut() {
            Some(last) if matches!(last.problem, Problem::TooManyErrors { .. }) => *last = all,
            _ => findings.push(all),
        }
    }

    /// Adds a key, unless its serial is known; tells whether it did.
    fn add(&self, record: &SeedRecord) -> Result<bool, Error> {
        let key = KeyId(draw_bytes(self.random)?);
        let identity = Identity { key, serial: record.serial.clone(), parameters: record.parameters };
        let seed = self.vault.seal_seed(&record.seed, &identity, self.random)?;
        let added = self.change.add_key(&NewKey {
            identity: &identity,
            seed,
            manufacturer: record.manufacturer.as_deref(),
            model: record.model.as_deref(),
            validity: record.validity,
            // A drift beyond what any key can have is not believed.
            drift: Drift::new(record.drift).unwrap_or_default(),
            establishment: self.establishment.map(|known| known.id),
            batch: self.batch,
            batch_line: i64::try_from(record.line).unwrap_or(i64::MAX),
        })?;
        Ok(added)
    }

    fn is_same(&self, known: &Key, record: &SeedRecord) -> Result<bool, Error> {
        let secrets = self.change.read().secrets(known.row)?;
        let seed = self.vault.open_seed(&secrets.seed, &known.identity())?;
        let same_seed = bool::from(seed.expose().ct_eq(record.seed.expose()));
        Ok(same_seed && known.parameters == record.parameters)
    }
}
