//! Whatever happens in whatever order, some things never do.

use super::*;
use crate::emergency::Found;
use crate::otp::{Algorithm, Digits, Hash, Mechanism, Period, Seed};
use proptest::prelude::*;
use std::collections::BTreeSet;
use zeroize::Zeroizing;

const CLOCK: Algorithm = Algorithm::Totp(Hash::Sha1);
const BUTTON: Algorithm = Algorithm::Hotp(Hash::Sha1);

const START: UtcTime = UtcTime::from_epoch(1_800_000_000);

#[derive(Clone, Debug)]
enum Command {
    /// A code so many steps off the expected one, with or without a PIN.
    Check {
        offset: i64,
        pin: PinFact,
    },
    /// A code so many steps after the first, with the open ticket.
    Follow {
        later: i64,
    },
    /// Two codes in a row, so far off our own clock, or above the watermark of an event key.
    Resync {
        distance: i64,
    },
    /// A code of the emergency list by its number, or one that is none, with or without the PIN.
    Emergency {
        code: i64,
        pin: PinFact,
    },
    /// The key is declared lost, or found again with its PIN.
    Lose,
    Restore,
    /// The clock goes on, or jumps.
    Wait {
        seconds: i64,
    },
    /// The PIN is erased.
    Reset,
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    let pin = || prop_oneof![5 => Just(PinFact::Right), 2 => Just(PinFact::Wrong), 2 => Just(PinFact::NotTyped)];
    let offset = prop_oneof![4 => -2i64..=2, 2 => -13i64..=13];
    let day = 86_400i64;
    let command = prop_oneof![
        8 => (offset, pin()).prop_map(|(offset, pin)| Command::Check { offset, pin }),
        3 => (-1i64..=4).prop_map(|later| Command::Follow { later }),
        1 => prop_oneof![-40i64..=40, -21_000i64..=21_000].prop_map(|distance| Command::Resync { distance }),
        5 => prop_oneof![4 => 0i64..=130, 1 => -2 * day..=2 * day].prop_map(|seconds| Command::Wait { seconds }),
        3 => (0i64..12, pin()).prop_map(|(code, pin)| Command::Emergency { code, pin }),
        1 => Just(Command::Lose),
        2 => Just(Command::Restore),
        1 => Just(Command::Reset),
    ];
    prop::collection::vec(command, 1..80)
}

/// What the store keeps of a key, and what it must never have done.
struct Model {
    standing: Standing,
    seed: Seed,
    now: UtcTime,
    policy: Policy,
    /// Every step that was ever spent.
    spent: BTreeSet<i64>,
    /// The emergency codes that were used, of ten.
    used: BTreeSet<i64>,
    /// The first code of the open question came with the PIN, or the key had none.
    earned: bool,
}

impl Model {
    fn new(algorithm: Algorithm) -> Self {
        let digits = Digits::new(8).unwrap();
        Self {
            standing: Standing {
                state: State::Active,
                locked: false,
                held: false,
                validity: Validity::default(),
                parameters: Parameters { algorithm, digits, period: Period::MINUTE },
                watermark: Step::NEVER,
                clockwork: Clockwork::default(),
                last_accepted_at: None,
                pin: pin::Standing::Set,
                failures: 0,
                asks_twice: false,
                pending: None,
            },
            seed: Seed::new(Zeroizing::new((1..=20).collect())).unwrap(),
            now: START,
            policy: Policy::default(),
            spent: BTreeSet::new(),
            used: BTreeSet::new(),
            earned: false,
        }
    }

    fn run(&mut self, command: &Command) {
        match *command {
            Command::Wait { seconds } => self.now = self.now.plus(Seconds::new(seconds)),
            Command::Reset => {
                self.standing.pin = pin::Standing::None { until: Some(self.now.plus(Seconds::hours(72))) };
                self.standing.pending = None;
            }
            Command::Check { offset, pin } => self.check(offset, pin),
            Command::Follow { later } => self.follow(later),
            Command::Resync { distance } => self.resync(distance),
            Command::Emergency { code, pin } => self.emergency(code, pin),
            Command::Lose => {
                self.standing.state = State::Lost;
                self.standing.pending = None;
            }
            Command::Restore => self.standing.state = State::Active,
        }
    }

