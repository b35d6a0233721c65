//! A furnished home of which cheap copies are made, what stands in such a copy, and whether it is whole.

use crate::support::host::{Standing, run};
use crate::support::{Home, PIN, UAI, code, hex, login, seed, serial};
use rusqlite::{Connection, OpenFlags};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How old a furnished home may be: less than a ticket lives.
const LIFE: Duration = Duration::from_secs(180);
/// How many keys the larger file has: they are written in two parts.
pub const MANY_KEYS: usize = 2100;
/// How many keys the smaller file and the batch that can be taken back have.
pub const FEW_KEYS: usize = 12;

/// The file of a backup, beside the home of which it is made.
pub const BACKUP: &str = "copy.db";
/// How many events one change of a purge deletes.
const PART: usize = 4_000;
/// How many of those that may go a second change has to delete.
const MORE: usize = 60;
const DAY: i64 = 86_400;

/// Which home a deed is done in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Furniture {
    /// An empty folder.
    Nothing,
    /// A key in each state that somebody may find one in.
    Keys,
    /// More events whose time is over than one change deletes.
    OldEvents,
}

/// A home with what the deeds need.
pub struct Stage {
    pub home: Home,
    /// The activation code of `user1`, who has the key of his number.
    pub activation: String,
    /// The ticket with which `user2` chooses a PIN.
    pub ticket: String,
    /// The watermarks of all keys that were ever used.
    watermarks: BTreeMap<String, i64>,
    /// The last attempt and the last event.
    last: [i64; 2],
}

/// The last one that was furnished, and when.
type Latest = Mutex<Option<(Instant, Arc<Stage>)>>;

static STAGES: [Latest; 3] = [const { Mutex::new(None) }; 3];

/// What stands in a home, as far as a deed changes it, without times and random bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub rows: String,
    /// Events since the home was furnished, by what they tell; but for those that tell of backups, which are begun before they are made.
    pub events: String,
    /// Whether a backup has its name.
    pub has_backup: bool,
}

impl Stage {
    /// Gives a furnished home, made anew when it is so old that what was issued in it may have expired.
    pub fn fresh(furniture: Furniture) -> Arc<Self> {
        let mut stage = STAGES[furniture as usize].lock().unwrap_or_else(PoisonError::into_inner);
        match &*stage {
            Some((made_at, stage)) if made_at.elapsed() < LIFE => Arc::clone(stage),
            _ => {
                let made = Arc::new(match furniture {
                    Furniture::Nothing => Self::with_nothing(),
                    Furniture::Keys => Self::with_keys(),
                    Furniture::OldEvents => Self::with_old_events(),
                });
                *stage = Some((Instant::now(), Arc::clone(&made)));
                made
            }
        }
    }

    fn with_nothing() -> Self {
        let home = Home::in_memory();
        DirBuilder::new().mode(0o700).create(home.root()).unwrap();
        Self { home, activation: String::new(), ticket: String::new(), watermarks: BTreeMap::new(), last: [0, 0] }
    }

