//! Real accounts, a real service account, and the rule of sudo that is shipped: who somebody is, and what he may not choose.
//!
//! It needs root, sudo and useradd; accounts, group and rule go again when it ends.
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

#[path = "support/mod.rs"]
mod installed;
#[path = "sudo/login.rs"]
mod login;
#[path = "sudo/radius.rs"]
mod radius;
#[path = "sudo/root.rs"]
mod root;

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

const OWN: &str = "0860034V";
const FOREIGN: &str = "0860035W";

/// One school at a time: accounts are made one by one, and have the names of this run.
static TURN: Mutex<()> = Mutex::new(());

/// A machine with people on it.
struct School {
    folder: tempfile::TempDir,
    /// What makes its names no other run's.
    mark: u32,
    _turn: MutexGuard<'static, ()>,
}

impl School {
    /// Tells what is missing, if anything is.
    fn is_missing() -> Option<&'static str> {
        let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
        let has = |program: &str| ["/usr/bin", "/usr/sbin"].iter().any(|place| Path::new(place).join(program).exists());
        if !is_root || !["sudo", "useradd", "groupadd", "runuser"].into_iter().all(has) {
            return Some("root, sudo and useradd");
        }
        Some("a machine without a home").filter(|_| Path::new("/var/lib/cleotp").is_dir())
    }

    /// Makes the accounts of a service, an administrator, a delegate, a portal and somebody without a role, and the rule of sudo.
    fn open() -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let school = Self { folder: tempfile::tempdir().unwrap(), mark: std::process::id(), _turn: turn };
        fs::set_permissions(school.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        fs::copy(env!("CARGO_BIN_EXE_cleotp"), school.program()).unwrap();
        school.machine("groupadd", &["--system", &school.account("ops")]);
        for who in ["svc", "adm", "del", "web", "new"] {
            let home = school.folder.path().join(who);
            let mut arguments = vec!["--system", "--create-home", "--user-group", "--shell", "/bin/sh", "--home-dir"];
            let (home, group, account) = (home.display().to_string(), school.account("ops"), school.account(who));
            arguments.push(&home);
            if who != "svc" {
                arguments.extend(["--groups", &group]);
            }
            arguments.push(&account);
            school.machine("useradd", &arguments);
        }
        let rule = fs::read_to_string("packaging/sudoers").unwrap();
        let lines = rule.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
        let rule = lines
            .replace("/usr/bin/cleotp", &school.program().display().to_string())
            .replace("%cleotp-operators", &format!("%{}", school.account("ops")))
            .replace("cleotp:cleotp", &format!("{0}:{0}", school.account("svc")));
        // The administrator may become root too, as those of machines may.
        let root = format!("{} ALL=(root) NOPASSWD: {}", school.account("adm"), school.program().display());
        fs::write(school.rule(), format!("{rule}\n{root}\n")).unwrap();
        fs::set_permissions(school.rule(), fs::Permissions::from_mode(0o440)).unwrap();
        school.machine("visudo", &["-cf", school.rule().to_str().unwrap()]);
        school
    }

    fn account(&self, who: &str) -> String {
        format!("clt-{who}-{}", self.mark)
    }

    fn program(&self) -> PathBuf {
        self.folder.path().join("cleotp")
    }

    fn rule(&self) -> PathBuf {
        // Names with a dot are not read.
        PathBuf::from(format!("/etc/sudoers.d/cleotp-test-{}", self.mark))
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("svc/.local/share/cleotp")
    }

    fn machine(&self, program: &str, arguments: &[&str]) {
        let done = Command::new(program).args(arguments).output().unwrap();
        assert!(done.status.success(), "{program} {arguments:?}: {done:?}");
    }

    /// Runs a program as an account, with variables of its own.
    fn run(&self, who: &str, variables: &[(&str, &str)], program: &[&str], stdin: &str) -> Output {
        let account = self.account(who);
        run_as_root(variables, &[&["runuser", "-u", &account, "--"], program].concat(), stdin)
    }

    fn uid(&self, who: &str) -> u32 {
        let told = Command::new("id").args(["-u", &self.account(who)]).output().unwrap();
        String::from_utf8(told.stdout).unwrap().trim().parse().unwrap()
    }

    /// Runs cleotp as the service account, through sudo.
    fn sudo(&self, who: &str, variables: &[(&str, &str)], arguments: &[&str], stdin: &str) -> Output {
        let (service, program) = (self.account("svc"), self.program().display().to_string());
        let line = [&["sudo", "-n", "-u", &service, &program], arguments].concat();
        self.run(who, variables, &line, stdin)
    }

    #[track_caller]
    fn done(&self, who: &str, arguments: &[&str], stdin: &str) -> String {
        let told = self.sudo(who, &[], arguments, stdin);
        assert_eq!(told.status.code(), Some(0), "{who} {arguments:?}: {told:?}");
        String::from_utf8(told.stdout).unwrap()
    }

    #[track_caller]
    fn exits(&self, who: &str, arguments: &[&str], exit: i32) -> String {
        let told = self.sudo(who, &[], arguments, "");
        assert_eq!(told.status.code(), Some(exit), "{who} {arguments:?}: {told:?}");
        String::from_utf8(told.stderr).unwrap()
    }

    /// Installs as the administrator, with two schools and an operator of each role that is tried.
    fn install(&self) {
        self.done("adm", &["init"], "");
        for uai in [OWN, FOREIGN] {
            self.done("adm", &["establishment", "add", uai, "Test"], "");
            let list = format!("{}0001,{},totp,6,60\n", &uai[3..7], format!("a{}f", &uai[3..7]).repeat(8));
            self.done("adm", &["import", "-", "--establishment", uai, "--allow-weak-seeds"], &list);
        }
        self.done("adm", &["user", "add", "pmartin", "--name", "P", "--establishment", FOREIGN], "");
        self.done("adm", &["operator", "add", &self.account("del"), "--role", "delegate", "--establishment", OWN], "");
        self.done("adm", &["operator", "add", &self.account("web"), "--role", "verifier"], "");
    }
}

