//! Imports, checks and delegates together, for as long as is asked for: nobody is told that somebody else is busy.

use crate::support::{Home, PIN, code_at, feed, hex, login, seed, serial, wanted};
use rustix::process::{Flock, FlockOffsetType, FlockType, fcntl_getlk};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::process::Output;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long the suite does it, in minutes.
const MINUTES: f64 = 0.05;
/// How many people check passcodes, one after the other each.
const CHECKERS: usize = 2;
/// How many keys a file has that is imported: several parts.
const KEYS: usize = 5000;
/// Where SQLite has the lock of the one writer, in the index of its log.
const WRITERS_LOCK: u64 = 120;

/// What everybody did: how long each took, by who did it, and which process was whose.
#[derive(Default)]
struct Journal {
    took: Mutex<BTreeMap<&'static str, Vec<Duration>>>,
    whose: Mutex<BTreeMap<i32, &'static str>>,
    wrong: Mutex<Vec<String>>,
    is_over: AtomicBool,
}

impl Journal {
    fn goes_on(&self) -> bool {
        !self.is_over.load(Ordering::Relaxed)
    }

    /// Does something, which must succeed.
    fn done(&self, who: &'static str, home: &Home, arguments: &[&str], stdin: &str) -> Output {
        let began = Instant::now();
        let mut child = home.command(arguments).spawn().unwrap();
        self.whose.lock().unwrap().insert(child.id() as i32, who);
        feed(&mut child, stdin);
        let output = child.wait_with_output().unwrap();
        self.took.lock().unwrap().entry(who).or_default().push(began.elapsed());
        if output.status.code() != Some(0) {
            self.wrong.lock().unwrap().push(format!("{who}: {arguments:?}: {output:?}"));
        }
        output
    }
}

/// Looks who holds the writer's lock, again and again: how long at the most, by who it was. Between two looks the lock may have been
/// free, so that it is rather too long.
fn watch_lock(home: &Home, journal: &Journal) -> BTreeMap<&'static str, Duration> {
    let mut longest: BTreeMap<&'static str, Duration> = BTreeMap::new();
    let mut held: Option<(i32, Instant)> = None;
    while journal.goes_on() {
        let looked = Instant::now();
        let mut lock = Flock::from(FlockType::WriteLock);
        (lock.start, lock.length, lock.offset_type) = (WRITERS_LOCK, 1, FlockOffsetType::Set);
        let found = File::options().read(true).write(true).open(home.root().join("cleotp.db-shm")).ok();
        let holder = found.and_then(|index| fcntl_getlk(index, &lock).ok().flatten()).and_then(|lock| lock.pid);
        let holder = holder.map(|pid| pid.as_raw_nonzero().get());
        if let Some((pid, since)) = held {
            let whose = journal.whose.lock().unwrap().get(&pid).copied().unwrap_or("another");
            let entry = longest.entry(whose).or_default();
            *entry = (*entry).max(looked.duration_since(since));
        }
        held = match (holder, held) {
            (Some(pid), Some((before, since))) if pid == before => Some((pid, since)),
            (Some(pid), _) => Some((pid, looked)),
            (None, _) => None,
        };
        std::thread::sleep(Duration::from_micros(300));
    }
    longest
}

fn check_again_and_again(home: &Home, journal: &Journal, index: usize) {
    for counter in 13.. {
        if !journal.goes_on() {
            return;
        }
        journal.done("check", home, &["check", &login(index)], &format!("{PIN}{}\n", code_at(&seed(index), counter)));
        // Somebody else may be first for once.
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn import_again_and_again(home: &Home, journal: &Journal) {
    let path = home.path("traffic.csv");
    for file in 0.. {
        let mut list = String::new();
        for index in 0..KEYS {
            let index = 1_000_000 + file * KEYS + index;
            writeln!(list, "{},{},totp,6,60", serial(index), hex(&seed(index))).unwrap();
        }
        std::fs::write(&path, list).unwrap();
        if !journal.goes_on() {
            return;
        }
        journal.done("import", home, &["import", path.to_str().unwrap()], "");
    }
}

fn delegate_again_and_again(home: &Home, journal: &Journal) {
    let (own, name) = (serial(CHECKERS), login(CHECKERS));
    for round in 0.. {
        let newcomer = format!("newcomer{round}");
        let line = |text: &str| text.split(' ').map(ToOwned::to_owned).collect::<Vec<_>>();
        for words in [
            line(&format!("key unassign {own}")),
            line(&format!("key assign {own} {name}")),
            line(&format!("activation new {name}")),
            line(&format!("user add {newcomer} --name X --establishment 0860034V")),
            line("key list --login user0"),
            line("report stock"),
        ] {
            if !journal.goes_on() {
                return;
            }
            journal.done("delegate", home, &words.iter().map(String::as_str).collect::<Vec<_>>(), "");
        }
    }
}

#[test]
fn imports_checks_and_delegates_go_on_together_and_nobody_is_told_that_another_is_busy() {
    let (home, codes) = Home::with_keys(CHECKERS + 1, "hotp,6,12");
    for (index, code) in codes.iter().enumerate().take(CHECKERS) {
        home.done(&["activate", &login(index), &serial(index)], &format!("{code}\n"));
        let answer = home.json(&["check", &login(index)], &format!("{}\n", code_at(&seed(index), 12)), 10);
        let ticket = answer["ticket"].as_str().unwrap();
        home.done(&["pin", "set", &login(index), "--ticket"], &format!("{ticket}\n{PIN}\n{PIN}\n"));
    }
    let journal = Journal::default();
    let (home, journal) = (&home, &journal);
    let longest = std::thread::scope(|scope| {
        for index in 0..CHECKERS {
            scope.spawn(move || check_again_and_again(home, journal, index));
        }
        scope.spawn(|| import_again_and_again(home, journal));
        scope.spawn(|| delegate_again_and_again(home, journal));
        let watching = scope.spawn(|| watch_lock(home, journal));
        std::thread::sleep(Duration::from_secs_f64(60.0 * wanted("CLEOTP_MINUTES").unwrap_or(MINUTES)));
        journal.is_over.store(true, Ordering::Relaxed);
        watching.join().unwrap()
    });
    for (who, took) in &mut *journal.took.lock().unwrap() {
        took.sort_unstable();
        let at = |share: usize| took[(took.len() * share / 1000).min(took.len() - 1)];
        let held = longest.get(who).copied().unwrap_or_default();
        println!(
            "{who}: {} times, median {:?}, p99 {:?}, longest {:?}; the writer's lock held {held:?} at the most",
            took.len(),
            at(500),
            at(990),
            at(1000)
        );
    }
    let wrong = journal.wrong.lock().unwrap();
    assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), &wrong[..wrong.len().min(10)]);
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
}
