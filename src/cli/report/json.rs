//! JSON: one document, or one object per line. The language changes nothing in it.

use super::{Answer, Datum, List, Report};
use crate::cli::escape;
use std::fmt::Write;

/// Writes one document, on one line.
pub fn document(report: &Report) -> String {
    match report {
        Report::List(list) => line(&Datum::Object(vec![schema(list.noun), (list.noun, objects(list))])),
        Report::Answer(answer) => line(&answer.object()),
    }
}

/// Writes one object per line: each row of a list, or the answer.
pub fn lines(report: &Report) -> String {
    match report {
        Report::List(list) => list.rows.iter().map(|row| line(&object(list, row))).collect(),
        Report::Answer(answer) => line(&answer.object()),
    }
}

/// What stands after the last part of a document.
pub const END: &str = "]}\n";

/// Writes a part of a document, the first of which begins it, with what stands before its list.
pub fn part(list: &List, head: Option<&Answer>, has_begun: bool) -> String {
    let rows = list.rows.iter().map(|row| line(&object(list, row)).trim_end().to_owned());
    let rows = rows.collect::<Vec<_>>().join(",");
    if has_begun {
        return if rows.is_empty() { rows } else { format!(",{rows}") };
    }
    let empty = List { rows: Vec::new(), ..*list };
    let begun = match head {
        Some(answer) => line(&answer.clone().list(empty).object()),
        None => document(&Report::List(empty)),
    };
    format!("{}{rows}", begun.trim_end_matches(END))
}

impl Answer {
    /// Gives the document that scripts read.
    pub fn object(&self) -> Datum {
        let mut fields = vec![schema(self.schema)];
        fields.extend(self.fields.iter().cloned());
        fields.extend(self.lists.iter().map(|list| (list.noun, objects(list))));
        Datum::Object(fields)
    }
}

fn schema(name: &str) -> (&'static str, Datum) {
    ("schema", Datum::Text(format!("cleotp.{name}/1")))
}

fn objects(list: &List) -> Datum {
    Datum::Many(list.rows.iter().map(|row| object(list, row)).collect())
}

fn object(list: &List, row: &[Datum]) -> Datum {
    Datum::Object(list.columns.iter().copied().zip(row.iter().cloned()).collect())
}

/// Writes a datum on a line: what a screen would obey is spelled as JSON spells it, so that nothing is lost.
pub fn line(datum: &Datum) -> String {
    let text = serde_json::to_string(datum).unwrap_or_default();
    let mut line = String::with_capacity(text.len().saturating_add(1));
    for character in text.chars() {
        if escape::is_hidden(character) {
            // Only inside of strings: between them JSON has nothing that is hidden.
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(line, "\\u{unit:04x}");
            }
        } else {
            line.push(character);
        }
    }
    line.push('\n');
    line
}
