//! Open and verify: the slow work, outside any lock. Always one Argon2 and all candidate codes.

use super::super::Error;
use super::super::errand::Examiner;
use super::reserve::Admitted;
use crate::clock::UtcTime;
use crate::key::{Open, State, Validity};
use crate::otp::{Algorithm, Digits, Hash, Mechanism, Parameters, Period, Seed, Step};
use crate::passcode::{self, Judgement, PinFact, Question, Reason, Refusal, Standing, Typed};
use crate::pin::{self, Owner, Pin};
use crate::throttle::Fault;
use zeroize::Zeroizing;

impl Examiner<'_> {
    /// Finds the facts about what was typed, and has them judged.
    pub(super) fn verify(&mut self, admitted: &mut Admitted, typed: &str, now: UtcTime) -> Result<Judgement, Error> {
        let policy = self.policy.passcode;
        let identity = admitted.key.identity();
        let mut mechanism = identity.mechanism(&self.vault.open_seed(&admitted.secrets.seed, &identity)?);
        let parsed = Typed::parse(typed, admitted.key.parameters.digits, &self.policy.pin)
            .filter(|typed| admitted.follows.is_none() || typed.pin.is_none());
        let Some(parsed) = parsed else {
            self.waste_a_check(typed, now)?;
            return Ok(Judgement::Refused(Refusal { reason: Reason::Grammar, fault: Fault::Both }));
        };
        let pin = self.verify_pin(admitted, parsed.pin.as_ref())?;
        let hits = passcode::find(&admitted.standing, admitted.follows, &mut mechanism, &parsed.code, now, &policy);
        let question = match admitted.follows {
            Some(pending) => Question::FollowingCode { pending, hits: &hits },
            None => Question::Passcode { pin, hits: &hits },
        };
        Ok(passcode::judge(&admitted.standing, question, now, &policy))
    }

    fn verify_pin(&mut self, admitted: &mut Admitted, typed: Option<&Pin>) -> Result<PinFact, Error> {
        let known = admitted.secrets.pin.as_ref().filter(|_| !admitted.standing.pin.is_none());
        let (Some(pin), Some(hashed)) = (typed, known) else {
            self.waste_a_verification()?;
            return Ok(if typed.is_none() { PinFact::NotTyped } else { PinFact::Wrong });
        };
        let owner = Owner { key: admitted.key.id, user: admitted.user };
        if !self.vault.verify_pin(pin, &owner, hashed, &mut self.memory)? {
            return Ok(PinFact::Wrong);
        }
        if self.policy.work.exceeds(hashed.work) {
            let rehashed = self.vault.hash_pin(pin, &owner, self.policy.work, admitted.salt, &mut self.memory)?;
            admitted.rehashed = Some(rehashed);
        }
        Ok(PinFact::Right)
    }

    /// Does all the work of a check where there is nothing to check, so that the time taken tells nothing.
    pub(super) fn waste_a_check(&mut self, typed: &str, now: UtcTime) -> Result<(), Error> {
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
        self.waste_a_verification()?;
        let code = Typed::parse(typed, Digits::SIX, &self.policy.pin)
            .or_else(|| Typed::parse("000000", Digits::SIX, &self.policy.pin));
        let seed = Seed::new(Zeroizing::new(vec![0; 20]));
        if let (Some(typed), Ok(seed), Ok(serial)) = (code, seed, "0".parse()) {
            let mut mechanism = Mechanism::new(&parameters, &serial, &seed);
            std::hint::black_box(passcode::find(
                &nobody,
                None,
                &mut mechanism,
                &typed.code,
                now,
                &self.policy.passcode,
            ));
        }
        Ok(())
    }
}
