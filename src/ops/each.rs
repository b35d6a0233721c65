//! Going through a long list: first the numbers of its rows are taken, in order, then each is read when its turn comes. So a million
//! of them take a few bytes each, and nothing is held in the database while somebody reads what was written of the first.

use super::Error;

type Read<'d, T> = dyn Fn(i64) -> Result<Option<T>, Error> + 'd;

/// Things, each read when its turn comes.
pub struct Each<'d, T> {
    rows: std::vec::IntoIter<i64>,
    read: Box<Read<'d, T>>,
}

impl<'d, T> Each<'d, T> {
    pub(super) fn of(rows: Vec<i64>, read: impl Fn(i64) -> Result<Option<T>, Error> + 'd) -> Self {
        Self { rows: rows.into_iter(), read: Box::new(read) }
    }
}

impl<T> Iterator for Each<'_, T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        // What is gone since the numbers were taken is left out.
        self.rows.by_ref().find_map(|row| (self.read)(row).transpose())
    }
}
