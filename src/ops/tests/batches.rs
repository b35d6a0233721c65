//! Batches: taken back whole or not at all, and tried without anything being spent.

use super::*;
use crate::audit::{Action, FileFact, Outcome};
use crate::key::State;

/// A list of keys, more than go away in one change.
fn list(keys: u64) -> String {
    (0..keys).map(|n| format!("{},{:040x},totp,6,60\n", 55_000_000 + n, n * 7_919 + 0x1234_5678_9abc_def1)).collect()
}

/// What is seen: keys, batches, keys of the establishment.
fn seen(house: &House) -> (usize, usize) {
    let desk = house.desk();
    (desk.store.read().keys(&KeyFilter::default()).unwrap().len(), desk.list_batches().unwrap().len())
}

#[test]
fn a_batch_that_is_taken_back_leaves_nothing_but_its_events_and_comes_in_again() {
    let house = House::furnished();
    let before = seen(&house);
    let imported = house.import(list(5_000).as_bytes(), false);
    assert_eq!((imported.batch, imported.new), (Some(2), 5_000));
    house.minutes(1);
    let undone = house.desk().undo_batch(2).unwrap();
    assert_eq!((undone.keys, undone.was_begun), (5_000, false));
    assert!(undone.left_over.is_none());
    assert_eq!(seen(&house), before);
    assert_eq!((house.behind().keys_of_batch(2), house.behind().keys_beginning("55")), (0, 0));
    assert_eq!(house.rows("batches"), 1);
    assert!(matches!(house.desk().undo_batch(2), Err(Error::UnknownBatch(2))));
    let records = house.events_of(&AuditFilter { action: Some(Action::BatchUndo), ..AuditFilter::default() });
    let [record] = &records[..] else { panic!("{records:?}") };
    let event = &record.event;
    assert_eq!((record.operator.name.as_str(), event.outcome, event.count), ("delegue", Outcome::Done, Some(5_000)));
    let file = FileFact { name: "seeds.xml".to_owned(), sha256: imported.sha256 };
    assert_eq!(
        (event.subject.batch, event.subject.file.as_ref().map(|file| file.sha256)),
        (Some(2), Some(file.sha256))
    );
    // Its number was told: it is never given again.
    let again = house.import(list(5_000).as_bytes(), false);
    assert_eq!((again.batch, again.new, again.answer), (Some(3), 5_000, ImportAnswer::Imported));
}

#[test]
fn a_batch_of_which_a_key_left_the_stock_stays_as_it_is() {
    let house = House::furnished();
    house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
    let refused = |house: &House| match house.desk().undo_batch(1) {
        Err(Error::BatchLeftStock { id: 1, keys: 5, left, serials }) => {
            (left, serials.iter().map(ToString::to_string).collect::<Vec<_>>())
        }
        other => panic!("{other:?}"),
    };
    let before = seen(&house);
    assert_eq!(refused(&house), (1, vec![KEY.to_owned()]));
    // A key that came back was out nevertheless.
    house.does(KEY, Deed::Unassign).unwrap();
    assert_eq!(house.key().state, State::Stock);
    assert_eq!(refused(&house), (1, vec![KEY.to_owned()]));
    house.desk().assign_key(&serial(OTHER), &login("bob")).unwrap();
    assert_eq!(refused(&house), (2, vec![KEY.to_owned(), OTHER.to_owned()]));
    assert_eq!(seen(&house), before);
}

#[test]
fn a_key_that_somebody_has_a_code_for_is_not_taken_away_from_under_him() {
    let house = House::furnished();
    house.desk().issue_activation(&login("alice"), Some(&serial(OTHER))).unwrap();
    let refused = house.desk().undo_batch(1);
    assert!(
        matches!(&refused, Err(Error::BatchPromised { id: 1, serial, login })
            if serial.as_str() == OTHER && login.to_string() == "alice"),
        "{refused:?}"
    );
    // A code that ran out is in nobody's way, and is for no key any more: not even for a clock that is set back.
    house.minutes(7 * 24 * 60 + 1);
    let undone = house.desk().undo_batch(1).unwrap();
    assert!(undone.left_over.is_none(), "{undone:?}");
    assert_eq!(house.behind().detached_codes(), 1);
    assert_eq!(house.rows("keys"), 0);
}

