//! Taking the keys of a file in: read and sealed on a thread of their own, judged against the database and written on this one.

use super::super::{Desk, Error};
use super::intake::{Intake, Taking};
use super::sealing::Sealer;
use super::standing::Judged;
use super::stoppable::Stoppable;
use super::{BREATH, FileReport, SeedFile};
use crate::audit::Events;
use crate::establishment::Establishment;
use crate::import::{self, SieveOptions, Sifted, Survey};
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread;

/// How many keys are written in one change: they take some 6 ms.
const KEYS_AT_ONCE: usize = 4_096;
/// How many in the first one, which is waited for: each has twice as many as the one before, up to [`KEYS_AT_ONCE`].
const FIRST_KEYS: usize = 1_024;
/// How many items go to the other thread at once.
const CHUNK: usize = 256;
/// How many such chunks may wait to be written: as many as are written at once, so that the reader does not wait for a change.
const CHUNKS_AHEAD: usize = 16;

/// What goes to and fro between who reads and seals and who writes.
struct Belt<'b> {
    /// What was read.
    full: Receiver<Vec<Judged>>,
    /// What was written or compared: freed by the thread that made it, which has the memory again.
    done: Sender<Vec<Judged>>,
    /// Whether keys are taken for new ones, and sealed when they are read. It is a hint: who draws what for them depends on it.
    are_new: &'b AtomicBool,
}

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
        let sealer = Sealer::new(self.vault, self.random);
        let are_new = AtomicBool::new(batch.is_some());
        let read = thread::scope(|scope| {
            let ((send, full), (done, used)) = (sync_channel(CHUNKS_AHEAD), channel());
            let (over, until_over) = channel::<()>();
            if let Some(log) = log {
                scope.spawn(move || log.keep_emptying(&until_over));
            }
            let are_new = &are_new;
            let reading = scope.spawn(move || {
                let mut chunk = Vec::with_capacity(CHUNK);
                let read = import::read(&mut source, survey, format, guidance, options, &mut |item| {
                    chunk.push(sealer.take_unsought(item, are_new.load(Ordering::Relaxed)));
                    if chunk.len() >= CHUNK {
                        // When nobody takes it any more, the source soon ends.
                        let _ = send.send(std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK)));
                        drop(used.try_recv());
                    }
                });
                let _ = send.send(chunk);
                read
            });
            let taken = self.take_all(Belt { full, done, are_new }, taking, watch, &mut report);
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
        belt: Belt<'_>,
        taking: Taking<'_>,
        watch: &mut dyn FnMut(i64),
        report: &mut FileReport,
    ) -> Result<(), Error> {
        let sealer = Sealer::new(self.vault, self.random);
        let mut intake = Intake { sealer: &sealer, taking, report };
        let (mut part, mut wanted) = (Vec::new(), FIRST_KEYS);
        let mut chunks = belt.full.into_iter();
        let (mut free_since, mut are_known) = (None, true);
        loop {
            let chunk = chunks.next();
            let is_last = chunk.is_none();
            part.extend(chunk.unwrap_or_default());
            if !is_last && part.len() < wanted {
                continue;
            }
            if let Some(void) = part.iter().rposition(|judged: &Judged| matches!(judged.item, Sifted::Anew)) {
                part.drain(..=void);
                *intake.report = FileReport::empty(intake.report.sha256);
                if let Some(batch) = taking.batch {
                    self.remove_keys_of_open_batch(batch)?;
                }
            }
            // What is refused in any case is only compared.
            let batch = taking.batch.filter(|_| intake.may_write());
            let known_before = intake.report.known();
            // Keys are sought before they are written where those before them were known: what adds new ones need not be asked.
            if batch.is_none() || are_known {
                self.store.read_at_once(|view| intake.judge_all(view, &mut part))?;
            }
            match batch.filter(|_| part.iter().any(Judged::takes_a_change)) {
                None => {
                    let view = self.store.read();
                    part.iter().try_for_each(|one| intake.compare(view, one))?;
                }
                Some(batch) => {
                    // Those before were known, and these are not.
                    part.iter_mut().try_for_each(|one| intake.seal(one))?;
                    if let Some(since) = free_since {
                        self.clock.sleep(BREATH.saturating_sub(self.clock.uptime().saturating_sub(since)));
                    }
                    self.store.change::<_, Error>(self.clock.now(), |change| {
                        intake.write_all(change, batch, &part)?;
                        Ok(((), Events::owed_by_open_import()))
                    })?;
                    free_since = Some(self.clock.uptime());
                }
            }
            are_known = intake.report.known() > known_before;
            belt.are_new.store(batch.is_some() && !are_known, Ordering::Relaxed);
            wanted = wanted.saturating_mul(2).min(KEYS_AT_ONCE);
            // Who read them is gone when they are the last ones.
            let _ = belt.done.send(std::mem::take(&mut part));
            watch(intake.report.read);
            if is_last {
                return Ok(());
            }
        }
    }
}
