//! What an event of a restored backup tells: where the chain stood in the backup, and where it stood before.

use super::Head;
use data_encoding::HEXLOWER;
use std::str::FromStr;

/// The two heads of a restored backup, as they stand in the reason of its event: `backup=SEQ:MAC previous=SEQ:MAC`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestoredHeads {
    /// Where the chain of the backup ended.
    pub backup: Head,
    /// Where the chain of the database ended that was there before, if there was one that could be read.
    pub previous: Option<Head>,
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
