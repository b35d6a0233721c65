//! The frame in process: help, version, languages, and what is said about a wrong command line.

use super::*;
use crate::clock::{Clock, UtcTime};
use crate::host::{Accounts, Caller, Environment, Line, Terminal, TerminalError, Via};
use crate::random::{NoRandomness, Random};
use clap::CommandFactory;
use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use std::time::Duration;

struct Still;

impl Clock for Still {
    fn now(&self) -> UtcTime {
        UtcTime::from_epoch(1_795_511_520)
    }
    fn uptime(&self) -> Duration {
        Duration::ZERO
    }
    fn sleep(&self, _: Duration) {}
}

impl Random for Still {
    fn fill(&self, _: &mut [u8]) -> Result<(), NoRandomness> {
        Err(NoRandomness)
    }
}

#[derive(Default)]
pub(super) struct Paper {
    out: Vec<u8>,
    err: String,
    broken: Option<io::ErrorKind>,
    defect: bool,
}

struct Typist(Rc<RefCell<Paper>>);

impl Terminal for Typist {
    fn interactive(&self) -> bool {
        false
    }
    fn stdout_is_terminal(&self) -> bool {
        false
    }
    fn width(&self) -> Option<u16> {
        assert!(!self.0.borrow().defect, "a payload with the secret 4576");
        Some(100)
    }
    fn read_line(&mut self, _: usize) -> Result<Option<Line>, TerminalError> {
        Ok(None)
    }
    fn read_all(&mut self, _: u64) -> Result<Line, TerminalError> {
        Ok(Line::default())
    }

    fn take_input(&mut self) -> Box<dyn io::Read + Send> {
        Box::new(io::empty())
    }
    fn ask(&mut self, _: &str) -> Result<Option<String>, TerminalError> {
        Err(TerminalError::Interrupted)
    }
    fn ask_secret(&mut self, _: &str) -> Result<Line, TerminalError> {
        Err(TerminalError::Interrupted)
    }
    fn answer(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(kind) = self.0.borrow().broken {
            return Err(kind.into());
        }
        self.0.borrow_mut().out.extend_from_slice(bytes);
        Ok(())
    }
    fn say(&mut self, text: &str) {
        self.0.borrow_mut().err.push_str(text);
    }
}

fn run_on(paper: Paper, lang: &str, line: &str) -> (u8, String, String) {
    run_as(Via::Direct, paper, lang, line)
}

fn run_as(via: Via, paper: Paper, lang: &str, line: &str) -> (u8, String, String) {
    let environment =
        Environment { lang: Some(lang.to_owned()), cleotp_home: Some("/nonexistent".into()), ..Environment::default() };
    let caller = Caller { uid: 1000, name: "mdupuis".to_owned(), via, login: None };
    run_for(caller, Rc::new(crate::host::NoAccounts), environment, paper, line)
}

/// Runs a line for somebody, on a machine with some accounts.
pub(super) fn run_for(
    caller: Caller,
    accounts: Rc<dyn Accounts>,
    environment: Environment,
    paper: Paper,
    line: &str,
) -> (u8, String, String) {
    let paper = Rc::new(RefCell::new(paper));
    let mut host = Host {
        clock: Rc::new(Still),
        random: Rc::new(Still),
        disks: Rc::new(crate::host::Mounted),
        openpgp: Rc::new(crate::openpgp::NoProgram),
        journal: Rc::new(crate::host::NoJournal),
        accounts,
        terminal: Box::new(Typist(Rc::clone(&paper))),
        environment,
        caller,
        step_back: || (),
    };
    let args = std::iter::once("cleotp").chain(line.split_whitespace()).map(OsString::from).collect();
    let exit = run(args, &mut host).number();
    let paper = paper.borrow();
    (exit, String::from_utf8(paper.out.clone()).unwrap(), paper.err.clone())
}

fn english(line: &str) -> (u8, String, String) {
    run_on(Paper::default(), "C", line)
}

fn french(line: &str) -> (u8, String, String) {
    run_on(Paper::default(), "fr_FR.UTF-8", line)
}

