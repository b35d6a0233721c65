//! The real binary under hostile callers: streams that are closed or full, endless input, huge files, bytes that are no text.
//!
//! A closed descriptor is opened on `/dev/null` by the runtime before the program begins: nothing that is opened later, the
//! database least of all, can become one of the three streams, and an answer to a closed stdout goes where `/dev/null` does.
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
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};
use support::{Home, PIN, UAI, code, login, serial, shell, step, text};

/// What a terminal shows of a failure in French, and its exit status.
#[track_caller]
fn told(output: &Output, exit: i32, sentence: &str) {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(exit), "{said}");
    assert!(said.contains(sentence) && said.contains("conseil : "), "{said}");
}

fn is_whole(home: &Home) {
    home.done(&["audit", "verify", "--quiet"], "");
    let database = rusqlite::Connection::open(home.root().join("cleotp.db")).unwrap();
    let answer: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(answer, "ok");
}

/// Counts the events of the audit.
fn events(home: &Home) -> i64 {
    let database = rusqlite::Connection::open(home.root().join("cleotp.db")).unwrap();
    database.query_row("SELECT coalesce(max(seq), 0) FROM audit", [], |row| row.get(0)).unwrap()
}

#[test]
fn with_streams_that_are_closed_the_database_is_never_one_of_them() {
    let home = Home::with_users(1);
    for closed in ["<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- 2>&-", "<&- >&- 2>&-"] {
        for (line, exits) in [
            ("key list", [0, 0]),
            ("user disable user0", [0, 69]),
            ("user enable user0", [0, 69]),
            ("doctor", [0, 1]),
            ("key show 1", [66, 66]),
            ("check nobody", [64, 1]),
            ("check --batch", [0, 0]),
            ("import -", [65, 65]),
            ("--help", [0, 0]),
        ] {
            let output = shell(&home, &format!("printf '123456\\n' | \"$0\" {line} {closed}"));
            let exit = output.status.code().unwrap();
            assert!(exits.contains(&exit), "{line} {closed}: {exit} {}", text(&output.stderr));
        }
        is_whole(&home);
    }
    assert!(events(&home) > 14, "what was done with closed streams was done");
}

#[test]
fn what_was_done_is_done_though_nobody_hears_of_it() {
    let home = Home::with_users(1);
    home.set_pin(0);
    let passcode = format!("{PIN}{}", code(0, 0));
    let check = |to: &str| shell(&home, &format!("printf '{passcode}\\n' | LANG=fr_FR.UTF-8 \"$0\" check user0 {to}"));
    let output = check(">/dev/full");
    told(&output, 74, "la réponse n'a pas pu être écrite : le disque est plein");
    assert_eq!(check("").status.code(), Some(1), "the code is spent, and its answer is lost");
    for line in
        ["key list", "key list -o json", "audit list -o csv", "doctor", "--help", "--version", "user show user0"]
    {
        let output = shell(&home, &format!("\"$0\" {line} >/dev/full"));
        assert_eq!(output.status.code(), Some(74), "{line}: {}", text(&output.stderr));
        assert!(output.stderr.ends_with(b"\n"), "{line}");
        let output = shell(&home, &format!("(\"$0\" {line}; echo \"$?\" >&2) | true"));
        assert!(matches!(text(&output.stderr).as_str(), "0\n" | "1\n"), "{line}: {}", text(&output.stderr));
    }
    let output = shell(&home, "\"$0\" user disable user0 >/dev/full 2>&1");
    assert_eq!(output.status.code(), Some(74), "both streams are full");
    let user = home.json(&["user", "show", "user0"], "", 0);
    assert_eq!(user["users"][0]["enabled"], false, "it was done all the same");
    assert_eq!(shell(&home, "\"$0\" key show 1 2>/dev/full").status.code(), Some(66));
    let issued = shell(&home, "LANG=fr_FR.UTF-8 \"$0\" activation new user0 >/dev/full");
    assert!(matches!(issued.status.code(), Some(69 | 74)), "{}", text(&issued.stderr));
    is_whole(&home);
}

