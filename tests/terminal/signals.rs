//! Ctrl-C and its like at each kind of question: the terminal as it was, nothing half done in the database.

use crate::screen::{CTRL_BACKSLASH, CTRL_C, CTRL_D, CTRL_Z, LANGUAGES, Screen};
use crate::support::{self, Home, PIN, code, serial};
use rustix::process::{Pid, Signal, kill_process};
use std::time::{Duration, Instant};

/// What was done in a home: the outcomes of the events after its making, and the state of the key.
fn story(home: &Home, since: usize) -> (Vec<String>, String) {
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
    let events = home.json(&["audit", "list"], "", 0)["events"].as_array().unwrap().clone();
    let told = |event: &serde_json::Value| {
        let came = event["reason"].as_str().or(event["outcome"].as_str()).unwrap();
        format!("{} {came}", event["action"].as_str().unwrap())
    };
    let key = home.json(&["key", "show", &serial(0)], "", 0);
    let key = &key["keys"][0];
    let state = format!("{} {}", key["state"].as_str().unwrap(), key["pin"].as_str().unwrap());
    (events.iter().skip(since).map(told).collect(), state)
}

/// Sends a signal to a process whose number is on the screen.
fn tell(pid: &str, signal: Signal) {
    kill_process(Pid::from_raw(pid.parse().unwrap()).unwrap(), signal).unwrap();
}

fn events(home: &Home) -> usize {
    home.json(&["audit", "list"], "", 0)["events"].as_array().unwrap().len()
}

#[test]
fn ctrl_c_at_each_question_leaves_terminal_and_database_as_they_should_be() {
    let [french, _] = LANGUAGES;
    let home = Home::with_users(1);
    support::wait_for_room(20);
    let mut screen = Screen::open(&home, french);
    let settings = screen.settings();
    let mut leave = |line: &str, answers: &[(&str, String)], last: &str, events_then: &[&str], state: &str| {
        let before = events(&home);
        screen.run(line);
        for (question, answer) in answers {
            screen.answers(question, answer);
        }
        screen.sees(last);
        screen.presses("12");
        screen.presses(CTRL_C);
        screen.sees("conseil : ");
        assert_eq!(screen.exit(), 130, "{line}");
        assert_eq!(screen.settings(), settings, "{line}");
        assert_eq!(story(&home, before), (events_then.iter().map(|event| (*event).to_owned()).collect(), state.into()));
    };
    let typed = |text: &str| text.to_owned();
    let activate = format!("cleotp activate user0 {}", serial(0));
    leave(&activate, &[], "remis avec la clé : ", &[], "active none");
    leave("cleotp check user0", &[], "PASSCODE", &[], "active none");
    leave("cleotp pin set user0", &[], "Chiffres affichés", &[], "active none");
    leave("cleotp pin change user0", &[], "PASSCODE", &[], "active none");
    leave("cleotp key resync user0", &[], "Chiffres affichés", &[], "active none");
    leave("cleotp key resync user0", &[("Chiffres affichés", typed("123456"))], "Encore", &[], "active none");
    // The code is spent, the PIN is not set.
    let first = [("PASSCODE", code(0, -1))];
    leave("cleotp check user0", &first, "Nouveau code PIN", &["check new-pin-required"], "active none");
    let chosen = [("Chiffres affichés", code(0, 0)), ("Nouveau code PIN", typed(PIN))];
    leave("cleotp pin set user0", &chosen, "le même code PIN", &["check new-pin-required"], "active none");
    // The PIN is set, and waits for its confirmation.
    let set = [("PASSCODE", code(0, 1)), ("Nouveau code PIN", typed(PIN)), ("le même code PIN", typed(PIN))];
    let done = ["check new-pin-required", "pin-set done"];
    leave("cleotp check user0", &set, "Encore", &done, "active provisional");
    let asked = [("PASSCODE", format!("{PIN}{}", code(0, 6)))];
    leave("cleotp check user0", &asked, "Encore", &["check next-code-required"], "active provisional");
    // What comes after is as if nothing had been left.
    home.json(&["check", "user0"], &format!("{PIN}{}\n", code(0, 9)), 11);
}

#[test]
fn each_signal_ends_the_question_as_it_ends_any_command() {
    let home = Home::with_users(1);
    for (signal, exit) in [(Signal::INT, 130), (Signal::QUIT, 131), (Signal::TERM, 143), (Signal::HUP, 129)] {
        for (answers, question) in [(0, "PASSCODE"), (1, "Digits shown")] {
            let mut screen = Screen::open(&home, LANGUAGES[1]);
            let settings = screen.settings();
            let command = if answers == 0 { "check user0" } else { "key resync user0" };
            screen.run(&format!("sh -c 'echo pid=$$.; exec cleotp {command}'"));
            screen.sees("pid=");
            let pid = screen.sees(".");
            if answers == 1 {
                screen.answers(question, "123456");
                screen.sees(" s left");
            } else {
                screen.is_asked(question);
            }
            tell(&pid, signal);
            // On a line of its own.
            assert!(screen.sees("cleotp: ").ends_with(['\n', '\r']));
            assert_eq!(screen.exit(), exit, "{signal:?}");
            assert_eq!(screen.settings(), settings, "{signal:?}");
        }
    }
    assert_eq!(story(&home, 0).1, "active none");
}

