//! Encrypted values (RFC 6030 section 6): the MAC first, and only what it vouches for is decrypted.
//!
//! The drafts have MACs over the plaintext too; only where a draft declares its MAC, one that does not fit the ciphertext is
//! tried on what it decrypts to.

mod cipher;
mod declared;
mod derive;
mod given;
mod mac;
mod method;
mod padding;
#[cfg(test)]
pub(super) mod tests;
mod wrap;

pub(in super::super) use derive::Derived;
pub(super) use mac::MacHash;
pub use method::Cipher;

use super::super::Guidance;
use super::super::finding::Finding;
use super::super::problem::Problem;
use super::super::secret;
use super::synonyms::VALUE_MAC;
use super::tree::Element;
use cipher::{Keyed, Unopened};
use declared::{Encryption, MacMethod, Source};
use mac::KeyedMac;
use method::Named;
use std::rc::Rc;
use zeroize::Zeroizing;

/// Why a value stays closed: a fault of this value, or one of the whole file.
pub(super) enum Closed {
    /// The value is at fault.
    Value(Finding),
    /// No value of the file can be opened.
    File(Finding),
}

impl From<Finding> for Closed {
    fn from(finding: Finding) -> Self {
        Self::Value(finding)
    }
}

/// Tells whether a finding of one value may only show that the key is not the file's.
pub(super) fn may_be_a_wrong_key(problem: &Problem) -> bool {
    matches!(problem, Problem::MacMismatch | Problem::ValueAltered)
}

/// An encrypted value.
struct Sealed<'e> {
    /// The element that is to have a value, for findings.
    holder: Element<'e>,
    /// The element that has the ciphertext.
    place: Element<'e>,
    /// Its cipher, where it names one.
    named: Option<Named>,
    /// The ciphertext.
    bytes: Zeroizing<Vec<u8>>,
    /// Its MAC.
    mac: Option<Element<'e>>,
}

/// All that is needed to open the values of a container.
pub(super) struct Locks<'a> {
    guidance: &'a Guidance,
    encryption: Option<Encryption>,
    method: Option<MacMethod>,
    /// The ciphers that were set up so far; a file has one, seldom two.
    ciphers: Vec<(Named, Rc<dyn Keyed>)>,
    /// What a MAC can be: one for each length that the MAC's key may have, where the padding of that does not tell it.
    macs: Vec<KeyedMac>,
    /// The MAC key shows that the key is the right one, but for one case in 256.
    proved: bool,
    /// Whether a MAC was right, or a value that shows by itself whether it was altered.
    right_mac: bool,
    /// How many values were to be opened with what the operator gave, and not only decoded.
    pub(super) opened: u64,
    /// What somebody should know of the file, told once each.
    warnings: Vec<Finding>,
    told: Vec<&'static str>,
}

impl<'a> Locks<'a> {
    /// Begins with what the operator gave.
    pub(super) fn new(guidance: &'a Guidance) -> Self {
        Self {
            guidance,
            encryption: None,
            method: None,
            ciphers: Vec::new(),
            macs: Vec::new(),
            proved: false,
            right_mac: false,
            opened: 0,
            warnings: Vec::new(),
            told: Vec::new(),
        }
    }

    /// Takes the `EncryptionKey` of the container (RFC 6030 section 6.1), or the `EncryptionMethod` of the drafts.
    ///
    /// # Errors
    /// A finding for a cipher that is not opened, or parameters of a passphrase that are out of bounds.
    pub(super) fn take_encryption_key(&mut self, element: Element<'_>) -> Result<(), Finding> {
        self.encryption = Some(Encryption::read(element)?);
        Ok(())
    }

    /// Takes the `MACMethod` of the container (RFC 6030 section 6.1.1), or the `DigestMethod` of the drafts.
    ///
    /// # Errors
    /// A finding for an unknown MAC, a cipher that is not opened, or a second method.
    pub(super) fn take_mac_method(&mut self, element: Element<'_>) -> Result<(), Finding> {
        MacMethod::read(element)?.map_or(Ok(()), |method| self.declare_mac(element, method))
    }

