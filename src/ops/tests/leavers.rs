//! Users who leave or change establishments: what is taken from them, and what stays of them, and for how long.

use super::movers::taken;
use super::*;
use crate::activation::State as CodeState;
use crate::operator::Scope;
use std::collections::HashSet;

const DAY: i64 = 24 * 60;
const YEAR: i64 = 365 * DAY;

impl House {
    fn remove(&self, name: &str, returned: Returned<'_>) -> Removed {
        taken(self.desk().remove_users(&[listed(login(name))], returned, false)).unwrap().remove(0)
    }

    fn change_something(&self) {
        self.desk().enable_users(&[Row { line: 0, value: login("bob") }], true, false).unwrap().unwrap();
    }

    /// A year goes by, and a day at which something is written down.
    fn let_names_fall_due(&self) {
        self.minutes(YEAR);
        self.change_something();
        self.minutes(DAY);
    }

    pub(super) fn elsewhere(&self) -> Uai {
        let uai: Uai = "0750655E".parse().unwrap();
        self.desk().add_establishment(&NewEstablishment { uai: uai.clone(), name: "Autre".parse().unwrap() }).unwrap();
        uai
    }

    fn add(&self, name: &str, establishments: Vec<Uai>) {
        let new = NewUser { login: login(name), name: "Nouvelle".parse().unwrap(), establishments };
        self.desk().add_user(&new).unwrap();
    }

    fn deeds_of(&self, name: &str) -> Vec<Action> {
        let filter = AuditFilter { login: Some(login(name)), ..AuditFilter::default() };
        self.events_of(&filter).iter().map(|record| record.event.action).collect()
    }

