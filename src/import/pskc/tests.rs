//! Tests of the reader: the figures of RFC 6030, and what must never happen.

mod hostile;

use super::super::tests::fixture;
use super::super::{SeedRecord, Unlock};
use super::*;
use crate::otp::Algorithm;

fn run(mut bytes: &[u8], key: Option<&[u8]>) -> (Vec<SeedRecord>, Vec<Finding>) {
    run_from(&mut bytes, key)
}

fn run_from(input: &mut Input<'_>, key: Option<&[u8]>) -> (Vec<SeedRecord>, Vec<Finding>) {
    run_with(input, key.map_or_else(Unlock::none, |key| Unlock::pre_shared(key.to_vec().into())))
}

fn run_with(input: &mut Input<'_>, unlock: Unlock) -> (Vec<SeedRecord>, Vec<Finding>) {
    let guidance = Guidance { unlock, ..Guidance::default() };
    let (mut keys, mut findings) = (Vec::new(), Vec::new());
    let result = read(input, &guidance, &mut |item| match item {
        Item::Key(record) => keys.push(*record),
        Item::Finding(finding) => findings.push(finding),
        Item::Row(_) => {}
    });
    findings.extend(result.err());
    (keys, findings)
}

const ASCII_KEY: &[u8] = b"12345678901234567890";
const FIGURE_6_KEY: &[u8] = b"12345678901234567890123456789012";

#[test]
fn rfc_6030_figure_2_takes_the_id_for_the_serial() {
    let (keys, findings) = run(&fixture("rfc6030-figure-2.xml"), None);
    assert_eq!(keys.len(), 1);
    assert_eq!((keys[0].serial.as_str(), keys[0].seed.expose()), ("12345678", b"1234".as_slice()));
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].problem, Problem::DigitsAssumed);
}

#[test]
fn rfc_6030_figure_3_is_read_with_all_that_is_kept() {
    let (keys, findings) = run(&fixture("rfc6030-figure-3.xml"), None);
    assert_eq!((keys.len(), findings.len()), (1, 0));
    let key = &keys[0];
    assert_eq!((key.serial.as_str(), key.key_id.as_deref(), key.counter), ("987654321", Some("12345678"), Some(0)));
    assert_eq!((key.manufacturer.as_deref(), key.parameters.digits.get()), (Some("Manufacturer"), 8));
    assert_eq!(key.parameters.algorithm, Algorithm::Hotp(crate::otp::Hash::Sha1));
    assert_eq!(key.seed.expose(), ASCII_KEY);
}

#[test]
fn rfc_6030_figure_5_gives_one_key_and_no_pin() {
    let (keys, findings) = run(&fixture("rfc6030-figure-5.xml"), None);
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].seed.expose(), ASCII_KEY);
    assert_eq!(findings.iter().map(|finding| finding.problem.code()).collect::<Vec<_>>(), ["pin-package-skipped"]);
}

#[test]
fn rfc_6030_figure_6_is_opened_with_its_pre_shared_key() {
    let (keys, findings) = run(&fixture("rfc6030-figure-6.xml"), Some(FIGURE_6_KEY));
    assert_eq!((keys.len(), findings.len()), (1, 0), "{findings:?}");
    assert_eq!(keys[0].seed.expose(), ASCII_KEY);
}

#[test]
fn rfc_6030_figure_7_is_opened_with_its_passphrase() {
    let mut unlock = Unlock::none();
    unlock.give_passphrase(fixture("rfc6030-figure-7.key").into());
    let (keys, findings) = run_with(&mut fixture("rfc6030-figure-7.xml").as_slice(), unlock);
    assert_eq!((keys.len(), findings.len()), (1, 0), "{findings:?}");
    assert_eq!(keys[0].seed.expose(), ASCII_KEY);
}

#[test]
fn rfc_6030_figure_10_gives_four_keys_with_the_earlier_end() {
    let (keys, _) = run(&fixture("rfc6030-figure-10.xml"), None);
    let serials: Vec<&str> = keys.iter().map(|key| key.serial.as_str()).collect();
    assert_eq!(serials, ["654321", "123456", "9999999", "9999999"]);
    assert!(keys.iter().all(|key| key.seed.expose() == ASCII_KEY));
    assert_eq!(keys[0].validity.not_after.map(|end| end.epoch_seconds()), Some(1_149_033_600));
}

