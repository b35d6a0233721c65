//! Files of which one thread reads more than the other one has written.

use super::*;

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
