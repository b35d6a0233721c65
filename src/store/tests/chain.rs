//! The chain of events under edits of the file behind the program's back, and under many writers.

use super::*;
use crate::audit::{Checkpoint, Findings, Head, RestoredHeads, Subject, TestSeal, Truncation, Verification};
use rusqlite::types::Value;

/// A size that the figures of a release are taken with.
fn size(variable: &str, usual: u64) -> u64 {
    #[allow(clippy::disallowed_methods, reason = "the size of a test")]
    std::env::var(variable).map_or(usual, |text| text.parse().unwrap())
}

/// Draws numbers in an order that is always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % end
    }
}

const LENGTH: i64 = 40;

/// A database with events of many kinds.
fn chained() -> Bench {
    let bench = Bench::begun();
    let mut store = Store::new(Database::open(&bench.path()).unwrap(), &TestSeal, &bench.clock, operator());
    let told = |number: i64| {
        let subject = Subject {
            establishment: (number % 2 == 0).then(|| "0860034V".parse().unwrap()),
            user: (number % 3 == 0).then_some(number),
            serial: (number % 5 != 0).then(serial),
            ..Subject::default()
        };
        let told = Event::new(Action::Check, Outcome::Refused).because("wrong-pin").about(subject);
        if number % 4 == 0 { told.counting(number) } else { told }
    };
    store.change::<_, Error>(NOW, |_| Ok(((), Events::all((1..=LENGTH).map(told).collect())))).unwrap();
    bench
}

/// Opens the file as somebody who minds no rule of it.
fn unruled(bench: &Bench) -> Connection {
    let connection = bench.raw();
    connection
        .execute_batch(
            "PRAGMA ignore_check_constraints = 1; PRAGMA synchronous = OFF;
             DROP TRIGGER audit_is_never_edited; DROP TRIGGER audit_is_never_shortened;
             DROP TRIGGER audit_stub_never_falls; DROP TRIGGER audit_stub_stays",
        )
        .unwrap();
    connection
}

fn verified(connection: &Connection, checkpoints: Vec<Checkpoint>) -> Findings {
    let view = View { connection, scope: &Scope::All };
    let mut verification = Verification::new(&TestSeal, checkpoints);
    let walked = view.walk_audit(|link| match link {
        Link::Stub(stub, mac) => verification.begin_at(stub, mac),
        Link::Event(record) => verification.take(record),
        Link::Unreadable(seq) => verification.take_unreadable(seq),
    });
    walked.unwrap();
    verification.finish()
}

fn columns(connection: &Connection) -> Vec<String> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info('audit')").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Turns one bit of a value round; gives one to a value that is missing.
fn flipped(value: Value, dice: &mut Dice) -> Value {
    let mut turn = |mut bytes: Vec<u8>| {
        if bytes.is_empty() {
            return b"x".to_vec();
        }
        let at = usize::try_from(dice.below(i64::try_from(bytes.len()).unwrap())).unwrap();
        bytes[at] ^= 1 << dice.below(8);
        bytes
    };
    match value {
        Value::Integer(number) => Value::Integer(number ^ (1 << dice.below(63))),
        // What is no UTF-8 any more is kept as SQLite keeps it.
        Value::Text(text) => match String::from_utf8(turn(text.into_bytes())) {
            Ok(text) => Value::Text(text),
            Err(error) => Value::Blob(error.into_bytes()),
        },
        Value::Blob(bytes) => Value::Blob(turn(bytes)),
        other => other,
    }
}

