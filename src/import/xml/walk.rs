//! A file of keys in elements side by side: each is read whole, judged and forgotten before the next one.

use super::{Below, Cursor, Element, End, Tree, below, next_root};
use crate::import::Input;
use crate::import::finding::Finding;
use crate::import::problem::Problem;

/// What a walk comes by.
pub(in crate::import) enum Stop<'t> {
    /// The root element of a document, without what is below it: what the former one declared does not hold any more.
    Root(Element<'t>),
    /// An element that is read whole.
    Whole(Element<'t>),
    /// The end of a document, its root being open.
    NotClosed(Finding),
}

/// Walks through a file, one document after the other: into the roots and the elements that `opens` names, whole past all
/// others.
///
/// What `visit` makes an error of ends the walk.
///
/// # Errors
/// The finding that makes the rest of the file unreadable.
pub(in crate::import) fn walk(
    input: &mut Input<'_>,
    opens: &[&str],
    visit: &mut dyn FnMut(Stop<'_>) -> Result<(), Finding>,
) -> Result<(), Finding> {
    let mut tree = Tree::new();
    let mut cursor = Cursor::new(input);
    let first = super::root(&mut cursor, &mut tree)?;
    let name = tree.element(first).name().to_owned();
    let mut next = Some(first);
    while let Some(root) = next {
        visit(Stop::Root(tree.element(root)))?;
        let end = walk_document(&mut cursor, &mut tree, (&name, opens), visit)?;
        next = next_root(&mut cursor, &mut tree, end)?;
    }
    Ok(())
}

/// Walks through what is below a root, whose name and whose elements to go into are given; tells how it ends.
fn walk_document(
    cursor: &mut Cursor<'_>,
    tree: &mut Tree,
    (root, opens): (&str, &[&str]),
    visit: &mut dyn FnMut(Stop<'_>) -> Result<(), Finding>,
) -> Result<End, Finding> {
    let mut open: usize = 1;
    loop {
        tree.clear();
        match below(cursor, tree, &|name| name == root)? {
            Below::Child(start) if opens.contains(&tree.element(start).name()) => open = open.saturating_add(1),
            Below::Child(start) => {
                cursor.rest_of(start, tree)?;
                visit(Stop::Whole(tree.element(start)))?;
            }
            Below::End(End::Closed, _) if open > 1 => open = open.saturating_sub(1),
            Below::End(end, None) => return Ok(end),
            Below::End(end, Some(unclosed)) if open == 1 => {
                visit(Stop::NotClosed(unclosed))?;
                return Ok(end);
            }
            // More is open than the root: something is missing.
            Below::End(_, Some(unclosed)) => return Err(Finding { problem: Problem::Truncated, ..unclosed }),
        }
    }
}
