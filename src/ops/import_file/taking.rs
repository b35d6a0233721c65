//! Taking the keys of a file in: read on a thread of their own, judged against the database, sealed and written on this one.

use super::super::{Desk, Error};
use super::intake::{Intake, Taking};
use super::standing::Judged;
use super::stoppable::Stoppable;
use super::{BREATH, FileReport, SeedFile};
use crate::audit::Events;
use crate::establishment::Establishment;
use crate::import::{self, SieveOptions, Sifted, Survey};
use crate::random::Reservoir;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::thread;

/// How many keys are written in one change: sealed before it, they take some 4 ms.
const KEYS_AT_ONCE: usize = 2_048;
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
        let mut intake = Intake { vault: self.vault, random: &random, taking, report };
        let mut waiting = Vec::new();
        let mut items = items.into_iter();
        let (mut free_since, mut are_known) = (None, true);
        loop {
            let chunk = items.next();
            let is_last = chunk.is_none();
            waiting.extend(chunk.unwrap_or_default());
            if !is_last && waiting.len() < KEYS_AT_ONCE {
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
            let items = std::mem::take(&mut waiting);
            let mut part: Vec<Judged> = if batch.is_none() || are_known {
                self.store.read_at_once(|view| intake.judge_all(view, items))?
            } else {
                items.into_iter().map(Judged::unsought).collect()
            };
            match batch.filter(|_| part.iter().any(Judged::takes_a_change)) {
                None => {
                    let view = self.store.read();
                    part.iter().try_for_each(|one| intake.compare(view, one))?;
                }
                Some(batch) => {
                    // All that can be done without the database is done while the others may write to it.
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
            watch(intake.report.read);
            if is_last {
                return Ok(());
            }
        }
    }
}
