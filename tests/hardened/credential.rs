//! The vault key as a credential of systemd: a folder that only the service reads.

use crate::support::Home;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Output, Stdio};

struct Service {
    home: Home,
    folder: PathBuf,
}

impl Service {
    /// A home whose key lies in the folder of credentials, as systemd lays it, and nowhere else.
    fn new() -> Self {
        let home = Home::with_users(1);
        let folder = home.path("credentials");
        fs::create_dir(&folder).unwrap();
        fs::rename(home.root().join("vault.key"), folder.join("cleotp.vault-key")).unwrap();
        let service = Self { home, folder };
        service.close(0o500, 0o400);
        service
    }

    fn close(&self, folder: u32, file: u32) {
        fs::set_permissions(&self.folder, Permissions::from_mode(folder)).unwrap();
        fs::set_permissions(self.folder.join("cleotp.vault-key"), Permissions::from_mode(file)).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.home.command(arguments);
        command.env("CREDENTIALS_DIRECTORY", &self.folder).stdin(Stdio::null()).output().unwrap()
    }

    #[track_caller]
    fn exits(&self, arguments: &[&str], exit: i32) -> String {
        let told = self.run(arguments);
        assert_eq!(told.status.code(), Some(exit), "{arguments:?}: {told:?}");
        String::from_utf8([told.stdout, told.stderr].concat()).unwrap()
    }
}

#[test]
fn a_credential_of_systemd_is_the_vault_key_and_goes_before_the_file() {
    let service = Service::new();
    service.exits(&["audit", "verify"], 0);
    service.exits(&["doctor"], 0);
    let status: serde_json::Value =
        serde_json::from_str(&service.exits(&["vault", "status", "-o", "json"], 0)).unwrap();
    assert_eq!((&status["source"], &status["mode"]), (&"credential".into(), &"0400".into()));
    // Whoever has no credential has no key.
    let told = service.home.run(&["key", "list"], "");
    assert_eq!(told.status.code(), Some(78), "{told:?}");
    // The file of another home beside it is not looked at; a wrong credential is told to be one.
    let other = Home::new();
    fs::copy(other.root().join("vault.key"), service.home.root().join("vault.key")).unwrap();
    service.exits(&["key", "list"], 0);
    service.close(0o700, 0o600);
    fs::rename(service.folder.join("cleotp.vault-key"), service.home.root().join("vault.key")).unwrap();
    fs::copy(other.root().join("vault.key"), service.folder.join("cleotp.vault-key")).unwrap();
    service.close(0o500, 0o400);
    assert!(service.exits(&["key", "list"], 78).contains("systemd"));
    assert!(service.exits(&["coffre", "etat", "--lang", "fr"], 78).contains("systemd"));
    // Other credentials of the unit change nothing.
    service.close(0o700, 0o600);
    fs::rename(service.folder.join("cleotp.vault-key"), service.folder.join("another")).unwrap();
    service.exits(&["key", "list"], 0);
}

#[test]
fn a_credential_that_others_can_read_or_replace_is_refused() {
    let service = Service::new();
    for (folder, file) in [(0o500, 0o444), (0o500, 0o420), (0o777, 0o400), (0o1777, 0o400)] {
        service.close(folder, file);
        service.exits(&["key", "list"], 78);
    }
    service.close(0o550, 0o440);
    service.exits(&["key", "list"], 0);
}

#[test]
fn a_credential_is_not_rotated_and_it_is_told_what_to_do() {
    for (language, word) in [("en", "encrypt the new file"), ("fr", "chiffrez le nouveau fichier")] {
        let service = Service::new();
        let told = service.exits(&["vault", "rotate", "--yes", "--lang", language], 69);
        assert!(told.contains(word), "{told}");
        assert!(!service.home.root().join("vault.key.next").exists());
        // What it says can be done.
        service.close(0o700, 0o600);
        let key = service.home.root().join("vault.key");
        fs::rename(service.folder.join("cleotp.vault-key"), &key).unwrap();
        service.home.done(&["vault", "rotate", "--yes"], "");
        fs::rename(&key, service.folder.join("cleotp.vault-key")).unwrap();
        service.close(0o500, 0o400);
        service.exits(&["audit", "verify"], 0);
    }
}

#[test]
fn a_passphrase_may_be_a_credential_too() {
    let service = Service::new();
    service.close(0o700, 0o440);
    let path = service.folder.join("psk");
    fs::copy("fixtures/seeds/pskc-preshared-wrong.key", &path).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o440)).unwrap();
    let import = ["import", "fixtures/seeds/pskc-preshared-demo.xml", "--psk-file", path.to_str().unwrap()];
    // It is read, and is the wrong one; elsewhere a file of that mode is not read at all.
    service.exits(&import, 65);
    let elsewhere = service.home.path("psk");
    fs::copy(&path, &elsewhere).unwrap();
    fs::set_permissions(&elsewhere, Permissions::from_mode(0o440)).unwrap();
    service.exits(&["import", "fixtures/seeds/pskc-preshared-demo.xml", "--psk-file", elsewhere.to_str().unwrap()], 78);
}
