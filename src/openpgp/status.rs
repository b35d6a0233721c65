//! The status lines of `gpg` (`doc/DETAILS` of GnuPG): only they tell whether a message is what was sent.
//!
//! The exit status does not: it is no success when a signer is unknown, and was one for messages that were cut off early. So
//! a message is open only when every line says so: one encrypted part, one file in it and none beside it, its protection
//! right, its end seen.

use super::Refusal;

const PREFIX: &str = "[GNUPG:] ";
/// Codes of libgpg-error, without their source.
const WRONG_PASSPHRASE: u32 = 11;
/// No pinentry, no passphrase, cancelled, fully cancelled.
const WANTS_PASSPHRASE: [u32; 4] = [85, 177, 99, 198];
const CODE: u32 = 0xffff;

/// What the lines of one run tell.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Status {
    begins: u32,
    ends: u32,
    is_okay: bool,
    /// Whether a changed message would have been noticed, once it is known how it is encrypted.
    is_protected: Option<bool>,
    has_good_mdc: bool,
    files_inside: u32,
    files_outside: u32,
    has_fault: bool,
    is_damaged: bool,
    is_encrypted: bool,
    is_symmetric: bool,
    wants_passphrase: bool,
    has_wrong_passphrase: bool,
    missing: Vec<String>,
    has_bad_signature: bool,
    has_unverified_signature: bool,
}

impl Status {
    /// Reads the lines; what is none is passed over.
    pub fn read(text: &[u8]) -> Self {
        let mut status = Self::default();
        let text = String::from_utf8_lossy(text);
        for line in text.lines().filter_map(|line| line.strip_prefix(PREFIX)) {
            let mut words = line.split_ascii_whitespace();
            status.take(words.next().unwrap_or_default(), &words.collect::<Vec<_>>());
        }
        status
    }

    fn take(&mut self, keyword: &str, values: &[&str]) {
        match keyword {
            "ENC_TO" => self.is_encrypted = true,
            "NEED_PASSPHRASE_SYM" => {
                (self.is_encrypted, self.is_symmetric, self.wants_passphrase) = (true, true, true);
            }
            "NEED_PASSPHRASE" | "MISSING_PASSPHRASE" | "CANCELED_BY_USER" => self.wants_passphrase = true,
            "BAD_PASSPHRASE" => self.has_wrong_passphrase = true,
            "NO_SECKEY" => self.missing.extend(values.first().map(|id| (*id).to_owned())),
            "BEGIN_DECRYPTION" => self.begins = self.begins.saturating_add(1),
            "END_DECRYPTION" => self.ends = self.ends.saturating_add(1),
            "DECRYPTION_INFO" => {
                // The method of the MDC, the cipher, the mode that authenticates by itself.
                let is_some = |place: usize| values.get(place).is_some_and(|method| *method != "0");
                self.is_protected = Some(self.is_protected.unwrap_or(true) && (is_some(0) || is_some(2)));
                self.has_good_mdc |= is_some(2);
            }
            "PLAINTEXT" if self.begins > self.ends => self.files_inside = self.files_inside.saturating_add(1),
            "PLAINTEXT" => self.files_outside = self.files_outside.saturating_add(1),
            "DECRYPTION_OKAY" => self.is_okay = true,
            "GOODMDC" => self.has_good_mdc = true,
            "BADMDC" | "NODATA" | "UNEXPECTED" => (self.has_fault, self.is_damaged) = (true, true),
            "DECRYPTION_FAILED" => self.has_fault = true,
            "ERROR" => self.take_error(values),
            "BADSIG" => self.has_bad_signature = true,
            "ERRSIG" | "EXPSIG" | "EXPKEYSIG" | "REVKEYSIG" => self.has_unverified_signature = true,
            _ => {}
        }
    }

    fn take_error(&mut self, values: &[&str]) {
        let place = values.first().copied().unwrap_or_default();
        let digits = values.get(1).and_then(|code| code.split(|letter: char| !letter.is_ascii_digit()).next());
        let code = digits.and_then(|digits| digits.parse::<u32>().ok()).map(|code| code & CODE);
        self.has_wrong_passphrase |= code == Some(WRONG_PASSPHRASE);
        self.wants_passphrase |= code.is_some_and(|code| WANTS_PASSPHRASE.contains(&code));
        // One key of several may not open it, as long as another does.
        let is_of_one_key = self.begins == 0 && ["pkdecrypt_failed", "get_passphrase"].contains(&place);
        self.has_fault |= !is_of_one_key;
    }

    /// Judges the run by how it ended and whether a passphrase was at hand; tells whether a signature was left unverified.
    ///
    /// # Errors
    /// [`Refusal`] for everything but one message that is whole.
    pub fn verdict(&self, succeeded: bool, had_passphrase: bool) -> Result<bool, Refusal> {
        let is_one = self.begins == 1 && self.ends == 1 && self.files_inside == 1 && self.files_outside == 0;
        let is_whole = self.is_okay && !self.has_fault && self.has_good_mdc && self.is_protected == Some(true);
        if is_one && is_whole && self.has_bad_signature {
            return Err(Refusal::BadSignature);
        }
        if is_one && is_whole && (succeeded || self.has_unverified_signature) {
            return Ok(self.has_unverified_signature);
        }
        Err(self.refusal(had_passphrase))
    }

    fn refusal(&self, had_passphrase: bool) -> Refusal {
        let was_begun = self.is_protected.is_some();
        // Now and then a wrong passphrase makes a key that could be one.
        let may_be_wrong = self.is_symmetric && had_passphrase && was_begun && self.files_inside == 0;
        if self.has_wrong_passphrase || may_be_wrong {
            Refusal::WrongPassphrase
        } else if self.wants_passphrase && !had_passphrase && !was_begun {
            Refusal::PassphraseNeeded
        } else if self.is_protected == Some(false) {
            Refusal::NotProtected
        } else if was_begun || self.is_damaged {
            Refusal::Altered
        } else if !self.is_encrypted && self.files_outside > 0 {
            Refusal::NotEncrypted
        } else if !self.missing.is_empty() {
            Refusal::NoSecretKey { keys: self.missing.join(", ") }
        } else {
            Refusal::Failed
        }
    }
}

#[cfg(test)]
mod tests;
