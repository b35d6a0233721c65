//! A host of the tests: a clock that is set by hand, bytes in a known order, a terminal whose lines were written before.

use cleotp::{
    Accounts, Caller, Clock, Disks, Environment, Filesystem, FilesystemKind, Host, Journal, Line, NoProgram,
    NoRandomness, Random, Seconds, Terminal, TerminalError, Unwrap, UtcTime, Variables, Via, Wait,
};
use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use zeroize::Zeroizing;

/// 2026-11-24T09:12:00Z, when every test begins.
pub const START: i64 = 1_795_511_520;

/// The vendor's file of most tests, by the folder that tests run in.
pub const SEEDS: &str = "fixtures/seeds/pskc-demo.xml";

/// The key, the user and the PIN of most tests.
pub const SERIAL: &str = "103142718";
pub const LOGIN: &str = "jdupont";
pub const PIN: &str = "4576";

/// The clock.
pub struct Time {
    now: Cell<i64>,
    uptime: Cell<Duration>,
    /// Every wait that was asked for.
    pub slept: RefCell<Vec<Duration>>,
}

impl Time {
    fn advance(&self, seconds: i64) {
        self.now.set(self.now.get() + seconds);
        self.uptime.set(self.uptime.get() + Duration::from_secs(seconds.unsigned_abs()));
    }
}

impl Clock for Time {
    fn now(&self) -> UtcTime {
        UtcTime::from_epoch(self.now.get())
    }

    fn uptime(&self) -> Duration {
        self.uptime.set(self.uptime.get() + Duration::from_micros(10));
        self.uptime.get()
    }

    fn sleep(&self, span: Duration) {
        self.slept.borrow_mut().push(span);
        self.uptime.set(self.uptime.get() + span);
    }
}

/// Bytes in an order that is always the same: a linear congruential generator.
struct Sequence(AtomicU64);

impl Random for Sequence {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        let next = |now: u64| now.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        for byte in buffer {
            let former = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |now| Some(next(now))).unwrap();
            *byte = (next(former) >> 56) as u8;
        }
        Ok(())
    }
}

/// A disk of 100 GB, half full, unless a test says otherwise: the machine that runs the tests has any.
///
/// What lies in a folder `spool` may lie on another one.
pub struct Disk(pub Cell<Filesystem>, pub Cell<Option<Filesystem>>);

impl Disks for Disk {
    fn filesystem(&self, folder: &Path) -> io::Result<Filesystem> {
        let other = self.1.get().filter(|_| folder.ends_with("spool"));
        folder.metadata().map(|_| other.unwrap_or(self.0.get()))
    }
}

/// A log of the machine: what it was told, unless nothing listens.
#[derive(Default)]
pub struct Log {
    pub lines: RefCell<Vec<String>>,
    pub is_deaf: Cell<bool>,
}

impl Journal for Log {
    fn note(&self, text: &str) -> io::Result<()> {
        if self.is_deaf.get() {
            return Err(io::ErrorKind::NotFound.into());
        }
        self.lines.borrow_mut().push(text.to_owned());
        Ok(())
    }
}

/// The accounts of the tests.
const ACCOUNTS: &[(&str, u32)] = &[
    ("root", 0),
    ("admin", 1000),
    ("mdupuis", 1001),
    ("portal", 1002),
    ("night", 1003),
    ("auditor", 1004),
    ("chief", 1005),
    ("guest", 1006),
];

struct Machine;

impl Accounts for Machine {
    fn uid_of(&self, account: &str) -> Option<u32> {
        ACCOUNTS.iter().find(|(name, _)| *name == account).map(|(_, uid)| *uid)
    }
}

/// What somebody types, and how many seconds he lets pass before.
pub struct Typed {
    pub after: i64,
    pub text: String,
}

/// What a terminal was told.
#[derive(Default)]
struct Paper {
    out: String,
    err: String,
    both: String,
}

struct Script {
    interactive: bool,
    is_redirected: bool,
    columns: u16,
    lines: VecDeque<Typed>,
    input: Vec<u8>,
    time: Rc<Time>,
    paper: Rc<RefCell<Paper>>,
}

impl Script {
    fn next(&mut self) -> Option<String> {
        let typed = self.lines.pop_front()?;
        self.time.advance(typed.after);
        Some(typed.text)
    }
}

impl Terminal for Script {
    fn interactive(&self) -> bool {
        self.interactive
    }

