//! What an event of a restored backup tells: where the chain stood in the backup, and where it stood before.

use super::Head;
use data_encoding::HEXLOWER;
use std::fmt;
use std::str::FromStr;

/// The two heads of a restored backup, as they stand in the reason of its event: `backup=SEQ:MAC previous=SEQ:MAC`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestoredHeads {
    /// Where the chain of the backup ended.
    pub backup: Head,
    /// Where the chain of the database ended that was there before, if there was one that could be read.
    pub previous: Option<Head>,
}

impl fmt::Display for RestoredHeads {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "backup={}:{}", self.backup.seq, HEXLOWER.encode(&self.backup.mac))?;
        match &self.previous {
            Some(previous) => write!(formatter, " previous={}:{}", previous.seq, HEXLOWER.encode(&previous.mac)),
            None => Ok(()),
        }
    }
}

impl FromStr for RestoredHeads {
    type Err = NoHeads;

    fn from_str(text: &str) -> Result<Self, NoHeads> {
        let (backup, previous) = match text.split_once(' ') {
            Some((backup, previous)) => (backup, Some(previous.strip_prefix("previous=").ok_or(NoHeads)?)),
            None => (text, None),
        };
        let backup = read(backup.strip_prefix("backup=").ok_or(NoHeads)?)?;
        Ok(Self { backup, previous: previous.map(read).transpose()? })
    }
}

fn read(text: &str) -> Result<Head, NoHeads> {
    let (seq, mac) = text.split_once(':').ok_or(NoHeads)?;
    let mac = HEXLOWER.decode(mac.as_bytes()).map_err(|_| NoHeads)?;
    Ok(Head { seq: seq.parse().map_err(|_| NoHeads)?, mac: mac.try_into().map_err(|_| NoHeads)? })
}

/// The text names no heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no heads of a restored backup")]
pub struct NoHeads;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_back_as_they_were_written_and_nothing_else_is() {
        let head = |seq, byte| Head { seq, mac: [byte; 32] };
        for previous in [None, Some(head(9, 2))] {
            let heads = RestoredHeads { backup: head(7, 0xab), previous };
            assert_eq!(heads.to_string().parse(), Ok(heads));
        }
        let backup = format!("backup=7:{}", "ab".repeat(32));
        assert_eq!(RestoredHeads { backup: head(7, 0xab), previous: None }.to_string(), backup);
        let both = format!("{backup} previous=x:{}", "02".repeat(32));
        for text in ["", "backup=7", "backup=7:ab", &backup[1..], &format!("{backup} "), &both] {
            assert_eq!(text.parse::<RestoredHeads>(), Err(NoHeads), "{text}");
        }
    }
}
