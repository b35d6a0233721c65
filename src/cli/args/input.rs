//! What is read: a file, or stdin.

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

/// As a path is taken: not when it is empty.
impl ValueParserFactory for FileOrStdin {
    type Parser = MapValueParser<PathBufValueParser, fn(PathBuf) -> Self>;

    fn value_parser() -> Self::Parser {
        PathBufValueParser::new().map(Self::from)
    }
}