    fn stdout_is_terminal(&self) -> bool {
        self.interactive && !self.is_redirected
    }

    fn width(&self) -> Option<u16> {
        Some(self.columns)
    }

    fn read_line(&mut self, _: usize) -> Result<Option<Line>, TerminalError> {
        Ok(self.next().map(|text| Zeroizing::new(text.into_bytes())))
    }

    fn read_all(&mut self, _: u64) -> Result<Line, TerminalError> {
        Ok(Zeroizing::new(std::mem::take(&mut self.input)))
    }

    fn take_input(&mut self) -> Box<dyn io::Read + Send> {
        Box::new(io::Cursor::new(std::mem::take(&mut self.input)))
    }

    fn ask(&mut self, prompt: &str) -> Result<Option<String>, TerminalError> {
        self.say(prompt);
        let text = self.next();
        self.paper.borrow_mut().both.push_str(&format!("{}\n", text.clone().unwrap_or_default()));
        Ok(text)
    }

    fn ask_secret(&mut self, prompt: &str) -> Result<Line, TerminalError> {
        self.say(prompt);
        self.paper.borrow_mut().both.push_str("(typed)\n");
        self.next().map(|text| Zeroizing::new(text.into_bytes())).ok_or(TerminalError::Interrupted)
    }

    fn ask_secret_after(&mut self, wait: &Wait<'_>, prompt: &str) -> Result<Line, TerminalError> {
        self.say(wait.sentence);
        let left = wait.until.since(self.time.now()).get();
        self.say(&format!("[{}]\n", (wait.tell)(Seconds::new(left))));
        let Some(next) = self.lines.front_mut().filter(|next| next.after >= left) else {
            let typed = self.next().map(|text| Zeroizing::new(text.into_bytes())).ok_or(TerminalError::Interrupted)?;
            self.say("(typed before they change)\n");
            return if typed.is_empty() { self.ask_secret(prompt) } else { Ok(typed) };
        };
        next.after -= left;
        self.time.advance(left);
        self.ask_secret(prompt)
    }

    fn answer(&mut self, bytes: &[u8]) -> io::Result<()> {
        let is_pdf = bytes.starts_with(b"%PDF");
        let text = if is_pdf { "(PDF)\n" } else { std::str::from_utf8(bytes).expect("other answers are UTF-8") };
        let mut paper = self.paper.borrow_mut();
        paper.out.push_str(text);
        paper.both.push_str(text);
        Ok(())
    }

    fn say(&mut self, text: &str) {
        let mut paper = self.paper.borrow_mut();
        paper.err.push_str(text);
        paper.both.push_str(text);
    }
}

/// One command and what came of it, with the folders of the test named HOME and TMP.
#[derive(Clone)]
pub struct Told {
    pub line: String,
    pub typed: Vec<String>,
    pub exit: u8,
    pub out: String,
    pub err: String,
    /// Both streams, as they came.
    pub both: String,
    /// How long it took by the clock that never goes back.
    pub took: Duration,
}

impl Told {
    /// Asserts the exit status.
    #[track_caller]
    pub fn exits(self, exit: u8) -> Self {
        assert_eq!(self.exit, exit, "{}", self.shown());
        self
    }

