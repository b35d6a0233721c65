//! Reading the command line, and saying what is wrong with it: every kind of clap's errors in our words.

use super::args::Line;
use super::escape::{LONGEST_PATH, cut, for_shell};
use super::exit::Exit;
use super::failure::Failure;
use super::gate;
use super::help::{argument_shown, typed};
use super::locale::Words;
use super::times::InvalidMoment;
use super::vocabulary;
use crate::audit::InvalidRemark;
use crate::emergency::{Days, InvalidDays};
use crate::establishment::InvalidUai;
use crate::import::{InvalidColumns, UnknownEncoding};
use crate::key::{InvalidRange, InvalidSerial, State};
use crate::operator::UnknownRole;
use crate::user::{InvalidLogin, InvalidName};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory, FromArgMatches};
use std::error::Error;
use std::ffi::OsString;
use std::str::FromStr;

/// What a command line asks for.
pub enum Asked {
    /// To run a command.
    Run(Box<Line>),
    /// A help page: of which command, and whether the long one.
    Help(Vec<String>, bool),
    /// The version.
    Version,
    /// Nothing that exists; with the command whose short help is worth showing, if any.
    Wrong(Failure, Option<Vec<String>>),
}

/// Reads a command line, its first word being the program's name.
pub fn read(args: &[OsString], words: &Words) -> Asked {
    if let Some(failure) = too_long(args) {
        return Asked::Wrong(failure, None);
    }
    // Asked by scripts before all else, and told without the tree of commands, which takes as long as the process does to start.
    if let [_, word] = args
        && (word == "--version" || word == "-V")
    {
        return Asked::Version;
    }
    match read_by(&mut vocabulary::with_french_of(args, Line::command()), args) {
        Ok(line) => return Asked::Run(Box::new(line)),
        Err(error) if error.kind() == ErrorKind::DisplayVersion => return Asked::Version,
        Err(_) => {}
    }
    // What the words were meant for is sought among all.
    let mut tree = vocabulary::with_french(Line::command());
    let path = path_of(&tree, args);
    let error = match read_by(&mut tree, args) {
        Ok(line) => return Asked::Run(Box::new(line)),
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::DisplayHelp => Asked::Help(path, args.iter().any(|word| word == "--help")),
        ErrorKind::DisplayVersion => Asked::Version,
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Asked::Wrong(failed("missing-command", &path, words), Some(path))
        }
        ErrorKind::InvalidUtf8 => Asked::Wrong(not_text(args), None),
        _ => Asked::Wrong(explained(&error, &tree, &path, words), None),
    }
}

fn read_by(tree: &mut Command, args: &[OsString]) -> Result<Line, clap::Error> {
    let matches = tree.try_get_matches_from_mut(args)?;
    let mut line = Line::from_arg_matches(&matches)?;
    line.names_a_path = gate::names_a_path(tree, &matches);
    Ok(line)
}

/// Gives the English words of the command that a line names, as far as they exist.
fn path_of(tree: &Command, args: &[OsString]) -> Vec<String> {
    let mut path = Vec::new();
    let mut command = tree;
    let mut takes_value = false;
    for word in args.iter().skip(1).filter_map(|word| word.to_str()) {
        if std::mem::take(&mut takes_value) {
            continue;
        }
        if word == "--" {
            break;
        }
        if word.starts_with('-') {
            takes_value = option_takes_next(tree, word);
            continue;
        }
        let Some(child) = command.find_subcommand(word) else { break };
        path.push(child.get_name().to_owned());
        command = child;
    }
    path
}

/// Tells whether a global option takes the next word as its value.
fn option_takes_next(tree: &Command, word: &str) -> bool {
    tree.get_arguments().filter(|argument| argument.get_action().takes_values()).any(|argument| {
        let long = argument.get_long().is_some_and(|long| word.strip_prefix("--") == Some(long));
        let short = argument.get_short().is_some_and(|short| {
            let letter = word.strip_prefix('-').filter(|letters| !letters.starts_with('-'));
            letter.is_some_and(|letters| {
                letters.ends_with(short) && !letters.starts_with(short) || letters == short.to_string()
            })
        });
        long || short
    })
}

fn failed(id: &'static str, path: &[String], words: &Words) -> Failure {
    Failure::new(Exit::Usage, id)
        .with("help", format!("{} --help", typed(path, words.language)))
        .hinted("hint-see-help")
}

fn explained(error: &clap::Error, tree: &Command, path: &[String], words: &Words) -> Failure {
    let argument = shown(error, ContextKind::InvalidArg, words);
    let value = cut(&text(error, ContextKind::InvalidValue));
    let failed = |id| failed(id, path, words);
    match error.kind() {
        ErrorKind::InvalidSubcommand => unknown_command(error, tree, path, words),
        ErrorKind::UnknownArgument => unknown_argument(error, path, words),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            failed("missing-value").with("argument", argument)
        }
        ErrorKind::InvalidValue => failed("value-not-allowed")
            .with("argument", argument)
            .with("value", value)
            .with("choices", shown(error, ContextKind::ValidValue, words)),
        ErrorKind::ValueValidation => invalid_value(error).with("argument", argument).with("value", value),
        ErrorKind::NoEquals => failed("missing-value").with("argument", argument),
        ErrorKind::TooManyValues => failed("takes-no-value").with("argument", argument),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            failed("wrong-number-of-values").with("argument", argument)
        }
        ErrorKind::ArgumentConflict => {
            let other = shown(error, ContextKind::PriorArg, words);
            if other.is_empty() || other == argument {
                failed("option-given-twice").with("argument", argument)
            } else {
                failed("options-exclude-each-other").with("argument", argument).with("other", other)
            }
        }
        ErrorKind::MissingRequiredArgument => failed("missing-argument").with("arguments", argument),
        _ => failed("command-line"),
    }
}

