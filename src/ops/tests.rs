//! The procedures over a real database file, with a clock that the test sets.

use super::errand::SLOWEST_REFUSAL;
use super::*;
use crate::audit::{Action, Outcome, Record};
use crate::establishment::Uai;
use crate::import::{Guidance, Problem};
use crate::key::{Key, Serial, State};
use crate::openpgp::Opener;
use crate::operator::{Operator, Via};
use crate::otp::{self, Algorithm, Digits, Hash, Parameters, Period, Seed, Step};
use crate::random::NoRandomness;
use crate::store::{Database, KeyFilter};
use crate::throttle::Lock;
use crate::user::Login;
use std::cell::Cell;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

const DEMO: &[u8] = include_bytes!("../../fixtures/seeds/pskc-demo.xml");
/// Alice's key, and one that stays in stock.
pub(super) const KEY: &str = "103142718";
pub(super) const OTHER: &str = "103142719";
const SEEDS: [(&str, &[u8]); 2] = [(KEY, b"3SR0NJGL1j42TfFVBvdT756eI7s="), (OTHER, b"FuGZBXiiEyIUMAP2bQfnaMEssUY=")];
const UAI: &str = "0860034V";
pub(super) const PIN: &str = "4576";
const S: i64 = 30_000_000;

pub(super) struct TestClock {
    now: Cell<i64>,
    uptime: Cell<Duration>,
}

impl TestClock {
    fn at(step: i64) -> Self {
        Self { now: Cell::new(step * 60), uptime: Cell::new(Duration::ZERO) }
    }
}

impl Clock for TestClock {
    fn now(&self) -> UtcTime {
        UtcTime::from_epoch(self.now.get())
    }

    fn uptime(&self) -> Duration {
        self.uptime.get()
    }

    fn sleep(&self, span: Duration) {
        self.uptime.set(self.uptime.get() + span);
    }
}

/// Gives bytes that look random and are the same in each run.
struct Counting(Cell<u64>);

impl Random for Counting {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        for byte in buffer {
            self.0.set(self.0.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
            *byte = (self.0.get() >> 56) as u8;
        }
        Ok(())
    }
}

/// An installation; when it is left, its audit must be intact.
pub(super) struct House {
    _directory: tempfile::TempDir,
    pub(super) path: PathBuf,
    key_file: Zeroizing<String>,
    pub(super) clock: TestClock,
    random: Counting,
    vault: Vault,
}

fn operator() -> Operator {
    Operator { uid: 1000, name: "delegue".to_owned(), via: Via::Direct }
}

fn desk_on<'d>(path: &Path, vault: &'d Vault, clock: &'d dyn Clock, random: &'d dyn Random) -> Desk<'d> {
    let work = pin::Work { memory: 64, passes: 1 };
    let store = Store::new(Database::open(path).unwrap(), vault, clock, operator());
    Desk { store, vault, clock, random, policy: Policy { work, ..Policy::default() }, openpgp: Opener::none() }
}

impl House {
    /// An installation with nothing in it.
    pub(super) fn empty() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("cleotp.db");
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).unwrap();
        let (clock, random) = (TestClock::at(S), Counting(Cell::new(7)));
        let installation = Installation::draw(&random).unwrap();
        install(&installation, &path, &operator(), &clock).unwrap();
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
        let mut source = std::io::Cursor::new(bytes);
        let mut file = SeedFile {
            name: "pskc-demo.xml",
            source: &mut source,
            format: None,
            guidance: &Guidance::default(),
            establishment: Some(&uai()),
            allow_weak_seeds: false,
            partial: false,
            replace: false,
            rejects: None,
            watch: &mut |_| {},
            dry_run,
        };
        self.desk().import_file(&mut file).unwrap()
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
        self.desk().list_audit(&AuditFilter::default()).unwrap()
    }

    /// The events with a reason.
    pub(super) fn told(&self, reason: &str) -> Vec<Record> {
        self.events().into_iter().filter(|record| record.event.reason.as_deref() == Some(reason)).collect()
    }

    /// Changes the file behind the program's back.
    pub(super) fn tamper(&self, sql: &str) {
        rusqlite::Connection::open(&self.path).unwrap().execute_batch(sql).unwrap();
    }

    pub(super) fn count(&self, sql: &str) -> i64 {
        rusqlite::Connection::open(&self.path).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let verified = self.desk().verify_audit().unwrap();
            assert!(!verified.is_cut);
            assert_eq!(verified.first_bad, None);
            assert!(verified.events > 0);
        }
    }
}

pub(super) fn login(text: &str) -> Login {
    text.parse().unwrap()
}

