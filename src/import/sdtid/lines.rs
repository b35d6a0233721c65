//! What a MAC is computed over: a line for each leaf of a section, with zeroes in between.

use super::super::xml::tree::Element;
use zeroize::Zeroizing;

const BLOCK: usize = 16;

/// Writes the leaves of a section in the order of the file, without those whose names end in `MAC`.
pub(super) fn of_section(section: Element<'_>) -> Zeroizing<Vec<u8>> {
    let mut lines = Lines { bytes: Zeroizing::new(Vec::new()), zeroes: 0 };
    lines.take(section.name(), section);
    lines.bytes
}

struct Lines {
    bytes: Zeroizing<Vec<u8>>,
    /// How many zeroes come after the next line: a mistake of the first program that wrote these files, kept since.
    zeroes: usize,
}

impl Lines {
    fn take(&mut self, path: &str, holder: Element<'_>) {
        for element in holder.children() {
            let name = element.name();
            if name.len() > 3 && name.ends_with("MAC") {
                continue;
            }
            let path = format!("{path}.{name}");
            if element.children().next().is_some() {
                self.take(&path, element);
            } else {
                self.add(&path, name, element.text());
            }
        }
    }

    fn add(&mut self, path: &str, name: &str, value: &str) {
        let line = Zeroizing::new(match value {
            "" => format!("{path} </{name}>\n"),
            value => format!("{path} {value}\n"),
        });
        let begun = self.bytes.len().checked_rem(BLOCK).unwrap_or(0);
        if !value.is_empty() && line.len().saturating_add(self.zeroes) <= BLOCK {
            // Another mistake: a line that fits into the block that has begun is written at its beginning.
            let whole = self.bytes.len().saturating_sub(begun);
            self.bytes.truncate(whole);
        }
        self.append(line.as_bytes());
        let end = self.bytes.len().saturating_add(self.zeroes);
        self.append(&vec![0; self.zeroes]);
        self.zeroes = Some(end.checked_rem(BLOCK).unwrap_or(0)).filter(|zeroes| *zeroes > 0).unwrap_or(BLOCK);
    }

    /// Appends; a longer buffer is made when it is full, and the former one wiped.
    fn append(&mut self, bytes: &[u8]) {
        let length = self.bytes.len().saturating_add(bytes.len());
        if length > self.bytes.capacity() {
            let mut longer = Zeroizing::new(Vec::with_capacity(length.saturating_mul(2)));
            longer.extend_from_slice(&self.bytes);
            self.bytes = longer;
        }
        self.bytes.extend_from_slice(bytes);
    }
}
