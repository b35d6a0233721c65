//! An imported file as a row of a list.

use crate::batch::Census;
use crate::cli::report::{Datum, List};
use data_encoding::HEXLOWER;

const COLUMNS: &[&str] = &[
    "id",
    "imported_at",
    "file",
    "sha256",
    "format",
    "establishment",
    "operator",
    "read",
    "new",
    "identical",
    "replaced",
    "left_out",
    "warnings",
    "in_stock",
    "left_stock",
];

/// Begins a list of batches.
pub fn list() -> List {
    List::new("batches", COLUMNS).showing(&["id", "imported_at", "file", "format", "new", "in_stock"])
}

/// Writes a batch as a row of it.
pub fn of(batch: &Census) -> Vec<Datum> {
    fields(batch).into_iter().map(|(_, datum)| datum).collect()
}

/// Gives what is known of a batch, each with its name.
pub fn fields(census: &Census) -> Vec<(&'static str, Datum)> {
    let batch = &census.batch;
    let data = [
        batch.id.into(),
        batch.imported_at.into(),
        batch.file_name.as_str().into(),
        HEXLOWER.encode(&batch.sha256).into(),
        batch.format.as_str().into(),
        Datum::maybe(batch.establishment.as_ref()),
        batch.operator_name.as_str().into(),
        batch.read.into(),
        batch.new.into(),
        batch.identical.into(),
        batch.replaced.into(),
        batch.left_out.into(),
        batch.warnings.into(),
        census.in_stock.into(),
        census.left_stock.into(),
    ];
    COLUMNS.iter().copied().zip(data).collect()
}
