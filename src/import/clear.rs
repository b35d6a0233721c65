//! Whether somebody who has a file has its seeds: such a file is not to be kept when its keys are in.

use super::finding::Finding;
use super::guidance::Guidance;
use super::openpgp;
use super::problem::Problem;
use super::sieve::SieveOptions;
use super::source::{Source, survey};
use super::{Format, Sifted, read};
use crate::clock::UtcTime;
use std::io;

/// Reads a file that came in before, and tells whether a seed of it stands there in clear.
///
/// What nothing shows to be sealed counts as clear.
///
/// # Errors
/// What the operating system says.
pub fn gives_seeds_away(
    source: &mut dyn Source,
    format: Option<Format>,
    guidance: &Guidance,
    now: UtcTime,
) -> io::Result<bool> {
    let survey = survey(source)?;
    if openpgp::is_message(&survey.start) {
        // It came in, and so was encrypted: others are refused.
        return Ok(false);
    }
    let (mut in_clear, mut sealed) = (false, false);
    let options = SieveOptions { allow_weak_seeds: true, partial: false, now };
    let done = read(source, &survey, format, guidance, options, &mut |item| match item {
        Sifted::Key(record, _) if record.is_sealed => sealed = true,
        Sifted::Key(..) => in_clear = true,
        Sifted::Finding(finding) | Sifted::Refused(finding) => sealed |= tells_of_a_seal(&finding),
        Sifted::Rejected(_) | Sifted::Anew => {}
    });
    sealed |= done.is_err_and(|finding| tells_of_a_seal(&finding));
    Ok(in_clear || !sealed)
}

/// Tells whether something did not open for want of the right key.
fn tells_of_a_seal(finding: &Finding) -> bool {
    matches!(
        finding.problem,
        Problem::PreSharedKeyNeeded
            | Problem::PassphraseNeeded
            | Problem::WrongPreSharedKey
            | Problem::WrongPassphrase
            | Problem::MacMismatch
            | Problem::MacAbsent
            | Problem::PaddingUnauthenticated
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Cursor;

    #[allow(clippy::disallowed_methods, reason = "tests read fixtures")]
    fn fixture(name: &str) -> Vec<u8> {
        fs::read(format!("fixtures/seeds/{name}")).unwrap()
    }

    fn in_clear(file: &str, psk: Option<&str>, passphrase: Option<&str>) -> bool {
        judge(fixture(file), psk, passphrase)
    }

    fn judge(bytes: Vec<u8>, psk: Option<&str>, passphrase: Option<&str>) -> bool {
        let mut guidance = Guidance::default();
        if let Some(name) = psk {
            guidance.unlock.give_pre_shared_key(fixture(name).into());
        }
        if let Some(name) = passphrase {
            guidance.unlock.give_passphrase(fixture(name).into());
        }
        let now = UtcTime::from_epoch(1_795_511_520);
        gives_seeds_away(&mut Cursor::new(bytes), None, &guidance, now).unwrap()
    }

    #[test]
    fn a_file_is_in_clear_unless_what_was_given_opened_all_of_it() {
        for file in ["pskc-demo.xml", "entra-demo.csv", "otpauth-demo.txt", "pskc-cipher-none.xml", "sdtid-batch.xml"] {
            assert!(in_clear(file, None, None), "{file}");
        }
        let psk = Some("pskc-preshared-demo.key");
        assert!(!in_clear("pskc-preshared-demo.xml", psk, None));
        assert!(!in_clear("pskc-passphrase-sha256.xml", None, Some("pskc-passphrase.key")));
        assert!(!in_clear("sdtid-passphrase.xml", None, Some("sdtid-passphrase.key")));
        let both = [fixture("pskc-preshared-demo.xml"), fixture("pskc-mixed.xml")].concat();
        assert!(judge(both, psk, None), "seeds in clear behind sealed ones");
    }

    #[test]
    fn a_file_that_does_not_open_any_more_is_known_to_be_sealed() {
        assert!(!in_clear("pskc-preshared-demo.xml", None, None));
        assert!(!in_clear("pskc-preshared-demo.xml", Some("pskc-preshared-wrong.key"), None));
        assert!(!in_clear("sdtid-passphrase.xml", None, None));
        assert!(!in_clear("pskc-passphrase-sha256.xml", None, Some("sdtid-passphrase.key")));
    }

    #[test]
    fn a_file_in_an_openpgp_message_is_sealed() {
        assert!(!judge(b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n".to_vec(), None, None));
    }

    #[test]
    fn what_is_nothing_that_can_be_read_counts_as_clear() {
        assert!(in_clear("bad-prose.txt", None, None));
    }
}
