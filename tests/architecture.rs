//! Holds the sources against the layers of `src/lib.rs`: who may import whom, and the one home of each outside crate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests may fail loudly and read files"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const TRADE: &[&str] = &[
    "activation",
    "audit",
    "batch",
    "clock",
    "diagnosis",
    "drift",
    "emergency",
    "envelope",
    "establishment",
    "key",
    "openpgp",
    "operator",
    "otp",
    "passcode",
    "pin",
    "random",
    "throttle",
    "user",
];

/// The rooms beside the trade, with the rooms beside the trade that each may import.
const ROOMS: &[(&str, &[&str])] = &[
    ("vault", &[]),
    ("store", &[]),
    ("import", &[]),
    ("slip", &[]),
    ("host", &[]),
    ("ops", &["vault", "store", "import"]),
    ("cli", &["vault", "store", "import", "slip", "host", "ops"]),
];

/// Each outside crate, with the rooms that may use it; the crates that are missing here may be used everywhere.
const HOMES: &[(&str, &[&str])] = &[
    ("clap", &["cli"]),
    ("strsim", &["cli"]),
    ("clap_complete", &["cli"]),
    ("roff", &["cli"]),
    ("comfy_table", &["cli"]),
    ("unicode_width", &["cli"]),
    ("fluent_bundle", &["cli"]),
    ("unic_langid", &["cli"]),
    ("toml", &["cli"]),
    ("glob", &["cli"]),
    ("serde", &["cli", "import"]),
    ("serde_json", &["cli", "import"]),
    ("csv", &["cli"]),
    ("quick_xml", &["import"]),
    ("compact_str", &["key", "import"]),
    ("memchr", &["import"]),
    ("aes", &["otp", "import"]),
    ("des", &["import"]),
    ("camellia", &["import"]),
    ("cbc", &["import"]),
    ("aes_kw", &["import"]),
    ("pbkdf2", &["import"]),
    ("encoding_rs", &["cli", "import"]),
    // In `otp` for SecurID, whose codes follow from the calendar.
    ("chrono", &["otp", "cli", "import"]),
    ("rusqlite", &["store"]),
    ("rpassword", &["host"]),
    ("indicatif", &["host"]),
    ("getrandom", &["host"]),
    ("rustix", &["host"]),
    ("signal_hook", &["host"]),
    ("uzers", &["host"]),
    ("nix", &["host"]),
    ("region", &["host"]),
    ("pdf_writer", &["slip"]),
    ("fast_qr", &["slip"]),
    ("argon2", &["vault"]),
    ("aes_gcm", &["vault", "import"]),
    ("hkdf", &["vault"]),
    ("hmac", &["otp", "vault", "import"]),
    ("sha1", &["otp", "import"]),
    ("sha2", &["otp", "vault", "import"]),
];

/// All sources, without comments.
fn all_sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                found.push((path, code.collect::<Vec<_>>().join("\n")));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 100, "the sources were not found");
    found
}

/// The sources that ship: those without tests, and of each what stands before its own.
fn sources() -> Vec<(PathBuf, String)> {
    let ships = |path: &Path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        !(name.ends_with("tests.rs") || name == "invariants.rs" || path.iter().any(|folder| folder == "tests"))
    };
    let mut sources = all_sources();
    sources.retain(|(path, _)| ships(path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap()));
    let shipped = |code: String| code.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
    sources.into_iter().map(|(path, code)| (path, shipped(code))).collect()
}

fn room_of(path: &Path) -> String {
    let below = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = below.iter().next().unwrap().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// Gives the rooms that a source names by `crate::room`, also inside braces.
fn imported(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for part in code.split("crate::").skip(1) {
        let part = part.split(';').next().unwrap();
        let named = match part.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap().split(',').collect(),
            None => vec![part],
        };
        for name in named {
            let word: String =
                name.trim().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            rooms.push(word);
        }
    }
    rooms
}

#[test]
fn the_rooms_import_only_what_the_table_allows() {
    let allowed: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    for (path, code) in sources() {
        let room = room_of(&path);
        if ["lib", "main"].contains(&room.as_str()) {
            continue;
        }
        assert!(TRADE.contains(&room.as_str()) || allowed.contains_key(room.as_str()), "{room} is not in the table");
        for other in imported(&code) {
            let is_room = allowed.contains_key(other.as_str());
            let may = !is_room
                || other == room
                || allowed.get(room.as_str()).is_some_and(|rooms| rooms.contains(&other.as_str()));
            assert!(may, "{} imports crate::{other}", path.display());
        }
    }
}

#[test]
fn each_outside_crate_has_its_home() {
    for (path, code) in sources() {
        let room = room_of(&path);
        for (name, homes) in HOMES {
            let used = code.match_indices(&format!("{name}::")).any(|(at, _)| {
                let before = code[..at].chars().next_back().unwrap_or(' ');
                !before.is_alphanumeric() && before != '_' && before != ':'
            });
            assert!(!used || homes.contains(&room.as_str()), "{} uses {name}", path.display());
        }
    }
}

#[test]
fn sql_stands_in_the_store_only() {
    // Those of tests too: what they do to the file behind the program's back stands in `store::behind`.
    // A vendor delivers keys in statements, which the tests of `import` lay out.
    let is_delivery = |path: &Path| path.ends_with("import/tables/tests.rs");
    for (path, code) in all_sources().into_iter().filter(|(path, _)| room_of(path) != "store" && !is_delivery(path)) {
        for verb in ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"PRAGMA "] {
            assert!(!code.contains(verb), "{} holds SQL", path.display());
        }
    }
}