#[test]
fn what_an_interrupted_undo_has_left_is_hidden_and_cleared_away_by_whatever_comes_next() {
    type Next = fn(&House) -> Option<i64>;
    let ends: [Next; 3] = [
        |house| {
            let undone = house.desk().undo_batch(2).unwrap();
            assert!(undone.was_begun && undone.left_over.is_none());
            assert_eq!(undone.keys, 5_000);
            None
        },
        |house| {
            assert_eq!(house.desk().undo_batch(1).unwrap().keys, 5);
            None
        },
        |house| house.import(list(5_000).as_bytes(), false).batch,
    ];
    for (removed, end) in [0, 4_096, 5_000].into_iter().flat_map(|removed| ends.map(|end| (removed, end))) {
        let house = House::furnished();
        let before = seen(&house);
        house.import(list(5_000).as_bytes(), false);
        // As after a crash: the change that hides the batch stands, and none or some of those that remove its keys.
        let mut desk = house.desk();
        let now = desk.now();
        let hidden = desk.store.change::<_, Error>(now, |change| {
            change.reopen_batch(2)?;
            let event = crate::audit::Event::new(Action::BatchUndo, Outcome::Done);
            Ok(((), crate::audit::Events::one(event)))
        });
        hidden.unwrap();
        drop(desk);
        house.behind().remove_keys(2, removed);
        assert_eq!(seen(&house), before);
        assert!(matches!(house.desk().show_batch(2), Err(Error::UnknownBatch(2))));
        assert!(matches!(house.desk().assign_key(&serial("55004999"), &login("bob")), Err(Error::UnknownKey(_))));
        // The file is not known any more either.
        let trial = house.import(list(5_000).as_bytes(), true);
        assert_eq!((trial.new, trial.answer), (5_000, ImportAnswer::Imported));
        let imported = end(&house);
        assert_eq!(house.behind().open_batches(), 0);
        assert!(!house.behind().has_batch(2));
        assert!(imported.is_none_or(|batch| batch == 3), "{imported:?}");
        let expected = if imported.is_some() { 5_000 } else { 0 };
        assert_eq!(house.behind().keys_beginning("55"), expected);
    }
}

#[test]
fn an_undo_that_is_finished_later_tells_how_many_keys_went_with_it() {
    let house = House::furnished();
    let keys = list(12);
    house.import(keys.as_bytes(), false);
    // Three of them take another seed, and are another batch's from then on.
    let corrected: String = keys.lines().take(3).map(|line| format!("{}\n", line.replace(",00", ",77"))).collect();
    let mut source = std::io::Cursor::new(corrected.as_bytes());
    let guidance = Guidance::default();
    let mut file = SeedFile { replace: true, ..house.file_of(&mut source, &guidance) };
    assert_eq!(house.desk().import_file(&mut file).unwrap().replaced, 3);
    // The whole of it stands but the removal, as after a crash.
    let mut desk = house.desk();
    let begun = desk.batch_to_undo(2).unwrap();
    let now = desk.now();
    desk.store
        .change::<_, Error>(now, |change| {
            change.reopen_batch(2)?;
            let subject = crate::audit::Subject { batch: Some(2), ..crate::audit::Subject::default() };
            let event = crate::audit::Event::new(Action::BatchUndo, Outcome::Done).counting(begun.keys).about(subject);
            Ok(((), crate::audit::Events::one(event)))
        })
        .unwrap();
    house.behind().remove_keys(2, 4);
    assert_eq!((begun.keys, desk.batch_to_undo(2).unwrap().keys), (9, 9));
    let undone = desk.undo_batch(2).unwrap();
    assert_eq!((undone.keys, undone.was_begun), (9, true));
}

#[test]
fn every_key_in_stock_is_drawn_once_and_no_other() {
    let house = House::furnished();
    house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
    // They lie in two places, and not in the order of their numbers.
    house.does("103142720", Deed::Ship { to: None }).unwrap();
    house.does("103142720", Deed::Receive).unwrap();
    let desk = house.desk();
    let mut sample = desk.sample_batch(1).unwrap();
    assert_eq!(sample.in_stock, 4);
    let mut drawn = Vec::new();
    while let Some(key) = desk.draw_key(&mut sample).unwrap() {
        drawn.push(key.serial.to_string());
    }
    drawn.sort();
    let stock = KeyFilter { state: Some(State::Stock), ..KeyFilter::default() };
    let stock: Vec<String> = desk.list_keys(&stock).unwrap().map(|key| key.unwrap().serial.to_string()).collect();
    assert_eq!(drawn, stock);
}

#[test]
fn each_key_is_drawn_first_as_often_as_any_other() {
    let house = House::furnished();
    let desk = house.desk();
    let mut first = std::collections::BTreeMap::<String, u32>::new();
    for _ in 0..1_000 {
        let mut sample = desk.sample_batch(1).unwrap();
        *first.entry(desk.draw_key(&mut sample).unwrap().unwrap().serial.to_string()).or_default() += 1;
    }
    assert_eq!(first.len(), 5);
    assert!(first.values().all(|times| (140..260).contains(times)), "{first:?}");
}

#[test]
fn a_key_that_left_the_stock_meanwhile_is_not_tried() {
    let house = House::furnished();
    let mut desk = house.desk();
    let sample = desk.sample_batch(1).unwrap();
    let key = desk.key_to_diagnose(&serial(KEY)).unwrap();
    house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
    let tried = desk.try_key(&sample, &key, &["123456"], None);
    assert!(matches!(tried, Err(Error::KeyInState { present: State::Assigned, .. })), "{tried:?}");
    for other in ["103142719", "103142720", "103142721"] {
        house.desk().assign_key(&serial(other), &login("bob")).ok();
    }
    assert_eq!(house.rows("diagnoses"), 0);
}
