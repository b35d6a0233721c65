//! Imported files.

use super::keys::keys_in_scope;
use super::row::{Reader, read_all};
use super::{Change, Error, View};
use crate::batch::{Batch, Census};
use crate::clock::UtcTime;
use crate::key::Serial;
use rusqlite::{Row, named_params};

macro_rules! columns {
    () => {
        "batches.id, imported_at, file_name, sha256, format, uai, operator_name, read_keys, new_keys, identical_keys, \
         replaced_keys, left_out_rows, warnings, in_clear"
    };
}

macro_rules! closed {
    () => {
        " FROM (SELECT * FROM batches WHERE NOT is_open) AS batches
            LEFT JOIN establishments ON establishments.id = batches.establishment_id"
    };
}

/// The closed batches with their keys counted, each count from an index alone: SQLite would rather look at every key.
const CENSUS: &str = concat!(
    "SELECT ",
    columns!(),
    ", (SELECT count(*) FROM keys WHERE batch_id = batches.id) AS keys,
    (SELECT count(*) FROM keys INDEXED BY keys_that_left_stock
        WHERE batch_id = batches.id AND left_stock_at IS NOT NULL) AS left_stock,
    (SELECT count(*) FROM keys INDEXED BY keys_that_left_stock
        WHERE batch_id = batches.id AND left_stock_at IS NOT NULL AND state <> 'stock') AS out_of_stock",
    closed!()
);

/// A batch that was closed once and is open again.
const HALF_UNDONE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM batches LEFT JOIN establishments ON establishments.id = batches.establishment_id
    WHERE is_open AND format <> ''"
);

/// The files that exist within a scope: those for an establishment of it, and those of a key that exists there.
const IN_SCOPE: &str = concat!(
    "(:scope IS NULL OR instr(:scope, uai) > 0 OR EXISTS (
        SELECT 1 FROM keys LEFT JOIN establishments AS holders ON holders.id = keys.establishment_id
        WHERE keys.batch_id = batches.id AND ",
    keys_in_scope!("holders.uai"),
    "))"
);

/// A file that is being imported.
#[derive(Clone, Copy, Debug)]
pub struct NewBatch<'a> {
    /// What it is called.
    pub file_name: &'a str,
    /// The hash of its bytes.
    pub sha256: &'a [u8; 32],
    /// The number of the establishment that its keys go to.
    pub establishment: Option<i64>,
    /// Who imports it: the number of the account.
    pub operator_uid: u32,
    /// Who imports it: the name of the account.
    pub operator_name: &'a str,
}

/// What came of a file that was read to its end.
#[derive(Clone, Copy, Debug)]
pub struct BatchCounts<'a> {
    /// The format it was read as.
    pub format: &'a str,
    /// Keys in the file.
    pub read: i64,
    /// Of these, new ones.
    pub new: i64,
    /// Of these, known ones with the same seed.
    pub identical: i64,
    /// Of these, known ones that took the seed of the file.
    pub replaced: i64,
    /// Rows that were left out.
    pub left_out: i64,
    /// Warnings while it was read.
    pub warnings: i64,
    /// Whether somebody who has the file has a seed of it.
    pub in_clear: bool,
}

impl View<'_> {
    /// Finds an imported file by the hash of its bytes, whatever the scope: the last one of which no row was left out. What has
    /// become of its keys since is told by its census.
    ///
    /// # Errors
    /// [`Error`].
    pub fn whole_batch_by_hash(&self, sha256: &[u8; 32]) -> Result<Option<Census>, Error> {
        let mut statement = self.connection.prepare(&format!(
            "{CENSUS} WHERE sha256 = :sha256 AND left_out_rows = 0 ORDER BY batches.id DESC LIMIT 1"
        ))?;
        let mut rows = statement.query(named_params! { ":sha256": sha256 })?;
        rows.next()?.map(read_census).transpose()
    }

    /// Finds an imported file by its number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn batch(&self, id: i64) -> Result<Option<Census>, Error> {
        let mut statement = self.connection.prepare(&format!("{CENSUS} WHERE batches.id = :id AND {IN_SCOPE}"))?;
        let mut rows = statement.query(named_params! { ":id": id, ":scope": self.scope.listed() })?;
        rows.next()?.map(read_census).transpose()
    }

    /// Finds an imported file by its number, without counting its keys, whatever the scope.
    ///
    /// # Errors
    /// [`Error`].
    pub fn batch_alone(&self, id: i64) -> Result<Option<Batch>, Error> {
        let mut statement =
            self.connection.prepare_cached(concat!("SELECT ", columns!(), closed!(), " WHERE batches.id = :id"))?;
        let mut rows = statement.query(named_params! { ":id": id })?;
        rows.next()?.map(read).transpose()
    }

    /// Lists the imported files, the newest first.
    ///
    /// # Errors
    /// [`Error`].
    pub fn batches(&self) -> Result<Vec<Census>, Error> {
        let mut statement = self.connection.prepare(&format!("{CENSUS} WHERE {IN_SCOPE} ORDER BY batches.id DESC"))?;
        read_all(statement.query(named_params! { ":scope": self.scope.listed() })?, read_census)
    }

    /// Finds a batch that somebody began to take back, and of which something is left.
    ///
    /// # Errors
    /// [`Error`].
    pub fn batch_half_undone(&self, id: i64) -> Result<Option<Batch>, Error> {
        let mut statement = self.connection.prepare(&format!("{HALF_UNDONE} AND batches.id = :id"))?;
        let mut rows = statement.query(named_params! { ":id": id })?;
        rows.next()?.map(read).transpose()
    }

    /// Gives the first serials of a batch whose keys were ever out of the stock.
    ///
    /// # Errors
    /// [`Error`].
    pub fn serials_that_left_stock(&self, batch: i64, most: u32) -> Result<Vec<Serial>, Error> {
        let mut statement = self.connection.prepare(
            "SELECT serial FROM keys WHERE batch_id = :batch AND left_stock_at IS NOT NULL ORDER BY serial LIMIT :most",
        )?;
        read_all(statement.query(named_params! { ":batch": batch, ":most": most })?, |row| {
            Reader::of("keys", row).parse("serial")
        })
    }

    /// Lists the batches that are open: one that is being read, and those that a crash has left.
    ///
    /// # Errors
    /// [`Error`].
    pub fn open_batches(&self) -> Result<Vec<i64>, Error> {
        let mut statement = self.connection.prepare("SELECT id FROM batches WHERE is_open ORDER BY id")?;
        read_all(statement.query([])?, |row| Ok(row.get(0)?))
    }
}

