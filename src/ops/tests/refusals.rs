//! Refusals that nobody can tell apart: not by what is said, nor by when, nor by how much was done before.

use super::*;
use crate::emergency::Days;
use crate::vault::HASHES;

/// Somebody who is refused: what was done before, and what he types.
struct Case {
    /// The reason in the audit.
    reason: &'static str,
    /// Brings it about; gives login, what is typed, and the ticket.
    begin: fn(&House) -> (&'static str, String, Option<String>),
}

fn right(house: &House) -> String {
    format!("{PIN}{}", house.shown(0))
}

fn days() -> Days {
    "3".parse().unwrap()
}

const CHECKS: &[Case] = &[
    Case { reason: "unknown-user", begin: |house| ("nobody", right(house), None) },
    Case { reason: "no-active-key", begin: |house| ("bob", right(house), None) },
    Case { reason: "wrong-pin", begin: |house| ("alice", format!("9471{}", house.shown(0)), None) },
    Case { reason: "wrong-pin", begin: |house| ("alice", house.shown(0), None) },
    Case { reason: "wrong-code", begin: |house| ("alice", format!("{PIN}{}", house.wrong()), None) },
    Case { reason: "both-wrong", begin: |house| ("alice", format!("9471{}", house.wrong()), None) },
    Case { reason: "replay", begin: |house| ("alice", format!("{PIN}{}", house.shown(-1)), None) },
    Case { reason: "grammar", begin: |_| ("alice", "4576 768950".to_owned(), None) },
    Case { reason: "grammar", begin: |_| ("alice", String::new(), None) },
    Case { reason: "grammar", begin: |_| ("alice", "4576k7m2p9xa".to_owned(), None) },
    Case { reason: "dead-ticket", begin: |house| ("alice", house.shown(0), Some("0".repeat(32))) },
    Case { reason: "dead-ticket", begin: |house| ("alice", right(house), Some(String::new())) },
    Case {
        reason: "locked",
        begin: |house| {
            house.behind().lock_key(KEY);
            ("alice", right(house), None)
        },
    },
    Case {
        reason: "held",
        begin: |house| {
            house.behind().hold_key(KEY);
            ("alice", right(house), None)
        },
    },
    Case {
        reason: "key-out-of-date",
        begin: |house| {
            house.behind().let_key_end(KEY, house.clock.now.get() - 1);
            ("alice", right(house), None)
        },
    },
    Case {
        reason: "no-active-key",
        begin: |house| {
            house.does(KEY, Deed::Suspend).unwrap();
            ("alice", right(house), None)
        },
    },
    Case {
        reason: "no-active-key",
        begin: |house| {
            house.does(KEY, Deed::Lose).unwrap();
            ("alice", right(house), None)
        },
    },
    Case {
        reason: "no-active-key",
        begin: |house| {
            house.does(KEY, Deed::Retire).unwrap();
            ("alice", right(house), None)
        },
    },
    Case {
        reason: "user-disabled",
        begin: |house| {
            house.desk().enable_users(&[listed(login("alice"))], false, false).unwrap().unwrap();
            ("alice", right(house), None)
        },
    },
    Case {
        reason: "no-pin-yet",
        begin: |house| {
            house.desk().reset_pins(&[listed(login("alice"))], false).unwrap().unwrap();
            ("alice", right(house), None)
        },
    },
    Case {
        reason: "new-pin-window-over",
        begin: |house| {
            house.desk().reset_pins(&[listed(login("alice"))], false).unwrap().unwrap();
            house.minutes(73 * 60);
            ("alice", house.shown(0), None)
        },
    },
    Case {
        reason: "wrong-next-code",
        begin: |house| {
            let ticket = house.next_code_ticket("alice", PIN, 5);
            ("alice", house.wrong(), Some(ticket))
        },
    },
    Case {
        reason: "waiting",
        begin: |house| {
            (0..3).for_each(|_| drop(house.refused("alice", &format!("{PIN}{}", house.wrong()), None)));
            ("alice", right(house), None)
        },
    },
    // The second in one wait is counted in the event of the first.
    Case {
        reason: "waiting",
        begin: |house| {
            (0..4).for_each(|_| drop(house.check("alice", "9471", 0)));
            ("alice", right(house), None)
        },
    },
    Case {
        reason: "wrong-code",
        begin: |house| {
            house.desk().lose_key_with_emergency(&serial(KEY), days()).unwrap();
            ("alice", format!("{PIN}k7m2p9xa"), None)
        },
    },
    Case {
        reason: "replay",
        begin: |house| {
            let codes = house.desk().lose_key_with_emergency(&serial(KEY), days()).unwrap().1.codes;
            let typed = format!("{PIN}{}", codes[0].expose());
            assert!(matches!(house.type_in("alice", &typed, None), Answer::AcceptedInEmergency { .. }));
            ("alice", typed, None)
        },
    },
    Case {
        reason: "no-active-key",
        begin: |house| {
            house.desk().lose_key_with_emergency(&serial(KEY), days()).unwrap();
            ("alice", right(house), None)
        },
    },
];

/// What somebody could measure of one refusal, if nothing hid it.
#[derive(Debug, PartialEq)]
struct Cost {
    /// By the clock that never goes back.
    took: Duration,
    hashes: u32,
    /// Changes that went to the disk.
    changes: usize,
}

/// Whatever is refused takes 60 ms, one Argon2 and two changes: of counting, and of what came of it.
const ONE_COST: Cost = Cost { took: SLOWEST_REFUSAL, hashes: 1, changes: 2 };

impl House {
    fn cost_of(&self, act: impl FnOnce(&Self)) -> Cost {
        let behind = self.behind();
        behind.empty_log();
        let (uptime, hashes) = (self.clock.uptime(), HASHES.get());
        act(self);
        let took = self.clock.uptime() - uptime;
        Cost { took, hashes: HASHES.get() - hashes, changes: behind.changes_in_log() }
    }

