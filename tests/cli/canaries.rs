//! No secret comes out where it must not, whatever is done: not on the streams, and not into the files of the database.

use crate::guide;
use crate::support::{LOGIN, PIN, SERIAL, START, Told, World, code, seed};
use data_encoding::{BASE32, BASE32_NOPAD, BASE64, BASE64_NOPAD, HEXLOWER, HEXUPPER};

/// What may stand in the answer of one command alone.
fn belongs(told: &Told, secret: &str) -> bool {
    let command = |name: &str| told.line.starts_with(name);
    issues_emergency_codes(told)
        && !told.line.contains("--output")
        && told.emergency_codes().iter().any(|code| code == secret)
        || command("activation new") && told.exit == 0 && told.code() == secret
        || command("check") && matches!(told.exit, 10 | 11) && told.ticket() == secret
}

fn issues_emergency_codes(told: &Told) -> bool {
    told.exit == 0 && (told.line.starts_with("emergency new") || told.line.contains("--emergency"))
}

/// Every seed of the demonstration's files, as its bytes.
fn seeds() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = (103_142_718..=103_142_722).map(|serial: i64| seed(&serial.to_string())).collect();
    let column = |file: &str, index: usize| -> Vec<String> {
        let text = std::fs::read_to_string(format!("fixtures/seeds/{file}")).unwrap();
        let rows = text.lines().skip(1).map(|line| line.split(',').nth(index).unwrap().to_owned());
        rows.collect()
    };
    all.extend(column("entra-demo.csv", 2).iter().map(|cell| BASE32.decode(cell.as_bytes()).unwrap()));
    all.extend(column("oath-demo.csv", 1).iter().map(|cell| HEXLOWER.decode(cell.as_bytes()).unwrap()));
    assert_eq!(all.len(), 15);
    all
}

