use super::*;
use crate::clock::Seconds;
use crate::key::{Identity, KeyId, Serial};
use crate::otp::{self, Algorithm, Digits, Hash, Period, Seed};
use data_encoding::{BASE32_NOPAD, BASE64, HEXLOWER};
use zeroize::Zeroizing;

const S: i64 = 30_000_000;
const NOW: UtcTime = UtcTime::from_epoch(S * 60);
const CLOCK: Algorithm = Algorithm::Totp(Hash::Sha1);
const BUTTON: Algorithm = Algorithm::Hotp(Hash::Sha1);

fn seed(bytes: &[u8]) -> Seed {
    Seed::new(Zeroizing::new(bytes.to_vec())).unwrap()
}

fn serial() -> Serial {
    "103142718".parse().unwrap()
}

fn identity(parameters: Parameters) -> Identity {
    Identity { key: KeyId([7; 16]), serial: serial(), parameters }
}

fn own() -> Seed {
    seed(&(1..=20).collect::<Vec<u8>>())
}

const fn parameters(algorithm: Algorithm, period: Period) -> Parameters {
    Parameters { algorithm, digits: Digits::SIX, period }
}

fn suspect(algorithm: Algorithm, watermark: i64, drift: i64) -> Suspect {
    let period = Period::MINUTE;
    let drift = Drift::new(drift).unwrap();
    Suspect { parameters: parameters(algorithm, period), watermark: Step::new(watermark), drift }
}

/// Two codes in a row, or one.
fn shown(parameters: &Parameters, seed: &Seed, steps: &[i64]) -> Vec<Code> {
    steps.iter().map(|step| otp::compute(parameters, &serial(), seed, Step::new(*step)).unwrap()).collect()
}

fn look(suspect: &Suspect, steps: &[i64]) -> Option<Sign> {
    let codes = shown(&suspect.parameters, &own(), steps);
    suspect.look(&mut Mechanism::new(&suspect.parameters, &serial(), &own()), &codes, NOW)
}

#[test]
fn one_code_is_looked_for_near_its_place_and_two_as_far_as_a_key_may_be_off() {
    let key = suspect(CLOCK, S - 100, 5);
    for drift in [4, 5, 6] {
        assert_eq!(look(&key, &[S + drift]), Some(Sign::Now { drift: Some(drift) }));
    }
    assert_eq!(look(&key, &[S + 15]), Some(Sign::Drifted { drift: Some(15), skipped: None }));
    assert_eq!(look(&key, &[S + 16]), None);
    assert_eq!(look(&key, &[S + 36, S + 37]), Some(Sign::Drifted { drift: Some(37), skipped: None }));
    assert_eq!(look(&key, &[S + 20_004, S + 20_005]), Some(Sign::Drifted { drift: Some(20_005), skipped: None }));
    assert_eq!(look(&key, &[S + 20_005, S + 20_006]), None);
    assert_eq!(look(&key, &[S + 37, S + 36]), None, "swapped");
}

fn spent(step: i64, drift: Option<i64>, far: bool) -> Sign {
    Sign::Spent { step: Step::new(step), drift, far }
}

#[test]
fn a_code_at_or_below_the_watermark_is_spent_even_when_it_is_the_present_one() {
    for step in [S, S - 1, S - 3] {
        assert_eq!(look(&suspect(CLOCK, S, 0), &[step]), Some(spent(step, Some(step - S), false)));
    }
    // A key whose clock fell behind since its last use.
    assert_eq!(look(&suspect(CLOCK, S, 0), &[S - 41, S - 40]), Some(spent(S - 40, Some(-40), true)));
    assert_eq!(look(&suspect(CLOCK, S, 0), &[S, S + 1]), Some(Sign::Now { drift: Some(1) }));
    assert_eq!(look(&suspect(BUTTON, 500, 0), &[500]), Some(spent(500, None, false)));
    assert_eq!(look(&suspect(BUTTON, 500, 0), &[3, 4]), Some(spent(4, None, true)));
}

#[test]
fn of_an_event_key_only_the_next_counter_is_right_now() {
    let key = suspect(BUTTON, 499, 0);
    assert_eq!(look(&key, &[500]), Some(Sign::Now { drift: None }));
    assert_eq!(look(&key, &[500, 501]), Some(Sign::Now { drift: None }));
    assert_eq!(look(&key, &[501]), Some(Sign::Drifted { drift: None, skipped: Some(1) }));
    assert_eq!(look(&key, &[900, 901]), Some(Sign::Drifted { drift: None, skipped: Some(400) }));
    assert_eq!(look(&key, &[900]), None);
}

