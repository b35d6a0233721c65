//! PSKC 1.0, RFC 6030: the container, read one package at a time.

mod crypto;
mod integer;
mod names;
mod package;
mod policy;
#[cfg(test)]
mod tests;
mod xml;

use super::finding::{Finding, Problem};
use super::{Item, Unlock};
use crypto::{Closed, Locks};
use package::Package;
use std::io::BufRead;
use xml::{Cursor, Element, Node};

/// How many MACs may fail, none ever being right, before the pre-shared key is taken for a wrong one.
const ENOUGH_MISMATCHES: usize = 100;

/// Reads a container and gives its keys and findings, in the order of the file.
///
/// # Errors
/// The finding that makes the rest of the file unreadable.
pub(super) fn read(input: &mut dyn BufRead, unlock: &Unlock, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    let mut cursor = Cursor::new(input);
    let root = root(&mut cursor)?;
    check_root(&root, sink)?;
    let mut container = Container { locks: Locks::new(unlock), held: Vec::new(), proved: false };
    loop {
        match cursor.next()? {
            Node::Start(start) => container.take(start, &mut cursor, sink)?,
            Node::Text(_) => {}
            Node::End => break,
            Node::Eof => {
                sink(Item::Finding(cursor.finding(Problem::ContainerNotClosed)));
                return container.finish(sink);
            }
        }
    }
    container.finish(sink)?;
    expect_end(&mut cursor)
}

/// Gives the name of the root element as the file has it, without prefix.
///
/// # Errors
/// A finding for a document type, or XML that is none.
pub(super) fn root_name(input: &mut dyn BufRead) -> Result<String, Finding> {
    root(&mut Cursor::new(input)).map(|root| root.name)
}

fn root(cursor: &mut Cursor<'_>) -> Result<Element, Finding> {
    loop {
        match cursor.next()? {
            Node::Start(root) => return Ok(root),
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Eof => return Err(cursor.finding(Problem::Truncated)),
            Node::Text(_) | Node::End => return Err(cursor.finding(Problem::XmlMalformed)),
        }
    }
}

fn check_root(root: &Element, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    match root.name.as_str() {
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

fn expect_end(cursor: &mut Cursor<'_>) -> Result<(), Finding> {
    loop {
        match cursor.next() {
            Ok(Node::Eof) => return Ok(()),
            Ok(Node::Text(text)) if text.trim().is_empty() => {}
            _ => return Err(cursor.finding(Problem::ContentAfterEnd)),
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
    /// Takes a child of the container.
    fn take(&mut self, start: Element, cursor: &mut Cursor<'_>, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
        match start.name.as_str() {
            "encryptionkey" => self.locks.take_encryption_key(&cursor.rest_of(start)?),
            "macmethod" => self.locks.take_mac_method(&cursor.rest_of(start)?),
            "keypackage" => {
                let package = cursor.rest_of(start)?;
                self.take_package(&package, sink)
            }
            "device" | "keyproperties" => Err(start.finding(Problem::PskcDraft)),
            "signature" => {
                sink(Item::Finding(start.finding(Problem::SignedNotVerified)));
                cursor.skip()
            }
            _ => cursor.skip(),
        }
    }

    fn take_package(&mut self, element: &Element, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
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
