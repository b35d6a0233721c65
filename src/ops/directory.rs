//! Establishments and users: one by one, or a list at a time, all or nothing.

use super::rows::AllOrNone;
use super::{Desk, Error};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::establishment::Uai;
use crate::store::{Change, View};
use crate::user::{Login, Name, User};

/// An establishment to be added.
#[derive(Clone, Debug)]
pub struct NewEstablishment {
    /// Its identifier.
    pub uai: Uai,
    /// What it is called.
    pub name: Name,
}

/// A user to be added.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// What he types.
    pub login: Login,
    /// What he is called.
    pub name: Name,
    /// The establishments he belongs to.
    pub establishments: Vec<Uai>,
}

/// A row of a list, with the line it stands on.
#[derive(Clone, Debug)]
pub struct Row<T> {
    /// The line, from 1.
    pub line: u64,
    /// What stands there.
    pub value: T,
}

/// What happens, or would happen, to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned {
    /// It is new and added.
    Added,
    /// It is there already, and the same.
    Identical,
}

/// Why a row can not be taken.
#[derive(Clone, Debug)]
pub enum RowProblem {
    /// The same identifier stands in the list before.
    Twice {
        /// The identifier.
        what: String,
        /// Where it stood first.
        first: u64,
    },
    /// It is there already, and not the same.
    Differs {
        /// The identifier.
        what: String,
    },
    /// Its establishment does not exist.
    UnknownEstablishment {
        /// The establishment.
        uai: Uai,
    },
}

/// What comes of a list: a plan for each row, or the rows that can not be taken.
pub type ListAnswer<T> = Result<Vec<(Row<T>, Planned)>, Vec<Row<RowProblem>>>;

/// Something that a list adds.
trait Entry: Sized + Clone {
    fn identifier(&self) -> String;
    fn plan(&self, view: View<'_>) -> Result<Result<Planned, RowProblem>, Error>;
    fn add(&self, change: &Change<'_>, now: crate::clock::UtcTime) -> Result<Event, Error>;
}

impl Desk<'_> {
    /// Adds an establishment.
    ///
    /// # Errors
    /// [`Error::EstablishmentExists`].
    pub fn add_establishment(&mut self, new: &NewEstablishment) -> Result<(), Error> {
        let now = self.now();
        self.store.change(now, |change| {
            if change.read().beyond_scope().establishment(&new.uai)?.is_some() {
                return Err(Error::EstablishmentExists(new.uai.clone()));
            }
            Ok(((), Events::one(new.add(change, now)?)))
        })
    }

    /// Gives an establishment another name; gives the one of before. With the name that it has nothing is changed.
    ///
    /// # Errors
    /// [`Error::UnknownEstablishment`].
    pub fn rename_establishment(&mut self, uai: &Uai, name: &Name) -> Result<Name, Error> {
        let now = self.now();
        let find = |view: View<'_>| view.establishment(uai)?.ok_or_else(|| Error::UnknownEstablishment(uai.clone()));
        let known = find(self.store.read())?;
        if known.name == *name {
            return Ok(known.name);
        }
        self.store.change(now, |change| {
            let known = find(change.read())?;
            change.rename_establishment(known.id, name)?;
            let subject = Subject { establishment: Some(known.uai), ..Subject::default() };
            Ok((known.name, Events::one(Event::new(Action::EstablishmentRename, Outcome::Done).about(subject))))
        })
    }

    /// Adds a user.
    ///
    /// # Errors
    /// [`Error::UserExists`], [`Error::UnknownEstablishment`].
    pub fn add_user(&mut self, new: &NewUser) -> Result<(), Error> {
        let now = self.now();
        self.store.change(now, |change| {
            // Also when he does not exist for this operator: two users cannot have one login.
            if change.read().beyond_scope().user(&new.login)?.is_some() {
                return Err(Error::UserExists(new.login.clone()));
            }
            Ok(((), Events::one(new.add(change, now)?)))
        })
    }

    /// Adds a list of establishments, all or nothing.
    ///
    /// # Errors
    /// [`Error`]; rows that can not be taken are an answer, and nothing is changed.
    pub fn import_establishments(
        &mut self,
        rows: Vec<Row<NewEstablishment>>,
        dry_run: bool,
    ) -> Result<ListAnswer<NewEstablishment>, Error> {
        self.import_list(rows, dry_run)
    }

    /// Adds a list of users, all or nothing.
    ///
    /// # Errors
    /// [`Error`]; rows that can not be taken are an answer, and nothing is changed.
    pub fn import_users(&mut self, rows: Vec<Row<NewUser>>, dry_run: bool) -> Result<ListAnswer<NewUser>, Error> {
        self.import_list(rows, dry_run)
    }

    /// Lets users log in, or not, all or none. As a trial, all is done and taken back.
    ///
    /// # Errors
    /// [`Error`]; what is wrong with the users is an answer.
    pub fn enable_users(
        &mut self,
        users: &[Row<Login>],
        enabled: bool,
        is_trial: bool,
    ) -> Result<AllOrNone<Login>, Error> {
        let action = if enabled { Action::UserEnable } else { Action::UserDisable };
        self.each(users, is_trial, |change, login| {
            let user = change.read().user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
            change.set_user_enabled(user.id, enabled)?;
            let owned = if enabled { Vec::new() } else { change.read().keys_of_user(user.id)? };
            for key in owned {
                change.drop_tickets(key.row)?;
            }
            let event = Event::new(action, Outcome::Done).about(about(&user));
            Ok((user.login, vec![event]))
        })
    }

    fn import_list<T: Entry>(&mut self, rows: Vec<Row<T>>, dry_run: bool) -> Result<ListAnswer<T>, Error> {
        let now = self.now();
        let problems = match self.plan_list(&rows)? {
            Ok(plan) if dry_run => return Ok(Ok(rows.into_iter().zip(plan).collect())),
            Ok(_) => Vec::new(),
            Err(problems) => problems,
        };
        if !problems.is_empty() {
            return Ok(Err(problems));
        }
        // Looked at again within the change: what stands now decides.
        let plan = self.store.change::<_, Error>(now, |change| {
            let mut events = Vec::new();
            let mut plan = Vec::new();
            for row in &rows {
                match row.value.plan(change.read())? {
                    Ok(Planned::Added) => {
                        events.push(row.value.add(change, now)?);
                        plan.push(Planned::Added);
                    }
                    Ok(Planned::Identical) => plan.push(Planned::Identical),
                    Err(_) => return Err(Error::Store(crate::store::Error::Busy)),
                }
            }
            Ok((plan, Events::all(events)))
        })?;
        Ok(Ok(rows.into_iter().zip(plan).collect()))
    }

    fn plan_list<T: Entry>(&self, rows: &[Row<T>]) -> Result<Result<Vec<Planned>, Vec<Row<RowProblem>>>, Error> {
        let mut first_lines = std::collections::HashMap::new();
        let mut plan = Vec::new();
        let mut problems = Vec::new();
        for row in rows {
            let what = row.value.identifier();
            let first = *first_lines.entry(what.clone()).or_insert(row.line);
            let planned = if first == row.line {
                row.value.plan(self.store.read())?
            } else {
                Err(RowProblem::Twice { what, first })
            };
            match planned {
                Ok(planned) => plan.push(planned),
                Err(problem) => problems.push(Row { line: row.line, value: problem }),
            }
        }
        Ok(if problems.is_empty() { Ok(plan) } else { Err(problems) })
    }
}

impl Entry for NewEstablishment {
    fn identifier(&self) -> String {
        self.uai.to_string()
    }

