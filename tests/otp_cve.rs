//! Holds `docs/otp-cve.md` against the sources: each line of the list of known bugs has a test that is there, or a reason.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests may fail loudly and read files"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const PAGE: &str = "docs/otp-cve.md";
/// This file, which names tests that are none.
const ITSELF: &str = "tests/otp_cve.rs";
/// What begins the last cell of a line that no test covers, and how much must be said then.
const NO_TEST: &str = "Does not apply: ";
const LEAST_REASON: usize = 40;

/// The sections of the list: their letter, how many lines each has, and the numbers that were given up.
const SECTIONS: [(char, u8, &[u8]); 10] = [
    ('A', 17, &[]),
    ('B', 18, &[]),
    ('C', 9, &[]),
    ('D', 16, &[]),
    ('E', 5, &[]),
    ('F', 14, &[]),
    ('G', 8, &[]),
    ('H', 12, &[]),
    ('I', 6, &[]),
    ('J', 7, &[5]),
];

fn ids() -> Vec<String> {
    let of = |(letter, most, gone): &(char, u8, &[u8])| {
        let numbers = (1..=*most).filter(|number| !gone.contains(number));
        numbers.map(|number| format!("{letter}{number:02}")).collect::<Vec<_>>()
    };
    SECTIONS.iter().flat_map(of).collect()
}

/// Gives the ID that a text begins with: a letter and two digits.
fn id_at(text: &str) -> Option<String> {
    let id = text.get(..3)?;
    let (letter, digits) = id.split_at_checked(1)?;
    let is_one =
        letter.bytes().all(|byte| byte.is_ascii_alphabetic()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_one.then(|| id.to_ascii_uppercase())
}

/// A line of the page.
struct Line<'p> {
    id: String,
    what: &'p str,
    /// What covers it, as `file::function`.
    tests: Vec<&'p str>,
    reason: Option<&'p str>,
}

fn line_of(text: &str) -> Option<Line<'_>> {
    let cells: Vec<&str> = text.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
    let [first, what, last] = cells.as_slice() else { return None };
    let id = id_at(first).filter(|_| first.len() == 3)?;
    let tests = last.split('`').skip(1).step_by(2).filter(|text| text.contains("::")).collect();
    Some(Line { id, what, tests, reason: last.strip_prefix(NO_TEST) })
}

/// Tells whether a source has a test of that name that is run: one of its own, or a part of one that calls it.
fn is_test(source: &str, function: &str) -> bool {
    let (Some(at), calls) = (source.find(&format!("fn {function}(")), source.matches(&format!("{function}(")).count())
    else {
        return false;
    };
    let above = source[..at].lines().rev().map(str::trim).take_while(|line| line.starts_with("#[") || line.is_empty());
    let above: Vec<&str> = above.filter(|line| !line.is_empty()).collect();
    let is_ignored = above.iter().any(|line| line.starts_with("#[ignore"));
    !is_ignored && (above.contains(&"#[test]") || (calls > 1 && source.contains("#[test]")))
}

/// Gives every function that bears the ID of a line in its name.
fn named_after_a_line(source: &str) -> impl Iterator<Item = (String, &str)> {
    source.split("fn ").skip(1).filter_map(|rest| {
        let name = rest.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next()?;
        let id = id_at(name)
            .filter(|_| name.get(3..4) == Some("_") && name.starts_with(|c: char| c.is_ascii_lowercase()))?;
        Some((id, name))
    })
}

/// Says what is wrong with a page, given the sources by their paths.
fn faults(page: &str, sources: &BTreeMap<String, String>) -> Vec<String> {
    let (mut faults, mut covered) = (Vec::new(), BTreeSet::new());
    let lines: Vec<Line<'_>> = page.lines().filter_map(line_of).collect();
    for id in ids() {
        let count = lines.iter().filter(|line| line.id == id).count();
        if count != 1 {
            faults.push(format!("{id} stands {count} times in the page"));
        }
    }
    for Line { id, what, tests, reason } in &lines {
        if !ids().contains(id) {
            faults.push(format!("{id} is no line of the list"));
        }
        if what.trim().len() < 10 {
            faults.push(format!("{id} does not say what it is"));
        }
        match reason {
            Some(reason) if !tests.is_empty() || reason.len() < LEAST_REASON => {
                faults.push(format!("{id} has a reason that is none, or tests beside it"));
            }
            None if tests.is_empty() => faults.push(format!("{id} has neither a test nor a reason")),
            _ => {}
        }
        for test in tests {
            let (file, function) = test.split_once("::").unwrap_or_default();
            match sources.get(file) {
                None => faults.push(format!("{id}: there is no {file}")),
                Some(source) if !is_test(source, function) => {
                    faults.push(format!("{id}: {file} has no test {function} that is run"));
                }
                Some(_) => {}
            }
            covered.insert((id.clone(), *test));
        }
    }
    for (file, source) in sources {
        for (id, name) in named_after_a_line(source) {
            let test = format!("{file}::{name}");
            if !covered.contains(&(id.clone(), test.as_str())) {
                faults.push(format!("{id} does not name `{test}`"));
            }
        }
    }
    faults
}

