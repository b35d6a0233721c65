//! What becomes of the keys of a file: they are judged against the database, sealed, and written or compared.

use super::super::Error;
use super::FileReport;
use super::sealing::Sealer;
use super::standing::{Judged, Sealed, Standing};
use crate::activation::State as CodeState;
use crate::clock::UtcTime;
use crate::drift::Drift;
use crate::establishment::Establishment;
use crate::import::{Finding, MOST_TOLD, Place, Problem, SeedRecord, Sifted};
use crate::key::{Identity, Open, Serial};
use crate::store::{Change, KeyAdder, KnownKey, NewKey, View};
use subtle::ConstantTimeEq;

/// How the rows of a file are to be taken.
#[derive(Clone, Copy)]
pub(super) struct Taking<'t> {
    /// Where the keys go.
    pub establishment: Option<&'t Establishment>,
    /// The open batch, unless nothing is to be written.
    pub batch: Option<i64>,
    /// Right rows are taken, whatever the others are.
    pub partial: bool,
    /// Known keys that were never given out take the seed of the file.
    pub replace: bool,
    /// Where the rows are that are not taken is kept.
    pub keeps_rows: bool,
    /// When the reading began.
    pub now: UtcTime,
}

/// Takes the keys of one file in.
pub(super) struct Intake<'i> {
    pub sealer: &'i Sealer<'i>,
    pub taking: Taking<'i>,
    pub report: &'i mut FileReport,
}

