//! The bytes of an event under its MAC: every field with its length before it, so that no two events share them.

use super::{Mac, Record};

/// Encodes an event behind the MAC of the one before.
///
/// Each field is a length (8 bytes, big-endian) and its bytes; a missing one has the length 2^64 - 1, which no field reaches.
pub fn encode(previous: &Mac, record: &Record) -> Vec<u8> {
    let event = &record.event;
    let subject = &event.subject;
    let mut encoded = Vec::with_capacity(384);
    let mut put = |field: Option<&[u8]>| put(&mut encoded, field);
    put(Some(b"cleotp event 1"));
    put(Some(previous));
    put(Some(&record.seq.to_be_bytes()));
    put(Some(&record.at.epoch_seconds().to_be_bytes()));
    put(Some(&record.operator.uid.to_be_bytes()));
    put(Some(record.operator.name.as_bytes()));
    put(Some(record.operator.way().as_bytes()));
    put(Some(event.action.name().as_bytes()));
    put(Some(event.outcome.name().as_bytes()));
    put(event.reason.as_deref().map(str::as_bytes));
    put(subject.establishment.as_ref().map(|uai| uai.as_str().as_bytes()));
    put(subject.user.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
    put(subject.unknown_login.as_ref().map(<[u8; 8]>::as_slice));
    put(subject.serial.as_ref().map(|serial| serial.as_str().as_bytes()));
    put(subject.batch.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
    put(subject.file.as_ref().map(|file| file.name.as_bytes()));
    put(subject.file.as_ref().map(|file| file.sha256.as_slice()));
    put(event.count.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
    let last = event.last_at.map(|at| at.epoch_seconds().to_be_bytes());
    put(last.as_ref().map(<[u8; 8]>::as_slice));
    put(Some(record.version.as_bytes()));
    encoded
}

/// Adds one field: its length, and its bytes.
pub(super) fn put(encoded: &mut Vec<u8>, field: Option<&[u8]>) {
    let length = field.map_or(u64::MAX, |bytes| u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    encoded.extend_from_slice(&length.to_be_bytes());
    encoded.extend_from_slice(field.unwrap_or_default());
}
