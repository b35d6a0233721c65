//! The manual: one page for each word that may stand after `cleotp`, and one for the whole, in both languages.
//!
//! A page is a file of prose (`en/cleotp-key.md`) with places that are filled in from the tree of commands and from the
//! messages of its help. A group has one page with all its verbs: whoever looks up what can be done to a key finds it in
//! one place, and what holds for all of it (the statuses, the safety of it) is said once.

mod fill;
mod prose;
mod sheet;

#[cfg(test)]
mod tests;

use super::locale::{Language, Words};
use prose::Block;
use sheet::Sheet;

/// When the prose was last held against the program. Not the day of the build: a page changes only when its text does.
const READ_THROUGH: &str = "2026-11-25";

/// A page of the manual.
pub struct Page {
    /// The command that it is about: none for the whole program.
    command: &'static str,
    english: &'static str,
    french: &'static str,
}

macro_rules! page {
    ($command:literal, $file:literal) => {
        Page {
            command: $command,
            english: include_str!(concat!("en/", $file, ".md")),
            french: include_str!(concat!("fr/", $file, ".md")),
        }
    };
    ($command:literal) => {
        Page {
            command: $command,
            english: include_str!(concat!("en/cleotp-", $command, ".md")),
            french: include_str!(concat!("fr/cleotp-", $command, ".md")),
        }
    };
}

/// The page about the whole program.
pub static MAIN: Page = page!("", "cleotp");

/// The pages about one command each, in the order of the tree.
pub static OF_COMMANDS: [Page; 23] = [
    page!("init"),
    page!("demo"),
    page!("doctor"),
    page!("import"),
    page!("batch"),
    page!("establishment"),
    page!("user"),
    page!("key"),
    page!("activation"),
    page!("emergency"),
    page!("slip"),
    page!("activate"),
    page!("pin"),
    page!("check"),
    page!("operator"),
    page!("audit"),
    page!("report"),
    page!("backup"),
    page!("restore"),
    page!("vault"),
    page!("config"),
    page!("completions"),
    page!("man"),
];

/// Gives every page.
pub fn pages() -> impl Iterator<Item = &'static Page> {
    std::iter::once(&MAIN).chain(&OF_COMMANDS)
}

impl Page {
    /// Gives the name that `man` knows the page by.
    pub fn name(&self) -> String {
        if self.command.is_empty() { "cleotp".to_owned() } else { format!("cleotp-{}", self.command) }
    }

    /// Gives the folder of the page below that of a manual, as `man` looks for it.
    pub fn folder(language: Language) -> &'static str {
        match language {
            Language::English => "man1",
            Language::French => "fr/man1",
        }
    }

    /// Writes the page.
    pub fn render(&self, words: &Words) -> String {
        let source = self.source(words.language);
        let version = concat!("cleotp ", env!("CARGO_PKG_VERSION"));
        let manual = words.say("manual-title", &[]);
        let french = words.language == Language::French;
        let mut sheet = Sheet::begin(&self.name().to_uppercase(), READ_THROUGH, version, &manual, french);
        for block in prose::read(source) {
            match block {
                Block::Heading(text) => sheet.heading(&text),
                Block::Subheading(text) => sheet.subheading(&text),
                Block::Paragraph(text) => sheet.paragraph(&text),
                Block::Term(term, meaning) => sheet.term(&term, &meaning),
                Block::Item(text) => sheet.item(&text),
                Block::Code(lines) => sheet.code(&lines),
                Block::Place(name) => fill::place(&mut sheet, &name, self, words),
            }
        }
        sheet.end()
    }

    fn source(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::French => self.french,
        }
    }
}
