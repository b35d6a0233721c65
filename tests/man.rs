//! The committed pages of the manual: as the program writes them, sound for `mandoc`, and complete in both languages.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests may fail loudly and run programs"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

const FOLDERS: [&str; 2] = ["man1", "fr/man1"];

fn committed() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/man"))
}

fn cleotp(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cleotp")).env_clear().args(arguments).output().unwrap()
}

/// Gives the pages below a manual, by their name in it.
fn pages(manual: &Path) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for folder in FOLDERS {
        for entry in std::fs::read_dir(manual.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap());
            pages.insert(name, std::fs::read_to_string(path).unwrap());
        }
    }
    pages
}

/// Gives a page as words, without what only `man` reads.
fn read(page: &str) -> String {
    page.replace("\\-", "-").replace("\\*(Aq", "'").replace("\\fB", "").replace("\\fI", "").replace("\\fR", "")
}

/// Gives every command that the help lists, as its words.
fn commands() -> Vec<Vec<String>> {
    fn below(path: &[String], found: &mut Vec<Vec<String>>) {
        let mut arguments: Vec<&str> = path.iter().map(String::as_str).collect();
        arguments.extend(["--lang", "en", "--help"]);
        let help = String::from_utf8(cleotp(&arguments).stdout).unwrap();
        let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        for line in listed.take_while(|line| line.starts_with("  ")).filter(|line| !line.starts_with("    ")) {
            let mut path = path.to_vec();
            path.push(line.split_whitespace().next().unwrap().to_owned());
            found.push(path.clone());
            below(&path, found);
        }
    }
    let mut found = Vec::new();
    below(&[], &mut found);
    found
}

#[test]
fn the_committed_pages_are_those_that_the_program_writes() {
    let folder = tempfile::tempdir().unwrap();
    let told = cleotp(&["man", folder.path().to_str().unwrap()]);
    assert_eq!(told.status.code(), Some(0), "{told:?}");
    let (written, kept) = (pages(folder.path()), pages(committed()));
    let stale: Vec<&String> = written
        .keys()
        .chain(kept.keys().filter(|name| !written.contains_key(*name)))
        .filter(|name| written.get(*name) != kept.get(*name))
        .collect();
    assert!(stale.is_empty(), "stale: {stale:?}; write them again with: cargo run -- man man");
}

#[test]
fn without_a_folder_the_main_page_is_written_in_the_language() {
    for (language, name) in [("en", "man1/cleotp.1"), ("fr", "fr/man1/cleotp.1")] {
        let told = cleotp(&["man", "--lang", language]);
        assert_eq!(String::from_utf8(told.stdout).unwrap(), pages(committed())[name]);
    }
}

#[test]
fn mandoc_has_nothing_to_say() {
    if Command::new("mandoc").arg("-Tlint").arg("/dev/null").output().is_err() {
        println!("skipped for want of mandoc");
        return;
    }
    for name in pages(committed()).keys() {
        let told = Command::new("mandoc").args(["-Tlint", "-Wall"]).arg(committed().join(name)).output().unwrap();
        let said = String::from_utf8_lossy(&told.stdout).into_owned() + &String::from_utf8_lossy(&told.stderr);
        assert!(told.status.success() && said.is_empty(), "{name}: {said}");
    }
}

#[test]
fn every_command_and_every_option_is_documented_in_both_languages() {
    let pages = pages(committed());
    let commands = commands();
    assert!(commands.len() > 35, "{commands:?}");
    let mut verbs = 0;
    for path in &commands {
        let mut arguments: Vec<&str> = path.iter().map(String::as_str).collect();
        arguments.extend(["--lang", "en", "--help"]);
        let help = String::from_utf8(cleotp(&arguments).stdout).unwrap();
        let own = help.split("Global options:").next().unwrap();
        let options = own.split_whitespace().filter(|word| word.starts_with("--"));
        let options: Vec<&str> =
            options.map(|word| word.trim_end_matches(|end: char| !end.is_alphanumeric())).collect();
        for folder in FOLDERS {
            let name = format!("{folder}/cleotp-{}.1", path[0]);
            let page = read(pages.get(&name).unwrap_or_else(|| panic!("{name} is missing")));
            let typed = format!("cleotp {}", path.join(" "));
            assert!(page.contains(&typed), "{name} does not tell how to type {typed}");
            if path.len() > 1 {
                let part = page.split(&format!(".SS \"{}", path.join(" "))).nth(1);
                let part = part.unwrap_or_else(|| panic!("{name} has no part about {typed}"));
                let part = part.split(".SS").next().unwrap();
                assert!(options.iter().all(|option| part.contains(option)), "{name}: {options:?} in {part}");
                verbs += 1;
            }
            assert!(options.iter().all(|option| page.contains(option)), "{name}: {options:?}");
        }
    }
    assert!(verbs > 50, "{verbs}");
    let help = String::from_utf8(cleotp(&["--lang", "en", "--help"]).stdout).unwrap();
    // Its own options stand at the beginning of a line; those of what is done at the counter have pages of their own.
    let listed = help.lines().filter(|line| line.trim_start().starts_with('-')).flat_map(str::split_whitespace);
    let listed: Vec<&str> = listed.filter(|word| word.starts_with("--")).collect();
    assert!(listed.len() > 5, "{listed:?}");
    for option in listed {
        let option = option.trim_end_matches(|end: char| !end.is_alphanumeric());
        for folder in FOLDERS {
            assert!(read(&pages[&format!("{folder}/cleotp.1")]).contains(option), "{option} in {folder}");
        }
    }
}

