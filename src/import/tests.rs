//! Tests of the room as a whole, over `fixtures/seeds/`.

mod changing;
mod documents;
mod hostile;

use super::*;
use crate::clock::UtcTime;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// 2026-11-24, as the keys of the fixtures know it.
pub(super) const NOW: UtcTime = UtcTime::from_epoch(1_795_478_400);

pub(super) fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/seeds").join(name);
    let mut bytes = Vec::new();
    #[allow(clippy::disallowed_methods, reason = "tests read fixtures")]
    std::io::Read::read_to_end(&mut std::fs::File::open(&path).unwrap(), &mut bytes).unwrap();
    bytes
}

pub(super) fn names() -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/seeds");
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The key that belongs to a fixture, where it is encrypted.
fn opened_by(unlock: Unlock) -> Guidance {
    Guidance { unlock, ..Guidance::default() }
}

/// What is given with each fixture: the key and passphrase that open it, and what its name says.
pub(super) fn guidance(name: &str) -> Guidance {
    let said = Guidance { stem: name.split('.').next().unwrap_or_default().to_owned(), ..Guidance::default() };
    match name {
        "list-declared-hex.csv" => return Guidance { secret_encoding: Some(SecretEncoding::Hex), ..said },
        "generic-columns.csv" | "bad-generic-columns.csv" => {
            return Guidance { columns: Some("-,serial,-,secret,step".parse().unwrap()), ..said };
        }
        "pad-serial.csv" => return Guidance { pad_serial: Some(9), ..said },
        _ => {}
    }
    let is_published = ["rfc6030-", "-example", "draft-02-figure"].iter().any(|mark| name.contains(mark));
    let key = match name {
        _ if is_published => "rfc6030-figure-6.key",
        name if name.contains("key-length") => "pskc-preshared-demo.key",
        name if ["256", "own-cipher", "encryption-key", "pad-uri"].iter().any(|mark| name.contains(mark)) => {
            "pskc-preshared-32.key"
        }
        name if ["192", "tripledes", "3des."].iter().any(|mark| name.contains(mark)) => "pskc-preshared-24.key",
        _ => "pskc-preshared-demo.key",
    };
    let passphrase = match name {
        _ if is_published => "rfc6030-figure-7.key",
        name if name.contains("sdtid") => "sdtid-passphrase.key",
        _ => "pskc-passphrase.key",
    };
    let mut guidance = opened_by(Unlock::pre_shared(fixture(key).into()));
    guidance.unlock.give_passphrase(fixture(passphrase).into());
    guidance.cipher = name.contains("cipher-unnamed").then(|| "aes128-cbc".parse().unwrap());
    guidance.accept_unauthenticated = name.contains("unauthenticated") && name != "bad-unauthenticated.xml";
    Guidance { stem: said.stem, ..guidance }
}

pub(super) struct Outcome {
    pub format: Option<Format>,
    pub keys: Vec<SeedRecord>,
    pub findings: Vec<Finding>,
}

pub(super) fn run(bytes: &[u8], guidance: &Guidance, allow_weak_seeds: bool) -> Outcome {
    let mut outcome = Outcome { format: None, keys: Vec::new(), findings: Vec::new() };
    let options = SieveOptions { allow_weak_seeds, partial: false, now: NOW };
    let mut source = std::io::Cursor::new(bytes);
    let survey = survey(&mut source).unwrap();
    let result = read(&mut source, &survey, None, guidance, options, &mut |item| match item {
        Sifted::Key(record, _) => outcome.keys.push(*record),
        Sifted::Finding(finding) | Sifted::Refused(finding) => outcome.findings.push(finding),
        Sifted::Rejected(_) => {}
        Sifted::Anew => {
            outcome.keys.clear();
            outcome.findings.clear();
        }
    });
    match result {
        Ok(reading) => outcome.format = Some(reading.format),
        Err(finding) => outcome.findings.push(finding),
    }
    outcome
}

/// Reads a file as the tests of a format do.
pub(super) fn outcome_of(bytes: &[u8], guidance: &Guidance) -> Outcome {
    run(bytes, guidance, false)
}

/// Says in a line what a file gave: `5 keys; 3 seed-not-hex, 4:14 …`.
pub(super) fn told(outcome: &Outcome) -> String {
    let findings: Vec<String> = outcome
        .findings
        .iter()
        .map(|finding| {
            let column = finding.column.map(|column| format!(":{column}")).unwrap_or_default();
            format!("{}{column} {}", finding.line, finding.problem.code())
        })
        .collect();
    format!("{} keys; {}", outcome.keys.len(), findings.join(", "))
}

