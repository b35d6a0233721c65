//! The write-ahead log while many changes are made.

use super::*;
use std::sync::mpsc::channel;

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(2);

/// Tells whether a text is in the database file itself.
#[allow(clippy::disallowed_methods, reason = "tests look at the file behind the program's back")]
fn is_in_file(bench: &Bench, text: &str) -> bool {
    std::fs::read(bench.path()).unwrap().windows(text.len()).any(|bytes| bytes == text.as_bytes())
}

#[test]
fn a_log_that_was_handed_over_goes_into_the_database_and_one_that_was_taken_back_stays() {
    let bench = Bench::begun();
    let mut store = bench.store();
    let add = |store: &mut Store<'_>, name: &str| {
        let user = |change: &Change<'_>| {
            change.add_user(&name.parse().unwrap(), &"A".parse().unwrap(), NOW)?;
            Ok::<_, Error>(((), Events::one(event())))
        };
        store.change(NOW, user).unwrap();
    };
    let (_silent, nothing) = channel::<()>();
    let log = store.hand_over_log().unwrap();
    add(&mut store, "handed.over");
    assert!(!is_in_file(&bench, "handed.over"));
    std::thread::scope(|threads| {
        let (over, until_over) = channel();
        let emptying = threads.spawn(move || log.keep_emptying(&until_over));
        for name in ["while.it", "goes.on"] {
            add(&mut store, name);
            let waits = (0..5_000).find(|_| is_in_file(&bench, name) || nothing.recv_timeout(PAUSE).is_ok());
            assert!(waits.is_some(), "{name}");
        }
        drop(over);
        emptying.join().unwrap();
    });
    store.take_log_back().unwrap();
    add(&mut store, "taken.back");
    assert!(!is_in_file(&bench, "taken.back"));
    assert_eq!(store.read().user_rows(None).unwrap().len(), 4);
}

#[test]
fn a_log_that_nobody_empties_is_emptied_by_the_changes_before_it_grows_on_and_on() {
    let bench = Bench::begun();
    let mut store = bench.store();
    let _log = store.hand_over_log().unwrap();
    let mut longest = 0;
    for round in 0..1_200 {
        let write = |change: &Change<'_>| {
            change.add_user(&format!("user{round}").parse().unwrap(), &"A".parse().unwrap(), NOW)?;
            Ok::<_, Error>(((), Events::one(event())))
        };
        store.change(NOW, write).unwrap();
        let log = PathBuf::from(format!("{}-wal", bench.path().display()));
        longest = longest.max(log.metadata().unwrap().len());
    }
    // Each change wrote some pages of it; beyond the limit there is one change at most.
    assert!((2_000 * 4_096..2_050 * 4_150).contains(&longest), "{longest}");
}
