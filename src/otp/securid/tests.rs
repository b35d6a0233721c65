use super::*;
use crate::clock::UtcTime;
use std::io::Write;
use std::process::{Command, Stdio};

const A: &str = "0cd1105cd1aafd893e89f1eb7b800dd8";
const B: &str = "78d1b841b3644c324065f4fd571ebf32";
const C: &str = "0f3f7439c2f122e0443ca8ea9bc263a7";
const D: &str = "834aaddd6033ccf86caf0784b54faf69";

/// Codes that stoken and python-securid publish: seed, serial, time, period, digits, code; where theirs had a PIN added, it is
/// taken off again.
const PUBLISHED: [(&str, &str, i64, i64, u8, &str); 11] = [
    (A, "584917508172", 1_409_757_465, 60, 8, "65366536"),
    (A, "584917508172", 1_410_710_132, 60, 8, "27956399"),
    (B, "000700210231", 1_650_391_605, 60, 6, "890399"),
    (C, "530965299048", 978_310_861, 60, 8, "27857231"),
    (C, "530965299048", 0, 60, 8, "72730214"),
    (D, "127456102283", 1_700_000_000, 60, 8, "31916369"),
    (D, "127456102283", 1_700_000_030, 60, 8, "31916369"),
    (D, "127456102283", 1_700_000_060, 60, 8, "08741823"),
    (D, "127456102283", 1_700_000_000, 30, 6, "741823"),
    (D, "127456102283", 1_700_000_030, 30, 6, "796610"),
    (D, "127456102283", 1_700_000_060, 30, 6, "929378"),
];

fn seed(bytes: &[u8]) -> Seed {
    Seed::new(Zeroizing::new(bytes.to_vec())).unwrap()
}

fn serial(text: &str) -> Serial {
    text.parse().unwrap()
}

fn works(hex: &str, number: &str, period: i64) -> Works {
    Works::new(&seed(&HEXLOWER.decode(hex.as_bytes()).unwrap()), &serial(number), Period::new(period).unwrap()).unwrap()
}

fn shown(works: &mut Works, time: i64, digits: u8) -> String {
    let digits = Digits::new(digits).unwrap();
    let step = Step::at(UtcTime::from_epoch(time), works.period);
    works.show(step, digits).unwrap().expose(digits).to_string()
}

#[test]
fn the_published_codes_are_computed() {
    for (hex, number, time, period, digits, code) in PUBLISHED {
        assert_eq!(shown(&mut works(hex, number, period), time, digits), code, "{number} at {time}");
    }
}

#[test]
fn nine_digits_and_twelve_with_zeroes_in_front_show_the_same_codes() {
    let mut on_the_back = works(B, "700210231", 60);
    assert_eq!(shown(&mut on_the_back, 1_650_391_605, 6), "890399");
    // All that is stored of a serial is what is on the back, and shorter ones are padded.
    assert_eq!(last_digits(&serial("000700210231")), last_digits(&serial("700210231")));
    assert_eq!(last_digits(&serial("42")), Some([0, 0, 0, 0x42]));
}

#[test]
fn the_codes_of_a_window_are_the_same_in_any_order() {
    let (mut forward, digits) = (works(D, "127456102283", 30), Digits::SIX);
    for step in 56_666_600..56_666_700 {
        let one_after_the_other = forward.show(Step::new(step), digits).unwrap();
        let alone = works(D, "127456102283", 30).show(Step::new(step), digits).unwrap();
        assert!(bool::from(one_after_the_other.matches(&alone)), "{step}");
    }
    let mut backward = works(D, "127456102283", 30);
    for step in (56_666_600..56_666_700).rev() {
        let one = backward.show(Step::new(step), digits).unwrap();
        assert!(bool::from(one.matches(&forward.show(Step::new(step), digits).unwrap())), "{step}");
    }
}

#[test]
fn what_no_such_key_has_shows_nothing() {
    let good = || seed(&[7; 16]);
    assert!(Works::new(&good(), &serial("103142718"), Period::MINUTE).is_some());
    for bytes in [15, 17, 20, 32] {
        assert!(Works::new(&seed(&vec![7; bytes]), &serial("103142718"), Period::MINUTE).is_none());
    }
    for number in ["103142718#1", "A03142718", "1031427180000", "10-3142718"] {
        assert!(Works::new(&good(), &serial(number), Period::MINUTE).is_none(), "{number}");
    }
    for seconds in [10, 20, 45, 90, 120, 300] {
        assert!(Works::new(&good(), &serial("103142718"), Period::new(seconds).unwrap()).is_none(), "{seconds}");
    }
    let mut works = Works::new(&good(), &serial("103142718"), Period::MINUTE).unwrap();
    // The last minute of the year 9999, and what lies outside.
    let last = 253_402_300_799 / 60;
    assert!(works.show(Step::new(last), Digits::SIX).is_some());
    for step in [Step::NEVER, Step::new(i64::MIN), Step::new(last + 1), Step::new(i64::MAX)] {
        assert!(works.show(step, Digits::SIX).is_none(), "{step:?}");
    }
}

