//! What every procedure that judges a secret has in common: two short changes, and the slow work between them.
//!
//! The first change counts the attempt, so that killing or multiplying processes gains nothing; then Argon2 and the codes are
//! computed outside any lock; the second change spends the code by compare-and-swap and says what came of it. One desk
//! carries out one errand at a time, the [queue](super::queue) many at once.

use super::{Desk, Error, Policy};
use crate::audit::Events;
use crate::clock::UtcTime;
use crate::random::Random;
use crate::store::Change;
use crate::vault::{HashingMemory, Vault};
use std::time::Duration;

/// Every refusal is answered this long after its start at the earliest, so that the time taken tells nothing.
pub(super) const SLOWEST_REFUSAL: Duration = Duration::from_millis(60);

/// A procedure on its way: begun, worked on, ended.
pub(super) trait Errand {
    /// What somebody is told in the end.
    type Reply: Judged;

    /// Finds who and what it is about, and counts the attempt.
    fn begin(&mut self, change: &Change<'_>, tools: Tools<'_>, now: UtcTime) -> Result<Events, Error>;

    /// Does the slow part, on any thread; what goes wrong is told when it ends.
    fn work(&mut self, examiner: &mut Examiner<'_>);

    /// Writes what came of it.
    fn end(
        &mut self,
        change: &Change<'_>,
        tools: Tools<'_>,
        now: UtcTime,
    ) -> Result<(Ended<Self::Reply>, Events), Error>;
}

/// An answer to somebody who may be guessing.
pub(super) trait Judged {
    /// Tells whether it may be given at once; a refusal may not.
    fn is_quick(&self) -> bool;
}

/// How an errand ended.
pub(super) enum Ended<R> {
    /// With an answer.
    Reply(R),
    /// With an error that is written down beside the counted attempt.
    Failed(Error),
    /// It goes on with its next part, from its beginning.
    Again,
}

/// What the changes of an errand need besides the rows.
#[derive(Clone, Copy)]
pub(super) struct Tools<'d> {
    pub vault: &'d Vault,
    pub random: &'d dyn Random,
    pub policy: Policy,
}

/// What the slow work needs; one for each thread.
pub(super) struct Examiner<'v> {
    pub vault: &'v Vault,
    pub policy: Policy,
    pub memory: HashingMemory,
}

impl<'v> Examiner<'v> {
    /// Makes one that has hashed nothing yet.
    pub(super) fn new(vault: &'v Vault, policy: Policy) -> Self {
        Self { vault, policy, memory: HashingMemory::default() }
    }

    /// Takes the time of a verification.
    pub(super) fn waste_a_verification(&mut self) -> Result<(), Error> {
        Ok(self.vault.waste_a_verification(self.policy.work, &mut self.memory)?)
    }
}

impl Desk<'_> {
    /// Carries one errand out from beginning to end, and answers a refusal no earlier than the others.
    pub(super) fn carry_out<E: Errand>(&mut self, errand: &mut E) -> Result<E::Reply, Error> {
        let started = self.clock.uptime();
        self.store.start_deadline();
        let answer = self.see_through(errand);
        if !answer.as_ref().is_ok_and(Judged::is_quick) {
            let passed = self.clock.uptime().saturating_sub(started);
            if let Some(rest) = SLOWEST_REFUSAL.checked_sub(passed) {
                self.clock.sleep(rest);
            }
        }
        answer
    }

    fn see_through<E: Errand>(&mut self, errand: &mut E) -> Result<E::Reply, Error> {
        let mut examiner = Examiner::new(self.vault, self.policy);
        let tools = Tools { vault: self.vault, random: self.random, policy: self.policy };
        loop {
            let now = self.clock.now();
            self.store.change(now, |change| Ok::<_, Error>(((), errand.begin(change, tools, now)?)))?;
            errand.work(&mut examiner);
            let now = self.clock.now();
            let ended = self.store.change::<_, Error>(now, |change| errand.end(change, tools, now));
            match ended.map_err(Error::of_counted)? {
                Ended::Reply(reply) => return Ok(reply),
                Ended::Failed(error) => return Err(error),
                Ended::Again => {}
            }
        }
    }
}
