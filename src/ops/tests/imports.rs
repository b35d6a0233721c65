//! Files that come in, or do not, over a real database.

use super::*;

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
    house.behind().kill_import(2, "55004000");
    assert_eq!(seen(&house), before);
    let report = house.import(list.as_bytes(), true);
    assert_eq!((report.new, report.identical, report.answer), (9_000, 0, ImportAnswer::Imported));
    let report = house.import(list.as_bytes(), false);
    assert_eq!((report.new, report.identical, report.batch), (9_000, 0, Some(2)));
}

#[test]
fn a_refused_file_leaves_neither_keys_nor_a_number() {
    let house = House::furnished();
    let keys = house.rows("keys");
    let good: String = (0..9_000)
        .map(|n| format!("{},{:040x},totp,6,60\n", 55_000_000 + n, n * 7_919 + 0x1234_5678_9abc_def1u64))
        .collect();
    let report = house.import(format!("{good}77,31,totp\n").as_bytes(), false);
    assert_eq!((report.answer, report.batch, report.new), (ImportAnswer::Rejected, None, 9_000));
    assert_eq!((house.rows("keys"), house.rows("batches")), (keys, 1));
    assert_eq!(house.import(good.as_bytes(), false).batch, Some(2));
}

#[test]
fn keys_that_share_a_serial_come_in_under_their_ids_only() {
    let house = House::furnished();
    let before = house.desk().store.read().keys(&KeyFilter::default()).unwrap().len();
    let report = house.import(include_bytes!("../../../fixtures/seeds/pskc-namesakes.xml"), false);
    assert_eq!((report.read, report.new, report.identical, report.conflict), (3, 3, 0, 0));
    let keys = house.desk().store.read().keys(&KeyFilter::default()).unwrap();
    let serials: Vec<&str> = keys.iter().map(|key| key.serial.as_str()).collect();
    assert_eq!(keys.len(), before + 3);
    assert!(serials.contains(&"9999999#3") && serials.contains(&"9999999#4") && !serials.contains(&"9999999"));
}

#[test]
fn d13_the_same_file_a_hundred_times_is_once() {
    let house = House::furnished();
    let events = house.events().len();
    for _ in 0..100 {
        let report = house.import(DEMO, false);
        assert_eq!((report.answer, report.new, report.batch), (ImportAnswer::AlreadyImported(1), 0, None));
    }
    assert_eq!(house.rows("keys"), 5);
    assert_eq!(house.rows("batches"), 1);
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
    assert_eq!(house.rows("keys"), 5);
    assert_eq!(house.rows("batches"), 1);
    let last = house.events().pop().unwrap();
    assert_eq!((last.event.action, last.event.outcome), (Action::Import, Outcome::Refused));
}

#[test]
fn d10_one_serial_twice_refuses_its_file_and_a_known_key_with_its_seed_is_passed_over() {
    let house = House::furnished();
    let row = |serial: u64, seed: u64| format!("{serial},{:040x},totp,6,60\n", seed * 7_919 + 0x1234_5678_9abc_def1);
    let report = house.import(format!("{}{}", row(55_000_001, 1), row(55_000_001, 2)).as_bytes(), false);
    assert_eq!((report.answer, report.batch), (ImportAnswer::Rejected, None));
    assert_eq!(house.rows("keys"), 5);
    assert_eq!(house.import(row(55_000_001, 1).as_bytes(), false).new, 1);
    let row_of = |house: &House| house.behind().row("keys", "55000001");
    let before = row_of(&house);
    let report = house.import(format!("{}{}", row(55_000_001, 1), row(55_000_002, 2)).as_bytes(), false);
    assert_eq!((report.new, report.identical, report.conflict), (1, 1, 0));
    assert_eq!(row_of(&house), before);
    // As another one it needs to be asked for, and a key that was ever given out is not replaced at all.
    house.desk().assign_key(&serial("55000001"), &login("bob")).unwrap();
    let (mut source, guidance) = (std::io::Cursor::new(row(55_000_001, 3)), Guidance::default());
    let mut file = SeedFile { replace: true, ..house.file_of(&mut source, &guidance) };
    let report = house.desk().import_file(&mut file).unwrap();
    assert_eq!((report.answer, report.conflict), (ImportAnswer::Rejected, 1));
}

#[test]
fn a_dry_run_reports_and_leaves_nothing() {
    let house = House::furnished();
    let events = house.events().len();
    let changed = std::str::from_utf8(DEMO).unwrap().replace(KEY, "200000001").replace("3SR0", "4SR0");
    let report = house.import(changed.as_bytes(), true);
    assert_eq!((report.answer, report.new, report.identical), (ImportAnswer::Imported, 1, 4));
    assert_eq!(report.batch, None);
    assert_eq!(house.rows("keys"), 5);
    assert_eq!(house.rows("batches"), 1);
    assert_eq!(house.events().len(), events);
    assert_eq!(house.import(changed.as_bytes(), false).new, 1);
}
