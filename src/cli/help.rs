//! Help pages: the tree of commands with every word taken from the message files.
//!
//! A page is rendered from a tree of its own, in which commands bear the words of the language.

use super::args::Line;
use super::locale::{Language, Words};
use super::vocabulary;
use clap::{Arg, Command, CommandFactory};

/// Writes the help page of the command at `path` (English words, empty for the program itself).
pub fn page(path: &[String], words: &Words, long: bool, width: u16) -> String {
    let root = Line::command();
    let globals: Vec<Arg> = root.get_arguments().filter(|arg| arg.is_global_set()).cloned().collect();
    let mut command = root;
    for word in path {
        match command.find_subcommand(word).cloned() {
            Some(child) => {
                // Half a screen of options would push the words that are looked for off it.
                let globals = globals.iter().cloned().map(|global| global.hide(!long));
                command = child.disable_help_flag(true).disable_help_subcommand(true).args(globals);
            }
            None => break,
        }
    }
    let mut command =
        translated(command, path, words, long).bin_name(typed(path, words.language)).term_width(width.into());
    command.render_help().to_string()
}

/// Gives the words to type for a command, in the language.
pub fn typed(path: &[String], language: Language) -> String {
    let words = path.iter().map(|word| vocabulary::shown(word, language));
    std::iter::once("cleotp").chain(words).collect::<Vec<_>>().join(" ")
}

/// Gives the id of the message that describes a command.
pub fn command_id(path: &[String]) -> String {
    if path.is_empty() { "help-cleotp".to_owned() } else { format!("help-{}", path.join("-")) }
}

/// Gives the ids of the messages that may describe an argument, the most precise one first.
pub fn argument_ids(path: &[String], argument: &Arg) -> [String; 2] {
    let name = argument.get_id().as_str().replace('_', "-");
    let shared = if argument.is_global_set() { "global" } else { "any" };
    [format!("{}--{name}", command_id(path)), format!("help-{shared}--{name}")]
}

/// Says what an argument is for.
pub fn argument_help(argument: &Arg, path: &[String], words: &Words) -> String {
    argument_ids(path, argument).iter().find_map(|id| words.find(id, &[])).unwrap_or_default()
}

/// Gives the id of the message that names what an argument takes.
pub fn value_id(value_name: &str) -> String {
    format!("value-{}", value_name.to_lowercase().replace('_', "-"))
}

/// Writes arguments as they are spoken of, as `--format FORMAT` for `--format <FORMAT>`, in the words of the language.
pub fn argument_shown(argument: &str, words: &Words) -> String {
    let mut shown = String::new();
    let mut rest = argument;
    while let Some((before, tail)) = rest.split_once(['<', '['])
        && let Some((name, after)) = tail.split_once(['>', ']'])
    {
        shown.push_str(before);
        shown.push_str(&words.find(&value_id(name), &[]).unwrap_or_else(|| name.to_owned()));
        rest = after.strip_prefix("...").unwrap_or(after);
    }
    shown.push_str(rest);
    shown
}

fn translated(command: Command, path: &[String], words: &Words, long: bool) -> Command {
    let id = command_id(path);
    let about = words.say(&id, &[]);
    let more = match path {
        [] => words.find(&format!("{id}-more"), &[]),
        _ if long => words.find(&format!("{id}-more"), &[]),
        _ => Some(words.say("general-options-elsewhere", &[])),
    };
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        words.say("help-word-usage", &[])
    );
    let language = words.language;
    let mut order = 0_usize;
    let command = match more {
        Some(more) => command.after_help(more),
        None => command,
    };
    command
        .about(about)
        .long_about(None)
        .help_template(template)
        .subcommand_value_name(words.say("value-command", &[]))
        .subcommand_help_heading(words.say("help-word-commands", &[]))
        .color(clap::ColorChoice::Never)
        .mut_args(|argument| {
            // As declared: clap sorts the arguments under a heading by name.
            order = order.saturating_add(1);
            translated_argument(argument, path, words).display_order(order)
        })
        .mut_subcommands(|child| {
            let mut path = path.to_vec();
            path.push(child.get_name().to_owned());
            let about = words.say(&command_id(&path), &[]);
            let name = match (language, vocabulary::french(child.get_name())) {
                (Language::French, Some(french)) => format!("{french}, {}", child.get_name()),
                _ => child.get_name().to_owned(),
            };
            child.name(name).about(about).long_about(None)
        })
}

fn translated_argument(argument: Arg, path: &[String], words: &Words) -> Arg {
    let heading = if argument.is_positional() {
        "help-word-arguments"
    } else if argument.is_global_set() {
        "help-word-global-options"
    } else {
        "help-word-options"
    };
    let help = argument_help(&argument, path, words);
    let value_names = argument.get_value_names().unwrap_or_default();
    let value_names: Vec<String> = value_names.iter().map(|name| words.say(&value_id(name), &[])).collect();
    let argument = argument.help(help).long_help(None).help_heading(words.say(heading, &[]));
    let argument = if argument.get_action().takes_values() {
        argument.hide_possible_values(true).hide_default_value(true)
    } else {
        argument
    };
    if value_names.is_empty() { argument } else { argument.value_names(value_names) }
}