#[test]
fn every_fixture_gives_its_keys_and_findings() {
    let lines: Vec<String> = names()
        .iter()
        .filter(|name| !name.ends_with(".key"))
        .map(|name| format!("{name}: {}", told(&run(&fixture(name), &guidance(name), false))))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn every_bad_fixture_has_an_error_and_no_good_one_has() {
    for name in names().iter().filter(|name| !name.ends_with(".key")) {
        let outcome = run(&fixture(name), &guidance(name), true);
        // Weak seeds are allowed here.
        let has_errors = outcome.findings.iter().any(Finding::is_error);
        let harmless = ["bad-weak-seed.xml", "bad-seed-twice.xml"].contains(&name.as_str());
        assert_eq!(name.starts_with("bad-") && !harmless, has_errors, "{name}: {}", told(&outcome));
    }
}

#[test]
fn no_finding_ever_holds_a_piece_of_a_secret() {
    let mut runs = 0;
    for name in names() {
        let bytes = fixture(&name);
        let pieces = pieces_of_secrets(&bytes);
        for guidance in [guidance(&name), Guidance::default()] {
            for finding in run(&bytes, &guidance, false).findings {
                let shown = format!("{finding:?} {finding} {:?}", finding.problem.arguments());
                let found = shown.as_bytes().windows(8).find(|window| pieces.contains(*window));
                assert_eq!(found.map(String::from_utf8_lossy), None, "{name}: {shown}");
                runs += 1;
            }
        }
    }
    assert!(runs > 100);
}

/// Gives all pieces of 8 characters of what is long enough to be a seed or a key: runs of letters and digits.
fn pieces_of_secrets(bytes: &[u8]) -> BTreeSet<Vec<u8>> {
    let text: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    text.split(|byte| !(byte.is_ascii_alphanumeric() || b"+/=*".contains(byte)))
        .filter(|run| run.len() >= 16 && run.iter().any(|byte| byte.is_ascii_digit() || *byte == b'='))
        .flat_map(|run| run.windows(8).map(<[u8]>::to_vec))
        .collect()
}

#[test]
fn a_wrong_or_missing_or_short_pre_shared_key_is_one_finding() {
    let file = fixture("pskc-preshared-demo.xml");
    let codes = |guidance: &Guidance| told(&run(&file, guidance, false));
    assert_eq!(codes(&Guidance::default()), "0 keys; 17:17 pre-shared-key-needed");
    let key = |name| opened_by(Unlock::pre_shared(fixture(name).into()));
    assert_eq!(codes(&key("pskc-preshared-wrong.key")), "0 keys; 17:266 wrong-pre-shared-key");
    assert_eq!(codes(&key("pskc-preshared-short.key")), "0 keys; 17:17 pre-shared-key-malformed");
    assert_eq!(codes(&key("pskc-preshared-demo.key")), "3 keys; ");
}

#[test]
fn the_names_of_formats_are_read_back() {
    for format in Format::all() {
        assert_eq!(format.name().parse(), Ok(format));
    }
    assert!("csv".parse::<Format>().is_err());
}

#[test]
fn a_list_that_begins_with_an_accent_is_no_openpgp_wherever_it_is_cut() {
    let row = |number: u64| format!("{number},{:040x},totp,6,60\n", number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut file = format!("\u{c9}tablissement-1,{:040x},totp,6,60\n", u128::MAX / 7);
    (0..2_000).for_each(|number| file.push_str(&row(77_000_000 + number)));
    for shift in 0..2 {
        let mut file = file.clone();
        file.insert(65_535 - shift, '\u{e9}');
        let outcome = run(file.as_bytes(), &Guidance::default(), true);
        assert_eq!(outcome.format, Some(Format::OathCsv), "{}", told(&outcome));
    }
}

#[test]
fn a_forced_format_overrides_detection() {
    let list = format!("77001240,{}\n", "MZXW6YTBOI".repeat(2));
    let options = SieveOptions { allow_weak_seeds: false, partial: false, now: NOW };
    let mut codes = Vec::new();
    let mut source = std::io::Cursor::new(list);
    let survey = survey(&mut source).unwrap();
    let format = read(&mut source, &survey, Some(Format::EntraCsv), &Guidance::default(), options, &mut |item| {
        if let Sifted::Refused(finding) = item {
            codes.push(finding.problem.code());
        }
    });
    assert_eq!(format.map(|reading| reading.format), Ok(Format::EntraCsv));
    assert_eq!(codes, ["column-missing"]);
}

#[test]
fn what_pskctool_lets_pass_is_refused() {
    for (name, code) in [
        ("bad-version.xml", "pskc-version"),
        ("bad-no-keys.xml", "no-keys"),
        ("bad-doctype-external-entity.xml", "doctype"),
        ("bad-mac-wrong.xml", "mac-mismatch"),
    ] {
        let outcome = run(&fixture(name), &guidance(name), true);
        assert!(outcome.findings.iter().any(|finding| finding.problem.code() == code), "{name}: {}", told(&outcome));
    }
}

#[test]
fn keys_without_any_serial_are_numbered_under_the_name_of_the_file() {
    let guidance = Guidance { stem: "Livraison mai 2026".to_owned(), ..Guidance::default() };
    let outcome = run(&fixture("pskc-serial-missing.xml"), &guidance, false);
    let serials: Vec<&str> = outcome.keys.iter().map(|key| key.serial.as_str()).collect();
    assert_eq!(serials, ["Livraison-mai-2026#3", "987654862"]);
    assert_eq!(outcome.findings[0].serial.as_deref(), Some(serials[0]));
}

#[test]
fn keys_that_share_a_serial_are_stored_under_their_ids() {
    let outcome = run(&fixture("pskc-namesakes.xml"), &Guidance::default(), false);
    let serials: Vec<&str> = outcome.keys.iter().map(|key| key.serial.as_str()).collect();
    assert_eq!(serials, ["9999999#3", "9999999#4", "123456"]);
}

#[test]
fn errors_beyond_a_hundred_are_counted_and_not_told() {
    let rows: String = (0..250).map(|row| format!("{row},zz{:038x}\n", row)).collect();
    let list = format!("7,{:040x}\n{rows}", 0x1234_5678_9abc_def0_u64);
    let outcome = run(list.as_bytes(), &Guidance::default(), false);
    let errors: Vec<&Finding> = outcome.findings.iter().filter(|finding| finding.is_error()).collect();
    assert_eq!(errors.len(), 101);
    assert_eq!(errors[100].problem, Problem::TooManyErrors { total: 250 });
}

/// A generator of numbers for mutations: always the same ones.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

#[test]
fn mutated_files_never_panic_and_every_finding_has_a_line() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    // Without those whose iterations would be mutated into a million: in the debug build a second each.
    let is_slow = |name: &str| name.contains("passphrase") || name == "rfc6030-figure-7.xml";
    let names: Vec<String> = names().into_iter().filter(|name| !name.ends_with(".key") && !is_slow(name)).collect();
    let files: Vec<(Vec<u8>, Guidance)> = names.iter().map(|name| (fixture(name), guidance(name))).collect();
    for _ in 0..2_000 {
        let (file, guidance) = &files[numbers.below(files.len())];
        let mut bytes = file.clone();
        for _ in 0..=numbers.below(4) {
            let at = numbers.below(bytes.len());
            match numbers.below(5) {
                0 if at < bytes.len() => bytes[at] = numbers.below(256) as u8,
                1 => bytes.truncate(at),
                2 if at < bytes.len() => drop(bytes.remove(at)),
                3 => bytes.insert(at, b"<>&\"';,\n\0\xff"[numbers.below(10)]),
                _ => {
                    let piece = bytes[at..(at + numbers.below(60)).min(bytes.len())].to_vec();
                    let target = numbers.below(bytes.len());
                    bytes.splice(target..target, piece);
                }
            }
        }
        for finding in run(&bytes, guidance, false).findings {
            assert!(finding.line >= 1 && finding.column != Some(0));
        }
    }
}

#[test]
fn a_hundred_thousand_keys_are_read() {
    let mut file = String::from("<KeyContainer Version=\"1.0\">\n");
    for number in 0..100_000_u64 {
        let secret: Vec<u8> =
            (0..20).map(|byte| ((number * 31 + 7) >> (byte % 17)) as u8 ^ (byte as u8 * 13)).collect();
        let secret = data_encoding::BASE64.encode(&[&secret[..12], &number.to_be_bytes()].concat());
        file.push_str(&format!(
            "<KeyPackage><DeviceInfo><SerialNo>{number}</SerialNo></DeviceInfo><Key Id=\"{number}\" Algorithm=\"totp\">\
             <AlgorithmParameters><ResponseFormat Length=\"6\" Encoding=\"DECIMAL\"/></AlgorithmParameters><Data><Secret>\
             <PlainValue>{secret}</PlainValue></Secret><TimeInterval><PlainValue>60</PlainValue></TimeInterval></Data>\
             </Key></KeyPackage>\n"
        ));
    }
    file.push_str("</KeyContainer>\n");
    let mut keys = 0;
    let mut input = file.as_bytes();
    pskc::read(&mut input, &Guidance::default(), &mut |item| keys += usize::from(matches!(item, Item::Key(_))))
        .unwrap();
    assert_eq!(keys, 100_000);
}

#[test]
fn one_serial_or_seed_among_many_is_found_twice_with_both_lines() {
    let list = |twice: &str| {
        let rows =
            (0..2_000u64).map(|n| format!("{},{:040x},totp,6,60\n", 55_000_000 + n, n * 7_919 + 0x1234_5678_9abc_def1));
        rows.collect::<String>() + twice
    };
    let seed_of = |n: u64| format!("{:040x}", n * 7_919 + 0x1234_5678_9abc_def1);
    let told_of = |twice: &str| told(&run(list(twice).as_bytes(), &Guidance::default(), false));
    assert_eq!(told_of(""), "2000 keys; ");
    assert_eq!(told_of(&format!("55000999,{},totp,6,60\n", seed_of(999))), "2000 keys; 2001 duplicate-row");
    assert_eq!(told_of(&format!("55000999,{},totp,6,60\n", seed_of(5_000))), "2000 keys; 2001 serial-twice");
    assert_eq!(told_of(&format!("56000000,{},totp,6,60\n", seed_of(999))), "2000 keys; 2001 seed-twice");
}
