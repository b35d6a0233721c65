//! Answering with a list that may be long: each part is written before the next one is read.

use super::exit::Exit;
use super::failure::Failure;
use super::report::{Datum, List, Parts};
use super::session::Session;

impl Session<'_> {
    /// Writes a list, row by row as they come.
    ///
    /// # Errors
    /// What a row fails with; a failure when stdout cannot be written. A reader that went away has read what it wanted.
    pub fn report_each<T, E: Into<Failure>>(
        &mut self,
        list: List,
        rows: impl IntoIterator<Item = Result<T, E>>,
        data: impl Fn(&T) -> Vec<Datum>,
    ) -> Result<Exit, Failure> {
        self.report_parts(Parts::of(list), rows, data)
    }

    /// Writes a list, row by row as they come, perhaps with what stands before it.
    ///
    /// # Errors
    /// As [`Session::report_each`].
    pub fn report_parts<T, E: Into<Failure>>(
        &mut self,
        mut parts: Parts,
        rows: impl IntoIterator<Item = Result<T, E>>,
        data: impl Fn(&T) -> Vec<Datum>,
    ) -> Result<Exit, Failure> {
        let style = self.style();
        for row in rows {
            if parts.row(data(&row.map_err(Into::into)?)) {
                let part = parts.render(&self.words, &style);
                if !self.deliver(&part)? {
                    return Ok(Exit::Done);
                }
            }
        }
        let rest = parts.end(&self.words, &style);
        self.deliver(&rest)?;
        Ok(Exit::Done)
    }
}
