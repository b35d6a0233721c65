//! Files that somebody made to harm, or that a spreadsheet spoiled: refused at once, in words, and nothing of them repeated.

use super::*;
use std::time::{Duration, Instant};

fn told_of(file: &[u8]) -> String {
    told(&run(file, &Guidance::default(), false))
}

/// A row of a list, with a seed that is nobody's.
fn row(serial: &str, rest: &str) -> String {
    format!("{serial},{:040x}{rest}\n", 0x1234_5678_9abc_def1_u64)
}

/// Gives the shortest time of some tries: a machine that is busy makes any one of them long.
#[allow(clippy::disallowed_methods, reason = "a test that measures")]
fn quickest(mut work: impl FnMut()) -> Duration {
    let timed = |_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    (0..5).map(timed).min().unwrap()
}

#[test]
fn d02_entities_that_multiply_are_refused_where_they_are_declared() {
    let classic = String::from_utf8(fixture("bad-entity-bomb.xml")).unwrap();
    let parameter = "<?xml version='1.0'?>\n<!DOCTYPE KeyContainer [<!ENTITY % a '&#37;b;&#37;b;'><!ENTITY % b '<!ENTITY c \"laugh\">'>%a;]>\n<KeyContainer/>";
    let external = "<!DOCTYPE KeyContainer PUBLIC '-//X//Y' 'http://198.51.100.1/x.dtd'><KeyContainer/>";
    for file in [classic.as_str(), parameter, external] {
        let told = told_of(file.as_bytes());
        assert!(told.starts_with("0 keys; ") && told.ends_with(" doctype"), "{told}");
        let took = quickest(|| drop(told_of(file.as_bytes())));
        assert!(took < Duration::from_millis(50), "{took:?}");
    }
    // However much is declared: no more is read of it than of any tag.
    let long = format!("<!DOCTYPE KeyContainer [{}]><KeyContainer/>", "<!ENTITY a 'aaaaaaaaaaaaaaaa'>".repeat(300_000));
    assert_eq!(told_of(long.as_bytes()), "0 keys; 1:1 xml-markup-too-long");
}

#[test]
fn d08_no_archive_is_ever_opened() {
    let zip = |name: &str| {
        let mut file = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\x10\0\0\0\x10\x27\0\0".to_vec();
        file.extend([u8::try_from(name.len()).unwrap(), 0, 0, 0]);
        file.extend(name.as_bytes());
        file.extend([0x4b; 64]);
        file
    };
    for name in ["keys.csv", "../../etc/cron.d/x", "inner.zip", "/etc/passwd", "xl/workbook.xml"] {
        let told = told_of(&zip(name));
        assert!(told.starts_with("0 keys; 1 file-is-"), "{name}: {told}");
        assert!(!told.contains(name));
    }
    for start in [
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03".as_slice(),
        b"BZh91AY&SY",
        b"\xfd7zXZ\0\0\x04",
        b"\x28\xb5\x2f\xfd\x04\x58",
        b"7z\xbc\xaf\x27\x1c\0\x04",
        b"Rar!\x1a\x07\x01\0",
    ] {
        let told = told_of(&[start, &[0x55; 200]].concat());
        assert!(told.starts_with("0 keys; 1 file-is-"), "{told}");
    }
    let mut tar = vec![0; 512];
    tar[..14].copy_from_slice(b"../../etc/cron");
    tar[156] = b'2';
    tar[257..262].copy_from_slice(b"ustar");
    assert!(told_of(&tar).starts_with("0 keys; 1 file-is-"), "{}", told_of(&tar));
    assert_eq!(told_of(&fixture("bad-xlsx.xlsx")), "0 keys; 1 file-is-a-workbook");
}

#[test]
fn d09_every_form_of_a_line_is_read_or_told_by_its_place() {
    let list = format!("{}{}", row("77001240", ""), row("77001241", "").replace("def1", "def2"));
    let utf_16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let semicolons = list.replace(',', ";");
    for file in [
        list.clone().into_bytes(),
        format!("\u{feff}{list}").into_bytes(),
        list.replace('\n', "\r\n").into_bytes(),
        list.replace('\n', "\r").into_bytes(),
        list.replacen('\n', "\r\n", 1).into_bytes(),
        semicolons.clone().into_bytes(),
        list.replace(',', "\t").into_bytes(),
        utf_16(&list),
    ] {
        assert!(told_of(&file).starts_with("2 keys; "), "{}: {:?}", told_of(&file), String::from_utf8_lossy(&file));
    }
    for file in [
        list.replacen("77001241", "7700\x00241", 1).into_bytes(),
        list.replacen("77001241", "\"77001241", 1).into_bytes(),
        [list.as_bytes(), b"77001242,caf\xe9\n"].concat(),
        format!("{list}{}\n", "a,".repeat(1_000_000)).into_bytes(),
        format!("{list}{}\n", "a".repeat(4_097)).into_bytes(),
    ] {
        let outcome = run(&file, &Guidance::default(), false);
        let errors: Vec<_> = outcome.findings.iter().filter(|finding| finding.is_error()).collect();
        assert!(!errors.is_empty() && errors.iter().all(|finding| finding.line >= 1), "{}", told(&outcome));
        let said = format!("{errors:?}");
        assert!(!said.contains("def1") && !said.contains("caf") && !said.contains("aaaa"), "{said}");
    }
}

