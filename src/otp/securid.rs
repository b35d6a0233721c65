//! RSA SecurID with AES-128: the code of a step follows from the calendar and from the serial besides the seed.
//!
//! RSA publishes no specification. The computation is the one on which the free implementations agree, stoken first of
//! all; the tests hold it against theirs.

use super::{Code, Digits, Period, Seed, Step};
use crate::key::Serial;
use aes::Aes128;
use aes::cipher::{BlockCipherEncrypt, KeyInit};
use chrono::DateTime;
use data_encoding::HEXLOWER;
use zeroize::Zeroizing;

const BLOCK: usize = 16;
/// The codes that one block holds: of four minutes, or of two when codes change each half minute.
const CODES: i64 = 4;
/// The digits of a serial, padded with zeroes in front.
const SERIAL_DIGITS: usize = 12;
/// The last of them that go into a code.
const SERIAL_DIGITS_USED: usize = 8;
/// How many bytes of the time go into each of the rounds: year, month, day, hour, minute.
const ROUNDS: [usize; 5] = [2, 3, 4, 5, 8];

type Block = Zeroizing<[u8; BLOCK]>;

/// A key that has a clock and its own serial inside.
pub(super) struct Works {
    seed: Block,
    /// The last eight digits of the serial, two a byte.
    serial: [u8; SERIAL_DIGITS_USED / 2],
    period: Period,
    /// The block that was computed last: in a window, the next steps mostly find their codes in it.
    latest: Option<(i64, Block)>,
}

impl Works {
    /// Builds it; nothing for what no such key has: another seed than of 16 bytes, a serial that is no number, another
    /// period than a minute or half of one.
    pub(super) fn new(seed: &Seed, serial: &Serial, period: Period) -> Option<Self> {
        let seed = Zeroizing::new(<[u8; BLOCK]>::try_from(seed.expose()).ok()?);
        let serial = last_digits(serial)?;
        [Period::HALF_MINUTE, Period::MINUTE].contains(&period).then_some(Self { seed, serial, period, latest: None })
    }

    /// Computes the code of a step; none for a step before 1970 or after the year 9999.
    pub(super) fn show(&mut self, step: Step, digits: Digits) -> Option<Code> {
        if !step.is_showable() {
            return None;
        }
        let number = step.index().div_euclid(CODES);
        if self.latest.as_ref().is_none_or(|(computed, _)| *computed != number) {
            self.latest = Some((number, self.block(number)?));
        }
        let (_, block) = self.latest.as_ref()?;
        let place = usize::try_from(step.index().rem_euclid(CODES)).ok()?;
        let (words, _) = block.as_chunks::<4>();
        let word = u32::from_be_bytes(*words.get(place)?);
        Some(Code::from_value(word.checked_rem(digits.modulus())?))
    }

    /// Encrypts, again and again, what is known of the time, each result being the next key.
    fn block(&self, number: i64) -> Option<Block> {
        let start = number.checked_mul(CODES)?.checked_mul(self.period.seconds())?;
        // Decimal digits, two a byte: read as hexadecimal ones they are just that.
        let time = DateTime::from_timestamp(start, 0)?.format("%Y%m%d%H%M0000").to_string();
        let time = HEXLOWER.decode(time.as_bytes()).ok().filter(|time| time.len() == 8)?;
        let mut key = self.seed.clone();
        for known in ROUNDS {
            let mut block = aes::Block::from([0xaa; BLOCK]);
            for (target, byte) in block.iter_mut().zip(time.iter().take(known)) {
                *target = *byte;
            }
            for (target, byte) in block.iter_mut().skip(8).zip(self.serial.into_iter().chain([0xbb; 4])) {
                *target = byte;
            }
            Aes128::new_from_slice(key.as_slice()).ok()?.encrypt_block(&mut block);
            key.copy_from_slice(&block);
        }
        Some(key)
    }
}

/// Gives the last eight of the twelve digits of a serial, two a byte.
fn last_digits(serial: &Serial) -> Option<[u8; SERIAL_DIGITS_USED / 2]> {
    let text = serial.as_str();
    if text.len() > SERIAL_DIGITS || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let padded = format!("{text:0>SERIAL_DIGITS$}");
    let last = padded.get(SERIAL_DIGITS.saturating_sub(SERIAL_DIGITS_USED)..)?;
    HEXLOWER.decode(last.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests;
