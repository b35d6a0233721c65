//! The database file itself: its schema, its rules, and what is made of one that is not ours.

mod attempts;
mod chain;
mod emergencies;
mod files;
mod logs;
mod many;
mod scopes;
mod walks;

use super::*;
use crate::audit::{Action, Event, Mac, Outcome};
use crate::drift::{Clockwork, Drift};
use crate::envelope::{Envelope, VaultKeyId};
use crate::key::{CredentialVersion, Identity, Key, KeyId, Life, SealedSeed, Serial, State, Validity};
use crate::operator::Via;
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period, Step};
use crate::passcode::Acceptance;
use crate::throttle::Lock;
use std::cell::Cell;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

const NOW: UtcTime = UtcTime::from_epoch(1_800_000_000);
const S: Step = Step::new(30_000_000);

const COUNTS: BatchCounts<'_> = BatchCounts {
    format: "pskc-1.0",
    read: 1,
    new: 1,
    identical: 0,
    replaced: 0,
    left_out: 0,
    warnings: 0,
    in_clear: true,
};

struct Bench {
    directory: tempfile::TempDir,
    clock: Uptime,
}

struct Uptime(Cell<Duration>);

impl Clock for Uptime {
    fn now(&self) -> UtcTime {
        NOW
    }

    fn uptime(&self) -> Duration {
        self.0.get()
    }

    fn sleep(&self, span: Duration) {
        self.0.set(self.0.get() + span);
    }
}

struct NoSeal;

impl Seal for NoSeal {
    fn seal(&self, _: &[u8]) -> Mac {
        [7; 32]
    }
}

/// A while in which a PIN can be chosen.
const NEW_PIN: NewPinMode = NewPinMode { until: NOW, seal: [7; 32] };

fn operator() -> Operator {
    Operator { uid: 1000, name: "delegue".to_owned(), via: Via::Direct, login: None }
}

fn envelope() -> Envelope {
    Envelope { database: [1; 16], vault_key: VaultKeyId([2; 8]), wrapped: vec![3; 60] }
}

impl Bench {
    /// A directory with an empty file in it.
    fn new() -> Self {
        let bench = Self { directory: tempfile::tempdir().unwrap(), clock: Uptime(Cell::new(Duration::ZERO)) };
        bench.write(&[]);
        bench
    }

    /// A database that is begun, and has no event.
    fn begun() -> Self {
        let bench = Self::new();
        let database = Database::create(&bench.path()).unwrap();
        let mut store = Store::new(database, &NoSeal, &bench.clock, operator());
        store
            .change(NOW, |change| {
                Ok::<_, Error>((change.begin(&envelope(), &operator(), NOW)?, Events::owed_by_open_import()))
            })
            .unwrap();
        drop(store);
        bench
    }

    /// A database with an active key of Alice's.
    fn with_key() -> Self {
        let bench = Self::begun();
        bench.change(|change| {
            let batch = change.open_batch(&new_batch(), NOW)?;
            add_key_to(change, batch, serial().as_str(), 9)?;
            change.close_batch(batch, &COUNTS, NOW)?;
            let alice = change.add_user(&"alice".parse().unwrap(), &"Alice".parse().unwrap(), NOW)?;
            let key = change.read().key(&serial())?.unwrap();
            assert!(change.give_key(&key, alice, &[7; 32], State::Active, NOW)?);
            Ok(())
        });
        bench
    }

    fn path(&self) -> PathBuf {
        self.directory.path().join("cleotp.db")
    }

    fn write(&self, bytes: &[u8]) {
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(self.path()).unwrap();
        file.write_all(bytes).unwrap();
    }

    fn store(&self) -> Store<'_> {
        Store::new(Database::open(&self.path()).unwrap(), &NoSeal, &self.clock, operator())
    }

    fn change<T>(&self, body: impl FnOnce(&Change<'_>) -> Result<T, Error>) -> T {
        self.store().change::<_, Error>(NOW, |change| Ok((body(change)?, Events::one(event())))).unwrap()
    }

    fn key(&self) -> Key {
        self.store().read().key(&serial()).unwrap().unwrap()
    }

    fn raw(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    /// Runs SQL past the program; gives what the database says against it.
    fn forbidden(&self, sql: &str) -> String {
        self.raw().execute_batch(sql).unwrap_err().to_string()
    }

    fn spend(&self, key: &Key, step: Step) -> bool {
        let spending = Spending { key, step, acceptance: None, counts_as_use: true, off: None, is_trusted: true };
        self.change(|change| change.spend(&spending, NOW))
    }
}

fn new_batch() -> NewBatch<'static> {
    NewBatch { file_name: "a.xml", sha256: &[4; 32], establishment: None, operator_uid: 1000, operator_name: "delegue" }
}

