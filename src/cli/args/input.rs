//! What is read, a file or stdin; what is written, a file or stdout.

use clap::builder::{MapValueParser, PathBufValueParser, TypedValueParser, ValueParserFactory};
use std::path::{Path, PathBuf};

/// A file to be read, or stdin, which is written `-`; for every other argument `-` is a name like any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileOrStdin {
    /// What comes in.
    Stdin,
    /// The file of this name.
    File(PathBuf),
}

impl FileOrStdin {
    /// How stdin is written.
    pub const STDIN: &'static str = "-";

    /// Gives the name as it was typed.
    pub fn path(&self) -> &Path {
        match self {
            Self::Stdin => Path::new(Self::STDIN),
            Self::File(path) => path,
        }
    }
}

impl From<PathBuf> for FileOrStdin {
    fn from(typed: PathBuf) -> Self {
        if typed.as_os_str() == Self::STDIN { Self::Stdin } else { Self::File(typed) }
    }
}

/// A file to be written, or stdout, which is written `-`, for what a command writes besides its own answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileOrStdout {
    /// What goes out.
    Stdout,
    /// The file of this name.
    File(PathBuf),
}

impl FileOrStdout {
    /// How stdout is written.
    pub const STDOUT: &'static str = "-";

    /// Gives the file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Stdout => None,
            Self::File(path) => Some(path),
        }
    }
}

impl From<PathBuf> for FileOrStdout {
    fn from(typed: PathBuf) -> Self {
        if typed.as_os_str() == Self::STDOUT { Self::Stdout } else { Self::File(typed) }
    }
}

/// As a path is taken: not when it is empty.
impl ValueParserFactory for FileOrStdout {
    type Parser = MapValueParser<PathBufValueParser, fn(PathBuf) -> Self>;

    fn value_parser() -> Self::Parser {
        PathBufValueParser::new().map(Self::from)
    }
}

/// As a path is taken: not when it is empty.
impl ValueParserFactory for FileOrStdin {
    type Parser = MapValueParser<PathBufValueParser, fn(PathBuf) -> Self>;

    fn value_parser() -> Self::Parser {
        PathBufValueParser::new().map(Self::from)
    }
}
