//! What a delegate is shown and may decide where something of his reaches into other establishments.

use super::*;
use crate::key::Shipment;
use crate::operator::Scope;

fn foreign() -> Uai {
    "0750655E".parse().unwrap()
}

impl House {
    /// Charlie belongs to the delegate's establishment and to another one, whose are two of the keys.
    fn shared() -> Self {
        let house = Self::furnished();
        house.desk().add_establishment(&NewEstablishment { uai: foreign(), name: "Autre".parse().unwrap() }).unwrap();
        house.desk().add_user(&charlie(vec![uai(), foreign()])).unwrap();
        house.behind().put_all_keys(Some(2));
        house
    }

    /// The desk of a delegate of the first establishment.
    fn delegate(&self) -> Desk<'_> {
        let mut desk = self.desk();
        desk.store.limit(Scope::Within(vec![uai()]), Via::Sudo);
        desk
    }
}

fn charlie(establishments: Vec<Uai>) -> NewUser {
    NewUser { login: login("charlie"), name: "Charlie".parse().unwrap(), establishments }
}

fn one(text: &str) -> [Row<Serial>; 1] {
    [Row { line: 0, value: serial(text) }]
}

#[test]
fn a_key_that_would_come_back_out_of_sight_comes_back_where_somebody_says() {
    let house = House::shared();
    house.desk().assign_key(&serial(KEY), &login("charlie")).unwrap();
    // It is the other establishment's, to which he belongs too: an administrator need not say so.
    let tried = house.desk().move_keys(&one(KEY), Deed::Return { to: None }, true).unwrap().unwrap();
    assert_eq!(tried[0].establishment, Some(foreign()));
    let mut refused = house.delegate().move_keys(&one(KEY), Deed::Return { to: None }, false).unwrap().unwrap_err();
    let refused = refused.remove(0).value;
    let Error::KeyOfElsewhere { establishments, .. } = refused else { panic!("{refused:?}") };
    assert_eq!(establishments, [uai()]);
    let back = house.delegate().move_keys(&one(KEY), Deed::Return { to: Some(&uai()) }, false).unwrap().unwrap();
    assert_eq!(back[0].establishment, Some(uai()));
}

#[test]
fn a_batch_of_which_a_key_is_awaited_exists_for_who_awaits_it() {
    let house = House::shared();
    let list = "55000001,000102030405060708090a0b0c0d0e0f10111213,totp,6,60\n";
    let mut source = std::io::Cursor::new(list.as_bytes());
    let guidance = Guidance::default();
    let mut file = SeedFile { establishment: None, allow_weak_seeds: true, ..house.file_of(&mut source, &guidance) };
    assert_eq!(house.desk().import_file(&mut file).unwrap().batch, Some(2));
    let of_batch = KeyFilter { batch: Some(2), ..KeyFilter::default() };
    assert!(matches!(house.delegate().list_keys(&of_batch), Err(Error::UnknownBatch(2))));
    house.desk().move_keys(&one("55000001"), Deed::Ship { to: Some(&uai()) }, false).unwrap().unwrap();
    assert_eq!(house.delegate().list_keys(&of_batch).unwrap().count(), 1);
}

#[test]
fn a_slip_names_an_establishment_of_the_delegates_when_the_keys_own_is_none() {
    let house = House::shared();
    house.desk().assign_key(&serial(KEY), &login("charlie")).unwrap();
    let whom = [login("charlie")];
    let named = |desk: Desk<'_>| {
        let mut found = desk.handovers(Whom::These(&whom)).unwrap();
        found.remove(0).establishment.map(|one| one.uai)
    };
    assert_eq!(named(house.desk()), Some(foreign()));
    assert_eq!(named(house.delegate()), Some(uai()));
}

#[test]
fn a_list_that_names_a_user_of_two_establishments_as_he_is_seen_changes_nothing() {
    let house = House::shared();
    let plan = |mut desk: Desk<'_>, establishments: Vec<Uai>| {
        let rows = vec![Row { line: 2, value: charlie(establishments) }];
        desk.import_users(rows, true).unwrap().map(|rows| rows[0].1)
    };
    assert_eq!(plan(house.delegate(), vec![uai()]).unwrap(), Planned::Identical);
    assert_eq!(plan(house.desk(), vec![foreign(), uai()]).unwrap(), Planned::Identical);
    assert!(matches!(plan(house.desk(), vec![uai()]).unwrap_err()[0].value, RowProblem::Differs { .. }));
    let other = NewUser { name: "Charles".parse().unwrap(), ..charlie(vec![uai()]) };
    let differs = house.delegate().import_users(vec![Row { line: 2, value: other }], true).unwrap().unwrap_err();
    assert!(matches!(differs[0].value, RowProblem::Differs { .. }));
}

#[test]
fn a_delegate_is_not_told_which_establishment_beyond_his_own_holds_a_key() {
    let house = House::shared();
    house.desk().assign_key(&serial(KEY), &login("charlie")).unwrap();
    let desk = house.delegate();
    assert_eq!(desk.show_key(&serial(KEY)).unwrap().key.establishment, None);
    assert_eq!(desk.list_keys(&KeyFilter::default()).unwrap().next().unwrap().unwrap().establishment, None);
    assert_eq!(desk.show_user(&login("charlie")).unwrap().1.unwrap().establishment, None);
    assert_eq!(desk.list_users(None).unwrap().find_map(|found| found.unwrap().1).unwrap().establishment, None);
    drop(desk);
    // The report of the clocks tells of keys in use.
    let issued = house.desk().issue_activation(&login("charlie"), None).unwrap();
    assert_eq!(house.activate("charlie", KEY, issued.code.expose()), Activated::Yes);
    assert_eq!(house.delegate().report_drift(None).unwrap().keys.next().unwrap().unwrap().0.establishment, None);
    let stopped = house.delegate().move_keys(&one(KEY), Deed::Lose, false).unwrap().unwrap();
    assert_eq!(stopped[0].establishment, None);
    let told = house.events().pop().unwrap();
    assert_eq!(told.event.subject.establishment, Some(foreign()));
    // The two ends of a parcel know each other.
    house.desk().move_keys(&one(OTHER), Deed::Ship { to: Some(&uai()) }, false).unwrap().unwrap();
    let parcel = house.delegate().show_key(&serial(OTHER)).unwrap().key;
    assert_eq!(parcel.establishment, Some(foreign()));
    assert!(matches!(parcel.shipment, Some(Shipment { to: Some(to), .. }) if to == uai()));
}

#[test]
fn a_key_on_its_way_is_told_to_be_so_whatever_is_wanted_of_it() {
    let house = House::shared();
    house.desk().move_keys(&one(KEY), Deed::Ship { to: Some(&uai()) }, false).unwrap().unwrap();
    let reason = "x".parse().unwrap();
    for wanted in
        [Deed::Find, Deed::Restore { reason: &reason }, Deed::Suspend, Deed::Resume, Deed::Return { to: None }]
    {
        let mut refused = house.desk().move_keys(&one(KEY), wanted, false).unwrap().unwrap_err();
        let refused = refused.remove(0).value;
        assert!(matches!(&refused, Error::KeyOnItsWay { to: Some(to), .. } if *to == uai()), "{wanted:?}: {refused:?}");
    }
}