fn add_key_to(change: &Change<'_>, batch: i64, serial: &str, number: u8) -> Result<(), Error> {
    let serial = serial.parse().unwrap();
    let identity = Identity { key: KeyId([number; 16]), serial, parameters: parameters() };
    let is_new = change.key_adder()?.add(&NewKey {
        identity: &identity,
        seed: &SealedSeed(vec![5; 48]),
        manufacturer: None,
        model: None,
        validity: Validity::default(),
        drift: Drift::default(),
        watermark: Step::NEVER,
        establishment: None,
        batch,
        batch_line: 1,
    })?;
    assert!(is_new);
    Ok(())
}

fn event() -> Event {
    Event::new(Action::Check, Outcome::Done)
}

fn serial() -> Serial {
    "103142718".parse().unwrap()
}

fn parameters() -> Parameters {
    // Counted from the year 2000, as SafeWord's keys do, so that this is kept too.
    let period = Period::MINUTE.counted_from(UtcTime::from_epoch(946_684_800)).unwrap();
    Parameters { algorithm: Algorithm::Totp(Hash::Sha1), digits: Digits::SIX, period }
}

fn acceptance(step: Step, drift: i64) -> Acceptance {
    let clockwork = Clockwork::observed(Drift::new(drift).unwrap());
    Acceptance { step, clockwork, offset: Some(drift), confirms_pin: false }
}

#[test]
fn a_key_is_read_back_with_the_parameters_that_it_was_added_with() {
    assert_eq!(Bench::with_key().key().parameters, parameters());
}

