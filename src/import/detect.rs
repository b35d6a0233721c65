//! Detection of a file's format by its content, never by its name.

use super::csv_table::{self, Row};
use super::finding::{self, Finding};
use super::problem::Problem;
use super::source::{Source, Survey};
use super::{Format, entra, foreign, oath_csv, xml};
use std::io::BufRead;
use zeroize::Zeroizing;

/// Beginnings of text files, and what they are.
const BEGINNINGS: [(&str, &str); 9] = [
    ("-----BEGIN PGP MESSAGE-----", "OpenPGP"),
    ("age-encryption.org/", "age"),
    ("-----BEGIN AGE ENCRYPTED FILE-----", "age"),
    ("{", "JSON"),
    ("[", "JSON"),
    ("# ykksm 1", "Yubico KSM"),
    ("Type,Reference,Description,Data", "RCDevs"),
    ("# CSV import file for RCDevs", "RCDevs"),
    ("AUTHENEXDB", "Authenex SQL"),
];

/// Beginnings of lines, and the format they stand for.
const LINE_BEGINNINGS: [(&str, &str); 10] = [
    ("otpauth-migration://", "otpauth URI"),
    ("otpauth://", "otpauth URI"),
    ("LOGGING START,", "Yubico log"),
    ("Yubico OTP,", "Yubico log"),
    ("OATH-HOTP,", "Yubico log"),
    ("Static Password", "Yubico log"),
    ("Challenge-Response", "Yubico log"),
    ("dn: sccAuthenticatorId=", "SafeWord"),
    ("TOTP;", "PhenixID"),
    ("HOTP;", "PhenixID"),
];

/// Roots of XML files that are known, and not read.
const ROOTS: [(&str, &str); 3] =
    [("tokens", "SafeNet/Aladdin XML"), ("data", "Deepnet DualShield XML"), ("tokenlist", "Deepnet UAP XML")];

/// Recognises the format of a file.
///
/// # Errors
/// A finding that says what the file is, as far as that is known.
pub(super) fn detect(source: &mut dyn Source, survey: &Survey) -> Result<Format, Finding> {
    let start = survey.start.as_slice();
    let fail = |problem| Err(Finding::on_line(1, problem));
    if start.is_empty() {
        return fail(Problem::EmptyFile);
    }
    if let Some(foreign) = foreign::recognise(start) {
        return fail(foreign.problem());
    }
    if matches!(start.first(), Some(0x84..=0x86 | 0x8c..=0x8e | 0xc1 | 0xc3)) && is_binary(start) {
        return fail(Problem::FormatNotSupported { format: "OpenPGP" });
    }
    let detected = survey.with_start_of_text(source, |text| {
        let bytes = text.fill_buf().map_err(|_| Finding::on_line(1, Problem::Unreadable))?;
        if is_binary(bytes) {
            return fail(Problem::BinaryFile);
        }
        if bytes.trim_ascii_start().starts_with(b"<") {
            return detect_root(text);
        }
        let text = Zeroizing::new(String::from_utf8_lossy(csv_table::head(bytes)).into_owned());
        if text.trim_matches(super::secret::is_blank).is_empty() {
            return fail(Problem::BlankFile);
        }
        if text.lines().any(is_ctf) {
            return fail(Problem::SoftwareToken);
        }
        match named(&text) {
            Some(format) => fail(Problem::FormatNotSupported { format }),
            None => detect_table(&text),
        }
    });
    detected.map_err(|finding| match finding.problem {
        Problem::NulByte | Problem::EncodingInvalid if is_binary(start) => Finding::on_line(1, Problem::BinaryFile),
        _ => finding,
    })
}

/// Tells whether bytes have control characters that no text has.
fn is_binary(bytes: &[u8]) -> bool {
    let control = |byte: &&u8| matches!(**byte, 1..=8 | 14..=25 | 28..=31 | 127);
    csv_table::head(bytes).iter().filter(control).count() > 0
}

fn detect_root(text: &mut dyn BufRead) -> Result<Format, Finding> {
    let name = xml::root_name(text)?;
    match name.as_str() {
        "keycontainer" | "secretcontainer" => Ok(Format::Pskc),
        "tknbatch" | "tkn" | "tknbasic" => Ok(Format::Sdtid),
        other => Err(Finding::on_line(
            1,
            match ROOTS.iter().find(|(root, _)| *root == other) {
                Some((_, format)) => Problem::FormatNotSupported { format },
                None => Problem::NotAContainer { root: finding::shown(other) },
            },
        )),
    }
}

