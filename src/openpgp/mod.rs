//! OpenPGP messages in which vendors send their files: what is asked of the host's program, and what it may answer.

pub mod status;

use std::io::Read;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Opens messages. The host has the `gpg` of the machine.
pub trait Unwrap {
    /// Takes what is in a message out, to the memory and nowhere else.
    ///
    /// # Errors
    /// [`Refusal`]; then nothing of it is given, for nothing of it can be trusted.
    fn open(&self, envelope: Envelope<'_>) -> Result<Opened, Refusal>;
}

/// A message, and what opens it.
pub struct Envelope<'e> {
    /// The message, from its beginning.
    pub message: &'e mut dyn Read,
    /// The passphrase of the message, or of the secret key that it is encrypted for.
    pub passphrase: Option<&'e [u8]>,
    /// How an administrator has set it up.
    pub setup: &'e Setup,
}

/// How messages are opened, as the configuration sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The program, where it is not in its usual place.
    pub program: Option<PathBuf>,
    /// The folder of its keys, where it is not that of the account.
    pub home: Option<PathBuf>,
    /// The most bytes that may come out.
    pub most: u64,
}

/// Who opens messages, and how.
#[derive(Clone, Copy)]
pub struct Opener<'h> {
    /// Who.
    pub by: &'h dyn Unwrap,
    /// How.
    pub setup: &'h Setup,
}

/// What was in a message, whole and as it was put in.
pub struct Opened {
    /// Its bytes.
    pub bytes: Zeroizing<Vec<u8>>,
    /// It was signed by somebody whose key is not known, or is no longer good.
    pub unverified_signature: bool,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Opened(…)")
    }
}

/// Why a message stays closed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such program.
    #[error("no program opens OpenPGP messages")]
    ProgramMissing,
    /// The message cannot be read.
    #[error("the message cannot be read")]
    Unreadable,
    /// It is encrypted for keys that are not there.
    #[error("no secret key: {keys}")]
    NoSecretKey {
        /// Their ids.
        keys: String,
    },
    /// A passphrase opens it, and none was given.
    #[error("a passphrase is needed")]
    PassphraseNeeded,
    /// The passphrase is another one.
    #[error("the passphrase does not open it")]
    WrongPassphrase,
    /// It was only signed, or only compressed.
    #[error("the message is not encrypted")]
    NotEncrypted,
    /// Nothing in it would show that it was altered.
    #[error("the message is not protected against changes")]
    NotProtected,
    /// It was altered, damaged or cut, or something was put beside it.
    #[error("the message is altered or damaged")]
    Altered,
    /// The signature in it is wrong.
    #[error("the signature is wrong")]
    BadSignature,
    /// The program did nothing for a long while.
    #[error("no answer within {seconds} seconds")]
    NoAnswer {
        /// How long it was waited for.
        seconds: u64,
    },
    /// More came out than may.
    #[error("more than {most} bytes")]
    TooLarge {
        /// The most.
        most: u64,
    },
    /// The program failed for another reason.
    #[error("the program failed")]
    Failed,
}

/// Opens nothing: a host without any program.
pub struct NoProgram;

impl Unwrap for NoProgram {
    fn open(&self, _: Envelope<'_>) -> Result<Opened, Refusal> {
        Err(Refusal::ProgramMissing)
    }
}

impl Opener<'_> {
    /// Opens nothing.
    #[cfg(test)]
    pub fn none() -> Opener<'static> {
        static SETUP: Setup = Setup { program: None, home: None, most: 0 };
        Opener { by: &NoProgram, setup: &SETUP }
    }
}

impl Setup {
    /// Gives the program, where it was set.
    pub fn program(&self) -> Option<&Path> {
        self.program.as_deref()
    }
}
