//! What somebody who came through sudo may not choose: the home, and paths that the service account would open for him.

use super::args::{FileOrStdin, FileOrStdout};
use super::exit::Exit;
use super::failure::Failure;
use super::session::Session;
use crate::host::{Environment, Via};
use crate::operator::{Command, Decision, Role};
use clap::{ArgMatches, parser::ValueSource};
use std::any::TypeId;
use std::ffi::OsStr;
use std::path::PathBuf;

/// Refuses a home that was chosen by somebody who came through sudo: the operators of a home are those who are written down in it.
///
/// # Errors
/// `home-through-sudo`.
pub fn refuse_chosen_home(via: Via, option: bool, environment: &Environment, command: Command) -> Result<(), Failure> {
    // A variable that reaches no database does no harm.
    let by_variable = needs_home(command) && environment.cleotp_home.is_some();
    if via == Via::Sudo && (option || by_variable) {
        return Err(Failure::new(Exit::NotPermitted, "home-through-sudo"));
    }
    Ok(())
}

/// Tells whether a command opens the home that was chosen.
pub fn needs_home(command: Command) -> bool {
    command.decision(Role::Admin) != Decision::Free || command == Command::Init
}

/// Tells whether a command only looks at an installation, also at one that is broken.
const fn looks_at_installation(command: Command) -> bool {
    matches!(command, Command::Doctor | Command::ConfigShow | Command::ConfigCheck)
}

/// Tells whether a command line names a path other than the home: looked for in the tree itself, so that no option of a new
/// command can be forgotten. `-` is none only where it is stdin or stdout.
pub fn names_a_path(tree: &clap::Command, matches: &ArgMatches) -> bool {
    let (mut command, mut matches) = (tree, matches);
    loop {
        let named = command.get_arguments().filter(|argument| !argument.is_global_set()).any(|argument| {
            let Some(is_path) = path_test(argument) else { return false };
            let id = argument.get_id().as_str();
            let is_given = matches.value_source(id).is_some_and(|source| source != ValueSource::DefaultValue);
            is_given && matches.get_raw(id).is_some_and(|mut values| values.any(is_path))
        });
        match matches.subcommand().and_then(|(name, below)| Some((command.find_subcommand(name)?, below))) {
            _ if named => return true,
            Some((child, below)) => (command, matches) = (child, below),
            None => return false,
        }
    }
}

/// Gives what tells of a value of an argument whether it names a path; nothing when no value of it can.
fn path_test(argument: &clap::Arg) -> Option<fn(&OsStr) -> bool> {
    match argument.get_value_parser().type_id() {
        id if id == TypeId::of::<PathBuf>() => Some(|_| true),
        id if id == TypeId::of::<FileOrStdin>() => Some(|value| value != FileOrStdin::STDIN),
        id if id == TypeId::of::<FileOrStdout>() => Some(|value| value != FileOrStdout::STDOUT),
        _ => None,
    }
}

impl Session<'_> {
    /// Judges somebody who came through sudo, or what runs unattended, before the command asks or reads anything; all others are
    /// judged when the installation is opened, as these are again.
    ///
    /// Through sudo only an administrator names a path: the service account would open it with its own rights.
    ///
    /// # Errors
    /// `not-permitted`, `not-an-operator`, `path-through-sudo`; and what opening the installation fails with.
    pub fn judge_caller(&mut self, names_a_path: bool) -> Result<(), Failure> {
        let is_through_sudo = self.host.caller.via == Via::Sudo;
        if !is_through_sudo && self.settings.cron_role.is_none() {
            return Ok(());
        }
        let names_a_path = names_a_path && is_through_sudo;
        let refused = || Failure::new(Exit::NotPermitted, "path-through-sudo");
        if self.command.decision(Role::Admin) == Decision::Free {
            return if names_a_path { Err(refused().hinted("hint-own-account")) } else { Ok(()) };
        }
        let judged = self.at_desk(|desk, session| {
            if !names_a_path || session.role == Some(Role::Admin) {
                return Ok(());
            }
            desk.deny("path-through-sudo")?;
            Err(refused())
        });
        match judged {
            // A database that cannot be opened tells nobody's role; what is the matter with it is the doctor's to say.
            // One that is lost or damaged is what a backup is put in the place of: the command judges by itself who may.
            Err(failure)
                if (looks_at_installation(self.command)
                    || matches!(self.command, Command::Restore | Command::Backup) && !is_through_sudo)
                    && failure.exit() != Exit::NotPermitted =>
            {
                Ok(())
            }
            judged => judged,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Line;
    use crate::cli::vocabulary::with_french;
    use clap::CommandFactory;
    use std::collections::BTreeSet;

    fn leaves(command: &clap::Command, path: &str, found: &mut BTreeSet<String>) {
        for child in command.get_subcommands() {
            let path = format!("{path}-{}", child.get_name()).trim_start_matches('-').to_owned();
            if child.has_subcommands() {
                leaves(child, &path, found);
            } else {
                found.insert(path);
            }
        }
    }

    #[test]
    fn the_table_of_roles_has_a_row_for_each_command_of_the_tree_and_no_other() {
        let mut tree = BTreeSet::new();
        leaves(&Line::command(), "", &mut tree);
        let table: BTreeSet<String> = Command::ALL.iter().map(|command| command.name().to_owned()).collect();
        assert_eq!(table.len(), Command::ALL.len());
        assert_eq!(table, tree);
    }

    #[test]
    fn whatever_is_called_a_file_or_a_folder_is_a_path() {
        fn look(command: &clap::Command, found: &mut usize) {
            for argument in command.get_arguments() {
                let names = argument.get_value_names().unwrap_or_default().iter();
                let is_named_so = names.filter(|name| ["FILE", "DIR", "PATH"].contains(&name.as_str())).count() > 0;
                let is_path = path_test(argument).is_some();
                assert_eq!(is_named_so, is_path, "{} {}", command.get_name(), argument.get_id());
                *found += usize::from(is_path);
            }
            command.get_subcommands().for_each(|child| look(child, found));
        }
        let mut found = 0;
        look(&Line::command(), &mut found);
        assert!(found > 6, "{found}");
    }

    #[test]
    fn a_path_is_found_wherever_it_stands() {
        for (line, names) in [
            ("cleotp import keys.xml", true),
            ("cleotp import -", false),
            ("cleotp importer - keys.xml", true),
            ("cleotp import - --psk-file=key", true),
            ("cleotp utilisateur importer liste.csv", true),
            ("cleotp user import --dry-run -", false),
            ("cleotp activation new jdupont --output x", true),
            ("cleotp key lost --from -", false),
            ("cleotp key ship --from=- --to-academy", false),
            ("cleotp establishment import -", false),
            ("cleotp key lost --from liste.csv", true),
            ("cleotp import --spool -", true),
            ("cleotp import --spool=-", true),
            ("cleotp import - --psk-file -", true),
            ("cleotp import --passphrase-file=- -", true),
            ("cleotp import - --partial --rejects -", true),
            ("cleotp activation new jdupont --output -", true),
            ("cleotp slip jdupont --output -", true),
            ("cleotp man -", true),
            ("cleotp demo -", true),
            // The home is judged by itself, whatever it is.
            ("cleotp --home x key list", false),
            ("cleotp --home - key list", false),
            ("cleotp demo", false),
            ("cleotp demo x", true),
        ] {
            let mut tree = with_french(Line::command());
            let matches = tree.try_get_matches_from_mut(line.split(' ')).unwrap();
            assert_eq!(names_a_path(&tree, &matches), names, "{line}");
        }
    }
}
