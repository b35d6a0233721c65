//! Every system call of every command that changes something: the process is killed at it, or it fails, once or from then on.

use crate::calls::{BLOWS, Blow, Call, can_watch, record, strike};
use crate::chance::Chance;
use crate::deeds::{Deed, Trial, Usual, deeds, judge};
use crate::support::wanted;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// How many faults are drawn besides one of each kind for each command.
const FAULTS: u64 = 60;

/// A deed, and what it calls.
struct Subject {
    deed: &'static Deed,
    usual: Usual,
    calls: Vec<Call>,
    /// From which of these calls on an attempt must be counted.
    verifying: usize,
}

/// How often something came of each command.
type Which = BTreeMap<&'static str, usize>;

fn times(which: &Which) -> usize {
    which.values().sum()
}

/// A fault that is to be tried.
#[derive(Clone, Copy)]
struct Fault {
    subject: usize,
    call: usize,
    blow: Blow,
}

fn subjects() -> Vec<Subject> {
    let subject = |deed: &'static Deed| {
        let usual = Usual::of(deed);
        let trial = Trial::of(deed, &usual);
        let (_, all) = record(&trial.copy, &trial.line);
        let verifying = all.iter().position(Call::begins_to_verify).unwrap_or(all.len());
        let folder = trial.copy.folder();
        let calls: Vec<Call> =
            all.iter().filter(|call| call.is_of(folder) || call.begins_to_verify()).cloned().collect();
        // The call that takes the memory is the first that must find the attempt counted.
        let verifying = all[..verifying].iter().filter(|call| call.is_of(folder)).count();
        Subject { deed, usual, calls, verifying }
    };
    deeds().into_iter().map(subject).collect()
}

/// Draws the faults: all there are, or one of each kind for each command and some more.
fn faults(subjects: &[Subject], chance: &mut Chance) -> Vec<Fault> {
    let every = subjects.iter().enumerate().flat_map(|(subject, of)| {
        let calls = 0..of.calls.len();
        calls.flat_map(move |call| BLOWS.map(|blow| Fault { subject, call, blow }))
    });
    if std::env::var("CLEOTP_FAULTS").is_ok_and(|faults| faults == "all") {
        return every.collect();
    }
    let mut drawn = Vec::new();
    for (subject, of) in subjects.iter().enumerate() {
        for blow in BLOWS {
            let call = chance.below(of.calls.len() as u64) as usize;
            drawn.push(Fault { subject, call, blow });
        }
    }
    for _ in 0..wanted("CLEOTP_FAULTS").unwrap_or(FAULTS) {
        let subject = chance.below(subjects.len() as u64) as usize;
        let call = chance.below(subjects[subject].calls.len() as u64) as usize;
        drawn.push(Fault { subject, call, blow: *chance.one_of(&BLOWS) });
    }
    drawn
}

/// Tries a fault: what came of it, or what should not have.
fn try_fault(subject: &Subject, fault: Fault) -> Result<String, String> {
    let (deed, call) = (subject.deed, &subject.calls[fault.call]);
    let trial = Trial::of(deed, &subject.usual);
    let (ended, is_struck) = strike(&trial.copy, &trial.line, call, fault.blow);
    if !is_struck {
        return Ok("did not come to it".to_owned());
    }
    let is_verifying = fault.blow == Blow::Kill && fault.call >= subject.verifying;
    let state = judge(&trial, &ended, is_verifying).map_err(|problem| {
        format!("{}: {:?} at {} {}: {problem}: {ended:?}", deed.name, fault.blow, call.nth, call.text)
    })?;
    let status = ended.exit.map_or_else(|| "killed".to_owned(), |exit| format!("exit {exit}"));
    Ok(format!("{status}, {state}"))
}

#[test]
fn h02_whichever_call_fails_a_command_is_done_or_not_done_and_never_half() {
    if !can_watch() {
        return;
    }
    let mut chance = Chance::of("faults");
    let subjects = subjects();
    let faults = faults(&subjects, &mut chance);
    let (next, began) = (AtomicUsize::new(0), Instant::now());
    let (came, wrong) = (Mutex::new(BTreeMap::<String, Which>::new()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(fault) = faults.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let subject = &subjects[fault.subject];
                    match try_fault(subject, *fault) {
                        Ok(outcome) => {
                            let mut came = came.lock().unwrap();
                            *came.entry(outcome).or_default().entry(subject.deed.name).or_default() += 1;
                        }
                        Err(problem) => wrong.lock().unwrap().push(problem),
                    }
                }
            });
        }
    });
    println!("{} faults in {:?}", faults.len(), began.elapsed());
    for subject in &subjects {
        println!("{}: {} calls", subject.deed.name, subject.calls.len());
    }
    let came = came.into_inner().unwrap();
    let missed = came.get("did not come to it").map_or(0, times);
    for (outcome, which) in came {
        println!("{:>7} {outcome}: {which:?}", times(&which));
    }
    assert!(missed * 2 < faults.len(), "{missed} of {} faults were not struck", faults.len());
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} of {}: {:#?}", wrong.len(), faults.len(), &wrong[..wrong.len().min(20)]);
}
