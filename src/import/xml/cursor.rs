//! XML under limits: one element at a time from a stream, no document type, no entity but those of XML itself.

use super::super::encoding::PIECE;
use super::super::finding::Finding;
use super::super::problem::Problem;
use super::super::record::wide;
use super::token::{SHORT, Token, Tokens, What};
use super::tree::Tree;
use super::window::Window;
use compact_str::CompactString;
use quick_xml::events::BytesStart;
use std::io::BufRead;
use std::ops::Range;

const DEEPEST: u64 = 16;
const LONGEST_TEXT: usize = 64 * 1024;
/// The longest tag, comment or piece of text, and all that is kept of one package; a long licence in a comment fits.
const LONGEST_MARKUP: usize = 256 * 1024;
/// How much of the stream is in the window, unless a token needs more.
const WINDOW: usize = PIECE + SHORT;
/// What a document may begin with, and nothing else in it.
pub(super) const DECLARATION: &str = "<?xml ";
/// The most elements below one child of the container; a package of RFC 6030 has about fifty.
const MOST_ELEMENTS: u64 = 512;

/// What comes next in a stream of XML.
pub(in super::super) enum Node {
    /// An element begins: its number in the tree.
    Start(usize),
    /// The innermost element ends.
    End,
    /// A piece of text: look at it by [`Cursor::text`].
    Text(Piece),
    /// The stream ends.
    Eof,
}

/// Where a piece of text stands.
pub(in super::super) enum Piece {
    /// In the window.
    Span(Range<usize>),
    /// In a reference to one character.
    Reference(CompactString),
}

/// A stream of XML, and how deep it is.
///
/// The tokens are cut from a window over the stream by quick-xml, many at a time, and taken from the window one by one.
pub(in super::super) struct Cursor<'a> {
    input: &'a mut dyn BufRead,
    window: Window,
    tokens: Tokens,
    start: usize,
    ended: bool,
    /// Where in the window lines end, and the first of them that was not counted yet.
    line_ends: Vec<usize>,
    next_line: usize,
    /// Up to where in the window columns were counted, and what came of it.
    counted: usize,
    line: u64,
    column: u64,
    /// How many bytes of the stream came before the window.
    before: u64,
    depth: u64,
    /// The names of the open elements, as the file has them.
    open: Vec<CompactString>,
    /// The element that has begun has ended already, being empty.
    is_empty: bool,
}

impl<'a> Cursor<'a> {
    /// Begins to read.
    pub(in super::super) fn new(input: &'a mut dyn BufRead) -> Self {
        Self {
            input,
            window: Window::new(WINDOW),
            tokens: Tokens::default(),
            start: 0,
            ended: false,
            line_ends: Vec::new(),
            next_line: 0,
            counted: 0,
            line: 1,
            column: 1,
            before: 0,
            depth: 0,
            open: Vec::new(),
            is_empty: false,
        }
    }

    /// Makes a finding of the place that was reached.
    pub(in super::super) fn finding(&mut self, problem: Problem) -> Finding {
        let (line, column) = self.place();
        Finding::at(line, column, problem)
    }

    /// Tells how many bytes of the stream were passed.
    pub(super) fn reached(&self) -> u64 {
        self.before.saturating_add(wide(self.start))
    }

    /// Tells line and column of the place that was reached, counting on from where it was asked last.
    pub(super) fn place(&mut self) -> (u64, u64) {
        while let Some(end) = self.line_ends.get(self.next_line).filter(|end| **end < self.start) {
            self.next_line = self.next_line.saturating_add(1);
            self.line = self.line.saturating_add(1);
            self.column = 1;
            self.counted = end.saturating_add(1);
        }
        let passed = self.window.as_bytes().get(self.counted..self.start).unwrap_or_default();
        let characters = passed.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        self.column = self.column.saturating_add(wide(characters));
        self.counted = self.start;
        (self.line, self.column)
    }

    /// Gives a piece of text, before the next call of [`Cursor::next`]; its line ends are as they are in the file.
    pub(super) fn text<'t>(&'t self, piece: &'t Piece) -> Option<&'t str> {
        match piece {
            Piece::Reference(character) => Some(character),
            Piece::Span(span) => self.window.get(span.clone()),
        }
    }

