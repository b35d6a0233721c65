//! Aladdin XML, with which eToken PASS keys of SafeNet come: one `Token` per key, all of them moved by their button.

use super::finding::Finding;
use super::problem::Problem;
use super::record::{self, SeedRecord};
use super::xml::{self, Element, Stop};
use super::{Guidance, Input, Item, seed_text};
use crate::key::{Serial, Validity};
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period, Seed};

/// The length of a seed of SHA-256, in bytes: the file itself does not name the hash.
const SEED_OF_SHA_256: usize = 32;

/// Reads a file and gives its keys and findings, in the order of the file.
///
/// # Errors
/// The finding that makes the rest of the file unreadable.
pub(super) fn read(input: &mut Input<'_>, _: &Guidance, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    xml::walk(input, &[], &mut |stop| {
        match stop {
            Stop::Root(root) if root.name() != "tokens" => {
                return Err(root.finding(Problem::NotAContainer { root: super::finding::shown(root.name()) }));
            }
            Stop::Whole(token) if token.name() == "token" => take(token, sink),
            Stop::Root(_) | Stop::Whole(_) => {}
            Stop::NotClosed(finding) => sink(Item::Finding(finding)),
        }
        Ok(())
    })
}

fn take(token: Element<'_>, sink: &mut dyn FnMut(Item)) {
    sink(Item::Row(token.place()));
    let shown = token.attribute("serial").unwrap_or_default();
    let mut warnings = Vec::new();
    let outcome = key(token, &mut warnings);
    warnings.into_iter().for_each(|finding| sink(Item::Finding(finding.of(shown))));
    sink(match outcome {
        Ok(record) => Item::Key(Box::new(record)),
        Err(finding) => Item::Finding(finding.of(shown)),
    });
}

fn key(token: Element<'_>, warnings: &mut Vec<Finding>) -> Result<SeedRecord, Finding> {
    let serial = serial(token, warnings)?;
    let holder = token.child("Applications")?.unwrap_or(token);
    let application = holder.child("Application")?.unwrap_or(holder);
    let seed = seed(application)?;
    let hash = if seed.expose().len() == SEED_OF_SHA_256 {
        warnings.push(application.finding(Problem::HashFromLength { hash: "SHA-256" }));
        Hash::Sha256
    } else {
        warnings.extend(record::assumed_sha1(&seed).map(|problem| application.finding(problem)));
        Hash::Sha1
    };
    Ok(SeedRecord {
        line: token.line(),
        serial,
        key_id: None,
        seed,
        parameters: Parameters { algorithm: Algorithm::Hotp(hash), digits: Digits::SIX, period: Period::HALF_MINUTE },
        counter: Some(counter(application)?),
        manufacturer: None,
        model: token.child_text("ProductName")?.and_then(record::name),
        validity: Validity::default(),
        drift: 0,
        is_sealed: false,
    })
}

fn serial(token: Element<'_>, warnings: &mut Vec<Finding>) -> Result<Serial, Finding> {
    let text = token.attribute("serial").unwrap_or_default();
    let (serial, changed) = record::serial(text).map_err(|problem| token.finding(problem))?;
    if changed {
        warnings.push(token.finding(Problem::SerialChanged));
    }
    Ok(serial)
}

fn seed(application: Element<'_>) -> Result<Seed, Finding> {
    match application.child("Seed")? {
        Some(seed) => seed_text::hex(seed.trimmed()).map_err(|problem| seed.finding(problem)),
        None => Err(application.finding(Problem::SecretMissing)),
    }
}

/// Reads the next counter; without one it is the first.
fn counter(application: Element<'_>) -> Result<u64, Finding> {
    match application.child("MovingFactor")? {
        Some(factor) if !factor.trimmed().is_empty() => {
            factor.trimmed().parse().map_err(|_| factor.finding(Problem::IntegerMalformed { element: "MovingFactor" }))
        }
        _ => Ok(0),
    }
}
