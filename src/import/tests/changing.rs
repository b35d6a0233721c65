//! Files that change while they are read.

use super::*;

/// A file that is written to between the two readings.
struct Rewritten {
    readings: usize,
    bytes: std::io::Cursor<Vec<u8>>,
}

impl std::io::Read for Rewritten {
    fn read(&mut self, target: &mut [u8]) -> std::io::Result<usize> {
        self.bytes.read(target)
    }
}

impl std::io::Seek for Rewritten {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.readings += 1;
        if self.readings > 2 {
            // Once to survey it, once to recognise it: now for its keys.
            let bytes = self.bytes.get_mut();
            *bytes = String::from_utf8(bytes.clone()).unwrap().replace("60", "30").into_bytes();
        }
        self.bytes.seek(to)
    }
}

#[test]
fn d12_a_file_that_changes_while_it_is_read_is_refused() {
    for name in ["pskc-demo.xml", "entra-demo.csv"] {
        let mut source = Rewritten { readings: 0, bytes: std::io::Cursor::new(fixture(name)) };
        let survey = survey(&mut source).unwrap();
        let options = SieveOptions { allow_weak_seeds: false, partial: false, now: NOW };
        let mut codes = Vec::new();
        let done = read(&mut source, &survey, None, &Guidance::default(), options, &mut |item| {
            if let Sifted::Refused(finding) = item {
                codes.push(finding.problem.code());
            }
        });
        assert!(done.is_ok());
        assert_eq!(codes, ["file-changed"], "{name}");
    }
}

/// A file that is another one during one of its readings, and then what it was.
struct Flickering {
    readings: usize,
    other_at: usize,
    bytes: std::io::Cursor<Vec<u8>>,
}

const HEX_ONLY: &str = "7001,3132333435363738393031323334353637383930\n7002,3132333435363738393031323334353637383931\n";
const MIXED: &str = "7001,3132333435363738393031323334353637383930\n7002,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n";

impl std::io::Read for Flickering {
    fn read(&mut self, target: &mut [u8]) -> std::io::Result<usize> {
        self.bytes.read(target)
    }
}

impl std::io::Seek for Flickering {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.readings += 1;
        *self.bytes.get_mut() = if self.readings == self.other_at { MIXED } else { HEX_ONLY }.into();
        self.bytes.seek(to)
    }
}

#[test]
fn d12_a_list_that_changes_while_its_columns_are_looked_at_is_refused_as_changed_and_not_for_what_it_was_then() {
    let (mut changed, mut read_as_it_is) = (0, 0);
    for other_at in 2..=6 {
        let mut source = Flickering { readings: 0, other_at, bytes: std::io::Cursor::new(HEX_ONLY.into()) };
        let survey = survey(&mut source).unwrap();
        let options = SieveOptions { allow_weak_seeds: true, partial: false, now: NOW };
        let (mut codes, mut keys) = (Vec::new(), 0);
        let done = read(&mut source, &survey, None, &Guidance::default(), options, &mut |item| match item {
            Sifted::Refused(finding) => codes.push(finding.problem.code()),
            Sifted::Key(..) => keys += 1,
            _ => {}
        });
        assert!(done.is_ok());
        match codes.as_slice() {
            // The beginning was looked at, to recognise it; or it was not read as often.
            [] if keys == 2 => read_as_it_is += 1,
            ["file-changed"] => changed += 1,
            codes => panic!("{other_at}: {codes:?}, {keys} keys"),
        }
    }
    // Once for its columns, once for its keys.
    assert_eq!((changed, read_as_it_is), (2, 3));
}
