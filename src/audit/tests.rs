use super::*;
use crate::operator::Via;
use hmac::{Hmac, KeyInit, Mac as _};

/// A seal of the tests, by a key that everybody knows.
pub struct TestSeal;

impl Seal for TestSeal {
    fn seal(&self, encoded: &[u8]) -> Mac {
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"test").unwrap();
        mac.update(encoded);
        mac.finalize().into_bytes().into()
    }
}

fn record(seq: i64, reason: &str, name: &str) -> Record {
    Record {
        seq,
        at: UtcTime::from_epoch(seq),
        operator: Operator { uid: 1000, name: name.to_owned(), via: Via::Direct, login: None },
        event: Event::new(Action::Check, Outcome::Refused).because(reason),
        login: None,
        has_left: false,
        version: "0".to_owned(),
        mac: GENESIS,
    }
}

fn chain(length: i64) -> Vec<Record> {
    let mut last = GENESIS;
    (1..=length)
        .map(|seq| {
            let mut record = record(seq, "wrong-pin", "a");
            record.mac = TestSeal.seal(&encode(&last, &record));
            last = record.mac;
            record
        })
        .collect()
}

fn verified(records: &[Record]) -> (i64, Option<i64>) {
    let found = held_against(records, Vec::new());
    (found.events, found.first_bad)
}

fn held_against(records: &[Record], checkpoints: Vec<Checkpoint>) -> Findings {
    let mut verification = Verification::new(&TestSeal, checkpoints);
    for record in records {
        verification.take(record);
    }
    verification.finish()
}

fn checkpoint_of(records: &[Record]) -> Checkpoint {
    let last = records.last().unwrap();
    Checkpoint {
        database: [1; 16],
        head: Head { seq: last.seq, mac: last.mac },
        events: last.seq,
        at: last.at,
        version: "0".to_owned(),
    }
}

#[test]
fn an_untouched_chain_is_intact() {
    assert_eq!(verified(&chain(20)), (20, None));
}

#[test]
fn j01_an_edit_a_swap_a_gap_and_a_copy_are_named() {
    let mut edited = chain(20);
    edited[6].event.reason = None;
    assert_eq!(verified(&edited).1, Some(7));
    let mut swapped = chain(20);
    swapped.swap(3, 4);
    assert_eq!(verified(&swapped).1, Some(4));
    let mut shortened = chain(20);
    shortened.remove(10);
    assert_eq!(verified(&shortened).1, Some(11));
    let mut doubled = chain(20);
    doubled.insert(5, doubled[4].clone());
    assert_eq!(verified(&doubled).1, Some(5));
    let mut without_the_first = chain(20);
    without_the_first.remove(0);
    assert_eq!(verified(&without_the_first).1, Some(1));
}

#[test]
fn j03_fields_can_not_run_into_one_another() {
    assert_ne!(encode(&GENESIS, &record(1, "b", "a")), encode(&GENESIS, &record(1, "", "ab")));
    let mut without = record(1, "", "a");
    without.event.reason = None;
    assert_ne!(encode(&GENESIS, &record(1, "", "a")), encode(&GENESIS, &without));
    let numbered = |count, last_at: Option<i64>| {
        let mut numbered = record(1, "", "a");
        (numbered.event.count, numbered.event.last_at) = (count, last_at.map(UtcTime::from_epoch));
        encode(&GENESIS, &numbered)
    };
    assert_ne!(numbered(Some(7), None), numbered(None, Some(7)));
}

#[test]
fn j02_a_chain_that_goes_on_from_a_checkpoint_excludes_a_cut_before_it() {
    let (all, checkpoint) = (chain(20), checkpoint_of(&chain(12)));
    assert_eq!(held_against(&all, Vec::new()).truncation, Truncation::NotExcluded);
    let found = held_against(&all, vec![checkpoint.clone(), checkpoint_of(&chain(3))]);
    assert_eq!(found.truncation, Truncation::Excluded { up_to: 12 });
    for left in 0..12 {
        let found = held_against(&all[..left], vec![checkpoint.clone()]);
        assert_eq!(found.truncation, Truncation::Detected { seq: 12, at: checkpoint.at }, "{left}");
        assert_eq!(found.first_bad, None);
    }
    for left in 12..20 {
        let found = held_against(&all[..left], vec![checkpoint.clone()]);
        assert_eq!(found.truncation, Truncation::Excluded { up_to: 12 }, "{left}");
    }
}