pub(super) fn serial(text: &str) -> Serial {
    text.parse().unwrap()
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

#[test]
fn of_many_conflicts_the_first_are_told_and_how_many_there_are() {
    let house = House::furnished();
    let list = |salt: usize| {
        (0..250).map(move |n| {
            format!("{},{:040x},totp,6,60\n", 55_000_000 + n, (n + salt) * 7_919 + 0x0123_4567_89ab_cdef_usize)
        })
    };
    let file = |salt| list(salt).collect::<String>();
    assert_eq!(house.import(file(0).as_bytes(), false).new, 250);
    let report = house.import(file(1_000).as_bytes(), false);
    assert_eq!((report.answer, report.conflict), (ImportAnswer::Rejected, 250));
    let told = report.findings.iter().filter(|finding| finding.problem.code() == "conflict").count();
    assert_eq!(told, 100);
    assert_eq!(report.findings.last().unwrap().problem, Problem::TooManyErrors { total: 250 });
}

#[test]
fn what_a_killed_import_has_left_is_seen_by_nobody_and_taken_away_by_the_next() {
    let house = House::furnished();
    let seen = |house: &House| {
        let desk = house.desk();
        let keys = desk.store.read().keys(&KeyFilter::default()).unwrap().len();
        (keys, desk.list_batches().unwrap().len(), desk.list_establishments().unwrap()[0].keys)
    };
    let before = seen(&house);
    let list: String = (0..9_000)
        .map(|n| format!("{},{:040x},totp,6,60\n", 55_000_000 + n, n * 7_919 + 0x1234_5678_9abc_def1u64))
        .collect();
    let report = house.import(list.as_bytes(), false);
    assert_eq!((report.new, report.batch), (9_000, Some(2)));
    assert_ne!(seen(&house), before);
    house.tamper(
        "UPDATE batches SET is_open = 1, format = '' WHERE id = 2; DELETE FROM keys WHERE serial > '55004000' AND batch_id = 2",
    );
    assert_eq!(seen(&house), before);
    let report = house.import(list.as_bytes(), true);
    assert_eq!((report.new, report.identical, report.answer), (9_000, 0, ImportAnswer::Imported));
    let report = house.import(list.as_bytes(), false);
    assert_eq!((report.new, report.identical, report.batch), (9_000, 0, Some(2)));
}

#[test]
fn a_refused_file_leaves_neither_keys_nor_a_number() {
    let house = House::furnished();
    let keys = house.count("SELECT count(*) FROM keys");
    let good: String = (0..9_000)
        .map(|n| format!("{},{:040x},totp,6,60\n", 55_000_000 + n, n * 7_919 + 0x1234_5678_9abc_def1u64))
        .collect();
    let report = house.import(format!("{good}77,31,totp\n").as_bytes(), false);
    assert_eq!((report.answer, report.batch, report.new), (ImportAnswer::Rejected, None, 9_000));
    assert_eq!((house.count("SELECT count(*) FROM keys"), house.count("SELECT count(*) FROM batches")), (keys, 1));
    assert_eq!(house.import(good.as_bytes(), false).batch, Some(2));
}

#[test]
fn keys_that_share_a_serial_come_in_under_their_ids_only() {
    let house = House::furnished();
    let before = house.desk().store.read().keys(&KeyFilter::default()).unwrap().len();
    let report = house.import(include_bytes!("../../fixtures/seeds/pskc-namesakes.xml"), false);
    assert_eq!((report.read, report.new, report.identical, report.conflict), (3, 3, 0, 0));
    let keys = house.desk().store.read().keys(&KeyFilter::default()).unwrap();
    let serials: Vec<&str> = keys.iter().map(|key| key.serial.as_str()).collect();
    assert_eq!(keys.len(), before + 3);
    assert!(serials.contains(&"9999999#3") && serials.contains(&"9999999#4") && !serials.contains(&"9999999"));
}

#[test]
fn the_guide_from_end_to_end() {
    let house = House::activated();
    assert_eq!(house.key().state, State::Active);
    let ticket = house.new_pin_ticket("alice");
    assert!(matches!(house.set_pin("alice", &ticket, PIN, PIN), PinAnswer::Set { .. }));
    assert!(house.key().pin.is_provisional());
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "replay");
    house.minutes(1);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    assert_eq!(house.key().pin, pin::Standing::Set);
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "replay");
    assert!(matches!(house.resync("alice", &[37, 38]), ResyncAnswer::Resynchronised(found) if found.drift == Some(38)));
    house.minutes(1);
    assert!(matches!(house.check("ALICE", PIN, 39), Answer::Accepted));
    house.desk().reset_pins(&[login("alice")]).unwrap();
    assert!(house.key().pin.is_none());
    house.minutes(1);
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(39)), None), "no-pin-yet");
    assert!(matches!(house.check("alice", "", 39), Answer::NewPinRequired(_)));
}

