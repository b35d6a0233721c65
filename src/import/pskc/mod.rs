//! PSKC 1.0, RFC 6030: the container, read one package at a time.

mod crypto;
mod integer;
mod names;
mod package;
mod parts;
mod policy;
#[cfg(test)]
mod tests;

use super::finding::Finding;
use super::problem::Problem;
use super::xml::{self, tree};
use super::{Guidance, Input, Item};
use crypto::{Closed, Locks};
use package::Package;
use parts::{Belt, Chunk, Part};
use std::sync::mpsc;
use std::thread;
use tree::Element;
use xml::Cursor;

/// How many chunks of elements may wait to be read: so far ahead the other thread may be, however long the file.
const CHUNKS_AHEAD: usize = 4;
/// How many MACs may fail, none ever being right, before the pre-shared key is taken for a wrong one.
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
        let mut container = Container { locks: Locks::new(&guidance.unlock), held: Vec::new(), proved: false };
        // What returns early here ends the other thread: nobody takes its parts any more.
        receiver.into_iter().try_for_each(|mut chunk| {
            container.take_chunk(&mut chunk, sink)?;
            // It is of no use there any more when the other thread has ended.
            let _ = back.send(chunk);
            Ok(())
        })
    })
}

fn check_root(root: Element<'_>, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    match root.name() {
        "keycontainer" => {}
        "secretcontainer" => return Err(root.finding(Problem::PskcDraft)),
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
    locks: Locks<'a>,
    /// MACs that did not fit, until one does: if none ever fits, it is the pre-shared key that is wrong.
    held: Vec<Finding>,
    /// Whether a MAC was right.
    proved: bool,
}

impl Container<'_> {
    fn take_chunk(&mut self, chunk: &mut Chunk, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
        for part in chunk.parts.drain(..) {
            match part {
                Part::Root(root) => check_root(chunk.tree.element(root), sink)?,
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
            "encryptionkey" => self.locks.take_encryption_key(element),
            "macmethod" => self.locks.take_mac_method(element),
            "keypackage" => self.take_package(element, sink),
            "device" | "keyproperties" => Err(element.finding(Problem::PskcDraft)),
            "signature" => {
                sink(Item::Finding(element.finding(Problem::SignedNotVerified)));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn take_package(&mut self, element: Element<'_>, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
        let serial = package::serial_text(element).unwrap_or_default();
        let mut package = Package::new(&mut self.locks);
        let outcome = package.read(element);
        let warnings = std::mem::take(&mut package.warnings);
        if self.locks.saw_a_right_mac() && !self.proved {
            self.proved = true;
            self.held.drain(..).for_each(|finding| sink(Item::Finding(finding)));
        }
        warnings.into_iter().for_each(|finding| sink(Item::Finding(finding.of(serial))));
        match outcome {
            Ok(Some(record)) => sink(Item::Key(record)),
            Ok(None) => {}
            Err(Closed::Value(finding)) if finding.problem == Problem::MacMismatch && !self.proved => {
                self.held.push(finding.of(serial));
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
        let held = std::mem::take(&mut self.held);
        let only_one_value_fails = held.len() == 1 && self.locks.are_proved();
        match held.first() {
            Some(first) if !only_one_value_fails => {
                Err(Finding { serial: None, problem: Problem::WrongPreSharedKey, ..first.clone() })
            }
            _ => {
                held.into_iter().for_each(|finding| sink(Item::Finding(finding)));
                Ok(())
            }
        }
    }
}
