//! One `otpauth-migration://offline?data=…`: base64 of a message of Google Authenticator, with many keys in it.

use super::super::Item;
use super::super::finding::{Finding, Place};
use super::super::lines::Line;
use super::super::problem::Problem;
use super::super::record::{self, SeedRecord, wide};
use super::super::secret;
use super::protobuf::{self, Malformed, Value};
use super::{account, uri};
use crate::key::Validity;
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period};
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

/// The most that fills up base64.
const PADDING: &str = "===";

/// Handovers of several URIs, and which of them came.
#[derive(Default)]
pub(super) struct Handovers {
    /// By the number of the handover: how many URIs it has, where the first one stands, and the places that came.
    batches: BTreeMap<u64, Batch>,
}

struct Batch {
    line: u64,
    size: u64,
    came: BTreeSet<u64>,
}

/// A message: its keys, and which URI it is of how many.
#[derive(Default)]
struct Payload<'a> {
    keys: Vec<&'a [u8]>,
    size: u64,
    index: u64,
    id: u64,
}

/// A key of a message.
#[derive(Default)]
struct Key<'a> {
    secret: &'a [u8],
    name: &'a [u8],
    issuer: &'a [u8],
    algorithm: u64,
    digits: u64,
    kind: u64,
    counter: u64,
}

impl Handovers {
    /// Takes the part of a URI behind its scheme.
    pub(super) fn take(&mut self, line: &Line<'_>, body: &str, sink: &mut dyn FnMut(Item)) {
        if let Err(problem) = self.read(line, body, sink) {
            sink(Item::Finding(line.finding(body, problem)));
        }
    }

    fn read(&mut self, line: &Line<'_>, body: &str, sink: &mut dyn FnMut(Item)) -> Result<(), Problem> {
        let (_, query) = body.split_once('?').ok_or(Problem::MigrationMalformed)?;
        let data = query.split('&').find_map(|pair| pair.strip_prefix("data=")).ok_or(Problem::MigrationMalformed)?;
        // Here `+` is a digit of base64; some exporters also drop the padding.
        let decoded = uri::decode(data, false).ok_or(Problem::PercentMalformed)?;
        let mut text = Zeroizing::new(String::with_capacity(decoded.len().saturating_add(PADDING.len())));
        text.push_str(&decoded);
        text.push_str(PADDING.get(..decoded.len().wrapping_neg() % 4).unwrap_or_default());
        let bytes = secret::base64(&text).map_err(|_| Problem::MigrationMalformed)?;
        let payload = Payload::read(&bytes).map_err(|_| Problem::MigrationMalformed)?;
        if payload.size > 1 {
            let fresh = Batch { line: line.number, size: payload.size, came: BTreeSet::new() };
            self.batches.entry(payload.id).or_insert(fresh).came.insert(payload.index);
        }
        for message in payload.keys {
            sink(Item::Row(Place::on_line(line.number)));
            let key = Key::read(message).map_err(|_| Problem::MigrationMalformed)?;
            let mut warnings = Vec::new();
            let outcome = key.record(line, body, &mut warnings);
            let shown = String::from_utf8_lossy(key.name);
            warnings.into_iter().for_each(|finding| sink(Item::Finding(finding.of(&shown))));
            sink(match outcome {
                Ok(record) => Item::Key(Box::new(record)),
                Err(finding) => Item::Finding(finding.of(&shown)),
            });
        }
        Ok(())
    }

    /// Tells of handovers of which a part is missing.
    pub(super) fn finish(self, sink: &mut dyn FnMut(Item)) {
        for batch in self.batches.into_values() {
            let found = wide(batch.came.len());
            if found < batch.size {
                let problem = Problem::MigrationIncomplete { found, expected: batch.size };
                sink(Item::Finding(Finding::on_line(batch.line, problem)));
            }
        }
    }
}

impl<'a> Payload<'a> {
    fn read(message: &'a [u8]) -> Result<Self, Malformed> {
        let mut payload = Self::default();
        for field in protobuf::fields(message) {
            match field? {
                (1, Value::Bytes(key)) => payload.keys.push(key),
                (3, Value::Number(size)) => payload.size = size,
                (4, Value::Number(index)) => payload.index = index,
                (5, Value::Number(id)) => payload.id = id,
                (1 | 3 | 4 | 5, _) => return Err(Malformed),
                _ => {}
            }
        }
        Ok(payload)
    }
}

impl<'a> Key<'a> {
    fn read(message: &'a [u8]) -> Result<Self, Malformed> {
        let mut key = Self::default();
        for field in protobuf::fields(message) {
            match field? {
                (1, Value::Bytes(secret)) => key.secret = secret,
                (2, Value::Bytes(name)) => key.name = name,
                (3, Value::Bytes(issuer)) => key.issuer = issuer,
                (4, Value::Number(algorithm)) => key.algorithm = algorithm,
                (5, Value::Number(digits)) => key.digits = digits,
                (6, Value::Number(kind)) => key.kind = kind,
                (7, Value::Number(counter)) => key.counter = counter,
                (1..=7, _) => return Err(Malformed),
                _ => {}
            }
        }
        Ok(key)
    }

    fn record(&self, line: &Line<'_>, place: &str, warnings: &mut Vec<Finding>) -> Result<SeedRecord, Finding> {
        let fail = |problem| line.finding(place, problem);
        let text = |bytes: &'a [u8]| std::str::from_utf8(bytes).map_err(|_| fail(Problem::MigrationMalformed));
        let issuer = Some(text(self.issuer)?).filter(|issuer| !issuer.is_empty());
        let account = account::read(line, place, text(self.name)?, issuer, warnings)?;
        let seed = record::seed(Zeroizing::new(self.secret.to_vec())).map_err(fail)?;
        let hash = match self.algorithm {
            0 => {
                warnings.extend(record::assumed_sha1(&seed).map(fail));
                Hash::Sha1
            }
            1 => Hash::Sha1,
            2 => Hash::Sha256,
            3 => Hash::Sha512,
            // 4 is MD5.
            _ => return Err(fail(Problem::HashNotSupported)),
        };
        let digits = match self.digits {
            0 | 1 => Some(Digits::SIX),
            2 => Digits::new(8).ok(),
            _ => None,
        };
        let digits = digits.ok_or_else(|| fail(Problem::DigitsOutOfRange))?;
        let (algorithm, counter) = match self.kind {
            1 => (Algorithm::Hotp(hash), Some(self.counter)),
            2 => (Algorithm::Totp(hash), None),
            0 => return Err(fail(Problem::AlgorithmMissing)),
            _ => return Err(fail(Problem::AlgorithmUnknown)),
        };
        Ok(SeedRecord {
            line: line.number,
            serial: account.serial,
            key_id: account.issuer.map(Into::into),
            seed,
            // The message has no period: these apps know half a minute only.
            parameters: Parameters { algorithm, digits, period: Period::HALF_MINUTE },
            counter,
            manufacturer: None,
            model: None,
            validity: Validity::default(),
            drift: 0,
            is_sealed: false,
        })
    }
}
