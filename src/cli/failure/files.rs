//! What went wrong with files and streams.

use super::{Exit, Failure};
use crate::cli::escape;
use crate::host::TerminalError;
use crate::host::files::FileError;
use std::io;
use std::path::Path;

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Missing { path } => on(Exit::Missing, "file-missing", &path),
            FileError::Exists { path } => on(Exit::CannotCreate, "file-exists", &path),
            FileError::Link { path } => on(Exit::Configuration, "file-is-a-link", &path),
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
            FileError::Writable { path, mode } => {
                on(Exit::Configuration, "file-writable", &path).about("mode", format_args!("{mode:04o}"))
            }
            FileError::AncestorOwner { path, owner } => {
                on(Exit::Configuration, "ancestor-owner", &path).about("owner", owner)
            }
            FileError::AncestorMode { path, mode } => {
                on(Exit::Configuration, "ancestor-mode", &path).about("mode", format_args!("{mode:04o}"))
            }
            FileError::TooLarge { path, limit } => on(Exit::Data, "file-too-large", &path).about("limit", limit),
            FileError::Network { path, filesystem } => {
                on(Exit::Configuration, "network-filesystem", &path).with("filesystem", filesystem)
            }
            FileError::Read { path, source } => on(Exit::InputOutput, "cannot-read", &path).about("reason", source),
            FileError::Write { path, source } => on(Exit::CannotCreate, "cannot-create", &path).about("reason", source),
        }
    }
}

impl From<TerminalError> for Failure {
    fn from(error: TerminalError) -> Self {
        match error {
            TerminalError::TooLong { limit } => Self::new(Exit::Data, "input-too-long").about("limit", limit),
            TerminalError::Interrupted => Self::new(Exit::Usage, "interrupted"),
            TerminalError::Stream(source) => Self::new(Exit::InputOutput, "cannot-read-input").about("reason", source),
        }
    }
}

impl Failure {
    /// Tells that the answer could not be written.
    pub fn cannot_write(error: &io::Error) -> Self {
        Self::new(Exit::InputOutput, "cannot-write").about("reason", error)
    }
}

fn on(exit: Exit, id: &'static str, path: &Path) -> Failure {
    Failure::new(exit, id).about("path", path.display()).with("quoted", escape::for_shell(path))
}
