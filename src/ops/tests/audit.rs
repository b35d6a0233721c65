//! The audit as a whole: checkpoints of it, what is deleted of it when its time is over, and floods of it.

use super::*;
use crate::audit::{Event, Events, Head, RestoredHeads, Truncation};
use crate::ops::audit::AuditError;

const DAY: i64 = 24 * 60;
const YEAR: i64 = 365 * DAY;

impl House {
    /// Writes down so many things at once.
    fn write_down(&self, events: usize) {
        let now = UtcTime::from_epoch(self.clock.now.get());
        let told = vec![Event::new(Action::UserEnable, Outcome::Done); events];
        self.desk().store.change::<_, Error>(now, |_| Ok(((), Events::all(told)))).unwrap();
    }

    fn purge(&self, before: Option<i64>) -> Result<Purge, Error> {
        let purge = self.desk().plan_purge(before.map(UtcTime::from_epoch))?;
        self.desk().purge_audit(&purge, |_| {})?;
        Ok(purge)
    }

    fn refused_to_purge(&self, before: Option<i64>) -> AuditError {
        let events = self.events().len();
        match self.desk().plan_purge(before.map(UtcTime::from_epoch)) {
            Err(Error::Audit(error)) => {
                assert_eq!(self.events().len(), events);
                error
            }
            other => panic!("{other:?}"),
        }
    }

    /// A year and a month go by, at whose end something is written down, and two days more.
    fn let_events_grow_old(&self) {
        self.minutes(YEAR + 31 * DAY);
        self.write_down(1);
        self.minutes(2 * DAY);
    }

    fn truncation(&self, checkpoints: &[SealedCheckpoint]) -> Truncation {
        self.desk().verify_audit(checkpoints.to_vec()).unwrap().chain.truncation
    }
}

#[test]
fn j06_what_is_older_than_a_year_is_deleted_and_the_chain_is_verified_as_before() {
    let house = House::in_use();
    house.write_down(9_000);
    let (old, checkpoint) = (house.events().len(), house.desk().take_checkpoint().unwrap());
    house.let_events_grow_old();
    let purge = house.purge(None).unwrap();
    assert_eq!((purge.events, purge.goal, purge.begun), (old as i64, old as i64, 0));
    let verified = house.desk().verify_audit(vec![checkpoint]).unwrap();
    assert!(verified.is_intact());
    let chain = verified.chain;
    assert_eq!((chain.events, chain.last, chain.purged), (2, old as i64 + 2, old as i64));
    assert_eq!(chain.truncation, Truncation::Excluded { up_to: old as i64 });
    let told = house.events().pop().unwrap();
    assert_eq!((told.event.action, told.event.count), (Action::AuditPurge, Some(old as i64)));
    assert_eq!(told.event.last_at, Some(purge.before));
    // What is old enough is gone: the next one finds nothing, and says nothing.
    assert_eq!(house.purge(None).unwrap().events, 0);
    assert_eq!(house.events().len(), 2);
    house.let_events_grow_old();
    assert_eq!(house.purge(None).unwrap().events, 2);
    assert!(house.desk().verify_audit(Vec::new()).unwrap().is_intact());
}

#[test]
fn j06_a_purge_that_is_cut_off_leaves_a_chain_and_the_next_one_goes_on_and_tells_of_nothing_twice() {
    let house = House::empty();
    house.write_down(9_999);
    house.let_events_grow_old();
    let planned = house.desk().plan_purge(None).unwrap();
    assert_eq!(planned.events, 10_000);
    let now = UtcTime::from_epoch(house.clock.now.get());
    // As the first change of a purge does it, that is killed then.
    let told = || Events::one(Event::new(Action::AuditPurge, Outcome::Done).counting(10_000));
    let begin = |change: &crate::store::Change<'_>| Ok((change.purge_part(planned.goal, &house.vault, now)?, told()));
    let stub = house.desk().store.change::<_, Error>(now, begin).unwrap();
    assert!(stub.head.seq < 10_000, "{stub:?}");
    let chain = house.desk().verify_audit(Vec::new()).unwrap().chain;
    assert_eq!((chain.first_bad, chain.purged, chain.events), (None, stub.head.seq, 10_002 - stub.head.seq));
    let purge = house.purge(None).unwrap();
    assert_eq!((purge.events, purge.begun), (10_000 - stub.head.seq, 10_000 - stub.head.seq));
    let purges = house.events_of(&AuditFilter { action: Some(Action::AuditPurge), ..AuditFilter::default() });
    assert_eq!(purges.len(), 1, "it was told of when it was begun");
    assert_eq!(house.desk().verify_audit(Vec::new()).unwrap().chain.events, 2);
}

