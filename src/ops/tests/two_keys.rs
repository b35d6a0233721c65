//! What slips, campaigns, reports, emergency lists and leavers make of two keys of a user, one of which takes the place of the
//! other.

use super::movers::taken;
use super::replace::Pin;
use super::*;
use crate::clock::Seconds;
use crate::operator::Scope;
use proptest::prelude::*;

const TERMS: Terms = Terms { reissue: false, needs_keys: true };

fn planned(house: &House, named: Option<&str>) -> Campaign {
    let row = Row { line: 2, value: Invited { login: login("alice"), serial: named.map(serial) } };
    house.desk().plan_campaign(vec![row], TERMS).unwrap().unwrap()
}

fn turn(campaign: &Campaign) -> (Turn, Serial) {
    let invitation = &campaign.invitations[0];
    (invitation.turn, invitation.key.as_ref().unwrap().serial.clone())
}

/// What is missing, of which key.
fn missing(house: &House) -> Vec<(&'static str, String)> {
    let told = |first: Result<FirstUse, Error>| {
        let first = first.unwrap();
        (first.missing.name(), first.serial.unwrap().to_string())
    };
    house.desk().report_activation().unwrap().map(told).collect()
}

#[test]
fn a_campaign_issues_a_code_for_the_key_that_takes_the_place_of_one_in_use() {
    let house = House::replacing(Pin::Kept);
    assert_eq!(turn(&planned(&house, None)), (Turn::First, serial(OTHER)));
    assert_eq!(turn(&planned(&house, Some(OTHER))), (Turn::First, serial(OTHER)));
    assert_eq!(turn(&planned(&house, Some(KEY))), (Turn::Activated, serial(KEY)));
    let mut campaign = planned(&house, None);
    house.desk().draw_codes(&mut campaign).unwrap();
    house.desk().issue_campaign(&campaign).unwrap();
    assert!(matches!(turn(&planned(&house, None)), (Turn::Waiting(_), _)));
    let code = campaign.invitations[0].issued.as_ref().unwrap().code.expose().to_owned();
    assert_eq!(house.activate("alice", OTHER, &code), Activated::WithPin);
    assert_eq!(turn(&planned(&house, None)).0, Turn::Activated);
}

#[test]
fn of_two_keys_the_one_that_takes_the_others_place_is_awaited() {
    let house = House::activated();
    assert_eq!(missing(&house), [("never-used", KEY.to_owned())]);
    house.replace(Pin::New).unwrap();
    assert_eq!(missing(&house), [("no-code", OTHER.to_owned())]);
    house.desk().issue_activation(&login("alice"), None).unwrap();
    assert_eq!(missing(&house), [("code-outstanding", OTHER.to_owned())]);
    house.does(OTHER, Deed::Unassign).unwrap();
    assert_eq!(missing(&house), [("never-used", KEY.to_owned())]);
}

#[test]
fn a_key_whose_place_another_one_takes_is_proposed_no_third_one() {
    let house = House::replacing(Pin::New);
    let by = house.clock.now().plus(Seconds::days(90));
    house.behind().let_key_end(KEY, by.epoch_seconds() - 1);
    let pairs = || -> Vec<(Serial, bool)> {
        let desk = house.desk();
        let found = desk.report_replacements(by).unwrap().map(Result::unwrap);
        found.map(|pair| (pair.old.serial, pair.is_feasible)).collect()
    };
    assert!(pairs().is_empty());
    assert_eq!(house.desk().report_expiry(by).unwrap().count(), 1);
    house.does(OTHER, Deed::Unassign).unwrap();
    assert_eq!(pairs(), [(serial(KEY), true)]);
    // What `key replace` would refuse is marked: also the new one of two that ends itself.
    house.replace(Pin::New).unwrap();
    house.activate_new();
    house.behind().let_key_end(OTHER, by.epoch_seconds() - 1);
    assert_eq!(pairs(), [(serial(OTHER), false)]);
    house.does(OTHER, Deed::Unassign).unwrap();
    house.desk().enable_users(&[listed(login("alice"))], false, false).unwrap().unwrap();
    assert_eq!(pairs(), [(serial(KEY), false)]);
    house.desk().enable_users(&[listed(login("alice"))], true, false).unwrap().unwrap();
    house.does(KEY, Deed::Return { to: None }).unwrap();
    house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
    assert_eq!(pairs(), [(serial(KEY), false)]);
}

