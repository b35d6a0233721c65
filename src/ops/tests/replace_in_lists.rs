//! What campaigns, reports and leavers make of a user who has two keys, one of which takes the place of the other.

use super::replace::Pin;
use super::*;
use crate::clock::Seconds;

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
    assert_eq!(house.activate("alice", OTHER, &code), Activated::Yes);
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
    // What `key replace` would refuse is marked.
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
            let removed = house.desk().remove_users(&[login("alice")], returned, false).unwrap().remove(0);
            assert_eq!(removed.keys.iter().map(|key| key.serial.as_str()).collect::<Vec<_>>(), [KEY, OTHER]);
            let stays_lost = lost_before && matches!(returned, Returned::ToStock(_));
            let after_of_old = if stays_lost { State::Lost } else { after };
            for (name, after) in [(KEY, after_of_old), (OTHER, after)] {
                let shown = house.desk().show_key(&serial(name)).unwrap();
                assert_eq!((shown.key.state, shown.key.holder.is_none()), (after, true), "{name}");
                assert!(shown.key.pin.is_none() && shown.succession.is_none());
                // Who had it is told until his name is erased, and that he has it no more.
                assert_eq!(shown.story.holders.len(), 1, "{name}");
                assert_eq!(shown.story.holders[0].login, login("alice"));
                assert!(shown.story.holders[0].until.is_some(), "{name} {after:?}");
            }
            assert_eq!(house.rows("successions"), 0);
        }
    }
}

#[test]
fn keys_are_replaced_by_list_all_or_none_each_refusal_with_its_line() {
    let house = House::in_use();
    let row = |line, old: &str, new: &str| Row { line, value: Exchange { old: serial(old), new: serial(new) } };
    let rows = [row(2, KEY, OTHER), row(3, "103142720", "103142721"), row(4, "999", OTHER), row(5, KEY, KEY)];
    let refused = house.desk().replace_keys(&rows, false, false).unwrap().unwrap_err();
    assert_eq!(refused.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4, 5]);
    assert!(matches!(refused[0].value, Error::NobodyToReplaceFor(_)));
    assert!(matches!(refused[2].value, Error::ReplacesItself(_)));
    assert_eq!(house.rows("successions"), 0);
    assert_eq!(house.desk().replace_keys(&rows[..1], false, true).unwrap().unwrap().len(), 1);
    assert_eq!((house.rows("successions"), house.of(OTHER).state), (0, State::Stock));
    house.desk().replace_keys(&rows[..1], false, false).unwrap().unwrap();
    assert_eq!(house.rows("successions"), 1);
}
