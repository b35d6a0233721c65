//! Tests of the families: every fixture key for key, and what is written in each form is read back.

use super::*;
use crate::import::tests::{fixture, guidance, names};
use crate::import::{SecretEncoding, detect, survey};
use compact_str::ToCompactString;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::io::Cursor;

/// Reads a table without the rules that concern a file as a whole: event keys come out too.
fn read_table(
    bytes: &[u8],
    format: Option<Format>,
    guidance: &Guidance,
) -> (Option<Format>, Vec<SeedRecord>, Vec<Finding>) {
    let mut source = Cursor::new(bytes);
    let survey = survey(&mut source).unwrap();
    let (mut keys, mut findings) = (Vec::new(), Vec::new());
    let format = match format.map_or_else(|| detect::detect(&mut source, &survey), Ok) {
        Ok(_) if guidance.columns.is_some() => Format::GenericCsv,
        Ok(format) => format,
        Err(_) if guidance.columns.is_some() => Format::GenericCsv,
        Err(finding) => return (None, keys, vec![finding]),
    };
    let Some(mut family) = family(format, guidance) else { return (None, keys, findings) };
    let read = read(family.as_mut(), &mut source, &survey, guidance, &mut |item| match item {
        Item::Key(record) => keys.push(*record),
        Item::Finding(finding) => findings.push(finding),
        Item::Row(_) => {}
    });
    findings.extend(read.err());
    (Some(format), keys, findings)
}

#[test]
fn every_table_gives_these_keys() {
    let mut told = String::new();
    for name in names().iter().filter(|name| !name.starts_with("bad-")) {
        let (Some(format), keys, _) = read_table(&fixture(name), None, &guidance(name)) else { continue };
        writeln!(told, "{name}: {format}").unwrap();
        for key in keys {
            let Parameters { algorithm, digits, period } = key.parameters;
            let seed = data_encoding::HEXLOWER.encode(key.seed.expose());
            write!(told, "  {} {} {algorithm} {} {}", key.line, key.serial, digits.get(), period.seconds()).unwrap();
            for value in
                [key.counter.map(|counter| counter.to_compact_string()), key.key_id, key.manufacturer, key.model]
            {
                write!(told, " {}", value.as_deref().unwrap_or("-")).unwrap();
            }
            writeln!(told, " {seed}").unwrap();
        }
    }
    insta::assert_snapshot!(told);
}

/// What a row says of a key.
#[derive(Clone, Debug)]
struct Written {
    serial: String,
    seed: Vec<u8>,
    event: bool,
    digits: u8,
    period: i64,
    counter: u64,
}

impl Written {
    fn hex(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.seed)
    }

    fn base32(&self) -> String {
        data_encoding::BASE32_NOPAD.encode(&self.seed)
    }

    fn kind(&self) -> &'static str {
        if self.event { "HOTP" } else { "TOTP" }
    }

    fn step_or_counter(&self) -> String {
        if self.event { self.counter.to_string() } else { self.period.to_string() }
    }
}

fn written() -> impl Strategy<Value = Written> {
    let serial = prop_oneof!["[1-9][0-9]{8}", "[A-Z]{2}[0-9]{4,10}", "[A-Za-z0-9][A-Za-z0-9._-]{7,11}[a-z]"];
    // At most 16 letters and digits in a row, so that a serial looks like none of the seeds.
    let seed = prop::collection::vec(any::<u8>(), 16..=32);
    (serial, seed, any::<bool>(), 6..=8_u8, prop_oneof![Just(30_i64), Just(60)], 0..1_u64 << 40).prop_map(
        |(serial, seed, event, digits, period, counter)| Written { serial, seed, event, digits, period, counter },
    )
}

/// A family, the lines before its rows, how a row is written, and which values the form can tell.
struct Form {
    format: Format,
    before: &'static str,
    row: fn(&Written) -> String,
    encoding: Option<SecretEncoding>,
    /// What the form cannot tell is as the family assumes it.
    assume: fn(&mut Written),
}

