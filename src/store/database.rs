//! Making and opening the database file: who wrote it, which schema, how it is to be used.

use super::{BUSY_TIMEOUT, Change, Error, NewMandate};
use crate::clock::UtcTime;
use crate::envelope::{Envelope, VaultKeyId};
use crate::operator::{Operator, Role};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, named_params};
use std::cell::Cell;
use std::path::Path;
use std::time::{Duration, Instant};

/// "clOT" in ASCII: tells our files from other programs'.
pub(super) const APPLICATION_ID: i64 = 0x636c_4f54;

/// How many compiled statements are kept: more than any procedure has. A check runs some 23 in turn; of fewer places, none would
/// ever find its own again.
const STATEMENTS_KEPT: usize = 64;

/// How often a waiting writer looks whether it is his turn.
const TURN: Duration = Duration::from_micros(250);

/// The migrations, in their order; the schema's version is their number. Append only: a released one never changes.
const MIGRATIONS: [&str; 1] = [include_str!("schema/001.sql")];

/// An open database file whose vault is still closed.
#[derive(Debug)]
pub struct Database {
    connection: Connection,
}

impl Database {
    /// Lays the schema into an empty file that the caller has made, private. Nothing opens it before it is [begun](Change::begin).
    ///
    /// # Errors
    /// [`Error`]; [`Error::Foreign`] when the file is not empty.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let mut database = Self { connection: connect(path)? };
        let tables: i64 = database.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if tables > 0 || database.application_id()? != 0 {
            return Err(Error::Foreign);
        }
        write_ahead(&database.connection)?;
        database.connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        database.migrate()?;
        Ok(database)
    }

    /// Opens a database, and brings an older schema up to date.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Damaged`], [`Error::Foreign`], [`Error::Newer`], and what the disk says.
    pub fn open(path: &Path) -> Result<Self, Error> {
        require_contents(path)?;
        let mut database = Self { connection: connect(path)? };
        if database.application_id()? != APPLICATION_ID {
            return Err(Error::Foreign);
        }
        // The first schema is laid before anything else: one that has none was interrupted, or edited.
        if read_number(&database.connection, "user_version")? < 1 {
            return Err(Error::Damaged);
        }
        write_ahead(&database.connection)?;
        database.migrate()?;
        Ok(database)
    }

    /// Reads how the data key is kept.
    ///
    /// # Errors
    /// [`Error`]; [`Error::Damaged`] when there is none.
    pub fn envelope(&self) -> Result<Envelope, Error> {
        read_envelope(&self.connection)
    }

    pub(super) fn into_connection(self) -> Connection {
        self.connection
    }

    fn application_id(&self) -> Result<i64, Error> {
        read_number(&self.connection, "application_id")
    }

    /// Applies the migrations that are missing, in one exclusive transaction.
    fn migrate(&mut self) -> Result<(), Error> {
        let known = known_schema();
        let found = read_number(&self.connection, "user_version")?;
        if found > known {
            return Err(Error::Newer { found, known });
        }
        if found == known {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        // Another process may have been faster.
        let done = usize::try_from(read_number(&transaction, "user_version")?).unwrap_or(0);
        for migration in MIGRATIONS.iter().skip(done) {
            transaction.execute_batch(migration)?;
        }
        transaction.pragma_update(None, "user_version", known)?;
        transaction.commit()?;
        Ok(())
    }
}

impl Change<'_> {
    /// Writes down how the data key of a new database is kept, and its first administrator.
    ///
    /// # Errors
    /// [`Error`].
    pub fn begin(&self, envelope: &Envelope, admin: &Operator, now: UtcTime) -> Result<(), Error> {
        self.transaction.execute(
            "INSERT INTO meta (id, database_id, vault_key_id, data_key, created_at)
             VALUES (1, :database_id, :vault_key_id, :data_key, :now)",
            named_params! {
                ":database_id": envelope.database,
                ":vault_key_id": envelope.vault_key.0,
                ":data_key": envelope.wrapped,
                ":now": now.epoch_seconds(),
            },
        )?;
        let (uid, name) = (admin.uid, admin.name.as_str());
        self.add_mandate(&NewMandate { uid, name, role: Role::Admin, establishments: &[], until: None }, now)
    }
}

/// Refuses a missing file, and an empty one, into which SQLite would write its header.
pub(super) fn require_contents(path: &Path) -> Result<(), Error> {
    if !path.try_exists().unwrap_or(true) {
        return Err(Error::Missing);
    }
    if path.metadata().is_ok_and(|metadata| metadata.len() == 0) {
        return Err(Error::Damaged);
    }
    Ok(())
}

/// Makes the newest schema in an empty database.
pub(super) fn lay_schema(connection: &Connection) -> Result<(), Error> {
    Ok(connection.execute_batch(&MIGRATIONS.join("\n"))?)
}

/// Gives the newest schema that this program knows.
pub(super) fn known_schema() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Reads a number of the file's header.
pub(super) fn read_number(connection: &Connection, name: &str) -> Result<i64, Error> {
    Ok(connection.pragma_query_value(None, name, |row| row.get(0))?)
}

pub(super) fn read_envelope(connection: &Connection) -> Result<Envelope, Error> {
    let envelope = connection
        .query_row("SELECT database_id, vault_key_id, data_key FROM meta WHERE id = 1", [], |row| {
            Ok(Envelope { database: row.get(0)?, vault_key: VaultKeyId(row.get(1)?), wrapped: row.get(2)? })
        })
        .optional()?;
    envelope.ok_or(Error::Damaged)
}

pub(super) fn connect(path: &Path) -> Result<Connection, Error> {
    // Neither CREATE, so that a missing database is never made silently, nor URI, so that a path is only a path.
    connect_as(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
}

pub(super) fn connect_as(path: &Path, flags: OpenFlags) -> Result<Connection, Error> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    wait_patiently(&mut connection)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // A plan that does not depend on the bound values: else SQLite compiles a kept statement anew at each of its uses.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

/// Has a connection wait for other writers, as every one does from the beginning.
pub(super) fn wait_patiently(connection: &mut Connection) -> Result<(), Error> {
    Ok(connection.busy_handler(Some(wait_for_writers))?)
}

/// Waits for another writer a little, as long as it is worth while.
///
/// SQLite's own waits grow to a tenth of a second, and would miss the short breaks of an import.
/// The turns are not counted: on a busy machine each takes much longer than it should.
#[expect(clippy::disallowed_methods, reason = "SQLite calls this within a statement, where no clock can be passed in")]
pub(super) fn wait_for_writers(turn: i32) -> bool {
    let began = BEGAN_TO_WAIT.get().filter(|_| turn > 0).unwrap_or_else(Instant::now);
    BEGAN_TO_WAIT.set(Some(began));
    std::thread::sleep(TURN);
    began.elapsed() < BUSY_TIMEOUT
}

thread_local! {
    /// When the last wait of this thread for a writer began.
    static BEGAN_TO_WAIT: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Turns the write-ahead log on. It writes to the file, so the file must be known to be ours.
fn write_ahead(connection: &Connection) -> Result<(), Error> {
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(Error::ReadOnly);
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(())
}
