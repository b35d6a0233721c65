//! Telling what a code on a display means. It works on a key in any state, accepts nothing and spends nothing.
//!
//! Each look is counted before anything is looked at, and those that match nothing are limited: it would be an oracle else.

use super::check::subject_of;
use super::{Desk, Error};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::clock::{Seconds, UtcTime};
use crate::diagnosis::{self, Guess, Sign, Suspect};
use crate::key::{Identity, Key, Open, Serial};
use crate::otp::{Code, Digits, Seed};
use crate::store::{Display, Looks};

/// Looks at one key within an hour that may match nothing.
const MOST_AT_A_KEY: u32 = 10;
/// Looks of one operator within a day that may match nothing.
const MOST_OF_AN_OPERATOR: u32 = 30;
/// Other keys that are told, when several show the same codes.
const MOST_OTHERS: usize = 10;

/// What is known of the codes on a display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// They are the key's.
    Own {
        /// In what way.
        sign: Sign,
        /// When the code was spent, or a later one that made it old; for one that is spent.
        spent: Option<SpentAt>,
    },
    /// They would be the key's with other parameters, or another seed.
    Otherwise(Guess),
    /// They are another key's.
    OtherKey {
        /// Which.
        serial: Serial,
        /// Where it stands.
        sign: Sign,
    },
    /// One code is nothing of the key's: the next one is needed to look further.
    SecondCodeNeeded,
    /// They are nothing that is known.
    NoMatch,
}

impl Finding {
    /// Gives the stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Own { sign: Sign::Now { .. }, .. } => "matches-now",
            Self::Own { sign: Sign::Drifted { .. }, .. } => "matches-drifted",
            Self::Own { sign: Sign::Spent { .. }, .. } => "spent",
            Self::Otherwise(_) => "other-parameters",
            Self::OtherKey { .. } => "other-key",
            Self::SecondCodeNeeded | Self::NoMatch => "no-match",
        }
    }

    const fn is_match(&self) -> bool {
        !matches!(self, Self::SecondCodeNeeded | Self::NoMatch)
    }
}

/// When a code was spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpentAt {
    /// When.
    pub at: UtcTime,
    /// It was the code itself, and not a later one.
    pub itself: bool,
}

/// What came of a look.
#[derive(Debug)]
pub struct Diagnosed {
    /// The key.
    pub key: Key,
    /// All that is known, the likeliest first; never nothing.
    pub findings: Vec<Finding>,
    /// The number of the look, with which it goes on when the next code is there.
    pub look: i64,
}