    /// Reads stdout as one JSON document.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.shown()))
    }

    /// Gives the ticket in the answer.
    #[track_caller]
    pub fn ticket(&self) -> String {
        self.word(|word| word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }

    /// Gives the activation code in the answer.
    #[track_caller]
    pub fn code(&self) -> String {
        let symbol = |byte: u8| b"23456789abcdefghjkmnpqrstuvwxyz".contains(&byte);
        self.word(|word| word.len() == 8 && word.bytes().all(symbol))
    }

    /// Gives the emergency codes in the answer, in their order.
    #[track_caller]
    pub fn emergency_codes(&self) -> Vec<String> {
        let symbol = |byte: u8| b"23456789abcdefghjkmnpqrstuvwxyz".contains(&byte);
        let is_code = |word: &&str| {
            // A word of the program's that looks like a code.
            *word != "accepted"
                && word.len() == 8
                && word.bytes().all(symbol)
                && word.starts_with(|first: char| first.is_ascii_lowercase())
        };
        let words = self.out.split(|letter: char| !letter.is_alphanumeric());
        let codes: Vec<String> = words.filter(is_code).map(str::to_owned).collect();
        assert_eq!(codes.len(), 10, "{}", self.shown());
        codes
    }

    #[track_caller]
    fn word(&self, fits: impl Fn(&str) -> bool) -> String {
        let mut words = self.out.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        words.find(|word| fits(word)).unwrap_or_else(|| panic!("{}", self.shown())).to_owned()
    }

    /// Gives both streams without the example of the guide, which is no secret though many tests use its PIN.
    pub fn heard(&self) -> String {
        let examples = ["4576 puis 768950 donnent 4576768950", "4576 and 768950 give 4576768950"];
        // A screen may have folded it anywhere.
        let heard = format!("{}\n{}", self.out, self.err).replace('\n', " ");
        examples.iter().fold(heard, |heard, example| heard.replace(example, ""))
    }

    /// Writes command, input, stdout, stderr (`!`) and exit status one below the other.
    pub fn shown(&self) -> String {
        let mut text = format!("$ cleotp {}\n", self.line);
        for typed in &self.typed {
            let _ = writeln!(text, "< {typed}");
        }
        text.push_str(&self.out);
        for line in self.err.lines() {
            let _ = writeln!(text, "! {line}");
        }
        let _ = writeln!(text, "({})", self.exit);
        text.replace('\u{feff}', "<BOM>").replace('\r', "<CR>")
    }
}

/// A home, and the machine around it.
pub struct World {
    folder: tempfile::TempDir,
    lang: &'static str,
    pub time: Rc<Time>,
    random: Rc<dyn Random>,
    pub disks: Rc<Disk>,
    /// Who opens OpenPGP messages: nobody, unless a test says otherwise.
    pub openpgp: RefCell<Rc<dyn Unwrap>>,
    /// The log of the machine.
    pub journal: Rc<Log>,
    /// Who calls: who installed it, unless a test says otherwise.
    pub caller: RefCell<Caller>,
    /// What a login server says of a request, in variables.
    pub variables: RefCell<Variables>,
    /// The columns of the screen.
    pub columns: Cell<u16>,
    /// Everything that was run.
    pub told: RefCell<Vec<Told>>,
}

/// Makes a folder whose path has always the same length: lines are folded by it.
fn folder() -> tempfile::TempDir {
    const LENGTH: usize = 32;
    let random = LENGTH.saturating_sub(std::env::temp_dir().as_os_str().len() + "/.tmp".len()).max(6);
    tempfile::Builder::new().rand_bytes(random).tempdir().expect("a folder can be made")
}

impl World {
    /// Makes a folder in which nothing is installed, for somebody who reads `fr` or `en`.
    pub fn empty(lang: &'static str) -> Self {
        Self::drawing(lang, 1)
    }

    /// As [`World::empty`], with another order of random bytes.
    pub fn drawing(lang: &'static str, seed: u64) -> Self {
        let folder = folder();
        let uptime = Cell::new(Duration::from_secs(1_000));
        let time = Time { now: Cell::new(START), uptime, slept: RefCell::default() };
        let random = Rc::new(Sequence(AtomicU64::new(seed)));
        let disk = Filesystem {
            kind: FilesystemKind::Local,
            read_only: false,
            size: 100_000_000_000,
            free: 50_000_000_000,
            files: 6_000_000,
            files_free: 5_000_000,
            device: 1,
        };
        let disks = Rc::new(Disk(Cell::new(disk), Cell::new(None)));
        // Somebody sets the clock of the machine, and nothing else is known of it.
        std::fs::create_dir_all(folder.path().join("machine/run/chrony")).expect("a folder can be made");
        std::fs::write(folder.path().join("machine/run/chrony/chronyd.pid"), "1\n").expect("a file can be written");
        let columns = Cell::new(80);
        let openpgp: RefCell<Rc<dyn Unwrap>> = RefCell::new(Rc::new(NoProgram));
        let journal = Rc::new(Log::default());
        let caller = RefCell::new(Caller { uid: 1000, name: "admin".to_owned(), via: Via::Direct, login: None });
        let (variables, told) = (RefCell::default(), RefCell::default());
        let time = Rc::new(time);
        Self { folder, lang, time, random, disks, openpgp, journal, caller, variables, columns, told }
    }

    /// Installs, imports the demonstration's keys, and adds an establishment and a user.
    pub fn furnished(lang: &'static str) -> Self {
        let world = Self::empty(lang);
        world.run("init").exits(0);
        world.run(&format!("import {SEEDS}")).exits(0);
        world.run("establishment add 0860034V 'Lycée Aliénor'").exits(0);
        world.run("user add jdupont --name 'Jeanne Dupont' --establishment 0860034V").exits(0);
        world
    }