    fn emergency(&mut self, code: i64, pin: PinFact) {
        let found = match code {
            10.. => Found::Unknown,
            _ if self.used.contains(&code) => Found::Spent,
            _ => Found::Unused(code),
        };
        let judgement = judge(&self.standing, Question::Emergency { pin, code: found }, self.now, &self.policy);
        assert_eq!(judgement.spends(), None, "an emergency code spends no step");
        if let Judgement::AcceptedInEmergency(relief) = judgement {
            assert_eq!((pin, relief.code), (PinFact::Right, code), "{judgement:?} without the PIN");
            assert!(!self.standing.pin.is_none(), "{judgement:?} of a key without PIN");
            assert!(self.used.insert(code), "used twice: {judgement:?}");
        }
        self.apply(judgement, None);
    }

    fn hits(&self, step: Step, pending: Option<Pending>) -> Vec<Step> {
        let mut mechanism = Mechanism::new(&self.standing.parameters, &"103142718".parse().unwrap(), &self.seed);
        let code = mechanism.show(step);
        code.map_or_else(Vec::new, |code| find(&self.standing, pending, &mut mechanism, &code, self.now, &self.policy))
    }

    fn check(&mut self, offset: i64, pin: PinFact) {
        let hits = self.hits(self.standing.expected(self.now).shifted(offset), None);
        let judgement = judge(&self.standing, Question::Passcode { pin, hits: &hits }, self.now, &self.policy);
        let keyless = self.standing.pin.is_none();
        let earned = pin == if keyless { PinFact::NotTyped } else { PinFact::Right };
        if judgement.spends().is_some() {
            assert!(earned, "{judgement:?} without the PIN");
        }
        let answered = self.standing.pending;
        self.earned = match judgement {
            Judgement::NextCodeRequired(_) => earned,
            _ => self.earned,
        };
        self.apply(judgement, answered);
    }

    fn follow(&mut self, later: i64) {
        // One chance.
        let Some(pending) = self.standing.pending.take() else {
            return;
        };
        let hits = self.hits(pending.first.shifted(later), Some(pending));
        let judgement = judge(&self.standing, Question::FollowingCode { pending, hits: &hits }, self.now, &self.policy);
        if let Some(step) = judgement.spends() {
            assert!(self.earned, "{judgement:?} without the PIN");
            assert!((1..=2).contains(&step.distance_from(pending.first)), "{judgement:?}");
        }
        self.apply(judgement, Some(pending));
    }

    fn resync(&mut self, distance: i64) {
        let first = self.standing.host_step(self.now).unwrap_or(self.standing.watermark).shifted(distance);
        let places = [Place { first, last: first.shifted(1) }];
        let question = Question::Resynchronisation { places: &places };
        let judgement = judge(&self.standing, question, self.now, &self.policy);
        if judgement.spends().is_some() {
            assert!(first > self.standing.watermark, "the first of two codes was used");
            self.spent.insert(first.index());
        }
        self.apply(judgement, None);
    }

    /// Writes a judgement as the store does.
    fn apply(&mut self, judgement: Judgement, answered: Option<Pending>) {
        let expected = self.standing.expected(self.now);
        if let Some(step) = judgement.spends() {
            assert_eq!(self.standing.state, State::Active, "a code of a lost key: {judgement:?}");
            assert!(step > self.standing.watermark, "the watermark would fall: {judgement:?}");
            assert!(self.spent.insert(step.index()), "spent twice: {judgement:?}");
            assert!(step.is_showable());
            self.standing.watermark = step;
        }
        match judgement {
            Judgement::Accepted(acceptance) | Judgement::NewPinRequired(acceptance) => {
                self.assert_fits(&acceptance, expected, answered);
                self.standing.clockwork = acceptance.clockwork;
                self.standing.pin = match judgement {
                    Judgement::NewPinRequired(_) => {
                        // The holder chooses one at once.
                        let until = self.now.plus(Seconds::hours(1));
                        pin::Standing::Provisional { until, then_until: None }
                    }
                    _ => pin::Standing::Set,
                };
                self.forgive();
            }
            Judgement::Resynchronised(acceptance) => {
                let observed = self.standing.host_step(self.now).map(|host| acceptance.step.distance_from(host));
                assert_eq!(acceptance.clockwork.drift.steps(), observed.unwrap_or(0));
                self.standing.clockwork = acceptance.clockwork;
                self.forgive();
            }
            Judgement::NextCodeRequired(pending) => self.standing.pending = Some(pending),
            Judgement::AcceptedInEmergency(_) => {
                self.standing.pin = pin::Standing::Set;
                self.standing.failures = 0;
                self.standing.pending = None;
            }
            Judgement::ThirdCodeRequired => {}
            Judgement::Refused(refusal) => {
                self.standing.failures += u32::from(refusal.fault != Fault::Neither);
                if refusal.reason == Reason::WrongCode {
                    self.standing.pending = None;
                }
            }
        }
        assert!(self.standing.clockwork.drift.steps().abs() <= Drift::FURTHEST);
    }

