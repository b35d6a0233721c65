//! Who logged in, as the kernel knows it, beside who sudo says it was.

use super::{School, run_as_root};
use std::process::Output;

/// Makes a session of an account's, as `pam_loginuid` does, and runs a program in it.
const SESSION: &str = "echo \"$0\" > /proc/self/loginuid && exec \"$@\"";

fn in_session(login: u32, variables: &[(&str, &str)], program: &[&str]) -> Output {
    let login = login.to_string();
    run_as_root(variables, &[&["sh", "-c", SESSION, &login], program].concat(), "")
}

fn is_missing() -> Option<&'static str> {
    let told = in_session(1, &[], &["cat", "/proc/self/loginuid"]);
    School::is_missing().or_else(|| Some("the right to begin a session").filter(|_| told.stdout.trim_ascii() != b"1"))
}

#[test]
fn who_logged_in_is_told_where_it_is_another_than_who_calls() {
    if let Some(missing) = is_missing() {
        println!("skipped: needs {missing}");
        return;
    }
    let school = School::open();
    school.install();
    school.done("del", &["user", "add", "jdupont", "--name", "J", "--establishment", super::OWN], "");
    let (service, program) = (school.account("svc"), school.program().display().to_string());
    let (del, new) = (school.uid("del"), school.uid("new"));
    let home = school.folder.path().join("svc").display().to_string();
    let by_sudo = |who: &str| {
        ["runuser", "-u", &school.account(who), "--", "sudo", "-n", "-u", &service, &program]
            .map(str::to_owned)
            .to_vec()
    };
    let shell = ["runuser", "-u", &service, "--", &program].map(str::to_owned).to_vec();
    let forged = del.to_string();
    let forged = [("HOME", home.as_str()), ("SUDO_UID", forged.as_str())];
    for (login, variables, line, caller, via, told) in [
        // His own session; another's, from which somebody became him: it is he who answers, and the other one is told.
        (del, &[][..], by_sudo("del"), school.account("del"), "sudo", None),
        (new, &[], by_sudo("del"), school.account("del"), "sudo", Some(new)),
        // No session at all, as of a portal that the machine started.
        (u32::MAX, &[], by_sudo("del"), school.account("del"), "sudo", None),
        // A shell of the service account, opened from a session: it can forge what sudo says, but not who logged in.
        (new, &forged, shell.clone(), school.account("del"), "sudo", Some(new)),
        (new, &forged[..1], shell.clone(), service.clone(), "break-glass", Some(new)),
    ] {
        for deed in ["disable", "enable"] {
            let line: Vec<&str> = line.iter().map(String::as_str).chain(["user", deed, "jdupont"]).collect();
            let done = in_session(login, variables, &line);
            assert!(done.status.success(), "{line:?}: {done:?}");
            let listed = school.done("adm", &["audit", "list", "--limit", "1", "-o", "json"], "");
            let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
            let event = &listed["events"][0];
            assert_eq!(event["action"], format!("user-{deed}"), "{event}");
            assert_eq!(
                (event["operator"].as_str(), event["via"].as_str()),
                (Some(caller.as_str()), Some(via)),
                "{event}"
            );
            assert_eq!(event["login_uid"].as_u64(), told.map(u64::from), "{event}");
        }
    }
    // What is refused is told so too.
    let line: Vec<String> = by_sudo("new").into_iter().chain(["key", "list"].map(str::to_owned)).collect();
    let line: Vec<&str> = line.iter().map(String::as_str).collect();
    assert_eq!(in_session(del, &[], &line).status.code(), Some(77));
    let listed = school.done("adm", &["audit", "list", "--action", "denial", "--limit", "1", "-o", "json"], "");
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed["events"][0]["login_uid"].as_u64(), Some(u64::from(del)), "{listed}");
    school.done("adm", &["audit", "verify"], "");
}

#[test]
fn who_logged_in_stays_within_a_session_and_is_made_up_without_one() {
    if let Some(missing) = is_missing() {
        println!("skipped: needs {missing}");
        return;
    }
    // As the manual says, so that nobody takes the number for a proof.
    const MADE_UP: &str = "echo 4321 2>&- > /proc/self/loginuid; exec \"$0\" \"$@\"";
    let school = School::open();
    school.install();
    school.done("del", &["user", "add", "jdupont", "--name", "J", "--establishment", super::OWN], "");
    let (service, program) = (school.account("svc"), school.program().display().to_string());
    let home = school.folder.path().join("svc").display().to_string();
    let new = school.uid("new");
    for (login, deed, told) in [(new, "disable", new), (u32::MAX, "enable", 4321)] {
        let line = ["runuser", "-u", &service, "--", "sh", "-c", MADE_UP, &program, "user", deed, "jdupont"];
        let done = in_session(login, &[("HOME", home.as_str())], &line);
        assert!(done.status.success(), "{done:?}");
        let listed = school.done("adm", &["audit", "list", "--limit", "1", "-o", "json"], "");
        let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
        let event = &listed["events"][0];
        assert_eq!(
            (event["via"].as_str(), event["login_uid"].as_u64()),
            (Some("break-glass"), Some(told.into())),
            "{event}"
        );
    }
}
