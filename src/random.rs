//! Random bytes that come in from the host, and uniform drawing from them.

#[cfg(test)]
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// A source of bytes fit for keys, from whichever thread. The host has the kernel's.
pub trait Random: Sync {
    /// Fills the buffer.
    ///
    /// # Errors
    /// [`NoRandomness`] when the operating system gives none; nothing secret may then be made.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The operating system gave no random bytes.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct NoRandomness;

/// Draws `N` random bytes.
///
/// # Errors
/// [`NoRandomness`].
pub fn draw_bytes<const N: usize>(random: &dyn Random) -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}

/// Draws one element of `choices` (1 to 256 of them), each with the same chance.
///
/// Bytes at or above the highest multiple of the number of choices are drawn again, so that no choice is favoured.
///
/// # Errors
/// [`NoRandomness`]; also for an empty slice, from which nothing can be drawn.
pub fn draw_one<T: Copy>(random: &dyn Random, choices: &[T]) -> Result<T, NoRandomness> {
    let limit =
        256usize.checked_rem(choices.len()).map(|excess| 256usize.saturating_sub(excess)).ok_or(NoRandomness)?;
    loop {
        let [byte] = draw_bytes::<1>(random)?;
        let drawn = usize::from(byte);
        if drawn < limit {
            let index = drawn.checked_rem(choices.len()).unwrap_or(0);
            if let Some(choice) = choices.get(index) {
                return Ok(*choice);
            }
        }
    }
}

/// Draws a number below another, each with the same chance.
///
/// # Errors
/// [`NoRandomness`]; also for 0, below which there is none.
pub fn draw_below(random: &dyn Random, end: u64) -> Result<u64, NoRandomness> {
    let excess = u64::MAX.checked_rem(end).ok_or(NoRandomness)?;
    let limit = u64::MAX.saturating_sub(excess);
    loop {
        let drawn = u64::from_be_bytes(draw_bytes(random)?);
        // As in `draw_one`: what lies at or above the highest multiple is drawn again.
        if drawn < limit {
            return Ok(drawn.checked_rem(end).unwrap_or(0));
        }
    }
}

/// How many bytes a [`Reservoir`] draws at once.
const RESERVOIR: usize = 4096;

/// Draws much at once and gives it out in small parts: for ids and nonces, which are no secrets, by the thousand.
pub struct Reservoir<'a> {
    source: &'a dyn Random,
    bytes: Mutex<Vec<u8>>,
}

impl<'a> Reservoir<'a> {
    /// Begins empty.
    pub fn new(source: &'a dyn Random) -> Self {
        Self { source, bytes: Mutex::new(Vec::new()) }
    }
}

impl Random for Reservoir<'_> {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        if buffer.len() > RESERVOIR {
            return self.source.fill(buffer);
        }
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        if bytes.len() < buffer.len() {
            let mut drawn = vec![0; RESERVOIR];
            self.source.fill(&mut drawn)?;
            *bytes = drawn;
        }
        let left = bytes.len().saturating_sub(buffer.len());
        buffer.copy_from_slice(bytes.get(left..).unwrap_or_default());
        bytes.truncate(left);
        Ok(())
    }
}

/// Bytes that look drawn and are the same in every run (Knuth's linear congruential generator), for tests of what is drawn.
#[cfg(test)]
pub struct Lcg(AtomicU64);

#[cfg(test)]
impl Lcg {
    /// Begins with a number; each gives other bytes.
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

#[cfg(test)]
impl Random for Lcg {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        let next = |now: u64| now.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        for byte in buffer {
            let former = self.0.fetch_update(Relaxed, Relaxed, |now| Some(next(now))).unwrap_or_default();
            *byte = (next(former) >> 56) as u8;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicU8;

    struct Counting(AtomicU8);

    impl Random for Counting {
        fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
            buffer.fill_with(|| self.0.fetch_add(1, Relaxed));
            Ok(())
        }
    }

    #[test]
    fn every_choice_has_the_same_chance() {
        let random = Counting(AtomicU8::new(0));
        let choices: Vec<usize> = (0..31).collect();
        let mut hits = [0u32; 31];
        for _ in 0..(248 * 4) {
            hits[draw_one(&random, &choices).unwrap()] += 1;
        }
        assert!(hits.iter().all(|hit| *hit == 32), "{hits:?}");
    }

    #[test]
    fn every_number_below_another_has_the_same_chance() {
        struct Bytes(AtomicU64);
        impl Random for Bytes {
            fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
                buffer.copy_from_slice(&self.0.fetch_add(1, Relaxed).to_be_bytes());
                Ok(())
            }
        }
        // Of the highest numbers, those behind the last multiple are passed over: 2^64 - 1 is one of 3, not of 10.
        let random = Bytes(AtomicU64::new(u64::MAX - 5));
        let drawn: Vec<u64> = (0..10).map(|_| draw_below(&random, 10).unwrap()).collect();
        assert_eq!(drawn, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        let random = Bytes(AtomicU64::new(u64::MAX - 3));
        let drawn: Vec<u64> = (0..6).map(|_| draw_below(&random, 3).unwrap()).collect();
        assert_eq!(drawn, [0, 1, 2, 0, 1, 2]);
        assert!(draw_below(&random, 0).is_err());
    }

    #[test]
    fn a_reservoir_gives_every_byte_once() {
        let counting = Counting(AtomicU8::new(0));
        let reservoir = Reservoir::new(&counting);
        let mut hits = [0u32; 256];
        for _ in 0..RESERVOIR / 16 {
            draw_bytes::<16>(&reservoir).unwrap().into_iter().for_each(|byte| hits[usize::from(byte)] += 1);
        }
        assert!(hits.iter().all(|hit| *hit == 16), "{hits:?}");
        assert_ne!(draw_bytes::<8>(&reservoir).unwrap(), draw_bytes::<8>(&reservoir).unwrap());
    }

    #[test]
    fn a_reservoir_that_could_not_be_filled_gives_nothing() {
        struct Dry;
        impl Random for Dry {
            fn fill(&self, _: &mut [u8]) -> Result<(), NoRandomness> {
                Err(NoRandomness)
            }
        }
        let reservoir = Reservoir::new(&Dry);
        assert!(draw_bytes::<16>(&reservoir).is_err());
        assert!(draw_bytes::<16>(&reservoir).is_err());
    }

    #[test]
    fn nothing_is_drawn_from_no_choices() {
        assert!(draw_one::<u8>(&Counting(AtomicU8::new(0)), &[]).is_err());
    }
}
