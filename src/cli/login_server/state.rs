//! The attribute `State` of RADIUS: what ties somebody's second message to the first. One byte that says what is awaited, and the ticket.

use zeroize::Zeroizing;

/// 128 bits in hexadecimal.
const TICKET: usize = 32;

/// What is awaited from somebody.
#[derive(Debug, PartialEq, Eq)]
pub enum State {
    /// The code that follows, alone, with its ticket.
    NextCode(Zeroizing<String>),
    /// A PIN twice in a row, with its ticket.
    NewPin(Zeroizing<String>),
    /// The first passcode with the new PIN: a check like any other.
    Passcode,
}

impl State {
    /// Reads the value of the variable: bytes as `0x` and hexadecimal digits. Nothing where it is none of ours.
    pub fn read(value: &[u8]) -> Option<Self> {
        let (kind, ticket) = std::str::from_utf8(value).ok()?.strip_prefix("0x")?.split_at_checked(2)?;
        let is_ticket =
            ticket.len() == TICKET && ticket.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        let ticket = || Zeroizing::new(ticket.to_owned());
        match kind {
            "01" if is_ticket => Some(Self::NextCode(ticket())),
            "02" if is_ticket => Some(Self::NewPin(ticket())),
            "03" if value.len() == 4 => Some(Self::Passcode),
            _ => None,
        }
    }

    /// Writes it as FreeRADIUS reads bytes.
    pub fn written(&self) -> Zeroizing<String> {
        Zeroizing::new(match self {
            Self::NextCode(ticket) => format!("0x01{}", ticket.as_str()),
            Self::NewPin(ticket) => format!("0x02{}", ticket.as_str()),
            Self::Passcode => "0x03".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_as_it_was_written_and_no_other_is_one() {
        let ticket = || Zeroizing::new("00112233445566778899aabbccddeeff".to_owned());
        for state in [State::NextCode(ticket()), State::NewPin(ticket()), State::Passcode] {
            assert_eq!(State::read(state.written().as_bytes()), Some(state));
        }
        for value in [
            "",
            "0x",
            "0x01",
            "0x0",
            "0x0300",
            "0x0100112233445566778899aabbccddee",
            "0x0100112233445566778899aabbccddeeff00",
            "0x0400112233445566778899aabbccddeeff",
            "0100112233445566778899aabbccddeeff",
            "\"0x03\"",
            "0xé1",
        ] {
            assert_eq!(State::read(value.as_bytes()), None, "{value}");
        }
    }
}
