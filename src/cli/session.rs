//! What a command works with: the host, the words, the options, the settings, the home.

use super::args::{FileOrStdin, Options};
use super::escape;
use super::exit::Exit;
use super::failure::Failure;
use super::fold::fold_lines;
use super::home::Home;
use super::locale::{Value, Words};
use super::report::{Format, Report, Style};
use super::settings::{self, Said, Settings};
use crate::clock::{Seconds, UtcTime};
use crate::host::files::{self, Account, FileError};
use crate::host::{Host, Line, Progress, TerminalError, Wait};
use crate::import::{self, Source};
use crate::operator::{Command, Role};
use crate::ops::Entry;
use std::io::{Cursor, ErrorKind};
use std::path::Path;

/// Longer than any passcode, PIN, code or ticket; what is longer is refused before it is looked at.
const LONGEST_SECRET: usize = 1024;

/// Longer than any passcode: what is longer is none, and no more of it is read.
const LONGEST_PASSCODE: usize = 64;

/// Two hundred thousand people; the rows are kept until all are known to be right.
const LARGEST_LIST: u64 = 16 * 1024 * 1024;
const USUAL_WIDTH: u16 = 80;

/// The columns that a countdown takes, in either language.
const COUNTDOWN_WIDTH: u16 = 40;

/// One run of one command.
pub struct Session<'a> {
    /// What comes from outside.
    pub host: &'a mut Host,
    /// The sentences of the language.
    pub words: Words,
    /// The options that every command takes.
    pub options: Options,
    /// The configuration.
    pub settings: Settings,
    /// Where the database lies, or will.
    pub home: Home,
    /// The command, for the table of who may run it.
    pub command: Command,
    /// What the caller may do, once the installation was opened.
    pub role: Option<Role>,
}

impl<'a> Session<'a> {
    /// Finds the home and reads its configuration.
    ///
    /// # Errors
    /// A failure of configuration.
    pub fn open(host: &'a mut Host, words: Words, options: Options, command: Command) -> Result<Self, Failure> {
        let home = Home::choose(options.home.as_deref(), &host.environment)?;
        let settings = read_settings(&home)?;
        Ok(Self { host, words, options, settings, home, command, role: None })
    }

    /// Begins where nothing is known to be as it must: a wrong configuration counts as none, an unknown home as the root.
    pub fn regardless(host: &'a mut Host, words: Words, options: Options, command: Command) -> Self {
        let home = Home::choose(options.home.as_deref(), &host.environment);
        let home = home.unwrap_or_else(|_| Home { folder: "/".into() });
        Self { host, words, options, settings: Settings::default(), home, command, role: None }
    }

    /// Says where the caller wants in.
    pub const fn entry(&self) -> Entry {
        Entry { command: self.command, unattended: self.settings.cron_role }
    }

    /// Reads the clock.
    pub fn now(&self) -> UtcTime {
        self.host.clock.now()
    }

    /// Writes the answer in the form that was asked for.
    ///
    /// # Errors
    /// A failure when stdout cannot be written; a closed pipe is none.
    pub fn report(&mut self, report: impl Into<Report>) -> Result<(), Failure> {
        let written = report.into().render(&self.words, &self.style());
        self.answer(&written)
    }

    /// As [`Session::report`], of what is told only this once: a reader that went away has lost it.
    ///
    /// # Errors
    /// A failure when stdout cannot be written, for whatever reason.
    pub fn report_once(&mut self, report: impl Into<Report>) -> Result<(), Failure> {
        let written = report.into().render(&self.words, &self.style());
        self.answer_once(&written)
    }

    /// Writes bytes to stdout that are told only this once.
    ///
    /// # Errors
    /// As [`Session::report_once`].
    pub fn answer_once(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.host.terminal.answer(bytes).map_err(|error| Failure::cannot_write(&error))
    }

    /// Writes bytes to stdout.
    ///
    /// # Errors
    /// As [`Session::report`].
    pub fn answer(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        answer(self.host, bytes)
    }

