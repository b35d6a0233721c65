//! FreeRADIUS and its rule of sudo, as it is shipped: what it tells in variables gets through, and nothing else does.

use super::{OWN, School};
use crate::installed::{PIN, code_at, step, wait_for_room};
use std::fs;
use std::process::Output;

/// The seed of the own school's key, as `School::install` imports it.
fn display(steps: i64) -> String {
    let seed = data_encoding::HEXLOWER.decode("a0034f".repeat(8).as_bytes()).unwrap();
    code_at(&seed, step() + steps)
}

/// Adds the rule that is shipped, for the portal's account.
fn add_rule(school: &School) {
    let rule = fs::read_to_string("packaging/freeradius/sudoers").unwrap();
    let lines = rule.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    let lines = lines
        .replace("/usr/bin/cleotp", &school.program().display().to_string())
        .replace("cleotp:cleotp", &format!("{0}:{0}", school.account("svc")))
        .replace("freerad", &school.account("web"));
    let both = format!("{}\n{lines}\n", fs::read_to_string(school.rule()).unwrap());
    fs::write(school.rule(), both).unwrap();
    school.machine("visudo", &["-cf", school.rule().to_str().unwrap()]);
}

fn ask(school: &School, typed: &str, more: &[(&str, &str)]) -> Output {
    let typed = format!("\"{typed}\"");
    let variables = [&[("USER_NAME", "\"jdupont\""), ("USER_PASSWORD", typed.as_str())], more].concat();
    school.sudo("web", &variables, &["check", "--radius"], "")
}

#[test]
fn freeradius_asks_through_the_rule_that_is_shipped() {
    if let Some(missing) = School::is_missing() {
        println!("skipped: needs {missing}");
        return;
    }
    let school = School::open();
    school.install();
    school.done("adm", &["user", "add", "jdupont", "--name", "J", "--establishment", OWN], "");
    school.done("adm", &["key", "assign", "00340001", "jdupont"], "");
    let issued = school.done("adm", &["activation", "new", "jdupont", "-o", "csv"], "");
    let code =
        issued.lines().nth(1).unwrap().split(',').find(|cell| cell.len() == 8 && !cell.starts_with("0034")).unwrap();
    school.done("web", &["activate", "jdupont", "00340001"], &format!("{code}\n"));
    wait_for_room(15);
    // Without the rule nothing of a request gets through.
    let told = ask(&school, &display(-1), &[]);
    assert_eq!((told.status.code(), told.stdout.as_slice()), (Some(64), &b""[..]), "{told:?}");
    add_rule(&school);
    let first = ask(&school, &display(-1), &[]);
    assert_eq!(first.status.code(), Some(10), "{first:?}");
    let state = String::from_utf8(first.stdout).unwrap().split("State = ").nth(1).unwrap().trim().to_owned();
    let set = ask(&school, &format!("{PIN}{PIN}"), &[("STATE", &state)]);
    assert_eq!(set.status.code(), Some(11), "{set:?}");
    let passcode = format!("{PIN}{}", display(0));
    // Neither another home nor another caller comes in beside it.
    let lies = [("CLEOTP_HOME", "/tmp"), ("HOME", "/tmp"), ("SUDO_UID", "0"), ("NAS_IP_ADDRESS", "192.0.2.1")];
    assert_eq!(ask(&school, &passcode, &lies).status.code(), Some(0));
    assert_eq!(ask(&school, &passcode, &lies).status.code(), Some(1));
    let audit = school.done("adm", &["audit", "list", "--action", "check", "-o", "csv"], "");
    assert_eq!(audit.matches(&format!(",{},sudo,check,", school.account("web"))).count(), 3, "{audit}");
}