/// Edits one column of an event; gives the first event that must be named.
fn edit(connection: &Connection, column: &str, seq: i64, dice: &mut Dice) -> Option<i64> {
    let read = format!("SELECT \"{column}\", typeof(\"{column}\") FROM audit WHERE seq = ?1");
    let value: Value = connection.query_row(&read, [seq], |row| row.get(0)).unwrap();
    let value = match (column, value) {
        ("user_id" | "batch_id" | "count" | "last_at", Value::Null) => Value::Integer(dice.below(3)),
        ("unknown_login" | "file_sha256", Value::Null) => Value::Blob(vec![0; 8]),
        (_, Value::Null) => Value::Text(String::new()),
        (_, value) => flipped(value, dice),
    };
    let first = match value {
        Value::Integer(moved) if column == "seq" => seq.min(moved),
        _ => seq,
    };
    let to = if matches!(value, Value::Blob(_)) && !["unknown_login", "file_sha256", "mac"].contains(&column) {
        "CAST(?1 AS TEXT)"
    } else {
        "?1"
    };
    let edited = connection
        .execute(&format!("UPDATE audit SET \"{column}\" = {to} WHERE seq = ?2"), rusqlite::params![value, seq]);
    edited.is_ok().then_some(first)
}

fn mutate(connection: &Connection, columns: &[String], dice: &mut Dice) -> (String, Option<i64>) {
    let run = |sql: String| connection.execute_batch(&sql).unwrap();
    let all = columns.join(", ");
    let rest = columns.iter().filter(|column| *column != "seq").cloned().collect::<Vec<_>>().join(", ");
    let seq = 1 + dice.below(LENGTH);
    match dice.below(10) {
        0 => {
            let other = 1 + (seq + dice.below(LENGTH - 1)) % LENGTH;
            run(format!(
                "UPDATE audit SET seq = -1 WHERE seq = {seq}; UPDATE audit SET seq = {seq} WHERE seq = {other};
                 UPDATE audit SET seq = {other} WHERE seq = -1"
            ));
            (format!("{seq} and {other} swapped"), Some(seq.min(other)))
        }
        1 => {
            let seq = seq.min(LENGTH - 1);
            run(format!("DELETE FROM audit WHERE seq = {seq}"));
            (format!("{seq} deleted"), Some(seq))
        }
        2 => {
            let seq = seq.min(LENGTH - 1);
            run(format!(
                "DELETE FROM audit WHERE seq = {seq}; UPDATE audit SET seq = -seq WHERE seq > {seq};
                 UPDATE audit SET seq = -seq - 1 WHERE seq < 0"
            ));
            (format!("{seq} deleted and the gap closed"), Some(seq))
        }
        3 => {
            run(format!(
                "UPDATE audit SET seq = -seq WHERE seq >= {seq}; UPDATE audit SET seq = -seq + 1 WHERE seq < 0;
                 INSERT INTO audit ({all}) SELECT {seq}, {rest} FROM audit WHERE seq = 1 + {seq}"
            ));
            // The copy stands where the event stood, and the event where none did.
            (format!("{seq} inserted twice"), Some(seq + 1))
        }
        4 => {
            run(format!("INSERT INTO audit ({all}) SELECT {LENGTH} + 1, {rest} FROM audit WHERE seq = {seq}"));
            (format!("{seq} copied to the end"), Some(LENGTH + 1))
        }
        // Other letters or digits that are read as the same value.
        kind @ (5 | 6) => {
            let (column, written) =
                if kind == 5 { ("establishment", "lower(establishment)") } else { ("serial", "'000' || serial") };
            let sql = format!(
                "UPDATE audit SET {column} = {written} WHERE seq = (SELECT seq FROM audit WHERE {column} IS NOT NULL
                    ORDER BY abs(seq - {seq}) LIMIT 1) RETURNING seq"
            );
            let first = connection.query_row(&sql, [], |row| row.get(0)).unwrap();
            (format!("{column} of {first} written in another way"), Some(first))
        }
        _ => {
            let column = columns[usize::try_from(dice.below(i64::try_from(columns.len()).unwrap())).unwrap()].clone();
            let first = edit(connection, &column, seq, dice);
            (format!("{column} of {seq} edited"), first)
        }
    }
}

