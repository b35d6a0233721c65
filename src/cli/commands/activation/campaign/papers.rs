//! The files of a campaign: on the disk beside their names before the codes in them are good, under their names after.

use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::host::files::{FileError, Fresh};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A file whose codes are not good yet. It goes away again, unless it is finished.
pub struct Paper {
    path: PathBuf,
    fresh: Fresh,
}

impl Paper {
    /// Writes the file beside its name (0600), and returns when it is on the disk.
    ///
    /// # Errors
    /// `campaign-left-behind` when one lies there that was never finished; what creating and writing files fails with.
    pub fn lay(path: &Path, bytes: &[u8]) -> Result<Self, Failure> {
        let mut fresh = Fresh::begin(path).map_err(|error| match error {
            FileError::Exists { path: taken } if taken != path => {
                Failure::new(Exit::CannotCreate, "campaign-left-behind")
                    .with("path", escape::path(&taken))
                    .with("quoted", escape::for_shell(&taken))
            }
            other => other.into(),
        })?;
        let written = fresh.write_all(bytes);
        written.map_err(|source| FileError::Write { path: path.to_owned(), source })?;
        fresh.sync()?;
        Ok(Self { path: path.to_owned(), fresh })
    }

    fn finish(self) -> Result<(), Failure> {
        let beside = escape::path(&Fresh::beside(&self.path));
        let finished = self.fresh.finish();
        finished.map_err(|error| Failure::from(error).with("beside", beside).hinted("hint-campaign-beside"))
    }
}

/// Gives all files their names, now that their codes are good: whatever fails, no file is taken away any more.
///
/// # Errors
/// The first that failed.
pub fn finish(mut papers: Vec<Paper>) -> Result<(), Failure> {
    papers.iter_mut().for_each(|paper| paper.fresh.keep());
    let finished: Vec<_> = papers.into_iter().map(Paper::finish).collect();
    finished.into_iter().collect()
}
