//! The readers, for the fuzzer (`fuzz/`), which must be able to call one by its name.

use super::{Format, Guidance, SieveOptions, Sifted, read, survey};
use crate::clock::UtcTime;

/// 2026-11-24T09:12:00Z.
const NOW: i64 = 1_795_511_520;

/// Gives the names of all formats.
pub fn formats() -> impl Iterator<Item = &'static str> {
    Format::all().map(Format::name)
}

/// Reads a file as a format, or as what it is found to be when that is no name of one, with the key and the passphrase of the
/// fixtures; gives the number of keys.
///
/// # Panics
/// When a finding has no place, or tells a seed of the file.
pub fn read_as(format: &str, bytes: &[u8], pre_shared: &[u8], passphrase: &[u8]) -> usize {
    let mut guidance = Guidance { stem: "delivery".to_owned(), ..Guidance::default() };
    guidance.unlock.give_pre_shared_key(pre_shared.to_vec().into());
    guidance.unlock.give_passphrase(passphrase.to_vec().into());
    let options =
        SieveOptions { allow_weak_seeds: false, partial: bytes.len() % 2 == 0, now: UtcTime::from_epoch(NOW) };
    let mut source = std::io::Cursor::new(bytes);
    let Ok(survey) = survey(&mut source) else { return 0 };
    let (mut seeds, mut findings) = (Vec::new(), Vec::new());
    let ended = read(&mut source, &survey, format.parse().ok(), &guidance, options, &mut |item| match item {
        Sifted::Key(record, _) => seeds.push(record.seed.expose().to_vec()),
        Sifted::Finding(finding) | Sifted::Refused(finding) => findings.push(finding),
        Sifted::Rejected(_) => {}
        Sifted::Anew => {
            seeds.clear();
            findings.clear();
        }
    });
    findings.extend(ended.err());
    let hex = |seed: &Vec<u8>| data_encoding::HEXLOWER.encode(seed);
    for finding in &findings {
        assert!(finding.line >= 1 && finding.column != Some(0), "a place that is none: {finding:?}");
        let told = format!("{:?}", finding.problem.arguments());
        let base64 = |seed: &Vec<u8>| data_encoding::BASE64.encode(seed);
        let is_told = |seed: &Vec<u8>| {
            seed.len() >= 10 && (told.to_lowercase().contains(&hex(seed)) || told.contains(&base64(seed)))
        };
        assert!(!seeds.iter().any(is_told), "a seed is told: {}", finding.problem.code());
    }
    seeds.len()
}