/// `CLEOTP_EDITS=10000` for the figure of a release.
#[test]
fn j01_whatever_is_edited_the_first_event_that_is_wrong_is_named() {
    let bench = chained();
    let connection = unruled(&bench);
    let columns = columns(&connection);
    let mut dice = Dice(7);
    assert_eq!(verified(&connection, Vec::new()).first_bad, None);
    let mut tried = 0;
    for _ in 0..size("CLEOTP_EDITS", 700) {
        connection.execute_batch("BEGIN").unwrap();
        let (what, first) = mutate(&connection, &columns, &mut dice);
        if let Some(first) = first {
            assert_eq!(verified(&connection, Vec::new()).first_bad, Some(first), "{what}");
            tried += 1;
        }
        connection.execute_batch("ROLLBACK").unwrap();
    }
    assert!(tried > size("CLEOTP_EDITS", 700) * 9 / 10, "{tried}");
}

fn checkpoint_at(connection: &Connection, seq: i64) -> Checkpoint {
    let mac = connection.query_row("SELECT mac FROM audit WHERE seq = ?1", [seq], |row| row.get(0)).unwrap();
    Checkpoint { database: [1; 16], head: Head { seq, mac }, events: seq, at: NOW, version: "0".to_owned() }
}

/// `CLEOTP_CUTS=1000` for the figure of a release.
#[test]
fn j02_a_cut_at_either_end_is_found_by_a_checkpoint() {
    let bench = chained();
    let connection = unruled(&bench);
    let mut dice = Dice(11);
    for _ in 0..size("CLEOTP_CUTS", 150) {
        let checkpoint = checkpoint_at(&connection, 2 + dice.below(LENGTH - 1));
        let seq = checkpoint.head.seq;
        connection.execute_batch("BEGIN").unwrap();
        let left = dice.below(seq);
        connection.execute_batch(&format!("DELETE FROM audit WHERE seq > {left}")).unwrap();
        let found = verified(&connection, vec![checkpoint.clone()]);
        assert_eq!((found.first_bad, found.truncation), (None, Truncation::Detected { seq, at: NOW }), "{left}");
        assert_eq!(verified(&connection, Vec::new()).truncation, Truncation::NotExcluded);
        connection.execute_batch("ROLLBACK; BEGIN").unwrap();
        let gone = 1 + dice.below(LENGTH - 1);
        connection.execute_batch(&format!("DELETE FROM audit WHERE seq <= {gone}")).unwrap();
        assert_eq!(verified(&connection, vec![checkpoint]).first_bad, Some(1), "{gone}");
        connection.execute_batch("ROLLBACK").unwrap();
    }
    let found = verified(&connection, vec![checkpoint_at(&connection, 30)]);
    assert_eq!(found.truncation, Truncation::Excluded { up_to: 30 });
}

#[test]
fn g08_a_cut_does_not_become_a_restore_by_a_row_that_somebody_without_the_vault_key_made_up() {
    let bench = chained();
    let connection = unruled(&bench);
    let checkpoint = checkpoint_at(&connection, 30);
    let heads = RestoredHeads { backup: checkpoint_at(&connection, 20).head, previous: None }.to_string();
    connection.execute_batch("DELETE FROM audit WHERE seq > 20").unwrap();
    let truncation = || verified(&connection, vec![checkpoint.clone()]).truncation;
    let detected = Truncation::Detected { seq: 30, at: NOW };
    let mut store = Store::new(Database::open(&bench.path()).unwrap(), &TestSeal, &bench.clock, operator());
    for action in ["restore", "audit-purge", "operator-add", "denial"] {
        let sql =
            "INSERT INTO floods (operator_uid, operator_name, via, action, reason, began_at, told, untold, last_at, seal)
            VALUES (1001, 'marie', 'sudo', ?1, ?2, 0, 1, 1, 0, zeroblob(32))";
        connection.execute(sql, [action, heads.as_str()]).unwrap();
        store.change::<_, Error>(NOW, |_| Ok(((), Events::one(event())))).unwrap();
        assert_eq!(truncation(), detected, "{action}");
        // The program does not vouch for what it did not write, and says so.
        let told = "SELECT group_concat(outcome || ' ' || reason) FROM (SELECT * FROM audit ORDER BY seq DESC LIMIT 2) WHERE action = 'denial'";
        let told: String = connection.query_row(told, [], |row| row.get(0)).unwrap();
        assert_eq!(told, "alarm integrity", "{action}");
    }
    let mut tell = |outcome| {
        let told = || Events::one(Event::new(Action::Restore, outcome).because(&heads));
        store.change::<_, Error>(NOW, |_| Ok(((), told()))).unwrap();
    };
    tell(Outcome::Refused);
    assert_eq!(truncation(), detected);
    tell(Outcome::Done);
    assert_eq!(truncation(), Truncation::Restored);
}

