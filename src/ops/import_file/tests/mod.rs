//! Files of which not every row is right, and keys that take another seed, over a real database.

mod clear;
mod long;

use super::super::tests::{House, KEY, OTHER, login, serial};
use super::*;
use crate::import::Problem;
use crate::key::{Key, Open, Serial};
use crate::ops::{Deed, StoreError};
use crate::otp::Step;
use crate::store::KeyFilter;
use std::io::Cursor;

/// What an operator may say of a file.
#[derive(Clone, Copy, Default)]
struct Wish {
    partial: bool,
    replace: bool,
    dry_run: bool,
}

const PARTIAL: Wish = Wish { partial: true, replace: false, dry_run: false };
const REPLACE: Wish = Wish { partial: false, replace: true, dry_run: false };

fn file_of<'f>(source: &'f mut dyn Source, guidance: &'f Guidance, wish: Wish) -> SeedFile<'f> {
    SeedFile {
        name: "list.csv",
        source,
        format: None,
        guidance,
        establishment: None,
        allow_weak_seeds: false,
        partial: wish.partial,
        replace: wish.replace,
        rejects: None,
        watch: Box::leak(Box::new(|_| {})),
        dry_run: wish.dry_run,
    }
}

fn take(house: &House, list: &str, wish: Wish) -> Result<FileReport, Error> {
    let (mut source, guidance) = (Cursor::new(list.as_bytes()), Guidance::default());
    house.desk().import_file(&mut file_of(&mut source, &guidance, wish))
}

/// Imports a list, after a trial that must say the same.
fn import(house: &House, list: &str, wish: Wish) -> FileReport {
    let trial = take(house, list, Wish { dry_run: true, ..wish }).unwrap();
    let report = take(house, list, wish).unwrap();
    assert_eq!(counts(&trial), counts(&report));
    assert_eq!((trial.findings, trial.answer, trial.batch), (report.findings.clone(), report.answer, None));
    report
}

/// New, identical, replaced, in conflict, rejected.
fn counts(report: &FileReport) -> [i64; 5] {
    [report.new, report.identical, report.replaced, report.conflict, report.rejected]
}

fn told(report: &FileReport) -> Vec<(u64, &'static str)> {
    report.findings.iter().map(|finding| (finding.line, finding.problem.code())).collect()
}

fn key(house: &House, of: &str) -> Key {
    house.desk().show_key(&serial(of)).unwrap().key
}

fn serials(house: &House) -> Vec<Serial> {
    house.desk().store.read().keys(&KeyFilter::default()).unwrap().into_iter().map(|key| key.serial).collect()
}

fn seed_of(house: &House, of: &str) -> Vec<u8> {
    let known = key(house, of);
    let secrets = house.desk().store.read().secrets(known.row).unwrap();
    house.desk().vault.open_seed(&secrets.seed, &known.identity()).unwrap().expose().to_vec()
}

fn row(serial: u64, seed: u64) -> String {
    format!("{serial},{:040x},totp,6,60\n", u128::from(seed) * 7_919 + 0x1234_5678_9abc_def1)
}

fn rows(pairs: &[(u64, u64)]) -> String {
    pairs.iter().map(|(serial, seed)| row(*serial, *seed)).collect()
}

#[test]
fn right_rows_come_in_and_the_others_are_told_and_counted() {
    let house = House::furnished();
    let list = format!(
        "{}550000077,3132333435363738,totp\n{}550000078,zz32333435363738,totp\n",
        row(550_000_001, 1),
        row(550_000_002, 2)
    );
    assert_eq!(import(&house, &list, Wish::default()).answer, Answer::Rejected);
    let report = import(&house, &list, PARTIAL);
    assert_eq!((report.answer, report.batch, report.read), (Answer::Partial, Some(2), 2));
    assert_eq!(counts(&report), [2, 0, 0, 0, 2]);
    assert_eq!(told(&report), [(2, "seed-too-short"), (4, "seed-not-hex")]);
    let desk = house.desk();
    let (batch, keys) = desk.show_batch(2).unwrap();
    assert_eq!((batch.batch.new, batch.batch.left_out, keys.count()), (2, 2, 2));
    let events: Vec<_> = house.events().into_iter().filter(|record| record.event.subject.batch == Some(2)).collect();
    let said = |of: Outcome| events.iter().find(|record| record.event.outcome == of).unwrap().event.clone();
    assert_eq!((said(Outcome::Done).count, said(Outcome::Done).reason), (Some(2), None));
    assert_eq!(
        (said(Outcome::Refused).count, said(Outcome::Refused).reason.as_deref()),
        (Some(2), Some("seed-too-short"))
    );
    assert_eq!(events.len(), 2);
}

