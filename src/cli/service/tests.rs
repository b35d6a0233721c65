//! A machine whose root becomes another account in name only: what was decided, and what was opened before.

use crate::cli::tests::{Paper, run_for};
use crate::host::files::Account;
use crate::host::{Accounts, Caller, Environment, NotBecome, Via};
use std::cell::Cell;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// An account that no machine has.
const SOMEBODY: u32 = 4_321_000;

#[derive(Default)]
struct Machine {
    service: Option<u32>,
    refuses: Option<fn() -> NotBecome>,
    became: Cell<Option<u32>>,
    /// A folder that is not to be seen any more by whoever it becomes.
    hides: Option<PathBuf>,
}

impl Accounts for Machine {
    fn uid_of(&self, account: &str) -> Option<u32> {
        self.service.filter(|_| account == "cleotp")
    }
    fn is_root(&self) -> bool {
        self.became.get().is_none()
    }
    fn become_account(&self, uid: u32) -> Result<(), NotBecome> {
        match self.refuses {
            Some(why) => Err(why()),
            None => {
                self.became.set(Some(uid));
                self.hides.iter().for_each(|folder| std::fs::remove_dir_all(folder).unwrap());
                Ok(())
            }
        }
    }
}

/// A folder that would be that of the system, and belongs to somebody who is not root.
struct System {
    folder: tempfile::TempDir,
    owner: u32,
}

impl System {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let owner = if Account::own().is_root() { SOMEBODY } else { Account::own().uid };
        if Account::own().is_root() {
            chown(folder.path(), Some(owner), None).unwrap();
        }
        Self { folder, owner }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }
}

fn root() -> Caller {
    Caller { uid: 0, name: "root".to_owned(), via: Via::BreakGlass, login: None }
}

fn on(machine: &Rc<Machine>, environment: Environment, line: &str) -> (u8, String) {
    let (exit, _, err) = run_for(root(), Rc::clone(machine) as Rc<dyn Accounts>, environment, Paper::default(), line);
    (exit, err)
}

fn english(system: &Path) -> Environment {
    Environment { lang: Some("C".to_owned()), system_home: system.to_owned(), ..Environment::default() }
}

fn french(system: &Path) -> Environment {
    Environment { lang: Some("fr_FR.UTF-8".to_owned()), ..english(system) }
}

#[allow(clippy::disallowed_methods, reason = "a test lays its files")]
fn configure(system: &System, text: &str) {
    std::fs::write(system.path().join("config.toml"), text).unwrap();
}

fn lay(file: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600).open(file).unwrap();
}

#[test]
fn root_becomes_the_account_whose_the_home_of_the_system_is() {
    let system = System::new();
    configure(&system, "language = \"fr\"\n");
    let elsewhere = tempfile::tempdir().unwrap();
    let named = format!("--home {} key list", system.path().display());
    let variable = Environment { cleotp_home: Some(system.path()), ..english(elsewhere.path()) };
    let variable = Environment { system_home: system.path(), ..variable };
    for (environment, line) in [
        (english(&system.path()), "key list"),
        (english(&system.path()), "doctor"),
        (english(&system.path()), "init"),
        (english(&system.path()), "check jdupont"),
        (english(&system.path()), named.as_str()),
        (variable, "audit list"),
    ] {
        let machine = Rc::new(Machine::default());
        let (exit, err) = on(&machine, environment, line);
        assert_eq!(machine.became.get(), Some(system.owner), "{line}: {exit} {err}");
    }
    // From then on the configuration is read, and its language spoken.
    let (exit, err) = on(&Rc::new(Machine::default()), english(&system.path()), "key list");
    assert!(exit == 66 && err.contains("conseil :"), "{exit} {err}");
}

