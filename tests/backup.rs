//! Backups while others write, and restores that are killed: each is whole, or was never there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests may fail loudly and use the real machine"
)]

mod support;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::{Home, UAI, shell, text, wanted};

fn count(path: &Path, sql: &str) -> i64 {
    let database = rusqlite::Connection::open(path).unwrap();
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Adds users, one after the other, until it is told to stop; what was acknowledged is counted.
fn write(home: &Home, writer: usize, acknowledged: &AtomicUsize, is_over: &AtomicBool) {
    for number in 0.. {
        if is_over.load(Ordering::Relaxed) {
            return;
        }
        home.done(&["user", "add", &format!("w{writer}-{number}"), "--name", "W", "--establishment", UAI], "");
        acknowledged.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn h08_each_backup_under_two_writers_holds_all_that_was_acknowledged_before_its_start() {
    let home = Home::new();
    home.done(&["establishment", "add", UAI, "Test"], "");
    let rounds = wanted("CLEOTP_TEST_BACKUPS").unwrap_or(12);
    let spoilt = AtomicUsize::new(0);
    let (acknowledged, is_over) = ([AtomicUsize::new(0), AtomicUsize::new(0)], AtomicBool::new(false));
    std::thread::scope(|scope| {
        let (home, acknowledged, is_over) = (&home, &acknowledged, &is_over);
        for (writer, acknowledged) in acknowledged.iter().enumerate() {
            scope.spawn(move || write(home, writer, acknowledged, is_over));
        }
        // Whatever fails ends the writers too.
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for round in 0..rounds {
                let before = [0, 1].map(|writer: usize| acknowledged[writer].load(Ordering::SeqCst));
                // What somebody would do who knows nothing of the log beside the database.
                let plain = home.path(&format!("plain-{round}.db"));
                std::fs::copy(home.root().join("cleotp.db"), &plain).unwrap();
                let users = rusqlite::Connection::open(&plain)
                    .and_then(|plain| plain.query_row("SELECT count(*) FROM users", [], |row| row.get::<_, i64>(0)));
                let total = before.iter().sum::<usize>() as i64;
                spoilt
                    .fetch_add(usize::from(users.is_err() || users.is_ok_and(|users| users < total)), Ordering::SeqCst);
                let path = home.path(&format!("copy-{round}.db"));
                home.done(&["backup", path.to_str().unwrap()], "");
                for (writer, before) in before.into_iter().enumerate() {
                    let sql = format!("SELECT count(*) FROM users WHERE login GLOB 'w{writer}-*'");
                    assert!(count(&path, &sql) >= before as i64, "backup {round} lacks users of writer {writer}");
                }
                assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            }
        }));
        is_over.store(true, Ordering::Relaxed);
        made.unwrap();
    });
    let total: usize = acknowledged.iter().map(|acknowledged| acknowledged.load(Ordering::SeqCst)).sum();
    assert!(total >= 4, "nobody wrote: {total}");
    assert!(spoilt.load(Ordering::SeqCst) > 0, "a plain copy would do");
    for round in 0..rounds {
        let path = home.path(&format!("copy-{round}.db"));
        home.done(&["restore", path.to_str().unwrap(), "--check"], "");
    }
}

#[test]
fn a_backup_goes_through_a_pipe_and_one_whose_reader_went_away_is_none() {
    let home = Home::new();
    let copied = home.path("piped.db");
    let output = shell(&home, &format!("set -o pipefail; umask 077; \"$0\" backup - | cat > {}", copied.display()));
    assert!(output.status.success(), "{output:?}");
    assert!(text(&output.stderr).contains("SHA-256"), "{output:?}");
    home.done(&["restore", copied.to_str().unwrap(), "--check"], "");
    let output = shell(&home, &format!("\"$0\" restore - --yes < {}", copied.display()));
    assert!(output.status.success(), "{output:?}");
    let output = shell(&home, "\"$0\" backup - | true; exit ${PIPESTATUS[0]}");
    assert!([0, 74].contains(&output.status.code().unwrap()), "{output:?}");
    let output = shell(&home, "exec 3> >(exit 0); sleep 0.1; \"$0\" backup - >&3");
    assert_eq!(output.status.code(), Some(74), "{output:?}");
}

