//! Tokens cut from a window over a stream, many at a time: what each is and where it stands, nothing of it copied.

use super::super::problem::Problem;
use quick_xml::Error;
use quick_xml::errors::SyntaxError;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};

/// How many are cut at once: enough that a reader made for them costs nothing, few enough to stay in the cache.
const AT_ONCE: usize = 256;
/// With less than this before the edge of the window, what looks like an error may only be cut by it.
pub(super) const SHORT: usize = if cfg!(fuzzing) { 256 } else { 4 * 1024 };
/// What the text of a file may begin with, also where one file was appended to another.
pub(super) const MARK: &str = "\u{feff}";
/// What stands around the text of a CDATA section.
const CDATA: (&str, &str) = ("<![CDATA[", "]]>");

/// A token; places are those of the window.
#[derive(Clone, Copy)]
pub(super) struct Token {
    /// What it is.
    pub what: What,
    /// Where it begins; blanks between elements may stand before it.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// What a token is.
#[derive(Clone, Copy)]
pub(super) enum What {
    /// The tag of an element: how long the name at its front is, and the whole of it.
    Start { name: usize, content: usize, is_empty: bool },
    /// An end tag: how long its name is.
    End { name: usize },
    /// Text that begins and ends so far inside.
    Text { front: usize, back: usize },
    /// A reference to one character.
    Reference(char),
    /// A declaration: a document begins.
    Declaration,
    /// A comment, or what else counts for nothing.
    Nothing,
    /// The end of the stream.
    Eof,
    /// What is none; [`Tokens::fault`] tells why.
    Fault,
}

/// The tokens of a window that were cut and not yet taken.
///
/// Blanks between two tags are none, unless they are all that an element has.
#[derive(Default)]
pub(super) struct Tokens {
    cut: Vec<Token>,
    next: usize,
    fault: Option<Problem>,
}

impl Tokens {
    /// Gives the next one, without taking it.
    pub(super) fn ahead(&self) -> Option<Token> {
        self.cut.get(self.next).copied()
    }

    /// Passes over the next one.
    pub(super) fn pass(&mut self) {
        self.next = self.next.saturating_add(1);
    }

    /// Passes over those that end before a place, and cuts anew from there on if it is inside of one.
    pub(super) fn pass_to(&mut self, place: usize) {
        while let Some(token) = self.ahead()
            && token.from < place
        {
            if token.to <= place { self.pass() } else { self.clear() }
        }
    }

    /// Gives why the last one is none.
    pub(super) fn fault(&mut self) -> Problem {
        self.fault.take().unwrap_or(Problem::XmlMalformed)
    }

    /// Forgets them: the window is moved, or something was passed over in it.
    pub(super) fn clear(&mut self) {
        self.cut.clear();
        self.next = 0;
    }

    /// Cuts tokens from a window, from a place on, as far as they are whole; `ended` tells that nothing comes after it.
    pub(super) fn cut(&mut self, window: &[u8], place: usize, ended: bool) {
        self.clear();
        let mut from = place;
        while window.get(from..).is_some_and(|ahead| ahead.starts_with(MARK.as_bytes())) {
            // The library would pass over one without a word.
            from = from.saturating_add(MARK.len());
        }
        if from > place {
            self.cut.push(Token { what: What::Text { front: 0, back: 0 }, from: place, to: from });
        }
        let Some(ahead) = window.get(from..) else { return };
        let mut reader = quick_xml::Reader::from_reader(ahead);
        // Whether ends match is for the cursor to see: it knows what was opened in earlier windows.
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        // What is cut first may follow a piece of text that belongs to it.
        let mut before = What::Text { front: 0, back: 0 };
        while self.cut.len() < AT_ONCE {
            let blanks = blanks_to_pass(reader.get_ref(), before);
            let ahead = reader.get_mut();
            *ahead = ahead.get(blanks..).unwrap_or_default();
            from = from.saturating_add(blanks);
            let length = ahead.len();
            let event = reader.read_event();
            let to = window.len().saturating_sub(reader.get_ref().len());
            let what = match event {
                Ok(Event::Text(_) | Event::Eof) if !ended && to >= window.len() => return,
                Ok(event) => what(&event),
                Err(error) if !ended && may_be_cut(&error, length) => return,
                Err(error) => Err(problem_of(&error)),
            };
            let what = what.unwrap_or_else(|problem| {
                self.fault = Some(problem);
                What::Fault
            });
            self.cut.push(Token { what, from, to });
            if matches!(what, What::Eof | What::Fault) {
                return;
            }
            (from, before) = (to, what);
        }
    }
}

/// Tells how many blanks stand between two tags, the first being already behind: none where they may be part of a text.
fn blanks_to_pass(ahead: &[u8], before: What) -> usize {
    let is_after_start = match before {
        What::Start { is_empty, .. } => !is_empty,
        What::End { .. } => false,
        _ => return 0,
    };
    let blanks = ahead.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    match ahead.get(blanks..) {
        Some([b'<', b'/', ..]) if is_after_start => 0,
        // A CDATA section is text too, and what follows a comment or an instruction may be.
        Some([b'<', b'!' | b'?', ..]) => 0,
        Some([b'<', _, ..]) => blanks,
        _ => 0,
    }
}

/// Tells what an event is.
fn what(event: &Event<'_>) -> Result<What, Problem> {
    Ok(match event {
        Event::Text(_) => What::Text { front: 0, back: 0 },
        Event::CData(_) => What::Text { front: CDATA.0.len(), back: CDATA.1.len() },
        Event::Comment(_) | Event::PI(_) => What::Nothing,
        Event::Decl(_) => What::Declaration,
        Event::GeneralRef(reference) => What::Reference(character_of(reference)?),
        Event::Start(tag) => What::Start { name: tag.name().as_ref().len(), content: tag.len(), is_empty: false },
        Event::Empty(tag) => What::Start { name: tag.name().as_ref().len(), content: tag.len(), is_empty: true },
        Event::End(tag) => What::End { name: tag.name().as_ref().len() },
        Event::DocType(_) => return Err(Problem::Doctype),
        Event::Eof => What::Eof,
    })
}

/// Gives the character that a reference stands for: one by number, or one of the five of XML.
fn character_of(reference: &BytesRef<'_>) -> Result<char, Problem> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Ok(character),
        Ok(None) => resolve_predefined_entity(reference).and_then(|text| text.chars().next()).ok_or(Problem::XmlEntity),
        Err(_) => Err(Problem::XmlMalformed),
    }
}

/// Tells whether what looks like an error may only be cut by the edge of a window that holds so much.
fn may_be_cut(error: &Error, ahead: usize) -> bool {
    match error {
        _ if ahead < SHORT => true,
        Error::Syntax(SyntaxError::InvalidBangMarkup) => false,
        Error::Syntax(_) | Error::Encoding(_) => true,
        _ => false,
    }
}

fn problem_of(error: &Error) -> Problem {
    match error {
        Error::Syntax(SyntaxError::UnclosedDoctype) => Problem::Doctype,
        Error::Syntax(SyntaxError::InvalidBangMarkup) => Problem::XmlMalformed,
        Error::Syntax(_) => Problem::Truncated,
        Error::Io(_) => Problem::Unreadable,
        Error::Encoding(_) => Problem::EncodingInvalid,
        Error::Escape(_) => Problem::XmlEntity,
        _ => Problem::XmlMalformed,
    }
}
