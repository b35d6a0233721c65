//! The part of a stream that is looked at, as text that was found to be UTF-8 once.

use std::ops::Deref;
use zeroize::Zeroizing;

/// A window over a stream.
pub(super) struct Window {
    text: Zeroizing<String>,
    /// The front of a character of which the rest is still to come.
    cut: Zeroizing<Vec<u8>>,
    room: usize,
}

impl Window {
    /// Begins empty, with room for so many bytes.
    pub(super) fn new(room: usize) -> Self {
        Self { text: Zeroizing::new(String::with_capacity(room)), cut: Zeroizing::new(Vec::new()), room }
    }

    /// Forgets its front, up to where a token ends.
    pub(super) fn forget(&mut self, front: usize) {
        self.text.drain(..front);
    }

    /// Takes what a stream goes on with, as far as its characters are whole; an empty piece ends it. Gives how many bytes of the
    /// piece were taken, and nothing when they are no text.
    pub(super) fn take(&mut self, piece: &[u8]) -> Option<usize> {
        if self.cut.is_empty()
            && let Some(whole) = whole(piece)
        {
            self.append(whole);
            return Some(whole.len());
        }
        // Byte by byte through a character that the end of a piece has cut.
        self.cut.push(*piece.first()?);
        let cut = std::mem::take(&mut self.cut);
        match std::str::from_utf8(&cut) {
            Ok(character) => self.append(character),
            Err(error) if error.error_len().is_none() => self.cut = cut,
            Err(_) => return None,
        }
        Some(1)
    }

    fn append(&mut self, text: &str) {
        let end = self.text.len().saturating_add(text.len());
        if end > self.text.capacity() {
            // Only a long token needs a longer window; the former one is wiped.
            let mut longer = Zeroizing::new(String::with_capacity(end.saturating_add(self.room)));
            longer.push_str(&self.text);
            self.text = longer;
        }
        self.text.push_str(text);
    }
}

impl Deref for Window {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// Gives a piece without the character that its end cuts; nothing when that is all of it, or it is no text.
fn whole(piece: &[u8]) -> Option<&str> {
    match std::str::from_utf8(piece) {
        Ok(text) => Some(text),
        Err(error) => {
            let whole = piece.get(..error.valid_up_to()).filter(|whole| !whole.is_empty())?;
            std::str::from_utf8(whole).ok()
        }
    }
}
