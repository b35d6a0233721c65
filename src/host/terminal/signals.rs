//! The signals that may come while a question stands: they are heard, not died of, until the terminal is as it was.

use rustix::process::{getpgrp, getsid};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::{flag, low_level};
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// One that ends the process, by its number: Ctrl-C, Ctrl-\, a terminal that was closed, `kill`.
    End(i32),
    /// Ctrl-Z: the shell wants its terminal for a while.
    Stop,
    /// The shell gave the terminal back.
    Continue,
}

/// The ear for signals: outside of a question each does what it does by default.
pub struct Signals {
    heard: Vec<(Signal, Arc<AtomicBool>)>,
    /// Whether no question stands.
    elsewhere: Arc<AtomicBool>,
    alarm: UnixStream,
}

impl Signals {
    /// Begins to listen, for the rest of the process: a handler that was set cannot be taken back.
    ///
    /// # Errors
    /// What the operating system answers.
    pub fn watch() -> io::Result<Self> {
        let (alarm, bell) = UnixStream::pair()?;
        alarm.set_nonblocking(true)?;
        let elsewhere = Arc::new(AtomicBool::new(true));
        let mut signals = vec![SIGHUP, SIGINT, SIGQUIT, SIGTERM];
        // The kernel stops nobody who has no shell to continue him; for those its own handling stays.
        if getsid(None).is_ok_and(|session| session != getpgrp()) {
            signals.push(SIGTSTP);
        }
        let mut heard = Vec::new();
        for number in signals.into_iter().chain([SIGCONT]) {
            let flag = Arc::new(AtomicBool::new(false));
            // In this order: what is died of needs no flag, and who is woken finds the flag set.
            flag::register_conditional_default(number, Arc::clone(&elsewhere))?;
            flag::register(number, Arc::clone(&flag))?;
            low_level::pipe::register(number, bell.try_clone()?)?;
            let signal = match number {
                SIGTSTP => Signal::Stop,
                SIGCONT => Signal::Continue,
                number => Signal::End(number),
            };
            heard.push((signal, flag));
        }
        Ok(Self { heard, elsewhere, alarm })
    }

    /// Holds signals back from now on; what came before is forgotten, for it was obeyed.
    pub fn hold_back(&self) {
        self.forget();
        self.elsewhere.store(false, Ordering::SeqCst);
    }

    /// Lets signals do again what they do by default.
    pub fn let_through(&self) {
        self.elsewhere.store(true, Ordering::SeqCst);
    }

    /// Gives what came, what ends the process first.
    pub fn take(&self) -> Option<Signal> {
        self.silence_alarm();
        self.heard.iter().find(|(_, flag)| flag.swap(false, Ordering::SeqCst)).map(|(signal, _)| *signal)
    }

    /// Forgets what came.
    pub fn forget(&self) {
        while self.take().is_some() {}
    }

    /// Forgets that the process was continued.
    pub fn forget_return(&self) {
        for (_, flag) in self.heard.iter().filter(|(signal, _)| *signal == Signal::Continue) {
            flag.store(false, Ordering::SeqCst);
        }
    }

    /// Names what becomes readable when a signal comes.
    pub fn alarm(&self) -> BorrowedFd<'_> {
        self.alarm.as_fd()
    }

    fn silence_alarm(&self) {
        let mut rung = [0; 64];
        while (&self.alarm).read(&mut rung).is_ok_and(|count| count > 0) {}
    }
}

/// Stops the process as Ctrl-Z does, and returns when it is continued.
pub fn stop() {
    let _ = low_level::emulate_default_handler(SIGTSTP);
}

/// Ends the process as a signal does that nobody handles.
pub fn die_of(number: i32) {
    let _ = low_level::emulate_default_handler(number);
}
