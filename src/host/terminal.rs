//! The three streams: stdout for the answer, stderr for the talk, stdin or the terminal for what is typed.

use rustix::termios::tcgetwinsize;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::AsFd;
use zeroize::{Zeroize, Zeroizing};

/// Bytes that somebody typed or piped: perhaps a secret, so wiped when dropped.
pub type Line = Zeroizing<Vec<u8>>;

/// More than any command reads line by line: what comes after is not read.
const MOST_IN_LINES: usize = 1024 * 1024;

/// How much is read at once, and kept between two lines.
const CHUNK: usize = 4096;

/// Talks with people and pipes.
pub trait Terminal {
    /// Tells whether somebody sits there: stdin and stderr are both terminals.
    fn interactive(&self) -> bool;

    /// Tells whether the answer goes to a screen.
    fn stdout_is_terminal(&self) -> bool;

    /// Gives the columns of the screen that the answer goes to; `None` when it goes elsewhere.
    fn width(&self) -> Option<u16>;

    /// Reads one line of stdin without its line end (LF, CR LF, or at the end of input a NUL or nothing); `None` at the end.
    ///
    /// # Errors
    /// [`TerminalError::TooLong`] above `limit` bytes; [`TerminalError::Stream`].
    fn read_line(&mut self, limit: usize) -> Result<Option<Line>, TerminalError>;

    /// Reads stdin to its end.
    ///
    /// # Errors
    /// As [`Terminal::read_line`].
    fn read_all(&mut self, limit: u64) -> Result<Line, TerminalError>;

    /// Hands stdin over, with what was read ahead of it, to be read on another thread; nothing is left for this one.
    fn take_input(&mut self) -> Box<dyn Read + Send>;

    /// Asks on the screen, and reads what is typed there; `None` at the end of input.
    ///
    /// # Errors
    /// As [`Terminal::read_line`].
    fn ask(&mut self, prompt: &str) -> Result<Option<String>, TerminalError>;

    /// Asks on the screen, and reads what is typed there without showing it.
    ///
    /// # Errors
    /// As [`Terminal::read_line`].
    fn ask_secret(&mut self, prompt: &str) -> Result<Line, TerminalError>;

    /// Writes to stdout.
    ///
    /// # Errors
    /// Whatever the stream answers, a closed pipe included.
    fn answer(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Writes to stderr; who closed it does not want to hear.
    fn say(&mut self, text: &str);
}

/// A stream did not give what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// More bytes than were to be taken.
    #[error("more than {limit} bytes")]
    TooLong {
        /// The most that is taken.
        limit: u64,
    },
    /// Somebody pressed Ctrl-C, or closed the terminal, instead of answering.
    #[error("the question was left without an answer")]
    Interrupted,
    /// The operating system refused.
    #[error("the stream cannot be read")]
    Stream(#[from] io::Error),
}

/// The streams of the process.
pub struct Standard {
    input: Lines<Stdin>,
}

impl Standard {
    /// Takes the streams of the process.
    pub fn open() -> Self {
        Self { input: Lines::new(Stdin).at_most(MOST_IN_LINES) }
    }
}

/// Stdin without the buffer of the standard library, which is never wiped.
struct Stdin;

impl Read for Stdin {
    #[allow(clippy::disallowed_methods, reason = "this is the host's stream")]
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match rustix::io::read(io::stdin(), &mut *buffer) {
                Err(rustix::io::Errno::INTR) => {}
                read => return Ok(read?),
            }
        }
    }
}

impl Terminal for Standard {
    #[allow(clippy::disallowed_methods, reason = "this is the host's stream")]
    fn interactive(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    #[allow(clippy::disallowed_methods, reason = "this is the host's stream")]
    fn stdout_is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    #[allow(clippy::disallowed_methods, reason = "this is the host's stream")]
    fn width(&self) -> Option<u16> {
        tcgetwinsize(io::stdout()).ok().map(|size| size.ws_col).filter(|columns| *columns > 0)
    }

    fn read_line(&mut self, limit: usize) -> Result<Option<Line>, TerminalError> {
        self.input.line(limit)
    }

    fn read_all(&mut self, limit: u64) -> Result<Line, TerminalError> {
        self.input.rest(limit)
    }

    fn take_input(&mut self) -> Box<dyn Read + Send> {
        Box::new(self.input.take_kept().chain(Stdin))
    }

    fn ask(&mut self, prompt: &str) -> Result<Option<String>, TerminalError> {
        self.say(prompt);
        let line = self.input.line(CHUNK)?;
        Ok(line.map(|line| String::from_utf8_lossy(&line).into_owned()))
    }

    fn ask_secret(&mut self, prompt: &str) -> Result<Line, TerminalError> {
        match rpassword::prompt_password(prompt) {
            Ok(typed) => Ok(Zeroizing::new(typed.into_bytes())),
            Err(error) if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::UnexpectedEof) => {
                Err(TerminalError::Interrupted)
            }
            Err(error) => Err(error.into()),
        }
    }