#[test]
fn nothing_goes_on_as_root_nor_was_anything_opened_when_it_cannot_become_another() {
    let system = System::new();
    configure(&system, "this is no configuration");
    for (why, id) in [
        ((|| NotBecome::Refused(ErrorKind::PermissionDenied.into())) as fn() -> NotBecome, "cannot-become-account"),
        (|| NotBecome::Unknown(SOMEBODY), "home-of-unknown-account"),
    ] {
        for line in ["key list", "doctor", "init", "import -"] {
            let machine = Rc::new(Machine { refuses: Some(why), ..Machine::default() });
            let (exit, err) = on(&machine, english(&system.path()), &format!("{line} -o json"));
            assert!(exit == 78 && err.contains(&format!("\"error\":\"{id}\"")), "{line}: {exit} {err}");
            let (_, err) = on(&machine, french(&system.path()), line);
            assert!(
                err.contains("n'y travaille pas en tant que root") || err.contains("ne travaille pas en tant que root"),
                "{err}"
            );
        }
    }
    assert_eq!(std::fs::read_dir(system.path()).unwrap().count(), 1);
}

#[test]
fn root_stays_root_where_no_home_of_the_system_is_opened() {
    let system = System::new();
    configure(&system, "language = \"fr\"\n");
    let private = tempfile::tempdir().unwrap();
    let chosen = format!("--home {} key list", private.path().display());
    let by_variable = Environment { cleotp_home: Some(private.path().to_owned()), ..english(&system.path()) };
    let of_user = Environment { user_home: Some(private.path().to_owned()), ..english(Path::new("/nonexistent")) };
    for (environment, line) in [
        (english(&system.path()), chosen.as_str()),
        (by_variable, "doctor"),
        (of_user, "key list"),
        (english(&system.path()), "man"),
        (english(&system.path()), "completions bash"),
        (english(&system.path()), "--help"),
        (english(&system.path()), "key lisst"),
    ] {
        let machine = Rc::new(Machine::default());
        let (_, err) = on(&machine, environment, line);
        assert_eq!(machine.became.get(), None, "{line}");
        // Not even its configuration is opened with the rights of root.
        assert!(!err.contains("conseil"), "{line}: {err}");
    }
}

#[test]
fn a_home_of_the_system_that_is_not_there_is_made_for_the_service_account() {
    let above = tempfile::tempdir().unwrap();
    let system = above.path().join("cleotp");
    let service = if Account::own().is_root() { SOMEBODY } else { Account::own().uid };
    let init = format!("init --home {}", above.path().join("cleotp/../cleotp").display());
    let nobody = Rc::new(Machine::default());
    let (exit, err) = on(&nobody, french(&system), &init);
    // However it was named, it is told by the name that is right from everywhere.
    let told = format!("useradd --system --home-dir {} --shell", system.display());
    assert!(exit == 78 && err.contains(&told) && !system.exists(), "{exit} {err}");
    assert_eq!(nobody.became.get(), None);
    // Other commands find nothing there, and make nothing.
    assert_eq!(on(&nobody, english(&system), &format!("key list --home {}", system.display())).0, 66);
    let machine = Rc::new(Machine { service: Some(service), ..Machine::default() });
    on(&machine, english(&system), &init);
    assert_eq!(machine.became.get(), Some(service));
    let folder = system.metadata().unwrap();
    assert_eq!((folder.uid(), folder.permissions().mode() & 0o7777), (service, 0o700));
}

#[test]
fn the_home_that_init_made_is_taken_away_again_when_root_cannot_become_its_account() {
    let above = tempfile::tempdir().unwrap();
    let system = above.path().join("cleotp");
    let service = if Account::own().is_root() { SOMEBODY } else { Account::own().uid };
    for why in [(|| NotBecome::Refused(ErrorKind::PermissionDenied.into())) as fn() -> NotBecome, || {
        NotBecome::Unknown(SOMEBODY)
    }] {
        let machine = Rc::new(Machine { service: Some(service), refuses: Some(why), ..Machine::default() });
        for environment in [english(&system), french(&system)] {
            let (exit, err) = on(&machine, environment, &format!("init --home {}", system.display()));
            assert!(exit == 78 && !system.exists(), "{exit} {err}");
        }
    }
    // One that was there before stays.
    let there = System::new();
    let machine = Machine { refuses: Some(|| NotBecome::Unknown(SOMEBODY)), ..Machine::default() };
    assert_eq!(on(&Rc::new(machine), english(&there.path()), "init").0, 78);
    assert!(there.path().exists());
}

