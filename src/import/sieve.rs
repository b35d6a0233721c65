//! The rules that concern a file as a whole: weak seeds, doubles, dates, and how many findings are told.

use super::Item;
use super::finding::Finding;
use super::problem::{Problem, Severity};
use super::record::{self, SeedRecord};
use crate::clock::UtcTime;
use crate::key::Serial;
use crate::otp::{Algorithm, Weakness};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// The most errors, and the most warnings, that are told one by one.
pub const MOST_TOLD: u64 = 100;

/// What the operator allows, and when it is.
#[derive(Clone, Copy, Debug)]
pub struct SieveOptions {
    /// Whether short, constant and published seeds, and a seed on two serials, may pass with a warning.
    pub allow_weak_seeds: bool,
    /// The moment by which keys are expired or not yet valid.
    pub now: UtcTime,
}

/// Half of a SHA-256: enough to recognise a value again, and no way back to it.
type Mark = [u8; 16];

fn mark(bytes: &[u8]) -> Mark {
    let mut mark = Mark::default();
    mark.iter_mut().zip(Sha256::digest(bytes)).for_each(|(target, byte)| *target = byte);
    mark
}

/// The serials that several keys of a container share under different ids.
#[derive(Default)]
pub(super) struct SharedSerials(HashSet<Serial>);

impl SharedSerials {
    /// Gives the serial under which one of several keys is stored: `SERIAL#KEYID`.
    fn own_serial(&self, record: &SeedRecord) -> Option<Result<Serial, Problem>> {
        if self.0.is_empty() {
            return None;
        }
        let id = record.key_id.as_ref().filter(|_| self.0.contains(&record.serial))?;
        let begins = id.strip_prefix(record.serial.as_str()).is_some_and(|rest| rest.starts_with('#'));
        let text = if begins { id.clone() } else { format!("{}#{id}", record.serial) };
        Some(record::serial(&text).map(|(serial, _)| serial))
    }
}

/// A serial that was met.
struct Met {
    line: u64,
    seed: Mark,
    id: Option<Mark>,
}

/// The sieve between a reader and the caller.
pub(super) struct Sieve<'a> {
    options: SieveOptions,
    shared: SharedSerials,
    /// Shared serials that were not known to be: the file will be read anew.
    found: SharedSerials,
    sink: &'a mut dyn FnMut(Item),
    serials: HashMap<Mark, Met>,
    seeds: HashMap<Mark, u64>,
    keys: u64,
    errors: u64,
    warnings: u64,
    last_line: u64,
}

impl<'a> Sieve<'a> {
    /// Begins a file of which some serials are known to be shared by several keys.
    pub(super) fn new(options: SieveOptions, shared: SharedSerials, sink: &'a mut dyn FnMut(Item)) -> Self {
        Self {
            options,
            shared,
            found: SharedSerials::default(),
            sink,
            serials: HashMap::new(),
            seeds: HashMap::new(),
            keys: 0,
            errors: 0,
            warnings: 0,
            last_line: 1,
        }
    }

    /// Takes what a reader gives.
    pub(super) fn take(&mut self, item: Item) {
        match item {
            Item::Anew => {}
            Item::Finding(finding) => self.tell(finding),
            Item::Key(record) => {
                let (line, serial) = (record.line, record.serial.to_string());
                if let Some(record) = self.judge(record, &mut |sieve, problem| {
                    sieve.tell(Finding::on_line(line, problem).of(&serial));
                }) {
                    self.keys = self.keys.saturating_add(1);
                    (self.sink)(Item::Key(record));
                }
            }
        }
    }

