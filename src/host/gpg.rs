//! The machine's `gpg`, started without a shell, a terminal, a pinentry or a network: it opens messages, and nothing else.

use super::accounts::own_folder;
use super::terminal::push;
use crate::clock::Clock;
use crate::openpgp::status::Status;
use crate::openpgp::{Envelope, Opened, Refusal, Setup, Unwrap};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::io::Errno;
use rustix::process::{Uid, geteuid};
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::rc::Rc;
use std::time::Duration;
use zeroize::Zeroizing;

/// Where it is looked for: never along a path that a variable names.
const PROGRAMS: [&str; 2] = ["/usr/bin/gpg", "/usr/local/bin/gpg"];
/// How long it may do nothing: somebody may have to touch a card.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is looked whether it has ended, when it has said all.
const LOOK_AGAIN: Duration = Duration::from_millis(5);
const PIECE: usize = 64 * 1024;
/// More status lines than any message has.
const MOST_STATUS: usize = 256 * 1024;

/// What every run is told: to ask nobody, to fetch nothing, and to say in status lines alone how it goes.
const ARGUMENTS: [&str; 10] = [
    "--batch",
    "--no-tty",
    "--logger-file",
    "/dev/null",
    "--status-fd",
    "2",
    "--disable-dirmngr",
    "--no-auto-key-retrieve",
    "--no-symkey-cache",
    "--pinentry-mode",
];

/// The program of the machine, with the folders of the account.
pub struct Gpg {
    clock: Rc<dyn Clock>,
    user_home: Option<PathBuf>,
    keys: Option<PathBuf>,
    /// The account whose folders these are.
    account: Uid,
    patience: Duration,
}

impl Gpg {
    /// Takes the home of the account, and the folder of its keys where a variable names one.
    pub fn new(clock: Rc<dyn Clock>, user_home: Option<PathBuf>, keys: Option<PathBuf>) -> Self {
        Self { clock, user_home, keys, account: geteuid(), patience: PATIENCE }
    }

    fn command(&self, setup: &Setup, has_passphrase: bool) -> Result<Command, Refusal> {
        let usual = || PROGRAMS.iter().map(Path::new).find(|path| path.is_file());
        let program = setup.program.as_deref().or_else(usual).ok_or(Refusal::ProgramMissing)?;
        let mut command = Command::new(program);
        command.env_clear().env("LC_ALL", "C").current_dir("/");
        // The folders of root are none of those of the account that the process has become.
        let is_same = geteuid() == self.account;
        let user_home = if is_same { self.user_home.clone() } else { own_folder() };
        if let Some(home) = user_home {
            command.env("HOME", home);
        }
        if let Some(keys) = setup.home.as_ref().or(self.keys.as_ref().filter(|_| is_same)) {
            command.env("GNUPGHOME", keys);
        }
        command.args(ARGUMENTS);
        // The first line of stdin is the passphrase, the message comes after it.
        let way: &[&str] = if has_passphrase { &["loopback", "--passphrase-fd", "0"] } else { &["error"] };
        command.args(way).arg("--decrypt");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Ok(command)
    }
}

impl Unwrap for Gpg {
    fn open(&self, envelope: Envelope<'_>) -> Result<Opened, Refusal> {
        let has_passphrase = envelope.passphrase.is_some();
        let mut command = self.command(envelope.setup, has_passphrase)?;
        let mut running = Running::start(&mut command)?;
        let mut feed = Feed::new(envelope.message, envelope.passphrase);
        let mut said = Said { bytes: Zeroizing::default(), most: envelope.setup.most, status: Vec::new() };
        while running.is_talking() {
            running.attend(&mut feed, &mut said, self.patience)?;
        }
        let succeeded = running.end(self.clock.as_ref(), self.patience)?;
        let unverified_signature = Status::read(&said.status).verdict(succeeded, has_passphrase)?;
        Ok(Opened { bytes: said.bytes, unverified_signature })
    }
}

/// What goes in, a piece at a time.
struct Feed<'m> {
    message: &'m mut dyn Read,
    piece: Zeroizing<Vec<u8>>,
    at: usize,
}

impl<'m> Feed<'m> {
    fn new(message: &'m mut dyn Read, passphrase: Option<&[u8]>) -> Self {
        let mut piece = Zeroizing::new(Vec::with_capacity(PIECE));
        if let Some(passphrase) = passphrase {
            piece.extend_from_slice(passphrase);
            piece.push(b'\n');
        }
        Self { message, piece, at: 0 }
    }

    /// Gives what is to be written next; nothing at the end.
    fn next(&mut self) -> Result<&[u8], Refusal> {
        if self.at >= self.piece.len() {
            let mut piece = Zeroizing::new(vec![0; PIECE]);
            let read = loop {
                match self.message.read(&mut piece) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    read => break read.map_err(|_| Refusal::Unreadable)?,
                }
            };
            piece.truncate(read);
            (self.piece, self.at) = (piece, 0);
        }
        Ok(self.piece.get(self.at..).unwrap_or_default())
    }

    fn took(&mut self, written: usize) {
        self.at = self.at.saturating_add(written);
    }
}

/// What came out.
struct Said {
    bytes: Zeroizing<Vec<u8>>,
    most: u64,
    status: Vec<u8>,
}

