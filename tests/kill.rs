//! A process that is killed between counting an attempt and settling it gains nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests may fail loudly and use the real machine"
)]

mod support;

use cleotp::{Caller, Clock, Environment, Host, Line, NoRandomness, Random, Terminal, TerminalError, UtcTime, Via};
use rustix::process::{Signal, getpid, kill_process};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use support::{Home, PIN, code, login, serial};

const HOME: &str = "CLEOTP_TEST_VICTIM_HOME";
const PASSCODE: &str = "CLEOTP_TEST_VICTIM_PASSCODE";

/// The clock of the victim, which dies when it asks for the time a third time: whether the caller may is the first, what a check
/// counts the second, and after it has verified, before it settles, it asks again.
#[derive(Default)]
struct Death {
    asked: Cell<u32>,
}

impl Clock for Death {
    fn now(&self) -> UtcTime {
        self.asked.set(self.asked.get() + 1);
        if self.asked.get() > 2 {
            let _ = kill_process(getpid(), Signal::KILL);
            loop {
                std::thread::park();
            }
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

struct Kernel;

impl Random for Kernel {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        File::open("/dev/urandom").unwrap().read_exact(buffer).unwrap();
        Ok(())
    }
}

struct Typed(Option<String>);

impl Terminal for Typed {
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
        Ok(self.0.take().map(|text| text.into_bytes().into()))
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

    fn answer(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn say(&mut self, _: &str) {}
}

#[test]
#[ignore = "the process that the test below starts and that dies"]
fn the_victim() {
    let (Ok(home), Ok(passcode)) = (std::env::var(HOME), std::env::var(PASSCODE)) else {
        return;
    };
    let mut host = Host {
        clock: Rc::new(Death::default()),
        random: Rc::new(Kernel),
        disks: Rc::new(cleotp::Mounted),
        openpgp: Rc::new(cleotp::NoProgram),
        journal: Rc::new(cleotp::NoJournal),
        accounts: Rc::new(cleotp::NoAccounts),
        terminal: Box::new(Typed(Some(passcode))),
        environment: Environment { cleotp_home: Some(PathBuf::from(home)), ..Environment::default() },
        caller: Caller { uid: 0, name: "victim".to_owned(), via: Via::Direct, login: None },
    };
    let exit = cleotp::run(["cleotp", "check", &login(0)].map(Into::into), &mut host);
    panic!("the victim lives: {exit:?}");
}

fn kill_a_check(home: &Path, passcode: &str) {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_victim", "--ignored"])
        .env(HOME, home)
        .env(PASSCODE, passcode)
        .output()
        .unwrap()
        .status;
    assert_eq!(status.signal(), Some(9), "{status:?}");
}

fn open_attempts(home: &Path) -> i64 {
    let database = rusqlite::Connection::open(home.join("cleotp.db")).unwrap();
    database.query_row("SELECT count(*) FROM attempts WHERE outcome = 'open'", [], |row| row.get(0)).unwrap()
}

#[test]
fn b17_an_attempt_of_a_process_that_was_killed_stays_counted() {
    let home = Home::with_users(1);
    support::wait_for_room(15);
    home.set_pin(0);
    let passcode = format!("{PIN}{}", code(0, 0));
    for killed in 1..=3 {
        kill_a_check(&home.root(), &passcode);
        assert_eq!(open_attempts(&home.root()), killed);
    }
    // The third opens a wait: even the right passcode is not looked at.
    let answer = home.json(&["check", &login(0)], &format!("{passcode}\n"), 1);
    assert_eq!(answer["verdict"], "refused");
    let events = home.json(&["audit", "list", "--action", "check", "--limit", "1"], "", 0);
    assert_eq!(events["events"][0]["reason"], "waiting", "{events}");
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
}

#[test]
fn b17_an_emergency_code_of_a_process_that_was_killed_is_counted_and_not_used() {
    let home = Home::with_users(1);
    support::wait_for_room(15);
    home.set_pin(0);
    home.done(&["check", &login(0)], &format!("{PIN}{}\n", code(0, 0)));
    let lost = home.json(&["key", "lost", &serial(0), "--emergency"], "", 0);
    let passcode = format!("{PIN}{}", lost["emergency"]["codes"][0].as_str().unwrap());
    let left = || home.json(&["emergency", "list"], "", 0)["emergencies"][0]["left"].clone();
    for killed in 1..=2 {
        kill_a_check(&home.root(), &passcode);
        assert_eq!((open_attempts(&home.root()), left()), (killed, 10.into()));
    }
    home.done(&["check", &login(0)], &format!("{passcode}\n"));
    assert_eq!(left(), 9);
    let answer = home.json(&["check", &login(0)], &format!("{passcode}\n"), 1);
    assert_eq!(answer["verdict"], "refused");
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
}
