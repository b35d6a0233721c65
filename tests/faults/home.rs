//! A furnished home of which cheap copies are made, what stands in such a copy, and whether it is whole.

use crate::support::host::{Standing, run};
use crate::support::{Home, PIN, UAI, code, hex, login, seed, serial};
use rusqlite::Connection;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
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

/// A home with a key in each state that the deeds need.
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

static STAGE: Mutex<Option<(Instant, Arc<Stage>)>> = Mutex::new(None);

/// What stands in a home, as far as a deed changes it, without times and random bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub rows: String,
    /// Events since the home was furnished, by what they tell.
    pub events: String,
}

impl Stage {
    /// Gives the furnished home, made anew when it is so old that what was issued in it may have expired.
    pub fn fresh() -> Arc<Self> {
        let mut stage = STAGE.lock().unwrap_or_else(PoisonError::into_inner);
        match &*stage {
            Some((made_at, stage)) if made_at.elapsed() < LIFE => Arc::clone(stage),
            _ => {
                let made = Arc::new(Self::furnish());
                *stage = Some((Instant::now(), Arc::clone(&made)));
                made
            }
        }
    }

    /// `user0` has a key in use, `user1` one to be activated, `user2` one for which he has to choose a PIN; two keys and a batch of
    /// [`FEW_KEYS`] are in stock, and two files wait to be imported.
    fn furnish() -> Self {
        let home = Home::in_memory();
        let list = |name: &str, first: usize, keys: usize| {
            let mut list = String::new();
            for index in first..first + keys {
                writeln!(list, "{},{},totp,6,60", serial(index), hex(&seed(index))).unwrap();
            }
            std::fs::write(home.path(name), list).unwrap();
            home.path(name).display().to_string()
        };
        home.done(&["init"], "");
        home.done(&["import", &list("keys.csv", 0, 5)], "");
        home.done(&["import", &list("batch.csv", 100, FEW_KEYS)], "");
        list("few.csv", 200, FEW_KEYS);
        list("many.csv", 1000, MANY_KEYS);
        home.done(&["establishment", "add", UAI, "Test"], "");
        let people: String = (0..3).map(|index| format!("{},User {index},{UAI}\n", login(index))).collect();
        home.done(&["user", "import", "-"], &format!("login,name,establishment\n{people}"));
        let [_, activation, _] = [0, 1, 2].map(|index| {
            home.done(&["key", "assign", &serial(index), &login(index)], "");
            let issued = home.json(&["activation", "new", &login(index)], "", 0);
            let code = issued["activations"][0]["code"].as_str().unwrap().to_owned();
            if index != 1 {
                home.done(&["activate", &login(index), &serial(index)], &format!("{code}\n"));
            }
            code
        });
        home.set_pin(0);
        home.done(&["check", &login(0)], &format!("{PIN}{}\n", code(0, 0)));
        let answer = home.json(&["check", &login(2)], &format!("{}\n", code(2, 0)), 10);
        let ticket = answer["ticket"].as_str().unwrap().to_owned();
        let database = open(&home);
        let watermarks = watermarks(&database);
        let last = ["attempts", "audit"].map(|table| number(&database, &format!("SELECT max(rowid) FROM {table}")));
        drop(database);
        Self { home, activation, ticket, watermarks, last }
    }

    /// Reads what stands in a copy.
    pub fn state(&self, copy: &Home) -> State {
        let database = open(copy);
        let mut rows = String::new();
        for query in [
            "SELECT 'keys', state, lock, user_id, pin_hash IS NOT NULL, pin_provisional_until IS NOT NULL,
                credential_version, batch_id, count(*)
             FROM keys WHERE batch_id IN (SELECT id FROM batches WHERE NOT is_open) GROUP BY 2, 3, 4, 5, 6, 7, 8",
            "SELECT 'batch', id, read_keys, new_keys FROM batches WHERE NOT is_open",
            "SELECT 'user', id, enabled, removed_at IS NULL FROM users",
            "SELECT 'activation', id, state FROM activations",
            "SELECT 'ticket', key_id, purpose, tries_left FROM tickets",
            "SELECT 'succession', new_key_id, old_key_id FROM successions",
            "SELECT 'spent', key_id, count(*) FROM spent_codes GROUP BY 2",
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
                "SELECT action, outcome, reason, count(*) FROM audit WHERE seq > {} GROUP BY 1, 2, 3",
                self.last[1]
            ),
        );
        State { rows, events }
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

/// Runs a command that only reads in this process, which takes less time than a process of its own.
fn in_process(root: PathBuf, arguments: &[&str]) -> (u8, String) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64;
    let (exit, out, _) = run(root, Standing(Rc::new(Cell::new(now))), &[], arguments);
    (exit, out)
}
