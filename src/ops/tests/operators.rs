//! Mandates over a real database.

use super::*;
use crate::operator::Role;

fn entrust(house: &House, uid: u32, account: &str) {
    let new =
        NewOperator { uid, account: account.to_owned(), role: Role::Auditor, establishments: Vec::new(), until: None };
    house.desk().add_operator(&new).unwrap();
}

#[test]
fn whoever_is_removed_has_no_mandate_left_under_any_number_of_his_account() {
    let house = House::furnished();
    // His account was deleted once, and made again with another number.
    entrust(&house, 2001, "mdupuis");
    entrust(&house, 2002, "mdupuis");
    entrust(&house, 2003, "other");
    let removed = house.desk().remove_operators(&["mdupuis".to_owned()]).unwrap();
    assert_eq!(removed.iter().map(|mandate| mandate.uid).collect::<Vec<_>>(), [2001, 2002]);
    let now = house.clock.now();
    let desk = house.desk();
    for (uid, holds) in [(2001, false), (2002, false), (2003, true)] {
        assert_eq!(desk.store.read().mandate(uid, now).unwrap().is_some(), holds, "{uid}");
    }
    let told = house.events().into_iter().filter(|record| record.event.action == Action::OperatorRemove);
    assert_eq!(told.map(|record| record.event.count).collect::<Vec<_>>(), [Some(2001), Some(2002)]);
}
