//! Detection of a file's format by its content, never by its name.

use super::csv_table::{self, Opening};
use super::finding::{self, Finding};
use super::problem::Problem;
use super::source::{Source, Survey};
use super::{Format, closed, foreign, openpgp, otpauth, pskc, tables, users_oath, xml};
use std::io::BufRead;
use zeroize::Zeroizing;

/// Beginnings of text files, and what they are.
const BEGINNINGS: [(&str, &str); 3] = [
    ("-----BEGIN PGP MESSAGE-----", "OpenPGP"),
    ("age-encryption.org/", "age"),
    ("-----BEGIN AGE ENCRYPTED FILE-----", "age"),
];

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
    // It was not opened, or came out of another one.
    if openpgp::is_message(start) {
        return fail(Problem::Encrypted { format: "OpenPGP" });
    }
    let detected = survey.glance(source, |text| {
        let bytes = text.fill_buf().map_err(|_| Finding::on_line(1, Problem::Unreadable))?;
        if is_binary(bytes) {
            return fail(Problem::BinaryFile);
        }
        if bytes.trim_ascii_start().starts_with(b"<") {
            return detect_root(text);
        }
        let head = Zeroizing::new(String::from_utf8_lossy(csv_table::head(bytes)).into_owned());
        let opening = Opening::read(text);
        if opening.rows.is_empty() && head.trim_matches(super::secret::is_blank).is_empty() {
            return fail(Problem::BlankFile);
        }
        if let Some(format) = written(&head) {
            return Ok(format);
        }
        if head.lines().chain(opening.rows.lines()).any(is_ctf) {
            return fail(Problem::SoftwareToken);
        }
        match named(&head).or_else(|| named(&opening.rows)) {
            Some(format @ ("OpenPGP" | "age")) => fail(Problem::Encrypted { format }),
            Some(format) => fail(Problem::FormatNotSupported { format }),
            None => tables::detect(&opening),
        }
    });
    if detected == Ok(Format::Pskc) && survey.glance(source, pskc::is_draft)? {
        return Ok(Format::PskcDraft);
    }
    let detected = detected.map_err(|finding| match finding.problem {
        Problem::NulByte | Problem::EncodingInvalid if is_binary(start) => Finding::on_line(1, Problem::BinaryFile),
        _ => finding,
    });
    detected.map_err(|finding| match finding.problem {
        Problem::FormatUnknown | Problem::BinaryFile => {
            closed::by_words(start).map_or(finding, |problem| Finding::on_line(1, problem))
        }
        _ => finding,
    })
}

/// Tells whether bytes have control characters that no text has.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let control = |byte: &&u8| matches!(**byte, 1..=8 | 14..=25 | 28..=31 | 127);
    csv_table::head(bytes).iter().filter(control).count() > 0
}

fn detect_root(text: &mut dyn BufRead) -> Result<Format, Finding> {
    let name = xml::root_name(text)?;
    match name.as_str() {
        "keycontainer" | "secretcontainer" => Ok(Format::Pskc),
        "tokens" => Ok(Format::AladdinXml),
        "data" => Ok(Format::DeepnetDualshield),
        "tokenlist" => Ok(Format::DeepnetUap),
        "tknbatch" | "tkn" | "tknbasic" => Ok(Format::Sdtid),
        other => Err(Finding::on_line(
            1,
            closed::by_root(other).unwrap_or(Problem::NotAContainer { root: finding::shown(other) }),
        )),
    }
}

/// Recognises what is no table: JSON, and files whose lines tell what they are.
fn written(text: &str) -> Option<Format> {
    let start = text.trim_start();
    if start.starts_with(['{', '[']) {
        return Some(Format::EntraGraphJson);
    }
    let mut lines = text.lines().map(str::trim);
    if lines.clone().any(otpauth::is_line) {
        return Some(Format::Otpauth);
    }
    let heading = start.char_indices().nth(200).and_then(|(end, _)| start.get(..end)).unwrap_or(start);
    if heading.contains("SafeWord Authenticator Records")
        || lines.clone().any(|line| line.starts_with("dn: sccAuthenticatorId="))
    {
        return Some(Format::SafewordDat);
    }
    lines.any(users_oath::is_line).then_some(Format::UsersOath)
}

/// Names a text format that is known, and not read.
fn named(text: &str) -> Option<&'static str> {
    let start = text.trim_start();
    BEGINNINGS.iter().find(|(beginning, _)| start.starts_with(beginning)).map(|(_, format)| *format)
}

/// Tells whether a line is the compressed form of an RSA software token: 81 digits, also in blocks of five, or a link with them.
fn is_ctf(line: &str) -> bool {
    let line = line.trim();
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    let is_whole = digits == line.len() && (81..=85).contains(&digits);
    let is_block = |block: &str| block.len() == 5 && block.bytes().all(|byte| byte.is_ascii_digit());
    let blocks = line.split('-').take_while(|block| is_block(block)).count();
    line.contains("ctfData=") || is_whole || (blocks > 15 && digits >= 81)
}
