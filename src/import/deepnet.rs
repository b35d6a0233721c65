//! Deepnet's files: DualShield's `data` with one header for all keys, and UAP V3's `tokenList` with XML inside CDATA.

use super::finding::Finding;
use super::problem::Problem;
use super::record::{self, SeedRecord};
use super::xml::{self, Cursor, Element, Stop, Tree};
use super::{Guidance, Input, Item, hash, seed_text};
use crate::key::{Serial, Validity};
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period, Seed};
use compact_str::CompactString;

/// How seeds are written.
type Decoder = fn(&str) -> Result<Seed, Problem>;

/// What the header says of all keys.
struct Header {
    decode: Decoder,
    digits: Digits,
    period: Period,
    hash: Option<Hash>,
    manufacturer: Option<CompactString>,
    model: Option<CompactString>,
}

/// Reads a file of DualShield and gives its keys and findings, in the order of the file.
///
/// # Errors
/// The finding that makes the rest of the file unreadable: among others a header that says that seeds are encrypted.
pub(super) fn read_dualshield(input: &mut Input<'_>, _: &Guidance, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    let mut header = None;
    xml::walk(input, &["tokens"], &mut |stop| {
        match stop {
            Stop::Root(root) => {
                expect_root(root, "data")?;
                header = None;
            }
            Stop::Whole(element) if element.name() == "header" => header = Some(read_header(element, sink)?),
            Stop::Whole(token) if token.name() == "token" => {
                let header =
                    header.as_ref().ok_or_else(|| token.finding(Problem::ElementMissing { element: "header" }))?;
                sink(Item::Row(token.place()));
                let shown = token.child_text("serial").ok().flatten().unwrap_or_default();
                tell(shown, sink, |warnings| key_of_dualshield(token, header, warnings));
            }
            Stop::Whole(_) => {}
            Stop::NotClosed(finding) => sink(Item::Finding(finding)),
        }
        Ok(())
    })
}

/// Reads a file of UAP V3 and gives its keys and findings, in the order of the file.
///
/// # Errors
/// The finding that makes the rest of the file unreadable.
pub(super) fn read_uap(input: &mut Input<'_>, _: &Guidance, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    xml::walk(input, &[], &mut |stop| {
        match stop {
            Stop::Root(root) => expect_root(root, "tokenlist")?,
            Stop::Whole(info) if info.name() == "tokeninfo" => {
                sink(Item::Row(info.place()));
                let device = info.child("device").ok().flatten();
                let serial = device.and_then(|device| device.child_text("serial").ok().flatten());
                tell(serial.unwrap_or_default(), sink, |warnings| key_of_uap(info, warnings));
            }
            Stop::Whole(_) => {}
            Stop::NotClosed(finding) => sink(Item::Finding(finding)),
        }
        Ok(())
    })
}

fn expect_root(root: Element<'_>, name: &str) -> Result<(), Finding> {
    if root.name() == name {
        return Ok(());
    }
    Err(root.finding(Problem::NotAContainer { root: super::finding::shown(root.name()) }))
}

/// Reads a key, and tells what came of it under its serial.
fn tell(shown: &str, sink: &mut dyn FnMut(Item), read: impl FnOnce(&mut Vec<Finding>) -> Result<SeedRecord, Finding>) {
    let mut warnings = Vec::new();
    let outcome = read(&mut warnings);
    warnings.into_iter().for_each(|finding| sink(Item::Finding(finding.of(shown))));
    sink(match outcome {
        Ok(record) => Item::Key(Box::new(record)),
        Err(finding) => Item::Finding(finding.of(shown)),
    });
}