    /// Writes bytes to stdout, and tells whether there was still somebody to read them.
    ///
    /// # Errors
    /// As [`Session::report`].
    pub fn deliver(&mut self, bytes: &[u8]) -> Result<bool, Failure> {
        deliver(self.host, bytes)
    }

    /// Says a sentence on stderr, unless `--quiet`.
    pub fn say(&mut self, id: &str, values: &[(&str, Value)]) {
        if !self.options.quiet {
            let sentence = self.fitted(id, values);
            self.host.terminal.say(&format!("{sentence}\n"));
        }
    }

    /// Says on stderr what to do, unless `--quiet`.
    pub fn hint(&mut self, id: &str, values: &[(&str, Value)]) {
        if !self.options.quiet {
            let sentence = self.words.say(id, values);
            self.host.terminal.say(&format!("{} {sentence}\n", self.words.say("hint-line", &[])));
        }
    }

    /// Says a warning on stderr, also when quiet.
    pub fn warn(&mut self, id: &str, values: &[(&str, Value)]) {
        let sentence = self.words.say(id, values);
        let line = format!("{} {sentence}\n", self.words.say("warning-line", &[]));
        let line = fitted(self.host, &line);
        self.host.terminal.say(&line);
    }

    /// Says a failure that does not end the command.
    pub fn complain(&mut self, failure: &Failure) {
        complain(self.host, failure, &self.words, self.options.output_format);
    }

    /// Tells whether somebody sits there to answer questions.
    pub fn is_interactive(&self) -> bool {
        self.host.terminal.interactive()
    }

    /// Asks on the screen for what is no secret, before anything is changed; the answer may be blank.
    ///
    /// # Errors
    /// A failure when the question is left without an answer.
    pub fn ask(&mut self, prompt: &str, values: &[(&str, Value)]) -> Result<String, Failure> {
        let prompt = self.prompt(prompt, values);
        let asked = self.host.terminal.ask(&prompt).and_then(|answer| answer.ok_or(TerminalError::Interrupted));
        asked.map_err(|error| Failure::from(error).hinted("hint-nothing-changed"))
    }

    /// Asks for a secret: without echo on a terminal, else the next line of stdin.
    ///
    /// # Errors
    /// A failure when nothing comes, or more than any secret has.
    pub fn ask_secret(&mut self, prompt: &str, values: &[(&str, Value)]) -> Result<Line, Failure> {
        if self.is_interactive() {
            let prompt = self.prompt(prompt, values);
            return Ok(self.host.terminal.ask_secret(&prompt)?);
        }
        let line = self.host.terminal.read_line(LONGEST_SECRET)?;
        line.ok_or_else(|| Failure::new(Exit::Usage, "input-ended"))
    }

    /// Asks for a passcode, as [`Session::ask_secret`]. What is longer than any passcode is taken for nothing, which is none: it is
    /// refused and counted like any other that has not the form of one.
    ///
    /// # Errors
    /// A failure when nothing comes.
    pub fn ask_passcode(&mut self, prompt: &str) -> Result<Line, Failure> {
        if self.is_interactive() {
            return self.ask_secret(prompt, &[]);
        }
        match self.host.terminal.read_line(LONGEST_PASSCODE) {
            Err(TerminalError::TooLong { .. }) => Ok(Line::default()),
            line => line?.ok_or_else(|| Failure::new(Exit::Usage, "input-ended")),
        }
    }

    /// Takes one more line of stdin, when there is one.
    ///
    /// # Errors
    /// A failure when it is longer than any secret.
    pub fn another_line(&mut self) -> Result<Option<Line>, Failure> {
        Ok(self.host.terminal.read_line(LONGEST_SECRET)?)
    }