/// Runs stoken with words and a standard input; `None` when it is not installed.
fn stoken(words: &[&str]) -> Option<String> {
    let answer = Command::new("stoken").args(words).stdin(Stdio::null()).output().ok()?;
    assert!(answer.status.success(), "{words:?} {answer:?}");
    Some(String::from_utf8(answer.stdout).unwrap().trim().to_owned())
}

/// A token that stoken made up: the text it knows it by, and the same key as we have it.
struct Peer {
    text: String,
    works: Works,
    digits: u8,
}

impl Peer {
    fn made_up(serial: &str, digits: u8, period: i64) -> Option<Self> {
        let mut template = tempfile::NamedTempFile::new().unwrap();
        write!(
            template,
            "<TKNBatch><TKNHeader><DefDigits>{digits}</DefDigits><DefInterval>{period}</DefInterval>\
             <DefAddPIN>0</DefAddPIN><DefLocalPIN>0</DefLocalPIN></TKNHeader><TKN><SN>{serial}</SN></TKN></TKNBatch>"
        )
        .unwrap();
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let template = format!("--template={}", template.path().display());
        file.write_all(stoken(&["--random", "export", "--sdtid", &template])?.as_bytes()).unwrap();
        let file = format!("--file={}", file.path().display());
        let told = stoken(&[&file, "show", "--seed"])?;
        let field = |name: &str| {
            let line = told.lines().find(|line| line.starts_with(name)).unwrap();
            line.split_once(": ").unwrap().1.replace(' ', "")
        };
        assert_eq!(
            (field("Serial number"), field("Tokencode digits"), field("Seconds per tokencode")),
            (format!("{serial:0>12}"), digits.to_string(), period.to_string())
        );
        let works = works(&field("Decrypted seed"), serial, period);
        Some(Self { text: format!("--token={}", stoken(&[&file, "export"])?), works, digits })
    }

    fn compare(&mut self, time: i64) {
        let expected = stoken(&[&self.text, &format!("--use-time={time}"), "tokencode", "--force"]).unwrap();
        assert_eq!(shown(&mut self.works, time, self.digits), expected, "{} at {time}", self.text);
    }
}

/// Moments at which calendars go wrong: leap days and the days that are none, ends of years, and the seconds around.
const ODD_DAYS: [i64; 10] = [
    951_782_400,   // 2000-02-29
    951_868_799,   // 2000-02-29, last second
    1_709_164_800, // 2024-02-29
    1_709_251_200, // 2024-03-01
    1_740_787_199, // 2025-02-28, last second
    1_735_689_599, // 2024-12-31, last second
    1_483_228_799, // 2016-12-31, the second before which a leap second was inserted
    2_147_483_648, // 2038-01-19, beyond 31 bits
    4_107_542_399, // 2100-02-28, last second: no leap year
    4_107_542_400, // 2100-03-01
];

#[test]
fn two_thousand_codes_are_those_of_stoken() {
    const PEERS: usize = 20;
    const TIMES: i64 = 100;
    let peers: Option<Vec<Peer>> = (0..PEERS)
        .map(|number| {
            let serial = ["103142718", "000103142718", "584917508172", "42"][number % 4];
            Peer::made_up(serial, [6, 8][number % 2], [30, 60][number / 2 % 2])
        })
        .collect();
    let Some(mut peers) = peers else {
        println!("skipped for want of stoken");
        return;
    };
    let compared = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for some in peers.chunks_mut(PEERS / 4) {
            scope.spawn(|| {
                for (number, peer) in some.iter_mut().enumerate() {
                    // Times that follow from the round: the same at every run, and all over the range.
                    let spread = |round: i64| (round * 1_299_709 + number as i64 * 86_243) * 30_011 % 4_200_000_000;
                    for time in ODD_DAYS.into_iter().chain((ODD_DAYS.len() as i64..TIMES).map(spread)) {
                        peer.compare(time);
                        compared.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    }
                }
            });
        }
    });
    assert_eq!(compared.into_inner(), 2_000);
}
