//! A question on a terminal: for a secret the echo is off before it is seen, and on again whatever becomes of it.

use super::signals::{self, Signal, Signals};
use super::{Line, Stdin, TerminalError, Wait, write_to_stderr};
use crate::clock::{Clock, Seconds};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{InputModes, LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;
use zeroize::Zeroizing;

/// How often a countdown looks at the clock.
const TICK: Timespec = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };

/// Whether what is typed is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Echo {
    /// It is.
    Shown,
    /// It is a secret.
    Hidden,
}

/// A terminal on which something is asked, until dropped.
pub struct Question {
    signals: Rc<Signals>,
    echo: Echo,
    /// The settings to go back to.
    before: RefCell<Termios>,
}

/// What ended a moment of listening.
enum Heard {
    /// A line is complete, or the input has ended.
    Typing,
    /// The process was stopped and goes on: what stood on the screen is gone.
    Return,
    /// Nothing.
    Silence,
}

impl Question {
    /// Turns the echo off, for a secret. Lines are still edited by the terminal, as whoever sits there has set it.
    ///
    /// # Errors
    /// What the terminal answers.
    pub fn open(signals: &Rc<Signals>, echo: Echo) -> io::Result<Self> {
        signals.hold_back();
        let question = match settings() {
            Ok(before) => Self { signals: Rc::clone(signals), echo, before: RefCell::new(before) },
            Err(error) => {
                signals.let_through();
                return Err(error);
            }
        };
        question.set()?;
        // Whoever was stopped for taking the terminal in the background has shown nothing yet.
        signals.forget_return();
        Ok(question)
    }

    /// Counts down to a moment, in one line that is gone afterwards; gives the line that was typed meanwhile.
    ///
    /// # Errors
    /// As [`Question::ask`].
    pub fn wait(self: &Rc<Self>, wait: &Wait<'_>, clock: &dyn Clock) -> Result<Option<Line>, TerminalError> {
        write_to_stderr(wait.sentence);
        let whole = wait.until.since(clock.now());
        let mut line = LiveLine::default();
        loop {
            let left = wait.until.since(clock.now());
            // A clock that was set back would make somebody wait for nothing.
            if left <= Seconds::ZERO || left > whole {
                return Ok(None);
            }
            line.show(&(wait.tell)(left));
            match self.listen(Some(&TICK))? {
                Heard::Typing => return Ok(Some(self.read("")?).filter(|typed| !typed.is_empty())),
                Heard::Return => line = LiveLine::default(),
                Heard::Silence => {}
            }
        }
    }

    /// Shows a question and reads the answer to it; one left blank is shown again.
    ///
    /// # Errors
    /// [`TerminalError::Interrupted`] at the end of input, [`TerminalError::Signalled`], [`TerminalError::Stream`].
    pub fn ask(self: &Rc<Self>, prompt: &str) -> Result<Line, TerminalError> {
        loop {
            write_to_stderr(prompt);
            let typed = self.read(prompt);
            // Whatever was typed, its end of line was not shown either.
            write_to_stderr("\n");
            match typed {
                Ok(line) if line.is_empty() => {}
                typed => return typed,
            }
        }
    }

    /// Shows a question and reads the answer to it, which may be blank and is seen as it is typed.
    ///
    /// # Errors
    /// As [`Question::ask`].
    pub fn ask_openly(self: &Rc<Self>, prompt: &str) -> Result<Line, TerminalError> {
        write_to_stderr(prompt);
        let typed = self.read(prompt);
        if typed.is_err() {
            // No end of line was typed.
            write_to_stderr("\n");
        }
        typed
    }

    /// Reads one line; `prompt` is what stands on the screen before it.
    ///
    /// # Errors
    /// As [`Question::ask`].
    pub fn read(self: &Rc<Self>, prompt: &str) -> Result<Line, TerminalError> {
        let typist = Typist { question: Rc::clone(self), prompt: prompt.to_owned() };
        let config = rpassword::ConfigBuilder::new().input_reader(typist).output_discard().build();
        match rpassword::read_password_with_config(config) {
            Ok(typed) => Ok(Zeroizing::new(typed.into_bytes())),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(TerminalError::Interrupted),
            Err(error) => Err(error.downcast::<TerminalError>().unwrap_or_else(TerminalError::Stream)),
        }
    }

    /// Waits until a line is complete, a signal comes, or a span has passed.
    fn listen(&self, span: Option<&Timespec>) -> Result<Heard, TerminalError> {
        let input = Stdin::stream();
        let mut sources =
            [PollFd::new(&input, PollFlags::IN), PollFd::from_borrowed_fd(self.signals.alarm(), PollFlags::IN)];
        match poll(&mut sources, span) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(TerminalError::Stream(error.into())),
        }
        match self.signals.take() {
            Some(Signal::End(number)) => return Err(TerminalError::Signalled(number)),
            Some(Signal::Stop) => {
                self.step_aside()?;
                return Ok(Heard::Return);
            }
            Some(Signal::Continue) => {
                self.set()?;
                return Ok(Heard::Return);
            }
            None => {}
        }
        let typing = sources.first().is_some_and(|input| !input.revents().is_empty());
        Ok(if typing { Heard::Typing } else { Heard::Silence })
    }

    /// Gives the terminal back to the shell as it was, stops, and takes it again when continued.
    fn step_aside(&self) -> io::Result<()> {
        self.restore();
        write_to_stderr("\n");
        signals::stop();
        self.signals.forget_return();
        self.before.replace(settings()?);
        self.set()
    }

    fn set(&self) -> io::Result<()> {
        let mut settings = self.before.borrow().clone();
        if self.echo == Echo::Hidden {
            settings.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL);
        }
        settings.local_modes.insert(LocalModes::ICANON | LocalModes::ISIG);
        settings.input_modes.insert(InputModes::ICRNL);
        apply(&settings)
    }

    fn restore(&self) {
        // There is nothing to do about a terminal that is gone.
        let _ = apply(&self.before.borrow());
    }
}

impl Drop for Question {
    fn drop(&mut self) {
        self.restore();
        self.signals.let_through();
    }
}

/// Gives what is typed to whoever reads it byte by byte.
struct Typist {
    question: Rc<Question>,
    prompt: String,
}

impl Read for Typist {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.question.listen(None).map_err(io::Error::other)? {
                Heard::Typing => match Stdin.read(buffer)? {
                    0 => return Err(io::Error::other(TerminalError::Interrupted)),
                    count => return Ok(count),
                },
                Heard::Return => write_to_stderr(&format!("\r{}", self.prompt)),
                Heard::Silence => {}
            }
        }
    }
}

/// A line that is written over itself, without an escape sequence, and wiped when dropped.
#[derive(Default)]
struct LiveLine {
    shown: String,
}

impl LiveLine {
    fn show(&mut self, text: &str) {
        if text != self.shown {
            // What is left of a longer text is written over with blanks.
            let before = self.shown.chars().count();
            write_to_stderr(&format!("\r{text:<before$}"));
            text.clone_into(&mut self.shown);
        }
    }
}

impl Drop for LiveLine {
    fn drop(&mut self) {
        if !self.shown.is_empty() {
            self.show("");
            write_to_stderr("\r");
        }
    }
}

fn settings() -> io::Result<Termios> {
    Ok(tcgetattr(Stdin::stream())?)
}

fn apply(settings: &Termios) -> io::Result<()> {
    Ok(tcsetattr(Stdin::stream(), OptionalActions::Now, settings)?)
}
