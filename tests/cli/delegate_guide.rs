//! The delegate's guide in docs/: each command of the page is run, in its order, and must print what the page shows.
//!
//! Codes and moments are compared by their shape. `GUIDE_UPDATE=1` writes what is printed into the pages; read the difference.

use crate::support::{PIN, SEEDS, SERIAL, Told, World};
use cleotp::Via;
use std::fmt::Write as _;

/// The pages, with the language in which each is read.
const PAGES: [(&str, &str); 2] = [("docs/guide-delegue.md", "fr_FR.UTF-8"), ("docs/delegate-guide.md", "C.UTF-8")];

/// What begins a transcript, and a command in it.
const FENCE: &str = "```console";
const PROMPT: &str = "$ cleotp ";

/// The PIN that is forgotten later.
const FORGOTTEN_PIN: &str = "9035";

/// Something that the holder of the key does, told by what the delegate's command said.
type Deed = fn(&World, &Told);

/// What the holder of the key does after a command of the delegate, by the number of that command.
const HOLDER: [(usize, Deed); 5] =
    [(2, activate), (3, create_another_pin), (5, enter_by_emergency_code), (6, log_in), (8, log_in_minutes_ahead)];

/// The command that asks for codes, by its number.
const RESYNC: usize = 8;

/// How far ahead of ours the clock of the key is by then, in minutes.
const AHEAD: i64 = 37;

/// A school whose administrator has done all; somebody there lost a key before.
fn school(lang: &'static str) -> World {
    let world = World::empty(lang);
    world.run("init").exits(0);
    world.run("establishment add 0860034V 'Lycée Aliénor'").exits(0);
    world.run(&format!("import {SEEDS} --establishment 0860034V")).exits(0);
    for (login, name) in [("jdupont", "Jeanne Dupont"), ("amartin", "Alain Martin")] {
        world.run(&format!("user add {login} --name '{name}' --establishment 0860034V")).exits(0);
    }
    world.run("operator add mdupuis --role delegate --establishment 0860034V").exits(0);
    world.run("key assign 103142719 amartin").exits(0);
    world.run("key lost 103142719").exits(0);
    world
}

fn activate(world: &World, told: &Told) {
    world.pipe("activate jdupont 103142718", &[&told.code()]).exits(0);
    create_pin(world, FORGOTTEN_PIN);
}

fn create_another_pin(world: &World, _: &Told) {
    create_pin(world, PIN);
}

fn create_pin(world: &World, pin: &str) {
    let ticket = world.pipe("check jdupont", &[&world.display(0)]).exits(10).ticket();
    world.pipe("pin set jdupont --ticket", &[&ticket, pin, pin]).exits(0);
    world.advance(60);
    world.pipe("check jdupont", &[&format!("{pin}{}", world.display(0))]).exits(0);
    world.advance(60);
}

fn enter_by_emergency_code(world: &World, told: &Told) {
    let code = &told.emergency_codes()[0];
    world.pipe("check jdupont", &[&format!("{PIN}{code}")]).exits(0);
}

fn log_in(world: &World, _: &Told) {
    world.pipe("check jdupont", &[&world.passcode(0)]).exits(0);
    world.advance(60);
}

fn log_in_minutes_ahead(world: &World, _: &Told) {
    world.advance(60);
    world.pipe("check jdupont", &[&world.passcode(AHEAD)]).exits(0);
}

/// Runs a command of the page as the delegate, through sudo, with the key in hand where it is asked for.
fn run(world: &World, number: usize, line: &str) -> Told {
    let ahead = |steps: i64| world.display(AHEAD + steps);
    let typed = if number == RESYNC { vec![(2, ahead(0)), (62, ahead(1))] } else { Vec::new() };
    world.call_as("mdupuis", Via::Sudo);
    let told = world.sit(line, typed).exits(0);
    world.call_as("admin", Via::Direct);
    told
}

/// Gives what the screen shows in the end: nothing of what is typed without echo, and no countdown.
fn screen(told: &Told) -> String {
    let lines = told.both.lines().map(|line| line.strip_suffix("(typed)").unwrap_or(line));
    lines.filter(|line| !line.starts_with('[') && *line != "(PDF)").fold(String::new(), |mut screen, line| {
        let _ = writeln!(screen, "{}", line.trim_end());
        screen
    })
}

