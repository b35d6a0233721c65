//! What the program takes from the machine: time, randomness, the terminal, the environment, files, and who is calling.

mod accounts;
mod caller;
mod disk;
mod environment;
pub mod files;
mod gpg;
mod journal;
mod machine;
mod memory;
mod process;
mod system;
mod terminal;
mod variables;

pub use crate::operator::{Operator as Caller, Via};
pub use accounts::{Accounts, NoAccounts, NotBecome};
pub use disk::{Disks, Filesystem, FilesystemKind, Mounted};
pub use environment::Environment;
pub use journal::{Journal, NoJournal};
pub use machine::{Machine, holders};
pub use memory::keep_in_memory;
pub use process::last_panic;
pub use terminal::{Line, Lines, Progress, Terminal, TerminalError, Wait};
pub use variables::{Variable, Variables};

use crate::clock::Clock;
use crate::openpgp::Unwrap;
use crate::random::Random;
use std::rc::Rc;

/// Everything that comes from outside. Tests and `demo` build their own around other parts.
///
/// Clock and randomness are shared, so that a host can lend them to another one.
pub struct Host {
    /// Tells the time.
    pub clock: Rc<dyn Clock>,
    /// Gives bytes fit for keys.
    pub random: Rc<dyn Random>,
    /// Tells about the file systems.
    pub disks: Rc<dyn Disks>,
    /// Opens OpenPGP messages.
    pub openpgp: Rc<dyn Unwrap>,
    /// Keeps records of the machine's.
    pub journal: Rc<dyn Journal>,
    /// Talks with people and pipes.
    pub terminal: Box<dyn Terminal>,
    /// Holds the variables that are read, and no other.
    pub environment: Environment,
    /// Knows the accounts of the machine, and which of them this is.
    pub accounts: Rc<dyn Accounts>,
    /// Says for whom the program runs.
    pub caller: Caller,
    /// Leaves the processor to whoever else wants it, from now on: for work that nobody waits for.
    pub step_back: fn(),
}

impl Host {
    /// Takes the real machine, and closes the process against dumps, traces and loose file modes.
    pub fn system() -> Self {
        process::harden();
        let clock: Rc<dyn Clock> = Rc::new(system::SystemClock::start());
        let mut environment = Environment::system();
        let caller = caller::identify_caller(environment.sudo_uid);
        if caller.via == Via::Sudo {
            // Whatever the rule of sudo lets through: these variables would choose folders of the service account's, or its vault key.
            environment.user_home = accounts::own_folder();
            environment.xdg_data_home = None;
            environment.gnupg_home = None;
            environment.credentials_directory = None;
        }
        let (user_home, keys) = (environment.user_home.clone(), environment.gnupg_home.clone());
        Self {
            clock: Rc::clone(&clock),
            random: Rc::new(system::Kernel),
            disks: Rc::new(Mounted),
            openpgp: Rc::new(gpg::Gpg::new(Rc::clone(&clock), user_home, keys)),
            journal: Rc::new(journal::MachineJournal),
            terminal: Box::new(terminal::Standard::open(clock)),
            environment,
            accounts: Rc::new(accounts::Known),
            caller,
            step_back: process::step_back,
        }
    }
}
