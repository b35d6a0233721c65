//! A key as the file has it, with the template that says what it leaves out, and the parameters that are read from it.

use super::super::finding::Finding;
use super::super::problem::Problem;
use super::super::record::{self, wide};
use super::crypto::Closed;
use super::names::{self, Kind};
use super::synonyms::{ALGORITHM, CHECK_DIGITS, ENCODING, ID, PARAMETERS, boolean};
use super::tree::Element;
use super::value::{self, Data, Datum, Values};
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period, Seed};

/// The furthest drift that is believed, in steps.
const FURTHEST_DRIFT: i128 = 20_000;
/// How many digits a YubiKey can be set to.
const DIGITS_OF_A_YUBIKEY: [usize; 2] = [6, 8];

/// A key, and the template that stands in for what it does not say.
#[derive(Clone, Copy)]
pub(super) struct Key<'t> {
    own: Element<'t>,
    template: Option<Element<'t>>,
    data: Data<'t>,
    template_data: Option<Data<'t>>,
}

impl<'t> Key<'t> {
    /// Takes a key with its template.
    ///
    /// # Errors
    /// A finding when `Data` is there twice.
    pub(super) fn new(own: Element<'t>, template: Option<Element<'t>>) -> Result<Self, Finding> {
        Ok(Self { own, template, data: Data::of(own)?, template_data: template.map(Data::of).transpose()? })
    }

    /// Gives its own element.
    pub(super) fn element(self) -> Element<'t> {
        self.own
    }

    /// Gives its name within the container.
    pub(super) fn id(self) -> Option<&'t str> {
        id(self.own)
    }

    /// Gives the name of what it computes, as the file has it.
    pub(super) fn algorithm(self) -> Option<&'t str> {
        let named = |element: Element<'t>| element.attribute_of(&ALGORITHM).filter(|name| !name.is_empty());
        named(self.own).or_else(|| self.template.and_then(named))
    }

    /// Gives the only child that has any of some names.
    ///
    /// # Errors
    /// A finding when there are two.
    pub(super) fn child_of(self, names: &[&'static str]) -> Result<Option<Element<'t>>, Finding> {
        match (self.own.child_of(names)?, self.template) {
            (None, Some(template)) => template.child_of(names),
            (own, _) => Ok(own),
        }
    }

    /// Gives the elements where its dates may stand: its policy and, in drafts, itself.
    pub(super) fn holders_of_dates(self) -> Result<[Option<Element<'t>>; 2], Finding> {
        Ok([self.child_of(&["Policy"])?, Some(self.own)])
    }

    /// Finds the element of one of its values.
    ///
    /// # Errors
    /// A finding when it is there twice.
    pub(super) fn find(self, datum: Datum) -> Result<Option<Element<'t>>, Finding> {
        match (self.data.find(datum)?, self.template_data) {
            (None, Some(data)) => data.find(datum),
            (own, _) => Ok(own),
        }
    }

    /// Makes a finding of the key.
    pub(super) fn finding(self, problem: Problem) -> Finding {
        self.own.finding(problem)
    }

    /// Gives the length of the prefix that a YubiKey types before the code: its id, in the key's id or the holder's name.
    fn prefix(self, length: usize) -> Result<Option<usize>, Finding> {
        let holder = self.child_of(&["UserId"])?.map(Element::trimmed).unwrap_or_default();
        let named = holder.strip_prefix("CN=").and_then(|rest| rest.split([',', ' ']).next());
        let mut lengths = self.id().into_iter().chain(named).map(str::len);
        Ok(lengths.find(|prefix| length.checked_sub(*prefix).is_some_and(|rest| DIGITS_OF_A_YUBIKEY.contains(&rest))))
    }
}

/// Gives the name of a key's element within the container.
pub(super) fn id(key: Element<'_>) -> Option<&str> {
    key.attribute_of(&ID).filter(|id| !id.is_empty())
}

impl Values<'_, '_> {
    /// Names the kind of key, guessing by the data only where the file does not say it.
    pub(super) fn kind(&mut self, key: Key<'_>) -> Result<Kind, Finding> {
        let (kind, guess) = match key.algorithm() {
            Some(algorithm) => (names::kind(algorithm).ok_or_else(|| key.finding(Problem::AlgorithmUnknown))?, None),
            None if key.find(value::TIME_INTERVAL)?.is_some() => (Kind::Totp, Some("TOTP")),
            None if key.find(value::COUNTER)?.is_some() => (Kind::Hotp, Some("HOTP")),
            None => return Err(key.finding(Problem::AlgorithmMissing)),
        };
        self.warnings.extend(guess.map(|algorithm| key.finding(Problem::AlgorithmGuessed { algorithm })));
        match kind {
            Kind::Closed(algorithm) => Err(key.finding(Problem::AlgorithmNotSupported { algorithm })),
            kind => Ok(kind),
        }
    }

    /// Reads the secret.
    pub(super) fn seed_of(&mut self, key: Key<'_>) -> Result<Seed, Closed> {
        match key.find(value::SECRET)? {
            Some(secret) => self.seed(secret),
            None if key.child_of(&["KeyReference"])?.is_some() => Err(key.finding(Problem::KeyReference).into()),
            None => Err(key.finding(Problem::SecretMissing).into()),
        }
    }

