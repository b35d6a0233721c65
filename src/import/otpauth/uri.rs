//! One `otpauth://TYPE/LABEL?secret=…` (the Key URI format of Google Authenticator).

use super::super::finding::Finding;
use super::super::lines::Line;
use super::super::problem::Problem;
use super::super::record::{self, SeedRecord};
use super::super::{Item, hash, seed_text};
use super::account;
use crate::key::Validity;
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period, Seed};
use zeroize::Zeroizing;

/// Takes the part of a URI behind its scheme.
pub(super) fn take(line: &Line<'_>, body: &str, sink: &mut dyn FnMut(Item)) {
    let mut warnings = Vec::new();
    let label = body.split_once('/').and_then(|(_, rest)| rest.split('?').next()).unwrap_or_default();
    let shown = decode(label, false).unwrap_or_default();
    let outcome = key(line, body, &mut warnings);
    warnings.into_iter().for_each(|finding| sink(Item::Finding(finding.of(&shown))));
    sink(match outcome {
        Ok(record) => Item::Key(Box::new(record)),
        Err(finding) => Item::Finding(finding.of(&shown)),
    });
}

fn key(line: &Line<'_>, body: &str, warnings: &mut Vec<Finding>) -> Result<SeedRecord, Finding> {
    let fail = |place: &str, problem| Err(line.finding(place, problem));
    let Some((kind, rest)) = body.split_once('/') else { return fail(body, Problem::LineNotUnderstood) };
    let is_event = is_event(kind).map_err(|problem| line.finding(kind, problem))?;
    let (label, query) = rest.split_once('?').unwrap_or((rest, ""));
    let query = Query::read(line, query)?;
    let Some(decoded) = decode(label, false) else { return fail(label, Problem::PercentMalformed) };
    let issuer = query.value("issuer").map(|value| value.text.as_str());
    let account = account::read(line, label, &decoded, issuer, warnings)?;
    let seed = query.seed()?;
    let hash = query.hash(&seed, warnings)?;
    let digits = query.digits()?;
    let (algorithm, period, counter) = if is_event {
        (Algorithm::Hotp(hash), Period::HALF_MINUTE, Some(query.counter()?))
    } else {
        (Algorithm::Totp(hash), query.period(warnings)?, None)
    };
    Ok(SeedRecord {
        line: line.number,
        serial: account.serial,
        key_id: account.issuer.map(Into::into),
        seed,
        parameters: Parameters { algorithm, digits, period },
        counter,
        manufacturer: None,
        model: None,
        validity: Validity::default(),
        drift: 0,
        is_sealed: false,
    })
}

fn is_event(kind: &str) -> Result<bool, Problem> {
    match kind.to_ascii_lowercase().as_str() {
        "totp" => Ok(false),
        "hotp" => Ok(true),
        "steam" => Err(Problem::AlgorithmNotSupported { algorithm: "Steam" }),
        "motp" => Err(Problem::AlgorithmNotSupported { algorithm: "mOTP" }),
        "ocra" => Err(Problem::AlgorithmNotSupported { algorithm: "OCRA" }),
        _ => Err(Problem::AlgorithmUnknown),
    }
}

/// Decodes percent signs, and `+` where it stands for a blank; nothing for what is no text then.
pub(super) fn decode(text: &str, plus_is_blank: bool) -> Option<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                let (high, low) = (digit()?, digit()?);
                u8::try_from(high.checked_mul(16)?.checked_add(low)?).ok()?
            }
            b'+' if plus_is_blank => b' ',
            byte => byte,
        });
    }
    std::str::from_utf8(&bytes).ok().map(|text| Zeroizing::new(text.to_owned()))
}

/// A parameter: its value as it stands in the line, and what that means.
struct Value<'a> {
    place: &'a str,
    text: Zeroizing<String>,
}

/// The parameters of a URI.
struct Query<'a> {
    line: &'a Line<'a>,
    pairs: Vec<(String, Value<'a>)>,
}

impl<'a> Query<'a> {
    fn read(line: &'a Line<'a>, query: &'a str) -> Result<Self, Finding> {
        let mut pairs: Vec<(String, Value<'_>)> = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, place) = pair.split_once('=').unwrap_or((pair, ""));
            let name = name.to_ascii_lowercase();
            if pairs.iter().any(|(known, _)| *known == name) {
                return Err(line.finding(pair, Problem::ParameterTwice));
            }
            let text = decode(place, true).ok_or_else(|| line.finding(place, Problem::PercentMalformed))?;
            pairs.push((name, Value { place, text }));
        }
        Ok(Self { line, pairs })
    }

    /// Gives a value that is not blank.
    fn value(&self, name: &str) -> Option<&Value<'a>> {
        let found = self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        found.filter(|value| !value.text.trim().is_empty())
    }

    fn seed(&self) -> Result<Seed, Finding> {
        match self.value("secret") {
            Some(value) => seed_text::base32(&value.text).map_err(|problem| self.line.finding(value.place, problem)),
            None => Err(Finding::on_line(self.line.number, Problem::SeedMissing)),
        }
    }

    fn hash(&self, seed: &Seed, warnings: &mut Vec<Finding>) -> Result<Hash, Finding> {
        match self.value("algorithm") {
            Some(value) => {
                hash::named(&value.text).ok_or_else(|| self.line.finding(value.place, Problem::HashNotSupported))
            }
            None => {
                let place = self.value("secret").map_or("", |value| value.place);
                warnings.extend(record::assumed_sha1(seed).map(|problem| self.line.finding(place, problem)));
                Ok(Hash::Sha1)
            }
        }
    }

    fn digits(&self) -> Result<Digits, Finding> {
        let Some(value) = self.value("digits") else { return Ok(Digits::SIX) };
        let digits = value.text.trim().parse().ok().and_then(|digits| Digits::new(digits).ok());
        digits.ok_or_else(|| self.line.finding(value.place, Problem::DigitsOutOfRange))
    }

    fn period(&self, warnings: &mut Vec<Finding>) -> Result<Period, Finding> {
        let Some(value) = self.value("period") else { return Ok(Period::HALF_MINUTE) };
        let fail = |problem| self.line.finding(value.place, problem);
        let seconds = value.text.trim().parse().map_err(|_| fail(Problem::NumberMalformed { name: "period" }))?;
        let (period, unusual) = record::period(seconds).map_err(fail)?;
        warnings.extend(unusual.map(fail));
        Ok(period)
    }

    fn counter(&self) -> Result<u64, Finding> {
        let Some(value) = self.value("counter") else {
            return Err(Finding::on_line(self.line.number, Problem::ParameterMissing { name: "counter" }));
        };
        let malformed = |_| self.line.finding(value.place, Problem::NumberMalformed { name: "counter" });
        value.text.trim().parse().map_err(malformed)
    }
}
