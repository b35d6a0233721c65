//! F09, E04: variables that change nothing, and the places where no secret lies.

use crate::support::{Home, PIN, code, feed, hex, login, seed, serial, wait_for_room};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

/// Variables that change what other programs do.
const VARIABLES: &[(&str, &str)] = &[
    ("RUST_LOG", "trace"),
    ("RUST_BACKTRACE", "full"),
    ("RUST_LIB_BACKTRACE", "1"),
    ("TZ", "Pacific/Kiritimati"),
    ("FAKETIME", "@2031-01-01 00:00:00"),
    ("CLEOTP_NOW", "2031-01-01T00:00:00Z"),
    ("CLEOTP_DEBUG", "1"),
    ("CLEOTP_TEST", "1"),
    ("CLEOTP_SEED", "1"),
    ("CLEOTP_DB", "/tmp/other.db"),
    ("SQLITE_HISTORY", "/tmp/history"),
    ("SOURCE_DATE_EPOCH", "1"),
    ("INSTA_UPDATE", "always"),
    ("XDG_DATA_HOME", "/tmp/other"),
    ("XDG_CONFIG_HOME", "/tmp/other"),
    ("HOME", "/tmp/other"),
    ("TERM", "xterm"),
];

fn run(home: &Home, arguments: &[&str], stdin: &str, temporary: &Path) -> Output {
    let mut command = home.command(arguments);
    command.envs(VARIABLES.iter().copied());
    for name in ["TMPDIR", "SQLITE_TMPDIR", "TEMP"] {
        command.env(name, temporary);
    }
    let mut child = command.spawn().unwrap();
    feed(&mut child, stdin);
    child.wait_with_output().unwrap()
}

#[test]
fn f09_no_variable_changes_what_is_done_and_nothing_is_written_where_they_point() {
    let home = Home::with_users(2);
    let temporary = home.path("temporary");
    fs::create_dir(&temporary).unwrap();
    let untouched = temporary.metadata().unwrap().modified().unwrap();
    home.done(&["key", "retire", &serial(1), "--yes"], "");
    for arguments in [
        ["key", "list", "-o", "json"].as_slice(),
        &["key", "show", "900000000", "-o", "json"],
        &["user", "list", "-o", "csv"],
        &["batch", "list", "-o", "json"],
        &["report", "stock", "-o", "json"],
        &["report", "checks", "-o", "json"],
        &["audit", "list", "-o", "jsonl"],
        &["audit", "verify"],
        &["vault", "status", "-o", "json"],
        &["doctor", "-o", "json"],
        &["check", "nobody"],
        &["key", "show", "1"],
        &["no-such-command"],
    ] {
        // What one adds to the audit is told by none of them.
        let (plain, with) = (home.run(arguments, "4576123456\n"), run(&home, arguments, "4576123456\n", &temporary));
        assert_eq!(plain.status.code(), with.status.code(), "{arguments:?}");
        if arguments[0] != "audit" && arguments[0] != "doctor" {
            assert_eq!((plain.stdout, plain.stderr), (with.stdout, with.stderr), "{arguments:?}");
        }
    }
    // Sorting and joining much, a transaction of many rows.
    let mut list = String::new();
    for index in 10..4_000 {
        list.push_str(&format!("{},{},totp,6,60\n", serial(index), hex(&seed(index))));
    }
    fs::write(home.path("many.csv"), list).unwrap();
    assert!(run(&home, &["import", home.path("many.csv").to_str().unwrap()], "", &temporary).status.success());
    assert!(run(&home, &["key", "list", "--quiet"], "", &temporary).status.success());
    // SQLite takes the name of a temporary file away as soon as it has it open: the folder remembers that there was one.
    assert_eq!(temporary.metadata().unwrap().modified().unwrap(), untouched);
}