/// Says in a line what a key is.
fn described(key: &SeedRecord) -> String {
    let day = |moment: Option<crate::clock::UtcTime>| {
        let moment = moment.and_then(|moment| chrono::DateTime::from_timestamp(moment.epoch_seconds(), 0));
        moment.map_or("-".to_owned(), |moment| moment.format("%Y-%m-%dT%H:%M:%SZ").to_string())
    };
    let parameters = &key.parameters;
    format!(
        "{} {} id {} {:?} digits {} period {} counter {} drift {} from {} to {} {} seed {}",
        key.line,
        key.serial,
        key.key_id.as_deref().unwrap_or("-"),
        parameters.algorithm,
        parameters.digits.get(),
        parameters.period.seconds(),
        key.counter.map_or("-".to_owned(), |counter| counter.to_string()),
        key.drift,
        day(key.validity.not_before),
        day(key.validity.not_after),
        key.manufacturer.as_deref().unwrap_or("-"),
        data_encoding::HEXLOWER.encode(key.seed.expose()),
    )
}

#[test]
fn every_dialect_gives_what_its_keys_are() {
    let names = super::super::tests::names();
    let key = fixture("pskc-preshared-demo.key");
    let told = names.iter().filter(|name| name.starts_with("pskc-") && name.ends_with(".xml"));
    let told = told.filter(|name| !name.contains("utf-16") && !name.contains("latin-1")).map(|name| {
        let (keys, _) = run(fixture(name).strip_prefix(b"\xef\xbb\xbf").unwrap_or(&fixture(name)), Some(&key));
        let keys: Vec<String> = keys.iter().map(described).collect();
        format!("{name}\n{}", keys.join("\n"))
    });
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n\n"));
}

#[test]
fn drafts_are_told_from_the_standard_by_what_stands_in_the_container() {
    let is_draft = |text: &str| super::is_draft(&mut text.as_bytes()).unwrap();
    for text in [
        "<SecretContainer/>",
        "<?xml version='1.0'?>\n<p:KEYCONTAINER Version='1.0'>a<!-- b --><Extensions><KeyPackage/></Extensions><p:Device/>",
        "<KeyContainer><KeyProperties/><KeyPackage/></KeyContainer>",
    ] {
        assert!(is_draft(text), "{text}");
    }
    for text in
        ["", "<KeyContainer/>", "<KeyContainer><EncryptionKey/><KeyPackage/><Device/>", "<KeyContainer><!FOO>", "<a>"]
    {
        assert!(!is_draft(text), "{text}");
    }
}

#[test]
fn containers_one_after_the_other_have_each_their_own_locks() {
    let encrypted = String::from_utf8(fixture("pskc-preshared-demo.xml")).unwrap();
    let plain = String::from_utf8(fixture("pskc-demo.xml")).unwrap();
    let key = fixture("pskc-preshared-demo.key");
    // A plain secret is an error only in the container that declares MACs.
    for file in [format!("{encrypted}{plain}"), format!("{plain}{encrypted}"), format!("{plain}\u{feff}{encrypted}\n")]
    {
        let (keys, findings) = run(file.as_bytes(), Some(&key));
        assert_eq!((keys.len(), findings.len()), (8, 0), "{findings:?}");
    }
    // And templates end with their container.
    let templates = String::from_utf8(fixture("pskc-draft-templates.xml")).unwrap();
    let without = String::from_utf8(fixture("bad-draft-template-unknown.xml")).unwrap();
    let (keys, findings) = run(format!("{templates}{}", without.replace("KPID1", "KPID3")).as_bytes(), None);
    assert_eq!((keys.len(), findings.len()), (2, 1));
    assert_eq!(findings[0].problem, Problem::TemplateUnknown);
}

#[test]
fn any_number_of_empty_containers_is_read_without_keeping_them() {
    let file = "<?xml version='1.0'?><KeyContainer Version='1.0'></KeyContainer>".repeat(20_000);
    let nested = format!("{}{}", "<KeyContainer Version='1.0'>".repeat(20_000), "</KeyContainer>");
    for (file, told) in [(file, 0), (nested, 19_999)] {
        let (keys, findings) = run(file.as_bytes(), None);
        assert_eq!((keys.len(), findings.len()), (0, told));
    }
}

#[test]
fn the_five_encodings_of_an_integer_give_the_same_period() {
    let (keys, findings) = run(&fixture("pskc-integers.xml"), Some(&fixture("pskc-preshared-demo.key")));
    assert_eq!((keys.len(), findings.len()), (5, 0), "{findings:?}");
    assert!(keys.iter().all(|key| key.parameters.period.seconds() == 60));
}

#[test]
fn a_comment_or_reference_inside_a_value_does_not_cut_it() {
    let (keys, _) = run(&fixture("pskc-lower-case-prefixed-bom.xml")[3..], None);
    assert_eq!(keys[0].seed.expose().len(), 20);
}

