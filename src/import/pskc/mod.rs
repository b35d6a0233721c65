//! PSKC 1.0, RFC 6030, with its drafts and what vendors make of them: the container, read one package at a time.

mod crypto;
mod declared;
mod integer;
mod key;
mod names;
mod package;
mod parts;
mod policy;
#[cfg(test)]
mod round_trip;
mod synonyms;
#[cfg(test)]
mod tests;
mod value;

use super::finding::{Finding, Place};
use super::problem::Problem;
use super::xml::{self, tree};
use super::{Guidance, Input, Item};
pub use crypto::Cipher;
pub(super) use crypto::Derived;
use crypto::{Closed, Locks};
use declared::{Declared, Templates};
use key::Key;
use package::Package;
use parts::{Belt, Chunk, Part};
use std::sync::mpsc;
use std::thread;
pub(super) use synonyms::{PACKAGE, ROOTS};
use tree::{Element, Tree};
use value::Values;
use xml::{Cursor, Node};

/// How many chunks of elements may wait to be read: so far ahead the other thread may be, however long the file.
const CHUNKS_AHEAD: usize = 4;
/// How many MACs may fail, none ever being right, before the key is taken for a wrong one.
const ENOUGH_MISMATCHES: usize = 100;

/// Reads a container and gives its keys and findings, in the order of the file.
///
/// Elements are cut on a thread of their own, while their keys are read, and stored, on this one.
///
/// # Errors
/// The finding that makes the rest of the file unreadable.
pub(super) fn read(input: &mut Input<'_>, guidance: &Guidance, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    let (full, receiver) = mpsc::sync_channel(CHUNKS_AHEAD);
    let (back, empty) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || parts::cut(&mut Cursor::new(input), &Belt { full, empty }));
        let mut container = Container::new(guidance);
        // What returns early here ends the other thread: nobody takes its parts any more.
        receiver.into_iter().try_for_each(|mut chunk| {
            container.take_chunk(&mut chunk, sink)?;
            // It is of no use there any more when the other thread has ended.
            let _ = back.send(chunk);
            Ok(())
        })
    })
}

/// Tells whether a container is one of a draft, by what stands first in it: a device with keys, not a package of one.
///
/// # Errors
/// None: what cannot be read is for the reader to tell.
pub(super) fn is_draft(input: &mut Input<'_>) -> Result<bool, Finding> {
    let mut tree = Tree::new();
    let mut cursor = Cursor::new(input);
    let mut is_draft = || -> Result<bool, Finding> {
        let root = xml::root(&mut cursor, &mut tree)?;
        if tree.element(root).name() == ROOTS[1] {
            return Ok(true);
        }
        loop {
            tree.clear();
            match cursor.next(&mut tree)? {
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(false),
                Node::Start(child) => match tree.element(child).name() {
                    name if synonyms::is_of_a_draft(name) => return Ok(true),
                    name if name == PACKAGE[0] => return Ok(false),
                    _ => cursor.skip(&mut tree)?,
                },
            }
        }
    };
    Ok(is_draft().unwrap_or(false))
}

fn check_root(root: Element<'_>, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    match root.name() {
        // The draft of 2006 counts by itself.
        name if name == ROOTS[1] => return Ok(()),
        name if name == ROOTS[0] => {}
        name => return Err(root.finding(Problem::NotAContainer { root: super::finding::shown(name) })),
    }
    match root.attribute("version") {
        Some("1.0" | "1") => Ok(()),
        Some(_) => Err(root.finding(Problem::PskcVersion)),
        None => {
            sink(Item::Finding(root.finding(Problem::PskcVersionMissing)));
            Ok(())
        }
    }
}

/// A container that is being read.
struct Container<'a> {
    guidance: &'a Guidance,
    locks: Locks<'a>,
    declared: Declared,
    templates: Templates,
    /// MACs that did not fit, until one does: if none ever fits, it is the key that is wrong.
    held: Vec<(Place, Finding)>,
    /// Whether a MAC was right.
    proved: bool,
}

