use super::*;
use crate::emergency::Found;

#[test]
fn h09_a_key_that_is_held_answers_nothing() {
    let held = Standing { held: true, ..key() };
    for judgement in [
        check_at(&held, PinFact::Right, S, NOW),
        judge(&held, Question::Resynchronisation { places: &[Place { first: S, last: S.shifted(1) }] }, NOW, &POLICY),
        judge(&held, Question::Emergency { pin: PinFact::Right, code: Found::Unused(1) }, NOW, &POLICY),
    ] {
        assert_eq!(judgement, Judgement::refuse(Reason::Held, Fault::Neither));
    }
    assert!(matches!(check_at(&key(), PinFact::Right, S, NOW), Judgement::Accepted(_)));
}

#[test]
fn h09_a_key_that_was_moved_on_opens_by_two_codes() {
    let moved = Standing { asks_twice: true, ..key() };
    let judgement = check_at(&moved, PinFact::Right, S, NOW);
    let Judgement::NextCodeRequired(pending) = judgement else { panic!("{judgement:?}") };
    let question = Question::FollowingCode { pending, hits: &[S.shifted(1)] };
    let later = Standing { watermark: S, ..moved };
    assert!(matches!(judge(&later, question, after(1), &POLICY), Judgement::Accepted(_)));
}