    /// Gives what comes next; the elements that begin are added to a tree.
    ///
    /// # Errors
    /// A finding for a document type, a foreign entity, a limit, or XML that is none.
    pub(in super::super) fn next(&mut self, tree: &mut Tree) -> Result<Node, Finding> {
        if std::mem::take(&mut self.is_empty) {
            return self.close(None);
        }
        let token = self.ahead()?;
        self.tokens.pass();
        self.start = token.from;
        let inside = |front: usize, back: usize| token.from.saturating_add(front)..token.to.saturating_sub(back);
        let node = match token.what {
            What::Start { name, content, is_empty } => {
                let content = token.from.saturating_add(1)..token.from.saturating_add(1).saturating_add(content);
                let content = self.window.get(content).filter(|content| content.is_char_boundary(name));
                let Some(content) = content else { return Err(self.finding(Problem::XmlMalformed)) };
                let tag = BytesStart::from_content(content, name);
                match tree.begin(&tag) {
                    Ok(number) => {
                        let name = CompactString::new(tag.name().as_ref());
                        tree.place(number, self.place());
                        self.open(name, number, is_empty)?
                    }
                    Err(problem) => return Err(self.finding(problem)),
                }
            }
            What::End { name } => {
                let start = token.from.saturating_add(2);
                self.close(Some(start..start.saturating_add(name)))?
            }
            What::Text { front, back } => Node::Text(Piece::Span(inside(front, back))),
            What::Declaration | What::Nothing => Node::Text(Piece::Span(0..0)),
            What::Reference(character) => {
                Node::Text(Piece::Reference(CompactString::new(character.encode_utf8(&mut [0; 4]))))
            }
            What::Eof => Node::Eof,
            What::Fault => {
                let problem = self.tokens.fault();
                return Err(self.finding(problem));
            }
        };
        self.start = token.to;
        Ok(node)
    }

    /// Gives the next token without taking it: cut before, or cut now from the front of the window, into which more of the
    /// stream is taken when no token in it is whole.
    fn ahead(&mut self) -> Result<Token, Finding> {
        loop {
            if let Some(token) = self.tokens.ahead() {
                return Ok(token);
            }
            if self.left() < SHORT && !self.ended {
                self.fill()?;
            }
            self.tokens.cut(self.window.as_bytes(), self.start, self.ended);
            if self.tokens.ahead().is_some() {
                continue;
            }
            if self.left() >= LONGEST_MARKUP {
                return Err(self.finding(Problem::XmlMarkupTooLong { allowed: wide(LONGEST_MARKUP) }));
            }
            self.fill()?;
        }
    }

    /// Tells how many bytes of the window were not passed yet.
    fn left(&self) -> usize {
        self.window.len().saturating_sub(self.start)
    }