#[test]
fn a_home_of_the_system_that_is_roots_is_given_away_before_it_is_used() {
    if !Account::own().is_root() {
        println!("skipped: needs root");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (service, command) in [(Some(SOMEBODY), "chown -R -- cleotp: "), (None, "useradd --system ")] {
        let machine = Rc::new(Machine { service, ..Machine::default() });
        let (exit, err) = on(&machine, english(folder.path()), "init");
        assert!(exit == 78 && err.contains(command), "{exit} {err}");
        assert_eq!((machine.became.get(), std::fs::read_dir(folder.path()).unwrap().count()), (None, 0));
    }
    // What was made there before goes on, and the doctor says what to do.
    let machine = Rc::new(Machine { service: Some(SOMEBODY), ..Machine::default() });
    let environment =
        Environment { lang: Some("C".to_owned()), system_home: folder.path().to_owned(), ..Environment::default() };
    let (_, out, _) = run_for(root(), machine, environment, Paper::default(), "doctor");
    assert!(out.contains("belongs to root") && out.contains("chown -R -- cleotp: "), "{out}");
}

#[test]
fn the_doctor_gives_one_advice_on_a_home_of_roots_with_the_files_of_another_account() {
    if !Account::own().is_root() {
        println!("skipped: needs root");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["cleotp.db", "vault.key", "config.toml"] {
        lay(&folder.path().join(name));
        chown(folder.path().join(name), Some(SOMEBODY), None).unwrap();
    }
    for environment in [english(folder.path()), french(folder.path())] {
        let machine = Rc::new(Machine { service: Some(SOMEBODY), ..Machine::default() });
        let (exit, out, _) = run_for(root(), machine, environment, Paper::default(), "doctor");
        assert!(exit == 1 && out.contains("chown -R -- cleotp: ") && !out.contains("chown -- "), "{exit} {out}");
    }
}

#[test]
fn root_is_not_told_to_take_the_home_of_another_account_from_it() {
    if !Account::own().is_root() {
        println!("skipped: needs root");
        return;
    }
    let theirs = System::new();
    let home = theirs.path().display().to_string();
    lay(&theirs.path().join("cleotp.db"));
    for environment in [english, french].map(|of| of(Path::new("/nonexistent"))) {
        let machine = Rc::new(Machine::default());
        let (exit, err) = on(&machine, environment, &format!("key list --home {home}"));
        assert!(exit == 78 && err.contains("sudo -u '#4321000' cleotp") && !err.contains("chown"), "{exit} {err}");
    }
}

#[test]
fn root_looks_at_the_machine_before_it_becomes_an_account_that_may_read_less_of_it() {
    let (system, around) = (System::new(), tempfile::tempdir().unwrap());
    let sssd = around.path().join("etc/sssd");
    #[allow(clippy::disallowed_methods, reason = "a test lays its files")]
    {
        std::fs::create_dir_all(&sssd).unwrap();
        std::fs::write(sssd.join("sssd.conf"), "cache_credentials = true\n").unwrap();
    }
    let machine = Rc::new(Machine { hides: Some(sssd), ..Machine::default() });
    let environment = Environment { machine_root: around.path().to_owned(), ..english(&system.path()) };
    let accounts = Rc::clone(&machine) as Rc<dyn Accounts>;
    let (_, out, err) = run_for(root(), accounts, environment, Paper::default(), "doctor -o json");
    assert_eq!(machine.became.get(), Some(system.owner), "{err}");
    assert!(out.contains("login-cache-sssd"), "{out}");
}
