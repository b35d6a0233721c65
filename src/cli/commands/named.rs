//! The users and keys that a command line names, one by one or in a list, and what is told of them.

use super::list_import::{refuse, warn_of_ignored};
use crate::cli::args::{FileOrStdin, KeyChoice, KeyReplace, Logins};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::people_list::{self, Finding, Findings, PeopleList};
use crate::cli::report::{Answer, Datum, Format, List};
use crate::cli::session::Session;
use crate::key::Serial;
use crate::ops::{AllOrNone, Desk, Error, Exchange, Row};
use crate::user::Login;
use std::collections::HashSet;

/// Users or keys, and what is wrong with the list that they stand in.
pub struct Named<'c, T> {
    list: Option<&'c FileOrStdin>,
    /// Each once.
    pub rows: Vec<Row<T>>,
    findings: Findings,
    /// Nothing is to be changed.
    dry_run: bool,
}

/// Finds out which users are meant.
///
/// # Errors
/// A failure of the list.
pub fn users<'c>(session: &mut Session<'_>, choice: &'c Logins) -> Result<Named<'c, Login>, Failure> {
    let from = choice.from.as_ref();
    named(session, from, &choice.logins, choice.dry_run, people_list::logins, Login::folded)
}

/// Finds out which keys are meant, but those of a range.
///
/// # Errors
/// A failure of the list.
pub fn keys<'c>(session: &mut Session<'_>, choice: &'c KeyChoice) -> Result<Named<'c, Serial>, Failure> {
    let from = choice.from.as_ref();
    named(session, from, &choice.serials, choice.dry_run, people_list::serials, Serial::to_string)
}

/// Finds out which keys take the places of which.
///
/// # Errors
/// A failure of the list.
pub fn exchanges<'c>(session: &mut Session<'_>, choice: &'c KeyReplace) -> Result<Named<'c, Exchange>, Failure> {
    let pair = choice.old.clone().zip(choice.new.clone()).map(|(old, new)| Exchange { old, new });
    let given: Vec<Exchange> = pair.into_iter().collect();
    let old = |exchange: &Exchange| exchange.old.to_string();
    named(session, choice.from.as_ref(), &given, choice.dry_run, people_list::exchanges, old)
}

/// Reads the logins of a list.
///
/// # Errors
/// A failure of the list.
pub fn users_of_list<'c>(session: &mut Session<'_>, list: &'c FileOrStdin) -> Result<Named<'c, Login>, Failure> {
    named(session, Some(list), &[], false, people_list::logins, Login::folded)
}

fn named<'c, T: Clone>(
    session: &mut Session<'_>,
    from: Option<&'c FileOrStdin>,
    given: &[T],
    dry_run: bool,
    read: fn(&[u8]) -> PeopleList<T>,
    name: fn(&T) -> String,
) -> Result<Named<'c, T>, Failure> {
    let (mut rows, findings) = match from {
        None => (unnumbered(given.to_vec()), Findings::default()),
        Some(file) => {
            let list = read(&session.read_list(file)?);
            warn_of_ignored(session, &list);
            (list.rows, list.findings)
        }
    };
    let mut seen = HashSet::new();
    rows.retain(|row| seen.insert(name(&row.value)));
    Ok(Named { list: from, rows, findings, dry_run })
}

/// Gives what was named outside of a list.
fn unnumbered<T>(values: Vec<T>) -> Vec<Row<T>> {
    values.into_iter().map(|value| Row { line: 0, value }).collect()
}

impl Named<'_, Serial> {
    /// Takes the keys of a range, if one is named.
    ///
    /// # Errors
    /// A failure when one of its ends does not exist.
    pub fn add_range(&mut self, desk: &Desk<'_>, choice: &KeyChoice) -> Result<(), Failure> {
        if let Some(range) = &choice.range {
            self.rows = unnumbered(desk.keys_between(range)?);
        }
        Ok(())
    }
}

