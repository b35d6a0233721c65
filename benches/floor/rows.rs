//! What SQLite alone takes for the keys of an import: their rows in the real schema, written as an import writes them, without a
//! file that is read, a seed that is sealed, or a pause between two parts.

use rusqlite::{Connection, params_from_iter};
use std::path::Path;
use std::time::{Duration, Instant};

const SCHEMA: &str = include_str!("../../src/store/schema/001.sql");
const KEYS: i64 = 100_000;
/// How many keys are written in one change.
const AT_ONCE: usize = 4096;
/// How many rows one statement has.
const ROWS: usize = 64;
const TURNS: usize = 7;

/// Prints milliseconds, with all indexes of the table and without those that are not needed to find a serial twice.
pub(crate) fn measure() {
    let ways = [("all indexes", false), ("no index but the serial's", true)];
    let mut times = ways.map(|_| Vec::new());
    for _ in 0..TURNS {
        for ((_, is_bare), times) in ways.iter().zip(&mut times) {
            times.push(write(*is_bare));
        }
    }
    for ((way, _), mut times) in ways.into_iter().zip(times) {
        times.sort_unstable();
        let ms = |time: Option<&Duration>| time.unwrap().as_secs_f64() * 1000.0;
        let (least, median) = (ms(times.first()), ms(times.get(TURNS / 2)));
        println!("{KEYS} rows of keys, {way}: least {least:.0} ms, median {median:.0} ms of {TURNS} turns");
    }
}

/// Writes the keys into a new database; tells how long it took from its opening until it was closed.
fn write(is_bare: bool) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("floor.db");
    let connection = open(&path);
    connection.execute_batch(SCHEMA).unwrap();
    if is_bare {
        drop_indexes(&connection);
    }
    connection.close().unwrap();
    let began = Instant::now();
    let connection = open(&path);
    connection.execute_batch("PRAGMA cache_size = -16384").unwrap();
    let batch = "INSERT INTO batches (imported_at, file_name, sha256, format, operator_uid, operator_name,
            read_keys, new_keys, identical_keys, warnings, is_open)
        VALUES (0, 'list.csv', zeroblob(32), '', 0, 'root', 0, 0, 0, 0, 1)";
    connection.execute(batch, []).unwrap();
    connection.execute_batch("PRAGMA synchronous = NORMAL").unwrap();
    let keys: Vec<i64> = (0..KEYS).collect();
    for part in keys.chunks(AT_ONCE) {
        connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        for rows in part.chunks(ROWS) {
            insert(&connection, rows);
        }
        connection.execute_batch("COMMIT").unwrap();
    }
    connection.execute_batch("PRAGMA synchronous = FULL; UPDATE batches SET is_open = 0").unwrap();
    connection.close().unwrap();
    began.elapsed()
}

/// Opens a database as the store does.
fn open(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
        PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON";
    connection.execute_batch(settings).unwrap();
    connection
}

fn drop_indexes(connection: &Connection) {
    let mut found = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'keys' AND sql IS NOT NULL")
        .unwrap();
    let names: Vec<String> = found.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for name in names {
        connection.execute_batch(&format!("DROP INDEX {name}")).unwrap();
    }
}

/// Inserts keys of a plain list by one statement: an id, a serial, a sealed seed and a line for each, the rest once for all of them.
fn insert(connection: &Connection, keys: &[i64]) {
    let row = |place: usize| {
        let own = 9 + place * 4;
        format!(
            "(?{}, ?{}, ?{}, ?{}, ?1, ?2, ?3, ?4, ?8, ?8, ?8, ?8, ?8, ?5, ?6, ?7, ?7)",
            own,
            own + 1,
            own + 2,
            own + 3
        )
    };
    let rows: Vec<String> = (0..keys.len()).map(row).collect();
    let mut statement = connection
        .prepare_cached(&format!(
            "INSERT INTO keys (key_id, serial, seed, batch_line, algorithm, digits, period, epoch, manufacturer, model, not_before,
                not_after, establishment_id, batch_id, drift, watermark, first_watermark) VALUES {}",
            rows.join(", ")
        ))
        .unwrap();
    let nothing = rusqlite::types::Value::Null;
    let common: [rusqlite::types::Value; 8] =
        ["totp-sha1".to_owned().into(), 6.into(), 60.into(), 0.into(), 1.into(), 0.into(), (-1).into(), nothing];
    let own = keys.iter().flat_map(|key| {
        let scattered = u128::from(key.unsigned_abs()).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        let (id, serial) = (scattered.to_be_bytes().to_vec(), (100_000_000 + key).to_string());
        let seed = id.repeat(3);
        [id.into(), serial.into(), seed.into(), (*key).into()]
    });
    statement.execute(params_from_iter(common.into_iter().chain(own))).unwrap();
}