#[test]
fn f06_a_backup_is_private_whatever_the_umask() {
    let home = Home::new();
    for umask in ["000", "777"] {
        let path = home.path(&format!("copy-{umask}.db"));
        let output = shell(&home, &format!("umask {umask}; \"$0\" backup {}", path.display()));
        assert!(output.status.success(), "{output:?}");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{umask}");
    }
}

#[test]
fn a_restore_needs_the_database_for_itself() {
    let home = Home::new();
    let copy = home.path("copy.db");
    home.done(&["backup", copy.to_str().unwrap()], "");
    let mut portal = home.command(&["check", "--batch"]).spawn().unwrap();
    let mut line = String::new();
    std::io::Write::write_all(portal.stdin.as_mut().unwrap(), b"{\"login\":\"nobody\",\"passcode\":\"1\"}\n").unwrap();
    let mut answers = std::io::BufReader::new(portal.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut answers, &mut line).unwrap();
    let began = Instant::now();
    let output = home.run(&["restore", copy.to_str().unwrap(), "--yes", "-o", "json"], "");
    assert_eq!(output.status.code(), Some(75), "{output:?}");
    assert!(text(&output.stderr).contains("database-in-use") && began.elapsed() < Duration::from_secs(20));
    drop(portal.stdin.take());
    assert!(portal.wait().unwrap().success());
    // Whoever has it open by other means is seen too.
    let other = rusqlite::Connection::open(home.root().join("cleotp.db")).unwrap();
    let _: i64 = other.query_row("SELECT count(*) FROM audit", [], |row| row.get(0)).unwrap();
    let output = home.run(&["restore", copy.to_str().unwrap(), "--yes", "-o", "json"], "");
    assert_eq!(output.status.code(), Some(75), "{output:?}");
    drop(other);
    home.done(&["restore", copy.to_str().unwrap(), "--yes"], "");
}

/// Where a home stands: which of two databases it has, which must be whole.
fn is_restored(home: &Home) -> bool {
    let path = home.root().join("cleotp.db");
    let whole: String = {
        let database = rusqlite::Connection::open(&path).unwrap();
        database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(whole, "ok");
    let restored = count(&path, "SELECT count(*) FROM audit WHERE action = 'restore'");
    let added = count(&path, "SELECT count(*) FROM users WHERE login = 'later'");
    assert!(restored + added == 1, "neither the one nor the other: {restored} {added}");
    restored == 1
}

#[test]
fn a_restore_that_is_killed_at_any_instant_leaves_the_old_database_or_the_new_one() {
    let home = Home::new();
    home.done(&["establishment", "add", UAI, "Test"], "");
    let copy = home.path("copy.db");
    home.done(&["backup", copy.to_str().unwrap()], "");
    home.done(&["user", "add", "later", "--name", "Later", "--establishment", UAI], "");
    let old = home.path("old.db");
    std::fs::copy(home.root().join("cleotp.db"), &old).unwrap();
    // How long one takes, to kill it everywhere between its beginning and its end.
    let began = Instant::now();
    home.done(&["restore", copy.to_str().unwrap(), "--yes"], "");
    let whole = began.elapsed();
    assert!(is_restored(&home));
    let (kills, mut outcomes) = (wanted("CLEOTP_TEST_KILLS").unwrap_or(30), [0, 0]);
    for kill in 0..kills {
        for name in ["cleotp.db", "cleotp.db-wal", "cleotp.db-shm"] {
            let _ = std::fs::remove_file(home.root().join(name));
        }
        std::fs::copy(&old, home.root().join("cleotp.db")).unwrap();
        let mut child = home.command(&["restore", copy.to_str().unwrap(), "--yes"]).spawn().unwrap();
        std::thread::sleep(whole.mul_f64((kill as f64 + 0.5) / kills as f64));
        child.kill().unwrap();
        child.wait().unwrap();
        outcomes[usize::from(is_restored(&home))] += 1;
    }
    assert!(outcomes[0] > 0, "{outcomes:?}");
    assert_eq!(home.json(&["audit", "verify"], "", 0)["intact"], true);
    // What the killed ones left is in nobody's way.
    home.done(&["restore", copy.to_str().unwrap(), "--yes"], "");
    let left: Vec<_> = std::fs::read_dir(home.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains(".part")), "{left:?}");
}
