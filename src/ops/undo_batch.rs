//! Taking a batch back: all of its keys, while none of them was ever out of the stock.

use super::{Desk, Error};
use crate::activation::State as CodeState;
use crate::audit::{Action, Event, Events, FileFact, Outcome, Subject};
use crate::batch::Batch;
use crate::clock::UtcTime;
use crate::store::View;

/// How many serials are named of the keys that are in the way.
const MOST_NAMED: u32 = 3;

/// A batch that can be taken back.
#[derive(Debug)]
pub struct Returnable {
    /// The batch.
    pub batch: Batch,
    /// How many keys go with it.
    pub keys: i64,
    /// It is taken back already, and only what is left of it is to be cleared away.
    pub is_begun: bool,
}

/// A batch that was taken back.
#[derive(Debug)]
pub struct Undone {
    /// The batch, with what it was.
    pub batch: Batch,
    /// How many keys went with it.
    pub keys: i64,
    /// Whether it was begun before, and interrupted.
    pub was_begun: bool,
    /// Why not all of it is cleared away yet, which the next import or undo does; nothing of it is seen any more.
    pub left_over: Option<Error>,
}

impl Desk<'_> {
    /// Looks whether a batch can be taken back.
    ///
    /// # Errors
    /// [`Error`], with what is in the way.
    pub fn batch_to_undo(&self, id: i64) -> Result<Returnable, Error> {
        returnable(self.store.read(), id, self.now())
    }

    /// Takes a batch back: one change hides it and all its keys, then they are removed in parts, so that checks go on meanwhile.
    ///
    /// Only one import or undo may be on its way at a time, which is the caller's to see to.
    ///
    /// # Errors
    /// [`Error`], with what is in the way; nothing was changed.
    pub fn undo_batch(&mut self, id: i64) -> Result<Undone, Error> {
        let now = self.now();
        let found = self.store.change::<_, Error>(now, |change| {
            let found = returnable(change.read(), id, now)?;
            if found.is_begun {
                return Ok((found, Events::owed_by_open_import()));
            }
            change.reopen_batch(id)?;
            let event = Event::new(Action::BatchUndo, Outcome::Done).counting(found.keys);
            let event = event.about(subject_of(&found.batch));
            Ok((found, Events::one(event)))
        })?;
        let cleared = self.clear_away(id);
        let Returnable { batch, keys, is_begun } = found;
        match cleared {
            Err(error) if is_begun => Err(error),
            cleared => Ok(Undone { batch, keys, was_begun: is_begun, left_over: cleared.err() }),
        }
    }

    /// Removes what is hidden. It need not be on the disk part by part: what a crash gives back is hidden still.
    fn clear_away(&mut self, id: i64) -> Result<(), Error> {
        self.store.expect_many_rows()?;
        self.store.set_durable(false)?;
        let removed = self.remove_keys_of_open_batch(id);
        self.store.set_durable(true)?;
        removed?;
        self.discard_open_batches()
    }
}

fn returnable(view: View<'_>, id: i64, now: UtcTime) -> Result<Returnable, Error> {
    if let Some(batch) = view.batch_half_undone(id)? {
        // Some of its keys are erased already; how many they were was told when they were hidden.
        let told = view.count_told(Action::BatchUndo, id)?;
        let keys = told.unwrap_or_else(|| batch.new.saturating_add(batch.replaced));
        return Ok(Returnable { batch, keys, is_begun: true });
    }
    let census = view.batch(id)?.ok_or(Error::UnknownBatch(id))?;
    if census.left_stock > 0 {
        let serials = view.serials_that_left_stock(id, MOST_NAMED)?;
        return Err(Error::BatchLeftStock { id, keys: census.keys, left: census.left_stock, serials });
    }
    let promised = view.activations_of_batch(id)?;
    let promised = promised.into_iter().find(|code| code.state_at(now) == CodeState::Live);
    if let Some((login, serial)) = promised.and_then(|code| Some((code.login, code.serial?))) {
        return Err(Error::BatchPromised { id, serial, login });
    }
    Ok(Returnable { batch: census.batch, keys: census.keys, is_begun: false })
}

/// Says which batch it is about, and from which file.
pub(super) fn subject_of(batch: &Batch) -> Subject {
    Subject {
        establishment: batch.establishment.clone(),
        batch: Some(batch.id),
        file: Some(FileFact { name: batch.file_name.clone(), sha256: batch.sha256 }),
        ..Subject::default()
    }
}
