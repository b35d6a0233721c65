//! A file of keys in elements side by side: each is read whole, judged and forgotten before the next one.

use super::{Cursor, Element, Node, Tree};
use crate::import::Input;
use crate::import::finding::Finding;
use crate::import::problem::Problem;

/// What a walk comes by.
pub(in crate::import) enum Stop<'t> {
    /// The root element, without what is below it.
    Root(Element<'t>),
    /// An element that is read whole.
    Whole(Element<'t>),
}

/// Walks through a file: into the root and the elements that `opens` names, whole past all others.
///
/// What `visit` makes an error of ends the walk. A file that ends with only its root open gives the warning for that.
///
/// # Errors
/// The finding that makes the rest of the file unreadable.
pub(in crate::import) fn walk(
    input: &mut Input<'_>,
    opens: &[&str],
    visit: &mut dyn FnMut(Stop<'_>) -> Result<(), Finding>,
) -> Result<Option<Finding>, Finding> {
    let mut tree = Tree::new();
    let mut cursor = Cursor::new(input);
    let root = super::root(&mut cursor, &mut tree)?;
    visit(Stop::Root(tree.element(root)))?;
    let mut open: usize = 1;
    while open > 0 {
        tree.clear();
        cursor.pass_blanks()?;
        match cursor.next(&mut tree)? {
            Node::Start(start) if opens.contains(&tree.element(start).name()) => open = open.saturating_add(1),
            Node::Start(start) => {
                cursor.rest_of(start, &mut tree)?;
                visit(Stop::Whole(tree.element(start)))?;
            }
            Node::Text(_) => {}
            Node::End => open = open.saturating_sub(1),
            Node::Eof if open == 1 => return Ok(Some(cursor.finding(Problem::ContainerNotClosed))),
            Node::Eof => return Err(cursor.finding(Problem::Truncated)),
        }
    }
    super::expect_end(&mut cursor, &mut tree)?;
    Ok(None)
}