#[test]
fn j06_no_statement_shortens_the_audit_but_behind_a_stub_and_no_stub_goes_back() {
    let bench = chained();
    let store = Store::new(Database::open(&bench.path()).unwrap(), &TestSeal, &bench.clock, operator());
    assert!(bench.forbidden("DELETE FROM audit WHERE seq = 1").contains("before its time"));
    drop(store);
    let mut store = Store::new(Database::open(&bench.path()).unwrap(), &TestSeal, &bench.clock, operator());
    let purge = |change: &Change<'_>| Ok((change.purge_part(12, &TestSeal, NOW)?, Events::one(event())));
    let stub = store.change::<_, Error>(NOW, purge).unwrap();
    assert_eq!((stub.head.seq, stub.goal), (12, 12));
    for (statement, told) in [
        ("DELETE FROM audit WHERE seq = 13", "before its time"),
        ("DELETE FROM audit_stub", "stays deleted"),
        ("UPDATE audit_stub SET seq = 11", "stays deleted"),
    ] {
        assert!(bench.forbidden(statement).contains(told), "{statement}");
    }
    let found = verified(&store.connection, Vec::new());
    assert_eq!((found.first_bad, found.events, found.purged, found.last), (None, LENGTH - 11, 12, LENGTH + 1));
    // Somebody who minds no rule.
    let connection = unruled(&bench);
    for (sql, first) in [
        ("UPDATE audit_stub SET seq = 11, goal = 11", 11),
        ("UPDATE audit_stub SET mac = zeroblob(32)", 12),
        ("UPDATE audit_stub SET at = 0", 12),
        ("DELETE FROM audit_stub", 1),
        ("UPDATE audit_stub SET seq = 20, goal = 20; DELETE FROM audit WHERE seq <= 20", 20),
    ] {
        connection.execute_batch(&format!("BEGIN; {sql}")).unwrap();
        assert_eq!(verified(&connection, Vec::new()).first_bad, Some(first), "{sql}");
        connection.execute_batch("ROLLBACK").unwrap();
    }
}

#[test]
fn what_is_appended_to_an_audit_of_which_all_is_deleted_goes_on_from_the_stub() {
    let bench = chained();
    let mut store = Store::new(Database::open(&bench.path()).unwrap(), &TestSeal, &bench.clock, operator());
    let purge = |change: &Change<'_>| Ok((change.purge_part(LENGTH, &TestSeal, NOW)?, Events::owed_by_begun_purge()));
    store.change::<_, Error>(NOW, purge).unwrap();
    assert_eq!(store.read().audit_head().unwrap().1, 0);
    store.change::<_, Error>(NOW, |_| Ok(((), Events::one(event())))).unwrap();
    let found = verified(&store.connection, Vec::new());
    assert_eq!((found.first_bad, found.events, found.last), (None, 1, LENGTH + 1));
}

#[test]
fn j07_of_sixty_four_writers_at_once_none_makes_a_gap_or_a_fork() {
    let bench = chained();
    let path = bench.path();
    std::thread::scope(|threads| {
        for _ in 0..64 {
            threads.spawn(|| {
                let clock = Uptime(Cell::new(Duration::ZERO));
                let mut store = Store::new(Database::open(&path).unwrap(), &TestSeal, &clock, operator());
                for _ in 0..3 {
                    let two = || Events::one(event()).and(event());
                    store.change::<_, Error>(NOW, |_| Ok(((), two()))).unwrap();
                }
            });
        }
    });
    let found = verified(&bench.raw(), Vec::new());
    assert_eq!((found.first_bad, found.events, found.last), (None, LENGTH + 384, LENGTH + 384));
}
