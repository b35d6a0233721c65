//! The real binary on the real machine: exit statuses, file modes, pipes, other writers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests may fail loudly and use the real machine"
)]

mod support;

use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use support::{Home, UAI, serial};

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

fn exit_of(home: &Home, arguments: &[&str]) -> i32 {
    home.run(arguments, "").status.code().unwrap()
}

#[test]
fn the_exit_statuses_are_those_of_the_contract() {
    let home = Home::with_users(1);
    let unreadable = home.path("no-such-file");
    let rows: &[(&[&str], i32)] = &[
        (&["--version"], 0),
        (&["--help"], 0),
        (&[], 64),
        (&["no-such-command"], 64),
        (&["key", "assign", "1"], 64),
        (&["establishment", "add", "0860034A", "X"], 64),
        (&["import", unreadable.to_str().unwrap()], 66),
        (&["import", "fixtures/seeds/bad-empty.xml"], 65),
        (&["key", "show", "1"], 66),
        (&["key", "assign", &serial(0), "user0"], 69),
        (&["establishment", "add", UAI, "Test"], 69),
        (&["init"], 73),
        (&["check", "nobody"], 64),
    ];
    for (arguments, exit) in rows {
        assert_eq!(exit_of(&home, arguments), *exit, "{arguments:?}");
    }
    assert_eq!(home.run(&["check", "nobody"], "123456\n").status.code(), Some(1));
}

#[test]
fn doctor_answers_where_no_home_is_known() {
    if Path::new("/var/lib/cleotp").is_dir() {
        println!("skipped: this machine has a home");
        return;
    }
    let told = Command::new(env!("CARGO_BIN_EXE_cleotp")).args(["doctor", "--quiet"]).env_clear().output().unwrap();
    assert_eq!((told.status.code(), told.stderr.as_slice()), (Some(1), b"".as_slice()));
    let out = String::from_utf8(told.stdout).unwrap();
    assert_eq!(out, "error: no home for the database is known\nhint: give --home DIR, or set CLEOTP_HOME\n");
}

#[test]
fn f06_files_are_private_under_any_umask() {
    for umask in ["000", "777"] {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("home");
        let script = format!("umask {umask} && exec \"$0\" --home \"$1\" init");
        let done =
            Command::new("sh").args(["-c", &script, env!("CARGO_BIN_EXE_cleotp"), root.to_str().unwrap()]).output();
        assert!(done.as_ref().unwrap().status.success(), "{done:?}");
        assert_eq!(mode(&root), 0o700, "umask {umask}");
        for name in ["cleotp.db", "vault.key", "config.toml"] {
            assert_eq!(mode(&root.join(name)), 0o600, "{name} under umask {umask}");
        }
        // While somebody has it open, the files beside it are there too.
        let database = rusqlite::Connection::open(root.join("cleotp.db")).unwrap();
        database.execute_batch("BEGIN IMMEDIATE; COMMIT").unwrap();
        for name in ["cleotp.db-wal", "cleotp.db-shm"] {
            assert!(!root.join(name).exists() || mode(&root.join(name)) == 0o600, "{name} under umask {umask}");
        }
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let home = Home::with_users(1);
    assert_eq!(unread(&home, &["key", "list"]), (Some(0), String::new()));
}

#[test]
fn slips_that_nobody_has_taken_are_not_said_to_be_ready() {
    let (home, _) = Home::with_codes(1, 60);
    for language in ["fr", "en"] {
        for command in [["slip", "user0"].as_slice(), &["slip", "--all", "--receipts"]] {
            assert_eq!(
                unread(&home, &[command, &["--lang", language]].concat()),
                (Some(0), String::new()),
                "{command:?}"
            );
        }
    }
}

/// Runs a command whose answer nobody reads; gives its status and what it said.
fn unread(home: &Home, arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = home.command(arguments).spawn().unwrap();
    drop(child.stdout.take());
    drop(child.stdin.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said)
}

#[test]
fn a_code_that_nobody_has_read_is_told_to_be_lost() {
    for (language, lost) in [("fr", "perdu"), ("en", "lost")] {
        let (home, _) = Home::with_codes(1, 60);
        let list = home.path("list.csv");
        std::fs::write(&list, "login\nuser0\n").unwrap();
        let campaign = ["activation", "campaign", list.to_str().unwrap(), "--reissue"];
        for command in [
            ["activation", "new", "user0"].as_slice(),
            &["slip", "user0", "--new-code"],
            &campaign,
            &[&campaign[..], &["--slips", "-"]].concat(),
        ] {
            let (exit, said) = unread(&home, &[command, &["--lang", language]].concat());
            assert_eq!(exit, Some(74), "{command:?}: {said}");
            assert!(said.lines().count() == 2 && said.contains(lost), "{command:?}: {said}");
        }
        let in_use = Home::with_users(1);
        support::wait_for_room(5);
        in_use.set_pin(0);
        in_use.done(&["check", &support::login(0)], &format!("{}{}\n", support::PIN, support::code(0, 0)));
        for command in [["emergency", "new", "user0"].as_slice(), &["key", "lost", &serial(0), "--emergency"]] {
            let (exit, said) = unread(&in_use, &[command, &["--lang", language]].concat());
            assert_eq!(exit, Some(74), "{command:?}: {said}");
            assert!(said.lines().count() == 2 && said.contains(lost), "{command:?}: {said}");
        }
        // What can be had again is another matter.
        let (exit, said) = unread(&home, &["slip", "user0", "--lang", language]);
        assert!(exit == Some(0) && !said.contains(lost), "{said}");
        assert_eq!(unread(&home, &["activation", "list"]), (Some(0), String::new()));
    }
}

#[test]
fn a_full_standard_output_is_told() {
    let home = Home::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = home.command(&["key", "list"]).stdin(Stdio::null()).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(74), "{output:?}");
}

