//! One device with its keys: `KeyPackage` of RFC 6030 has one key, `Device` of the drafts any number.

use super::super::finding::Finding;
use super::super::problem::Problem;
use super::super::record::{self, SeedRecord};
use super::crypto::Closed;
use super::key::{self, Key};
use super::names::Kind;
use super::policy;
use super::synonyms::{DEVICE_INFO, KEY};
use super::tree::Element;
use super::value::Values;
use crate::key::Serial;
use compact_str::CompactString;

/// A device, and the keys that come with it.
pub(super) struct Package<'t> {
    element: Element<'t>,
    device: Option<Element<'t>>,
    /// The ids of the keys that are PINs of others.
    pins: Vec<&'t str>,
    has_one_key: bool,
}

impl<'t> Package<'t> {
    /// Takes a package.
    ///
    /// # Errors
    /// A finding for one without a key, or with a device twice.
    pub(super) fn new(element: Element<'t>) -> Result<Self, Finding> {
        let device = element.child_of(&DEVICE_INFO)?;
        let has_one_key = match keys(element).take(2).count() {
            0 => return Err(element.finding(Problem::PackageWithoutKey)),
            count => count == 1,
        };
        let pins = if has_one_key { Vec::new() } else { keys(element).filter_map(policy::pin_of).collect() };
        Ok(Self { element, device, pins, has_one_key })
    }

    /// Gives its keys, in the order of the file.
    pub(super) fn keys(&self) -> impl Iterator<Item = Element<'t>> + use<'t> {
        keys(self.element)
    }

    /// Gives the serial of a key as the file has it, for findings.
    pub(super) fn serial_text(&self, key: Element<'t>) -> &'t str {
        let of_device = self.device.and_then(|device| device.child_text("SerialNo").ok().flatten());
        of_device.or_else(|| key::id(key)).unwrap_or_default()
    }

    /// Reads a key; nothing for one that is the PIN of another.
    ///
    /// # Errors
    /// [`Closed`] with the first fault.
    pub(super) fn read(
        &self,
        key: Key<'_>,
        stem: &str,
        values: &mut Values<'_, '_>,
    ) -> Result<Option<SeedRecord>, Closed> {
        let place = if self.has_one_key { self.element } else { key.element() };
        let kind = if self.is_a_pin(key) { Kind::Pin } else { values.kind(key)? };
        if kind == Kind::Pin {
            values.warnings.push(place.finding(Problem::PinPackage));
            return Ok(None);
        }
        let (serial, key_id) = self.serial(place, key, stem, values)?;
        let validity = policy::validity(self.device, key)?;
        values.warnings.extend(policy::check(key)?);
        let opened = values.locks.opened;
        let seed = values.seed_of(key)?;
        let is_sealed = values.locks.opened > opened;
        let parameters = values.parameters(key, kind, &seed)?;
        let counter = values.counter(key, kind)?;
        let drift = values.drift(key)?;
        let name = |element| self.device.map_or(Ok(None), |device| device.child_text(element));
        Ok(Some(SeedRecord {
            line: place.line(),
            serial,
            key_id,
            seed,
            parameters,
            counter,
            manufacturer: name("Manufacturer")?.and_then(record::name),
            model: name("Model")?.and_then(record::name),
            validity,
            drift,
            is_sealed,
        }))
    }

    /// Tells whether another key of the device has this one for its PIN, and it does not say to be anything else.
    fn is_a_pin(&self, key: Key<'_>) -> bool {
        key.algorithm().is_none() && key.id().is_some_and(|id| self.pins.contains(&id))
    }

    /// Takes the device's serial, else the key's own id, else makes one up; the id besides only where both are there.
    fn serial(
        &self,
        place: Element<'_>,
        key: Key<'_>,
        stem: &str,
        values: &mut Values<'_, '_>,
    ) -> Result<(Serial, Option<CompactString>), Finding> {
        let of_device = self.device.map_or(Ok(None), |device| device.child_text("SerialNo"))?;
        let (text, key_id) = match (of_device, key.id()) {
            (Some(serial), id) => (serial, id.map(CompactString::new)),
            (None, Some(id)) => (id, None),
            (None, None) => {
                let serial = record::made_up_serial(stem, place.line()).map_err(|problem| place.finding(problem))?;
                values.warnings.push(place.finding(Problem::SerialMadeUp).of(serial.as_str()));
                return Ok((serial, None));
            }
        };
        let (serial, changed) = record::serial(text).map_err(|problem| place.finding(problem))?;
        if changed {
            values.warnings.push(place.finding(Problem::SerialChanged));
        }
        Ok((serial, key_id))
    }
}

fn keys(package: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    package.children().filter(|child| KEY.contains(&child.name()))
}
