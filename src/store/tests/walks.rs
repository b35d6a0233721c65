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