#[test]
fn an_activation_code_that_nobody_saw_is_told_to_be_lost() {
    let home = Home::new();
    home.done(&["establishment", "add", UAI, "Test"], "");
    home.done(&["user", "add", "zoe", "--name", "Zoé", "--establishment", UAI], "");
    let output = shell(&home, "LANG=fr_FR.UTF-8 \"$0\" activation new zoe >/dev/full");
    told(&output, 74, "le code émis est perdu ; émettez-en un autre avec « cleotp activation nouveau zoe »");
    let output = shell(&home, "LANG=C \"$0\" activation new zoe >/dev/full");
    assert!(text(&output.stderr).contains("issue another one with \"cleotp activation new zoe\""), "{output:?}");
}

#[test]
fn emergency_codes_that_nobody_saw_are_told_to_be_lost_and_those_of_before_end() {
    let home = Home::with_users(1);
    support::wait_for_room(10);
    home.set_pin(0);
    home.done(&["check", &login(0)], &format!("{PIN}{}\n", code(0, 0)));
    let output = shell(&home, &format!("LANG=fr_FR.UTF-8 \"$0\" key lost {} --emergency >/dev/full", serial(0)));
    told(&output, 74, "les codes émis sont perdus ; émettez une autre liste avec « cleotp secours nouveau user0 »");
    assert_eq!(home.json(&["key", "show", &serial(0)], "", 0)["keys"][0]["state"], "lost", "it was done all the same");
    let issued = home.json(&["emergency", "new", &login(0)], "", 0);
    let output = shell(&home, "LANG=C \"$0\" emergency new user0 -o csv >/dev/full");
    assert!(text(&output.stderr).contains("issue another list with \"cleotp emergency new user0\""), "{output:?}");
    let passcode = format!("{PIN}{}\n", issued["codes"][0].as_str().unwrap());
    assert_eq!(home.json(&["check", &login(0)], &passcode, 1)["verdict"], "refused");
}

#[test]
fn bytes_that_are_no_text_are_refused_or_are_paths() {
    let home = Home::new();
    let bytes = OsStr::from_bytes(b"cl\xe9\xff");
    for (before, exit, sentence) in [
        (&["user", "show"] as &[&str], 64, r"ce n'est pas de l'UTF-8 : $'cl\xe9\xff'"),
        (&["key", "show"], 64, r"ce n'est pas de l'UTF-8 : $'cl\xe9\xff'"),
        (&["key", "list", "--state"], 64, r"ce n'est pas de l'UTF-8 : $'cl\xe9\xff'"),
        (&["audit", "list", "--since"], 64, r"ce n'est pas de l'UTF-8 : $'cl\xe9\xff'"),
        (&["key"], 64, "commande inconnue : «"),
        (&[], 64, "commande inconnue : «"),
        (&["import"], 66, r"fichier introuvable : cl\xe9\xff"),
        (&["user", "import"], 66, r"fichier introuvable : cl\xe9\xff"),
        (&["import", "fixtures/seeds/pskc-preshared-demo.xml", "--psk-file"], 66, r"fichier introuvable : cl\xe9\xff"),
    ] {
        let output = home.command(before).arg(bytes).env("LANG", "fr_FR.UTF-8").stdin(Stdio::null()).output().unwrap();
        told(&output, exit, sentence);
    }
    // A path may be any bytes: the file is there.
    let path = home.path("x").with_file_name(bytes);
    std::fs::copy("fixtures/seeds/pskc-demo.xml", &path).unwrap();
    let import = |form: &str| home.command(&["import", "-o", form]).arg(&path).stdin(Stdio::null()).output().unwrap();
    assert_eq!(import("json").status.code(), Some(0));
    assert!(
        serde_json::from_slice::<serde_json::Value>(&home.run(&["batch", "list", "-o", "json"], "").stdout).is_ok()
    );
    let hostile = home.path("x").with_file_name(OsStr::from_bytes(b"\x1b[31m\xe2\x80\xae\xff.csv"));
    std::fs::write(&hostile, "nothing").unwrap();
    let output = home.command(&["import"]).arg(&hostile).stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(65));
    let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said:?}");
    // So may the variables.
    let odd = home.path("x").with_file_name(OsStr::from_bytes(b"home\xff"));
    let run = |line: &[&str]| home.command(line).env("CLEOTP_HOME", &odd).stdin(Stdio::null()).output().unwrap();
    assert_eq!(run(&["init"]).status.code(), Some(0));
    assert_eq!(run(&["doctor"]).status.code().map(|exit| exit < 2), Some(true));
    for variable in ["LANG", "LC_ALL", "COLUMNS", "TERM", "XDG_DATA_HOME", "HOME", "GNUPGHOME"] {
        let output = home.command(&["key", "list"]).env(variable, bytes).stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{variable}: {output:?}");
    }
    for columns in ["0", "-1", "1", "65535", "65536", "99999999999999999999", "8e1", ""] {
        let output = home.command(&["key", "list"]).env("COLUMNS", columns).stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{columns}: {output:?}");
        assert_eq!(home.command(&["--help"]).env("COLUMNS", columns).output().unwrap().status.code(), Some(0));
    }
}