fn guessed(imported: Parameters, real: Parameters, steps: &[i64]) -> Option<Guess> {
    let codes = shown(&real, &own(), steps);
    other_parameters(&identity(imported), &own(), real.digits, &codes, NOW)
}

#[test]
fn every_hash_period_kind_and_number_of_digits_is_tried() {
    let imported = parameters(CLOCK, Period::MINUTE);
    let by_clock =
        [(Hash::Sha1, 30, 6), (Hash::Sha1, 60, 8), (Hash::Sha1, 300, 7), (Hash::Sha256, 60, 6), (Hash::Sha512, 30, 6)];
    for (hash, seconds, digits) in by_clock {
        let (period, digits) = (Period::new(seconds).unwrap(), Digits::new(digits).unwrap());
        let real = Parameters { algorithm: Algorithm::Totp(hash), digits, period };
        let step = Step::at(NOW.plus(Seconds::minutes(7)), period).index();
        let drift = step - Step::at(NOW, period).index();
        let wanted = Guess { parameters: real, read: None, drift: Some(drift) };
        assert_eq!(guessed(imported, real, &[step - 1, step]), Some(wanted));
    }
    for hash in [Hash::Sha1, Hash::Sha512] {
        let real = Parameters { algorithm: Algorithm::Hotp(hash), digits: Digits::SIX, period: Period::HALF_MINUTE };
        let wanted = Some(Guess { parameters: real, read: None, drift: None });
        assert_eq!(guessed(imported, real, &[4_000, 4_001]), wanted);
    }
    assert_eq!(guessed(imported, imported, &[S, S + 1]), None, "what it was imported with is no other");
}

#[test]
fn a_seed_read_in_the_wrong_base_is_found_whichever_way_it_was_read() {
    let imported = parameters(CLOCK, Period::MINUTE);
    let real: Vec<u8> = (100..120).collect();
    let hex = HEXLOWER.encode(&real);
    // What stands in the database for each way to misread the text of the real seed.
    let hexadecimal = b"2122232425262728292a2b2c2d2e2f3031323334";
    let misread = [
        (Base::Raw, Base::Hex, hex.clone().into_bytes(), real.clone()),
        (Base::Raw, Base::Base32, BASE32_NOPAD.encode(&real).into_bytes(), real.clone()),
        (Base::Raw, Base::Base64, BASE64.encode(&real).into_bytes(), real.clone()),
        (Base::Base64, Base::Hex, BASE64.decode(hex.as_bytes()).unwrap(), real.clone()),
        (Base::Base64, Base::Raw, BASE64.decode(hexadecimal).unwrap(), hexadecimal.to_vec()),
        (Base::Hex, Base::Raw, HEXLOWER.decode(hexadecimal).unwrap(), hexadecimal.to_vec()),
        (Base::Base64, Base::Base32, BASE64.decode(BASE32_NOPAD.encode(&real).as_bytes()).unwrap(), real.clone()),
    ];
    for (was, is, stored, real) in misread {
        let codes = shown(&imported, &seed(&real), &[S + 3, S + 4]);
        let guess = other_readings(&identity(imported), &seed(&stored), imported.digits, &codes, NOW);
        assert_eq!(
            guess,
            Some(Guess { parameters: imported, read: Some((was, is)), drift: Some(4) }),
            "{was:?} {is:?}"
        );
    }
    let codes = shown(&imported, &seed(b"a seed of another key"), &[S, S + 1]);
    assert_eq!(other_readings(&identity(imported), &own(), imported.digits, &codes, NOW), None);
}

#[test]
fn a_securid_key_that_was_imported_as_another_kind_is_found() {
    let seed = seed(&(1..=16).collect::<Vec<u8>>());
    let imported = parameters(CLOCK, Period::MINUTE);
    for period in [Period::HALF_MINUTE, Period::MINUTE] {
        let real = parameters(Algorithm::SecurId, period);
        let step = Step::at(NOW, period).index();
        // Codes of two blocks: four in a row of one block are the same for either interval.
        let last = step - step.rem_euclid(4) + 3;
        let codes = shown(&real, &seed, &[last, last + 1]);
        let wanted = Some(Guess { parameters: real, read: None, drift: Some(last + 1 - step) });
        assert_eq!(other_parameters(&identity(imported), &seed, real.digits, &codes, NOW), wanted);
    }
}