#[test]
fn both_keys_of_a_leaver_are_taken_back_and_neither_takes_the_others_place_any_more() {
    let returned =
        [(Returned::ToStock(None), State::Stock), (Returned::ToScrap, State::Retired), (Returned::Not, State::Lost)];
    for (returned, after) in returned {
        for (lost_before, activated) in [(false, false), (false, true), (true, false), (true, true)] {
            let house = if activated { House::replaced(Pin::Kept) } else { House::replacing(Pin::Kept) };
            if lost_before {
                house.does(KEY, Deed::Lose).unwrap();
            }
            let removed =
                taken(house.desk().remove_users(&[listed(login("alice"))], returned, false)).unwrap().remove(0);
            assert_eq!(removed.keys.iter().map(|key| key.serial.as_str()).collect::<Vec<_>>(), [KEY, OTHER]);
            let stays_lost = lost_before && matches!(returned, Returned::ToStock(_));
            let after_of_old = if stays_lost { State::Lost } else { after };
            for (name, after) in [(KEY, after_of_old), (OTHER, after)] {
                let shown = house.desk().show_key(&serial(name)).unwrap();
                assert_eq!((shown.key.state, shown.key.holder.is_none()), (after, true), "{name}");
                assert!(shown.key.pin.is_none() && shown.succession.is_none());
                // Who had it is told until his name is erased, and that he has it no more.
                assert_eq!(shown.story.holders.len(), 1, "{name}");
                let tenure = &shown.story.holders[0];
                assert_eq!((&tenure.login, tenure.has_left), (&login("alice"), true));
                assert!(tenure.until.is_some(), "{name} {after:?}");
            }
            assert_eq!(house.rows("successions"), 0);
        }
    }
}

#[test]
fn a_replacement_that_a_deed_ends_is_told_though_the_key_leaves_the_scope_with_it() {
    let house = House::in_use();
    let other = house.elsewhere();
    taken(house.desk().move_users(&[listed(login("alice"))], Way::Also(&other), false)).unwrap();
    house.behind().put_all_keys(Some(2));
    house.replace(Pin::New).unwrap();
    let mut delegate = house.desk();
    delegate.store.limit(Scope::Within(vec![uai()]), Via::Sudo);
    let answer = delegate.move_keys(&[listed(serial(OTHER))], Deed::Unassign, false);
    let ended = taken(answer).unwrap().remove(0).replacement_ended;
    assert_eq!(ended.map(|ended| ended.old_serial), Some(serial(KEY)));
    assert!(matches!(delegate.show_key(&serial(OTHER)), Err(Error::UnknownKey(_))));
}

#[test]
fn an_emergency_list_is_in_place_of_the_old_key_and_ends_with_the_activation_of_the_new_one() {
    let house = House::in_use();
    house.does(KEY, Deed::Lose).unwrap();
    let days = "3".parse().unwrap();
    let issued = house.desk().issue_emergency(&login("alice"), days).unwrap();
    house.replace(Pin::Kept).unwrap();
    let typed = |code: usize| format!("{PIN}{}", issued.codes[code].expose());
    assert!(matches!(house.type_in("alice", &typed(0), None), Answer::AcceptedInEmergency { left: 9 }));
    assert_eq!(house.rows("successions"), 1);
    house.activate_new();
    assert!(matches!(house.type_in("alice", &typed(1), None), Answer::Refused));
    house.minutes(1);
    assert!(matches!(house.types(PIN, OTHER, 0), Answer::Accepted));
    house.has_ended_old();
}

#[test]
fn a_list_for_who_left_her_old_key_at_home_ends_with_that_key() {
    let house = House::replaced(Pin::New);
    let days = "3".parse().unwrap();
    let issued = house.desk().issue_emergency(&login("alice"), days).unwrap();
    assert_eq!(issued.serial, serial(KEY));
    let typed = |code: usize| format!("{PIN}{}", issued.codes[code].expose());
    assert!(matches!(house.type_in("alice", &typed(0), None), Answer::AcceptedInEmergency { left: 9 }));
    house.begin_new();
    assert_eq!(house.told("replaced").len(), 2);
    house.minutes(1);
    assert_eq!(house.refused("alice", &typed(1), None), "grammar");
    // Declared lost, it needs no list either while the new one is in use.
    let house = House::replaced(Pin::Kept);
    assert!(matches!(house.desk().lose_key_with_emergency(&serial(KEY), days), Err(Error::UserHasKey { .. })));
    assert_eq!(house.of(KEY).state, State::Active);
}

#[test]
fn a_new_key_is_handed_over_with_its_own_slip() {
    let house = House::replacing(Pin::Kept);
    let logins = [login("alice")];
    let handed = house.desk().handovers_with_codes(Whom::These(&logins)).unwrap();
    assert_eq!((&handed[0].0.key.serial, handed[0].0.keeps_pin), (&serial(OTHER), true));
    assert_eq!(house.activate("alice", OTHER, handed[0].1.code.expose()), Activated::WithPin);
    assert!(matches!(house.desk().issue_activation(&login("alice"), None), Err(Error::UserHasKey { .. })));
    let whose = Whose { serial: None, login: Some(login("alice")), text: "alice".to_owned() };
    assert!(matches!(house.desk().key_to_resync(&whose), Err(Error::SeveralKeys { .. })));
}

/// What Alice chooses.
const PINS: [&str; 2] = [PIN, "9182"];

