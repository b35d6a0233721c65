//! The face: reads a command line, runs the command, writes what it answers, in French or in English.

mod args;
mod commands;
mod completion;
mod confirm;
mod contact;
mod desk;
mod escape;
mod exit;
mod failure;
mod fold;
mod gate;
mod help;
mod home;
mod locale;
mod login_server;
mod long_list;
mod manual;
mod people_list;
mod report;
mod service;
mod session;
mod settings;
mod sheet;
mod times;
mod usage;
mod vault_key;
mod vocabulary;

#[cfg(test)]
mod tests;

pub use exit::Exit;

use crate::host::{Host, Via, last_panic};
use failure::Failure;
use home::Home;
use locale::{Language, Words};
use report::Format;
use session::Session;
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use usage::Asked;

/// Runs one command line, and tells how it ended.
pub fn run(args: Vec<OsString>, host: &mut Host) -> Exit {
    let caught = catch_unwind(AssertUnwindSafe(|| perform(&args, host)));
    caught.unwrap_or_else(|_payload| {
        let place = last_panic().unwrap_or_else(|| "?".to_owned());
        let failure = Failure::new(Exit::Defect, "defect").with("place", place);
        let words = Words::of(host.environment.language().map_or(Language::English, Language::asked_for_by));
        complain(&failure, &words, format_of(&args), host)
    })
}

fn perform(args: &[OsString], host: &mut Host) -> Exit {
    // Before anything is read, were it the language. Through sudo no variable names a folder anyway.
    if host.caller.via != Via::Sudo && args.iter().any(|arg| arg == "--pam" || arg == "--radius") {
        host.environment.forget_folders();
    }
    let mut words = Words::of(language_of(args, host));
    let format = format_of(args);
    let asked = match format {
        Format::Table | Format::Csv => usage::read(args, &words),
        // What scripts read names arguments and commands in English too.
        Format::Json | Format::Jsonl => usage::read(args, &Words::of(Language::English)),
    };
    let done = match asked {
        Asked::Help(path, long) => {
            let page = help::page(&path, &words, long, session::width(host));
            session::answer(host, page.as_bytes()).map(|()| Exit::Done)
        }
        Asked::Version => {
            let version = concat!("cleotp ", env!("CARGO_PKG_VERSION"), "\n");
            session::answer(host, version.as_bytes()).map(|()| Exit::Done)
        }
        Asked::Wrong(failure, path) => {
            let exit = complain(&failure, &words, format, host);
            if let (Some(path), Format::Table | Format::Csv) = (path, format) {
                let page = help::page(&path, &words, false, session::width(host));
                host.terminal.say(&format!("\n{page}"));
            }
            return exit;
        }
        Asked::Run(line) => {
            let is_muted = line.command.is_heard_at_the_door() && !line.options.verbose;
            match carry_out(*line, args, &mut words, host) {
                Err(failure) if is_muted => return failure.exit(),
                done => done,
            }
        }
    };
    done.unwrap_or_else(|failure| complain(&failure, &words, format, host))
}

/// Runs the command of a line that is right; the words may become other ones, when it is another configuration that counts.
fn carry_out(line: args::Line, args: &[OsString], words: &mut Words, host: &mut Host) -> Result<Exit, Failure> {
    let args::Line { mut options, command, names_a_path, .. } = line;
    let (asked, via) = (command.asked(), host.caller.via);
    gate::refuse_chosen_home(via, options.home.is_some(), &host.environment, asked)?;
    if let args::Command::Demo { folder } = &command {
        // The demonstration makes a home of its own: it needs none, and reads the configuration of none.
        options.home = Some(folder.clone().unwrap_or_else(|| "/".into()));
    }
    // Root sees all of the machine, and the account that it becomes may not.
    let seen = matches!(command, args::Command::Doctor).then(|| commands::Surroundings::look(host));
    if service::become_account(host, options.home.as_deref(), asked)? {
        // The configuration was not read before.
        *words = Words::of(language_of(args, host));
    }
    let mut session = match &command {
        args::Command::Doctor
        | args::Command::Config(_)
        | args::Command::Completions { .. }
        | args::Command::Man { .. } => Session::regardless(host, Words::of(words.language), options, asked),
        _ => Session::open(host, Words::of(words.language), options, asked).map_err(|failure| match failure.id() {
            "no-home" if command.is_of_login_server() => failure.hinted("hint-no-home-for-login-server"),
            _ => failure,
        })?,
    };
    session.judge_caller(names_a_path)?;
    commands::run(&mut session, command, seen)
}

fn complain(failure: &Failure, words: &Words, format: Format, host: &mut Host) -> Exit {
    session::complain(host, failure, words, format);
    failure.exit()
}

/// Finds the language before anything is parsed: `--lang`, the configuration, the environment.
fn language_of(args: &[OsString], host: &Host) -> Language {
    let option = usage::peek(args, "lang", None).map(Language::asked_for_by);
    let configured = || {
        // Through sudo nobody chooses a home, and none is read before that is said.
        let chosen = usage::peek(args, "home", None);
        if host.caller.via == Via::Sudo && (chosen.is_some() || host.environment.cleotp_home.is_some()) {
            return None;
        }
        let home = Home::choose(chosen.map(Path::new), &host.environment).ok()?;
        if service::is_to_become_another(host, &home) {
            return None;
        }
        session::read_settings(&home).ok()?.language
    };
    let environment = || host.environment.language().map(Language::asked_for_by);
    option.or_else(configured).or_else(environment).unwrap_or(Language::English)
}

/// Finds the form of answers before anything is parsed, for what may be wrong with the line.
fn format_of(args: &[OsString]) -> Format {
    let named = usage::peek(args, "output-format", Some('o')).unwrap_or_default();
    clap::ValueEnum::from_str(named, false).unwrap_or_default()
}
