//! FreeRADIUS, by the module and the virtual server that are shipped; `radclient` asks it.

use crate::installed::{Home, PIN, code, login, text, wait_for_room};
use std::fs;
use std::io::Write as _;
use std::net::UdpSocket;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SECRET: &str = "what-both-sides-know";

/// The least that FreeRADIUS runs with; `always` is a module of every installation.
const SETTINGS: &str = "
name = test
prefix = /usr
libdir = /usr/lib/freeradius
logdir = ROOM
run_dir = ROOM
confdir = ROOM
pidfile = ROOM/pid
hostname_lookups = no
proxy_requests = no
log {
	destination = stdout
}
security {
	allow_vulnerable_openssl = yes
	reject_delay = 0
}
thread pool {
	start_servers = 2
	max_servers = 4
	min_spare_servers = 1
	max_spare_servers = 4
}
modules {
	always reject {
		rcode = reject
	}
	always handled {
		rcode = handled
	}
	$INCLUDE ROOM/module
}
$INCLUDE ROOM/site
";

/// A server with a program behind it.
struct Server {
    child: Child,
    port: u16,
    room: tempfile::TempDir,
}

impl Server {
    /// Starts one; nothing where the program is missing.
    fn asking(program: &str, timeout: u8) -> Option<Self> {
        let freeradius =
            ["/usr/sbin/freeradius", "/usr/sbin/radiusd"].into_iter().find(|path| Path::new(path).exists());
        let (Some(freeradius), true) = (freeradius, Path::new("/usr/bin/radclient").exists()) else {
            println!("skipped for want of freeradius and radclient");
            return None;
        };
        let room = tempfile::tempdir().unwrap();
        let lay = |name: &str, contents: &str| {
            fs::write(room.path().join(name), contents.replace("ROOM", room.path().to_str().unwrap())).unwrap();
        };
        let port = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let shipped = |name: &str, part: &str, other: &str| {
            let text = fs::read_to_string(Path::new("packaging/freeradius").join(name)).unwrap();
            assert_eq!(text.matches(part).count(), 1, "{name}");
            text.replace(part, other)
        };
        let command = "/usr/bin/sudo -n -u cleotp /usr/bin/cleotp check --radius";
        let module = shipped("mods-available/cleotp", command, program);
        lay("module", &module.replace("timeout = 10", &format!("timeout = {timeout}")));
        lay("site", &shipped("sites-available/cleotp", "port = 1812", &format!("port = {port}")));
        lay("cleotp.secret", &format!("secret = \"{SECRET}\"\n"));
        lay("radiusd.conf", SETTINGS);
        lay("dictionary", "");
        let log = fs::File::create(room.path().join("log")).unwrap();
        let mut command = Command::new(freeradius);
        command.arg("-X").arg("-d").arg(room.path()).env_clear().stdin(Stdio::null());
        let child = command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        let server = Self { child, port, room };
        let began = Instant::now();
        while !server.log().contains("Ready to process requests") {
            assert!(began.elapsed() < Duration::from_secs(20), "{}", server.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(server)
    }

    /// Starts one that asks the program of this repository.
    fn of(home: &Home, timeout: u8) -> Option<Self> {
        let program = env!("CARGO_BIN_EXE_cleotp");
        Self::asking(&format!("{program} --home {} check --radius", home.root().display()), timeout)
    }

    fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.room.path().join("log")).unwrap()).into_owned()
    }

    /// Sends a request, and gives the answer with its attributes, without what is of this one request.
    #[track_caller]
    fn ask(&self, pairs: &[(&str, &str)]) -> String {
        let mut request = String::from("Message-Authenticator = 0x00\n");
        for (name, value) in pairs {
            request.push_str(&format!("{name} = {value}\n"));
        }
        let address = format!("127.0.0.1:{}", self.port);
        let mut command = Command::new("/usr/bin/radclient");
        command.args(["-x", "-t", "9", "-r", "1", &address, "auth", SECRET]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(request.as_bytes()).unwrap();
        let told = text(&child.wait_with_output().unwrap().stdout);
        let answer = told.split("Received ").nth(1).unwrap_or_else(|| panic!("{told}\n{}", self.log()));
        let (head, attributes) = answer.split_once('\n').unwrap();
        let attributes: String = attributes
            .lines()
            .filter(|line| line.starts_with('\t') && !line.contains("Message-Authenticator"))
            .collect();
        let (kind, length) = (head.split(' ').next().unwrap(), head.rsplit(' ').next().unwrap());
        format!("{kind} {length}{attributes}")
    }

    #[track_caller]
    fn check(&self, login: &str, typed: &str) -> String {
        self.ask(&[("User-Name", &format!("\"{login}\"")), ("User-Password", &format!("\"{typed}\""))])
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn freeradius_lets_in_once_and_every_refusal_has_the_same_bytes() {
    let home = Home::with_users(2);
    home.set_pin(0);
    let Some(server) = Server::of(&home, 1) else { return };
    wait_for_room(25);
    let passcode = format!("{PIN}{}", code(0, 0));
    let user = login(0);
    let mut refusals = Vec::new();
    // Whatever a caller makes up, none of it opens the door, and none is a try at a key.
    for name in [
        "nobody",
        "user0\\\"",
        "user0\\\\",
        "%{User-Password}",
        "$(id)",
        "user0 ",
        "-o",
        &"a".repeat(253),
        "\\001\\377",
    ] {
        refusals.push(server.check(name, &passcode));
    }
    refusals.push(server.ask(&[("User-Name", "\"user0\"")]));
    refusals.push(server.ask(&[
        ("User-Name", "\"user0\""),
        ("User-Password", &format!("\"{passcode}\"")),
        ("State", "0x0100112233445566778899aabbccddeeff"),
    ]));
    let database = home.root().join("cleotp.db");
    fs::rename(&database, home.path("away")).unwrap();
    refusals.push(server.check(&user, &passcode));
    fs::rename(home.path("away"), &database).unwrap();
    // Held by another program for longer than the server waits.
    let holder = rusqlite::Connection::open(&database).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    refusals.push(server.check(&user, &passcode));
    holder.execute_batch("ROLLBACK").unwrap();
    assert!(server.log().contains("taking too much time"), "{}", server.log());
    let accepted = server.check(&user, &passcode);
    assert!(accepted.starts_with("Access-Accept"), "{accepted}\n{}", server.log());
    refusals.push(server.check(&user, &passcode));
    refusals.push(server.check(&user, "1111768950"));
    assert!(
        refusals.iter().all(|refusal| refusal == &refusals[0] && refusal.starts_with("Access-Reject")),
        "{refusals:?}"
    );
}

#[test]
fn freeradius_carries_the_ticket_of_a_challenge() {
    let home = Home::with_users(1);
    let Some(server) = Server::of(&home, 10) else { return };
    wait_for_room(20);
    let user = login(0);
    let first = server.check(&user, &code(0, -1));
    assert!(first.starts_with("Access-Challenge") && first.contains("choose a PIN of 4 to 6 digits"), "{first}");
    let state = |answer: &str| answer.split("State = ").nth(1).unwrap().to_owned();
    let answer = |typed: &str, state: &str| {
        let (name, typed) = (format!("\"{user}\""), format!("\"{typed}\""));
        server.ask(&[("User-Name", &name), ("User-Password", &typed), ("State", state)])
    };
    let set = answer(&format!("{PIN}{PIN}"), &state(&first));
    assert!(set.starts_with("Access-Challenge") && set.contains("Your PIN is set."), "{set}");
    let accepted = answer(&format!("{PIN}{}", code(0, 0)), &state(&set));
    assert!(accepted.starts_with("Access-Accept"), "{accepted}\n{}", server.log());
    // A code some minutes off asks for the one that follows.
    let off = server.check(&user, &format!("{PIN}{}", code(0, 5)));
    assert!(off.starts_with("Access-Challenge") && off.contains("the new digits alone"), "{off}");
    let accepted = answer(&code(0, 6), &state(&off));
    assert!(accepted.starts_with("Access-Accept"), "{accepted}\n{}", server.log());
    assert!(answer(&code(0, 7), &state(&off)).starts_with("Access-Reject"));
}

#[test]
fn i01_freeradius_takes_no_status_for_success_that_cleotp_fails_with() {
    let room = tempfile::tempdir().unwrap();
    let program = room.path().join("status");
    fs::write(&program, "#!/bin/sh\neval \"exit $USER_NAME\"\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let Some(server) = Server::asking(program.to_str().unwrap(), 10) else { return };
    assert!(server.check("0", "x").starts_with("Access-Accept"));
    // Why cleotp has no status of 2 to 9.
    assert!(server.check("3", "x").starts_with("Access-Accept"));
    for status in [1, 10, 11, 101, 129, 130, 131, 143].into_iter().chain(64..=78) {
        let answer = server.check(&status.to_string(), "x");
        assert!(answer.starts_with("Access-Reject"), "{status}: {answer}");
    }
}

#[test]
fn i06_a_request_without_its_authenticator_has_no_answer() {
    let site = fs::read_to_string("packaging/freeradius/sites-available/cleotp").unwrap();
    let lines: Vec<&str> = site.lines().map(str::trim).collect();
    for line in ["require_message_authenticator = yes", "limit_proxy_state = yes", "ipaddr = 127.0.0.1"] {
        assert!(lines.contains(&line), "{line}");
    }
    let Some(server) = Server::asking("/bin/true", 10) else { return };
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_millis(400))).unwrap();
    // Access-Request 1 of 27 bytes, sixteen that nobody foresees, and User-Name "user0".
    let request = [&[1, 1, 0, 27][..], &[7; 16], &[1, 7], b"user0"].concat();
    socket.send_to(&request, ("127.0.0.1", server.port)).unwrap();
    assert!(socket.recv(&mut [0; 64]).is_err());
    assert!(server.check("user0", "x").starts_with("Access-Accept"));
}
