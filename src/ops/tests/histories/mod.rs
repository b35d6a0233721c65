//! Random commands to a whole fleet, held against a small model: no step of a key opens twice by any path, nothing opens without
//! the PIN, nor by a key that is not in use, waits are kept, watermarks never fall, and a delegate sees his own alone.
//!
//! `CLEOTP_COMMANDS` tells how many commands are given, `CLEOTP_SEED` with which they begin; each database sees 400 of them.
//! `fuzz/histories` gives many. What breaks is told with its seed and the commands before it.

mod codes;
mod deeds;
mod life;
mod model;

use super::*;
use crate::operator::Scope;
use crate::store::behind::Bare;
use model::{Code, Exchanged, Known, List, Numbers, Ticket};
use std::collections::BTreeMap;

/// How many commands one database sees.
const IN_ONE: usize = 400;
const PLACES: [&str; 2] = [UAI, "0750655E"];
/// The users, each of one establishment.
const USERS: [(&str, usize); 4] = [("alice", 0), ("bob", 1), ("carol", 0), ("dora", 1)];
const PINS: [&str; 3] = [PIN, "9182", "8352"];
const DAY: i64 = 86_400;

struct Fleet<'h> {
    house: &'h House,
    desk: Desk<'h>,
    behind: Behind,
    numbers: Numbers,
    keys: Vec<Known>,
    is_enabled: [bool; USERS.len()],
    codes: [Option<Code>; USERS.len()],
    lists: [Option<List>; USERS.len()],
    exchanges: [Option<Exchanged>; USERS.len()],
    tickets: Vec<Ticket>,
    /// The latest that the clock has shown.
    latest: i64,
    /// What was done last, for whoever looks for what broke.
    told: Vec<String>,
    counts: BTreeMap<&'static str, u64>,
}

impl<'h> Fleet<'h> {
    fn new(house: &'h House, seed: u64) -> Self {
        let mut fleet = Self {
            house,
            desk: house.desk(),
            behind: house.behind(),
            numbers: Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1),
            keys: Vec::new(),
            is_enabled: [true; USERS.len()],
            codes: Default::default(),
            lists: Default::default(),
            exchanges: Default::default(),
            tickets: Vec::new(),
            latest: house.clock.now.get(),
            told: Vec::new(),
            counts: BTreeMap::new(),
        };
        for place in PLACES {
            let new = NewEstablishment { uai: place.parse().unwrap(), name: "Lycée".parse().unwrap() };
            fleet.desk.add_establishment(&new).unwrap();
        }
        for (name, place) in USERS {
            let establishments = vec![PLACES[place].parse().unwrap()];
            let new = NewUser { login: login(name), name: name.parse().unwrap(), establishments };
            fleet.desk.add_user(&new).unwrap();
        }
        fleet.import(0, 3);
        fleet.import(1, 3);
        fleet
    }

    fn now(&self) -> i64 {
        self.house.clock.now.get()
    }

    fn serial(&self, key: usize) -> Serial {
        serial(&self.keys[key].serial)
    }

    fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    /// Imports another batch of keys into an establishment.
    fn import(&mut self, place: usize, number: usize) {
        let begun = self.keys.len();
        self.keys.extend((begun..begun + number).map(|number| Known::new(number as u64, place)));
        let line = |key: &Known| format!("{},{},totp,6,60\n", key.serial, data_encoding::HEXLOWER.encode(&key.seed));
        let list: String = self.keys[begun..].iter().map(line).collect();
        let (mut source, guidance) = (std::io::Cursor::new(list.as_bytes()), Guidance::default());
        let uai = PLACES[place].parse().unwrap();
        let mut file = SeedFile { establishment: Some(&uai), ..self.house.file_of(&mut source, &guidance) };
        let report = self.desk.import_file(&mut file).unwrap();
        assert_eq!((report.answer, report.new), (ImportAnswer::Imported, number as i64));
    }

    /// Gives one command, whatever it is, and holds all keys against the model.
    fn go_on(&mut self) {
        let before = self.behind.keys();
        let (seq, _) = self.behind.last_numbers();
        let (user, any) = (self.user(), self.numbers.below(self.keys.len()));
        match self.numbers.below(100) {
            0..28 => self.check(user),
            28..34 => self.answer_with_ticket(),
            34..39 => self.choose_pin(),
            39..42 => self.resynchronise(user),
            42..45 => self.activate(user, any),
            45..48 => self.check_in_emergency(user),
            48 => self.reset_pin(user),
            49..53 => self.do_to_a_key(user),
            53..55 => self.assign(user, any),
            55..57 => self.replace(user, any),
            57 => self.unlock(),
            58 => self.forget_the_pin(user),
            59..61 => self.relieve(user),
            61 => self.enable(user),
            62..65 => self.reach_beyond_a_scope(),
            65 if self.numbers.one_in(4) => self.import(self.told.len() % 2, 1),
            66 => self.let_end(any),
            _ => self.live(),
        }
        self.let_time_pass();
        self.hold_against_model(&before, seq);
    }

    /// Lets some time pass; at times the clock falls back, and is set right again later.
    fn let_time_pass(&mut self) {
        self.latest = self.latest.max(self.now());
        if self.now() + 3_600 < self.latest && self.numbers.one_in(10) {
            self.house.seconds(self.latest - self.now());
        }
        let span = match self.numbers.below(60) {
            0 => -61,
            1 => -3_600,
            2 if self.numbers.one_in(8) => -2 * DAY,
            3 if self.numbers.one_in(8) => 2 * DAY,
            4..8 => 3_600,
            8..16 => 16 * 60,
            16..36 => 60,
            n => n as i64 % 23,
        };
        self.house.seconds(span);
    }

    fn hold_against_model(&mut self, before: &[Bare], seq: i64) {
        let after = self.behind.keys();
        for (number, (known, row)) in self.keys.iter().zip(&after).enumerate() {
            let told = format!("{number}: {known:?}\n{row:?}");
            assert_eq!(known.serial, row.serial);
            assert_eq!(known.state.name(), row.state, "{told}");
            // What was accepted is what was spent: no more, no less, and nothing is taken back.
            assert_eq!(known.spent.last().copied().unwrap_or(-1), row.watermark, "{told}");
            assert!(before.get(number).is_none_or(|before| before.watermark <= row.watermark), "{told}");
        }
        assert_eq!(self.keys.len(), after.len());
        assert!(self.behind.last_numbers().0 >= seq);
    }

    /// The establishment of a user.
    fn place(user: usize) -> usize {
        USERS[user].1
    }

    fn name(user: usize) -> Login {
        login(USERS[user].0)
    }

    fn user(&mut self) -> usize {
        self.numbers.below(USERS.len())
    }

    fn keys_of(&self, user: usize, state: State) -> Vec<usize> {
        let fits = |key: &usize| self.keys[*key].state == state && self.keys[*key].holder == Some(user);
        (0..self.keys.len()).filter(fits).collect()
    }

    /// A key, mostly one that the user has.
    fn key_for(&mut self, user: usize) -> usize {
        let own: Vec<usize> = (0..self.keys.len()).filter(|key| self.keys[*key].holder == Some(user)).collect();
        if own.is_empty() || self.numbers.one_in(12) {
            return self.numbers.below(self.keys.len());
        }
        let active: Vec<usize> = own.iter().copied().filter(|key| self.keys[*key].state == State::Active).collect();
        self.numbers.of(if active.is_empty() { &own } else { &active })
    }

    /// The PIN that opens a key: its own, or that of the key whose place it takes.
    fn pin_of(&self, key: usize) -> Option<String> {
        let own = self.keys[key].pin.at(self.now());
        let kept = || self.exchanges.iter().flatten().find(|open| open.new == key && open.keeps_pin);
        let pin = own.or_else(|| kept().and_then(|open| self.keys[open.old].pin.at(self.now())));
        pin.map(str::to_owned)
    }
}