    #[allow(clippy::disallowed_methods, reason = "this is the host's stream")]
    fn answer(&mut self, bytes: &[u8]) -> io::Result<()> {
        // Not through the buffer of the standard library: what cannot be written must be known now.
        File::from(io::stdout().as_fd().try_clone_to_owned()?).write_all(bytes)
    }

    #[allow(clippy::disallowed_methods, reason = "this is the host's stream")]
    fn say(&mut self, text: &str) {
        let _ = io::stderr().write_all(text.as_bytes());
    }
}

/// Cuts a stream into lines; its buffer never grows, so that no copy of a secret is left behind.
pub struct Lines<R> {
    source: R,
    kept: Box<Zeroizing<[u8; CHUNK]>>,
    start: usize,
    end: usize,
    /// How many bytes may still be taken in all.
    left: usize,
}

impl<R: Read> Lines<R> {
    /// Begins to read a stream of any length.
    pub fn new(source: R) -> Self {
        Self { source, kept: Box::new(Zeroizing::new([0; CHUNK])), start: 0, end: 0, left: usize::MAX }
    }

    /// Bounds what is read in all.
    fn at_most(self, left: usize) -> Self {
        Self { left, ..self }
    }

    /// Gives what was read and not yet taken, for whoever reads on.
    fn take_kept(&mut self) -> io::Cursor<Line> {
        let kept = self.kept.get(self.start..self.end).unwrap_or_default();
        let kept = Zeroizing::new(kept.to_vec());
        self.kept.zeroize();
        (self.start, self.end) = (0, 0);
        io::Cursor::new(kept)
    }

    /// Gives what is kept, reading more when it is empty; an empty slice at the end of input.
    fn fill(&mut self) -> io::Result<&[u8]> {
        if self.start >= self.end {
            self.kept.zeroize();
            self.start = 0;
            self.end = self.source.read(self.kept.as_mut_slice())?;
        }
        Ok(self.kept.get(self.start..self.end).unwrap_or_default())
    }

    /// Gives the next line without its end, as [`Terminal::read_line`] does.
    ///
    /// # Errors
    /// As [`Terminal::read_line`]; what follows in a line that is too long can be passed over by [`Lines::skip`].
    pub fn line(&mut self, limit: usize) -> Result<Option<Line>, TerminalError> {
        let longest = limit.min(self.left);
        // Room for CR LF, and for the NUL that some callers put at the end.
        let mut line = Zeroizing::new(Vec::with_capacity(longest.saturating_add(2)));
        let mut ended = false;
        while !ended {
            let kept = self.fill()?;
            if kept.is_empty() {
                break;
            }
            let break_at = kept.iter().position(|byte| *byte == b'\n');
            let part = kept.get(..break_at.unwrap_or(kept.len())).unwrap_or_default();
            ended = break_at.is_some();
            if line.len().saturating_add(part.len()) > longest.saturating_add(1) {
                return Err(TerminalError::TooLong { limit: limit as u64 });
            }
            line.extend_from_slice(part);
            let used = part.len().saturating_add(usize::from(ended));
            self.start = self.start.saturating_add(used);
            self.left = self.left.saturating_sub(used);
        }
        if !ended && line.is_empty() {
            return Ok(None);
        }
        let tail = if ended { b'\r' } else { b'\0' };
        if line.last() == Some(&tail) {
            line.pop();
        }
        if line.len() > longest {
            return Err(TerminalError::TooLong { limit: limit as u64 });
        }
        Ok(Some(line))
    }