#[test]
fn a_file_of_which_rows_were_left_out_is_never_one_that_came_in_before() {
    let house = House::furnished();
    let list = format!("{}550000077,3132333435363738,totp\n", row(550_000_001, 1));
    assert_eq!(import(&house, &list, PARTIAL).batch, Some(2));
    let again = import(&house, &list, PARTIAL);
    assert_eq!((again.answer, again.batch, counts(&again)), (Answer::Partial, None, [0, 1, 0, 0, 1]));
    assert_eq!(told(&again), [(2, "seed-too-short")]);
    assert_eq!(import(&house, &list, Wish::default()).answer, Answer::Rejected);
    let mended = rows(&[(550_000_001, 1), (550_000_077, 2)]);
    assert_eq!(counts(&import(&house, &mended, PARTIAL)), [1, 1, 0, 0, 0]);
    assert_eq!(take(&house, &mended, PARTIAL).unwrap().answer, Answer::AlreadyImported(3));
    assert_eq!(house.rows("batches"), 3);
}

#[test]
fn when_no_row_is_right_nothing_comes_in_and_the_refusal_is_told() {
    let house = House::furnished();
    let report = import(&house, "550000076,3132333435363739,totp\n550000077,3132333435363738,totp\n", PARTIAL);
    assert_eq!((report.answer, report.batch, counts(&report)), (Answer::Partial, None, [0, 0, 0, 0, 2]));
    assert_eq!(house.rows("batches"), 1);
    assert_eq!(house.told("seed-too-short").last().unwrap().event.count, Some(2));
}

#[test]
fn of_rows_that_contradict_each_other_none_comes_in() {
    let house = House::furnished();
    let list = rows(&[
        (100_000_001, 1),
        (100_000_002, 2),
        (100_000_001, 3),
        (100_000_003, 2),
        (100_000_004, 4),
        (100_000_004, 4),
        (100_000_005, 3),
        (100_000_006, 6),
    ]);
    let report = import(&house, &list, PARTIAL);
    assert_eq!(counts(&report), [2, 0, 0, 0, 5]);
    let errors: Vec<_> = report.findings.iter().filter(|finding| finding.is_error()).collect();
    let of: Vec<_> = errors.iter().map(|finding| (finding.line, &finding.problem)).collect();
    let serial_twice = |first_line| Problem::SerialTwice { first_line };
    let seed_twice = |first_line| Problem::SeedTwice { first_line };
    assert_eq!(
        of,
        [
            (1, &serial_twice(3)),
            (2, &seed_twice(4)),
            (3, &serial_twice(1)),
            (3, &seed_twice(7)),
            (4, &seed_twice(2)),
            (7, &seed_twice(3)),
        ]
    );
    let known = serials(&house);
    assert!(known.contains(&serial("100000004")) && known.contains(&serial("100000006")));
    assert_eq!(known.len(), 5 + 2);
}

#[test]
fn what_cannot_be_read_to_its_end_comes_in_in_no_part() {
    let house = House::furnished();
    let keys = serials(&house);
    let whole = include_str!("../../../../fixtures/seeds/pskc-event-key.xml");
    let cut = &whole[..whole.rfind("</KeyPackage>").unwrap()];
    for list in [cut, "", "no seeds here, but a text\n", include_str!("../../../../fixtures/seeds/bad-mac-wrong.xml")] {
        let report = import(&house, list, PARTIAL);
        assert_eq!((report.answer, report.batch), (Answer::Rejected, None), "{:?}", report.findings);
    }
    assert_eq!(serials(&house), keys);
}

#[test]
fn rows_beyond_those_that_are_told_are_counted_and_a_row_with_two_faults_once() {
    let house = House::furnished();
    let bad: String =
        (0..250).map(|n| format!("{},{:016x},totp,6,60\n", 200_000_000 + n, n + 0x1122_3344_5566_7788_u64)).collect();
    let report = import(&house, &format!("{}{bad}", row(100_000_001, 1)), PARTIAL);
    assert_eq!(counts(&report), [1, 0, 0, 0, 250]);
    assert_eq!(report.findings.last().unwrap().problem, Problem::TooManyErrors { total: 250 });
    // Short, and on two serials.
    let report =
        import(&house, "300000001,abcdef0123456789,totp,6,60\n300000002,abcdef0123456789,totp,6,60\n", PARTIAL);
    assert_eq!((counts(&report), report.findings.len()), ([0, 0, 0, 0, 2], 4));
}

#[test]
fn a_key_in_conflict_is_left_out_and_the_others_come_in() {
    let house = House::furnished();
    let before = seed_of(&house, OTHER);
    let list = rows(&[(103_142_719, 1), (100_000_001, 2)]);
    assert_eq!(import(&house, &list, Wish::default()).answer, Answer::Rejected);
    let report = import(&house, &list, PARTIAL);
    assert_eq!((counts(&report), told(&report)), ([1, 0, 0, 1, 0], vec![(1, "conflict")]));
    assert_eq!(seed_of(&house, OTHER), before);
    assert_eq!(house.desk().show_batch(2).unwrap().0.batch.left_out, 1);
}

