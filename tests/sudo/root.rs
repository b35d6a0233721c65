//! Root, on a machine whose home of the system is a service account's.

use super::{OWN, School, run_as_root, start};
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt, PermissionsExt, chown};
use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// Lays a folder of the test over `/var/lib`, for one program and those that it starts.
const OVER: [&str; 6] = ["unshare", "-m", "--propagation", "private", "sh", "-c"];
const LAID: &str = "mount --bind \"$0\" /var/lib && exec \"$@\"";

/// A machine of its own kind: there is `/var/lib/cleotp`, but no test outside sees it.
struct Machine<'s> {
    school: &'s School,
    libraries: PathBuf,
}

impl<'s> Machine<'s> {
    fn is_missing() -> Option<&'static str> {
        let may_mount = Command::new("unshare").args(["-m", "true"]).output().is_ok_and(|told| told.status.success());
        School::is_missing().or_else(|| Some("the right to mount").filter(|_| !may_mount))
    }

    /// Makes the folder that the rule of sudo tells how to make.
    fn of(school: &'s School) -> Self {
        let libraries = school.folder.path().join("lib");
        fs::create_dir(&libraries).unwrap();
        fs::set_permissions(&libraries, fs::Permissions::from_mode(0o755)).unwrap();
        let machine = Self { school, libraries };
        let home = machine.home().display().to_string();
        let service = school.account("svc");
        school.machine("install", &["-d", "-m", "0700", "-o", &service, "-g", &service, &home]);
        machine
    }

    fn home(&self) -> PathBuf {
        self.libraries.join("cleotp")
    }

    fn over<'a>(&self, libraries: &'a str, program: &[&'a str]) -> Vec<&'a str> {
        [&OVER[..], &[LAID, libraries], program].concat()
    }

    /// Runs cleotp as root, who called by himself.
    fn root(&self, variables: &[(&str, &str)], arguments: &[&str], stdin: &str) -> Output {
        let (libraries, program) = (self.libraries.display().to_string(), self.school.program().display().to_string());
        run_as_root(variables, &self.over(&libraries, &[&[program.as_str()], arguments].concat()), stdin)
    }

    /// Runs cleotp through sudo: as root, or as another account.
    fn sudo(&self, who: &str, options: &[&str], variables: &[(&str, &str)], arguments: &[&str], stdin: &str) -> Output {
        let (libraries, program) = (self.libraries.display().to_string(), self.school.program().display().to_string());
        let account = self.school.account(who);
        let line = [&["runuser", "-u", &account, "--", "sudo", "-n"], options, &[program.as_str()], arguments].concat();
        run_as_root(variables, &self.over(&libraries, &line), stdin)
    }

    #[track_caller]
    fn done(&self, arguments: &[&str], stdin: &str) -> String {
        let told = self.sudo("adm", &[], &[], arguments, stdin);
        assert_eq!(told.status.code(), Some(0), "{arguments:?}: {told:?}");
        String::from_utf8(told.stdout).unwrap()
    }
}

#[test]
fn root_becomes_the_service_account_whose_the_home_of_the_system_is() {
    if let Some(missing) = Machine::is_missing() {
        println!("skipped: needs {missing}");
        return;
    }
    let school = School::open();
    let machine = Machine::of(&school);
    // `sudo cleotp init`: whom sudo names is the first administrator, and nothing belongs to root.
    machine.done(&["init"], "");
    all_of_it_is_the_service_accounts(&machine);
    let operators = machine.done(&["operator", "list", "-o", "csv"], "");
    assert!(operators.contains(&format!("{},", school.account("adm"))) && operators.contains(",admin,"), "{operators}");
    assert!(!operators.contains("root"), "{operators}");
    // The same home as through the rule that is shipped; root's own calls are told apart.
    let service = school.account("svc");
    let shared = machine.sudo("adm", &["-u", &service], &[], &["establishment", "add", OWN, "Test"], "");
    assert!(shared.status.success(), "{shared:?}");
    let by_root = machine.root(&[], &["user", "add", "jdupont", "--name", "J", "--establishment", OWN], "");
    assert!(by_root.status.success(), "{by_root:?}");
    let audit = machine.done(&["audit", "list", "-o", "csv"], "");
    let adm = school.account("adm");
    for begins in [",root,break-glass,init,", &format!(",{adm},sudo,establishment-add,"), ",root,break-glass,user-add,"]
    {
        assert!(audit.contains(begins), "{begins} in {audit}");
    }
    what_only_root_may_open_comes_in_by_stdin(&machine);
    what_only_root_may_write_goes_out_by_stdout(&machine);
    nothing_of_root_is_left_in_the_process(&machine);
    i05_pam_asks_as_root_and_the_service_account_answers(&machine);
    f08_variables_of_root_make_nobody_an_operator(&machine);
    assert!(machine.root(&[], &["doctor", "--quiet"], "").status.success());
    all_of_it_is_the_service_accounts(&machine);
}

