//! A file cut into its parts: the containers one after the other, and what is below the root of each, one element at a time.

use super::super::finding::Finding;
use super::synonyms::{READ, is_root};
use super::tree::Tree;
use super::xml::{self, Below, Cursor, End, below, next_root};
use std::sync::mpsc::{Receiver, SyncSender};

/// How many parts go to the other thread at once, unless they are long.
const CHUNK: usize = 192;

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

/// Cuts one document after the other: what declares keys in one does not in the next.
fn cut_documents(cursor: &mut Cursor<'_>, chunk: &mut Chunk, belt: &Belt) -> Result<Result<(), Unwanted>, Finding> {
    let mut next = Some(xml::root(cursor, &mut chunk.tree)?);
    while let Some(root) = next {
        chunk.parts.push(Part::Root(root));
        let Ok(end) = cut_children(cursor, chunk, belt)? else { return Ok(Err(Unwanted)) };
        next = next_root(cursor, &mut chunk.tree, end)?;
    }
    Ok(Ok(()))
}

fn cut_children(cursor: &mut Cursor<'_>, chunk: &mut Chunk, belt: &Belt) -> Result<Result<End, Unwanted>, Finding> {
    loop {
        if (chunk.parts.len() >= CHUNK || chunk.tree.is_full())
            && let Err(unwanted) = belt.send(chunk)
        {
            return Ok(Err(unwanted));
        }
        match below(cursor, &mut chunk.tree, &is_root)? {
            Below::Child(start) => {
                take_child(start, cursor, &mut chunk.tree)?;
                chunk.parts.push(Part::Child(start));
            }
            Below::End(end, unclosed) => {
                // What the container itself has to tell comes before what follows its end.
                chunk.parts.push(unclosed.map_or(Part::Closed, Part::NotClosed));
                return Ok(Ok(end));
            }
        }
    }
}

/// Takes what is below a child, where that is read.
fn take_child(start: usize, cursor: &mut Cursor<'_>, tree: &mut Tree) -> Result<(), Finding> {
    if READ.contains(&tree.element(start).name()) { cursor.rest_of(start, tree) } else { cursor.skip(tree) }
}
