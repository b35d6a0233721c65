//! Attempts: settled once, and for no key without a trace.

use super::*;
use crate::throttle::{Fault, Settled};

#[test]
fn an_attempt_is_settled_once_and_clears_only_those_before_it() {
    let bench = Bench::with_key();
    let counted = Counted::Key(bench.key().row);
    let open = || bench.change(|change| change.open_attempt(counted, None, false, NOW));
    let settle = |attempt, settled| bench.change(|change| change.settle_attempt(counted, attempt, settled, NOW));
    let (wrong, right, later) = (open(), open(), open());
    assert!(settle(wrong, Settled::Failed(Fault::Pin)));
    assert!(!settle(wrong, Settled::Accepted), "settled twice");
    assert!(settle(later, Settled::Failed(Fault::Code)));
    assert!(settle(right, Settled::Accepted));
    let tally = bench.store().read().tally(counted, None, NOW).unwrap();
    assert_eq!((tally.unforgiven, tally.failures, tally.wrong_pins), (1, 1, 0));
}

#[test]
fn an_attempt_for_no_key_leaves_nothing_and_takes_back_nothing_of_its_change() {
    let bench = Bench::with_key();
    let counted = Counted::Key(bench.key().row);
    let (one, next) = bench.change(|change| {
        let one = change.open_attempt(counted, None, false, NOW)?;
        change.open_no_attempt(Some("10.0.0.1"), NOW)?;
        Ok((one, change.open_attempt(counted, None, false, NOW)?))
    });
    assert_eq!(next, one + 1);
    // It is work for the disk all the same, as an attempt for a key is.
    let mut store = bench.store();
    let mut written_by = |open: &dyn Fn(&Change<'_>) -> Result<(), Error>| {
        let log = || std::fs::metadata(bench.path().with_extension("db-wal")).map_or(0, |log| log.len());
        let before = log();
        store.change(NOW, |change| Ok::<_, Error>((open(change)?, Events::owed_by_open_import()))).unwrap();
        log() - before
    };
    let mut for_a_key = || written_by(&|change| change.open_attempt(counted, None, false, NOW).map(drop));
    // The first one writes the head of the log too.
    let (_, of_a_key) = (for_a_key(), for_a_key());
    let of_none = written_by(&|change| change.open_no_attempt(None, NOW));
    assert!(of_none == of_a_key && of_none > 0, "{of_none} bytes, not {of_a_key}");
    drop(store);
    let kept: i64 = bench.raw().query_row("SELECT count(*) FROM attempts", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 4);
}
