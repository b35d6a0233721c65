//! Where a key shows what was typed: all candidates are computed and compared, wherever the match lies.

use super::{Pending, Policy, Standing};
use crate::clock::UtcTime;
use crate::otp::{Code, Mechanism, MovedBy, Step};

/// Finds the steps at which the key shows a code: those of the next-code window, and those that answer an open question.
pub fn find(
    standing: &Standing,
    pending: Option<Pending>,
    mechanism: &mut Mechanism,
    code: &Code,
    now: UtcTime,
    policy: &Policy,
) -> Vec<Step> {
    let expected = standing.expected(now);
    let window = standing.next_code_window(now, policy);
    let around = (window.saturating_neg()..=window).map(|offset| expected.shifted(offset));
    // Two more steps in any case, so that an open question does not show in the time taken.
    let first = pending.or(standing.pending).map_or(expected, |pending| pending.first);
    let following = [1, 2].map(|offset| first.shifted(offset));
    let shows = |step: &Step| mechanism.show(*step).is_some_and(|shown| shown.matches(code).into());
    let mut hits: Vec<Step> = around.chain(following).filter(shows).collect();
    hits.sort_unstable();
    hits.dedup();
    hits
}

/// Steps in a row at which the key shows what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The step of the first code.
    pub first: Step,
    /// The step of the last code.
    pub last: Step,
}

/// Finds where a key shows two or three codes in a row, within the window of the policy around the expected step; of an event
/// key ahead of it, and so far back as replays are known again.
pub fn find_in_a_row(
    standing: &Standing,
    mechanism: &mut Mechanism,
    codes: &[Code],
    now: UtcTime,
    policy: &Policy,
) -> Vec<Place> {
    let (back, ahead) = match (standing.parameters.moved_by(), codes.len()) {
        (MovedBy::Clock, ..=2) => (policy.resync_window, policy.resync_window),
        (MovedBy::Clock, _) => (policy.wide_resync_window, policy.wide_resync_window),
        (MovedBy::Button, ..=2) => (policy.next_code_window, policy.resync_presses),
        (MovedBy::Button, _) => (policy.next_code_window, policy.wide_resync_window),
    };
    let expected = standing.expected(now);
    let reach = i64::try_from(codes.len()).unwrap_or(0).saturating_sub(1);
    let from = expected.shifted(back.saturating_neg().saturating_sub(reach));
    find_between(mechanism, codes, from, expected.shifted(ahead))
}

/// Finds where a mechanism shows codes in a row, all of them from one step to another.
pub fn find_between(mechanism: &mut Mechanism, codes: &[Code], from: Step, to: Step) -> Vec<Place> {
    let reach = i64::try_from(codes.len()).unwrap_or(0).saturating_sub(1);
    // For each step, how many of the codes in a row end there.
    let mut row = vec![false; codes.len()];
    let mut places = Vec::new();
    for step in (from.index()..=to.index()).map(Step::new) {
        let shown = mechanism.show(step);
        // From the last code to the first, so that each still finds how far the one before it came.
        for place in (0..codes.len()).rev() {
            let reached = place.checked_sub(1).is_none_or(|before| row.get(before).is_some_and(|reached| *reached));
            let matches = |code: &Code| shown.as_ref().is_some_and(|shown| shown.matches(code).into());
            let here = codes.get(place).is_some_and(matches);
            if let Some(ends) = row.get_mut(place) {
                *ends = here && reached;
            }
        }
        if row.last().is_some_and(|ends| *ends) {
            places.push(Place { first: step.shifted(reach.saturating_neg()), last: step });
        }
    }
    places
}
