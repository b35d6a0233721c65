//! The fields of a token: its own, or what the header says for all of the batch.

use super::super::finding::Finding;
use super::super::problem::Problem;
use super::super::record;
use super::super::xml::tree::Element;
use crate::clock::UtcTime;
use crate::key::{Serial, Validity};
use crate::otp::{Algorithm, Digits, Parameters, Period};
use chrono::NaiveDate;

/// The most digits of a serial.
const LONGEST_SERIAL: usize = 12;

/// A token, and the header of its batch.
#[derive(Clone, Copy)]
pub(super) struct Fields<'t> {
    pub header: Element<'t>,
    pub token: Element<'t>,
}

/// Finds the only element of a name anywhere below another one.
///
/// # Errors
/// A finding when there are two: it would not be known which of them counts.
pub(super) fn named<'t>(holder: Element<'t>, name: &str, told: &'static str) -> Result<Option<Element<'t>>, Finding> {
    let mut found = holder.descendants().filter(|element| element.name() == name);
    let first = found.next();
    match found.next() {
        Some(second) => Err(second.finding(Problem::ElementTwice { element: told })),
        None => Ok(first),
    }
}

/// Finds what must be there.
///
/// # Errors
/// A finding when it is not, or twice.
pub(super) fn needed<'t>(holder: Element<'t>, name: &'static str) -> Result<Element<'t>, Finding> {
    named(holder, name, name)?.ok_or_else(|| holder.finding(Problem::ElementMissing { element: name }))
}

impl<'t> Fields<'t> {
    /// Finds a field: of the token, else the header's for all tokens, else the header's own.
    fn field(self, name: &'static str) -> Result<Option<Element<'t>>, Finding> {
        for (holder, name_there) in [(self.token, name), (self.header, &format!("Def{name}")), (self.header, name)] {
            if let Some(element) = named(holder, name_there, name)? {
                return Ok(Some(element).filter(|element| !element.trimmed().is_empty()));
            }
        }
        Ok(None)
    }

    fn number(self, name: &'static str) -> Result<Option<(Element<'t>, i64)>, Finding> {
        let Some(element) = self.field(name)? else { return Ok(None) };
        match element.trimmed().parse() {
            Ok(number) => Ok(Some((element, number))),
            Err(_) => Err(element.finding(Problem::IntegerMalformed { element: name })),
        }
    }

    /// Refuses what is no time key of AES-128, and what needs more than its code.
    ///
    /// # Errors
    /// The finding that tells which.
    pub(super) fn check_kind(self) -> Result<(), Finding> {
        match self.number("Alg")? {
            Some((_, 1)) => {}
            Some((element, 0)) => {
                return Err(element.finding(Problem::AlgorithmNotSupported { algorithm: "RSA SecurID (64 bits)" }));
            }
            Some((element, _)) => return Err(element.finding(Problem::AlgorithmUnknown)),
            None => return Err(self.token.finding(Problem::AlgorithmMissing)),
        }
        if let Some((element, 1..)) = self.number("Mode")?.map(|(element, mode)| (element, mode.unsigned_abs())) {
            return Err(element.finding(Problem::SecurIdMode));
        }
        match self.number("AddPIN")? {
            Some((_, 0)) | None => Ok(()),
            Some((element, _)) => Err(element.finding(Problem::PinInCode)),
        }
    }

    /// Gives what the token computes.
    ///
    /// # Errors
    /// A finding for digits or an interval that no such token has.
    pub(super) fn parameters(self) -> Result<Parameters, Finding> {
        let digits = match self.number("Digits")? {
            None => Digits::SIX,
            Some((element, number)) => u8::try_from(number)
                .ok()
                .filter(|number| matches!(number, 6 | 8))
                .and_then(|number| Digits::new(number).ok())
                .ok_or_else(|| element.finding(Problem::SecurIdDigits))?,
        };
        let period = match self.number("Interval")? {
            None | Some((_, 60)) => Period::MINUTE,
            Some((_, 30)) => Period::HALF_MINUTE,
            Some((element, _)) => return Err(element.finding(Problem::SecurIdInterval)),
        };
        Ok(Parameters { algorithm: Algorithm::SecurId, digits, period })
    }

    /// Gives the days on which it answers, both whole.
    ///
    /// # Errors
    /// A finding for a date that is none, or an end before the beginning.
    pub(super) fn validity(self) -> Result<Validity, Finding> {
        let validity =
            Validity { not_before: self.date("Birth", (0, 0, 0))?, not_after: self.date("Death", (23, 59, 59))? };
        match (validity.not_before, validity.not_after) {
            (Some(first), Some(last)) if first > last => Err(self.token.finding(Problem::DatesReversed)),
            _ => Ok(validity),
        }
    }

    fn date(self, name: &'static str, (hour, minute, second): (u32, u32, u32)) -> Result<Option<UtcTime>, Finding> {
        let Some(element) = self.field(name)? else { return Ok(None) };
        NaiveDate::parse_from_str(element.trimmed(), "%Y/%m/%d")
            .ok()
            .and_then(|day| day.and_hms_opt(hour, minute, second))
            .map(|moment| Some(UtcTime::from_epoch(moment.and_utc().timestamp())))
            .ok_or_else(|| element.finding(Problem::DateMalformed))
    }
}

/// Reads a serial: up to twelve digits, as they go into the code.
///
/// # Errors
/// The problem of one that is none.
pub(super) fn serial(text: &str) -> Result<Serial, Problem> {
    if text.is_empty() {
        return Err(Problem::SerialMissing);
    }
    if text.len() > LONGEST_SERIAL || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::SecurIdSerial);
    }
    record::serial(text).map(|(serial, _)| serial)
}
