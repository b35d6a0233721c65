//! The values of a key, secret and integers, wherever and however a dialect has them.

use super::super::finding::Finding;
use super::super::problem::Problem;
use super::super::record;
use super::super::secret::{self, Undecodable};
use super::crypto::{Closed, Locks};
use super::declared::Declared;
use super::integer;
use super::synonyms::VALUE_MAC;
use super::tree::Element;
use crate::otp::Seed;
use std::mem::discriminant;
use zeroize::Zeroizing;

/// A value of a key: its element in RFC 6030, and its name in the drafts that have `<Data Name="…">`.
#[derive(Clone, Copy)]
pub(super) struct Datum {
    element: &'static str,
    name: &'static str,
}

pub(super) const SECRET: Datum = Datum { element: "Secret", name: "SECRET" };
pub(super) const COUNTER: Datum = Datum { element: "Counter", name: "COUNTER" };
pub(super) const TIME: Datum = Datum { element: "Time", name: "TIME" };
pub(super) const TIME_INTERVAL: Datum = Datum { element: "TimeInterval", name: "TIME_INTERVAL" };
pub(super) const TIME_DRIFT: Datum = Datum { element: "TimeDrift", name: "TIME_DRIFT" };

/// The values of a key or template.
#[derive(Clone, Copy)]
pub(super) struct Data<'t> {
    holder: Element<'t>,
    /// `Data` as RFC 6030 has it, around all values.
    current: Option<Element<'t>>,
    /// Whether there is `<Data Name="…">`, one for each value.
    has_named: bool,
}

impl<'t> Data<'t> {
    /// Finds the values of a key or template.
    ///
    /// # Errors
    /// A finding when `Data` is there twice.
    pub(super) fn of(holder: Element<'t>) -> Result<Self, Finding> {
        let mut data = Self { holder, current: None, has_named: false };
        for child in holder.children().filter(|child| child.name() == "data") {
            if child.attribute("name").is_some() {
                data.has_named = true;
            } else if data.current.replace(child).is_some() {
                return Err(child.finding(Problem::ElementTwice { element: "Data" }));
            }
        }
        Ok(data)
    }

    /// Finds the element of one value.
    ///
    /// # Errors
    /// A finding when it is there twice.
    pub(super) fn find(&self, datum: Datum) -> Result<Option<Element<'t>>, Finding> {
        let current = self.current.map_or(Ok(None), |data| data.child(datum.element))?;
        if !self.has_named {
            return Ok(current);
        }
        let is_named = |child: &Element<'t>| {
            child.name() == "data" && child.attribute("name").is_some_and(|name| name.eq_ignore_ascii_case(datum.name))
        };
        let mut found = current.into_iter().chain(self.holder.children().filter(is_named));
        let first = found.next();
        match found.next() {
            Some(second) => Err(second.finding(Problem::ElementTwice { element: datum.element })),
            None => Ok(first),
        }
    }
}

