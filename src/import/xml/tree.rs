//! Elements that were read, side by side: a chunk of a file is three buffers, whatever the number of its elements.

use super::super::finding::{Finding, Place};
use super::super::problem::Problem;
use super::super::record::wide;
use super::names::Names;
use compact_str::CompactString;
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use std::ops::Range;
use zeroize::Zeroizing;

const MOST_ATTRIBUTES: usize = 64;
const MOST_NAMESPACES: usize = 32;
/// Room for the texts of a chunk, so that they seldom move.
const ROOM: usize = if cfg!(fuzzing) { 1024 } else { 16 * 1024 };

/// How many bytes are enough for one chunk.
const FULL: usize = 256 * 1024;

/// Elements, in the order of their begin.
pub(in super::super) struct Tree {
    records: Vec<Record>,
    attributes: Vec<(CompactString, Range<usize>)>,
    /// All values and texts, secrets among them.
    text: Zeroizing<String>,
    /// About how many bytes all of it takes.
    weight: usize,
    /// The names, which tell too whether they keep their case, and texts the blanks in front.
    names: Names,
}

struct Record {
    name: CompactString,
    line: u64,
    column: u64,
    attributes: Range<usize>,
    text: Range<usize>,
    /// The record after the last one below this.
    after: usize,
}

/// How much is in a tree.
#[derive(Clone, Copy)]
pub(in super::super) struct Mark {
    records: usize,
    attributes: usize,
    text: usize,
    weight: usize,
}

impl Tree {
    /// Begins empty.
    pub(in super::super) fn new() -> Self {
        Self {
            records: Vec::new(),
            attributes: Vec::new(),
            text: Zeroizing::new(String::with_capacity(ROOM)),
            weight: 0,
            names: Names::default(),
        }
    }

    /// Begins empty; names and the texts of leaves will be kept to the letter, for whom must hash them.
    pub(in super::super) fn exact() -> Self {
        Self { names: Names::exact(), ..Self::new() }
    }

    /// Tells whether names and texts are kept to the letter.
    pub(super) fn is_exact(&self) -> bool {
        self.names.are_exact()
    }

    /// Forgets everything, and keeps the room; what stood there is overwritten, or wiped in the end.
    pub(in super::super) fn clear(&mut self) {
        self.rewind(Mark { records: 0, attributes: 0, text: 0, weight: 0 });
    }

