//! Runs of programs that are not gpg: whatever one does, nothing hangs, nothing is left behind, nothing half is given.

use super::super::system::SystemClock;
use super::*;
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// What a run that goes well says, as lines of a shell script.
const WELL: &str =
    "s() { echo \"[GNUPG:] $1\" >&2; }\ns BEGIN_DECRYPTION; s 'DECRYPTION_INFO 2 9 0'; s 'PLAINTEXT 62 0 a'\n";
const END: &str = "\ns DECRYPTION_OKAY; s GOODMDC; s END_DECRYPTION\n";

struct Stage {
    folder: tempfile::TempDir,
    gpg: Gpg,
    setup: Setup,
}

#[allow(clippy::disallowed_methods, reason = "tests lay their files")]
fn stage(script: &str) -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("gpg");
    fs::write(&program, format!("#!/bin/sh\n{script}")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    let gpg = Gpg {
        clock: Rc::new(SystemClock::start()),
        user_home: Some("/home/somebody".into()),
        keys: None,
        account: geteuid(),
        patience: Duration::from_secs(20),
    };
    Stage { folder, gpg, setup: Setup { program: Some(program), home: None, most: 1024 * 1024 } }
}

impl Stage {
    fn open(&self, mut message: &[u8], passphrase: Option<&[u8]>) -> Result<Vec<u8>, Refusal> {
        let envelope = Envelope { message: &mut message, passphrase, setup: &self.setup };
        self.gpg.open(envelope).map(|opened| opened.bytes.to_vec())
    }
}

#[test]
fn what_goes_in_comes_out_however_long_it_is() {
    let stage = stage(&format!("{WELL}cat{END}"));
    for length in [0, 1, 65_535, 65_537, 700_000] {
        let message: Vec<u8> = (0..length).map(|byte: u32| (byte % 251) as u8).collect();
        assert_eq!(stage.open(&message, None), Ok(message.clone()), "{length}");
    }
    let with_passphrase = stage.open(b"the message", Some(b"the passphrase"));
    assert_eq!(with_passphrase, Ok(b"the passphrase\nthe message".to_vec()));
}

#[test]
fn it_is_started_with_a_clean_environment_and_asks_nobody() {
    let mut stage = stage(&format!("{WELL}echo \"$@\"; env; pwd{END}"));
    let told = |stage: &Stage, passphrase| String::from_utf8(stage.open(b"", passphrase).unwrap()).unwrap();
    let lines = told(&stage, None);
    let mut lines: Vec<&str> = lines.lines().collect();
    let arguments = lines.remove(0);
    assert!(arguments.ends_with("--pinentry-mode error --decrypt"), "{arguments}");
    assert!(arguments.starts_with("--batch --no-tty "), "{arguments}");
    // The shell adds what it needs itself.
    lines.retain(|line| !["PWD=", "OLDPWD=", "SHLVL=", "_="].iter().any(|own| line.starts_with(own)));
    lines.sort_unstable();
    assert_eq!(lines, ["/", "HOME=/home/somebody", "LC_ALL=C"]);
    stage.gpg.keys = Some("/keys/of/the/account".into());
    assert!(told(&stage, None).contains("\nGNUPGHOME=/keys/of/the/account\n"));
    stage.setup.home = Some("/keys/of/the/configuration".into());
    let lines = told(&stage, Some(b"not to be seen"));
    assert!(lines.contains("\nGNUPGHOME=/keys/of/the/configuration\n"));
    assert!(lines.starts_with("--batch") && lines.contains("--pinentry-mode loopback --passphrase-fd 0 --decrypt"));
    assert!(!lines.contains("not to be seen"));
}

#[test]
fn a_program_that_hangs_is_ended() {
    for script in ["exec sleep 600", "cat >/dev/null; exec >&- 2>&-; exec sleep 600", "echo x; exec sleep 600"] {
        let mut stage = stage(&format!("echo $$ > \"${{0%gpg}}pid\"\nexec 3>&-\n{script}"));
        stage.gpg.patience = Duration::from_millis(300);
        assert_eq!(stage.open(&vec![0; 500_000], None), Err(Refusal::NoAnswer { seconds: 0 }), "{script}");
        let mut pid = String::new();
        #[allow(clippy::disallowed_methods, reason = "tests read their files")]
        fs::File::open(stage.folder.path().join("pid")).unwrap().read_to_string(&mut pid).unwrap();
        assert!(!Path::new("/proc").join(pid.trim()).exists(), "{script}: it is still there");
    }
}

#[test]
fn more_than_may_come_out_is_refused_before_it_fills_the_memory() {
    let mut stage = stage(&format!("{WELL}exec cat /dev/zero"));
    stage.setup.most = 1_000_000;
    assert_eq!(stage.open(b"small", None), Err(Refusal::TooLarge { most: 1_000_000 }));
    let chatty = self::stage("exec yes '[GNUPG:] KEY_CONSIDERED' >&2");
    assert_eq!(chatty.open(b"", None), Err(Refusal::Failed));
}

#[test]
fn what_fails_or_dies_gives_nothing() {
    for script in [
        format!("{WELL}cat{END}exit 2\n"),
        format!("{WELL}cat\nkill -9 $$\n"),
        format!("{WELL}cat\ns DECRYPTION_OKAY; s END_DECRYPTION\n"),
    ] {
        assert_eq!(stage(&script).open(b"half", None), Err(Refusal::Altered), "{script}");
    }
    assert_eq!(stage("echo plain").open(b"", None), Err(Refusal::Failed));
    assert_eq!(stage("exec <&-; sleep 0.1; exit 1").open(&vec![0; 1_000_000], None), Err(Refusal::Failed));
}

#[test]
fn a_program_that_is_none_is_missing() {
    let mut stage = stage("exit 0");
    stage.setup.program = Some(stage.folder.path().join("nothing"));
    assert_eq!(stage.open(b"", None), Err(Refusal::ProgramMissing));
    stage.setup.program = Some(stage.folder.path().to_owned());
    assert_eq!(stage.open(b"", None), Err(Refusal::ProgramMissing));
}

/// A message that cannot be read to its end.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("broken"))
    }
}

#[test]
fn a_message_that_cannot_be_read_is_told_and_the_program_ended() {
    let stage = stage("exec sleep 600");
    let envelope = Envelope { message: &mut Broken, passphrase: None, setup: &stage.setup };
    assert_eq!(stage.gpg.open(envelope).map(|_| ()), Err(Refusal::Unreadable));
}