#[test]
fn a_signature_and_unknown_elements_are_passed_over() {
    let file = String::from_utf8(fixture("pskc-signed.xml")).unwrap();
    let file = file.replace("  <KeyPackage>", "  <x:Extensions><a><b>1</b></a></x:Extensions>\n  <KeyPackage>");
    let (keys, findings) = run(file.as_bytes(), None);
    assert_eq!(keys.len(), 1);
    assert_eq!(findings.iter().map(|finding| finding.problem.code()).collect::<Vec<_>>(), ["signed-not-verified"]);
}

#[test]
fn wherever_the_stream_is_cut_into_pieces_the_same_is_read() {
    let told = |(keys, findings): (Vec<SeedRecord>, Vec<Finding>)| {
        let keys = keys.iter().map(|key| (key.line, key.serial.to_string(), key.seed.expose().to_vec()));
        (keys.collect::<Vec<_>>(), findings)
    };
    let files = super::super::tests::names();
    // One of each cipher more would only take longer: in their structure they are all alike.
    let is_alike = |name: &str| ["pskc-cipher-", "pskc-mac-", "passphrase"].iter().any(|kind| name.contains(kind));
    let files: Vec<_> =
        files.iter().filter(|name| name.ends_with(".xml") && !name.contains("utf-16") && !is_alike(name)).collect();
    assert!(files.len() > 50);
    for name in files {
        let (file, key) = (fixture(name), fixture("pskc-preshared-demo.key"));
        let whole = told(run(&file, Some(&key)));
        for piece in [1, 2, 5, 61] {
            let mut pieces = std::io::BufReader::with_capacity(piece, file.as_slice());
            assert_eq!(told(run_from(&mut pieces, Some(&key))), whole, "{name} in pieces of {piece}");
        }
    }
}

#[test]
fn text_around_elements_is_joined() {
    let mut tree = tree::Tree::new();
    let mut input = "<a> one <b>two</b> three<c/>&amp;<![CDATA[four]]> </a>".as_bytes();
    let mut cursor = Cursor::new(&mut input);
    let root = xml::root(&mut cursor, &mut tree).unwrap();
    cursor.rest_of(root, &mut tree).unwrap();
    let root = tree.element(root);
    assert_eq!(root.trimmed(), "one  three&four");
    assert_eq!(
        root.children().map(|child| (child.name(), child.text())).collect::<Vec<_>>(),
        [("b", "two"), ("c", "")]
    );
}

#[test]
fn line_ends_in_a_text_are_those_of_xml() {
    let mut tree = tree::Tree::new();
    let mut input = "<a>one\r\ntwo\rthree\r\n</a>".as_bytes();
    let mut cursor = Cursor::new(&mut input);
    let root = xml::root(&mut cursor, &mut tree).unwrap();
    cursor.rest_of(root, &mut tree).unwrap();
    assert_eq!(tree.element(root).text(), "one\ntwo\nthree\n");
}

#[test]
fn a_carriage_return_that_a_reference_stands_for_is_no_line_end() {
    let mut tree = tree::Tree::new();
    let mut input = "<a>one&#13;two\r\nthree&#xD;\nfour&#10;</a>".as_bytes();
    let mut cursor = Cursor::new(&mut input);
    let root = xml::root(&mut cursor, &mut tree).unwrap();
    cursor.rest_of(root, &mut tree).unwrap();
    assert_eq!(tree.element(root).text(), "one\rtwo\nthree\r\nfour\n");
}

#[test]
fn blanks_before_an_instruction_are_part_of_a_text_as_before_a_comment() {
    for between in ["<?note?>", "<!-- note -->", "<![CDATA[]]>"] {
        let mut tree = tree::Tree::exact();
        let file = format!("<a>  {between}x<b>y</b></a>");
        let mut input = file.as_bytes();
        let mut cursor = Cursor::new(&mut input);
        let root = xml::root(&mut cursor, &mut tree).unwrap();
        cursor.rest_of(root, &mut tree).unwrap();
        assert_eq!(tree.element(root).text(), "  x", "{between}");
    }
}

/// A package with a key, whose number is also its seed's.
fn package(number: u8) -> String {
    let seed: Vec<u8> = (0..20_u8).map(|byte| byte.wrapping_mul(11).wrapping_add(number)).collect();
    format!(
        "<KeyPackage><Key Id=\"{number}\" Algorithm=\"totp\"><AlgorithmParameters><ResponseFormat Length=\"6\" \
         Encoding=\"DECIMAL\"/></AlgorithmParameters><Data><Secret><PlainValue>{}</PlainValue></Secret><TimeInterval>\
         <PlainValue>60</PlainValue></TimeInterval></Data></Key></KeyPackage>",
        data_encoding::BASE64.encode(&seed)
    )
}

