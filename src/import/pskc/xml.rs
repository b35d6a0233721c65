//! XML under limits: one element at a time from a stream, no document type, no entity but those of XML itself.

use super::super::finding::{Finding, Problem};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, XmlVersion};
use std::io::{self, BufRead, Read};
use zeroize::{Zeroize, Zeroizing};

const DEEPEST: u64 = 16;
const MOST_ATTRIBUTES: usize = 64;
const MOST_NAMESPACES: usize = 32;
const LONGEST_NAME: usize = 256;
const LONGEST_TEXT: usize = 64 * 1024;
/// The longest tag, comment or piece of text; a long licence in a comment fits.
const LONGEST_MARKUP: usize = 256 * 1024;
/// The most elements below one child of the container; a package of RFC 6030 has about fifty.
const MOST_ELEMENTS: u64 = 512;

/// An element with all that is below it.
pub(super) struct Element {
    /// The name without prefix, in lower case.
    pub name: String,
    /// Where it begins.
    pub line: u64,
    /// Where it begins in the line, in characters from 1.
    pub column: u64,
    /// Its attributes, names without prefix and in lower case.
    attributes: Vec<(String, String)>,
    /// Its own text, in one piece.
    pub text: Zeroizing<String>,
    /// Its elements.
    pub children: Vec<Element>,
}

impl Element {
    /// Gives an attribute by its name in lower case, blanks cut off.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// Gives the only child of a name.
    ///
    /// # Errors
    /// A finding when there are two.
    pub(super) fn child(&self, name: &'static str) -> Result<Option<&Element>, Finding> {
        let mut named = self.children.iter().filter(|child| child.name.eq_ignore_ascii_case(name));
        let first = named.next();
        match named.next() {
            Some(second) => Err(second.finding(Problem::ElementTwice { element: name })),
            None => Ok(first),
        }
    }

    /// Gives the text of a child, blanks cut off; nothing for an empty one.
    pub(super) fn child_text(&self, name: &'static str) -> Result<Option<&str>, Finding> {
        Ok(self.child(name)?.map(Element::trimmed).filter(|text| !text.is_empty()))
    }

    /// Gives the element's own text, blanks cut off.
    pub(super) fn trimmed(&self) -> &str {
        self.text.trim()
    }

    /// Makes a finding of this place.
    pub(super) fn finding(&self, problem: Problem) -> Finding {
        Finding::at(self.line, self.column, problem)
    }
}

/// What comes next in a stream of XML.
pub(super) enum Node {
    /// An element begins.
    Start(Element),
    /// The innermost element ends.
    End,
    /// A piece of text.
    Text(Zeroizing<String>),
    /// The stream ends.
    Eof,
}

/// A stream of XML, and how deep it is.
pub(super) struct Cursor<'a> {
    reader: quick_xml::Reader<Counted<'a>>,
    buffer: Vec<u8>,
    depth: u64,
}

impl<'a> Cursor<'a> {
    /// Begins to read.
    pub(super) fn new(input: &'a mut dyn BufRead) -> Self {
        let counted = Counted { inner: input, line: 1, column: 1, in_markup: 0, exceeded: false };
        let mut reader = quick_xml::Reader::from_reader(counted);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    /// Makes a finding of the place that was reached.
    pub(super) fn finding(&self, problem: Problem) -> Finding {
        let place = self.reader.get_ref();
        Finding::at(place.line, place.column, problem)
    }

    /// Wipes what was read last; not the whole capacity, or one long comment would slow down all that follows.
    fn wipe(&mut self) {
        self.buffer.as_mut_slice().zeroize();
        self.buffer.clear();
    }

    /// Gives what comes next.
    ///
    /// # Errors
    /// A finding for a document type, a foreign entity, a limit, or XML that is none.
    pub(super) fn next(&mut self) -> Result<Node, Finding> {
        loop {
            let (line, column) = (self.reader.get_ref().line, self.reader.get_ref().column);
            let fail = |problem| Finding::at(line, column, problem);
            self.reader.get_mut().in_markup = 0;
            self.wipe();
            let event = self.reader.read_event_into(&mut self.buffer);
            let node = match event {
                Ok(Event::Start(tag) | Event::Empty(tag)) => {
                    self.depth = self.depth.saturating_add(1);
                    if self.depth > DEEPEST {
                        return Err(fail(Problem::XmlTooDeep { allowed: DEEPEST }));
                    }
                    Node::Start(element(&tag, line, column).map_err(fail)?)
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::End
                }
                Ok(Event::Text(text)) => Node::Text(Zeroizing::new(text.xml10_content().into_owned())),
                Ok(Event::CData(text)) => Node::Text(Zeroizing::new(text.xml10_content().into_owned())),
                Ok(Event::GeneralRef(reference)) => {
                    let text = match reference.resolve_char_ref() {
                        Ok(Some(character)) => character.to_string(),
                        Ok(None) => quick_xml::escape::resolve_predefined_entity(&reference)
                            .ok_or_else(|| fail(Problem::XmlEntity))?
                            .to_owned(),
                        Err(_) => return Err(fail(Problem::XmlMalformed)),
                    };
                    Node::Text(Zeroizing::new(text))
                }
                Ok(Event::DocType(_)) => return Err(fail(Problem::Doctype)),
                Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_)) => continue,
                Ok(Event::Eof) => Node::Eof,
                Err(error) => {
                    let exceeded = self.reader.get_ref().exceeded;
                    return Err(fail(problem_of(&error, exceeded)));
                }
            };
            return Ok(node);
        }
    }

    /// Reads the rest of an element that has begun, with all that is below it.
    ///
    /// # Errors
    /// As [`Cursor::next`], and when the stream ends inside, or the element is too large.
    pub(super) fn rest_of(&mut self, start: Element) -> Result<Element, Finding> {
        let mut open = Vec::new();
        let mut innermost = start;
        let mut elements: u64 = 0;
        loop {
            match self.next()? {
                Node::Start(child) => {
                    elements = elements.saturating_add(1);
                    if elements > MOST_ELEMENTS {
                        return Err(child.finding(Problem::XmlTooManyElements { allowed: MOST_ELEMENTS }));
                    }
                    open.push(std::mem::replace(&mut innermost, child));
                }
                Node::Text(text) => {
                    if innermost.text.len().saturating_add(text.len()) > LONGEST_TEXT {
                        return Err(innermost.finding(Problem::XmlTextTooLong { allowed: as_u64(LONGEST_TEXT) }));
                    }
                    if innermost.text.is_empty() {
                        innermost.text = text;
                    } else {
                        innermost.text.push_str(&text);
                    }
                }
                Node::End => match open.pop() {
                    Some(parent) => {
                        let child = std::mem::replace(&mut innermost, parent);
                        innermost.children.push(child);
                    }
                    None => return Ok(innermost),
                },
                Node::Eof => return Err(self.finding(Problem::Truncated)),
            }
        }
    }

    /// Passes over the rest of an element that has begun.
    ///
    /// # Errors
    /// As [`Cursor::next`], and when the stream ends inside.
    pub(super) fn skip(&mut self) -> Result<(), Finding> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.next()?, Node::Eof) {
                return Err(self.finding(Problem::Truncated));
            }
        }
        Ok(())
    }
}

