//! Verifying the chain of the audit.

use super::{Desk, Error};
use crate::audit::{Seal, Verification};
use crate::store::{self, View};

/// What a verification has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Verified {
    /// Events read.
    pub events: i64,
    /// The first that is wrong.
    pub first_bad: Option<i64>,
    /// Events are missing at the end for certain. That they are not is never certain.
    pub is_cut: bool,
}

impl Verified {
    /// Tells whether nothing wrong was found.
    pub const fn is_intact(&self) -> bool {
        self.first_bad.is_none() && !self.is_cut
    }
}

impl Desk<'_> {
    /// Follows the chain from its beginning.
    ///
    /// # Errors
    /// [`Error`] when the database can not be read; a broken chain is an answer.
    pub fn verify_audit(&self) -> Result<Verified, Error> {
        Ok(verify(self.store.read(), self.vault)?)
    }
}

/// Follows the chain of a database.
pub(super) fn verify(view: View<'_>, seal: &dyn Seal) -> Result<Verified, store::Error> {
    let mut verification = Verification::new(seal);
    view.walk_audit(|row| match row {
        Ok(record) => verification.take(record),
        Err(seq) => verification.take_unreadable(seq),
    })?;
    let (events, first_bad) = verification.finish();
    // Where other tables cannot be read, it is not known.
    let is_cut = view.is_audit_cut().unwrap_or(false);
    Ok(Verified { events, first_bad, is_cut })
}