#[test]
fn j06_two_purges_at_once_delete_and_tell_of_it_once() {
    let house = House::empty();
    house.write_down(4_499);
    house.minutes(DAY);
    let between = house.clock.now.get() - 60;
    house.write_down(500);
    house.let_events_grow_old();
    let planned = |before: Option<i64>| house.desk().plan_purge(before.map(UtcTime::from_epoch)).unwrap();
    let (all, again, some) = (planned(None), planned(None), planned(Some(between)));
    assert_eq!((all.goal, again, some.goal), (5_000, all, 4_500));
    let now = UtcTime::from_epoch(house.clock.now.get());
    // The first change of the one that goes further, then the others come between.
    let told = || Events::one(Event::new(Action::AuditPurge, Outcome::Done).counting(5_000));
    let begin = |change: &crate::store::Change<'_>| Ok((change.purge_part(all.goal, &house.vault, now)?, told()));
    assert_eq!(house.desk().store.change::<_, Error>(now, begin).unwrap().goal, 5_000);
    house.desk().purge_audit(&some, |_| {}).unwrap();
    let stub = house.desk().store.read().audit_stub().unwrap().unwrap();
    assert_eq!((stub.head.seq, stub.goal), (4_500, 5_000), "what was told of is still to be done");
    for purge in [all, again, some] {
        house.desk().purge_audit(&purge, |_| {}).unwrap();
    }
    let chain = house.desk().verify_audit(Vec::new()).unwrap().chain;
    assert_eq!((chain.first_bad, chain.purged, chain.events), (None, 5_000, 2));
    let purges = house.events_of(&AuditFilter { action: Some(Action::AuditPurge), ..AuditFilter::default() });
    assert_eq!(purges.len(), 1);
}

#[test]
fn j06_a_purge_leaves_a_restore_as_long_as_checkpoints_need_it() {
    let house = House::empty();
    house.write_down(5);
    let first = house.desk().take_checkpoint().unwrap();
    let backup = first.checkpoint.head;
    // Of the database whose place the backup took, which had gone on.
    let checkpoint_at = |seq| {
        let mut sealed = first.clone();
        sealed.checkpoint.head = Head { seq, mac: [9; 32] };
        sealed.mac = sealed.checkpoint.seal(&house.vault);
        sealed
    };
    let (lost, newest) = (checkpoint_at(12), checkpoint_at(15));
    let reason = RestoredHeads { backup, previous: Some(newest.checkpoint.head) }.to_string();
    let now = UtcTime::from_epoch(house.clock.now.get());
    let told = Events::one(Event::new(Action::Restore, Outcome::Done).because(&reason));
    house.desk().store.change::<_, Error>(now, |_| Ok(((), told))).unwrap();
    house.write_down(3);
    house.let_events_grow_old();
    let checkpoints = [lost, newest];
    assert_eq!(house.truncation(&checkpoints), Truncation::Restored);
    assert_eq!(house.purge(None).unwrap().goal, backup.seq, "the event of the restore stays");
    assert_eq!(house.truncation(&checkpoints), Truncation::Restored);
    // Number 15 is the last one lost: a chain that begins there would have to be that one.
    house.write_down(3);
    house.let_events_grow_old();
    assert_eq!(house.desk().store.read().last_event_before(UtcTime::from_epoch(0)).unwrap(), backup.seq);
    assert_eq!(house.purge(None).unwrap().events, 0);
    assert_eq!(house.truncation(&checkpoints), Truncation::Restored);
    house.write_down(9);
    house.let_events_grow_old();
    assert!(house.purge(None).unwrap().goal > 15);
    assert!(matches!(house.truncation(&checkpoints), Truncation::Excluded { .. }));
}

