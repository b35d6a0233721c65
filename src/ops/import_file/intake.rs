//! Taking the keys of a file in: read on a thread of their own, judged against the database and written on this one.

use super::super::{Desk, Error};
use super::standing::Standing;
use super::stoppable::Stoppable;
use super::{BREATH, FileReport, ROWS_AT_ONCE, SeedFile};
use crate::activation::State as CodeState;
use crate::audit::Events;
use crate::clock::UtcTime;
use crate::drift::Drift;
use crate::establishment::Establishment;
use crate::import::{self, Finding, MOST_TOLD, Place, Problem, SeedRecord, SieveOptions, Sifted, Survey};
use crate::key::{Identity, KeyId, Open};
use crate::random::{Random, Reservoir, draw_bytes};
use crate::store::{Change, KeyAdder, KeyFinder, KnownKey, NewKey, View};
use crate::vault::Vault;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::thread;
use subtle::ConstantTimeEq;

/// How many items go to the other thread at once.
const CHUNK: usize = 256;
/// How many such chunks may wait: more keys than are written at once, so that the reader does not wait for a change.
const CHUNKS_AHEAD: usize = 16;

impl Desk<'_> {
    /// Reads a file to its end; its keys go into the open batch, if there is one, for as long as nothing is wrong.
    pub(super) fn take_file(
        &mut self,
        file: &mut SeedFile<'_>,
        survey: &Survey,
        establishment: Option<&Establishment>,
        batch: Option<i64>,
    ) -> Result<FileReport, Error> {
        let now = self.now();
        let options = SieveOptions { allow_weak_seeds: file.allow_weak_seeds, partial: file.partial, now };
        let (format, guidance) = (file.format, file.guidance);
        let taking = Taking {
            establishment,
            batch,
            partial: file.partial,
            replace: file.replace,
            keeps_rows: file.rejects.is_some(),
            now,
        };
        let is_over = AtomicBool::new(false);
        let mut source = Stoppable { source: file.source, is_over: &is_over };
        let mut report = FileReport::empty(survey.sha256);
        let watch = &mut *file.watch;
        let log = batch.and_then(|_| self.store.log());
        let read = thread::scope(|scope| {
            let (full, items) = sync_channel(CHUNKS_AHEAD);
            let (over, until_over) = channel::<()>();
            if let Some(log) = log {
                scope.spawn(move || log.keep_flushing(&until_over));
            }
            let reading = scope.spawn(move || {
                let mut chunk = Vec::with_capacity(CHUNK);
                let read = import::read(&mut source, survey, format, guidance, options, &mut |item| {
                    chunk.push(item);
                    if chunk.len() >= CHUNK {
                        // When nobody takes them any more, the source soon ends.
                        let _ = full.send(std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK)));
                    }
                });
                let _ = full.send(chunk);
                read
            });
            let taken = self.take_all(items, taking, watch, &mut report);
            is_over.store(true, Ordering::Relaxed);
            drop(over);
            let read = reading.join().unwrap_or_else(|panic| resume_unwind(panic));
            taken.map(|()| read)
        })?;
        match read {
            Ok(reading) => (report.format, report.first_row) = (Some(reading.format), reading.first_row),
            Err(finding) => report.refuse(finding),
        }
        report.in_clear &= !survey.was_sealed();
        report.conclude(file.partial);
        Ok(report)
    }

    fn take_all(
        &mut self,
        items: Receiver<Vec<Sifted>>,
        taking: Taking<'_>,
        watch: &mut dyn FnMut(i64),
        report: &mut FileReport,
    ) -> Result<(), Error> {
        let random = Reservoir::new(self.random);
        let room = usize::try_from(ROWS_AT_ONCE).unwrap_or(CHUNK);
        let mut intake = Intake { vault: self.vault, random: &random, taking, report };
        let mut waiting = Vec::new();
        let mut items = items.into_iter();
        let (mut has_written, mut are_known) = (false, true);
        loop {
            let chunk = items.next();
            let is_last = chunk.is_none();
            waiting.extend(chunk.unwrap_or_default());
            if !is_last && waiting.len() < room {
                continue;
            }
            if let Some(void) = waiting.iter().rposition(|item| matches!(item, Sifted::Anew)) {
                waiting.drain(..=void);
                *intake.report = FileReport::empty(intake.report.sha256);
                if let Some(batch) = taking.batch {
                    self.remove_keys_of_open_batch(batch)?;
                }
            }
            // What is refused in any case is only compared.
            let batch = taking.batch.filter(|_| intake.may_write());
            let known_before = intake.report.known();
            // Keys are sought before they are written where those before them were known: what adds new ones need not be asked.
            let judged: Vec<(Sifted, Standing)> = if batch.is_none() || are_known {
                self.store.read_at_once(|view| {
                    let mut finder = view.key_finder()?;
                    waiting.drain(..).map(|item| intake.judge(&mut finder, item)).collect()
                })?
            } else {
                waiting.drain(..).map(|item| (item, Standing::New)).collect()
            };
            match batch.filter(|_| judged.iter().any(|(_, standing)| standing.takes_a_change())) {
                None => {
                    let view = self.store.read();
                    judged.into_iter().try_for_each(|(item, standing)| intake.compare(view, item, standing))?;
                }
                Some(batch) => {
                    if std::mem::replace(&mut has_written, true) {
                        self.clock.sleep(BREATH);
                    }
                    self.store.change::<_, Error>(self.clock.now(), |change| {
                        intake.write_all(change, batch, judged)?;
                        Ok(((), Events::owed_by_open_import()))
                    })?;
                }
            }
            are_known = intake.report.known() > known_before;
            watch(intake.report.read);
            if is_last {
                return Ok(());
            }
        }
    }
}

