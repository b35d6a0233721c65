//! Reading a file of settings: where something stands in its text, why it is no TOML, and how spans of time are written.

use super::{Said, failed};
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::host::files::FileError;
use std::path::Path;
use zeroize::Zeroizing;

pub(super) const MINUTE: i64 = 60;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;

/// Says why a text is no TOML: where, and for the usual reasons which; the parser's own words are English.
pub fn not_toml(text: &str, error: &toml::de::Error) -> Failure {
    let at = error.span().map_or(0, |span| span.start);
    let id = match error.message() {
        message if message.starts_with("duplicate key") => "config-key-twice",
        message
            if message.contains("too large")
                || message.contains("overflow")
                || message.starts_with("invalid type: integer") =>
        {
            "config-number-too-large"
        }
        _ => "config-syntax",
    };
    failed(id, text, at)
}

/// Makes settings of what was read of their file; those that nothing is said of, also for want of a file, are the usual ones.
///
/// # Errors
/// A failure of configuration, with the place that `parse` finds wrong.
pub fn read_file<T: Default>(
    path: &Path,
    read: Result<Option<Zeroizing<Vec<u8>>>, FileError>,
    parse: impl FnOnce(&str) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let wrong = |id| Failure::new(Exit::Configuration, id);
    let failure = match read {
        Ok(None) | Err(FileError::Missing { .. }) => return Ok(T::default()),
        Ok(Some(bytes)) => match std::str::from_utf8(&bytes).map(parse) {
            Ok(Ok(settings)) => return Ok(settings),
            Ok(Err(failure)) => failure,
            Err(_) => wrong("config-not-utf8"),
        },
        Err(FileError::TooLarge { limit, .. }) => wrong("config-too-large").about("limit", limit),
        Err(FileError::NotRegular { .. } | FileError::Directory { .. }) => wrong("config-file-kind"),
        Err(error) => return Err(Failure::of_home_file(error)),
    };
    Err(failure.with("path", escape::path(path)))
}

/// Makes what is said of what was read of a file, to the end of it.
///
/// # Errors
/// A failure of configuration when it is no text that can be read.
pub fn read_text(path: &Path, read: Result<Option<Zeroizing<Vec<u8>>>, FileError>) -> Result<Said, Failure> {
    read_file(path, read, |text| Ok(Said::of(text)))
}

/// Gives the character of its line, from 1, that stands at an offset in bytes.
pub fn column_at(text: &str, at: usize) -> usize {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end.saturating_add(1));
    text.get(start..at).map_or(1, |before| before.chars().count().saturating_add(1))
}

/// Gives the line, from 1, of an offset in bytes.
pub fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count().saturating_add(1)
}

const UNITS: [(&str, i64); 4] = [("d", DAY), ("h", HOUR), ("min", MINUTE), ("s", 1)];

/// Tells whether a text is digits and a unit, whatever the number.
pub(super) fn is_span(text: &str) -> bool {
    let unit = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    unit.len() < text.len() && UNITS.iter().any(|(name, _)| *name == unit.trim())
}

/// Reads `7d`, `72h`, `10min`, `300s`.
pub fn seconds(text: &str) -> Option<i64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    let (_, length) = UNITS.iter().find(|(name, _)| *name == unit.trim())?;
    number.parse::<i64>().ok()?.checked_mul(*length)
}

/// Writes a span in the largest unit that holds it exactly.
pub(super) fn span(seconds: i64) -> String {
    UNITS
        .iter()
        .find_map(|(name, length)| {
            let whole = seconds.checked_rem(*length) == Some(0);
            seconds.checked_div(*length).filter(|count| whole && *count > 0).map(|count| format!("{count}{name}"))
        })
        .unwrap_or_else(|| format!("{seconds}s"))
}