const FORMS: [Form; 12] = [
    Form {
        format: Format::EntraCsv,
        before: "upn,serial number,secret key,time interval,manufacturer,model\n",
        row: |key| format!(",{},{},{},ACME,Carte", key.serial, key.base32(), key.period),
        encoding: None,
        assume: |key| (key.event, key.digits) = (false, 6),
    },
    Form {
        format: Format::OathCsv,
        before: "",
        row: |key| format!("{},{},{},{},{}", key.serial, key.hex(), key.kind(), key.digits, key.step_or_counter()),
        encoding: None,
        assume: |_| {},
    },
    Form {
        format: Format::OathCsvUsers,
        before: "# version: 2\n",
        row: |key| {
            format!("u,r,r,{},{},{},{},{}", key.serial, key.hex(), key.kind(), key.digits, key.step_or_counter())
        },
        encoding: None,
        assume: |_| {},
    },
    Form {
        format: Format::LinotpCsv,
        before: "",
        row: |key| format!("{},{},{},{},{},sha1", key.serial, key.hex(), key.kind(), key.digits, key.period),
        encoding: None,
        assume: |key| key.counter = 0,
    },
    Form {
        format: Format::MultiotpCsv,
        before: "",
        row: |key| format!("{};ACME;{};{};{};{}", key.serial, key.kind(), key.hex(), key.digits, key.step_or_counter()),
        encoding: None,
        assume: |_| {},
    },
    Form {
        format: Format::PhenixidCsv,
        before: "",
        row: |key| match key.event {
            true => format!("HOTP;{};{};{}", key.serial, key.hex(), key.counter),
            false => format!("TOTP;{};SHA1;{};0;{};{}", key.serial, key.hex(), key.period, key.digits),
        },
        encoding: Some(SecretEncoding::Hex),
        assume: |key| key.digits = if key.event { 6 } else { key.digits },
    },
    Form {
        format: Format::SerialList,
        before: "",
        row: |key| format!("{}\t{}", key.serial, key.base32()),
        encoding: Some(SecretEncoding::Base32),
        assume: |key| (key.event, key.digits, key.period) = (false, 6, 30),
    },
    Form {
        format: Format::RcdevsCsv,
        before: "Type,Reference,Description,Data\n",
        row: |key| {
            let base64 = |text: &[u8]| data_encoding::BASE64.encode(text);
            let (kind, digits) = (base64(key.kind().as_bytes()), base64(key.digits.to_string().as_bytes()));
            let (step, state) = (base64(key.period.to_string().as_bytes()), base64(key.counter.to_string().as_bytes()));
            format!(
                "Token,{},x,\"TokenKey={},TokenType={kind},TokenState={state},OTPLength={digits},TOTPTimeStep={step}\"",
                key.serial,
                base64(&key.seed)
            )
        },
        encoding: Some(SecretEncoding::Base64),
        assume: |_| {},
    },
    Form {
        format: Format::AuthenexSql,
        before: "USE AUTHENEXDB\n",
        row: |key| format!("INSERT INTO OTP (A, B, C) VALUES ('{}','{}', 0)", key.serial, key.hex()),
        encoding: None,
        assume: |key| (key.event, key.digits, key.counter) = (true, 6, 0),
    },
    Form {
        format: Format::YubicoLog,
        before: "LOGGING START,1/1/2026 09:00\n",
        row: |key| {
            format!(
                "OATH-HOTP,1/1/2026, 09:00,,{},,{},,,0,0,0,{},{},0,0,0,0,0",
                key.serial,
                key.hex(),
                key.digits,
                key.counter
            )
        },
        encoding: None,
        assume: |key| key.event = true,
    },
    Form {
        format: Format::YubicoCsv,
        before: "",
        row: |key| {
            format!("{},ubnu01234567,{},{},000000000000,2026-01-01T09:00:00,", key.serial, key.counter, key.hex())
        },
        encoding: None,
        assume: |key| (key.event, key.digits, key.counter) = (true, 6, key.counter % 1_000_000),
    },
    Form {
        format: Format::GenericCsv,
        before: "type;numéro de série;chiffres;compteur;pas;graine\n",
        row: |key| {
            format!("{};{};{};{};{};{}", key.kind(), key.serial, key.digits, key.counter, key.period, key.base32())
        },
        encoding: Some(SecretEncoding::Base32),
        assume: |_| {},
    },
];

