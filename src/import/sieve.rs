//! The rules that concern a file as a whole: weak seeds, doubles, dates, and how many findings are told.

use super::finding::{Finding, Place};
use super::problem::{Problem, Severity};
use super::record::{self, SeedRecord};
use super::{Item, Sifted};
use crate::clock::UtcTime;
use crate::key::Serial;
use crate::otp::{Algorithm, Weakness};
use compact_str::format_compact;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

/// The most errors, and the most warnings, that are told one by one.
pub const MOST_TOLD: u64 = 100;

/// What the operator allows, and when it is.
#[derive(Clone, Copy, Debug)]
pub struct SieveOptions {
    /// Whether short, constant and published seeds, and a seed on two serials, may pass with a warning.
    pub allow_weak_seeds: bool,
    /// Whether rows may be taken without the others: then of two that contradict each other neither is.
    pub partial: bool,
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

/// What is known of a file from an earlier reading of it.
///
/// A file may hold millions of keys, and hardly any twice: the first reading remembers 8 bytes of each serial and seed, a keyed
/// hash, and only what is met twice among these is looked at closely, and told with its lines, when the file is read anew.
#[derive(Default)]
pub(super) struct Known {
    hashing: RandomState,
    /// Hashes of serials that occur more than once.
    serials: HashSet<u64>,
    /// Hashes of seeds that occur more than once.
    seeds: HashSet<u64>,
    /// The serials that several keys of a container share under different ids.
    shared: HashSet<Serial>,
    clashes: Clashes,
}

/// Rows that contradict each other: by what they have in common, where they are.
#[derive(Default)]
struct Clashes {
    /// Serials with several seeds.
    serials: HashMap<Mark, Clash>,
    /// Seeds on several serials.
    seeds: HashMap<Mark, Clash>,
}

/// Two rows that contradict each other.
#[derive(Clone, Copy)]
struct Clash {
    /// The seed of the first one.
    seed: Mark,
    first_line: u64,
    second_line: u64,
}

impl Known {
    fn hash(&self, bytes: &[u8]) -> u64 {
        self.hashing.hash_one(bytes)
    }

    /// Gives the serial under which one of several keys is stored: `SERIAL#KEYID`.
    fn own_serial(&self, record: &SeedRecord) -> Option<Result<Serial, Problem>> {
        if self.shared.is_empty() {
            return None;
        }
        let id = record.key_id.as_ref().filter(|_| self.shared.contains(&record.serial))?;
        let begins = id.strip_prefix(record.serial.as_str()).is_some_and(|rest| rest.starts_with('#'));
        let text = if begins { id.clone() } else { format_compact!("{}#{id}", record.serial) };
        Some(record::serial(&text).map(|(serial, _)| serial))
    }
}

/// Gives what is more than once among hashes.
fn repeated(hashes: &mut [u64]) -> HashSet<u64> {
    hashes.sort_unstable();
    hashes
        .windows(2)
        .filter_map(|pair| if pair.first() == pair.last() { pair.first().copied() } else { None })
        .collect()
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
    known: Known,
    /// Shared serials that were not known to be: the file will be read anew.
    found: HashSet<Serial>,
    /// Rows that were not known to contradict each other.
    clashes: Clashes,
    sink: &'a mut dyn FnMut(Sifted),
    /// The row that is read, and whether it was rejected.
    row: Option<Place>,
    is_rejected: bool,
    first_row: Option<Place>,
    /// Of the serials and seeds that are known to be met twice: where.
    serials: HashMap<Mark, Met>,
    seeds: HashMap<Mark, u64>,
    /// Hashes of all the others.
    serial_hashes: Vec<u64>,
    seed_hashes: Vec<u64>,
    keys: u64,
    errors: u64,
    warnings: u64,
    last_line: u64,
}

impl<'a> Sieve<'a> {
    /// Begins a reading of a file.
    pub(super) fn new(options: SieveOptions, known: Known, sink: &'a mut dyn FnMut(Sifted)) -> Self {
        Self {
            options,
            known,
            found: HashSet::new(),
            clashes: Clashes::default(),
            sink,
            row: None,
            is_rejected: false,
            first_row: None,
            serials: HashMap::new(),
            seeds: HashMap::new(),
            serial_hashes: Vec::new(),
            seed_hashes: Vec::new(),
            keys: 0,
            errors: 0,
            warnings: 0,
            last_line: 1,
        }
    }

    /// Takes what a reader gives.
    pub(super) fn take(&mut self, item: Item) {
        match item {
            Item::Row(place) => {
                self.row = Some(place);
                self.first_row.get_or_insert(place);
                self.is_rejected = false;
            }
            Item::Finding(finding) => self.tell(finding),
            Item::Key(record) => {
                let (line, serial) = (record.line, record.serial.clone());
                if let Some(record) = self.judge(record, &mut |sieve, problem| {
                    sieve.tell(Finding::on_line(line, problem).of(serial.as_str()));
                }) {
                    self.keys = self.keys.saturating_add(1);
                    let row = self.row.unwrap_or(Place::on_line(record.line));
                    (self.sink)(Sifted::Key(record, row));
                }
            }
        }
    }

    /// Takes what ends a reading early; it is told in any case.
    pub(super) fn refuse(&mut self, finding: Finding) {
        self.errors = self.errors.saturating_add(1);
        self.last_line = self.last_line.max(finding.line);
        (self.sink)(Sifted::Refused(finding));
    }

    /// Gives the place of the first row.
    pub(super) fn first_row(&self) -> Option<Place> {
        self.first_row
    }

