//! The stage of the demonstration: shows a command, runs it, shows its answer.

use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::fold::fold;
use crate::cli::locale::{Language, Value};
use crate::cli::session::Session;
use crate::cli::vocabulary;
use crate::clock::UtcTime;
use crate::host::{Environment, Host, Line, Terminal, TerminalError};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::rc::Rc;
use zeroize::Zeroizing;

/// Where the commands of a demonstration are run.
pub struct Stage<'s, 'host> {
    session: &'s mut Session<'host>,
    folder: PathBuf,
}

impl<'s, 'host> Stage<'s, 'host> {
    /// Builds a stage over a folder.
    pub fn new(session: &'s mut Session<'host>, folder: PathBuf) -> Self {
        Self { session, folder }
    }

    /// Reads the clock.
    pub fn now(&self) -> UtcTime {
        self.session.now()
    }

    /// Tells what comes next.
    pub fn tell(&mut self, id: &str) {
        let sentence =
            self.session.words.say(id, &[("serial", Value::of(super::SERIAL)), ("ahead", Value::from(super::AHEAD))]);
        let style = self.session.style();
        let width = if style.folds { usize::from(style.width).saturating_sub(3) } else { usize::MAX };
        let _ = self.session.answer(format!("\n# {}\n", fold(&sentence, width).join("\n# ")).as_bytes());
    }

    /// Shows how the commands find the folder.
    pub fn show_setting(&mut self) -> Result<(), Failure> {
        let setting = format!("$ export CLEOTP_HOME={}\n", escape::for_shell(&self.folder));
        self.session.answer(setting.as_bytes())
    }

    /// Runs one command, shows it and its answer; gives what it wrote to stdout.
    pub fn command(
        &mut self,
        path: &[&str],
        arguments: &[&str],
        typed: &[&str],
        expected: Exit,
    ) -> Result<String, Failure> {
        let language = self.session.words.language;
        let shown = shown(path, arguments, typed, language);
        self.session.answer(format!("$ {shown}\n").as_bytes())?;
        let transcript = Rc::new(RefCell::new(Transcript::default()));
        let terminal = Script {
            lines: typed.iter().map(|line| (*line).to_owned()).collect(),
            is_screen: self.session.host.terminal.stdout_is_terminal(),
            width: self.session.style().width,
            transcript: Rc::clone(&transcript),
        };
        let mut host = Host {
            clock: Rc::clone(&self.session.host.clock),
            random: Rc::clone(&self.session.host.random),
            disks: Rc::clone(&self.session.host.disks),
            openpgp: Rc::clone(&self.session.host.openpgp),
            journal: Rc::new(crate::host::NoJournal),
            accounts: Rc::clone(&self.session.host.accounts),
            terminal: Box::new(terminal),
            environment: Environment { cleotp_home: Some(self.folder.clone()), ..Environment::default() },
            caller: self.session.host.caller.clone(),
            step_back: || (),
        };
        let tag = if language == Language::French { "fr" } else { "en" };
        let opening = ["cleotp", "--lang", tag];
        let words = opening.iter().chain(path).chain(arguments).map(OsString::from).collect();
        let exit = crate::cli::run(words, &mut host);
        let transcript = transcript.borrow();
        self.session.answer(transcript.both.as_bytes())?;
        if exit != expected {
            return Err(Failure::new(Exit::Defect, "demo-failed").with("command", shown));
        }
        if exit != Exit::Done {
            let status = self.session.words.say("demo-status", &[("status", Value::from(i64::from(exit.number())))]);
            self.session.answer(format!("({status})\n").as_bytes())?;
        }
        Ok(transcript.stdout.clone())
    }
}

/// Gives a text of a JSON answer by its pointer (RFC 6901).
pub fn pointed(answer: &str, pointer: &str) -> Result<String, Failure> {
    let document: serde_json::Value = serde_json::from_str(answer).unwrap_or_default();
    let text = document.pointer(pointer).and_then(serde_json::Value::as_str);
    text.map(str::to_owned).ok_or_else(|| Failure::new(Exit::Defect, "demo-failed").with("command", pointer))
}

/// Writes a command as somebody would type it, in his language, what he types on stdin before it.
fn shown(path: &[&str], arguments: &[&str], typed: &[&str], language: Language) -> String {
    let words = path.iter().map(|word| vocabulary::shown(word, language).to_owned());
    let line = words.chain(arguments.iter().map(escape::for_shell)).collect::<Vec<_>>().join(" ");
    if typed.is_empty() {
        return format!("cleotp {line}");
    }
    format!("printf '%s\\n' {} | cleotp {line}", typed.join(" "))
}

#[derive(Default)]
struct Transcript {
    both: String,
    stdout: String,
}

/// A terminal whose stdin was written before, and whose streams are kept.
struct Script {
    lines: VecDeque<String>,
    is_screen: bool,
    width: u16,
    transcript: Rc<RefCell<Transcript>>,
}

impl Terminal for Script {
    fn interactive(&self) -> bool {
        false
    }

    fn stdout_is_terminal(&self) -> bool {
        self.is_screen
    }

    fn width(&self) -> Option<u16> {
        Some(self.width)
    }

    fn read_line(&mut self, _limit: usize) -> Result<Option<Line>, TerminalError> {
        Ok(self.lines.pop_front().map(|line| Zeroizing::new(line.into_bytes())))
    }

    fn read_all(&mut self, _limit: u64) -> Result<Line, TerminalError> {
        Ok(Zeroizing::new(Vec::new()))
    }

    fn take_input(&mut self) -> Box<dyn io::Read + Send> {
        Box::new(io::empty())
    }

    fn ask(&mut self, _prompt: &str) -> Result<Option<String>, TerminalError> {
        Ok(self.lines.pop_front())
    }

    fn ask_secret(&mut self, _prompt: &str) -> Result<Line, TerminalError> {
        self.lines.pop_front().map(|line| Zeroizing::new(line.into_bytes())).ok_or(TerminalError::Interrupted)
    }

    fn answer(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut transcript = self.transcript.borrow_mut();
        let text = String::from_utf8_lossy(bytes);
        transcript.both.push_str(&text);
        transcript.stdout.push_str(&text);
        Ok(())
    }

    fn say(&mut self, text: &str) {
        self.transcript.borrow_mut().both.push_str(text);
    }
}