#[test]
fn of_several_checkpoints_that_the_chain_does_not_come_to_the_first_is_told() {
    let missed = [12, 9, 15].map(|length| checkpoint_of(&chain(length)));
    for length in [5, 8] {
        let found = held_against(&chain(length), missed.to_vec());
        assert_eq!(found.truncation, Truncation::Detected { seq: 9, at: UtcTime::from_epoch(9) });
    }
    // The chain goes on past all of them, and is another one.
    let found = held_against(&fork(7, 20, None), missed.to_vec());
    assert_eq!(found.truncation, Truncation::Detected { seq: 9, at: UtcTime::from_epoch(9) });
}

#[test]
fn a_row_that_can_not_be_read_counts_as_an_event_that_is_wrong() {
    let all = chain(20);
    let mut verification = Verification::new(&TestSeal, Vec::new());
    all[..6].iter().for_each(|record| verification.take(record));
    verification.take_unreadable(7);
    verification.take_unreadable(8);
    all[8..].iter().for_each(|record| verification.take(record));
    let found = verification.finish();
    assert_eq!((found.events, found.first_bad, found.last), (20, Some(7), 20));
}

/// A chain of which all after an event is another one.
fn fork(shared: usize, length: i64, told: Option<(&str, i64)>) -> Vec<Record> {
    let mut records = chain(i64::try_from(shared).unwrap());
    let mut last = records.last().map_or(GENESIS, |record| record.mac);
    for seq in i64::try_from(shared).unwrap() + 1..=length {
        let mut next = record(seq, "another", "b");
        next.at = UtcTime::from_epoch(1_000 + seq);
        if let Some((reason, at)) = told.filter(|_| records.len() == shared) {
            next.event = Event::new(Action::Restore, Outcome::Done).because(reason);
            next.at = UtcTime::from_epoch(at);
        }
        next.mac = TestSeal.seal(&encode(&last, &next));
        last = next.mac;
        records.push(next);
    }
    records
}

#[test]
fn g08_another_chain_behind_a_checkpoint_is_found_however_long_it_has_grown() {
    let checkpoint = checkpoint_of(&chain(12));
    for length in [8, 11, 12, 13, 40] {
        let found = held_against(&fork(7, length, None), vec![checkpoint.clone()]);
        assert_eq!(found.truncation, Truncation::Detected { seq: 12, at: checkpoint.at }, "{length}");
        assert_eq!(found.first_bad, None, "each of them is made with the vault");
    }
}

fn heads(backup: usize, previous: Option<usize>) -> String {
    let head = |at: usize| Head { seq: chain(20)[at - 1].seq, mac: chain(20)[at - 1].mac };
    RestoredHeads { backup: head(backup), previous: previous.map(head) }.to_string()
}

#[test]
fn a_restored_backup_explains_the_checkpoints_of_the_database_whose_place_it_took_and_no_other() {
    let found = |reason: &str, at, checkpoint: Checkpoint| {
        held_against(&fork(7, 20, Some((reason, at))), vec![checkpoint]).truncation
    };
    let lost = checkpoint_of(&chain(12));
    let detected = Truncation::Detected { seq: 12, at: lost.at };
    for previous in [Some(12), Some(15), None] {
        assert_eq!(found(&heads(7, previous), 500, lost.clone()), Truncation::Restored, "{previous:?}");
    }
    assert_eq!(found(&heads(7, Some(11)), 500, lost.clone()), detected, "beyond the former head");
    assert_eq!(found(&heads(12, Some(15)), 500, lost.clone()), detected, "it was in the backup");
    assert_eq!(found(&heads(7, Some(15)), 11, lost.clone()), detected, "younger than the restore");
    assert_eq!(found("backup=", 500, lost.clone()), detected);
    let other = Checkpoint { head: Head { seq: 12, mac: [9; 32] }, ..lost.clone() };
    assert_eq!(found(&heads(7, Some(12)), 500, other), detected, "another event than the former head");
    // What a broken chain says of a backup is worth nothing, nor what no backup was put in place by.
    let told = heads(7, Some(15));
    let mut edited = fork(7, 20, Some((&told, 500)));
    edited[2].event.reason = None;
    let found = held_against(&edited, vec![lost.clone()]);
    assert_eq!((found.first_bad, found.truncation), (Some(3), detected));
    let mut refused = chain(20);
    refused.truncate(7);
    let mut last = record(8, &told, "a");
    last.mac = TestSeal.seal(&encode(&refused[6].mac, &last));
    refused.push(last);
    let found = held_against(&refused, vec![Checkpoint { at: UtcTime::from_epoch(8), ..lost.clone() }]);
    assert_eq!(found.truncation, Truncation::Detected { seq: 12, at: UtcTime::from_epoch(8) });
    // Of two, one that the chain went through earlier says nothing of what came after it.
    let records = fork(7, 20, Some((&heads(7, Some(15)), 500)));
    let found = held_against(&records, vec![lost.clone(), checkpoint_of(&chain(5))]);
    assert_eq!((found.truncation, found.lost), (Truncation::Restored, Some((8, 15))));
    // One that came since is what counts.
    let records = fork(7, 20, Some((&heads(7, Some(15)), 500)));
    let found = held_against(&records, vec![lost, checkpoint_of(&records)]);
    assert_eq!((found.truncation, found.lost), (Truncation::Excluded { up_to: 20 }, Some((8, 15))));
}

