//! Root on the home of the system: it becomes the service account before it opens anything there.

use super::escape;
use super::exit::Exit;
use super::failure::Failure;
use super::gate;
use super::home::Home;
use crate::host::files::{self, Account, FileError};
use crate::host::{Host, NotBecome};
use crate::operator::Command;
use std::io::ErrorKind;
use std::path::Path;

/// How the service account is called where none has the home yet.
const SERVICE_ACCOUNT: &str = "cleotp";

/// Becomes the account that the home of the system belongs to, if the process is root's and the command needs the home; tells
/// whether it did.
///
/// A home that root chose for itself stays root's, and so do the commands that work without one.
///
/// # Errors
/// A failure when there is no such account, or the operating system refuses: nothing goes on as root then.
pub fn become_account(host: &Host, option: Option<&Path>, command: Command) -> Result<bool, Failure> {
    if !host.accounts.is_root() || !gate::needs_home(command) {
        return Ok(false);
    }
    let Ok(home) = Home::choose(option, &host.environment) else { return Ok(false) };
    if !home.is_of_system(&host.environment) {
        return Ok(false);
    }
    let owner = Account::owning(&home.folder);
    let was_there = owner.is_some();
    let account = match owner {
        Some(owner) if !owner.is_root() => owner,
        owner if command == Command::Init && home.database().symlink_metadata().is_err() => {
            let account = service_account(host)?;
            if owner.is_some() {
                return Err(of_root(host));
            }
            files::create_private_dir_of(&host.environment.system_home, &account)?;
            account
        }
        // Nothing is there to be opened, or all of it is root's own.
        _ => return Ok(false),
    };
    if let Err(error) = host.accounts.become_account(account.uid) {
        if !was_there {
            files::remove_dir(&host.environment.system_home);
        }
        return Err(not_become(error, host, &account));
    }
    // What it cannot reach would lead it to another home.
    match Home::choose(option, &host.environment) {
        Ok(same) if same == home => Ok(true),
        _ => Err(FileError::Read { path: home.folder, source: ErrorKind::PermissionDenied.into() }.into()),
    }
}

/// Tells whether the process has yet to become another account before it opens anything of a home.
pub fn is_to_become_another(host: &Host, home: &Home) -> bool {
    host.accounts.is_root()
        && home.is_of_system(&host.environment)
        && Account::owning(&home.folder).is_some_and(|owner| !owner.is_root())
}

/// Says that the home of the system belongs to root, and what gives it to the service account.
pub fn of_root(host: &Host) -> Failure {
    let failure = about("home-of-root", host);
    if service_uid(host).is_some() { failure } else { failure.hinted("hint-home-of-root-without-account") }
}

fn service_uid(host: &Host) -> Option<u32> {
    host.accounts.uid_of(SERVICE_ACCOUNT).filter(|uid| *uid != 0)
}

fn service_account(host: &Host) -> Result<Account, Failure> {
    let uid = service_uid(host).ok_or_else(|| about("no-service-account", host))?;
    Ok(Account { uid, name: SERVICE_ACCOUNT.to_owned() })
}

fn not_become(error: NotBecome, host: &Host, account: &Account) -> Failure {
    match error {
        NotBecome::Unknown(uid) => about("home-of-unknown-account", host).about("uid", uid),
        NotBecome::Refused(error) => about("cannot-become-account", host)
            .with("owner", account.name.clone())
            .with("reason", Failure::reason(&error)),
    }
}

/// Says something of the home of the system, by the name that is right from everywhere.
fn about(id: &'static str, host: &Host) -> Failure {
    let folder = &host.environment.system_home;
    Failure::new(Exit::Configuration, id)
        .with("path", escape::path(folder))
        .with("quoted", escape::for_shell(folder))
        .with("account", SERVICE_ACCOUNT)
}

#[cfg(test)]
mod tests;
