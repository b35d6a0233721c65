//! Files of which one thread reads more than the other one has written.

use super::*;
use crate::random::{Lcg, NoRandomness, Random};
use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The first serial of these files.
const FIRST: u64 = 550_000_000;
/// More keys than wait between the two threads and are written at once.
const MANY: u64 = 12_000;

#[test]
fn a_long_file_that_cannot_be_written_to_its_end_is_an_error_and_leaves_nothing() {
    for place in [0, 3_000, MANY - 1] {
        let house = House::furnished();
        let known = serials(&house);
        house.behind().fill_disk_at(&(FIRST + place).to_string());
        let list: String = (0..MANY).map(|number| row(FIRST + number, number)).collect();
        let taken = take(&house, &list, Wish::default());
        assert!(matches!(taken, Err(Error::Store(_))), "{taken:?}");
        assert_eq!((house.behind().open_batches(), house.behind().keys_of_batch(2)), (0, 0));
        assert_eq!(serials(&house), known);
    }
}

#[test]
fn keys_that_are_known_among_thousands_that_are_new_stay_as_they_are_and_each_has_its_own_seed() {
    let house = House::furnished();
    let known: Vec<(u64, u64)> =
        (0..MANY).filter(|number| number % 3 == 0).map(|number| (FIRST + number, number)).collect();
    assert_eq!(counts(&import(&house, &rows(&known), Wish::default())), [4_000, 0, 0, 0, 0]);
    let before = seed_of(&house, &FIRST.to_string());
    // New ones for a while, known and new ones in turn, and all of them known.
    let new = (0..MANY).filter(|number| number % 3 != 0).map(|number| (FIRST + MANY + number, number + MANY));
    let mixed = (0..MANY).map(|number| (FIRST + number, number));
    let all: Vec<(u64, u64)> =
        new.chain(mixed).chain(known.iter().map(|(serial, seed)| (serial + 2 * MANY, seed + 2 * MANY))).collect();
    let report = import(&house, &rows(&all), Wish::default());
    assert_eq!(counts(&report), [8_000 + 8_000 + 4_000, 4_000, 0, 0, 0]);
    assert_eq!(seed_of(&house, &FIRST.to_string()), before);
    for (serial, seed) in all.iter().step_by(997) {
        let written = format!("{:040x}", u128::from(*seed) * 7_919 + 0x1234_5678_9abc_def1);
        assert_eq!(data_encoding::HEXLOWER.encode(&seed_of(&house, &serial.to_string())), written);
    }
    let again = take(&house, &rows(&all), Wish::default()).unwrap();
    assert_eq!((again.answer, counts(&again)), (Answer::AlreadyImported(3), [0, 24_000, 0, 0, 0]));
}

#[test]
fn no_two_keys_of_a_long_file_have_the_same_id_or_nonce_whichever_thread_has_sealed_them() {
    let house = House::furnished();
    let few: Vec<(u64, u64)> = (0..MANY).step_by(7).map(|number| (FIRST + number, number)).collect();
    import(&house, &rows(&few), Wish::default());
    let all: Vec<(u64, u64)> = (0..MANY).map(|number| (FIRST + number, number)).collect();
    import(&house, &rows(&all), Wish::default());
    let keys = house.rows("keys");
    assert_eq!((keys, house.behind().ids_and_nonces()), (12_005, (keys, keys)));
}

#[test]
fn a_conflict_behind_thousands_of_new_keys_is_told_and_with_leave_takes_the_seed_of_the_file() {
    let house = House::furnished();
    let before = seed_of(&house, OTHER);
    let new = (0..6_000).map(|number| (FIRST + number, number));
    let list = rows(&new.chain([(103_142_719, 7_777)]).collect::<Vec<_>>());
    let report = import(&house, &list, Wish::default());
    assert_eq!((report.answer, counts(&report)), (Answer::Rejected, [6_000, 0, 0, 1, 0]));
    assert_eq!((told(&report), seed_of(&house, OTHER)), (vec![(6_001, "conflict")], before.clone()));
    let report = import(&house, &list, REPLACE);
    assert_eq!((report.answer, counts(&report)), (Answer::Imported, [6_000, 0, 1, 0, 0]));
    assert_ne!(seed_of(&house, OTHER), before);
}