#[test]
fn the_seal_of_a_checkpoint_and_of_a_stub_is_over_all_of_it_and_of_no_other_kind() {
    let good = checkpoint_of(&chain(3));
    let mac = good.seal(&TestSeal);
    assert!(good.bears(&mac, &TestSeal));
    let edits: [fn(&mut Checkpoint); 6] = [
        |edited| edited.database[0] ^= 1,
        |edited| edited.head.seq += 1,
        |edited| edited.head.mac[31] ^= 1,
        |edited| edited.events += 1,
        |edited| edited.at = UtcTime::from_epoch(9),
        |edited| edited.version.push('1'),
    ];
    for edit in edits {
        let mut edited = good.clone();
        edit(&mut edited);
        assert!(!edited.bears(&mac, &TestSeal), "{edited:?}");
    }
    let stub = Stub { head: good.head, goal: 3, at: good.at };
    let mac = stub.seal(&TestSeal);
    let moved = Head { seq: 2, ..stub.head };
    let other = Head { mac: GENESIS, ..stub.head };
    for edited in [Stub { head: moved, ..stub }, Stub { head: other, ..stub }, Stub { goal: 4, ..stub }] {
        assert!(stub.bears(&mac, &TestSeal) && !edited.bears(&mac, &TestSeal), "{edited:?}");
    }
    assert!(!good.bears(&mac, &TestSeal));
}

#[test]
fn j06_a_chain_begins_behind_what_a_purge_has_left_of_it_and_nowhere_else() {
    let all = chain(20);
    let stub = Stub { head: Head { seq: 8, mac: all[7].mac }, goal: 8, at: UtcTime::from_epoch(99) };
    let from = |stub: &Stub, mac: Mac, records: &[Record], checkpoints| {
        let mut verification = Verification::new(&TestSeal, checkpoints);
        verification.begin_at(stub, &mac);
        records.iter().for_each(|record| verification.take(record));
        verification.finish()
    };
    let seal = stub.seal(&TestSeal);
    let found = from(&stub, seal, &all[8..], vec![checkpoint_of(&all[..5]), checkpoint_of(&all[..8])]);
    assert_eq!((found.events, found.first_bad, found.last, found.purged), (12, None, 20, 8));
    assert_eq!(found.truncation, Truncation::Excluded { up_to: 8 });
    let other = Checkpoint { head: Head { seq: 8, mac: [9; 32] }, ..checkpoint_of(&all[..8]) };
    let found = from(&stub, seal, &all[8..], vec![other.clone()]);
    assert_eq!(found.truncation, Truncation::Detected { seq: 8, at: other.at }, "another event than the stub's");
    assert_eq!(from(&stub, seal, &all[9..], Vec::new()).first_bad, Some(9), "more is gone than the stub says");
    assert_eq!(from(&stub, seal, &all[7..], Vec::new()).first_bad, Some(8), "less is gone");
    assert_eq!(from(&stub, [0; 32], &all[8..], Vec::new()).first_bad, Some(8), "sealed by nobody");
    let lying = Stub { head: Head { seq: 8, mac: GENESIS }, ..stub };
    assert_eq!(from(&lying, lying.seal(&TestSeal), &all[8..], Vec::new()).first_bad, Some(9));
    assert_eq!(verified(&all[8..]).1, Some(1), "the stub itself is gone");
}

