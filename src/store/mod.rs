//! The SQLite database, and SQL only here: one file a noun.
//!
//! [`Store::change`] is the only way to write, and takes the events of the change: they commit with the rows. All writers
//! begin IMMEDIATE; a commit is on disk when it returns (WAL with `synchronous=FULL`), but for the parts of an open import.

mod activations;
mod attempts;
mod audit;
mod backup;
mod batches;
#[cfg(test)]
pub mod behind;
mod checks;
mod clocks;
mod conditions;
mod database;
mod diagnoses;
mod emergencies;
mod error;
mod establishments;
mod floods;
mod health;
mod keys;
mod leavers;
mod log;
mod operators;
mod purge;
mod restore;
mod row;
mod schema;
mod stock;
mod tickets;
mod upkeep;
mod users;
mod vault_key;

pub use activations::{NewActivation, Proof};
pub use attempts::{Counted, Tried};
pub use audit::{Filter as AuditFilter, Link};
pub use backup::{Contents, copy_closed, fold};
pub use batches::{BatchCounts, NewBatch};
pub use checks::{Checks, Span as CheckSpan};
pub use clocks::WrongClock;
pub use database::Database;
pub use diagnoses::{Display, Looks};
pub use emergencies::NewEmergency;
pub use error::Error;
pub use health::{Access, Dangling, Examination};
pub use keys::{Filter as KeyFilter, KeyAdder, KnownKey, NewKey, NewPinMode, Order as KeyOrder, Secrets, Spending};
pub use operators::NewMandate;
pub use purge::WATCHED;
pub use restore::{Comparison, Ended, Hold, compare};
pub use schema::Differences;
pub use stock::Heap;
pub use tickets::{NewTicket, Purpose, Ticket};
pub use upkeep::{Patience, Waiting};
pub use vault_key::Wrapping;

use crate::audit::{Events, Seal};
use crate::clock::{Clock, UtcTime};
use crate::establishment::Uai;
use crate::operator::{Mandate, Operator, Scope, Via};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::time::Duration;

/// How long a writer waits for another one.
const BUSY_TIMEOUT: Duration = Duration::from_secs(3);
/// How much of the database SQLite keeps in memory for a change of many rows, in KiB; it is 2 MiB else.
const ROOM_FOR_MANY_ROWS: i64 = 16 * 1024;
/// How long a command may take in all before it gives up with nothing changed: less than any login server waits.
const DEADLINE: Duration = Duration::from_secs(5);

/// The open database, with what chains its events and who answers for them.
pub struct Store<'host> {
    connection: Connection,
    seal: &'host dyn Seal,
    clock: &'host dyn Clock,
    operator: Operator,
    scope: Scope,
    deadline: Option<Duration>,
}

impl<'host> Store<'host> {
    /// Takes an open database, in which everything exists for the operator until it is [limited](Store::limit).
    pub fn new(database: Database, seal: &'host dyn Seal, clock: &'host dyn Clock, operator: Operator) -> Self {
        let connection = database.into_connection();
        Self { connection, seal, clock, operator, scope: Scope::All, deadline: None }
    }

    /// Gives up every change that is not committed 5 seconds from now.
    pub fn start_deadline(&mut self) {
        self.deadline = Some(self.clock.uptime().saturating_add(DEADLINE));
    }

    /// Gives SQLite room for the pages of a change of many rows, or each would be written and read again several times.
    ///
    /// # Errors
    /// [`Error`].
    pub fn expect_many_rows(&self) -> Result<(), Error> {
        Ok(self.connection.pragma_update(None, "cache_size", -ROOM_FOR_MANY_ROWS)?)
    }

    /// Says whether changes are on disk when they return, as they are from the beginning. Those of an open batch need not be: what
    /// a crash takes back of them nobody was told of, and the change that closes the batch takes them all to the disk.
    ///
    /// # Errors
    /// [`Error`].
    pub fn set_durable(&self, durable: bool) -> Result<(), Error> {
        let synchronous = if durable { "FULL" } else { "NORMAL" };
        Ok(self.connection.pragma_update(None, "synchronous", synchronous)?)
    }

    /// Lets exist what lies within a scope alone, and tells the audit how the operator came here.
    pub fn limit(&mut self, scope: Scope, via: Via) {
        self.scope = scope;
        self.operator.via = via;
    }

    /// Gives who answers for the changes.
    pub const fn operator(&self) -> &Operator {
        &self.operator
    }

    /// Tells whether the vault has sealed a mandate.
    pub fn vouches_for(&self, mandate: &Mandate) -> bool {
        mandate.bears_seal_of(self.seal)
    }

