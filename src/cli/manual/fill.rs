//! What the program fills in: names, usage, verbs, arguments and options, from the tree of commands and its messages.

use super::Page;
use super::sheet::{BOUND, Sheet};
use crate::audit::{Action, Outcome};
use crate::cli::args::Line;
use crate::cli::help::{argument_help, command_id, typed, value_id};
use crate::cli::locale::{Language, Words};
use clap::{Arg, ArgAction, Command, CommandFactory};

/// The places that a page may have.
#[cfg(test)]
pub const PLACES: [&str; 8] =
    ["name", "synopsis", "more", "commands", "options", "global-options", "actions", "outcomes"];

/// Fills in a place.
pub fn place(sheet: &mut Sheet, name: &str, page: &Page, words: &Words) {
    let root = Line::command();
    let own = root.find_subcommand(page.command);
    let path: Vec<String> = own.iter().map(|command| command.get_name().to_owned()).collect();
    let command = own.unwrap_or(&root);
    let about = words.say(&command_id(&path), &[]);
    match name {
        "name" => sheet.paragraph(&format!("{} - {about}", page.name())),
        "synopsis" => sheet.lines(&usages(command, &path, words)),
        "more" => tell_more(sheet, &path, words),
        "commands" if own.is_none() => list_commands(sheet, &root, words),
        "commands" => command.get_subcommands().for_each(|verb| tell_verb(sheet, verb, &path, words)),
        "options" => tell_arguments(sheet, command, &path, words),
        "global-options" => {
            let globals = root.get_arguments().filter(|argument| !argument.is_positional());
            globals.for_each(|argument| tell_argument(sheet, argument, &[], words));
        }
        "actions" => list_words(sheet, Action::all().map(Action::name)),
        "outcomes" => list_words(sheet, Outcome::all().map(Outcome::name)),
        // A test fails for a place that is none of these.
        _ => {}
    }
}

fn list_words(sheet: &mut Sheet, words: impl Iterator<Item = &'static str>) {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    sheet.paragraph(&format!("{}.", words.join(", ")));
}

/// Gives what can be typed for a command, or for each verb of a group.
fn usages(command: &Command, path: &[String], words: &Words) -> Vec<String> {
    let of = |command: &Command, path: &[String]| {
        let own = command.get_arguments().filter(|argument| !argument.is_global_set());
        let (operands, options): (Vec<&Arg>, Vec<&Arg>) = own.partition(|argument| argument.is_positional());
        let mut usage = format!("`{}`", typed(path, Language::English));
        for argument in operands.into_iter().chain(options) {
            usage.push(' ');
            usage.push_str(&bracketed(argument, words));
        }
        usage
    };
    if !command.has_subcommands() {
        return vec![of(command, path)];
    }
    command.get_subcommands().map(|verb| of(verb, &below(path, verb))).collect()
}

fn below(path: &[String], command: &Command) -> Vec<String> {
    let mut path = path.to_vec();
    path.push(command.get_name().to_owned());
    path
}

/// Writes an argument as a usage line has it.
fn bracketed(argument: &Arg, words: &Words) -> String {
    let many = if is_repeated(argument) { "..." } else { "" };
    let shown = shown(argument, words);
    let bracketed = if argument.is_required_set() { format!("{shown}{many}") } else { format!("[{shown}]{many}") };
    bracketed.replace(' ', BOUND)
}

fn is_repeated(argument: &Arg) -> bool {
    matches!(argument.get_action(), ArgAction::Append)
}

/// Writes an argument as it is typed: `--state STATE`, or the name of an operand.
fn shown(argument: &Arg, words: &Words) -> String {
    let takes = argument.get_action().takes_values();
    let names = argument.get_value_names().unwrap_or_default().iter().filter(|_| takes);
    let values: Vec<String> = names.map(|name| format!("*{}*", words.say(&value_id(name), &[]))).collect();
    let long = argument.get_long().map(|long| format!("`--{long}`"));
    long.into_iter().chain(values).collect::<Vec<_>>().join(" ")
}

/// Writes what the longer help adds to a command.
fn tell_more(sheet: &mut Sheet, path: &[String], words: &Words) {
    let more = words.find(&format!("{}-more", command_id(path)), &[]);
    for lines in more.iter().flat_map(|more| more.split("\n\n")) {
        sheet.paragraph(&lines.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}

/// Lists the commands of the program, each with what it is for and where to read on.
fn list_commands(sheet: &mut Sheet, root: &Command, words: &Words) {
    for command in root.get_subcommands() {
        let path = below(&[], command);
        let verbs: Vec<String> = command.get_subcommands().map(|verb| format!("`{}`", verb.get_name())).collect();
        let verbs = if verbs.is_empty() { String::new() } else { format!(" {}", verbs.join(", ")) };
        let about = words.say(&command_id(&path), &[]);
        let page = format!("`cleotp-{}`(1).{}", command.get_name(), in_french(&path, words));
        sheet.term(
            &format!("`{}`{verbs}", command.get_name()),
            &words.say("manual-command", &[("about", about.into()), ("page", page.into())]),
        );
    }
}

/// Tells a verb of a group: how it is typed, what it does, what it takes.
fn tell_verb(sheet: &mut Sheet, verb: &Command, path: &[String], words: &Words) {
    let path = below(path, verb);
    let operands = verb.get_arguments().filter(|argument| argument.is_positional());
    let operands = operands.map(|argument| bracketed(argument, words).replace('*', ""));
    let heading: Vec<String> = path.iter().cloned().chain(operands).collect();
    sheet.subheading(&heading.join(" ").replace(BOUND, " "));
    sheet.paragraph(&format!("{}.{}", words.say(&command_id(&path), &[]), in_french(&path, words)));
    tell_more(sheet, &path, words);
    tell_arguments(sheet, verb, &path, words);
}

/// Names the French words of a command, on French pages only: others do not type them.
fn in_french(path: &[String], words: &Words) -> String {
    let french = typed(path, Language::French);
    if words.language == Language::English || french == typed(path, Language::English) {
        return String::new();
    }
    format!(" {}", words.say("manual-in-french", &[("words", format!("`{french}`").into())]))
}

fn tell_arguments(sheet: &mut Sheet, command: &Command, path: &[String], words: &Words) {
    let own = command.get_arguments().filter(|argument| !argument.is_global_set());
    let (operands, options): (Vec<&Arg>, Vec<&Arg>) = own.partition(|argument| argument.is_positional());
    operands.into_iter().chain(options).for_each(|argument| tell_argument(sheet, argument, path, words));
}

fn tell_argument(sheet: &mut Sheet, argument: &Arg, path: &[String], words: &Words) {
    let short = argument.get_short().map(|short| format!("`-{short}`, ")).unwrap_or_default();
    let help = argument_help(argument, path, words);
    sheet.term(&format!("{short}{}", shown(argument, words)), &format!("{help}."));
}
