//! How far a long work is, in one line on the screen that is gone when the work ends.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Arc;
use std::time::Duration;

/// How often the line is drawn at most, in a second.
const DRAWN_A_SECOND: u8 = 10;

/// A line on the screen, to be told from one thread how far the work is, and from another what to say of it.
#[derive(Clone)]
pub struct Progress(Arc<Line>);

/// It is taken off the screen with the last one who holds it.
struct Line(ProgressBar);

impl Progress {
    /// Begins a work of so many bytes; nothing is shown before something is said.
    pub(super) fn begin(bytes: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::hidden());
        bar.set_style(ProgressStyle::with_template("{wide_msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()));
        Self(Arc::new(Line(bar)))
    }

    /// Tells how many bytes are done; fewer than before, when they are gone through again.
    pub fn reach(&self, bytes: u64) {
        self.0.0.set_position(bytes);
    }

    /// Gives how long the rest will take, as far as that is known.
    pub fn left(&self) -> Option<Duration> {
        Some(self.0.0.eta()).filter(|left| !left.is_zero())
    }

    /// Says something in the place of what was said before.
    pub fn say(&self, text: String) {
        let bar = &self.0.0;
        if bar.is_hidden() {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(DRAWN_A_SECOND));
        }
        bar.set_message(text);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
