//! The procedures over a real database file, with a clock that the test sets.

mod activation;
mod audit;
mod batches;
mod campaigns;
mod checks;
mod clocks;
mod emergencies;
mod forged;
mod histories;
mod host;
mod imports;
mod leavers;
mod life;
mod mass_failure;
mod movers;
mod operators;
mod pins;
mod refusals;
mod replace;
mod reports;
mod scopes;
mod tries;
mod two_keys;

use super::errand::SLOWEST_REFUSAL;
use super::*;
use crate::audit::{Action, Outcome, Record};
use crate::establishment::Uai;
use crate::import::{Guidance, Problem};
use crate::key::{Key, Serial, State};
use crate::openpgp::Opener;
use crate::operator::{Operator, Via};
use crate::otp::{self, Algorithm, Digits, Hash, Parameters, Period, Seed, Step};
use crate::random::Lcg;
use crate::store::behind::Behind;
use crate::store::{Database, KeyFilter};
use crate::throttle::Lock;
use crate::user::Login;
use host::TestClock;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

const DEMO: &[u8] = include_bytes!("../../../fixtures/seeds/pskc-demo.xml");
/// Alice's key, and one that stays in stock.
pub(super) const KEY: &str = "103142718";
pub(super) const OTHER: &str = "103142719";
const SEEDS: [(&str, &[u8]); 2] = [(KEY, b"3SR0NJGL1j42TfFVBvdT756eI7s="), (OTHER, b"FuGZBXiiEyIUMAP2bQfnaMEssUY=")];
const UAI: &str = "0860034V";
pub(super) const PIN: &str = "4576";
const S: i64 = 30_000_000;

/// An installation; when it is left, its audit must be intact.
pub(super) struct House {
    _directory: tempfile::TempDir,
    pub(super) path: PathBuf,
    key_file: Zeroizing<String>,
    pub(super) clock: TestClock,
    random: Lcg,
    vault: Vault,
}

fn operator() -> Operator {
    Operator { uid: 1000, name: "delegue".to_owned(), via: Via::Direct, login: None }
}

fn desk_on<'d>(path: &Path, vault: &'d Vault, clock: &'d dyn Clock, random: &'d dyn Random) -> Desk<'d> {
    let work = pin::Work { memory: 64, passes: 1 };
    let store = Store::new(Database::open(path).unwrap(), vault, clock, operator());
    Desk { store, vault, clock, random, policy: Policy { work, ..Policy::default() }, openpgp: Opener::none() }
}

