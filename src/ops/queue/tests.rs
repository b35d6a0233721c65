//! The queue over a real database file, with the crew's real threads.

use super::super::tests::{House, KEY, OTHER, PIN, login, serial};
use super::*;
use crate::audit::Outcome;
use crate::clock::Clock;
use crate::pin::Unfit;
use zeroize::Zeroizing;

const ENTER: Entry = Entry { command: crate::operator::Command::Check, unattended: None };

/// Carries out wishes, each marked with its place; gives the answers in the order in which they came.
fn carry_out(house: &House, wishes: Vec<Wish>) -> Vec<(usize, Result<Reply, Error>)> {
    let incoming: Vec<_> =
        wishes.into_iter().enumerate().map(|(mark, wish)| Incoming { mark, wish: Some(wish) }).collect();
    let mut told = Vec::new();
    let answered = house.desk().carry_out_all(3, ENTER, incoming.into_iter(), |answers| {
        told.extend(answers.into_iter().map(|answer| (answer.mark, answer.reply.unwrap())));
        Ok::<_, ()>(())
    });
    assert_eq!(answered, Ok(()));
    told
}

fn secret(text: impl Into<String>) -> Zeroizing<String> {
    Zeroizing::new(text.into())
}

fn check(name: &str, typed: &str) -> Wish {
    Wish::Check { login: login(name), typed: secret(typed), ticket: None, source: None, change: None }
}

fn set_pin(name: &str, ticket: &str, pin: &str) -> Wish {
    Wish::SetPin { login: login(name), ticket: secret(ticket), typed: secret(pin), again: secret(pin) }
}

fn words(told: &[(usize, Result<Reply, Error>)]) -> Vec<(usize, String)> {
    let word = |reply: &Result<Reply, Error>| match reply {
        Ok(Reply::Checked(super::super::Answer::NewPinRequired(_))) => "new-pin".to_owned(),
        Ok(Reply::Checked(super::super::Answer::NextCodeRequired(_))) => "next-code".to_owned(),
        Ok(Reply::Checked(answer)) => format!("{answer:?}"),
        Ok(Reply::Activated(answer)) => format!("{answer:?}"),
        Ok(Reply::Pin { answer, .. }) => format!("{answer:?}"),
        Err(error) => format!("{error}"),
    };
    told.iter().map(|(mark, reply)| (*mark, word(reply))).collect()
}

#[test]
fn the_whole_guide_goes_through_one_queue() {
    let house = House::furnished();
    house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
    let code = house.desk().issue_activation(&login("alice"), None).unwrap().code;
    let activate = Wish::Activate { login: login("alice"), serial: serial(KEY), typed: secret(code.expose()) };
    let mut told = carry_out(&house, vec![activate, check("alice", &house.shown(0))]);
    assert_eq!(words(&told), [(0, "Yes".to_owned()), (1, "new-pin".to_owned())]);
    let (_, Ok(Reply::Checked(super::super::Answer::NewPinRequired(challenge)))) = told.remove(1) else { panic!() };
    let wishes = vec![set_pin("alice", &challenge.ticket, "1111"), set_pin("alice", &challenge.ticket, PIN)];
    let told = carry_out(&house, wishes);
    assert!(matches!(
        told[0].1,
        Ok(Reply::Pin { answer: super::super::PinAnswer::Unfit { unfit: Unfit::Alike, tries_left: 2 }, ticket: None })
    ));
    assert!(matches!(told[1].1, Ok(Reply::Pin { answer: super::super::PinAnswer::Set { .. }, .. })));
    house.minutes(1);
    let passcode = format!("{PIN}{}", house.shown(0));
    let told = carry_out(&house, vec![check("alice", &passcode), check("alice", &passcode)]);
    assert_eq!(words(&told), [(0, "Accepted".to_owned()), (1, "Refused".to_owned())]);
}

#[test]
fn a02_one_passcode_opens_once_among_many_lines() {
    let house = House::in_use();
    let passcode = format!("{PIN}{}", house.shown(0));
    let told = carry_out(&house, (0..64).map(|_| check("alice", &passcode)).collect());
    assert_eq!(told.iter().map(|(mark, _)| *mark).collect::<Vec<_>>(), (0..64).collect::<Vec<_>>());
    let accepted = words(&told).into_iter().filter(|(_, word)| word == "Accepted").count();
    assert_eq!((accepted, words(&told)[0].1.as_str()), (1, "Accepted"));
    assert!(house.events().iter().filter(|record| record.event.outcome == Outcome::Refused).count() >= 1);
}

