//! Containers that somebody made to harm: tags without end, MACs taken away, signatures around something else.

use super::super::crypto::tests::DECRYPTIONS;
use super::*;
use crate::import::tests::{guidance, outcome_of};
use std::cell::Cell;
use std::fmt::Write as _;

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.problem.code()).collect()
}

/// A container with a tag of so many attributes and namespaces, so deep, with a name of its own.
fn container(attributes: usize, namespaces: usize, deep: usize, name: &str) -> String {
    let mut tag = String::new();
    (0..attributes).for_each(|number| write!(tag, " a{number}=''").unwrap());
    (0..namespaces).for_each(|number| write!(tag, " xmlns:n{number}='u'").unwrap());
    let (open, close) = ("<x>".repeat(deep), "</x>".repeat(deep));
    format!("<KeyContainer Version='1.0'><{name}{tag}>{open}{close}</{name}></KeyContainer>")
}

#[test]
fn d03_tags_without_end_are_refused_at_our_own_limit() {
    let attributes = format!("<KeyContainer {}/>", "a=\"\" ".repeat(800_000));
    let namespaces: String = (0..1_000_000).map(|number| format!("xmlns:a{number}=\"u\" ")).collect();
    for file in [attributes, format!("<KeyContainer {namespaces}/>")] {
        let mut rest = file.as_bytes();
        let (keys, findings) = run_from(&mut rest, None);
        assert!(keys.is_empty());
        assert_eq!(codes(&findings), ["xml-markup-too-long"]);
        // What makes it quick: no more is read than the limit and a piece.
        assert!(file.len() - rest.len() < 1024 * 1024, "{} bytes were read", file.len() - rest.len());
    }
}

#[test]
fn d03_each_limit_of_a_tag_is_what_it_is_said_to_be() {
    let told = |file: String| codes(&run(file.as_bytes(), None).1);
    let name = "n".repeat(256);
    assert_eq!(told(container(64, 0, 0, &name)), Vec::<&str>::new());
    assert_eq!(told(container(0, 32, 0, "a")), Vec::<&str>::new());
    assert_eq!(told(container(65, 0, 0, "a")), ["xml-too-many-attributes"]);
    assert_eq!(told(container(0, 33, 0, "a")), ["xml-too-many-namespaces"]);
    assert_eq!(told(container(0, 0, 0, &format!("{name}n"))), ["xml-name-too-long"]);
    assert_eq!(told(container(0, 0, 14, "a")), Vec::<&str>::new(), "16 levels");
    assert_eq!(told(container(0, 0, 15, "a")), ["xml-too-deep"]);
}

#[test]
fn d04_whatever_is_taken_from_its_macs_nothing_of_a_file_comes_in() {
    for (name, code) in [
        ("bad-mac-missing.xml", "mac-missing"),
        ("bad-mac-method-missing.xml", "mac-method-missing"),
        ("bad-mac-absent.xml", "mac-absent"),
        ("bad-mac-key-of-another.xml", "wrong-pre-shared-key"),
        ("bad-mac-wrong.xml", "mac-mismatch"),
        ("bad-mac-unknown.xml", "mac-unknown"),
    ] {
        let outcome = outcome_of(&fixture(name), &guidance(name));
        let errors: Vec<_> = outcome.findings.iter().filter(|finding| finding.is_error()).collect();
        assert!(!errors.is_empty(), "{name}");
        assert!(errors.iter().all(|finding| finding.problem.code() == code), "{name}: {errors:?}");
    }
}

const FIGURE_6_VALUE: &str = "AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv";
const FIGURE_6_MAC: &str = "Su+NvtQfmvfJzF6bmQiJqoLRExc=";

#[test]
fn d04_a_mac_cut_short_is_wrong() {
    let file = String::from_utf8(fixture("rfc6030-figure-6.xml")).unwrap();
    let whole = data_encoding::BASE64.decode(FIGURE_6_MAC.as_bytes()).unwrap();
    for length in 0..whole.len() {
        let mac = data_encoding::BASE64.encode(&whole[..length]);
        let (keys, findings) = run(file.replace(FIGURE_6_MAC, &mac).as_bytes(), Some(FIGURE_6_KEY));
        assert!(keys.is_empty());
        assert_eq!(findings[0].problem, Problem::MacMismatch, "{mac:?}");
    }
}

/// How far apart the values lie that a byte is given: near one another by default, side by side before a release.
#[allow(clippy::disallowed_methods, reason = "a test takes its size from a variable")]
fn stride() -> usize {
    if std::env::var_os("CLEOTP_WHOLE").is_some() { 1 } else { 17 }
}

#[test]
fn d05_whatever_a_byte_of_the_last_two_blocks_becomes_its_mac_tells_it_and_nothing_is_decrypted() {
    let file = String::from_utf8(fixture("rfc6030-figure-6.xml")).unwrap();
    let bytes = data_encoding::BASE64.decode(FIGURE_6_VALUE.as_bytes()).unwrap();
    let mut told = std::collections::BTreeSet::new();
    let mut altered = bytes.clone();
    for position in bytes.len() - 32..bytes.len() {
        for byte in (0..=u8::MAX).step_by(stride()).filter(|byte| *byte != bytes[position]) {
            altered[position] = byte;
            let file = file.replace(FIGURE_6_VALUE, &data_encoding::BASE64.encode(&altered));
            DECRYPTIONS.with(|count| count.set(0));
            let (keys, findings) = run(file.as_bytes(), Some(FIGURE_6_KEY));
            assert_eq!((keys.len(), findings.len()), (0, 1));
            // The MAC key is decrypted, the value is not.
            assert_eq!(DECRYPTIONS.with(Cell::get), 1);
            told.insert(format!("{:?}", findings[0]));
        }
        altered[position] = bytes[position];
    }
    assert_eq!(told.len(), 1, "one error, whatever the padding would have been: {told:?}");
}

#[test]
fn d06_nothing_is_believed_for_a_signature_wherever_it_stands() {
    let file = String::from_utf8(fixture("pskc-signed.xml")).unwrap();
    let from = file.find("<KeyPackage>").unwrap();
    let to = file.find("</KeyPackage>").unwrap() + "</KeyPackage>".len();
    let other = file[from..to].replace("o8cWRsTpe", "pMcWRsTpe");
    assert_ne!(other, file[from..to]);
    let end = file.rfind("</KeyContainer>").unwrap();
    let told = |file: &str| {
        let outcome = outcome_of(file.as_bytes(), &Guidance::default());
        (outcome.keys.len(), codes(&outcome.findings))
    };
    assert_eq!(told(&file), (1, vec!["signed-not-verified"]));
    // The signed package and, outside of what is signed, another one under the same serial and Id.
    for at in [from, end] {
        let (_, codes) = told(&format!("{}{other}{}", &file[..at], &file[at..]));
        assert!(codes.contains(&"serial-twice") && codes.contains(&"signed-not-verified"), "{codes:?}");
    }
    // Below the signature itself it is no package, and behind the end nothing is.
    let within = file.replace("<ds:SignedInfo/>", &format!("<ds:SignedInfo/><ds:Object>{other}</ds:Object>"));
    assert_eq!(told(&within), (1, vec!["signed-not-verified"]));
    let outcome = outcome_of(format!("{file}{other}").as_bytes(), &Guidance::default());
    assert!(outcome.findings.iter().any(Finding::is_error), "{:?}", outcome.findings);
}