    /// Reads.
    pub const fn read(&self) -> View<'_> {
        View { connection: &self.connection, scope: &self.scope }
    }

    /// Reads many things as they stand at one moment, which also takes less time than one by one.
    ///
    /// # Errors
    /// What the body returns; [`Error`] when the database can not be read.
    pub fn read_at_once<T, E: From<Error>>(&self, body: impl FnOnce(View<'_>) -> Result<T, E>) -> Result<T, E> {
        self.read().at_once(body)
    }

    /// Makes one change: rows and events, all or nothing, on disk when it returns.
    ///
    /// # Errors
    /// What the body returns, with nothing changed; [`Error`] when the database can not be written, or not in time.
    pub fn change<T, E: From<Error>>(
        &mut self,
        now: UtcTime,
        body: impl FnOnce(&Change<'_>) -> Result<(T, Events), E>,
    ) -> Result<T, E> {
        self.check_deadline()?;
        self.erase_whoever_is_due(now);
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Error::from)?;
        let change = Change { transaction, scope: &self.scope, seal: self.seal };
        let (value, events) = body(&change)?;
        audit::append(&change.transaction, now, &self.operator, &events, self.seal)?;
        let late = self.deadline.is_some_and(|deadline| self.clock.uptime() > deadline);
        if late {
            return Err(Error::Busy.into());
        }
        change.transaction.commit().map_err(Error::from)?;
        Ok(value)
    }

    fn check_deadline(&self) -> Result<(), Error> {
        match self.deadline {
            Some(deadline) if self.clock.uptime() > deadline => Err(Error::Busy),
            _ => Ok(()),
        }
    }
}

/// The database to be read: what lies outside the operator's scope is not found, whoever looks for it by whatever name.
#[derive(Clone, Copy)]
pub struct View<'connection> {
    connection: &'connection Connection,
    scope: &'connection Scope,
}

impl View<'_> {
    /// Tells whether everything exists for this operator, the stock of the academy too.
    pub const fn sees_all(self) -> bool {
        matches!(self.scope, Scope::All)
    }

    /// Tells whether an establishment exists for this operator.
    pub fn covers(self, uai: &Uai) -> bool {
        self.scope.covers(uai)
    }

    /// Reads many things as they stand at one moment; within a change, or within such a moment, it is that one.
    ///
    /// # Errors
    /// As [`Store::read_at_once`].
    fn at_once<T, E: From<Error>>(self, body: impl FnOnce(Self) -> Result<T, E>) -> Result<T, E> {
        let begun = self.connection.is_autocommit().then(|| self.connection.unchecked_transaction()).transpose();
        let _moment = begun.map_err(Error::from)?;
        body(self)
    }

    /// Tells the number of the database.
    ///
    /// # Errors
    /// [`Error`].
    pub fn database_id(&self) -> Result<[u8; 16], Error> {
        Ok(self.connection.query_row("SELECT database_id FROM meta", [], |row| row.get(0))?)
    }

    /// Looks beyond the scope: for what is to be decided by all that there is, and for names that must be nobody's before they can be given.
    pub const fn beyond_scope(self) -> Self {
        Self { scope: &Scope::All, ..self }
    }
}

/// The database within a change.
pub struct Change<'connection> {
    transaction: Transaction<'connection>,
    scope: &'connection Scope,
    seal: &'connection dyn Seal,
}

impl Change<'_> {
    /// Does a part that may fail alone: then its rows are taken back, and the rest of the change stands.
    ///
    /// # Errors
    /// [`Error`] when the whole change cannot go on, as after a full disk.
    pub fn apart<T, E>(&self, part: impl FnOnce() -> Result<T, E>) -> Result<Result<T, E>, Error> {
        let say = |statement| Ok::<_, Error>(self.transaction.prepare_cached(statement)?.execute([])?);
        say("SAVEPOINT part")?;
        let done = part();
        if done.is_err() {
            say("ROLLBACK TO part")?;
        }
        say("RELEASE part")?;
        Ok(done)
    }

    /// Has this change go to the disk as the others do, though it may have nothing to say: a page is written as it is.
    ///
    /// # Errors
    /// [`Error`].
    pub fn write_anyway(&self) -> Result<(), Error> {
        Ok(self.transaction.pragma_update(None, "application_id", database::APPLICATION_ID)?)
    }

    /// Reads what stands, this change's own rows included.
    pub fn read(&self) -> View<'_> {
        View { connection: &self.transaction, scope: self.scope }
    }
}

#[cfg(test)]
mod tests;
