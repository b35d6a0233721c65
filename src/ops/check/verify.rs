//! Open and verify: the slow work, outside any lock. Always one Argon2 and all candidate codes.

use super::super::Error;
use super::super::errand::Examiner;
use super::super::vouch::vouch_for;
use super::reserve::Admitted;
use crate::clock::UtcTime;
use crate::emergency::{self, Found};
use crate::key::{Key, Open, State, Validity};
use crate::otp::{Algorithm, Digits, Hash, Mechanism, Parameters, Period, Seed, Step};
use crate::passcode::{
    self, Judgement, Pending, PinFact, Question, Reason, Refusal, Standing, Typed, TypedInEmergency,
};
use crate::pin::{self, Owner, Pin};
use crate::store::Secrets;
use crate::throttle::Fault;
use zeroize::Zeroizing;

impl Examiner<'_> {
    /// Finds the facts about what was typed, and has them judged.
    pub(super) fn verify(&mut self, admitted: &mut Admitted, typed: &str, now: UtcTime) -> Result<Judgement, Error> {
        let holder = (admitted.user, &admitted.login);
        vouch_for(self.vault, holder, (&admitted.key, &admitted.secrets), now)?;
        if let Some(other) = &admitted.other {
            vouch_for(self.vault, holder, (&other.key, &other.secrets), now)?;
        }
        if let Some((pin, code)) = self.find_emergency_code(admitted, typed) {
            return self.verify_in_emergency(admitted, &pin, code, now);
        }
        let policy = self.policy.passcode;
        let Some((parsed, hits)) = self.read(admitted, typed, now)? else {
            self.waste_a_check(typed, now)?;
            return Ok(Judgement::Refused(Refusal { reason: Reason::Grammar, fault: Fault::Both }));
        };
        let pin = self.verify_pin(admitted, parsed.pin.as_ref())?;
        let question = match admitted.follows {
            Some(pending) => Question::FollowingCode { pending, hits: &hits },
            None => Question::Passcode { pin, hits: &hits },
        };
        let judgement = passcode::judge(&admitted.standing, question, now, &policy);
        self.keep_pin(admitted, parsed.pin.as_ref(), &judgement)?;
        self.rehash_pin(admitted, parsed.pin.as_ref(), &judgement)?;
        Ok(judgement)
    }

    /// Takes what was typed apart, and finds the steps at which the key shows the code. Of two keys that may be meant it is the
    /// one that shows it now, or else the one that did before, or else the first.
    fn read(&self, admitted: &mut Admitted, typed: &str, now: UtcTime) -> Result<Option<(Typed, Vec<Step>)>, Error> {
        let follows = admitted.follows;
        let found = self.look_at(&admitted.key, &admitted.secrets, &admitted.standing, (follows, typed), now)?;
        let Some(other) = &admitted.other else { return Ok(found) };
        let other_found = self.look_at(&other.key, &other.secrets, &other.standing, (follows, typed), now)?;
        if nearness(other_found.as_ref(), &other.standing) > nearness(found.as_ref(), &admitted.standing) {
            admitted.exchange();
            return Ok(other_found);
        }
        Ok(found)
    }

    fn look_at(
        &self,
        key: &Key,
        secrets: &Secrets,
        standing: &Standing,
        (follows, typed): (Option<Pending>, &str),
        now: UtcTime,
    ) -> Result<Option<(Typed, Vec<Step>)>, Error> {
        let identity = key.identity();
        let mut mechanism = identity.mechanism(&self.vault.open_seed(&secrets.seed, &identity)?);
        let parsed = Typed::parse(typed, key.parameters.digits, &self.policy.pin)
            .filter(|typed| follows.is_none() || typed.pin.is_none());
        Ok(parsed.map(|parsed| {
            let policy = &self.policy.passcode;
            let hits = passcode::find(standing, follows, &mut mechanism, &parsed.code, now, policy);
            (parsed, hits)
        }))
    }

    /// Hashes the PIN by which a key was judged for the key itself, when its code was right: it will be its own.
    fn keep_pin(&mut self, admitted: &mut Admitted, pin: Option<&Pin>, judgement: &Judgement) -> Result<(), Error> {
        let (Some(pin), Some(_), Some(_)) = (pin, &admitted.kept, judgement.spends()) else {
            return Ok(());
        };
        let owner = Owner { key: admitted.key.id, user: admitted.user };
        admitted.own_pin = Some(self.vault.hash_pin(pin, &owner, self.policy.work, admitted.salt, &mut self.memory)?);
        Ok(())
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
        let fact = self.verify_pin(admitted, Some(pin))?;
        self.waste_candidates("", now);
        let question = Question::Emergency { pin: fact, code };
        let judgement = passcode::judge(&admitted.standing, question, now, &self.policy.passcode);
        self.rehash_pin(admitted, Some(pin), &judgement)?;
        Ok(judgement)
    }

    /// Hashes the PIN of a key anew when it has opened and the policy asks for more work than its row has: of a refusal, a second
    /// hash would tell that the PIN was right.
    fn rehash_pin(&mut self, admitted: &mut Admitted, pin: Option<&Pin>, judgement: &Judgement) -> Result<(), Error> {
        let opens = matches!(judgement, Judgement::Accepted(_) | Judgement::AcceptedInEmergency(_));
        let (Some(pin), Some(hashed), None, true) = (pin, &admitted.secrets.pin, &admitted.kept, opens) else {
            return Ok(());
        };
        if self.policy.work.exceeds(hashed.work) {
            let owner = Owner { key: admitted.key.id, user: admitted.user };
            let rehashed = self.vault.hash_pin(pin, &owner, self.policy.work, admitted.salt, &mut self.memory)?;
            admitted.rehashed = Some(rehashed);
        }
        Ok(())
    }

    fn verify_pin(&mut self, admitted: &Admitted, typed: Option<&Pin>) -> Result<PinFact, Error> {
        let kept = admitted.kept.as_ref();
        let known = kept.map(|kept| &kept.pin).or(admitted.secrets.pin.as_ref());
        let known = known.filter(|_| !admitted.standing.pin.is_none());
        let (Some(pin), Some(hashed)) = (typed, known) else {
            self.waste_a_verification()?;
            return Ok(if typed.is_none() { PinFact::NotTyped } else { PinFact::Wrong });
        };
        let owner = kept.map_or(Owner { key: admitted.key.id, user: admitted.user }, |kept| kept.owner);
        if !self.vault.verify_pin(pin, &owner, hashed, &mut self.memory)? {
            return Ok(PinFact::Wrong);
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
            held: false,
            validity: Validity::default(),
            parameters,
            watermark: Step::NEVER,
            clockwork: crate::drift::Clockwork::default(),
            last_accepted_at: None,
            pin: pin::Standing::Set,
            failures: 0,
            asks_twice: false,
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

/// Tells how near a code is to being a key's: it shows it now, it did before, it might, or it never does.
fn nearness(found: Option<&(Typed, Vec<Step>)>, standing: &Standing) -> u8 {
    match found {
        None => 0,
        Some((_, hits)) if hits.is_empty() => 1,
        Some((_, hits)) if hits.iter().all(|step| *step <= standing.watermark) => 2,
        Some(_) => 3,
    }
}
