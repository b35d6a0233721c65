//! `import --spool`, as a cron runs it each night over what vendors have dropped.

use crate::bad_input::in_both;
use crate::support::{START, Told, World, set_mode};
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

const SEEDS: &str = "fixtures/seeds";
const LIST: &[u8] = b"550001,00112233445566778899aabbccddeeff00112234,totp,6,60\n\
                      550002,00112233445566778899aabbccddeeff00112235,totp,6,60\n";
const OTHER_LIST: &[u8] = b"550003,00112233445566778899aabbccddeeff00112236,totp,6,60\n";
const BAD_LIST: &[u8] = b"550004,00112233445566778899aabbccddeeff00112237,totp,6,60\n550005,001122,totp,6,60\n";

/// A home with an empty spool beside it, `TMP/spool`.
struct Spool {
    world: World,
    folder: PathBuf,
}

impl Spool {
    fn new(lang: &'static str) -> Self {
        let world = World::furnished(lang);
        let folder = world.home().with_file_name("spool");
        fs::create_dir(&folder).unwrap();
        set_mode(&folder, 0o755);
        world.forget();
        Self { world, folder }
    }

    /// Lays a file that was written an hour ago.
    fn drop(&self, name: &str, contents: &[u8]) -> PathBuf {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, contents).unwrap();
        set_mode(&path, 0o644);
        self.written(name, -3_600);
        path
    }

    fn drop_seeds(&self, name: &str) {
        self.drop(name, &fs::read(format!("{SEEDS}/{name}")).unwrap());
    }

    /// Sets when a file was written last, in seconds from now.
    fn written(&self, name: &str, seconds: i64) {
        let time = UNIX_EPOCH + Duration::from_secs((START + seconds).unsigned_abs());
        File::options().write(true).open(self.folder.join(name)).unwrap().set_modified(time).unwrap();
    }

    fn secret(&self, name: &str) {
        set_mode(&self.drop(name, &fs::read(format!("{SEEDS}/{name}")).unwrap()), 0o600);
    }

    #[track_caller]
    fn run(&self, options: &str) -> Told {
        self.world.run(format!("import --spool TMP/spool {options}").trim_end())
    }

    /// Lists all that lies in the spool, with its mode.
    fn tree(&self) -> Vec<String> {
        fn walk(folder: &Path, root: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let seen = path.symlink_metadata().unwrap();
                let name = path.strip_prefix(root).unwrap().display();
                found.push(format!("{:o} {name}", seen.mode() & 0o777));
                if seen.is_dir() {
                    walk(&path, root, found);
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.folder, &self.folder, &mut found);
        found.sort_by(|one, other| one[4..].cmp(&other[4..]));
        found
    }

    fn report(&self, place: &str) -> serde_json::Value {
        serde_json::from_slice(&fs::read(self.folder.join(place)).unwrap()).unwrap()
    }

    fn serials(&self) -> Vec<String> {
        let keys = self.world.run("key list -o json").exits(0).json();
        keys["keys"].as_array().unwrap().iter().map(|key| key["serial"].as_str().unwrap().to_owned()).collect()
    }

    fn has(&self, serial: &str) -> bool {
        self.serials().iter().any(|known| known == serial)
    }
}

#[test]
fn each_file_goes_where_it_belongs_and_the_next_night_is_silent() {
    let said = in_both(|lang| {
        let spool = Spool::new(lang);
        spool.drop("spool.toml", b"[[rule]]\nfiles = \"pskc-*\"\npsk-file = \"pskc-preshared-demo.key\"\n");
        spool.secret("pskc-preshared-demo.key");
        spool.drop_seeds("pskc-preshared-demo.xml");
        spool.drop("livraison.csv", LIST);
        spool.drop("mauvais.csv", BAD_LIST);
        spool.drop("encore.csv", LIST);
        spool.run("").exits(65);
        spool.run("").exits(0);
        let mut said = spool.world.story();
        assert!(spool.has("550001") && !spool.has("550004"));
        for line in spool.tree() {
            said.push_str(&format!("{line}\n"));
        }
        said
    });
    insta::assert_snapshot!(said);
}