    /// A code that opens answers a question, or is one of three around or from the expected one; the drift moves by one step,
    /// or to the one that two codes have shown; and an event key has none.
    fn assert_fits(&self, acceptance: &Acceptance, expected: Step, answered: Option<Pending>) {
        let answers = answered.is_some_and(|pending| (1..=2).contains(&acceptance.step.distance_from(pending.first)));
        let offset = acceptance.step.distance_from(expected);
        let Some(host) = self.standing.host_step(self.now) else {
            assert!(answers || (0..=2).contains(&offset), "{acceptance:?}");
            assert_eq!((acceptance.offset, acceptance.clockwork), (None, Clockwork::default()));
            return;
        };
        let (former, drift) = (self.standing.clockwork.drift.steps(), acceptance.clockwork.drift.steps());
        let observed = answers && drift == acceptance.step.distance_from(host);
        assert!(observed || (drift - former).abs() <= 1, "{former} to {drift}: {acceptance:?}");
        assert!(observed || offset.abs() <= WINDOW, "{acceptance:?}");
        assert_eq!(acceptance.offset, Some(acceptance.step.distance_from(host)));
    }

    fn forgive(&mut self) {
        self.standing.failures = 0;
        self.standing.pending = None;
        self.standing.last_accepted_at = Some(self.now);
    }

    /// No code at or below the watermark opens, by whatever path, at whatever time it is typed again.
    fn assert_spent_is_spent(&self) {
        for step in self.spent.iter().map(|index| Step::new(*index)) {
            for pin in [PinFact::Right, PinFact::NotTyped, PinFact::Wrong] {
                let question = Question::Passcode { pin, hits: &[step] };
                assert_eq!(judge(&self.standing, question, self.now, &self.policy).spends(), None);
            }
            for first in [step.shifted(-1), step.shifted(-2)] {
                let pending = Pending { first, host: self.standing.host_step(self.now).map(|host| host.shifted(-1)) };
                let question = Question::FollowingCode { pending, hits: &[step] };
                assert_eq!(judge(&self.standing, question, self.now, &self.policy).spends(), None);
            }
            let places = [Place { first: step, last: step.shifted(1) }];
            let question = Question::Resynchronisation { places: &places };
            assert_eq!(judge(&self.standing, question, self.now, &self.policy).spends(), None);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_history_spends_a_step_twice_lowers_the_watermark_or_opens_without_the_pin(history in commands()) {
        for algorithm in [CLOCK, BUTTON] {
            let mut model = Model::new(algorithm);
            let mut highest = model.standing.watermark;
            for command in &history {
                model.run(command);
                prop_assert!(model.standing.watermark >= highest);
                highest = model.standing.watermark;
                model.assert_spent_is_spent();
            }
        }
    }
}

#[test]
fn random_histories_do_reach_acceptances_by_every_path() {
    let minute = || Command::Wait { seconds: 60 };
    let history = [
        Command::Check { offset: 0, pin: PinFact::Right },
        minute(),
        Command::Check { offset: 5, pin: PinFact::Right },
        minute(),
        Command::Follow { later: 1 },
        Command::Resync { distance: 15 },
        Command::Reset,
        minute(),
        minute(),
        Command::Check { offset: 0, pin: PinFact::NotTyped },
    ];
    for algorithm in [CLOCK, BUTTON] {
        let mut model = Model::new(algorithm);
        let mut spent = Vec::new();
        for command in &history {
            model.run(command);
            spent.push(model.spent.len());
        }
        assert_eq!(spent, [1, 1, 2, 2, 3, 5, 5, 5, 5, 6]);
    }
}
