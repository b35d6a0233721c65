//! The JSON of Microsoft Entra's Graph interface: `{"value":[{"serialNumber":…,"secretKey":…}]}`, a bare array, or one key.

mod device;
mod json;

use super::finding::{Finding, Place};
use super::problem::Problem;
use super::{Guidance, Input, Item};
use device::Device;
use json::{Piece, Scanner};

/// Reads a document and gives its keys and findings, in the order of the file; one key of it is in memory at a time.
///
/// # Errors
/// The finding that makes the rest of the file unreadable: JSON that is none.
pub(super) fn read(input: &mut Input<'_>, _: &Guidance, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    let mut scanner = Scanner::new(input);
    let mut told = Told::default();
    while let Some(Piece { line, column, bytes }) = scanner.next()? {
        let device = serde_json::from_slice::<Device<'_>>(&bytes).map_err(|error| {
            // Lines within the piece follow on the one where it begins.
            let below = u64::try_from(error.line()).unwrap_or(1).saturating_sub(1);
            Finding::on_line(line.saturating_add(below), Problem::JsonMalformed)
        })?;
        take(&device, (line, column), &mut told, sink);
    }
    Ok(())
}

/// Finds the keys in a document, and gives for each its place and its bytes.
///
/// # Errors
/// As [`read`].
pub(super) fn objects(input: &mut Input<'_>, visit: &mut dyn FnMut(Place, &[u8])) -> Result<(), Finding> {
    let mut scanner = Scanner::new(input);
    while let Some(Piece { line, column, bytes }) = scanner.next()? {
        visit(Place { line, column }, &bytes);
    }
    Ok(())
}

/// What is said of a file only once.
#[derive(Default)]
struct Told {
    assignments: bool,
}

fn take(device: &Device<'_>, (line, column): (u64, u64), told: &mut Told, sink: &mut dyn FnMut(Item)) {
    sink(Item::Row(Place { line, column }));
    let fail = |problem| Finding::at(line, column, problem);
    let shown = device.shown_serial();
    let mut warnings = Vec::new();
    let outcome = device.key(line, &mut warnings);
    if device.is_assigned() && !std::mem::replace(&mut told.assignments, true) {
        sink(Item::Finding(fail(Problem::AssignmentIgnored)));
    }
    warnings.into_iter().for_each(|problem| sink(Item::Finding(fail(problem).of(shown))));
    sink(match outcome {
        Ok(record) => Item::Key(Box::new(record)),
        Err(problem) => Item::Finding(fail(problem).of(shown)),
    });
}

#[cfg(test)]
mod tests;