#[test]
fn of_one_change_an_alarm_about_nobody_is_told_once_and_all_else_as_often_as_it_was() {
    let everybody = |count| Event::new(Action::Check, Outcome::Alarm).because("everybody-fails").counting(count);
    let somebody = |user| {
        let subject = Subject { user: Some(user), ..Subject::default() };
        Event::new(Action::Check, Outcome::Alarm).because("many-wrong-tries").about(subject)
    };
    let refused = Event::new(Action::Check, Outcome::Refused).because("unknown-user");
    let part = |count| Events::all(vec![refused.clone(), everybody(count), somebody(1)]);
    let told: Vec<Event> = part(21).join(part(22)).into_iter().collect();
    let all = [refused.clone(), everybody(21), somebody(1), refused.clone(), somebody(1)];
    assert_eq!(told, all);
}

#[test]
fn an_alarm_about_nobody_drops_none_of_another_kind() {
    let alarm = |action, reason: &str| Event::new(action, Outcome::Alarm).because(reason);
    let told = alarm(Action::Check, "everybody-fails");
    for other in [alarm(Action::Check, "clock"), alarm(Action::HostClock, "everybody-fails")] {
        let joined = Events::one(told.clone()).join(Events::one(other.clone()));
        assert_eq!(joined.iter().collect::<Vec<_>>(), [&told, &other]);
    }
    assert_eq!(Events::one(told.clone()).join(Events::one(told.clone().counting(2))).iter().count(), 1);
}

#[test]
fn an_event_says_why_to_whom_how_often_and_until_when() {
    let subject = Subject { user: Some(7), ..Subject::default() };
    let plain = Event::new(Action::Check, Outcome::Refused);
    let all = plain.clone().because("waiting").about(subject.clone()).counting(3).up_to(UtcTime::from_epoch(9));
    let expected = Event {
        action: Action::Check,
        outcome: Outcome::Refused,
        reason: Some("waiting".to_owned()),
        subject,
        count: Some(3),
        last_at: Some(UtcTime::from_epoch(9)),
        is_unbounded: false,
    };
    assert_eq!(all, expected);
    assert_eq!(all.without_bound(), Event { is_unbounded: true, ..expected });
    let events = Events::one(plain.clone()).and(plain.clone().counting(2));
    assert_eq!(events.iter().map(|event| event.count).collect::<Vec<_>>(), [None, Some(2)]);
}

#[test]
fn the_names_of_actions_and_outcomes_are_read_back() {
    assert_eq!((Action::all().next(), Action::all().last()), (Some(Action::Init), Some(Action::Denial)));
    for action in Action::all() {
        assert_eq!(Action::from_name(action.name()), Some(action));
    }
    assert_eq!((Action::KeyUnlock.name(), Action::from_name("key-unlocked")), ("key-unlock", None));
    let outcomes = ["done", "accepted", "challenged", "refused", "alarm"];
    assert_eq!(Outcome::all().map(Outcome::name).collect::<Vec<_>>(), outcomes);
    for outcome in Outcome::all() {
        assert_eq!(Outcome::from_name(outcome.name()), Some(outcome));
    }
    assert_eq!(Outcome::from_name("accept"), None);
}

#[test]
fn g01_a_clock_that_was_set_back_is_told_once_whether_at_once_or_in_small_steps() {
    let told = |now: i64, last: i64, latest: i64| {
        let at = UtcTime::from_epoch;
        Event::of_clock_set_back(at(now), at(last), at(latest)).map(|alarm| alarm.count.unwrap())
    };
    assert_eq!([told(1_000, 1_000, 1_000), told(940, 1_000, 1_000), told(2_000, 1_000, 1_500)], [None; 3]);
    assert_eq!([told(939, 1_000, 1_000), told(0, 7_200, 7_200), told(0, 3_600, 7_200)], [Some(1), Some(120), Some(60)]);
    // What was told stands an hour before the latest: neither it nor what follows is told again.
    assert_eq!([told(3_600, 3_600, 7_200), told(3_700, 3_600, 7_200), told(3_560, 3_600, 7_200)], [None; 3]);
    assert_eq!([told(930, 970, 1_000), told(880, 930, 1_000)], [Some(1), None]);
}