/// A secret of bytes, in every way in which it could be written.
fn spellings(bytes: &[u8]) -> Vec<String> {
    vec![
        HEXLOWER.encode(bytes),
        HEXUPPER.encode(bytes),
        BASE32_NOPAD.encode(bytes),
        BASE32_NOPAD.encode(bytes).to_lowercase(),
        BASE64.encode(bytes),
        BASE64_NOPAD.encode(bytes),
    ]
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// Does everything that takes a secret, right and wrong, by stdin and at a terminal.
fn live(world: &World, form: &str) {
    guide::follow(world, form);
    let line = |line: &str| format!("{line}{form}");
    for file in ["entra-demo.csv", "oath-demo.csv", "bad-seed-not-base64.xml", "bad-seed-not-hex.csv"] {
        world.run(&line(&format!("import fixtures/seeds/{file}")));
    }
    for file in ["bad-serial-twice.xml", "bad-seed-not-base32.csv", "bad-truncated.xml", "bad-weak-seed.xml"] {
        world.run(&line(&format!("import fixtures/seeds/{file}")));
    }
    world.feed(&line("import -"), &std::fs::read("fixtures/seeds/bad-seed-in-serial-column.csv").unwrap());
    let psk = std::fs::read("fixtures/seeds/pskc-preshared-wrong.key").unwrap();
    world.lay("psk", &psk);
    world.run(&line("import fixtures/seeds/pskc-preshared-demo.xml --psk-file TMP/psk"));
    world.advance(600);
    world.pipe(&line("check jdupont"), &["8306915274"]).exits(1);
    world.pipe(&line("check nobody"), &["8306915274"]).exits(1);
    world.pipe(&line("check jdupont --ticket"), &["9f8e7d6c5b4a39281706f5e4d3c2b1a0", "915274"]).exits(1);
    world.pipe(&line("pin set jdupont --ticket"), &["9f8e7d6c5b4a39281706f5e4d3c2b1a0", "8306", "8306"]);
    world.pipe(&line("activate jdupont 103142718"), &["zzyyxxww"]);
    world.pipe(&line("key resync jdupont"), &["830691", "527483"]);
    world.run(&line("user add amartin --name 'Anne Martin' --establishment 0860034V")).exits(0);
    world.run(&line("key assign 103142719 amartin")).exits(0);
    let issued = world.run(&line("activation new amartin")).exits(0).code();
    world.sit(&line("activate amartin 103142719"), vec![(0, issued)]).exits(0);
    let now = START + 75 + 60 + 3_600 + 60 + 3_600 + 600;
    let first = code("103142719", now, 0);
    let then = code("103142719", now + 60, 0);
    let typed = ["8888", "8888", "8306", "8306"].map(|pin| (0, pin.to_owned()));
    let mut lines = vec![(0, first)];
    lines.extend(typed);
    lines.push((60, format!("8306{then}")));
    world.sit(&line("check amartin"), lines).exits(0);
    world.advance(60);
    let codes = world.run(&line("emergency new amartin")).exits(0).emergency_codes();
    world.pipe(&line("check amartin"), &[&format!("8306{}", codes[0])]).exits(0);
    world.pipe(&line("check amartin"), &[&format!("8306{}", codes[0])]).exits(1);
    world.pipe(&line("check amartin"), &[&format!("9417{}", codes[1])]).exits(1);
    world.run(&line("emergency new amartin --output TMP/codes")).exits(0);
    world.run(&line("key lost 103142719 --emergency")).exits(0);
    world.run(&line("emergency list")).exits(0);
    world.run(&line("user show amartin")).exits(0);
    world.run(&line("key show 103142719")).exits(0);
    world.run(&line("emergency revoke amartin")).exits(0);
    for list in ["key list", "key show 103142718", "user list", "activation list", "batch show 1", "audit list"] {
        world.run(&line(list)).exits(0);
    }
    world.run(&line("check jdupont 8306915274")).exits(64);
    world.run(&line("activate jdupont 103142718 zzyyxxww")).exits(64);
}

/// What was typed or issued in secret, longest first; the line itself is what a person typed openly.
fn typed(world: &World) -> Vec<String> {
    let told = world.told.borrow();
    let mut all: Vec<String> = told.iter().flat_map(|told| told.typed.clone()).filter(|text| text.len() >= 4).collect();
    let joined: Vec<String> =
        all.iter().filter(|text| matches!(text.len(), 10 | 12)).map(|text| text[4..].to_owned()).collect();
    all.extend(joined);
    all.extend(told.iter().filter(|told| told.line.starts_with("activation new") && told.exit == 0).map(Told::code));
    let issued = told.iter().filter(|told| issues_emergency_codes(told) && !told.line.contains("--output"));
    all.extend(issued.flat_map(Told::emergency_codes));
    let written = std::fs::read_to_string(world.beside("codes")).unwrap();
    assert_eq!(written.lines().count(), 10);
    all.extend(written.lines().map(str::to_owned));
    all.push(PIN.to_owned());
    all.sort();
    all.dedup();
    all
}

#[test]
fn no_secret_reaches_the_streams() {
    for (lang, form) in [("fr_FR.UTF-8", ""), ("C", ""), ("C", " -o json"), ("fr", " --verbose")] {
        let world = World::empty(lang);
        live(&world, form);
        let mut secrets = typed(&world);
        assert!(secrets.len() > 20, "{secrets:?}");
        secrets.extend(seeds().iter().flat_map(|seed| spellings(seed)));
        let key = std::fs::read_to_string(world.home().join("vault.key")).unwrap();
        secrets.push(key.trim().rsplit(':').next().unwrap().to_owned());
        let psk = std::fs::read_to_string("fixtures/seeds/pskc-preshared-wrong.key").unwrap();
        secrets.push(psk.trim().to_owned());
        for told in world.told.borrow().iter() {
            let heard = told.heard();
            for secret in &secrets {
                assert!(!heard.contains(secret.as_str()) || belongs(told, secret), "{secret} in {}", told.shown());
            }
        }
    }
}

#[test]
fn no_secret_lies_open_in_the_files_of_the_database() {
    let world = World::empty("C");
    live(&world, "");
    // Held open by a reader, the journal stays: it is looked into as well.
    let database = world.home().join("cleotp.db");
    let reader = rusqlite::Connection::open(&database).unwrap();
    let logins: i64 = reader.query_row("SELECT count(*) FROM users", [], |row| row.get(0)).unwrap();
    assert_eq!(logins, 2);
    world.pipe("check jdupont", &["8306915274"]).exits(1);
    let mut secrets: Vec<Vec<u8>> = typed(&world).into_iter().map(String::into_bytes).collect();
    for told in world.told.borrow().iter().filter(|told| matches!(told.exit, 10 | 11)) {
        secrets.push(HEXLOWER.decode(told.ticket().as_bytes()).unwrap());
    }
    for seed in seeds() {
        secrets.extend(spellings(&seed).into_iter().map(String::into_bytes));
        secrets.push(seed);
    }
    let key = std::fs::read_to_string(world.home().join("vault.key")).unwrap();
    let key = key.trim().rsplit(':').next().unwrap();
    secrets.extend([key.as_bytes().to_vec(), HEXLOWER.decode(key.as_bytes()).unwrap()]);
    let mut looked = 0;
    for name in ["cleotp.db", "cleotp.db-wal"] {
        let bytes = std::fs::read(world.home().join(name)).unwrap();
        looked += bytes.len();
        for secret in &secrets {
            assert!(!contains(&bytes, secret), "{} in {name}", String::from_utf8_lossy(secret));
        }
    }
    let holds = |text: &str| contains(&std::fs::read(&database).unwrap(), text.as_bytes());
    assert!(looked > 50_000 && holds(LOGIN) && holds(SERIAL), "the looking itself finds what is there");
}

#[test]
fn d11_of_a_file_that_was_no_delivery_nothing_is_repeated() {
    for (lang, form) in [("fr_FR.UTF-8", ""), ("C", " -o json"), ("C", " --verbose")] {
        let world = World::furnished(lang);
        let shadow = "root:$6$Zq8xCanaryA1$kQ7pWv3nL0CanaryB2u:19000:0:99999:7:::\nclt:!*Kp4CanaryC3zz:19001::::::\n";
        let key = std::fs::read_to_string(world.home().join("vault.key")).unwrap();
        let key = key.trim().rsplit(':').next().unwrap().to_owned();
        let cut = "serial,secret\n77001240,4459cb2b9ea4351604d2ec9d0dd24ff6be008d4\n77001241,4459cb2b9ea4351604d2ec9d0dd24fzz\n";
        let pem = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\nAAAAEbm9uZQAAAAAAAAABAAAB\n-----END OPENSSH PRIVATE KEY-----\n";
        world.lay("shadow", shadow.as_bytes());
        world.lay("cut.csv", cut.as_bytes());
        world.lay("id", pem.as_bytes());
        world.lay("list.csv", format!("login,name,uai\n{shadow}").as_bytes());
        let lines = [
            "import TMP/shadow",
            "import --format oath-csv TMP/shadow",
            "import --format entra-csv TMP/shadow",
            "import HOME/vault.key",
            "import --format oath-csv HOME/vault.key",
            "import TMP/cut.csv",
            "import --partial TMP/cut.csv",
            "import TMP/id",
            "import fixtures/seeds/pskc-preshared-demo.xml --psk-file HOME/vault.key",
            "import fixtures/seeds/pskc-preshared-demo.xml --psk-file TMP/id",
        ];
        let canaries =
            ["Zq8xCanaryA1", "kQ7pWv3nL0CanaryB2u", "Kp4CanaryC3zz", "4459cb2b9ea43516", "b3BlbnNzaC1r", "AAAAEbm9u"];
        let pieces: Vec<&str> = canaries.into_iter().chain([&key[..16], &key[key.len() - 16..]]).collect();
        world.forget();
        for line in lines {
            let told = world.run(&format!("{line}{form}"));
            assert!(matches!(told.exit, 1 | 65 | 66 | 78), "{}", told.shown());
        }
        world.run("user import TMP/shadow").exits(65);
        for told in world.told.borrow().iter() {
            let heard = format!("{}{}", told.out, told.err);
            for piece in &pieces {
                assert!(!heard.contains(piece), "{piece} in {}", told.shown());
            }
        }
        for name in ["cleotp.db", "cleotp.db-wal"] {
            let bytes = std::fs::read(world.home().join(name)).unwrap_or_default();
            for piece in &pieces {
                assert!(!contains(&bytes, piece.as_bytes()), "{piece} in {name}");
            }
        }
    }
}
