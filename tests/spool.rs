//! `import --spool` of the real binary: two at once, and killed again and again until nothing is left to do.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests may fail loudly and use the real machine"
)]

mod support;

use aes_kw::KeyInit;
use data_encoding::{BASE32, BASE64, HEXLOWER};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};
use support::{Home, text};

/// How many kills the suite does; more with CLEOTP_TEST_KILLS.
const KILLS: usize = 200;
/// What protects the sealed files.
const WRAPPING_KEY: [u8; 16] = *b"a key of a test.";

/// What must become of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Its keys are in and it is gone, for they were in clear.
    Unlinked,
    /// Its keys are in and it is kept.
    Kept,
    /// It is refused.
    Refused,
}

/// A file that was dropped.
struct Drop {
    fate: Fate,
    bytes: Vec<u8>,
    serials: Vec<String>,
}

/// A home and a spool, and all that was ever dropped there.
struct Spool {
    home: Home,
    folder: PathBuf,
    dropped: BTreeMap<String, Drop>,
    /// What all runs have said, one line a file and one an error.
    out: String,
    err: String,
}

fn seed(serial: &str) -> Vec<u8> {
    Sha256::digest(format!("seed of {serial}"))[..20].to_vec()
}

impl Spool {
    fn new() -> Self {
        let home = Home::new();
        let folder = home.path("spool");
        fs::create_dir(&folder).unwrap();
        fs::write(
            folder.join("spool.toml"),
            "min-age = \"0s\"\n[[rule]]\nfiles = \"sealed-*\"\npsk-file = \"seal.key\"\n",
        )
        .unwrap();
        fs::write(folder.join("seal.key"), HEXLOWER.encode(&WRAPPING_KEY)).unwrap();
        for (name, mode) in [("", 0o755), ("spool.toml", 0o644), ("seal.key", 0o600)] {
            fs::set_permissions(folder.join(name), fs::Permissions::from_mode(mode)).unwrap();
        }
        Self { home, folder, dropped: BTreeMap::new(), out: String::new(), err: String::new() }
    }

    fn drop(&mut self, name: String, fate: Fate, bytes: Vec<u8>, serials: &[String]) {
        let path = self.folder.join(&name);
        fs::write(&path, &bytes).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
        let serials = if fate == Fate::Refused { Vec::new() } else { serials.to_vec() };
        assert!(self.dropped.insert(name, Drop { fate, bytes, serials }).is_none());
    }

    /// Drops a delivery: files of several formats, good ones, bad ones, sealed ones, and one that comes twice.
    fn deliver(&mut self, round: usize, keys: usize) {
        let serials = |kind: usize| -> Vec<String> {
            (0..keys).map(|key| format!("{}", 500_000_000 + round * 10_000 + kind * 1_000 + key)).collect()
        };
        let list = oath_csv(&serials(0));
        self.drop(format!("{round:03}-list.csv"), Fate::Unlinked, list.clone(), &serials(0));
        self.drop(format!("{round:03}-twice.csv"), Fate::Unlinked, list, &serials(0));
        self.drop(format!("{round:03}-entra.csv"), Fate::Unlinked, entra_csv(&serials(1)), &serials(1));
        self.drop(format!("{round:03}-pskc.xml"), Fate::Unlinked, pskc(&serials(2), false), &serials(2));
        self.drop(format!("sealed-{round:03}.xml"), Fate::Kept, pskc(&serials(3), true), &serials(3));
        let mut bad = oath_csv(&serials(4));
        bad.extend_from_slice(b"599999999,001122,totp,6,60\n");
        self.drop(format!("{round:03}-bad.csv"), Fate::Refused, bad, &serials(4));
        let mut cut = pskc(&serials(5), false);
        cut.truncate(cut.len() / 2);
        self.drop(format!("{round:03}-cut.xml"), Fate::Refused, cut, &serials(5));
        self.drop(format!("{round:03}-prose.txt"), Fate::Refused, format!("Bonjour {round}\n").into_bytes(), &[]);
    }

