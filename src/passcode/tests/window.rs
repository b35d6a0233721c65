//! How far from the expected step one code opens.

use super::*;

#[test]
fn a17_one_code_opens_within_three_steps() {
    let fresh = Standing { watermark: Step::NEVER, ..key() };
    let mut opened = Vec::new();
    let mut asked = Vec::new();
    for offset in -1_440..=1_440 {
        match check(&fresh, PinFact::Right, offset) {
            Judgement::Accepted(_) => opened.push(offset),
            Judgement::NextCodeRequired(_) => asked.push(offset),
            other => assert_eq!(other, refused(Reason::WrongCode, Fault::Code), "{offset}"),
        }
    }
    assert_eq!(opened, [-1, 0, 1]);
    // Who has the PIN learns within ten steps that the next one may open too; who has not learns nothing.
    assert_eq!(asked, (-10..=10).filter(|offset: &i64| offset.abs() > 1).collect::<Vec<_>>());
    for offset in [-1_440, -10, 0, 10, 1_440] {
        assert!(matches!(check(&fresh, PinFact::Wrong, offset), Judgement::Refused(_)));
        assert!(matches!(check(&fresh, PinFact::NotTyped, offset), Judgement::Refused(_)));
    }
}

#[test]
fn a17_a_window_that_grew_with_disuse_asks_for_the_next_code_and_opens_no_further() {
    let idle = Standing { watermark: Step::NEVER, last_accepted_at: Some(NOW.plus(Seconds::days(-3_650))), ..key() };
    for offset in (-60..=60).filter(|offset: &i64| offset.abs() > 1) {
        assert!(matches!(check(&idle, PinFact::Right, offset), Judgement::NextCodeRequired(_)), "{offset}");
    }
    assert_eq!(check(&idle, PinFact::Right, 61), refused(Reason::WrongCode, Fault::Code));
}