    /// Asks, as [`Session::ask_secret`], for what a key shows next: when its present step has ended, some seconds from now, or
    /// when its button was pressed.
    ///
    /// On a terminal a sentence says what comes (`SENTENCE-button` when there is nothing to wait for), and the question appears
    /// when the digits have changed, after a countdown. Where a line is not to be written over, or cannot be, it is told once
    /// how long it takes.
    ///
    /// # Errors
    /// As [`Session::ask_secret`].
    pub fn ask_for_next(&mut self, left: Option<Seconds>, sentence: &str, prompt: &str) -> Result<Line, Failure> {
        if !self.is_interactive() || self.options.quiet {
            return self.ask_secret(prompt, &[]);
        }
        let Some(left) = left else {
            self.say(&format!("{sentence}-button"), &[]);
            return self.ask_secret(prompt, &[]);
        };
        let seconds = |left: Seconds| [("seconds", Value::from(left.get()))];
        let (sentence, prompt) = (self.fitted(sentence, &[]), self.prompt(prompt, &[]));
        if !self.can_count_down() {
            let told = self.fitted("wait-told-once", &seconds(left));
            return Ok(self.host.terminal.ask_secret(&format!("{sentence}\n{told}\n{prompt}"))?);
        }
        let words = &self.words;
        let tell = |left| words.say("wait-counted-down", &seconds(left));
        let wait = Wait { sentence: &format!("{sentence}\n"), until: self.now().plus(left), tell: &tell };
        Ok(self.host.terminal.ask_secret_after(&wait, &prompt)?)
    }

    /// Reads the secret of a `--…-file` option (owner-only, or a credential of systemd), with its line end: some secrets are bytes, and not a line.
    ///
    /// # Errors
    /// A failure for a file that is missing, large, or that others can open.
    pub fn secret_file(&mut self, path: &Path) -> Result<Line, Failure> {
        let is_credential = path.parent().is_some_and(|folder| {
            self.host.environment.credentials_directory.as_deref().is_some_and(|credentials| credentials == folder)
        });
        let read = if is_credential { files::read_credential(path) } else { files::read_private(path) };
        read.map_err(|error| after_root(self.host, Failure::of_secret_file(error), "hint-secret-for-account"))
    }

    /// Opens a vendor's file; stdin is kept until it is read.
    ///
    /// # Errors
    /// A failure for what is no regular file, or larger than the configuration allows.
    pub fn open_input(&mut self, input: &FileOrStdin) -> Result<Box<dyn Source>, Failure> {
        let limit = self.settings.max_import_size;
        match input {
            FileOrStdin::Stdin => Ok(Box::new(Cursor::new(self.host.terminal.read_all(limit)?))),
            FileOrStdin::File(path) => match files::open_input(path, limit) {
                Ok(input) => Ok(Box::new(input)),
                Err(error) => Err(after_root(self.host, error.into(), "hint-fed-to-account")),
            },
        }
    }

    /// Reads a list of people, which is CSV and never as large as a vendor's file may be.
    ///
    /// # Errors
    /// A failure for what is no regular file, no text, or too large.
    pub fn read_list(&mut self, list: &FileOrStdin) -> Result<Line, Failure> {
        let limit = self.settings.max_import_size.min(LARGEST_LIST);
        let bytes = match list {
            FileOrStdin::Stdin => self.host.terminal.read_all(limit)?,
            FileOrStdin::File(path) => files::read_input(path, limit)
                .map_err(|error| after_root(self.host, Failure::of_list(error), "hint-fed-to-account"))?,
        };
        let failed = |id| Failure::new(Exit::Data, id).with("path", list_shown(list));
        if let Some(foreign) = import::recognise(&bytes) {
            let kind = Value::word(format!("foreign-{}", foreign.kind.name()));
            return Err(failed("list-foreign").with("kind", kind).with("format", foreign.format));
        }
        let is_utf_16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        if bytes.contains(&0) && !is_utf_16 {
            return Err(failed("list-not-text"));
        }
        Ok(bytes)
    }

    /// Tells how answers are to be written.
    pub fn style(&self) -> Style {
        Style {
            format: self.options.output_format,
            quiet: self.options.quiet,
            raw: self.options.raw,
            excel: self.options.excel,
            folds: self.host.terminal.stdout_is_terminal(),
            width: width(self.host),
        }
    }

