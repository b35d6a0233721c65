//! `users.oath`, the file of oath-toolkit and mod_authn_otp: `TYPE user pin hexsecret [factor [lastotp [timestamp]]]`.

use super::finding::{Finding, Place};
use super::lines::{Line, Lines};
use super::problem::Problem;
use super::record::{self, SeedRecord, wide};
use super::{Guidance, Input, Item, seed_text};
use crate::drift::Drift;
use crate::key::{Serial, Validity};
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period};
use std::collections::HashMap;

const LONGEST_LINE: usize = 4096;
const FEWEST_CELLS: usize = 4;
const MOST_CELLS: usize = 7;

/// Users, and how many keys each had so far: the file has no serial numbers.
#[derive(Default)]
struct Users(HashMap<String, u64>);

/// Reads a file and gives its keys and findings, in the order of the file.
///
/// # Errors
/// The finding for a file that cannot be read to its end.
pub(super) fn read(input: &mut Input<'_>, _: &Guidance, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    let mut lines = Lines::new(input, LONGEST_LINE);
    let mut users = Users::default();
    while let Some(line) = lines.next() {
        let line = match line {
            Ok(line) => line,
            Err(finding) if finding.problem == Problem::Unreadable => return Err(finding),
            Err(finding) => {
                sink(Item::Row(finding.place()));
                sink(Item::Finding(finding));
                continue;
            }
        };
        if line.text.is_empty() || line.text.trim_start().starts_with('#') {
            continue;
        }
        sink(Item::Row(Place::on_line(line.number)));
        let cells: Vec<&str> = line.text.split_whitespace().collect();
        let shown = cells.get(1).copied().unwrap_or_default();
        if users.0.is_empty() {
            sink(Item::Finding(Finding::on_line(line.number, Problem::SerialFromUser)));
        }
        let mut warnings = Vec::new();
        let outcome = key(&line, &cells, &mut users, &mut warnings);
        warnings.into_iter().for_each(|finding| sink(Item::Finding(finding.of(shown))));
        sink(match outcome {
            Ok(record) => Item::Key(Box::new(record)),
            Err(finding) => Item::Finding(finding.of(shown)),
        });
    }
    Ok(())
}

/// Tells whether a line begins as those of this format do: a type, a user, a PIN and a seed.
pub(super) fn is_line(line: &str) -> bool {
    let mut cells = line.split_whitespace();
    let is_type = cells.next().is_some_and(|kind| kind == "HOTP" || kind.starts_with("HOTP/"));
    let seed = cells.nth(2);
    is_type && seed.is_some_and(|seed| seed.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

impl Users {
    /// Names a user's key: by the user alone the first one, then `user#2`, `user#3`, ….
    fn serial(&mut self, user: &str) -> Result<(Serial, bool), Problem> {
        let count = self.0.entry(user.to_owned()).or_default();
        *count = count.saturating_add(1);
        if *count == 1 { record::serial(user) } else { record::serial(&format!("{user}#{count}")) }
    }
}

fn key(line: &Line<'_>, cells: &[&str], users: &mut Users, warnings: &mut Vec<Finding>) -> Result<SeedRecord, Finding> {
    let [kind, user, pin, secret, rest @ ..] = cells else {
        let problem = Problem::TooFewCells { found: wide(cells.len()), expected: wide(FEWEST_CELLS) };
        return Err(Finding::on_line(line.number, problem));
    };
    if let Some(cell) = cells.get(MOST_CELLS) {
        let problem = Problem::TooManyCells { found: wide(cells.len()), expected: wide(MOST_CELLS) };
        return Err(line.finding(cell, problem));
    }
    let (serial, changed) = users.serial(user).map_err(|problem| line.finding(user, problem))?;
    if changed {
        warnings.push(line.finding(user, Problem::SerialChanged));
    }
    if !matches!(*pin, "-" | "+") {
        warnings.push(line.finding(pin, Problem::PinNotTaken));
    }
    let (period, digits) = read_kind(kind).map_err(|problem| line.finding(kind, problem))?;
    let seed = seed_text::hex(secret).map_err(|problem| line.finding(secret, problem))?;
    warnings.extend(record::assumed_sha1(&seed).map(|problem| line.finding(secret, problem)));
    let factor = rest.first().copied().unwrap_or("0");
    let malformed = || line.finding(factor, Problem::NumberMalformed { name: "moving factor" });
    let (algorithm, counter, drift) = match period {
        // The factor of a time key is the distance of its clock from ours.
        Some(_) => {
            let drift = factor.parse().ok().and_then(|steps| Drift::new(steps).ok()).ok_or_else(malformed)?;
            (Algorithm::Totp(Hash::Sha1), None, drift.steps())
        }
        None => (Algorithm::Hotp(Hash::Sha1), Some(factor.parse().map_err(|_| malformed())?), 0),
    };
    Ok(SeedRecord {
        line: line.number,
        serial,
        key_id: None,
        seed,
        parameters: Parameters { algorithm, digits, period: period.unwrap_or(Period::HALF_MINUTE) },
        counter,
        manufacturer: None,
        model: None,
        validity: Validity::default(),
        drift,
        is_sealed: false,
    })
}

/// Reads `HOTP`, `HOTP/E`, `HOTP/T30`, `HOTP/T60`, with `/6` to `/8` behind: a period for time keys, and the digits.
fn read_kind(kind: &str) -> Result<(Option<Period>, Digits), Problem> {
    let mut parts = kind.split('/');
    let (first, second, third) = (parts.next(), parts.next(), parts.next());
    let period = match (first, second) {
        (Some("HOTP"), None | Some("E")) => None,
        (Some("HOTP"), Some("T30")) => Some(Period::HALF_MINUTE),
        (Some("HOTP"), Some("T60")) => Some(Period::MINUTE),
        (Some(name), _) if name.eq_ignore_ascii_case("MOTP") => {
            return Err(Problem::AlgorithmNotSupported { algorithm: "mOTP" });
        }
        _ => return Err(Problem::AlgorithmUnknown),
    };
    let digits = match third {
        None => Some(Digits::SIX),
        Some(digits) => digits.parse().ok().and_then(|digits| Digits::new(digits).ok()),
    };
    match (digits, parts.next()) {
        (_, Some(_)) => Err(Problem::AlgorithmUnknown),
        (digits, None) => Ok((period, digits.ok_or(Problem::DigitsOutOfRange)?)),
    }
}
