//! Completion scripts: the tree of commands in the words of a language, for each shell that is known.
//!
//! French words are proposed without their accents: one types them on any keyboard, and a shell completes `ver` to
//! `verifier` but not to `vérifier`. Behind a word, each of its spellings is understood, in both languages.

use super::args::Line;
use super::help::{argument_help, command_id, value_id};
use super::locale::Words;
use super::vocabulary;
use crate::audit::{Action, Outcome};
use crate::import::Format;
use crate::key::State;
use crate::operator::Role;
use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, CommandFactory, ValueHint};

/// The shells that scripts are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Shell {
    /// GNU bash.
    Bash,
    /// The Z shell.
    Zsh,
    /// fish.
    Fish,
}

impl Shell {
    /// Gives what one types for the shell that one sits at to take its script.
    pub fn sourcing(self) -> &'static str {
        match self {
            Self::Bash => "source <(cleotp completions bash)",
            Self::Zsh => "source <(cleotp completions zsh)",
            Self::Fish => "cleotp completions fish | source",
        }
    }
}

/// Writes the script of a shell, in a language.
pub fn script(shell: Shell, words: &Words) -> String {
    let mut tree = worded(Line::command(), &[], words);
    let mut bytes = Vec::new();
    let (generator, spelled): (clap_complete::Shell, fn(&str) -> String) = match shell {
        Shell::Bash => (clap_complete::Shell::Bash, bash_spelled),
        Shell::Zsh => (clap_complete::Shell::Zsh, zsh_spelled),
        Shell::Fish => (clap_complete::Shell::Fish, fish_spelled),
    };
    clap_complete::generate(generator, &mut tree, "cleotp", &mut bytes);
    String::from_utf8_lossy(&bytes).lines().map(|line| format!("{}\n", spelled(line))).collect()
}

/// Puts the words of a language on a command and all below it.
fn worded(command: Command, path: &[String], words: &Words) -> Command {
    command
        .about(words.say(&command_id(path), &[]))
        .long_about(None)
        .disable_help_subcommand(true)
        .mut_args(|argument| worded_argument(argument, path, words))
        .mut_subcommands(|child| {
            let mut path = path.to_vec();
            path.push(child.get_name().to_owned());
            let name = vocabulary::typed(child.get_name(), words.language);
            worded(child, &path, words).name(name)
        })
}

fn worded_argument(argument: Arg, path: &[String], words: &Words) -> Arg {
    let help = argument_help(&argument, path, words);
    let argument = argument.help(help).long_help(None);
    if !argument.get_action().takes_values() {
        return argument;
    }
    let names: Vec<String> = argument.get_value_names().unwrap_or_default().iter().map(ToString::to_string).collect();
    let argument = argument.value_names(names.iter().map(|name| words.say(&value_id(name), &[])));
    let has_choices = argument.get_value_parser().possible_values().is_some();
    match names.first().map(String::as_str) {
        Some("STATE") => argument.value_parser(PossibleValuesParser::new(State::all().map(State::name))),
        Some("FORMAT") if !has_choices => {
            argument.value_parser(PossibleValuesParser::new(Format::all().map(Format::name)))
        }
        Some("ROLE") => argument.value_parser(PossibleValuesParser::new(Role::ALL.map(Role::name))),
        Some("ACTION") => argument.value_parser(PossibleValuesParser::new(Action::all().map(Action::name))),
        Some("OUTCOME") => argument.value_parser(PossibleValuesParser::new(Outcome::all().map(Outcome::name))),
        Some("FILE") => argument.value_hint(ValueHint::FilePath),
        Some("DIR") => argument.value_hint(ValueHint::DirPath),
        // A serial or a login is the name of no file.
        _ if !has_choices => argument.value_hint(ValueHint::Other),
        _ => argument,
    }
}

/// Lets bash know every spelling, in the lines `cleotp,cle)` by which it walks down the tree.
///
/// Where words are awaited, options are proposed only behind a hyphen, as the other shells do.
fn bash_spelled(line: &str) -> String {
    if let Some(all) = line.trim_start().strip_prefix("opts=\"").and_then(|all| all.strip_suffix('"')) {
        let (options, words): (Vec<&str>, Vec<&str>) = all.split(' ').partition(|word| word.starts_with('-'));
        if !words.is_empty() && !options.is_empty() {
            let (margin, words, options) = (margin(line), words.join(" "), options.join(" "));
            return format!("{margin}opts=\"{words}\"; [[ ${{cur}} == -* ]] && opts=\"{options}\"");
        }
    }
    let arm = line.trim_start().strip_suffix(')').and_then(|arm| arm.split_once(','));
    match arm {
        Some((parent, word)) if parent.starts_with("cleotp") => {
            let arms: Vec<String> =
                vocabulary::spellings(word).into_iter().map(|word| format!("{parent},{word}")).collect();
            format!("{}{})", margin(line), arms.join("|"))
        }
        _ => line.to_owned(),
    }
}

/// Lets zsh know every spelling, in the lines `(cle)` by which it walks down the tree.
///
/// Where nothing is known of a value it gets an empty list: with no action at all zsh proposes no options there either.
fn zsh_spelled(line: &str) -> String {
    if let Some(argument) = line.strip_suffix(":' \\") {
        return format!("{argument}:()' \\");
    }
    match line.trim_start().strip_prefix('(').and_then(|arm| arm.strip_suffix(')')) {
        Some(word) => format!("{}({})", margin(line), vocabulary::spellings(word).join("|")),
        None => line.to_owned(),
    }
}

fn margin(line: &str) -> &str {
    line.strip_suffix(line.trim_start()).unwrap_or_default()
}

/// Lets fish know every spelling, in its conditions `-n "… using_subcommand cle; and … seen_subcommand_from lister"`.
fn fish_spelled(line: &str) -> String {
    let Some((before, (condition, after))) =
        line.split_once(" -n \"").and_then(|(before, rest)| Some((before, rest.split_once('"')?)))
    else {
        return line.to_owned();
    };
    let spelled = condition.split(' ').map(|token| match token.strip_suffix(';') {
        Some(word) => format!("{};", vocabulary::spellings(word).join(" ")),
        None => vocabulary::spellings(token).join(" "),
    });
    format!("{before} -n \"{}\"{after}", spelled.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::locale::Language;

    #[test]
    fn every_spelling_is_known_behind_a_word_and_one_is_proposed() {
        let french = Words::of(Language::French);
        let bash = script(Shell::Bash, &french);
        assert!(bash.contains("cleotp,cle|cleotp,key|cleotp,clé)"), "{bash}");
        assert!(bash.contains(" cle ") && !bash.contains(" clé ") && !bash.contains(" key "), "{bash}");
        assert!(script(Shell::Zsh, &french).contains("\n(attribuer|assign)\n"));
        assert!(script(Shell::Fish, &french).contains("using_subcommand cle key clé; and"));
        let english = script(Shell::Bash, &Words::of(Language::English));
        assert!(english.contains("cleotp,key|cleotp,clé|cleotp,cle)"), "{english}");
    }

    #[test]
    fn words_of_the_language_stand_in_every_script() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            let [english, french] = [Language::English, Language::French].map(|tag| script(shell, &Words::of(tag)));
            assert!(english.contains("stock assigned") || english.contains("stock\\t"), "{english}");
            assert!(!french.contains("Manage") && !french.contains("Default:"), "{french}");
            assert!(shell == Shell::Bash || french.contains("Gérer les clés") && english.contains("Manage keys"));
        }
    }
}