/// Lays a file of a size and a beginning, whose rest is a hole.
fn sparse(home: &Home, name: &str, start: &[u8], size: u64) -> String {
    let path = home.path(name);
    let mut file = File::create(&path).unwrap();
    file.write_all(start).unwrap();
    file.set_len(size).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Lays a file that begins with a text and goes on with another, as often as wanted.
fn repeated(home: &Home, name: &str, start: &str, piece: &str, times: usize) -> String {
    let path = home.path(name);
    let mut file = std::io::BufWriter::new(File::create(&path).unwrap());
    file.write_all(start.as_bytes()).unwrap();
    for _ in 0..times {
        file.write_all(piece.as_bytes()).unwrap();
    }
    file.flush().unwrap();
    path.to_str().unwrap().to_owned()
}

/// Runs a command line that may not have more memory than so many MiB, nor more time than so many seconds.
#[track_caller]
fn bounded(home: &Home, line: &str, mebibytes: u64, seconds: u64) -> Output {
    let begun = Instant::now();
    let kibibytes = mebibytes * 1024;
    let output = shell(home, &format!("ulimit -v {kibibytes}; LANG=fr_FR.UTF-8 exec timeout 60 \"$0\" {line}"));
    assert!(begun.elapsed() < Duration::from_secs(seconds), "{line} took {:?}", begun.elapsed());
    output
}

#[test]
fn b09_what_is_huge_is_refused_at_once_and_in_bounded_memory() {
    let home = Home::new();
    let before = events(&home);
    let big = sparse(&home, "big.csv", b"serial,secret\n", 1 << 30);
    let zeroes = sparse(&home, "zeroes.csv", b"login,name,uai\n", 15 << 20);
    let line = repeated(&home, "line.csv", "", &"a".repeat(1_000_000), 100);
    let mut attributes = String::from("<KeyContainer");
    for index in 0..200_000 {
        write!(attributes, " a{index}=\"1\"").unwrap();
    }
    let attributes = repeated(&home, "attributes.xml", &attributes, "/>", 1);
    let nested = repeated(&home, "nested.xml", "<KeyContainer>", "<a>", 200_000);
    let rows = repeated(&home, "rows.csv", "login,name,uai\n", "-,,\n", 100_000);
    let quoted = repeated(&home, "quoted.csv", "login,name,uai\n\"", "x\n", 2_000_000);
    for (line, sentence) in [
        (format!("import {big}"), "dépasse 256 Mio"),
        (format!("import {attributes}"), "Une balise, un commentaire ou un texte dépasse"),
        (format!("import {nested}"), "imbriqués sur plus de 16 niveaux"),
        (format!("user import {big}"), "dépasse 16 Mio"),
        (format!("user import {line}"), "dépasse 16 Mio"),
        (format!("user import {zeroes}"), "n'est pas du texte"),
        (format!("user import {attributes}"), "cette colonne manque"),
        (format!("user import {nested}"), "cette colonne manque"),
        (format!("user import {rows}"), "problèmes : 300000"),
        (format!("user import {quoted}"), "est refusée"),
        ("user import - </dev/zero".to_owned(), "plus de 16 Mio"),
        ("activate user0 1 </dev/zero".to_owned(), "plus de 1024 octets"),
        ("pin set user0 --ticket </dev/zero".to_owned(), "plus de 1024 octets"),
        ("key resync user0 </dev/zero".to_owned(), ""),
    ] {
        let output = bounded(&home, &line, 192, 15);
        assert!(matches!(output.status.code(), Some(65 | 66)), "{line}: {output:?}");
        assert!(text(&output.stderr).contains(sentence), "{line}: {}", text(&output.stderr));
        assert!(output.stderr.len() < 32_000, "{line} said {} bytes", output.stderr.len());
    }
    // These are read whole, or as far as the limit goes.
    std::fs::write(home.root().join("config.toml"), "max-import-mebibytes = 100\n").unwrap();
    told(&bounded(&home, &format!("import {line}"), 320, 30), 65, "n'est pas reconnu");
    told(&bounded(&home, &format!("import --format oath-csv {line}"), 320, 30), 65, "La ligne dépasse");
    std::fs::write(home.root().join("config.toml"), "max-import-mebibytes = 16\n").unwrap();
    told(&bounded(&home, &format!("import {line}"), 192, 5), 65, "dépasse 16 Mio");
    told(&bounded(&home, "import - </dev/zero", 192, 15), 65, "plus de 16 Mio");
    assert!(events(&home) > before, "refused files are in the audit");
    is_whole(&home);
}

#[test]
fn a_second_command_says_that_the_first_one_is_at_work() {
    let home = Home::with_users(1);
    let database = rusqlite::Connection::open(home.root().join("cleotp.db")).unwrap();
    database.execute_batch("BEGIN IMMEDIATE").unwrap();
    let before = events(&home);
    let begun = Instant::now();
    let children: Vec<_> = [
        ("fr_FR.UTF-8", "user disable user0"),
        ("C", "key unassign 900000000"),
        ("fr", "import -o json fixtures/seeds/pskc-demo.xml"),
    ]
    .map(|(lang, line)| {
        let words: Vec<&str> = line.split(' ').collect();
        home.command(&words).env("LANG", lang).stdin(Stdio::null()).spawn().unwrap()
    })
    .into_iter()
    .map(|child| child.wait_with_output().unwrap())
    .collect();
    assert!(begun.elapsed() < Duration::from_secs(20));
    told(&children[0], 75, "la base est occupée par une autre commande");
    assert!(text(&children[1].stderr).contains("hint: nothing was changed; try again"), "{:?}", children[1]);
    let object: serde_json::Value = serde_json::from_slice(&children[2].stderr).unwrap();
    assert_eq!((&object["code"], &object["error"]), (&75.into(), &"database-busy".into()));
    assert_eq!(events(&home), before);
    database.execute_batch("ROLLBACK").unwrap();
    home.done(&["user", "disable", &login(0)], "");
}

#[test]
fn a_database_that_goes_away_is_missed_and_not_made_anew() {
    let home = Home::with_users(1);
    let database = home.root().join("cleotp.db");
    let aside = home.path("aside.db");
    std::fs::rename(&database, &aside).unwrap();
    for line in [&["key", "list"] as &[&str], &["check", "user0"], &["import", "fixtures/seeds/pskc-demo.xml"]] {
        let output = home.command(line).env("LANG", "fr_FR.UTF-8").stdin(Stdio::null()).output().unwrap();
        told(&output, 66, "est perdue : il en reste");
        assert!(!database.exists(), "{line:?}");
    }
    std::fs::rename(&aside, &database).unwrap();
    // Cut short, and with another file's pages in it.
    let whole = std::fs::read(&database).unwrap();
    for damaged in [whole[..whole.len() / 2].to_vec(), [&whole[..8192], &vec![0x5a; whole.len() - 8192][..]].concat()] {
        for leftover in ["cleotp.db-wal", "cleotp.db-shm"] {
            let _ = std::fs::remove_file(home.root().join(leftover));
        }
        std::fs::write(&database, damaged).unwrap();
        let output = home.command(&["key", "show"]).arg(serial(0)).env("LANG", "fr_FR.UTF-8").output().unwrap();
        told(&output, 74, "est endommagée, ou n'est pas une base");
        assert_eq!(home.run(&["doctor", "--quiet"], "").status.code(), Some(1));
    }
    std::fs::write(&database, whole).unwrap();
    is_whole(&home);
    assert!(Path::new(&database).exists());
}

#[test]
fn b09_a_passcode_without_end_is_refused_and_counted_as_any_and_not_read_on() {
    let home = Home::with_users(1);
    home.set_pin(0);
    let refused = home.run(&["check", "user0"], "4576000000\n");
    assert_eq!(refused.status.code(), Some(1));
    let long = repeated(&home, "long", "", &"1".repeat(65_536), 1);
    let endless = sparse(&home, "endless", b"4576", 1 << 30);
    let thirteen = repeated(&home, "thirteen", "", "4576768950123", 1);
    for file in [&thirteen, &long, &endless] {
        home.done(&["key", "unlock", &serial(0)], "");
        let begun = Instant::now();
        let output = shell(&home, &format!("ulimit -v 262144; exec \"$0\" check user0 <{file}"));
        assert!(begun.elapsed() < Duration::from_secs(5), "{file}: {:?}", begun.elapsed());
        assert_eq!((output.status.code(), &output.stdout), (Some(1), &refused.stdout), "{file}: {output:?}");
        // What is left in the stream was never taken: one piece at the most.
        let line = format!("{{ \"$0\" check user0 >/dev/null; grep pos: /proc/self/fdinfo/0; }} <{file}");
        let taken = text(&shell(&home, &line).stdout);
        let taken: u64 = taken.trim_start_matches("pos:").trim().parse().unwrap();
        assert!(taken <= 4_096, "{file}: {taken} bytes were taken");
    }
    let told = home.json(&["audit", "list", "--action", "check", "--outcome", "refused"], "", 0);
    let reasons = told["events"].as_array().unwrap().iter().filter(|event| event["reason"] == "grammar");
    assert_eq!(reasons.count(), 6);
}

#[test]
fn d01_a_file_that_an_entity_names_is_never_opened() {
    let home = Home::new();
    let secret = home.path("secret");
    std::fs::write(&secret, "canary-of-the-vault").unwrap();
    let secret = secret.to_str().unwrap();
    for (name, doctype) in [
        ("general.xml", format!("<!DOCTYPE KeyContainer [<!ENTITY x SYSTEM \"file://{secret}\">]>")),
        ("parameter.xml", format!("<!DOCTYPE KeyContainer [<!ENTITY % x SYSTEM \"file://{secret}\"> %x;]>")),
        ("external.xml", format!("<!DOCTYPE KeyContainer SYSTEM \"file://{secret}\">")),
    ] {
        let pskc = std::fs::read_to_string("fixtures/seeds/pskc-demo.xml").unwrap();
        let (declaration, rest) = pskc.split_once("?>").unwrap();
        let file = repeated(&home, name, &format!("{declaration}?>{doctype}{}", rest.replace("ACME", "&x;")), "", 0);
        let output = home.run(&["import", &file], "");
        assert_eq!(output.status.code(), Some(65), "{output:?}");
        let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
        assert!(said.contains("DOCTYPE") && !said.contains("canary"), "{said}");
        let trace = home.path("trace");
        let traced =
            shell(&home, &format!("strace -f -e trace=%file,%network -o {} \"$0\" import {file}", trace.display()));
        if text(&traced.stderr).contains("strace: command not found") {
            println!("skipped for want of strace: what is opened");
            continue;
        }
        let calls = std::fs::read_to_string(&trace).unwrap();
        let opened = |path: &str| calls.lines().any(|call| call.contains("open") && call.contains(path));
        assert!(opened(&file), "the looking itself finds what is opened: {calls}");
        assert!(!calls.contains(secret) && !calls.contains("AF_INET"), "{calls}");
    }
}

#[test]
fn d02_entities_that_multiply_take_no_memory() {
    let home = Home::new();
    let bomb = "fixtures/seeds/bad-entity-bomb.xml".to_owned();
    let long = repeated(&home, "long.xml", "<!DOCTYPE KeyContainer [", "<!ENTITY a 'aaaaaaaaaaaaaaaaaaaa'>", 1_000_000);
    for file in [bomb, long] {
        let output = bounded(&home, &format!("import {file}"), 64, 5);
        assert_eq!(output.status.code(), Some(65), "{output:?}");
        let said = text(&output.stderr);
        assert!(said.contains("DOCTYPE") || said.contains("Une balise, un commentaire ou un texte dépasse"), "{said}");
    }
}

#[test]
fn g04_the_zone_of_the_machine_changes_nothing() {
    let home = Home::with_users(1);
    home.set_pin(0);
    let zones =
        ["UTC", "Europe/Paris", "Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns", "right/Europe/Paris"];
    let odd = [":/etc/passwd", "UTC+24", "../../etc/passwd", "", "XXX-14:59:59YYY,M3.2.0/-167"];
    let lines: [&[&str]; 2] = [&["audit", "list"], &["key", "show", &serial(0)]];
    let run = |line: &[&str], zone: &str| {
        let output = home.command(line).env("TZ", zone).stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{zone}: {output:?}");
        text(&output.stdout)
    };
    for line in lines {
        let in_utc = run(line, "UTC");
        for zone in zones.iter().chain(&odd) {
            assert_eq!(run(line, zone), in_utc, "{line:?} in {zone}");
        }
    }
}

#[test]
fn f10_no_variable_and_no_option_gives_the_time() {
    let home = Home::with_users(1);
    home.set_pin(0);
    // The codes of tomorrow, for somebody who lets the program believe that it is.
    let tomorrow = step() * 60 + 86_400;
    let passcode = format!("{PIN}{}\n", support::code_at(&support::seed(0), tomorrow / 60));
    let names =
        ["FAKETIME", "SOURCE_DATE_EPOCH", "CLEOTP_TIME", "CLEOTP_NOW", "CLEOTP_CLOCK", "CLEOTP_TEST", "NOW", "DATE"];
    for value in [tomorrow.to_string(), format!("@{tomorrow}"), "+1d".to_owned(), "2099-01-01T00:00:00Z".to_owned()] {
        home.done(&["key", "unlock", &serial(0)], "");
        let mut command = home.command(&["check", "user0"]);
        for name in names {
            command.env(name, &value);
        }
        let mut child = command.spawn().unwrap();
        support::feed(&mut child, &passcode);
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(1), "{value}");
    }
    for option in ["--time", "--now", "--date", "--clock", "--at", "--epoch", "--test", "--debug", "--seed", "--random"]
    {
        let output = home.run(&["check", "user0", option, &tomorrow.to_string()], &passcode);
        assert_eq!(output.status.code(), Some(64), "{option}: {output:?}");
    }
}
