//! Files of closed formats: known by a word at their beginning, by their root, or by their name, explained, never read.
//!
//! What is in such a file only the vendor's own server can open. A name alone makes no format: it only explains a file that
//! is nothing else.

use super::problem::Problem;

/// A closed format, and what is to be asked of whom.
type Closed = fn() -> Problem;

const DPX: Closed = || Problem::ClosedDigipass;
const FTK: Closed = || Problem::ClosedFortiToken;
const SDS: Closed = || Problem::ClosedActivId;
const IMP: Closed = || Problem::ClosedCheckPoint;
const VIP: Closed = || Problem::ClosedSymantecVip;
const CT_KIP: Closed = || Problem::ClosedCtKip;

/// How far a word is looked for.
const WITHIN: usize = 2048;

/// Words that the headers of such files have, in lower case.
const WORDS: [(&str, Closed); 8] = [
    ("digipass", DPX),
    ("vacman", DPX),
    ("fortitoken", FTK),
    ("fortinet", FTK),
    ("activid", SDS),
    ("actividentity", SDS),
    ("symantec vip", VIP),
    ("ct-kip", CT_KIP),
];

/// Ends of names, in lower case.
const EXTENSIONS: [(&str, Closed); 5] = [("dpx", DPX), ("ftk", FTK), ("sds", SDS), ("sdb", SDS), ("imp", IMP)];

/// Roots of XML files, in lower case: the messages of CT-KIP (RFC 4758) and of DSKPP after it.
const ROOTS: [&str; 10] = [
    "ct-kip",
    "clienthello",
    "clientnonce",
    "serverhello",
    "serverfinished",
    "ct-kiptrigger",
    "keyprovclienthello",
    "keyprovserverhello",
    "keyprovserverfinished",
    "keyprovtrigger",
];

/// Recognises a file by a word at its beginning.
pub(super) fn by_words(start: &[u8]) -> Option<Problem> {
    let start = start.get(..WITHIN).unwrap_or(start).to_ascii_lowercase();
    let has = |word: &str| memchr::memmem::find(&start, word.as_bytes()).is_some();
    WORDS.iter().find(|(word, _)| has(word)).map(|(_, closed)| closed())
}

/// Recognises an XML file by its root.
pub(super) fn by_root(root: &str) -> Option<Problem> {
    ROOTS.contains(&root).then(CT_KIP)
}

/// Explains a file that is nothing that is known by the end of its name.
pub(super) fn by_extension(extension: &str) -> Option<Problem> {
    let named = |(known, _): &&(&str, Closed)| extension.eq_ignore_ascii_case(known);
    EXTENSIONS.iter().find(named).map(|(_, closed)| closed())
}

#[cfg(test)]
mod tests;
