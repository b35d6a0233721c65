//! What came in with one vendor's file: the provenance of keys.

use crate::clock::UtcTime;
use crate::establishment::Uai;

/// An imported file.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Its number in the database.
    pub id: i64,
    /// When it came in.
    pub imported_at: UtcTime,
    /// What the file was called.
    pub file_name: String,
    /// The hash of its bytes.
    pub sha256: [u8; 32],
    /// The format it was read as.
    pub format: String,
    /// The establishment that its keys went to.
    pub establishment: Option<Uai>,
    /// Who imported it: the name of the account.
    pub operator_name: String,
    /// Keys in the file.
    pub read: i64,
    /// Of these, new ones.
    pub new: i64,
    /// Of these, known ones with the same seed.
    pub identical: i64,
    /// Of these, known ones that took the seed of the file.
    pub replaced: i64,
    /// Rows that were left out: then the file may come again.
    pub left_out: i64,
    /// Warnings while it was read.
    pub warnings: i64,
    /// Whether somebody who has the file has a seed of it, as it was found when the file was read.
    pub in_clear: bool,
}

/// An imported file, and what became of its keys.
#[derive(Clone, Debug)]
pub struct Census {
    /// The file.
    pub batch: Batch,
    /// How many keys are its own now: those that came in with it, without those that a later file has given another seed.
    pub keys: i64,
    /// Of these, how many are in stock now.
    pub in_stock: i64,
    /// Of these, how many were ever out of the stock: with one of them the batch cannot be taken back.
    pub left_stock: i64,
}

impl Census {
    /// Tells whether all that was in the file is there still, as it came: each of its keys came in with it, and none has gone
    /// or taken another seed since. Of one that was known before, nothing is told here: it went or changed with its own batch.
    pub fn is_untouched(&self) -> bool {
        self.batch.identical == 0 && self.keys == self.batch.new.saturating_add(self.batch.replaced)
    }
}