#[test]
fn what_must_still_be_kept_is_not_deleted_nor_anything_by_a_clock_or_out_of_a_chain_that_is_wrong() {
    let house = House::in_use();
    let begun = house.clock.now.get();
    assert_eq!(house.purge(None).unwrap().events, 0, "nothing is as old as that");
    house.minutes(YEAR + 31 * DAY);
    // As if the clock had jumped ahead: nobody has written anything for a year, and then today.
    assert!(matches!(house.refused_to_purge(None), AuditError::ClockNotShown));
    house.write_down(1);
    assert!(matches!(house.refused_to_purge(None), AuditError::ClockNotShown));
    house.minutes(2 * DAY);
    let AuditError::StillKept { until } = house.refused_to_purge(Some(house.clock.now.get())) else { panic!() };
    assert_eq!(until.epoch_seconds(), house.clock.now.get() - YEAR * 60);
    house.behind().say_that_the_clock_is_wrong(7);
    assert!(matches!(house.desk().plan_purge(None), Err(Error::ClockWrong(_))));
    house.behind().say_that_the_clock_is_wrong(0);
    house.minutes(-3 * DAY);
    assert!(matches!(house.refused_to_purge(None), AuditError::ClockBehind { .. }));
    house.minutes(3 * DAY);
    assert_eq!(house.desk().plan_purge(Some(UtcTime::from_epoch(begun - 600))).unwrap().events, 0);
    let events = house.events().len();
    house.behind().edit_event(3);
    assert!(matches!(house.refused_to_purge(None), AuditError::NotIntact));
    assert_eq!(house.events().len(), events);
    // It is left broken on purpose.
    std::mem::forget(house);
}

#[test]
fn a_key_whose_first_events_are_deleted_is_still_told_of_as_far_as_is_known() {
    let house = House::in_use();
    let before = house.in_full();
    assert_eq!(before.story.holders.len(), 1);
    house.let_events_grow_old();
    house.purge(None).unwrap();
    let story = house.in_full().story;
    assert_eq!(story.holders.len(), 1);
    assert_eq!((story.holders[0].login.to_string(), story.holders[0].from), ("alice".to_owned(), None));
    assert_eq!(story.since, before.key.activated_at, "it is in use since then");
    house.does(KEY, Deed::Return { to: None }).unwrap();
    let story = house.in_full().story;
    assert_eq!((story.holders[0].from, story.holders[0].until), (None, story.since));
    // Nobody is said to be in stock since a day on which somebody had it.
    house.let_events_grow_old();
    house.purge(None).unwrap();
    let story = house.in_full().story;
    assert_eq!((story.holders.len(), story.since), (0, None));
}

#[test]
fn the_name_of_a_leaver_goes_with_the_last_event_of_him_and_the_sources_of_his_tries_too() {
    let house = House::in_use();
    let source = Some("203.0.113.9");
    let request = Request { aim: Aim::Enter, login: &login("alice"), typed: "0000000000", ticket: None, source };
    assert!(matches!(house.desk().check(&request).unwrap(), Answer::Refused));
    let mut desk = house.desk();
    desk.policy.leavers_kept = Seconds::days(3_650);
    desk.remove_users(&[listed(login("alice"))], Returned::ToStock(None), false).unwrap().unwrap();
    drop(desk);
    house.let_events_grow_old();
    house.write_down(1);
    assert_eq!(house.behind().sources(), 1);
    house.purge(None).unwrap();
    assert_eq!((house.behind().sources(), house.behind().names_of_leavers()), (0, 1));
    // The clock is watched for a day, as for every name.
    house.minutes(1);
    house.write_down(1);
    house.minutes(2 * DAY);
    house.write_down(1);
    assert_eq!(house.behind().names_of_leavers(), 0);
}

