//! How many keys there are, by where they are, what they are and how they stand: counted by SQLite.

use super::keys::within;
use super::row::{Reader, read_all};
use super::{Error, View};
use crate::establishment::Uai;
use crate::key::State;
use rusqlite::{Row, named_params};

/// Keys that are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heap {
    /// The establishment that holds them; none is the academy, or one beyond the scope.
    pub establishment: Option<Uai>,
    /// What kind they are.
    pub model: Option<String>,
    /// How they stand.
    pub state: State,
    /// How many they are.
    pub keys: i64,
}

/// From `keys_by_batch` alone, in its order: groups of groups, so that the batch of a key is looked at once for thousands.
const ALL: &str = "SELECT uai, model, state, sum(found) AS keys
    FROM (SELECT batch_id, establishment_id, model, state, count(*) AS found
          FROM keys GROUP BY batch_id, establishment_id, model, state) AS counted
        LEFT JOIN establishments ON establishments.id = establishment_id
    WHERE :scope IS NULL AND NOT EXISTS (SELECT 1 FROM batches WHERE batches.id = counted.batch_id AND is_open)
    GROUP BY uai, model, state ORDER BY uai, model";

/// Those of a scope, by ways that end in its own keys. Which other establishment holds a key that came with its user stays untold;
/// the two ends of a parcel know each other.
const OWN: &str = concat!(
    "SELECT place AS uai, model, state, count(*) AS keys
    FROM (SELECT iif(shipped_at IS NOT NULL OR instr(:scope, uai) > 0, uai, NULL) AS place, model, state
          FROM keys LEFT JOIN establishments ON establishments.id = keys.establishment_id
          WHERE ",
    within!(),
    " AND batch_id NOT IN (SELECT id FROM batches WHERE is_open))
    GROUP BY place, model, state ORDER BY place, model"
);

impl View<'_> {
    /// Counts the keys by establishment, model and state, those of the academy first.
    ///
    /// # Errors
    /// [`Error`].
    pub fn stock(&self) -> Result<Vec<Heap>, Error> {
        let mut statement = self.connection.prepare(if self.sees_all() { ALL } else { OWN })?;
        read_all(statement.query(named_params! { ":scope": self.scope.listed() })?, read)
    }
}

fn read(row: &Row<'_>) -> Result<Heap, Error> {
    let reader = Reader::of("keys", row);
    Ok(Heap {
        establishment: reader.parse_optional("uai")?,
        model: reader.get("model")?,
        state: reader.parse("state")?,
        keys: reader.get("keys")?,
    })
}
