//! What went wrong with files and streams.

use super::{Exit, Failure};
use crate::cli::escape;
use crate::cli::locale::Value;
use crate::host::TerminalError;
use crate::host::files::FileError;
use std::io::{self, ErrorKind};
use std::path::Path;

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Missing { path } => on(Exit::Missing, "file-missing", &path),
            FileError::Exists { path } => on(Exit::CannotCreate, "file-exists", &path),
            FileError::Link { path } => on(Exit::Configuration, "file-is-a-link", &path),
            FileError::Dangling { path } => on(Exit::Missing, "file-is-a-dangling-link", &path),
            FileError::NotRegular { path } => on(Exit::Data, "file-not-regular", &path),
            FileError::Directory { path } => on(Exit::Data, "file-is-a-directory", &path),
            FileError::NotDirectory { path } => on(Exit::CannotCreate, "not-a-directory", &path),
            FileError::HardLinked { path, links } => {
                on(Exit::Configuration, "file-has-several-names", &path).about("links", links)
            }
            FileError::Owner { path, owner, expected } => {
                on(Exit::Configuration, "file-owner", &path).about("owner", owner).with("expected", expected)
            }
            FileError::Mode { path, mode, wanted } => on(Exit::Configuration, "file-mode", &path)
                .about("mode", format_args!("{mode:04o}"))
                .about("wanted", format_args!("{wanted:o}")),
            FileError::Closed { path, mode, wanted } => on(Exit::Configuration, "file-closed", &path)
                .about("mode", format_args!("{mode:04o}"))
                .about("wanted", format_args!("{wanted:o}")),
            FileError::Writable { path, mode } => {
                on(Exit::Configuration, "file-writable", &path).about("mode", format_args!("{mode:04o}"))
            }
            FileError::AncestorOwner { path, owner } => {
                on(Exit::Configuration, "ancestor-owner", &path).about("owner", owner)
            }
            FileError::AncestorMode { path, mode } => {
                on(Exit::Configuration, "ancestor-mode", &path).about("mode", format_args!("{mode:04o}"))
            }
            FileError::TooLarge { path, limit } => {
                on(Exit::Data, "file-too-large", &path).with("mebibytes", mebibytes(limit))
            }
            FileError::Network { path, filesystem } => {
                on(Exit::Configuration, "network-filesystem", &path).with("filesystem", filesystem)
            }
            FileError::Read { path, source } => {
                on(Exit::InputOutput, "cannot-read", &path).with("reason", reason(&source))
            }
            FileError::Write { path, source } => {
                on(Exit::CannotCreate, "cannot-create", &path).with("reason", reason(&source))
            }
        }
    }
}

impl From<TerminalError> for Failure {
    fn from(error: TerminalError) -> Self {
        match error {
            TerminalError::TooLong { limit } if limit >= MEBIBYTE => {
                Self::new(Exit::Data, "input-too-large").with("mebibytes", mebibytes(limit))
            }
            TerminalError::TooLong { limit } => Self::new(Exit::Data, "input-too-long").about("limit", limit),
            TerminalError::Interrupted => Self::new(Exit::Usage, "interrupted"),
            TerminalError::Signalled(_) => Self::new(Exit::Signalled, "interrupted"),
            TerminalError::Stream(source) => {
                Self::new(Exit::InputOutput, "cannot-read-input").with("reason", reason(&source))
            }
        }
    }
}

impl Failure {
    /// Says what the operating system said, in the language; what is rare in its own words.
    pub fn reason(error: &io::Error) -> Value {
        reason(error)
    }

    /// Tells whether the operating system refused it to this account.
    pub fn is_of_rights(&self) -> bool {
        self.values.contains(&("reason", Value::word("reason-not-permitted")))
    }

    /// Tells that the answer could not be written.
    pub fn cannot_write(error: &io::Error) -> Self {
        Self::new(Exit::InputOutput, "cannot-write").with("reason", reason(error))
    }