#[test]
fn a01_a_replay_is_refused_in_its_step_and_the_next_and_counts_for_the_waits() {
    let house = House::in_use();
    let typed = format!("{PIN}{}", house.shown(0));
    assert!(matches!(house.type_in("alice", &typed, None), Answer::Accepted));
    let watermark = house.key().watermark;
    assert_eq!(house.refused("alice", &typed, None), "replay");
    house.minutes(1);
    assert_eq!(house.refused("alice", &typed, None), "replay");
    assert_eq!(house.key().watermark, watermark);
    let tally = house.in_full().tally;
    assert_eq!((tally.unforgiven, tally.failures), (2, 0));
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
                    let random = Counting(Cell::new(1_000 + number));
                    let (_, vault) = open(path, key_file.as_bytes()).unwrap();
                    act(&mut desk_on(path, &vault, &clock, &random))
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).filter(|came_true| *came_true).count()
    })
}

#[test]
fn a02_the_same_passcode_at_many_desks_at_once_opens_once() {
    let house = House::in_use();
    let typed = format!("{PIN}{}", house.shown(0));
    let opened = at_eight_desks(&house, |desk| {
        let request = Request { aim: Aim::Enter, login: &login("alice"), typed: &typed, ticket: None, source: None };
        matches!(desk.check(&request).unwrap(), Answer::Accepted)
    });
    assert_eq!(opened, 1);
}

#[test]
fn a05_what_has_not_the_form_of_a_passcode_is_refused_and_counted() {
    let house = House::in_use();
    for (number, typed) in ["", " 123456", "４５７６768950"].iter().enumerate() {
        assert_eq!(house.refused("alice", typed, None), "grammar");
        assert_eq!(house.in_full().tally.both_wrong, number as u32 + 1);
    }
}

#[test]
fn a10_codes_of_a_resynchronisation_are_spent_for_every_other_path() {
    let house = House::in_use();
    assert!(matches!(house.resync(KEY, &[0, 1]), ResyncAnswer::Resynchronised(_)));
    for offset in [0, 1] {
        assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(offset)), None), "replay");
    }
    let again = house.resync(KEY, &[1, 2]);
    assert!(matches!(again, ResyncAnswer::Refused { reason: passcode::Reason::Replay, .. }), "{again:?}");
}

#[test]
fn a16_a_key_given_to_another_user_opens_with_nothing_of_the_first() {
    let house = House::in_use();
    let last = house.shown(0);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    let watermark = house.key().watermark;
    house.desk().unassign_keys(&[serial(KEY)]).unwrap();
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(1)), None), "no-active-key");
    house.desk().assign_key(&serial(KEY), &login("bob")).unwrap();
    let issued = house.desk().issue_activation(&login("bob"), None).unwrap();
    assert_eq!(house.activate("bob", KEY, issued.code.expose()), Activated::Yes);
    assert_eq!(house.key().watermark, watermark);
    assert_eq!(house.refused("bob", &format!("{PIN}{}", house.shown(1)), None), "no-pin-yet");
    assert_eq!(house.refused("bob", &last, None), "replay");
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(1)), None), "no-active-key");
    house.minutes(1);
    assert!(matches!(house.check("bob", "", 0), Answer::NewPinRequired(_)));
}

#[test]
fn b02_a_new_pin_opens_with_a_later_code_only() {
    let house = House::activated();
    let earlier = house.shown(-1);
    let same = house.shown(0);
    house.choose_pin("alice", PIN);
    assert_eq!(house.refused("alice", &format!("{PIN}{same}"), None), "replay");
    assert_eq!(house.refused("alice", &format!("{PIN}{earlier}"), None), "replay");
    assert!(matches!(house.check("alice", PIN, 1), Answer::Accepted));
}

#[test]
fn b03_of_two_choices_with_one_ticket_one_wins() {
    let house = House::activated();
    let ticket = house.new_pin_ticket("alice");
    let won = at_eight_desks(&house, |desk| {
        let choice = PinChoice { login: &login("alice"), ticket: &ticket, typed: PIN, again: PIN };
        matches!(desk.set_pin(&choice).unwrap(), PinAnswer::Set { .. })
    });
    assert_eq!(won, 1);
    assert_eq!(house.set_pin("alice", &ticket, "9471", "9471"), PinAnswer::Refused);
    assert_eq!(house.told("dead-ticket").len(), 8);
    house.minutes(1);
    assert_eq!(house.refused("alice", &format!("9471{}", house.shown(0)), None), "wrong-pin");
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
}

