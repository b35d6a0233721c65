//! What the reports count and list, of a fleet so small that it can be counted by hand.

use super::*;
use crate::clock::Seconds;
use crate::operator::Scope;

const DAY: i64 = 24 * 60;

fn foreign() -> Uai {
    "0750655E".parse().unwrap()
}

impl House {
    /// Two establishments: what the first one has, and a user and four keys of the other one's.
    fn of_two() -> Self {
        let house = Self::in_use();
        let mut desk = house.desk();
        desk.add_establishment(&NewEstablishment { uai: foreign(), name: "Autre".parse().unwrap() }).unwrap();
        let zoe = NewUser { login: login("zoe"), name: "Zoé".parse().unwrap(), establishments: vec![foreign()] };
        desk.add_user(&zoe).unwrap();
        let line =
            |number: u8| format!("5500000{number},0102030405060708090a0b0c0d0e0f10111213{number:02x},totp,6,60\n");
        let list: String = (1..=4).map(line).collect();
        let mut source = std::io::Cursor::new(list.as_bytes());
        let guidance = Guidance::default();
        let foreign = foreign();
        let file = house.file_of(&mut source, &guidance);
        let mut file = SeedFile { name: "autre.csv", establishment: Some(&foreign), allow_weak_seeds: true, ..file };
        assert_eq!(desk.import_file(&mut file).unwrap().new, 4);
        desk.assign_key(&serial("55000001"), &login("zoe")).unwrap();
        drop(desk);
        house
    }

    fn limited(&self, to: Uai) -> Desk<'_> {
        let mut desk = self.desk();
        desk.store.limit(Scope::Within(vec![to]), Via::Sudo);
        desk
    }
}

fn serials(keys: Keys<'_>) -> Vec<String> {
    keys.map(|key| key.unwrap().serial.to_string()).collect()
}

/// What is counted, as short lines.
fn heaps(desk: &Desk<'_>) -> Vec<String> {
    let heaps = desk.report_stock().unwrap();
    let line = |heap: Heap| {
        let place = heap.establishment.map_or_else(|| "-".to_owned(), |uai| uai.to_string());
        format!("{place} {} {} {}", heap.model.as_deref().unwrap_or("-"), heap.state, heap.keys)
    };
    heaps.into_iter().map(line).collect()
}

#[test]
fn keys_are_counted_where_they_are_and_by_nobody_else() {
    let house = House::of_two();
    let own = ["0860034V c200 stock 4", "0860034V c200 active 1"].map(|line| line.replace("c200", &model(&house)));
    let other = ["0750655E - stock 3", "0750655E - assigned 1"].map(str::to_owned);
    assert_eq!(heaps(&house.desk()), [other.clone(), own.clone()].concat());
    assert_eq!(heaps(&house.limited(uai())), own);
    assert_eq!(heaps(&house.limited(foreign())), other);
    assert!(heaps(&house.limited("0860036X".parse().unwrap())).is_empty());
    // One on its way counts at both ends, where it was sent from; one that is taken in counts there alone.
    house.does("55000004", Deed::Ship { to: Some(&uai()) }).unwrap();
    assert_eq!(heaps(&house.limited(uai()))[0], "0750655E - stock 1");
    house.does("55000004", Deed::Receive).unwrap();
    assert_eq!(heaps(&house.limited(foreign()))[0], "0750655E - stock 2");
    assert_eq!(heaps(&house.limited(uai()))[0], "0860034V - stock 1");
}

fn model(house: &House) -> String {
    house.key().model.unwrap()
}

#[test]
fn a_key_that_came_with_its_user_is_counted_without_who_holds_it() {
    let house = House::of_two();
    let both = NewUser { login: login("both"), name: "B".parse().unwrap(), establishments: vec![uai(), foreign()] };
    house.desk().add_user(&both).unwrap();
    house.desk().assign_key(&serial("55000002"), &login("both")).unwrap();
    assert_eq!(heaps(&house.limited(uai()))[0], "- - assigned 1");
    assert_eq!(heaps(&house.limited(foreign()))[1], "0750655E - assigned 2");
}

