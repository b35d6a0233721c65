//! What is drawn at random, out of a seed that is told, and how large the harnesses are.

use crate::support::wanted;
use std::time::{SystemTime, UNIX_EPOCH};

/// Numbers that look random: xorshift.
pub struct Chance(u64);

impl Chance {
    /// Begins with the seed that was asked for, else with another one each time; tells it.
    pub fn of(what: &str) -> Self {
        let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64;
        let seed: u64 = wanted("CLEOTP_SEED").unwrap_or_else(now).max(1);
        println!("{what}: CLEOTP_SEED={seed}");
        let mut chance = Self(seed);
        for _ in 0..8 {
            chance.next();
        }
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    pub fn one_of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }
}
