//! One `KeyPackage` of RFC 6030: device, key, parameters, data and policy become a record.

use super::super::finding::Finding;
use super::super::problem::Problem;
use super::super::record::{self, SeedRecord};
use super::super::secret::{self, Undecodable};
use super::crypto::{Closed, Locks};
use super::integer;
use super::names::{self, Kind};
use super::policy;
use super::tree::Element;
use crate::key::Serial;
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period, Seed};
use zeroize::Zeroizing;

/// The furthest drift that is believed, in steps.
const FURTHEST_DRIFT: i128 = 20_000;

/// A package that is being read, and the warnings on the way.
pub(super) struct Package<'a, 'b> {
    locks: &'a mut Locks<'b>,
    /// What somebody should know.
    pub warnings: Vec<Finding>,
}

/// Gives the serial of a package as the file has it, for findings.
pub(super) fn serial_text(package: Element<'_>) -> Option<&str> {
    let device = package.child("DeviceInfo").ok().flatten();
    let of_device = device.and_then(|device| device.child_text("SerialNo").ok().flatten());
    of_device.or_else(|| package.child("Key").ok().flatten().and_then(|key| key.attribute("id")))
}

impl<'a, 'b> Package<'a, 'b> {
    /// Begins with the locks of the container.
    pub(super) fn new(locks: &'a mut Locks<'b>) -> Self {
        Self { locks, warnings: Vec::new() }
    }

    /// Reads a package; nothing for one that holds a PIN.
    ///
    /// # Errors
    /// [`Closed`] with the first fault.
    pub(super) fn read(&mut self, package: Element<'_>) -> Result<Option<SeedRecord>, Closed> {
        let device = package.child("DeviceInfo")?;
        let key = package.child("Key")?.ok_or_else(|| package.finding(Problem::PackageWithoutKey))?;
        let data = key.child("Data")?;
        let kind = self.kind(key, data)?;
        if kind == Kind::Pin {
            self.warn(package, Problem::PinPackage);
            return Ok(None);
        }
        let (serial, key_id) = self.serial(package, device, key)?;
        let validity = policy::validity(device, key)?;
        self.warnings.extend(policy::check(key)?);
        let seed = self.seed(key, data)?;
        let parameters = self.parameters(key, data, kind, &seed)?;
        let counter = self.counter(data, kind)?;
        let drift = self.drift(data)?;
        let name = |element| device.map_or(Ok(None), |device| device.child_text(element));
        Ok(Some(SeedRecord {
            line: package.line(),
            serial,
            key_id,
            seed,
            parameters,
            counter,
            manufacturer: name("Manufacturer")?.and_then(record::name),
            model: name("Model")?.and_then(record::name),
            validity,
            drift,
        }))
    }

    fn warn(&mut self, place: Element<'_>, problem: Problem) {
        self.warnings.push(place.finding(problem));
    }

    /// Names the kind of key, guessing by the data only where the file does not say it.
    fn kind(&mut self, key: Element<'_>, data: Option<Element<'_>>) -> Result<Kind, Finding> {
        let has = |name| data.map_or(Ok(false), |data| data.child(name).map(|found| found.is_some()));
        let kind = match key.attribute("algorithm").filter(|algorithm| !algorithm.is_empty()) {
            Some(algorithm) => names::kind(algorithm).ok_or_else(|| key.finding(Problem::AlgorithmUnknown))?,
            None if has("TimeInterval")? => {
                self.warn(key, Problem::AlgorithmGuessed { algorithm: "TOTP" });
                Kind::Totp
            }
            None if has("Counter")? => {
                self.warn(key, Problem::AlgorithmGuessed { algorithm: "HOTP" });
                Kind::Hotp
            }
            None => return Err(key.finding(Problem::AlgorithmMissing)),
        };
        match kind {
            Kind::Closed(algorithm) => Err(key.finding(Problem::AlgorithmNotSupported { algorithm })),
            kind => Ok(kind),
        }
    }

    /// Takes the device's serial, else the key's own id; the id besides only where both are there.
    fn serial(
        &mut self,
        package: Element<'_>,
        device: Option<Element<'_>>,
        key: Element<'_>,
    ) -> Result<(Serial, Option<String>), Finding> {
        let of_device = device.map_or(Ok(None), |device| device.child_text("SerialNo"))?;
        let id = key.attribute("id").filter(|id| !id.is_empty());
        let (text, key_id) = match (of_device, id) {
            (Some(serial), id) => (serial, id.map(str::to_owned)),
            (None, Some(id)) => (id, None),
            (None, None) => return Err(package.finding(Problem::SerialMissing)),
        };
        let (serial, changed) = record::serial(text).map_err(|problem| package.finding(problem))?;
        if changed {
            self.warn(package, Problem::SerialChanged);
        }
        Ok((serial, key_id))
    }