#[test]
fn the_keys_of_a_file_that_is_still_being_read_are_neither_counted_nor_listed() {
    let house = House::of_two();
    house.behind().set_batch_open(2, true);
    assert!(heaps(&house.desk()).iter().all(|line| !line.starts_with("0750655E")));
    assert!(heaps(&house.limited(foreign())).is_empty());
    assert_eq!(house.desk().report_batches(None).unwrap().count(), 5);
    house.behind().set_batch_open(2, false);
}

/// What is missing, whose, of which key.
fn missing(desk: &Desk<'_>) -> Vec<String> {
    let line = |first: Result<FirstUse, Error>| {
        let first = first.unwrap();
        let serial = first.serial.map_or_else(|| "-".to_owned(), |serial| serial.to_string());
        format!("{} {} {serial}", first.missing.name(), first.login.unwrap())
    };
    desk.report_activation().unwrap().map(line).collect()
}

#[test]
fn who_has_not_used_his_key_is_told_once_with_what_is_missing() {
    let house = House::of_two();
    assert_eq!(missing(&house.desk()), ["no-code zoe 55000001"]);
    assert!(missing(&house.limited(uai())).is_empty());
    house.desk().issue_activation(&login("zoe"), None).unwrap();
    house.desk().issue_activation(&login("bob"), None).unwrap();
    let both = ["code-outstanding zoe 55000001", "code-outstanding bob -"];
    assert_eq!(missing(&house.desk()), both);
    assert_eq!(missing(&house.limited(uai())), both[1..]);
    house.minutes(8 * DAY);
    house.equip_bob();
    assert_eq!(missing(&house.desk()), ["code-expired zoe 55000001", &format!("never-used bob {OTHER}")]);
    let zoe = house.limited(foreign()).report_activation().unwrap().next().unwrap().unwrap();
    assert_eq!(zoe.establishment, Some(foreign()));
}

#[test]
fn a_key_that_ends_is_proposed_one_in_stock_at_the_same_place_that_lasts() {
    let house = House::of_two();
    let end = house.clock.now().plus(Seconds::days(30));
    let later = house.clock.now().plus(Seconds::days(400));
    let by = house.clock.now().plus(Seconds::days(90));
    for (key, end) in [(KEY, end), (OTHER, end), ("103142720", later), ("55000001", end), ("55000002", end)] {
        house.behind().let_key_end(key, end.epoch_seconds());
    }
    house.behind().let_key_end("103142721", by.epoch_seconds() - 1);
    house.behind().let_key_end("103142722", by.epoch_seconds());
    assert_eq!(serials(house.limited(uai()).report_expiry(by).unwrap()), [KEY, OTHER, "103142721"]);
    let pairs = |desk: &Desk<'_>| -> Vec<(String, Option<String>)> {
        let pairs = desk.report_replacements(by).unwrap().map(Result::unwrap);
        pairs.map(|pair| (pair.old.serial.to_string(), pair.new.map(|new| new.to_string()))).collect()
    };
    // What is in stock and ends needs nothing in its place, and does not serve in another's.
    let alice = (KEY.to_owned(), Some("103142720".to_owned()));
    let zoe = ("55000001".to_owned(), Some("55000003".to_owned()));
    assert_eq!(pairs(&house.desk()), [alice.clone(), zoe]);
    assert_eq!(pairs(&house.limited(uai())), [alice]);
    // None is proposed twice, none that is on its way at all.
    house.does("55000003", Deed::Ship { to: None }).unwrap();
    house
        .desk()
        .add_user(&NewUser { login: login("max"), name: "M".parse().unwrap(), establishments: vec![foreign()] })
        .unwrap();
    house.desk().assign_key(&serial("55000002"), &login("max")).unwrap();
    let of_the_other = pairs(&house.limited(foreign()));
    assert_eq!(of_the_other[0].1.as_deref(), Some("55000004"));
    assert_eq!(of_the_other[1], ("55000002".to_owned(), None));
    // One that is lost is replaced by other means.
    house.does("55000001", Deed::Lose).unwrap();
    assert_eq!(serials(house.limited(foreign()).report_expiry(by).unwrap()), ["55000002"]);
}

