//! Files that are no database of ours, or not any more.

use super::*;

#[test]
fn h06_a_missing_database_is_never_made() {
    let bench = Bench::new();
    let elsewhere = bench.directory.path().join("none.db");
    assert!(matches!(Database::open(&elsewhere), Err(Error::Missing)));
    assert!(!elsewhere.exists());
}

#[test]
fn h06_an_empty_file_and_one_of_noise_are_damaged() {
    let bench = Bench::new();
    assert!(matches!(Database::open(&bench.path()), Err(Error::Damaged)));
    assert!(matches!(Database::open(&bench.path()), Err(Error::Damaged)), "looking must not change it");
    bench.write(&[0x5a; 8_192]);
    assert!(matches!(Database::open(&bench.path()), Err(Error::Damaged)));
    bench.write(b"root:x:0:0:root:/root:/bin/bash\n");
    assert!(matches!(Database::open(&bench.path()), Err(Error::Damaged)));
}

#[test]
fn h06_a_database_of_another_program_is_foreign_and_never_built_over() {
    let bench = Bench::new();
    bench.raw().execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1)").unwrap();
    assert!(matches!(Database::open(&bench.path()), Err(Error::Foreign)));
    let built = Database::create(&bench.path());
    assert!(matches!(built, Err(Error::Foreign)));
    let mode: String = bench.raw().pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "delete", "looking at it must not change it");
    assert_eq!(bench.raw().query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)), Ok(1));
}

#[test]
fn h06_our_own_database_is_not_made_twice() {
    let bench = Bench::with_key();
    assert!(matches!(Database::create(&bench.path()), Err(Error::Foreign)));
    assert_eq!(bench.key().serial, serial());
}

#[test]
fn h01_a_database_that_was_laid_and_not_begun_opens_nothing() {
    let bench = Bench::new();
    drop(Database::create(&bench.path()).unwrap());
    let laid = Database::open(&bench.path()).unwrap();
    assert!(matches!(laid.envelope(), Err(Error::Damaged)));
}

#[test]
fn h10_a_database_of_a_newer_program_is_left_alone() {
    let bench = Bench::with_key();
    bench.raw().pragma_update(None, "user_version", 2).unwrap();
    assert!(matches!(Database::open(&bench.path()), Err(Error::Newer { found: 2, known: 1 })));
}

#[test]
fn h06_a_database_with_a_broken_page_is_damaged_and_not_read_on() {
    let bench = Bench::with_key();
    let connection = bench.raw();
    let page: i64 =
        connection.query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'keys'", [], |row| row.get(0)).unwrap();
    let size: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0)).unwrap();
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(connection);
    let file = std::fs::OpenOptions::new().write(true).open(bench.path()).unwrap();
    std::os::unix::fs::FileExt::write_all_at(&file, &[0xff; 64], ((page - 1) * size) as u64).unwrap();
    let read = Database::open(&bench.path())
        .and_then(|database| Store::new(database, &NoSeal, &bench.clock, operator()).read().key(&serial()));
    assert!(matches!(read, Err(Error::Damaged)), "{read:?}");
}

#[test]
fn f09_what_sqlite_would_write_to_temporary_files_stays_in_memory_and_every_connection_is_closed_to_tricks() {
    let bench = Bench::with_key();
    let connection = Database::open(&bench.path()).unwrap().into_connection();
    let number = |name: &str| -> i64 { connection.pragma_query_value(None, name, |row| row.get(0)).unwrap() };
    let settings =
        [("temp_store", 2), ("secure_delete", 1), ("foreign_keys", 1), ("trusted_schema", 0), ("synchronous", 2)];
    for (name, value) in settings {
        assert_eq!(number(name), value, "{name}");
    }
}
