//! What the order of system calls shows without any fault: an answer comes after what it tells is on the disk, and a secret is
//! verified after the attempt is.

use crate::calls::{Call, can_watch, record};
use crate::deeds::{Deed, Trial, Usual, deeds};

/// Finds what is wrong with the order of the calls of a deed.
fn in_order(deed: &Deed, calls: &[Call]) -> Result<(), &'static str> {
    let answer = calls.iter().position(Call::is_answer).ok_or("nothing is answered")?;
    let (told, rest) = calls.split_at(answer);
    let written = told.iter().rposition(|call| call.writes("-wal")).ok_or("it answers before anything is written")?;
    if rest.iter().any(|call| call.writes("-wal")) {
        return Err("it answers before all is written");
    }
    let is_synced = |calls: &[Call], end| calls.iter().any(|call| call.syncs(end));
    // What is cleared away after the deed may come back after a crash: it is hidden.
    let first = told.iter().position(|call| call.writes("-wal")).unwrap_or(written);
    if !is_synced(&told[if deed.clears_away { first } else { written }..], "-wal") {
        return Err("it answers before what was written is on the disk");
    }
    if deed.judges && deed.hashes {
        let verifying = calls.iter().position(Call::begins_to_verify).ok_or("nothing is verified")?;
        let counted = told[..verifying.min(answer)].iter().rposition(|call| call.writes("-wal"));
        let counted = counted.ok_or("it verifies before the attempt is counted")?;
        if !is_synced(&told[counted..verifying.min(answer)], "-wal") {
            return Err("it verifies before the counted attempt is on the disk");
        }
    }
    if let Some(problem) = told.iter().enumerate().find_map(|(place, call)| badly_named(told, place, call)) {
        return Err(problem);
    }
    let gone = rest.iter().position(|call| call.name == "unlink" && call.text.contains("-wal"));
    let moved = rest.iter().rposition(|call| call.writes("cleotp.db"));
    match (gone, moved) {
        (Some(gone), Some(moved)) if moved > gone || !is_synced(&rest[moved..gone], "cleotp.db") => {
            Err("the log goes before what was in it is on the disk")
        }
        _ => Ok(()),
    }
}

/// Finds what is wrong with giving a file its name: all of it is on the disk before, and the name is before anything is answered.
fn badly_named(told: &[Call], place: usize, call: &Call) -> Option<&'static str> {
    let (from, to) = call.renames()?;
    let (from, folder) = (from.to_str().unwrap(), to.parent().unwrap().to_str().unwrap());
    let (before, after) = told.split_at(place);
    let written = before.iter().rposition(|call| call.writes(from)).unwrap_or(0);
    if !before[written..].iter().any(|call| call.syncs(from)) {
        return Some("a file gets its name before it is on the disk");
    }
    if !after.iter().any(|call| call.syncs(folder)) {
        return Some("it answers before the name of a file is on the disk");
    }
    None
}

#[test]
fn h03_nothing_is_answered_before_it_is_on_the_disk_and_nothing_verified_before_it_is_counted() {
    if !can_watch() {
        return;
    }
    let wrong: Vec<String> = deeds()
        .into_iter()
        .filter_map(|deed| {
            let usual = Usual::of(deed);
            let trial = Trial::of(deed, &usual);
            let (ended, calls) = record(&trial.copy, &trial.line);
            assert_eq!(ended.exit, Some(deed.ends[0]), "{}: {ended:?}", deed.name);
            in_order(deed, &calls).err().map(|problem| format!("{}: {problem}", deed.name))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
