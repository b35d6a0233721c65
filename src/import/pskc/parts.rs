//! A file cut into its parts: the containers one after the other, and what is below the root of each, one element at a time.

use super::super::finding::Finding;
use super::super::problem::Problem;
use super::super::secret::is_blank;
use super::synonyms::{READ, is_root};
use super::tree::Tree;
use super::xml::{self, Cursor, DECLARATION, Node};
use std::sync::mpsc::{Receiver, SyncSender};

/// How many parts go to the other thread at once, unless they are long.
const CHUNK: usize = 64;
/// What comes in front of a text in UTF-8, also of one that was appended.
const MARK: &str = "\u{feff}";

/// A part of a container, in the order of the file; elements by their number in the tree of the chunk.
pub(super) enum Part {
    /// The root element, without what is below it.
    Root(usize),
    /// A child of the root; what is below it only where it matters.
    Child(usize),
    /// The end of the container.
    Closed,
    /// The end of the file, the container being open.
    NotClosed(Finding),
    /// What makes the rest of the file unreadable.
    Fault(Finding),
}

/// Parts on their way to the other thread, many at a time.
pub(super) struct Chunk {
    /// Their elements.
    pub tree: Tree,
    /// The parts.
    pub parts: Vec<Part>,
}

impl Chunk {
    fn new() -> Self {
        Self { tree: Tree::new(), parts: Vec::with_capacity(CHUNK) }
    }
}

/// The way of chunks to the other thread, and of the empty ones back.
pub(super) struct Belt {
    /// Where they go.
    pub full: SyncSender<Chunk>,
    /// Where they come back, to be filled again: fresh memory costs more than what is put into it.
    pub empty: Receiver<Chunk>,
}

/// Nobody takes parts any more.
struct Unwanted;

impl Belt {
    /// Sends a chunk off, and puts an empty one in its place.
    fn send(&self, chunk: &mut Chunk) -> Result<(), Unwanted> {
        let mut next = self.empty.try_recv().unwrap_or_else(|_| Chunk::new());
        next.parts.clear();
        next.tree.clear();
        self.full.send(std::mem::replace(chunk, next)).map_err(|_| Unwanted)
    }
}

/// Cuts all containers of a file, until it ends or nobody wants more of it.
pub(super) fn cut(cursor: &mut Cursor<'_>, belt: &Belt) {
    let mut chunk = Chunk::new();
    match cut_documents(cursor, &mut chunk, belt) {
        Ok(Ok(())) => {}
        Ok(Err(Unwanted)) => return,
        Err(finding) => chunk.parts.push(Part::Fault(finding)),
    }
    // Whether somebody still takes the last ones is for him to know.
    let _ = belt.full.send(chunk);
}

/// Cuts one document after the other: tools append to a file that they had closed, or were stopped before they could.
fn cut_documents(cursor: &mut Cursor<'_>, chunk: &mut Chunk, belt: &Belt) -> Result<Result<(), Unwanted>, Finding> {
    let mut next = Some(xml::root(cursor, &mut chunk.tree)?);
    while let Some(root) = next {
        chunk.parts.push(Part::Root(root));
        let Ok(end) = cut_children(cursor, chunk, belt)? else { return Ok(Err(Unwanted)) };
        next = match end {
            End::Stream => None,
            End::Root(root) => Some(root),
            End::Closed => another_root(cursor, &mut chunk.tree)?,
        };
    }
    Ok(Ok(()))
}

/// How a container ended.
enum End {
    /// By its end tag.
    Closed,
    /// With the stream.
    Stream,
    /// With the root of another one: its own end tag never came.
    Root(usize),
}

fn cut_children(cursor: &mut Cursor<'_>, chunk: &mut Chunk, belt: &Belt) -> Result<Result<End, Unwanted>, Finding> {
    loop {
        if (chunk.parts.len() >= CHUNK || chunk.tree.is_full())
            && let Err(unwanted) = belt.send(chunk)
        {
            return Ok(Err(unwanted));
        }
        if is_at_declaration(cursor)? {
            chunk.parts.push(Part::NotClosed(cursor.finding(Problem::ContainerNotClosed)));
            cursor.forget_open(0);
            return Ok(Ok(End::Root(xml::root(cursor, &mut chunk.tree)?)));
        }
        match cursor.next(&mut chunk.tree)? {
            Node::Start(start) if is_root(chunk.tree.element(start).name()) => {
                let unclosed = chunk.tree.element(start).finding(Problem::ContainerNotClosed);
                chunk.parts.push(Part::NotClosed(unclosed));
                cursor.forget_open(1);
                return Ok(Ok(End::Root(start)));
            }
            Node::Start(start) => {
                take_child(start, cursor, &mut chunk.tree)?;
                chunk.parts.push(Part::Child(start));
            }
            Node::Text(_) => continue,
            Node::End => {
                // What the container itself has to tell comes before what follows its end.
                chunk.parts.push(Part::Closed);
                return Ok(Ok(End::Closed));
            }
            Node::Eof => {
                chunk.parts.push(Part::NotClosed(cursor.finding(Problem::ContainerNotClosed)));
                return Ok(Ok(End::Stream));
            }
        }
    }
}

/// Passes over blanks, and tells whether a document begins after them.
fn is_at_declaration(cursor: &mut Cursor<'_>) -> Result<bool, Finding> {
    cursor.pass_blanks()?;
    if cursor.pass_mark(MARK)? {
        cursor.pass_blanks()?;
    }
    cursor.is_at(DECLARATION)
}

/// Takes what is below a child, where that is read.
fn take_child(start: usize, cursor: &mut Cursor<'_>, tree: &mut Tree) -> Result<(), Finding> {
    if READ.contains(&tree.element(start).name()) { cursor.rest_of(start, tree) } else { cursor.skip(tree) }
}

/// Finds the root of the next document after the end of one; nothing at the end of the stream.
fn another_root(cursor: &mut Cursor<'_>, tree: &mut Tree) -> Result<Option<usize>, Finding> {
    loop {
        if is_at_declaration(cursor)? {
            return xml::root(cursor, tree).map(Some);
        }
        match cursor.next(tree) {
            Ok(Node::Eof) => return Ok(None),
            Ok(Node::Text(piece)) if cursor.text(&piece).trim_matches(is_blank).is_empty() => {}
            _ => return Err(cursor.finding(Problem::ContentAfterEnd)),
        }
    }
}
