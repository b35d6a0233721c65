//! A page in the language of `man`(7), its lines filled so that a change of a word changes few of them.

use super::prose::{Face, pieces};
use roff::{Inline, Roff};

/// The bytes of a source line: `mandoc` complains above 80.
const FULL: usize = 76;

/// No line is broken here: U+00A0.
pub const BOUND: &str = "\u{a0}";

/// A page that is being written.
pub struct Sheet {
    roff: Roff,
    french: bool,
    /// A section has just begun: what comes first has no space before it.
    begins: bool,
}

impl Sheet {
    /// Begins a page: its title, its date, what it belongs to, and the name of the whole manual.
    pub fn begin(title: &str, date: &str, source: &str, manual: &str, french: bool) -> Self {
        let mut roff = Roff::new();
        roff.control("TH", [title, "1", date, source, manual]);
        Self { roff, french, begins: true }
    }

    /// Begins a section.
    pub fn heading(&mut self, text: &str) {
        self.roff.control("SH", [text]);
        self.begins = true;
    }

    /// Begins a section within a section.
    pub fn subheading(&mut self, text: &str) {
        self.roff.control("SS", [text]);
        self.begins = true;
    }

    /// Writes a paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.space();
        self.fill(text);
    }

    /// Writes lines that are broken where they end, and filled when they are too long.
    pub fn lines(&mut self, lines: &[String]) {
        self.space();
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                self.roff.control("br", []);
            }
            self.fill(line);
        }
    }

    /// Writes a term, and what it means.
    pub fn term(&mut self, term: &str, meaning: &str) {
        self.begins = false;
        self.roff.control("TP", []);
        let chunks = chunks(&self.typeset(term));
        self.roff.text(joined(&chunks));
        self.fill(meaning);
    }

    /// Writes an item of a list.
    pub fn item(&mut self, text: &str) {
        self.begins = false;
        self.roff.control("IP", ["\\(bu", "2"]);
        self.fill(text);
    }

    /// Writes lines that are kept as they are.
    pub fn code(&mut self, lines: &[String]) {
        self.space();
        self.roff.control("RS", ["4"]).control("nf", []);
        for line in lines {
            match line.as_str() {
                "" => self.roff.control("sp", []),
                line => self.roff.text([roff::roman(line)]),
            };
        }
        self.roff.control("fi", []).control("RE", []);
    }

    /// Gives the whole page.
    pub fn end(self) -> String {
        self.roff.render().replace(BOUND, "\\~")
    }

    fn space(&mut self) {
        if !std::mem::take(&mut self.begins) {
            self.roff.control("PP", []);
        }
    }

    fn fill(&mut self, text: &str) {
        let text = self.typeset(text);
        let mut line: Vec<Chunk> = Vec::new();
        for chunk in chunks(&text) {
            line.push(chunk);
            if width(&joined(&line)) > FULL && line.len() > 1 {
                let mut kept = line.split_off(line.len().saturating_sub(1));
                // A sentence that ends with its line is set apart from the next by two spaces: none does.
                if line.len() > 1 && line.last().is_some_and(ends_sentence) {
                    kept.splice(0..0, line.pop());
                }
                self.roff.text(joined(&line));
                line = kept;
            }
        }
        self.roff.text(joined(&line));
    }

    /// Keeps French punctuation on the line of its word.
    fn typeset(&self, text: &str) -> String {
        if !self.french {
            return text.to_owned();
        }
        let mut text = text.replace("« ", &format!("«{BOUND}"));
        for mark in ["»", ":", ";", "!", "?"] {
            text = text.replace(&format!(" {mark}"), &format!("{BOUND}{mark}"));
        }
        text
    }
}

/// What stands between two spaces; it may have several faces.
type Chunk = Vec<Inline>;

/// Splits a text where its lines may be broken.
fn chunks(text: &str) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = vec![Vec::new()];
    for (face, piece) in pieces(text) {
        for (index, word) in piece.split(' ').enumerate() {
            if index > 0 {
                chunks.push(Vec::new());
            }
            if let Some(last) = chunks.last_mut().filter(|_| !word.is_empty()) {
                last.push(match face {
                    Face::Roman => roff::roman(word),
                    Face::Bold => roff::bold(word),
                    Face::Italic => roff::italic(word),
                });
            }
        }
    }
    chunks.retain(|chunk| !chunk.is_empty());
    chunks
}

fn ends_sentence(chunk: &Chunk) -> bool {
    let Some(Inline::Roman(text) | Inline::Bold(text) | Inline::Italic(text)) = chunk.last() else { return false };
    text.trim_end_matches([')', '"']).ends_with(['.', '!', '?'])
}

/// Puts chunks on one line, with spaces between them.
fn joined(chunks: &[Chunk]) -> Vec<Inline> {
    let mut line: Vec<Inline> = Vec::new();
    for (index, inline) in chunks.iter().enumerate().flat_map(|(at, chunk)| std::iter::repeat(at).zip(chunk)) {
        let begins = chunks.get(index).and_then(|chunk| chunk.first()).is_some_and(|first| std::ptr::eq(first, inline));
        let space = if begins && !line.is_empty() { " " } else { "" };
        match (line.last_mut(), inline) {
            (Some(Inline::Roman(last)), Inline::Roman(next))
            | (Some(Inline::Bold(last)), Inline::Bold(next))
            | (Some(Inline::Italic(last)), Inline::Italic(next)) => {
                last.push_str(space);
                last.push_str(next);
            }
            (Some(Inline::Roman(last)), next) => {
                last.push_str(space);
                line.push(next.clone());
            }
            (Some(_), Inline::Roman(next)) => line.push(roff::roman(format!("{space}{next}"))),
            (Some(_), next) if space.is_empty() => line.push(next.clone()),
            (Some(_), next) => line.extend([roff::roman(space), next.clone()]),
            (None, next) => line.push(next.clone()),
        }
    }
    line
}

fn width(line: &[Inline]) -> usize {
    let mut alone = Roff::new();
    alone.text(line.to_vec());
    alone.to_roff().chars().map(bytes).sum()
}

/// Counts the bytes of a character as `mandoc` does: those outside ASCII are spelled `\[u00E9]`, an apostrophe `\*(Aq`.
fn bytes(letter: char) -> usize {
    match letter {
        '\'' => 5,
        '\u{a0}' => 2,
        letter if letter.is_ascii() => 1,
        _ => 8,
    }
}
