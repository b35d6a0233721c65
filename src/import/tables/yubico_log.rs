//! The traditional log of Yubico's personalisation tool: what was written into which key, one row an event.
//!
//! It tells a history: only the last programming of a slot is live, and most of it is no OATH at all. What is none is
//! counted and told once for each kind.

use super::{Family, Guidance, Name, Values};
use crate::import::cells::{Cell, Delimiter, Row};
use crate::import::finding::Finding;
use crate::import::problem::Problem;
use crate::import::record::wide;
use crate::import::spreadsheet::{self, Kind};
use std::collections::HashMap;

/// The columns; those after the time are counted from the right, as a time may hold a comma.
const CELLS: usize = 18;
const SLOT: usize = 2;
const PUBLIC_ID: usize = 3;
const SECRET: usize = 5;
const MODHEX_TWO: usize = 8;
const MODHEX_FOUR: usize = 9;
const MODHEX_ALL: usize = 10;
const DIGITS: usize = 11;
const COUNTER: usize = 12;

/// Beginnings of the events that are keys without being OATH, and what they are called.
const NOT_OATH: [(&str, &str); 3] = [
    ("Yubico OTP", "Yubico OTP"),
    ("Static Password", "static password"),
    ("Challenge-Response", "challenge-response"),
];

/// Digits of modhex, in the order of their values.
const MODHEX: &str = "cbdefghijklnrtuv";

#[derive(Default)]
struct YubicoLog {
    /// The last line that programmed a public id and slot.
    live: HashMap<String, u64>,
    /// The first line, and the number, of each kind of rows that is no OATH.
    passed: HashMap<&'static str, (u64, u64)>,
}

/// Begins the family.
pub(super) fn begin(_: &Guidance) -> Box<dyn Family> {
    Box::new(YubicoLog::default())
}

impl Family for YubicoLog {
    fn delimiter(&self) -> Option<Delimiter> {
        Some(Delimiter::One(b','))
    }

    fn foresee(&mut self, row: &Row<'_>) {
        match event(row) {
            Event::Oath => {
                if let Some(name) = name(row) {
                    self.live.insert(name, row.line);
                }
            }
            Event::NotOath(kind) => {
                let (_, rows) = self.passed.entry(kind).or_insert((row.line, 0));
                *rows = rows.saturating_add(1);
            }
            Event::Other => {}
        }
    }

    fn known_by<'r>(&self, row: &Row<'r>) -> Option<Cell<'r>> {
        cell(row, PUBLIC_ID)
    }

    fn values<'r>(&self, row: &Row<'r>, warnings: &mut Vec<Finding>) -> Result<Option<Values<'r>>, Finding> {
        match event(row) {
            Event::Oath => {}
            Event::Other => return Ok(None),
            Event::NotOath(kind) => {
                if let Some((_, rows)) = self.passed.get(kind).filter(|(first, _)| *first == row.line) {
                    warnings.push(row.finding(row.cell(0), Problem::NotOathSkipped { kind, rows: *rows }));
                }
                return Ok(None);
            }
        }
        if row.width() < CELLS {
            let problem = Problem::TooFewCells { found: wide(row.width()), expected: wide(CELLS) };
            return Err(row.finding(None, problem));
        }
        let name = name(row);
        if let Some(last) = name.as_ref().and_then(|name| self.live.get(name)).filter(|last| **last != row.line) {
            warnings.push(row.finding(cell(row, PUBLIC_ID), Problem::ProgrammedAgain { last_line: *last }));
            return Ok(None);
        }
        let mut values = Values::of(None, cell(row, SECRET));
        values.serial = name.map_or(Name::Nothing, |name| Name::Composed(name, cell(row, PUBLIC_ID)));
        values.kind = Kind::Hotp;
        // Nought is what the tool writes where nothing was chosen.
        match cell(row, DIGITS).filter(|cell| cell.text != "0") {
            Some(digits) => values.digits = Some(spreadsheet::digits(row, digits)?),
            None => values.assumed.digits = true,
        }
        values.counter = cell(row, COUNTER).map(|cell| spreadsheet::number(row, cell, "counter")).transpose()?;
        Ok(Some(values))
    }
}

enum Event {
    Oath,
    NotOath(&'static str),
    Other,
}

fn event(row: &Row<'_>) -> Event {
    let text = row.cell(0).map_or("", |cell| cell.text);
    if text.starts_with("OATH-HOTP") {
        return Event::Oath;
    }
    NOT_OATH.iter().find(|(begins, _)| text.starts_with(begins)).map_or(Event::Other, |(_, kind)| Event::NotOath(kind))
}

fn cell<'r>(row: &Row<'r>, number: usize) -> Option<Cell<'r>> {
    row.cell_from_end(CELLS.checked_sub(number)?.checked_sub(1)?)
}

/// Gives `TOKENID:SLOT`; nothing for a key that was given no public id.
fn name(row: &Row<'_>) -> Option<String> {
    let id = cell(row, PUBLIC_ID)?.text;
    let is_set = |number| cell(row, number).is_some_and(|cell| cell.text != "0");
    let kept = if is_set(MODHEX_ALL) {
        usize::MAX
    } else if is_set(MODHEX_FOUR) {
        4
    } else if is_set(MODHEX_TWO) {
        2
    } else {
        0
    };
    let id = token_id(id, kept);
    Some(match cell(row, SLOT) {
        Some(slot) => format!("{id}:{}", slot.text),
        None => id,
    })
}

/// Gives the id as the key types it: the first characters in modhex, the others in digits.
fn token_id(id: &str, kept: usize) -> String {
    if !id.chars().all(|c| MODHEX.contains(c)) {
        return id.to_owned();
    }
    let digit = |c: char| MODHEX.find(c).and_then(|value| "0123456789abcdef".chars().nth(value)).unwrap_or(c);
    (0..).zip(id.chars()).map(|(at, c)| if usize::lt(&at, &kept) { c } else { digit(c) }).collect()
}

/// Recognises a row of the family.
pub(super) fn is_row(row: &Row<'_>) -> bool {
    row.text.starts_with("LOGGING START,") || (!matches!(event(row), Event::Other) && row.width() >= CELLS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_id_is_what_the_key_types() {
        assert_eq!(token_id("ubnucbdefghi", 0), "e1be01234567");
        assert_eq!(token_id("ubnucbdefghi", 2), "ubbe01234567");
        assert_eq!(token_id("ubnucbdefghi", 4), "ubnu01234567");
        assert_eq!(token_id("ubnucbdefghi", usize::MAX), "ubnucbdefghi");
        assert_eq!(token_id("ub0412345678", 4), "ub0412345678");
    }
}
