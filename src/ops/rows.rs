//! One thing done to each row of a list: to all of them or to none.

use super::directory::Row;
use super::{Desk, Error};
use crate::audit::{Event, Events};
use crate::store::{self, Change};

/// What came of it: something for each row, or the rows that can not be taken, and then none was.
pub type AllOrNone<R> = Result<Vec<R>, Vec<Row<Error>>>;

/// What is done to a row gives, and the events that tell of it.
pub(super) type Done<R> = (R, Vec<Event>);

/// Why a change is taken back.
enum Stopped<R> {
    Failed(Error),
    Refused(Vec<Row<Error>>),
    Tried(Vec<R>),
}

impl<R> From<store::Error> for Stopped<R> {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl Desk<'_> {
    /// Does something to each row within one change. As a trial, all is done and taken back.
    ///
    /// # Errors
    /// [`Error`] of what concerns no row; what is wrong with the rows is an answer.
    pub(super) fn each<'r, T: 'r, R, E: IntoIterator<Item = Event>>(
        &mut self,
        rows: impl IntoIterator<Item = &'r Row<T>>,
        is_trial: bool,
        mut act: impl FnMut(&Change<'_>, &T) -> Result<(R, E), Error>,
    ) -> Result<AllOrNone<R>, Error> {
        let now = self.now();
        let changed = self.store.change(now, |change| {
            let (mut events, mut done, mut refused) = (Vec::new(), Vec::new(), Vec::new());
            for row in rows {
                match act(change, &row.value) {
                    Ok((result, told)) => {
                        done.push(result);
                        events.extend(told);
                    }
                    Err(error) if error.is_about_a_row() => refused.push(Row { line: row.line, value: error }),
                    Err(error) => return Err(Stopped::Failed(error)),
                }
            }
            match (refused.is_empty(), is_trial) {
                (false, _) => Err(Stopped::Refused(refused)),
                (true, true) => Err(Stopped::Tried(done)),
                (true, false) => Ok((done, Events::all(events))),
            }
        });
        match changed {
            Ok(done) | Err(Stopped::Tried(done)) => Ok(Ok(done)),
            Err(Stopped::Refused(refused)) => Ok(Err(refused)),
            Err(Stopped::Failed(error)) => Err(error),
        }
    }
}
