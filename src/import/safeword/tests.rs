use super::super::SeedRecord;
use super::super::tests::{NOW, fixture, run};
use super::*;

/// Asks oathtool for the code that a key shows, counted from 2000; nothing when it is not installed.
fn asked_of_oathtool(key: &SeedRecord, mode: &str, now: UtcTime) -> Option<String> {
    let answer = std::process::Command::new("oathtool")
        .arg(mode)
        .args(["--start-time", "2000-01-01 00:00:00 UTC", "--now", &format!("@{}", now.epoch_seconds())])
        .args(["--digits", &key.parameters.digits.get().to_string()])
        .args(["--time-step-size", &format!("{}s", key.parameters.period.seconds())])
        .arg(data_encoding::HEXLOWER.encode(key.seed.expose()))
        .output()
        .ok()?;
    assert!(answer.status.success(), "{answer:?}");
    Some(String::from_utf8(answer.stdout).unwrap().trim().to_owned())
}

#[test]
fn a_safeword_key_shows_the_codes_of_oathtool_counted_from_2000() {
    let outcome = run(&fixture("safeword-demo.dat"), &Guidance::default(), false);
    let mut compared = 0;
    for (key, mode) in outcome.keys.iter().zip(["--totp", "--totp=sha256", "--totp"]) {
        for seconds in [0, 29, 30, 61, 86_399, 31_556_160] {
            let now = NOW.plus(crate::clock::Seconds::new(seconds));
            let Some(expected) = asked_of_oathtool(key, mode, now) else {
                println!("skipped for want of oathtool");
                return;
            };
            let step = crate::otp::Step::at(now, key.parameters.period);
            let code = crate::otp::compute(&key.parameters, &key.serial, &key.seed, step).unwrap();
            assert_eq!(code.expose(key.parameters.digits).as_str(), expected, "{} at {now:?}", key.serial);
            compared += 1;
        }
    }
    assert_eq!(compared, 18);
}

#[test]
fn a_time_key_of_safeword_is_no_event_key_and_its_steps_are_those_since_2000() {
    let outcome = run(&fixture("safeword-demo.dat"), &Guidance::default(), false);
    let told: Vec<_> = outcome
        .keys
        .iter()
        .map(|key| {
            let parameters = &key.parameters;
            let step = crate::otp::Step::at(NOW, parameters.period).index();
            (parameters.algorithm.name(), parameters.digits.get(), parameters.period.seconds(), step)
        })
        .collect();
    let since_2000 = |period: i64| (NOW.epoch_seconds() - 946_684_800) / period;
    let expected = [
        ("totp-sha1", 6, 30, since_2000(30)),
        ("totp-sha256", 8, 60, since_2000(60)),
        ("totp-sha1", 6, 60, since_2000(60)),
    ];
    assert_eq!(told, expected);
    // What the catalogue of formats says of the distance from steps since 1970.
    assert_eq!(NOW.epoch_seconds() / 30 - since_2000(30), 31_556_160);
    assert_eq!(NOW.epoch_seconds() / 60 - since_2000(60), 15_778_080);
}
