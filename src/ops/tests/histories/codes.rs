//! What somebody types: codes, PINs, tickets; and what may come of it.

use super::model::{Choice, Code, Ticket};
use super::*;

/// What is typed for a check.
struct Typing {
    user: usize,
    pin: String,
    code: String,
    ticket: Option<usize>,
    aim: Aim,
    source: Option<&'static str>,
}

impl Fleet<'_> {
    /// Types anything, mostly what somebody might who has the key.
    pub(super) fn check(&mut self, user: usize) {
        let key = self.key_for(user);
        let right = self.pin_of(key).unwrap_or_default();
        let pin = match self.numbers.below(10) {
            0 => String::new(),
            1 => self.numbers.of(&PINS).to_owned(),
            2 => "7391".to_owned(),
            _ => right,
        };
        let host = self.now().div_euclid(60);
        let drift = self.behind.keys()[key].drift;
        let spent: Vec<i64> = self.keys[key].spent.iter().rev().take(8).copied().collect();
        let code = match self.numbers.below(20) {
            0 => "12345".to_owned(),
            1 => format!("{:06}", self.numbers.below(1_000_000)),
            2..5 if !spent.is_empty() => {
                self.count("replays");
                self.keys[key].shows(self.numbers.of(&spent))
            }
            5 => self.keys[key].shows(host + drift + self.numbers.of(&[-12, -7, 5, 10, 11, 61])),
            6 => self.keys[key].shows(host + drift + self.numbers.of(&[-2, 2])),
            _ => self.keys[key].shows(host + drift + self.numbers.of(&[-1, 0, 0, 0, 1])),
        };
        let source = if self.numbers.one_in(4) { Some("192.0.2.1") } else { None };
        let aim = if self.numbers.one_in(8) { Aim::ChangePin } else { Aim::Enter };
        self.types(&Typing { user, pin, code, ticket: None, aim, source });
    }

    /// Types the PIN of a key and a code that it shows, or will show where the clock fell back.
    pub(super) fn check_rightly(&mut self, user: usize, key: usize) {
        let due = self.now().div_euclid(60) + self.behind.keys()[key].drift;
        let step = self.keys[key].spent.last().map_or(due, |last| due.max(last + 1));
        let (pin, code) = (self.pin_of(key).unwrap_or_default(), self.keys[key].shows(step));
        self.check_with(user, pin, code);
    }

    pub(super) fn check_with(&mut self, user: usize, pin: String, code: String) {
        let source = if self.numbers.one_in(4) { Some("192.0.2.1") } else { None };
        let aim = if self.numbers.one_in(8) { Aim::ChangePin } else { Aim::Enter };
        self.types(&Typing { user, pin, code, ticket: None, aim, source });
    }

    pub(super) fn answer_with_ticket(&mut self) {
        let asked: Vec<usize> = (0..self.tickets.len()).filter(|at| self.tickets[*at].first.is_some()).collect();
        let Some(last) = asked.last().copied() else { return self.live() };
        let at = if self.numbers.one_in(4) { self.numbers.of(&asked) } else { last };
        if self.tickets[at].is_dead && !self.numbers.one_in(6) {
            return self.live();
        }
        let user = if self.numbers.one_in(10) { self.user() } else { self.tickets[at].user };
        self.answer(user, at);
    }

    /// Answers to the question for a second code.
    pub(super) fn answer(&mut self, user: usize, at: usize) {
        let ticket = self.tickets[at].clone();
        let step = ticket.first.unwrap() + self.numbers.of(&[0, 1, 1, 1, 2, 3]);
        let code = self.keys[ticket.key].shows(step);
        if self.numbers.one_in(2) {
            self.house.seconds(60);
        }
        self.types(&Typing { user, pin: String::new(), code, ticket: Some(at), aim: Aim::Enter, source: None });
    }

    /// Types it, and holds what comes against what may come.
    fn types(&mut self, typing: &Typing) {
        let Typing { user, pin, code, ticket, aim, source } = typing;
        let (before, (seq, attempt), now) = (self.behind.keys(), self.behind.last_numbers(), self.now());
        let meant = self.meant(*user, &before);
        let waits = match &meant[..] {
            [key] if !self.keys[*key].is_entangled => Some(self.keys[*key].waits(*source, now)),
            _ => None,
        };
        let (name, typed) = (Self::name(*user), format!("{pin}{code}"));
        let text = ticket.map(|at| self.tickets[at].text.clone());
        let request = Request { aim: *aim, login: &name, typed: &typed, ticket: text.as_deref(), source: *source };
        let answer = self.desk.check(&request).unwrap();
        let (after, events) = (self.behind.keys(), self.behind.events_after(seq));
        self.told.push(format!("{now} check {name} {typed} {ticket:?} {aim:?} {source:?}: {answer:?} {events:?}"));
        let reasons: Vec<&str> = events.iter().filter_map(|(_, reason)| reason.as_deref()).collect();
        let turned_away = ["unknown-user", "user-disabled", "no-active-key", "dead-ticket"];
        let is_judged = self.behind.last_numbers().1 > attempt;
        let is_turned_away = !is_judged && reasons.iter().any(|reason| turned_away.contains(reason));
        // Where there is a list in place of a lost key, it is only seen afterwards that nothing of the list was typed.
        let is_lost =
            |reason: &&str| *reason == "no-active-key" && meant.iter().all(|key| self.keys[*key].state == State::Lost);
        assert!(!is_judged || reasons.iter().all(|reason| !turned_away.contains(reason) || is_lost(reason)));
        let in_use = |key: &usize| self.keys[*key].state == State::Active && self.pin_of(*key).is_some();
        if is_judged && meant.iter().any(in_use) {
            self.count("with a key in use and its PIN");
        }
        // Nothing is verified during a wait, and what is not turned away otherwise is verified outside of one.
        if let (Some(waits), false) = (waits, is_turned_away) {
            assert_eq!(waits, !is_judged, "a wait is on: {waits}");
        }
        assert!(!events.is_empty() || !is_judged, "a check without its event");
        if !is_judged {
            assert!(matches!(answer, Answer::Refused) && before == after);
            if !is_turned_away {
                self.count("waited");
                self.look_again(*user, &meant);
            }
            return;
        }
        self.look_again(*user, &meant);
        let risen: Vec<usize> = (0..after.len()).filter(|key| after[*key].watermark > before[*key].watermark).collect();
        let used = match (&answer, &risen[..]) {
            (Answer::Refused, []) | (Answer::AcceptedInEmergency { .. }, []) => None,
            (Answer::Accepted | Answer::NewPinRequired(_) | Answer::NextCodeRequired(_), [key]) => Some(*key),
            other => panic!("{other:?}"),
        };
        let has_opened = used.is_some_and(|key| self.opens(key, typing, &answer, (&before[key], &after[key])));
        if let Answer::AcceptedInEmergency { .. } = answer {
            self.opens_in_emergency(*user, pin, code, &before);
        }
        let clears = has_opened || matches!(answer, Answer::AcceptedInEmergency { .. });
        let key = used.or(meant.first().copied()).unwrap();
        self.keys[key].tried(*source, now, matches!(answer, Answer::Refused), clears);
        if after[key].is_locked && !before[key].is_locked {
            self.count("locked");
        }
        if reasons.contains(&"wrong-pin") {
            self.keys[key].wrong_pins += 1;
            assert!(self.keys[key].wrong_pins < 8 || self.keys[key].is_entangled || after[key].is_locked);
        }
        self.count(match answer {
            Answer::Refused => "refused",
            Answer::Accepted => "accepted",
            Answer::AcceptedInEmergency { .. } => "accepted in emergency",
            Answer::NewPinRequired(_) => "new-pin",
            Answer::NextCodeRequired(_) => "next-code",
        });
    }

    /// The keys that may be meant: those in use, or a lost one in whose place there is a list.
    fn meant(&self, user: usize, rows: &[Bare]) -> Vec<usize> {
        let mut active = self.keys_of(user, State::Active);
        if active.iter().any(|key| !rows[*key].is_locked) {
            active.retain(|key| !rows[*key].is_locked);
        }
        let lost = || self.lists[user].as_ref().map(|list| list.key).filter(|key| self.keys[*key].state == State::Lost);
        if active.is_empty() { lost().into_iter().collect() } else { active }
    }

    /// A key has answered something else than no: it was right to. Tells whether it has opened.
    fn opens(&mut self, key: usize, typing: &Typing, answer: &Answer, (before, after): (&Bare, &Bare)) -> bool {
        let (now, step) = (self.now(), after.watermark);
        let known = &self.keys[key];
        assert_eq!((known.state, known.holder), (State::Active, Some(typing.user)));
        assert!(self.is_enabled[typing.user] && !before.is_locked && now <= known.ends);
        assert_eq!(known.shows(step), typing.code, "of another step");
        assert!(known.spent.last().is_none_or(|last| *last < step), "a step opens twice");
        let follows = |first: i64| (1..=2).contains(&(step - first));
        let off = step - now.div_euclid(60) - before.drift;
        let is_question = matches!(answer, Answer::NextCodeRequired(_));
        let pin = self.pin_of(key);
        let is_pinless = pin.is_none();
        match typing.ticket {
            Some(at) => {
                let ticket = &self.tickets[at];
                assert!(!ticket.is_dead && now <= ticket.until && typing.pin.is_empty() && !is_question);
                assert_eq!((ticket.user, ticket.key, ticket.version), (typing.user, key, known.version));
                assert!(follows(ticket.first.unwrap()), "no code that follows");
            }
            None => {
                assert_eq!(typing.pin, pin.unwrap_or_default(), "without the PIN");
                let is_asked =
                    |ticket: &Ticket| ticket.key == key && !ticket.is_dead && ticket.first.is_some_and(follows);
                let is_answer = self.tickets.iter().any(is_asked);
                // A17: one code opens within three steps, or follows one that was right.
                assert!(off.abs() <= if is_question { 60 } else { 1 } || is_answer, "{off} steps off");
            }
        }
        if is_pinless {
            assert!(now <= known.pin.open_until(), "new-PIN mode is over");
            assert!(!matches!(answer, Answer::Accepted), "accepted without a PIN");
        }
        self.keys[key].spent.insert(step);
        let opened = matches!(answer, Answer::Accepted) || (!is_pinless && !is_question);
        if opened {
            let kept = self.pin_of(key).unwrap();
            self.keys[key].confirm(now);
            self.end_exchange(key, &kept);
        }
        self.tickets.iter_mut().filter(|ticket| ticket.key == key).for_each(|ticket| ticket.is_dead = true);
        if let Answer::NewPinRequired(challenge) | Answer::NextCodeRequired(challenge) = answer {
            self.tickets.push(Ticket {
                text: challenge.ticket.to_string(),
                user: typing.user,
                key,
                version: self.keys[key].version,
                until: now + 300,
                first: is_question.then_some(step),
                tries: 0,
                is_dead: false,
            });
        }
        opened
    }

    /// Looks again whether changed PINs were used in time: of the keys that are meant, and of one whose PIN goes on with another.
    fn look_again(&mut self, user: usize, meant: &[usize]) {
        let now = self.now();
        for key in meant.iter().copied().chain(self.exchanges[user].map(|open| open.old)) {
            self.keys[key].look_again(now);
        }
    }

    /// The first acceptance of a key ends the one whose place it takes.
    fn end_exchange(&mut self, key: usize, kept: &str) {
        let user = self.keys[key].holder.unwrap();
        let Some(open) = self.exchanges[user].filter(|open| open.new == key) else { return };
        if open.keeps_pin {
            self.keys[key].pin = Choice::Set(kept.to_owned());
        }
        self.keys[open.old].changes_hands(State::Retired, None, i64::MIN);
        self.exchanges[user] = None;
        self.end_list_of(open.old);
        if self.codes[user].as_ref().is_some_and(|code| code.key == Some(open.old)) {
            self.codes[user] = None;
        }
    }

    pub(super) fn check_in_emergency(&mut self, user: usize) {
        let Some(list) = self.lists[user].clone() else { return self.live() };
        let code = self.numbers.of(&list.codes.iter().map(String::as_str).collect::<Vec<_>>()).to_owned();
        let pin = self.pin_of(list.key).unwrap_or_default();
        let pin = if self.numbers.one_in(5) { "7391".to_owned() } else { pin };
        self.types(&Typing { user, pin, code, ticket: None, aim: Aim::Enter, source: None });
    }

    fn opens_in_emergency(&mut self, user: usize, pin: &str, code: &str, before: &[Bare]) {
        let now = self.now();
        let list = self.lists[user].clone().expect("there is a list");
        assert!(list.codes.iter().any(|known| known == code) && now <= list.until && self.is_enabled[user]);
        let known = &self.keys[list.key];
        assert!(matches!(known.state, State::Active | State::Lost) && known.holder == Some(user));
        assert!(!before[list.key].is_locked);
        assert_eq!(Some(pin), self.pin_of(list.key).as_deref(), "without the PIN");
        assert!(self.lists[user].as_mut().unwrap().used.insert(code.to_owned()), "an emergency code opens twice");
        self.keys[list.key].confirm(now);
        self.tickets.iter_mut().filter(|ticket| ticket.key == list.key).for_each(|ticket| ticket.is_dead = true);
    }

    pub(super) fn choose_pin(&mut self) {
        let chosen: Vec<usize> = (0..self.tickets.len()).filter(|at| self.tickets[*at].first.is_none()).collect();
        let Some(last) = chosen.last().copied() else { return self.live() };
        let at = if self.numbers.one_in(5) { self.numbers.of(&chosen) } else { last };
        if self.tickets[at].is_dead && !self.numbers.one_in(6) {
            return self.live();
        }
        let user = if self.numbers.one_in(10) { self.user() } else { self.tickets[at].user };
        let typed = if self.numbers.one_in(6) { "1111" } else { self.numbers.of(&PINS) };
        self.choose(user, at, typed);
    }

    /// Chooses a PIN by a ticket.
    pub(super) fn choose(&mut self, user: usize, at: usize, typed: &str) {
        let ticket = self.tickets[at].clone();
        let (now, name) = (self.now(), Self::name(user));
        let is_locked = self.behind.keys()[ticket.key].is_locked;
        let choice = PinChoice { login: &name, ticket: &ticket.text, typed, again: typed };
        let answer = self.desk.set_pin(&choice).unwrap();
        self.told.push(format!("{now} pin set {name} {typed} {at}: {answer:?}"));
        if answer == PinAnswer::Refused {
            return;
        }
        let known = &mut self.keys[ticket.key];
        assert!(!ticket.is_dead && now <= ticket.until && user == ticket.user && self.is_enabled[user]);
        assert_eq!((known.state, known.version, is_locked), (State::Active, ticket.version, false));
        let PinAnswer::Set { .. } = answer else {
            self.tickets[at].tries += 1;
            assert!(self.tickets[at].tries <= 3, "a fourth try");
            return;
        };
        assert!(ticket.tries < 3 && typed != "1111");
        let (pin, until) = (typed.to_owned(), now + 3_600);
        known.pin = match &known.pin {
            Choice::Set(former) | Choice::Changed { former, .. } => {
                Choice::Changed { pin, until, former: former.clone() }
            }
            choice => Choice::Fresh { pin, until, then_until: choice.open_until() },
        };
        known.version += 1;
        self.tickets.iter_mut().filter(|other| other.key == ticket.key).for_each(|other| other.is_dead = true);
        self.count("pin set");
    }

    pub(super) fn resynchronise(&mut self, user: usize) {
        let key = self.key_for(user);
        let (before, now) = (self.behind.keys(), self.now());
        let first = now.div_euclid(60) + self.numbers.below(80) as i64 - self.numbers.of(&[40, 40, 20, 760]);
        let steps = [first, first + self.numbers.of(&[1, 1, 1, 1, 0, -1, 2])];
        let typed = steps.map(|step| self.keys[key].shows(step));
        let whose = Whose { serial: Some(self.serial(key)), login: None, text: String::new() };
        let waits = self.keys[key].waits(None, now);
        let answer = self.desk.resync(&whose, &[&typed[0], &typed[1]]);
        self.told.push(format!("{now} resync {} {steps:?}: {answer:?}", self.keys[key].serial));
        let after = &self.behind.keys()[key];
        let Ok(answer) = answer else {
            return assert!(self.keys[key].state != State::Active || before[key].is_locked);
        };
        assert!(self.keys[key].state == State::Active && !before[key].is_locked);
        self.keys[key].look_again(now);
        let is_turned_away = matches!(answer, ResyncAnswer::Refused { reason: passcode::Reason::Waiting, .. });
        assert!(waits == is_turned_away || self.keys[key].is_entangled);
        if is_turned_away {
            return;
        }
        let is_done = matches!(answer, ResyncAnswer::Resynchronised(_));
        self.keys[key].tried(None, now, matches!(answer, ResyncAnswer::Refused { .. }), is_done);
        if is_done {
            let (known, last) = (&mut self.keys[key], after.watermark);
            assert_eq!([known.shows(last - 1), known.shows(last)], typed, "other codes");
            assert!(known.spent.last().is_none_or(|spent| *spent < last - 1), "a step opens twice");
            assert!((last - now.div_euclid(60) - before[key].drift).abs() <= 720);
            known.spent.extend([last - 1, last]);
            self.tickets.iter_mut().filter(|ticket| ticket.key == key).for_each(|ticket| ticket.is_dead = true);
            self.count("resynchronised");
        }
    }

    /// Has a code issued, or types the one that there is, mostly with the key that it is for or this one.
    pub(super) fn activate(&mut self, user: usize, free: usize) {
        let now = self.now();
        let name = Self::name(user);
        if self.codes[user].is_none() || self.numbers.one_in(8) {
            if let Ok(issued) = self.desk.issue_activation(&name, None) {
                let key =
                    issued.serial.map(|serial| self.keys.iter().position(|key| key.serial == serial.as_str()).unwrap());
                self.codes[user] = Some(Code { text: issued.code.expose().to_owned(), key, until: now + 7 * DAY });
            }
            return;
        }
        let code = self.codes[user].clone().unwrap();
        let owner = if self.numbers.one_in(8) { self.user() } else { user };
        let key = code.key.filter(|_| !self.numbers.one_in(8)).unwrap_or(free);
        let text = if self.numbers.one_in(6) { "22222222" } else { code.text.as_str() };
        let answer = self.desk.activate(&Self::name(owner), &self.serial(key), text).unwrap();
        self.told.push(format!("{now} activate {owner} of {user} {} {text}: {answer:?}", self.keys[key].serial));
        if answer == Activated::No {
            return;
        }
        assert!(owner == user && text == code.text && now <= code.until && self.is_enabled[user]);
        assert!(code.key.is_none_or(|bound| bound == key) && now <= self.keys[key].ends);
        let known = &self.keys[key];
        match known.state {
            State::Assigned => assert_eq!(known.holder, Some(user)),
            State::Stock => assert!(code.key.is_some() || known.place == Self::place(user)),
            other => panic!("activated though {other}"),
        }
        self.keys[key].changes_hands(State::Active, Some(user), now + 7 * DAY);
        self.codes[user] = None;
        self.lists[user] = None;
        self.count("activated");
    }
}