#[test]
fn nothing_prints_exits_or_waits_to_be_written() {
    for (path, code) in sources() {
        for word in ["println!", "print!(", "dbg!", "process::exit", "todo!", "unimplemented!"] {
            assert!(!code.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn i01_the_process_ends_by_a_status_of_the_table_or_by_a_signal_that_came() {
    // `ExitCode` is made of an `Exit` and of nothing else; a signal is died of where it was heard.
    let sites = [
        ("ExitCode", &["main.rs", "cli/exit.rs"][..]),
        ("emulate_default_handler", &["host/terminal/signals.rs"]),
        ("abort()", &[]),
        ("process::abort", &[]),
        ("_exit(", &[]),
        ("exit_group", &[]),
        ("raise(", &[]),
        ("kill_process", &[]),
        ("kill_current", &[]),
    ];
    for (path, code) in sources() {
        for (word, homes) in sites {
            let is_at_home = homes.iter().any(|home| path.ends_with(Path::new("src").join(home)));
            assert!(is_at_home || !code.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn programs_are_started_by_the_host_only_and_never_a_shell() {
    for (path, code) in sources() {
        assert!(!code.contains("process::Command") || room_of(&path) == "host", "{} starts programs", path.display());
        assert!(!code.contains("\"/bin/sh\"") && !code.contains("\"sh\""), "{} names a shell", path.display());
        assert!(
            !code.contains("process::{") || !code.contains("Command") || room_of(&path) == "host",
            "{}",
            path.display()
        );
    }
}

#[test]
fn f09_only_the_host_reads_variables_and_only_in_two_places() {
    // What there always is, and what a login server lays there for one request.
    let allowed = ["src/host/environment.rs", "src/host/variables.rs"];
    let allowed = allowed.map(|path| Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    let mut reads = 0;
    for (path, code) in sources() {
        // `args_os` is the command line, `temp_dir` the variable TMPDIR.
        for word in ["env::var", "env::temp_dir", "env::home_dir", "env::set_var", "env::current_exe"] {
            let found = code.matches(word).count();
            assert!(found == 0 || allowed.contains(&path), "{} has {word}", path.display());
            reads += found;
        }
        assert!(!code.contains("use std::env;") && !code.contains("std::env::*"), "{}", path.display());
    }
    assert_eq!(reads, 2, "one function reads every variable, by a list, and another one those of a login server");
}

#[test]
fn f14_accounts_are_looked_up_by_crates_that_are_kept() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    assert!(manifest.contains("\nuzers = ") && lock.contains("name = \"uzers\""));
    // CVE-2025-5791, and nobody keeps it any more.
    assert!(!lock.contains("name = \"users\""));
}

#[test]
fn no_room_is_a_drawer_for_everything_and_no_file_is_a_hall() {
    for (path, _) in all_sources() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(!["util", "utils", "common", "helpers", "misc"].contains(&name), "{}", path.display());
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        // The list of all that can be said of a vendor's file, two lines a fact, is a table and not a room.
        assert!(lines <= 400 || path.ends_with("import/problem.rs"), "{} has {lines} lines", path.display());
    }
}

#[test]
fn f10_the_time_comes_from_the_machine_and_from_nowhere_else() {
    let clocks: Vec<_> = sources().into_iter().filter(|(_, code)| code.contains("impl Clock for")).collect();
    assert_eq!(clocks.len(), 1, "{:?}", clocks.iter().map(|(path, _)| path).collect::<Vec<_>>());
    assert!(clocks[0].0.ends_with("host/system.rs"));
    for (path, code) in sources().into_iter().filter(|(path, _)| room_of(path) != "host") {
        for word in ["SystemTime::now", "Instant::now", "Utc::now", "CURRENT_TIMESTAMP", "unixepoch(", "'now'"] {
            // How long a writer was waited for, within a statement of SQLite's, into which no clock can be passed.
            let is_of_sqlite = word == "Instant::now" && path.ends_with("store/database.rs");
            assert!(!code.contains(word) || is_of_sqlite, "{} has {word}", path.display());
        }
    }
    // Hooks of tests are none of a shipped build: nothing depends on a feature or on how it was built.
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    assert!(!manifest.contains("[features]"));
    for (path, code) in sources() {
        assert!(!code.contains("debug_assertions") && !code.contains("feature = "), "{}", path.display());
    }
}

#[test]
fn g04_no_source_knows_of_local_time() {
    for (path, code) in sources() {
        for word in ["chrono::Local", "Local::", "localtime", "chrono_tz", "\"TZ\"", "FixedOffset", "tzset"] {
            assert!(!code.contains(word), "{} has {word}", path.display());
        }
    }
    // Without its feature `clock`, chrono has no local time and reads neither TZ nor /etc/localtime.
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let chrono = manifest.lines().find(|line| line.starts_with("chrono = ")).unwrap();
    assert!(chrono.contains("default-features = false") && !chrono.contains("clock"), "{chrono}");
}

/// The crates of `Cargo.lock` with a name, by their versions.
fn locked(name: &str) -> Vec<Vec<u32>> {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    let after = format!("name = \"{name}\"\nversion = \"");
    let versions = lock.split(&after).skip(1).map(|rest| rest.split('"').next().unwrap());
    versions.map(|version| version.split('.').map(|number| number.parse().unwrap_or(0)).collect()).collect()
}

#[test]
fn d03_the_reader_of_xml_is_one_whose_own_faults_are_mended() {
    // RUSTSEC-2026-0194 and -0195.
    let versions = locked("quick-xml");
    assert!(!versions.is_empty() && versions.iter().all(|version| *version >= vec![0, 41]), "{versions:?}");
}