    fn start(&self) -> std::process::Child {
        let mut command =
            self.home.command(&["import", "--spool", self.folder.to_str().unwrap(), "--quiet", "-o", "jsonl"]);
        command.stdin(Stdio::null()).spawn().unwrap()
    }

    fn hear(&mut self, output: &Output) {
        self.out.push_str(&String::from_utf8_lossy(&output.stdout));
        self.err.push_str(&String::from_utf8_lossy(&output.stderr));
    }

    /// Runs until nothing is left to do.
    fn finish(&mut self) {
        for _ in 0..5 {
            let output = self.start().wait_with_output().unwrap();
            self.hear(&output);
            assert!([0, 65].contains(&output.status.code().unwrap()), "{output:?}");
            if output.stdout.is_empty() && output.stderr.is_empty() {
                return;
            }
        }
        panic!("it never comes to an end");
    }

    /// Holds all that lies in the spool and in the database against all that was dropped.
    fn verify(&self) {
        let mut wanted: Vec<&str> = self.dropped.values().flat_map(|file| &file.serials).map(String::as_str).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let found = self.home.json(&["key", "list"], "", 0);
        let mut found: Vec<&str> =
            found["keys"].as_array().unwrap().iter().map(|key| key["serial"].as_str().unwrap()).collect();
        found.sort_unstable();
        assert_eq!(found, wanted, "every key of a good file once, none of a bad one");
        let mut places = files_below(&self.folder);
        for name in ["spool.toml", "seal.key"] {
            assert!(places.remove(Path::new(name)).is_some(), "{name} was taken");
        }
        for (name, dropped) in &self.dropped {
            let shelf = if dropped.fate == Fate::Refused { "failed" } else { "done" };
            let is_here =
                |path: &&PathBuf, end: &str| path.starts_with(shelf) && path.ends_with(format!("{name}{end}"));
            let reports: Vec<_> = places.keys().filter(|path| is_here(path, ".report.json")).cloned().collect();
            assert_eq!(reports.len(), 1, "{name} ({:?}) has its report: {reports:?}", dropped.fate);
            let report: serde_json::Value = serde_json::from_slice(&places.remove(&reports[0]).unwrap()).unwrap();
            let hash = HEXLOWER.encode(&Sha256::digest(&dropped.bytes));
            assert_eq!(report["files"][0]["sha256"], hash.as_str(), "{name}");
            let kept = reports[0].with_file_name(name);
            let bytes = places.remove(&kept);
            match dropped.fate {
                Fate::Unlinked => assert!(bytes.is_none(), "{name} was in clear and is kept"),
                Fate::Kept | Fate::Refused => assert_eq!(bytes.as_ref(), Some(&dropped.bytes), "{name} is whole"),
            }
            assert!(self.out.contains(name.as_str()), "{name} was told");
            assert!(dropped.fate != Fate::Refused || self.err.contains(name.as_str()), "{name} was complained of");
        }
        assert!(places.is_empty(), "nothing else is left: {:?}", places.keys());
        assert_eq!(self.home.json(&["audit", "verify"], "", 0)["intact"], true);
        let database = rusqlite::Connection::open(self.home.root().join("cleotp.db")).unwrap();
        let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok");
        let open: i64 = database.query_row("SELECT count(*) FROM batches WHERE is_open", [], |row| row.get(0)).unwrap();
        assert_eq!(open, 0);
    }
}