impl Intake<'_> {
    /// Tells whether anything of the file may still come in.
    pub(super) fn may_write(&self) -> bool {
        !self.report.is_refused && (self.taking.partial || !self.report.is_rejected())
    }

    /// Looks how what is in the file stands beside what is known.
    pub(super) fn judge_all(&self, view: View<'_>, part: &mut [Judged]) -> Result<(), Error> {
        let mut serials: Vec<&Serial> = Vec::with_capacity(part.len());
        for judged in part.iter() {
            if let Sifted::Key(record, _) = &judged.item {
                serials.push(&record.serial);
            }
        }
        let mut known = view.known_keys(&serials)?.into_iter();
        for judged in part {
            if let Sifted::Key(record, _) = &judged.item {
                judged.standing = self.standing(record, known.next().flatten())?;
            }
        }
        Ok(())
    }

    /// Tells how a key stands beside the one that is known by its serial.
    fn standing(&self, record: &SeedRecord, known: Option<KnownKey>) -> Result<Standing, Error> {
        let Some(known) = known else { return Ok(Standing::New) };
        let seed = self.sealer.vault.open_seed(&known.seed, &known.identity(&record.serial))?;
        let is_same = bool::from(seed.expose().ct_eq(record.seed.expose())) && known.parameters == record.parameters;
        Ok(if is_same { Standing::Same } else { Standing::Other(Box::new(known)) })
    }

    /// Seals a key that is to be added, unless that was done.
    pub(super) fn seal(&self, judged: &mut Judged) -> Result<(), Error> {
        if let (Sifted::Key(record, _), Standing::New, None) = (&judged.item, &judged.standing, &judged.sealed) {
            judged.sealed = Some(self.sealer.seal(record)?);
        }
        Ok(())
    }

    /// Writes keys into an open batch: those in a row whose serials are not known as many at once as one statement takes.
    pub(super) fn write_all(&mut self, change: &Change<'_>, batch: i64, part: &[Judged]) -> Result<(), Error> {
        let mut adder = change.key_adder()?;
        let mut new = Vec::with_capacity(KeyAdder::AT_ONCE);
        for judged in part {
            let Some((record, row)) = self.take(&judged.item) else { continue };
            match (&judged.standing, &judged.sealed) {
                (Standing::New, Some(sealed)) => new.push(Unknown { record, row, sealed }),
                _ => {
                    self.add_all(change, &mut adder, batch, &mut new)?;
                    self.write(change, batch, record, row, &judged.standing)?;
                }
            }
            if new.len() >= KeyAdder::AT_ONCE {
                self.add_all(change, &mut adder, batch, &mut new)?;
            }
        }
        self.add_all(change, &mut adder, batch, &mut new)
    }

    /// Adds keys to an open batch, at once if that goes, and else one by one.
    fn add_all(
        &mut self,
        change: &Change<'_>,
        adder: &mut KeyAdder<'_>,
        batch: i64,
        new: &mut Vec<Unknown<'_>>,
    ) -> Result<(), Error> {
        let rows: Vec<NewKey<'_>> = new.iter().map(|key| self.new_key(batch, key.record, key.sealed)).collect();
        if adder.add_all(&rows)? {
            self.report.new = self.report.new.saturating_add(i64::try_from(rows.len()).unwrap_or(i64::MAX));
        } else {
            for (key, row) in new.iter().zip(&rows) {
                if adder.add(row)? {
                    self.report.new = self.report.new.saturating_add(1);
                } else {
                    let known = change.read().known_key(&key.record.serial)?;
                    let standing = self.standing(key.record, known)?;
                    self.write(change, batch, key.record, key.row, &standing)?;
                }
            }
        }
        new.clear();
        Ok(())
    }

    /// Writes what a key is whose serial is known, to an earlier import or to this one.
    fn write(
        &mut self,
        change: &Change<'_>,
        batch: i64,
        record: &SeedRecord,
        row: Place,
        standing: &Standing,
    ) -> Result<(), Error> {
        let known = match standing {
            Standing::New => {
                let first = change.read().line_in_open_batch(batch, &record.serial)?.unwrap_or_default();
                self.tell_twice(record, row, first);
                return Ok(());
            }
            Standing::Same => {
                self.report.identical = self.report.identical.saturating_add(1);
                return Ok(());
            }
            Standing::Other(known) => known,
        };
        if !self.is_to_be_replaced(change.read(), known, record, row)? {
            return Ok(());
        }
        let identity = Identity { parameters: record.parameters, ..known.identity(&record.serial) };
        let seed = self.sealer.seal_for(record, &identity)?;
        if change.prepare_replacement(known, &self.new_key(batch, record, &Sealed { identity, seed }))? {
            self.report.replaced = self.report.replaced.saturating_add(1);
        } else {
            self.tell_twice(record, row, 1);
        }
        Ok(())
    }

    /// Tells what would become of a key.
    pub(super) fn compare(&mut self, view: View<'_>, judged: &Judged) -> Result<(), Error> {
        let Some((record, row)) = self.take(&judged.item) else { return Ok(()) };
        let count = match &judged.standing {
            Standing::New => &mut self.report.new,
            Standing::Same => &mut self.report.identical,
            Standing::Other(known) if self.is_to_be_replaced(view, known, record, row)? => &mut self.report.replaced,
            Standing::Other(_) => return Ok(()),
        };
        *count = count.saturating_add(1);
        Ok(())
    }

    /// Counts a key, or notes what is to be told.
    fn take<'k>(&mut self, item: &'k Sifted) -> Option<(&'k SeedRecord, Place)> {
        match item {
            Sifted::Key(record, row) => {
                self.report.read = self.report.read.saturating_add(1);
                self.report.in_clear |= !record.is_sealed;
                return Some((record, *row));
            }
            Sifted::Finding(finding) => self.report.note(finding.clone()),
            Sifted::Rejected(row) => self.reject(*row),
            Sifted::Refused(finding) => self.report.refuse(finding.clone()),
            Sifted::Anew => {}
        }
        None
    }

    /// Judges a key that is known with another seed or other parameters: it may be replaced, or is a conflict.
    fn is_to_be_replaced(
        &mut self,
        view: View<'_>,
        known: &KnownKey,
        record: &SeedRecord,
        row: Place,
    ) -> Result<bool, Error> {
        let batch = known.batch;
        let problem = match self.taking.replace {
            false => Problem::Conflict { batch },
            true if !view.is_untouched(known.row)? => Problem::ConflictUsed { batch },
            true if self.is_promised(view, known)? => Problem::ConflictPromised { batch },
            true => return Ok(true),
        };
        self.report.conflict = self.report.conflict.saturating_add(1);
        self.keep(row);
        let conflict = Finding::on_line(record.line, problem).of(record.serial.as_str());
        tell_some(&mut self.report.findings, self.report.conflict, conflict);
        Ok(false)
    }

    /// Tells whether somebody has an activation code for a key.
    fn is_promised(&self, view: View<'_>, known: &KnownKey) -> Result<bool, Error> {
        let codes = view.activations_of_key(known.row)?;
        Ok(codes.iter().any(|code| code.state_at(self.taking.now) == CodeState::Live))
    }

    /// Counts a row that is not taken.
    fn reject(&mut self, row: Place) {
        self.report.rejected = self.report.rejected.saturating_add(1);
        self.keep(row);
    }

    fn keep(&mut self, row: Place) {
        if self.taking.keeps_rows {
            self.report.rows.push(row);
        }
    }

    /// Tells that a serial is in the file twice; the sieve tells it better when it has read on, and then all this is void.
    fn tell_twice(&mut self, record: &SeedRecord, row: Place, first: i64) {
        let problem = Problem::SerialTwice { first_line: u64::try_from(first).unwrap_or(1) };
        let twice = Finding::on_line(record.line, problem).of(record.serial.as_str());
        self.reject(row);
        tell_some(&mut self.report.findings, self.report.rejected, twice);
    }

    /// Makes a row of a key.
    fn new_key<'n>(&self, batch: i64, record: &'n SeedRecord, sealed: &'n Sealed) -> NewKey<'n> {
        NewKey {
            identity: &sealed.identity,
            seed: &sealed.seed,
            manufacturer: record.manufacturer.as_deref(),
            model: record.model.as_deref(),
            validity: record.validity,
            // A drift beyond what any key can have is not believed.
            drift: Drift::new(record.drift).unwrap_or_default(),
            watermark: record.watermark(),
            establishment: self.taking.establishment.map(|known| known.id),
            batch,
            batch_line: i64::try_from(record.line).unwrap_or(i64::MAX),
        }
    }
}

/// A key that is to be added.
struct Unknown<'p> {
    record: &'p SeedRecord,
    row: Place,
    sealed: &'p Sealed,
}

/// Tells the first errors of a kind one by one, and of the others how many there are.
fn tell_some(findings: &mut Vec<Finding>, total: i64, error: Finding) {
    let total = u64::try_from(total).unwrap_or(0);
    if total <= MOST_TOLD {
        return findings.push(error);
    }
    let all = Finding { serial: None, problem: Problem::TooManyErrors { total }, ..error };
    match findings.last_mut() {
        Some(last) if matches!(last.problem, Problem::TooManyErrors { .. }) => *last = all,
        _ => findings.push(all),
    }
}
