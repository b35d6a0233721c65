//! Emergency codes: spent once, and only while all stands as it was judged.

use super::*;
use crate::clock::Seconds;
use crate::emergency::State as ListState;

#[test]
fn a15_an_emergency_code_of_a_list_or_key_that_was_changed_since_it_was_judged_is_not_spent() {
    type Step1 = fn(&Change<'_>, &Key) -> Result<(), Error>;
    let later = NOW.plus(Seconds::days(1));
    let changes: [(&str, Step1); 6] = [
        ("revoked", |change, _| change.end_emergency(1, ListState::Revoked).map(|_| ())),
        ("lost", |change, key| {
            let lost = Life { state: State::Lost, before_loss: Some(State::Active), ..Life::NEW };
            change.set_life(key.row, lost, NOW)
        }),
        ("suspended", |change, key| change.set_life(key.row, Life { state: State::Suspended, ..Life::NEW }, NOW)),
        ("taken back", |change, key| change.take_key_back(key.row, State::Stock, NOW)),
        ("locked", |change, key| change.set_lock(key.row, Some(Lock::WrongPins))),
        ("reset", |change, key| change.reset_pin(key.row, &NEW_PIN)),
    ];
    let issue = |bench: &Bench| {
        let key = bench.key();
        let user = key.holder.as_ref().unwrap().user;
        let hashes = [[1; 32], [2; 32]];
        let new = NewEmergency { user, key: key.row, issued_by: "delegue", hashes: &hashes, expires_at: later };
        assert_eq!(bench.change(|change| change.add_emergency(&new, NOW)), 1);
        key
    };
    let spend = |bench: &Bench, key: &Key, now| bench.change(|change| change.spend_emergency_code(1, key, false, now));
    for (name, make) in changes {
        let bench = Bench::with_key();
        let seen = issue(&bench);
        bench.change(|change| make(change, &seen));
        assert!(!spend(&bench, &seen, NOW), "{name}");
    }
    let bench = Bench::with_key();
    let seen = issue(&bench);
    assert!(!spend(&bench, &seen, later.plus(Seconds::new(1))), "expired");
    assert!(spend(&bench, &seen, later));
    assert!(!spend(&bench, &seen, later), "spent");
    let left = bench.store().read().emergency_of_key(seen.row).unwrap().unwrap().left;
    assert_eq!(left, 1);
}
