//! Users who change establishments.

use super::*;

/// What was done to rows, or what is wrong with the first that was refused.
pub(super) fn taken<R>(answer: Result<AllOrNone<R>, Error>) -> Result<Vec<R>, Error> {
    answer?.map_err(|mut refused| refused.remove(0).value)
}

#[test]
fn a_user_takes_his_key_along_to_another_establishment() {
    let house = House::in_use();
    let other = house.elsewhere();
    let refused = taken(house.desk().move_users(&[listed(login("alice"))], Way::OutOf(&uai()), false));
    assert!(matches!(refused, Err(Error::UserOfNone(_))), "{refused:?}");
    let moved =
        taken(house.desk().move_users(&[listed(login("alice"))], Way::To { from: None, to: &other }, false)).unwrap();
    assert_eq!((&moved[0].from, &moved[0].keys[..]), (&Some(uai()), &[serial(KEY)][..]));
    assert_eq!((house.key().establishment, house.key().state), (Some(other.clone()), State::Active));
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    let again = taken(house.desk().move_users(&[listed(login("alice"))], Way::Also(&other), false));
    assert!(matches!(again, Err(Error::UserAlreadyOf { .. })));
    taken(house.desk().move_users(&[listed(login("alice"))], Way::Also(&uai()), false)).unwrap();
    let unsaid = taken(house.desk().move_users(&[listed(login("alice"))], Way::To { from: None, to: &uai() }, false));
    assert!(matches!(unsaid, Err(Error::UserOfSeveral { .. })));
    taken(house.desk().move_users(&[listed(login("alice"))], Way::OutOf(&other), false)).unwrap();
    assert_eq!(house.key().establishment, Some(uai()));
    let not_there = taken(house.desk().move_users(&[listed(login("alice"))], Way::OutOf(&other), false));
    assert!(matches!(not_there, Err(Error::UserNotOf { .. })));
}
