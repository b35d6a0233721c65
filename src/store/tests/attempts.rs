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
    let kept: i64 = bench.raw().query_row("SELECT count(*) FROM attempts", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 2);
}
