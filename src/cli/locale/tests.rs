use super::*;
use crate::cli::args::Line;
use crate::cli::help::{argument_ids, command_id, value_id};
use clap::{Command, CommandFactory};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Lines of help and words that are rightly the same in both languages.
const SAME: &[&str] = &[
    "value-format",
    "value-uai",
    "value-id",
    "value-date",
    "value-action",
    "column-uai",
    "column-sha256",
    "column-format",
    "column-code",
    "column-message",
    "column-action",
    "state-active",
    "error-file-mode-hint",
    "error-file-closed-hint",
    "error-file-writable-hint",
    "error-ancestor-mode-hint",
];

/// Gives each message of a file with the variables that it names.
fn messages(source: &str) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let mut messages: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    let mut last = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if !line.starts_with(' ') {
            last = line.split_once(" =").expect(line).0.to_owned();
            assert!(!messages.contains_key(&last), "{last} is there twice");
        }
        let entry = messages.entry(last.clone()).or_default();
        entry.0.push_str(line);
        for part in line.split("{ $").skip(1) {
            let end = part.find(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_');
            entry.1.insert(part[..end.unwrap()].to_owned());
        }
    }
    messages
}

/// Gives every source file of the repository's `src`.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            let bytes = crate::host::files::read_input(&path, u64::MAX - 1).unwrap();
            found.push(String::from_utf8(bytes.to_vec()).unwrap());
        }
    }
}

fn walk(command: &Command, path: &[String], look: &mut dyn FnMut(&Command, &[String])) {
    look(command, path);
    for child in command.get_subcommands() {
        let mut path = path.to_vec();
        path.push(child.get_name().to_owned());
        walk(child, &path, look);
    }
}

#[test]
fn both_files_are_right_and_say_the_same_messages() {
    for source in [ENGLISH, FRENCH] {
        let parsed = FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| errors);
        assert!(parsed.is_ok(), "{:?}", parsed.err());
    }
    let (english, french) = (messages(ENGLISH), messages(FRENCH));
    assert_eq!(english.keys().collect::<Vec<_>>(), french.keys().collect::<Vec<_>>());
    for (id, (_, variables)) in &english {
        assert_eq!(variables, &french[id].1, "{id}");
    }
}

#[test]
fn no_french_line_is_the_english_one() {
    let (english, french) = (messages(ENGLISH), messages(FRENCH));
    for (id, (text, _)) in &english {
        assert_eq!(text == &french[id].0, SAME.contains(&id.as_str()), "{id}");
    }
}

#[test]
fn every_message_that_the_source_says_exists() {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli"), &mut found);
    let english = messages(ENGLISH);
    let openings = [
        ".say(\"",
        ".warn(\"",
        ".hint(\"",
        ".ask_secret(\"",
        ".confirm(\"",
        ".sentence(\"",
        ".hinted(\"",
        "Value::word(\"",
        ".labelled(\"",
    ];
    let failures = ["Failure::new(Exit::", "Self::new(Exit::", "failed(\"", "invalid(\"", "on(Exit::"];
    for source in &found {
        for part in source.split(".ask_for_next(").skip(1) {
            let asked: Vec<&str> =
                part.split(')').take(2).flat_map(|part| part.split('"').skip(1).step_by(2)).collect();
            assert!(asked.iter().all(|id| english.contains_key(*id)), "no message of {asked:?}");
        }
        for opening in openings {
            for part in source.split(opening).skip(1) {
                let id = part.split('"').next().unwrap();
                assert!(english.contains_key(id) || opening == ".say(\"" && id.contains(' '), "no message {id}");
            }
        }
        for opening in failures {
            for part in source.split(opening).skip(1) {
                let call = part.split(')').next().unwrap();
                let id = if opening.ends_with('"') { call.split('"').next() } else { call.split('"').nth(1) };
                if let Some(id) = id {
                    assert!(english.contains_key(&format!("error-{id}")), "no message error-{id}");
                }
            }
        }
    }
}

#[test]
fn every_error_is_followed_by_what_to_do() {
    let english = messages(ENGLISH);
    let hinted_in_the_source = [
        "missing-command",
        "unknown-command",
        "unknown-option",
        "missing-value",
        "value-not-allowed",
        "wrong-number-of-values",
        "takes-no-value",
        "option-given-twice",
        "options-exclude-each-other",
        "missing-argument",
        "command-line",
    ];
    for id in english.keys().filter_map(|id| id.strip_prefix("error-")).filter(|id| !id.ends_with("-hint")) {
        let hinted = english.contains_key(&format!("error-{id}-hint"));
        assert!(hinted != hinted_in_the_source.contains(&id), "{id}");
    }
}

#[test]
fn every_command_and_argument_has_its_help() {
    let english = messages(ENGLISH);
    walk(&Line::command(), &[], &mut |command, path| {
        assert!(english.contains_key(&command_id(path)), "{}", command_id(path));
        assert!(!english[&command_id(path)].0.ends_with('.'), "{}", command_id(path));
        for argument in command.get_arguments() {
            let ids = argument_ids(path, argument);
            assert!(ids.iter().any(|id| english.contains_key(id)), "{ids:?}");
            let takes_values = argument.get_action().takes_values();
            for name in argument.get_value_names().unwrap_or_default().iter().filter(|_| takes_values) {
                assert!(english.contains_key(&value_id(name)), "{}", value_id(name));
            }
        }
    });
}

#[test]
fn every_help_message_has_its_command_or_argument() {
    let mut known = BTreeSet::new();
    walk(&Line::command(), &[], &mut |command, path| {
        known.extend([command_id(path), format!("{}-more", command_id(path))]);
        known.extend(command.get_arguments().flat_map(|argument| argument_ids(path, argument)));
    });
    for id in messages(ENGLISH).keys().filter(|id| id.starts_with("help-") && !id.starts_with("help-word-")) {
        assert!(known.contains(id), "{id} helps nobody");
    }
}

#[test]
fn every_option_says_its_default() {
    let (english, french) = (messages(ENGLISH), messages(FRENCH));
    walk(&Line::command(), &[], &mut |command, path| {
        let options = command.get_arguments().filter(|argument| {
            !argument.is_positional()
                && !argument.is_required_set()
                && !["help", "version"].contains(&argument.get_id().as_str())
        });
        for argument in options {
            let id = argument_ids(path, argument).into_iter().find(|id| english.contains_key(id)).unwrap();
            assert!(english[&id].0.contains("Default: ") && french[&id].0.contains("Défaut : "), "{id}");
        }
    });
}

#[test]
fn text_from_outside_is_escaped_in_sentences() {
    let said = Words::of(Language::English).say("error-file-missing", &[("path", "a\u{202e}b".into())]);
    assert_eq!(said, "no such file: a\\u{202e}b");
}

#[test]
fn any_french_tag_is_french_and_all_else_english() {
    for tag in ["fr", "fr_FR.UTF-8", "FR", "fr-CA"] {
        assert_eq!(Language::asked_for_by(tag), Language::French);
    }
    for tag in ["", "C", "en_GB", "de_DE", "é"] {
        assert_eq!(Language::asked_for_by(tag), Language::English);
    }
}
