//! Files that came in an OpenPGP message: known by their first bytes, opened by the host, and read as what was in it.

use super::detect::is_binary;
use super::finding::Finding;
use super::guidance::Guidance;
use super::problem::Problem;
use super::source::Source;
use crate::openpgp::{Envelope, Opened, Opener, Refusal};

const MARK: &[u8] = b"\xef\xbb\xbf";
const ARMOURED: &[u8] = b"-----BEGIN PGP MESSAGE-----";
const CLEAR_SIGNED: &[u8] = b"-----BEGIN PGP SIGNED MESSAGE-----";
const MEBIBYTE: u64 = 1024 * 1024;

/// Tells whether a file is an OpenPGP message (RFC 9580 sections 4.2 and 6.2), encrypted or not.
pub(super) fn is_message(start: &[u8]) -> bool {
    let text = start.strip_prefix(MARK).unwrap_or(start).trim_ascii_start();
    if text.starts_with(ARMOURED) || text.starts_with(CLEAR_SIGNED) {
        return true;
    }
    let is_packet = match start {
        // A session key, encrypted for a key or by a passphrase.
        [0x84..=0x86 | 0x8c..=0x8e | 0xc1 | 0xc3, ..] => true,
        // A signature that follows, or something compressed: it may be signed, and is not encrypted.
        [0x90, 0x0d, 0x03, ..] | [0xc4, 0x0d, 0x03, ..] | [0xa3, 0x00..=0x03, ..] => true,
        _ => false,
    };
    is_packet && is_binary(start)
}

/// Has a message opened.
///
/// # Errors
/// The finding that tells why it stays closed.
pub(super) fn open(source: &mut dyn Source, opener: Opener<'_>, guidance: &Guidance) -> Result<Opened, Finding> {
    source.rewind().map_err(|_| Finding::on_line(1, Problem::Unreadable))?;
    let passphrase = guidance.unlock.given_openpgp_passphrase();
    let envelope = Envelope { message: source, passphrase, setup: opener.setup };
    opener.by.open(envelope).map_err(|refusal| Finding::on_line(1, problem(refusal)))
}

fn problem(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::ProgramMissing => Problem::OpenPgpProgramMissing,
        Refusal::Unreadable => Problem::Unreadable,
        Refusal::NoSecretKey { keys } => Problem::OpenPgpNoSecretKey { keys },
        Refusal::PassphraseNeeded => Problem::OpenPgpPassphraseNeeded,
        Refusal::WrongPassphrase => Problem::OpenPgpWrongPassphrase,
        Refusal::NotEncrypted => Problem::OpenPgpNotEncrypted,
        Refusal::NotProtected => Problem::OpenPgpNotProtected,
        Refusal::Altered => Problem::OpenPgpAltered,
        Refusal::BadSignature => Problem::OpenPgpBadSignature,
        Refusal::NoAnswer { seconds } => Problem::OpenPgpNoAnswer { seconds },
        Refusal::TooLarge { most } => {
            Problem::OpenPgpTooLarge { mebibytes: most.checked_div(MEBIBYTE).unwrap_or_default() }
        }
        Refusal::Failed => Problem::OpenPgpFailed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_known_by_its_first_bytes() {
        for start in [
            b"-----BEGIN PGP MESSAGE-----\n".as_slice(),
            b"\xef\xbb\xbf\r\n -----BEGIN PGP MESSAGE-----\r\n",
            b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n",
            b"\x85\x01\x0c\x03\x05",
            b"\x84\x5e\x03\x05",
            b"\x8c\x0d\x04\x09\x03\x02",
            b"\xc1\xc0\x4c\x03",
            b"\xc3\x0d\x04\x09",
            b"\x90\x0d\x03\x00",
            b"\xa3\x02\x78\x01",
        ] {
            assert!(is_message(start), "{start:?}");
        }
        for start in [
            b"".as_slice(),
            b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n",
            b"serial,seed\n",
            "\u{c9}tablissement,1\n".as_bytes(),
            b"\xa3 12,00\n",
            b"\xc3\x89tablissement",
        ] {
            assert!(!is_message(start), "{start:?}");
        }
    }
}
