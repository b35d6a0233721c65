//! A thousand keys over years of use, by the judge itself: nobody is shut out, and a clock of ours that is wrong teaches nothing.

use super::*;
use crate::key::{State, Validity};
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period, Step};
use crate::passcode::{self, Acceptance, Judgement, PinFact, Question, Standing, judge};
use crate::pin;

const DAY: i64 = 86_400;
const YEAR: i64 = 365;

/// Numbers that look random and are the same in each run.
struct Chance(u64);

impl Chance {
    fn between(&mut self, least: i64, most: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        least + ((self.0 >> 33) as i64).rem_euclid(most - least + 1)
    }
}

/// A key, its holder, and what the store keeps of both.
struct Holder {
    /// Thousandths of a second that its clock gains a day.
    rate: i64,
    /// About how many days lie between two logins.
    habit: i64,
    next: i64,
    standing: Standing,
    history: Vec<Remembered>,
    logins: usize,
    questions: usize,
}

/// One login as the store remembers it for an hour.
#[derive(Clone, Copy)]
struct Recent {
    key: usize,
    at: UtcTime,
    off: Option<i64>,
    former: Drift,
    row: i64,
}

struct Fleet {
    holders: Vec<Holder>,
    chance: Chance,
    /// How far our own clock is off, in seconds.
    host_error: i64,
    wrong_by: Option<i64>,
    alarms: usize,
    recent: Vec<Recent>,
    rows: i64,
    /// So many codes were judged.
    codes: usize,
}

impl Fleet {
    /// Keys whose clocks gain from -3 to +3 s a day, all of them right on the first day, in the hands of people who log in about
    /// so often.
    fn new(habits: &[(usize, i64)]) -> Self {
        let habits: Vec<i64> = habits.iter().flat_map(|(number, habit)| std::iter::repeat_n(*habit, *number)).collect();
        let mut chance = Chance(1);
        let most = habits.len() as i64 - 1;
        let holders = (0..).zip(habits).map(|(number, habit)| {
            // Spread evenly, and not by the order of the habits.
            let rate = (number * 619 % (most + 1)) * 6_000 / most - 3_000;
            let standing = Standing {
                state: State::Active,
                locked: false,
                held: false,
                validity: Validity::default(),
                parameters: Parameters {
                    algorithm: Algorithm::Totp(Hash::Sha1),
                    digits: Digits::SIX,
                    period: Period::MINUTE,
                },
                watermark: Step::NEVER,
                clockwork: Clockwork::default(),
                last_accepted_at: None,
                pin: pin::Standing::Set,
                failures: 0,
                asks_twice: false,
                pending: None,
            };
            let next = chance.between(0, habit);
            Holder { rate, habit, next, standing, history: Vec::new(), logins: 0, questions: 0 }
        });
        let holders = holders.collect();
        Self { holders, chance, host_error: 0, wrong_by: None, alarms: 0, recent: Vec::new(), rows: 0, codes: 0 }
    }

    /// Lets everybody whose turn it is log in on a day, one after the other from eight to six.
    fn live(&mut self, day: i64) {
        let due = (0..self.holders.len()).filter(|index| self.holders[*index].next <= day);
        let mut turns: Vec<(i64, usize)> = due.map(|index| (0, index)).collect();
        for turn in &mut turns {
            turn.0 = self.chance.between(8 * 3_600, 18 * 3_600);
        }
        turns.sort_unstable();
        for (second, index) in turns {
            self.log_in(index, START.plus(Seconds::new(day * DAY + second)));
            let habit = self.holders[index].habit;
            self.holders[index].next = day + self.chance.between((habit * 4 / 5).max(1), habit * 6 / 5);
        }
    }

    /// Lets a holder log in, who types for a while what his key showed; he must come in, by at most one question.
    fn log_in(&mut self, index: usize, at: UtcTime) {
        let delay = Seconds::new(-self.chance.between(2, 25));
        let policy = passcode::Policy::default();
        let host = at.plus(Seconds::new(self.host_error));
        let holder = &mut self.holders[index];
        holder.logins += 1;
        let hits = [holder.shown(at.plus(delay))];
        let asked = Question::Passcode { pin: PinFact::Right, hits: &hits };
        let judged = judge(&holder.standing, asked, host, &policy);
        let (acceptance, host) = match judged {
            Judgement::Accepted(acceptance) => (acceptance, host),
            Judgement::NextCodeRequired(pending) => {
                holder.questions += 1;
                holder.standing.watermark = pending.first;
                let minute = Seconds::minutes(1);
                let (hits, host) = ([holder.shown(at.plus(minute).plus(delay))], host.plus(minute));
                let asked = Question::FollowingCode { pending, hits: &hits };
                match judge(&holder.standing, asked, host, &policy) {
                    Judgement::Accepted(acceptance) => (acceptance, host),
                    other => panic!("key {index} at {}s a day: {other:?}", holder.rate),
                }
            }
            other => panic!("key {index} at {} thousandths a day, {at:?}: {other:?}", holder.rate),
        };
        self.settle(index, &acceptance, host);
    }

    /// Writes an acceptance as the store does.
    fn settle(&mut self, index: usize, acceptance: &Acceptance, now: UtcTime) {
        self.codes += 1;
        self.rows += 1;
        let row = self.rows;
        let holder = &mut self.holders[index];
        let steps = acceptance.offset;
        let foretold = foretell(&samples(&holder.history, Seconds::minutes(1)), now);
        let off = foretold.map(|foretold| host_clock::minutes_off(Seconds::minutes(steps.unwrap()), foretold));
        let former = holder.standing.clockwork.drift;
        holder.standing.watermark = acceptance.step;
        holder.standing.last_accepted_at = Some(now);
        let is_trusted = self.wrong_by.is_none();
        if is_trusted {
            holder.standing.clockwork = acceptance.clockwork;
        }
        let forgotten = superfluous(&holder.history, now);
        holder.history.retain(|code| !forgotten.contains(&code.row));
        holder.history.push(Remembered { row, at: now, steps: steps.filter(|_| is_trusted) });
        self.recent.retain(|recent| now.since(recent.at) <= host_clock::window(true).span);
        self.recent.push(Recent { key: index, at: now, off, former, row });
        self.judge_host(off, now);
    }