    /// Ends the file; gives the shared serials with which it must be read anew, if there are any.
    pub(super) fn finish(mut self) -> Option<SharedSerials> {
        if !self.found.0.is_empty() {
            return Some(self.found);
        }
        if self.keys == 0 && self.errors == 0 {
            self.tell(Finding::on_line(1, Problem::NoKeys));
        }
        let (errors, warnings, line) = (self.errors, self.warnings, self.last_line);
        if errors > MOST_TOLD {
            (self.sink)(Item::Finding(Finding::on_line(line, Problem::TooManyErrors { total: errors })));
        }
        if warnings > MOST_TOLD {
            (self.sink)(Item::Finding(Finding::on_line(line, Problem::TooManyWarnings { total: warnings })));
        }
        None
    }

    fn tell(&mut self, finding: Finding) {
        let told = match finding.problem.severity() {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *told = told.saturating_add(1);
        self.last_line = self.last_line.max(finding.line);
        if *told <= MOST_TOLD {
            (self.sink)(Item::Finding(finding));
        }
    }

    /// Judges a key; nothing when it does not pass.
    fn judge(&mut self, mut record: SeedRecord, tell: &mut dyn FnMut(&mut Self, Problem)) -> Option<SeedRecord> {
        match self.shared.own_serial(&record) {
            None => {}
            Some(Ok(serial)) => {
                tell(self, Problem::SerialShared);
                record.serial = serial;
            }
            Some(Err(problem)) => {
                tell(self, problem);
                return None;
            }
        }
        let mut passes = self.judge_doubles(&record, tell)?;
        passes &= self.judge_strength(&record, tell);
        if matches!(record.parameters.algorithm, Algorithm::Hotp(_)) {
            tell(self, Problem::EventKeyNotYet);
            passes = false;
        }
        let now = self.options.now;
        if record.validity.not_after.is_some_and(|last| now > last) {
            tell(self, Problem::Expired);
        } else if !record.validity.covers(now) {
            tell(self, Problem::NotYetValid);
        }
        if passes { Some(record) } else { None }
    }

    /// Tells whether serial and seed are new; nothing when the very same key came before.
    fn judge_doubles(&mut self, record: &SeedRecord, tell: &mut dyn FnMut(&mut Self, Problem)) -> Option<bool> {
        let serial = mark(record.serial.as_str().as_bytes());
        let seed = mark(record.seed.expose());
        let id = record.key_id.as_deref();
        let id = id.map(|id| if id == record.serial.as_str() { serial } else { mark(id.as_bytes()) });
        if let Some(met) = self.serials.get(&serial) {
            let (first_line, same_seed) = (met.line, met.seed == seed);
            if self.shared.0.is_empty() && met.id != id {
                self.found.0.insert(record.serial.clone());
            }
            if same_seed {
                tell(self, Problem::DuplicateRow { first_line });
                return None;
            }
            tell(self, Problem::SerialTwice { first_line });
            return Some(false);
        }
        self.serials.insert(serial, Met { line: record.line, seed, id });
        if let Some(first_line) = self.seeds.get(&seed).copied() {
            let allowed = self.options.allow_weak_seeds;
            tell(
                self,
                if allowed { Problem::SeedTwiceAllowed { first_line } } else { Problem::SeedTwice { first_line } },
            );
            return Some(allowed);
        }
        self.seeds.insert(seed, record.line);
        Some(true)
    }

    fn judge_strength(&mut self, record: &SeedRecord, tell: &mut dyn FnMut(&mut Self, Problem)) -> bool {
        let bytes = record::wide(record.seed.expose().len());
        match record.seed.weakness() {
            Some(_) if self.options.allow_weak_seeds => {
                tell(self, Problem::WeakSeedAllowed);
                true
            }
            Some(weakness) => {
                tell(
                    self,
                    match weakness {
                        Weakness::Short => Problem::SeedTooShort { bytes },
                        Weakness::Constant => Problem::SeedConstant,
                        Weakness::Published => Problem::SeedPublished,
                    },
                );
                false
            }
            None => {
                if record.seed.is_below_recommendation() {
                    tell(self, Problem::SeedBelowRecommendation { bytes });
                }
                true
            }
        }
    }
}