fn as_u64(length: usize) -> u64 {
    super::super::record::wide(length)
}

fn element(tag: &BytesStart<'_>, line: u64, column: u64) -> Result<Element, Problem> {
    let mut attributes = Vec::new();
    let mut namespaces: usize = 0;
    for (number, attribute) in tag.attributes().enumerate() {
        if number >= MOST_ATTRIBUTES {
            return Err(Problem::XmlTooManyAttributes { allowed: as_u64(MOST_ATTRIBUTES) });
        }
        let attribute = attribute.map_err(|_| Problem::XmlMalformed)?;
        let key = attribute.key.as_ref();
        if key == "xmlns" || key.starts_with("xmlns:") {
            namespaces = namespaces.saturating_add(1);
            if namespaces > MOST_NAMESPACES {
                return Err(Problem::XmlTooManyNamespaces { allowed: as_u64(MOST_NAMESPACES) });
            }
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Problem::XmlEntity)?;
        attributes.push((local_name(key)?, value.into_owned()));
    }
    Ok(Element {
        name: local_name(tag.name().as_ref())?,
        line,
        column,
        attributes,
        text: Zeroizing::new(String::new()),
        children: Vec::new(),
    })
}

fn local_name(name: &str) -> Result<String, Problem> {
    if name.len() > LONGEST_NAME {
        return Err(Problem::XmlNameTooLong { allowed: as_u64(LONGEST_NAME) });
    }
    Ok(name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase())
}

fn problem_of(error: &Error, exceeded: bool) -> Problem {
    match error {
        _ if exceeded => Problem::XmlMarkupTooLong { allowed: as_u64(LONGEST_MARKUP) },
        Error::Syntax(quick_xml::errors::SyntaxError::UnclosedDoctype) => Problem::Doctype,
        Error::Syntax(quick_xml::errors::SyntaxError::InvalidBangMarkup) => Problem::XmlMalformed,
        Error::Syntax(_) => Problem::Truncated,
        Error::Io(_) => Problem::Unreadable,
        Error::Encoding(_) => Problem::EncodingInvalid,
        Error::Escape(_) => Problem::XmlEntity,
        _ => Problem::XmlMalformed,
    }
}

impl Drop for Cursor<'_> {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// A stream that knows its line and column, and gives up on a piece of markup without end.
struct Counted<'a> {
    inner: &'a mut dyn BufRead,
    line: u64,
    column: u64,
    in_markup: usize,
    exceeded: bool,
}

impl Read for Counted<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let mut available = self.fill_buf()?;
        let length = available.read(target)?;
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let room = LONGEST_MARKUP.saturating_sub(self.in_markup);
        let available = self.inner.fill_buf()?;
        if room == 0 && !available.is_empty() {
            self.exceeded = true;
            return Err(io::Error::other("markup without end"));
        }
        Ok(available.get(..room).unwrap_or(available))
    }

    fn consume(&mut self, length: usize) {
        if let Ok(available) = self.inner.fill_buf() {
            let consumed = available.get(..length).unwrap_or(available);
            let line_ends = consumed.iter().filter(|byte| **byte == b'\n').count();
            let tail = match consumed.iter().rposition(|byte| *byte == b'\n') {
                Some(last) => {
                    self.column = 1;
                    consumed.get(last.saturating_add(1)..).unwrap_or_default()
                }
                None => consumed,
            };
            let characters = tail.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
            self.line = self.line.saturating_add(as_u64(line_ends));
            self.column = self.column.saturating_add(as_u64(characters));
        }
        self.in_markup = self.in_markup.saturating_add(length);
        self.inner.consume(length);
    }
}
