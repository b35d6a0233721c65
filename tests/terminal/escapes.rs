//! No colour, no escape sequence: not on a terminal, not in a pipe, not with `NO_COLOR`.

use crate::screen::Screen;
use crate::support::{self, Home, PIN, code, serial};

/// Commands whose answers are tables, sheets, sentences, failures and help.
fn commands() -> Vec<String> {
    let plain = ["--help", "check --help", "--version", "key list", "user list", "establishment list", "batch list"];
    let mut all: Vec<String> = plain.iter().map(|line| (*line).to_owned()).collect();
    all.extend(["activation list", "audit list", "audit verify", "doctor", "user show user0"].map(str::to_owned));
    all.extend([format!("key show {}", serial(0)), "key list -o json".into(), "user list -o csv --excel".into()]);
    all.extend(["no-such-command", "key assign", "user show nobody", "demo"].map(str::to_owned));
    all
}

#[test]
fn no_escape_sequence_comes_out_on_a_terminal() {
    let home = Home::with_users(1);
    support::wait_for_room(10);
    for more in [&[][..], &[("NO_COLOR", "1")]] {
        let variables = [&[("LANG", "fr"), ("TERM", "xterm-256color")], more].concat();
        let mut screen = Screen::with(&home, &variables);
        for command in commands() {
            screen.run(&format!("cleotp {command}"));
            screen.exit();
        }
        screen.run("cleotp key resync user0");
        screen.answers("Chiffres affichés", &code(0, 20));
        screen.sees("Encore");
        screen.presses(crate::screen::CTRL_C);
        assert_eq!(screen.exit(), 130);
        assert!(!screen.shown.contains('\u{1b}'), "{:?}", screen.shown);
    }
}

#[test]
fn neither_an_escape_sequence_nor_a_carriage_return_comes_out_of_a_pipe() {
    let home = Home::with_users(1);
    home.set_pin(0);
    for command in commands() {
        let words: Vec<&str> = command.split(' ').collect();
        let told = home.run(&words, "");
        let excel = command.contains("--excel");
        for stream in [told.stdout, told.stderr] {
            assert!(!stream.contains(&0x1b), "{command}: {}", String::from_utf8_lossy(&stream));
            assert!(excel || !stream.contains(&b'\r'), "{command}: {}", String::from_utf8_lossy(&stream));
        }
    }
    let told = home.run(&["check", "user0"], &format!("{PIN}{}\n", code(0, 0)));
    assert!(told.status.success() && told.stderr.is_empty(), "{told:?}");
}
