//! Keys by the thousand: what is written and sought for many at once is the same as one by one.

use super::*;

/// Adds keys of one file: every third one has no model, unless all are alike.
fn add_many(change: &Change<'_>, batch: i64, serials: &[Serial], alike: bool) -> Result<bool, Error> {
    let identity = |serial: &Serial| Identity { key: KeyId([3; 16]), serial: serial.clone(), parameters: parameters() };
    let identities: Vec<Identity> = serials.iter().map(identity).collect();
    let seeds: Vec<SealedSeed> = (0..serials.len()).map(|number| SealedSeed(vec![number as u8; 48])).collect();
    let key = |number: usize| NewKey {
        identity: &identities[number],
        seed: &seeds[number],
        manufacturer: Some("maker"),
        model: (alike || !number.is_multiple_of(3)).then_some("c200"),
        validity: Validity { not_before: None, not_after: (!alike).then_some(NOW) },
        drift: Drift::default(),
        watermark: Step::NEVER,
        establishment: None,
        batch,
        batch_line: number as i64 + 1,
    };
    let keys: Vec<NewKey<'_>> = (0..serials.len()).map(key).collect();
    change.key_adder()?.add_all(&keys)
}

fn serials(from: usize) -> Vec<Serial> {
    (from..from + KeyAdder::AT_ONCE).map(|number| format!("{number}").parse().unwrap()).collect()
}

#[test]
fn keys_that_are_added_at_once_are_each_as_they_are_given() {
    let bench = Bench::begun();
    for (from, alike) in [(100, true), (200, false)] {
        let all = serials(from);
        bench.change(|change| {
            let batch = change.open_batch(&new_batch(), NOW)?;
            assert!(add_many(change, batch, &all, alike)?);
            // One that is known keeps all of them out.
            assert!(!add_many(change, batch, &serials(from + 40), alike)?);
            change.close_batch(batch, &COUNTS, NOW)
        });
        let store = bench.store();
        for (number, serial) in all.iter().enumerate() {
            let key = store.read().key(serial).unwrap().unwrap();
            let model = (alike || number % 3 != 0).then_some("c200");
            assert_eq!((key.manufacturer.as_deref(), key.model.as_deref()), (Some("maker"), model));
            assert_eq!((key.parameters, key.batch_line), (parameters(), number as i64 + 1));
            assert_eq!(key.validity.not_after, (!alike).then_some(NOW));
            assert_eq!(store.read().secrets(key.row).unwrap().seed, SealedSeed(vec![number as u8; 48]));
            assert!(store.read().is_untouched(key.row).unwrap());
        }
        assert!(store.read().key(&format!("{}", from + 64).parse().unwrap()).unwrap().is_none());
    }
}

#[test]
fn keys_are_known_many_at_once_as_they_are_one_by_one_and_not_before_their_batch_is_closed() {
    let bench = Bench::begun();
    bench.change(|change| {
        for (from, is_closed) in [(100, true), (200, false)] {
            let batch = change.open_batch(&new_batch(), NOW)?;
            assert!(add_many(change, batch, &serials(from), true)?);
            if is_closed {
                change.close_batch(batch, &COUNTS, NOW)?;
            }
        }
        Ok(())
    });
    let store = bench.store();
    // In no order, some of them twice, and some of nobody.
    let all: Vec<Serial> = (90..290).chain(90..110).rev().map(|number| format!("{number}").parse().unwrap()).collect();
    let sought: Vec<&Serial> = all.iter().collect();
    let row = |known: &Option<KnownKey>| known.as_ref().map(|known| (known.row, known.seed.clone(), known.parameters));
    let at_once = store.read().known_keys(&sought).unwrap();
    assert_eq!(at_once.len(), all.len());
    for (serial, known) in all.iter().zip(&at_once) {
        assert_eq!(row(known), row(&store.read().known_key(serial).unwrap()), "{serial}");
    }
    assert_eq!(at_once.iter().flatten().count(), 64 + 10);
}