#[test]
fn the_schema_is_the_one_that_was_released() {
    let bench = Bench::with_key();
    let connection = bench.raw();
    let mut statement = connection
        .prepare("SELECT type || ' ' || name || char(10) || sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
        .unwrap();
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let schema: Vec<String> = rows.map(Result::unwrap).collect();
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    insta::assert_snapshot!(format!("version {version}\n\n{}", schema.join("\n\n")));
}

#[test]
fn the_database_syncs_every_commit_and_wipes_what_it_deletes() {
    let bench = Bench::with_key();
    let store = bench.store();
    let pragma = |name| store.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!([pragma("synchronous"), pragma("secure_delete"), pragma("foreign_keys")], [2, 1, 1]);
    assert_eq!(pragma("temp_store"), 2);
    let mode: String = store.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn a03_the_watermark_never_falls_whatever_the_statement() {
    let bench = Bench::with_key();
    assert!(bench.spend(&bench.key(), S));
    let said = bench.forbidden("UPDATE keys SET watermark = watermark - 1");
    assert!(said.contains("never falls"), "{said}");
    let said = bench.forbidden("INSERT OR REPLACE INTO keys SELECT * FROM keys; UPDATE keys SET watermark = -1");
    assert!(!said.is_empty());
    assert_eq!(bench.key().watermark, S);
}

#[test]
fn a03_of_two_codes_in_the_window_the_lower_one_is_spent_first_or_never() {
    for (first, second, both) in [(S, S.shifted(1), true), (S.shifted(1), S, false)] {
        let bench = Bench::with_key();
        // Both were judged before either was spent.
        let seen = bench.key();
        assert!(bench.spend(&seen, first));
        assert_eq!(bench.spend(&seen, second), both);
        assert_eq!(bench.key().watermark, S.shifted(1));
    }
}

#[test]
fn a02_the_same_step_is_spent_once() {
    let bench = Bench::with_key();
    let seen = bench.key();
    assert!(bench.spend(&seen, S));
    assert!(!bench.spend(&seen, S));
    assert!(!bench.spend(&bench.key(), S.shifted(-1)));
}

#[test]
fn what_was_learned_of_a_clock_is_written_only_if_no_code_came_between() {
    let bench = Bench::with_key();
    let seen = bench.key();
    let (first, second) = (acceptance(S, 5), acceptance(S.shifted(1), 7));
    for learned in [first, second] {
        let spending = Spending {
            key: &seen,
            step: learned.step,
            acceptance: Some(&learned),
            counts_as_use: true,
            off: None,
            is_trusted: true,
        };
        assert!(bench.change(|change| change.spend(&spending, NOW)));
    }
    let key = bench.key();
    assert_eq!((key.watermark, key.clockwork.drift.steps()), (S.shifted(1), 5));
    assert_eq!(key.last_accepted_at, Some(NOW));
}

#[test]
fn a15_a_key_that_was_changed_since_it_was_judged_spends_nothing() {
    type Step1 = fn(&Change<'_>, &Key) -> Result<(), Error>;
    let changes: [(&str, Step1); 6] = [
        ("suspended", |change, key| change.set_life(key.row, Life { state: State::Suspended, ..Life::NEW }, NOW)),
        ("lost", |change, key| {
            let lost = Life { state: State::Lost, before_loss: Some(State::Active), ..Life::NEW };
            change.set_life(key.row, lost, NOW)
        }),
        ("taken back", |change, key| change.take_key_back(key.row, State::Stock, NOW)),
        ("locked", |change, key| change.set_lock(key.row, Some(Lock::WrongPins))),
        ("reset", |change, key| change.reset_pin(key.row, &NEW_PIN)),
        ("given again", |change, key| {
            let user = key.holder.as_ref().unwrap().user;
            change.give_key(key, user, &[7; 32], State::Active, NOW).map(|_| ())
        }),
    ];
    for (name, make) in changes {
        let bench = Bench::with_key();
        let seen = bench.key();
        bench.change(|change| make(change, &seen));
        assert!(!bench.spend(&seen, S), "{name}");
        assert_eq!(bench.key().watermark, Step::NEVER, "{name}");
    }
    let bench = Bench::with_key();
    let stale = Key { version: CredentialVersion(bench.key().version.0 - 1), ..bench.key() };
    assert!(!bench.spend(&stale, S));
    assert!(bench.spend(&bench.key(), S));
}

#[test]
fn j01_an_event_is_neither_edited_nor_deleted() {
    let bench = Bench::with_key();
    let said = bench.forbidden("UPDATE audit SET reason = 'other' WHERE seq = 1");
    assert!(said.contains("never edited"), "{said}");
    let said = bench.forbidden("DELETE FROM audit");
    assert!(said.contains("never deleted"), "{said}");
}

#[test]
fn a_key_that_left_stock_or_was_used_is_never_deleted() {
    let bench = Bench::with_key();
    assert!(bench.forbidden("DELETE FROM keys").contains("never deleted"));
    assert!(bench.forbidden("UPDATE keys SET left_stock_at = NULL").contains("never forgets"));
    bench.change(|change| change.take_key_back(1, State::Stock, NOW));
    assert!(bench.forbidden("DELETE FROM keys").contains("never deleted"));
}

#[test]
fn j04_a_change_that_fails_leaves_neither_rows_nor_events() {
    let bench = Bench::with_key();
    let events = bench.store().read().audit(&AuditFilter::default(), NOW).unwrap().len();
    let failed = bench.store().change::<(), Error>(NOW, |change| {
        change.add_user(&"bob".parse().unwrap(), &"Bob".parse().unwrap(), NOW)?;
        assert!(change.read().user(&"bob".parse().unwrap())?.is_some());
        Err(Error::Busy)
    });
    assert!(matches!(failed, Err(Error::Busy)));
    assert!(bench.store().read().user(&"bob".parse().unwrap()).unwrap().is_none());
    assert_eq!(bench.store().read().audit(&AuditFilter::default(), NOW).unwrap().len(), events);
}

#[test]
fn i04_a_change_that_ends_after_the_deadline_is_not_committed() {
    let bench = Bench::with_key();
    let mut store = bench.store();
    store.start_deadline();
    let late = store.change::<_, Error>(NOW, |change| {
        change.add_user(&"bob".parse().unwrap(), &"Bob".parse().unwrap(), NOW)?;
        bench.clock.sleep(Duration::from_millis(5_001));
        Ok(((), Events::one(event())))
    });
    assert!(matches!(late, Err(Error::Busy)), "{late:?}");
    assert!(store.read().user(&"bob".parse().unwrap()).unwrap().is_none());
    assert!(matches!(store.change::<(), Error>(NOW, |_| panic!("begun too late")), Err(Error::Busy)));
}

#[test]
fn j07_events_of_many_changes_have_no_gap() {
    let bench = Bench::with_key();
    for _ in 0..5 {
        let two = Events::one(event()).and(event());
        bench.store().change::<_, Error>(NOW, |_| Ok(((), two))).unwrap();
    }
    let seen: Vec<i64> =
        bench.store().read().audit(&AuditFilter::default(), NOW).unwrap().iter().map(|record| record.seq).collect();
    assert_eq!(seen, (1..=11).collect::<Vec<_>>());
}

#[test]
fn a12_a_row_that_no_version_wrote_is_impossible_and_no_wrong_code() {
    for (column, sql) in [
        ("algorithm", "UPDATE keys SET algorithm = 'md5'"),
        ("serial", "UPDATE keys SET serial = ''"),
        ("state", "PRAGMA ignore_check_constraints = 1; UPDATE keys SET state = 'other'"),
        ("digits", "PRAGMA ignore_check_constraints = 1; UPDATE keys SET digits = 9"),
        ("period", "PRAGMA ignore_check_constraints = 1; UPDATE keys SET period = 0"),
        ("drift", "PRAGMA ignore_check_constraints = 1; UPDATE keys SET drift = 20001"),
    ] {
        let bench = Bench::with_key();
        bench.raw().execute_batch(sql).unwrap();
        let read = bench.store().read().keys(&KeyFilter::default());
        assert!(
            matches!(&read, Err(Error::Impossible { table: "keys", column: found }) if *found == column),
            "{read:?}"
        );
    }
}