/// What is done about Alice's keys.
#[derive(Clone, Copy, Debug)]
enum Act {
    Assign(&'static str),
    Replace(Pin),
    /// She activates the one for which she gets a code.
    Activate,
    Move(&'static str, Deed<'static>),
    Restore(&'static str),
    ResetPin,
    /// She types what one of them shows, after a PIN that she chose.
    Use(&'static str),
}

fn acts() -> Vec<Act> {
    let each = |key| {
        let deeds = [Deed::Suspend, Deed::Resume, Deed::Lose, Deed::Find, Deed::Unassign, Deed::Return { to: None }];
        let moved = deeds.into_iter().map(move |deed| Act::Move(key, deed));
        moved.chain([Act::Restore(key), Act::Use(key), Act::Use(key), Act::Use(key)])
    };
    let replace = [Act::Replace(Pin::Kept), Act::Replace(Pin::New)].into_iter().cycle().take(6);
    let others = [Act::Assign(KEY), Act::Assign(OTHER), Act::Activate, Act::Activate, Act::Activate, Act::ResetPin];
    each(KEY).chain(each(OTHER)).chain(replace).chain(others).collect()
}

/// Does it; tells whether it was done.
fn act(house: &House, act: Act) -> bool {
    match act {
        Act::Assign(key) => house.desk().assign_key(&serial(key), &login("alice")).is_ok(),
        Act::Replace(pin) => house.replace(pin).is_ok(),
        Act::Activate => {
            let Ok(issued) = house.desk().issue_activation(&login("alice"), None) else { return false };
            let Some(key) = issued.serial else { return false };
            house.activate("alice", key.as_str(), issued.code.expose()) != Activated::No
        }
        Act::Move(key, deed) => house.does(key, deed).is_ok(),
        Act::Restore(key) => house.restore(key).is_ok(),
        Act::ResetPin => house.desk().reset_pins(&[listed(login("alice"))], false).unwrap().is_ok(),
        Act::Use(key) => {
            house.minutes(20);
            if let Answer::NewPinRequired(challenge) = house.types("", key, 0) {
                // The PIN of before is not taken again.
                let chosen = PINS.iter().any(|pin| {
                    let set = house.set_pin("alice", &challenge.ticket, pin, pin);
                    matches!(set, PinAnswer::Set { .. })
                });
                assert!(chosen);
            }
            PINS.iter().any(|pin| {
                house.minutes(20);
                let is_accepted = matches!(house.types(pin, key, 0), Answer::Accepted);
                assert!(!is_accepted || matches!(house.types(pin, key, 0), Answer::Refused), "a code opened twice");
                is_accepted
            })
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, max_shrink_iters: 60, ..ProptestConfig::default() })]

    /// Whatever is done to two keys, Alice has both only while one takes the place of the other; only a key in use opens, and
    /// each of its codes once; the first code of the new one ends the old one and its PIN; what is refused is no event.
    #[test]
    fn a_user_has_two_keys_only_while_one_takes_the_place_of_the_other(
        begun in prop::option::of(prop::sample::select(vec![Pin::Kept, Pin::New])),
        acts in prop::collection::vec(prop::sample::select(acts()), 1..25),
    ) {
        let house = begun.map_or_else(House::in_use, House::replaced);
        let mut watermarks = [KEY, OTHER].map(|key| house.of(key).watermark);
        for wanted in acts {
            let (states, open) = ([KEY, OTHER].map(|key| house.of(key).state), house.rows("successions") > 0);
            let events = house.events().len();
            let done = act(&house, wanted);
            match wanted {
                Act::Use(key) => {
                    let state = states[usize::from(key == OTHER)];
                    prop_assert!(!done || state == State::Active, "{wanted:?} of {state}");
                    if done && key == OTHER && open {
                        let old = house.of(KEY);
                        prop_assert_eq!((old.state, old.holder.is_none()), (State::Retired, true));
                    }
                }
                Act::Activate => {}
                _ => prop_assert_eq!(house.events().len() > events, done, "{:?}", wanted),
            }
            let keys = [KEY, OTHER].map(|key| house.desk().show_key(&serial(key)).unwrap());
            let is_open = house.rows("successions") == 1;
            let is_in_hand = |key: &Key| matches!(key.state, State::Assigned | State::Active | State::Suspended);
            let in_hand = keys.iter().filter(|shown| is_in_hand(&shown.key)).count();
            prop_assert!(in_hand < 2 || is_open, "after {wanted:?}");
            // Of the two the old one may be lost.
            let is_whole = keys[0].key.holder.is_some() && is_in_hand(&keys[1].key);
            prop_assert!(!is_open || is_whole, "after {wanted:?}");
            for (shown, before) in keys.iter().zip(&mut watermarks) {
                let key = &shown.key;
                prop_assert_eq!(shown.succession.is_some(), is_open, "after {:?}", wanted);
                prop_assert!(key.holder.is_some() || key.pin.is_none(), "{} after {wanted:?}", key.serial);
                prop_assert!(key.watermark >= *before);
                *before = key.watermark;
            }
        }
    }
}
