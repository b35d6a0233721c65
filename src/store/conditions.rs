//! The conditions of a statement: only those that are asked for, so that SQLite sees which index helps.

use rusqlite::{Connection, Row, ToSql};

use super::Error;
use super::row::read_all;

/// Conditions that all hold, with their values.
pub(super) struct Conditions<'f> {
    sql: String,
    values: Vec<(&'static str, Box<dyn ToSql + 'f>)>,
}

impl<'f> Conditions<'f> {
    /// Begins with one that is always there.
    pub fn new(first: &str) -> Self {
        Self { sql: first.to_owned(), values: Vec::new() }
    }

    /// Adds one.
    pub fn add(&mut self, condition: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
    }

    /// Adds one that compares with a value, if there is a value.
    pub fn add_with(&mut self, value: Option<impl ToSql + 'f>, name: &'static str, condition: &str) {
        if let Some(value) = value {
            self.add(condition);
            self.bind(name, value);
        }
    }

    /// Gives a value a name in whatever stands around the conditions.
    pub fn bind(&mut self, name: &'static str, value: impl ToSql + 'f) {
        self.values.push((name, Box::new(value)));
    }

    /// Gives the numbers of rows: `from` is what stands before the conditions, `order` what stands after them.
    ///
    /// # Errors
    /// [`Error`].
    pub fn numbers(&self, connection: &Connection, from: &str, order: &str) -> Result<Vec<i64>, Error> {
        let mut statement = connection.prepare(&format!("{from} WHERE {} {order}", self.sql))?;
        let values: Vec<(&str, &dyn ToSql)> = self.values.iter().map(|(name, value)| (*name, value.as_ref())).collect();
        read_all(statement.query(values.as_slice())?, |row: &Row<'_>| Ok(row.get(0)?))
    }
}
