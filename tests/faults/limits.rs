//! A process that gets little memory, few descriptors, or no large files.

use crate::deeds::{Ended, Trial, Usual, deeds, judge};
use crate::support::feed;
use std::os::unix::process::ExitStatusExt;
use std::process::Output;

/// Runs a deed with a limit of the shell's `ulimit`.
fn limited(trial: &Trial<'_>, limit: &str) -> Output {
    let script = format!("ulimit -c 0; ulimit {limit}; exec \"$0\" \"$@\"");
    let mut child = trial.copy.below("bash", &["-c", &script], &trial.line.words()).spawn().unwrap();
    feed(&mut child, &trial.line.stdin);
    child.wait_with_output().unwrap()
}

/// Tries limits from the narrowest on; gives how each ended.
fn try_all(name: &str, limits: impl Iterator<Item = String>) -> Vec<String> {
    let deed = deeds().into_iter().find(|deed| deed.name == name).unwrap();
    let usual = Usual::of(deed);
    let mut ends = Vec::new();
    for limit in limits {
        let trial = Trial::of(deed, &usual);
        let output = limited(&trial, &limit);
        let mut ended = Ended::from(&output);
        ends.push(format!("{:?} {:?}", ended.exit, ended.signal));
        // The loader finds no room for the program, which has not begun then.
        let never_began = ended.exit == Some(127) || ended.told.contains("error while loading shared libraries");
        let is_cut_off = [6, 11, 25].map(Some).contains(&output.status.signal());
        if never_began || is_cut_off {
            (ended.exit, ended.signal) = (None, Some(9));
        }
        if let Err(problem) = judge(&trial, &ended, false) {
            panic!("{name}, ulimit {limit}: {problem}: {ended:?}");
        }
    }
    ends
}

#[test]
fn f11_with_less_and_less_memory_a_check_is_accepted_or_fails_closed() {
    let ends = try_all("check", (1..=24).map(|step| format!("-v {}", 4096 * step)));
    assert!(ends.iter().any(|end| end == "Some(0) None") && ends.iter().any(|end| end != "Some(0) None"), "{ends:?}");
    println!("{ends:?}");
}

#[test]
fn f11_with_fewer_and_fewer_descriptors_a_check_is_accepted_or_fails_closed() {
    let ends = try_all("check", (3..=14).map(|descriptors| format!("-n {descriptors}")));
    assert!(ends.iter().any(|end| end == "Some(0) None") && ends.iter().any(|end| end != "Some(0) None"), "{ends:?}");
    println!("{ends:?}");
}

#[test]
fn f11_where_files_may_not_grow_a_check_is_accepted_or_fails_closed() {
    let ends = try_all("check", [0, 4, 16, 32, 64, 128, 256, 1024].iter().map(|blocks| format!("-f {blocks}")));
    assert!(ends.iter().any(|end| end == "Some(0) None") && ends.iter().any(|end| end != "Some(0) None"), "{ends:?}");
    println!("{ends:?}");
}
