//! A process that is killed between counting an attempt and settling it gains nothing.

use crate::support::host::{Hook, die, run};
use crate::support::{self, Home, PIN, code, login, serial};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const HOME: &str = "CLEOTP_TEST_VICTIM_HOME";
const PASSCODE: &str = "CLEOTP_TEST_VICTIM_PASSCODE";

#[test]
#[ignore = "the process that the test below starts and that dies"]
fn the_victim() {
    let (Ok(home), Ok(passcode)) = (std::env::var(HOME), std::env::var(PASSCODE)) else {
        return;
    };
    // Whether the caller may asks for the time first, what a check counts asks next, and after it has verified, before it settles,
    // it asks again.
    let ended = run(PathBuf::from(home), Hook::new(3, die), &[&passcode], &["check", &login(0)]);
    panic!("the victim lives: {ended:?}");
}

fn kill_a_check(home: &Path, passcode: &str) {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed_check::the_victim", "--ignored"])
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