impl<T> Named<'_, T> {
    /// Tells whether nothing is to be changed: with a wrong cell nothing is, but what else is wrong is told too.
    pub fn is_trial(&self) -> bool {
        self.dry_run || self.has_wrong_cells()
    }

    /// Tells whether what was tried can be done: all rows can be taken, and no cell was wrong.
    pub fn is_feasible<R>(&self, tried: &AllOrNone<R>) -> bool {
        tried.is_ok() && !self.has_wrong_cells()
    }

    /// Tells whether cells of the list could not be read.
    fn has_wrong_cells(&self) -> bool {
        !self.findings.is_empty()
    }

    /// Gives what was done, or tells why nothing was.
    ///
    /// # Errors
    /// What is wrong: with the first that was named, or with the list.
    pub fn settle<R>(
        self,
        session: &mut Session<'_>,
        schema: &'static str,
        answered: AllOrNone<R>,
    ) -> Result<Vec<R>, Failure> {
        let mut findings = self.findings;
        match (answered, self.list) {
            (Ok(done), _) if findings.is_empty() => Ok(done),
            (Err(refused), None) => Err(refused.into_iter().next().map_or(Error::Broken, |row| row.value).into()),
            (answered, list) => {
                answered.err().into_iter().flatten().for_each(|row| findings.push(Finding::from(row)));
                Err(refuse(session, schema, list.unwrap_or(&FileOrStdin::Stdin), findings, self.dry_run))
            }
        }
    }
}

/// How something that was done to users or keys is told.
pub struct Telling<R> {
    /// The schema of the answer.
    pub schema: &'static str,
    /// The field of what was done, and a datum of it, for machines.
    pub field: (&'static str, fn(&R) -> Datum),
    /// What is said of one.
    pub one: fn(Answer, &R) -> Answer,
    /// What is said of as many as a list has.
    pub many: &'static str,
    /// The columns of a list, and a row of it.
    pub columns: &'static [&'static str],
    /// A row.
    pub row: fn(&R) -> Vec<Datum>,
}

impl Telling<Login> {
    /// How it is told where a login says it all.
    pub const fn of_logins(schema: &'static str, one: fn(Answer, &Login) -> Answer, many: &'static str) -> Self {
        Self {
            schema,
            field: ("logins", |login| Datum::of(login)),
            one,
            many,
            columns: &["login"],
            row: |login| vec![Datum::of(login)],
        }
    }
}

/// Does something to each of the users that are named, all or none, and tells it.
///
/// # Errors
/// [`Failure`].
pub fn do_to_users<R>(
    session: &mut Session<'_>,
    choice: &Logins,
    telling: &Telling<R>,
    deed: impl FnOnce(&mut Desk<'_>, &[Row<Login>], bool) -> Result<AllOrNone<R>, Error>,
) -> Result<Exit, Failure> {
    let named = users(session, choice)?;
    session.at_desk(|desk, session| {
        let answer = deed(desk, &named.rows, named.is_trial())?;
        let done = named.settle(session, telling.schema, answer)?;
        let deeds = Deeds { done: &done, are_many: choice.from.is_some(), dry_run: choice.dry_run };
        tell(session, telling, &deeds)?;
        Ok(Exit::Done)
    })
}

/// What was done, and how the things were named that it was done to.
pub struct Deeds<'d, R> {
    /// What was done.
    pub done: &'d [R],
    /// They stood in a list, or came in a range.
    pub are_many: bool,
    /// It was a trial.
    pub dry_run: bool,
}

/// Tells what was done: each in a sentence, those of a list in a table.
///
/// # Errors
/// A failure of stdout.
pub fn tell<R>(session: &mut Session<'_>, telling: &Telling<R>, deeds: &Deeds<'_, R>) -> Result<(), Failure> {
    let (name, datum) = telling.field;
    let answer = Answer::new(telling.schema).field("dry_run", deeds.dry_run);
    let mut answer = answer.field(name, deeds.done.iter().map(datum).collect::<Vec<_>>());
    if !deeds.dry_run && !deeds.are_many {
        return session.report(deeds.done.iter().fold(answer, telling.one));
    }
    let sentence = if deeds.dry_run { "would-be-done" } else { telling.many };
    answer = answer.sentence(sentence, &[("count", deeds.done.len().into())]);
    // Machines have been given the same as a field.
    if matches!(session.options.output_format, Format::Table | Format::Csv) {
        let mut list = List::new(name, telling.columns);
        deeds.done.iter().for_each(|done| list.row((telling.row)(done)));
        answer = answer.list(list);
    }
    session.report(answer)
}
