//! SafeWord authenticator records: an LDIF of sorts, with the key's own values in one line of `name=value;`.
//!
//! Time keys count from the year 2000 and not from 1970, and peers take them for event keys: `sccMode` says what they are.

use super::finding::{Finding, Place};
use super::lines::{Line, Lines};
use super::problem::Problem;
use super::record::{self, SeedRecord};
use super::{Guidance, Input, Item, hash, seed_text};
use crate::clock::UtcTime;
use crate::key::Validity;
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period, Seed};
use zeroize::Zeroizing;

/// 2000-01-01T00:00:00Z.
const EPOCH: UtcTime = UtcTime::from_epoch(946_684_800);
const LONGEST_LINE: usize = 4096;

/// The lines of one record that matter.
#[derive(Default)]
struct Entry {
    begins: u64,
    serial: Option<String>,
    kind: Option<String>,
    data: Option<Data>,
    problem: Option<Finding>,
}

/// The line of `sccTokenData`.
struct Data {
    line: u64,
    text: Zeroizing<String>,
}

/// Reads records and gives their keys and findings, in the order of the file.
///
/// # Errors
/// None: each record stands for itself.
pub(super) fn read(input: &mut Input<'_>, _: &Guidance, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    let mut lines = Lines::new(input, LONGEST_LINE);
    let mut entry = Entry::default();
    let mut signature_told = false;
    while let Some(line) = lines.next() {
        let line = match line {
            Ok(line) => line,
            Err(finding) if finding.problem == Problem::Unreadable => return Err(finding),
            Err(finding) => {
                entry.problem.get_or_insert(finding);
                continue;
            }
        };
        if line.text.is_empty() {
            std::mem::take(&mut entry).finish(sink);
        } else if line.text.starts_with("sccSignature") && !std::mem::replace(&mut signature_told, true) {
            sink(Item::Finding(line.finding(line.text, Problem::SignedNotVerified)));
        } else if !line.text.starts_with(['#', ' ', '\t']) {
            // A line that begins with a blank goes on with the one before it: only signatures are that long.
            entry.take(&line);
        }
    }
    entry.finish(sink);
    Ok(())
}

impl Entry {
    fn take(&mut self, line: &Line<'_>) {
        if self.begins == 0 {
            self.begins = line.number;
        }
        let Some((name, value)) = line.text.split_once(':') else {
            self.problem.get_or_insert_with(|| line.finding(line.text, Problem::LineNotUnderstood));
            return;
        };
        let value = value.trim();
        match name.trim() {
            "sccAuthenticatorId" => self.serial = Some(value.to_owned()),
            "dn" if self.serial.is_none() => {
                self.serial = value.strip_prefix("sccAuthenticatorId=").map(|serial| serial.trim().to_owned());
            }
            "sccTokenType" => self.kind = Some(value.to_owned()),
            "sccTokenData" if self.data.is_some() => {
                let problem = Problem::ElementTwice { element: "sccTokenData" };
                self.problem.get_or_insert_with(|| line.finding(line.text, problem));
            }
            "sccTokenData" => {
                self.data = Some(Data { line: line.number, text: Zeroizing::new(line.text.to_owned()) });
            }
            _ => {}
        }
    }

    fn finish(self, sink: &mut dyn FnMut(Item)) {
        // What is neither a key nor broken is another entry of the directory: a user, or the version of the file.
        if self.serial.is_none() && self.data.is_none() && self.problem.is_none() {
            return;
        }
        sink(Item::Row(Place::on_line(match &self.problem {
            // Nothing of it could be read before.
            Some(problem) if self.begins == 0 || problem.line < self.begins => problem.line,
            _ => self.begins,
        })));
        let shown = self.serial.clone().unwrap_or_default();
        let mut warnings = Vec::new();
        let outcome = match &self.problem {
            Some(problem) => Err(problem.clone()),
            None => self.key(&mut warnings),
        };
        warnings.into_iter().for_each(|finding| sink(Item::Finding(finding.of(&shown))));
        sink(match outcome {
            Ok(record) => Item::Key(Box::new(record)),
            Err(finding) => Item::Finding(finding.of(&shown)),
        });
    }

    fn key(&self, warnings: &mut Vec<Finding>) -> Result<SeedRecord, Finding> {
        let here = |problem| Finding::on_line(self.begins, problem);
        let data = self.data.as_ref().ok_or_else(|| here(Problem::SecretMissing))?;
        let text = self.serial.as_deref().unwrap_or_default();
        let (serial, changed) = record::serial(text).map_err(here)?;
        if changed {
            warnings.push(here(Problem::SerialChanged));
        }
        let values = Values::of(data)?;
        let seed = values.seed()?;
        let hash = values.hash(&seed, warnings)?;
        let digits = values.digits(warnings)?;
        let (algorithm, period, counter) = if values.is_time_based(warnings)? {
            (Algorithm::Totp(hash), values.period(warnings)?, None)
        } else {
            (Algorithm::Hotp(hash), Period::HALF_MINUTE, Some(values.counter()?))
        };
        let product = values.value(&["PrtoductName", "ProductName"]).or(self.kind.as_deref());
        Ok(SeedRecord {
            line: self.begins,
            serial,
            key_id: None,
            seed,
            parameters: Parameters { algorithm, digits, period },
            counter,
            manufacturer: None,
            model: product.and_then(record::name),
            validity: Validity::default(),
            drift: 0,
            is_sealed: false,
        })
    }
}