#[test]
fn help_is_an_answer_and_no_command_is_a_wrong_usage() {
    let (exit, out, err) = english("--help");
    assert_eq!((exit, err.as_str()), (0, ""));
    assert!(out.contains("Usage: cleotp") && out.contains("assign") || out.contains("key"), "{out}");
    let (exit, out, err) = english("");
    assert_eq!((exit, out.as_str()), (64, ""));
    assert!(err.starts_with("cleotp: a command is missing\nhint: ") && err.contains("Usage:"), "{err}");
    assert_eq!((english("key").0, english("key help").0, english("help").0), (64, 64, 64));
    assert!(!english("key -h").1.contains("Print this message"), "{}", english("key -h").1);
    assert!(english("check --help").1.contains("stdin") && !english("check -h").1.contains("stdin"));
    assert_eq!(english("--version"), (0, "cleotp 0.1.0\n".to_owned(), String::new()));
}

#[test]
fn french_help_shows_french_words_first() {
    let (exit, out, _) = french("--help");
    assert_eq!(exit, 0);
    assert!(out.contains("clé, key") && out.contains("Utilisation : cleotp") && out.contains("Commandes :"), "{out}");
    let (_, page, _) = french("cle attribuer --help");
    assert!(page.contains("cleotp clé attribuer") && page.contains("[NUMÉRO] [IDENTIFIANT]"), "{page}");
    let (serial, login) = (page.find("  [NUMÉRO]"), page.find("  [IDENTIFIANT]"));
    assert!(serial.is_some() && serial < login, "{page}");
    for word in ["Usage:", "Print", "default:", "possible values", "Arguments:"] {
        assert!(!out.contains(word) && !page.contains(word), "{word} in {out}{page}");
    }
    let (_, english_page, _) = english("--help");
    assert!(!english_page.contains("clé"), "{english_page}");
}

#[test]
fn a_missing_command_shows_those_there_are_on_one_screen() {
    for (lang, elsewhere) in
        [("C", "Global options: see \"cleotp --help\"."), ("fr", "Options générales : voyez « cleotp --help ».")]
    {
        for noun in ["key", "user", "pin", "activation", "emergency"] {
            let (exit, _, page) = run_on(Paper::default(), lang, noun);
            assert!(exit == 64 && page.contains(elsewhere) && !page.contains("--no-progress"), "{page}");
            assert!(page.lines().count() < 40, "{page}");
        }
        assert!(run_on(Paper::default(), lang, "key --help").1.contains("--no-progress"));
    }
}

#[test]
fn the_first_help_page_ends_with_what_is_done_at_the_counter() {
    for (page, commands) in [
        (
            french("--help").1,
            ["cle attribuer", "bordereau", "code-pin reinitialiser", "cle perdue", "cle resynchroniser"],
        ),
        (english("").2, ["key assign", "slip", "pin reset", "key lost", "key resync"]),
    ] {
        let counter = page.split("--version").nth(1).unwrap();
        assert!(commands.iter().all(|command| counter.contains(&format!("cleotp {command} "))), "{counter}");
        let mut lines = counter.lines().filter(|line| line.starts_with("  "));
        assert!(lines.all(|line| line.chars().count() < 80), "{counter}");
    }
}

#[test]
fn the_language_comes_from_the_option_before_the_environment() {
    assert!(french("--lang en key --help").1.contains("Manage keys"));
    assert!(english("key --help --lang=fr").1.contains("Gérer les clés"));
}

#[test]
fn a_mistyped_uai_is_told_its_right_letter() {
    let (exit, _, err) = english("establishment show 0860034A");
    assert_eq!(exit, 64);
    assert!(err.contains("the letter V"), "{err}");
    assert!(french("etablissement montrer 0860034A").2.contains("la lettre V"));
}

#[test]
fn a_mistyped_command_is_answered_with_the_word_of_the_language() {
    assert!(english("key asign 1 j").2.contains("cleotp key assign"), "{:?}", english("key asign 1 j"));
    assert!(french("clé atribuer 1 j").2.contains("cleotp clé attribuer"), "{:?}", french("clé atribuer 1 j"));
    let (exit, _, err) = french("cle retirer 103142718");
    assert_eq!(exit, 64);
    assert!(err.contains("desattribuer") && err.contains("mettre-au-rebut"), "{err}");
}

