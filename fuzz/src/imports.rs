//! Imports damaged copies of the fixtures, each through the whole program into a real database.
//!
//! No panic, nothing stored from a file that is refused, a line for every finding, and no piece of a secret in what is said.

#[path = "../../tests/cli/support.rs"]
#[allow(dead_code, clippy::all, reason = "it is the host of the tests, of which only a part is needed here")]
mod support;

use std::collections::BTreeSet;
use std::path::Path;
use support::World;

const FOLDER: &str = "fixtures/seeds";
/// How many imports one database sees before it is made anew.
const IMPORTS_IN_ONE: usize = 200;

/// Imports so many damaged files, in an order that a number gives.
///
/// # Panics
/// When one does what none may do; the file is kept.
pub fn run(number: usize, seed: u64) {
    let files = files();
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15 ^ seed);
    let (mut refused, mut taken) = (0, 0);
    let mut world = installed();
    for turn in 0..number {
        if turn % IMPORTS_IN_ONE == 0 {
            world = installed();
        }
        let (name, bytes) = &files[numbers.below(files.len())];
        let damaged = damaged(bytes, &mut numbers);
        match import(&world, name, bytes, &damaged) {
            0 => taken += 1,
            _ => refused += 1,
        }
    }
    println!("{number} damaged files: {refused} refused, {taken} imported");
    // Most damages are seen; those of a name or of a comment may pass.
    assert!(refused > number / 3 && taken > 0, "the damages are none");
}

/// Reads the fixtures, but for keys, and those whose iterations would be damaged into a million.
fn files() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in Path::new(FOLDER).read_dir().expect("the fixtures are there") {
        let path = entry.expect("a folder can be read").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if !name.ends_with(".key") && !name.contains("passphrase") && name != "rfc6030-figure-7.xml" {
            files.push((name, std::fs::read(path).expect("a fixture can be read")));
        }
    }
    files.sort();
    files
}

fn installed() -> World {
    let world = World::empty("fr");
    world.run("init").exits(0);
    world.lay("key", &std::fs::read(format!("{FOLDER}/pskc-preshared-demo.key")).expect("a fixture can be read"));
    world.lay("passphrase", &std::fs::read(format!("{FOLDER}/sdtid-passphrase.key")).expect("a fixture can be read"));
    world
}

fn import(world: &World, name: &str, original: &[u8], damaged: &[u8]) -> u8 {
    let path = world.lay(name, damaged);
    let (before, _) = world.dump();
    let told = world.run(&format!("import 'TMP/{name}' --psk-file TMP/key --passphrase-file TMP/passphrase -o json"));
    std::fs::remove_file(path).expect("a file can be removed");
    let keep = |why: &str| -> ! {
        std::fs::write("fuzz/artifacts/import", damaged).expect("a file can be written");
        panic!("{name}, damaged (kept in `fuzz/artifacts/import`): {why}\n{}", told.shown());
    };
    if !matches!(told.exit, 0 | 65) {
        keep("an exit status that is none of an import");
    }
    if told.exit == 65 && world.dump().0 != before {
        keep("something was stored of a file that was refused");
    }
    let json: serde_json::Value = serde_json::from_str(&told.out).unwrap_or_else(|_| keep("no JSON"));
    let findings = json["findings"].as_array().cloned().unwrap_or_default();
    if findings.iter().any(|finding| finding["line"].as_u64().unwrap_or(0) == 0 || finding["message"] == "") {
        keep("a finding without its line");
    }
    if told.exit == 65 && !findings.iter().any(|finding| finding["severity"] == "error") {
        keep("refused without a reason");
    }
    let (heard, pieces) = (told.heard(), pieces_of_secrets(original));
    // The hash of the file is told, and is no secret.
    let hash = json["files"][0]["sha256"].as_str().unwrap_or_default();
    let heard = if hash.is_empty() { heard } else { heard.replace(hash, "") };
    if let Some(piece) = heard.as_bytes().windows(16).find(|piece| pieces.contains(*piece)) {
        keep(&format!("a piece of a secret is told: {}", String::from_utf8_lossy(piece)));
    }
    world.forget();
    told.exit
}

/// Gives all pieces of 16 characters of what is long enough to be a seed or a key: shorter ones may be serials.
fn pieces_of_secrets(bytes: &[u8]) -> BTreeSet<Vec<u8>> {
    let text: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    text.split(|byte| !byte.is_ascii_alphanumeric())
        .filter(|run| run.len() >= 24 && run.iter().any(u8::is_ascii_digit))
        .flat_map(|run| run.windows(16).map(<[u8]>::to_vec))
        .collect()
}

/// Damages a file in one to four places: another byte, an end too early, one byte less or more, a piece twice.
fn damaged(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        match numbers.below(6) {
            0 if at < bytes.len() => bytes[at] = (numbers.below(256) & 255) as u8,
            1 if numbers.below(4) == 0 => bytes.truncate(at),
            2 if at < bytes.len() => drop(bytes.remove(at)),
            3 => bytes.insert(at, b"<>&\"';,\n\0\xff"[numbers.below(10)]),
            4 if at < bytes.len() && bytes[at].is_ascii_digit() => bytes[at] = b'0' + (numbers.below(10) & 15) as u8,
            _ => {
                let piece = bytes[at..(at + numbers.below(60)).min(bytes.len())].to_vec();
                let target = numbers.below(bytes.len());
                bytes.splice(target..target, piece);
            }
        }
    }
    bytes
}

/// Numbers in an order that is always the same (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % (end.max(1) as u64)) as usize
    }
}