    fn seed(&mut self, key: Element<'_>, data: Option<Element<'_>>) -> Result<Seed, Closed> {
        let secret = data.map_or(Ok(None), |data| data.child("Secret"))?;
        let Some(secret) = secret else {
            let problem =
                if key.child("KeyReference")?.is_some() { Problem::KeyReference } else { Problem::SecretMissing };
            return Err(key.finding(problem).into());
        };
        let missing = || secret.finding(Problem::SecretMissing);
        let bytes = match (secret.child("PlainValue")?, secret.child("EncryptedValue")?) {
            (Some(_), Some(_)) => return Err(secret.finding(Problem::TwoValues).into()),
            (None, None) => return Err(missing().into()),
            (None, Some(encrypted)) => self.locks.open(secret, encrypted)?,
            (Some(plain), None) => {
                if let Some(mac) = secret.child("ValueMAC")? {
                    let declared = self.locks.wants_macs();
                    let problem = if declared { Problem::MacOnPlainValue } else { Problem::MacMethodMissing };
                    return Err(mac.finding(problem).into());
                }
                // A plain secret where secrets carry a MAC was put there by somebody who could not make one.
                if self.locks.wants_macs() {
                    return Err(secret.finding(Problem::MacMissing).into());
                }
                decode_base64(plain)?
            }
        };
        record::seed(bytes).map_err(|problem| secret.finding(problem).into())
    }

    fn parameters(
        &mut self,
        key: Element<'_>,
        data: Option<Element<'_>>,
        kind: Kind,
        seed: &Seed,
    ) -> Result<Parameters, Closed> {
        let described = key.child("AlgorithmParameters")?;
        let hash = self.hash(key, described, seed)?;
        let digits = self.digits(key, described)?;
        let interval = self.integer(data, "TimeInterval")?;
        if kind == Kind::Hotp {
            return Ok(Parameters { algorithm: Algorithm::Hotp(hash), digits, period: Period::HALF_MINUTE });
        }
        let period = match interval {
            None => {
                self.warn(key, Problem::PeriodAssumed);
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

    fn hash(&mut self, key: Element<'_>, described: Option<Element<'_>>, seed: &Seed) -> Result<Hash, Finding> {
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

    fn digits(&mut self, key: Element<'_>, described: Option<Element<'_>>) -> Result<Digits, Finding> {
        let format = described.map_or(Ok(None), |described| described.child("ResponseFormat"))?;
        let Some(format) = format else {
            self.warn(key, Problem::DigitsAssumed);
            return Ok(Digits::SIX);
        };
        let encoding = format.attribute("encoding").or_else(|| format.attribute("format"));
        if encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case("DECIMAL")) {
            return Err(format.finding(Problem::ResponseNotDecimal));
        }
        let check = format.attribute("checkdigits").or_else(|| format.attribute("checkdigit"));
        if check.is_some_and(|check| !(check == "0" || check.eq_ignore_ascii_case("false"))) {
            return Err(format.finding(Problem::CheckDigits));
        }
        let Some(length) = format.attribute("length") else {
            self.warn(key, Problem::DigitsAssumed);
            return Ok(Digits::SIX);
        };
        let digits = length.parse().ok().and_then(|digits| Digits::new(digits).ok());
        digits.ok_or_else(|| format.finding(Problem::DigitsOutOfRange))
    }

    fn counter(&mut self, data: Option<Element<'_>>, kind: Kind) -> Result<Option<u64>, Closed> {
        let counter = self.integer(data, "Counter")?;
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

    fn drift(&mut self, data: Option<Element<'_>>) -> Result<i64, Closed> {
        if let Some((place, time)) = self.integer(data, "Time")?
            && time != 0
        {
            self.warn(place, Problem::TimeIgnored);
        }
        match self.integer(data, "TimeDrift")? {
            None => Ok(0),
            Some((place, drift)) => i64::try_from(drift)
                .ok()
                .filter(|_| drift.unsigned_abs() <= FURTHEST_DRIFT.unsigned_abs())
                .ok_or_else(|| place.finding(Problem::IntegerMalformed { element: "TimeDrift" }).into()),
        }
    }

    /// Reads an integer of the data, plain or encrypted, with the place where it stands.
    fn integer<'e>(
        &mut self,
        data: Option<Element<'e>>,
        name: &'static str,
    ) -> Result<Option<(Element<'e>, i128)>, Closed> {
        let holder = data.map_or(Ok(None), |data| data.child(name))?;
        let Some(holder) = holder else { return Ok(None) };
        let malformed = |_| holder.finding(Problem::IntegerMalformed { element: name });
        let value = match (holder.child("PlainValue")?, holder.child("EncryptedValue")?) {
            (Some(_), Some(_)) => return Err(holder.finding(Problem::TwoValues).into()),
            (None, None) => integer::plain(holder.text()).map_err(malformed)?,
            (None, Some(encrypted)) => Some(integer::binary(&self.locks.open(holder, encrypted)?).map_err(malformed)?),
            (Some(plain), None) => match holder.child("ValueMAC")? {
                Some(mac) if self.locks.wants_macs() => {
                    return Err(mac.finding(Problem::MacOnPlainValue).into());
                }
                Some(mac) => return Err(mac.finding(Problem::MacMethodMissing).into()),
                None => integer::plain(plain.text()).map_err(malformed)?,
            },
        };
        Ok(value.map(|value| (holder, value)))
    }
}

fn decode_base64(plain: Element<'_>) -> Result<Zeroizing<Vec<u8>>, Finding> {
    secret::base64(plain.text()).map_err(|error| {
        plain.finding(match error {
            Undecodable::Empty => Problem::SeedMissing,
            Undecodable::Character { position } => Problem::SeedNotBase64 { position },
            Undecodable::Length { characters } => Problem::SeedIncomplete { characters },
        })
    })
}
