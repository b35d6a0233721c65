use super::parameters::InvalidParameter;
use super::*;
use sha2::Digest;
use zeroize::Zeroizing;

fn seed(bytes: &[u8]) -> Seed {
    Seed::new(Zeroizing::new(bytes.to_vec())).unwrap()
}

fn serial() -> Serial {
    "103142718".parse().unwrap()
}

fn shown(algorithm: Algorithm, digits: u8, secret: &[u8], step: i64) -> String {
    let parameters = Parameters { algorithm, digits: Digits::new(digits).unwrap(), period: Period::HALF_MINUTE };
    let code = compute(&parameters, &serial(), &seed(secret), Step::new(step)).unwrap();
    code.expose(parameters.digits).to_string()
}

#[test]
fn hotp_gives_the_codes_of_rfc_4226_appendix_d() {
    let expected = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
    for (counter, code) in expected.iter().enumerate() {
        let counter = i64::try_from(counter).unwrap();
        assert_eq!(shown(Algorithm::Hotp(Hash::Sha1), 6, b"12345678901234567890", counter), *code);
    }
}

#[test]
fn totp_gives_the_codes_of_rfc_6238_appendix_b() {
    let sha1 = b"12345678901234567890".as_slice();
    let sha256 = b"12345678901234567890123456789012".as_slice();
    let sha512 = b"1234567890123456789012345678901234567890123456789012345678901234".as_slice();
    let rows = [
        (59, "94287082", "46119246", "90693936"),
        (1_111_111_109, "07081804", "68084774", "25091201"),
        (1_111_111_111, "14050471", "67062674", "99943326"),
        (1_234_567_890, "89005924", "91819424", "93441116"),
        (2_000_000_000, "69279037", "90698825", "38618901"),
        (20_000_000_000, "65353130", "77737706", "47863826"),
    ];
    for (time, with_sha1, with_sha256, with_sha512) in rows {
        let step = Step::at(UtcTime::from_epoch(time), Period::HALF_MINUTE).index();
        assert_eq!(shown(Algorithm::Totp(Hash::Sha1), 8, sha1, step), with_sha1);
        assert_eq!(shown(Algorithm::Totp(Hash::Sha256), 8, sha256, step), with_sha256);
        assert_eq!(shown(Algorithm::Totp(Hash::Sha512), 8, sha512, step), with_sha512);
    }
}

#[test]
fn a_step_before_the_epoch_has_no_code() {
    let parameters = Parameters { algorithm: Algorithm::Totp(Hash::Sha1), digits: Digits::SIX, period: Period::MINUTE };
    assert!(compute(&parameters, &serial(), &seed(b"12345678901234567890"), Step::NEVER).is_none());
    assert_eq!(Step::at(UtcTime::from_epoch(-1), Period::MINUTE), Step::new(-1));
}

#[test]
fn only_ascii_digits_of_the_right_number_are_a_code() {
    for text in
        ["12345", "1234567", " 12345", "12345\n", "１２３４５６", "+12345", "0x1234", "12345\0", "-12345", "١٢٣٤٥٦"]
    {
        assert!(Code::parse(text, Digits::SIX).is_none(), "{text:?}");
    }
    assert_eq!(Code::parse("000042", Digits::SIX).unwrap().expose(Digits::SIX).as_str(), "000042");
}

#[test]
fn seeds_and_codes_show_nothing_in_debug() {
    assert_eq!(format!("{:?}", seed(b"a secret that nobody may read")), "Seed(…)");
    assert_eq!(format!("{:?}", Code::from_value(123_456)), "Code(…)");
}

#[test]
fn a13_unfit_seeds_are_recognised() {
    let too_long = Seed::new(Zeroizing::new(vec![1; 65]));
    assert_eq!(too_long.unwrap_err(), SeedError::TooLong);
    assert_eq!(Seed::new(Zeroizing::new(Vec::new())).unwrap_err(), SeedError::Empty);
    assert_eq!(seed(&[0; 20]).weakness(), Some(Weakness::Constant));
    assert_eq!(seed(b"12345678901234567890").weakness(), Some(Weakness::Published));
    let counting: Vec<u8> = (1..=64).collect();
    assert_eq!(seed(&counting[..15]).weakness(), Some(Weakness::Short));
    assert_eq!(seed(&counting[..16]).weakness(), None);
    assert!(seed(&counting[..19]).is_below_recommendation());
    assert!(!seed(&counting[..20]).is_below_recommendation());
    assert_eq!(seed(&counting).weakness(), None);
}

#[test]
fn digits_and_periods_outside_their_range_are_refused() {
    for digits in [0, 5, 9, 40, 255] {
        assert_eq!(Digits::new(digits), Err(InvalidParameter::Digits));
    }
    for period in [0, 1, 9, 301, -1, i64::MAX, i64::MIN] {
        assert_eq!(Period::new(period), Err(InvalidParameter::Period));
    }
    for epoch in [-1, 4_102_444_801, i64::MAX, i64::MIN] {
        let epoch = UtcTime::from_epoch(epoch);
        assert_eq!(Period::MINUTE.counted_from(epoch), Err(InvalidParameter::Epoch));
    }
}

#[test]
fn the_names_of_algorithms_are_read_back() {
    for name in ["totp-sha1", "totp-sha256", "totp-sha512", "hotp-sha1", "hotp-sha256", "hotp-sha512", "securid"] {
        assert_eq!(name.parse::<Algorithm>().unwrap().name(), name);
    }
    assert!("TOTP".parse::<Algorithm>().is_err());
}