/// Every way in which bytes could be written.
fn spellings(bytes: &[u8]) -> Vec<Vec<u8>> {
    let hexed = hex(bytes);
    vec![
        bytes.to_vec(),
        hexed.to_uppercase().into_bytes(),
        hexed.into_bytes(),
        data_encoding::BASE32_NOPAD.encode(bytes).into_bytes(),
        data_encoding::BASE64_NOPAD.encode(bytes).into_bytes(),
    ]
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn e04_of_a_real_process_no_secret_is_in_what_it_says_writes_or_shows_to_others() {
    let (home, codes) = Home::with_codes(1, 60);
    let temporary = home.path("temporary");
    fs::create_dir(&temporary).unwrap();
    let untouched = temporary.metadata().unwrap().modified().unwrap();
    let key = fs::read_to_string(home.root().join("vault.key")).unwrap();
    let key_hex = key.trim().rsplit(':').next().unwrap();
    let key_raw = data_encoding::HEXLOWER.decode(key_hex.as_bytes()).unwrap();
    let mut secrets: Vec<Vec<u8>> = spellings(&seed(0)).into_iter().chain(spellings(&key_raw)).collect();
    secrets.push(codes[0].clone().into_bytes());
    let mut heard = Vec::new();
    let mut tell = |arguments: &[&str], stdin: &str, exit: i32| -> Output {
        let told = run(&home, arguments, stdin, &temporary);
        assert_eq!(told.status.code(), Some(exit), "{arguments:?}: {told:?}");
        heard.extend([told.stdout.clone(), told.stderr.clone()].concat());
        told
    };
    tell(&["activate", &login(0), &serial(0), "--verbose"], &format!("{}\n", codes[0]), 0);
    wait_for_room(10);
    let first = code(0, -1);
    // The ticket belongs to the answer of this one command.
    let answer = home.json(&["check", &login(0)], &format!("{first}\n"), 10);
    let ticket = answer["ticket"].as_str().unwrap().to_owned();
    tell(&["pin", "set", &login(0), "--ticket", "--verbose"], &format!("{ticket}\n83069\n83069\n"), 0);
    let second = format!("83069{}", code(0, 0));
    tell(&["check", &login(0), "-o", "json"], &format!("{second}\n"), 0);
    tell(&["check", &login(0)], &format!("{second}\n"), 1);
    tell(&["check", &login(0), "--verbose"], "94170123456\n", 1);
    tell(&["vault", "status"], "", 0);
    tell(&["doctor"], "", 0);
    for list in [["key", "list"], ["audit", "list"], ["user", "list"], ["activation", "list"]] {
        tell(&list, "", 0);
    }
    secrets.extend([first, second, "83069".to_owned(), "94170123456".to_owned(), ticket].map(String::into_bytes));
    // A check that waits for its passcode, and one that has read it and goes on.
    let mut batch = home.command(&["check", "--batch"]).stderr(Stdio::null()).spawn().unwrap();
    let line = format!("{{\"login\":\"{}\",\"passcode\":\"{PIN}777777\"}}\n", login(0));
    batch.stdin.as_mut().unwrap().write_all(line.as_bytes()).unwrap();
    let shown = |name: &str| fs::read(format!("/proc/{}/{name}", batch.id())).unwrap_or_default();
    let until = Instant::now() + Duration::from_secs(5);
    while !home.root().join("cleotp.db-wal").exists() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(home.root().join("cleotp.db-wal").exists() && contains(&shown("cmdline"), b"--batch"));
    heard.extend([shown("cmdline"), shown("environ")].concat());
    let database = ["cleotp.db", "cleotp.db-wal", "cleotp.db-shm"]
        .map(|name| fs::read(home.root().join(name)).unwrap_or_default());
    drop(batch.stdin.take());
    heard.extend(batch.wait_with_output().unwrap().stdout);
    secrets.push(format!("{PIN}777777").into_bytes());
    for secret in &secrets {
        assert!(!contains(&heard, secret), "{} was told", String::from_utf8_lossy(secret));
        // Five digits may stand by chance among numbers; whole passcodes, codes, seeds and keys may not.
        if secret.len() > 6 {
            let is_in = database.iter().any(|bytes| contains(bytes, secret));
            assert!(!is_in, "{} is in the database", String::from_utf8_lossy(secret));
        }
    }
    assert!(contains(&database.concat(), login(0).as_bytes()), "the looking itself finds what is there");
    // SQLite takes the name of a temporary file away as soon as it has it open: the folder remembers that there was one.
    assert_eq!(temporary.metadata().unwrap().modified().unwrap(), untouched);
}