fn read_header(header: Element<'_>, sink: &mut dyn FnMut(Item)) -> Result<Header, Finding> {
    if let Some(encrypt) = header.child("encrypt")?
        && !encrypt.trimmed().is_empty()
        && !encrypt.trimmed().eq_ignore_ascii_case("NONE")
    {
        return Err(encrypt.finding(Problem::DeepnetEncrypted));
    }
    let encode =
        header.child("encode")?.ok_or_else(|| header.finding(Problem::ElementMissing { element: "encode" }))?;
    let decode = decoder(encode.trimmed()).ok_or_else(|| encode.finding(Problem::SeedEncodingUnknown))?;
    let digits = match header.child("digits")? {
        Some(digits) => read_digits(digits)?,
        None => {
            sink(Item::Finding(header.finding(Problem::DigitsAssumed)));
            Digits::SIX
        }
    };
    let mut warnings = Vec::new();
    let period = read_period(header, header.child("timeWindow")?, &mut warnings)?;
    warnings.into_iter().for_each(|finding| sink(Item::Finding(finding)));
    let manufacturer = header.child_text("manufacturerCode")?;
    Ok(Header {
        decode,
        digits,
        period,
        hash: header.child("crypto")?.map(read_hash).transpose()?,
        manufacturer: manufacturer.and_then(|code| record::name(if code == "DN" { "Deepnet Security" } else { code })),
        model: header.child_text("productCode")?.and_then(record::name),
    })
}

fn key_of_dualshield(token: Element<'_>, header: &Header, warnings: &mut Vec<Finding>) -> Result<SeedRecord, Finding> {
    let serial = read_serial(token, token.child_text("serial")?, warnings)?;
    let holder = token.child("seed")?.ok_or_else(|| token.finding(Problem::SecretMissing))?;
    let seed = (header.decode)(holder.trimmed()).map_err(|problem| holder.finding(problem))?;
    let hash = header.hash.unwrap_or_else(|| {
        warnings.extend(record::assumed_sha1(&seed).map(|problem| holder.finding(problem)));
        Hash::Sha1
    });
    Ok(SeedRecord {
        line: token.line(),
        serial,
        key_id: None,
        seed,
        parameters: Parameters { algorithm: Algorithm::Totp(hash), digits: header.digits, period: header.period },
        counter: None,
        manufacturer: header.manufacturer.clone(),
        model: header.model.clone(),
        validity: Validity::default(),
        drift: 0,
        is_sealed: false,
    })
}

/// Reads a key of UAP: its data is XML of its own inside a CDATA section, or stands there as elements.
fn key_of_uap(info: Element<'_>, warnings: &mut Vec<Finding>) -> Result<SeedRecord, Finding> {
    let token = info.child("token")?.ok_or_else(|| info.finding(Problem::SecretMissing))?;
    if let Some(data) = token.child("data")? {
        return key_of_data(info, data, warnings);
    }
    // What is wrong inside is told of the place of the whole: lines of the inner text are no lines of the file.
    let outside = |finding: Finding| token.finding(finding.problem);
    let mut text = token.trimmed().as_bytes();
    if text.is_empty() {
        return Err(token.finding(Problem::SecretMissing));
    }
    let mut tree = Tree::new();
    let mut cursor = Cursor::new(&mut text);
    let data = xml::root(&mut cursor, &mut tree).map_err(outside)?;
    cursor.rest_of(data, &mut tree).map_err(outside)?;
    xml::expect_end(&mut cursor, &mut Tree::new()).map_err(outside)?;
    let mut inside = Vec::new();
    let outcome = key_of_data(info, tree.element(data), &mut inside);
    warnings.extend(inside.into_iter().map(outside));
    outcome.map_err(outside)
}

