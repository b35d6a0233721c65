//! A host whose clock does what a test wants, in the process of the test.

use cleotp::{Caller, Clock, Environment, Host, Line, NoRandomness, Random, Terminal, TerminalError, UtcTime, Via};
use rustix::process::{Signal, getpid, kill_process};
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The machine's clock, which does something when it is asked for the time once more.
pub struct Hook<F> {
    asked: Cell<u32>,
    at: u32,
    act: F,
}

impl<F: Fn()> Hook<F> {
    /// Makes one that acts when it is asked the so-manieth time, and then gives the time.
    pub fn new(at: u32, act: F) -> Self {
        Self { asked: Cell::new(0), at, act }
    }
}

impl<F: Fn()> Clock for Hook<F> {
    fn now(&self) -> UtcTime {
        self.asked.set(self.asked.get() + 1);
        if self.asked.get() == self.at {
            (self.act)();
        }
        let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        UtcTime::from_epoch(i64::try_from(passed.as_secs()).unwrap())
    }

    fn uptime(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap()
    }

    fn sleep(&self, span: Duration) {
        std::thread::sleep(span);
    }
}

/// Ends the process as `kill -9` does.
pub fn die() {
    let _ = kill_process(getpid(), Signal::KILL);
    loop {
        std::thread::park();
    }
}

/// A clock that stands where it was put, and does not pass.
pub struct Standing(pub Rc<Cell<i64>>);

impl Clock for Standing {
    fn now(&self) -> UtcTime {
        UtcTime::from_epoch(self.0.get())
    }

    fn uptime(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) {}
}

struct Kernel;

impl Random for Kernel {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        File::open("/dev/urandom").unwrap().read_exact(buffer).unwrap();
        Ok(())
    }
}

/// What a host was told to say.
#[derive(Clone, Default)]
pub struct Said {
    pub out: Rc<RefCell<Vec<u8>>>,
    pub err: Rc<RefCell<String>>,
}

/// A terminal that types lines, and hears what is said.
struct Typing {
    lines: Vec<String>,
    said: Said,
}

impl Terminal for Typing {
    fn interactive(&self) -> bool {
        false
    }

    fn stdout_is_terminal(&self) -> bool {
        false
    }

    fn width(&self) -> Option<u16> {
        None
    }

    fn read_line(&mut self, _: usize) -> Result<Option<Line>, TerminalError> {
        let next = (!self.lines.is_empty()).then(|| self.lines.remove(0));
        Ok(next.map(|text| text.into_bytes().into()))
    }

    fn read_all(&mut self, _: u64) -> Result<Line, TerminalError> {
        Ok(Vec::new().into())
    }

    fn take_input(&mut self) -> Box<dyn io::Read + Send> {
        Box::new(io::empty())
    }

    fn ask(&mut self, _: &str) -> Result<Option<String>, TerminalError> {
        Ok(None)
    }

    fn ask_secret(&mut self, _: &str) -> Result<Line, TerminalError> {
        Err(TerminalError::Interrupted)
    }

    fn answer(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.said.out.borrow_mut().extend_from_slice(bytes);
        Ok(())
    }

    fn say(&mut self, text: &str) {
        self.said.err.borrow_mut().push_str(text);
    }
}

/// Makes a host for a home, with a clock and with lines that are typed.
pub fn host(home: PathBuf, clock: impl Clock + 'static, lines: &[&str]) -> (Host, Said) {
    let said = Said::default();
    let lines = lines.iter().map(|line| (*line).to_owned()).collect();
    let host = Host {
        clock: Rc::new(clock),
        random: Rc::new(Kernel),
        disks: Rc::new(cleotp::Mounted),
        openpgp: Rc::new(cleotp::NoProgram),
        journal: Rc::new(cleotp::NoJournal),
        accounts: Rc::new(cleotp::NoAccounts),
        terminal: Box::new(Typing { lines, said: said.clone() }),
        environment: Environment { cleotp_home: Some(home), ..Environment::default() },
        caller: Caller { uid: 0, name: "tester".to_owned(), via: Via::Direct, login: None },
        step_back: || (),
    };
    (host, said)
}

/// Runs a command line in this process: how it ended, and what it said on either stream.
pub fn run(home: PathBuf, clock: impl Clock + 'static, lines: &[&str], arguments: &[&str]) -> (u8, String, String) {
    let (mut host, said) = host(home, clock, lines);
    let exit = cleotp::run(["cleotp"].iter().chain(arguments).map(Into::into), &mut host).number();
    let out = String::from_utf8_lossy(&said.out.borrow()).into_owned();
    let err = said.err.borrow().clone();
    (exit, out, err)
}
