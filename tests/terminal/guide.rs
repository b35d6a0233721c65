//! Each interactive command from its first question to its last word.

use crate::screen::Screen;
use crate::support::{self, Home, PIN, code_at, seed, serial, step};

/// A key that shows a code as late as it may, so that the tests need not wait for the next.
struct Display {
    last: i64,
}

impl Display {
    fn start() -> Self {
        Self { last: step() - 2 }
    }

    /// Gives a code that was not shown before, some steps ahead of the clock at the most one behind.
    fn next(&mut self) -> String {
        support::wait_for_room(3);
        self.last = (step() - 1).max(self.last + 1);
        code_at(&seed(0), self.last)
    }

    /// Lets the key run ahead of our clock.
    fn run_ahead(&mut self, steps: i64) {
        support::wait_for_room(3);
        self.last = step() + steps;
    }
}

/// What the commands say, in one language.
struct Words {
    language: &'static str,
    activation: [&'static str; 4],
    pin_set: [&'static str; 5],
    check: [&'static str; 6],
    change: [&'static str; 2],
    resync: [&'static str; 5],
}

const FRENCH: Words = Words {
    language: "fr_FR.UTF-8",
    activation: ["Code d'activation", "Activation refusée. Vérifiez", "est active", "Première connexion"],
    pin_set: [
        "Chiffres affichés",
        "Choisissez un code PIN de 4 à 6 chiffres",
        "Nouveau code PIN",
        "le même code PIN",
        "chiffres sont pareils",
    ],
    check: [
        "PASSCODE",
        "Accès accepté",
        "Accès refusé. Attendez que le code de la clé change",
        "Attendez que les chiffres changent, puis\r\nsaisissez les nouveaux chiffres, sans code PIN.",
        "Encore ",
        "4576 puis 768950 donnent 4576768950",
    ],
    change: ["code PIN actuel", "Confirmez-le"],
    resync: [
        "Chiffres affichés",
        "Attendez que les chiffres changent.",
        "Encore ",
        "Nouveaux chiffres",
        "elle avance de ",
    ],
};

const ENGLISH: Words = Words {
    language: "C",
    activation: ["Activation code", "Activation refused. Check", "is active", "First connection"],
    pin_set: ["Digits shown", "Choose a PIN of 4 to 6 digits", "New PIN", "The same PIN again", "digits are alike"],
    check: [
        "PASSCODE",
        "Access granted",
        "Access refused. Wait until the code on the key changes",
        "Wait until the digits change, then type the new\r\ndigits, without a PIN.",
        " s left",
        "4576 and 768950 give 4576768950",
    ],
    change: ["present PIN", "Confirm it"],
    resync: ["Digits shown", "Wait until the digits change.", " s left", "New digits", "ahead"],
};

#[test]
fn each_command_leads_to_its_end_in_french() {
    lead(&FRENCH);
}

#[test]
fn each_command_leads_to_its_end_in_english() {
    lead(&ENGLISH);
}

fn lead(words: &Words) {
    let (home, codes) = Home::with_codes(1, 60);
    let mut screen = Screen::open(&home, words.language);
    let settings = screen.settings();
    activate(&mut screen, words, &codes[0]);
    let mut display = Display::start();
    let pins = ["8351", PIN, "6402"];
    let mut typed: Vec<String> = pins.iter().map(|pin| (*pin).to_owned()).chain(codes).collect();
    typed.extend(first_connection(&mut screen, words, pins[0], &mut display));
    refused(&mut screen, words);
    typed.push(change(&mut screen, words, &format!("{}{}", pins[0], display.next()), pins[1]));
    display.run_ahead(6);
    typed.extend(next_code(&mut screen, words, pins[1], &mut display));
    display.run_ahead(30);
    typed.extend(resync(&mut screen, words, &mut display));
    home.done(&["pin", "reset", "user0"], "");
    typed.push(set_pin(&mut screen, words, pins[2], &mut display));
    assert_eq!(screen.settings(), settings);
    // The example of the guide is no secret, though its PIN is that of the tests.
    let shown = screen.shown.replace(words.check[5], "");
    for secret in typed {
        assert!(!shown.contains(&secret), "{secret} in {shown}");
    }
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
    let key = home.json(&["key", "show", &serial(0)], "", 0);
    assert_eq!((&key["keys"][0]["state"], &key["keys"][0]["pin"]), (&"active".into(), &"provisional".into()));
}

fn activate(screen: &mut Screen, words: &Words, code: &str) {
    let [question, refusal, active, next] = words.activation;
    for (typed, answer, exit) in [("zzyyxxww", refusal, 1), (code, active, 0)] {
        screen.run(&format!("cleotp activate user0 {}", serial(0)));
        screen.answers(question, typed);
        screen.sees(answer);
        if exit == 0 {
            screen.sees(next);
        }
        assert_eq!(screen.exit(), exit);
    }
}

fn first_connection(screen: &mut Screen, words: &Words, pin: &str, display: &mut Display) -> [String; 2] {
    let [question, accepted, _, _, counted, example] = words.check;
    let codes = [display.next(), display.next()];
    screen.run("cleotp check user0");
    screen.answers(question, &codes[0]);
    choose_pin(screen, words, pin);
    screen.sees(example);
    screen.sees(counted);
    screen.types(&format!("{pin}{}", codes[1]));
    screen.sees(accepted);
    assert_eq!(screen.exit(), 0);
    codes
}

fn set_pin(screen: &mut Screen, words: &Words, pin: &str, display: &mut Display) -> String {
    let code = display.next();
    screen.run("cleotp pin set user0");
    screen.answers(words.pin_set[0], &code);
    choose_pin(screen, words, pin);
    assert_eq!(screen.exit(), 0);
    code
}

fn choose_pin(screen: &mut Screen, words: &Words, pin: &str) {
    let [_, choose, new, again, alike] = words.pin_set;
    screen.sees(choose);
    for typed in ["1111", pin] {
        screen.answers(new, typed);
        screen.answers(again, typed);
        if typed != pin {
            screen.sees(alike);
        }
    }
}

fn refused(screen: &mut Screen, words: &Words) {
    // Somebody who does not exist, and a wrong passcode of somebody who does: the same on the screen.
    let [unknown, wrong] = ["nobody", "user0"].map(|login| {
        screen.run(&format!("cleotp check {login}"));
        screen.answers(words.check[0], "9035123456");
        let refusal = screen.sees(words.check[2]);
        assert_eq!(screen.exit(), 1);
        refusal
    });
    assert_eq!(unknown, wrong);
}

fn change(screen: &mut Screen, words: &Words, passcode: &str, pin: &str) -> String {
    screen.run("cleotp pin change user0");
    screen.answers(words.change[0], passcode);
    screen.answers(words.pin_set[2], pin);
    screen.answers(words.pin_set[3], pin);
    screen.sees(words.change[1]);
    assert_eq!(screen.exit(), 0);
    passcode.to_owned()
}

fn next_code(screen: &mut Screen, words: &Words, pin: &str, display: &mut Display) -> [String; 2] {
    let [question, accepted, _, wait, counted, _] = words.check;
    let codes = [display.next(), display.next()];
    screen.run("cleotp check user0");
    screen.answers(question, &format!("{pin}{}", codes[0]));
    screen.sees(wait);
    screen.sees(counted);
    screen.types(&codes[1]);
    screen.sees(accepted);
    assert_eq!(screen.exit(), 0);
    codes
}

fn resync(screen: &mut Screen, words: &Words, display: &mut Display) -> [String; 2] {
    let [first, wait, counted, following, ahead] = words.resync;
    let codes = [display.next(), display.next()];
    screen.run(&format!("cleotp key resync {}", serial(0)));
    screen.answers(first, &codes[0]);
    screen.sees(wait);
    screen.sees(counted);
    // The key has changed already.
    screen.types("");
    screen.answers(following, &codes[1]);
    screen.sees(ahead);
    assert_eq!(screen.exit(), 0);
    codes
}
