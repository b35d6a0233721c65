//! How far an import is: keys, keys a second, and the time that is left, on a screen and nowhere else.

use crate::cli::locale::{Language, Value, Words};
use crate::cli::session::Session;
use crate::clock::Clock;
use crate::host::Progress;
use crate::import::Source;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;
use std::time::Duration;

/// A shorter import shows nothing.
const LONG: Duration = Duration::from_millis(500);
/// How often something else is said.
const OFTEN: Duration = Duration::from_millis(100);
/// From here on, the time that is left is told in minutes.
const MANY_SECONDS: u64 = 100;
const MINUTE: u64 = 60;

/// Tells how far an import is.
pub(super) struct Meter {
    words: Words,
    clock: Rc<dyn Clock>,
    file: String,
    progress: Option<Progress>,
    begun: Duration,
    /// When the keys of this reading began to come, and how many there were last.
    first: Duration,
    keys: i64,
    said: Duration,
}

impl Meter {
    /// Begins with a file, and gives what it is to be read from instead.
    ///
    /// # Errors
    /// What the operating system says.
    pub(super) fn begin<'s>(
        session: &mut Session<'_>,
        file: &str,
        source: &'s mut dyn Source,
    ) -> io::Result<(Self, Watched<'s>)> {
        let length = source.seek(SeekFrom::End(0))?;
        source.rewind()?;
        let progress = session.begin_progress(length);
        let clock = Rc::clone(&session.host.clock);
        let (now, words) = (clock.uptime(), Words::of(session.words.language));
        let source = Watched { source, at: 0, progress: progress.clone() };
        let file = file.to_owned();
        Ok((Self { words, clock, file, progress, begun: now, first: now, keys: 0, said: now }, source))
    }

    /// Takes how many keys were read so far; fewer than before, when the file is read anew.
    pub(super) fn take(&mut self, keys: i64) {
        let Some(progress) = &self.progress else { return };
        let now = self.clock.uptime();
        if self.keys == 0 || keys < self.keys {
            self.first = now;
        }
        self.keys = keys;
        let is_early = now.saturating_sub(self.begun) < LONG || now.saturating_sub(self.said) < OFTEN;
        if is_early {
            return;
        }
        self.said = now;
        let milliseconds = i64::try_from(now.saturating_sub(self.first).as_millis()).unwrap_or(i64::MAX);
        let pace = keys.saturating_mul(1000).checked_div(milliseconds).unwrap_or(0);
        progress.say(said(&self.words, &self.file, keys, pace, progress.left()));
    }
}

fn said(words: &Words, file: &str, keys: i64, pace: i64, left: Option<Duration>) -> String {
    // Nobody reads the last digits of a pace.
    let rounded = if pace >= 1000 { pace.saturating_sub(pace.checked_rem(100).unwrap_or(0)) } else { pace };
    let number = |number| Value::of(grouped(number, words.language));
    let text = words.say("progress", &[("file", Value::of(file)), ("keys", number(keys)), ("pace", number(rounded))]);
    let Some(left) = left.map(|left| left.as_secs().max(1)) else { return text };
    let (id, count) = match left {
        0..MANY_SECONDS => ("progress-seconds-left", left),
        _ => ("progress-minutes-left", left.div_ceil(MINUTE)),
    };
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    words.say(id, &[("text", Value::of(text)), ("count", Value::of(grouped(count, words.language)))])
}

/// Writes a number with its thousands apart.
fn grouped(number: i64, language: Language) -> String {
    let separator = match language {
        Language::French => '\u{a0}',
        Language::English => ',',
    };
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in (0..digits.len()).rev().zip(digits.chars()) {
        text.push(digit);
        if place > 0 && place % 3 == 0 {
            text.push(separator);
        }
    }
    text
}

/// A file of which it is told how far it is read.
pub(super) struct Watched<'s> {
    source: &'s mut dyn Source,
    at: u64,
    progress: Option<Progress>,
}

impl Watched<'_> {
    fn reach(&mut self, at: u64) {
        self.at = at;
        if let Some(progress) = &self.progress {
            progress.reach(at);
        }
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(target)?;
        self.reach(self.at.saturating_add(u64::try_from(read).unwrap_or(0)));
        Ok(read)
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.source.seek(to)?;
        self.reach(at);
        Ok(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_how_many_how_fast_and_how_long() {
        let of = |language, left| said(&Words::of(language), "lot.xml", 12_340, 98_765, left);
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        let french = |left| of(Language::French, left).replace('\u{a0}', "_");
        assert_eq!(french(seconds(3)), "lot.xml : 12_340 clés, 98_700 par seconde, encore 3 s");
        assert_eq!(french(seconds(600)), "lot.xml : 12_340 clés, 98_700 par seconde, encore 10 min");
        assert_eq!(french(None), "lot.xml : 12_340 clés, 98_700 par seconde");
        let english = of(Language::English, seconds(3));
        assert_eq!(english, "lot.xml: 12,340 keys, 98,700 a second, 3 s left");
    }

    #[test]
    fn thousands_stand_apart() {
        let english = |number| grouped(number, Language::English);
        assert_eq!([0, 7, 999, 1000, 1_234_567].map(english), ["0", "7", "999", "1,000", "1,234,567"]);
    }
}