#[test]
fn every_exit_status_is_documented_in_both_languages() {
    let source = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli/exit.rs")).unwrap();
    let numbers = source.lines().filter_map(|line| line.trim().strip_suffix(',')?.split_once(" = "));
    let numbers: Vec<&str> = numbers.map(|(_, number)| number).filter(|text| text.parse::<u8>().is_ok()).collect();
    assert_eq!(numbers.len(), 16, "{numbers:?}");
    for (name, heading) in [("man1/cleotp.1", "EXIT STATUS"), ("fr/man1/cleotp.1", "CODE DE RETOUR")] {
        let page = &pages(committed())[name];
        let part = page.split(&format!(".SH \"{heading}\"\n")).nth(1).unwrap().split(".SH").next().unwrap();
        let told: Vec<&str> = part.split(".TP\n\\fB").skip(1).map(|term| term.split("\\fR").next().unwrap()).collect();
        assert_eq!(told, numbers, "{name}");
    }
}

#[test]
fn a_page_is_replaced_where_it_stands_and_no_other_file_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let manual = folder.path().to_str().unwrap();
    std::fs::create_dir(folder.path().join("man1")).unwrap();
    for (name, text) in [("ls.1", "another's"), ("cleotp.1", "an older one")] {
        std::fs::write(folder.path().join("man1").join(name), text).unwrap();
    }
    for _ in 0..2 {
        assert_eq!(cleotp(&["--quiet", "man", manual]).stderr, b"");
    }
    let mut written = pages(folder.path());
    assert_eq!(written.remove("man1/ls.1").unwrap(), "another's");
    assert_eq!(written, pages(committed()));
    let file = folder.path().join("man1/ls.1");
    assert_eq!(cleotp(&["man", file.to_str().unwrap()]).status.code(), Some(73));
}

/// The pages for those who run login servers, in both languages.
fn on_login_servers() -> [String; 2] {
    ["login-servers.md", "serveurs-de-connexion.md"].map(|name| {
        std::fs::read_to_string(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/docs")).join(name)).unwrap()
    })
}

#[test]
fn a11_who_reads_of_login_servers_is_warned_of_what_would_remember_a_passcode() {
    let manual = pages(committed());
    let of_check = FOLDERS.map(|folder| read(&manual[&format!("{folder}/cleotp-check.1")]));
    for text in on_login_servers().into_iter().chain(of_check) {
        for word in ["FreeRADIUS", "cache_credentials", "pam_ccreds", "VPN"] {
            assert!(text.contains(word), "{word}");
        }
    }
}

#[test]
fn the_pages_on_login_servers_say_the_same_and_name_files_that_are_there() {
    let both = on_login_servers();
    let marks = |text: &str, mark: &str| text.lines().filter(|line| line.starts_with(mark)).count();
    for mark in ["#", "| ", "```"] {
        assert!(marks(&both[0], mark) > 5 && marks(&both[0], mark) == marks(&both[1], mark), "{mark}");
    }
    for text in both {
        // What a rule of sudo and a request must be, whoever follows the page.
        for word in ["Message-Authenticator", "CVE-2024-3596", "--role verifier", "KbdInteractiveAuthentication yes"] {
            assert!(text.contains(word), "{word}");
        }
        let is_of_path = |letter: &char| letter.is_ascii_alphanumeric() || "-./".contains(*letter);
        let named: Vec<String> =
            text.split("packaging/").skip(1).map(|rest| rest.chars().take_while(is_of_path).collect()).collect();
        assert!(named.len() > 6, "{named:?}");
        for path in named {
            let shipped = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/packaging")).join(&path);
            assert!(shipped.exists(), "{path}");
        }
    }
}
