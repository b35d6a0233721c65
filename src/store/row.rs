//! Reading columns as the values of the trade. What no version of the program wrote is an impossible row, never a wrong code.

use super::Error;
use crate::clock::UtcTime;
use rusqlite::types::FromSql;
use rusqlite::{Row, Rows};
use std::str::FromStr;

/// Reads all rows of a query.
pub(super) fn read_all<T>(mut rows: Rows<'_>, read: fn(&Row<'_>) -> Result<T, Error>) -> Result<Vec<T>, Error> {
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// A row of a table, whose columns are read by name.
pub(super) struct Reader<'row> {
    pub(super) table: &'static str,
    pub(super) row: &'row Row<'row>,
}

impl Reader<'_> {
    pub(super) fn get<T: FromSql>(&self, column: &'static str) -> Result<T, Error> {
        self.row.get(column).map_err(|_| self.impossible(column))
    }

    /// Reads a column by its place: to seek each by its name takes longer than to read a row.
    pub(super) fn at<T: FromSql>(&self, place: usize, column: &'static str) -> Result<T, Error> {
        self.row.get(place).map_err(|_| self.impossible(column))
    }

    pub(super) fn parse<T: FromStr>(&self, column: &'static str) -> Result<T, Error> {
        let text: String = self.get(column)?;
        text.parse().map_err(|_| self.impossible(column))
    }

    pub(super) fn parse_optional<T: FromStr>(&self, column: &'static str) -> Result<Option<T>, Error> {
        let text: Option<String> = self.get(column)?;
        text.map(|text| text.parse()).transpose().map_err(|_| self.impossible(column))
    }

    pub(super) fn time(&self, column: &'static str) -> Result<UtcTime, Error> {
        self.get(column).map(UtcTime::from_epoch)
    }

    pub(super) fn optional_time(&self, column: &'static str) -> Result<Option<UtcTime>, Error> {
        let seconds: Option<i64> = self.get(column)?;
        Ok(seconds.map(UtcTime::from_epoch))
    }

    /// Reads several values out of one text, with blanks between them.
    pub(super) fn parse_all<T: FromStr>(&self, column: &'static str) -> Result<Vec<T>, Error> {
        let text: Option<String> = self.get(column)?;
        let words = text.as_deref().unwrap_or_default().split_whitespace();
        words.map(|word| word.parse().map_err(|_| self.impossible(column))).collect()
    }

    pub(super) const fn impossible(&self, column: &'static str) -> Error {
        Error::Impossible { table: self.table, column }
    }
}
