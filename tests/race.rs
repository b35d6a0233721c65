//! Many processes of the real binary at once on one real database.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests may fail loudly and use the real clock"
)]

mod support;

use std::process::Child;
use support::{Home, PIN, code, code_at, feed, login, seed, serial};

const ROUNDS: usize = 50;
const PROCESSES: usize = 24;

/// Starts processes that all wait for their stdin, feeds them at once, and gives their exit statuses.
fn at_once(home: &Home, arguments: &[&str], stdin: &[String]) -> Vec<i32> {
    let mut children: Vec<Child> = stdin.iter().map(|_| home.command(arguments).spawn().unwrap()).collect();
    for (child, stdin) in children.iter_mut().zip(stdin) {
        feed(child, stdin);
    }
    children.into_iter().map(|child| child.wait_with_output().unwrap().status.code().unwrap()).collect()
}

#[test]
fn a02_one_passcode_to_24_processes_at_once_is_accepted_once() {
    let home = Home::with_users(ROUNDS);
    for round in 0..ROUNDS {
        support::wait_for_room(5);
        home.set_pin(round);
        let passcode = format!("{PIN}{}\n", code(round, 0));
        let exits = at_once(&home, &["check", &login(round)], &vec![passcode; PROCESSES]);
        let accepted = exits.iter().filter(|exit| **exit == 0).count();
        assert_eq!(accepted, 1, "a passcode is accepted once; round {round}: {exits:?}");
        assert!(exits.iter().all(|exit| [0, 1, 75].contains(exit)), "{exits:?}");
    }
    let verified = home.json(&["audit", "verify"], "", 0);
    assert_eq!(verified["intact"], true);
}

#[test]
fn a02_one_press_of_a_button_to_eight_processes_at_once_is_accepted_once() {
    let (home, codes) = Home::with_keys(1, "hotp,6,12");
    home.done(&["activate", &login(0), &serial(0)], &format!("{}\n", codes[0]));
    let answer = home.json(&["check", &login(0)], &format!("{}\n", code_at(&seed(0), 12)), 10);
    let ticket = answer["ticket"].as_str().unwrap();
    home.done(&["pin", "set", &login(0), "--ticket"], &format!("{ticket}\n{PIN}\n{PIN}\n"));
    for round in 0..20 {
        // The key is always three presses further: what was not accepted of one round is no question in the next.
        let passcode = format!("{PIN}{}\n", code_at(&seed(0), 13 + 3 * round));
        let exits = at_once(&home, &["check", &login(0)], &vec![passcode; 8]);
        let accepted = exits.iter().filter(|exit| **exit == 0).count();
        assert_eq!(accepted, 1, "a code is accepted once; round {round}: {exits:?}");
        assert!(exits.iter().all(|exit| [0, 1, 75].contains(exit)), "{exits:?}");
        home.done(&["key", "unlock", &serial(0)], "");
    }
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
}

#[test]
fn a02_one_emergency_code_to_24_processes_at_once_opens_once() {
    let home = Home::with_users(1);
    support::wait_for_room(5);
    home.set_pin(0);
    home.done(&["check", &login(0)], &format!("{PIN}{}\n", code(0, 0)));
    let lost = home.json(&["key", "lost", &serial(0), "--emergency"], "", 0);
    for code in lost["emergency"]["codes"].as_array().unwrap() {
        let passcode = format!("{PIN}{}\n", code.as_str().unwrap());
        let exits = at_once(&home, &["check", &login(0)], &vec![passcode; PROCESSES]);
        let accepted = exits.iter().filter(|exit| **exit == 0).count();
        assert_eq!(accepted, 1, "a code opens once: {exits:?}");
        assert!(exits.iter().all(|exit| [0, 1, 75].contains(exit)), "{exits:?}");
        home.done(&["key", "unlock", &serial(0)], "");
    }
    assert_eq!(home.json(&["emergency", "list"], "", 0)["emergencies"][0]["state"], "used-up");
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
}

#[test]
fn b03_of_two_pins_set_with_one_ticket_at_once_one_wins() {
    let home = Home::with_users(1);
    support::wait_for_room(5);
    let answer = home.json(&["check", &login(0)], &format!("{}\n", code(0, -1)), 10);
    let ticket = answer["ticket"].as_str().unwrap();
    let pins: Vec<String> = ["4576", "8351"].iter().map(|pin| format!("{ticket}\n{pin}\n{pin}\n")).collect();
    let mut exits = at_once(&home, &["pin", "set", &login(0), "--ticket"], &pins);
    exits.sort_unstable();
    assert_eq!(exits, [0, 1]);
}

#[test]
fn b16_parallel_wrong_guesses_are_verified_three_times_at_the_most() {
    let home = Home::with_users(1);
    support::wait_for_room(5);
    home.set_pin(0);
    let guesses: Vec<String> = (0..64).map(|guess| format!("{PIN}{:06}\n", guess * 7)).collect();
    let exits = at_once(&home, &["check", &login(0)], &guesses);
    assert!(exits.iter().all(|exit| [1, 75].contains(exit)), "{exits:?}");
    let events = home.json(&["audit", "list", "--action", "check", "--outcome", "refused"], "", 0);
    let verified = events["events"].as_array().unwrap().iter().filter(|event| event["reason"] != "waiting").count();
    assert!(verified <= 3, "{events}");
}

#[test]
fn parallel_looks_at_a_display_that_match_nothing_are_ten_at_the_most() {
    let (home, _) = Home::with_keys(1, "hotp,6,12");
    let guesses: Vec<String> = (0..40).map(|guess| format!("{:06}\n", guess * 7)).collect();
    let exits = at_once(&home, &["key", "diagnose", &serial(0)], &guesses);
    let told = exits.iter().filter(|exit| **exit != 75).count();
    assert!((1..=10).contains(&told), "{exits:?}");
    let events = home.json(&["audit", "list", "--action", "key-diagnose"], "", 0);
    let looked = events["events"].as_array().unwrap().iter().filter(|event| event["reason"] != "limited").count();
    assert_eq!(looked, told, "{events}");
}

#[test]
fn a_key_and_the_one_that_takes_its_place_open_once_each_at_the_most() {
    for _ in 0..5 {
        let home = Home::with_users(2);
        support::wait_for_room(10);
        home.set_pin(0);
        home.done(&["check", &login(0)], &format!("{PIN}{}\n", code(0, 0)));
        home.done(&["key", "unassign", &serial(1)], "");
        home.done(&["key", "replace", &serial(0), &serial(1), "--keep-pin"], "");
        let issued = home.json(&["activation", "new", &login(0)], "", 0);
        let activation = issued["activations"][0]["code"].as_str().unwrap();
        home.done(&["activate", &login(0), &serial(1)], &format!("{activation}\n"));
        let passcodes = [0, 1].map(|key| format!("{PIN}{}\n", code(key, 1)));
        let stdin: Vec<String> = passcodes.iter().cycle().take(PROCESSES).cloned().collect();
        let exits = at_once(&home, &["check", &login(0)], &stdin);
        assert!(exits.iter().all(|exit| [0, 1, 75].contains(exit)), "{exits:?}");
        let [old, new] = [0, 1].map(|key| exits.iter().skip(key).step_by(2).filter(|exit| **exit == 0).count());
        assert!(old <= 1 && new <= 1 && old + new >= 1, "{exits:?}");
        let key = |index| home.json(&["key", "show", &serial(index)], "", 0)["keys"][0].clone();
        assert_eq!(key(0)["state"], if new == 1 { "retired" } else { "active" });
        assert_eq!(key(1)["pin"], if new == 1 { "set" } else { "none" });
        assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
    }
}
