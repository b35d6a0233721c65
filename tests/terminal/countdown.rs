//! The wait for the next code: what it shows each second, and what is typed meanwhile.

use crate::screen::{LANGUAGES, Screen};
use crate::support::{self, Home, PIN, code, code_at, seed, serial};
use std::time::{SystemTime, UNIX_EPOCH};

/// Long enough to be seen to count, short enough to be waited for.
const PERIOD: i64 = 10;

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

/// What the key of ten seconds shows, some steps from now.
fn quick_code(steps: i64) -> String {
    code_at(&seed(0), now() / PERIOD + steps)
}

#[test]
fn a_wait_counts_down_and_the_question_comes_by_itself() {
    let (home, codes) = Home::with_codes(1, PERIOD);
    home.done(&["activate", "user0", &serial(0)], &format!("{}\n", codes[0]));
    let mut screen = Screen::open(&home, LANGUAGES[0]);
    while now() % PERIOD > 3 {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let begun = now();
    // What the key shows next, half of it typed before the question comes and half of it after.
    let next = code_at(&seed(0), begun / PERIOD + 41);
    screen.run("cleotp key resync user0");
    screen.answers("Chiffres affichés", &quick_code(40));
    screen.sees("Attendez que les chiffres changent.\r\n");
    screen.presses(&next[..3]);
    let counted = screen.is_asked("Nouveaux chiffres affichés");
    assert!(now() / PERIOD > begun / PERIOD && now() - begun <= PERIOD + 1, "from {begun} to {}", now());
    // Each second was written over the one before, and the last one over with blanks.
    let lines: Vec<&str> = counted.split('\r').filter(|line| !line.trim().is_empty()).collect();
    let seconds: Vec<i64> = lines.iter().map(|line| line.split(' ').nth(1).unwrap().parse().unwrap()).collect();
    assert!(seconds.len() >= 5 && seconds.windows(2).all(|pair| pair[1] == pair[0] - 1), "{counted:?}");
    assert_eq!(seconds.last(), Some(&1), "{counted:?}");
    assert!(!counted.contains('\n') && counted.ends_with(" \r"), "{counted:?}");
    assert!(lines.iter().all(|line| line.chars().count() < 40), "{counted:?}");
    screen.types(&next[3..]);
    screen.sees("elle avance de 6 minutes");
    assert_eq!(screen.exit(), 0);
}

#[test]
fn what_is_typed_during_the_wait_is_neither_shown_nor_lost() {
    for language in LANGUAGES {
        let home = Home::with_users(1);
        support::wait_for_room(10);
        home.set_pin(0);
        let mut screen = Screen::open(&home, language);
        screen.run("cleotp check user0");
        screen.answers("PASSCODE", &format!("{PIN}{}", code(0, 5)));
        screen.sees(" s ");
        assert!(!screen.has_echo());
        // Half of it, a mistake that is taken back, the rest.
        let next = code(0, 6);
        screen.presses(&next[..3]);
        screen.sees(" s ");
        screen.presses("9\u{7f}");
        screen.types(&next[3..]);
        screen.sees("user0");
        assert_eq!(screen.exit(), 0);
        for part in [&next[..3], &next[3..]] {
            let talk = screen.shown.rsplit("PASSCODE").next().unwrap();
            assert!(!talk.contains(part), "{talk}");
        }
    }
}

#[test]
fn a_blank_line_is_no_answer() {
    let home = Home::with_users(1);
    let mut screen = Screen::open(&home, LANGUAGES[0]);
    screen.run("cleotp check user0");
    for _ in 0..4 {
        screen.answers("PASSCODE", "");
    }
    support::wait_for_room(3);
    screen.answers("PASSCODE", &code(0, 0));
    screen.is_asked("Nouveau code PIN");
    screen.presses(crate::screen::CTRL_D);
    assert_eq!(screen.exit(), 64);
    let refused = home.json(&["audit", "list", "--action", "check", "--outcome", "refused"], "", 0);
    assert_eq!(refused["events"].as_array().unwrap().len(), 0);
}

#[test]
fn a_terminal_that_cannot_be_written_over_is_told_once() {
    for (variables, option) in [
        (&[("LANG", "fr"), ("TERM", "dumb")][..], ""),
        (&[("LANG", "fr")], ""),
        (&[("LANG", "fr"), ("TERM", "xterm")], " --no-progress"),
        (&[("LANG", "fr"), ("TERM", "xterm"), ("COLUMNS", "30")], " >/dev/null"),
    ] {
        let home = Home::with_users(1);
        let mut screen = Screen::with(&home, variables);
        screen.run(&format!("cleotp key resync user0{option}"));
        screen.answers("Chiffres affichés", "123456");
        screen.sees("changent.\r\nIls changent dans ");
        let shown = screen.is_asked("Nouveaux chiffres affichés");
        assert!(!shown.trim_end_matches("\r\n").contains('\r'), "{shown:?}");
        screen.presses(crate::screen::CTRL_C);
        assert_eq!(screen.exit(), 130);
    }
}

#[test]
fn quiet_is_asked_at_once() {
    let home = Home::with_users(1);
    let mut screen = Screen::open(&home, "fr");
    screen.run("cleotp key resync user0 --quiet");
    screen.answers("Chiffres affichés", "123456");
    assert_eq!(screen.is_asked("Nouveaux chiffres affichés"), "\r\n");
    screen.presses(crate::screen::CTRL_C);
    assert_eq!(screen.exit(), 130);
}
