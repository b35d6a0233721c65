//! Where the rows of a file are: elements side by side, each from the blanks before it to its end.

use super::cursor::DECLARATION;
use super::{Cursor, Node, Tree};
use crate::import::Input;
use crate::import::finding::{Finding, Place};
use std::ops::Range;

/// Which elements are rows, by their names without prefix in lower case.
#[derive(Clone, Copy)]
pub(in crate::import) struct Rows {
    /// The root; another one may come before it is closed.
    pub roots: &'static [&'static str],
    /// The elements that hold the rows, where the root does not.
    pub within: &'static [&'static str],
    /// The rows.
    pub names: &'static [&'static str],
}

/// Finds the rows in a text, and gives for each its places and its bytes; those begin with the blanks in front of it.
///
/// # Errors
/// The finding for XML that is none, or what `visit` fails with.
pub(in crate::import) fn extents(
    input: &mut Input<'_>,
    rows: Rows,
    visit: &mut dyn FnMut(Range<Place>, Range<u64>),
) -> Result<(), Finding> {
    let mut cursor = Cursor::new(input);
    let mut tree = Tree::new();
    loop {
        tree.clear();
        let begins = cursor.reached();
        cursor.pass_blanks()?;
        if cursor.is_at(DECLARATION)? {
            // Of another document; the one before was never closed.
            cursor.forget_open(0);
        }
        let start = match cursor.next(&mut tree)? {
            Node::Start(start) => start,
            Node::Text(_) | Node::End => continue,
            Node::Eof => return Ok(()),
        };
        let (element, name) = (tree.element(start), tree.element(start).name());
        if rows.roots.contains(&name) {
            cursor.forget_open(1);
        } else if rows.names.contains(&name) {
            let first = element.place();
            cursor.skip(&mut tree)?;
            let (line, column) = cursor.place();
            visit(first..Place { line, column }, begins..cursor.reached());
        } else if !rows.within.contains(&name) {
            cursor.skip(&mut tree)?;
        }
    }
}
