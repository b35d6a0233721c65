//! Opening the installation of a session: its folder, its vault key, its database.

use super::escape;
use super::exit::Exit;
use super::failure::Failure;
use super::session::Session;
use super::settings::{ArgonProfile, MassFailureLocks, Settings};
use super::vault_key::{self, KeyPlace};
use crate::host::Line;
use crate::host::files::{self, Held};
use crate::openpgp::{Opener, Setup};
use crate::operator::Command;
use crate::ops::{self, Desk, Policy, StoreError};
use crate::store::Store;
use crate::{passcode, pin, throttle};
use std::io::ErrorKind;
use std::rc::Rc;
use std::time::Duration;

/// What the index of a write-ahead log and a few pages take.
const LEAST_ROOM: u64 = 64 * 1024;
/// How long somebody is waited for who puts another database in the place of this one.
const LONGEST_WAIT: Duration = Duration::from_secs(3);
const LOOK_AGAIN: Duration = Duration::from_millis(5);

impl Session<'_> {
    /// Opens the installation and has something done there.
    ///
    /// # Errors
    /// What the work fails with; a failure when the folder, the vault key or the database is not as it must be.
    pub fn at_desk<T>(
        &mut self,
        work: impl FnOnce(&mut Desk<'_>, &mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.open_desk(work).map_err(|failure| self.explained(failure))
    }

    /// Says whose turn it is when somebody tries what the holder of a key does, which database is damaged, and looks at the disk when
    /// SQLite cannot say what is wrong with it: even reading takes a file for the write-ahead log.
    pub fn explained(&self, failure: Failure) -> Failure {
        let is_the_holders =
            matches!(self.command, Command::Activate | Command::PinSet | Command::PinChange | Command::Check);
        if failure.id() == "not-permitted" && is_the_holders {
            return failure.hinted("hint-holder-does-it");
        }
        if failure.id() == "database-damaged" {
            return failure.about("path", self.home.database().display());
        }
        if !["database-io", "database-cannot-open", "database-read-only"].contains(&failure.id()) {
            return failure;
        }
        let folder = &self.home.folder;
        match self.host.disks.filesystem(folder) {
            Ok(found) if found.read_only => Failure::new(Exit::InputOutput, "filesystem-read-only")
                .with("path", escape::path(folder))
                .with("quoted", escape::for_shell(folder)),
            Ok(found) if found.free < LEAST_ROOM => StoreError::Full.into(),
            _ => failure,
        }
    }

    /// Holds the database together with others, or waits a little for somebody who has it alone, to put another one in its place.
    ///
    /// # Errors
    /// A failure when it takes too long.
    pub fn hold_database(&self) -> Result<Held, Failure> {
        let path = self.home.database();
        let busy = || Failure::new(Exit::Busy, "database-being-replaced");
        self.wait_for(LONGEST_WAIT, busy, || files::hold_together(&path).map_err(Failure::of_home_file))
    }

    /// Looks again and again for what somebody else has at the moment.
    ///
    /// # Errors
    /// What looking fails with, and `busy` when it takes longer.
    pub fn wait_for<T>(
        &self,
        longest: Duration,
        busy: impl Fn() -> Failure,
        look: impl Fn() -> Result<Option<T>, Failure>,
    ) -> Result<T, Failure> {
        let clock = &self.host.clock;
        let until = clock.uptime().saturating_add(longest);
        loop {
            match look()? {
                Some(found) => return Ok(found),
                None if clock.uptime() >= until => return Err(busy()),
                None => clock.sleep(LOOK_AGAIN),
            }
        }
    }

    /// Reads the vault key from where it is kept.
    ///
    /// # Errors
    /// A failure when there is none, or when it is not as it must be.
    pub fn read_vault_key(&self) -> Result<Line, Failure> {
        KeyPlace::of(&self.home, &self.host.environment).read()
    }

    fn open_desk<T>(
        &mut self,
        work: impl FnOnce(&mut Desk<'_>, &mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let path = self.home.database();
        if path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            return Err(self.home.without_database());
        }
        files::check_private_dir(&self.home.folder)
            .map_err(|error| self.home.not_of_root(&error).unwrap_or_else(|| Failure::of_home_file(error)))?;
        files::refuse_network_filesystem(&self.home.folder)?;
        files::check_private(&path).map_err(Failure::of_home_file)?;
        // Until all else here is gone.
        let _held = self.hold_database()?;
        // What SQLite keeps beside it, as far as it is there.
        for ending in ["-wal", "-shm"] {
            match files::check_private(&files::beside(&path, ending)) {
                Ok(()) | Err(files::FileError::Missing { .. }) => {}
                Err(error) => return Err(Failure::of_home_file(error)),
            }
        }
        let (database, vault) = vault_key::open(&self.home, &self.host.environment)?;
        // On the heap, where it stays until it is wiped.
        let vault = Box::new(vault);
        crate::host::keep_in_memory(vault.as_ref());
        let (clock, random) = (Rc::clone(&self.host.clock), Rc::clone(&self.host.random));
        let mut store = Store::new(database, vault.as_ref(), clock.as_ref(), self.host.caller.clone());
        self.role = Some(ops::admit(&mut store, self.entry(), clock.now())?);
        let policy = policy_of(&self.settings);
        let openpgp = Rc::clone(&self.host.openpgp);
        let setup = Setup {
            program: self.settings.gpg_program.clone(),
            home: self.settings.gnupg_home.clone(),
            most: self.settings.max_import_size,
        };
        let openpgp = Opener { by: openpgp.as_ref(), setup: &setup };
        let mut desk =
            Desk { store, vault: vault.as_ref(), clock: clock.as_ref(), random: random.as_ref(), policy, openpgp };
        work(&mut desk, self)
    }
}

/// Takes the bounds of the procedures from the configuration, which has checked them.
pub fn policy_of(settings: &Settings) -> Policy {
    let count = |number: i64, default: u32| u32::try_from(number).unwrap_or(default);
    let digits = |number: i64, default: u8| u8::try_from(number).unwrap_or(default);
    let default = Policy::default();
    Policy {
        passcode: passcode::Policy {
            next_code_window: settings.next_code_window,
            resync_window: settings.resync_window,
            resync_presses: settings.resync_presses,
            wide_resync_window: settings.resync_window_three,
        },
        pin: pin::Policy {
            shortest: digits(settings.pin_min_digits, default.pin.shortest),
            longest: digits(settings.pin_max_digits, default.pin.longest),
        },
        throttle: throttle::Policy {
            wrong_pins: count(settings.lock_after_wrong_pins, default.throttle.wrong_pins),
            wrong_codes: count(settings.lock_after_wrong_codes, default.throttle.wrong_codes),
            locks_in_mass_failure: settings.mass_failure_locks == MassFailureLocks::Keep,
        },
        work: match settings.argon_profile {
            ArgonProfile::Fast => pin::Work::FAST,
            ArgonProfile::Owasp => pin::Work::OWASP,
        },
        ticket_life: settings.ticket_lifetime,
        provisional_life: settings.provisional_pin_lifetime,
        new_pin_after_activation: settings.new_pin_after_activation,
        new_pin_after_reset: settings.new_pin_after_reset,
        activation_life: settings.activation_lifetime,
        leavers_kept: settings.leavers_kept,
        audit_kept: settings.audit_kept,
    }
}
