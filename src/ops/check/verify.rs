//! Open and verify: the slow work, outside any lock. Always one Argon2 and all candidate codes.

use super::super::{Desk, Error};
use super::Request;
use super::reserve::Admitted;
use crate::clock::UtcTime;
use crate::key::{Open, State, Validity};
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period, Seed, Step};
use crate::passcode::{self, Judgement, PinFact, Question, Reason, Refusal, Standing, Typed};
use crate::pin::{self, Owner, Pin};
use crate::throttle::Fault;
use zeroize::Zeroizing;

impl Desk<'_> {
    /// Finds the facts about what was typed, and has them judged.
    pub(super) fn verify(
        &self,
        admitted: &mut Admitted,
        request: &Request<'_>,
        now: UtcTime,
    ) -> Result<Judgement, Error> {
        let policy = &self.policy.passcode;
        let seed = self.vault.open_seed(&admitted.secrets.seed, &admitted.key.identity())?;
        let typed = Typed::parse(request.typed, admitted.key.parameters.digits, &self.policy.pin)
            .filter(|typed| admitted.follows.is_none() || typed.pin.is_none());
        let Some(typed) = typed else {
            self.waste_a_check(request.typed, now)?;
            return Ok(Judgement::Refused(Refusal { reason: Reason::Grammar, fault: Fault::Both }));
        };
        let pin = self.verify_pin(admitted, typed.pin.as_ref())?;
        let hits = passcode::find(&admitted.standing, admitted.follows, &seed, &typed.code, now, policy);
        let question = match admitted.follows {
            Some(pending) => Question::FollowingCode { pending, hits: &hits },
            None => Question::Passcode { pin, hits: &hits },
        };
        Ok(passcode::judge(&admitted.standing, question, now, policy))
    }

    fn verify_pin(&self, admitted: &mut Admitted, typed: Option<&Pin>) -> Result<PinFact, Error> {
        let known = admitted.secrets.pin.as_ref().filter(|_| !admitted.standing.pin.is_none());
        let (Some(pin), Some(hashed)) = (typed, known) else {
            self.vault.waste_a_verification(self.policy.work)?;
            return Ok(if typed.is_none() { PinFact::NotTyped } else { PinFact::Wrong });
        };
        let owner = Owner { key: admitted.key.id, user: admitted.user };
        if !self.vault.verify_pin(pin, &owner, hashed)? {
            return Ok(PinFact::Wrong);
        }
        if self.policy.work.exceeds(hashed.work) {
            admitted.rehashed = Some(self.vault.hash_pin(pin, &owner, self.policy.work, self.random)?);
        }
        Ok(PinFact::Right)
    }

    /// Does all the work of a check where there is nothing to check, so that the time taken tells nothing.
    pub(super) fn waste_a_check(&self, typed: &str, now: UtcTime) -> Result<(), Error> {
        let parameters =
            Parameters { algorithm: Algorithm::Totp(Hash::Sha1), digits: Digits::SIX, period: Period::MINUTE };
        let nobody = Standing {
            state: State::Retired,
            locked: true,
            validity: Validity::default(),
            parameters,
            watermark: Step::NEVER,
            clockwork: crate::drift::Clockwork::default(),
            last_accepted_at: None,
            pin: pin::Standing::Set,
            failures: 0,
            pending: None,
        };
        self.vault.waste_a_verification(self.policy.work)?;
        let code = Typed::parse(typed, Digits::SIX, &self.policy.pin)
            .or_else(|| Typed::parse("000000", Digits::SIX, &self.policy.pin));
        let seed = Seed::new(Zeroizing::new(vec![0; 20]));
        if let (Some(typed), Ok(seed)) = (code, seed) {
            std::hint::black_box(passcode::find(&nobody, None, &seed, &typed.code, now, &self.policy.passcode));
        }
        Ok(())
    }
}