#[test]
fn a_key_that_is_promised_already_or_not_fit_yet_is_proposed_in_no_place() {
    let house = House::in_use();
    let day = |days: i64| house.clock.now().plus(Seconds::days(days));
    house.behind().let_key_end(KEY, day(30).epoch_seconds());
    let proposed = || {
        let pairs: Vec<Pair> = house.desk().report_replacements(day(90)).unwrap().map(Result::unwrap).collect();
        pairs[0].new.as_ref().map(ToString::to_string)
    };
    assert_eq!(proposed().as_deref(), Some(OTHER));
    // Bob's code is bound to it.
    house.desk().issue_activation(&login("bob"), Some(&serial(OTHER))).unwrap();
    assert_eq!(proposed().as_deref(), Some("103142720"));
    house.behind().let_key_begin("103142720", house.clock.now().epoch_seconds() + 1);
    assert_eq!(proposed().as_deref(), Some("103142721"));
    house.behind().lock_key("103142721");
    assert_eq!(proposed().as_deref(), Some("103142722"));
    house.seconds(1);
    assert_eq!(proposed().as_deref(), Some("103142720"));
    // The code is good until its last moment, and binds nothing any more after it.
    house.minutes(7 * DAY);
    assert_eq!(proposed().as_deref(), Some(OTHER));
}

#[test]
fn keys_that_are_locked_or_make_wait_are_told_apart() {
    let house = House::of_two();
    house.equip_bob();
    let lockouts = |desk: &Desk<'_>| -> Vec<(String, Option<&'static str>, bool)> {
        let found = desk.report_lockouts().unwrap().map(Result::unwrap);
        found.map(|one| (one.key.serial.to_string(), one.key.lock.map(Lock::name), one.waits_until.is_some())).collect()
    };
    assert!(lockouts(&house.desk()).is_empty());
    for _ in 0..4 {
        house.refused("alice", &format!("{PIN}{}", house.wrong()), None);
        house.seconds(20);
    }
    // Fifteen seconds from the fourth on, and twenty have passed.
    assert!(lockouts(&house.desk()).is_empty());
    house.refused("alice", &format!("{PIN}{}", house.wrong()), None);
    assert_eq!(lockouts(&house.desk()), [(KEY.to_owned(), None, true)]);
    assert!(lockouts(&house.limited(foreign())).is_empty());
    house.minutes(16);
    house.fail(55);
    assert_eq!(lockouts(&house.desk()), [(KEY.to_owned(), Some("wrong-codes"), false)]);
    let desk = house.desk();
    let lockout = desk.report_lockouts().unwrap().next().unwrap().unwrap();
    assert!(lockout.locked_at.is_some() && lockout.tally.wrong_codes_in_window >= 60);
    assert!(lockouts(&house.limited(foreign())).is_empty());
}

#[test]
fn whoever_comes_through_a_login_server_and_has_to_wait_is_told_too() {
    let house = House::of_two();
    let try_from = |source: &str, typed: &str| {
        let request = Request { aim: Aim::Enter, login: &login("alice"), typed, ticket: None, source: Some(source) };
        assert!(!matches!(house.desk().check(&request).unwrap(), Answer::Accepted));
    };
    let waits = || -> Vec<Option<i64>> {
        let now = house.clock.now().epoch_seconds();
        let left = |until: UtcTime| until.epoch_seconds() - now;
        let desk = house.desk();
        let lockouts: Vec<Lockout> = desk.report_lockouts().unwrap().map(Result::unwrap).collect();
        assert_eq!(lockouts.iter().map(|one| one.waits_until).next().flatten(), house.in_full().waits_until);
        lockouts.iter().map(|one| one.waits_until.map(left)).collect()
    };
    // Two tries from each of two places: nobody waits.
    for source in ["192.0.2.7", "192.0.2.8"] {
        for _ in 0..2 {
            try_from(source, &format!("{PIN}{}", house.wrong()));
        }
    }
    assert!(waits().is_empty());
    try_from("192.0.2.7", &format!("{PIN}{}", house.wrong()));
    assert_eq!(waits(), [Some(5)]);
    // Of several waits, the one that lasts longest.
    house.seconds(5);
    try_from("192.0.2.7", &format!("{PIN}{}", house.wrong()));
    try_from("192.0.2.8", &format!("{PIN}{}", house.wrong()));
    assert_eq!(waits(), [Some(15)]);
    house.seconds(15);
    assert!(waits().is_empty());
    // After sixty tries within the hour, the first of which was the choice of her PIN two minutes before, all who come so wait,
    // and for longer than after wrong tries.
    for place in 0..54 {
        try_from(&format!("198.51.100.{place}"), &format!("{PIN}{}", house.wrong()));
    }
    house.minutes(30);
    assert_eq!(waits(), [Some(30 * 60 - 20 - 120)]);
    house.minutes(30);
    assert!(waits().is_empty());
}