    /// Every byte of the database and of what lies beside it.
    #[allow(clippy::disallowed_methods, reason = "tests look at the file behind the program's back")]
    fn bytes(&self) -> Vec<u8> {
        let beside = |end: &str| std::fs::read(format!("{}{end}", self.path.display())).unwrap_or_default();
        [beside(""), beside("-wal"), beside("-shm")].concat()
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    let (text, first) = (text.as_bytes(), text.as_bytes()[0]);
    bytes.windows(text.len()).any(|window| window[0] == first && window == text)
}

#[test]
fn what_a_leaver_has_is_taken_back_and_nothing_lets_him_in() {
    let house = House::in_use();
    let days = "3".parse().unwrap();
    let codes = house.desk().issue_emergency(&login("alice"), days).unwrap().codes;
    let ticket = house.next_code_ticket("alice", PIN, 5);
    house.minutes(6);
    let removed = house.remove("ALICE", Returned::ToStock(None));
    assert_eq!((removed.keys[0].before, removed.keys[0].after), (State::Active, State::Stock));
    assert_eq!(removed.keys[0].establishment, Some(uai()));
    assert!(removed.codes_ended);
    let key = house.key();
    assert!(key.holder.is_none() && matches!(key.pin, pin::Standing::None { .. }));
    // As for one who never was.
    for (typed, ticket) in [
        (format!("{PIN}{}", house.shown(0)), None),
        (house.shown(1), Some(ticket.as_str())),
        (format!("{PIN}{}", codes[0].expose()), None),
    ] {
        let reasons = [house.refused("alice", &typed, ticket), house.refused("nobody", &typed, ticket)];
        assert_eq!(reasons[0], reasons[1]);
    }
    assert!(matches!(house.desk().show_user(&login("alice")), Err(Error::UnknownUser(_))));
    assert!(house.desk().list_users(None).unwrap().all(|found| found.unwrap().0.login != login("alice")));
    assert!(house.desk().list_emergencies(None).unwrap().next().is_none());
    assert!(matches!(
        taken(house.desk().remove_users(&[listed(login("alice"))], Returned::Not, false)),
        Err(Error::UnknownUser(_))
    ));
    assert_eq!(house.deeds_of("alice").last(), Some(&Action::UserRemove));
}

#[test]
fn a_key_that_did_not_come_back_is_lost_and_nobodys_and_found_for_anybody() {
    for lost_before in [false, true] {
        let house = House::in_use();
        if lost_before {
            let days = "3".parse().unwrap();
            house.desk().lose_key_with_emergency(&serial(KEY), days).unwrap();
        }
        let removed = house.remove("alice", if lost_before { Returned::ToStock(None) } else { Returned::Not });
        assert_eq!((removed.keys[0].after, removed.codes_ended), (State::Lost, lost_before));
        let key = house.key();
        assert_eq!((key.state, key.before_loss), (State::Lost, Some(State::Stock)));
        assert!(key.holder.is_none() && matches!(key.pin, pin::Standing::None { .. }));
        // Nobody can go on with it, whatever is said.
        let reason = "x".parse().unwrap();
        assert_eq!(house.does(KEY, Deed::Restore { reason: &reason }).unwrap().after, State::Stock);
        house.desk().assign_key(&serial(KEY), &login("bob")).unwrap();
    }
}

#[test]
fn a_key_that_came_back_may_go_to_scrap_and_a_trial_changes_nothing() {
    let house = House::in_use();
    let before = house.events().len();
    let tried =
        taken(house.desk().remove_users(&[listed(login("alice")), listed(login("bob"))], Returned::ToScrap, true))
            .unwrap();
    assert_eq!((tried.len(), tried[0].keys[0].after), (2, State::Retired));
    assert_eq!((house.key().state, house.events().len()), (State::Active, before));
    // All or none.
    let refused =
        taken(house.desk().remove_users(&[listed(login("alice")), listed(login("nobody"))], Returned::ToScrap, false));
    assert!(matches!(refused, Err(Error::UnknownUser(_))));
    assert_eq!((house.key().state, house.events().len()), (State::Active, before));
    house.remove("alice", Returned::ToScrap);
    assert_eq!(house.key().state, State::Retired);
}

#[test]
fn who_is_given_the_login_of_a_leaver_has_nothing_of_his() {
    let house = House::in_use();
    house.remove("alice", Returned::Not);
    house.desk().issue_activation(&login("bob"), None).unwrap();
    house.remove("bob", Returned::ToStock(None));
    let former = house.deeds_of("alice");
    assert!(former.contains(&Action::UserRemove) && former.contains(&Action::Check));
    house.add("Alice", vec![uai()]);
    house.add("bob", vec![uai()]);
    assert_eq!(house.deeds_of("alice"), [Action::UserAdd]);
    let (_, key) = house.desk().show_user(&login("alice")).unwrap();
    assert!(key.is_none());
    for name in ["alice", "bob"] {
        assert!(house.desk().list_activations(Some(&login(name))).unwrap().next().is_none());
        assert!(house.desk().list_emergencies(Some(&login(name))).unwrap().next().is_none());
        assert!(house.desk().export_user(&login(name)).unwrap().events.iter().all(|event| !event.has_left));
    }
    house.minutes(1);
    house.refused("alice", &format!("{PIN}{}", house.shown(0)), None);
    // The key of the former, given to the new one, knows no PIN.
    house.does(KEY, Deed::Find).unwrap();
    house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
    let issued = house.desk().issue_activation(&login("alice"), None).unwrap();
    assert_eq!(house.activate("alice", KEY, issued.code.expose()), Activated::Yes);
    house.minutes(1);
    house.refused("alice", &format!("{PIN}{}", house.shown(0)), None);
}

#[test]
fn of_a_user_of_two_delegates_neither_decides_alone() {
    let house = House::furnished();
    let other = house.elsewhere();
    house.add("charlie", vec![uai(), other.clone()]);
    let delegate = || {
        let mut desk = house.desk();
        desk.store.limit(Scope::Within(vec![uai()]), Via::Sudo);
        desk
    };
    for answer in [
        taken(delegate().remove_users(&[listed(login("charlie"))], Returned::ToStock(None), false)).map(|_| ()),
        delegate().export_user(&login("charlie")).map(|_| ()),
    ] {
        let Err(Error::UserOfOthersToo { establishments, .. }) = answer else { panic!("{answer:?}") };
        assert_eq!(establishments, [uai()]);
    }
    // He can let go of him; then he is the other's alone.
    taken(delegate().move_users(&[listed(login("charlie"))], Way::OutOf(&uai()), false)).unwrap();
    assert!(matches!(
        taken(delegate().remove_users(&[listed(login("charlie"))], Returned::Not, false)),
        Err(Error::UnknownUser(_))
    ));
    assert_eq!(house.desk().show_user(&login("charlie")).unwrap().0.establishments, [other]);
    house.remove("charlie", Returned::ToStock(None));
}

#[test]
fn all_that_is_known_of_somebody_is_told_until_it_is_erased() {
    let house = House::in_use();
    let dossier = house.desk().export_user(&login("alice")).unwrap();
    assert_eq!((dossier.keys.len(), dossier.activations[0].1), (1, CodeState::Spent));
    assert!(dossier.tries.iter().any(|tried| tried.outcome == "accepted"));
    let events = dossier.events.len();
    house.remove("alice", Returned::ToStock(None));
    let dossier = house.desk().export_user(&login("alice")).unwrap();
    assert!(dossier.left.is_some() && dossier.keys.is_empty() && dossier.events.len() > events);
    house.minutes(YEAR);
    assert!(matches!(house.desk().export_user(&login("alice")), Err(Error::UnknownUser(_))));
}

#[test]
fn of_one_who_has_left_all_is_told_that_is_kept_under_his_number_and_nothing_of_others() {
    let house = House::in_use();
    let try_from = |name: &str, key: &str, source: &str| {
        let typed = format!("{PIN}{}", house.shown_by(key, 0));
        let request =
            Request { aim: Aim::Enter, login: &login(name), typed: &typed, ticket: None, source: Some(source) };
        assert!(matches!(house.desk().check(&request).unwrap(), Answer::Accepted));
        house.minutes(1);
    };
    try_from("alice", KEY, "192.0.2.7");
    house.desk().issue_emergency(&login("alice"), "3".parse().unwrap()).unwrap();
    // A code that is bound to nothing, at which somebody guessed.
    house.desk().issue_activation(&login("bob"), None).unwrap();
    house.activation_refused("bob", OTHER, "zzzzzzzz");
    let there = house.desk().export_user(&login("alice")).unwrap();
    house.remove("alice", Returned::ToStock(None));
    // Her key goes to somebody else, who is told from elsewhere.
    house.add("carol", vec![uai()]);
    house.desk().assign_key(&serial(KEY), &login("carol")).unwrap();
    let issued = house.desk().issue_activation(&login("carol"), None).unwrap();
    assert_eq!(house.activate("carol", KEY, issued.code.expose()), Activated::Yes);
    house.choose_pin("carol", PIN);
    house.minutes(1);
    try_from("carol", KEY, "192.0.2.99");
    let dossier = house.desk().export_user(&login("alice")).unwrap();
    assert_eq!(dossier.activations.len(), there.activations.len());
    assert_eq!((dossier.activations[0].1, dossier.emergencies.len()), (CodeState::Spent, 1));
    assert_eq!(dossier.emergencies[0].1, crate::emergency::State::Revoked);
    let tries = |dossier: &Dossier| -> Vec<(UtcTime, Option<String>)> {
        dossier.tries.iter().map(|tried| (tried.at, tried.source.clone())).collect()
    };
    assert_eq!(tries(&dossier), tries(&there));
    assert!(tries(&dossier).iter().any(|(_, source)| source.as_deref() == Some("192.0.2.7")));
    let carol = house.desk().export_user(&login("carol")).unwrap();
    assert!(tries(&carol).iter().all(|(_, source)| source.as_deref() != Some("192.0.2.7")));
    assert_eq!(carol.tries.iter().filter(|tried| tried.source.as_deref() == Some("192.0.2.99")).count(), 1);
    // Tries at a code, and those with a key that was another's before, are told of a leaver as of one who is there.
    let bob = house.desk().export_user(&login("bob")).unwrap();
    assert_eq!(bob.tries.iter().map(|tried| tried.outcome.as_str()).collect::<Vec<_>>(), ["both-wrong"]);
    house.remove("carol", Returned::Not);
    let carol = house.desk().export_user(&login("carol")).unwrap();
    assert!(tries(&carol).iter().all(|(_, source)| source.as_deref() != Some("192.0.2.7")));
    assert_eq!(carol.tries.iter().filter(|tried| tried.source.as_deref() == Some("192.0.2.99")).count(), 1);
}

#[test]
fn a_name_that_is_due_is_told_to_nobody_and_erased_by_the_next_change() {
    let house = House::furnished();
    let left = house.remove("alice", Returned::ToStock(None)).left;
    assert_eq!(left.erase_at, left.at.plus(Seconds::days(365)));
    house.minutes(YEAR - 1);
    house.change_something();
    let told = |house: &House| {
        let removal = house.events().into_iter().find(|record| record.event.action == Action::UserRemove).unwrap();
        assert!(removal.has_left && removal.event.subject.user == Some(1));
        removal.login
    };
    assert_eq!(told(&house), Some(login("alice")));
    house.minutes(1);
    // Not erased yet, and nobody is told.
    assert_eq!((told(&house), house.deeds_of("alice").len()), (None, 0));
    // It is written down that the moment is over, and a day later that the clock went on.
    house.change_something();
    house.minutes(DAY - 1);
    house.change_something();
    assert!(holds(&house.bytes(), "alice"));
    house.minutes(1);
    house.change_something();
    assert!(!holds(&house.bytes(), "alice"));
    assert_eq!(told(&house), None);
    let erased: Vec<_> = house.events().into_iter().filter(|record| record.event.action == Action::UserErase).collect();
    assert_eq!((erased.len(), erased[0].event.subject.user), (1, Some(1)));
    // Under his number he is found for ever.
    let filter = AuditFilter { user: Some(1), ..AuditFilter::default() };
    assert_eq!(house.events_of(&filter).len(), 3);
    assert_eq!(house.deeds_of("bob").len(), 5);
}

#[test]
fn nobody_is_erased_by_a_clock_that_has_jumped_ahead() {
    let house = House::furnished();
    house.remove("alice", Returned::ToStock(None));
    house.minutes(YEAR + DAY);
    for _ in 0..3 {
        house.change_something();
        house.minutes(DAY / 3 - 1);
    }
    assert!(holds(&house.bytes(), "alice"));
    // Set right, it is a year again, and what was written down meanwhile counts for nothing before its time.
    house.minutes(-YEAR - DAY);
    for _ in 0..3 {
        house.change_something();
        house.minutes(DAY);
    }
    assert!(house.desk().export_user(&login("alice")).is_ok());
    house.let_names_fall_due();
    house.change_something();
    assert!(!holds(&house.bytes(), "alice"));
}

#[test]
fn nobody_is_erased_by_a_clock_that_is_known_to_be_wrong() {
    let house = House::furnished();
    house.remove("alice", Returned::ToStock(None));
    house.behind().say_that_the_clock_is_wrong(5);
    house.let_names_fall_due();
    house.change_something();
    assert!(holds(&house.bytes(), "alice"));
    house.behind().say_that_the_clock_is_wrong(0);
    house.change_something();
    assert!(!holds(&house.bytes(), "alice"));
}

/// Rows of many lengths in no order, so that SQLite moves them from page to page; among those who stay, half leave.
#[test]
fn h07_of_whoever_is_erased_nothing_is_left_in_any_file() {
    let house = House::in_use();
    let mark = |number: u64| format!("{:012x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16);
    let person = |number: u64| {
        let long = usize::try_from(number % 40).unwrap();
        let (login, name) =
            (format!("U{}", mark(number)), format!("Nom {} {}", "x".repeat(long), mark(number + 5_000)));
        NewUser { login: login.parse().unwrap(), name: name.parse().unwrap(), establishments: vec![uai()] }
    };
    let people: Vec<NewUser> = (1..=1_500).map(person).collect();
    let rows = people.iter().map(|new| Row { line: 0, value: new.clone() });
    let rows = rows.enumerate().map(|(at, row)| Row { line: at as u64, ..row }).collect();
    house.desk().import_users(rows, false).unwrap().unwrap();
    let leave: Vec<_> = people.iter().step_by(2).map(|new| listed(new.login.clone())).collect();
    taken(house.desk().remove_users(&leave, Returned::ToStock(None), false)).unwrap();
    // From where Bob's key was tried while it was Alice's.
    let request = Request {
        aim: Aim::Enter,
        login: &login("alice"),
        typed: &format!("{PIN}{}", house.shown(0)),
        ticket: None,
        source: Some("192.0.2.77"),
    };
    assert!(matches!(house.desk().check(&request).unwrap(), Answer::Accepted));
    house.remove("alice", Returned::ToStock(None));
    assert!(holds(&house.bytes(), "192.0.2.77"));
    house.let_names_fall_due();
    // Somebody else has the database open all the while: nothing is swept up by the closing of the last one.
    let behind = house.behind();
    assert!(behind.rows("users") > 1_500);
    house.change_something();
    let bytes = house.bytes();
    let marks = |at: usize| [mark(at as u64 + 1), mark(at as u64 + 5_001)];
    let all: HashSet<Vec<u8>> = (0..people.len()).flat_map(marks).map(String::into_bytes).collect();
    let found: HashSet<&[u8]> = bytes.windows(12).filter(|window| all.contains(*window)).collect();
    for at in 0..people.len() {
        for mark in marks(at) {
            assert_eq!(found.contains(mark.as_bytes()), at % 2 == 1, "{at}");
        }
    }
    assert!(!holds(&bytes, "alice") && !holds(&bytes, "192.0.2.77"));
    assert!(holds(&bytes, "bob"));
    assert_eq!((behind.rows("users"), house.desk().list_users(None).unwrap().count()), (1_502, 751));
    assert_eq!(behind.orphans(), 0);
    // The number of nobody is given again.
    house.add("new", vec![uai()]);
    assert_eq!(house.desk().show_user(&login("new")).unwrap().0.id, 1_503);
}

#[test]
fn what_somebody_who_reads_keeps_in_the_log_is_swept_up_by_whoever_comes_after_him() {
    let house = House::in_use();
    house.add("marguerite", vec![uai()]);
    house.remove("marguerite", Returned::ToStock(None));
    house.let_names_fall_due();
    let behind = house.behind();
    behind.read_on();
    house.change_something();
    assert!(holds(&house.bytes(), "marguerite") && behind.rows("owed_sweep") == 0, "he reads what was before");
    behind.let_go();
    assert_eq!(behind.rows("owed_sweep"), 1);
    // By another process: this one's knowledge of it is gone.
    house.change_something();
    assert!(!holds(&house.bytes(), "marguerite"));
    assert_eq!(behind.rows("owed_sweep"), 0);
}

#[test]
fn keys_are_listed_of_the_user_who_has_the_login_now() {
    let house = House::in_use();
    house.remove("alice", Returned::ToStock(None));
    house.add("alice", vec![uai()]);
    house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
    let filter = KeyFilter { login: Some(login("alice")), ..KeyFilter::default() };
    let found = house.desk().store.read().keys(&filter).unwrap();
    assert_eq!(found.iter().map(|key| key.serial.clone()).collect::<Vec<_>>(), [serial(KEY)]);
}
