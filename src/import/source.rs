//! A file to be imported, read twice and never kept: once to know it, once for its keys.

use super::Input;
use super::encoding::{PIECE, Plan, Surveyor, Text, read_piece};
use super::finding::Finding;
use super::guidance::Guidance;
use super::openpgp;
use super::problem::Problem;
use crate::openpgp::Opener;
use sha2::{Digest, Sha256};
use std::io::{self, Cursor, Read, Seek};
use zeroize::Zeroizing;

/// What a file is read from: an open file, or bytes that came through a pipe.
pub trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// What is known of a file after the first reading.
pub struct Survey {
    /// SHA-256 of its bytes, by which it is known again; also of a message, as it was delivered.
    pub sha256: [u8; 32],
    /// SHA-256 of what is read, which is another one for what was in a message.
    read_sha256: [u8; 32],
    /// What was in the message, where the file was one: it is in the memory and nowhere else.
    opened: Option<Zeroizing<Vec<u8>>>,
    /// What somebody should know of the message.
    pub(super) warning: Option<Finding>,
    /// Its beginning, as much as is looked at to recognise a format.
    pub(super) start: Zeroizing<Vec<u8>>,
    /// How it becomes text, or why it does not.
    pub(super) plan: Result<Plan, Finding>,
}

/// Reads a file to its end, and finds out what is needed before its keys are read.
///
/// # Errors
/// What the operating system says.
pub fn survey(source: &mut dyn Source) -> io::Result<Survey> {
    source.rewind()?;
    let mut hash = Sha256::new();
    let mut piece = Zeroizing::new(vec![0; PIECE]);
    let length = read_piece(source, &mut piece)?;
    let start = Zeroizing::new(piece.get(..length).unwrap_or_default().to_vec());
    let mut surveyor = Surveyor::new(&start);
    let mut bytes = start.as_slice();
    let mut read;
    while !bytes.is_empty() {
        hash.update(bytes);
        surveyor.take(bytes);
        read = read_piece(source, &mut piece)?;
        bytes = piece.get(..read).unwrap_or_default();
    }
    let sha256 = hash.finalize().into();
    Ok(Survey { sha256, read_sha256: sha256, opened: None, warning: None, start, plan: surveyor.finish() })
}

impl Survey {
    /// Has a file opened that is an OpenPGP message, and surveys what was in it; any other file stays as it is.
    ///
    /// A program decrypts to the end before any of it can be trusted, and a file is read more than once: so it is kept, as
    /// what comes through a pipe is, and not decrypted anew for each reading.
    ///
    /// # Errors
    /// The finding that tells why the message stays closed.
    pub fn opened(self, source: &mut dyn Source, opener: Opener<'_>, guidance: &Guidance) -> Result<Self, Finding> {
        if !openpgp::is_message(&self.start) {
            return Ok(self);
        }
        let opened = openpgp::open(source, opener, guidance)?;
        let unverified = opened.unverified_signature.then_some(Problem::OpenPgpSignatureNotVerified);
        let unreadable = |_| Finding::on_line(1, Problem::Unreadable);
        let inner = survey(&mut Cursor::new(opened.bytes.as_slice())).map_err(unreadable)?;
        Ok(Self {
            sha256: self.sha256,
            opened: Some(opened.bytes),
            warning: unverified.map(|problem| Finding::on_line(1, problem)),
            ..inner
        })
    }

    /// Tells whether the file was an OpenPGP message: whoever has it does not have what was in it.
    pub fn was_sealed(&self) -> bool {
        self.opened.is_some()
    }

    /// Has what is read begin anew.
    fn begin<T>(
        &self,
        source: &mut dyn Source,
        work: impl FnOnce(&mut (dyn Read + Send)) -> Result<T, Finding>,
    ) -> Result<T, Finding> {
        match &self.opened {
            Some(bytes) => work(&mut bytes.as_slice()),
            None => {
                source.rewind().map_err(|_| Finding::on_line(1, Problem::Unreadable))?;
                work(source)
            }
        }
    }

    /// Has the text of the file read from its beginning to its end; what is left over at the end is passed over.
    ///
    /// # Errors
    /// What `work` fails with; a finding when the bytes are not those of the survey.
    pub(super) fn with_text<T>(
        &self,
        source: &mut dyn Source,
        work: impl FnOnce(&mut Input<'_>) -> Result<T, Finding>,
    ) -> Result<T, Finding> {
        let unreadable = |_| Finding::on_line(1, Problem::Unreadable);
        let plan = self.plan.as_ref().map_err(Finding::clone)?;
        self.begin(source, |source| {
            let mut hashed = Hashed { source, hash: Sha256::new() };
            let done = work(&mut Text::new(&mut hashed, plan))?;
            io::copy(&mut hashed, &mut io::sink()).map_err(unreadable)?;
            let same = hashed.hash.finalize().as_slice() == self.read_sha256;
            if same { Ok(done) } else { Err(Finding::on_line(1, Problem::FileChanged)) }
        })
    }

    /// Has the text looked at from its beginning, as far as somebody likes. A file that is another one by then is found out by the
    /// reading that counts, which hashes it.
    ///
    /// # Errors
    /// What `work` fails with; the finding for a file that is no text.
    pub(super) fn glance<T>(
        &self,
        source: &mut dyn Source,
        work: impl FnOnce(&mut Input<'_>) -> Result<T, Finding>,
    ) -> Result<T, Finding> {
        let plan = self.plan.as_ref().map_err(Finding::clone)?;
        self.begin(source, |mut source| work(&mut Text::new(&mut source, plan)))
    }
}

/// A stream whose bytes are hashed as they are read.
struct Hashed<'a> {
    source: &'a mut (dyn Read + Send),
    hash: Sha256,
}

impl Read for Hashed<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(target)?;
        self.hash.update(target.get(..read).unwrap_or_default());
        Ok(read)
    }
}