/// Reads a number from the environment of the tests.
fn number(name: &str, default: u64) -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a harness takes its size from a variable")]
    let text = std::env::var(name);
    text.map_or(default, |text| text.parse().unwrap())
}

#[test]
fn no_history_opens_twice_or_without_the_pin_or_beyond_a_scope_or_during_a_wait() {
    let (commands, seed) = (number("CLEOTP_COMMANDS", 800), number("CLEOTP_SEED", 1));
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for history in 0..commands.div_ceil(IN_ONE as u64) {
        let house = House::empty();
        let mut fleet = Fleet::new(&house, seed + history);
        for command in 0..IN_ONE {
            let went = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| fleet.go_on()));
            if went.is_err() {
                let last = fleet.told.iter().rev().take(30).rev().map(String::as_str).collect::<Vec<_>>().join("\n");
                panic!("CLEOTP_SEED={} breaks at its command {command}:\n{last}", seed + history);
            }
        }
        assert_eq!(house.rows("audit"), fleet.behind.last_numbers().0, "an event is missing");
        fleet.counts.iter().for_each(|(what, number)| *counts.entry(what).or_default() += number);
    }
    println!("{commands} commands: {counts:?}");
    if commands < 4_000 {
        return;
    }
    // Histories in which nothing happens prove nothing.
    let happened = |what| counts.get(what).copied().unwrap_or_default();
    for what in [
        "accepted",
        "accepted in emergency",
        "new-pin",
        "next-code",
        "refused",
        "waited",
        "locked",
        "pin set",
        "resynchronised",
        "activated",
        "replaced",
        "beyond",
        "replays",
    ] {
        assert!(happened(what) > 0, "no {what}: {counts:?}");
    }
    assert!(happened("with a key in use and its PIN") >= commands / 5, "{counts:?}");
}