fn key_of_data(info: Element<'_>, data: Element<'_>, warnings: &mut Vec<Finding>) -> Result<SeedRecord, Finding> {
    let device = info.child("device")?;
    let of_device = |name| device.map_or(Ok(None), |device| device.child_text(name));
    let serial = match of_device("serial")? {
        None => data.child_text("deviceID")?,
        serial => serial,
    };
    let serial = read_serial(data, serial, warnings)?;
    let secret = data.child("secret")?.ok_or_else(|| data.finding(Problem::SecretMissing))?;
    let encoding = secret.attribute("enc").unwrap_or_default();
    let decode = decoder(encoding).ok_or_else(|| secret.finding(Problem::SeedEncodingUnknown))?;
    let seed = decode(secret.trimmed()).map_err(|problem| secret.finding(problem))?;
    warnings.extend(record::assumed_sha1(&seed).map(|problem| secret.finding(problem)));
    let digits = match data.child("digits")? {
        Some(digits) => read_digits(digits)?,
        None => {
            warnings.push(data.finding(Problem::DigitsAssumed));
            Digits::SIX
        }
    };
    let kind = match data.child_text("type")? {
        None => info.child_text("method")?,
        kind => kind,
    };
    let is_event = is_event(kind.unwrap_or_default()).map_err(|problem| data.finding(problem))?;
    let (algorithm, period, counter) = if is_event {
        (Algorithm::Hotp(Hash::Sha1), Period::HALF_MINUTE, Some(read_counter(data)?))
    } else {
        let period = read_period(data, data.child("timeWindow")?, warnings)?;
        (Algorithm::Totp(Hash::Sha1), period, None)
    };
    let manufacturer = match of_device("manufacturer")? {
        None => of_device("vendor")?,
        manufacturer => manufacturer,
    };
    Ok(SeedRecord {
        line: info.line(),
        serial,
        key_id: None,
        seed,
        parameters: Parameters { algorithm, digits, period },
        counter,
        manufacturer: manufacturer.and_then(record::name),
        model: of_device("model")?.and_then(record::name),
        validity: Validity::default(),
        drift: 0,
        is_sealed: false,
    })
}

fn decoder(name: &str) -> Option<Decoder> {
    match name.to_ascii_uppercase().as_str() {
        "HEX" => Some(seed_text::hex),
        "BASE64" => Some(seed_text::base64),
        "BASE32" => Some(seed_text::base32),
        _ => None,
    }
}

/// Tells by the words of the type what moves a key on.
fn is_event(kind: &str) -> Result<bool, Problem> {
    let kind = kind.to_ascii_lowercase();
    match (kind.contains("hotp") || kind.contains("event"), kind.contains("totp") || kind.contains("time")) {
        (true, false) => Ok(true),
        (false, true) => Ok(false),
        _ if kind.contains("ocra") || kind.contains("challenge") => {
            Err(Problem::AlgorithmNotSupported { algorithm: "OCRA" })
        }
        _ if kind.is_empty() => Err(Problem::AlgorithmMissing),
        _ => Err(Problem::AlgorithmUnknown),
    }
}

fn read_serial(place: Element<'_>, text: Option<&str>, warnings: &mut Vec<Finding>) -> Result<Serial, Finding> {
    let (serial, changed) = record::serial(text.unwrap_or_default()).map_err(|problem| place.finding(problem))?;
    if changed {
        warnings.push(place.finding(Problem::SerialChanged));
    }
    Ok(serial)
}

fn read_digits(element: Element<'_>) -> Result<Digits, Finding> {
    let digits = element.trimmed().parse().ok().and_then(|digits| Digits::new(digits).ok());
    digits.ok_or_else(|| element.finding(Problem::DigitsOutOfRange))
}

/// Reads a period; without one it is the minute of SafeID keys, with a warning.
fn read_period(
    holder: Element<'_>,
    element: Option<Element<'_>>,
    warnings: &mut Vec<Finding>,
) -> Result<Period, Finding> {
    let Some(element) = element else {
        warnings.push(holder.finding(Problem::MinuteAssumed));
        return Ok(Period::MINUTE);
    };
    let fail = |problem| element.finding(problem);
    let seconds = element.trimmed().parse().map_err(|_| fail(Problem::IntegerMalformed { element: "timeWindow" }))?;
    let (period, unusual) = record::period(seconds).map_err(fail)?;
    warnings.extend(unusual.map(fail));
    Ok(period)
}

fn read_hash(element: Element<'_>) -> Result<Hash, Finding> {
    hash::named(element.trimmed()).ok_or_else(|| element.finding(Problem::HashNotSupported))
}

fn read_counter(data: Element<'_>) -> Result<u64, Finding> {
    match data.child("counter")? {
        Some(counter) if !counter.trimmed().is_empty() => {
            counter.trimmed().parse().map_err(|_| counter.finding(Problem::IntegerMalformed { element: "counter" }))
        }
        _ => Ok(0),
    }
}