    /// Tells what is wrong with the home or a file of it: something else has taken its name.
    pub fn of_home_file(error: FileError) -> Self {
        match error {
            FileError::NotRegular { path } | FileError::Directory { path } => {
                on(Exit::Configuration, "home-file-kind", &path)
            }
            FileError::NotDirectory { path } => on(Exit::Configuration, "not-a-directory", &path),
            FileError::Dangling { path } => on(Exit::Configuration, "file-is-a-dangling-link", &path),
            other => other.into(),
        }
    }

    /// Tells what is wrong with a spool.
    pub fn of_spool(error: FileError) -> Self {
        match error {
            FileError::Writable { path, mode } => {
                on(Exit::Configuration, "spool-writable", &path).about("mode", format_args!("{mode:04o}"))
            }
            FileError::NotDirectory { path } => on(Exit::Configuration, "not-a-directory", &path),
            FileError::Missing { path } => on(Exit::Missing, "spool-missing", &path),
            other => other.into(),
        }
    }

    /// Tells what is wrong with a folder that cleotp makes in a spool.
    pub fn of_shelf(error: FileError) -> Self {
        match error {
            FileError::NotDirectory { path } => on(Exit::Configuration, "spool-shelf-kind", &path),
            other => other.into(),
        }
    }

    /// Tells why a file of a spool is not taken, and stays there.
    pub fn of_spool_file(error: FileError) -> Self {
        match error {
            FileError::Owner { path, owner, expected } => {
                on(Exit::Configuration, "spool-file-owner", &path).about("owner", owner).with("expected", expected)
            }
            FileError::Link { path } => on(Exit::Configuration, "spool-file-is-a-link", &path),
            FileError::Directory { path } => on(Exit::Data, "spool-file-is-a-folder", &path),
            FileError::NotRegular { path } => on(Exit::Data, "spool-file-not-regular", &path),
            other => other.into(),
        }
    }

    /// Tells what is wrong with a list of people.
    pub fn of_list(error: FileError) -> Self {
        match error {
            FileError::TooLarge { path, limit } => {
                on(Exit::Data, "list-too-large", &path).with("mebibytes", mebibytes(limit))
            }
            other => other.into(),
        }
    }

    /// Tells what is wrong with the file of a `--…-file` option.
    pub fn of_secret_file(error: FileError) -> Self {
        match error {
            FileError::NotRegular { path } | FileError::Directory { path } => on(Exit::Data, "secret-file-kind", &path),
            FileError::TooLarge { path, limit } => on(Exit::Data, "secret-file-too-large", &path).about("limit", limit),
            other => other.into(),
        }
    }
}

fn on(exit: Exit, id: &'static str, path: &Path) -> Failure {
    Failure::new(exit, id).with("path", escape::path(path)).with("quoted", escape::for_shell(path))
}

const MEBIBYTE: u64 = 1024 * 1024;

fn mebibytes(bytes: u64) -> i64 {
    i64::try_from(bytes / MEBIBYTE).unwrap_or(i64::MAX)
}

fn reason(error: &io::Error) -> Value {
    let id = match error.kind() {
        ErrorKind::StorageFull => "reason-storage-full",
        ErrorKind::QuotaExceeded => "reason-quota",
        ErrorKind::ReadOnlyFilesystem => "reason-read-only",
        ErrorKind::PermissionDenied => "reason-not-permitted",
        ErrorKind::NotFound => "reason-folder-missing",
        ErrorKind::NotADirectory => "reason-not-a-folder",
        ErrorKind::IsADirectory => "reason-is-a-folder",
        ErrorKind::InvalidFilename => "reason-name-too-long",
        ErrorKind::InvalidInput => "reason-name-has-a-nul",
        ErrorKind::FileTooLarge => "reason-file-too-large",
        ErrorKind::BrokenPipe => "reason-closed",
        ErrorKind::WouldBlock => "reason-would-block",
        _ => match error.raw_os_error() {
            Some(5) => "reason-disk-error",
            Some(9) => "reason-closed",
            Some(23 | 24) => "reason-too-many-files",
            _ => return Value::of(error),
        },
    };
    Value::word(id)
}