#[test]
fn d15_serials_are_kept_as_they_are_and_numbers_that_hold_more_than_ours_are_refused() {
    let kept = |serial: &str| -> Vec<String> {
        let outcome = run(row(serial, ",totp,6,60").as_bytes(), &Guidance::default(), false);
        outcome.keys.iter().map(|key| key.serial.to_string()).collect()
    };
    for serial in ["10314271", "103142718", "1031427180", "003142718", "000000001", "0", "12345678901234567890"] {
        assert_eq!(kept(serial), [serial]);
    }
    // Twelve digits of which three are leading zeroes are the nine that are engraved.
    assert_eq!(kept("000103142718"), ["103142718"]);
    // Digits of another script are no digits: nothing is made a number that is none.
    for serial in ["١٠٣١٤٢٧١٨", "１０３１４２７１８"] {
        assert_eq!(kept(serial), Vec::<String>::new(), "{serial}");
    }
    let counter = |counter: &str| told_of(row("77001240", &format!(",hotp,6,{counter}")).as_bytes());
    for fits in ["0", "1", "9007199254740991"] {
        assert!(counter(fits).starts_with("1 keys; "), "{}", counter(fits));
    }
    for too_much in ["18446744073709551616", "18446744073709551615", "99999999999999999999999", "-1", "1e3", "١"] {
        assert!(counter(too_much).starts_with("0 keys; "), "{too_much}: {}", counter(too_much));
    }
}

#[test]
fn a12_parameters_of_no_key_are_refused_where_they_stand() {
    for digits in ["0", "5", "9", "40", "2147483648", "-6"] {
        let told = told_of(row("77001240", &format!(",totp,{digits},60")).as_bytes());
        assert!(told.starts_with("0 keys; 1"), "{digits}: {told}");
    }
    for period in ["0", "1", "9", "301", "9223372036854775808", "-60"] {
        let told = told_of(row("77001240", &format!(",totp,6,{period}")).as_bytes());
        assert!(told.starts_with("0 keys; 1"), "{period}: {told}");
    }
    let pskc = String::from_utf8(fixture("pskc-demo.xml")).unwrap();
    for (known, other) in [(":totp\"", ":md5\""), ("<Suite>SHA1</Suite>", "<Suite>MD5</Suite>")] {
        let told = told_of(pskc.replace(known, other).as_bytes());
        assert!(told.starts_with("0 keys; "), "{other}: {told}");
    }
}

#[test]
fn a13_a_seed_that_is_too_short_too_long_or_no_secret_does_not_come_in() {
    let seed = |bytes: &[u8]| {
        let list = format!("77001240,{},totp,6,60\n", data_encoding::HEXLOWER.encode(bytes));
        told(&run(
            list.as_bytes(),
            &Guidance { secret_encoding: Some(SecretEncoding::Hex), ..Guidance::default() },
            false,
        ))
    };
    let counting: Vec<u8> = (0..65_u8).map(|byte| byte.wrapping_mul(37).wrapping_add(11)).collect();
    for length in [0, 10, 15, 65] {
        assert!(seed(&counting[..length]).starts_with("0 keys; 1"), "{length}: {}", seed(&counting[..length]));
    }
    for length in [16, 19] {
        assert_eq!(seed(&counting[..length]), "1 keys; 1 seed-below-recommendation", "{length}");
    }
    for length in [20, 64] {
        assert!(seed(&counting[..length]).starts_with("1 keys; "), "{length}: {}", seed(&counting[..length]));
    }
    for constant in [[0; 20], [0x5a; 20]] {
        assert_eq!(seed(&constant), "0 keys; 1 seed-constant");
    }
    assert_eq!(seed(b"12345678901234567890"), "0 keys; 1 seed-published");
}