#[test]
fn checks_are_counted_by_hour_and_day_with_those_who_were_turned_away() {
    let house = House::of_two();
    let began = house.clock.now();
    let until = |days: i64| began.plus(Seconds::days(days));
    let count = |desk: &Desk<'_>, span| desk.report_checks(began, until(3), span).unwrap();
    house.minutes(DAY);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    house.minutes(1);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    house.minutes(120);
    for _ in 0..3 {
        house.refused("alice", &format!("{PIN}{}", house.wrong()), None);
    }
    // Three during the wait: one event at once, one for the two others when somebody tries again.
    for _ in 0..3 {
        assert!(matches!(house.type_in("alice", "4576000000", None), Answer::Refused));
    }
    house.minutes(2);
    house.next_code_ticket("alice", PIN, 0);
    let by_hour = count(&house.desk(), CheckSpan::Hour);
    assert_eq!(by_hour.len(), 2);
    assert_eq!((by_hour[0].accepted, by_hour[0].users, by_hour[0].refused), (2, 1, 0));
    let Checks { accepted, challenged, refused, turned_away, locked, users, .. } = by_hour[1];
    assert_eq!((accepted, challenged, refused, turned_away, locked, users), (0, 1, 3, 3, 0, 0));
    let by_day = count(&house.desk(), CheckSpan::Day);
    assert_eq!(by_day.iter().map(|day| day.accepted).sum::<i64>(), 2);
    assert_eq!(by_day[0].from.epoch_seconds() % 86_400, 0);
    assert_eq!(count(&house.limited(uai()), CheckSpan::Hour), by_hour);
    assert!(count(&house.limited(foreign()), CheckSpan::Hour).is_empty());
    assert!(house.desk().report_checks(until(2), until(3), CheckSpan::Day).unwrap().is_empty());
}

#[test]
fn a_key_sleeps_that_nobody_used_since_he_has_it() {
    let house = House::of_two();
    let dormant = |desk: &Desk<'_>, days| serials(desk.report_dormant(Seconds::days(days)).unwrap());
    assert!(dormant(&house.desk(), 1).is_empty());
    house.minutes(40 * DAY);
    house.equip_bob();
    assert_eq!(dormant(&house.desk(), 30), [KEY]);
    house.minutes(31 * DAY);
    // The one who never used it since he activated it sleeps as well; the longest first.
    assert_eq!(dormant(&house.desk(), 30), [KEY, OTHER]);
    assert_eq!(dormant(&house.desk(), 60), [KEY]);
    assert!(dormant(&house.limited(foreign()), 30).is_empty());
    assert!(matches!(house.check("alice", PIN, 0), Answer::NextCodeRequired(_) | Answer::Accepted));
}

#[test]
fn every_key_is_told_with_the_line_of_its_file() {
    let house = House::of_two();
    let told = |desk: &Desk<'_>| -> Vec<String> {
        let found = desk.report_batches(None).unwrap().map(Result::unwrap);
        found
            .map(|one| {
                format!("{} {} {} {}", one.key.serial, one.batch.file_name, one.key.batch_line, one.batch.operator_name)
            })
            .collect()
    };
    let all = told(&house.desk());
    assert_eq!(all.len(), 9);
    assert!(all[0].starts_with("103142718 pskc-demo.xml ") && all[0].ends_with(" delegue"), "{}", all[0]);
    assert_eq!(all[5..], (1..=4).map(|n| format!("5500000{n} autre.csv {n} delegue")).collect::<Vec<_>>());
    assert_eq!(told(&house.limited(foreign())), all[5..]);
    assert_eq!(house.desk().report_batches(Some(2)).unwrap().count(), 4);
    assert!(matches!(house.limited(uai()).report_batches(Some(2)).map(|_| ()), Err(Error::UnknownBatch(2))));
    assert!(matches!(house.desk().report_batches(Some(9)).map(|_| ()), Err(Error::UnknownBatch(9))));
}
