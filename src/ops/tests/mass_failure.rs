//! Everybody fails at once, when the clock jumped or somebody tries many logins.

use super::*;
use crate::clock::Seconds;

const DAY: i64 = 24 * 60;

/// The people of a school, each with a key in use.
struct School(House);

impl School {
    fn of(people: usize) -> Self {
        let school = Self(House::furnished());
        let house = &school.0;
        let keys: String =
            (0..people).map(|number| format!("{},{},totp,6,60\n", school.serial(number), hex(number))).collect();
        assert_eq!(house.import(keys.as_bytes(), false).new, people as i64);
        for number in 0..people {
            let name = school.name(number);
            let new = NewUser { login: login(&name), name: name.parse().unwrap(), establishments: vec![uai()] };
            let mut desk = house.desk();
            desk.add_user(&new).unwrap();
            desk.assign_key(&serial(&school.serial(number)), &login(&name)).unwrap();
            let issued = desk.issue_activation(&login(&name), None).unwrap();
            assert_eq!(house.activate(&name, &school.serial(number), issued.code.expose()), Activated::Yes);
            let Answer::NewPinRequired(asked) = house.type_in(&name, &school.shown(number, 0), None) else { panic!() };
            assert!(matches!(house.set_pin(&name, &asked.ticket, PIN, PIN), PinAnswer::Set { .. }));
        }
        house.minutes(1);
        (0..people).for_each(|number| assert!(school.comes(number)));
        house.minutes(1);
        school
    }

    fn name(&self, number: usize) -> String {
        format!("user{number}")
    }

    fn serial(&self, number: usize) -> String {
        format!("{}", 700_000_000 + number)
    }

    /// What the display of a key shows, some minutes from now.
    fn shown(&self, number: usize, minutes: i64) -> String {
        let seed = Seed::new(Zeroizing::new(data_encoding::HEXLOWER.decode(hex(number).as_bytes()).unwrap())).unwrap();
        let parameters =
            Parameters { algorithm: Algorithm::Totp(Hash::Sha1), digits: Digits::SIX, period: Period::MINUTE };
        let step = Step::new(self.0.clock.now.get().div_euclid(60) + minutes);
        otp::compute(&parameters, &serial(&self.serial(number)), &seed, step).unwrap().expose(Digits::SIX).to_string()
    }

    /// Somebody types his PIN and what the display shows; tells whether he is let in.
    fn comes(&self, number: usize) -> bool {
        let typed = format!("{PIN}{}", self.shown(number, 0));
        matches!(self.0.type_in(&self.name(number), &typed, None), Answer::Accepted)
    }

    /// The same by a clock of ours that is so many minutes ahead.
    fn comes_late(&self, number: usize, minutes: i64) -> bool {
        let typed = format!("{PIN}{}", self.shown(number, -minutes));
        matches!(self.0.type_in(&self.name(number), &typed, None), Answer::Accepted)
    }

    fn watermarks(&self) -> Vec<Step> {
        let desk = self.0.desk();
        (0..21).map(|number| desk.show_key(&serial(&self.serial(number))).unwrap().key.watermark).collect()
    }
}

fn hex(number: usize) -> String {
    format!("{:040x}", u128::MAX - number as u128)
}

#[test]
fn g02_a_clock_that_jumps_raises_one_alarm_no_lock_and_no_watermark() {
    let school = School::of(21);
    let house = &school.0;
    let before = school.watermarks();
    house.minutes(DAY);
    (0..20).for_each(|number| assert!(!school.comes_late(number, DAY)));
    assert!(house.told("everybody-fails").is_empty());
    assert!(!school.comes_late(20, DAY));
    let told = house.told("everybody-fails");
    assert_eq!((told.len(), told[0].event.outcome, told[0].event.count), (1, Outcome::Alarm, Some(21)));
    // Told once in these minutes, and again in those after.
    assert!(!school.comes_late(20, DAY));
    assert_eq!(house.told("everybody-fails").len(), 1);
    house.minutes(6);
    (0..21).for_each(|number| assert!(!school.comes_late(number, DAY + 6)));
    assert_eq!(house.told("everybody-fails").len(), 2);
    assert_eq!(school.watermarks(), before);
    // The clock is set back: the same people come in, and nobody was locked.
    house.minutes(-DAY);
    (0..20).for_each(|number| assert!(school.comes(number), "{number}"));
    assert!(house.events().iter().all(|record| record.event.action != Action::KeyLock));
    assert_eq!(house.told("everybody-fails").len(), 2);
}