#[test]
fn b04_a_key_with_a_pin_never_falls_back_to_the_code_alone() {
    let house = House::in_use();
    assert_eq!(house.refused("alice", &house.shown(0), None), "wrong-pin");
    assert_eq!(house.key().pin, pin::Standing::Set);
    assert_eq!(house.in_full().tally.wrong_pins, 1);
}

#[test]
fn b07_a_pin_hash_copied_from_another_row_fits_nothing() {
    let house = House::in_use();
    house.desk().assign_key(&serial(OTHER), &login("bob")).unwrap();
    let issued = house.desk().issue_activation(&login("bob"), None).unwrap();
    assert_eq!(house.activate("bob", OTHER, issued.code.expose()), Activated::Yes);
    house.tamper(&format!(
        "UPDATE keys SET (pin_hash, pin_salt, pin_work) =
            (SELECT pin_hash, pin_salt, pin_work FROM keys WHERE serial = '{KEY}') WHERE serial = '{OTHER}'"
    ));
    assert_eq!(house.refused("bob", &format!("{PIN}{}", house.shown_by(OTHER, 0)), None), "wrong-pin");
}

#[test]
fn b08_a_seed_from_another_row_is_tampering_and_the_attempt_stays_counted() {
    let house = House::in_use();
    house.tamper(&format!(
        "DROP TRIGGER keys_that_were_used_keep_their_seed;
         UPDATE keys SET seed = (SELECT seed FROM keys WHERE serial = '{OTHER}') WHERE serial = '{KEY}'"
    ));
    let typed = format!("{PIN}{}", house.shown_by(OTHER, 0));
    let request = Request { aim: Aim::Enter, login: &login("alice"), typed: &typed, ticket: None, source: None };
    let answer = house.desk().check(&request);
    assert!(matches!(answer, Err(Error::Tampered(_))), "{answer:?}");
    assert_eq!(house.in_full().tally.unforgiven, 1);
    assert_eq!(house.told("integrity").len(), 1);
    house.minutes(2);
    let answer = house.desk().check(&request);
    assert!(matches!(answer, Err(Error::Tampered(_))), "{answer:?}");
    assert_eq!(house.in_full().tally.both_wrong, 1);
    assert_eq!(house.told("abandoned").len(), 1);
}

#[test]
fn the_work_of_a_pin_hash_is_raised_on_the_next_success() {
    let house = House::in_use();
    let raised = "SELECT count(*) FROM keys WHERE pin_work = 'm=7168,t=5'";
    assert_eq!(house.count(raised), 0);
    house.minutes(2);
    let typed = format!("{PIN}{}", house.shown(0));
    let mut desk = house.desk();
    desk.policy.work = crate::pin::Work::OWASP;
    let request = Request { aim: Aim::Enter, login: &login("alice"), typed: &typed, ticket: None, source: None };
    assert!(matches!(desk.check(&request).unwrap(), Answer::Accepted));
    drop(desk);
    assert_eq!(house.count(raised), 1);
    house.minutes(1);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    assert_eq!(house.count(raised), 1, "a smaller profile lowers nothing");
}

#[test]
fn b12_when_the_time_to_choose_a_pin_is_over_the_key_waits_for_a_reset() {
    let house = House::activated();
    house.minutes(7 * 24 * 60);
    house.seconds(1);
    assert_eq!(house.refused("alice", &house.shown(0), None), "new-pin-window-over");
    house.desk().reset_pins(&[login("alice")]).unwrap();
    house.minutes(72 * 60);
    assert!(matches!(house.check("alice", "", 0), Answer::NewPinRequired(_)));
    house.minutes(1);
    assert_eq!(house.refused("alice", &house.shown(0), None), "new-pin-window-over");
}

#[test]
fn c01_every_claim_that_does_not_hold_has_one_answer() {
    let house = House::furnished();
    let mut desk = house.desk();
    let first = desk.issue_activation(&login("alice"), Some(&serial(KEY))).unwrap();
    let code = desk.issue_activation(&login("alice"), Some(&serial(KEY))).unwrap().code;
    drop(desk);
    assert_eq!(house.activation_refused("nobody", KEY, code.expose()), "unknown-user");
    assert_eq!(house.activation_refused("bob", KEY, code.expose()), "no-activation-code");
    assert_eq!(house.activation_refused("alice", OTHER, code.expose()), "wrong-serial");
    assert_eq!(house.activation_refused("alice", KEY, first.code.expose()), "wrong-activation-code");
    house.minutes(16);
    assert_eq!(house.activation_refused("alice", "999999999", code.expose()), "wrong-serial");
    house.minutes(7 * 24 * 60);
    assert_eq!(house.activation_refused("alice", KEY, code.expose()), "activation-code-expired");
    let last = house.desk().issue_activation(&login("alice"), None).unwrap();
    house.desk().enable_users(&[login("alice")], false).unwrap();
    assert_eq!(house.activation_refused("alice", KEY, last.code.expose()), "user-disabled");
    house.desk().enable_users(&[login("alice")], true).unwrap();
    house.minutes(16);
    // Bound to no serial, and the key lies in stock of her establishment.
    assert_eq!(house.activate("alice", KEY, &last.code.expose().to_uppercase()), Activated::Yes);
    assert_eq!(house.activation_refused("alice", KEY, last.code.expose()), "activation-code-spent");
}