impl House {
    /// An installation with nothing in it.
    pub(super) fn empty() -> Self {
        // In memory where there is any: a disk that is waited for shows nothing more.
        let memory = Path::new("/dev/shm");
        let directory = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let path = directory.path().join("cleotp.db");
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).unwrap();
        let (clock, random) = (TestClock::at(S), Lcg::new(7));
        let installation = Installation::draw(&random).unwrap();
        install(&installation, &path, &operator(), &operator(), &clock).unwrap();
        let (_, vault) = open(&path, installation.key_file.as_bytes()).unwrap();
        Self { _directory: directory, path, key_file: installation.key_file.clone(), clock, random, vault }
    }

    /// One establishment, Alice and Bob, and five keys in stock.
    pub(super) fn furnished() -> Self {
        let house = Self::empty();
        let mut desk = house.desk();
        desk.add_establishment(&NewEstablishment { uai: uai(), name: "Lycée".parse().unwrap() }).unwrap();
        for name in ["alice", "bob"] {
            let name = name.to_owned();
            let new = NewUser { login: login(&name), name: name.parse().unwrap(), establishments: vec![uai()] };
            desk.add_user(&new).unwrap();
        }
        let report = house.import(DEMO, false);
        assert_eq!((report.answer, report.new), (ImportAnswer::Imported, 5));
        drop(desk);
        house
    }

    /// Alice has activated her key and chosen no PIN.
    pub(super) fn activated() -> Self {
        let house = Self::furnished();
        house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
        let issued = house.desk().issue_activation(&login("alice"), None).unwrap();
        assert_eq!(issued.serial, Some(serial(KEY)));
        assert_eq!(house.activate("alice", KEY, issued.code.expose()), Activated::Yes);
        house
    }

    /// Alice's key has a PIN that was used once; the present step is fresh.
    pub(super) fn in_use() -> Self {
        let house = Self::activated();
        house.choose_pin("alice", PIN);
        house.minutes(1);
        assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
        house.minutes(1);
        house
    }

    /// Bob has activated the other key and chosen no PIN.
    pub(super) fn equip_bob(&self) {
        self.desk().assign_key(&serial(OTHER), &login("bob")).unwrap();
        let issued = self.desk().issue_activation(&login("bob"), None).unwrap();
        assert_eq!(self.activate("bob", OTHER, issued.code.expose()), Activated::Yes);
    }

    pub(super) fn desk(&self) -> Desk<'_> {
        desk_on(&self.path, &self.vault, &self.clock, &self.random)
    }

    /// Does one thing to one key.
    pub(super) fn does(&self, key: &str, deed: Deed<'_>) -> Result<Moved, Error> {
        let mut answer = self.desk().move_keys(&[Row { line: 0, value: serial(key) }], deed, false)?;
        match &mut answer {
            Ok(moved) => Ok(moved.remove(0)),
            Err(refused) => Err(refused.remove(0).value),
        }
    }

    /// The desk of an account that came through sudo.
    pub(super) fn desk_of(&self, uid: u32, name: &str) -> Desk<'_> {
        let mut desk = self.desk();
        let operator = Operator { uid, name: name.to_owned(), via: Via::Sudo, login: None };
        desk.store = Store::new(Database::open(&self.path).unwrap(), &self.vault, &self.clock, operator);
        desk
    }

    pub(super) fn minutes(&self, minutes: i64) {
        self.seconds(minutes * 60);
    }

    fn seconds(&self, seconds: i64) {
        self.clock.now.set(self.clock.now.get() + seconds);
    }

    /// What Alice's key shows so many steps from now.
    pub(super) fn shown(&self, offset: i64) -> String {
        self.shown_by(KEY, offset)
    }

    pub(super) fn shown_by(&self, key: &str, offset: i64) -> String {
        code_of(key, self.clock.now.get().div_euclid(60) + offset)
    }

    pub(super) fn check(&self, name: &str, pin: &str, offset: i64) -> Answer {
        self.type_in(name, &format!("{pin}{}", self.shown(offset)), None)
    }

    fn type_in(&self, name: &str, typed: &str, ticket: Option<&str>) -> Answer {
        let before = self.clock.uptime();
        let request = Request { aim: Aim::Enter, login: &login(name), typed, ticket, source: None };
        let answer = self.desk().check(&request).unwrap();
        if matches!(answer, Answer::Refused) {
            assert!(self.clock.uptime() - before >= SLOWEST_REFUSAL, "a refusal was answered too early");
        }
        answer
    }

    /// Checks what must be refused, and told of in exactly one event; gives the reason.
    pub(super) fn refused(&self, name: &str, typed: &str, ticket: Option<&str>) -> String {
        let before = self.events();
        let answer = self.type_in(name, typed, ticket);
        assert!(matches!(answer, Answer::Refused), "{answer:?}");
        let events = self.events();
        let told: Vec<&Record> =
            events[before.len()..].iter().filter(|record| record.event.outcome == Outcome::Refused).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        told[0].event.reason.clone().unwrap()
    }

    /// Wrong tries with the right PIN, with the wait before each sat out.
    fn fail(&self, tries: u32) {
        for _ in 0..tries {
            assert_eq!(self.refused("alice", &format!("{PIN}{}", self.wrong()), None), "wrong-code");
            self.minutes(16);
        }
    }

    /// A code that Alice's key does not show anywhere near.
    pub(super) fn wrong(&self) -> String {
        let near: Vec<String> = (-80..=80).map(|offset| self.shown(offset)).collect();
        (0..).map(|number| format!("{number:06}")).find(|code| !near.contains(code)).unwrap()
    }

    pub(super) fn new_pin_ticket(&self, name: &str) -> String {
        match self.check(name, "", 0) {
            Answer::NewPinRequired(challenge) => challenge.ticket.to_string(),
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn next_code_ticket(&self, name: &str, pin: &str, offset: i64) -> String {
        match self.check(name, pin, offset) {
            Answer::NextCodeRequired(challenge) => challenge.ticket.to_string(),
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn set_pin(&self, name: &str, ticket: &str, typed: &str, again: &str) -> PinAnswer {
        self.desk().set_pin(&PinChoice { login: &login(name), ticket, typed, again }).unwrap()
    }

    pub(super) fn choose_pin(&self, name: &str, pin: &str) {
        let ticket = self.new_pin_ticket(name);
        let answer = self.set_pin(name, &ticket, pin, pin);
        assert!(matches!(answer, PinAnswer::Set { .. }), "{answer:?}");
    }

    pub(super) fn activate(&self, name: &str, key: &str, code: &str) -> Activated {
        let before = self.clock.uptime();
        let answer = self.desk().activate(&login(name), &serial(key), code).unwrap();
        if answer == Activated::No {
            assert!(self.clock.uptime() - before >= SLOWEST_REFUSAL);
        }
        answer
    }

    /// Claims what must be refused; gives the reason of the audit.
    pub(super) fn activation_refused(&self, name: &str, key: &str, code: &str) -> String {
        let before = self.events().len();
        assert_eq!(self.activate(name, key, code), Activated::No);
        let events = self.events();
        let told = events[before..].iter().find(|record| record.event.outcome == Outcome::Refused).unwrap();
        assert_eq!(told.event.action, Action::Activate);
        told.event.reason.clone().unwrap()
    }

    pub(super) fn import(&self, bytes: &[u8], dry_run: bool) -> FileReport {
        let (mut source, guidance) = (std::io::Cursor::new(bytes), Guidance::default());
        let mut file = SeedFile { dry_run, establishment: Some(&uai()), ..self.file_of(&mut source, &guidance) };
        self.desk().import_file(&mut file).unwrap()
    }

    /// A file that nothing is said of.
    fn file_of<'f>(&self, source: &'f mut dyn crate::import::Source, guidance: &'f Guidance) -> SeedFile<'f> {
        SeedFile {
            name: "pskc-demo.xml",
            source,
            format: None,
            guidance,
            establishment: None,
            allow_weak_seeds: false,
            partial: false,
            replace: false,
            rejects: None,
            watch: Box::leak(Box::new(|_| {})),
            dry_run: false,
        }
    }

    fn resync(&self, name: &str, offsets: &[i64]) -> ResyncAnswer {
        let whose = Whose { serial: name.parse().ok(), login: name.parse().ok(), text: name.to_owned() };
        let codes: Vec<String> = offsets.iter().map(|offset| self.shown(*offset)).collect();
        let typed: Vec<&str> = codes.iter().map(String::as_str).collect();
        self.desk().resync(&whose, &typed).unwrap()
    }

    pub(super) fn key(&self) -> Key {
        self.in_full().key
    }

    fn in_full(&self) -> KeyInFull {
        self.desk().show_key(&serial(KEY)).unwrap()
    }

    pub(super) fn events(&self) -> Vec<Record> {
        self.events_of(&AuditFilter::default())
    }

    pub(super) fn events_of(&self, filter: &AuditFilter) -> Vec<Record> {
        self.desk().list_audit(filter).unwrap().map(Result::unwrap).collect()
    }

    /// The events with a reason.
    pub(super) fn told(&self, reason: &str) -> Vec<Record> {
        self.events().into_iter().filter(|record| record.event.reason.as_deref() == Some(reason)).collect()
    }

    /// The file behind the program's back.
    pub(super) fn behind(&self) -> Behind {
        Behind::open(&self.path)
    }

    pub(super) fn rows(&self, table: &str) -> i64 {
        self.behind().rows(table)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let verified = self.desk().verify_audit(Vec::new()).unwrap();
            assert!(!verified.is_cut);
            assert_eq!(verified.chain.first_bad, None);
            assert!(verified.chain.events > 0);
        }
    }
}

pub(super) fn login(text: &str) -> Login {
    text.parse().unwrap()
}

pub(super) fn serial(text: &str) -> Serial {
    text.parse().unwrap()
}

/// A row of a list, whatever its line.
pub(super) fn listed<T>(value: T) -> Row<T> {
    Row { line: 1, value }
}

pub(super) fn uai() -> Uai {
    UAI.parse().unwrap()
}

fn code_of(key: &str, step: i64) -> String {
    let (_, text) = SEEDS.iter().find(|(known, _)| *known == key).unwrap();
    let seed = Seed::new(Zeroizing::new(data_encoding::BASE64.decode(text).unwrap())).unwrap();
    let parameters = Parameters { algorithm: Algorithm::Totp(Hash::Sha1), digits: Digits::SIX, period: Period::MINUTE };
    otp::compute(&parameters, &serial(key), &seed, Step::new(step)).unwrap().expose(Digits::SIX).to_string()
}

/// Does something at eight desks at once, each with its own connection, clock and vault; gives how often it came true.
fn at_eight_desks(house: &House, act: impl Fn(&mut Desk<'_>) -> bool + Sync) -> usize {
    let (path, key_file, now) = (&house.path, &house.key_file, house.clock.now.get());
    let act = &act;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|number| {
                scope.spawn(move || {
                    let clock = TestClock::at(0);
                    clock.now.set(now);
                    let random = Lcg::new(1_000 + number);
                    let (_, vault) = open(path, key_file.as_bytes()).unwrap();
                    act(&mut desk_on(path, &vault, &clock, &random))
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).filter(|came_true| *came_true).count()
    })
}
