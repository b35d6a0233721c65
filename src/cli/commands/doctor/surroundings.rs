//! What lies around an installation: the machine, its login servers, and the rule of sudo.

use super::finding::Finding;
use super::{Check, logins, machine, sudo};
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::host::files::Account;
use crate::host::{Host, Machine};
use std::path::PathBuf;

/// What was found around an installation. It is looked at before root becomes the account of the home, which may read less of it.
pub struct Surroundings {
    pub(super) clock: Option<Finding>,
    memory: Vec<Finding>,
    logins: Vec<Finding>,
    /// Told only where somebody comes by sudo.
    sudo: Vec<Finding>,
    unseen: Vec<PathBuf>,
    unseen_of_sudo: Vec<PathBuf>,
    /// Who looked.
    account: String,
}

impl Surroundings {
    /// Looks at everything, with the rights that the process has now.
    pub fn look(host: &Host) -> Self {
        let [machine, of_sudo] = [(); 2].map(|()| Machine::at(&host.environment.machine_root));
        Self {
            clock: machine::look_at_clock(&machine, host.clock.now()),
            memory: machine::look_at_memory(&machine),
            logins: logins::look(&machine),
            sudo: sudo::look(&of_sudo),
            unseen: machine.unseen(),
            unseen_of_sudo: of_sudo.unseen(),
            account: Account::own().name,
        }
    }

    /// Gives the checks of the machine, its login servers, and the rule of sudo where there are delegates, who come by it.
    pub(super) fn into_checks(self, has_delegate: bool) -> [Check; 3] {
        let Self { memory: mut found, logins, mut sudo, mut unseen, unseen_of_sudo, account, .. } = self;
        if has_delegate {
            unseen.extend(unseen_of_sudo);
        } else {
            sudo.clear();
        }
        let unseen: Vec<String> = unseen.iter().map(|path| escape::path(path)).collect();
        if !unseen.is_empty() {
            let failure = Failure::new(Exit::Configuration, "machine-unseen");
            found.push(Finding::notice(failure.with("paths", unseen.join(", ")).with("account", account)));
        }
        [("machine", found), ("logins", logins), ("sudo", sudo)]
            .map(|(name, findings)| Check { name, findings: Some(findings) })
    }
}
