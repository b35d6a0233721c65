//! One key of Graph's JSON: names without case, numbers also where they stand in quotes.

use crate::import::problem::Problem;
use crate::import::record::{self, SeedRecord};
use crate::import::{hash, seed_text};
use crate::key::{Serial, Validity};
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period, Seed};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A value of a member.
enum Scalar<'a> {
    /// Text. Seeds have no escapes, so that they are never copied.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(i64),
    /// `null`.
    Null,
    /// Something else.
    Other,
}

/// The members of an object, by their names in lower case.
pub(super) struct Device<'a> {
    members: Vec<(String, Scalar<'a>)>,
    is_object: bool,
}

impl<'de> Deserialize<'de> for Device<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Device<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Scalar<'de>>()? {
            members.push((name.to_ascii_lowercase(), value));
        }
        Ok(Device { members, is_object: true })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Device::none())
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Device::none())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Device::none())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Device::none())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Device::none())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Device::none())
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Device::none())
    }
}

impl<'de> Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyScalar)
    }
}

struct AnyScalar;

impl<'de> Visitor<'de> for AnyScalar {
    type Value = Scalar<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or(Scalar::Other, Scalar::Number))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Other)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other)
    }
}

impl Device<'_> {
    const fn none() -> Self {
        Self { members: Vec::new(), is_object: false }
    }

    /// Gives the serial as the file has it, for findings.
    pub(super) fn shown_serial(&self) -> &str {
        self.text("serialNumber").ok().flatten().unwrap_or_default()
    }

    /// Tells whether the key is given to somebody.
    pub(super) fn is_assigned(&self) -> bool {
        matches!(self.member("assignTo"), Ok(Some(Scalar::Other)))
    }

    /// Makes a key of it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn key(&self, line: u64, warnings: &mut Vec<Problem>) -> Result<SeedRecord, Problem> {
        if !self.is_object || (self.member("serialNumber")?.is_none() && self.member("secretKey")?.is_none()) {
            return Err(Problem::NotAGraphDevice);
        }
        let serial = self.serial(warnings)?;
        let seed = self.seed()?;
        let hash = match self.text("hashFunction")? {
            Some(name) => hash::named(name).ok_or(Problem::HashNotSupported)?,
            None => {
                warnings.extend(record::assumed_sha1(&seed));
                Hash::Sha1
            }
        };
        let period = self.period(warnings)?;
        Ok(SeedRecord {
            line,
            serial,
            key_id: None,
            seed,
            parameters: Parameters { algorithm: Algorithm::Totp(hash), digits: Digits::SIX, period },
            counter: None,
            manufacturer: self.text("manufacturer")?.and_then(record::name),
            model: self.text("model")?.and_then(record::name),
            validity: Validity::default(),
            drift: 0,
            is_sealed: false,
        })
    }

    /// Gives a member that is not null.
    fn member(&self, name: &'static str) -> Result<Option<&Scalar<'_>>, Problem> {
        let mut named = self.members.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        match (named.next(), named.next()) {
            (_, Some(_)) => Err(Problem::ElementTwice { element: name }),
            (Some((_, Scalar::Null)) | None, None) => Ok(None),
            (Some((_, value)), None) => Ok(Some(value)),
        }
    }

    /// Gives a text that is not blank.
    fn text(&self, name: &'static str) -> Result<Option<&str>, Problem> {
        match self.member(name)? {
            Some(Scalar::Text(text)) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
            Some(_) => Err(Problem::JsonNotText { name }),
            None => Ok(None),
        }
    }

    fn serial(&self, warnings: &mut Vec<Problem>) -> Result<Serial, Problem> {
        if let Some(Scalar::Number(number)) = self.member("serialNumber")? {
            // Somebody's tool took it for a number: zeroes in front would be lost.
            warnings.push(Problem::SerialIsNumber);
            return record::serial(&number.to_string()).map(|(serial, _)| serial);
        }
        let (serial, changed) = record::serial(self.text("serialNumber")?.unwrap_or_default())?;
        if changed {
            warnings.push(Problem::SerialChanged);
        }
        Ok(serial)
    }

    fn seed(&self) -> Result<Seed, Problem> {
        match self.text("secretKey")? {
            Some(text) => seed_text::base32(text),
            None => Err(Problem::GraphSecretMissing),
        }
    }

    fn period(&self, warnings: &mut Vec<Problem>) -> Result<Period, Problem> {
        let name = "timeIntervalInSeconds";
        let seconds = match self.member(name)? {
            Some(Scalar::Number(seconds)) => Some(*seconds),
            Some(Scalar::Text(text)) if text.trim().is_empty() => None,
            Some(Scalar::Text(text)) => {
                Some(text.trim().parse().map_err(|_| Problem::NumberMalformed { name: "timeIntervalInSeconds" })?)
            }
            Some(_) => return Err(Problem::NumberMalformed { name: "timeIntervalInSeconds" }),
            None => None,
        };
        let Some(seconds) = seconds else {
            warnings.push(Problem::PeriodAssumed);
            return Ok(Period::HALF_MINUTE);
        };
        let (period, unusual) = record::period(seconds)?;
        warnings.extend(unusual);
        Ok(period)
    }
}
