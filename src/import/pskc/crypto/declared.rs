//! What a container declares for all its values: where the key comes from, the cipher, and the MAC.

use super::super::super::finding::Finding;
use super::super::super::problem::Problem;
use super::super::super::secret;
use super::super::names;
use super::super::tree::Element;
use super::derive::Derivation;
use super::mac::MacHash;
use super::method::{self, Cipher, Method, Named};

/// Where the key of a container comes from.
#[derive(Default)]
pub(super) enum Source {
    /// It was agreed on before; also where nothing is said.
    #[default]
    PreShared,
    /// From a passphrase; where that is said is kept for findings.
    Passphrase(Derivation, Finding),
    /// From elsewhere: the finding for it.
    Closed(Finding),
}

/// What a container says of its encryption.
#[derive(Default)]
pub(super) struct Encryption {
    /// Where the key comes from.
    pub source: Source,
    /// The cipher of the values that name none.
    pub named: Option<Named>,
    /// The initial vector of all values, where it is not in front of each.
    pub vector: Option<Vec<u8>>,
}

/// What a container declares about its MACs.
pub(super) struct MacMethod {
    /// The hash.
    pub hash: MacHash,
    /// The MAC key as the file has it, encrypted; without one the encryption key serves.
    pub key: Option<MacKey>,
    /// A draft declared it: MACs may be over the plaintext.
    pub is_of_a_draft: bool,
}

/// An encrypted MAC key.
pub(super) struct MacKey {
    /// Its cipher, where it names one.
    pub named: Option<Named>,
    /// The ciphertext.
    pub bytes: Vec<u8>,
}

impl Encryption {
    /// Reads `EncryptionKey` (RFC 6030 section 6.1), or `EncryptionMethod` as the drafts have it.
    ///
    /// # Errors
    /// A finding for a cipher that is not opened, or a passphrase whose parameters are missing or out of bounds.
    pub(super) fn read(element: Element<'_>) -> Result<Self, Finding> {
        let named = element.attribute("algorithm").filter(|name| !name.is_empty());
        let named = named.map(|name| named_by(element, name)).transpose()?;
        let vector = match element.child("IV")? {
            None => None,
            Some(vector) => {
                let bytes = secret::base64(vector.text()).map_err(|_| vector.finding(Problem::CiphertextMalformed))?;
                let fits = named.is_none_or(|named| bytes.len() == named.cipher.block_size());
                Some(bytes.to_vec())
                    .filter(|_| fits)
                    .ok_or_else(|| vector.finding(Problem::CiphertextMalformed))
                    .map(Some)?
            }
        };
        let derivation = match element.child("DerivedKey")? {
            Some(derived) => match derived.child("KeyDerivationMethod")? {
                Some(method) => Some(Derivation::of_method(method)?),
                None => return Err(derived.finding(Problem::DerivationIncomplete)),
            },
            None if named.is_some_and(|named| named.wants_passphrase) => Some(Derivation::of_draft(element)?),
            None => None,
        };
        let elsewhere = element.children().map(Element::name).filter_map(names::key_source).next();
        let source = match (derivation, elsewhere) {
            (Some(derivation), _) => Source::Passphrase(derivation, element.finding(Problem::IterationsFew)),
            (None, Some(source)) => Source::Closed(element.finding(Problem::KeySourceNotSupported { source })),
            (None, None) => Source::PreShared,
        };
        Ok(Self { source, named, vector })
    }
}

impl MacMethod {
    /// Reads `MACMethod` (RFC 6030 section 6.1.1), or `DigestMethod` as the drafts have it; nothing where it names no MAC, as
    /// python-pskc writes it beside key wraps: values with a MAC are refused then, and others only open by themselves.
    ///
    /// # Errors
    /// A finding for an unknown MAC, or a MAC key whose cipher is not opened.
    pub(super) fn read(element: Element<'_>) -> Result<Option<Self>, Finding> {
        let Some(name) = element.attribute("algorithm") else { return Ok(None) };
        let hash = names::mac_hash(name).ok_or_else(|| element.finding(Problem::MacUnknown))?;
        if let Some(reference) = element.child("MACKeyReference")? {
            return Err(reference.finding(Problem::MacKeyReference));
        }
        let key = match element.child("MACKey")? {
            None => None,
            Some(key) => Some(MacKey::read(key)?),
        };
        Ok(Some(Self { hash, key, is_of_a_draft: element.name() == "digestmethod" }))
    }

    /// Reads `MACAlgorithm` (draft-ietf-keyprov-pskc-02), whose text names the MAC.
    ///
    /// # Errors
    /// A finding for an unknown MAC.
    #[allow(dead_code, reason = "tested; the reader of drafts refuses such files until it calls this")]
    pub(super) fn read_algorithm(element: Element<'_>) -> Result<Self, Finding> {
        let hash = names::mac_hash(element.trimmed()).ok_or_else(|| element.finding(Problem::MacUnknown))?;
        Ok(Self { hash, key: None, is_of_a_draft: true })
    }
}

impl MacKey {
    fn read(element: Element<'_>) -> Result<Self, Finding> {
        let named = named(element)?;
        // Whoever alters a file could make the MACs anew with a MAC key in clear.
        if named.is_some_and(|named| named.cipher == Cipher::None) {
            return Err(element.finding(Problem::MacKeyPlain));
        }
        Ok(Self { named, bytes: ciphertext(element)? })
    }
}

/// Gives the cipher that an encrypted value names, if it names one; PBES2 has it one element further in.
pub(super) fn named(element: Element<'_>) -> Result<Option<Named>, Finding> {
    let Some(method) = element.child("EncryptionMethod")? else { return Ok(None) };
    let scheme = method.child("EncryptionScheme")?.and_then(|scheme| scheme.attribute("algorithm"));
    let name = scheme.or_else(|| method.attribute("algorithm")).filter(|name| !name.is_empty());
    name.map(|name| named_by(element, name)).transpose()
}

fn named_by(place: Element<'_>, name: &str) -> Result<Named, Finding> {
    match method::method(name) {
        Some(Method::Opens(named)) => Ok(named),
        Some(Method::Closed(cipher)) => Err(place.finding(Problem::CipherNotSupported { cipher })),
        Some(Method::Asymmetric(cipher)) => Err(place.finding(Problem::CipherAsymmetric { cipher })),
        None => Err(place.finding(Problem::CipherUnknown)),
    }
}

/// Gives the bytes of `CipherData/CipherValue`.
pub(super) fn ciphertext(element: Element<'_>) -> Result<Vec<u8>, Finding> {
    let malformed = || element.finding(Problem::CiphertextMalformed);
    let data = element.child("CipherData")?.ok_or_else(malformed)?;
    bytes_of(data.child("CipherValue")?.ok_or_else(malformed)?)
}

/// Decodes the text of an element.
pub(super) fn bytes_of(value: Element<'_>) -> Result<Vec<u8>, Finding> {
    let bytes = secret::base64(value.text()).map_err(|_| value.finding(Problem::CiphertextMalformed))?;
    Ok(bytes.to_vec())
}