#[test]
fn g02_a_lock_waits_while_everybody_fails_if_the_policy_says_so_but_never_one_for_wrong_pins() {
    for (locks_in_mass_failure, is_locked) in [(true, true), (false, false)] {
        let school = School::of(22);
        let house = &school.0;
        let desk = || {
            let mut desk = house.desk();
            desk.policy.throttle = throttle::Policy { wrong_pins: 3, wrong_codes: 2, locks_in_mass_failure };
            desk
        };
        let types = |number: usize, typed: &str| {
            let name = login(&school.name(number));
            let request = Request { aim: Aim::Enter, login: &name, typed, ticket: None, source: None };
            assert!(matches!(desk().check(&request).unwrap(), Answer::Refused));
        };
        let lock_of = |number: usize| desk().show_key(&serial(&school.serial(number))).unwrap().key.lock;
        let wrong = |number: usize| format!("{PIN}{}", school.shown(number, 50_000));
        (1..22).for_each(|number| types(number, &wrong(number)));
        assert_eq!(house.told("everybody-fails").len(), 1);
        types(1, &wrong(1));
        assert_eq!(lock_of(1), is_locked.then_some(Lock::WrongCodes));
        assert_eq!(house.told("lock-suspended").len(), usize::from(!is_locked));
        // Who has a key and no PIN gains nothing by an alarm of his own making.
        (0..3).for_each(|_| {
            house.seconds(5);
            types(0, &format!("9182{}", school.shown(0, 0)));
        });
        assert_eq!(lock_of(0), Some(Lock::WrongPins));
        // It is over when somebody is accepted; what was counted counts.
        assert!(school.comes(2));
        house.minutes(1);
        types(3, &wrong(3));
        assert_eq!(lock_of(3), Some(Lock::WrongCodes));
        assert!(house.desk().now().since(UtcTime::from_epoch(S * 60)) < Seconds::hours(1));
    }
}

#[test]
fn g02_what_was_written_while_the_clock_was_ahead_hides_nothing_of_these_minutes() {
    let school = School::of(21);
    let house = &school.0;
    (0..10).for_each(|number| assert!(!school.comes_late(number, DAY)));
    house.minutes(DAY);
    assert!(matches!(house.type_in("nobody", "123456", None), Answer::Refused));
    house.minutes(-DAY);
    (10..20).for_each(|number| assert!(!school.comes_late(number, DAY)));
    assert!(house.told("everybody-fails").is_empty());
    assert!(!school.comes_late(20, DAY));
    assert_eq!(house.told("everybody-fails").len(), 1);
}

#[test]
fn g02_who_would_be_refused_whatever_the_clock_shows_is_not_counted() {
    let school = School::of(3);
    let house = &school.0;
    for number in 100..130 {
        let name = school.name(number);
        let new = NewUser { login: login(&name), name: name.parse().unwrap(), establishments: vec![uai()] };
        house.desk().add_user(&new).unwrap();
        assert_eq!(house.refused(&name, "123456", None), "no-active-key");
    }
    assert_eq!(house.refused(&school.name(1), &format!("{PIN}123456"), Some("0")), "dead-ticket");
    house.desk().enable_users(&[listed(login(&school.name(2)))], false, false).unwrap().unwrap();
    assert_eq!(house.refused(&school.name(2), "123456", None), "user-disabled");
    assert!(!school.comes_late(0, DAY));
    assert!(house.told("everybody-fails").is_empty());
}
