//! The three streams: stdout for the answer, stderr for the talk, stdin or the terminal for what is typed.

mod lines;
mod progress;
mod question;
mod signals;

pub use lines::Lines;
pub(super) use lines::push;
pub use progress::Progress;

use crate::clock::{Clock, Seconds, UtcTime};
use question::{Echo, Question};
use rustix::termios::tcgetwinsize;
use signals::{Signal, Signals};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::AsFd;
use std::rc::Rc;
use zeroize::Zeroizing;

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

    /// Asks on the screen, and reads what is typed there, perhaps nothing; `None` at the end of input.
    ///
    /// # Errors
    /// [`TerminalError::Signalled`], [`TerminalError::Stream`].
    fn ask(&mut self, prompt: &str) -> Result<Option<String>, TerminalError>;

    /// Asks on the screen, and reads what is typed there without showing it.
    ///
    /// # Errors
    /// [`TerminalError::Interrupted`] at the end of input, [`TerminalError::Signalled`], [`TerminalError::Stream`].
    fn ask_secret(&mut self, prompt: &str) -> Result<Line, TerminalError>;

    /// As [`Terminal::ask_secret`], after a sentence and a countdown in one line that is written over itself and gone afterwards.
    ///
    /// Nothing of what is typed meanwhile is shown or lost: a line is the answer, Enter alone ends the wait. A terminal
    /// that knows no time asks at once.
    ///
    /// # Errors
    /// As [`Terminal::ask_secret`].
    fn ask_secret_after(&mut self, wait: &Wait<'_>, prompt: &str) -> Result<Line, TerminalError> {
        self.say(wait.sentence);
        self.ask_secret(prompt)
    }

    /// Writes to stdout.
    ///
    /// # Errors
    /// Whatever the stream answers, a closed pipe included.
    fn answer(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Writes to stderr; who closed it does not want to hear.
    fn say(&mut self, text: &str);

    /// Begins to show how far a work of so many bytes is; nothing where stderr is no screen.
    fn begin_progress(&mut self, _bytes: u64) -> Option<Progress> {
        None
    }

    /// Ends the process as the signal does that ended a question, if one did; to be called when all else is done.
    fn leave(&mut self) {}
}

/// A moment to wait for before a question.
pub struct Wait<'a> {
    /// Says what is waited for, when nothing that is typed is shown any more.
    pub sentence: &'a str,
    /// The moment.
    pub until: UtcTime,
    /// Says how long it is until then.
    pub tell: &'a dyn Fn(Seconds) -> String,
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
    /// The input ended (Ctrl-D) instead of an answer.
    #[error("the question was left without an answer")]
    Interrupted,
    /// A signal came instead of an answer: Ctrl-C, Ctrl-\, a terminal that was closed, `kill`.
    #[error("signal {0} came instead of an answer")]
    Signalled(i32),
    /// The operating system refused.
    #[error("the stream cannot be read")]
    Stream(#[from] io::Error),
}

/// The streams of the process.
pub struct Standard {
    input: Lines<Stdin>,
    clock: Rc<dyn Clock>,
    /// There since the first question.
    signals: Option<Rc<Signals>>,
    /// The signal that ended a question.
    ended_by: Option<i32>,
}

impl Standard {
    /// Takes the streams of the process, and the clock that counts down.
    pub fn open(clock: Rc<dyn Clock>) -> Self {
        Self { input: Lines::new(Stdin).at_most(MOST_IN_LINES), clock, signals: None, ended_by: None }
    }

    /// Takes something down from the terminal, which gets its settings back whatever comes.
    fn take_down(
        &mut self,
        echo: Echo,
        work: impl FnOnce(&Rc<Question>, &dyn Clock) -> Result<Line, TerminalError>,
    ) -> Result<Line, TerminalError> {
        let signals = match &self.signals {
            Some(signals) => Rc::clone(signals),
            None => Rc::clone(self.signals.insert(Rc::new(Signals::watch()?))),
        };
        let question = Rc::new(Question::open(&signals, echo)?);
        let typed = work(&question, self.clock.as_ref());
        drop(question);
        let typed = match signals.take() {
            Some(Signal::End(number)) => Err(TerminalError::Signalled(number)),
            _ => typed,
        };
        if let Err(TerminalError::Signalled(number)) = &typed {
            self.ended_by = Some(*number);
        }
        typed
    }
}

/// Stdin without the buffer of the standard library, which is never wiped.
struct Stdin;

impl Stdin {
    #[allow(clippy::disallowed_methods, reason = "this is the host's stream")]
    fn stream() -> io::Stdin {
        io::stdin()
    }
}

impl Read for Stdin {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match rustix::io::read(Self::stream(), &mut *buffer) {
                Err(rustix::io::Errno::INTR) => {}
                read => return Ok(read?),
            }
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "this is the host's stream")]
fn write_to_stderr(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

impl Terminal for Standard {
    #[allow(clippy::disallowed_methods, reason = "this is the host's stream")]
    fn interactive(&self) -> bool {
        Stdin::stream().is_terminal() && io::stderr().is_terminal()
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
        if Stdin::stream().is_terminal() {
            // Questions go elsewhere, but somebody types here: perhaps a secret.
            return match self.take_down(Echo::Hidden, |question, _| question.read("")) {
                Err(TerminalError::Interrupted) => Ok(None),
                typed => typed.map(Some),
            };
        }
        self.input.line(limit)
    }

    fn read_all(&mut self, limit: u64) -> Result<Line, TerminalError> {
        self.input.rest(limit)
    }

    fn take_input(&mut self) -> Box<dyn Read + Send> {
        Box::new(self.input.take_kept().chain(Stdin))
    }

    fn ask(&mut self, prompt: &str) -> Result<Option<String>, TerminalError> {
        match self.take_down(Echo::Shown, |question, _| question.ask_openly(prompt)) {
            Err(TerminalError::Interrupted) => Ok(None),
            typed => Ok(Some(String::from_utf8_lossy(&typed?).into_owned())),
        }
    }

    fn ask_secret(&mut self, prompt: &str) -> Result<Line, TerminalError> {
        self.take_down(Echo::Hidden, |question, _| question.ask(prompt))
    }

    fn ask_secret_after(&mut self, wait: &Wait<'_>, prompt: &str) -> Result<Line, TerminalError> {
        self.take_down(Echo::Hidden, |question, clock| match question.wait(wait, clock)? {
            None => question.ask(prompt),
            Some(typed) => {
                // What was answered stands above what comes of it.
                write_to_stderr(&format!("{prompt}\n"));
                Ok(typed)
            }
        })
    }

    #[allow(clippy::disallowed_methods, reason = "this is the host's stream")]
    fn answer(&mut self, bytes: &[u8]) -> io::Result<()> {
        // Not through the buffer of the standard library: what cannot be written must be known now.
        File::from(io::stdout().as_fd().try_clone_to_owned()?).write_all(bytes)
    }

    fn say(&mut self, text: &str) {
        write_to_stderr(text);
    }

    #[allow(clippy::disallowed_methods, reason = "this is the host's stream")]
    fn begin_progress(&mut self, bytes: u64) -> Option<Progress> {
        io::stderr().is_terminal().then(|| Progress::begin(bytes))
    }

    fn leave(&mut self) {
        if let Some(number) = self.ended_by.take() {
            signals::die_of(number);
        }
    }
}