    fn last_reason(&self) -> String {
        self.events().pop().unwrap().event.reason.unwrap()
    }
}

#[test]
fn b13_whatever_is_refused_a_check_takes_the_same_time_the_same_argon2_and_the_same_changes() {
    for (number, case) in CHECKS.iter().enumerate() {
        let house = House::in_use();
        let (name, typed, ticket) = (case.begin)(&house);
        let cost = house.cost_of(|house| {
            let answer = house.type_in(name, &typed, ticket.as_deref());
            assert!(matches!(answer, Answer::Refused), "{number}: {answer:?}");
        });
        assert_eq!((cost, house.last_reason().as_str()), (ONE_COST, case.reason), "{number}");
    }
}

#[test]
fn b13_a_right_pin_with_a_wrong_code_is_not_hashed_anew_for_a_policy_that_asks_for_more() {
    let house = House::in_use();
    let harder = |typed: String| {
        let mut desk = house.desk();
        desk.policy.work = pin::Work { memory: 128, passes: 1 };
        let name = login("alice");
        let request = Request { aim: Aim::Enter, login: &name, typed: &typed, ticket: None, source: None };
        desk.check(&request).unwrap()
    };
    let cost = house.cost_of(|house| assert!(matches!(harder(format!("{PIN}{}", house.wrong())), Answer::Refused)));
    assert_eq!(cost, ONE_COST);
    assert_eq!(house.behind().keys_with_work("m=64,t=1"), 1);
    let hashes = HASHES.get();
    assert!(matches!(harder(right(&house)), Answer::Accepted));
    assert_eq!((HASHES.get() - hashes, house.behind().keys_with_work("m=128,t=1")), (2, 1));
}

/// Somebody whose activation is refused: the reason in the audit, and what he claims.
type Claim = (&'static str, fn(&House, &str) -> (&'static str, &'static str, String));

const CLAIMS: &[Claim] = &[
    ("unknown-user", |_, code| ("nobody", KEY, code.to_owned())),
    ("no-activation-code", |_, code| ("bob", KEY, code.to_owned())),
    ("wrong-activation-code", |_, _| ("alice", KEY, "22222222".to_owned())),
    ("wrong-activation-code", |_, _| ("alice", KEY, "not a code".to_owned())),
    ("wrong-serial", |_, code| ("alice", OTHER, code.to_owned())),
    ("wrong-serial", |_, code| ("alice", "999999999", code.to_owned())),
    ("activation-code-expired", |house, code| {
        house.minutes(8 * 24 * 60);
        ("alice", KEY, code.to_owned())
    }),
    ("activation-code-spent", |house, code| {
        assert_eq!(house.activate("alice", KEY, code), Activated::Yes);
        ("alice", KEY, code.to_owned())
    }),
    ("activation-code-dead", |house, code| {
        house.desk().revoke_activations(&[listed(login("alice"))], false).unwrap().unwrap();
        ("alice", KEY, code.to_owned())
    }),
    ("user-disabled", |house, code| {
        house.desk().enable_users(&[listed(login("alice"))], false, false).unwrap().unwrap();
        ("alice", KEY, code.to_owned())
    }),
    ("waiting", |house, code| {
        (0..3).for_each(|_| drop(house.activation_refused("alice", KEY, "22222222")));
        ("alice", KEY, code.to_owned())
    }),
    ("waiting", |house, code| {
        (0..4).for_each(|_| assert_eq!(house.activate("alice", KEY, "22222222"), Activated::No));
        ("alice", KEY, code.to_owned())
    }),
];

#[test]
fn b13_whatever_is_refused_an_activation_takes_the_same_time_the_same_argon2_and_the_same_changes() {
    for (number, (reason, begin)) in CLAIMS.iter().enumerate() {
        let house = House::furnished();
        let code = house.desk().issue_activation(&login("alice"), Some(&serial(KEY))).unwrap().code;
        let (name, key, typed) = begin(&house, code.expose());
        let cost = house.cost_of(|house| assert_eq!(house.activate(name, key, &typed), Activated::No));
        assert_eq!((cost, house.last_reason().as_str()), (ONE_COST, *reason), "{number}");
    }
}

#[test]
fn b13_whatever_ticket_is_dead_the_choice_of_a_pin_takes_the_same_time_and_the_same_argon2() {
    let dead = "0123456789abcdef0123456789abcdef";
    let house = House::activated();
    let ticket = house.new_pin_ticket("alice");
    let other = House::in_use().next_code_ticket("alice", PIN, 5);
    let costs = [("nobody", dead), ("bob", dead), ("bob", &ticket), ("alice", dead), ("alice", ""), ("alice", &other)]
        .map(|(name, ticket)| {
            house.cost_of(|house| assert_eq!(house.set_pin(name, ticket, PIN, PIN), PinAnswer::Refused))
        });
    // Nothing is counted before: a ticket has 128 bits.
    assert!(costs.iter().all(|cost| *cost == Cost { changes: 1, ..ONE_COST }), "{costs:?}");
}

#[test]
fn a17_one_code_resynchronises_nothing() {
    let house = House::in_use();
    for offsets in [&[0][..], &[], &[5], &[0, 0], &[0, 0, 0]] {
        let watermark = house.key().watermark;
        let answer = house.resync(KEY, offsets);
        assert!(matches!(answer, ResyncAnswer::Refused { .. }), "{offsets:?}: {answer:?}");
        assert_eq!(house.key().watermark, watermark);
        house.minutes(16);
    }
}
