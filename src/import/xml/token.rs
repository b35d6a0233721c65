//! Tokens cut from a window over a stream, many at a time: what each is and where it stands, nothing of it copied.

use super::super::problem::Problem;
use compact_str::CompactString;
use quick_xml::Error;
use quick_xml::errors::SyntaxError;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};
use std::collections::VecDeque;
use std::ops::Range;

/// How many are cut at once: enough that a reader made for them costs nothing, few enough to stay in the cache.
const AT_ONCE: usize = 256;
/// With less than this before the edge of the window, what looks like an error may only be cut by it.
pub(super) const SHORT: usize = 4 * 1024;
/// What the text of a file may begin with, also where one file was appended to another.
const MARK: &[u8] = "\u{feff}".as_bytes();
/// What stands around the text of a CDATA section.
const CDATA: (&str, &str) = ("<![CDATA[", "]]>");

/// A token; places are those of the window.
pub(super) struct Token {
    /// What it is.
    pub what: What,
    /// Where it begins.
    pub from: usize,
    /// Where the next one begins.
    pub to: usize,
}

/// What a token is.
pub(super) enum What {
    /// The tag of an element: where its content stands, and how long the name at its front is.
    Start { content: Range<usize>, name: usize, is_empty: bool },
    /// The end tag of this name.
    End(Range<usize>),
    /// Text, or what counts as none.
    Text(Range<usize>),
    /// A reference to one character.
    Reference(CompactString),
    /// The end of the stream.
    Eof,
    /// What is none.
    Fault(Box<Problem>),
}

/// The tokens of a window that were cut and not yet taken.
#[derive(Default)]
pub(super) struct Tokens(VecDeque<Token>);

impl Tokens {
    /// Takes the next one that begins at a place; those before it are passed over.
    pub(super) fn take(&mut self, place: usize) -> Option<Token> {
        loop {
            let token = self.0.pop_front()?;
            if token.from == place {
                return Some(token);
            }
            if token.from > place {
                // Somebody passed into the middle of one: what follows is to be cut anew.
                self.0.clear();
            }
        }
    }

    /// Forgets them: the window is moved.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Cuts tokens from a window, from a place on, as far as they are whole; `ended` tells that nothing comes after it.
    pub(super) fn cut(&mut self, window: &[u8], place: usize, ended: bool) {
        self.0.clear();
        let mut from = place;
        if window.get(place..).is_some_and(|ahead| ahead.starts_with(MARK)) {
            // The library would pass over it without a word.
            from = place.saturating_add(MARK.len());
            self.0.push_back(Token { what: What::Text(place..from), from: place, to: from });
        }
        let Some(ahead) = window.get(from..) else { return };
        let mut reader = quick_xml::Reader::from_reader(ahead);
        // Whether ends match is for the cursor to see: it knows what was opened in earlier windows.
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        while self.0.len() < AT_ONCE {
            let event = reader.read_event();
            let to = window.len().saturating_sub(reader.get_ref().len());
            let may_go_on = !ended && to >= window.len();
            let Some(what) = what(event, from..to, may_go_on, !ended, window.len().saturating_sub(from)) else {
                return;
            };
            let is_last = matches!(what, What::Eof | What::Fault(_));
            self.0.push_back(Token { what, from, to });
            if is_last {
                return;
            }
            from = to;
        }
    }
}

/// Tells what an event is; nothing for one that the edge of the window cuts.
fn what(
    event: Result<Event<'_>, Error>,
    span: Range<usize>,
    may_go_on: bool,
    is_more: bool,
    ahead: usize,
) -> Option<What> {
    let inside = |front: usize, back: usize| span.start.saturating_add(front)..span.end.saturating_sub(back);
    Some(match event {
        Ok(Event::Text(_) | Event::Eof) if may_go_on => return None,
        Ok(Event::Text(_)) => What::Text(span),
        Ok(Event::CData(_)) => What::Text(inside(CDATA.0.len(), CDATA.1.len())),
        Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_)) => What::Text(0..0),
        Ok(Event::GeneralRef(reference)) => match character_of(&reference) {
            Ok(character) => What::Reference(character),
            Err(problem) => fault(problem),
        },
        Ok(Event::Start(tag)) => {
            What::Start { content: inside(1, 1), name: tag.name().as_ref().len(), is_empty: false }
        }
        Ok(Event::Empty(tag)) => What::Start { content: inside(1, 2), name: tag.name().as_ref().len(), is_empty: true },
        Ok(Event::End(tag)) => {
            let name = span.start.saturating_add(2);
            What::End(name..name.saturating_add(tag.name().as_ref().len()))
        }
        Ok(Event::DocType(_)) | Err(Error::Syntax(SyntaxError::UnclosedDoctype)) => fault(Problem::Doctype),
        Ok(Event::Eof) => What::Eof,
        Err(error) if is_more && may_be_cut(&error, ahead) => return None,
        Err(error) => fault(problem_of(&error)),
    })
}

fn fault(problem: Problem) -> What {
    What::Fault(Box::new(problem))
}

/// Gives the character that a reference stands for: one by number, or one of the five of XML.
fn character_of(reference: &BytesRef<'_>) -> Result<CompactString, Problem> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Ok(CompactString::new(character.encode_utf8(&mut [0; 4]))),
        Ok(None) => resolve_predefined_entity(reference).map(CompactString::new).ok_or(Problem::XmlEntity),
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