/// How a value stands in its element.
enum Form<'t> {
    /// Not at all.
    Missing,
    /// In clear.
    Plain(Element<'t>),
    /// Encrypted, with its method.
    Encrypted(Element<'t>),
    /// As the first drafts have it: the container tells which of the two.
    Legacy(Element<'t>),
}

impl<'t> Form<'t> {
    fn of(holder: Element<'t>) -> Result<Self, Finding> {
        let mut found = Self::Missing;
        for child in holder.children() {
            let (form, element) = match child.name() {
                "plainvalue" => (Self::Plain(child), "PlainValue"),
                "encryptedvalue" => (Self::Encrypted(child), "EncryptedValue"),
                "value" => (Self::Legacy(child), "Value"),
                _ => continue,
            };
            if discriminant(&found) == discriminant(&form) {
                return Err(child.finding(Problem::ElementTwice { element }));
            }
            if !matches!(std::mem::replace(&mut found, form), Self::Missing) {
                return Err(holder.finding(Problem::TwoValues));
            }
        }
        Ok(found)
    }
}

/// What opens values, and the warnings on the way.
pub(super) struct Values<'a, 'b> {
    /// The keys of the container.
    pub locks: &'a mut Locks<'b>,
    /// What it declares.
    pub declared: &'a mut Declared,
    /// The serial of the key, for findings.
    pub serial: &'a str,
    /// What somebody should know.
    pub warnings: Vec<Finding>,
}

impl Values<'_, '_> {
    /// Reads the secret of a key.
    ///
    /// # Errors
    /// [`Closed`] when it is missing, doubtful or does not open.
    pub(super) fn seed(&mut self, secret: Element<'_>) -> Result<Seed, Closed> {
        let opened = self.locks.opened;
        let bytes = match Form::of(secret)? {
            Form::Missing => return Err(secret.finding(Problem::SecretMissing).into()),
            Form::Encrypted(encrypted) => self.open(secret, encrypted)?,
            Form::Plain(plain) => {
                self.hold_plain(secret)?;
                // A plain secret where secrets carry a MAC was put there by somebody who could not make one.
                if self.locks.wants_macs() && !self.declared.is_plain() {
                    return Err(secret.finding(Problem::MacMissing).into());
                }
                decode_base64(plain)?
            }
            // Where values are encrypted a secret never stands in clear, digest or no digest.
            Form::Legacy(value) if self.encrypts_legacy() => self.open_legacy(secret, value)?,
            Form::Legacy(value) => {
                self.hold_legacy(secret)?;
                if self.locks.wants_macs() && !self.declared.is_plain() {
                    return Err(secret.finding(Problem::MacMissing).into());
                }
                decode_base64(value)?
            }
        };
        self.compare(secret, opened);
        record::seed(bytes).map_err(|problem| secret.finding(problem).into())
    }

    /// Tells of a seed in clear among encrypted ones, when so many values had been opened before it. Where MACs are declared it
    /// was refused; where none are, whoever altered the file could have put it in the place of an encrypted one.
    fn compare(&mut self, secret: Element<'_>, opened: u64) {
        if self.locks.opened > opened {
            self.warnings.extend(self.declared.plain_seed.take());
            return;
        }
        let plain = || secret.finding(Problem::PlainAmongEncrypted).of(self.serial);
        if opened > 0 || self.locks.are_declared() {
            self.warnings.push(plain());
        } else {
            self.declared.plain_seed.get_or_insert_with(plain);
        }
    }

    /// Reads an integer, plain or encrypted; nothing when it is empty.
    ///
    /// # Errors
    /// [`Closed`] when it is none, doubtful or does not open.
    pub(super) fn integer(&mut self, holder: Element<'_>, datum: Datum) -> Result<Option<i128>, Closed> {
        let malformed = |_| holder.finding(Problem::IntegerMalformed { element: datum.element });
        match Form::of(holder)? {
            Form::Missing => Ok(integer::plain(holder.text()).map_err(malformed)?),
            Form::Encrypted(encrypted) => Ok(Some(integer::binary(&self.open(holder, encrypted)?).map_err(malformed)?)),
            Form::Plain(plain) => {
                self.hold_plain(holder)?;
                Ok(integer::plain(plain.text()).map_err(malformed)?)
            }
            // ActivIdentity has its integers in clear between secrets that are not: the digest tells.
            Form::Legacy(value) if self.encrypts_legacy() && holder.child_of(&VALUE_MAC)?.is_some() => {
                Ok(Some(integer::binary(&self.open_legacy(holder, value)?).map_err(malformed)?))
            }
            Form::Legacy(value) => {
                self.hold_legacy(holder)?;
                Ok(integer::plain(value.text()).map_err(malformed)?)
            }
        }
    }

    /// Opens an encrypted value; draft-ietf-keyprov-pskc-02 has its MAC within it, RFC 6030 beside it.
    fn open(&mut self, holder: Element<'_>, encrypted: Element<'_>) -> Result<Zeroizing<Vec<u8>>, Closed> {
        let is_within = holder.child_of(&VALUE_MAC)?.is_none() && encrypted.child_of(&VALUE_MAC)?.is_some();
        self.locks.open(if is_within { encrypted } else { holder }, encrypted)
    }

    /// Tells whether the values of the first drafts are encrypted.
    fn encrypts_legacy(&self) -> bool {
        self.locks.are_declared() && !self.declared.is_plain()
    }

    /// Opens an encrypted value of the first drafts.
    fn open_legacy(&mut self, holder: Element<'_>, value: Element<'_>) -> Result<Zeroizing<Vec<u8>>, Closed> {
        let digest = holder.child_of(&VALUE_MAC)?;
        self.locks.open_draft(holder, value, digest)
    }

    /// Holds that a plain value carries no MAC: it could not be checked, or it is there to be taken for another's.
    fn hold_plain(&mut self, holder: Element<'_>) -> Result<(), Finding> {
        match holder.child_of(&VALUE_MAC)? {
            None => Ok(()),
            Some(digest) if self.declared.is_plain() => {
                self.warnings.extend(self.declared.tell_of_digest(digest));
                Ok(())
            }
            Some(mac) if self.locks.wants_macs() => Err(mac.finding(Problem::MacOnPlainValue)),
            Some(mac) => Err(mac.finding(Problem::MacMethodMissing)),
        }
    }

    /// Looks at the digest of a value of the first drafts, which is plain where the container declares no encryption.
    fn hold_legacy(&mut self, holder: Element<'_>) -> Result<(), Finding> {
        match holder.child_of(&VALUE_MAC)? {
            Some(digest) if self.locks.wants_macs() && !self.declared.is_plain() => {
                Err(digest.finding(Problem::MacOnPlainValue))
            }
            digest => {
                self.warnings.extend(digest.and_then(|digest| self.declared.tell_of_digest(digest)));
                Ok(())
            }
        }
    }
}

fn decode_base64(plain: Element<'_>) -> Result<Zeroizing<Vec<u8>>, Finding> {
    secret::base64(plain.text()).map_err(|error| {
        plain.finding(match error {
            Undecodable::Empty => Problem::SeedMissing,
            Undecodable::Character { position } => Problem::SeedNotBase64 { position },
            Undecodable::Length { characters } => Problem::SeedIncomplete { characters },
        })
    })
}