#[test]
fn the_keys_of_the_terminal_do_what_they_do_elsewhere() {
    let home = Home::with_users(1);
    let mut screen = Screen::open(&home, LANGUAGES[0]);
    let settings = screen.settings();
    for (keys, exit) in [(CTRL_C, 130), (CTRL_BACKSLASH, 131), (CTRL_D, 64), ("1234\u{15}\u{4}", 64)] {
        screen.run("cleotp check user0");
        screen.is_asked("PASSCODE");
        screen.presses(keys);
        screen.sees("cleotp: la question est restée sans réponse");
        assert_eq!((screen.exit(), screen.settings()), (exit, settings.clone()));
    }
}

#[test]
fn a_loop_of_the_shell_ends_with_the_command_that_was_left() {
    // A shell that was started with SIGINT ignored, as by another one in the background, ignores it for ever.
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap();
    if u64::from_str_radix(ignored.trim(), 16).unwrap() & 2 != 0 {
        println!("skipped: SIGINT is ignored here");
        return;
    }
    let home = Home::with_users(1);
    let mut screen = Screen::open(&home, LANGUAGES[0]);
    screen.run("for round in 1 2 3; do cleotp check user0; done");
    screen.is_asked("PASSCODE");
    screen.presses(CTRL_C);
    assert_eq!(screen.exit(), 130);
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_fg_asks_again() {
    let home = Home::with_users(1);
    support::wait_for_room(10);
    let mut screen = Screen::open(&home, LANGUAGES[0]);
    let settings = screen.settings();
    screen.run("cleotp check user0");
    screen.is_asked("PASSCODE");
    screen.presses(CTRL_Z);
    assert!(screen.exit() >= 128);
    assert_eq!(screen.settings(), settings);
    screen.run("fg");
    screen.answers("PASSCODE", &code(0, 0));
    screen.answers("Nouveau code PIN", PIN);
    screen.answers("le même code PIN", PIN);
    screen.sees("Encore");
    screen.presses(CTRL_Z);
    assert!(screen.exit() >= 128);
    assert_eq!(screen.settings(), settings);
    screen.run("fg");
    screen.sees("Encore");
    assert!(!screen.has_echo());
    screen.types(&format!("{PIN}{}", code(0, 1)));
    screen.sees("Accès accepté");
    assert_eq!((screen.exit(), screen.settings()), (0, settings));
}

#[test]
fn a_stopped_command_that_is_ended_asks_no_more() {
    let home = Home::with_users(1);
    let mut screen = Screen::open(&home, LANGUAGES[0]);
    let settings = screen.settings();
    screen.run("sh -c 'echo pid=$$.; exec cleotp check user0'");
    screen.sees("pid=");
    let pid = screen.sees(".");
    screen.is_asked("PASSCODE");
    screen.presses(CTRL_Z);
    assert!(screen.exit() >= 128);
    tell(&pid, Signal::TERM);
    screen.run("fg");
    screen.sees("cleotp: la question est restée sans réponse");
    assert_eq!((screen.exit(), screen.settings()), (143, settings));
}

#[test]
fn ctrl_z_stops_nobody_who_has_no_shell_to_go_back_to() {
    let home = Home::with_users(1);
    support::wait_for_room(5);
    let mut screen = Screen::open(&home, LANGUAGES[0]);
    screen.run("exec cleotp check user0");
    screen.is_asked("PASSCODE");
    screen.presses(CTRL_Z);
    screen.types(&code(0, 0));
    screen.is_asked("Nouveau code PIN");
}

#[test]
fn a_command_in_the_background_asks_when_it_comes_to_the_front() {
    let home = Home::with_users(1);
    let mut screen = Screen::open(&home, LANGUAGES[0]);
    let settings = screen.settings();
    screen.run("cleotp check user0 & wait $!; fg");
    screen.is_asked("PASSCODE");
    screen.presses(CTRL_C);
    let shown = screen.sees("cleotp: ");
    assert!(!shown.contains("PASSCODE"), "asked twice: {shown}");
    assert_eq!((screen.exit(), screen.settings()), (130, settings));
}

#[test]
fn a_terminal_that_is_closed_ends_the_command() {
    let home = Home::with_users(1);
    let mut screen = Screen::open(&home, LANGUAGES[0]);
    screen.run("sh -c 'echo pid=$$.; exec cleotp check user0'");
    screen.sees("pid=");
    let pid = screen.sees(".");
    screen.is_asked("PASSCODE");
    screen.close();
    let begun = Instant::now();
    while std::path::Path::new("/proc").join(&pid).join("exe").exists() {
        assert!(begun.elapsed() < Duration::from_secs(10), "it stays for ever");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(story(&home, 0).1, "active none");
}

#[test]
fn a_secret_is_not_shown_either_when_the_talk_goes_elsewhere() {
    let home = Home::with_users(1);
    let mut screen = Screen::open(&home, LANGUAGES[0]);
    let settings = screen.settings();
    screen.run("cleotp check user0 2>/dev/null");
    let begun = Instant::now();
    while screen.has_echo() {
        assert!(begun.elapsed() < Duration::from_secs(10), "the echo stays on");
        std::thread::sleep(Duration::from_millis(5));
    }
    screen.types("9035123456");
    let shown = screen.sees("Accès refusé");
    assert!(!shown.contains("9035"), "{shown}");
    assert_eq!((screen.exit(), screen.settings()), (1, settings));
}
