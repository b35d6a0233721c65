use super::*;
use crate::random::{Lcg, Random};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Gives the same bytes again and again.
struct Wheel(AtomicUsize, Vec<u8>);

impl Random for Wheel {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        buffer.fill_with(|| self.1[self.0.fetch_add(1, Ordering::Relaxed) % self.1.len()]);
        Ok(())
    }
}

fn list() -> Emergency {
    Emergency {
        id: 1,
        login: "alice".parse().unwrap(),
        key: 1,
        serial: "103142718".parse().unwrap(),
        issued_by: "mdupuis".to_owned(),
        issued_at: UtcTime::from_epoch(0),
        expires_at: UtcTime::from_epoch(10),
        state: State::Live,
        left: 10,
    }
}

#[test]
fn c04_a_code_begins_with_a_letter_and_every_symbol_stands_everywhere_equally_often() {
    let random = Lcg::new(7);
    let mut counts = [[0i64; 31]; LENGTH];
    let drawn = 22_000;
    for _ in 0..drawn {
        let code = EmergencyCode::draw(&random).unwrap();
        for (place, symbol) in code.expose().bytes().enumerate() {
            counts[place][SYMBOLS.iter().position(|known| *known == symbol).unwrap()] += 1;
        }
    }
    for (place, counts) in counts.into_iter().enumerate() {
        let allowed = if place == 0 { &counts[8..] } else { &counts[..] };
        assert_eq!(allowed.iter().sum::<i64>(), drawn, "place {place}");
        let expected = drawn / i64::try_from(allowed.len()).unwrap();
        let chi_square = allowed.iter().map(|count| (count - expected).pow(2)).sum::<i64>() / expected;
        assert!(chi_square < 60, "at most 30 degrees of freedom: {chi_square}");
    }
}

#[test]
fn no_two_codes_of_a_list_are_alike() {
    // The first two codes come out of the same bytes.
    let mut bytes = vec![1; 16];
    bytes.extend((0..80).map(|number| number * 3));
    let codes = EmergencyCode::draw_list(&Wheel(AtomicUsize::new(0), bytes)).unwrap();
    let different: std::collections::BTreeSet<&str> = codes.iter().map(EmergencyCode::expose).collect();
    assert_eq!((codes.len(), different.len()), (CODES, CODES));
}

#[test]
fn a_code_is_read_in_capitals_or_not_and_in_no_other_form() {
    let typed = |text| EmergencyCode::parse(text).map(|code| code.expose().to_owned());
    assert_eq!(typed("k7m2p9xa"), Some("k7m2p9xa".to_owned()));
    assert_eq!(typed("K7M2P9XA"), Some("k7m2p9xa".to_owned()));
    // Letters that no code has: wrong, and not malformed.
    assert_eq!(typed("l0o1p9xa"), Some("l0o1p9xa".to_owned()));
    for text in
        ["", "k7m2p9x", "k7m2p9xaa", "77m2p9xa", "k7m2 9xa", "k7m2-9xa", " k7m2p9xa", "k7m2p9x\n", "é7m2p9x", "ｋ7m2p9"]
    {
        assert_eq!(typed(text), None, "{text:?}");
    }
}

#[test]
fn a_list_is_good_for_one_to_seven_days() {
    for (text, days) in [("1", 1), ("3", 3), ("7", 7)] {
        assert_eq!(text.parse::<Days>().map(Days::span), Ok(Seconds::days(days)));
    }
    for text in ["", "0", "8", "-1", "2.5", "trois", "99999999999999999999"] {
        assert_eq!(text.parse::<Days>(), Err(InvalidDays), "{text}");
    }
}

#[test]
fn a_list_lives_to_its_last_moment_and_tells_what_became_of_it() {
    let (last, after) = (UtcTime::from_epoch(10), UtcTime::from_epoch(11));
    assert_eq!((list().is_live(last), list().state_at(last)), (true, State::Live));
    assert_eq!((list().is_live(after), list().state_at(after)), (false, State::Expired));
    let used_up = Emergency { left: 0, ..list() };
    assert_eq!((used_up.is_live(last), used_up.state_at(last)), (true, State::UsedUp));
    for state in [State::Replaced, State::Revoked] {
        let ended = Emergency { state, ..list() };
        assert_eq!((ended.is_live(last), ended.state_at(after)), (false, state));
        assert_eq!(State::from_name(state.name()), Some(state));
    }
}

#[test]
fn a_code_is_found_wherever_it_stands() {
    let codes: Vec<Kept> = (0..10).map(|id| Kept { id, hash: [id as u8; 32], is_spent: id == 9 }).collect();
    for id in 0..9 {
        assert_eq!(find(&codes, &[id as u8; 32]), Found::Unused(id));
    }
    assert_eq!(find(&codes, &[9; 32]), Found::Spent);
    assert_eq!(find(&codes, &[10; 32]), Found::Unknown);
    assert_eq!(find(&[], &[0; 32]), Found::Unknown);
}

#[test]
fn a_code_shows_nothing_in_debug() {
    assert_eq!(format!("{:?}", EmergencyCode::parse("k7m2p9xa").unwrap()), "EmergencyCode(…)");
}