    fn plan(&self, view: View<'_>) -> Result<Result<Planned, RowProblem>, Error> {
        Ok(match view.establishment(&self.uai)? {
            None => Ok(Planned::Added),
            Some(known) if known.name == self.name => Ok(Planned::Identical),
            Some(_) => Err(RowProblem::Differs { what: self.identifier() }),
        })
    }

    fn add(&self, change: &Change<'_>, now: crate::clock::UtcTime) -> Result<Event, Error> {
        change.add_establishment(&self.uai, &self.name, now)?;
        let subject = Subject { establishment: Some(self.uai.clone()), ..Subject::default() };
        Ok(Event::new(Action::EstablishmentAdd, Outcome::Done).about(subject))
    }
}

impl Entry for NewUser {
    fn identifier(&self) -> String {
        self.login.folded()
    }

    fn plan(&self, view: View<'_>) -> Result<Result<Planned, RowProblem>, Error> {
        for uai in &self.establishments {
            if view.establishment(uai)?.is_none() {
                return Ok(Err(RowProblem::UnknownEstablishment { uai: uai.clone() }));
            }
        }
        let mut wanted = self.establishments.clone();
        wanted.sort_unstable();
        wanted.dedup();
        // As he is seen: of the establishments that he belongs to besides, a list can not know.
        Ok(match view.user(&self.login)? {
            Some(known) if known.name == self.name && known.establishments == wanted => Ok(Planned::Identical),
            None if view.beyond_scope().user(&self.login)?.is_none() => Ok(Planned::Added),
            _ => Err(RowProblem::Differs { what: self.login.to_string() }),
        })
    }

    fn add(&self, change: &Change<'_>, now: crate::clock::UtcTime) -> Result<Event, Error> {
        let user = change.add_user(&self.login, &self.name, now)?;
        for uai in &self.establishments {
            let known = change.read().establishment(uai)?;
            let known = known.ok_or_else(|| Error::UnknownEstablishment(uai.clone()))?;
            change.add_membership(user, known.id)?;
        }
        let subject =
            Subject { establishment: self.establishments.first().cloned(), user: Some(user), ..Subject::default() };
        Ok(Event::new(Action::UserAdd, Outcome::Done).about(subject))
    }
}

fn about(user: &User) -> Subject {
    Subject { establishment: user.establishments.first().cloned(), user: Some(user.id), ..Subject::default() }
}
