//! Documents one after the other in a file: tools append to a file that they had closed, or were stopped before they could.

use super::cursor::DECLARATION;
use super::token::MARK;
use super::{Cursor, Node, Tree, root};
use crate::import::finding::Finding;
use crate::import::problem::Problem;
use crate::import::secret::is_blank;

/// What comes next right below a root.
pub(in crate::import) enum Below {
    /// An element begins: its number in the tree.
    Child(usize),
    /// The document ends; with the warning for one whose end tag never came.
    End(End, Option<Finding>),
}

/// How a document ends.
pub(in crate::import) enum End {
    /// By the end tag of its root.
    Closed,
    /// With the stream.
    Stream,
    /// With the declaration of another one.
    Declaration,
    /// With the root of another one: its number in the tree.
    Root(usize),
}

/// Gives what comes next right below a root; `is_root` knows the names of roots, as the tree has them.
///
/// # Errors
/// As [`Cursor::next`].
pub(in crate::import) fn below(
    cursor: &mut Cursor<'_>,
    tree: &mut Tree,
    is_root: &dyn Fn(&str) -> bool,
) -> Result<Below, Finding> {
    loop {
        if is_at_declaration(cursor)? {
            let unclosed = cursor.finding(Problem::ContainerNotClosed);
            cursor.forget_open(0);
            return Ok(Below::End(End::Declaration, Some(unclosed)));
        }
        match cursor.next(tree)? {
            Node::Start(start) if is_root(tree.element(start).name()) => {
                cursor.forget_open(1);
                let unclosed = tree.element(start).finding(Problem::ContainerNotClosed);
                return Ok(Below::End(End::Root(start), Some(unclosed)));
            }
            Node::Start(start) => return Ok(Below::Child(start)),
            Node::Text(_) => {}
            Node::End => return Ok(Below::End(End::Closed, None)),
            Node::Eof => {
                return Ok(Below::End(End::Stream, Some(cursor.finding(Problem::ContainerNotClosed))));
            }
        }
    }
}

/// Gives the root of the document after one that ended; nothing at the end of the stream.
///
/// # Errors
/// A finding for what is no document, or XML that is none.
pub(in crate::import) fn next_root(
    cursor: &mut Cursor<'_>,
    tree: &mut Tree,
    end: End,
) -> Result<Option<usize>, Finding> {
    match end {
        End::Stream => return Ok(None),
        End::Root(root) => return Ok(Some(root)),
        End::Declaration => return root(cursor, tree).map(Some),
        End::Closed => {}
    }
    loop {
        if is_at_declaration(cursor)? {
            return root(cursor, tree).map(Some);
        }
        match cursor.next(tree) {
            Ok(Node::Eof) => return Ok(None),
            Ok(Node::Text(piece)) if cursor.text(&piece).is_some_and(|text| text.trim_matches(is_blank).is_empty()) => {
            }
            _ => return Err(cursor.finding(Problem::ContentAfterEnd)),
        }
    }
}

/// Passes over blanks and marks, and tells whether a document begins after them.
fn is_at_declaration(cursor: &mut Cursor<'_>) -> Result<bool, Finding> {
    cursor.pass_blanks()?;
    while cursor.pass_mark(MARK)? {
        cursor.pass_blanks()?;
    }
    cursor.is_at(DECLARATION)
}
