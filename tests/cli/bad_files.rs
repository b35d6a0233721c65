//! Files that are not what they are taken for. Nothing of them is kept, nothing waits for them, and each is called by its name.

use crate::bad_input::in_both;
use crate::support::{World, set_mode};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

/// What somebody may take for a seed file: its name, and its beginning.
const FOREIGN: [(&str, &[u8]); 18] = [
    ("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0"),
    ("photo.gif", b"GIF89a\x01\0\x01\0"),
    ("scan.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    ("seeds.zip", b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x09\0\0\0seeds.csv"),
    ("seeds.gz", b"\x1f\x8b\x08\0\0\0\0\0"),
    ("seeds.bz2", b"BZh91AY&SY\0\0"),
    ("seeds.xz", b"\xfd7zXZ\0\0\x04"),
    ("seeds.zst", b"\x28\xb5\x2f\xfd\x24\x06"),
    ("seeds.7z", b"7z\xbc\xaf\x27\x1c\0\x04"),
    ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0W\0o\0r\0k\0b\0o\0o\0k\0"),
    ("seeds.ods", b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
    ("notes.rtf", b"{\\rtf1\\ansi\\deff0}"),
    ("cleotp.db", b"SQLite format 3\0\x10\0"),
    ("setup.exe", b"MZ\x90\0\x03\0\0\0"),
    ("login.html", b"<!DOCTYPE html>\n<html><title>Connexion</title></html>"),
    ("mail.eml", b"Return-Path: <ventes@example.org>\r\nSubject: Vos graines\r\n\r\nBonjour"),
    ("noise.csv", b"serial,\0\x01\x02\x03\xff\xfe"),
];

/// Names that lead to no regular file.
const SPECIAL: [&str; 6] = ["TMP/pipe", "TMP/socket", "TMP/dangling", "TMP/loop", "TMP/folder", "/dev/zero"];

/// Lays one of each kind at a path that is free.
fn lay(kind: &str, path: &Path) {
    match kind {
        "pipe" => assert!(Command::new("mkfifo").args(["-m", "600"]).arg(path).status().unwrap().success()),
        // The name stays when nobody listens any more.
        "socket" => drop(UnixListener::bind(path).unwrap()),
        "dangling" => symlink("nowhere", path).unwrap(),
        "loop" => symlink(path.file_name().unwrap(), path).unwrap(),
        "folder" => std::fs::create_dir(path).unwrap(),
        other => symlink(other, path).unwrap(),
    }
    if ["socket", "folder"].contains(&kind) {
        set_mode(path, 0o700);
    }
}

/// A folder beside the home with one of each kind in it.
fn with_special_files(lang: &'static str) -> World {
    let world = World::furnished(lang);
    for kind in ["pipe", "socket", "dangling", "loop", "folder"] {
        lay(kind, &world.home().with_file_name(kind));
    }
    world.forget();
    world
}

#[test]
fn what_is_no_seed_file_is_called_by_its_name() {
    let said = in_both(|lang| {
        let world = World::furnished(lang);
        world.forget();
        let (before, mut audited) = world.dump();
        for (name, bytes) in FOREIGN {
            world.lay(name, bytes);
            world.run(&format!("import TMP/{name}")).exits(65);
            audited += 1;
            assert_eq!(world.dump(), (before.clone(), audited), "{name}: only the audit knows of it");
        }
        world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn what_is_no_list_is_called_by_its_name() {
    let said = in_both(|lang| {
        let world = World::furnished(lang);
        world.forget();
        let before = world.dump();
        for (name, bytes) in FOREIGN {
            world.lay(name, bytes);
            world.run(&format!("user import TMP/{name}")).exits(65);
        }
        world.feed("establishment import -", FOREIGN[0].1).exits(65);
        world.lay("large.csv", b"login,name,uai\n");
        let large = std::fs::File::options().write(true).open(world.home().with_file_name("large.csv")).unwrap();
        large.set_len(16 * 1024 * 1024 + 1).unwrap();
        world.run("user import TMP/large.csv").exits(65);
        world.lay("wide.csv", format!("login,name,uai{}\n", ",x".repeat(200_000)).as_bytes());
        world.run("user import TMP/wide.csv").exits(65);
        world.lay("wrong.csv", format!("login,name,uai\n{}", "-,,\n".repeat(50)).as_bytes());
        let told = world.run("user import TMP/wrong.csv").exits(65);
        assert_eq!(told.err.lines().count(), 100 + 3, "a hundred are told, then how many more there are");
        let object = world.run("user import TMP/wrong.csv -o json").exits(65).json();
        assert_eq!((object["problems"].as_i64(), object["findings"].as_array().unwrap().len()), (Some(150), 100));
        assert_eq!(world.dump(), before);
        let told = world.told.borrow();
        told.iter().map(|told| format!("{}\n", last_lines(&told.shown()))).collect::<Vec<_>>().join("\n")
    });
    insta::assert_snapshot!(said);
}

/// Keeps the command, and the last of what was said.
fn last_lines(shown: &str) -> String {
    let lines: Vec<&str> = shown.lines().collect();
    let kept = lines.iter().enumerate().filter(|(at, line)| *at == 0 || at + 5 > lines.len() && line.len() < 400);
    kept.map(|(_, line)| *line).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_no_regular_file_is_not_read() {
    let said = in_both(|lang| {
        let world = with_special_files(lang);
        let before = world.dump();
        for path in SPECIAL {
            for line in ["import", "user import", "import fixtures/seeds/pskc-preshared-demo.xml --psk-file"] {
                let told = world.run(&format!("{line} {path}"));
                assert!(matches!(told.exit, 65 | 66), "{}", told.shown());
            }
        }
        world.run("import fixtures/seeds/pskc-demo.xml/x").exits(66);
        world.run("activation new jdupont --output TMP/nowhere/code").exits(73);
        world.run("activation new jdupont --output TMP/folder").exits(73);
        world.run("activation new nobody --output TMP/code").exits(66);
        assert!(!world.home().with_file_name("code").exists(), "no file stays of a code that was not issued");
        assert_eq!(world.dump(), before, "no code was issued that nobody can read");
        world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn what_only_has_the_name_of_a_file_of_the_home_is_not_taken_for_it() {
    let said = in_both(|lang| {
        let world = World::furnished(lang);
        world.forget();
        for name in ["config.toml", "vault.key", "cleotp.db"] {
            let (path, kept) = (world.home().join(name), world.home().with_file_name("kept"));
            std::fs::rename(&path, &kept).unwrap();
            for kind in ["pipe", "socket", "dangling", "loop", "folder", "/dev/zero"] {
                lay(kind, &path);
                let told = world.run("key list").exits(78);
                assert_eq!(told.out, "", "{name} is {kind}");
                assert!(matches!(world.run("doctor -o json").exit, 1), "{name} is {kind}");
                world.told.borrow_mut().pop();
                if kind == "folder" { std::fs::remove_dir(&path) } else { std::fs::remove_file(&path) }.unwrap();
            }
            std::fs::rename(&kept, &path).unwrap();
            world.run("audit verify --quiet").exits(0);
        }
        std::fs::write(world.home().join("config.toml"), "#".repeat(70_000)).unwrap();
        world.run("key list").exits(78);
        std::fs::remove_file(world.home().join("config.toml")).unwrap();
        std::fs::write(world.home().join("vault.key"), "0".repeat(70_000)).unwrap();
        world.run("key list").exits(78);
        world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn what_is_no_folder_is_no_home() {
    let said = in_both(|lang| {
        let world = World::empty(lang);
        for kind in ["pipe", "socket", "dangling", "/dev/null"] {
            lay(kind, &world.home());
            let told = world.run("key list");
            assert!(matches!(told.exit, 66 | 78), "{}", told.shown());
            let told = world.run("init");
            assert!(matches!(told.exit, 66 | 73), "{}", told.shown());
            assert!(world.home().symlink_metadata().is_ok(), "what is there is left alone");
            std::fs::remove_file(world.home()).unwrap();
        }
        world.run("init --home TMP/x/y/z").exits(0);
        world.story()
    });
    insta::assert_snapshot!(said);
}