/// Gives the page as it ought to be, with every command run.
fn played(page: &str, lang: &'static str) -> (String, World) {
    let (world, mut number) = (school(lang), 0);
    let (mut ought, mut shown, mut is_transcript) = (String::new(), None::<(String, String)>, false);
    for line in page.lines() {
        let command = line.strip_prefix(PROMPT).filter(|_| is_transcript);
        if command.is_some() || line == "```" {
            let (printed, on_page) = shown.take().unwrap_or_default();
            // What differs by codes and moments only stays as the page has it.
            ought.push_str(if shape(&printed) == shape(&on_page) { &on_page } else { &printed });
        }
        is_transcript = line == FENCE || is_transcript && line != "```";
        if let Some(command) = command {
            let told = run(&world, number, command);
            shown = Some((screen(&told), String::new()));
            let holder = HOLDER.iter().find(|(after, _)| *after == number);
            if let Some((_, act)) = holder {
                act(&world, &told);
            }
            number += 1;
        } else if let Some((_, on_page)) = &mut shown {
            let _ = writeln!(on_page, "{line}");
            continue;
        }
        let _ = writeln!(ought, "{line}");
    }
    assert_eq!(number, 12, "{page}");
    (ought, world)
}

/// Writes codes and moments as what they are.
fn shape(text: &str) -> String {
    let is_symbol = |letter: char| "23456789abcdefghjkmnpqrstuvwxyz".contains(letter);
    let is_digits = |part: &str, lengths: &[usize], by: char| {
        let parts: Vec<&str> = part.split(by).collect();
        parts.iter().map(|part| part.len()).eq(lengths.iter().copied())
            && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let of_word = |word: &str| {
        // A word of the language may look so too: then it does on the page and on the screen.
        if word.len() == 8 && word.chars().all(is_symbol) {
            "<code>".to_owned()
        } else if is_digits(word, &[4, 2, 2], '-') {
            "<date>".to_owned()
        } else if is_digits(word, &[2, 2], ':') {
            "<time>".to_owned()
        } else {
            word.to_owned()
        }
    };
    text.split('\n')
        .map(|line| line.split(' ').map(of_word).collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_delegates_guide_shows_what_the_program_prints_in_both_languages() {
    for (path, lang) in PAGES {
        let page = std::fs::read_to_string(path).unwrap();
        let (ought, _) = played(&page, lang);
        if std::env::var_os("GUIDE_UPDATE").is_some() {
            std::fs::write(path, &ought).unwrap();
            continue;
        }
        assert!(page == ought, "{path} is stale; GUIDE_UPDATE=1 writes it:\n{ought}");
    }
}

#[test]
fn a_command_that_the_delegates_guide_names_in_a_sentence_is_one() {
    for (path, lang) in PAGES {
        let page = std::fs::read_to_string(path).unwrap();
        let (_, world) = played(&page, lang);
        world.call_as("mdupuis", Via::Sudo);
        let named: Vec<&str> = page.split('`').filter_map(|part| part.strip_prefix("cleotp ")).collect();
        assert_eq!(named.len(), 4, "{named:?}");
        for line in named {
            let line =
                ["IDENTIFIANT", "LOGIN"].iter().fold(line.to_owned(), |line, word| line.replace(word, "jdupont"));
            world.run(&["NUMÉRO", "SERIAL"].iter().fold(line, |line, word| line.replace(word, SERIAL))).exits(0);
        }
    }
}

#[test]
fn the_delegates_guide_is_the_same_in_both_languages() {
    let commands = PAGES.map(|(path, lang)| {
        let (_, world) = played(&std::fs::read_to_string(path).unwrap(), lang);
        let events = world.run("audit list --limit 1000 -o csv").exits(0).out;
        // The reason of who found a key is told in words.
        events.lines().map(|line| line.replace("dans son sac", "in the bag")).collect::<Vec<_>>()
    });
    assert_eq!(commands[0], commands[1]);
    assert!(commands[0].len() > 20 && commands[0].iter().any(|event| event.contains(SERIAL)), "{commands:?}");
}