/// How the rows of a file are to be taken.
#[derive(Clone, Copy)]
struct Taking<'t> {
    /// Where the keys go.
    establishment: Option<&'t Establishment>,
    /// The open batch, unless nothing is to be written.
    batch: Option<i64>,
    /// Right rows are taken, whatever the others are.
    partial: bool,
    /// Known keys that were never given out take the seed of the file.
    replace: bool,
    /// Where the rows are that are not taken is kept.
    keeps_rows: bool,
    /// When the reading began.
    now: UtcTime,
}

/// Takes the keys of one file in.
struct Intake<'i> {
    vault: &'i Vault,
    random: &'i dyn Random,
    taking: Taking<'i>,
    report: &'i mut FileReport,
}

impl Intake<'_> {
    /// Tells whether anything of the file may still come in.
    fn may_write(&self) -> bool {
        !self.report.is_refused && (self.taking.partial || !self.report.is_rejected())
    }

    /// Looks how something of the file stands beside what is known.
    fn judge(&self, finder: &mut KeyFinder<'_>, item: Sifted) -> Result<(Sifted, Standing), Error> {
        let standing = match &item {
            Sifted::Key(record, _) => self.standing(finder, record)?,
            _ => Standing::Same,
        };
        Ok((item, standing))
    }

    fn standing(&self, finder: &mut KeyFinder<'_>, record: &SeedRecord) -> Result<Standing, Error> {
        let Some(known) = finder.find(&record.serial)? else { return Ok(Standing::New) };
        let seed = self.vault.open_seed(&known.seed, &known.identity(&record.serial))?;
        let is_same = bool::from(seed.expose().ct_eq(record.seed.expose())) && known.parameters == record.parameters;
        Ok(if is_same { Standing::Same } else { Standing::Other(Box::new(known)) })
    }

    /// Writes keys into an open batch: those in a row whose serials are not known as many at once as one statement takes.
    fn write_all(&mut self, change: &Change<'_>, batch: i64, judged: Vec<(Sifted, Standing)>) -> Result<(), Error> {
        let mut adder = change.key_adder()?;
        let mut new = Vec::with_capacity(KeyAdder::AT_ONCE);
        for (item, standing) in judged {
            let Some((record, row)) = self.take(item) else { continue };
            match standing {
                Standing::New => new.push((record, row)),
                standing => {
                    self.add_all(change, &mut adder, batch, &mut new)?;
                    self.write(change, &mut adder, batch, (record, row), standing)?;
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
        new: &mut Vec<(Box<SeedRecord>, Place)>,
    ) -> Result<(), Error> {
        if new.len() == KeyAdder::AT_ONCE {
            let identities = new.iter().map(|(record, _)| self.identity(record)).collect::<Result<Vec<_>, _>>()?;
            let rows = new.iter().zip(&identities).map(|((record, _), identity)| self.new_key(batch, record, identity));
            if adder.add_all(&rows.collect::<Result<Vec<_>, _>>()?)? {
                self.report.new = self.report.new.saturating_add(i64::try_from(new.len()).unwrap_or(i64::MAX));
                new.clear();
            }
        }
        new.drain(..).try_for_each(|key| self.write(change, adder, batch, key, Standing::New))
    }

    /// Writes a key into an open batch, if its serial is not known.
    fn write(
        &mut self,
        change: &Change<'_>,
        adder: &mut KeyAdder<'_>,
        batch: i64,
        (record, row): (Box<SeedRecord>, Place),
        standing: Standing,
    ) -> Result<(), Error> {
        let standing = match standing {
            Standing::New if self.add(adder, batch, &record)? => return Ok(()),
            Standing::New => self.standing(&mut change.read().key_finder()?, &record)?,
            standing => standing,
        };
        let known = match standing {
            Standing::New => {
                let first = change.read().line_in_open_batch(batch, &record.serial)?.unwrap_or_default();
                self.tell_twice(&record, row, first);
                return Ok(());
            }
            Standing::Same => {
                self.report.identical = self.report.identical.saturating_add(1);
                return Ok(());
            }
            Standing::Other(known) => known,
        };
        if !self.is_to_be_replaced(change.read(), &known, &record, row)? {
            return Ok(());
        }
        let identity = Identity { parameters: record.parameters, ..known.identity(&record.serial) };
        if change.prepare_replacement(&known, &self.new_key(batch, &record, &identity)?)? {
            self.report.replaced = self.report.replaced.saturating_add(1);
        } else {
            self.tell_twice(&record, row, 1);
        }
        Ok(())
    }

    /// Adds a key to an open batch, unless its serial is there already; tells whether it did.
    fn add(&mut self, adder: &mut KeyAdder<'_>, batch: i64, record: &SeedRecord) -> Result<bool, Error> {
        let is_added = adder.add(&self.new_key(batch, record, &self.identity(record)?)?)?;
        self.report.new = self.report.new.saturating_add(i64::from(is_added));
        Ok(is_added)
    }

    /// Draws the id of a new key.
    fn identity(&self, record: &SeedRecord) -> Result<Identity, Error> {
        let key = KeyId(draw_bytes(self.random)?);
        Ok(Identity { key, serial: record.serial.clone(), parameters: record.parameters })
    }

    /// Tells what would become of a key.
    fn compare(&mut self, view: View<'_>, item: Sifted, standing: Standing) -> Result<(), Error> {
        let Some((record, row)) = self.take(item) else { return Ok(()) };
        let count = match standing {
            Standing::New => &mut self.report.new,
            Standing::Same => &mut self.report.identical,
            Standing::Other(known) if self.is_to_be_replaced(view, &known, &record, row)? => &mut self.report.replaced,
            Standing::Other(_) => return Ok(()),
        };
        *count = count.saturating_add(1);
        Ok(())
    }

    /// Counts a key, or notes what is to be told.
    fn take(&mut self, item: Sifted) -> Option<(Box<SeedRecord>, Place)> {
        match item {
            Sifted::Key(record, row) => {
                self.report.read = self.report.read.saturating_add(1);
                self.report.in_clear |= !record.is_sealed;
                return Some((record, row));
            }
            Sifted::Finding(finding) => self.report.note(finding),
            Sifted::Rejected(row) => self.reject(row),
            Sifted::Refused(finding) => self.report.refuse(finding),
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

    /// Makes a row of a key, its seed sealed.
    fn new_key<'n>(&self, batch: i64, record: &'n SeedRecord, identity: &'n Identity) -> Result<NewKey<'n>, Error> {
        Ok(NewKey {
            identity,
            seed: self.vault.seal_seed(&record.seed, identity, self.random)?,
            manufacturer: record.manufacturer.as_deref(),
            model: record.model.as_deref(),
            validity: record.validity,
            // A drift beyond what any key can have is not believed.
            drift: Drift::new(record.drift).unwrap_or_default(),
            watermark: record.watermark(),
            establishment: self.taking.establishment.map(|known| known.id),
            batch,
            batch_line: i64::try_from(record.line).unwrap_or(i64::MAX),
        })
    }
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