#[test]
fn a_cron_that_finds_nothing_prints_nothing_and_needs_no_turn() {
    let spool = Spool::new("fr");
    spool.drop("spool.toml", b"min-age = \"1min\"\n");
    spool.drop("half.csv", LIST);
    spool.written("half.csv", -59);
    let other = File::open(spool.world.home()).unwrap();
    other.try_lock().unwrap();
    for options in ["", "-q", "-q -o jsonl", "-o json", "-o csv", "--dry-run", "--dry-run -o json"] {
        let told = spool.run(options).exits(0);
        assert_eq!(told.both, "", "{options}");
    }
    assert_eq!(spool.tree(), ["644 half.csv", "644 spool.toml"]);
    spool.written("half.csv", -61);
    let told = spool.run("-q -o jsonl").exits(75);
    assert_eq!((told.out.as_str(), told.err.lines().count()), ("", 1), "{}", told.shown());
    assert!(told.err.contains("\"import-busy\""), "{}", told.err);
}

#[test]
fn what_is_being_written_is_left_for_the_next_run() {
    let spool = Spool::new("C");
    let left = [".hidden.csv", "a.part", "b.TMP", "c.csv.filepart", "young.csv", "ahead.csv"];
    for name in left {
        spool.drop(name, LIST);
    }
    spool.written("young.csv", -9);
    // A clock that is a little ahead has written it this moment.
    spool.written("ahead.csv", 5);
    assert_eq!(spool.run("").exits(0).both, "");
    assert_eq!(spool.tree().len(), left.len());
    spool.written("young.csv", -10);
    // A clock of a vendor that is a year ahead keeps no file in the spool for a year.
    spool.drop("year.csv", OTHER_LIST);
    spool.written("year.csv", 365 * 86_400);
    spool.run("").exits(0);
    assert!(spool.has("550001") && spool.has("550003"));
}

#[test]
fn with_json_lines_a_file_is_a_line_and_an_error_is_one_on_stderr() {
    for lang in ["fr", "C"] {
        let spool = Spool::new(lang);
        spool.drop("1-good.csv", LIST);
        spool.drop("2-bad.csv", BAD_LIST);
        symlink("1-good.csv", spool.folder.join("3-link.csv")).unwrap();
        let told = spool.run("--quiet -o jsonl").exits(78);
        let lines: Vec<serde_json::Value> = told.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2, "{}", told.out);
        assert_eq!(lines[0]["schema"], "cleotp.import/1");
        assert_eq!(lines[0]["files"][0]["new"], 2);
        assert_eq!(lines[0]["files"][0]["moved_to"], serde_json::Value::Null, "its seeds were in clear");
        assert_eq!(lines[0]["files"][0]["report"], "done/2026-11-24/1-good.csv.report.json");
        assert_eq!(lines[1]["files"][0]["moved_to"], "failed/2026-11-24/2-bad.csv");
        assert_eq!(lines[1]["findings"][0]["code"], "seed-too-short");
        let errors: Vec<serde_json::Value> = told.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(errors.len(), 2, "{}", told.err);
        assert_eq!((errors[0]["code"].as_i64(), errors[0]["error"].as_str()), (Some(65), Some("spool-refused")));
        let message = errors[0]["message"].as_str().unwrap();
        assert!(message.starts_with("2-bad.csv: refused, one error") && message.contains("line 2"), "{message}");
        assert_eq!(errors[1]["error"], "spool-file-is-a-link");
        for (place, line) in
            [("done/2026-11-24/1-good.csv.report.json", 0), ("failed/2026-11-24/2-bad.csv.report.json", 1)]
        {
            assert_eq!(spool.report(place), lines[line], "the report says what was said");
        }
        assert_eq!(fs::read(spool.folder.join("failed/2026-11-24/2-bad.csv")).unwrap(), BAD_LIST);
    }
}

#[test]
fn one_document_tells_of_all_files() {
    let spool = Spool::new("C");
    spool.drop("a.csv", LIST);
    spool.drop("b.csv", OTHER_LIST);
    let told = spool.run("-o json").exits(0).json();
    assert_eq!(told["files"].as_array().unwrap().len(), 2, "{told}");
    assert_eq!(told["files"][1]["report"], "done/2026-11-24/b.csv.report.json");
}