    /// Reads how seed becomes code.
    pub(super) fn parameters(&mut self, key: Key<'_>, kind: Kind, seed: &Seed) -> Result<Parameters, Closed> {
        let described = key.child_of(&PARAMETERS)?;
        let hash = self.hash(key, described, seed)?;
        let digits = self.digits(key, described, kind)?;
        let interval = self.integer_of(key, value::TIME_INTERVAL)?;
        if kind == Kind::Hotp {
            return Ok(Parameters { algorithm: Algorithm::Hotp(hash), digits, period: Period::HALF_MINUTE });
        }
        let period = match interval {
            None => {
                self.warnings.push(key.finding(Problem::PeriodAssumed));
                Period::HALF_MINUTE
            }
            Some((place, seconds)) => {
                let seconds = i64::try_from(seconds).map_err(|_| place.finding(Problem::PeriodOutOfRange))?;
                let (period, unusual) = record::period(seconds).map_err(|problem| place.finding(problem))?;
                self.warnings.extend(unusual.map(|problem| place.finding(problem)));
                period
            }
        };
        Ok(Parameters { algorithm: Algorithm::Totp(hash), digits, period })
    }

    fn hash(&mut self, key: Key<'_>, described: Option<Element<'_>>, seed: &Seed) -> Result<Hash, Finding> {
        let suite = described.map_or(Ok(None), |described| described.child("Suite"))?;
        let text = suite.map(|suite| match suite.trimmed() {
            // privacyIDEA writes `<Suite hashalgo="sha1"/>`.
            "" => suite.attribute("hashalgo").unwrap_or_default(),
            text => text,
        });
        match (suite, text.filter(|text| !text.is_empty())) {
            (Some(suite), Some(text)) => names::hash(text).ok_or_else(|| suite.finding(Problem::HashNotSupported)),
            _ => {
                self.warnings.extend(record::assumed_sha1(seed).map(|problem| key.finding(problem)));
                Ok(Hash::Sha1)
            }
        }
    }

    fn digits(&mut self, key: Key<'_>, described: Option<Element<'_>>, kind: Kind) -> Result<Digits, Finding> {
        let format = described.map_or(Ok(None), |described| described.child("ResponseFormat"))?;
        let Some((format, length)) = format.and_then(|format| Some((format, format.attribute("length")?))) else {
            format.map_or(Ok(()), check_format)?;
            self.warnings.push(key.finding(Problem::DigitsAssumed));
            return Ok(Digits::SIX);
        };
        check_format(format)?;
        let out_of_range = || format.finding(Problem::DigitsOutOfRange);
        let length: usize = length.parse().map_err(|_| out_of_range())?;
        let digits_of = |length: usize| u8::try_from(length).ok().and_then(|digits| Digits::new(digits).ok());
        if let Some(digits) = digits_of(length) {
            return Ok(digits);
        }
        let prefix = if kind == Kind::Hotp { key.prefix(length)? } else { None };
        let prefix = prefix.ok_or_else(out_of_range)?;
        self.warnings.push(format.finding(Problem::PrefixInLength { prefix: wide(prefix) }));
        digits_of(length.saturating_sub(prefix)).ok_or_else(out_of_range)
    }

    /// Reads the next counter of an event key.
    pub(super) fn counter(&mut self, key: Key<'_>, kind: Kind) -> Result<Option<u64>, Closed> {
        let counter = self.integer_of(key, value::COUNTER)?;
        if kind != Kind::Hotp {
            return Ok(None);
        }
        match counter {
            None => Ok(Some(0)),
            Some((place, value)) => match u64::try_from(value) {
                Ok(value) => Ok(Some(value)),
                Err(_) => Err(place.finding(Problem::IntegerMalformed { element: "Counter" }).into()),
            },
        }
    }

    /// Reads by how many steps the clock is ahead.
    pub(super) fn drift(&mut self, key: Key<'_>) -> Result<i64, Closed> {
        if let Some((place, time)) = self.integer_of(key, value::TIME)?
            && time != 0
        {
            self.warnings.push(place.finding(Problem::TimeIgnored));
        }
        match self.integer_of(key, value::TIME_DRIFT)? {
            None => Ok(0),
            Some((place, drift)) => i64::try_from(drift)
                .ok()
                .filter(|_| drift.unsigned_abs() <= FURTHEST_DRIFT.unsigned_abs())
                .ok_or_else(|| place.finding(Problem::IntegerMalformed { element: "TimeDrift" }).into()),
        }
    }

    /// Reads an integer of a key, with the place where it stands.
    fn integer_of<'t>(&mut self, key: Key<'t>, datum: Datum) -> Result<Option<(Element<'t>, i128)>, Closed> {
        let Some(holder) = key.find(datum)? else { return Ok(None) };
        Ok(self.integer(holder, datum)?.map(|value| (holder, value)))
    }
}

/// Holds that codes are decimal and nothing is appended to them.
fn check_format(format: Element<'_>) -> Result<(), Finding> {
    let encoding = format.attribute_of(&ENCODING);
    if encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case("DECIMAL")) {
        return Err(format.finding(Problem::ResponseNotDecimal));
    }
    match format.attribute_of(&CHECK_DIGITS).map(boolean) {
        None | Some(Some(false)) => Ok(()),
        Some(Some(true)) => Err(format.finding(Problem::CheckDigits)),
        Some(None) => Err(format.finding(Problem::BooleanMalformed { name: "CheckDigits" })),
    }
}