#[test]
fn a_second_writer_waits_three_seconds_and_says_busy_with_nothing_changed() {
    let home = Home::new();
    let database = rusqlite::Connection::open(home.root().join("cleotp.db")).unwrap();
    database.execute_batch("BEGIN IMMEDIATE").unwrap();
    let begun = Instant::now();
    assert_eq!(exit_of(&home, &["establishment", "add", UAI, "Test"]), 75);
    assert!(begun.elapsed() >= Duration::from_secs(2), "it did not wait");
    database.execute_batch("ROLLBACK").unwrap();
    assert_eq!(exit_of(&home, &["establishment", "show", UAI]), 66);
    assert_eq!(exit_of(&home, &["establishment", "add", UAI, "Test"]), 0);
}

#[test]
fn arguments_that_are_no_text_are_a_usage_error() {
    let home = Home::new();
    let mut command = home.command(&["key", "show"]);
    let output = command.arg(OsStr::from_bytes(b"\xff\xfe")).stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(64), "{output:?}");
}

#[test]
fn d12_a_pipe_and_a_folder_are_no_vendor_files_and_hold_nobody_up() {
    let home = Home::new();
    let pipe = home.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [pipe.as_path(), Path::new("/dev/zero"), Path::new("/proc")] {
        let begun = Instant::now();
        assert_eq!(exit_of(&home, &["import", path.to_str().unwrap()]), 65, "{}", path.display());
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn the_demonstration_runs_in_both_languages_and_leaves_a_home_to_go_on_with() {
    for language in ["fr", "en"] {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("demo");
        let run = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_cleotp"));
            command.env_clear().args(["--lang", language]).args(arguments).output().unwrap()
        };
        let shown = run(&["demo", root.to_str().unwrap()]);
        assert_eq!(shown.status.code(), Some(0), "{shown:?}");
        let shown = String::from_utf8(shown.stdout).unwrap();
        assert_eq!(shown.matches("\n$ cleotp ").count() + shown.matches("\n$ printf ").count(), 18, "{shown}");
        let after = run(&["--home", root.to_str().unwrap(), "audit", "verify"]);
        assert_eq!(after.status.code(), Some(0), "{after:?}");
    }
}

#[test]
fn the_files_that_came_in_are_told_when_a_later_one_cannot() {
    let home = Home::with_users(1);
    let list = home.path("more.csv");
    std::fs::write(&list, format!("777000001,{},totp,6,60\n", "0123456789abcdef0123456789abcdef01234567")).unwrap();
    let mut child = home.command(&["import", list.to_str().unwrap(), "-"]).spawn().unwrap();
    let database = rusqlite::Connection::open(home.root().join("cleotp.db")).unwrap();
    let known = || database.query_row("SELECT count(*) FROM keys", [], |row| row.get::<_, i64>(0)).unwrap() == 2;
    let began = Instant::now();
    while !known() {
        assert!(began.elapsed() < Duration::from_secs(20), "the first file does not come in");
        std::thread::sleep(Duration::from_millis(20));
    }
    // The second file comes through the pipe, and now somebody else writes.
    database.execute_batch("BEGIN IMMEDIATE").unwrap();
    support::feed(&mut child, "777000002,89abcdef0123456789abcdef0123456789abcdef,totp,6,60\n");
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(75), "{said}");
    assert!(String::from_utf8(output.stdout).unwrap().contains("more.csv"), "{said}");
    assert!(said.contains("hint: the files above stand as told"), "{said}");
}

#[test]
fn doctor_finds_what_its_own_account_may_not_write_and_leaves_no_log_behind() {
    const STRANGER: u32 = 65_534;
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
    let (program, root) = (folder.path().join("cleotp"), folder.path().join("home"));
    std::fs::copy(env!("CARGO_BIN_EXE_cleotp"), &program).unwrap();
    std::fs::create_dir(&root).unwrap();
    std::fs::set_permissions(&root, PermissionsExt::from_mode(0o700)).unwrap();
    // Root may write everything: it hands the home over to an account that may not.
    let is_root = std::os::unix::fs::chown(&root, Some(STRANGER), None).is_ok();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.env_clear().arg("--home").arg(&root).args(arguments);
        if is_root {
            command.uid(STRANGER).gid(STRANGER);
        }
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(run(&["init"]).0, Some(0));
    let database = root.join("cleotp.db");
    let files = || std::fs::read_dir(&root).unwrap().count();
    let before = files();
    for (path, mode) in [(&database, 0o400), (&database, 0), (&root, 0o500), (&root, 0o600), (&root, 0)] {
        let right = path.metadata().unwrap().permissions();
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
        let (exit, told) = run(&["doctor", "-o", "json"]);
        std::fs::set_permissions(path, right).unwrap();
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        // What is good to know of the machine that the tests run on is none of it.
        let findings = told["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] != "notice");
        let findings: Vec<_> = findings.collect();
        assert_eq!((exit, findings.len()), (Some(1), 1), "{mode:o} {told}");
        assert_eq!(findings[0]["code"], "file-closed", "{mode:o} {told}");
        assert_eq!(files(), before, "{mode:o}");
        assert_eq!(run(&["doctor", "--quiet"]), (Some(0), String::new()));
    }
}