/// Starts a program with variables of its own and no other, its streams in our hands.
fn start(variables: &[(&str, &str)], program: &[&str]) -> Child {
    let mut command = Command::new(program[0]);
    command.args(&program[1..]).env_clear().env("PATH", "/usr/bin:/usr/sbin:/bin");
    command.envs(variables.iter().copied()).current_dir("/");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn run_as_root(variables: &[(&str, &str)], program: &[&str], stdin: &str) -> Output {
    let mut child = start(variables, program);
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

impl Drop for School {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.rule());
        for who in ["svc", "adm", "del", "web", "new"] {
            let _ = Command::new("userdel").arg(self.account(who)).output();
        }
        let _ = Command::new("groupdel").arg(self.account("ops")).output();
    }
}

#[test]
fn through_the_rule_that_is_shipped_everybody_is_who_he_is() {
    if let Some(missing) = School::is_missing() {
        println!("skipped: needs {missing}");
        return;
    }
    let school = School::open();
    school.install();
    let operators = school.done("adm", &["operator", "list", "-o", "csv"], "");
    assert!(operators.contains(&format!("{},", school.account("adm"))) && operators.contains(",admin,"), "{operators}");
    // The delegate, on his own and on what is another's.
    school.done("del", &["user", "add", "jdupont", "--name", "J", "--establishment", OWN], "");
    school.done("del", &["key", "assign", "00340001", "jdupont"], "");
    school.exits("del", &["user", "show", "pmartin"], 66);
    school.exits("del", &["key", "show", "00350001"], 66);
    school.exits("del", &["operator", "list"], 77);
    // The portal, and somebody whom sudo lets in and cleotp does not.
    assert_eq!(school.sudo("web", &[], &["check", "jdupont"], "123456\n").status.code(), Some(1));
    school.exits("web", &["key", "list"], 77);
    assert!(school.exits("new", &["key", "list"], 77).contains("no operator"));
    let audit = school.done("adm", &["audit", "list", "-o", "csv"], "");
    for (who, action) in [("adm", "init"), ("del", "user-add"), ("del", "denial"), ("web", "check"), ("new", "denial")]
    {
        let begins = format!(",{},sudo,{action},", school.account(who));
        assert!(audit.contains(&begins), "{begins} in {audit}");
    }
    f08_nothing_that_a_caller_sets_makes_him_somebody_else(&school);
    f12_a_delegate_chooses_neither_the_home_nor_a_path(&school);
    the_service_account_without_sudo_breaks_the_glass(&school);
    school.done("adm", &["audit", "verify"], "");
}

