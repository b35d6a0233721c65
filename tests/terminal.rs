//! The interactive check on a real terminal, in both languages.
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

use expectrl::Expect;
use expectrl::session::OsSession as Session;
use std::process::Command;
use std::time::Duration;
use support::{Home, PIN, code, login};

/// Starts `check` of the first user on a terminal.
fn at_a_terminal(home: &Home, language: &str) -> Session {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cleotp"));
    command.env_clear().env("LANG", language).env("TERM", "xterm").env("CLEOTP_HOME", home.root());
    command.args(["check", &login(0)]);
    let mut session = Session::spawn(command).unwrap();
    session.set_expect_timeout(Some(Duration::from_secs(20)));
    session
}

/// Types as people do: not in the instant in which a question appears, when the echo is just being turned off.
fn type_in(session: &mut Session, text: &str) {
    std::thread::sleep(Duration::from_millis(300));
    session.send_line(text).unwrap();
}

/// Follows the guide: code alone, PIN twice (once a weak one), then PIN and the next code.
fn follow_the_guide(language: &str, sentences: [&str; 6]) {
    let [passcode, weak, twice, wait, first, welcome] = sentences;
    let home = Home::with_users(1);
    support::wait_for_room(20);
    let mut session = at_a_terminal(&home, language);
    session.expect(passcode).unwrap();
    type_in(&mut session, &code(0, 0));
    for (pin, answer) in [("1111", weak), (PIN, wait)] {
        session.expect(twice).unwrap();
        type_in(&mut session, pin);
        session.expect(":").unwrap();
        type_in(&mut session, pin);
        let heard = session.expect(answer).unwrap();
        let shown = String::from_utf8_lossy(heard.before()).into_owned();
        assert!(!shown.contains(pin), "the PIN is on the screen: {shown}");
    }
    session.expect(first).unwrap();
    type_in(&mut session, &format!("{PIN}{}", code(0, 1)));
    session.expect(welcome).unwrap();
}

#[test]
fn the_guide_is_led_through_in_french() {
    follow_the_guide(
        "fr_FR.UTF-8",
        ["Passcode", "chiffres sont pareils", "Nouveau code PIN", "changent", "nouveau code", "Accès accepté"],
    );
}

#[test]
fn the_guide_is_led_through_in_english() {
    follow_the_guide(
        "C",
        ["Passcode", "digits are alike", "New PIN", "digits on the key change", "new code", "Access granted"],
    );
}

#[test]
fn a_refusal_says_what_to_do() {
    let home = Home::with_users(1);
    let mut session = at_a_terminal(&home, "fr_FR.UTF-8");
    session.expect("Passcode").unwrap();
    type_in(&mut session, "000000x");
    session.expect("Accès refusé. Attendez que le code de la clé change").unwrap();
}