proptest! {
    #[test]
    fn a_key_that_is_written_in_a_form_is_read_back(key in written(), which in 0..FORMS.len()) {
        let form = &FORMS[which];
        let mut key = key;
        (form.assume)(&mut key);
        // Modhex is turned into digits, which is tested by itself.
        prop_assume!(form.format != Format::YubicoLog || key.serial.contains(|c: char| c.is_ascii_digit()));
        let guidance = Guidance { secret_encoding: form.encoding, ..Guidance::default() };
        let text = format!("{}{}\n", form.before, (form.row)(&key));
        let (format, keys, findings) = read_table(text.as_bytes(), None, &guidance);
        prop_assert_eq!(format, Some(form.format), "{}", &text);
        prop_assert!(findings.iter().all(|finding| !finding.is_error()), "{} {:?}", text, findings);
        prop_assert_eq!(keys.len(), 1);
        let read = &keys[0];
        prop_assert_eq!(read.serial.as_str(), key.serial.as_str());
        prop_assert_eq!(read.seed.expose(), key.seed.as_slice());
        prop_assert_eq!(read.parameters.digits.get(), key.digits);
        if key.event {
            prop_assert_eq!(read.parameters.algorithm, Algorithm::Hotp(Hash::Sha1));
            prop_assert_eq!(read.counter, Some(key.counter));
        } else {
            prop_assert_eq!(read.parameters.algorithm, Algorithm::Totp(Hash::Sha1));
            prop_assert_eq!(read.parameters.period.seconds(), key.period);
        }
    }
}

/// Each of the errors with tables that are made elsewhere: what they take for a key without a word is told here.
#[test]
fn what_other_importers_accept_in_silence_is_told() {
    let seed = "0123456789abcdef0123456789abcdef01234567";
    let base32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    let codes = |text: &str| -> Vec<&'static str> {
        let (_, _, findings) = read_table(text.as_bytes(), Some(Format::OathCsv), &Guidance::default());
        findings.iter().map(|finding| finding.problem.code()).collect()
    };
    let serial = |text: &str| -> String {
        let (_, keys, _) = read_table(text.as_bytes(), None, &Guidance::default());
        keys.first().map_or(String::new(), |key| key.serial.to_string())
    };
    // A mark of the encoding is no part of the first serial.
    assert_eq!(serial(&format!("\u{feff}77001240,{seed},totp\n")), "77001240");
    // Serials and seeds that a spreadsheet damaged.
    assert_eq!(codes(&format!("1.03E+08,{seed},totp\n")), ["serial-scientific"]);
    assert_eq!(codes("77001240,5.03E+02,totp\n"), ["seed-damaged"]);
    assert_eq!(codes("77001240,1234567890123450000000000000000000000000,totp\n"), ["seed-damaged"]);
    // Hexadecimal of an odd length, and with blanks.
    assert_eq!(codes(&format!("77001240,{},totp\n", &seed[1..])), ["seed-odd-hex"]);
    let (_, keys, _) =
        read_table(format!("77001240,{} {},totp\n", &seed[..20], &seed[20..]).as_bytes(), None, &Guidance::default());
    assert_eq!(keys[0].seed.expose().len(), 20);
    // Base32 in a column of hexadecimal.
    assert_eq!(codes(&format!("77001240,{base32},totp\n")), ["seed-looks-like-base32"]);
    // A step of nought.
    assert_eq!(codes(&format!("77001240,{seed},totp,6,0\n")), ["period-out-of-range"]);
}