#[test]
fn a_serial_that_is_there_twice_at_the_ends_of_a_long_file_is_found_when_most_is_written() {
    let house = House::furnished();
    let pairs: Vec<(u64, u64)> = (0..MANY).map(|number| (FIRST + number, number)).chain([(FIRST, MANY)]).collect();
    let report = import(&house, &rows(&pairs), PARTIAL);
    assert_eq!((report.answer, counts(&report)), (Answer::Partial, [11_999, 0, 0, 0, 2]));
    assert_eq!((house.rows("keys"), house.behind().keys_beginning(&FIRST.to_string())), (5 + 11_999, 0));
}

/// Gives bytes but at some of the times that it is asked.
struct Dry {
    random: Lcg,
    asked: AtomicUsize,
    fails: fn(usize) -> bool,
}

impl Random for Dry {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        if (self.fails)(self.asked.fetch_add(1, Ordering::Relaxed)) {
            Err(NoRandomness)
        } else {
            self.random.fill(buffer)
        }
    }
}

#[test]
fn what_could_not_be_sealed_where_it_was_read_is_sealed_before_it_is_written_or_nothing_comes_in() {
    let house = House::furnished();
    let list: String = (0..MANY).map(|number| row(FIRST + number, number)).collect();
    let with = |fails| {
        let dry = Dry { random: Lcg::new(11), asked: AtomicUsize::new(0), fails };
        let (mut source, guidance) = (Cursor::new(list.as_bytes()), Guidance::default());
        let mut desk = house.desk();
        desk.random = &dry;
        desk.import_file(&mut file_of(&mut source, &guidance, Wish::default()))
    };
    for fails in [|_| true, |asked| asked > 40] as [fn(usize) -> bool; 2] {
        assert!(matches!(with(fails), Err(Error::NoRandomness(_))));
        assert_eq!((house.rows("keys"), house.behind().open_batches()), (5, 0));
    }
    let report = with(|asked| asked == 0).unwrap();
    assert_eq!((report.answer, counts(&report)), (Answer::Imported, [12_000, 0, 0, 0, 0]));
    let last = (FIRST + MANY - 1).to_string();
    assert_eq!((seed_of(&house, &FIRST.to_string()).len(), seed_of(&house, &last).len()), (20, 20));
}

/// A file whose reader fails in the middle, when it is read for its keys.
struct Broken {
    readings: usize,
    bytes: Cursor<Vec<u8>>,
}

impl Read for Broken {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        assert!(self.readings < 5 || self.bytes.position() < 300_000, "broken on purpose");
        self.bytes.read(target)
    }
}

impl Seek for Broken {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.readings += 1;
        self.bytes.seek(to)
    }
}

#[test]
fn a_defect_of_the_reader_in_a_long_file_is_the_defect_of_the_import_and_leaves_nothing_that_is_seen() {
    let house = House::furnished();
    let known = serials(&house);
    let list: String = (0..MANY).map(|number| row(FIRST + number, number)).collect();
    let (mut source, guidance) =
        (Broken { readings: 0, bytes: Cursor::new(list.clone().into_bytes()) }, Guidance::default());
    let mut desk = house.desk();
    let broken =
        catch_unwind(AssertUnwindSafe(|| desk.import_file(&mut file_of(&mut source, &guidance, Wish::default()))));
    let said = broken.unwrap_err();
    assert_eq!(said.downcast_ref::<&str>(), Some(&"broken on purpose"));
    drop(desk);
    assert_eq!(serials(&house), known);
    assert_eq!(counts(&import(&house, &list, Wish::default())), [12_000, 0, 0, 0, 0]);
}