/// Names a text format that is known, and not read.
fn named(text: &str) -> Option<&'static str> {
    let start = text.trim_start();
    if let Some((_, format)) = BEGINNINGS.iter().find(|(beginning, _)| start.starts_with(beginning)) {
        return Some(format);
    }
    if start.get(..200).unwrap_or(start).contains("SafeWord Authenticator Records") {
        return Some("SafeWord");
    }
    if start.starts_with('#') && start.lines().next().is_some_and(|line| entra::folded(line) == "#version:2") {
        return Some("privacyIDEA OATH CSV with users");
    }
    text.lines().map(str::trim).find_map(|line| {
        let beginning = LINE_BEGINNINGS.iter().find(|(beginning, _)| line.starts_with(beginning));
        beginning.map(|(_, format)| *format).or_else(|| match line.split_whitespace().next() {
            Some(kind) if is_users_oath(kind) && line.split_whitespace().count() >= 4 => Some("users.oath"),
            _ => None,
        })
    })
}

/// Tells whether a line is the compressed form of an RSA software token: 81 digits, also in blocks, or a link with them.
fn is_ctf(line: &str) -> bool {
    let line = line.trim();
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    let only = |allowed: &str| line.bytes().all(|byte| byte.is_ascii_digit() || allowed.as_bytes().contains(&byte));
    line.contains("ctfData=") || (only("") && (81..=85).contains(&digits)) || (only("-") && digits >= 81)
}

fn is_users_oath(kind: &str) -> bool {
    kind == "HOTP" || kind.starts_with("HOTP/E") || kind.starts_with("HOTP/T30") || kind.starts_with("HOTP/T60")
}

/// Recognises tables: by their header, or by a second column that could be seeds.
fn detect_table(text: &str) -> Result<Format, Finding> {
    let delimiter = csv_table::delimiter(text);
    let rows: Vec<Row> = csv_table::lines_of(text)
        .filter_map(|line| csv_table::cells(line, delimiter))
        .map(|cells| csv_table::Table::split_again(Row { line: 1, cells }))
        .collect();
    let first = rows.first();
    if first.is_some_and(entra::is_header) && !first.is_some_and(is_plain_list_header) {
        return Ok(Format::EntraCsv);
    }
    let could_be_seed = |row: &Row, number: usize| row.cell(number).is_some_and(|cell| is_seed_like(&cell.text));
    if rows.iter().any(|row| is_multi_otp(row) && could_be_seed(row, 3)) {
        return Err(Finding::on_line(1, Problem::FormatNotSupported { format: "multiOTP CSV" }));
    }
    if first.is_some_and(oath_csv::is_header) || rows.iter().any(|row| could_be_seed(row, 1)) {
        return Ok(Format::OathCsv);
    }
    Err(Finding::on_line(1, Problem::FormatUnknown))
}

/// Tells `serial,secret` of a plain list from the header of an Entra table, which says more.
fn is_plain_list_header(row: &Row) -> bool {
    let has = |names: &[&str]| row.cells.iter().any(|cell| names.contains(&entra::folded(&cell.text).as_str()));
    oath_csv::is_header(row) && (has(&["type", "hexseed", "digits"]) || row.cells.len() == 2) && !has(&["secretkey"])
}

fn is_multi_otp(row: &Row) -> bool {
    let kind = row.cell(2).map(|cell| cell.text.to_ascii_lowercase());
    row.cells.len() == 6 && kind.is_some_and(|kind| matches!(kind.as_str(), "hotp" | "totp" | "motp"))
}

/// Tells whether a cell is long enough and of letters and digits, so that it could be a seed in any state.
fn is_seed_like(text: &str) -> bool {
    let body = text.chars().filter(|c| !super::secret::is_blank(*c) && !matches!(c, ':' | '-'));
    let hexadecimal = body.clone().filter(char::is_ascii_hexdigit).count();
    let other = body.clone().filter(|c| !c.is_ascii_alphanumeric() && *c != '=').count();
    let long = body.count();
    (long >= 16 && other == 0) || (hexadecimal >= 16 && other <= 1)
}
