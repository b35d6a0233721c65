//! A campaign that is cut off, at whichever moment, loses no code that is good.
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
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use support::{Home, login, serial};

const FOLDER: &str = "CLEOTP_TEST_CAMPAIGN_FOLDER";

/// A clock that does something when it is asked for the time once more: whether the caller may is the first, the judgement of
/// the list the second, and when the codes are on the disk and are to be made good, it is asked again.
struct Hook<F> {
    asked: Cell<u32>,
    act: F,
}

impl<F: Fn()> Clock for Hook<F> {
    fn now(&self) -> UtcTime {
        self.asked.set(self.asked.get() + 1);
        if self.asked.get() == 3 {
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

struct Kernel;

impl Random for Kernel {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        File::open("/dev/urandom").unwrap().read_exact(buffer).unwrap();
        Ok(())
    }
}

/// A terminal that hears what is said.
struct Deaf(Rc<RefCell<String>>);

impl Terminal for Deaf {
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
        Ok(None)
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

    fn say(&mut self, text: &str) {
        self.0.borrow_mut().push_str(text);
    }
}

/// Runs a campaign over `list.csv` in a folder, with something that happens when its codes are on the disk and not good yet.
fn run(folder: &Path, act: impl Fn() + 'static) -> (u8, String) {
    let said = Rc::new(RefCell::new(String::new()));
    let mut host = Host {
        clock: Rc::new(Hook { asked: Cell::new(0), act }),
        random: Rc::new(Kernel),
        disks: Rc::new(cleotp::Mounted),
        openpgp: Rc::new(cleotp::NoProgram),
        journal: Rc::new(cleotp::NoJournal),
        accounts: Rc::new(cleotp::NoAccounts),
        terminal: Box::new(Deaf(Rc::clone(&said))),
        environment: Environment { cleotp_home: Some(folder.join("home")), ..Environment::default() },
        caller: Caller { uid: 0, name: "campaigner".to_owned(), via: Via::Direct, login: None },
    };
    let [list, output] = ["list.csv", "codes.csv"].map(|name| folder.join(name).display().to_string());
    let line = ["cleotp", "activation", "campaign", &list, "--output", &output];
    let exit = cleotp::run(line.map(Into::into), &mut host).number();
    let said = said.borrow().clone();
    (exit, said)
}

/// An installation with users who have no code, and a list of them.
fn home() -> Home {
    let (home, _) = Home::with_codes(3, 60);
    let logins: Vec<String> = (0..3).map(login).collect();
    for login in &logins {
        home.done(&["activation", "revoke", login], "");
    }
    std::fs::write(home.path("list.csv"), format!("login\n{}\n", logins.join("\n"))).unwrap();
    home
}

fn codes(home: &Home, name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(home.path(name)).unwrap();
    text.lines().skip(1).map(|row| row.split(',').nth(5).unwrap().to_owned()).collect()
}

fn live_codes(home: &Home) -> i64 {
    let database = rusqlite::Connection::open(home.root().join("cleotp.db")).unwrap();
    database.query_row("SELECT count(*) FROM activations WHERE state = 'live'", [], |row| row.get(0)).unwrap()
}

#[test]
#[ignore = "the process that the test below starts and that dies"]
fn the_victim() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let die = || {
        let _ = kill_process(getpid(), Signal::KILL);
        loop {
            std::thread::park();
        }
    };
    let ended = run(&PathBuf::from(folder), die);
    panic!("the victim lives: {ended:?}");
}

#[test]
fn codes_of_a_campaign_that_dies_before_they_are_good_open_nothing_and_are_found_beside_their_file() {
    let home = home();
    let victim = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_victim", "--ignored"])
        .env(FOLDER, home.path(""))
        .output()
        .unwrap();
    assert_eq!(victim.status.signal(), Some(9), "{victim:?}");
    assert!(!home.path("codes.csv").exists());
    assert_eq!((codes(&home, "codes.csv.part").len(), live_codes(&home)), (3, 0));
    // The trial says that they are not good, and the file may go.
    let trial = home.json(&["activation", "campaign", "-", "--dry-run"], "login\nuser0\nuser1\nuser2\n", 0);
    assert_eq!((&trial["issued"], &trial["waiting"]), (&3.into(), &0.into()));
    std::fs::remove_file(home.path("codes.csv.part")).unwrap();
    let [list, output] = ["list.csv", "codes.csv"].map(|name| home.path(name).display().to_string());
    home.done(&["activation", "campaign", &list, "--output", &output], "");
    assert_eq!((codes(&home, "codes.csv").len(), live_codes(&home)), (3, 3));
}

#[test]
fn codes_that_are_good_stay_beside_their_file_when_it_cannot_have_its_name() {
    let home = home();
    let taken = home.path("codes.csv");
    let (exit, said) = run(&home.path(""), move || std::fs::write(&taken, "another's").unwrap());
    assert_eq!(exit, 73, "{said}");
    assert!(said.contains("the codes are issued") && said.contains("codes.csv.part"), "{said}");
    assert_eq!(std::fs::read(home.path("codes.csv")).unwrap(), b"another's");
    assert_eq!(live_codes(&home), 3);
    for (index, code) in codes(&home, "codes.csv.part").iter().enumerate() {
        home.done(&["activate", &login(index), &serial(index)], &format!("{code}\n"));
    }
}

#[test]
fn the_slips_of_a_campaign_may_be_the_answer() {
    let home = home();
    let line = ["activation", "campaign", "-", "--slips", "-"];
    let answer = home.run(&line, "login\nuser0\nuser1\n");
    assert_eq!(answer.status.code(), Some(0), "{answer:?}");
    assert!(answer.stdout.starts_with(b"%PDF-"), "{answer:?}");
    assert!(String::from_utf8_lossy(&answer.stderr).starts_with("Codes issued: 2"), "{answer:?}");
    let again = home.run(&line, "login\nuser0\nuser1\n");
    assert_eq!((again.status.code(), again.stdout.as_slice()), (Some(0), b"".as_slice()), "{again:?}");
}

#[test]
fn codes_that_were_lost_on_the_way_are_replaced_by_others() {
    let home = home();
    let line = "\"$0\" activation campaign - >/dev/full";
    let list = home.path("list.csv").display().to_string();
    let lost = support::shell(&home, &format!("{line} <{list}"));
    assert_eq!(lost.status.code(), Some(74), "{lost:?}");
    assert!(String::from_utf8_lossy(&lost.stderr).contains("--reissue"), "{lost:?}");
    assert_eq!(live_codes(&home), 3);
    let other = home.json(&["activation", "campaign", "-", "--reissue"], "login\nuser0\nuser1\nuser2\n", 0);
    let code = other["activations"][0]["code"].as_str().unwrap();
    home.done(&["activate", &login(0), &serial(0)], &format!("{code}\n"));
}