#[test]
fn g08_a_database_that_is_rolled_back_is_found_by_a_checkpoint_and_a_forged_one_is_none() {
    let house = House::in_use();
    let before = house.desk().take_checkpoint().unwrap();
    let copy = house.path.with_extension("old");
    house.behind().copy_to(&copy);
    house.write_down(3);
    let after = house.desk().take_checkpoint().unwrap();
    assert_eq!(house.truncation(&[]), Truncation::NotExcluded);
    let up_to = after.checkpoint.head.seq;
    assert_eq!(house.truncation(&[after.clone(), before.clone()]), Truncation::Excluded { up_to });
    let mut forged = after.clone();
    forged.checkpoint.head.seq -= 1;
    let refused = house.desk().verify_audit(vec![before.clone(), forged]);
    assert!(matches!(refused, Err(Error::Audit(AuditError::CheckpointForged { number: 2 }))), "{refused:?}");
    let (_, vault) = open(&copy, house.key_file.as_bytes()).unwrap();
    let old = desk_on(&copy, &vault, &house.clock, &house.random);
    let found = old.verify_audit(vec![before, after.clone()]).unwrap();
    assert_eq!(found.chain.first_bad, None);
    assert!(matches!(found.chain.truncation, Truncation::Detected { seq, .. } if seq == up_to));
    assert!(!found.is_intact() && !found.is_cut);
}

#[test]
fn a_backup_that_was_restored_is_told_from_a_cut_and_only_for_the_events_that_it_lost() {
    let house = House::empty();
    house.write_down(5);
    let backup = house.desk().take_checkpoint().unwrap().checkpoint.head;
    let copy = house.path.with_extension("old");
    house.behind().copy_to(&copy);
    house.write_down(4);
    let lost = house.desk().take_checkpoint().unwrap();
    house.write_down(2);
    let previous = house.desk().take_checkpoint().unwrap().checkpoint.head;
    house.write_down(1);
    let beyond = house.desk().take_checkpoint().unwrap();
    let (_, vault) = open(&copy, house.key_file.as_bytes()).unwrap();
    let mut old = desk_on(&copy, &vault, &house.clock, &house.random);
    assert!(matches!(old.verify_audit(vec![lost.clone()]).unwrap().chain.truncation, Truncation::Detected { .. }));
    let reason = RestoredHeads { backup, previous: Some(previous) }.to_string();
    let now = UtcTime::from_epoch(house.clock.now.get());
    let told = Events::one(Event::new(Action::Restore, Outcome::Done).because(&reason));
    old.store.change::<_, Error>(now, |_| Ok(((), told))).unwrap();
    let found = old.verify_audit(vec![lost.clone()]).unwrap();
    assert!(found.is_intact());
    assert_eq!(
        (found.chain.truncation, found.chain.lost),
        (Truncation::Restored, Some((backup.seq + 1, previous.seq)))
    );
    let unexplained = old.verify_audit(vec![lost.clone(), beyond]).unwrap().chain.truncation;
    assert!(matches!(unexplained, Truncation::Detected { .. }), "{unexplained:?}");
    house.minutes(1);
    let newer = old.take_checkpoint().unwrap();
    let found = old.verify_audit(vec![lost, newer.clone()]).unwrap().chain;
    assert_eq!(found.truncation, Truncation::Excluded { up_to: newer.checkpoint.head.seq });
    assert_eq!(found.lost, Some((backup.seq + 1, previous.seq)));
}

