//! A list that may be long, written in parts: what is in memory at a time is one of them.

use super::{Answer, Format, List, Report, Style, csv, json};
use crate::cli::locale::Words;

/// How many rows a part has: a list that has fewer is written as if there were no parts.
pub const ROWS: usize = 1_000;

/// A list that is written in parts.
pub struct Parts {
    list: List,
    head: Option<Answer>,
    has_begun: bool,
}

impl Parts {
    /// Begins with a list without rows.
    pub fn of(list: List) -> Self {
        Self { list, head: None, has_begun: false }
    }

    /// Puts what machines read of an answer before the list, which is its last one: JSON lines are one document then too.
    #[must_use]
    pub fn within(mut self, head: Answer) -> Self {
        self.head = Some(head);
        self
    }

    /// Adds a row; tells whether a part is full and to be written.
    pub fn row(&mut self, row: Vec<super::Datum>) -> bool {
        self.list.row(row);
        self.list.rows.len() >= ROWS
    }

    /// Writes the rows that were added since the last part. Each part of a table has its own headings, below a blank line.
    pub fn render(&mut self, words: &Words, style: &Style) -> Vec<u8> {
        let has_begun = std::mem::replace(&mut self.has_begun, true);
        let mut list = List { rows: Vec::new(), ..self.list };
        std::mem::swap(&mut list, &mut self.list);
        match style.format {
            Format::Table => {
                let blank = if has_begun { "\n" } else { "" };
                [blank.as_bytes(), &Report::List(list).render(words, style)].concat()
            }
            _ if self.is_document(style) => json::part(&list, self.head.as_ref(), has_begun).into_bytes(),
            Format::Json | Format::Jsonl => json::lines(&Report::List(list)).into_bytes(),
            Format::Csv => csv::part(&list, style, has_begun),
        }
    }

    /// Writes the rows that are left, and the end.
    pub fn end(mut self, words: &Words, style: &Style) -> Vec<u8> {
        let has_end = self.is_document(style);
        if self.has_begun && self.list.is_empty() && !has_end {
            return Vec::new();
        }
        let mut written = self.render(words, style);
        if has_end {
            written.extend_from_slice(json::END.as_bytes());
        }
        written
    }

    fn is_document(&self, style: &Style) -> bool {
        style.format == Format::Json || (style.format == Format::Jsonl && self.head.is_some())
    }
}
