//! The procedures of the trade, one file each: they join the store, the vault and the judge, and know no terminal.

mod activate;
mod activations;
mod audit;
mod backup;
mod campaign;
mod check;
mod clocks;
mod diagnose;
mod directory;
mod doctor;
mod dossier;
mod each;
mod emergencies;
mod errand;
mod error;
mod gate;
mod import_file;
mod install;
mod keys;
mod leavers;
mod listing;
mod move_keys;
mod move_users;
mod old_codes;
mod operators;
mod pins;
mod purge;
mod queue;
mod replace;
mod reports;
mod restore;
mod resync;
mod rows;
mod slips;
mod story;
mod undo_batch;
mod upkeep;
mod vault_key;
mod verify_batch;
mod vouch;

pub use activate::Activated;
pub use activations::Issued;
pub use audit::{AuditError, SealedCheckpoint, Verified};
pub use backup::back_up_closed;
pub use campaign::{Campaign, Invitation, Invited, Terms, Turn};
pub use check::{Aim, Answer, Challenge, Request};
pub use clocks::{Clocks, Forecast};
pub use diagnose::{Diagnosed, Finding};
pub use directory::{NewEstablishment, NewUser, Planned, Row, RowProblem};
pub use doctor::{Health, Part, Trouble, examine, judge_clock};
pub use dossier::Dossier;
pub use each::Each;
pub use emergencies::IssuedEmergency;
pub use error::Error;
pub use gate::{Entry, admit};
pub use import_file::{Answer as ImportAnswer, FileReport, SeedFile};
pub use install::{Installation, OpenError, install, open};
pub use keys::Assignment;
pub use leavers::{Removed, Returned};
pub use listing::KeyInFull;
pub use move_keys::{Deed, Moved};
pub use move_users::{Relocated, Way};
pub use old_codes::OldCode;
pub use operators::NewOperator;
pub use pins::{PinAnswer, PinChoice, PinReset};
pub use purge::Purge;
pub use queue::{Incoming, Outgoing, PinChange, Reply, Wish};
pub use replace::{Exchange, Replaced};
pub use reports::{FirstUse, Keys, Lockout, Pair, Provenance};
pub use restore::{Candidate, NotRestored, Restored, Restorer, Unfit, compare_backup, examine_backup, prepare_backup};
pub use resync::{Found, ResyncAnswer, Whose};
pub use rows::AllOrNone;
pub use slips::{Handover, Whom};
pub use story::{Ending, Tenure};
pub use undo_batch::{Returnable, Undone};
pub use upkeep::{Overdue, Upkeep, Wait};
pub use verify_batch::Sample;

pub use crate::store::{
    Access, AuditFilter, CheckSpan, Checks, Comparison, Contents, Error as StoreError, Heap, KeyFilter, WrongClock,
    fold,
};

use crate::clock::{Clock, Seconds, UtcTime};
use crate::openpgp::Opener;
use crate::random::Random;
use crate::store::Store;
use crate::vault::Vault;
use crate::{passcode, pin, throttle};

/// Bounds of all procedures, as the configuration sets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How far a code may lie from the expected step.
    pub passcode: passcode::Policy,
    /// How long a PIN may be.
    pub pin: pin::Policy,
    /// How many wrong tries lock a key.
    pub throttle: throttle::Policy,
    /// What hashing a PIN costs.
    pub work: pin::Work,
    /// How long a ticket lives.
    pub ticket_life: Seconds,
    /// How long a PIN may wait for its first use.
    pub provisional_life: Seconds,
    /// How long the first PIN can be chosen after an activation.
    pub new_pin_after_activation: Seconds,
    /// The same after a reset.
    pub new_pin_after_reset: Seconds,
    /// How long an activation code lives.
    pub activation_life: Seconds,
    /// How long the name of a user who left is kept.
    pub leavers_kept: Seconds,
    /// How long events are kept at least.
    pub audit_kept: Seconds,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            passcode: passcode::Policy::default(),
            pin: pin::Policy::default(),
            throttle: throttle::Policy::default(),
            work: pin::Work::FAST,
            ticket_life: Seconds::minutes(5),
            provisional_life: Seconds::hours(1),
            new_pin_after_activation: Seconds::days(7),
            new_pin_after_reset: Seconds::hours(72),
            activation_life: Seconds::days(7),
            leavers_kept: Seconds::days(365),
            audit_kept: Seconds::days(365),
        }
    }
}

/// Where procedures are carried out: the database, its open vault, the time, chance, and the bounds.
pub struct Desk<'host> {
    /// The database.
    pub store: Store<'host>,
    /// Its vault.
    pub vault: &'host Vault,
    /// The time.
    pub clock: &'host dyn Clock,
    /// Chance.
    pub random: &'host dyn Random,
    /// The bounds.
    pub policy: Policy,
    /// Who opens OpenPGP messages.
    pub openpgp: Opener<'host>,
}

impl Desk<'_> {
    fn now(&self) -> UtcTime {
        self.clock.now()
    }
}

#[cfg(test)]
mod tests;