    fn prompt(&self, id: &str, values: &[(&str, Value)]) -> String {
        format!("{} ", self.fitted(id, values))
    }

    /// Says a message for stderr.
    fn fitted(&self, id: &str, values: &[(&str, Value)]) -> String {
        fitted(self.host, &self.words.say(id, values))
    }

    /// Begins to show how far a work of so many bytes is; nothing where nobody would see it.
    pub fn begin_progress(&mut self, bytes: u64) -> Option<Progress> {
        if self.options.quiet || !self.can_count_down() {
            return None;
        }
        self.host.terminal.begin_progress(bytes)
    }

    /// Tells whether a line can be written over again and again.
    fn can_count_down(&self) -> bool {
        let environment = &self.host.environment;
        let able = environment.term.as_deref().is_some_and(|term| term != "dumb");
        able && !self.options.no_progress && width(self.host) >= COUNTDOWN_WIDTH
    }
}

/// Says what to do when root's file is closed to the account that root has become.
fn after_root(host: &Host, failure: Failure, hint: &'static str) -> Failure {
    if host.caller.uid != 0 || host.accounts.is_root() || !failure.is_of_rights() {
        return failure;
    }
    failure.with("account", Account::own().name).rather_hinted(hint)
}

/// Says a failure; one for machines stays one line.
pub fn complain(host: &mut Host, failure: &Failure, words: &Words, format: Format) {
    let is_of_output = failure.id() == "cannot-create";
    let failure =
        &if is_of_output { after_root(host, failure.clone(), "hint-written-by-account") } else { failure.clone() };
    let text = failure.render(words, format);
    let text = if matches!(format, Format::Table | Format::Csv) { fitted(host, &text) } else { text };
    host.terminal.say(&text);
}

/// Names a list in a sentence: by its path, or as what came in on stdin.
pub fn list_shown(list: &FileOrStdin) -> Value {
    match list {
        FileOrStdin::Stdin => Value::word("list-from-stdin"),
        FileOrStdin::File(path) => escape::path(path).into(),
    }
}

/// Writes to stdout; a reader that went away has read what it wanted.
///
/// # Errors
/// A failure for any other refusal of the stream.
pub fn answer(host: &mut Host, bytes: &[u8]) -> Result<(), Failure> {
    deliver(host, bytes).map(|_| ())
}

fn deliver(host: &mut Host, bytes: &[u8]) -> Result<bool, Failure> {
    match host.terminal.answer(bytes) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::cannot_write(&error)),
    }
}

/// Folds what is to be said on stderr when that is the screen of somebody who sits there.
pub fn fitted(host: &Host, text: &str) -> String {
    if !host.terminal.interactive() {
        return text.to_owned();
    }
    // The last column is left free, or some screens would begin another line.
    fold_lines(text, usize::from(width(host).saturating_sub(1)))
}

/// Gives the columns to write for.
pub fn width(host: &Host) -> u16 {
    host.terminal.width().or(host.environment.columns).unwrap_or(USUAL_WIDTH)
}

/// Reads the configuration of a home; none gives the defaults.
///
/// # Errors
/// A failure of configuration.
pub fn read_settings(home: &Home) -> Result<Settings, Failure> {
    let path = home.config();
    settings::read_file(&path, files::read_input(&path, settings::LARGEST_FILE).map(Some), Settings::parse)
}

/// Reads the configuration of a home to its end, whatever is wrong in it; nothing when there is none.
///
/// # Errors
/// A failure of configuration when it is no text that can be read.
pub fn read_config(home: &Home) -> Result<Option<Said>, Failure> {
    let path = home.config();
    match files::read_input(&path, settings::LARGEST_FILE) {
        Err(FileError::Missing { .. }) => Ok(None),
        read => settings::read_text(&path, read.map(Some)).map(Some),
    }
}