#[test]
fn b16_wrong_guesses_in_one_queue_meet_the_same_waits_as_one_by_one() {
    let house = House::in_use();
    let before = house.behind().attempts(Some("wrong-code"));
    let wrong = format!("{PIN}{}", house.wrong());
    let told = carry_out(&house, (0..40).map(|_| check("alice", &wrong)).collect());
    assert!(words(&told).iter().all(|(_, word)| word == "Refused"));
    assert_eq!(house.behind().attempts(Some("wrong-code")) - before, 3);
}

#[test]
fn one_login_behind_its_own_wait_holds_nobody_up() {
    let house = House::in_use();
    house.equip_bob();
    let wrong = format!("{PIN}{}", house.wrong());
    let mut wishes: Vec<Wish> = (0..20).map(|_| check("alice", &wrong)).collect();
    wishes.push(check("bob", &house.shown_by(OTHER, 0)));
    let told = carry_out(&house, wishes);
    let place = told.iter().position(|(mark, _)| *mark == 20).unwrap();
    assert!(place < 10, "bob was answered as number {place}");
    let order: Vec<usize> = told.iter().map(|(mark, _)| *mark).filter(|mark| *mark < 20).collect();
    assert_eq!(order, (0..20).collect::<Vec<_>>());
}

#[test]
fn a_refusal_is_told_no_earlier_than_alone() {
    let house = House::in_use();
    let before = house.clock.uptime();
    let wrong = format!("{PIN}{}", house.wrong());
    carry_out(&house, vec![check("alice", &wrong), check("nobody", &wrong)]);
    assert!(house.clock.uptime() - before >= SLOWEST_REFUSAL);
}

#[test]
fn a_row_that_was_edited_spoils_its_own_answer_only() {
    let house = House::in_use();
    house.equip_bob();
    house.behind().spoil_seed(OTHER);
    let passcode = format!("{PIN}{}", house.shown(0));
    let told = carry_out(&house, vec![check("bob", &house.shown_by(OTHER, 0)), check("alice", &passcode)]);
    let of = |mark| &told.iter().find(|(known, _)| *known == mark).unwrap().1;
    assert!(matches!(of(0), Err(Error::Tampered(_))), "{told:?}");
    assert!(matches!(of(1), Ok(Reply::Checked(super::super::Answer::Accepted))), "{told:?}");
    assert_eq!(house.told("integrity").len(), 1);
}

#[test]
fn a_row_that_no_version_wrote_spoils_its_own_answer_only() {
    let house = House::in_use();
    house.equip_bob();
    house.behind().spoil_algorithm(OTHER);
    let passcode = format!("{PIN}{}", house.shown(0));
    let told = carry_out(&house, vec![check("bob", "123456"), check("alice", &passcode)]);
    let of = |mark| &told.iter().find(|(known, _)| *known == mark).unwrap().1;
    assert!(matches!(of(0), Err(Error::Store(_))), "{told:?}");
    assert!(matches!(of(1), Ok(Reply::Checked(super::super::Answer::Accepted))), "{told:?}");
}

#[test]
fn an_answer_is_on_disk_before_it_is_told() {
    let house = House::in_use();
    let passcode = format!("{PIN}{}", house.shown(0));
    let incoming = vec![Incoming { mark: (), wish: Some(check("alice", &passcode)) }];
    let before = house.key().watermark;
    let mut seen = 0;
    let answered = house.desk().carry_out_all(2, ENTER, incoming.into_iter(), |answers| {
        seen += answers.len();
        // Another connection, which sees only what is committed.
        assert!(house.key().watermark > before);
        Ok::<_, ()>(())
    });
    assert_eq!((answered, seen), (Ok(()), 1));
}

#[test]
fn when_answers_cannot_be_told_the_queue_ends_though_more_could_come() {
    let house = House::in_use();
    let wrong = format!("{PIN}{}", house.wrong());
    // A source without end, as stdin of a portal that has gone away.
    let incoming = std::iter::repeat_with(move || Incoming { mark: (), wish: Some(check("alice", &wrong)) });
    assert_eq!(house.desk().carry_out_all(2, ENTER, incoming, |_| Err("gone")), Err("gone"));
}

#[test]
fn what_wants_nothing_is_handed_back_and_no_input_ends_at_once() {
    let house = House::furnished();
    let mut marks = Vec::new();
    let incoming = (0..3).map(|mark| Incoming { mark, wish: None });
    let answered = house.desk().carry_out_all(0, ENTER, incoming, |answers| {
        marks.extend(answers.into_iter().map(|answer| (answer.mark, answer.reply.is_none())));
        Ok::<_, ()>(())
    });
    assert_eq!((answered, marks), (Ok(()), vec![(0, true), (1, true), (2, true)]));
    let none = std::iter::empty::<Incoming<()>>();
    assert_eq!(house.desk().carry_out_all(2, ENTER, none, |_| Err("nothing was asked")), Ok(()));
}