    /// Takes the `MACAlgorithm` of draft-ietf-keyprov-pskc-02, whose text names the MAC.
    ///
    /// # Errors
    /// A finding for an unknown MAC, or a second method.
    pub(super) fn take_mac_algorithm(&mut self, element: Element<'_>) -> Result<(), Finding> {
        self.declare_mac(element, MacMethod::read_algorithm(element)?)
    }

    fn declare_mac(&mut self, place: Element<'_>, method: MacMethod) -> Result<(), Finding> {
        match self.method.replace(method) {
            None => Ok(()),
            Some(_) => Err(place.finding(Problem::ElementTwice { element: "MACMethod" })),
        }
    }

    /// Tells whether values must carry a MAC.
    pub(super) fn wants_macs(&self) -> bool {
        self.method.is_some()
    }

    /// Tells whether the container says that its values are encrypted: in the drafts that makes a `Value` a ciphertext.
    pub(super) fn are_declared(&self) -> bool {
        let is_cipher = |named: Named| named.cipher != Cipher::None;
        self.encryption.as_ref().is_some_and(|encryption| encryption.named.is_none_or(is_cipher))
    }

    /// Tells whether the key was seen to fit, but for one case in 256.
    pub(super) fn are_proved(&self) -> bool {
        self.proved
    }

    /// Tells whether a MAC of the file was right, which shows that the key is.
    pub(super) fn saw_a_right_mac(&self) -> bool {
        self.right_mac
    }

    /// Gives the fact that the key which was given is not the file's.
    pub(super) fn wrong_key(&self) -> Problem {
        match self.encryption.as_ref().map(|encryption| &encryption.source) {
            Some(Source::Passphrase(..)) => Problem::WrongPassphrase,
            _ => Problem::WrongPreSharedKey,
        }
    }

