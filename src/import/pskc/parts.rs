//! A container cut into its parts: what is below its root, one element at a time.

use super::super::finding::Finding;
use super::super::problem::Problem;
use super::tree::Tree;
use super::xml::{self, Cursor, Node};
use std::sync::mpsc::{Receiver, SyncSender};

/// How many parts go to the other thread at once, unless they are long.
const CHUNK: usize = 64;

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

/// Cuts a whole container, until it ends or nobody wants more of it.
pub(super) fn cut(cursor: &mut Cursor<'_>, belt: &Belt) {
    let mut chunk = Chunk::new();
    match cut_children(cursor, &mut chunk, belt) {
        Ok(Ok(())) => {}
        Ok(Err(Unwanted)) => return,
        Err(finding) => chunk.parts.push(Part::Fault(finding)),
    }
    // Whether somebody still takes the last ones is for him to know.
    let _ = belt.full.send(chunk);
}

fn cut_children(cursor: &mut Cursor<'_>, chunk: &mut Chunk, belt: &Belt) -> Result<Result<(), Unwanted>, Finding> {
    let root = xml::root(cursor, &mut chunk.tree)?;
    chunk.parts.push(Part::Root(root));
    loop {
        cursor.pass_blanks()?;
        match cursor.next(&mut chunk.tree)? {
            Node::Start(start) => {
                take_child(start, cursor, &mut chunk.tree)?;
                chunk.parts.push(Part::Child(start));
            }
            Node::Text(_) => continue,
            Node::End => break,
            Node::Eof => {
                chunk.parts.push(Part::NotClosed(cursor.finding(Problem::ContainerNotClosed)));
                return Ok(Ok(()));
            }
        }
        if (chunk.parts.len() >= CHUNK || chunk.tree.is_full())
            && let Err(unwanted) = belt.send(chunk)
        {
            return Ok(Err(unwanted));
        }
    }
    // Nothing may come after the end; what the container itself has to tell comes first.
    chunk.parts.push(Part::Closed);
    xml::expect_end(cursor, &mut chunk.tree).map(Ok)
}

/// Takes what is below a child, where that is read.
fn take_child(start: usize, cursor: &mut Cursor<'_>, tree: &mut Tree) -> Result<(), Finding> {
    match tree.element(start).name() {
        "encryptionkey" | "macmethod" | "keypackage" => cursor.rest_of(start, tree),
        _ => cursor.skip(tree),
    }
}
