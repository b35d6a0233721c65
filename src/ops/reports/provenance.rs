//! Where each key comes from.

use super::Keys;
use crate::batch::Batch;
use crate::key::Key;
use crate::ops::{Desk, Error};
use crate::store::{KeyFilter, KeyOrder};
use std::rc::Rc;

/// A key, with the file that it came with.
#[derive(Debug)]
pub struct Provenance {
    /// The key.
    pub key: Key,
    /// The file.
    pub batch: Rc<Batch>,
}

/// Every key, each read when its turn comes: by file, in the order in which they stood there.
pub struct Provenances<'d> {
    keys: Keys<'d>,
    last: Option<Rc<Batch>>,
}

impl Provenances<'_> {
    fn batch_of(&mut self, key: &Key) -> Result<Rc<Batch>, Error> {
        if let Some(known) = self.last.as_ref().filter(|batch| batch.id == key.batch) {
            return Ok(Rc::clone(known));
        }
        // The key exists for who asks, and so does its file.
        let found = self.keys.view.batch_alone(key.batch)?;
        let found = Rc::new(found.ok_or(Error::UnknownBatch(key.batch))?);
        self.last = Some(Rc::clone(&found));
        Ok(found)
    }
}

impl Iterator for Provenances<'_> {
    type Item = Result<Provenance, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let key = self.keys.next()?;
        Some(key.and_then(|key| Ok(Provenance { batch: self.batch_of(&key)?, key })))
    }
}

impl Desk<'_> {
    /// Tells for every key, or those of one file, where it comes from.
    ///
    /// # Errors
    /// [`Error`] when there is no such batch.
    pub fn report_batches(&self, batch: Option<i64>) -> Result<Provenances<'_>, Error> {
        let view = self.store.read();
        if let Some(batch) = batch {
            view.batch(batch)?.ok_or(Error::UnknownBatch(batch))?;
        }
        let filter = KeyFilter { batch, ..KeyFilter::default() };
        Ok(Provenances { keys: Keys::of(view, &filter, KeyOrder::Batch, self.now())?, last: None })
    }
}
