//! Taking a batch back, and trying one, at a real terminal: what is typed is seen, and a question that is left changes nothing.

use crate::screen::{CTRL_C, CTRL_D, CTRL_Z, LANGUAGES, Screen};
use crate::support::{self, Home, code, hex, seed, serial};
use std::fmt::Write as _;

const KEYS: usize = 3;

/// An installation with some keys in stock.
fn stocked() -> Home {
    let home = Home::new();
    let mut list = String::new();
    for index in 0..KEYS {
        writeln!(list, "{},{},totp,6,60", serial(index), hex(&seed(index))).unwrap();
    }
    std::fs::write(home.path("keys.csv"), list).unwrap();
    home.done(&["import", home.path("keys.csv").to_str().unwrap()], "");
    home
}

fn keys(home: &Home) -> usize {
    home.json(&["key", "list"], "", 0)["keys"].as_array().unwrap().len()
}

/// What the commands say, in one language.
struct Words {
    language: &'static str,
    choice: &'static str,
    yes: &'static str,
    again: &'static str,
    undone: &'static str,
    unchanged: &'static str,
    key: &'static str,
    digits: &'static str,
    right: &'static str,
    verdict: &'static str,
}

const WORDS: [Words; 2] = [
    Words {
        language: LANGUAGES[0],
        choice: "Continuer ? [o/N] ",
        yes: "o",
        again: "du lot pour l'annuler : ",
        undone: "ses 3 clés sont supprimées",
        unchanged: "conseil : rien n'a été changé",
        key: "Clé ",
        digits: " : chiffres affichés (Entrée si elle n'est pas là) : ",
        right: " : juste.",
        verdict: "Les 3 clés essayées répondent",
    },
    Words {
        language: LANGUAGES[1],
        choice: "Go on? [y/N] ",
        yes: "y",
        again: "to take it back: ",
        undone: "its 3 keys are deleted",
        unchanged: "hint: nothing was changed",
        key: "Key ",
        digits: ": digits shown (Enter if it is not at hand): ",
        right: ": right.",
        verdict: "The 3 keys that were tried answer",
    },
];

#[test]
fn a_batch_is_taken_back_by_an_answer_that_is_seen() {
    for words in WORDS {
        let home = stocked();
        let mut screen = Screen::open(&home, words.language);
        let settings = screen.settings();
        screen.run("cleotp batch undo 1");
        screen.sees(words.choice);
        assert!(screen.has_echo());
        screen.types(words.yes);
        let seen = screen.sees(words.again);
        assert!(seen.starts_with(&format!("{}\r\n", words.yes)), "{seen:?}");
        screen.types("1");
        screen.sees(words.undone);
        assert_eq!((screen.exit(), screen.settings()), (0, settings));
        assert_eq!(keys(&home), 0);
    }
}

#[test]
fn a_confirmation_that_is_left_changes_nothing_and_leaves_the_terminal_as_it_was() {
    for words in WORDS {
        let home = stocked();
        let mut screen = Screen::open(&home, words.language);
        let settings = screen.settings();
        for (answered, key, exit) in
            [(false, CTRL_C, 130), (true, CTRL_C, 130), (false, CTRL_D, 64), (true, CTRL_D, 64)]
        {
            screen.run("cleotp batch undo 1");
            screen.sees(words.choice);
            if answered {
                screen.types(words.yes);
                screen.sees(words.again);
            }
            screen.presses(key);
            // On a line of its own.
            assert!(screen.sees("cleotp: ").ends_with('\n'));
            screen.sees(words.unchanged);
            assert_eq!((screen.exit(), screen.settings()), (exit, settings.clone()));
            assert_eq!(keys(&home), KEYS);
        }
        // Stopped for a while, it asks again.
        screen.run("cleotp batch undo 1");
        screen.sees(words.choice);
        screen.presses(CTRL_Z);
        assert!(screen.exit() >= 128);
        assert_eq!(screen.settings(), settings);
        screen.run("fg");
        screen.sees(words.choice);
        screen.types("");
        assert_eq!((screen.exit(), keys(&home)), (1, KEYS));
    }
}

#[test]
fn keys_are_tried_by_the_digits_that_they_show() {
    for words in WORDS {
        let home = stocked();
        let mut screen = Screen::open(&home, words.language);
        let settings = screen.settings();
        support::wait_for_room(10);
        screen.run("cleotp batch verify 1");
        let mut asked = Vec::new();
        for _ in 0..KEYS {
            screen.sees(words.key);
            let drawn = screen.sees(words.digits);
            assert!(screen.has_echo());
            let index = (0..KEYS).find(|index| serial(*index) == drawn).unwrap_or_else(|| panic!("{drawn:?}"));
            screen.types(&code(index, 0));
            screen.sees(words.right);
            asked.push(index);
        }
        screen.sees(words.verdict);
        assert_eq!((screen.exit(), screen.settings()), (0, settings.clone()));
        asked.sort_unstable();
        assert_eq!(asked, (0..KEYS).collect::<Vec<_>>());
        screen.run("cleotp batch verify 1");
        screen.sees(words.digits);
        screen.presses(CTRL_C);
        screen.sees(words.unchanged);
        assert_eq!((screen.exit(), screen.settings()), (130, settings));
    }
}