impl<'a> Container<'a> {
    fn new(guidance: &'a Guidance) -> Self {
        let locks = Locks::new(guidance);
        let (declared, templates) = (Declared::default(), Templates::default());
        Self { guidance, locks, declared, templates, held: Vec::new(), proved: false }
    }

    fn take_chunk(&mut self, chunk: &mut Chunk, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
        for part in chunk.parts.drain(..) {
            match part {
                Part::Root(root) => {
                    // What the former document of the file declared does not hold for this one.
                    *self = Self::new(self.guidance);
                    check_root(chunk.tree.element(root), sink)?;
                }
                Part::Child(child) => self.take(chunk.tree.element(child), sink)?,
                Part::Closed => self.finish(sink)?,
                Part::NotClosed(finding) => {
                    sink(Item::Finding(finding));
                    self.finish(sink)?;
                }
                Part::Fault(finding) => return Err(finding),
            }
        }
        Ok(())
    }

    /// Takes a child of the container.
    fn take(&mut self, element: Element<'_>, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
        match element.name() {
            name if PACKAGE.contains(&name) => self.take_package(element, sink),
            synonyms::TEMPLATE => self.templates.take(element),
            "signature" => {
                sink(Item::Finding(element.finding(Problem::SignedNotVerified)));
                Ok(())
            }
            name if synonyms::READ.contains(&name) => self.declared.take(element, &mut self.locks),
            _ => Ok(()),
        }
    }

    fn take_package(&mut self, element: Element<'_>, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
        let row = element.place();
        let package = match Package::new(element) {
            Ok(package) => package,
            Err(finding) => {
                sink(Item::Row(row));
                sink(Item::Finding(finding));
                return Ok(());
            }
        };
        package.keys().try_for_each(|key| self.take_key((&package, row), key, sink))
    }

    fn take_key(
        &mut self,
        (package, row): (&Package<'_>, Place),
        key: Element<'_>,
        sink: &mut dyn FnMut(Item),
    ) -> Result<(), Finding> {
        let serial = package.serial_text(key);
        let mut values = Values { locks: &mut self.locks, declared: &mut self.declared, serial, warnings: Vec::new() };
        let found = self.templates.of(key).and_then(|template| Key::new(key, template)).map_err(Closed::Value);
        let outcome = found.and_then(|key| package.read(key, &self.guidance.stem, &mut values));
        let warnings = values.warnings;
        if self.locks.saw_a_right_mac() && !self.proved {
            self.proved = true;
            self.tell_held(sink);
        }
        sink(Item::Row(row));
        self.locks.take_warnings().into_iter().for_each(|finding| sink(Item::Finding(finding)));
        // One may be of a key that came before.
        let named = |finding: Finding| if finding.serial.is_some() { finding } else { finding.of(serial) };
        warnings.into_iter().for_each(|finding| sink(Item::Finding(named(finding))));
        match outcome {
            Ok(Some(record)) => sink(Item::Key(Box::new(record))),
            Ok(None) => {}
            Err(Closed::Value(finding)) if crypto::may_be_a_wrong_key(&finding.problem) && !self.proved => {
                self.held.push((row, finding.of(serial)));
                if self.held.len() >= ENOUGH_MISMATCHES {
                    return self.finish(sink);
                }
            }
            Err(Closed::Value(finding)) => sink(Item::Finding(finding.of(serial))),
            Err(Closed::File(finding)) => return Err(finding),
        }
        Ok(())
    }

    /// Tells what the MACs meant that did not fit.
    fn finish(&mut self, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
        let only_one_value_fails = self.held.len() == 1 && self.locks.are_proved();
        match self.held.first() {
            Some((_, first)) if !only_one_value_fails => {
                Err(Finding { serial: None, problem: self.locks.wrong_key(), ..first.clone() })
            }
            _ => {
                self.tell_held(sink);
                Ok(())
            }
        }
    }

    /// Tells of the MACs that did not fit, each in its row.
    fn tell_held(&mut self, sink: &mut dyn FnMut(Item)) {
        for (row, finding) in self.held.drain(..) {
            sink(Item::Row(row));
            sink(Item::Finding(finding));
        }
    }
}
