//! The vault key changes while others work, twice at once, and while it is killed or its disk fails at any system call.

use crate::has;
use crate::support::{Home, PIN, code, login, program, text, wait_for_room, wanted};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output, Stdio};

/// How many system calls the suite takes one rotation to be interrupted at; all of them with CLEOTP_TEST_KILLS.
const KILLS: usize = 12;
/// The calls that write to a disk.
const CALLS: [&str; 7] = ["openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "unlink"];

/// Runs a rotation below strace, with something done to a call; gives what came of it, and nothing when there is no strace.
fn rotate_injected(home: &Home, inject: &str) -> Output {
    let log = home.path("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o", log.to_str().unwrap(), "-e", &format!("inject={inject}")]);
    command.arg(program()).args(["vault", "rotate", "--yes"]);
    command.env_clear().env("LANG", "C").env("CLEOTP_HOME", home.root()).env("PATH", "/usr/bin:/bin");
    command.stdin(Stdio::null()).output().unwrap()
}

/// How often a rotation makes a call.
fn count(home: &Home, call: &str) -> usize {
    let log = home.path("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o", log.to_str().unwrap(), "-e", &format!("trace={call}")]);
    command.arg(program()).args(["vault", "rotate", "--yes"]);
    command.env_clear().env("CLEOTP_HOME", home.root());
    assert!(command.output().unwrap().status.success());
    fs::read_to_string(log).unwrap().lines().filter(|line| line.contains(&format!("{call}("))).count()
}

fn key_id(home: &Home) -> String {
    home.json(&["vault", "status"], "", 0)["key_id"].as_str().unwrap().to_owned()
}

/// Sees that whatever was done, some command opens the home, all seeds and the chain, and that one key is in force.
#[track_caller]
fn is_whole(home: &Home, told: &str) -> String {
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true, "{told}");
    let id = key_id(home);
    let health = home.json(&["doctor"], "", if home.root().join("vault.key.next").exists() { 1 } else { 0 });
    // A notice tells of the machine that the tests run on.
    let findings = health["findings"].as_array().unwrap().iter().filter(|found| found["severity"] != "notice");
    let findings: Vec<_> = findings.map(|found| found["code"].to_string()).collect();
    assert!(findings.iter().all(|code| code == "\"vault-key-left-over\""), "{told}: {findings:?}");
    id
}

#[test]
fn a_rotation_that_is_killed_at_any_call_leaves_one_key_in_force_and_its_file_found() {
    if !has("strace") {
        println!("skipped: needs strace");
        return;
    }
    let home = Home::with_users(1);
    let places: Vec<(&str, usize)> =
        CALLS.iter().flat_map(|call| (1..=count(&home, call)).map(move |turn| (*call, turn))).collect();
    assert!(places.len() > 20, "{places:?}");
    let kills = wanted("CLEOTP_TEST_KILLS").unwrap_or(KILLS).min(places.len());
    let (mut kept, mut changed, mut killed) = (0, 0, 0);
    // From the end on: what matters most happens there.
    for index in 0..kills {
        let (call, turn) = places[places.len() - 1 - index * places.len() / kills];
        let before = key_id(&home);
        let told = rotate_injected(&home, &format!("{call}:signal=KILL:when={turn}"));
        killed += usize::from(!told.status.success());
        let after = is_whole(&home, &format!("{call} {turn}"));
        if before == after {
            kept += 1
        } else {
            changed += 1
        }
        assert!(before != after || !told.status.success(), "{call} {turn}: it said that it was done");
    }
    assert!(killed * 2 > kills && kept > 0 && changed > 0, "{killed} {kept} {changed}");
}

#[test]
fn h02_a_rotation_whose_disk_fails_at_any_call_says_so_or_is_done() {
    if !has("strace") {
        println!("skipped: needs strace");
        return;
    }
    let home = Home::with_users(1);
    let mut failed = 0;
    for (call, error) in
        [("fsync", "EIO"), ("fdatasync", "EIO"), ("pwrite64", "ENOSPC"), ("rename", "EIO"), ("write", "ENOSPC")]
    {
        for when in ["1", "2", "1+"] {
            let before = key_id(&home);
            let told = rotate_injected(&home, &format!("{call}:error={error}:when={when}"));
            let after = is_whole(&home, &format!("{call} {when}"));
            let is_done = told.status.success();
            failed += usize::from(!is_done);
            assert!(!is_done || before != after, "{call} {when}: {told:?}");
            assert!(is_done || [73, 74].contains(&told.status.code().unwrap()), "{call} {when}: {told:?}");
        }
    }
    assert!(failed >= 8, "{failed}");
    // The file that could not take its place was found and put there.
    assert_eq!(home.run(&["vault", "rotate", "--yes"], "").status.code(), Some(0));
    assert!(!home.root().join("vault.key.next").exists());
}

#[test]
fn of_many_rotations_at_once_some_win_and_the_others_are_told_that_it_is_busy() {
    let home = Home::new();
    let children: Vec<_> = (0..6).map(|_| home.command(&["vault", "rotate", "--yes"]).spawn().unwrap()).collect();
    let exits: Vec<_> =
        children.into_iter().map(|child| child.wait_with_output().unwrap().status.code().unwrap()).collect();
    let won = exits.iter().filter(|exit| **exit == 0).count();
    assert!(won > 0 && exits.iter().all(|exit| [0, 75].contains(exit)), "{exits:?}");
    is_whole(&home, "at once");
    let events = home.json(&["audit", "list", "--action", "vault-rotate"], "", 0);
    assert_eq!(events["events"].as_array().unwrap().len(), won);
}

#[test]
fn a_batch_of_checks_and_new_processes_go_on_while_the_key_changes() {
    let home = Home::with_users(2);
    wait_for_room(12);
    home.set_pin(0);
    home.set_pin(1);
    let mut batch = home.command(&["check", "--batch"]).spawn().unwrap();
    let mut answers = BufReader::new(batch.stdout.take().unwrap()).lines();
    let mut ask = |index: usize| {
        let line = format!("{{\"login\":\"{}\",\"passcode\":\"{PIN}{}\"}}\n", login(index), code(index, 0));
        batch.stdin.as_mut().unwrap().write_all(line.as_bytes()).unwrap();
        answers.next().unwrap().unwrap()
    };
    assert!(ask(0).contains("\"accepted\""));
    let mut keys = BTreeSet::from([key_id(&home)]);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    for _ in 0..6 {
                        home.done(&["key", "list"], "");
                    }
                })
            })
            .collect();
        for _ in 0..3 {
            home.done(&["vault", "rotate", "--yes"], "");
            keys.insert(key_id(&home));
        }
        readers.into_iter().for_each(|reader| reader.join().unwrap());
    });
    assert_eq!(keys.len(), 4);
    assert!(ask(1).contains("\"accepted\""));
    drop(batch.stdin.take());
    assert!(batch.wait().unwrap().success());
    is_whole(&home, "a batch");
}

#[test]
fn f06_a_new_vault_key_is_closed_to_others_under_any_umask() {
    let home = Home::new();
    for umask in ["000", "777"] {
        let line = format!("umask {umask} && exec \"$0\" vault rotate --yes");
        let done = crate::support::shell(&home, &line);
        assert!(done.status.success(), "{}", text(&done.stderr));
        let mode = home.root().join("vault.key").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o7777, 0o600, "umask {umask}");
    }
}