#[test]
fn c02_twenty_wrong_tries_with_the_right_serial_kill_a_code() {
    let house = House::furnished();
    let code = house.desk().issue_activation(&login("alice"), Some(&serial(KEY))).unwrap().code;
    for _ in 0..3 {
        // Another serial counts for the waits alone.
        assert_eq!(house.activation_refused("alice", OTHER, "22222222"), "wrong-activation-code");
        house.minutes(16);
    }
    for number in 1..=20 {
        assert!(house.told("activation-code-killed").is_empty(), "{number}");
        assert_eq!(house.activation_refused("alice", KEY, "22222222"), "wrong-activation-code");
        house.minutes(16);
    }
    assert_eq!(house.told("activation-code-killed").len(), 1);
    assert_eq!(house.activation_refused("alice", KEY, code.expose()), "activation-code-dead");
    assert_eq!(house.key().state, State::Stock);
}

#[test]
fn wrong_claims_wait_as_wrong_codes_do() {
    let house = House::furnished();
    let code = house.desk().issue_activation(&login("alice"), Some(&serial(KEY))).unwrap().code;
    for _ in 0..3 {
        house.activation_refused("alice", KEY, "22222222");
    }
    assert_eq!(house.activation_refused("alice", KEY, code.expose()), "waiting");
    assert_eq!(house.activate("alice", KEY, code.expose()), Activated::No);
    assert_eq!(house.told("waiting").len(), 1);
    house.seconds(5);
    assert_eq!(house.activate("alice", KEY, code.expose()), Activated::Yes);
    assert_eq!(house.told("waiting").last().unwrap().event.count, Some(1));
}

#[test]
fn c03_a_code_used_at_many_desks_at_once_activates_once() {
    let house = House::furnished();
    let code = house.desk().issue_activation(&login("alice"), Some(&serial(KEY))).unwrap().code;
    let opened = at_eight_desks(&house, |desk| {
        desk.activate(&login("alice"), &serial(KEY), code.expose()).unwrap() == Activated::Yes
    });
    assert_eq!(opened, 1);
    assert_eq!(house.count("SELECT count(*) FROM audit WHERE action = 'activate' AND outcome = 'accepted'"), 1);
}

#[test]
fn c07_a_new_code_kills_the_former_one_at_once() {
    let house = House::furnished();
    let former = house.desk().issue_activation(&login("alice"), Some(&serial(KEY))).unwrap().code;
    let newer = house.desk().issue_activation(&login("alice"), Some(&serial(KEY))).unwrap().code;
    assert_eq!(house.activation_refused("alice", KEY, former.expose()), "wrong-activation-code");
    assert_eq!(house.activate("alice", KEY, newer.expose()), Activated::Yes);
}

#[test]
fn c09_an_active_key_is_not_activated_again() {
    let house = House::in_use();
    let answer = house.desk().issue_activation(&login("alice"), None);
    assert!(matches!(answer, Err(Error::UserHasKey { state: State::Active, .. })), "{answer:?}");
    assert_eq!(house.activation_refused("alice", KEY, "22222222"), "activation-code-spent");
    assert_eq!(house.key().pin, pin::Standing::Set);
}

#[test]
fn d13_the_same_file_twice_is_once() {
    let house = House::furnished();
    let events = house.events().len();
    for _ in 0..3 {
        let report = house.import(DEMO, false);
        assert_eq!((report.answer, report.new, report.batch), (ImportAnswer::AlreadyImported(1), 0, None));
    }
    assert_eq!(house.count("SELECT count(*) FROM keys"), 5);
    assert_eq!(house.count("SELECT count(*) FROM batches"), 1);
    assert_eq!(house.events().len(), events);
}

#[test]
fn d10_a_known_serial_with_another_seed_leaves_nothing_of_its_file() {
    let house = House::furnished();
    let text = std::str::from_utf8(DEMO).unwrap();
    // A new key comes first, then a known one whose seed is another.
    let changed = text.replace(KEY, "200000001").replace("FuGZBXii", "GuGZBXii");
    let report = house.import(changed.as_bytes(), false);
    assert_eq!((report.answer, report.conflict, report.new), (ImportAnswer::Rejected, 1, 1));
    assert_eq!(house.count("SELECT count(*) FROM keys"), 5);
    assert_eq!(house.count("SELECT count(*) FROM batches"), 1);
    let last = house.events().pop().unwrap();
    assert_eq!((last.event.action, last.event.outcome), (Action::Import, Outcome::Refused));
}