#[test]
fn d12_what_is_not_certain_to_be_a_file_of_the_vendor_stays_where_it_is() {
    let said = in_both(|lang| {
        let spool = Spool::new(lang);
        let elsewhere = spool.world.lay("elsewhere.csv", LIST);
        symlink(&elsewhere, spool.folder.join("a-link.csv")).unwrap();
        symlink("nowhere", spool.folder.join("b-dangling.csv")).unwrap();
        let pipe = spool.folder.join("c-pipe.csv");
        let made = std::process::Command::new("mkfifo").args(["-m", "600"]).arg(pipe).status().unwrap();
        assert!(made.success());
        drop(UnixListener::bind(spool.folder.join("d-socket.csv")).unwrap());
        fs::create_dir(spool.folder.join("e-folder")).unwrap();
        let linked = spool.drop("f-hard.csv", OTHER_LIST);
        fs::hard_link(&linked, spool.world.home().with_file_name("other-name")).unwrap();
        set_mode(&spool.drop("g-writable.csv", OTHER_LIST), 0o664);
        spool.drop("h-large.csv", LIST);
        File::options().write(true).open(spool.folder.join("h-large.csv")).unwrap().set_len(257 << 20).unwrap();
        spool.written("h-large.csv", -3_600);
        let before = spool.serials();
        spool.world.forget();
        spool.run("").exits(78);
        let said = spool.world.story();
        assert_eq!(spool.serials(), before);
        let names: Vec<String> = spool.tree().into_iter().map(|line| line[4..].to_owned()).collect();
        let stay = "a-link.csv b-dangling.csv c-pipe.csv d-socket.csv done e-folder f-hard.csv failed g-writable.csv h-large.csv";
        assert_eq!(names.join(" "), stay);
        said
    });
    insta::assert_snapshot!(said);
}

#[test]
fn f05_a_spool_in_which_others_can_replace_files_is_not_touched() {
    let said = in_both(|lang| {
        let spool = Spool::new(lang);
        spool.drop("list.csv", LIST);
        for mode in [0o777, 0o775] {
            set_mode(&spool.folder, mode);
            spool.run("").exits(78);
        }
        set_mode(&spool.folder, 0o755);
        fs::create_dir(spool.folder.join("done")).unwrap();
        set_mode(&spool.folder.join("done"), 0o755);
        spool.run("").exits(78);
        fs::remove_dir(spool.folder.join("done")).unwrap();
        symlink("/tmp", spool.folder.join("done")).unwrap();
        spool.run("").exits(78);
        spool.world.run("import --spool TMP/none").exits(66);
        let said = spool.world.story();
        assert!(!spool.has("550001"));
        said
    });
    insta::assert_snapshot!(said);
}