#[test]
fn a_key_that_was_never_given_out_takes_another_seed_and_begins_anew() {
    let house = House::furnished();
    let before = key(&house, OTHER);
    let report = import(&house, &rows(&[(103_142_719, 1), (100_000_001, 2)]), REPLACE);
    assert_eq!((counts(&report), report.answer, report.batch), ([1, 0, 1, 0, 0], Answer::Imported, Some(2)));
    let after = key(&house, OTHER);
    assert_eq!((after.id, after.row, after.batch, after.batch_line), (before.id, before.row, 2, 1));
    assert_eq!((after.watermark, after.version.0), (Step::NEVER, before.version.0 + 1));
    assert_eq!(
        &seed_of(&house, OTHER)[..],
        &data_encoding::HEXLOWER.decode(row(1, 1).split(',').nth(1).unwrap().as_bytes()).unwrap()[..]
    );
    let events = house.events();
    let reseeded: Vec<_> = events.iter().filter(|record| record.event.action == Action::KeyReseed).collect();
    assert_eq!(reseeded.len(), 1);
    assert_eq!(reseeded[0].event.subject.serial, Some(serial(OTHER)));
    assert_eq!(reseeded[0].event.subject.batch, Some(2));
    assert_eq!(house.desk().show_batch(2).unwrap().0.batch.replaced, 1);
    // The first file is not in any more as it stands, and with it the key goes back.
    let demo = include_str!("../../../../fixtures/seeds/pskc-demo.xml");
    let again = import(&house, demo, Wish::default());
    assert_eq!((again.answer, counts(&again)), (Answer::Rejected, [0, 4, 0, 1, 0]));
    assert_eq!(counts(&import(&house, demo, REPLACE)), [0, 4, 1, 0, 0]);
    assert_eq!(take(&house, demo, REPLACE).unwrap().answer, Answer::AlreadyImported(3));
    assert_eq!(house.rows("replacements"), 0);
}

#[test]
fn the_counter_of_an_event_key_falls_with_a_new_seed_only() {
    let house = House::furnished();
    let of =
        |seed: u64, counter: u64| format!("7001,{:040x},hotp,6,{counter}\n", u128::from(seed) + 0x1234_5678_9abc_def1);
    assert_eq!(counts(&import(&house, &of(1, 500), Wish::default())), [1, 0, 0, 0, 0]);
    assert_eq!(key(&house, "7001").watermark, Step::new(499));
    assert_eq!(counts(&import(&house, &of(2, 7), REPLACE)), [0, 0, 1, 0, 0]);
    assert_eq!(key(&house, "7001").watermark, Step::new(6));
    assert!(house.behind().lower_watermark("7001", 5).contains("never falls"));
}

#[test]
fn a_key_that_was_given_out_once_keeps_its_seed_for_ever() {
    let house = House::furnished();
    house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
    house.does(KEY, Deed::Unassign).unwrap();
    let before = seed_of(&house, KEY);
    let list = rows(&[(103_142_718, 1), (103_142_719, 2)]);
    let report = import(&house, &list, REPLACE);
    assert_eq!((report.answer, counts(&report)), (Answer::Rejected, [0, 0, 1, 1, 0]));
    assert_eq!(told(&report), [(1, "conflict-used")]);
    let report = import(&house, &list, Wish { partial: true, ..REPLACE });
    assert_eq!((report.answer, counts(&report)), (Answer::Partial, [0, 0, 1, 1, 0]));
    assert_eq!(seed_of(&house, KEY), before);
    assert!(house.behind().change_seed(KEY).contains("keeps its seed"));
}

#[test]
fn a_killed_import_leaves_the_keys_that_it_would_have_replaced_as_they_were() {
    let house = House::furnished();
    let before = (seed_of(&house, OTHER), serials(&house));
    let list: String = (0..5_000).map(|n| row(600_000_000 + n, 10 + n)).chain([row(103_142_719, 1)]).collect();
    let mut source = Cursor::new(list.as_bytes());
    let mut desk = house.desk();
    let guidance = Guidance::default();
    let mut file = file_of(&mut source, &guidance, REPLACE);
    let survey = import::survey(file.source).unwrap();
    let batch = desk.open_batch(&file, &survey, None).unwrap();
    assert_eq!(desk.take_file(&mut file, &survey, None, Some(batch)).unwrap().replaced, 1);
    // Here it is killed, with all of it written but the change that closes it.
    drop(desk);
    assert_eq!(house.rows("replacements"), 1);
    assert_eq!((seed_of(&house, OTHER), serials(&house)), before);
    assert_eq!(take(&house, &row(100_000_001, 2), Wish::default()).unwrap().batch, Some(2));
    assert_eq!(house.rows("replacements"), 0);
    assert_eq!((seed_of(&house, OTHER), serials(&house).len()), (before.0, 6));
    assert_eq!(counts(&import(&house, &list, REPLACE)), [5_000, 0, 1, 0, 0]);
}

