//! What keeps a fleet alive: whatever keeps a user from his key is undone, one command at a time, and then he comes in.

use super::*;

impl Fleet<'_> {
    /// Brings somebody one step nearer to a key that opens, mostly one who has none; who has one uses it.
    pub(super) fn live(&mut self) {
        let rows = self.behind.keys();
        let unwell: Vec<usize> = (0..USERS.len()).filter(|user| !self.is_well(*user, &rows)).collect();
        let user = if unwell.is_empty() || self.numbers.one_in(4) { self.user() } else { self.numbers.of(&unwell) };
        if !self.is_enabled[user] {
            return self.set_enabled(user, true);
        }
        let own: Vec<usize> = (0..self.keys.len()).filter(|key| self.keys[*key].holder == Some(user)).collect();
        if own.is_empty() {
            return self.get_a_key(user);
        }
        let key = self.numbers.of(&own);
        if self.now() > self.keys[key].ends {
            return self.let_key_end(key, self.now() + 365 * DAY);
        }
        if rows[key].is_locked {
            return self.unlock_key(key);
        }
        match self.keys[key].state {
            State::Suspended => self.move_key(key, Deed::Resume),
            State::Lost if self.lists[user].is_some() && self.numbers.one_in(2) => self.check_in_emergency(user),
            State::Lost if self.numbers.one_in(2) => self.move_key(key, Deed::Find),
            State::Lost => {
                self.move_key(key, Deed::Restore { reason: &"au fond d'un tiroir".parse().unwrap() });
            }
            State::Assigned => self.activate(user, key),
            _ => self.use_key(user, key),
        }
    }

    fn is_well(&self, user: usize, rows: &[Bare]) -> bool {
        let opens =
            |key: usize| !rows[key].is_locked && self.now() <= self.keys[key].ends && self.pin_of(key).is_some();
        self.is_enabled[user] && self.keys_of(user, State::Active).into_iter().any(opens)
    }

    /// Gives a user one of the keys in stock where he is, or has some delivered.
    fn get_a_key(&mut self, user: usize) {
        let place = Self::place(user);
        let is_free = |key: &usize| self.keys[*key].state == State::Stock && self.keys[*key].place == place;
        let free: Vec<usize> = (0..self.keys.len()).filter(is_free).collect();
        if free.is_empty() {
            return self.import(place, 2);
        }
        let key = self.numbers.of(&free);
        if self.numbers.one_in(2) { self.assign(user, key) } else { self.activate(user, key) }
    }

    /// Does with a key in use what its holder does: types its PIN and its code, or chooses a PIN.
    fn use_key(&mut self, user: usize, key: usize) {
        let live = |ticket: &Ticket| ticket.key == key && ticket.user == user && !ticket.is_dead;
        let ticket = self.tickets.iter().rposition(|ticket| live(ticket) && self.now() <= ticket.until);
        let has_pin = self.pin_of(key).is_some();
        match ticket.filter(|_| !has_pin || self.numbers.one_in(2)) {
            Some(at) if self.tickets[at].first.is_some() => return self.answer(user, at),
            Some(at) => {
                let typed = self.numbers.of(&PINS);
                return self.choose(user, at, typed);
            }
            None => {}
        }
        if !has_pin && self.now() > self.keys[key].pin.open_until() {
            return self.reset_pin(user);
        }
        if self.keys[key].waits(None, self.now()) {
            self.house.seconds(15 * 60);
        }
        self.check_rightly(user, key);
    }

    /// Tries one PIN after the other with right codes and waits in between, until the key is locked.
    pub(super) fn forget_the_pin(&mut self, user: usize) {
        let Some(key) = self.keys_of(user, State::Active).first().copied() else { return self.live() };
        for _ in 0..8 {
            self.house.seconds(15 * 60);
            let code = self.keys[key].shows(self.now().div_euclid(60) + self.behind.keys()[key].drift);
            self.check_with(user, "7391".to_owned(), code);
        }
    }
}