#[test]
fn a_dry_run_reports_and_leaves_nothing() {
    let house = House::furnished();
    let events = house.events().len();
    let changed = std::str::from_utf8(DEMO).unwrap().replace(KEY, "200000001").replace("3SR0", "4SR0");
    let report = house.import(changed.as_bytes(), true);
    assert_eq!((report.answer, report.new, report.identical), (ImportAnswer::Imported, 1, 4));
    assert_eq!(report.batch, None);
    assert_eq!(house.count("SELECT count(*) FROM keys"), 5);
    assert_eq!(house.count("SELECT count(*) FROM batches"), 1);
    assert_eq!(house.events().len(), events);
    assert_eq!(house.import(changed.as_bytes(), false).new, 1);
}

#[test]
fn a_dead_ticket_counts_against_nothing() {
    let house = House::in_use();
    let before = house.in_full().tally;
    let invented = "0123456789abcdef0123456789abcdef";
    for _ in 0..5 {
        assert_eq!(house.refused("alice", &house.shown(0), Some(invented)), "dead-ticket");
    }
    let ticket = house.next_code_ticket("alice", PIN, 5);
    house.seconds(5 * 60 + 1);
    assert_eq!(house.refused("alice", &house.shown(6), Some(&ticket)), "dead-ticket");
    assert_eq!(house.refused("alice", &house.shown(6), Some("")), "dead-ticket");
    let after = house.in_full().tally;
    assert_eq!((after.unforgiven, after.failures), (before.unforgiven, before.failures));
}

#[test]
fn the_next_code_with_its_ticket_opens_once_and_teaches_the_drift() {
    let house = House::in_use();
    let ticket = house.next_code_ticket("alice", PIN, 5);
    assert_eq!(house.refused("bob", &house.shown(6), Some(&ticket)), "no-active-key");
    assert!(house.set_pin("alice", &ticket, "9471", "9471") == PinAnswer::Refused);
    house.minutes(1);
    assert!(matches!(house.type_in("alice", &house.shown(5), Some(&ticket)), Answer::Accepted));
    assert_eq!(house.key().clockwork.drift.steps(), 5);
    assert_eq!(house.refused("alice", &house.shown(6), Some(&ticket)), "dead-ticket");
}

#[test]
fn a_wrong_next_code_spends_the_ticket() {
    let house = House::in_use();
    let ticket = house.next_code_ticket("alice", PIN, 5);
    house.minutes(1);
    assert_eq!(house.refused("alice", &house.wrong(), Some(&ticket)), "wrong-next-code");
    assert_eq!(house.refused("alice", &house.shown(5), Some(&ticket)), "dead-ticket");
    assert_eq!(house.in_full().tally.wrong_codes_in_window, 1);
}

#[test]
fn a_caller_without_tickets_answers_with_pin_and_next_code() {
    let house = House::in_use();
    house.next_code_ticket("alice", PIN, 5);
    house.minutes(1);
    assert!(matches!(house.check("alice", PIN, 5), Answer::Accepted));
    assert_eq!(house.key().clockwork.drift.steps(), 5);
}

#[test]
fn a_newer_ticket_and_a_reset_kill_the_former_one() {
    let house = House::in_use();
    let former = house.next_code_ticket("alice", PIN, 5);
    let newer = house.next_code_ticket("alice", PIN, 7);
    house.minutes(1);
    assert_eq!(house.refused("alice", &house.shown(5), Some(&former)), "dead-ticket");
    house.desk().reset_pins(&[login("alice")]).unwrap();
    assert_eq!(house.refused("alice", &house.shown(7), Some(&newer)), "dead-ticket");
}

#[test]
fn after_three_failures_a_right_passcode_waits_and_then_needs_the_next_code() {
    let house = House::in_use();
    let wrong = format!("{PIN}{}", house.wrong());
    for _ in 0..3 {
        assert_eq!(house.refused("alice", &wrong, None), "wrong-code");
    }
    let counted = house.in_full().tally;
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "waiting");
    let events = house.events().len();
    for _ in 0..4 {
        assert!(matches!(house.check("alice", PIN, 0), Answer::Refused));
    }
    assert_eq!(house.events().len(), events, "one event for a wait");
    assert_eq!(house.in_full().tally, counted);
    house.seconds(5);
    let ticket = house.next_code_ticket("alice", PIN, 0);
    let told = house.told("waiting");
    assert_eq!(told.iter().map(|record| record.event.count).collect::<Vec<_>>(), [None, Some(4)]);
    house.minutes(1);
    assert!(matches!(house.type_in("alice", &house.shown(0), Some(&ticket)), Answer::Accepted));
    assert_eq!(house.in_full().tally.failures, 0);
}