#[track_caller]
fn all_of_it_is_the_service_accounts(machine: &Machine<'_>) {
    let uid = machine.school.uid("svc");
    let mut found = 0;
    for entry in fs::read_dir(machine.home()).unwrap() {
        let entry = entry.unwrap();
        let seen = entry.metadata().unwrap();
        let name = entry.file_name();
        assert_eq!((seen.uid(), seen.permissions().mode() & 0o7777), (uid, 0o600), "{name:?}");
        assert_ne!(seen.gid(), 0, "{name:?}");
        found += 1;
    }
    assert!(found >= 3, "{found}");
    let folder = machine.home().metadata().unwrap();
    assert_eq!((folder.uid(), folder.permissions().mode() & 0o7777), (uid, 0o700));
}

fn i05_pam_asks_as_root_and_the_service_account_answers(machine: &Machine<'_>) {
    let elsewhere = machine.school.folder.path().join("elsewhere").display().to_string();
    let asked = [("PAM_TYPE", "auth"), ("PAM_USER", "jdupont"), ("CLEOTP_HOME", &elsewhere), ("HOME", &elsewhere)];
    let told = machine.root(&asked, &["check", "--pam"], "4576123456");
    assert_eq!((told.status.code(), &told.stdout[..], &told.stderr[..]), (Some(1), &b""[..], &b""[..]), "{told:?}");
    let audit = machine.done(&["audit", "list", "--action", "check", "-o", "csv"], "");
    assert!(audit.contains(",root,break-glass,check,"), "{audit}");
}

fn what_only_root_may_open_comes_in_by_stdin(machine: &Machine<'_>) {
    let list = format!("00340001,{},totp,6,60\n", "a1b2c3d4f".repeat(8).get(..40).unwrap());
    let closed = machine.school.folder.path().join("closed");
    fs::DirBuilder::new().mode(0o700).create(&closed).unwrap();
    let (keys, beside) = (closed.join("keys.csv"), machine.school.folder.path().join("beside.csv"));
    for path in [&keys, &beside] {
        fs::write(path, &list).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
        let path = path.to_str().unwrap();
        for (lang, hint) in [("C", "cleotp import - < FILE"), ("fr_FR.UTF-8", "cleotp importer - < FICHIER")] {
            for told in [
                machine.root(&[("LANG", lang)], &["import", path], ""),
                machine.root(&[("LANG", lang)], &["user", "import", path], ""),
                machine.sudo("adm", &[], &[("LANG", lang)], &["import", path], ""),
            ] {
                let err = String::from_utf8(told.stderr).unwrap();
                assert!(told.status.code() == Some(74) && err.contains(hint), "{lang}: {err}");
                assert!(err.contains(&machine.school.account("svc")), "{err}");
            }
        }
        let told = machine.root(&[("LANG", "C")], &["import", "--psk-file", path, "-"], &list);
        let err = String::from_utf8(told.stderr).unwrap();
        assert!(told.status.code() == Some(74) && err.contains("install -m 0600 -o "), "{err}");
    }
    machine.done(&["import", "-"], &list);
    assert!(machine.done(&["key", "list", "-o", "csv"], "").contains("00340001"));
}

fn what_only_root_may_write_goes_out_by_stdout(machine: &Machine<'_>) {
    let code = machine.school.folder.path().join("closed/code");
    let told = machine.root(&[], &["activation", "new", "jdupont", "--output", code.to_str().unwrap()], "");
    let err = String::from_utf8(told.stderr).unwrap();
    assert!(told.status.code() == Some(73) && err.contains("\"> FILE\""), "{err}");
    assert!(!code.exists());
}

