//! One thing as a screen of labelled lines, for people.

use super::fold::fold_hard;
use super::locale::Words;
use super::report::Datum;

/// Labelled lines, the values below one another.
pub struct Sheet {
    lines: Vec<(String, Datum)>,
}

impl Sheet {
    /// Begins without a line.
    pub const fn new() -> Self {
        Self { lines: Vec::new() }
    }

    /// Adds a value under a message.
    pub fn labelled(&mut self, label: &str, datum: impl Into<Datum>) {
        self.lines.push((label.to_owned(), datum.into()));
    }

    /// Adds a value under the heading of its column.
    pub fn named(&mut self, column: &str, datum: impl Into<Datum>) {
        self.labelled(&format!("column-{}", column.replace('_', "-")), datum);
    }

    /// Writes the lines, long values folded to fit a width; what is not there is a dash.
    pub fn render(&self, words: &Words, width: u16) -> String {
        let labels: Vec<String> = self.lines.iter().map(|(label, _)| words.say(label, &[])).collect();
        let widest = labels.iter().map(|label| label.chars().count()).max().unwrap_or_default();
        let indent = widest.saturating_add(2);
        let room = usize::from(width).saturating_sub(indent);
        let mut text = String::new();
        for (label, (_, datum)) in labels.iter().zip(&self.lines) {
            let value = datum.for_people(words);
            let value = if value.is_empty() { "—" } else { &value };
            let value = fold_hard(value, room).join(&format!("\n{:indent$}", ""));
            text.push_str(&format!("{label:<widest$}  {value}\n"));
        }
        text
    }
}