#[test]
fn marks_at_the_beginning_of_a_cut_are_passed_over_however_many() {
    // As many tokens as are cut at once stand before the marks.
    let head = format!("<KeyContainer Version=\"1.0\">{}", "<a/>".repeat(254));
    for marks in 0..5 {
        let marks = "\u{feff}".repeat(marks);
        let package = package(7).replace("<KeyPackage>", &format!("<KeyPackage>{marks}"));
        let (keys, findings) = run(format!("{head}{package}</KeyContainer>").as_bytes(), None);
        assert_eq!((keys.len(), findings.len()), (1, 0), "{} marks: {findings:?}", marks.len() / 3);
    }
}

#[test]
fn marks_between_two_containers_are_passed_over_however_many() {
    let file =
        |number| format!("<?xml version='1.0'?>\n<KeyContainer Version='1.0'>{}</KeyContainer>\n", package(number));
    for marks in 0..4 {
        let (keys, findings) = run(format!("{}{}{}", file(1), "\u{feff}".repeat(marks), file(90)).as_bytes(), None);
        assert_eq!((keys.len(), findings.len()), (2, 0), "{marks} marks: {findings:?}");
    }
}

#[test]
fn a_document_within_an_element_that_is_passed_over_is_no_part_of_it() {
    let file = format!(
        "<KeyContainer Version='1.0'>{}<Extensions>\n<?xml version='1.0'?><KeyContainer Version='1.0'>{}</KeyContainer>\
         </Extensions></KeyContainer>",
        package(1),
        package(90)
    );
    let (_, findings) = run(file.as_bytes(), None);
    let told: Vec<_> = findings.iter().map(|finding| (finding.line, finding.problem.code())).collect();
    assert_eq!(told, [(2, "truncated")]);
}

#[test]
fn what_is_malformed_is_called_so_in_a_file_of_any_length() {
    let package = String::from_utf8(fixture("rfc6030-figure-3.xml")).unwrap();
    let (head, rest) = package.split_once("<KeyPackage>").unwrap();
    let (package, tail) = rest.rsplit_once("</KeyPackage>").unwrap();
    let package = format!("<KeyPackage>{package}</KeyPackage>");
    for fault in ["<Manufacturer>Dupont & Fils</Manufacturer>", "<!FOO>", "<a></b>", "<a b=1/>", "&#xZ;"] {
        for copies in [0, 1_000] {
            let file = format!("{head}<KeyPackage>{fault}</KeyPackage>{}{tail}", package.repeat(copies));
            let (_, findings) = run(file.as_bytes(), None);
            assert_eq!(findings[0].problem, Problem::XmlMalformed, "{fault} before {copies} packages");
        }
    }
}

#[test]
fn blanks_between_packages_may_be_as_many_as_they_are() {
    let blanks = " \n".repeat(400_000);
    let file = String::from_utf8(fixture("rfc6030-figure-3.xml")).unwrap();
    let file = file.replace("<KeyPackage>", &format!("{blanks}<KeyPackage>"));
    let (keys, findings) = run(format!("{file}{blanks}").as_bytes(), None);
    assert_eq!((keys.len(), findings.len()), (1, 0), "{findings:?}");
}

#[test]
fn attributes_count_for_the_measure_of_a_package() {
    let element = format!("<a {}/>", (0..60).map(|number| format!("a{number}=''")).collect::<Vec<_>>().join(" "));
    let package = format!("<KeyPackage>{}</KeyPackage>", element.repeat(500));
    let (keys, findings) = run(format!("<KeyContainer Version='1.0'>{package}</KeyContainer>").as_bytes(), None);
    assert!(keys.is_empty());
    assert_eq!(findings[0].problem.code(), "xml-text-too-long");
}

#[test]
fn a_package_beyond_all_measure_is_refused_before_it_fills_the_memory() {
    let text = "x".repeat(60_000);
    let package = format!("<KeyPackage>{}</KeyPackage>", format!("<a>{text}</a>").repeat(10));
    let (keys, findings) = run(format!("<KeyContainer Version='1.0'>{package}</KeyContainer>").as_bytes(), None);
    assert!(keys.is_empty());
    assert_eq!(findings[0].problem.code(), "xml-text-too-long");
}

#[test]
fn a_long_comment_does_not_slow_down_what_follows() {
    let comment = "x".repeat(200_000);
    let file = format!("<KeyContainer Version='1.0'><!--{comment}-->{}</KeyContainer>", "<a/>".repeat(100_000));
    let (keys, findings) = run(file.as_bytes(), None);
    assert_eq!((keys.len(), findings.len()), (0, 0));
}
