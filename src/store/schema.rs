//! Comparing the schema of a file with the one that this program makes.

use super::Error;
use super::database::lay_schema;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// In what a schema is not the program's: names of tables, indexes, triggers and views.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Those that were dropped.
    pub missing: Vec<String>,
    /// Those that read otherwise.
    pub changed: Vec<String>,
    /// Those that the program does not make.
    pub added: Vec<String>,
}

impl Differences {
    /// Tells whether there are none.
    pub const fn are_none(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.added.is_empty()
    }
}

/// Compares the schema of a database, which has the newest number, with what the migrations make of an empty one.
pub(super) fn compare(connection: &Connection) -> Result<Differences, Error> {
    let model = Connection::open_in_memory()?;
    lay_schema(&model)?;
    let (mut found, wanted) = (read(connection)?, read(&model)?);
    let mut differences = Differences::default();
    for (object, sql) in wanted {
        match found.remove(&object) {
            None => differences.missing.push(object.name),
            Some(other) if other != sql => differences.changed.push(object.name),
            Some(_) => {}
        }
    }
    differences.added = found.into_keys().map(|object| object.name).collect();
    Ok(differences)
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Object {
    kind: String,
    name: String,
    table: String,
}

/// Reads what was made by a statement. SQLite itself makes the rest, and the tables of its statistics.
fn read(connection: &Connection) -> Result<BTreeMap<Object, Option<String>>, Error> {
    let mut statement = connection.prepare(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema
         WHERE name NOT IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4') AND name NOT LIKE 'sqlite!_autoindex!_%' ESCAPE '!'",
    )?;
    let objects = statement
        .query_map([], |row| Ok((Object { kind: row.get(0)?, name: row.get(1)?, table: row.get(2)? }, row.get(3)?)))?;
    Ok(objects.collect::<Result<_, _>>()?)
}