    /// As [`World::furnished`], with a key that is handed over and activated.
    pub fn activated(lang: &'static str) -> Self {
        let world = Self::furnished(lang);
        world.run("key assign 103142718 jdupont").exits(0);
        let code = world.run("activation new jdupont").exits(0).code();
        world.pipe("activate jdupont 103142718", &[&code]).exits(0);
        world
    }

    /// As [`World::activated`], with a PIN that is set and confirmed; the clock stands two minutes later.
    pub fn in_use(lang: &'static str) -> Self {
        let world = Self::activated(lang);
        let ticket = world.pipe("check jdupont", &[&world.display(0)]).exits(10).ticket();
        world.pipe("pin set jdupont --ticket", &[&ticket, PIN, PIN]).exits(0);
        world.advance(60);
        world.pipe("check jdupont", &[&world.passcode(0)]).exits(0);
        world.advance(60);
        world
    }

    /// Lets an account of the tests, or one that is none, call from now on.
    pub fn call_as(&self, account: &str, via: Via) {
        let uid = Machine.uid_of(account).unwrap_or(4_000);
        *self.caller.borrow_mut() = Caller { uid, name: account.to_owned(), via, login: None };
    }

    /// Lets time pass.
    pub fn advance(&self, seconds: i64) {
        self.time.advance(seconds);
    }

    /// Reads the clock, in seconds since 1970.
    pub fn time_now(&self) -> i64 {
        self.time.now.get()
    }

    /// Reads the key's display, some steps after now.
    pub fn display(&self, steps: i64) -> String {
        code(SERIAL, self.time.now.get(), steps)
    }

    /// Puts the PIN before what the display shows.
    pub fn passcode(&self, steps: i64) -> String {
        format!("{PIN}{}", self.display(steps))
    }

    /// Names the home.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Names the root of the files that the doctor takes for those of the machine.
    pub fn machine(&self) -> PathBuf {
        self.folder.path().join("machine")
    }

    /// Gives the path of what lies beside the home.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Lays a file beside the home, closed to others; its name in command lines is `TMP/name`.
    pub fn lay(&self, name: &str, contents: &[u8]) -> PathBuf {
        let path = self.beside(name);
        std::fs::write(&path, contents).expect("a file can be written");
        set_mode(&path, 0o600);
        path
    }

    /// Runs a command without anything to read.
    #[track_caller]
    pub fn run(&self, line: &str) -> Told {
        self.pipe(line, &[])
    }

    /// Runs a command with lines on stdin.
    #[track_caller]
    pub fn pipe(&self, line: &str, typed: &[&str]) -> Told {
        let lines = typed.iter().map(|text| Typed { after: 0, text: (*text).to_owned() });
        self.start(line, false, lines.collect(), Vec::new())
    }

    /// Runs a command with a file on stdin.
    #[track_caller]
    pub fn feed(&self, line: &str, input: &[u8]) -> Told {
        self.start(line, false, VecDeque::new(), input.to_vec())
    }

    /// Runs a command at a terminal where somebody types, each time after some seconds; its answer may go to a file, by ` > `.
    #[track_caller]
    pub fn sit(&self, line: &str, typed: Vec<(i64, String)>) -> Told {
        let lines = typed.into_iter().map(|(after, text)| Typed { after, text });
        self.start(line, true, lines.collect(), Vec::new())
    }