impl Change<'_> {
    /// Opens a batch, without counts; gives its number. Neither it nor its keys are seen until it is closed.
    ///
    /// # Errors
    /// [`Error`].
    pub fn open_batch(&self, batch: &NewBatch<'_>, now: UtcTime) -> Result<i64, Error> {
        self.transaction.execute(
            "INSERT INTO batches (imported_at, file_name, sha256, format, establishment_id, operator_uid, operator_name,
                                  read_keys, new_keys, identical_keys, warnings, is_open)
             VALUES (:now, :file_name, :sha256, '', :establishment, :operator_uid, :operator_name, 0, 0, 0, 0, 1)",
            named_params! {
                ":now": now.epoch_seconds(),
                ":file_name": batch.file_name,
                ":sha256": batch.sha256,
                ":establishment": batch.establishment,
                ":operator_uid": batch.operator_uid,
                ":operator_name": batch.operator_name,
            },
        )?;
        Ok(self.transaction.last_insert_rowid())
    }

    /// Closes a batch of which all keys are in: from now on they are seen.
    ///
    /// # Errors
    /// [`Error`].
    pub fn close_batch(&self, id: i64, counts: &BatchCounts<'_>, now: UtcTime) -> Result<(), Error> {
        self.transaction.execute(
            "UPDATE batches SET imported_at = :now, format = :format, read_keys = :read, new_keys = :new,
                identical_keys = :identical, replaced_keys = :replaced, left_out_rows = :left_out, warnings = :warnings,
                in_clear = :in_clear, is_open = 0
             WHERE id = :id",
            named_params! {
                ":id": id,
                ":now": now.epoch_seconds(),
                ":format": counts.format,
                ":read": counts.read,
                ":new": counts.new,
                ":identical": counts.identical,
                ":replaced": counts.replaced,
                ":left_out": counts.left_out,
                ":warnings": counts.warnings,
                ":in_clear": counts.in_clear,
            },
        )?;
        Ok(())
    }

    /// Opens a batch again, to take it back: neither it nor its keys are seen any more.
    ///
    /// Activation codes that were for one of its keys, none of which may be of use any more, are for none from now on.
    ///
    /// # Errors
    /// [`Error`].
    pub fn reopen_batch(&self, id: i64) -> Result<(), Error> {
        self.transaction
            .execute("UPDATE batches SET is_open = 1 WHERE id = :id AND NOT is_open", named_params! { ":id": id })?;
        self.transaction.execute(
            "UPDATE activations SET key_id = NULL, state = iif(state = 'live', 'revoked', state)
             WHERE key_id IS NOT NULL AND EXISTS (SELECT 1 FROM keys WHERE keys.id = activations.key_id AND batch_id = :id)",
            named_params! { ":id": id },
        )?;
        Ok(())
    }

    /// Takes some keys of an open batch away; gives how many. What others were to become by it is forgotten.
    ///
    /// # Errors
    /// [`Error`]; a key that was used is never deleted.
    pub fn remove_keys_of_open_batch(&self, id: i64, most: i64) -> Result<usize, Error> {
        self.forget_replacements(id)?;
        Ok(self
            .transaction
            .prepare_cached(
                "DELETE FROM keys WHERE id IN (
                    SELECT keys.id FROM keys JOIN batches ON batches.id = keys.batch_id
                    WHERE batch_id = :batch AND is_open LIMIT :most)",
            )?
            .execute(named_params! { ":batch": id, ":most": most })?)
    }

    /// Takes an open batch away that has no keys any more. The number of one that was never closed is given again: nobody was
    /// told it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn remove_open_batch(&self, id: i64) -> Result<(), Error> {
        self.transaction.execute(
            "UPDATE sqlite_sequence SET seq = :id - 1
             WHERE name = 'batches' AND seq = :id AND EXISTS (SELECT 1 FROM batches WHERE id = :id AND format = '')",
            named_params! { ":id": id },
        )?;
        self.transaction.execute("DELETE FROM batches WHERE id = :id AND is_open", named_params! { ":id": id })?;
        Ok(())
    }
}

fn read_census(row: &Row<'_>) -> Result<Census, Error> {
    let reader = Reader::of("batches", row);
    let (keys, out): (i64, i64) = (reader.get("keys")?, reader.get("out_of_stock")?);
    Ok(Census { batch: read(row)?, keys, in_stock: keys.saturating_sub(out), left_stock: reader.get("left_stock")? })
}

fn read(row: &Row<'_>) -> Result<Batch, Error> {
    let reader = Reader::of("batches", row);
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
        replaced: reader.get("replaced_keys")?,
        left_out: reader.get("left_out_rows")?,
        warnings: reader.get("warnings")?,
        in_clear: reader.get("in_clear")?,
    })
}
