//! Reading columns as the values of the trade. What no version of the program wrote is an impossible row, never a wrong code.

use super::Error;
use crate::clock::UtcTime;
use rusqlite::types::FromSql;
use rusqlite::{Row, Rows, Statement};
use std::cell::Cell;
use std::str::FromStr;

/// Reads all rows of a query.
pub(super) fn read_all<T>(mut rows: Rows<'_>, read: fn(&Row<'_>) -> Result<T, Error>) -> Result<Vec<T>, Error> {
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// A row of a table, whose columns are read by name. Each is sought from the last one on: where they are read in the order in which
/// they are listed, a name costs one comparison, and not all that stand before it.
pub(super) struct Reader<'row> {
    table: &'static str,
    row: &'row Row<'row>,
    next: Cell<usize>,
}

impl<'row> Reader<'row> {
    pub(super) const fn of(table: &'static str, row: &'row Row<'row>) -> Self {
        Self { table, row, next: Cell::new(0) }
    }

    pub(super) fn get<T: FromSql>(&self, column: &'static str) -> Result<T, Error> {
        let place = self.place(column).ok_or_else(|| self.impossible(column))?;
        self.get_at(place, column)
    }

    /// Reads a column by its place, where so many rows are read that names cost too much.
    pub(super) fn get_at<T: FromSql>(&self, place: usize, column: &'static str) -> Result<T, Error> {
        self.row.get(place).map_err(|_| self.impossible(column))
    }

    fn place(&self, column: &str) -> Option<usize> {
        let statement: &Statement<'_> = self.row.as_ref();
        let (next, columns) = (self.next.get(), statement.column_count());
        let is_it = |place: &usize| statement.column_name(*place).is_ok_and(|name| name == column);
        let found = (next..columns).chain(0..next).find(is_it)?;
        self.next.set(found.saturating_add(1));
        Some(found)
    }

    pub(super) fn parse<T: FromStr>(&self, column: &'static str) -> Result<T, Error> {
        let text: String = self.get(column)?;
        text.parse().map_err(|_| self.impossible(column))
    }

    pub(super) fn parse_optional<T: FromStr>(&self, column: &'static str) -> Result<Option<T>, Error> {
        let text: Option<String> = self.get(column)?;
        text.map(|text| text.parse()).transpose().map_err(|_| self.impossible(column))
    }

    /// Reads what is under a MAC as its value is written: the text must be that one, and not another that means the same.
    pub(super) fn exactly<T: FromStr>(
        &self,
        column: &'static str,
        text_of: fn(&T) -> &str,
    ) -> Result<Option<T>, Error> {
        let text: Option<String> = self.get(column)?;
        let read = |text: String| text.parse().ok().filter(|value| text_of(value) == text);
        text.map(|text| read(text).ok_or_else(|| self.impossible(column))).transpose()
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