/// The values of one key.
struct Values<'a> {
    line: Line<'a>,
    pairs: Vec<(&'a str, &'a str)>,
}

impl<'a> Values<'a> {
    fn of(data: &'a Data) -> Result<Self, Finding> {
        let line = Line { number: data.line, text: &data.text };
        let body = line.text.split_once(':').map_or("", |(_, body)| body);
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for pair in body.split(';').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = name.trim();
            if pairs.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
                return Err(line.finding(pair, Problem::ParameterTwice));
            }
            pairs.push((name, value.trim()));
        }
        Ok(Self { line, pairs })
    }

    /// Gives a value that is not empty, by any of its names.
    fn value(&self, names: &[&str]) -> Option<&'a str> {
        let named = |(name, _): &&(&str, &str)| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        self.pairs.iter().find(named).map(|(_, value)| *value).filter(|value| !value.is_empty())
    }

    fn finding(&self, value: Option<&str>, problem: Problem) -> Finding {
        self.line.finding(value.unwrap_or(self.line.text), problem)
    }

    fn seed(&self) -> Result<Seed, Finding> {
        let text = self.value(&["sccKey"]);
        let fail = |problem| self.finding(text, problem);
        // Exports of a SafeWord server have `(DES:…)` or `(AES:…)`, closed with the server's own key.
        match text {
            Some(text) if text.starts_with('(') => Err(fail(Problem::SafeWordEncrypted)),
            Some(text) => seed_text::hex(text).map_err(fail),
            None => Err(fail(Problem::SeedMissing)),
        }
    }

    fn hash(&self, seed: &Seed, warnings: &mut Vec<Finding>) -> Result<Hash, Finding> {
        let text = self.value(&["crypto"]);
        match text {
            Some(name) => hash::named(name).ok_or_else(|| self.finding(text, Problem::HashNotSupported)),
            None => {
                let key = self.value(&["sccKey"]);
                warnings.extend(record::assumed_sha1(seed).map(|problem| self.finding(key, problem)));
                Ok(Hash::Sha1)
            }
        }
    }

    fn digits(&self, warnings: &mut Vec<Finding>) -> Result<Digits, Finding> {
        let text = self.value(&["sccPwLen"]);
        let Some(number) = text else {
            warnings.push(self.finding(None, Problem::DigitsAssumed));
            return Ok(Digits::SIX);
        };
        let digits = number.parse().ok().and_then(|digits| Digits::new(digits).ok());
        digits.ok_or_else(|| self.finding(text, Problem::DigitsOutOfRange))
    }

    /// Reads the mode; where there is none, the time of its programming marks a time key.
    fn is_time_based(&self, warnings: &mut Vec<Finding>) -> Result<bool, Finding> {
        let mode = self.value(&["sccMode"]);
        let programmed = self.value(&["sccPrTime"]);
        match mode.map(str::to_ascii_uppercase).as_deref() {
            Some("T") => Ok(true),
            Some("E") => {
                warnings.extend(programmed.map(|_| self.finding(programmed, Problem::ModeContradicted)));
                Ok(false)
            }
            Some(_) => Err(self.finding(mode, Problem::AlgorithmUnknown)),
            None => {
                let algorithm = if programmed.is_some() { "TOTP" } else { "HOTP" };
                warnings.push(self.finding(None, Problem::AlgorithmGuessed { algorithm }));
                Ok(programmed.is_some())
            }
        }
    }

    fn period(&self, warnings: &mut Vec<Finding>) -> Result<Period, Finding> {
        let text = self.value(&["sccTick"]);
        let fail = |problem| self.finding(text, problem);
        let period = match text {
            None => {
                warnings.push(fail(Problem::PeriodAssumed));
                Period::HALF_MINUTE
            }
            Some(number) => {
                let seconds = number.parse().map_err(|_| fail(Problem::NumberMalformed { name: "sccTick" }))?;
                let (period, unusual) = record::period(seconds).map_err(fail)?;
                warnings.extend(unusual.map(fail));
                period
            }
        };
        period.counted_from(EPOCH).map_err(|_| fail(Problem::PeriodOutOfRange))
    }

    fn counter(&self) -> Result<u64, Finding> {
        let text = self.value(&["sccSeq"]);
        let malformed = |_| self.finding(text, Problem::NumberMalformed { name: "sccSeq" });
        text.map_or(Ok(0), |number| number.parse().map_err(malformed))
    }
}

#[cfg(test)]
mod tests;
