//! A shell on a terminal: what is typed to it, what it shows, and how the terminal is set.

use crate::support::Home;
use expectrl::session::OsSession;
use expectrl::{Expect, Regex};
use std::process::Command;
use std::time::Duration;

/// What the shell says when it is ready. It edits no line itself: `sh` leaves the terminal as a command left it.
const READY: &str = "ready> ";

pub const CTRL_C: &str = "\u{3}";
pub const CTRL_D: &str = "\u{4}";
pub const CTRL_Z: &str = "\u{1a}";
pub const CTRL_BACKSLASH: &str = "\u{1c}";

/// The languages, as a variable asks for them.
pub const LANGUAGES: [&str; 2] = ["fr_FR.UTF-8", "C"];

/// A shell with the program in its path and a home in its environment.
pub struct Screen {
    session: OsSession,
    /// All that was shown.
    pub shown: String,
}

impl Screen {
    /// Opens a terminal of 80 columns for somebody who reads `fr` or `en`.
    pub fn open(home: &Home, language: &str) -> Self {
        Self::with(home, &[("LANG", language), ("TERM", "xterm")])
    }

    /// Opens a terminal with some variables.
    pub fn with(home: &Home, variables: &[(&str, &str)]) -> Self {
        let folder = std::path::Path::new(env!("CARGO_BIN_EXE_cleotp")).parent().unwrap();
        let path = format!("{}:/usr/bin:/bin", folder.display());
        let mut command = Command::new("sh");
        command.arg("-i").env_clear().env("PATH", path).env("PS1", READY).env("CLEOTP_HOME", home.root());
        command.envs(variables.iter().copied());
        let mut session = OsSession::spawn(command).unwrap();
        let terminal = session.get_process_mut();
        terminal.set_window_size(80, 24).unwrap();
        terminal.set_echo(true, Some(Duration::from_secs(10))).unwrap();
        session.set_expect_timeout(Some(Duration::from_secs(20)));
        let mut screen = Self { session, shown: String::new() };
        screen.sees(READY);
        screen
    }

    /// Types a command to the shell.
    pub fn run(&mut self, line: &str) {
        self.session.send_line(line).unwrap();
        self.sees(line);
        self.sees("\n");
    }

    /// Waits for a text, and gives what was shown before it, since the last that was waited for.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> String {
        let Ok(found) = self.session.expect(text) else {
            let mut rest = [0; 4096];
            let count = self.session.try_read(&mut rest).unwrap_or(0);
            panic!("no {text:?} after {:?} … {:?}", self.shown, String::from_utf8_lossy(&rest[..count]));
        };
        let before = String::from_utf8_lossy(found.before()).into_owned();
        self.shown.push_str(&before);
        self.shown.push_str(text);
        before
    }

    /// Waits for a question, and sees that the echo is off by then.
    #[track_caller]
    pub fn is_asked(&mut self, question: &str) -> String {
        let before = self.sees(question);
        assert!(!self.has_echo(), "the echo is on at {question:?}");
        self.sees(": ");
        before
    }

    /// Types what a question asks for.
    pub fn types(&mut self, text: &str) {
        self.session.send_line(text).unwrap();
    }

    /// Presses keys, without Enter.
    pub fn presses(&mut self, keys: &str) {
        self.session.send(keys).unwrap();
    }

    /// Waits for a question and types the answer.
    #[track_caller]
    pub fn answers(&mut self, question: &str, text: &str) {
        self.is_asked(question);
        self.types(text);
    }

    /// Waits until the command has ended; gives its exit status.
    #[track_caller]
    pub fn exit(&mut self) -> u8 {
        self.sees(READY);
        assert!(self.has_echo(), "the echo stays off");
        let shown = self.captures("echo exit=$?", "exit=[0-9]+");
        shown.trim_start_matches("exit=").parse().unwrap()
    }

    /// Gives the settings of the terminal.
    pub fn settings(&mut self) -> String {
        self.captures("stty -g", "([0-9a-f]+:){4,}[0-9a-f]+")
    }

    pub fn has_echo(&self) -> bool {
        self.session.get_process().get_echo().unwrap()
    }

    /// Hangs up.
    pub fn close(self) {
        drop(self.session);
    }

    fn captures(&mut self, line: &str, pattern: &str) -> String {
        self.run(line);
        let found = self.session.expect(Regex(pattern)).unwrap();
        let text = String::from_utf8_lossy(found.get(0).unwrap()).into_owned();
        self.sees(READY);
        text
    }
}