    /// Gives what somebody should know of the file, and was not told yet.
    pub(super) fn take_warnings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.warnings)
    }

    /// Opens the encrypted value of an element such as `Secret` or `Counter`.
    ///
    /// # Errors
    /// [`Closed`], and nothing was decrypted unless its MAC was right.
    pub(super) fn open(&mut self, holder: Element<'_>, encrypted: Element<'_>) -> Result<Zeroizing<Vec<u8>>, Closed> {
        let named = declared::named(encrypted)?;
        let bytes = declared::ciphertext(encrypted)?;
        self.open_sealed(Sealed { holder, place: encrypted, named, bytes, mac: holder.child_of(&VALUE_MAC)? })
    }

    /// Opens the `Value` of a draft, whose digest stands beside it and whose cipher the container names.
    ///
    /// # Errors
    /// As [`Locks::open`].
    pub(super) fn open_draft(
        &mut self,
        holder: Element<'_>,
        value: Element<'_>,
        digest: Option<Element<'_>>,
    ) -> Result<Zeroizing<Vec<u8>>, Closed> {
        let bytes = declared::bytes_of(value)?;
        self.open_sealed(Sealed { holder, place: value, named: None, bytes, mac: digest })
    }

    fn open_sealed(&mut self, sealed: Sealed<'_>) -> Result<Zeroizing<Vec<u8>>, Closed> {
        let named = self.named(sealed.named).ok_or_else(|| sealed.place.finding(Problem::CipherMissing))?;
        if !named.cipher.can_be(sealed.bytes.len(), self.vector().is_none()) {
            return Err(sealed.place.finding(Problem::CiphertextMalformed).into());
        }
        self.opened = self.opened.saturating_add(u64::from(named.cipher != Cipher::None));
        match (&self.method, sealed.mac) {
            // A MAC does not cover the name of the cipher: whoever wrote `none` there would know the seed, MAC and all.
            (Some(_), Some(mac)) if named.cipher == Cipher::None => Err(mac.finding(Problem::MacOnPlainValue).into()),
            (Some(_), Some(mac)) => self.open_by_mac(&sealed, named, mac),
            (Some(_), None) => Err(sealed.holder.finding(Problem::MacMissing).into()),
            (None, Some(mac)) => Err(mac.finding(Problem::MacMethodMissing).into()),
            (None, None) => match named.cipher {
                Cipher::None => Ok(sealed.bytes),
                cipher if cipher.is_authenticated() => self.open_authenticated(&sealed, named),
                _ => self.open_unauthenticated(&sealed, named),
            },
        }
    }

    fn open_by_mac(
        &mut self,
        sealed: &Sealed<'_>,
        named: Named,
        mac: Element<'_>,
    ) -> Result<Zeroizing<Vec<u8>>, Closed> {
        let mismatch = || mac.finding(Problem::MacMismatch);
        let cipher = self.cipher(named, sealed.place)?;
        self.key_macs(named, sealed.place)?;
        let expected = secret::base64(mac.text()).map_err(|_| mismatch())?;
        if self.fits(&sealed.bytes, &expected) {
            self.right_mac = true;
            let text = self.decrypt(cipher.as_ref(), &sealed.bytes);
            let text = text.map_err(|_| sealed.place.finding(Problem::ValueAltered))?;
            return match named.cipher {
                Cipher::Cbc(_) => padding::strip(text, named.cipher.block_size())
                    .map_err(|problem| sealed.place.finding(problem).into()),
                _ => Ok(text),
            };
        }
        if !self.method.as_ref().is_some_and(|method| method.is_of_a_draft) {
            return Err(mismatch().into());
        }
        let text = self.decrypt(cipher.as_ref(), &sealed.bytes).map_err(|_| mismatch())?;
        let lengths: Vec<usize> = match named.cipher {
            Cipher::Cbc(_) => padding::lengths(&text, named.cipher.block_size()).collect(),
            _ => vec![text.len()],
        };
        let is_it = |length: &usize| text.get(..*length).is_some_and(|text| self.fits(text, &expected));
        let length = lengths.into_iter().find(is_it).ok_or_else(mismatch)?;
        self.right_mac = true;
        self.warn(mac, Problem::MacOverPlaintext);
        Ok(padding::truncated(text, length))
    }

    /// Opens a value that shows by itself whether it was altered, where no MAC is declared.
    fn open_authenticated(&mut self, sealed: &Sealed<'_>, named: Named) -> Result<Zeroizing<Vec<u8>>, Closed> {
        let cipher = self.cipher(named, sealed.place)?;
        let text = self.decrypt(cipher.as_ref(), &sealed.bytes);
        let text = text.map_err(|_| sealed.place.finding(Problem::ValueAltered))?;
        self.right_mac = true;
        Ok(text)
    }

    /// Opens a value that nothing protects from being altered, where the operator takes that upon himself.
    fn open_unauthenticated(&mut self, sealed: &Sealed<'_>, named: Named) -> Result<Zeroizing<Vec<u8>>, Closed> {
        if !self.guidance.accept_unauthenticated {
            return Err(sealed.holder.finding(Problem::MacAbsent).into());
        }
        let cipher = self.cipher(named, sealed.place)?;
        let text = self.decrypt(cipher.as_ref(), &sealed.bytes).ok();
        let length = text.as_ref().and_then(|text| padding::proved_length(text, named.cipher.block_size()));
        let (Some(text), Some(length)) = (text, length) else {
            // Only the paddings tell the right key from a wrong one: each must be right.
            return Err(Closed::File(sealed.place.finding(Problem::PaddingUnauthenticated)));
        };
        self.warn(sealed.holder, Problem::UnauthenticatedAccepted);
        Ok(padding::truncated(text, length))
    }

    /// Chooses the cipher of a value: its own, else the container's, else the operator's.
    fn named(&self, own: Option<Named>) -> Option<Named> {
        let of_container = self.encryption.as_ref().and_then(|encryption| encryption.named);
        let given = self.guidance.cipher.map(|cipher| Named { cipher, wants_passphrase: false });
        own.or(of_container).or(given)
    }

    fn vector(&self) -> Option<&[u8]> {
        self.encryption.as_ref()?.vector.as_deref()
    }

    fn decrypt(&self, cipher: &dyn Keyed, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        #[cfg(test)]
        tests::DECRYPTIONS.with(|count| count.set(count.get() + 1));
        cipher.decrypt(self.vector(), bytes)
    }

    /// Compares a MAC with what was declared.
    fn fits(&self, bytes: &[u8], expected: &[u8]) -> bool {
        self.macs.iter().any(|mac| mac.fits(bytes, expected))
    }

    /// Sets a cipher up, or gives the one that was.
    fn cipher(&mut self, named: Named, place: Element<'_>) -> Result<Rc<dyn Keyed>, Closed> {
        if let Some((_, cipher)) = self.ciphers.iter().find(|(known, _)| *known == named) {
            return Ok(Rc::clone(cipher));
        }
        // What is not encrypted needs no key.
        let key = if named.cipher == Cipher::None { Zeroizing::default() } else { self.key(named, place)? };
        let cipher = cipher::keyed(named.cipher, &key).ok_or_else(|| Closed::File(wrong_length(named, &key, place)))?;
        self.ciphers.push((named, Rc::clone(&cipher)));
        Ok(cipher)
    }

    /// Gives the encryption key for a cipher.
    fn key(&mut self, named: Named, place: Element<'_>) -> Result<Zeroizing<Vec<u8>>, Closed> {
        let fail = |problem| Closed::File(place.finding(problem));
        let unlock = &self.guidance.unlock;
        let source = self.encryption.as_ref().map(|encryption| &encryption.source);
        let lengths = named.cipher.key_lengths();
        let key = match source {
            Some(Source::Closed(finding)) => return Err(Closed::File(finding.clone())),
            Some(Source::Passphrase(derivation, few)) => {
                let passphrase = unlock.given_passphrase().ok_or_else(|| fail(Problem::PassphraseNeeded))?;
                let length = derivation.length_for(lengths.first().copied().unwrap_or_default());
                let (is_weak, few) = (derivation.is_weak(), few.clone());
                let key = derive::derived(&unlock.derived, derivation, passphrase, length);
                if is_weak {
                    self.tell(few);
                }
                key
            }
            _ if named.wants_passphrase => return Err(fail(Problem::DerivationIncomplete)),
            _ => {
                let given = unlock.given_pre_shared_key().ok_or_else(|| fail(Problem::PreSharedKeyNeeded))?;
                given::pre_shared_key(given).ok_or_else(|| fail(Problem::PreSharedKeyMalformed))?
            }
        };
        if lengths.contains(&key.len()) { Ok(key) } else { Err(Closed::File(wrong_length(named, &key, place))) }
    }

    /// Sets the MACs up, once for the file.
    fn key_macs(&mut self, named: Named, place: Element<'_>) -> Result<(), Closed> {
        if !self.macs.is_empty() {
            return Ok(());
        }
        let Some(method) = &self.method else { return Ok(()) };
        let hash = method.hash;
        let Some(sealed) = &method.key else {
            let key = self.key(named, place)?;
            self.macs.extend(hash.keyed(&key));
            return Ok(());
        };
        let malformed = || Closed::File(place.finding(Problem::CiphertextMalformed));
        let bytes = sealed.bytes.clone();
        let of_key = self.named(sealed.named).ok_or_else(|| Closed::File(place.finding(Problem::CipherMissing)))?;
        if !of_key.cipher.can_be(bytes.len(), self.vector().is_none()) {
            return Err(malformed());
        }
        let cipher = self.cipher(of_key, place)?;
        let key = self.decrypt(cipher.as_ref(), &bytes);
        let key = key.map_err(|_| Closed::File(place.finding(self.wrong_key())))?;
        match of_key.cipher {
            Cipher::Cbc(_) => {
                let block = of_key.cipher.block_size();
                self.proved = padding::pkcs7_length(&key, block).is_some();
                // Where the padding does not tell what the key is, each may be it: a MAC that fits any of them is right.
                let keys = padding::lengths(&key, block).filter_map(|length| key.get(..length));
                self.macs.extend(keys.filter_map(|key| hash.keyed(key)));
            }
            _ => {
                self.proved = true;
                self.macs.extend(hash.keyed(&key));
            }
        }
        Ok(())
    }

    fn warn(&mut self, place: Element<'_>, problem: Problem) {
        self.tell(place.finding(problem));
    }

    /// Keeps what is to be told of the file, once.
    fn tell(&mut self, finding: Finding) {
        let code = finding.problem.code();
        if !self.told.contains(&code) {
            self.told.push(code);
            self.warnings.push(finding);
        }
    }
}

/// Tells that a key has a length that the cipher cannot have.
fn wrong_length(named: Named, key: &[u8], place: Element<'_>) -> Finding {
    let (bytes, needed) = (derive::told(&[key.len()]), derive::told(named.cipher.key_lengths()));
    place.finding(Problem::KeyLengthOfAnother { bytes, needed, cipher: named.cipher.name() })
}
