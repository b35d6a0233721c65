//! Clocks that jump: no code is accepted twice, none that is older than one that was accepted, and nothing breaks.

use crate::chance::Chance;
use crate::home::{number, open};
use crate::support::host::{Standing, run};
use crate::support::{self, Home, PIN, code, code_at, login, seed, wanted};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// How many jumps the suite does.
const JUMPS: usize = 150;
const DAY: i64 = 86_400;

#[test]
fn g01_no_jump_of_the_clock_opens_a_used_code_or_an_older_one_or_breaks_anything() {
    let mut chance = Chance::of("jumps");
    let prepared = Home::with_users(1);
    support::wait_for_room(10);
    prepared.set_pin(0);
    prepared.done(&["check", &login(0)], &format!("{PIN}{}\n", code(0, 0)));
    let home = prepared.copied();
    let check = |now: i64, step: i64| {
        let clock = Standing(Rc::new(Cell::new(now)));
        let passcode = format!("{PIN}{}", code_at(&seed(0), step));
        run(home.root(), clock, &[&passcode], &["check", &login(0), "-o", "json"])
    };
    let mut used = BTreeSet::from([support::step()]);
    let mut base = support::step() * 60;
    let (mut accepted, mut replays) = (0, 0);
    let jumps = wanted("CLEOTP_JUMPS").unwrap_or(JUMPS);
    for _ in 0..jumps {
        // Days pass, or nothing would be new after the first jump ahead.
        base += 14_400;
        let now = base + chance.below(4 * DAY as u64) as i64 - 2 * DAY;
        let highest = *used.last().unwrap();
        let (now, step) = match chance.below(3) {
            // A code that was used, by a clock that shows its minute once more.
            0 => {
                replays += 1;
                let all: Vec<i64> = used.iter().copied().collect();
                let step = *chance.one_of(&all);
                (step * 60 + chance.below(60) as i64, step)
            }
            _ => (now, now.div_euclid(60) + chance.below(3) as i64 - 1),
        };
        let (exit, out, err) = check(now, step);
        assert!([0, 1, 10, 11].contains(&exit), "{exit}: {out}{err}");
        if exit == 1 {
            // Or a wait would turn the next one away before it is looked at.
            let unlocked =
                run(home.root(), Standing(Rc::new(Cell::new(now))), &[], &["key", "unlock", &support::serial(0)]);
            assert_eq!(unlocked.0, 0, "{unlocked:?}");
        }
        if exit != 1 {
            assert!(!used.contains(&step), "the code of {step} is accepted twice, by a clock at {now}");
            assert!(step > highest, "{step} is accepted after {highest}, by a clock at {now}");
            used.insert(step);
        }
        accepted += usize::from(exit == 0);
    }
    assert!(accepted * 20 > jumps, "{accepted} of {jumps}");
    let looked_at = number(&open(&home), "SELECT count(*) FROM audit WHERE reason = 'replay'");
    assert!(looked_at * 4 > replays, "{looked_at} of {replays} replays came to be looked at");
    // A clock that goes right again, later than all that was: the user comes in, whatever was tried before.
    let now = (used.last().unwrap() + 60) * 60 + 4 * DAY;
    let (exit, out, err) = check(now, now / 60);
    assert_eq!(exit, 0, "{out}{err}");
    let clock = Standing(Rc::new(Cell::new(now)));
    let (exit, out, err) = run(home.root(), clock, &[], &["audit", "verify", "-o", "json"]);
    assert!(exit == 0 && out.contains("\"intact\":true"), "{out}{err}");
    println!("{jumps} jumps, {replays} of them to a code that was used, {accepted} accepted");
}

/// Runs a check by a clock that libfaketime shifts; nothing where it is missing.
fn check_shifted(home: &Home, by: &str, passcode: &str) -> Option<i32> {
    let Ok(mut child) = home.below("faketime", &["-f", by], &["check", &login(0)]).spawn() else {
        println!("skipped for want of faketime");
        return None;
    };
    support::feed(&mut child, &format!("{passcode}\n"));
    let output = child.wait_with_output().unwrap();
    Some(output.status.code().unwrap_or_else(|| panic!("{output:?}")))
}

#[test]
fn g01_a_real_clock_that_is_set_back_opens_nothing_until_it_has_passed_the_last_code() {
    let home = Home::with_users(1);
    support::wait_for_room(10);
    home.set_pin(0);
    let passcode = format!("{PIN}{}", code(0, 0));
    let step = support::step();
    let Some(exit) = check_shifted(&home, "+0s", &passcode) else { return };
    assert_eq!(exit, 0);
    for (by, seconds) in [("-1s", -1), ("-61s", -61), ("-1h", -3_600), ("-1d", -DAY), ("-2d", -2 * DAY)] {
        // The code that was used, and the one that the key would show by that clock.
        let shown = format!("{PIN}{}", code_at(&seed(0), (step * 60 + 30 + seconds).div_euclid(60)));
        for typed in [&passcode, &shown] {
            assert_eq!(check_shifted(&home, by, typed), Some(1), "{by}");
            home.done(&["key", "unlock", &support::serial(0)], "");
        }
    }
    let later = format!("{PIN}{}", code_at(&seed(0), step + 2 * DAY / 60));
    assert_eq!(check_shifted(&home, "+2d", &later), Some(0));
    assert_eq!(check_shifted(&home, "+2d", &later), Some(1));
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
}
