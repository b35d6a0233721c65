//! What is wrong with a file, and where: facts with stable codes, never the content of a cell or an element.

use super::problem::{Problem, Severity};
use std::fmt;

/// The most characters of a serial that a finding repeats.
const LONGEST_SHOWN: usize = 40;
/// From this length on, unbroken letters and digits may be a seed that stands in the wrong column.
const MAYBE_A_SECRET: usize = 16;
/// What a finding repeats of a text that may be a seed.
const SHOWN_OF_A_MAYBE_SECRET: usize = 6;

/// A place in the text of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 1.
    pub line: u64,
    /// The character in the line, from 1.
    pub column: u64,
}

impl Place {
    /// Gives the beginning of a line.
    pub(super) const fn on_line(line: u64) -> Self {
        Self { line, column: 1 }
    }
}

/// A problem, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The line, from 1.
    pub line: u64,
    /// The character in the line, from 1, where it is known.
    pub column: Option<u64>,
    /// The key's serial, escaped and cut, where it is known.
    pub serial: Option<String>,
    /// The fact.
    pub problem: Problem,
}

impl Finding {
    /// Takes a problem of a line.
    pub fn on_line(line: u64, problem: Problem) -> Self {
        Self { line: line.max(1), column: None, serial: None, problem }
    }

    /// Takes a problem of a place.
    pub fn at(line: u64, column: u64, problem: Problem) -> Self {
        Self { column: Some(column.max(1)), ..Self::on_line(line, problem) }
    }

    /// Adds the serial as the file has it, escaped, and cut when it could be a seed in the wrong place.
    #[must_use]
    pub fn of(self, serial: &str) -> Self {
        let serial = shown(serial);
        Self { serial: if serial.is_empty() { self.serial } else { Some(serial) }, ..self }
    }

    /// Gives its place; a finding of a whole line stands at its beginning.
    pub(super) fn place(&self) -> Place {
        Place { line: self.line, column: self.column.unwrap_or(1) }
    }

    /// Tells whether the row, or the file, cannot be imported.
    pub fn is_error(&self) -> bool {
        self.problem.severity() == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.problem.code())
    }
}

impl std::error::Error for Finding {}

/// Escapes what a terminal would obey, and cuts what is long or could be a seed.
pub(super) fn shown(text: &str) -> String {
    let text = text.trim();
    let longest_run = text.split(|c: char| !c.is_alphanumeric()).map(|run| run.chars().count()).max().unwrap_or(0);
    let (limit, mark) =
        if longest_run >= MAYBE_A_SECRET { (SHOWN_OF_A_MAYBE_SECRET, "…") } else { (LONGEST_SHOWN, "") };
    let escaped: String = text.chars().take(limit).flat_map(escape).take(LONGEST_SHOWN).collect();
    escaped + mark
}

fn escape(character: char) -> Vec<char> {
    if character.is_ascii_graphic() || character == ' ' || character.is_alphanumeric() {
        vec![character]
    } else {
        character.escape_unicode().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_serial_is_escaped_and_never_a_seed() {
        assert_eq!(shown(" 103142718 "), "103142718");
        assert_eq!(shown("a\u{1b}[2J\u{202e}b"), "a\\u{1b}[2J\\u{202e}b");
        assert_eq!(shown("3132333435363738393031323334353637383930"), "313233…");
        assert!(shown(&"a-".repeat(100)).chars().count() <= LONGEST_SHOWN);
    }
}
