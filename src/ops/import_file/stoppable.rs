//! A source that can be ended from another thread.

use crate::import::Source;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, Ordering};

/// A source that ends when nobody wants more of it.
pub(super) struct Stoppable<'a> {
    pub source: &'a mut dyn Source,
    pub is_over: &'a AtomicBool,
}

impl Read for Stoppable<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.is_over.load(Ordering::Relaxed) { Ok(0) } else { self.source.read(target) }
    }
}

impl Seek for Stoppable<'_> {
    fn seek(&mut self, place: SeekFrom) -> io::Result<u64> {
        self.source.seek(place)
    }
}
