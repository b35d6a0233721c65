//! The label of a key: `issuer:account`. The account stands for the serial, the issuer tells namesakes apart.

use super::super::finding::Finding;
use super::super::lines::Line;
use super::super::problem::Problem;
use super::super::record;
use crate::key::Serial;

/// Whose key it is.
pub(super) struct Account {
    /// The serial that the account gives.
    pub serial: Serial,
    /// The issuer, if there is one.
    pub issuer: Option<String>,
}

/// Reads a label, and the issuer that stands beside it.
pub(super) fn read(
    line: &Line<'_>,
    place: &str,
    label: &str,
    issuer: Option<&str>,
    warnings: &mut Vec<Finding>,
) -> Result<Account, Finding> {
    let (prefix, account) = match label.split_once(':') {
        Some((prefix, account)) if !account.trim().is_empty() => (Some(prefix), account),
        _ => (None, label),
    };
    let (serial, changed) = record::serial(account).map_err(|problem| line.finding(place, problem))?;
    if changed {
        warnings.push(line.finding(place, Problem::SerialChanged));
    }
    let issuer = issuer.or(prefix).map(str::trim).filter(|issuer| !issuer.is_empty());
    Ok(Account { serial, issuer: issuer.map(str::to_owned) })
}
