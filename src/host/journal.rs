//! The machine's own log, which leaves it where the machine sends its log elsewhere.

use rustix::process::getpid;
use std::fmt::Write;
use std::io;
use std::os::unix::net::UnixDatagram;
use std::time::Duration;

/// Where journald and every syslog listen.
const SOCKET: &str = "/dev/log";
/// RFC 5424 section 6.2.1: facility 10 (security), severity 5 (notice).
const PRIORITY: u8 = 10 * 8 + 5;
/// A log that does not listen keeps nobody waiting.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// What takes records for the machine's log. The host has the real one.
pub trait Journal {
    /// Hands over one record.
    ///
    /// # Errors
    /// What the operating system says; nothing listens in a container, as a rule.
    fn note(&self, text: &str) -> io::Result<()>;
}

/// The log of the machine, as journald or a syslog keeps it.
pub struct MachineJournal;

impl Journal for MachineJournal {
    fn note(&self, text: &str) -> io::Result<()> {
        let socket = UnixDatagram::unbound()?;
        socket.set_write_timeout(Some(LONGEST_WAIT))?;
        socket.send_to(record(text, getpid().as_raw_nonzero().get()).as_bytes(), SOCKET).map(|_| ())
    }
}

/// A log that nobody keeps.
pub struct NoJournal;

impl Journal for NoJournal {
    fn note(&self, _: &str) -> io::Result<()> {
        Err(io::ErrorKind::NotFound.into())
    }
}

/// Writes a record as RFC 3164 has it, without the time and the machine, which the log adds. What would end it or begin another
/// one is escaped.
fn record(text: &str, process: i32) -> String {
    let mut record = format!("<{PRIORITY}>cleotp[{process}]: ");
    for character in text.chars() {
        if character.is_control() {
            let _ = write!(record, "\\u{:04x}", u32::from(character));
        } else {
            record.push(character);
        }
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e03_whatever_is_noted_is_one_record() {
        let record = record("{\"a\":\"b\"}\n<85>root: forged\0%s\u{85}\u{1b}[2J", 7);
        assert_eq!(record, "<85>cleotp[7]: {\"a\":\"b\"}\\u000a<85>root: forged\\u0000%s\\u0085\\u001b[2J");
    }

    #[test]
    fn where_nothing_listens_it_is_told() {
        assert_eq!(NoJournal.note("x").unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
