//! Disks that are full or read-only: a small file system of its own, mounted where nobody else sees it.
//!
//! What could not be written is said and not done, no code is accepted, and with room again all goes on as if nothing had been.

use crate::home::{number, open};
use crate::support::{self, Home, PIN, code, code_at, hex, login, seed, serial, text};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// What the scripts begin with: `say` runs the program in both languages and tells its exit status.
const PRELUDE: &str = r#"
mount -t tmpfs -o "size=$SIZE,mode=700" tmpfs "$ROOM" || exit 111
echo 'in the room' >&2
export CLEOTP_HOME="$ROOM/home"
said() { sed "s|$ROOM|ROOM|g"; }
say() { for LANG in fr_FR.UTF-8 C; do export LANG; echo "$ cleotp $*" | said; "$CLEOTP" "$@" 2>&1 | said; echo "(${PIPESTATUS[0]})"; done; echo; }
check() { for LANG in fr_FR.UTF-8 C; do export LANG; printf '%s\n' "$PASSCODE" | "$CLEOTP" check "$@" 2>&1 | said; echo "(${PIPESTATUS[1]}) check"; done; echo; }
quietly() { LANG=C "$CLEOTP" "$@" >/dev/null 2>&1; echo "($?) $*" | said; }
fill() { head -c 64M /dev/zero >"$ROOM/fill" 2>/dev/null; }
"#;

/// Everything that somebody may try on a disk that takes nothing.
const ATTEMPTS: &str = r#"
say key list
check user0
printf '{"login":"user0","passcode":"%s"}\n' "$PASSCODE" | say check --batch
say user add zoe --name Zoe --establishment 0860034V
say import fixtures/seeds/pskc-demo.xml
say audit list
say audit verify
say key unassign 900000001
say activation new user1
say activation new user1 --output "$ROOM/code"
say init --home "$ROOM/other"
quietly doctor
ls -A "$ROOM"
"#;

/// What is tried when the disk takes something again, before its home is looked at.
const AFTERWARDS: &str = r#"
quietly audit verify
check user0
quietly user add zoe --name Zoe --establishment 0860034V
cp -a "$ROOM/home" "$OUT"
"#;

/// Runs a script on a file system of its own, and gives what it wrote; nothing where this account may not mount.
fn in_a_room(size: &str, home: &Home, passcode: &str, script: &str) -> Option<String> {
    let room = home.path("room");
    std::fs::create_dir_all(&room).unwrap();
    // Root needs no namespace of users, and others are root in theirs.
    for options in [&["-m"] as &[&str], &["-U", "-r", "-m"]] {
        let mut command = Command::new("unshare");
        command.args(options).args(["bash", "-c", &format!("{PRELUDE}{script}")]);
        command.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("CLEOTP", support::program());
        command.env("ROOM", &room).env("SIZE", size).env("MADE", home.root()).env("OUT", home.path("out"));
        command.env("PASSCODE", passcode).env("KEYS", home.path("many.csv"));
        match command.output() {
            Ok(output) if output.status.success() => return Some(text(&output.stdout)),
            // The room was there: it is the script that failed.
            Ok(output) if text(&output.stderr).contains("in the room") => panic!("{output:?}"),
            Ok(output) => println!("unshare {options:?}: {}", text(&output.stderr)),
            Err(error) => println!("unshare: {error}"),
        }
    }
    println!("skipped for want of the right to mount");
    None
}

/// Looks at a home that was copied out of a room: whole, and of so many users and events more than at first.
fn is_whole(home: &Home, added: [i64; 2]) {
    let count = |folder: &Path| {
        let database = rusqlite::Connection::open(folder.join("cleotp.db")).unwrap();
        let answer: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(answer, "ok");
        let ask = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        [ask("SELECT count(*) FROM users"), ask("SELECT count(*) FROM audit")]
    };
    let ([users, events], [users_then, events_then]) = (count(&home.path("out")), count(&home.root()));
    assert_eq!([users - users_then, events - events_then], added);
}

/// A home with two users, the first of whom has a PIN, and the passcode that he would type now.
fn furnished() -> (Home, String) {
    let home = Home::with_users(2);
    home.set_pin(0);
    let passcode = format!("{PIN}{}", code(0, 0));
    (home, passcode)
}

#[test]
fn h04_on_a_full_disk_nothing_is_accepted_and_nothing_is_half_done() {
    let (home, passcode) = furnished();
    let script = format!(
        r#"
        cp -a "$MADE" "$ROOM/home"
        fill
        {ATTEMPTS}
        echo '== room again'
        rm "$ROOM/fill"
        {AFTERWARDS}"#
    );
    let Some(said) = in_a_room("8m", &home, &passcode, &script) else { return };
    insta::assert_snapshot!(said);
    // The code that was typed on the full disk was not spent: accepted once with room again, refused then.
    is_whole(&home, [1, 3]);
}

