//! Every fixture is written anew with some of its rows, and read again.

use super::super::tests::{NOW, fixture, guidance, names};
use super::super::{Guidance, Reading, SieveOptions, Sifted, read, survey};
use super::*;
use std::collections::BTreeSet;
use std::io::Cursor;

/// What a file gives.
#[derive(Default)]
struct Outcome {
    reading: Option<Reading>,
    /// Keys by serial, with the seed and the place of each.
    keys: Vec<(String, Vec<u8>, Place)>,
    /// Rows that are rejected.
    rejected: Vec<Place>,
    /// Errors, by serial.
    errors: Vec<(Option<String>, &'static str)>,
    is_refused: bool,
}

fn outcome_of(bytes: &[u8], guidance: &Guidance) -> Outcome {
    let mut outcome = Outcome::default();
    let mut source = Cursor::new(bytes);
    let survey = survey(&mut source).unwrap();
    let options = SieveOptions { allow_weak_seeds: false, partial: true, now: NOW };
    let read = read(&mut source, &survey, None, guidance, options, &mut |item| match item {
        Sifted::Key(record, row) => {
            outcome.keys.push((record.serial.to_string(), record.seed.expose().to_vec(), row));
        }
        Sifted::Finding(finding) if finding.is_error() => {
            outcome.errors.push((finding.serial.clone(), finding.problem.code()));
        }
        Sifted::Finding(_) => {}
        Sifted::Rejected(row) => outcome.rejected.push(row),
        Sifted::Refused(_) => outcome.is_refused = true,
        Sifted::Anew => {
            outcome.keys.clear();
            outcome.errors.clear();
            outcome.rejected.clear();
        }
    });
    outcome.is_refused |= read.is_err();
    outcome.reading = read.ok();
    outcome
}

/// The names of the fixtures, but for passphrases, which many iterations make slow.
fn some_names() -> impl Iterator<Item = String> {
    names().into_iter().filter(|name| !name.contains("passphrase"))
}

fn written(bytes: &[u8], reading: Reading, rows: &[Place]) -> Vec<u8> {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    let left_out = LeftOut { first_row: reading.first_row.unwrap(), rows: &rows };
    let mut source = Cursor::new(bytes);
    let survey = survey(&mut source).unwrap();
    let mut target = Vec::new();
    write_rejects(&mut source, &survey, reading.format, left_out, &mut target).unwrap();
    target
}

/// Files whose keys get their serials from each other: one alone has another.
const NAMESAKES: [&str; 8] = [
    "molto2.txt",
    "otpauth-demo.txt",
    "pskc-dotnet.xml",
    "pskc-namesakes.xml",
    "pskc-yubico-gui.xml",
    "users-oath-demo.txt",
    "users-oath-hotp.oath",
    "yubico.csv",
];

/// Files of which a part is refused: only the whole of each tells how it is to be read.
const WHOLES: [&str; 3] = ["bad-line-too-long.csv", "bad-list-one-wrong-seed.csv", "list-counters.csv"];

#[test]
fn a_file_of_one_row_gives_the_keys_of_that_row() {
    let mut tried = BTreeSet::new();
    for name in some_names().filter(|name| !WHOLES.contains(&name.as_str())) {
        let (bytes, guidance) = (fixture(&name), guidance(&name));
        let whole = outcome_of(&bytes, &guidance);
        let Some(reading) = whole.reading.filter(|_| !whole.is_refused) else { continue };
        let places: BTreeSet<Place> = whole.keys.iter().map(|(.., place)| *place).collect();
        for place in places.first().into_iter().chain(places.last()) {
            let rejects = written(&bytes, reading, &[*place]);
            let again = outcome_of(&rejects, &guidance);
            let of_place = whole.keys.iter().filter(|(.., at)| at == place);
            let has_namesakes = NAMESAKES.contains(&name.as_str()) && again.keys.len() == 1;
            let (expected, found): (Vec<_>, Vec<_>) = of_place
                .zip(&again.keys)
                .map(|(one, other)| ((&one.0, &one.1), (if has_namesakes { &one.0 } else { &other.0 }, &other.1)))
                .unzip();
            let shown = String::from_utf8_lossy(&rejects);
            assert_eq!(found, expected, "{name} {place:?} {:?}\n{shown}", again.errors);
            let expected = whole.keys.iter().filter(|(.., at)| at == place).count();
            assert_eq!(again.keys.len(), expected, "{name} {place:?} {:?}\n{shown}", again.errors);
            tried.insert(reading.format.name());
        }
    }
    assert!(tried.len() > 20, "{tried:?}");
}

/// Files with rows that are no keys, or twice the same one.
const WITH_OTHERS: [&str; 11] = [
    "authenex.sql",
    "entra-clone.csv",
    "linotp.csv",
    "oath-mac-style.csv",
    "oath-without-types.csv",
    "otpauth-demo.txt",
    "pskc-mixture.xml",
    "rfc6030-figure-5.xml",
    "sdtid-same-key-twice.xml",
    "users-oath-demo.txt",
    "yubico-log.csv",
];

#[test]
fn a_file_of_all_rows_is_the_file_byte_for_byte() {
    let mut tried = 0;
    for name in some_names().filter(|name| !WITH_OTHERS.contains(&name.as_str())) {
        let bytes = fixture(&name);
        let whole = outcome_of(&bytes, &guidance(&name));
        let Some(reading) = whole.reading.filter(|_| !whole.is_refused) else { continue };
        if reading.format == Format::EntraGraphJson {
            continue;
        }
        let keys = whole.keys.iter().map(|(.., place)| *place);
        let places: Vec<Place> = keys.chain(whole.rejected.iter().copied()).collect();
        let rejects = written(&bytes, reading, &places);
        // What Windows appends is no text.
        let tail = bytes.get(rejects.len()..).unwrap_or_default();
        assert!(bytes.starts_with(&rejects) && tail.iter().all(|byte| [0, 0x1a].contains(byte)), "{name}");
        tried += 1;
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn the_rejected_rows_of_a_file_are_rejected_again_for_the_same_reasons() {
    let mut tried = 0;
    for name in some_names() {
        let (bytes, guidance) = (fixture(&name), guidance(&name));
        let whole = outcome_of(&bytes, &guidance);
        let Some(reading) = whole.reading.filter(|_| !whole.is_refused && !whole.rejected.is_empty()) else { continue };
        let rejects = written(&bytes, reading, &whole.rejected);
        let again = outcome_of(&rejects, &guidance);
        let shown = String::from_utf8_lossy(&rejects);
        // Alone, it may speak against the key.
        let is_altered = matches!(whole.errors.as_slice(), [(_, "mac-mismatch" | "value-altered")]);
        if (is_altered && again.is_refused) || WHOLES.contains(&name.as_str()) {
            assert!(again.is_refused && again.keys.is_empty(), "{name}\n{shown}");
        } else if name == "bad-serial-zeroes-lost.csv" {
            // Alone, it is as long as all the others.
            assert_eq!(again.keys.len(), 1);
        } else {
            assert_eq!((again.errors, again.keys.len()), (whole.errors, 0), "{name}\n{shown}");
            assert_eq!(again.rejected.len(), whole.rejected.len(), "{name}\n{shown}");
            tried += 1;
        }
    }
    assert!(tried > 30, "{tried}");
}

#[test]
fn a_bad_line_of_a_list_is_left_out_alone_and_written_as_it_is() {
    for (name, bad) in [
        ("otpauth-demo.txt", "otpauth://totp/x?secret=1".to_owned()),
        ("otpauth-demo.txt", format!("otpauth://totp/x?secret={}", "A".repeat(70_000))),
        ("users-oath-demo.txt", "HOTP/T31 zoe - 00".to_owned()),
        ("users-oath-demo.txt", "x".repeat(5_000)),
        ("safeword-demo.dat", "dn: sccAuthenticatorId=SW9\nsccTokenData: sccKey=0Z;sccMode=T;\n".to_owned()),
        ("safeword-demo.dat", format!("dn: sccAuthenticatorId=SW9\nsccTokenData: {}\n", "x".repeat(5_000))),
        ("safeword-demo.dat", "dn: sccAuthenticatorId=SW9\nno line of a record\n".to_owned()),
        ("safeword-demo.dat", format!("{}\n", "x".repeat(5_000))),
    ] {
        let file = String::from_utf8(fixture(name)).unwrap();
        let whole = outcome_of(file.as_bytes(), &Guidance::default());
        let shown = &bad[..bad.len().min(60)];
        // In front of the last row, and at the end.
        let last = whole.keys.last().unwrap().2.line as usize;
        let middle: usize = file.split_inclusive('\n').take(last - 1).map(str::len).sum();
        let end = if file.ends_with("\n\n") || !name.starts_with("safeword") { "" } else { "\n" };
        for file in [format!("{}{bad}\n{}", &file[..middle], &file[middle..]), format!("{file}{end}{bad}\n")] {
            let outcome = outcome_of(file.as_bytes(), &Guidance::default());
            assert!(!outcome.is_refused, "{name} {shown}");
            let serials = |outcome: &Outcome| outcome.keys.iter().map(|key| key.0.clone()).collect::<Vec<_>>();
            assert_eq!(serials(&outcome), serials(&whole), "{name} {shown}");
            assert_eq!((outcome.rejected.len(), outcome.errors.len()), (1, 1), "{name} {shown}");
            let rejects = written(file.as_bytes(), outcome.reading.unwrap(), &outcome.rejected);
            let rejects = String::from_utf8(rejects).unwrap();
            assert!(rejects.contains(&bad), "{name} {shown}");
            let kept: Vec<&str> = rejects.lines().filter(|line| !bad.contains(line)).collect();
            let is_head = |line: &&str| line.is_empty() || line.starts_with('#');
            assert!(kept.iter().all(is_head), "{name} {shown}: {kept:?}");
        }
    }
}

#[test]
fn of_comments_those_that_stand_before_the_first_row_stay_and_in_xml_those_between_packages_too() {
    let row = |number: u64| format!("{number},{:040x},totp,6,60\n", number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let (first, second) = (row(77_001_240), row(77_001_241));
    let list = format!("# delivery\n{first}# then\n{second}# end\n");
    let reading = outcome_of(list.as_bytes(), &Guidance::default()).reading.unwrap();
    let rejects = written(list.as_bytes(), reading, &[Place::on_line(4)]);
    assert_eq!(String::from_utf8(rejects).unwrap(), format!("# delivery\n{second}"));
    let xml = "<Tokens><!-- one -->\n<Token serial='1'/><!-- two -->\n<Token serial='2'/><!-- end --></Tokens>";
    let whole = outcome_of(xml.as_bytes(), &Guidance::default());
    let rejects = written(xml.as_bytes(), whole.reading.unwrap(), &whole.rejected[1..]);
    let expected = "<Tokens><!-- one --><!-- two -->\n<Token serial='2'/><!-- end --></Tokens>";
    assert_eq!(String::from_utf8(rejects).unwrap(), expected);
}

#[test]
fn rows_of_json_become_an_array() {
    let bytes = fixture("graph-demo.json");
    let whole = outcome_of(&bytes, &Guidance::default());
    let places: Vec<Place> = whole.keys.iter().map(|(.., place)| *place).collect();
    let rejects = written(&bytes, whole.reading.unwrap(), &places[..2]);
    let array: Vec<serde_json::Value> = serde_json::from_slice(&rejects).unwrap();
    let document: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(array, document["value"].as_array().unwrap()[..2]);
}

#[test]
fn a_target_that_takes_no_more_is_told() {
    /// A disk with room for some bytes.
    struct Full(usize);

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    for name in ["pskc-demo.xml", "entra-demo.csv", "graph-demo.json"] {
        let bytes = fixture(name);
        let whole = outcome_of(&bytes, &Guidance::default());
        let (reading, rows) = (whole.reading.unwrap(), [whole.keys[0].2]);
        let left_out = LeftOut { first_row: reading.first_row.unwrap(), rows: &rows };
        let mut source = Cursor::new(&bytes);
        let survey = survey(&mut source).unwrap();
        let written = write_rejects(&mut source, &survey, reading.format, left_out, &mut Full(50));
        assert!(matches!(written, Err(RejectsError::Write(error)) if error.kind() == io::ErrorKind::StorageFull));
    }
}
