//! F02, F03, F14: what others of the same account can see of a process, and what is left of one that crashes.

use crate::support::{Home, PIN, program};
use crate::{has, is_root};
use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// An account that every machine has and that owns nothing.
const NOBODY: u32 = 65_534;

/// The program and a home that belong to an account without any rights, or to the one that runs the tests.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn open() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::set_permissions(desk.folder.path(), Permissions::from_mode(0o755)).unwrap();
        fs::copy(program(), desk.program()).unwrap();
        let below = desk.folder.path().join("below");
        fs::create_dir(&below).unwrap();
        chown(&below, Some(NOBODY), Some(NOBODY)).unwrap();
        assert!(desk.run(&[desk.program().to_str().unwrap(), "init"]).status.success());
        desk
    }

    fn program(&self) -> PathBuf {
        self.folder.path().join("cleotp")
    }

    fn command(&self, line: &[&str]) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]).args(line);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LANG", "C");
        command.env("CLEOTP_HOME", self.folder.path().join("below/home")).current_dir("/");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, line: &[&str]) -> Output {
        self.command(line).output().unwrap()
    }

    /// Starts a check and waits until it has opened the vault.
    fn start_batch(&self) -> Child {
        let mut child = self.command(&[self.program().to_str().unwrap(), "check", "--batch"]).spawn().unwrap();
        let line = format!("{{\"login\":\"nobody\",\"passcode\":\"{PIN}123456\"}}\n");
        child.stdin.as_mut().unwrap().write_all(line.as_bytes()).unwrap();
        let mut byte = [0];
        std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut byte).unwrap();
        child
    }
}

#[test]
fn f02_another_process_of_the_account_can_neither_trace_a_check_nor_read_its_memory() {
    if !is_root() || !has("setpriv") {
        println!("skipped: needs root and setpriv");
        return;
    }
    let desk = Desk::open();
    let mut child = desk.start_batch();
    // What the same account can read of a process that does nothing for itself.
    let mut other = desk.command(&["timeout", "20", "sleep", "60"]).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(100));
    let looks = |pid: u32| {
        ["environ", "maps", "auxv"].map(|name| desk.run(&["cat", &format!("/proc/{pid}/{name}")]).status.success())
    };
    assert_eq!(looks(other.id()), [true; 3], "the looking itself can see");
    assert_eq!(looks(child.id()), [false; 3]);
    let opens = |pid: u32| desk.run(&["head", "-c", "1", &format!("/proc/{pid}/exe")]).status.success();
    assert!(opens(other.id()) && !opens(child.id()));
    assert!(!desk.run(&["ls", &format!("/proc/{}/fd", child.id())]).status.success());
    if has("strace") {
        let traced = |pid: u32| {
            let told = desk.run(&["timeout", "1", "strace", "-o", "/dev/null", "-p", &pid.to_string()]);
            String::from_utf8_lossy(&told.stderr).into_owned()
        };
        // Where nobody may trace what he did not start (Yama), it proves nothing.
        let others = traced(other.id());
        if !others.contains("not permitted") {
            let told = traced(child.id());
            assert!(told.contains("not permitted"), "{told} {others}");
        }
    }
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    other.kill().unwrap();
    other.wait().unwrap();
}

#[test]
fn f02_a_check_that_crashes_leaves_no_core() {
    let home = Home::with_users(1);
    let folder = home.path("crash");
    fs::create_dir(&folder).unwrap();
    for signal in ["SEGV", "ABRT", "QUIT"] {
        // Where cores would be written, and with leave to; what runs in the background of a shell takes no QUIT else.
        let line = "ulimit -c unlimited; cd \"$1\" && exec env --default-signal \"$0\" check --batch";
        let mut command = Command::new("bash");
        command.args(["-c", line]).arg(program()).arg(&folder);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("CLEOTP_HOME", home.root());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        child.stdin.as_mut().unwrap().write_all(b"{\"login\":\"nobody\",\"passcode\":\"4576123456\"}\n").unwrap();
        std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut [0]).unwrap();
        let limits = fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        assert_eq!(core.split_whitespace().filter(|word| *word == "0").count(), 2, "{core}");
        // Twice: what Rust looks at first, an overflow of the stack, takes the first SEGV that comes from elsewhere for nothing.
        for _ in 0..2 {
            let killed = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status().unwrap();
            assert!(killed.success());
            std::thread::sleep(Duration::from_millis(100));
        }
        drop(child.stdin.take());
        let status = child.wait().unwrap();
        assert!(status.signal().is_some() && !status.core_dumped(), "{signal}: {status:?}");
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn f03_the_keys_of_an_open_vault_are_locked_in_memory_where_the_limit_lets_them() {
    let home = Home::with_users(1);
    let mut child = home.command(&["check", "--batch"]).spawn().unwrap();
    child.stdin.as_mut().unwrap().write_all(b"{\"login\":\"nobody\",\"passcode\":\"4576123456\"}\n").unwrap();
    let until = Instant::now() + Duration::from_secs(5);
    let locked = loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmLck:")).unwrap();
        let locked: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        if locked > 0 || Instant::now() > until {
            break locked;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    let limit = Command::new("bash").args(["-c", "ulimit -l"]).output().unwrap().stdout;
    let is_allowed = String::from_utf8(limit).unwrap().trim() != "0";
    // A page or two, and not all that the process has.
    assert!(!is_allowed || (4..=64).contains(&locked), "{locked} KiB");
}