#[test]
fn the_seconds_left_of_a_step_run_from_the_period_to_one() {
    assert_eq!(Step::seconds_left(UtcTime::from_epoch(0), Period::MINUTE).get(), 60);
    assert_eq!(Step::seconds_left(UtcTime::from_epoch(59), Period::MINUTE).get(), 1);
    assert_eq!(Step::seconds_left(UtcTime::from_epoch(-1), Period::MINUTE).get(), 1);
}

#[test]
fn a_key_that_counts_from_another_moment_has_its_own_steps_and_ticks() {
    let period = Period::MINUTE.counted_from(UtcTime::from_epoch(946_684_815)).unwrap();
    assert_eq!(Step::at(UtcTime::from_epoch(946_684_814), period), Step::NEVER);
    assert_eq!(Step::at(UtcTime::from_epoch(946_684_815), period), Step::new(0));
    assert_eq!(Step::at(UtcTime::from_epoch(946_684_815 + 59 + 60 * 7), period), Step::new(7));
    assert_eq!(Step::seconds_left(UtcTime::from_epoch(946_684_815 + 59 + 60 * 7), period).get(), 1);
    assert_eq!(Step::seconds_left(UtcTime::from_epoch(946_684_815), period).get(), 60);
    assert_ne!(period, Period::MINUTE);
}

/// Asks oathtool for a row of codes; `None` when it is not installed.
fn asked_of_oathtool(
    hash: &str,
    digits: u8,
    period: Period,
    secret: &[u8],
    time: i64,
    more: usize,
) -> Option<Vec<String>> {
    let answer = std::process::Command::new("oathtool")
        .arg(format!("--totp={hash}"))
        .args(["-d", &digits.to_string(), "-s", &format!("{}s", period.seconds()), "-N", &format!("@{time}")])
        .args(["-S", &format!("@{}", period.epoch().epoch_seconds())])
        .args(["-w", &more.to_string(), &data_encoding::HEXLOWER.encode(secret)])
        .output()
        .ok()?;
    assert!(answer.status.success(), "{answer:?}");
    Some(String::from_utf8(answer.stdout).unwrap().lines().map(str::to_owned).collect())
}

#[test]
fn two_thousand_codes_of_event_keys_are_those_of_oathtool() {
    const ROW: usize = 100;
    let mut compared = 0;
    for round in 0..20u8 {
        let mut drawn = sha2::Sha512::digest([round, 11]).to_vec();
        let number = i64::from_be_bytes(drawn[..8].try_into().unwrap()).unsigned_abs();
        drawn.truncate(16 + usize::from(round) % 49);
        let digits = Digits::new(6 + round % 3).unwrap();
        // Counters as of a new key, and up to the highest that is believed.
        let counter = i64::try_from(number % (1 << (3 * u32::from(round % 18) + 1))).unwrap();
        let asked = std::process::Command::new("oathtool")
            .args(["--hotp", "-d", &digits.get().to_string(), "-c", &counter.to_string()])
            .args(["-w", &(ROW - 1).to_string(), &data_encoding::HEXLOWER.encode(&drawn)])
            .output();
        let Ok(answer) = asked else {
            println!("skipped for want of oathtool");
            return;
        };
        assert!(answer.status.success(), "{answer:?}");
        let parameters = Parameters { algorithm: Algorithm::Hotp(Hash::Sha1), digits, period: Period::HALF_MINUTE };
        for (ahead, code) in String::from_utf8(answer.stdout).unwrap().lines().enumerate() {
            let step = Step::new(counter).shifted(i64::try_from(ahead).unwrap());
            assert_eq!(compute(&parameters, &serial(), &seed(&drawn), step).unwrap().expose(digits).as_str(), code);
            compared += 1;
        }
    }
    assert_eq!(compared, 2_000);
}

#[test]
fn ten_thousand_codes_are_those_of_oathtool() {
    const ROW: usize = 100;
    let hashes = [("SHA1", Hash::Sha1), ("SHA256", Hash::Sha256), ("SHA512", Hash::Sha512)];
    let mut compared = 0;
    for round in 0..100u8 {
        // Seeds, lengths, periods and times that follow from the round: the same at every run, and all over the range.
        let mut drawn = sha2::Sha512::digest([round, 7]).to_vec();
        let number = i64::from_be_bytes(drawn[..8].try_into().unwrap()).unsigned_abs();
        drawn.truncate(16 + usize::from(round) % 49);
        let (name, hash) = hashes[usize::from(round) % 3];
        let digits = Digits::new(6 + round % 3).unwrap();
        let period = Period::new(10 + i64::try_from(number % 291).unwrap()).unwrap();
        // Every other key counts from 2000, as SafeWord's do.
        let epoch = UtcTime::from_epoch(i64::from(round % 2) * 946_684_800);
        let period = period.counted_from(epoch).unwrap();
        let time = i64::try_from(number % 3_000_000_000).unwrap() + 1_000_000_000;
        let Some(expected) = asked_of_oathtool(name, digits.get(), period, &drawn, time, ROW - 1) else {
            println!("skipped for want of oathtool");
            return;
        };
        let parameters = Parameters { algorithm: Algorithm::Totp(hash), digits, period };
        let first = Step::at(UtcTime::from_epoch(time), period);
        for (ahead, code) in expected.iter().enumerate() {
            let step = first.shifted(i64::try_from(ahead).unwrap());
            assert_eq!(compute(&parameters, &serial(), &seed(&drawn), step).unwrap().expose(digits).as_str(), code);
            compared += 1;
        }
    }
    assert_eq!(compared, 10_000);
}
