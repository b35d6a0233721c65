//! Lists of `otpauth://` URIs, one on a line, and of the `otpauth-migration://` ones in which apps hand over many keys.

mod account;
mod migration;
mod protobuf;
mod uri;

use super::finding::{Finding, Place};
use super::lines::{Line, Lines};
use super::problem::Problem;
use super::{Guidance, Input, Item};
use migration::Handovers;

/// An app puts ten keys into one URI; tools that join them make longer ones.
const LONGEST_LINE: usize = 64 * 1024;

const URI: &str = "otpauth://";
const MIGRATION: &str = "otpauth-migration://";

/// Reads a list and gives its keys and findings, in the order of the file.
///
/// # Errors
/// The finding for a file that cannot be read to its end.
pub(super) fn read(input: &mut Input<'_>, _: &Guidance, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    let mut lines = Lines::new(input, LONGEST_LINE);
    let mut handovers = Handovers::default();
    let mut told = false;
    while let Some(line) = lines.next() {
        let line = match line {
            Ok(line) => line,
            Err(finding) if finding.problem == Problem::Unreadable => return Err(finding),
            Err(finding) => {
                sink(Item::Row(finding.place()));
                sink(Item::Finding(finding));
                continue;
            }
        };
        let text = line.text.trim_start();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        sink(Item::Row(Place::on_line(line.number)));
        if !std::mem::replace(&mut told, true) {
            sink(Item::Finding(line.finding(text, Problem::SerialFromLabel)));
        }
        take(&line, text, &mut handovers, sink);
    }
    handovers.finish(sink);
    Ok(())
}

/// Tells whether a line is such a URI.
pub(super) fn is_line(line: &str) -> bool {
    after(line, URI).is_some() || after(line, MIGRATION).is_some()
}

fn take(line: &Line<'_>, text: &str, handovers: &mut Handovers, sink: &mut dyn FnMut(Item)) {
    let fail = |problem| Item::Finding(line.finding(text, problem));
    let several = text.to_ascii_lowercase().matches("otpauth").count() > 1 && text.matches("://").count() > 1;
    match (after(text, URI), after(text, MIGRATION)) {
        // Labels have commas in them: what separates URIs but a line end cannot be told from what belongs to them.
        (Some(_), _) | (_, Some(_)) if several => sink(fail(Problem::SeveralUris)),
        (Some(body), _) => uri::take(line, body, sink),
        (_, Some(body)) => handovers.take(line, body, sink),
        (None, None) => sink(fail(Problem::LineNotUnderstood)),
    }
}

/// Gives what stands behind a scheme, in whatever case.
fn after<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    text.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).and(text.get(scheme.len()..))
}

#[cfg(test)]
mod tests;
