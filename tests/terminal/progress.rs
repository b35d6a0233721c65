//! How far an import is, on the screen of who waits for it.

use crate::screen::{LANGUAGES, Screen};
use crate::support::{Home, hex, seed};
use std::fmt::Write as _;

/// Enough to be waited for.
const KEYS: usize = if cfg!(debug_assertions) { 40_000 } else { 400_000 };

fn list() -> String {
    (0..KEYS).fold(String::new(), |mut list, index| {
        writeln!(list, "{},{},totp,6,60", 700_000_000 + index, hex(&seed(index))).unwrap();
        list
    })
}

#[test]
fn a_long_import_tells_how_far_it_is_and_leaves_nothing_of_that() {
    let text = list();
    for (language, [moving, end]) in LANGUAGES
        .into_iter()
        .zip([[" par seconde, encore ", "nouvelles clés en stock"], [" a second, ", "new keys in stock"]])
    {
        let home = Home::new();
        std::fs::write(home.path("list.csv"), &text).unwrap();
        let mut screen = Screen::open(&home, language);
        screen.run(&format!("cleotp import {}", home.path("list.csv").display()));
        let begins = screen.sees(moving);
        assert!(begins.contains("list.csv"), "{begins:?}");
        let rest = screen.sees(end);
        // All of it stands in one line, which is wiped before the answer comes.
        let (shown, answer) = rest.rsplit_once("\u{1b}[2K").unwrap_or_else(|| panic!("{rest:?}"));
        assert!(!shown.contains('\n') && shown.contains('\r'), "{rest:?}");
        assert!(answer.contains("(oath-csv)") && !answer.contains(moving), "{rest:?}");
        assert_eq!(screen.exit(), 0);
    }
}

#[test]
fn nothing_moves_where_nobody_wants_it() {
    let text = list();
    for quiet in ["--quiet", "--no-progress", "2>/dev/null"] {
        let home = Home::new();
        std::fs::write(home.path("list.csv"), &text).unwrap();
        let mut screen = Screen::open(&home, LANGUAGES[0]);
        screen.run(&format!("cleotp import --dry-run {} {quiet}", home.path("list.csv").display()));
        assert_eq!(screen.exit(), 0);
        assert!(!screen.shown.contains("par seconde"), "{:?}", screen.shown);
    }
}
