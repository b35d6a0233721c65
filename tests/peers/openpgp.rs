//! The real gpg: messages for keys and passphrases, as vendors send them, and what becomes of them on the way.

use crate::installed::Home;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const LIST: &str = "fixtures/seeds/oath-demo.csv";
const VENDOR: &str = "vendor@example.org";
const OPEN: &str = "import@example.org";
const LOCKED: &str = "locked@example.org";
const PASSPHRASE: &str = "gardien du coffre";

fn is_there() -> bool {
    let found = Path::new("/usr/bin/gpg").is_file();
    if !found {
        println!("skipped for want of gpg");
    }
    found
}

/// A folder of keys; its agent ends with the test.
struct Keys(tempfile::TempDir);

impl Keys {
    fn empty() -> Self {
        let folder = tempfile::Builder::new().prefix("pgp").tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        Self(folder)
    }

    fn new() -> Self {
        let keys = Self::empty();
        for (owner, passphrase) in [(VENDOR, ""), (OPEN, ""), (LOCKED, PASSPHRASE)] {
            keys.gpg(&["--passphrase", passphrase, "--quick-generate-key", owner, "default", "default", "never"]);
        }
        // It would remember the passphrase.
        keys.end_agent();
        keys
    }

    fn gpg(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("/usr/bin/gpg");
        command.env_clear().env("GNUPGHOME", self.0.path()).args([
            "--batch",
            "--quiet",
            "--yes",
            "--pinentry-mode",
            "loopback",
        ]);
        let output = command.args(arguments).stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    fn end_agent(&self) {
        let mut command = Command::new("/usr/bin/gpgconf");
        let _ = command.env_clear().env("GNUPGHOME", self.0.path()).args(["--kill", "all"]).status();
    }

    /// Packs a list as the arguments say.
    fn pack(&self, home: &Home, name: &str, arguments: &[&str]) -> PathBuf {
        let path = home.path(name);
        let out = ["--trust-model", "always", "--output", path.to_str().unwrap()];
        self.gpg(&[&out, arguments, &[LIST]].concat());
        path
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        self.end_agent();
    }
}

fn import(home: &Home, keys: &Keys, path: &Path, more: &[&str]) -> (Option<i32>, serde_json::Value) {
    let line = [&["import", path.to_str().unwrap(), "-o", "json"], more].concat();
    let output = home.command(&line).env("GNUPGHOME", keys.0.path()).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code(), serde_json::from_str(&said).unwrap_or_else(|_| panic!("{output:?}")))
}