#[test]
fn waits_are_of_a_key_and_a_source() {
    let house = House::in_use();
    let from = |source, typed: &str| {
        let request = Request { aim: Aim::Enter, login: &login("alice"), typed, ticket: None, source: Some(source) };
        house.desk().check(&request).unwrap()
    };
    for _ in 0..3 {
        assert!(matches!(from("192.0.2.1", &format!("0007{}", house.wrong())), Answer::Refused));
    }
    assert!(matches!(from("192.0.2.1", &format!("{PIN}{}", house.shown(0))), Answer::Refused));
    assert!(matches!(from("192.0.2.2", &format!("{PIN}{}", house.shown(0))), Answer::NextCodeRequired(_)));
}

#[test]
fn eight_wrong_pins_with_right_codes_lock_the_key_until_it_is_unlocked() {
    let house = House::in_use();
    for number in 1..=8 {
        assert_eq!(house.key().lock, None, "{number}");
        assert_eq!(house.refused("alice", &format!("9471{}", house.shown(0)), None), "wrong-pin");
        house.minutes(16);
    }
    assert_eq!(house.key().lock, Some(Lock::WrongPins));
    assert_eq!(house.told("wrong-pins").len(), 1);
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "locked");
    let watermark = house.key().watermark;
    assert_eq!(house.desk().unlock_keys(&[serial(KEY)]).unwrap(), [(serial(KEY), true)]);
    assert_eq!(house.key().watermark, watermark);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
}

#[test]
fn sixty_wrong_codes_with_the_right_pin_lock_the_key_whatever_was_accepted_between() {
    let house = House::in_use();
    for _ in 0..30 {
        house.fail(2);
        assert_eq!(house.key().lock.is_some(), house.in_full().tally.wrong_codes_in_window == 60);
        if house.key().lock.is_none() {
            assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
            house.minutes(1);
        }
    }
    assert_eq!(house.key().lock, Some(Lock::WrongCodes));
}

#[test]
fn a_ticket_for_a_pin_has_three_tries() {
    let house = House::activated();
    let ticket = house.new_pin_ticket("alice");
    let tries = [("12a4", "12a4"), ("1234", "1234"), (PIN, "4577")];
    for (left, (typed, again)) in [2, 1, 0].iter().zip(tries) {
        match house.set_pin("alice", &ticket, typed, again) {
            PinAnswer::Unfit { tries_left, .. } => assert_eq!(tries_left, *left),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(house.set_pin("alice", &ticket, PIN, PIN), PinAnswer::Refused);
    assert!(house.key().pin.is_none());
    let refusals = "SELECT count(*) FROM audit WHERE action = 'pin-set' AND outcome = 'refused'";
    assert_eq!(house.count(refusals), 4);
}

#[test]
fn a_provisional_pin_that_nobody_used_is_erased_after_an_hour() {
    let house = House::activated();
    house.choose_pin("alice", PIN);
    house.minutes(60);
    assert!(house.key().pin.is_provisional());
    house.seconds(1);
    assert!(house.key().pin.is_none());
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "no-pin-yet");
    house.choose_pin("alice", "9471");
    house.minutes(1);
    assert!(matches!(house.check("alice", "9471", 0), Answer::Accepted));
}

#[test]
fn the_former_pin_is_not_chosen_again() {
    let house = House::in_use();
    house.desk().reset_pins(&[login("alice")]).unwrap();
    let ticket = house.new_pin_ticket("alice");
    let answer = house.set_pin("alice", &ticket, PIN, PIN);
    assert!(matches!(answer, PinAnswer::Unfit { unfit: pin::Unfit::Former, tries_left: 2 }), "{answer:?}");
}

#[test]
fn a_disabled_user_is_refused_and_his_ticket_dies() {
    let house = House::in_use();
    let ticket = house.next_code_ticket("alice", PIN, 5);
    house.desk().enable_users(&[login("alice")], false).unwrap();
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "user-disabled");
    assert_eq!(house.refused("alice", &house.shown(6), Some(&ticket)), "user-disabled");
    house.desk().enable_users(&[login("alice")], true).unwrap();
    assert_eq!(house.refused("alice", &house.shown(6), Some(&ticket)), "dead-ticket");
}

#[test]
fn e05_an_unknown_login_is_refused_and_kept_as_a_hash() {
    let house = House::furnished();
    assert_eq!(house.refused("4576768950", "123456", None), "unknown-user");
    let last = house.events().pop().unwrap();
    assert!(last.event.subject.unknown_login.is_some());
    assert_eq!(last.event.subject.user, None);
}

