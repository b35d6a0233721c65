//! XML as all vendors' readers take it: a stream under limits, and trees of one element at a time.

mod cursor;
mod documents;
mod extents;
mod names;
mod token;
pub(super) mod tree;
mod walk;
mod window;

pub(super) use cursor::{Cursor, Node};
pub(super) use documents::{Below, End, below, next_root};
pub(super) use extents::{Rows, extents};
pub(super) use tree::{Element, Tree};
pub(super) use walk::{Stop, walk};

use super::finding::Finding;
use super::problem::Problem;
use std::io::BufRead;

/// Gives the name of the root element as the file has it, without prefix.
///
/// # Errors
/// A finding for a document type, or XML that is none.
pub(super) fn root_name(input: &mut dyn BufRead) -> Result<String, Finding> {
    let mut tree = Tree::new();
    let root = root(&mut Cursor::new(input), &mut tree)?;
    Ok(tree.element(root).name().to_owned())
}

/// Finds the root element; gives its number in the tree.
///
/// # Errors
/// A finding for a document type, or XML that is none.
pub(super) fn root(cursor: &mut Cursor<'_>, tree: &mut Tree) -> Result<usize, Finding> {
    loop {
        match cursor.next(tree)? {
            Node::Start(root) => return Ok(root),
            Node::Text(piece) if cursor.text(&piece).is_some_and(|text| text.trim().is_empty()) => {}
            Node::Eof => return Err(cursor.finding(Problem::Truncated)),
            Node::Text(_) | Node::End => return Err(cursor.finding(Problem::XmlMalformed)),
        }
    }
}

/// Holds that nothing comes after the end of the root.
///
/// # Errors
/// A finding for what comes there.
pub(super) fn expect_end(cursor: &mut Cursor<'_>, tree: &mut Tree) -> Result<(), Finding> {
    loop {
        cursor.pass_blanks()?;
        match cursor.next(tree) {
            Ok(Node::Eof) => return Ok(()),
            Ok(Node::Text(piece)) if cursor.text(&piece).is_some_and(|text| text.trim().is_empty()) => {}
            _ => return Err(cursor.finding(Problem::ContentAfterEnd)),
        }
    }
}