#[test]
fn a_key_that_is_given_out_while_a_file_is_read_is_not_replaced() {
    let house = House::furnished();
    let seed = seed_of(&house, OTHER);
    let list = rows(&[(103_142_719, 1), (100_000_001, 2)]);
    // What an assignment does to the key, done when its replacement is prepared and before it is put in place.
    house.behind().change_key_meanwhile(OTHER);
    let ended = take(&house, &list, Wish { partial: true, ..REPLACE });
    assert!(matches!(ended, Err(Error::Store(StoreError::Busy))), "{ended:?}");
    assert_eq!(seed_of(&house, OTHER), seed);
    assert_eq!(serials(&house).len(), 5);
    assert_eq!(house.rows("batches") + house.rows("replacements"), 1);
}

#[test]
fn a_file_whose_keys_went_with_the_batch_that_brought_them_comes_in_again() {
    let house = House::furnished();
    let list = rows(&[(100_000_001, 1), (100_000_002, 2)]);
    // The same keys under other bytes, so that they stay with the batch that brought them.
    let later = format!("{list}\n");
    assert_eq!(import(&house, &list, Wish::default()).batch, Some(2));
    assert_eq!(counts(&import(&house, &later, Wish::default())), [0, 2, 0, 0, 0]);
    assert_eq!(take(&house, &later, Wish::default()).unwrap().answer, Answer::AlreadyImported(3));
    house.desk().undo_batch(2).unwrap();
    let again = import(&house, &later, Wish::default());
    assert_eq!((again.answer, counts(&again)), (Answer::Imported, [2, 0, 0, 0, 0]));
    assert!(serials(&house).contains(&serial("100000002")));
    // One of them went, and the other came in later with another file.
    let mixed = rows(&[(100_000_002, 2), (100_000_003, 3)]);
    assert_eq!(counts(&import(&house, &mixed, Wish::default())), [1, 1, 0, 0, 0]);
    house.desk().undo_batch(again.batch.unwrap()).unwrap();
    assert_eq!(counts(&import(&house, &mixed, Wish::default())), [1, 1, 0, 0, 0]);
}

#[test]
fn a_file_whose_keys_took_another_seed_since_is_in_conflict_with_them() {
    let house = House::furnished();
    let list = rows(&[(100_000_001, 1), (100_000_002, 2)]);
    import(&house, &list, Wish::default());
    assert_eq!(counts(&import(&house, &row(100_000_002, 3), REPLACE)), [0, 0, 1, 0, 0]);
    let again = import(&house, &list, Wish::default());
    assert_eq!((again.answer, counts(&again)), (Answer::Rejected, [0, 1, 0, 1, 0]));
    // Back again by its first file, of which all is in then, though not with one batch.
    assert_eq!(counts(&import(&house, &list, REPLACE)), [0, 1, 1, 0, 0]);
    let again = take(&house, &list, Wish::default()).unwrap();
    assert!(matches!(again.answer, Answer::AlreadyImported(_)), "{:?}", again.answer);
}

#[test]
fn a_key_that_somebody_has_a_code_for_is_not_replaced() {
    let house = House::furnished();
    house.desk().issue_activation(&login("alice"), Some(&serial(OTHER))).unwrap();
    let before = seed_of(&house, OTHER);
    let list = rows(&[(103_142_719, 1), (100_000_001, 2)]);
    let report = import(&house, &list, REPLACE);
    assert_eq!((report.answer, counts(&report)), (Answer::Rejected, [1, 0, 0, 1, 0]));
    assert_eq!(told(&report), [(1, "conflict-promised")]);
    assert_eq!(seed_of(&house, OTHER), before);
    // A code that is no longer good for anything is in nobody's way.
    house.minutes(7 * 24 * 60 + 1);
    assert_eq!(counts(&import(&house, &list, REPLACE)), [1, 0, 1, 0, 0]);
}

#[test]
fn a_key_that_somebody_gets_a_code_for_while_a_file_is_read_is_not_replaced() {
    let house = House::furnished();
    let seed = seed_of(&house, OTHER);
    house.desk().issue_activation(&login("alice"), None).unwrap();
    house.behind().bind_codes_meanwhile(OTHER);
    let ended = take(&house, &rows(&[(103_142_719, 1), (100_000_001, 2)]), REPLACE);
    assert!(matches!(ended, Err(Error::Store(StoreError::Busy))), "{ended:?}");
    assert_eq!(seed_of(&house, OTHER), seed);
}