/// Reads every file below a folder, by its path from there.
fn files_below(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn walk(folder: &Path, root: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(root, root, &mut found);
    found
}

fn oath_csv(serials: &[String]) -> Vec<u8> {
    let line = |serial: &String| format!("{serial},{},totp,6,60\n", HEXLOWER.encode(&seed(serial)));
    serials.iter().map(line).collect::<String>().into_bytes()
}

fn entra_csv(serials: &[String]) -> Vec<u8> {
    let mut csv = "upn,serial number,secret key,time interval,manufacturer,model\n".to_owned();
    for serial in serials {
        writeln!(csv, ",{serial},{},60,ACME OTP,Carte 6", BASE32.encode(&seed(serial))).unwrap();
    }
    csv.into_bytes()
}

/// A container of RFC 6030, its seeds in clear or under a key wrap.
fn pskc(serials: &[String], sealed: bool) -> Vec<u8> {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<KeyContainer Version=\"1.0\" \
                   xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" \
                   xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\">\n"
        .to_owned();
    if sealed {
        xml.push_str("  <EncryptionKey><ds:KeyName>ACME-2026</ds:KeyName></EncryptionKey>\n");
    }
    for serial in serials {
        let secret = if sealed {
            let seed = &seed(serial)[..16];
            let mut wrapped = [0; 24];
            aes_kw::KwAes128::new(&WRAPPING_KEY.into()).wrap_key(seed, &mut wrapped).unwrap();
            format!(
                "<EncryptedValue><xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#kw-aes128\"/>\
                 <xenc:CipherData><xenc:CipherValue>{}</xenc:CipherValue></xenc:CipherData></EncryptedValue>",
                BASE64.encode(&wrapped)
            )
        } else {
            format!("<PlainValue>{}</PlainValue>", BASE64.encode(&seed(serial)))
        };
        writeln!(
            xml,
            "  <KeyPackage><DeviceInfo><Manufacturer>ACME OTP</Manufacturer><SerialNo>{serial}</SerialNo></DeviceInfo>\n  \
             <Key Id=\"{serial}\" Algorithm=\"urn:ietf:params:xml:ns:keyprov:pskc:totp\"><AlgorithmParameters>\
             <ResponseFormat Encoding=\"DECIMAL\" Length=\"6\"/></AlgorithmParameters><Data><Secret>{secret}</Secret>\
             <TimeInterval><PlainValue>60</PlainValue></TimeInterval></Data></Key></KeyPackage>"
        )
        .unwrap();
    }
    xml.push_str("</KeyContainer>\n");
    xml.into_bytes()
}

#[test]
fn d13_of_two_crons_at_once_one_does_the_work_and_every_key_is_in_once() {
    let mut spool = Spool::new();
    for round in 0..4 {
        spool.deliver(round, 200);
        let children: Vec<_> = (0..3).map(|_| spool.start()).collect();
        let outputs: Vec<Output> = children.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
        for output in &outputs {
            spool.hear(output);
            let exit = output.status.code().unwrap();
            assert!([0, 65, 75].contains(&exit), "{output:?}");
            // Who had to wait too long says it in one line; who came when all was done says nothing.
            assert!(
                exit != 75 || (output.stdout.is_empty() && text(&output.stderr).lines().count() == 1),
                "{output:?}"
            );
        }
        assert!(outputs.iter().filter(|output| !output.stdout.is_empty()).count() >= 1);
    }
    spool.finish();
    spool.verify();
}

/// Numbers that look random: xorshift.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

#[test]
fn d14_a_cron_that_is_killed_at_any_moment_converges() {
    let kills = std::env::var("CLEOTP_TEST_KILLS").ok().map_or(KILLS, |kills| kills.parse().unwrap());
    let start = std::env::var("CLEOTP_TEST_SEED").ok().map_or(0x9e37_79b9, |start| start.parse().unwrap());
    let (mut spool, mut chance) = (Spool::new(), Chance(start));
    let (mut killed, mut ended, mut round) = (0, 0, 0);
    // How long a run lives at most: as long as it takes for a few files, whatever the machine.
    spool.deliver(round, 20);
    let began = Instant::now();
    spool.finish();
    let longest = u64::try_from(began.elapsed().as_micros()).unwrap() / 4;
    while killed < kills {
        let is_empty = fs::read_dir(&spool.folder).unwrap().all(|entry| {
            let name = entry.unwrap().file_name();
            ["spool.toml", "seal.key", "done", "failed"].iter().any(|own| name == *own)
        });
        if is_empty {
            round += 1;
            spool.deliver(round, 20);
        }
        let mut child = spool.start();
        std::thread::sleep(Duration::from_micros(chance.below(longest)));
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        spool.hear(&output);
        match output.status.code() {
            None => killed += 1,
            Some(_) => ended += 1,
        }
    }
    spool.finish();
    spool.verify();
    println!("{killed} kills, {ended} runs that ended before, {round} deliveries, {:?}", began.elapsed());
}