fn nothing_of_root_is_left_in_the_process(machine: &Machine<'_>) {
    let (libraries, program) =
        (machine.libraries.display().to_string(), machine.school.program().display().to_string());
    // Root is in groups that the service account is not in.
    let line = machine.over(&libraries, &["setpriv", "--groups", "4,27", &program, "check", "--batch"]);
    let mut child = start(&[], &line);
    let (uid, gid) = (machine.school.uid("svc"), machine.home().metadata().unwrap().gid());
    let own = format!("{0}\t{0}\t{0}\t{0}", uid);
    let place = PathBuf::from(format!("/proc/{}", child.id()));
    let begun = Instant::now();
    let status = loop {
        let status = fs::read_to_string(place.join("status")).unwrap();
        if line_of(&status, "Uid") == own || begun.elapsed() > Duration::from_secs(20) {
            break status;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    assert_eq!(line_of(&status, "Uid"), own);
    assert_eq!(line_of(&status, "Gid"), format!("{gid}\t{gid}\t{gid}\t{gid}"));
    assert_eq!(line_of(&status, "Groups"), gid.to_string());
    for rights in ["CapPrm", "CapEff", "CapAmb"] {
        assert_eq!(line_of(&status, rights), "0000000000000000", "{rights}");
    }
    // It answers, and so its threads are there: none of them is root's.
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"{\"login\":\"jdupont\",\"passcode\":\"4576123456\"}\n").unwrap();
    let mut answered = [0];
    std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut answered).unwrap();
    let tasks: Vec<_> = fs::read_dir(place.join("task")).unwrap().map(|task| task.unwrap().path()).collect();
    assert!(tasks.len() > 1, "{tasks:?}");
    for task in tasks {
        assert_eq!(line_of(&fs::read_to_string(task.join("status")).unwrap(), "Uid"), own, "{task:?}");
    }
    // What may not be traced nor dumped belongs to root in /proc: changing accounts opens it to the new one where fs.suid_dumpable says so.
    assert_eq!(fs::metadata(place.join("environ")).unwrap().uid(), 0);
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

fn line_of<'s>(status: &'s str, name: &str) -> &'s str {
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
    line.trim()
}

fn f08_variables_of_root_make_nobody_an_operator(machine: &Machine<'_>) {
    // Whatever root's variables say, it is root that called.
    let told = machine.root(&[("SUDO_UID", "4321000"), ("SUDO_USER", "nobody")], &["user", "disable", "jdupont"], "");
    assert!(told.status.success(), "{told:?}");
    let audit = machine.done(&["audit", "list", "--action", "user-disable", "-o", "csv"], "");
    assert!(audit.contains(",root,break-glass,user-disable,"), "{audit}");
    // And nobody else becomes root or the service account by them.
    let told = machine.sudo("del", &["-u", &machine.school.account("svc")], &[("SUDO_UID", "0")], &["key", "list"], "");
    assert_eq!(told.status.code(), Some(77), "{told:?}");
    let told = machine.sudo("del", &[], &[], &["key", "list"], "");
    assert!(!told.status.success() && told.stdout.is_empty(), "{told:?}");
}

#[test]
fn root_makes_no_home_of_the_system_for_itself() {
    if let Some(missing) = Machine::is_missing() {
        println!("skipped: needs {missing}");
        return;
    }
    let school = School::open();
    let machine = Machine::of(&school);
    chown(machine.home(), Some(0), Some(0)).unwrap();
    for (lang, own) in [("C", "belongs to root"), ("fr_FR.UTF-8", "appartient à root")] {
        let told = machine.root(&[("LANG", lang)], &["init"], "");
        let err = String::from_utf8(told.stderr).unwrap();
        // A machine that has an account of this name is told to give the folder to it, any other how to make one.
        assert!(told.status.code() == Some(78) && (err.contains(own) || err.contains("useradd --system")), "{err}");
    }
    assert_eq!(fs::read_dir(machine.home()).unwrap().count(), 0);
    // An account that is none: nobody can be become.
    chown(machine.home(), Some(4_321_000), Some(4_321_000)).unwrap();
    let told = machine.root(&[], &["init"], "");
    let err = String::from_utf8(told.stderr).unwrap();
    assert!(told.status.code() == Some(78) && err.contains("4321000"), "{err}");
    // Without the right to change accounts nothing goes on as root.
    let uid = school.uid("svc");
    chown(machine.home(), Some(uid), Some(uid)).unwrap();
    let (libraries, program) = (machine.libraries.display().to_string(), school.program().display().to_string());
    let bound = ["setpriv", "--bounding-set", "-setuid", "--inh-caps", "-setuid", &program, "init"];
    let told = run_as_root(&[], &machine.over(&libraries, &bound), "");
    let err = String::from_utf8(told.stderr).unwrap();
    assert!(told.status.code() == Some(78) && err.contains("cannot become"), "{err}");
    assert_eq!(fs::read_dir(machine.home()).unwrap().count(), 0);
    // A home that root chose elsewhere stays root's own.
    let private = school.folder.path().join("private").display().to_string();
    let told = machine.root(&[], &["--home", &private, "init"], "");
    assert!(told.status.success() && fs::metadata(&private).unwrap().uid() == 0, "{told:?}");
}
