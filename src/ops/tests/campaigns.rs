//! Campaigns: judged, written down, made good or not at all.

use super::*;

const TERMS: Terms = Terms { reissue: false, needs_keys: false };

fn invited(names: &[&str]) -> Vec<Row<Invited>> {
    let rows = names.iter().zip(2..);
    rows.map(|(name, line)| Row { line, value: Invited { login: login(name), serial: None } }).collect()
}

fn drawn(desk: &Desk<'_>, names: &[&str], terms: Terms) -> Campaign {
    let mut campaign = desk.plan_campaign(invited(names), terms).unwrap().unwrap();
    desk.draw_codes(&mut campaign).unwrap();
    campaign
}

fn turns(campaign: &Campaign) -> Vec<Turn> {
    campaign.invitations.iter().map(|invitation| invitation.turn).collect()
}

fn code(campaign: &Campaign, index: usize) -> String {
    campaign.invitations[index].issued.as_ref().unwrap().code.expose().to_owned()
}

#[test]
fn a_code_that_was_drawn_is_good_when_its_campaign_is_and_not_before() {
    let house = House::furnished();
    let mut desk = house.desk();
    let campaign = drawn(&desk, &["alice", "bob"], TERMS);
    assert_eq!(house.activation_refused("alice", KEY, &code(&campaign, 0)), "no-activation-code");
    desk.issue_campaign(&campaign).unwrap();
    assert_eq!(house.activate("alice", KEY, &code(&campaign, 0)), Activated::Yes);
    assert_eq!(house.activate("bob", OTHER, &code(&campaign, 1)), Activated::Yes);
    let told: Vec<_> = house.events().into_iter().map(|record| (record.event.action, record.event.count)).collect();
    assert_eq!(told.iter().filter(|(action, _)| *action == Action::ActivationNew).count(), 2);
    assert!(told.contains(&(Action::ActivationCampaign, Some(2))));
}

#[test]
fn what_changed_since_it_was_judged_makes_none_of_the_codes_good() {
    type Change1 = fn(&mut Desk<'_>);
    let changes: [(&str, Change1); 4] = [
        ("a code", |desk| drop(desk.issue_activation(&login("bob"), None).unwrap())),
        ("a key", |desk| drop(desk.assign_key(&serial(OTHER), &login("bob")).unwrap())),
        ("disabled", |desk| drop(desk.enable_users(&[listed(login("bob"))], false, false).unwrap().unwrap())),
        ("the same campaign", |desk| {
            let campaign = drawn(desk, &["alice", "bob"], TERMS);
            desk.issue_campaign(&campaign).unwrap();
        }),
    ];
    for (name, change) in changes {
        let house = House::furnished();
        let mut desk = house.desk();
        let campaign = drawn(&desk, &["alice", "bob"], TERMS);
        change(&mut desk);
        let (codes, events) = (house.rows("activations"), house.events().len());
        assert!(desk.issue_campaign(&campaign).is_err(), "{name}");
        assert_eq!((house.rows("activations"), house.events().len()), (codes, events), "{name}");
    }
}

#[test]
fn nobody_gets_a_second_code_while_the_first_is_good_unless_it_is_meant() {
    let house = House::furnished();
    house.equip_bob();
    let mut desk = house.desk();
    let first = drawn(&desk, &["alice", "bob"], TERMS);
    assert_eq!(turns(&first), [Turn::First, Turn::Activated]);
    desk.issue_campaign(&first).unwrap();
    let until = first.invitations[0].issued.as_ref().unwrap().expires_at;
    let again = drawn(&desk, &["alice", "bob"], TERMS);
    assert_eq!(turns(&again), [Turn::Waiting(until), Turn::Activated]);
    let events = house.events().len();
    desk.issue_campaign(&again).unwrap();
    assert_eq!(house.events().len(), events);
    let other = drawn(&desk, &["alice", "bob"], Terms { reissue: true, ..TERMS });
    assert_eq!(turns(&other), [Turn::Again, Turn::Activated]);
    desk.issue_campaign(&other).unwrap();
    assert_eq!(house.activation_refused("alice", KEY, &code(&first, 0)), "wrong-activation-code");
    house.minutes(7 * 24 * 60 + 1);
    // What has expired is good for nothing: another one is issued.
    assert_eq!(turns(&drawn(&desk, &["alice"], TERMS)), [Turn::First]);
}

#[test]
fn a_code_of_an_earlier_system_never_comes_to_life_twice() {
    let house = House::furnished();
    let old = |text: &str| {
        let code = crate::activation::ActivationCode::parse(text).unwrap();
        [Row { line: 2, value: OldCode { login: login("alice"), code, serial: None, expires_at: None } }]
    };
    let import = |text: &str| house.desk().import_codes(&old(text), false).unwrap();
    assert_eq!(import("0o1l1111").unwrap(), [Planned::Added]);
    assert_eq!(import("0O1L-1111").unwrap(), [Planned::Identical]);
    let refused = import("22222222").unwrap_err();
    assert!(matches!(&refused[..], [Row { line: 2, value: Error::CodeIsWaiting(_) }]), "{refused:?}");
    // A newer code replaces it, and is withdrawn.
    house.desk().issue_activation(&login("alice"), None).unwrap();
    house.desk().revoke_activations(&[listed(login("alice"))], false).unwrap().unwrap();
    assert_eq!(import("0o1l1111").unwrap(), [Planned::Identical]);
    assert_eq!(house.activation_refused("alice", KEY, "0o1l1111"), "activation-code-dead");
    assert_eq!(import("22222222").unwrap(), [Planned::Added]);
    assert_eq!(house.activate("alice", KEY, "22222222"), Activated::Yes);
    assert_eq!(house.rows("activations"), 3);
}