fn sources() -> BTreeMap<String, String> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeMap::new();
    ["src", "tests"].iter().for_each(|folder| walk(root, &root.join(folder), &mut found));
    found.remove(ITSELF);
    assert!(found.len() > 300, "the sources were not found");
    found
}

#[test]
fn every_line_of_the_list_has_a_test_that_is_there_or_a_reason() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE)).unwrap();
    let faults = faults(&page, &sources());
    assert!(faults.is_empty(), "{PAGE}:\n{}", faults.join("\n"));
}

/// A page that names one test for each line, and a source that has them all.
fn made_up() -> (String, BTreeMap<String, String>) {
    let (mut page, mut source) = (String::from("| ID | what | tests |\n|---|---|---|\n"), String::new());
    for id in ids() {
        let name = format!("{}_holds", id.to_ascii_lowercase());
        page.push_str(&format!("| {id} | something of which people know | `src/a.rs::{name}` |\n"));
        source.push_str(&format!("#[test]\nfn {name}() {{\n    assert!(true);\n}}\n\n"));
    }
    (page, BTreeMap::from([("src/a.rs".to_owned(), source)]))
}

#[test]
fn the_list_has_111_lines() {
    assert_eq!(ids().len(), 111);
    let (page, sources) = made_up();
    assert_eq!(faults(&page, &sources), Vec::<String>::new());
}

#[test]
fn a_test_that_was_removed_renamed_or_is_not_run_is_missed() {
    let (page, sources) = made_up();
    let source = &sources["src/a.rs"];
    let with = |source: String| faults(&page, &BTreeMap::from([("src/a.rs".to_owned(), source)]));
    let removed = with(source.replace("#[test]\nfn b07_holds() {\n    assert!(true);\n}\n", ""));
    assert_eq!(removed, ["B07: src/a.rs has no test b07_holds that is run"]);
    let renamed = with(source.replace("fn b07_holds", "fn b07_stands"));
    assert_eq!(
        renamed,
        ["B07: src/a.rs has no test b07_holds that is run", "B07 does not name `src/a.rs::b07_stands`"]
    );
    for mark in ["#[ignore]\n#[test]", "#[test]\n#[ignore = \"slow\"]", ""] {
        let idle = with(source.replace("#[test]\nfn b07_holds", &format!("{mark}\nfn b07_holds")));
        assert_eq!(idle, ["B07: src/a.rs has no test b07_holds that is run"], "{mark:?}");
    }
    // A part of a test is one when it is called.
    let part = source.replace("#[test]\nfn b07_holds", "fn b07_holds").replacen("assert!(true)", "b07_holds()", 1);
    assert_eq!(with(part), Vec::<String>::new());
    let elsewhere = faults(&page, &BTreeMap::from([("src/b.rs".to_owned(), source.clone())]));
    assert!(elsewhere.contains(&"B07: there is no src/a.rs".to_owned()));
}

#[test]
fn a_line_without_a_test_without_a_reason_or_without_itself_is_missed() {
    let (page, sources) = made_up();
    let with = |page: String| faults(&page, &sources);
    let bare = with(page.replace("`src/a.rs::j07_holds`", "soon"));
    assert_eq!(bare, ["J07 has neither a test nor a reason", "J07 does not name `src/a.rs::j07_holds`"]);
    let without = with(page.replace("| J07 | something of which people know | `src/a.rs::j07_holds` |\n", ""));
    assert_eq!(without, ["J07 stands 0 times in the page", "J07 does not name `src/a.rs::j07_holds`"]);
    let short = with(page.replace("`src/a.rs::j07_holds`", "Does not apply: no."));
    assert_eq!(short[0], "J07 has a reason that is none, or tests beside it");
    let (last, source) = ("fn j07_holds", &sources["src/a.rs"]);
    let reason = "Does not apply: there is nothing of the kind in the program, since it has one thread";
    let page_with = page.replace("`src/a.rs::j07_holds`", reason);
    let untested = BTreeMap::from([("src/a.rs".to_owned(), source.replace(last, "fn another"))]);
    assert_eq!(faults(&page_with, &untested), Vec::<String>::new());
    let unknown = with(page.replace("| J07 |", "| J05 |"));
    assert!(unknown.contains(&"J05 is no line of the list".to_owned()), "{unknown:?}");
}