    /// Gives an element by its number.
    pub(in super::super) fn element(&self, number: usize) -> Element<'_> {
        Element { tree: self, number }
    }

    /// Tells how much is in it.
    pub(in super::super) fn mark(&self) -> Mark {
        Mark {
            records: self.records.len(),
            attributes: self.attributes.len(),
            text: self.text.len(),
            weight: self.weight,
        }
    }

    /// Tells about how many bytes came after a mark.
    pub(in super::super) fn weight_since(&self, mark: Mark) -> usize {
        self.weight.saturating_sub(mark.weight)
    }

    /// Forgets what came after a mark.
    pub(in super::super) fn rewind(&mut self, mark: Mark) {
        self.records.truncate(mark.records);
        self.attributes.truncate(mark.attributes);
        self.text.truncate(mark.text);
        self.weight = mark.weight;
    }

    /// Tells whether its buffers are as full as one chunk should be.
    pub(in super::super) fn is_full(&self) -> bool {
        self.weight >= FULL
    }

    /// Adds an element by its tag; gives its number. Its place is still to be told.
    ///
    /// # Errors
    /// The limit that the tag exceeds, or what is wrong with it.
    pub(in super::super) fn begin(&mut self, tag: &BytesStart<'_>) -> Result<usize, Problem> {
        let first = self.attributes.len();
        if tag.len() > tag.name().as_ref().len() {
            self.keep_attributes(tag)?;
        }
        self.weigh(size_of::<Record>());
        let number = self.records.len();
        let end = self.text.len();
        let name = self.names.plain(tag.name().as_ref())?;
        self.records.push(Record {
            name,
            line: 1,
            column: 1,
            attributes: first..self.attributes.len(),
            text: end..end,
            after: number.saturating_add(1),
        });
        Ok(number)
    }

    fn keep_attributes(&mut self, tag: &BytesStart<'_>) -> Result<(), Problem> {
        let mut namespaces: usize = 0;
        for (number, attribute) in tag.attributes().enumerate() {
            if number >= MOST_ATTRIBUTES {
                return Err(Problem::XmlTooManyAttributes { allowed: wide(MOST_ATTRIBUTES) });
            }
            let attribute = attribute.map_err(|_| Problem::XmlMalformed)?;
            let key = attribute.key.as_ref();
            if key == "xmlns" || key.starts_with("xmlns:") {
                namespaces = namespaces.saturating_add(1);
                if namespaces > MOST_NAMESPACES {
                    return Err(Problem::XmlTooManyNamespaces { allowed: wide(MOST_NAMESPACES) });
                }
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Problem::XmlEntity)?;
            let name = self.names.plain(key)?;
            let value = self.keep(&value);
            self.weigh(name.len().saturating_add(size_of::<(CompactString, Range<usize>)>()));
            self.attributes.push((name, value));
        }
        Ok(())
    }

    /// Tells where an element begins.
    pub(in super::super) fn place(&mut self, number: usize, (line, column): (u64, u64)) {
        if let Some(record) = self.records.get_mut(number) {
            (record.line, record.column) = (line, column);
        }
    }

    /// Ends an element: what is added from here on is not below it.
    pub(in super::super) fn end(&mut self, number: usize) {
        let after = self.records.len();
        if let Some(record) = self.records.get_mut(number) {
            record.after = after;
        }
    }

    /// Adds a piece of text to an element; blanks in front of all its text, as between elements, are left out. In an exact
    /// tree they are not, and only what comes after an element inside is.
    pub(in super::super) fn add_text(&mut self, number: usize, piece: &str) {
        let Some(record) = self.records.get(number) else { return };
        let mut text = record.text.clone();
        let has_children = self.records.len() > number.saturating_add(1);
        let unwanted =
            if self.names.are_exact() { has_children } else { text.is_empty() && piece.trim_ascii_start().is_empty() };
        if unwanted {
            return;
        }
        if text.is_empty() || text.end == self.text.len() {
            let added = self.keep(piece);
            text = if text.is_empty() { added } else { text.start..added.end };
        } else {
            // Text after an element: it is joined behind what came in between.
            let former = Zeroizing::new(self.text.get(text).unwrap_or_default().to_owned());
            text = self.keep(&former).start..self.keep(piece).end;
        }
        if let Some(record) = self.records.get_mut(number) {
            record.text = text;
        }
    }

    /// Tells how long the text of an element is.
    pub(in super::super) fn text_length(&self, number: usize) -> usize {
        self.records.get(number).map_or(0, |record| record.text.len())
    }

    /// Appends to the buffer; a longer one is made when it is full, and the former one wiped.
    fn keep(&mut self, piece: &str) -> Range<usize> {
        let start = self.text.len();
        let end = start.saturating_add(piece.len());
        if end > self.text.capacity() {
            let mut longer = Zeroizing::new(String::with_capacity(end.saturating_mul(2)));
            longer.push_str(&self.text);
            self.text = longer;
        }
        self.text.push_str(piece);
        self.weigh(piece.len());
        start..end
    }

    fn weigh(&mut self, bytes: usize) {
        self.weight = self.weight.saturating_add(bytes);
    }
}

/// An element of a tree, with all that is below it.
#[derive(Clone, Copy)]
pub(in super::super) struct Element<'t> {
    tree: &'t Tree,
    number: usize,
}