#[test]
fn the_home_is_no_spool_by_whatever_name() {
    let said = in_both(|lang| {
        let world = World::furnished(lang);
        symlink(world.home(), world.home().with_file_name("other-name")).unwrap();
        let database = fs::read(world.home().join("cleotp.db")).unwrap();
        world.forget();
        for spool in ["TMP/home", "TMP/home/", "TMP/home/../home", "TMP/other-name", "TMP/other-name/."] {
            let told = world.run(&format!("import --spool {spool}")).exits(78);
            assert!(told.out.is_empty(), "{}", told.shown());
        }
        assert!(world.run("import --spool TMP/home -q -o json").exits(78).err.contains("\"spool-is-home\""));
        assert!(!world.home().join("done").exists() && !world.home().join("failed").exists());
        assert_eq!(fs::read(world.home().join("cleotp.db")).unwrap(), database);
        fs::write(world.home().join("config.toml"), format!("spool = \"{}\"\n", world.home().display())).unwrap();
        world.run("doctor -q").exits(1);
        world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn f07_a_folder_that_a_group_drops_into_is_a_spool_when_it_is_sticky() {
    let spool = Spool::new("C");
    fs::set_permissions(&spool.folder, fs::Permissions::from_mode(0o1770)).unwrap();
    spool.drop("list.csv", LIST);
    spool.run("").exits(0);
    assert!(spool.has("550001"));
}

#[test]
fn a_wrong_spool_toml_is_told_with_its_place_and_nothing_is_taken() {
    let said = in_both(|lang| {
        let spool = Spool::new(lang);
        spool.drop("list.csv", LIST);
        for text in [
            "min-age = 10\n",
            "keep_plain = true\n",
            "[[rule]]\nfiles = \"*\"\nformat = \"pskc\"\n",
            "[[rule]]\npsk-file = \"a\"\n",
            "[[rule]\n",
        ] {
            spool.drop("spool.toml", text.as_bytes());
            spool.run("").exits(78);
        }
        spool.drop("spool.toml", b"# \xff\n");
        spool.run("").exits(78);
        set_mode(&spool.drop("spool.toml", b"\n"), 0o666);
        spool.run("").exits(78);
        let said = spool.world.story();
        assert_eq!(spool.tree(), ["644 list.csv", "666 spool.toml"]);
        said
    });
    insta::assert_snapshot!(said);
}

#[test]
fn a_rule_says_how_its_files_are_read_and_what_is_wrong_with_it_is_not_held_against_them() {
    let said = in_both(|lang| {
        let spool = Spool::new(lang);
        let rule = "[[rule]]\nfiles = \"0860035W-*\"\nestablishment = \"0860035W\"\n\
                    [[rule]]\nfiles = [\"*.xml\"]\npsk-file = \"../seeds.key\"\n";
        spool.drop("spool.toml", rule.as_bytes());
        spool.drop("0860035W-keys.csv", LIST);
        spool.drop_seeds("pskc-preshared-demo.xml");
        spool.run("").exits(66);
        spool.world.run("establishment add 0860035W 'Collège Jean-Moulin'").exits(0);
        spool.world.lay("seeds.key", &fs::read(format!("{SEEDS}/pskc-preshared-demo.key")).unwrap());
        spool.run("").exits(0);
        spool.world.run("key list --establishment 0860035W").exits(0);
        spool.world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn a_file_with_seeds_in_clear_is_kept_closed_when_the_spool_says_so() {
    let spool = Spool::new("C");
    spool.drop("spool.toml", b"keep-plain = true\n");
    spool.drop("list.csv", LIST);
    let file = &spool.run("-o jsonl").exits(0).json()["files"][0];
    assert_eq!(file["moved_to"], "done/2026-11-24/list.csv");
    assert_eq!(
        spool.tree(),
        [
            "700 done",
            "700 done/2026-11-24",
            "600 done/2026-11-24/list.csv",
            "600 done/2026-11-24/list.csv.report.json",
            "700 failed",
            "644 spool.toml"
        ]
    );
    assert_eq!(fs::read(spool.folder.join("done/2026-11-24/list.csv")).unwrap(), LIST);
}

#[test]
fn nothing_in_done_or_failed_is_ever_replaced() {
    let spool = Spool::new("C");
    for contents in [BAD_LIST, b"nothing at all", BAD_LIST] {
        spool.drop("list.csv", contents);
        spool.run("").exits(65);
    }
    let kept = |name: &str| fs::read(spool.folder.join("failed/2026-11-24").join(name)).unwrap();
    assert_eq!(kept("list.csv"), BAD_LIST);
    assert_eq!(kept("list.csv.2"), b"nothing at all");
    assert_eq!(kept("list.csv.3"), BAD_LIST);
    assert_eq!(spool.report("failed/2026-11-24/list.csv.2.report.json")["files"][0]["file"], "list.csv");
}

#[test]
fn a_trial_tells_all_and_moves_nothing() {
    let said = in_both(|lang| {
        let spool = Spool::new(lang);
        spool.drop("good.csv", LIST);
        spool.drop("bad.csv", BAD_LIST);
        spool.run("--dry-run").exits(65);
        let said = spool.world.story();
        assert_eq!(spool.tree(), ["644 bad.csv", "644 good.csv"]);
        assert!(!spool.has("550001"));
        said
    });
    insta::assert_snapshot!(said);
}

#[test]
fn files_and_what_is_said_of_them_do_not_go_with_a_spool() {
    let spool = Spool::new("C");
    for options in ["list.csv", "--format pskc-1.0", "--psk-file x", "--establishment 0860034V", "--pad-serial 9"] {
        spool.run(options).exits(64);
    }
    spool.world.run("import").exits(64);
}

/// Lays what a run leaves that is killed after it has written its report.
fn leave(spool: &Spool, name: &str, sha256: &str) -> PathBuf {
    let path = spool.drop(
        &format!(".cleotp-done-2026-11-20-{name}"),
        format!("{{\"files\":[{{\"file\":\"{name}\",\"sha256\":\"{sha256}\"}}]}}").as_bytes(),
    );
    set_mode(&path, 0o600);
    path
}

#[test]
fn what_a_killed_run_has_left_is_put_in_order() {
    let spool = Spool::new("C");
    let sha256 = |name: &str| {
        spool.drop("dry.csv", LIST);
        let told = spool.run("--dry-run -o jsonl").exits(0).json();
        fs::remove_file(spool.folder.join("dry.csv")).unwrap();
        assert_eq!(name, "list.csv");
        told["files"][0]["sha256"].as_str().unwrap().to_owned()
    };
    let hash = sha256("list.csv");
    let report = spool.folder.join("done/2026-11-20/list.csv.report.json");

    // Killed before the file went: it is taken again, and its report is of today.
    spool.drop("list.csv", LIST);
    leave(&spool, "list.csv", &hash);
    spool.run("").exits(0);
    assert!(!report.exists() && spool.folder.join("done/2026-11-24/list.csv.report.json").exists());

    // Killed after it was taken away: the report goes to its place.
    let left = leave(&spool, "list.csv", &hash);
    assert_eq!(spool.run("").exits(0).both, "");
    assert!(report.exists() && !left.exists());

    // The same, and another file has come under the name of the former.
    fs::remove_file(&report).unwrap();
    leave(&spool, "list.csv", &hash);
    spool.drop("list.csv", OTHER_LIST);
    spool.run("").exits(0);
    assert!(report.exists() && spool.has("550003"));

    // Killed after it was moved.
    fs::remove_file(&report).unwrap();
    let kept = spool.drop("done/2026-11-20/list.csv", LIST);
    for folder in ["done", "done/2026-11-20"] {
        set_mode(&spool.folder.join(folder), 0o700);
    }
    leave(&spool, "list.csv", &hash);
    spool.run("").exits(0);
    assert!(report.exists() && kept.exists());

    // Killed while the report was being written: nothing has gone.
    let torn = spool.drop(".cleotp-failed-2026-11-20-torn.csv", b"{\"schema\":\"cleotp.imp");
    set_mode(&torn, 0o600);
    spool.run("").exits(0);
    assert!(!torn.exists());
    assert!(spool.tree().iter().all(|line| !line.contains(".cleotp-")), "{:?}", spool.tree());

    // Something that cannot be one keeps no file out.
    fs::create_dir(spool.folder.join(".cleotp-done-2026-11-20-folder")).unwrap();
    spool.drop("third.csv", b"550009,00112233445566778899aabbccddeeff00112239,totp,6,60\n");
    spool.run("").exits(65);
    assert!(spool.has("550009"));
    fs::remove_dir(spool.folder.join(".cleotp-done-2026-11-20-folder")).unwrap();

    // What only looks so is nobody's.
    let other = spool.drop(".cleotp-notes", b"to do");
    spool.run("").exits(0);
    assert!(other.exists());
}

#[test]
fn a_file_that_came_in_before_is_put_away_as_it_would_have_been() {
    let spool = Spool::new("C");
    let rule = format!("[[rule]]\nfiles = \"*.xml\"\npsk-file = \"{}\"\n", spool.folder.join("../demo.key").display());
    spool.drop("spool.toml", rule.as_bytes());
    spool.world.lay("demo.key", &fs::read(format!("{SEEDS}/pskc-preshared-demo.key")).unwrap());
    spool.world.run(&format!("import {SEEDS}/pskc-preshared-demo.xml --psk-file TMP/demo.key")).exits(0);
    spool.world.lay("list.csv", LIST);
    spool.world.run("import TMP/list.csv").exits(0);
    spool.drop_seeds("pskc-preshared-demo.xml");
    spool.drop("list.csv", LIST);
    spool.run("").exits(0);
    let names: Vec<String> = spool.tree().into_iter().map(|line| line[4..].to_owned()).collect();
    assert!(!names.iter().any(|name| name.ends_with("list.csv")), "in clear: {names:?}");
    assert!(names.iter().any(|name| name == "done/2026-11-24/pskc-preshared-demo.xml"), "sealed: {names:?}");
    let report = spool.report("done/2026-11-24/list.csv.report.json");
    assert!(report["files"][0]["already_imported"].is_i64(), "{report}");
}

#[test]
fn doctor_warns_of_seeds_in_clear_that_are_kept_and_of_refused_files_that_wait() {
    let said = in_both(|lang| {
        let spool = Spool::new(lang);
        let configured = format!("spool = \"{}\"\n", spool.folder.display());
        fs::write(spool.world.home().join("config.toml"), configured).unwrap();
        spool.drop("spool.toml", b"keep-plain = true\n[[rule]]\nfiles = \"pskc-*\"\npsk-file = \"seal.key\"\n");
        set_mode(&spool.drop("seal.key", &fs::read(format!("{SEEDS}/pskc-preshared-demo.key")).unwrap()), 0o600);
        spool.drop_seeds("pskc-preshared-demo.xml");
        spool.world.run("doctor -q").exits(0);
        spool.run("-q").exits(0);
        spool.world.run("doctor -q").exits(0);
        spool.drop("list.csv", LIST);
        spool.drop("bad.csv", BAD_LIST);
        spool.run("-q").exits(65);
        spool.world.forget();
        spool.world.run("doctor").exits(1);
        spool.world.advance(8 * 86_400);
        spool.world.run("doctor -q").exits(1);
        spool.drop("spool.toml", b"keep = true\n");
        spool.world.run("doctor -q").exits(1);
        fs::rename(&spool.folder, spool.folder.with_file_name("gone")).unwrap();
        spool.world.run("doctor -q").exits(1);
        spool.world.story()
    });
    insta::assert_snapshot!(said);
}
