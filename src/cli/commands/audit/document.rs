//! A checkpoint as the line that leaves the host, and what comes back of it.

use crate::audit::{Checkpoint, Head};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Answer, Datum};
use crate::cli::times::Moment;
use crate::ops::SealedCheckpoint;
use data_encoding::HEXLOWER;
use serde_json::{Map, Value};

/// What every document of this kind is called, with its version behind it.
const SCHEMA: &str = "audit-checkpoint";

/// Puts a checkpoint into a document.
pub fn written(sealed: &SealedCheckpoint) -> Answer {
    let SealedCheckpoint { checkpoint, mac } = sealed;
    Answer::new(SCHEMA)
        .field("database", HEXLOWER.encode(&checkpoint.database))
        .field("seq", checkpoint.head.seq)
        .field("head", HEXLOWER.encode(&checkpoint.head.mac))
        .field("at", checkpoint.at)
        .field("events", checkpoint.events)
        .field("version", Datum::of(&checkpoint.version))
        .field("mac", HEXLOWER.encode(mac))
}

/// Reads the checkpoints of a file: a document, or one after the other.
///
/// # Errors
/// A failure of data that names the line.
pub fn read(bytes: &[u8]) -> Result<Vec<SealedCheckpoint>, Failure> {
    let mut found = Vec::new();
    let mut documents = serde_json::Deserializer::from_slice(bytes).into_iter::<Value>();
    loop {
        let at = documents.byte_offset();
        match documents.next() {
            None if found.is_empty() => return Err(Failure::new(Exit::Data, "checkpoint-empty")),
            None => return Ok(found),
            Some(Ok(document)) => found.push(take(&document).map_err(|failure| failure.with("line", line(bytes, at)))?),
            Some(Err(_)) => return Err(Failure::new(Exit::Data, "checkpoint-damaged").with("line", line(bytes, at))),
        }
    }
}

/// Gives the line of what follows an offset.
fn line(bytes: &[u8], at: usize) -> usize {
    let blank = bytes.iter().skip(at).take_while(|byte| byte.is_ascii_whitespace()).count();
    let before = bytes.iter().take(at.saturating_add(blank));
    before.filter(|byte| **byte == b'\n').count().saturating_add(1)
}

fn take(document: &Value) -> Result<SealedCheckpoint, Failure> {
    let schema = document.get("schema").and_then(Value::as_str).unwrap_or_default();
    let version = schema.strip_prefix("cleotp.").and_then(|name| name.strip_prefix(SCHEMA)?.strip_prefix('/'));
    match version {
        Some("1") => {}
        Some(version) if version.bytes().all(|byte| byte.is_ascii_digit()) => {
            return Err(Failure::new(Exit::Data, "checkpoint-newer").with("version", version));
        }
        _ => return Err(Failure::new(Exit::Data, "checkpoint-other-document")),
    }
    let read = document.as_object().and_then(read_fields);
    read.ok_or_else(|| Failure::new(Exit::Data, "checkpoint-damaged"))
}

fn read_fields(fields: &Map<String, Value>) -> Option<SealedCheckpoint> {
    let text = |name: &str| fields.get(name)?.as_str();
    let number = |name: &str| fields.get(name)?.as_i64();
    let bytes = |name: &str| HEXLOWER.decode(text(name)?.as_bytes()).ok();
    let Moment(at) = text("at")?.parse().ok()?;
    let checkpoint = Checkpoint {
        database: bytes("database")?.try_into().ok()?,
        head: Head { seq: number("seq")?, mac: bytes("head")?.try_into().ok()? },
        events: number("events")?,
        at,
        version: text("version")?.to_owned(),
    };
    Some(SealedCheckpoint { checkpoint, mac: bytes("mac")?.try_into().ok()? })
}