/// Refuses what is longer than any path, before it is compared with all that it might mean.
fn too_long(args: &[OsString]) -> Option<Failure> {
    let (at, word) = args.iter().enumerate().skip(1).find(|(_, word)| word.len() > LONGEST_PATH)?;
    let failure = Failure::new(Exit::Usage, "argument-too-long");
    Some(failure.with("number", at).with("length", word.len()).with("allowed", LONGEST_PATH))
}

/// Names the words of a line that are no text where a text is wanted; a path may be any bytes.
fn not_text(args: &[OsString]) -> Failure {
    let wrong = args.iter().skip(1).filter(|word| word.to_str().is_none());
    let wrong: Vec<String> = wrong.map(|word| cut(&for_shell(word))).collect();
    Failure::new(Exit::Usage, "not-utf8").with("words", cut(&wrong.join(" ")))
}

fn unknown_command(error: &clap::Error, tree: &Command, path: &[String], words: &Words) -> Failure {
    let word = cut(&text(error, ContextKind::InvalidSubcommand));
    let failure = failed("unknown-command", path, words).with("word", word.clone());
    if path == ["key"] && word == "retirer" {
        return Failure::new(Exit::Usage, "ambiguous-command").with("word", word);
    }
    let mut parent = tree;
    for word in path {
        parent = parent.find_subcommand(word).unwrap_or(parent);
    }
    let near = match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::Strings(near)) => near.last().cloned(),
        Some(ContextValue::String(near)) => Some(near.clone()),
        _ => None,
    };
    match near.and_then(|near| parent.find_subcommand(near)) {
        Some(near) => {
            let mut path = path.to_vec();
            path.push(near.get_name().to_owned());
            failure.with("near", typed(&path, words.language)).hinted("hint-near")
        }
        None => failure,
    }
}

/// Names an unknown option, but not a surplus word: somebody may have typed a secret there.
fn unknown_argument(error: &clap::Error, path: &[String], words: &Words) -> Failure {
    let argument = text(error, ContextKind::InvalidArg);
    if !argument.starts_with('-') {
        let help = format!("{} --help", typed(path, words.language));
        return Failure::new(Exit::Usage, "surplus-argument").with("help", help);
    }
    let name = argument.split_once('=').map_or(argument.as_str(), |(name, _)| name);
    let failure = failed("unknown-option", path, words).with("argument", cut(name));
    match text(error, ContextKind::SuggestedArg) {
        near if near.is_empty() => failure,
        near => failure.with("near", near).hinted("hint-near"),
    }
}

/// Says what the trade refused about a value; what is none of its types is a number of clap's.
fn invalid_value(error: &clap::Error) -> Failure {
    let invalid = |id| Failure::new(Exit::Usage, id);
    let Some(source) = error.source() else { return invalid("invalid-number") };
    if let Some(uai) = source.downcast_ref::<InvalidUai>() {
        return match uai {
            InvalidUai::Form => invalid("invalid-uai"),
            InvalidUai::Letter { right } => invalid("wrong-uai-letter").about("right", right),
        };
    }
    if let Some(columns) = source.downcast_ref::<InvalidColumns>() {
        return match columns {
            InvalidColumns::Unknown { word } => invalid("unknown-column").with("word", cut(word)),
            InvalidColumns::Twice { name } => invalid("column-named-twice").with("name", *name),
            InvalidColumns::NoSecret => invalid("no-column-of-seeds"),
        };
    }
    if source.is::<UnknownEncoding>() {
        invalid("unknown-encoding")
    } else if source.is::<InvalidSerial>() {
        invalid("invalid-serial")
    } else if source.is::<InvalidRange>() {
        invalid("invalid-range")
    } else if source.is::<InvalidRemark>() {
        invalid("invalid-remark")
    } else if source.is::<InvalidLogin>() {
        invalid("invalid-login")
    } else if source.is::<InvalidName>() {
        invalid("invalid-name")
    } else if source.is::<<State as FromStr>::Err>() {
        let states: Vec<&str> = State::all().map(State::name).collect();
        invalid("unknown-state").with("choices", states.join(", "))
    } else if source.is::<InvalidDays>() {
        invalid("invalid-days").with("most", Days::MOST)
    } else if source.is::<UnknownRole>() {
        invalid("unknown-role")
    } else if source.is::<InvalidMoment>() {
        invalid("invalid-moment")
    } else if source.is::<std::net::AddrParseError>() {
        invalid("invalid-address")
    } else {
        invalid("invalid-number")
    }
}

fn shown(error: &clap::Error, kind: ContextKind, words: &Words) -> String {
    argument_shown(&text(error, kind), words)
}

fn text(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}

/// Finds the value of an option before the line is parsed, so that even what is wrong with it is said in the right language.
pub fn peek<'a>(args: &'a [OsString], long: &str, short: Option<char>) -> Option<&'a str> {
    let mut words = args.iter().skip(1).map_while(|word| word.to_str()).take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        if let Some(tail) = word.strip_prefix("--").and_then(|word| word.strip_prefix(long)) {
            match tail.strip_prefix('=') {
                Some(value) => return Some(value),
                None if tail.is_empty() => return words.next(),
                None => {}
            }
        }
        let letters = short.and_then(|short| word.strip_prefix('-')?.strip_prefix(short));
        match letters {
            Some("") => return words.next(),
            Some(value) => return Some(value.strip_prefix('=').unwrap_or(value)),
            None => {}
        }
    }
    None
}