fn f08_nothing_that_a_caller_sets_makes_him_somebody_else(school: &School) {
    let lie = [("SUDO_UID", "0"), ("SUDO_USER", "root"), ("USER", "root"), ("LOGNAME", "root")];
    assert_eq!(school.sudo("del", &lie, &["audit", "list"], "").status.code(), Some(77));
    // sudo itself refuses to let variables in.
    let (service, program) = (school.account("svc"), school.program().display().to_string());
    for more in [&["SUDO_UID=0"][..], &["CLEOTP_HOME=/tmp"], &["-E"], &["--preserve-env=CLEOTP_HOME"]] {
        let line = [&["sudo", "-n", "-u", &service], more, &[&program, "audit", "list"]].concat();
        let told = school.run("del", &[("CLEOTP_HOME", "/tmp"), ("SUDO_UID", "0")], &line, "");
        assert!(!told.status.success() && told.stdout.is_empty(), "{more:?}: {told:?}");
    }
    // Nor does it let anybody become another account, or start another program.
    let key = school.home().join("vault.key");
    for line in [
        vec!["sudo", "-n", "-u", &service, "cat", key.to_str().unwrap()],
        vec!["sudo", "-n", &program, "audit", "list"],
        vec!["sudo", "-n", "-u", &service, "-s"],
        vec!["cat", key.to_str().unwrap()],
    ] {
        let told = school.run("del", &[], &line, "");
        assert!(!told.status.success() && told.stdout.is_empty(), "{line:?}: {told:?}");
    }
}

fn f12_a_delegate_chooses_neither_the_home_nor_a_path(school: &School) {
    let list = school.folder.path().join("people.csv");
    let row = format!("login,name,establishment\nanew,A,{OWN}\n");
    fs::write(&list, &row).unwrap();
    let (list, home) = (list.to_str().unwrap(), school.home());
    let key = home.join("vault.key");
    let key = key.to_str().unwrap();
    // A folder where the service account could write.
    let open = school.folder.path().join("open");
    fs::create_dir(&open).unwrap();
    fs::set_permissions(&open, fs::Permissions::from_mode(0o777)).unwrap();
    let [folder, code] = [open.clone(), open.join("code")].map(|path| path.to_str().unwrap().to_owned());
    let folder = folder.as_str();
    for arguments in [
        &["user", "import", list][..],
        &["user", "import", key],
        &["user", "import", "--dry-run", "/dev/stdin"],
        &["activation", "new", "jdupont", "--output", &code],
        &["--home", home.to_str().unwrap(), "user", "list"],
        &["--home", folder, "init"],
        &["demo", folder],
        &["man", folder],
    ] {
        let told = school.exits("del", arguments, 77);
        assert!(told.contains("through sudo"), "{arguments:?}: {told}");
    }
    assert_eq!(fs::read_dir(&open).unwrap().count(), 0);
    school.done("del", &["user", "import", "-"], &row);
    assert!(school.done("del", &["user", "list", "-o", "csv"], "").contains("anew"));
}

fn the_service_account_without_sudo_breaks_the_glass(school: &School) {
    let program = school.program().display().to_string();
    // The home is found as through sudo: below the folder of the account.
    let home = school.folder.path().join("svc").display().to_string();
    let told = school.run("svc", &[("HOME", &home)], &[&program, "user", "disable", "anew"], "");
    assert!(told.status.success(), "{told:?}");
    let audit = school.done("adm", &["audit", "list", "--action", "user-disable", "-o", "csv"], "");
    assert!(audit.contains(&format!(",{},break-glass,", school.account("svc"))), "{audit}");
}
