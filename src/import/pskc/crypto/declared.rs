//! What a container declares for all its values: where the key comes from, the cipher, and the MAC.

use super::super::super::finding::Finding;
use super::super::super::problem::Problem;
use super::super::super::secret;
use super::super::names;
use super::super::tree::Element;
use super::derive::Derivation;
use super::mac::MacHash;
use super::method::{self, Cipher, Method, Named};
use zeroize::Zeroizing;

/// Encryption by a passphrase (RFC 8018 section 6.2): the cipher is that of its scheme.
const PBES2: &str = "pbes2";
/// How a key is derived: PSKC has the first name, PKCS #5 the second.
const DERIVATION: [&str; 2] = ["KeyDerivationMethod", "KeyDerivationFunc"];

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
    pub bytes: Zeroizing<Vec<u8>>,
}

impl Encryption {
    /// Reads `EncryptionKey` (RFC 6030 section 6.1), or `EncryptionMethod` as the drafts have it.
    ///
    /// # Errors
    /// A finding for a cipher that is not opened, or a passphrase whose parameters are missing or out of bounds.
    pub(super) fn read(element: Element<'_>) -> Result<Self, Finding> {
        let named = named_in(element, element)?;
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
        let derivation = derivation(element, named)?;
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

/// Gives how a passphrase becomes the key of a container, where it does.
fn derivation(element: Element<'_>, named: Option<Named>) -> Result<Option<Derivation>, Finding> {
    if let Some(derived) = element.child("DerivedKey")? {
        let method = derived.child_of(&DERIVATION)?;
        let method = method.ok_or_else(|| derived.finding(Problem::DerivationIncomplete))?;
        return Derivation::of_method(method).map(Some);
    }
    if let Some(method) = inside(element).find_map(|place| place.child_of(&DERIVATION).transpose()) {
        return Derivation::of_method(method?).map(Some);
    }
    let is_of_a_draft = named.is_some_and(|named| named.wants_passphrase) || element.child("PBESalt")?.is_some();
    is_of_a_draft.then(|| Derivation::of_draft(element)).transpose()
}

/// Gives the elements where the parts of a method may stand: PBES2 may have them one element further in.
fn inside(method: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    [Some(method), method.children().find(|child| child.name() == "pbes2-params")].into_iter().flatten()
}

/// Gives the cipher that an encrypted value names, if it names one.
pub(super) fn named(element: Element<'_>) -> Result<Option<Named>, Finding> {
    element.child("EncryptionMethod")?.map_or(Ok(None), |method| named_in(method, element))
}

/// Gives the cipher that a method names, if it names one; PBES2 has it further in. Findings are made of `place`.
fn named_in(method: Element<'_>, place: Element<'_>) -> Result<Option<Named>, Finding> {
    let scheme = inside(method).find_map(|place| place.child("EncryptionScheme").transpose()).transpose()?;
    let own = method.attribute("algorithm").filter(|name| !name.is_empty());
    let name = scheme.and_then(|scheme| scheme.attribute("algorithm")).filter(|name| !name.is_empty()).or(own);
    let named = name.map(|name| named_by(place, name)).transpose()?;
    let is_pbes2 = own.is_some_and(|own| names::last_part(own).eq_ignore_ascii_case(PBES2));
    Ok(named.map(|named| Named { wants_passphrase: named.wants_passphrase || is_pbes2, ..named }))
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
pub(super) fn ciphertext(element: Element<'_>) -> Result<Zeroizing<Vec<u8>>, Finding> {
    let malformed = || element.finding(Problem::CiphertextMalformed);
    let data = element.child("CipherData")?.ok_or_else(malformed)?;
    bytes_of(data.child("CipherValue")?.ok_or_else(malformed)?)
}

/// Decodes the text of an element; it may be a seed in clear, where its cipher is none.
pub(super) fn bytes_of(value: Element<'_>) -> Result<Zeroizing<Vec<u8>>, Finding> {
    secret::base64(value.text()).map_err(|_| value.finding(Problem::CiphertextMalformed))
}