#[test]
fn no_shortcut_changes_how_a_column_is_decided() {
    let clear = "0123456789abcdef0123456789abcdef01234567";
    let unclear = "234567abcdef234567abcdef2345abcd";
    let read = |encoding, rows: &str| {
        let guidance = Guidance { secret_encoding: encoding, ..Guidance::default() };
        let (_, keys, findings) = read_table(rows.as_bytes(), Some(Format::SerialList), &guidance);
        let codes: Vec<String> = findings.iter().map(|f| format!("{} {}", f.line, f.problem.code())).collect();
        (keys.iter().map(|key| key.seed.expose().len()).collect::<Vec<_>>(), codes.join(", "))
    };
    // One seed decides for those that stand before it, too.
    assert_eq!(
        read(None, &format!("1,{unclear}\n2,{clear}\n")),
        (vec![16, 20], "1 type-assumed, 1 period-assumed".to_owned())
    );
    assert_eq!(read(None, &format!("1,{unclear}\n2,GEZDGNBV{unclear}\n")).0, [20, 25]);
    assert_eq!(read(None, &format!("1,{unclear}\n2,{unclear}\n")), (vec![], "1 encoding-of-seeds-unclear".to_owned()));
    assert_eq!(read(None, &format!("1,{clear}\n2,GEZDGNBV{unclear}\n")).1, "2 encodings-of-seeds-mixed");
    assert_eq!(read(Some(SecretEncoding::Base32), &format!("1,{unclear}\n")).0, [20]);
    assert_eq!(read(Some(SecretEncoding::Hex), &format!("1,{unclear}\n")).0, [16]);
}

#[test]
fn a_hundred_thousand_rows_are_read() {
    let mut file = String::from("upn,serial number,secret key,time interval,manufacturer,model\n");
    for number in 0..100_000_u64 {
        let seed: Vec<u8> = (0..20).map(|byte| ((number * 31 + 7) >> (byte % 17)) as u8 ^ (byte as u8 * 13)).collect();
        let seed = data_encoding::BASE32_NOPAD.encode(&seed);
        writeln!(file, ",{},{seed},60,ACME OTP,Carte 6", 1_000_000_000 + number).unwrap();
    }
    let (_, keys, findings) = read_table(file.as_bytes(), None, &Guidance::default());
    assert_eq!((keys.len(), findings.len()), (100_000, 0));
}

#[test]
fn a_seed_of_digits_alone_on_its_line_does_not_make_a_list_a_software_token() {
    // LinOTP's own file of SHA-512 keys begins so.
    let digits = "31323334353637383930".repeat(6);
    let list = format!("{digits}\n\n#\nA1,5a1fd2bb6d3fd59a3f7ef8f6c2a1e0794e2d5c13, totp,       8   ,\n");
    let (format, keys, findings) = read_table(list.as_bytes(), None, &Guidance::default());
    assert_eq!((format, keys.len()), (Some(Format::OathCsv), 1));
    assert_eq!(findings.iter().map(|f| f.problem.code()).collect::<Vec<_>>(), ["too-few-cells"]);
    for token in ["12345-".repeat(16) + "12345", "1".repeat(81)] {
        let (format, _, findings) = read_table(token.as_bytes(), None, &Guidance::default());
        assert_eq!((format, findings[0].problem.code()), (None, "software-token"));
    }
}

#[test]
fn a_title_with_the_word_totp_makes_no_event_keys_of_a_list_without_types() {
    let seed = "5a1fd2bb6d3fd59a3f7ef8f6c2a1e0794e2d5c13";
    let list = format!("Feitian;C200;TOTP\nA1;{seed}\n");
    let (format, keys, _) = read_table(list.as_bytes(), None, &Guidance::default());
    assert_eq!(format, Some(Format::SerialList));
    assert!(keys.iter().all(|key| key.parameters.shown_for().is_some()), "a key with a clock became one with a button");
}

#[test]
fn a_number_behind_a_type_that_is_missing_is_neither_a_counter_nor_an_interval() {
    let seed = "5a1fd2bb6d3fd59a3f7ef8f6c2a1e0794e2d5c13";
    let list = format!("A1,{seed},totp,6,60\nA2,{seed},,6,60\nA3,{seed},,6,0\n");
    for format in [Format::OathCsv, Format::LinotpCsv] {
        let (_, keys, findings) = read_table(list.as_bytes(), Some(format), &Guidance::default());
        let told: Vec<_> = findings.iter().map(|f| (f.line, f.problem.code())).collect();
        assert_eq!(keys.iter().map(|key| key.serial.as_str()).collect::<Vec<_>>(), ["A1", "A3"]);
        assert_eq!(told, [(2, "algorithm-missing"), (3, "event-assumed")]);
    }
}
