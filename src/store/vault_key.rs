//! How the data key is kept: wrapped by which vault key, and since when.

use super::database::read_envelope;
use super::row::Reader;
use super::{Change, Error, View};
use crate::clock::UtcTime;
use crate::envelope::Envelope;
use rusqlite::named_params;

/// The data key as it is kept at present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapping {
    /// The envelope.
    pub envelope: Envelope,
    /// When the database was made, with its first vault key.
    pub made_at: UtcTime,
    /// When the vault key was changed last, if it ever was.
    pub rotated_at: Option<UtcTime>,
}

impl View<'_> {
    /// Reads how the data key is kept.
    ///
    /// # Errors
    /// [`Error`].
    pub fn wrapping(&self) -> Result<Wrapping, Error> {
        let envelope = read_envelope(self.connection)?;
        let mut statement = self.connection.prepare("SELECT created_at, rotated_at FROM meta WHERE id = 1")?;
        let mut rows = statement.query([])?;
        let reader = Reader::of("meta", rows.next()?.ok_or(Error::Damaged)?);
        Ok(Wrapping { envelope, made_at: reader.time("created_at")?, rotated_at: reader.optional_time("rotated_at")? })
    }
}

impl Change<'_> {
    /// Keeps the data key in another envelope from now on.
    ///
    /// # Errors
    /// [`Error`].
    pub fn replace_envelope(&self, envelope: &Envelope, now: UtcTime) -> Result<(), Error> {
        self.transaction.execute(
            "UPDATE meta SET vault_key_id = :vault_key_id, data_key = :data_key, rotated_at = :now WHERE id = 1",
            named_params! {
                ":vault_key_id": envelope.vault_key.0,
                ":data_key": envelope.wrapped,
                ":now": now.epoch_seconds(),
            },
        )?;
        Ok(())
    }
}