#[test]
fn h05_on_a_read_only_disk_nothing_is_accepted_and_nothing_is_half_done() {
    let (home, passcode) = furnished();
    let script = format!(
        r#"
        cp -a "$MADE" "$ROOM/home"
        mount -o remount,ro "$ROOM"
        {ATTEMPTS}
        echo '== writable again'
        mount -o remount,rw "$ROOM"
        {AFTERWARDS}"#
    );
    let Some(said) = in_a_room("8m", &home, &passcode, &script) else { return };
    insta::assert_snapshot!(said);
    is_whole(&home, [1, 3]);
}

#[test]
fn a_disk_that_fills_in_the_middle_takes_all_or_nothing() {
    let (home, passcode) = furnished();
    let mut keys = String::new();
    for index in 0..4_000_u32 {
        writeln!(keys, "{},{},totp,6,60", 700_000_000 + index, hex(&[&index.to_be_bytes()[..], &[7; 16]].concat()))
            .unwrap();
    }
    std::fs::write(home.path("many.csv"), keys).unwrap();
    let script = r#"
        cp -a "$MADE" "$ROOM/home"
        fill
        truncate -s -200K "$ROOM/fill"
        say import "$KEYS" | sed "s|$KEYS|KEYS|"
        quietly batch show 2
        quietly key show 700000000
        check user0
        rm "$ROOM/fill"
        quietly audit verify
        quietly import "$KEYS" | sed "s|$KEYS|KEYS|"
        quietly key show 700003999
        cp -a "$ROOM/home" "$OUT"
    "#;
    let Some(said) = in_a_room("16m", &home, &passcode, script) else { return };
    insta::assert_snapshot!(said);
    is_whole(&home, [0, 3]);
}

#[test]
fn an_installation_that_finds_no_room_leaves_nothing_behind() {
    let home = Home::new();
    let script = r#"
        say init
        ls -A "$ROOM"
        mount -o remount,size=4m "$ROOM"
        quietly init
        quietly audit verify
    "#;
    for size in ["16k", "64k", "160k"] {
        let Some(said) = in_a_room(size, &home, "", script) else { return };
        assert!(said.contains("le disque est plein\n") && said.contains("the disk is full\n"), "{size}: {said}");
        assert!(said.contains("\n(0) init\n(0) audit verify\n"), "{size}: {said}");
        assert!(said.matches("\n(74)\n").count() + said.matches("\n(73)\n").count() == 2, "{size}: {said}");
        assert!(!said.contains("\nhome\n"), "{size}: {said}");
    }
}

#[test]
fn h04_checks_go_on_until_the_disk_is_full_and_again_when_there_is_room() {
    let (home, codes) = Home::with_keys(1, "hotp,6,12");
    home.done(&["activate", &login(0), &serial(0)], &format!("{}\n", codes[0]));
    let answer = home.json(&["check", &login(0)], &format!("{}\n", code_at(&seed(0), 12)), 10);
    let ticket = answer["ticket"].as_str().unwrap();
    home.done(&["pin", "set", &login(0), "--ticket"], &format!("{ticket}\n{PIN}\n{PIN}\n"));
    let presses: String =
        (13..400).fold(String::new(), |text, counter| format!("{text}{PIN}{}\n", code_at(&seed(0), counter)));
    std::fs::write(home.path("many.csv"), presses).unwrap();
    let script = r#"
        cp -a "$MADE" "$ROOM/home"
        export LANG=C
        accepted=0
        exec 8<"$KEYS"
        while read -r PASSCODE <&8; do
          printf '%s\n' "$PASSCODE" | "$CLEOTP" check user0 >/dev/null 2>&1
          status=$?
          [ "$status" = 0 ] || break
          accepted=$((accepted + 1))
          [ "$accepted" != 5 ] || { fill; truncate -s -96K "$ROOM/fill"; }
        done
        echo "accepted $accepted"
        echo "then $status"
        rm "$ROOM/fill"
        printf '%s\n' "$PASSCODE" | "$CLEOTP" check user0 >/dev/null 2>&1; echo "with room $?"
        printf '%s\n' "$PASSCODE" | "$CLEOTP" check user0 >/dev/null 2>&1; echo "once more $?"
        quietly audit verify
        cp -a "$ROOM/home" "$OUT"
    "#;
    let Some(said) = in_a_room("16m", &home, "", script) else { return };
    let told =
        |what: &str| said.lines().find_map(|line| line.strip_prefix(what)).unwrap().trim().parse::<i64>().unwrap();
    let accepted = told("accepted");
    assert!(accepted > 5, "{said}");
    assert!([73, 74].contains(&told("then")), "{said}");
    assert_eq!((told("with room"), told("once more")), (0, 1), "{said}");
    assert!(said.contains("(0) audit verify"), "{said}");
    is_whole(&home, [0, accepted + 2]);
    let database = rusqlite::Connection::open(home.path("out").join("cleotp.db")).unwrap();
    assert_eq!(number(&database, "SELECT watermark FROM keys"), 13 + accepted);
    let before = number(&open(&home), "SELECT count(*) FROM spent_codes");
    assert_eq!(number(&database, "SELECT count(*) FROM spent_codes"), before + accepted + 1);
}
