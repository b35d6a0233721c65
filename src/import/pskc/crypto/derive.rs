//! Keys from a passphrase: PBKDF2 (RFC 8018 section 5.2), as PSKC and its drafts declare it.

use super::super::super::finding::Finding;
use super::super::super::problem::Problem;
use super::super::super::record::wide;
use super::super::super::secret;
use super::super::names;
use super::super::tree::Element;
use super::mac::MacHash;
use pbkdf2::pbkdf2_hmac;
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

/// The most iterations: about a second; more would only stop the importer.
pub(super) const MOST_ITERATIONS: u32 = 2_000_000;
/// With fewer, a passphrase is soon found by trying.
pub(super) const FEW_ITERATIONS: u32 = 1_000;
const LONGEST_SALT: usize = 1024;
const KEY_LENGTHS: [u32; 3] = [16, 24, 32];

/// How a passphrase becomes a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Derivation {
    prf: MacHash,
    salt: Vec<u8>,
    iterations: u32,
    /// The bytes of the key; the cipher's where the file does not say it.
    length: Option<usize>,
}

impl Derivation {
    /// Reads a `KeyDerivationMethod`, its parameters being in any namespace.
    ///
    /// # Errors
    /// A finding for another function than PBKDF2, or parameters that are missing or out of bounds.
    pub(super) fn of_method(method: Element<'_>) -> Result<Self, Finding> {
        let algorithm = method.attribute("algorithm").unwrap_or_default();
        if !names::last_part(algorithm).eq_ignore_ascii_case("pbkdf2") {
            return Err(method.finding(Problem::DerivationUnknown));
        }
        let missing = || method.finding(Problem::DerivationIncomplete);
        let parameters = match method.child("PBKDF2-params")? {
            Some(parameters) => parameters,
            None => method.child("Parameters")?.ok_or_else(missing)?,
        };
        let salt = parameters.child("Salt")?.ok_or_else(missing)?;
        let salt = salt.child("Specified")?.ok_or_else(|| salt.finding(Problem::DerivationIncomplete))?;
        let iterations = parameters.child("IterationCount")?.ok_or_else(missing)?;
        let length = parameters.child("KeyLength")?.filter(|length| !length.trimmed().is_empty());
        let prf = parameters.child("PRF")?;
        Ok(Self {
            prf: prf.map_or(Ok(MacHash::Sha1), prf_of)?,
            salt: salt_of(salt)?,
            iterations: iterations_of(iterations)?,
            length: length.map(length_of).transpose()?,
        })
    }

    /// Reads what the draft of 2006 has right below `EncryptionMethod`: `PBESalt` and `PBEIterationCount`.
    ///
    /// # Errors
    /// As [`Derivation::of_method`].
    pub(super) fn of_draft(method: Element<'_>) -> Result<Self, Finding> {
        let missing = || method.finding(Problem::DerivationIncomplete);
        Ok(Self {
            prf: MacHash::Sha1,
            salt: salt_of(method.child("PBESalt")?.ok_or_else(missing)?)?,
            iterations: iterations_of(method.child("PBEIterationCount")?.ok_or_else(missing)?)?,
            length: None,
        })
    }

    /// Gives the bytes of its keys, the cipher's where the file does not say it.
    pub(super) fn length_for(&self, usual: usize) -> usize {
        self.length.unwrap_or(usual)
    }

    /// Tells whether there are so few iterations that somebody should know.
    pub(super) fn is_weak(&self) -> bool {
        self.iterations < FEW_ITERATIONS
    }

    /// Makes a key of so many bytes.
    pub(super) fn derive(&self, passphrase: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
        #[cfg(test)]
        super::tests::DERIVATIONS.with(|count| count.set(count.get() + 1));
        let mut key = Zeroizing::new(vec![0; length]);
        let derive = match self.prf {
            MacHash::Sha1 => pbkdf2_hmac::<sha1::Sha1>,
            MacHash::Sha224 => pbkdf2_hmac::<sha2::Sha224>,
            MacHash::Sha256 => pbkdf2_hmac::<sha2::Sha256>,
            MacHash::Sha384 => pbkdf2_hmac::<sha2::Sha384>,
            MacHash::Sha512 => pbkdf2_hmac::<sha2::Sha512>,
        };
        derive(passphrase, &self.salt, self.iterations, &mut key);
        key
    }
}

/// Takes the name of the function from the attribute, else from the text, where python-pskc 1.4 writes it; none is SHA-1.
fn prf_of(prf: Element<'_>) -> Result<MacHash, Finding> {
    match prf.attribute("algorithm").filter(|name| !name.is_empty()).unwrap_or(prf.trimmed()) {
        "" => Ok(MacHash::Sha1),
        name => names::mac_hash(name).ok_or_else(|| prf.finding(Problem::PrfUnknown)),
    }
}

fn salt_of(salt: Element<'_>) -> Result<Vec<u8>, Finding> {
    let bytes = secret::base64(salt.text()).map_err(|_| salt.finding(Problem::SaltMalformed))?;
    if bytes.len() > LONGEST_SALT { Err(salt.finding(Problem::SaltMalformed)) } else { Ok(bytes.to_vec()) }
}

fn iterations_of(count: Element<'_>) -> Result<u32, Finding> {
    let bound = |iterations: &u32| (1..=MOST_ITERATIONS).contains(iterations);
    let iterations = count.trimmed().parse().ok().filter(bound);
    let most = u64::from(MOST_ITERATIONS);
    iterations.ok_or_else(|| count.finding(Problem::IterationsOutOfRange { most }))
}

fn length_of(length: Element<'_>) -> Result<usize, Finding> {
    let bytes: Option<u32> = length.trimmed().parse().ok().filter(|bytes| KEY_LENGTHS.contains(bytes));
    let bytes = bytes.and_then(|bytes| usize::try_from(bytes).ok());
    bytes.ok_or_else(|| length.finding(Problem::KeyLengthOutOfRange))
}

/// A key that was derived, with what it was derived by: a file that is read twice derives it once.
pub(in super::super::super) struct Derived {
    derivation: Derivation,
    key: Zeroizing<Vec<u8>>,
}

/// Gives a key of so many bytes, and derives it only where that was not done before.
pub(super) fn derived(
    known: &Mutex<Vec<Derived>>,
    derivation: &Derivation,
    passphrase: &[u8],
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    let is_it = |known: &&Derived| known.derivation == *derivation && known.key.len() == length;
    if let Some(known) = known.iter().find(is_it) {
        return known.key.clone();
    }
    let key = derivation.derive(passphrase, length);
    known.push(Derived { derivation: derivation.clone(), key: key.clone() });
    key
}

/// Tells of how many bytes a key may be, for a finding.
pub(super) fn told(lengths: &[usize]) -> String {
    let lengths: Vec<String> = lengths.iter().map(|length| wide(*length).to_string()).collect();
    lengths.join("/")
}
