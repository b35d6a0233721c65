//! What a package allows: its dates, and the policy that a key comes with (RFC 6030 sections 4.2 and 5).

use super::super::finding::Finding;
use super::super::problem::Problem;
use super::key::Key;
use super::synonyms::{EXPIRY, PARAMETERS, USES, boolean};
use super::tree::Element;
use crate::clock::UtcTime;
use crate::key::Validity;
use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// How the first drafts write the last day (`Expiry`).
const AMERICAN_DAY: &str = "%m/%d/%Y";

/// Gives the dates of a key: the intersection of the device's, of the policy's and of the key's own.
///
/// # Errors
/// A finding for a date that is none, or an end before the beginning.
pub(super) fn validity(device: Option<Element<'_>>, key: Key<'_>) -> Result<Validity, Finding> {
    let mut validity = Validity::default();
    for holder in [device].into_iter().chain(key.holders_of_dates()?).flatten() {
        let start = date(holder.child("StartDate")?, (0, 0, 0))?;
        let end = date(holder.child_of(&EXPIRY)?, (23, 59, 59))?;
        validity.not_before = validity.not_before.max(start);
        validity.not_after = match (validity.not_after, end) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        if let (Some(first), Some(last)) = (validity.not_before, validity.not_after)
            && first > last
        {
            return Err(holder.finding(Problem::DatesReversed));
        }
    }
    Ok(validity)
}

/// Reads an `xs:dateTime`; without a zone it is UTC, and a bare date takes the hour that is given.
fn date(element: Option<Element<'_>>, hour: (u32, u32, u32)) -> Result<Option<UtcTime>, Finding> {
    let Some(element) = element else { return Ok(None) };
    let text = element.trimmed();
    if text.is_empty() {
        return Ok(None);
    }
    let seconds = DateTime::parse_from_rfc3339(text)
        .map(|moment| moment.timestamp())
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").map(|m| m.and_utc().timestamp()))
        .ok()
        .or_else(|| {
            let day = NaiveDate::parse_from_str(text.trim_end_matches('Z'), "%Y-%m-%d").or_else(|error| {
                let is_american = element.name().eq_ignore_ascii_case(EXPIRY[1]);
                if is_american { NaiveDate::parse_from_str(text, AMERICAN_DAY) } else { Err(error) }
            });
            day.ok()?.and_hms_opt(hour.0, hour.1, hour.2).map(|moment| moment.and_utc().timestamp())
        });
    match seconds {
        Some(seconds) => Ok(Some(UtcTime::from_epoch(seconds))),
        None => Err(element.finding(Problem::DateMalformed)),
    }
}

/// Gives the id of the key that is the PIN of this one, where its policy names one.
pub(super) fn pin_of(key: Element<'_>) -> Option<&str> {
    let policies = key.child("Policy").ok().flatten().into_iter().chain([key]);
    let mut pins = policies.filter_map(|holder| holder.child("PINPolicy").ok().flatten());
    pins.find_map(|pin| pin.attribute("pinkeyid"))
}

/// Judges the policy of a key, and gives the warnings.
///
/// # Errors
/// A finding for everything that a validator must not pass over (RFC 6030 section 5).
pub(super) fn check(key: Key<'_>) -> Result<Vec<Finding>, Finding> {
    let mut warnings = Vec::new();
    if let Some(usage) = key.child_of(&PARAMETERS)? {
        check_uses(usage)?;
    }
    // Drafts have the PIN's policy right below the key.
    if let Some(pin) = key.child_of(&["PINPolicy"])? {
        warnings.extend(check_pin(pin)?);
    }
    let Some(policy) = key.child_of(&["Policy"])? else { return Ok(warnings) };
    let mut usages = policy.children().filter(|child| child.name() == "keyusage").peekable();
    if let Some(first) = usages.peek().copied()
        && !usages.any(|usage| usage.trimmed().eq_ignore_ascii_case("OTP"))
    {
        return Err(first.finding(Problem::UsageNotOtp));
    }
    for child in policy.children() {
        match child.name() {
            "startdate" | "expirydate" | "expiry" | "keyusage" => {}
            "numberoftransactions" => return Err(child.finding(Problem::TransactionsLimited)),
            "pinpolicy" => warnings.extend(check_pin(child)?),
            _ => return Err(child.finding(Problem::PolicyNotUnderstood)),
        }
    }
    Ok(warnings)
}

/// Holds that a key is for OTP where the attributes of `Usage` tell what it is for.
fn check_uses(usage: Element<'_>) -> Result<(), Finding> {
    if usage.attribute_of(&USES).is_none() {
        return Ok(());
    }
    let mut is_for_something = false;
    for name in USES {
        let Some(text) = usage.attribute(name) else { continue };
        let is_for_this = boolean(text).ok_or_else(|| usage.finding(Problem::BooleanMalformed { name: "Usage" }))?;
        if name == USES[0] {
            return if is_for_this { Ok(()) } else { Err(usage.finding(Problem::UsageNotOtp)) };
        }
        is_for_something |= is_for_this;
    }
    if is_for_something { Err(usage.finding(Problem::UsageNotOtp)) } else { Ok(()) }
}

/// Judges how a PIN goes with the codes; drafts name the way by an element, not by an attribute.
fn check_pin(pin: Element<'_>) -> Result<Option<Finding>, Finding> {
    let element = pin.child("PINUsageMode")?;
    let inner = element.and_then(|mode| mode.children().next()).map(Element::name);
    let mode = pin.attribute("pinusagemode").or(inner).or(element.map(Element::trimmed)).unwrap_or_default();
    match mode.to_ascii_lowercase().as_str() {
        "local" => Ok(None),
        "algorithmic" | "inalgo" => Err(pin.finding(Problem::PinAlgorithmic)),
        _ => Ok(Some(pin.finding(Problem::PinPolicyIgnored))),
    }
}