impl House {
    /// Asks to change Alice's PIN, and gives the ticket.
    fn change_ticket(&self, typed: &str) -> String {
        let request = Request { aim: Aim::ChangePin, login: &login("alice"), typed, ticket: None, source: None };
        match self.desk().check(&request).unwrap() {
            Answer::NewPinRequired(challenge) => challenge.ticket.to_string(),
            other => panic!("{other:?}"),
        }
    }

    fn changed() -> Self {
        let house = Self::in_use();
        let ticket = house.change_ticket(&format!("{PIN}{}", house.shown(0)));
        assert!(matches!(house.set_pin("alice", &ticket, "8352", "8352"), PinAnswer::Set { .. }));
        house.minutes(1);
        house
    }
}

#[test]
fn a_holder_changes_his_pin_and_confirms_it_with_a_later_code() {
    let house = House::in_use();
    let passcode = format!("{PIN}{}", house.shown(0));
    let ticket = house.change_ticket(&passcode);
    assert_eq!(house.told("to-change-the-pin").len(), 1);
    assert_eq!(house.refused("alice", &passcode, None), "replay", "the passcode is spent");
    assert!(matches!(
        house.set_pin("alice", &ticket, PIN, PIN),
        PinAnswer::Unfit { unfit: pin::Unfit::Former, tries_left: 2 }
    ));
    assert!(matches!(house.set_pin("alice", &ticket, "8352", "8352"), PinAnswer::Set { .. }));
    assert!(house.key().pin.is_provisional());
    assert_eq!(house.refused("alice", &format!("8352{}", house.shown(0)), None), "replay", "it takes a later code");
    house.minutes(1);
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "wrong-pin");
    house.minutes(1);
    assert!(matches!(house.check("alice", "8352", 0), Answer::Accepted));
    assert_eq!(house.key().pin, pin::Standing::Set);
    house.minutes(70);
    assert!(matches!(house.check("alice", "8352", 0), Answer::Accepted));
}

#[test]
fn a_changed_pin_that_is_not_used_in_its_hour_gives_way_to_the_former_one() {
    let house = House::changed();
    house.minutes(61);
    assert_eq!(house.in_full().key.pin, pin::Standing::Set);
    assert_eq!(house.refused("alice", &format!("8352{}", house.shown(0)), None), "wrong-pin");
    assert_eq!(house.told("former-pin-back").len(), 1);
    house.minutes(1);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    house.minutes(1);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    assert_eq!(house.told("former-pin-back").len(), 1);
}

#[test]
fn a_reset_after_a_change_lets_neither_pin_come_back() {
    let house = House::changed();
    house.desk().reset_pins(&[login("alice")]).unwrap();
    house.minutes(61);
    assert!(house.in_full().key.pin.is_none());
    assert_eq!(house.refused("alice", &format!("8352{}", house.shown(0)), None), "no-pin-yet");
    house.minutes(20);
    let ticket = house.new_pin_ticket("alice");
    assert!(matches!(house.set_pin("alice", &ticket, PIN, PIN), PinAnswer::Unfit { unfit: pin::Unfit::Former, .. }));
}

#[test]
fn without_a_right_passcode_no_pin_is_changed() {
    let house = House::in_use();
    for typed in [format!("8352{}", house.shown(0)), house.shown(0), format!("{PIN}{}", house.wrong())] {
        let request =
            Request { aim: Aim::ChangePin, login: &login("alice"), typed: &typed, ticket: None, source: None };
        assert!(matches!(house.desk().check(&request).unwrap(), Answer::Refused), "{typed}");
    }
    assert_eq!(house.key().pin, pin::Standing::Set);
}

#[test]
fn an_unused_ticket_to_change_the_pin_leaves_it_as_it_is() {
    let house = House::in_use();
    let ticket = house.change_ticket(&format!("{PIN}{}", house.shown(0)));
    house.minutes(6);
    assert_eq!(house.set_pin("alice", &ticket, "8352", "8352"), PinAnswer::Refused);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
}

#[test]
fn a_changed_pin_may_need_the_next_code_first() {
    let house = House::in_use();
    let typed = format!("{PIN}{}", house.shown(5));
    let ask = |typed: &str, ticket: Option<&str>| {
        let request = Request { aim: Aim::ChangePin, login: &login("alice"), typed, ticket, source: None };
        house.desk().check(&request).unwrap()
    };
    let Answer::NextCodeRequired(challenge) = ask(&typed, None) else { panic!() };
    let answer = ask(&house.shown(6), Some(&challenge.ticket));
    assert!(matches!(answer, Answer::NewPinRequired(_)), "{answer:?}");
}
