//! Open and verify: the slow work, outside any lock. Always one Argon2 and all candidate codes.

use super::super::Error;
use super::super::errand::Examiner;
use super::reserve::Admitted;
use crate::clock::UtcTime;
use crate::emergency::{self, Found};
use crate::key::{Open, State, Validity};
use crate::otp::{Algorithm, Digits, Hash, Mechanism, Parameters, Period, Seed, Step};
use crate::passcode::{self, Judgement, PinFact, Question, Reason, Refusal, Standing, Typed, TypedInEmergency};
use crate::pin::{self, Owner, Pin};
use crate::throttle::Fault;
use zeroize::Zeroizing;

impl Examiner<'_> {
    /// Finds the facts about what was typed, and has them judged.
    pub(super) fn verify(&mut self, admitted: &mut Admitted, typed: &str, now: UtcTime) -> Result<Judgement, Error> {
        if let Some((pin, code)) = self.find_emergency_code(admitted, typed) {
            return self.verify_in_emergency(admitted, &pin, code, now);
        }
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

    /// Takes what was typed for an emergency code, where it has that form and the user has a list; gives the PIN before it.
    fn find_emergency_code(&self, admitted: &Admitted, typed: &str) -> Option<(Pin, Found)> {
        let offer = admitted.emergency.as_ref()?;
        let typed = TypedInEmergency::parse(typed, &self.policy.pin)?;
        let owner = Owner { key: admitted.key.id, user: admitted.user };
        let hash = self.vault.hash_emergency_code(&owner, offer.list.expires_at, typed.code.expose());
        Some((typed.pin, emergency::find(&offer.codes, &hash)))
    }

    /// Does the same work as for a code of the key: what one would show is computed for nothing.
    fn verify_in_emergency(
        &mut self,
        admitted: &mut Admitted,
        pin: &Pin,
        code: Found,
        now: UtcTime,
    ) -> Result<Judgement, Error> {
        let pin = self.verify_pin(admitted, Some(pin))?;
        self.waste_candidates("", now);
        let question = Question::Emergency { pin, code };
        Ok(passcode::judge(&admitted.standing, question, now, &self.policy.passcode))
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
        self.waste_a_verification()?;
        self.waste_candidates(typed, now);
        Ok(())
    }

    fn waste_candidates(&self, typed: &str, now: UtcTime) {
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
    }
}