#[test]
fn a_flood_of_strangers_is_told_of_by_its_number_and_fills_no_disk() {
    let house = House::in_use();
    let (before, pages) = (house.events().len(), house.behind().pages());
    for number in 0..240 {
        let name = if number % 4 == 0 { "nobody".to_owned() } else { format!("nobody{number}") };
        assert!(matches!(house.type_in(&name, "4576123456", None), Answer::Refused));
    }
    let events = house.events().split_off(before);
    assert!((60..=80).contains(&events.len()), "{}", events.len());
    house.minutes(1);
    house.write_down(1);
    let events: Vec<Record> = house.told("unknown-user");
    let (own, together): (Vec<&Record>, Vec<&Record>) =
        events.iter().partition(|record| record.event.last_at.is_none());
    let counted: i64 = together.iter().filter_map(|record| record.event.count).sum();
    assert_eq!(own.len() as i64 + counted, 240, "nothing of it is lost");
    assert!(together.len() <= 13, "{}", together.len());
    let last = UtcTime::from_epoch(house.clock.now.get() - 60);
    assert!(together.iter().all(|record| record.event.last_at == Some(last)));
    // The one who tried again and again is told by himself.
    let nobody = house.vault.hash_unknown_login("nobody");
    let of_nobody = |record: &&&Record| record.event.subject.unknown_login == Some(nobody);
    let own_of_nobody = own.iter().filter(of_nobody).count() as i64;
    let counted_of_nobody: i64 = together.iter().filter(of_nobody).filter_map(|record| record.event.count).sum();
    assert_eq!(own_of_nobody + counted_of_nobody, 60);
    let checks =
        house.desk().store.read().checks(UtcTime::from_epoch(0), UtcTime::from_epoch(i64::MAX), CheckSpan::Day);
    assert_eq!(checks.unwrap().iter().map(|checks| checks.refused).sum::<i64>(), 240);
    assert_eq!(house.rows("floods"), 0);
    let grown = house.behind().pages() - pages;
    assert!(grown <= 13, "{grown} pages of 4 KiB for 240 tries");
    // The next minute begins anew.
    assert_eq!(house.refused("nobody", "1", None), "unknown-user");
}

#[test]
fn g01_a_flood_is_not_counted_for_ever_when_the_clock_is_set_back() {
    let house = House::in_use();
    for _ in 0..70 {
        assert!(matches!(house.type_in("nobody", "1", None), Answer::Refused));
    }
    house.minutes(-600);
    assert!(matches!(house.type_in("nobody", "1", None), Answer::Refused));
    let told = house.told("unknown-user");
    assert_eq!(told.iter().map(|record| record.event.count.unwrap_or(1)).sum::<i64>(), 71);
}

#[test]
fn activations_and_pins_of_strangers_are_counted_together_too() {
    let house = House::in_use();
    let before = house.events().len();
    for _ in 0..45 {
        assert_eq!(house.activate("alice", KEY, "23456789"), Activated::No);
        assert!(matches!(house.set_pin("alice", "00112233", "4576", "4576"), PinAnswer::Refused));
    }
    assert!(house.events().len() - before <= 64);
    house.minutes(1);
    house.write_down(1);
    let counted = |action| {
        let filter = AuditFilter { action: Some(action), outcome: Some(Outcome::Refused), ..AuditFilter::default() };
        house.events_of(&filter).iter().map(|record| record.event.count.unwrap_or(1)).sum::<i64>()
    };
    assert_eq!((counted(Action::Activate), counted(Action::PinSet)), (45, 45));
}

#[test]
fn commands_that_are_not_the_callers_are_counted_together_too() {
    let house = House::in_use();
    let before = house.events().len();
    for _ in 0..90 {
        house.desk().deny("restore").unwrap();
    }
    assert_eq!(house.events().len() - before, 60);
    house.minutes(1);
    house.write_down(1);
    let denials = house.events_of(&AuditFilter { action: Some(Action::Denial), ..AuditFilter::default() });
    assert_eq!(denials.iter().map(|record| record.event.count.unwrap_or(1)).sum::<i64>(), 90);
}

#[test]
fn one_wait_for_all_sources_is_one_event_however_many_they_are() {
    let house = House::in_use();
    let try_from = |source: &str| {
        let request = Request {
            aim: Aim::Enter,
            login: &login("alice"),
            typed: "0000000000",
            ticket: None,
            source: Some(source),
        };
        assert!(matches!(house.desk().check(&request).unwrap(), Answer::Refused));
    };
    for number in 0..90 {
        try_from(&format!("203.0.113.{number}"));
    }
    // No more than 60 an hour are verified, wherever they come from.
    assert_eq!((house.told("waiting").len(), house.rows("waits")), (1, 1));
    let verified = house.told("both-wrong").len() as i64;
    house.minutes(61);
    try_from("203.0.113.200");
    let waiting = house.told("waiting");
    assert_eq!(waiting.iter().map(|record| record.event.count.unwrap_or(1)).sum::<i64>(), 90 - verified);
    assert_eq!(house.rows("waits"), 0);
}