    /// Ends the reading; gives what is known by now when the file must be read anew with it.
    pub(super) fn finish(mut self) -> Option<Known> {
        let (serials, seeds) = (repeated(&mut self.serial_hashes), repeated(&mut self.seed_hashes));
        if !self.found.is_empty() || !serials.is_empty() || !seeds.is_empty() {
            self.known.serials.extend(serials);
            self.known.seeds.extend(seeds);
            self.known.shared.extend(self.found);
            return Some(self.known);
        }
        if self.options.partial && !(self.clashes.serials.is_empty() && self.clashes.seeds.is_empty()) {
            // The first one of each pair has passed.
            self.known.clashes.serials.extend(self.clashes.serials);
            self.known.clashes.seeds.extend(self.clashes.seeds);
            return Some(self.known);
        }
        if self.keys == 0 && self.errors == 0 {
            self.refuse(Finding::on_line(1, Problem::NoKeys));
        }
        let (errors, warnings, line) = (self.errors, self.warnings, self.last_line);
        if errors > MOST_TOLD {
            (self.sink)(Sifted::Finding(Finding::on_line(line, Problem::TooManyErrors { total: errors })));
        }
        if warnings > MOST_TOLD {
            (self.sink)(Sifted::Finding(Finding::on_line(line, Problem::TooManyWarnings { total: warnings })));
        }
        None
    }

    fn tell(&mut self, finding: Finding) {
        let told = match finding.problem.severity() {
            Severity::Error => {
                match self.row {
                    Some(_) if std::mem::replace(&mut self.is_rejected, true) => {}
                    row => (self.sink)(Sifted::Rejected(row.unwrap_or(finding.place()))),
                }
                &mut self.errors
            }
            Severity::Warning => &mut self.warnings,
        };
        *told = told.saturating_add(1);
        self.last_line = self.last_line.max(finding.line);
        if *told <= MOST_TOLD {
            (self.sink)(Sifted::Finding(finding));
        }
    }

    /// Judges a key; nothing when it does not pass.
    fn judge(
        &mut self,
        mut record: Box<SeedRecord>,
        tell: &mut dyn FnMut(&mut Self, Problem),
    ) -> Option<Box<SeedRecord>> {
        let in_file = self.known.hash(record.serial.as_str().as_bytes());
        match self.known.own_serial(&record) {
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
        let mut passes = self.judge_doubles(&record, in_file, tell)?;
        passes &= self.judge_strength(&record, tell);
        if let Err(problem) = record.settle_counter() {
            tell(self, problem);
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

    /// Tells whether serial and seed are new; nothing when the very same key came before. `in_file` is the hash of the serial
    /// that the file has.
    fn judge_doubles(
        &mut self,
        record: &SeedRecord,
        in_file: u64,
        tell: &mut dyn FnMut(&mut Self, Problem),
    ) -> Option<bool> {
        let serial = self.known.hash(record.serial.as_str().as_bytes());
        let seed = self.known.hash(record.seed.expose());
        let mut passes = true;
        if self.known.serials.contains(&serial) || self.known.serials.contains(&in_file) {
            passes = self.judge_serial(record, tell)?;
        } else {
            self.serial_hashes.push(serial);
        }
        if self.known.seeds.contains(&seed) {
            passes &= self.judge_seed(record, tell);
        } else {
            self.seed_hashes.push(seed);
        }
        Some(passes)
    }

    /// Judges a key of which the seed is known to be met twice.
    fn judge_seed(&mut self, record: &SeedRecord, tell: &mut dyn FnMut(&mut Self, Problem)) -> bool {
        let seed = mark(record.seed.expose());
        let met = self.seeds.get(&seed).copied();
        if let Some(clash) = self.known.clashes.seeds.get(&seed).copied() {
            let is_first = met.is_none();
            self.seeds.insert(seed, record.line);
            let first_line = if is_first { clash.second_line } else { clash.first_line };
            tell(self, Problem::SeedTwice { first_line });
            return false;
        }
        let Some(first_line) = met else {
            self.seeds.insert(seed, record.line);
            return true;
        };
        if self.options.allow_weak_seeds {
            tell(self, Problem::SeedTwiceAllowed { first_line });
            return true;
        }
        self.clashes.seeds.entry(seed).or_insert(Clash { seed, first_line, second_line: record.line });
        tell(self, Problem::SeedTwice { first_line });
        false
    }

    /// Judges a key of which the serial is known to be met twice.
    fn judge_serial(&mut self, record: &SeedRecord, tell: &mut dyn FnMut(&mut Self, Problem)) -> Option<bool> {
        let (serial, seed) = (mark(record.serial.as_str().as_bytes()), mark(record.seed.expose()));
        let id = record.key_id.as_deref().map(|id| mark(id.as_bytes()));
        if let Some(clash) = self.known.clashes.serials.get(&serial).copied() {
            let first_line = if seed == clash.seed { clash.second_line } else { clash.first_line };
            tell(self, Problem::SerialTwice { first_line });
            return Some(false);
        }
        let Some(met) = self.serials.get(&serial) else {
            self.serials.insert(serial, Met { line: record.line, seed, id });
            return Some(true);
        };
        let (first_line, same_seed, first_seed) = (met.line, met.seed == seed, met.seed);
        if self.known.shared.is_empty() && met.id != id {
            self.found.insert(record.serial.clone());
        }
        if same_seed {
            tell(self, Problem::DuplicateRow { first_line });
            return None;
        }
        let clash = Clash { seed: first_seed, first_line, second_line: record.line };
        self.clashes.serials.entry(serial).or_insert(clash);
        tell(self, Problem::SerialTwice { first_line });
        Some(false)
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
                // SecurID has seeds of 128 bits and no others.
                let fixed = record.parameters.algorithm == Algorithm::SecurId;
                if record.seed.is_below_recommendation() && !fixed {
                    tell(self, Problem::SeedBelowRecommendation { bytes });
                }
                true
            }
        }
    }
}
