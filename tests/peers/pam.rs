//! PAM, by `pamtester` and the service file that is shipped: laid over `/etc/pam.d` where nobody else sees it.

use crate::installed::{Home, PIN, code, login, text, wait_for_room};
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What PAM answers when a program said no, or was not there.
const DENIED: &str = "pamtester: System error";

const LAID: &str = "mount --bind \"$PAM\" /etc/pam.d && exec \"$0\" \"$@\"";

/// A machine whose services ask a home.
struct Machine {
    home: Home,
    /// How a program gets mounts of its own here.
    apart: &'static [&'static str],
}

impl Machine {
    /// Lays the services; nothing where a program or the right to mount is missing.
    fn of(home: Home) -> Option<Self> {
        // Root needs no namespace of users, and others are root in theirs.
        let may = |apart: &&&[&str]| {
            Command::new("unshare").args(**apart).arg("true").status().is_ok_and(|told| told.success())
        };
        let apart = [&["-m"] as &[&str], &["-U", "-r", "-m"]].iter().find(may).copied();
        let (Some(apart), true) = (apart, Path::new("/usr/bin/pamtester").exists()) else {
            println!("skipped for want of pamtester or of the right to mount");
            return None;
        };
        let machine = Self { home, apart };
        fs::create_dir(machine.home.path("pam.d")).unwrap();
        let program = format!("{} --home {}", env!("CARGO_BIN_EXE_cleotp"), machine.home.root().display());
        machine.serve("cleotp-test", &program);
        machine.serve("without-program", "/nowhere/cleotp");
        machine.serve("without-database", &format!("{program}/elsewhere"));
        machine.serve("without-home", env!("CARGO_BIN_EXE_cleotp"));
        Some(machine)
    }

    /// Lays the file that is shipped as a service, with another program in it.
    fn serve(&self, service: &str, program: &str) {
        let shipped = fs::read_to_string("packaging/pam/cleotp-auth").unwrap();
        assert_eq!(shipped.matches(" /usr/bin/cleotp ").count(), 1);
        let file = shipped.replace(" /usr/bin/cleotp ", &format!(" {program} "));
        fs::write(self.home.path("pam.d").join(service), file).unwrap();
    }

    /// Lets somebody try to log in.
    fn try_in(&self, service: &str, more: &[&str], login: &str, typed: &str) -> Output {
        let mut command = Command::new("unshare");
        command.args(self.apart).args(["sh", "-c", LAID, "pamtester"]).args(more).args([
            service,
            login,
            "authenticate",
        ]);
        command.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("PAM", self.home.path("pam.d"));
        command.env("LANG", "C").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(format!("{typed}\n").as_bytes());
        child.wait_with_output().unwrap()
    }

    #[track_caller]
    fn lets_in(&self, login: &str, typed: &str) {
        let told = self.try_in("cleotp-test", &[], login, typed);
        assert!(told.status.success() && text(&told.stdout).contains("successfully authenticated"), "{told:?}");
    }

    /// Gives what who stands at the door is shown.
    #[track_caller]
    fn denies(&self, service: &str, more: &[&str], login: &str, typed: &str) -> String {
        let told = self.try_in(service, more, login, typed);
        assert!(!told.status.success() && text(&told.stderr).contains(DENIED), "{told:?}");
        let said = text(&told.stderr).replace("Password: ", "").replace(DENIED, "");
        format!("{}{said}", text(&told.stdout)).trim().to_owned()
    }
}

#[test]
fn i05_pam_lets_in_once_by_a_right_passcode_and_denies_all_else() {
    let home = Home::with_users(2);
    home.set_pin(0);
    let Some(machine) = Machine::of(home) else { return };
    wait_for_room(20);
    let passcode = format!("{PIN}{}", code(0, 0));
    let user = login(0);
    for service in ["without-program", "without-database", "without-home"] {
        assert_eq!(machine.denies(service, &[], &user, &passcode), "", "{service}");
    }
    assert_eq!(machine.denies("cleotp-test", &[], "nobody", &passcode), "");
    assert_eq!(machine.denies("cleotp-test", &[], &user, ""), "");
    assert_eq!(machine.denies("cleotp-test", &[], "user0 --pam", &passcode), "");
    // A user's own variables: another user's name, a home of his own, another person.
    for lie in ["PAM_USER=user0", "PAM_TYPE=auth"] {
        assert_eq!(machine.denies("cleotp-test", &["-E", lie], "user1", &passcode), "", "{lie}");
    }
    let lie = format!("CLEOTP_HOME={}", machine.home.root().display());
    assert_eq!(machine.denies("without-home", &["-E", &lie], &user, &passcode), "");
    // What others can write is not opened.
    fs::set_permissions(machine.home.root(), fs::Permissions::from_mode(0o777)).unwrap();
    assert_eq!(machine.denies("cleotp-test", &[], &user, &passcode), "");
    fs::set_permissions(machine.home.root(), fs::Permissions::from_mode(0o700)).unwrap();
    // None of it has used the code up, or counted as more than the one wrong try that it was.
    machine.lets_in(&user, &passcode);
    assert_eq!(machine.denies("cleotp-test", &[], &user, &passcode), "");
    // A key without a PIN opens nothing; its holder is told.
    assert!(machine.denies("cleotp-test", &[], &login(1), &code(1, 0)).contains("the key has no PIN yet"));
}

#[test]
fn i03_whatever_comes_in_by_pam_512_bytes_of_it_are_read_and_it_is_one_try() {
    let home = Home::with_users(1);
    let root = home.root();
    let ask = |typed: &[u8]| {
        let mut command = home.command(&["check", "--pam", "--home", root.to_str().unwrap()]);
        let mut child = command.env("PAM_TYPE", "auth").env("PAM_USER", login(0)).spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(typed);
        let told = child.wait_with_output().unwrap();
        assert!(told.stdout.is_empty() && told.stderr.is_empty(), "{told:?}");
        told.status.code()
    };
    for typed in [vec![b'1'; 512], vec![b'1'; 513], vec![b'1'; 4 * 1024 * 1024]] {
        assert_eq!(ask(&typed), Some(1));
    }
    assert_eq!(ask(b""), Some(64));
    let checks = home.json(&["audit", "list", "--action", "check"], "", 0);
    assert_eq!(checks["events"].as_array().unwrap().len(), 3, "{checks}");
}

#[test]
fn i05_the_service_file_that_is_shipped_ignores_nothing() {
    let shipped = fs::read_to_string("packaging/pam/cleotp-auth").unwrap();
    let lines: Vec<&str> = shipped.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let [line] = lines[..] else { panic!("{lines:?}") };
    assert!(line.starts_with("auth\t[success=ok default=die]\tpam_exec.so expose_authtok quiet "), "{line}");
    for word in ["ignore", "optional", "sufficient", "user_unknown", "debug", "log="] {
        assert!(!line.contains(word), "{line}");
    }
}