    fn judge_host(&mut self, off: Option<i64>, now: UtcTime) {
        if off.is_none() || (off == Some(0) && self.wrong_by.is_none()) {
            return;
        }
        let seen = |recent: &Recent| Some(Sighting { key: recent.key as i64, off: recent.off? });
        let window = host_clock::window(self.wrong_by.is_some());
        let recent = self.recent.iter().rev().filter(|recent| now.since(recent.at) <= window.span);
        let sightings: Vec<Sighting> = recent.filter_map(seen).take(window.most).collect();
        let is = host_clock::judge(self.wrong_by, &sightings);
        if let (None, Some(wrong_by)) = (self.wrong_by, is) {
            self.alarms += 1;
            let mut put_back = std::collections::BTreeSet::new();
            let last_hour = |recent: &&Recent| now.since(recent.at) <= host_clock::ALARM.span;
            for recent in self.recent.iter().filter(last_hour) {
                if recent.off.is_some_and(|off| host_clock::is_alike(off, wrong_by)) {
                    let holder = &mut self.holders[recent.key];
                    if put_back.insert(recent.key) {
                        holder.standing.clockwork = Clockwork::observed(recent.former);
                    }
                    let codes = holder.history.iter_mut().filter(|code| code.row == recent.row);
                    codes.for_each(|code| code.steps = None);
                }
            }
        }
        self.wrong_by = is;
    }

    fn drifts(&self) -> Vec<i64> {
        self.holders.iter().map(|holder| holder.standing.clockwork.drift.steps()).collect()
    }
}

impl Holder {
    /// The step on the display at a moment.
    fn shown(&self, at: UtcTime) -> Step {
        let gained = self.rate * at.since(START).get() / DAY / 1_000;
        Step::at(at.plus(Seconds::new(gained)), Period::MINUTE)
    }
}

#[test]
fn over_five_years_nobody_is_shut_out_and_clocks_become_known() {
    let mut fleet = Fleet::new(&[(10, 1), (60, 7), (300, 30), (630, 122)]);
    for day in 0..5 * YEAR {
        fleet.live(day);
        // Who is shut out, or asked twice, fails within.
        assert_eq!(fleet.alarms, 0, "day {day}: our clock was right");
    }
    for (index, holder) in fleet.holders.iter().enumerate() {
        assert!(holder.history.len() <= 144);
        let samples = samples(&holder.history, Seconds::minutes(1));
        let trend = Trend::fit(&samples).unwrap_or_else(|| panic!("key {index}: {} codes", samples.len()));
        let error = (trend.rate.thousandths() - holder.rate).abs();
        assert!(error <= 400, "key {index} gains {}: {trend:?}", holder.rate);
    }
    // The logins of those with one habit, and how many of a thousand were asked for the next code.
    let asked = |habit: i64| {
        let own = || fleet.holders.iter().filter(move |holder| holder.habit == habit);
        let logins: usize = own().map(|holder| holder.logins).sum();
        own().map(|holder| holder.questions).sum::<usize>() * 1_000 / logins
    };
    let asked = [1, 7, 30, 122].map(asked);
    let most = [1, 20, 400, 1_000];
    assert!(asked.iter().zip(most).all(|(asked, most)| *asked <= most), "{asked:?}");
    assert!(asked[3] > 500, "who comes once a term is asked most times: {asked:?}");
    assert!(fleet.codes > 50_000, "{}", fleet.codes);
}

#[test]
fn a_clock_of_ours_that_is_wrong_is_named_at_once_and_teaches_nothing() {
    for wrong in [-180, -150, 90, 60, 300, -420] {
        let mut fleet = Fleet::new(&[(1_000, 20)]);
        for day in 0..120 {
            fleet.live(day);
        }
        assert_eq!((fleet.alarms, fleet.wrong_by), (0, None));
        let before = fleet.drifts();
        fleet.host_error = wrong;
        let codes = fleet.codes;
        let mut named_after = None;
        let mut seen = Vec::new();
        for index in 0..200 {
            let at = day(120).plus(Seconds::new(8 * 3_600 + 30 * index as i64));
            fleet.log_in(index, at);
            named_after = named_after.or(fleet.wrong_by.map(|_| fleet.codes - codes));
            seen.extend(fleet.wrong_by);
        }
        // Ten keys are needed, and some codes that the step hides are not off.
        assert!(named_after.is_some_and(|codes| codes <= 30), "{wrong}: {named_after:?}");
        assert!(seen.iter().all(|minutes| (minutes * 60 + wrong).abs() <= 60), "{wrong}: {seen:?}");
        assert_eq!(fleet.alarms, 1, "{wrong}");
        let learned = before.iter().zip(fleet.drifts()).filter(|(before, after)| **before != *after).count();
        // Codes that lie within the same minute still teach, as on any day.
        assert!(learned <= 5, "{wrong}: {learned} keys have learned");
        // It is set right: a few codes later nothing is said any more, and everybody comes in.
        fleet.host_error = 0;
        for index in 200..230 {
            let at = day(120).plus(Seconds::new(10 * 3_600 + 30 * index as i64));
            fleet.log_in(index, at);
        }
        assert_eq!((fleet.alarms, fleet.wrong_by), (1, None), "{wrong}");
    }
}