    fn open(&mut self, name: CompactString, number: usize, is_empty: bool) -> Result<Node, Finding> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > DEEPEST {
            return Err(self.finding(Problem::XmlTooDeep { allowed: DEEPEST }));
        }
        self.open.push(name);
        self.is_empty = is_empty;
        Ok(Node::Start(number))
    }

    /// Ends the innermost element; a name must be its own.
    fn close(&mut self, name: Option<Range<usize>>) -> Result<Node, Finding> {
        let opened = self.open.pop();
        let is_own = |name: Range<usize>| opened.as_deref() == self.window.get(name);
        if opened.is_none() || !name.is_none_or(is_own) {
            return Err(self.finding(Problem::XmlMalformed));
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(Node::End)
    }

    /// Tells whether the stream goes on with a mark, without passing over it.
    pub(in super::super) fn is_at(&mut self, mark: &str) -> Result<bool, Finding> {
        while self.left() < mark.len() && !self.ended {
            self.fill()?;
        }
        Ok(self.window.get(self.start..).is_some_and(|ahead| ahead.starts_with(mark)))
    }

    /// Passes over a mark, if the stream goes on with it; tells whether it did.
    pub(in super::super) fn pass_mark(&mut self, mark: &str) -> Result<bool, Finding> {
        let is_there = self.is_at(mark)?;
        self.pass(if is_there { mark.len() } else { 0 });
        Ok(is_there)
    }

    /// Passes over so many bytes of the window.
    fn pass(&mut self, length: usize) {
        self.start = self.start.saturating_add(length);
        self.tokens.pass_to(self.start);
    }

    /// Forgets all open elements but the innermost `kept` ones: the others will never be closed.
    pub(in super::super) fn forget_open(&mut self, kept: usize) {
        self.open.drain(..self.open.len().saturating_sub(kept));
        self.depth = wide(self.open.len());
    }

    /// Passes over blanks between elements, however many.
    pub(in super::super) fn pass_blanks(&mut self) -> Result<(), Finding> {
        loop {
            let ahead = self.window.as_bytes().get(self.start..).unwrap_or_default();
            let blanks = ahead.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let next = ahead.get(blanks);
            let goes_on = next.is_none() && !self.ended;
            if goes_on || next == Some(&b'<') {
                self.pass(blanks);
            }
            if !goes_on {
                return Ok(());
            }
            self.fill()?;
        }
    }

    /// Takes more of the stream into the window.
    fn fill(&mut self) -> Result<(), Finding> {
        self.place();
        self.tokens.clear();
        self.counted = 0;
        self.before = self.reached();
        self.window.forget(self.start);
        self.line_ends.drain(..self.next_line);
        self.line_ends.iter_mut().for_each(|end| *end = end.saturating_sub(self.start));
        self.next_line = 0;
        self.start = 0;
        let kept = self.window.len();
        let Ok(piece) = self.input.fill_buf() else { return Err(self.finding(Problem::Unreadable)) };
        let taken = self.window.take(piece.get(..PIECE).unwrap_or(piece));
        let Some(length) = taken else { return Err(self.finding(Problem::EncodingInvalid)) };
        let added = self.window.as_bytes().get(kept..).unwrap_or_default();
        self.line_ends.extend(memchr::memchr_iter(b'\n', added).map(|end| end.saturating_add(kept)));
        self.ended = length == 0;
        self.input.consume(length);
        Ok(())
    }

    /// Reads the rest of an element that has begun, with all that is below it, into the tree.
    ///
    /// # Errors
    /// As [`Cursor::next`], and when the stream ends inside, or the element is too large.
    pub(in super::super) fn rest_of(&mut self, start: usize, tree: &mut Tree) -> Result<(), Finding> {
        let mut open = Vec::new();
        let mut innermost = start;
        let mut elements: u64 = 0;
        let before = tree.mark();
        loop {
            if tree.weight_since(before) > LONGEST_MARKUP {
                return Err(self.finding(Problem::XmlTextTooLong { allowed: wide(LONGEST_MARKUP) }));
            }
            if self.tokens.ahead().is_none() && tree.text_length(innermost) == 0 && !tree.is_exact() {
                self.pass_blanks()?;
            }
            self.expect_no_document()?;
            match self.next(tree)? {
                Node::Start(child) => {
                    elements = elements.saturating_add(1);
                    if elements > MOST_ELEMENTS {
                        let problem = Problem::XmlTooManyElements { allowed: MOST_ELEMENTS };
                        return Err(tree.element(child).finding(problem));
                    }
                    open.push(std::mem::replace(&mut innermost, child));
                }
                Node::Text(piece) => self.add_text(tree, innermost, &piece)?,
                Node::End => {
                    tree.end(innermost);
                    match open.pop() {
                        Some(parent) => innermost = parent,
                        None => return Ok(()),
                    }
                }
                Node::Eof => return Err(self.finding(Problem::Truncated)),
            }
        }
    }

    /// Holds that no document begins within an element that has begun: it was never closed.
    fn expect_no_document(&mut self) -> Result<(), Finding> {
        if !self.is_empty
            && let Token { what: What::Declaration, from, .. } = self.ahead()?
        {
            self.start = from;
            return Err(self.finding(Problem::Truncated));
        }
        Ok(())
    }

    /// Adds a piece of text to an element.
    fn add_text(&mut self, tree: &mut Tree, element: usize, piece: &Piece) -> Result<(), Finding> {
        let Some(text) = self.text(piece) else { return Err(self.finding(Problem::XmlMalformed)) };
        if tree.text_length(element).saturating_add(text.len()) > LONGEST_TEXT {
            return Err(tree.element(element).finding(Problem::XmlTextTooLong { allowed: wide(LONGEST_TEXT) }));
        }
        match piece {
            // What a reference stands for is no line end, whatever it is.
            Piece::Reference(_) => tree.add_text(element, text),
            Piece::Span(_) => add_lines(tree, element, text),
        }
        Ok(())
    }

    /// Passes over the rest of an element that has begun, and leaves nothing of it in the tree.
    ///
    /// # Errors
    /// As [`Cursor::next`], and when the stream ends inside.
    pub(in super::super) fn skip(&mut self, tree: &mut Tree) -> Result<(), Finding> {
        let outside = self.depth.saturating_sub(1);
        let mark = tree.mark();
        while self.depth > outside {
            self.expect_no_document()?;
            if matches!(self.next(tree)?, Node::Eof) {
                return Err(self.finding(Problem::Truncated));
            }
            tree.rewind(mark);
        }
        Ok(())
    }
}

/// Adds a piece of text with line ends as XML has them (XML 1.0 section 2.11), without a copy that nobody wipes.
fn add_lines(tree: &mut Tree, element: usize, piece: &str) {
    for (number, part) in piece.split('\r').enumerate() {
        if number > 0 && !part.starts_with('\n') {
            tree.add_text(element, "\n");
        }
        tree.add_text(element, part);
    }
}