    /// Passes over what is left of a line.
    ///
    /// # Errors
    /// What the stream answers.
    pub fn skip(&mut self) -> Result<(), TerminalError> {
        loop {
            let kept = self.fill()?;
            if kept.is_empty() {
                return Ok(());
            }
            let break_at = kept.iter().position(|byte| *byte == b'\n');
            let used = break_at.map_or(kept.len(), |position| position.saturating_add(1));
            self.start = self.start.saturating_add(used);
            if break_at.is_some() {
                return Ok(());
            }
        }
    }

    fn rest(&mut self, limit: u64) -> Result<Line, TerminalError> {
        let mut all = Zeroizing::new(Vec::new());
        loop {
            let kept = self.fill()?;
            if kept.is_empty() {
                return Ok(all);
            }
            let kept = kept.to_vec();
            self.start = self.end;
            if (all.len() as u64).saturating_add(kept.len() as u64) > limit {
                return Err(TerminalError::TooLong { limit });
            }
            if all.len().saturating_add(kept.len()) > all.capacity() {
                grow(&mut all);
            }
            all.extend_from_slice(&Zeroizing::new(kept));
        }
    }
}

/// Moves to a buffer of twice the size, and wipes the former one.
fn grow(all: &mut Line) {
    let mut larger = Zeroizing::new(Vec::with_capacity(all.capacity().saturating_mul(2).max(4 * CHUNK)));
    larger.extend_from_slice(all);
    *all = larger;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8], limit: usize) -> Vec<Option<Vec<u8>>> {
        let mut lines = Lines::new(text);
        (0..3).map(|_| lines.line(limit).unwrap().map(|line| line.to_vec())).collect()
    }

    #[test]
    fn one_line_end_is_taken_off_and_nothing_else() {
        let some = |text: &str| Some(text.as_bytes().to_vec());
        assert_eq!(lines(b"4576768950\n", 64), [some("4576768950"), None, None]);
        assert_eq!(lines(b"4576768950\r\n", 64), [some("4576768950"), None, None]);
        assert_eq!(lines(b"4576768950", 64), [some("4576768950"), None, None]);
        assert_eq!(lines(b"4576768950\0", 64), [some("4576768950"), None, None]);
        assert_eq!(lines(b" 1 \n\n2\r", 64), [some(" 1 "), some(""), some("2\r")]);
        assert_eq!(lines(b"", 64), [None, None, None]);
    }

    #[test]
    fn a_line_longer_than_the_limit_is_refused() {
        assert!(matches!(Lines::new(&b"12345\n"[..]).line(4), Err(TerminalError::TooLong { limit: 4 })));
        assert!(matches!(Lines::new(&[b'1'; 9000][..]).line(5000), Err(TerminalError::TooLong { .. })));
        assert_eq!(Lines::new(&b"1234\r\n"[..]).line(4).unwrap().unwrap().as_slice(), b"1234");
        assert_eq!(Lines::new(&[b'1'; 9000][..]).line(9000).unwrap().unwrap().len(), 9000);
    }

    #[test]
    fn the_line_after_one_that_is_too_long_is_read() {
        let mut source = Lines::new(&b"123456\nnext\n"[..]);
        assert!(source.line(4).is_err());
        source.skip().unwrap();
        assert_eq!(source.line(4).unwrap().unwrap().as_slice(), b"next");
        source.skip().unwrap();
        assert!(source.line(4).unwrap().is_none());
    }

    #[test]
    fn what_was_read_ahead_is_handed_over() {
        let mut source = Lines::new(&b"first\nsecond\n"[..]);
        source.line(64).unwrap();
        let mut rest = String::new();
        source.take_kept().read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "second\n");
        assert!(source.line(64).unwrap().is_none());
    }

    #[test]
    fn the_rest_comes_after_the_lines_and_is_bounded() {
        let mut source = Lines::new(&b"first\nsecond\nthird"[..]);
        assert_eq!(source.line(64).unwrap().unwrap().as_slice(), b"first");
        assert_eq!(source.rest(64).unwrap().as_slice(), b"second\nthird");
        assert!(matches!(Lines::new(&[0; 70_000][..]).rest(69_999), Err(TerminalError::TooLong { .. })));
        assert_eq!(Lines::new(&[7; 70_000][..]).rest(70_000).unwrap().len(), 70_000);
    }
}