    #[track_caller]
    fn start(&self, line: &str, interactive: bool, lines: VecDeque<Typed>, input: Vec<u8>) -> Told {
        let paper = Rc::new(RefCell::new(Paper::default()));
        let (run, is_redirected) = line.split_once(" > ").map_or((line, false), |(run, _)| (run, true));
        let typed: Vec<String> = lines.iter().map(|typed| typed.text.clone()).collect();
        let (columns, time) = (self.columns.get(), Rc::clone(&self.time));
        let script = Script { interactive, is_redirected, columns, lines, input, time, paper: Rc::clone(&paper) };
        let caller = self.caller.borrow().clone();
        let is_through_sudo = caller.via == Via::Sudo;
        let mut host = Host {
            clock: Rc::clone(&self.time) as Rc<dyn Clock>,
            random: Rc::clone(&self.random),
            disks: Rc::clone(&self.disks) as Rc<dyn Disks>,
            openpgp: Rc::clone(&self.openpgp.borrow()),
            journal: Rc::clone(&self.journal) as Rc<dyn Journal>,
            terminal: Box::new(script),
            environment: Environment {
                // Through sudo no variable names the home: it is that of the system.
                cleotp_home: Some(self.home()).filter(|_| !is_through_sudo),
                lang: Some(self.lang.to_owned()),
                term: Some("xterm".to_owned()),
                variables: self.variables.borrow().clone(),
                machine_root: self.machine(),
                system_home: if is_through_sudo { self.home() } else { self.folder.path().join("no-system-home") },
                ..Environment::default()
            },
            accounts: Rc::new(Machine),
            caller,
            step_back: || (),
        };
        let words = words(&self.placed(run)).into_iter();
        let args = std::iter::once("cleotp".to_owned()).chain(words).map(OsString::from);
        let began = self.time.uptime.get();
        let exit = cleotp::run(args, &mut host).number();
        let took = self.time.uptime.get().saturating_sub(began);
        let paper = paper.borrow();
        let [out, err, both] = [&paper.out, &paper.err, &paper.both].map(|text| self.named(text));
        let told = Told { line: line.to_owned(), typed, exit, out, err, both, took };
        self.told.borrow_mut().push(told.clone());
        told
    }

    fn placed(&self, line: &str) -> String {
        let folder = self.folder.path().display().to_string();
        line.replace("HOME", &format!("{folder}/home")).replace("TMP", &folder)
    }

    fn named(&self, text: &str) -> String {
        let folder = self.folder.path().display().to_string();
        text.replace(&format!("{folder}/home"), "HOME").replace(&folder, "TMP")
    }

    /// Writes all that was run as one text.
    pub fn story(&self) -> String {
        self.told.borrow().iter().map(Told::shown).collect::<Vec<_>>().join("\n")
    }

    /// Forgets what was run until now.
    pub fn forget(&self) {
        self.told.borrow_mut().clear();
    }

    /// Counts the rows of every table but the audit, and reads how far the audit goes.
    pub fn dump(&self) -> (String, i64) {
        let database = rusqlite::Connection::open(self.home().join("cleotp.db")).unwrap();
        let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('audit', 'sqlite_sequence')";
        let mut tables = database.prepare(&format!("{tables} ORDER BY name")).unwrap();
        let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let count = |name: &String| -> i64 {
            database.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| row.get(0)).unwrap()
        };
        let counts = names.iter().map(|name| format!("{name} {}", count(name))).collect::<Vec<_>>().join(", ");
        let last = database.query_row("SELECT coalesce(max(seq), 0) FROM audit", [], |row| row.get(0)).unwrap();
        (counts, last)
    }
}

/// Opens or closes a file or folder to others.
pub fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("modes can be changed");
}

/// Cuts a command line into words; single quotes hold blanks together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut begun, mut quoted) = (String::new(), false, false);
    for letter in line.chars() {
        match letter {
            '\'' => (quoted, begun) = (!quoted, true),
            ' ' if !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            letter => {
                word.push(letter);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

/// Reads the seed of a key in the demonstration's file.
pub fn seed(serial: &str) -> Vec<u8> {
    let file = std::fs::read_to_string(SEEDS).expect("the fixture is there");
    let package = file.split("<KeyPackage>").find(|package| package.contains(&format!("<SerialNo>{serial}<")));
    let secret = package.and_then(|package| package.split("<Secret><PlainValue>").nth(1)).expect("the key is there");
    BASE64.decode(secret.split('<').next().unwrap_or_default().as_bytes()).expect("the seed is Base64")
}

/// Computes what a key shows (RFC 6238, HMAC-SHA-1, six digits, sixty seconds), some steps after a moment.
pub fn code(serial: &str, at: i64, steps: i64) -> String {
    code_of(&seed(serial), at.div_euclid(60) + steps)
}

/// Computes the code of a counter (RFC 4226, six digits).
pub fn code_of(seed: &[u8], counter: i64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(seed).expect("a seed of any length");
    mac.update(&counter.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash[19] & 15);
    let word = u32::from_be_bytes([hash[offset] & 127, hash[offset + 1], hash[offset + 2], hash[offset + 3]]);
    format!("{:06}", word % 1_000_000)
}
