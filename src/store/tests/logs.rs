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
fn the_log_goes_into_the_database_while_somebody_empties_it_and_stays_when_he_is_told_that_it_is_over() {
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
    let log = store.log().unwrap();
    add(&mut store, "before.it");
    assert!(!is_in_file(&bench, "before.it"));
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
    add(&mut store, "after.it");
    assert!(!is_in_file(&bench, "after.it"));
    assert_eq!(store.read().user_rows(None).unwrap().len(), 4);
}
