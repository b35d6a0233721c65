//! What can go wrong with the database, as facts.

use rusqlite::{ErrorCode, ffi};

/// Why the database could not be read or written.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// There is no file.
    #[error("there is no database")]
    Missing,
    /// The file is not SQLite's, or pages of it are broken.
    #[error("the database is damaged")]
    Damaged,
    /// The file is SQLite's, but another program's.
    #[error("the file is another program's database")]
    Foreign,
    /// A newer version of the program made it.
    #[error("the database has schema {found}, this program knows {known}")]
    Newer {
        /// Its schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// A row holds what no version of the program wrote.
    #[error("a row of {table} holds an impossible {column}")]
    Impossible {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// Another process is writing, or time ran out.
    #[error("another process is writing")]
    Busy,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The file or its directory can not be written.
    #[error("the database can not be written")]
    ReadOnly,
    /// The file can not be opened.
    #[error("the database can not be opened")]
    CannotOpen,
    /// The disk gave an error.
    #[error("reading or writing the database failed")]
    Io,
    /// The machine gives no memory.
    #[error("there is no memory for it")]
    NoMemory,
    /// A rule of the schema was broken: a defect of the program.
    #[error("a rule of the database was broken: {0}")]
    Rule(String),
    /// Anything else that SQLite says: a defect of the program.
    #[error("unexpected: {0}")]
    Unexpected(String),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error_code() else {
            return Self::Unexpected(error.to_string());
        };
        match code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::ReadOnly => Self::ReadOnly,
            ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::CannotOpen,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged,
            // Of a call that fails for want of memory SQLite says that the disk refused it.
            ErrorCode::SystemIoFailure if extended_code(&error) == Some(ffi::SQLITE_IOERR_NOMEM) => Self::NoMemory,
            ErrorCode::SystemIoFailure => Self::Io,
            ErrorCode::OutOfMemory => Self::NoMemory,
            ErrorCode::ConstraintViolation => Self::Rule(error.to_string()),
            _ => Self::Unexpected(error.to_string()),
        }
    }
}

/// Gives what SQLite says more exactly.
pub(super) fn extended_code(error: &rusqlite::Error) -> Option<i32> {
    error.sqlite_error().map(|error| error.extended_code)
}
