//! What is gone through while others write.

use super::*;

#[test]
fn no_key_of_a_file_that_begins_to_come_in_between_is_among_those_to_be_gone_through() {
    let bench = Bench::with_key();
    let path = bench.path();
    std::thread::scope(|threads| {
        let writer = threads.spawn(|| {
            let clock = Uptime(Cell::new(Duration::ZERO));
            let mut store = Store::new(Database::open(&path).unwrap(), &NoSeal, &clock, operator());
            store.set_durable(false).unwrap();
            for _ in 0..1_000 {
                let begin = |change: &Change<'_>| {
                    let batch = change.open_batch(&NewBatch { sha256: &[6; 32], ..new_batch() }, NOW)?;
                    add_key_to(change, batch, "2001", 2)?;
                    Ok((batch, Events::one(event())))
                };
                let batch = store.change::<_, Error>(NOW, begin).unwrap();
                let take_away = |change: &Change<'_>| {
                    assert_eq!(change.remove_keys_of_open_batch(batch, 10)?, 1);
                    change.remove_open_batch(batch)?;
                    Ok(((), Events::one(event())))
                };
                store.change::<_, Error>(NOW, take_away).unwrap();
            }
        });
        let store = bench.store();
        let known = bench.key().row;
        while !writer.is_finished() {
            let rows = store.read().key_rows(&KeyFilter::default(), KeyOrder::Serial).unwrap();
            assert_eq!(rows, [known]);
        }
    });
}

#[test]
fn what_is_read_at_once_stands_as_at_one_moment_within_a_change_too() {
    let bench = Bench::with_key();
    let store = bench.store();
    let count = |view: View<'_>| view.user_rows(None).map(|rows| rows.len());
    let add = |name: &str| bench.change(|change| change.add_user(&name.parse().unwrap(), &"B".parse().unwrap(), NOW));
    let counted = store.read().at_once(|view| {
        let first = count(view)?;
        add("bob");
        let within = view.at_once(count)?;
        Ok::<_, Error>([first, within, count(view)?])
    });
    assert_eq!(counted.unwrap(), [1, 1, 1]);
    assert_eq!(count(store.read()).unwrap(), 2);
    let own = bench.change(|change| {
        change.add_user(&"carol".parse().unwrap(), &"C".parse().unwrap(), NOW)?;
        change.read().at_once(count)
    });
    assert_eq!((own, count(store.read()).unwrap()), (3, 3));
}

#[test]
fn the_keys_of_a_batch_are_its_own_whether_they_are_most_of_all_or_few() {
    let bench = Bench::begun();
    let batches = bench.change(|change| {
        let mut batches = [0; 3];
        for (place, batch) in batches.iter_mut().enumerate() {
            *batch = change.open_batch(&NewBatch { sha256: &[place as u8; 32], ..new_batch() }, NOW)?;
            change.close_batch(*batch, &BatchCounts { new: [2, 3, 0][place], ..COUNTS }, NOW)?;
        }
        let [first, second, _] = batches;
        // As it is when a key of one file took the seed of another one: both lie among the others' keys.
        for (number, batch) in [first, second, first, second, second].into_iter().enumerate() {
            add_key_to(change, batch, &format!("{}", 3_000 - number), number as u8)?;
        }
        Ok(batches)
    });
    let store = bench.store();
    let serials = |batch: i64, order: KeyOrder| -> Vec<String> {
        let filter = KeyFilter { batch: Some(batch), ..KeyFilter::default() };
        let rows = store.read().key_rows(&filter, order).unwrap();
        rows.into_iter().map(|row| store.read().key_at(row).unwrap().unwrap().serial.to_string()).collect()
    };
    let [first, second, empty] = batches;
    assert_eq!(serials(first, KeyOrder::Serial), ["2998", "3000"]);
    assert_eq!(serials(first, KeyOrder::Batch), ["3000", "2998"]);
    assert_eq!(serials(second, KeyOrder::Serial), ["2996", "2997", "2999"]);
    assert!(serials(empty, KeyOrder::Serial).is_empty());
    let lost = KeyFilter { batch: Some(second), state: Some(State::Lost), ..KeyFilter::default() };
    assert!(store.read().key_rows(&lost, KeyOrder::Serial).unwrap().is_empty());
    let stock = KeyFilter { batch: Some(second), state: Some(State::Stock), ..KeyFilter::default() };
    assert_eq!(store.read().key_rows(&stock, KeyOrder::Serial).unwrap().len(), 3);
}