    /// `user0` has a key in use, `user1` one to be activated, `user2` one for which he has to choose a PIN; two keys and a batch of
    /// [`FEW_KEYS`] are in stock, two files wait to be imported, and a backup to be restored, since which all three have got something.
    fn with_keys() -> Self {
        let home = Home::in_memory();
        let list = |name: &str, first: usize, keys: usize| {
            let mut list = String::new();
            for index in first..first + keys {
                writeln!(list, "{},{},totp,6,60", serial(index), hex(&seed(index))).unwrap();
            }
            std::fs::write(home.path(name), list).unwrap();
            home.path(name).display().to_string()
        };
        let issue = |index| {
            let issued = home.json(&["activation", "new", &login(index)], "", 0);
            issued["activations"][0]["code"].as_str().unwrap().to_owned()
        };
        home.done(&["init"], "");
        home.done(&["import", &list("keys.csv", 0, 5)], "");
        home.done(&["import", &list("batch.csv", 100, FEW_KEYS)], "");
        list("few.csv", 200, FEW_KEYS);
        list("many.csv", 1000, MANY_KEYS);
        std::fs::write(home.path("invited.csv"), format!("login\n{}\n", login(1))).unwrap();
        home.done(&["establishment", "add", UAI, "Test"], "");
        let people: String = (0..3).map(|index| format!("{},User {index},{UAI}\n", login(index))).collect();
        home.done(&["user", "import", "-"], &format!("login,name,establishment\n{people}"));
        for index in 0..3 {
            home.done(&["key", "assign", &serial(index), &login(index)], "");
        }
        for index in [0, 2] {
            home.done(&["activate", &login(index), &serial(index)], &format!("{}\n", issue(index)));
        }
        home.done(&["backup", home.path("kept.db").to_str().unwrap()], "");
        let backed_up = last(&home, "audit");
        let activation = issue(1);
        home.set_pin(0);
        home.done(&["check", &login(0)], &format!("{PIN}{}\n", code(0, 0)));
        let answer = home.json(&["check", &login(2)], &format!("{}\n", code(2, 0)), 10);
        let ticket = answer["ticket"].as_str().unwrap().to_owned();
        let last = [last(&home, "attempts"), backed_up];
        Self { watermarks: watermarks(&open(&home)), last, home, activation, ticket }
    }

    /// A year and more ago as many establishments were added as it takes, and two days ago another one: the clock is right.
    fn with_old_events() -> Self {
        let home = Home::in_memory();
        let ago = |days: i64, line: &[&str]| {
            let told = at(home.root(), now() - days * DAY, line);
            assert_eq!(told.0, 0, "{line:?}: {told:?}");
        };
        let mut numbers = 0..;
        let mut add = |days: i64, establishments: usize| {
            let rows: String =
                numbers.by_ref().take(establishments).map(|number| format!("{},Name\n", uai(number))).collect();
            std::fs::write(home.path("list.csv"), format!("uai,name\n{rows}")).unwrap();
            ago(days, &["establishment", "import", home.path("list.csv").to_str().unwrap()]);
        };
        ago(500, &["init"]);
        add(500, PART - 1);
        assert_eq!(last(&home, "audit"), PART as i64, "one event for each, and that of the beginning");
        add(450, MORE);
        add(2, 1);
        let last = [0, last(&home, "audit")];
        Self { watermarks: BTreeMap::new(), last, home, activation: String::new(), ticket: String::new() }
    }

    /// A moment before which as many events lie as one change of a purge deletes.
    pub fn before_more(&self) -> String {
        let date = open(&self.home).query_row("SELECT date('now', '-475 days')", [], |row| row.get(0));
        date.unwrap()
    }

    /// Reads what stands in a copy.
    pub fn state(&self, copy: &Home) -> State {
        if !is_installed(copy) {
            return State { rows: "none".to_owned(), events: String::new(), has_backup: false };
        }
        let database = open(copy);
        let mut rows = String::new();
        for query in [
            "SELECT 'keys', state, lock, held_since IS NOT NULL, user_id, pin_hash IS NOT NULL,
                pin_provisional_until IS NOT NULL, credential_version, batch_id, count(*)
             FROM keys WHERE batch_id IN (SELECT id FROM batches WHERE NOT is_open) GROUP BY 2, 3, 4, 5, 6, 7, 8, 9",
            "SELECT 'batch', id, read_keys, new_keys FROM batches WHERE NOT is_open",
            "SELECT 'operator', uid, role FROM operators",
            "SELECT 'user', id, enabled, removed_at IS NULL FROM users",
            "SELECT 'activation', id, state FROM activations",
            "SELECT 'ticket', key_id, purpose, tries_left FROM tickets",
            "SELECT 'succession', new_key_id, old_key_id FROM successions",
            "SELECT 'spent', key_id, count(*) FROM spent_codes GROUP BY 2",
            "SELECT 'vault key', rotated_at IS NOT NULL FROM meta",
            "SELECT 'purged', seq FROM audit_stub",
        ] {
            rows.push_str(&table(&database, query));
        }
        for (serial, watermark) in watermarks(&database) {
            let before = self.watermarks.get(&serial).copied().unwrap_or(-1);
            assert!(watermark >= before, "the watermark of {serial} fell from {before} to {watermark}");
            if watermark > before {
                writeln!(rows, "watermark|{serial}|higher").unwrap();
            }
        }
        let events = table(
            &database,
            &format!(
                "SELECT action, outcome, iif(action IN ('restore', 'vault-rotate'), NULL, reason), count(*)
                 FROM audit WHERE seq > {} AND action <> 'backup' GROUP BY 1, 2, 3",
                self.last[1]
            ),
        );
        State { rows, events, has_backup: copy.path(BACKUP).exists() }
    }

