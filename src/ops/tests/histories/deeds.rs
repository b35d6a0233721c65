//! What operators do to keys and users, and what a delegate may not.

use super::model::Choice;
use super::*;
use crate::audit::Remark;

const DEEDS: [Deed<'static>; 8] = [
    Deed::Unassign,
    Deed::Return { to: None },
    Deed::Suspend,
    Deed::Resume,
    Deed::Resume,
    Deed::Lose,
    Deed::Find,
    Deed::Retire,
];

impl Fleet<'_> {
    pub(super) fn do_to_a_key(&mut self, user: usize) {
        let key = if self.numbers.one_in(3) { self.numbers.below(self.keys.len()) } else { self.key_for(user) };
        let reason: Remark = "au fond d'un tiroir".parse().unwrap();
        let deed = match self.numbers.below(10) {
            0..3 => Deed::Restore { reason: &reason },
            // Keys do not come back from there.
            _ => match self.numbers.of(&DEEDS) {
                Deed::Retire if !self.numbers.one_in(6) => Deed::Resume,
                deed => deed,
            },
        };
        self.move_key(key, deed);
    }

    pub(super) fn move_key(&mut self, key: usize, deed: Deed<'_>) {
        let (seq, _) = self.behind.last_numbers();
        let done = self.desk.move_keys(&[listed(self.serial(key))], deed, false).unwrap().is_ok();
        self.told.push(format!("{} {deed:?} {}: {done}", self.now(), self.keys[key].serial));
        assert_eq!(self.behind.last_numbers().0 > seq, done, "an event for what was done, and none for what was not");
        if done {
            self.moved(key, deed);
        }
    }

    /// What becomes of a key: the diagram of its life, written once more.
    fn moved(&mut self, key: usize, deed: Deed<'_>) {
        let known = &mut self.keys[key];
        let (state, holder) = (known.state, known.holder);
        let in_hand = matches!(state, State::Assigned | State::Active | State::Suspended);
        match deed {
            Deed::Unassign | Deed::Return { .. } => {
                assert!(in_hand);
                known.changes_hands(State::Stock, None, i64::MIN);
            }
            Deed::Suspend => {
                assert_eq!(state, State::Active);
                known.state = State::Suspended;
            }
            Deed::Resume => {
                assert_eq!(state, State::Suspended);
                known.state = State::Active;
            }
            Deed::Lose => {
                assert!(in_hand || state == State::Stock);
                (known.state, known.before_loss) = (State::Lost, Some(state));
            }
            Deed::Find => {
                assert_eq!(state, State::Lost);
                known.changes_hands(State::Stock, None, i64::MIN);
            }
            Deed::Restore { .. } => {
                assert_eq!(state, State::Lost);
                (known.state, known.before_loss) = (known.before_loss.unwrap(), None);
            }
            _ => {
                assert_ne!(state, State::Retired);
                known.changes_hands(State::Retired, None, i64::MIN);
            }
        }
        known.version += 1;
        self.tickets.iter_mut().filter(|ticket| ticket.key == key).for_each(|ticket| ticket.is_dead = true);
        if !matches!(deed, Deed::Suspend | Deed::Resume | Deed::Lose) {
            self.end_list_of(key);
        }
        if matches!(deed, Deed::Unassign | Deed::Return { .. } | Deed::Lose | Deed::Retire) {
            for code in &mut self.codes {
                *code = code.take().filter(|code| code.key != Some(key));
            }
        }
        let open = holder.and_then(|user| self.exchanges[user]).filter(|open| open.old == key || open.new == key);
        let ends = match deed {
            Deed::Unassign | Deed::Return { .. } | Deed::Find | Deed::Retire => true,
            Deed::Lose => open.is_some_and(|open| open.new == key),
            _ => false,
        };
        if open.is_some() && ends {
            self.exchanges[holder.unwrap()] = None;
        }
        self.count("moved");
    }

    pub(super) fn end_list_of(&mut self, key: usize) {
        for list in &mut self.lists {
            *list = list.take().filter(|list| list.key != key);
        }
    }

    pub(super) fn assign(&mut self, user: usize, key: usize) {
        let done = self.desk.assign_key(&self.serial(key), &Self::name(user)).is_ok();
        self.told.push(format!("{} assign {} {user}: {done}", self.now(), self.keys[key].serial));
        if !done {
            return;
        }
        assert_eq!((self.keys[key].state, self.keys[key].place), (State::Stock, Self::place(user)));
        for state in [State::Assigned, State::Active, State::Suspended] {
            assert!(self.keys_of(user, state).is_empty(), "a second key");
        }
        assert!(self.is_enabled[user]);
        self.keys[key].changes_hands(State::Assigned, Some(user), i64::MIN);
        self.count("assigned");
    }

    pub(super) fn replace(&mut self, user: usize, new: usize) {
        let (old, keeps_pin) = (self.key_for(user), self.numbers.one_in(2));
        let exchange = listed(Exchange { old: self.serial(old), new: self.serial(new) });
        let done = self.desk.replace_keys(&[exchange], keeps_pin, false).unwrap().is_ok();
        self.told.push(format!("{} replace {old} {new} {keeps_pin}: {done}", self.now()));
        if !done {
            return;
        }
        let holder = self.keys[old].holder.unwrap();
        assert!(matches!(self.keys[old].state, State::Active | State::Suspended | State::Lost));
        assert_eq!((self.keys[new].state, self.exchanges[holder]), (State::Stock, None));
        self.keys[new].changes_hands(State::Assigned, Some(holder), i64::MIN);
        self.exchanges[holder] = Some(Exchanged { old, new, keeps_pin });
        (self.keys[old].is_entangled, self.keys[new].is_entangled) = (true, true);
        self.count("replaced");
    }

    pub(super) fn reset_pin(&mut self, user: usize) {
        let done = self.desk.reset_pins(&[listed(Self::name(user))], false).unwrap().is_ok();
        self.told.push(format!("{} pin reset {user}: {done}", self.now()));
        if !done {
            return;
        }
        let until = self.now() + 72 * 3_600;
        let old = self.exchanges[user].map(|open| open.old);
        for key in 0..self.keys.len() {
            let known = &mut self.keys[key];
            let is_his = known.holder == Some(user) && matches!(known.state, State::Active | State::Suspended);
            if is_his || old == Some(key) {
                known.pin = Choice::None { until };
                known.version += 1;
            }
        }
        if let Some(open) = &mut self.exchanges[user] {
            open.keeps_pin = false;
        }
        self.count("pin reset");
    }

    pub(super) fn unlock(&mut self) {
        let locked: Vec<usize> =
            self.behind.keys().iter().enumerate().filter(|(_, row)| row.is_locked).map(|(at, _)| at).collect();
        let key = if locked.is_empty() { self.numbers.below(self.keys.len()) } else { self.numbers.of(&locked) };
        self.unlock_key(key);
    }

    pub(super) fn unlock_key(&mut self, key: usize) {
        self.desk.unlock_keys(&[listed(self.serial(key))], false).unwrap().unwrap();
        self.told.push(format!("{} unlock {key}", self.now()));
        self.keys[key].tries.clear();
        self.keys[key].wrong_pins = 0;
        assert!(!self.behind.keys()[key].is_locked);
    }

    /// Gives somebody a list.
    pub(super) fn relieve(&mut self, user: usize) {
        let now = self.now();
        let issued = self.desk.issue_emergency(&Self::name(user), "3".parse().unwrap());
        self.told.push(format!("{now} emergency {user}: {}", issued.is_ok()));
        let Ok(issued) = issued else { return };
        let key = self.keys.iter().position(|key| key.serial == issued.serial.as_str()).unwrap();
        assert_eq!(self.keys[key].holder, Some(user));
        let codes = issued.codes.iter().map(|code| code.expose().to_owned()).collect();
        self.lists[user] = Some(List { codes, used: Default::default(), key, until: now + 3 * DAY });
        self.count("relieved");
    }

    pub(super) fn enable(&mut self, user: usize) {
        let enabled = !self.is_enabled[user] || self.numbers.below(3) > 0;
        self.set_enabled(user, enabled);
    }

    pub(super) fn set_enabled(&mut self, user: usize, enabled: bool) {
        self.desk.enable_users(&[listed(Self::name(user))], enabled, false).unwrap().unwrap();
        self.told.push(format!("{} enable {user}: {enabled}", self.now()));
        self.is_enabled[user] = enabled;
    }

    pub(super) fn let_end(&mut self, key: usize) {
        let ends = self.now() + self.numbers.of(&[-1, DAY, 365 * DAY]);
        self.let_key_end(key, ends);
    }

    /// Says when a key ends, past the program: such dates come from its vendor.
    pub(super) fn let_key_end(&mut self, key: usize, ends: i64) {
        self.behind.let_key_end(&self.keys[key].serial, ends);
        self.told.push(format!("{} ends {key} {ends}", self.now()));
        self.keys[key].ends = ends;
    }

    /// What lies outside his scope does not exist for a delegate: the answer is that for a name that is nobody's.
    pub(super) fn reach_beyond_a_scope(&mut self) {
        let (place, key, user) = (self.numbers.below(PLACES.len()), self.numbers.below(self.keys.len()), self.user());
        let is_seen = |at: usize| at == place;
        if is_seen(self.keys[key].place) || self.keys[key].holder.is_some_and(|holder| is_seen(Self::place(holder))) {
            return;
        }
        if is_seen(Self::place(user)) {
            return;
        }
        let before = (self.behind.keys(), self.behind.last_numbers());
        self.desk.store.limit(Scope::Within(vec![PLACES[place].parse().unwrap()]), Via::Sudo);
        let which = self.numbers.below(12);
        let (foreign, nobodys) = (self.serial(key), serial("899999999"));
        let (stranger, nobody) = (Self::name(user), login("nobody"));
        let told = self.attempt(which, &foreign, &stranger);
        let unknown = self.attempt(which, &nobodys, &nobody);
        let told = told.replace(foreign.as_str(), "KEY").replace(stranger.as_str(), "USER");
        let unknown = unknown.replace(nobodys.as_str(), "KEY").replace(nobody.as_str(), "USER");
        assert_eq!(told, unknown, "something outside his scope exists for a delegate");
        assert!(told.contains("Unknown"), "{told}");
        self.desk.store.limit(Scope::All, Via::Direct);
        assert_eq!(
            before,
            (self.behind.keys(), self.behind.last_numbers()),
            "a delegate did something outside his scope"
        );
        self.count("beyond");
    }

    /// Tries one of the commands of a delegate; gives what came of it.
    fn attempt(&mut self, which: usize, key: &Serial, user: &Login) -> String {
        let (keys, users) = ([listed(key.clone())], [listed(user.clone())]);
        let days = "3".parse().unwrap();
        match which {
            0 => format!("{:?}", self.desk.move_keys(&keys, Deed::Suspend, false)),
            1 => format!("{:?}", self.desk.move_keys(&keys, Deed::Return { to: None }, false)),
            2 => format!("{:?}", self.desk.move_keys(&keys, Deed::Lose, false)),
            3 => format!("{:?}", self.desk.move_keys(&keys, Deed::Retire, false)),
            4 => format!("{:?}", self.desk.assign_key(key, user)),
            5 => format!("{:?}", self.desk.unlock_keys(&keys, false)),
            6 => format!("{:?}", self.desk.issue_activation(user, None)),
            7 => format!("{:?}", self.desk.reset_pins(&users, false)),
            8 => format!("{:?}", self.desk.issue_emergency(user, days)),
            9 => format!("{:?}", self.desk.enable_users(&users, false, false)),
            10 => {
                let whose = Whose { serial: Some(key.clone()), login: None, text: key.to_string() };
                format!("{:?}", self.desk.resync(&whose, &["123456", "234567"]))
            }
            _ => format!("{:?} {:?}", self.desk.show_key(key).err(), self.desk.show_user(user).err()),
        }
    }
}