#[test]
fn a_panic_while_reading_ends_the_queue_after_what_came_before() {
    let house = House::in_use();
    let passcode = format!("{PIN}{}", house.shown(0));
    let mut first = Some(check("alice", &passcode));
    let incoming =
        std::iter::from_fn(move || Some(Incoming { mark: (), wish: Some(first.take().expect("read once only")) }));
    let mut told = 0;
    let answered = house.desk().carry_out_all(2, ENTER, incoming, |answers| {
        told += answers.len();
        Ok::<_, ()>(())
    });
    assert_eq!((answered, told), (Ok(()), 1));
}

#[test]
fn a_pin_is_changed_in_one_line_and_an_unfit_one_leaves_a_ticket() {
    let house = House::in_use();
    let change = |passcode: String, pin: &str| Wish::Check {
        login: login("alice"),
        typed: secret(passcode),
        ticket: None,
        source: None,
        change: Some(PinChange::To { typed: secret(pin), again: secret(pin) }),
    };
    let mut told = carry_out(&house, vec![change(format!("{PIN}{}", house.shown(0)), "2222")]);
    let (_, Ok(Reply::Pin { answer, ticket: Some(ticket) })) = told.remove(0) else { panic!("{told:?}") };
    assert!(matches!(answer, super::super::PinAnswer::Unfit { unfit: Unfit::Alike, tries_left: 2 }));
    let told = carry_out(&house, vec![set_pin("alice", &ticket, "8352")]);
    assert!(matches!(told[0].1, Ok(Reply::Pin { answer: super::super::PinAnswer::Set { .. }, ticket: None })));
    house.minutes(1);
    let told = carry_out(&house, vec![change(format!("8352{}", house.shown(0)), "9463")]);
    assert!(matches!(told[0].1, Ok(Reply::Pin { answer: super::super::PinAnswer::Set { .. }, ticket: None })));
    house.minutes(1);
    let told = carry_out(&house, vec![change(format!("8352{}", house.shown(0)), "9463")]);
    assert_eq!(words(&told), [(0, "Refused".to_owned())]);
    let told = carry_out(&house, vec![check("alice", &format!("9463{}", house.shown(1)))]);
    assert_eq!(words(&told), [(0, "Accepted".to_owned())]);
}

/// Takes one errand to where it is counted and worked on; then `meanwhile` happens, and it is ended.
fn end_after(house: &House, wish: Wish, meanwhile: impl FnOnce()) -> Result<Reply, Error> {
    let mut desk = house.desk();
    let (vault, policy) = (desk.vault, desk.policy);
    let (done, worked) = channel();
    thread::scope(|scope| {
        let crew = Crew::hire(scope, 1, vault, policy, move |turn| done.send(turn).unwrap());
        let mut queue = Queue::new(1, ENTER);
        queue.line_up((), wish);
        queue.make_changes(&mut desk, &crew);
        queue.take(Event::Worked(worked.recv().unwrap()));
        meanwhile();
        queue.make_changes(&mut desk, &crew);
        house.clock.sleep(SLOWEST_REFUSAL);
        queue.take_answers(&desk).pop().unwrap().reply.unwrap()
    })
}

#[test]
fn what_was_worked_on_is_ended_however_long_the_reader_paused() {
    let house = House::in_use();
    let passcode = format!("{PIN}{}", house.shown(0));
    let told = end_after(&house, check("alice", &passcode), || house.clock.sleep(Duration::from_secs(22)));
    assert!(matches!(told, Ok(Reply::Checked(super::super::Answer::Accepted))), "{told:?}");
    assert_eq!(house.behind().attempts(None), 0);
}

#[test]
fn what_was_counted_and_cannot_be_ended_does_not_say_that_nothing_was_changed() {
    let house = House::in_use();
    let other = house.behind();
    let passcode = format!("{PIN}{}", house.shown(0));
    let told = end_after(&house, check("alice", &passcode), || other.hold());
    assert!(matches!(told, Err(Error::Counted(crate::store::Error::Busy))), "{told:?}");
    other.let_go();
    let told = carry_out(&house, vec![check("alice", &passcode)]);
    assert_eq!(words(&told), [(0, "Accepted".to_owned())]);
}

