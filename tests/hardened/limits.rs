//! F11: descriptors, sizes and memory that are not there. Whatever fails, no exit 0 tells of what is not on the disk.

use crate::support::{Home, PIN, code, login, program, shell, text, wait_for_room};
use crate::{has, is_root};
use std::io::{Read, Write};
use std::process::{Command, Output, Stdio};

/// Counts the establishments: what the tries below add.
fn establishments(home: &Home) -> usize {
    home.json(&["establishment", "list"], "", 0)["establishments"].as_array().unwrap().len()
}

/// A right UAI for each number.
fn uai(number: u32) -> String {
    let letters = b"ABCDEFGHJKLMNPRSTUVWXYZ";
    format!("{number:07}{}", char::from(letters[number as usize % 23]))
}

/// Adds an establishment under a limit: it is there if it was said to be done; if it was not, it is there only where it is said that
/// the answer alone could not be written.
#[track_caller]
fn add_under(home: &Home, limit: &str, number: u32) -> Output {
    let before = establishments(home);
    let told = shell(home, &format!("{limit} && exec \"$0\" establishment add {} Test", uai(number)));
    let is_there = establishments(home) > before;
    let is_told = told.status.success() || text(&told.stderr).contains("what was done is on the disk");
    assert_eq!(is_told, is_there, "{limit}: {told:?}");
    told
}

#[test]
fn f11_with_too_few_descriptors_nothing_is_said_to_be_done_that_is_not() {
    let home = Home::new();
    let mut failed = 0;
    for (number, limit) in (3..12).enumerate() {
        let told = add_under(&home, &format!("ulimit -n {limit}"), u32::try_from(number).unwrap() + 100);
        failed += usize::from(!told.status.success());
    }
    assert!((2..9).contains(&failed), "{failed}");
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
}

#[test]
fn f11_a_file_that_may_not_grow_is_told_and_the_process_ends_by_itself() {
    let home = Home::new();
    let mut failed = 0;
    // In kilobytes: from nothing to more than the database has.
    for (number, limit) in [0, 1, 4, 16, 32, 64, 1024].into_iter().enumerate() {
        let told = add_under(&home, &format!("ulimit -f {limit}"), u32::try_from(number).unwrap() + 200);
        failed += usize::from(!told.status.success());
        // Not by the signal that the kernel sends for it.
        assert!([0, 73, 74].contains(&told.status.code().unwrap()), "{limit}: {told:?}");
    }
    assert!(failed > 0, "no limit was one");
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
    let nowhere = home.path("other");
    let told = shell(&home, &format!("ulimit -f 1 && exec \"$0\" --home {} init", nowhere.display()));
    assert!([73, 74].contains(&told.status.code().unwrap()), "{told:?}");
    assert!(!nowhere.exists(), "nothing is left of it");
}

#[test]
fn f11_without_memory_no_passcode_is_accepted_that_is_not_spent() {
    let home = Home::with_users(1);
    wait_for_room(20);
    home.set_pin(0);
    let passcode = format!("{PIN}{}", code(0, 0));
    let mut failed = 0;
    for kibibytes in [4_000, 8_000, 12_000, 16_000, 20_000, 24_000] {
        let line = format!("ulimit -v {kibibytes}; printf '%s\\n' {passcode} | \"$0\" check {}", login(0));
        let told = shell(&home, &line);
        if told.status.success() {
            let again = home.run(&["check", &login(0)], &format!("{passcode}\n"));
            assert_eq!(again.status.code(), Some(1), "{kibibytes}");
            break;
        }
        failed += 1;
    }
    assert!(failed > 0);
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
}

#[test]
fn f11_with_streams_that_are_closed_nothing_is_written_into_the_database() {
    let home = Home::new();
    for (number, closed) in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", "<&- >&-"].into_iter().enumerate() {
        let number = 300 + u32::try_from(number).unwrap();
        let before = establishments(&home);
        let told = shell(&home, &format!("exec \"$0\" establishment add {} Test {closed}", uai(number)));
        assert!(told.status.success() && establishments(&home) == before + 1, "{closed}: {told:?}");
        // What is said goes nowhere, and not into the file that would have had the number of the stream.
        let told = shell(&home, &format!("exec \"$0\" establishment add {} Test {closed}", uai(number)));
        assert_eq!(told.status.code(), Some(69), "{closed}");
    }
    let told = shell(&home, "exec \"$0\" check nobody <&-");
    assert_eq!(told.status.code(), Some(64), "{}", text(&told.stderr));
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
    home.done(&["doctor"], "");
}

#[test]
fn f11_descriptors_of_the_caller_are_neither_used_nor_harmed() {
    let home = Home::new();
    let victim = home.path("victim");
    std::fs::write(&victim, "untouched\n").unwrap();
    let line = format!(
        "exec 3<>{0} 4<>{0} 5<>{0} 6<>{0} 7<>{0} 8<>{0} 9<>{0}; exec \"$0\" establishment add {1} Test",
        victim.display(),
        uai(400)
    );
    assert!(shell(&home, &line).status.success());
    assert_eq!(std::fs::read_to_string(&victim).unwrap(), "untouched\n");
    home.done(&["doctor"], "");
}

#[test]
fn f03_a_limit_that_locks_no_memory_changes_nothing() {
    let home = Home::new();
    for (number, limit) in ["0", "8192"].into_iter().enumerate() {
        let number = 500 + u32::try_from(number).unwrap();
        // Root is held by no such limit as long as it has the right to lock what it wants.
        let bound = if is_root() { "exec setpriv --bounding-set=-ipc_lock --inh-caps=-ipc_lock" } else { "exec" };
        if is_root() && !has("setpriv") {
            println!("skipped: needs setpriv");
            return;
        }
        let told = shell(
            &home,
            &format!("ulimit -l {limit} && {bound} \"$0\" establishment add {} Test && true", uai(number)),
        );
        assert!(told.status.success() && told.stderr.is_empty(), "{limit}: {told:?}");
        let line = format!("ulimit -l {limit} && {bound} \"$0\" check --batch");
        let mut child = Command::new("bash");
        child
            .args(["-c", &line])
            .arg(program())
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("CLEOTP_HOME", home.root());
        let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.as_mut().unwrap().write_all(b"{\"login\":\"nobody\",\"passcode\":\"4576123456\"}\n").unwrap();
        child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        let locked = status.lines().find(|line| line.starts_with("VmLck:")).unwrap();
        // The limit is one, or what is looked at proves nothing.
        assert_eq!(locked.split_whitespace().nth(1) == Some("0"), limit == "0", "{limit}: {locked}");
        drop(child.stdin.take());
        assert!(child.wait().unwrap().success());
    }
}