/// Gives the codes of what was found.
fn refused(home: &Home, keys: &Keys, path: &Path, more: &[&str]) -> Vec<String> {
    let (status, answer) = import(home, keys, path, more);
    assert_eq!(status, Some(65), "{answer}");
    assert_eq!(answer["files"][0]["new"], 0, "{answer}");
    let findings = answer["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

fn stock(home: &Home) -> usize {
    home.json(&["key", "list"], "", 0)["keys"].as_array().unwrap().len()
}

#[test]
fn messages_for_a_key_or_a_passphrase_come_in() {
    if !is_there() {
        return;
    }
    let keys = Keys::new();
    for (name, arguments) in [
        ("for-a-key.csv.gpg", &["--recipient", OPEN, "--encrypt"][..]),
        ("armoured.csv.asc", &["--armor", "--recipient", OPEN, "--encrypt"]),
        ("for-two.csv.gpg", &["--recipient", VENDOR, "--recipient", OPEN, "--encrypt"]),
        ("hidden.csv.gpg", &["--hidden-recipient", OPEN, "--encrypt"]),
        ("signed-too.csv.gpg", &["--local-user", VENDOR, "--recipient", OPEN, "--sign", "--encrypt"]),
        ("for-a-locked-key.csv.gpg", &["--recipient", LOCKED, "--encrypt"]),
        ("by-a-passphrase.csv.gpg", &["--passphrase", PASSPHRASE, "--symmetric"]),
        ("either.csv.gpg", &["--passphrase", PASSPHRASE, "--recipient", LOCKED, "--symmetric", "--encrypt"]),
    ] {
        let home = Home::new();
        let path = keys.pack(&home, name, arguments);
        keys.end_agent();
        let passphrase = home.path("passphrase");
        fs::write(&passphrase, format!("{PASSPHRASE}\n")).unwrap();
        fs::set_permissions(&passphrase, fs::Permissions::from_mode(0o600)).unwrap();
        let given = ["--passphrase-file", passphrase.to_str().unwrap()];
        let is_locked = ["for-a-locked-key.csv.gpg", "by-a-passphrase.csv.gpg", "either.csv.gpg"].contains(&name);
        if is_locked {
            assert_eq!(refused(&home, &keys, &path, &[]), ["openpgp-passphrase-needed"], "{name}");
        }
        let (status, tried) = import(&home, &keys, &path, &[&given[..], &["--dry-run"]].concat());
        assert_eq!((status, stock(&home)), (Some(0), 0), "{name}: {tried}");
        let (status, answer) = import(&home, &keys, &path, if is_locked { &given } else { &[] });
        assert_eq!((status, &answer["findings"]), (Some(0), &serde_json::json!([])), "{name}: {answer}");
        assert_eq!(answer["files"][0]["format"], "oath-csv", "{name}");
        assert_eq!(answer["files"][0]["new"], tried["files"][0]["new"], "{name}");
        assert!(stock(&home) > 0);
        // The same keys in clear are the same.
        let (status, plain) = import(&home, &keys, Path::new(LIST), &[]);
        assert_eq!((status, &plain["files"][0]["identical"]), (Some(0), &answer["files"][0]["new"]), "{name}");
    }
}

#[test]
fn what_does_not_open_is_told_and_nothing_of_it_comes_in() {
    if !is_there() {
        return;
    }
    let (keys, strange, home) = (Keys::new(), Keys::empty(), Home::new());
    let lay = |name: &str, text: &str| {
        let path = home.path(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        path
    };
    let wrong = lay("wrong", "gardienne du coffre\n");
    let right = lay("right", PASSPHRASE);
    let (wrong, right) =
        (["--passphrase-file", wrong.to_str().unwrap()], ["--passphrase-file", right.to_str().unwrap()]);
    let for_key = keys.pack(&home, "key.gpg", &["--recipient", OPEN, "--encrypt"]);
    assert_eq!(refused(&home, &strange, &for_key, &[]), ["openpgp-no-secret-key"]);
    let locked = keys.pack(&home, "locked.gpg", &["--recipient", LOCKED, "--encrypt"]);
    keys.end_agent();
    assert_eq!(refused(&home, &keys, &locked, &wrong), ["openpgp-wrong-passphrase"]);
    let symmetric = keys.pack(&home, "symmetric.gpg", &["--passphrase", PASSPHRASE, "--symmetric"]);
    assert_eq!(refused(&home, &keys, &symmetric, &wrong), ["openpgp-wrong-passphrase"]);
    for (name, arguments) in [
        ("signed.gpg", &["--local-user", VENDOR, "--sign"][..]),
        ("signed.asc", &["--local-user", VENDOR, "--armor", "--sign"]),
        ("clear.asc", &["--local-user", VENDOR, "--clearsign"]),
        ("compressed.gpg", &["--store", "--compress-algo", "zip"]),
    ] {
        let signed = keys.pack(&home, name, arguments);
        assert_eq!(refused(&home, &keys, &signed, &[]), ["openpgp-not-encrypted"], "{name}");
    }
    let old = ["--passphrase", PASSPHRASE, "--rfc2440", "--cipher-algo", "3DES", "--symmetric"];
    let old = keys.pack(&home, "old.gpg", &old);
    assert_eq!(refused(&home, &keys, &old, &right), ["openpgp-not-protected"]);
    let large = lay("large.csv", &"0,0\n".repeat(1_000_000));
    let packed = home.path("large.gpg");
    let out = ["--output", packed.to_str().unwrap(), "--trust-model", "always", "--recipient", OPEN, "--encrypt"];
    keys.gpg(&[&out[..], &[large.to_str().unwrap()]].concat());
    fs::write(home.root().join("config.toml"), "max-import-mebibytes = 1\n").unwrap();
    assert_eq!(refused(&home, &keys, &packed, &[]), ["openpgp-too-large"]);
    let twice = home.path("twice.gpg");
    let out = ["--output", twice.to_str().unwrap(), "--trust-model", "always", "--recipient", OPEN, "--encrypt"];
    keys.gpg(&[&out[..], &[for_key.to_str().unwrap()]].concat());
    assert_eq!(refused(&home, &keys, &twice, &[]), ["file-is-encrypted"]);
    // Nothing of that name, a folder that is a file, and what is no program.
    for program in [home.path("gpg"), for_key.join("gpg"), for_key.clone()] {
        fs::write(home.root().join("config.toml"), format!("gpg-program = {program:?}\n")).unwrap();
        assert_eq!(refused(&home, &keys, &for_key, &[]), ["openpgp-program-missing"], "{program:?}");
    }
    assert_eq!(stock(&home), 0);
    // The configuration names the folder of keys before the environment does.
    fs::write(home.root().join("config.toml"), format!("gnupg-home = {:?}\n", keys.0.path())).unwrap();
    assert_eq!(import(&home, &strange, &for_key, &[]).0, Some(0));
}

#[test]
fn a_signature_of_somebody_unknown_is_told_and_does_not_stop_the_file() {
    if !is_there() {
        return;
    }
    let (keys, other, home) = (Keys::new(), Keys::empty(), Home::new());
    let signed = keys.pack(&home, "signed.gpg", &["--local-user", VENDOR, "--recipient", OPEN, "--sign", "--encrypt"]);
    let secret = home.path("secret");
    fs::write(&secret, keys.gpg(&["--export-secret-keys", OPEN]).stdout).unwrap();
    other.gpg(&["--import", secret.to_str().unwrap()]);
    let (status, answer) = import(&home, &other, &signed, &[]);
    assert_eq!(status, Some(0), "{answer}");
    let codes: Vec<_> = answer["findings"].as_array().unwrap().iter().map(|finding| &finding["code"]).collect();
    assert_eq!(codes, ["openpgp-signature-not-verified"]);
}

#[test]
fn a_message_that_was_altered_or_cut_anywhere_gives_nothing() {
    if !is_there() {
        return;
    }
    let (keys, home) = (Keys::new(), Home::new());
    let whole = fs::read(keys.pack(&home, "whole.gpg", &["--recipient", OPEN, "--encrypt"])).unwrap();
    let plain = [b"\xcb\x2bb\0\0\0\0\0".as_slice(), b"900000001,3132333435363738393031323334353637\n"].concat();
    let mut versions = vec![
        [whole.as_slice(), &whole].concat(),
        [whole.as_slice(), &plain].concat(),
        [whole.as_slice(), b"\0\0\0rest"].concat(),
    ];
    versions.extend((1..8).map(|part| whole[..whole.len() * part / 8].to_vec()));
    versions.extend((1..24).map(|part| {
        let mut altered = whole.clone();
        let place = whole.len() * part / 24;
        altered[place] ^= 0x20;
        altered
    }));
    for (number, version) in versions.iter().enumerate() {
        let path = home.path("altered.gpg");
        fs::write(&path, version).unwrap();
        let codes = refused(&home, &keys, &path, &[]);
        assert_eq!(codes.len(), 1, "{number}: {codes:?}");
        assert!(codes[0].starts_with("openpgp-"), "{number}: {codes:?}");
    }
    assert_eq!(stock(&home), 0);
}