impl Desk<'_> {
    /// Finds the key whose display somebody wants to be told about.
    ///
    /// # Errors
    /// [`Error`] when there is none.
    pub fn key_to_diagnose(&self, serial: &Serial) -> Result<Key, Error> {
        super::keys::find(self.store.read(), serial)
    }

    /// Tells what one code, or two in a row, mean; `look` is the one that goes on.
    ///
    /// # Errors
    /// [`Error`], when too many looks matched nothing among others.
    pub fn diagnose(&mut self, serial: &Serial, typed: &[&str], look: Option<i64>) -> Result<Diagnosed, Error> {
        let key = self.key_to_diagnose(serial)?;
        let subject = about(&key);
        self.look_at(key, typed, look, Action::KeyDiagnose, subject)
    }

    /// Looks at a display for the sake of an action, of which it is told.
    pub(super) fn look_at(
        &mut self,
        key: Key,
        typed: &[&str],
        look: Option<i64>,
        action: Action,
        subject: Subject,
    ) -> Result<Diagnosed, Error> {
        let (digits, codes) = parse(typed)?;
        let now = self.now();
        let look = match look {
            Some(look) => look,
            None => self.count_look(&key, action, &subject, now)?,
        };
        let findings = self.find_out(&key, digits, &codes, now)?;
        let event = tell(action, subject, &findings);
        let matched = findings.iter().any(Finding::is_match);
        self.store.change::<_, Error>(now, |change| {
            change.settle_diagnosis(look, matched)?;
            Ok(((), Events::one(event)))
        })?;
        Ok(Diagnosed { key, findings, look })
    }

    fn count_look(&mut self, key: &Key, action: Action, subject: &Subject, now: UtcTime) -> Result<i64, Error> {
        let operator = self.store.operator().uid;
        let (hour, day) = (Seconds::hours(1), Seconds::days(1));
        let ago = |span: Seconds| now.plus(Seconds::new(span.get().saturating_neg()));
        self.store.change::<_, Error>(now, |change| {
            let at_key = change.read().oldest_diagnosis(Looks::At(key.row), ago(hour), MOST_AT_A_KEY)?;
            let by_operator = change.read().oldest_diagnosis(Looks::By(operator), ago(day), MOST_OF_AN_OPERATOR)?;
            let until = at_key.map(|at| at.plus(hour)).max(by_operator.map(|at| at.plus(day)));
            if let Some(until) = until {
                let event = Event::new(action, Outcome::Refused).because("limited").about(subject.clone());
                return Ok((Err(Error::DiagnosesLimited { until }), Events::one(event)));
            }
            let look = change.open_diagnosis(key.row, operator, now, ago(day))?;
            Ok((Ok(look), Events::owed_by_open_attempt()))
        })?
    }

    fn find_out(&self, key: &Key, digits: Digits, codes: &[Code], now: UtcTime) -> Result<Vec<Finding>, Error> {
        let sealed = self.store.read().secrets(key.row)?.seed;
        let identity = key.identity();
        let seed = self.vault.open_seed(&sealed, &identity)?;
        let parameters = key.parameters;
        if digits == parameters.digits {
            let suspect = Suspect { parameters, watermark: key.watermark, drift: key.clockwork.drift };
            if let Some(sign) = suspect.look(&mut identity.mechanism(&seed), codes, now) {
                return Ok(vec![Finding::Own { sign, spent: self.spent_at(key, sign)? }]);
            }
        }
        if codes.len() < 2 {
            return Ok(vec![Finding::SecondCodeNeeded]);
        }
        if let Some(guess) = guess(&identity, &seed, digits, codes, now) {
            return Ok(vec![Finding::Otherwise(guess)]);
        }
        let others = self.other_keys(key, digits, codes, now)?;
        Ok(if others.is_empty() { vec![Finding::NoMatch] } else { others })
    }

    fn spent_at(&self, key: &Key, sign: Sign) -> Result<Option<SpentAt>, Error> {
        let Sign::Spent { step, .. } = sign else {
            return Ok(None);
        };
        let spent = self.store.read().spent_from(key.row, step)?;
        Ok(spent.map(|spent| SpentAt { at: spent.at, itself: spent.step == step }))
    }

    /// Looks through the displays of all other keys, one seed open at a time.
    fn other_keys(&self, key: &Key, digits: Digits, codes: &[Code], now: UtcTime) -> Result<Vec<Finding>, Error> {
        let mut found = Vec::new();
        self.store.read().walk_displays::<Error>(digits, key.row, |display| {
            let Display { identity, seed, watermark, drift } = display;
            // A row that was edited is the doctor's to tell.
            if let Ok(seed) = self.vault.open_seed(&seed, &identity) {
                let suspect = Suspect { parameters: identity.parameters, watermark, drift };
                let sign = suspect.look_within(&mut identity.mechanism(&seed), codes, now, diagnosis::FAR_OF_ANOTHER);
                found.extend(sign.map(|sign| Finding::OtherKey { serial: identity.serial, sign }));
            }
            Ok(found.len() < MOST_OTHERS)
        })?;
        Ok(found)
    }
}

/// Reads what was typed as one code, or two, of one length.
fn parse(typed: &[&str]) -> Result<(Digits, Vec<Code>), Error> {
    let length = typed.first().and_then(|text| u8::try_from(text.len()).ok());
    let digits = length.and_then(|length| Digits::new(length).ok()).ok_or(Error::NotCodes)?;
    let codes = typed.iter().map(|text| Code::parse(text, digits)).collect::<Option<Vec<_>>>();
    Ok((digits, codes.ok_or(Error::NotCodes)?))
}

fn guess(own: &Identity, seed: &Seed, digits: Digits, codes: &[Code], now: UtcTime) -> Option<Guess> {
    diagnosis::other_parameters(own, seed, digits, codes, now)
        .or_else(|| diagnosis::other_readings(own, seed, digits, codes, now))
}

fn about(key: &Key) -> Subject {
    let user = key.holder.as_ref().map(|holder| holder.user);
    Subject { user, ..subject_of(0, key) }
}

fn tell(action: Action, subject: Subject, findings: &[Finding]) -> Event {
    let code = findings.first().map_or("no-match", Finding::code);
    let outcome = if findings.iter().any(Finding::is_match) { Outcome::Done } else { Outcome::Refused };
    Event::new(action, outcome).because(code).about(subject)
}