    /// Counts the attempts that were made in a copy.
    pub fn attempts(&self, copy: &Home) -> i64 {
        number(&open(copy), &format!("SELECT count(*) FROM attempts WHERE id > {}", self.last[0]))
    }
}

fn watermarks(database: &Connection) -> BTreeMap<String, i64> {
    let mut statement =
        database.prepare("SELECT serial, watermark FROM keys WHERE watermark > first_watermark").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// Tells whether there is a database that can be opened: one without its data key is told to be damaged, or none of ours.
fn is_installed(home: &Home) -> bool {
    let opened = Connection::open_with_flags(home.root().join("cleotp.db"), OpenFlags::SQLITE_OPEN_READ_WRITE);
    opened.is_ok_and(|database| database.query_row("SELECT 1 FROM meta", [], |_| Ok(())).is_ok())
}

/// The last number of a table.
fn last(home: &Home, table: &str) -> i64 {
    number(&open(home), &format!("SELECT max(rowid) FROM {table}"))
}

/// A right UAI for each number.
fn uai(number: usize) -> String {
    let letters = b"ABCDEFGHJKLMNPRSTUVWXYZ";
    format!("{number:07}{}", char::from(letters[number % 23]))
}

/// Opens a database as the next process would: what a killed one has left in the log is taken up.
pub fn open(home: &Home) -> Connection {
    Connection::open(home.root().join("cleotp.db")).unwrap()
}

pub fn number(database: &Connection, query: &str) -> i64 {
    database.query_row(query, [], |row| row.get(0)).unwrap()
}

fn table(database: &Connection, query: &str) -> String {
    let mut statement = database.prepare(query).unwrap();
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    let mut text = String::new();
    while let Some(row) = rows.next().unwrap() {
        for column in 0..columns {
            let value: rusqlite::types::Value = row.get(column).unwrap();
            match value {
                rusqlite::types::Value::Null => text.push('-'),
                rusqlite::types::Value::Integer(number) => write!(text, "{number}").unwrap(),
                rusqlite::types::Value::Text(word) => text.push_str(&word),
                other => panic!("{other:?}"),
            }
            text.push(if column + 1 == columns { '\n' } else { '|' });
        }
    }
    text
}

/// Holds a home to its promises: pages, references and the chain of events.
pub fn is_whole(home: &Home) -> Result<(), String> {
    let database = open(home);
    let answer: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    if answer != "ok" || !table(&database, "PRAGMA foreign_key_check").is_empty() {
        return Err(format!("the database is not whole: {answer}"));
    }
    drop(database);
    match in_process(home.root(), &["audit", "verify", "-o", "json"]) {
        (0, out) if out.contains("\"intact\":true") => Ok(()),
        verified => Err(format!("the chain of events is not whole: {verified:?}")),
    }
}

/// Runs a command in this process, which takes less time than a process of its own.
pub fn in_process(root: PathBuf, arguments: &[&str]) -> (u8, String) {
    let (exit, out, _) = at(root, now(), arguments);
    (exit, out)
}

/// Runs a command in this process by a clock that stands.
fn at(root: PathBuf, moment: i64, arguments: &[&str]) -> (u8, String, String) {
    run(root, Standing(Rc::new(Cell::new(moment))), &[], arguments)
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64
}
