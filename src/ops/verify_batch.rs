//! Trying some keys of a batch before any of them is handed over: do they show what their seeds and parameters say?
//!
//! Only keys in stock are tried, by the look of [`super::diagnose`]: nothing is accepted, spent or learned, and looks that match
//! nothing are limited in the same way. What a stranger could find out of them opens nothing: no key in stock answers a check.

use super::undo_batch::subject_of;
use super::{Desk, Diagnosed, Error};
use crate::audit::{Action, Subject};
use crate::batch::Batch;
use crate::key::{Key, State};
use crate::random::draw_below;
use std::collections::BTreeSet;

/// Keys of a batch, drawn one after the other.
#[derive(Debug)]
pub struct Sample {
    /// The batch.
    pub batch: Batch,
    /// How many of its keys were in stock at the beginning.
    pub in_stock: i64,
    /// The places in the stock that were drawn.
    drawn: BTreeSet<u64>,
    /// The rows of the keys that were drawn.
    rows: BTreeSet<i64>,
}

impl Desk<'_> {
    /// Begins to draw keys of a batch.
    ///
    /// # Errors
    /// [`Error`] when there is no such batch, or none of its keys is in stock.
    pub fn sample_batch(&self, id: i64) -> Result<Sample, Error> {
        let census = self.store.read().batch(id)?.ok_or(Error::UnknownBatch(id))?;
        if census.in_stock == 0 {
            return Err(Error::BatchNotInStock(id));
        }
        let (drawn, rows) = (BTreeSet::new(), BTreeSet::new());
        Ok(Sample { batch: census.batch, in_stock: census.in_stock, drawn, rows })
    }

    /// Draws one of the keys in stock that was not drawn yet, each with the same chance; none when there is no other.
    ///
    /// # Errors
    /// [`Error`].
    pub fn draw_key(&self, sample: &mut Sample) -> Result<Option<Key>, Error> {
        let places = u64::try_from(sample.in_stock).unwrap_or(0);
        while u64::try_from(sample.drawn.len()).unwrap_or(u64::MAX) < places {
            let place = draw_below(self.random, places)?;
            if !sample.drawn.insert(place) {
                continue;
            }
            // The stock may have changed meanwhile: the place is empty, or its key was there before at another one.
            let rank = i64::try_from(place).unwrap_or(i64::MAX);
            let key = self.store.read().key_in_stock(sample.batch.id, rank)?;
            if let Some(key) = key.filter(|key| sample.rows.insert(key.row)) {
                return Ok(Some(key));
            }
        }
        Ok(None)
    }

    /// Tells what one code of a key, or two in a row, mean; `look` is the one that goes on.
    ///
    /// # Errors
    /// [`Error`], when the key is no longer in stock or too many looks matched nothing among others.
    pub fn try_key(
        &mut self,
        sample: &Sample,
        key: &Key,
        typed: &[&str],
        look: Option<i64>,
    ) -> Result<Diagnosed, Error> {
        let key = self.key_to_diagnose(&key.serial)?;
        if key.state != State::Stock {
            return Err(super::keys::in_state(&key));
        }
        let subject = Subject { serial: Some(key.serial.clone()), ..subject_of(&sample.batch) };
        self.look_at(key, typed, look, Action::BatchVerify, subject)
    }
}
