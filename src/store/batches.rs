//! Imported files.

use super::row::{Reader, read_all};
use super::{Change, Error, View};
use crate::batch::Batch;
use crate::clock::UtcTime;
use rusqlite::{Row, named_params};

const SELECT: &str = "SELECT batches.id, imported_at, file_name, sha256, format, uai, operator_name,
        read_keys, new_keys, identical_keys, warnings
    FROM batches LEFT JOIN establishments ON establishments.id = batches.establishment_id";

/// A file that is being imported.
#[derive(Clone, Copy, Debug)]
pub struct NewBatch<'a> {
    /// What it is called.
    pub file_name: &'a str,
    /// The hash of its bytes.
    pub sha256: &'a [u8; 32],
    /// The format it is read as.
    pub format: &'a str,
    /// The number of the establishment that its keys go to.
    pub establishment: Option<i64>,
    /// Who imports it: the number of the account.
    pub operator_uid: u32,
    /// Who imports it: the name of the account.
    pub operator_name: &'a str,
}

impl View<'_> {
    /// Finds an imported file by the hash of its bytes.
    ///
    /// # Errors
    /// [`Error`].
    pub fn batch_by_hash(&self, sha256: &[u8; 32]) -> Result<Option<Batch>, Error> {
        let mut statement = self.connection.prepare(&format!("{SELECT} WHERE sha256 = :sha256"))?;
        let mut rows = statement.query(named_params! { ":sha256": sha256 })?;
        rows.next()?.map(read).transpose()
    }

    /// Finds an imported file by its number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn batch(&self, id: i64) -> Result<Option<Batch>, Error> {
        let mut statement = self.connection.prepare(&format!("{SELECT} WHERE batches.id = :id"))?;
        let mut rows = statement.query(named_params! { ":id": id })?;
        rows.next()?.map(read).transpose()
    }

    /// Lists the imported files, the newest first.
    ///
    /// # Errors
    /// [`Error`].
    pub fn batches(&self) -> Result<Vec<Batch>, Error> {
        let mut statement = self.connection.prepare(&format!("{SELECT} ORDER BY batches.id DESC"))?;
        read_all(statement.query([])?, read)
    }
}

impl Change<'_> {
    /// Begins a batch, without counts; gives its number.
    ///
    /// # Errors
    /// [`Error`]; a known hash breaks a rule of the schema, so look first.
    pub fn add_batch(&self, batch: &NewBatch<'_>, now: UtcTime) -> Result<i64, Error> {
        self.transaction.execute(
            "INSERT INTO batches (imported_at, file_name, sha256, format, establishment_id, operator_uid, operator_name,
                                  read_keys, new_keys, identical_keys, warnings)
             VALUES (:now, :file_name, :sha256, :format, :establishment, :operator_uid, :operator_name, 0, 0, 0, 0)",
            named_params! {
                ":now": now.epoch_seconds(),
                ":file_name": batch.file_name,
                ":sha256": batch.sha256,
                ":format": batch.format,
                ":establishment": batch.establishment,
                ":operator_uid": batch.operator_uid,
                ":operator_name": batch.operator_name,
            },
        )?;
        Ok(self.transaction.last_insert_rowid())
    }

    /// Writes what a batch was read as, and its counts, when its file has been read.
    ///
    /// # Errors
    /// [`Error`].
    pub fn finish_batch(
        &self,
        id: i64,
        format: &str,
        read: i64,
        new: i64,
        identical: i64,
        warnings: i64,
    ) -> Result<(), Error> {
        self.transaction.execute(
            "UPDATE batches SET format = :format, read_keys = :read, new_keys = :new, identical_keys = :identical,
                warnings = :warnings
             WHERE id = :id",
            named_params! {
                ":id": id, ":format": format, ":read": read, ":new": new, ":identical": identical,
                ":warnings": warnings,
            },
        )?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> Result<Batch, Error> {
    let reader = Reader { table: "batches", row };
    Ok(Batch {
        id: reader.get("id")?,
        imported_at: reader.time("imported_at")?,
        file_name: reader.get("file_name")?,
        sha256: reader.get("sha256")?,
        format: reader.get("format")?,
        establishment: reader.parse_optional("uai")?,
        operator_name: reader.get("operator_name")?,
        read: reader.get("read_keys")?,
        new: reader.get("new_keys")?,
        identical: reader.get("identical_keys")?,
        warnings: reader.get("warnings")?,
    })
}