/// A run of the program; it ends with this, whatever happens.
struct Running {
    child: Child,
    input: Option<ChildStdin>,
    output: Option<ChildStdout>,
    status: Option<ChildStderr>,
}

impl Running {
    fn start(command: &mut Command) -> Result<Self, Refusal> {
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::PermissionDenied => {
                Refusal::ProgramMissing
            }
            _ => Refusal::Failed,
        })?;
        let (input, output, status) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let running = Self { child, input, output, status };
        let ends = [running.input.as_ref().map(AsFd::as_fd), running.output.as_ref().map(AsFd::as_fd)];
        for end in ends.into_iter().chain([running.status.as_ref().map(AsFd::as_fd)]).flatten() {
            let flags = fcntl_getfl(end).map_err(|_| Refusal::Failed)?;
            fcntl_setfl(end, flags | OFlags::NONBLOCK).map_err(|_| Refusal::Failed)?;
        }
        Ok(running)
    }

    fn is_talking(&self) -> bool {
        self.output.is_some() || self.status.is_some()
    }

    /// Waits until something can be done, and does it.
    fn attend(&mut self, feed: &mut Feed<'_>, said: &mut Said, patience: Duration) -> Result<(), Refusal> {
        let [may_write, has_output, has_status] = self.wait(patience)?;
        if may_write && !self.write(feed)? {
            self.input = None;
        }
        if has_output {
            let output = self.output.as_mut();
            if !output.map_or(Ok(false), |output| take(output, |piece| said.take_bytes(piece)))? {
                self.output = None;
            }
        }
        if has_status {
            let status = self.status.as_mut();
            if !status.map_or(Ok(false), |status| take(status, |piece| said.take_status(piece)))? {
                self.status = None;
            }
        }
        Ok(())
    }

    /// Waits for any of the three pipes; by the kernel's clock, for nothing that is decided depends on the time.
    fn wait(&self, patience: Duration) -> Result<[bool; 3], Refusal> {
        let timeout = Timespec {
            tv_sec: i64::try_from(patience.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: i64::from(patience.subsec_nanos()),
        };
        let pipes = [
            self.input.as_ref().map(|pipe| PollFd::new(pipe, PollFlags::OUT)),
            self.output.as_ref().map(|pipe| PollFd::new(pipe, PollFlags::IN)),
            self.status.as_ref().map(|pipe| PollFd::new(pipe, PollFlags::IN)),
        ];
        let is_open = [pipes[0].is_some(), pipes[1].is_some(), pipes[2].is_some()];
        let mut open: Vec<PollFd<'_>> = pipes.into_iter().flatten().collect();
        loop {
            match poll(&mut open, Some(&timeout)) {
                Ok(0) => return Err(Refusal::NoAnswer { seconds: patience.as_secs() }),
                Ok(_) => break,
                Err(Errno::INTR) => {}
                Err(_) => return Err(Refusal::Failed),
            }
        }
        let mut ready = open.iter().map(|pipe| !pipe.revents().is_empty());
        Ok(is_open.map(|is_open| is_open && ready.next().unwrap_or(false)))
    }

    /// Writes some of the message; tells whether more is to come and somebody reads it.
    fn write(&mut self, feed: &mut Feed<'_>) -> Result<bool, Refusal> {
        let Some(input) = &mut self.input else { return Ok(false) };
        let piece = feed.next()?;
        if piece.is_empty() {
            return Ok(false);
        }
        match input.write(piece) {
            Ok(written) => feed.took(written),
            Err(error) if is_for_later(&error) => {}
            // It has seen enough: what it thinks of it is in the status.
            Err(_) => return Ok(false),
        }
        Ok(true)
    }

    /// Waits until it has ended, and tells whether it says that all went well.
    fn end(&mut self, clock: &dyn Clock, patience: Duration) -> Result<bool, Refusal> {
        self.input = None;
        let until = clock.uptime().saturating_add(patience);
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Ok(status.success()),
                Ok(None) if clock.uptime() >= until => {
                    return Err(Refusal::NoAnswer { seconds: patience.as_secs() });
                }
                Ok(None) => clock.sleep(LOOK_AGAIN),
                Err(_) => return Err(Refusal::Failed),
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended already is only counted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Said {
    fn take_bytes(&mut self, piece: &[u8]) -> Result<(), Refusal> {
        if (self.bytes.len() as u64).saturating_add(piece.len() as u64) > self.most {
            return Err(Refusal::TooLarge { most: self.most });
        }
        push(&mut self.bytes, piece);
        Ok(())
    }

    fn take_status(&mut self, piece: &[u8]) -> Result<(), Refusal> {
        if self.status.len().saturating_add(piece.len()) > MOST_STATUS {
            return Err(Refusal::Failed);
        }
        self.status.extend_from_slice(piece);
        Ok(())
    }
}

/// Takes some of what a pipe has; tells whether more may come.
fn take(pipe: &mut dyn Read, mut to: impl FnMut(&[u8]) -> Result<(), Refusal>) -> Result<bool, Refusal> {
    let mut piece = Zeroizing::new(vec![0; PIECE]);
    match pipe.read(&mut piece) {
        Ok(0) => Ok(false),
        Ok(read) => to(piece.get(..read).unwrap_or_default()).map(|()| true),
        Err(error) if is_for_later(&error) => Ok(true),
        Err(_) => Err(Refusal::Failed),
    }
}

fn is_for_later(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}

#[cfg(test)]
mod tests;
