//! What a container declares for all its keys: how values are encrypted and authenticated, and what keys may refer to.

use super::super::finding::Finding;
use super::super::problem::Problem;
use super::super::record::wide;
use super::crypto::Locks;
use super::names;
use super::synonyms::{ALGORITHM, ENCRYPTION, MAC_METHOD};
use super::tree::{Element, Tree};

/// The most templates of a container; a vendor has one for each model.
const MOST_TEMPLATES: usize = 64;

/// What drafts declare at the beginning of a container, besides what [`Locks`] keep.
#[derive(Default)]
pub(super) struct Declared {
    /// It was said how values are encrypted.
    is_told: bool,
    /// The container says that nothing in it is encrypted.
    is_plain: bool,
    /// It was told that the digests of plain values vouch for nothing.
    told_of_digests: bool,
    /// Where the first seed in clear is, as long as nothing shows that others are encrypted.
    pub(super) plain_seed: Option<Finding>,
}

impl Declared {
    /// Takes a child of the container that declares something.
    ///
    /// # Errors
    /// A finding for what is declared and cannot be opened.
    pub(super) fn take(&mut self, element: Element<'_>, locks: &mut Locks<'_>) -> Result<(), Finding> {
        match element.name() {
            name if ENCRYPTION.contains(&name) => self.take_encryption(element, locks),
            name if name == MAC_METHOD[2] => locks.take_mac_algorithm(element),
            // With nothing encrypted there is no key for a digest either.
            name if name == MAC_METHOD[1] && self.is_plain => Ok(()),
            _ => locks.take_mac_method(element),
        }
    }

    /// Takes `EncryptionKey`, or the `EncryptionMethod` of the first drafts, which speaks for all values: a second one could
    /// say of them that they are plain.
    fn take_encryption(&mut self, element: Element<'_>, locks: &mut Locks<'_>) -> Result<(), Finding> {
        let is_of_a_draft = element.name() == ENCRYPTION[1];
        if std::mem::replace(&mut self.is_told, true) {
            let element_name = if is_of_a_draft { "EncryptionMethod" } else { "EncryptionKey" };
            return Err(element.finding(Problem::ElementTwice { element: element_name }));
        }
        if is_of_a_draft && element.attribute_of(&ALGORITHM).is_some_and(names::is_no_cipher) {
            self.is_plain = true;
            return Ok(());
        }
        locks.take_encryption_key(element)
    }

    /// Tells whether the container says that nothing in it is encrypted.
    pub(super) fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// Tells, the first time only, that a digest of a plain value vouches for nothing.
    pub(super) fn tell_of_digest(&mut self, digest: Element<'_>) -> Option<Finding> {
        let is_told = std::mem::replace(&mut self.told_of_digests, true);
        (!is_told).then(|| digest.finding(Problem::DigestNotVerified))
    }
}

/// The templates of keys of a container (`KeyProperties`), by their names.
#[derive(Default)]
pub(super) struct Templates(Vec<(String, Tree)>);

impl Templates {
    /// Keeps a template (`KeyProperties`), for its chunk will be gone when keys refer to it.
    ///
    /// # Errors
    /// A finding for one without a name, or too many of them.
    pub(super) fn take(&mut self, element: Element<'_>) -> Result<(), Finding> {
        let id = element.attribute("id").filter(|id| !id.is_empty());
        let id = id.ok_or_else(|| element.finding(Problem::TemplateUnknown))?;
        if self.0.iter().any(|(known, _)| known == id) {
            return Err(element.finding(Problem::ElementTwice { element: "KeyProperties" }));
        }
        if self.0.len() >= MOST_TEMPLATES {
            return Err(element.finding(Problem::XmlTooManyElements { allowed: wide(MOST_TEMPLATES) }));
        }
        self.0.push((id.to_owned(), element.copy()));
        Ok(())
    }

    /// Gives the template that a key refers to, if it does.
    ///
    /// # Errors
    /// A finding for one that did not come before.
    pub(super) fn of(&self, key: Element<'_>) -> Result<Option<Element<'_>>, Finding> {
        let Some(id) = key.attribute("keyproperties").filter(|id| !id.is_empty()) else { return Ok(None) };
        let known = self.0.iter().find(|(known, _)| known == id);
        known.map(|(_, tree)| Some(tree.element(0))).ok_or_else(|| key.finding(Problem::TemplateUnknown))
    }
}