impl<'t> Element<'t> {
    fn record(self) -> Option<&'t Record> {
        self.tree.records.get(self.number)
    }

    /// Gives the name without prefix, in lower case unless the tree is exact.
    pub(in super::super) fn name(self) -> &'t str {
        self.record().map_or("", |record| record.name.as_str())
    }

    /// Gives the line in which it begins.
    pub(in super::super) fn line(self) -> u64 {
        self.record().map_or(1, |record| record.line)
    }

    /// Gives the place at which it begins.
    pub(in super::super) fn place(self) -> Place {
        self.record().map_or(Place::on_line(1), |record| Place { line: record.line, column: record.column })
    }

    /// Gives an attribute by its name without prefix, in lower case; blanks are cut off.
    pub(in super::super) fn attribute(self, name: &str) -> Option<&'t str> {
        self.attribute_of(&[name])
    }

    /// Gives an attribute by any of its names, each without prefix and in lower case; blanks are cut off.
    pub(in super::super) fn attribute_of(self, names: &[&str]) -> Option<&'t str> {
        let attributes = self.tree.attributes.get(self.record()?.attributes.clone())?;
        let (_, value) = attributes.iter().find(|(key, _)| names.contains(&key.as_str()))?;
        self.tree.text.get(value.clone()).map(str::trim)
    }

    /// Gives the elements right below it.
    pub(in super::super) fn children(self) -> impl Iterator<Item = Element<'t>> {
        let tree = self.tree;
        let end = self.record().map_or(0, |record| record.after);
        let mut next = self.number.saturating_add(1);
        std::iter::from_fn(move || {
            let number = Some(next).filter(|number| *number < end)?;
            next = tree.records.get(number)?.after;
            Some(tree.element(number))
        })
    }

    /// Gives all elements below it, in the order of their begin.
    pub(in super::super) fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        let tree = self.tree;
        let end = self.record().map_or(0, |record| record.after);
        (self.number.saturating_add(1)..end).map(|number| tree.element(number))
    }

    /// Gives the only child of a name.
    ///
    /// # Errors
    /// A finding when there are two.
    pub(in super::super) fn child(self, name: &'static str) -> Result<Option<Element<'t>>, Finding> {
        self.child_of(&[name])
    }

    /// Gives the only child that has any of some names, of which the first is the one for people.
    ///
    /// # Errors
    /// A finding when there are two.
    pub(in super::super) fn child_of(self, names: &[&'static str]) -> Result<Option<Element<'t>>, Finding> {
        let is_one = |child: &Element<'t>| names.iter().any(|name| child.name().eq_ignore_ascii_case(name));
        let mut named = self.children().filter(is_one);
        let first = named.next();
        match named.next() {
            Some(second) => {
                let element = names.first().copied().unwrap_or_default();
                Err(second.finding(Problem::ElementTwice { element }))
            }
            None => Ok(first),
        }
    }

    /// Gives the text of a child, blanks cut off; nothing for an empty one.
    pub(in super::super) fn child_text(self, name: &'static str) -> Result<Option<&'t str>, Finding> {
        Ok(self.child(name)?.map(Element::trimmed).filter(|text| !text.is_empty()))
    }

    /// Gives its own text, in one piece.
    pub(in super::super) fn text(self) -> &'t str {
        self.record().and_then(|record| self.tree.text.get(record.text.clone())).unwrap_or_default()
    }

    /// Gives its own text, blanks cut off.
    pub(in super::super) fn trimmed(self) -> &'t str {
        self.text().trim()
    }

    /// Copies it, with all that is below it, into a tree of its own, of which it is the first element.
    pub(in super::super) fn copy(self) -> Tree {
        let mut copy = Tree::new();
        let after = self.record().map_or(0, |record| record.after);
        for record in self.tree.records.get(self.number..after).unwrap_or_default() {
            let first = copy.attributes.len();
            for (name, value) in self.tree.attributes.get(record.attributes.clone()).unwrap_or_default() {
                let value = copy.keep(self.tree.text.get(value.clone()).unwrap_or_default());
                copy.attributes.push((name.clone(), value));
            }
            let text = copy.keep(self.tree.text.get(record.text.clone()).unwrap_or_default());
            copy.records.push(Record {
                name: record.name.clone(),
                attributes: first..copy.attributes.len(),
                text,
                after: record.after.saturating_sub(self.number),
                ..*record
            });
        }
        copy
    }

    /// Makes a finding of this place.
    pub(in super::super) fn finding(self, problem: Problem) -> Finding {
        let (line, column) = self.record().map_or((1, 1), |record| (record.line, record.column));
        Finding::at(line, column, problem)
    }
}
