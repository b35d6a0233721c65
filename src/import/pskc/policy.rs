//! What a package allows: its dates, and the policy that a key comes with (RFC 6030 sections 4.2 and 5).

use super::super::finding::Finding;
use super::super::problem::Problem;
use super::tree::Element;
use crate::clock::UtcTime;
use crate::key::Validity;
use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// Gives the dates of a key: the intersection of the device's and of the policy's.
///
/// # Errors
/// A finding for a date that is none, or an end before the beginning.
pub(super) fn validity(device: Option<Element<'_>>, key: Element<'_>) -> Result<Validity, Finding> {
    let holders = [device, key.child("Policy")?];
    let mut validity = Validity::default();
    for holder in holders.into_iter().flatten() {
        let start = date(holder, "StartDate", (0, 0, 0))?;
        let end = date(holder, "ExpiryDate", (23, 59, 59))?;
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
fn date(holder: Element<'_>, name: &'static str, hour: (u32, u32, u32)) -> Result<Option<UtcTime>, Finding> {
    let Some(element) = holder.child(name)? else { return Ok(None) };
    let text = element.trimmed();
    if text.is_empty() {
        return Ok(None);
    }
    let seconds = DateTime::parse_from_rfc3339(text)
        .map(|moment| moment.timestamp())
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").map(|m| m.and_utc().timestamp()))
        .ok()
        .or_else(|| {
            let day = NaiveDate::parse_from_str(text.trim_end_matches('Z'), "%Y-%m-%d").ok()?;
            day.and_hms_opt(hour.0, hour.1, hour.2).map(|moment| moment.and_utc().timestamp())
        });
    match seconds {
        Some(seconds) => Ok(Some(UtcTime::from_epoch(seconds))),
        None => Err(element.finding(Problem::DateMalformed)),
    }
}

/// Judges the policy of a key, and gives the warnings.
///
/// # Errors
/// A finding for everything that a validator must not pass over (RFC 6030 section 5).
pub(super) fn check(key: Element<'_>) -> Result<Vec<Finding>, Finding> {
    let mut warnings = Vec::new();
    let Some(policy) = key.child("Policy")? else { return Ok(warnings) };
    let mut usages = policy.children().filter(|child| child.name() == "keyusage").peekable();
    if let Some(first) = usages.peek().copied()
        && !usages.any(|usage| usage.trimmed().eq_ignore_ascii_case("OTP"))
    {
        return Err(first.finding(Problem::UsageNotOtp));
    }
    for child in policy.children() {
        match child.name() {
            "startdate" | "expirydate" | "keyusage" => {}
            "numberoftransactions" => return Err(child.finding(Problem::TransactionsLimited)),
            "pinpolicy" => match child.attribute("pinusagemode") {
                Some(mode) if mode.eq_ignore_ascii_case("Local") => {}
                Some(mode) if mode.eq_ignore_ascii_case("Algorithmic") => {
                    return Err(child.finding(Problem::PinAlgorithmic));
                }
                _ => warnings.push(child.finding(Problem::PinPolicyIgnored)),
            },
            _ => return Err(child.finding(Problem::PolicyNotUnderstood)),
        }
    }
    Ok(warnings)
}