#[test]
fn a_wrong_line_is_told_in_each_language_and_never_echoes_a_surplus_word() {
    let wrong = [
        "key show",
        "key list --state gone",
        "key list --sate x",
        "audit list --limit 0",
        "audit list --since hier",
        "check jdupont 4576768950",
        "check jdupont --source nowhere",
        "-o xml key list",
        "key list --lang",
        "key list --login a --login b",
        "-q -v key list",
        "user show é",
        "key show -x",
        "batch show x",
        "establishment add 0860034V",
        "activate jdupont 103142718 6t605do7",
        "key list --raw=yes",
        "key list --state=",
    ];
    for line in wrong {
        let ((exit, out, said), (_, _, dit)) = (english(line), french(line));
        assert_eq!((exit, out.as_str()), (64, ""), "{line}: {said}");
        assert!(said.starts_with("cleotp: ") && said.contains("\nhint: "), "{line}: {said}");
        assert!(dit.starts_with("cleotp: ") && dit.contains("\nconseil : "), "{line}: {dit}");
        assert_ne!(said, dit);
        assert!(!said.contains("error") && !said.contains("4576768950") && !said.contains("6t605do7"), "{said}");
        assert!(!said.contains("{ $") && !said.contains("{$"), "{line}: {said}");
        assert!(!said.contains("\"\"") && !dit.contains("«  »"), "{line}: {said}{dit}");
    }
}

#[test]
fn with_json_what_is_wrong_is_one_object() {
    let (exit, out, err) = french("key frobnicate -o json");
    assert_eq!((exit, out.as_str()), (64, ""));
    let object: serde_json::Value = serde_json::from_str(&err).unwrap();
    assert_eq!((&object["error"], &object["code"]), (&"unknown-command".into(), &64.into()));
    assert!(english("-ojsonl key").2.starts_with("{\"schema\":\"cleotp.error/1\""));
}

#[test]
fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
    let paper = |kind| Paper { broken: Some(kind), ..Paper::default() };
    assert_eq!(run_on(paper(io::ErrorKind::BrokenPipe), "C", "--help").0, 0);
    assert_eq!(run_on(paper(io::ErrorKind::StorageFull), "C", "--version").0, 74);
}

#[test]
fn a_panic_is_told_without_its_payload() {
    let (exit, out, err) = run_on(Paper { defect: true, ..Paper::default() }, "C", "--help");
    assert_eq!((exit, out.as_str()), (70, ""));
    assert!(err.starts_with("cleotp: a defect of cleotp") && !err.contains("4576"), "{err}");
}

#[test]
fn f01_no_option_takes_a_secret() {
    fn look(command: &clap::Command) {
        for argument in command.get_arguments().filter(|argument| argument.get_action().takes_values()) {
            let name = argument.get_long().unwrap_or_else(|| argument.get_id().as_str());
            let secret = ["pin", "code", "psk", "passphrase", "password", "ticket", "secret", "seed"];
            assert!(
                !secret.iter().any(|word| name.contains(word))
                    || name.ends_with("-file")
                    || name.ends_with("-encoding"),
                "{name}"
            );
        }
        command.get_subcommands().for_each(look);
    }
    look(&args::Line::command());
}

#[test]
fn the_tree_of_commands_is_sound() {
    vocabulary::with_french(args::Line::command()).debug_assert();
}

#[test]
fn the_manual_and_the_completions_need_no_home() {
    let (exit, out, err) = french("manuel");
    assert_eq!((exit, err.as_str()), (0, ""));
    assert!(out.contains(".SH NOM") && out.contains("CODE DE RETOUR"), "{out}");
    assert!(english("man").1.contains(".SH \"EXIT STATUS\""));
    let (exit, out, err) = french("completions bash");
    assert_eq!((exit, err.as_str()), (0, ""));
    assert!(out.contains("complete -F _cleotp"), "{out}");
    assert_eq!((english("completions tcsh").0, english("completions").0), (64, 64));
}

#[test]
fn f12_through_sudo_the_manual_goes_to_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let line = format!("man {}", folder.path().display());
    let through_sudo = |line| run_as(Via::Sudo, Paper::default(), "C", line);
    assert_eq!(through_sudo(&line).0, 77);
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    assert_eq!(through_sudo("man").0, 0);
    assert_eq!(english(&line).0, 0);
    assert_eq!(folder.path().read_dir().unwrap().count(), 2);
}