#[test]
fn of_one_login_no_more_wait_than_may_and_the_others_are_not_counted() {
    let mut queue = Queue::new(1, ENTER);
    for mark in 0..70 {
        queue.line_up(mark, check("alice", "1"));
    }
    queue.line_up(70, Wish::Nothing { login: login("Alice") });
    queue.line_up(71, check("bob", "1"));
    let refused: Vec<_> = queue.answers.iter().map(|answer| answer.mark).collect();
    assert_eq!(refused, (64..=70).collect::<Vec<_>>());
    let too_many = |answer: &Outgoing<_>| matches!(answer.reply, Some(Err(Error::TooManyWaiting { most: 64 })));
    assert!(queue.answers.iter().take(6).all(too_many));
    assert!(queue.answers.last().unwrap().reply.is_none());
    assert_eq!(queue.ready.iter().map(|turn| turn.mark).collect::<Vec<_>>(), [0, 71]);
}

#[test]
fn what_wants_nothing_of_a_login_keeps_its_place_behind_it() {
    let house = House::in_use();
    let nothing = || Wish::Nothing { login: login("ALICE") };
    let wishes = vec![nothing(), check("alice", "1"), nothing(), nothing(), check("alice", "2"), nothing()];
    let incoming = wishes.into_iter().enumerate().map(|(mark, wish)| Incoming { mark, wish: Some(wish) });
    let mut told = Vec::new();
    let incoming: Vec<_> = incoming.collect();
    let answered = house.desk().carry_out_all(2, ENTER, incoming.into_iter(), |answers| {
        told.extend(answers.into_iter().map(|answer| (answer.mark, answer.reply.is_some())));
        Ok::<_, ()>(())
    });
    assert_eq!(answered, Ok(()));
    assert_eq!(told, [(0, false), (1, true), (2, false), (3, false), (4, true), (5, false)]);
}

/// A queue with its crew of eight places full, and what it hears: that many of them were worked on.
fn busy_queue(worked: usize) -> (Queue<usize>, Receiver<Event<usize>>) {
    let (hears, heard) = channel();
    for mark in 0..worked {
        let task = Task::of(check("alice", "1")).unwrap();
        let login = format!("user{mark}");
        let turn = Turn { mark, login, task, started: Some(Duration::ZERO), is_broken: false };
        hears.send(Event::Worked(Box::new(turn))).unwrap();
    }
    let queue = Queue { on_way: 8, ..Queue::new(8, ENTER) };
    (queue, heard)
}

#[test]
fn what_was_worked_on_is_gathered_while_the_crew_has_enough_to_do() {
    let house = House::in_use();
    let (mut queue, heard) = busy_queue(7);
    queue.gather(&house.desk(), &heard);
    assert_eq!(queue.worked.len(), 6, "two that are left are too few for a crew to wait any longer");
    let (mut queue, heard) = busy_queue(7);
    queue.on_way = 1;
    queue.gather(&house.desk(), &heard);
    assert_eq!(queue.worked.len(), 0, "nothing is gathered while the crew has next to nothing to do");
    let (mut queue, heard) = busy_queue(7);
    queue.answers.push(Outgoing { mark: 9, reply: None });
    queue.gather(&house.desk(), &heard);
    assert_eq!(queue.worked.len(), 0, "an answer that is ready does not wait");
}

#[test]
fn a_verifier_whose_role_is_taken_back_while_he_asks_is_answered_no_more() {
    let house = House::in_use();
    let new = crate::ops::NewOperator {
        uid: 3001,
        account: "portal".to_owned(),
        role: crate::operator::Role::Verifier,
        establishments: Vec::new(),
        until: None,
    };
    house.desk().add_operator(&new).unwrap();
    let (passcode, path) = (format!("{PIN}{}", house.shown(0)), house.path.clone());
    let (answered, hears) = std::sync::mpsc::channel();
    let typed = passcode.clone();
    let incoming = (0..3).map(move |mark| {
        if mark == 1 {
            hears.recv().unwrap();
            crate::store::behind::Behind::open(&path).end_mandates(3001);
        }
        Incoming { mark, wish: Some(check("alice", &typed)) }
    });
    let mut told = Vec::new();
    let mut desk = house.desk_of(3001, "portal");
    let carried = desk.carry_out_all(2, ENTER, incoming, |answers| {
        told.extend(answers.into_iter().map(|answer| (answer.mark, answer.reply.unwrap())));
        let _ = answered.send(());
        Ok::<_, ()>(())
    });
    assert_eq!(carried, Ok(()));
    assert_eq!(words(&told)[0], (0, "Accepted".to_owned()));
    assert!(told[1..].iter().all(|(_, reply)| matches!(reply, Err(Error::UnknownOperator(name)) if name == "portal")));
    assert_eq!(told.len(), 3);
    let denied = house.events().into_iter().filter(|record| record.event.action == crate::audit::Action::Denial);
    let denied: Vec<_> = denied.collect();
    assert!(!denied.is_empty() && denied.iter().all(|record| record.operator.uid == 3001));
    assert_eq!(house.behind().attempts(None), 0);
}
