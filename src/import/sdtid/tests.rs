use super::super::tests::{fixture, outcome_of, told};
use super::*;
use crate::clock::UtcTime;
use crate::otp::{self, Algorithm, Step};
use std::fmt::Write;
use std::io::Write as _;
use std::process::{Command, Stdio};

fn passphrase(text: &str) -> Guidance {
    let mut guidance = Guidance::default();
    guidance.unlock.give_passphrase(text.as_bytes().to_vec().into());
    guidance
}

/// Says of each key its serial, seed, digits, period and last day.
fn keys(file: &str, guidance: &Guidance) -> Vec<String> {
    let outcome = outcome_of(&fixture(file), guidance);
    let key = |key: &SeedRecord| {
        assert_eq!(key.parameters.algorithm, Algorithm::SecurId);
        let last = key.validity.not_after.map_or(0, UtcTime::epoch_seconds);
        let seed = data_encoding::HEXLOWER.encode(key.seed.expose());
        let (digits, period) = (key.parameters.digits.get(), key.parameters.period.seconds());
        format!("{} {seed} {digits} {period} {last}", key.serial)
    };
    outcome.keys.iter().map(key).collect()
}

#[test]
fn a_batch_gives_each_key_its_own_fields_and_those_of_the_header() {
    // The seeds are those that stoken decrypts, one key at a time.
    assert_eq!(
        keys("sdtid-batch.xml", &Guidance::default()),
        [
            "103142719 aac37a463749fd0792e28c459dcf39be 6 60 2024783999",
            "103142720 77e2cc99dead696dab98ad78d03c082b 8 30 2024783999",
            "103142721 dbe46a76267febda6f6cee5f60651940 6 60 1798761599",
        ]
    );
    assert_eq!(
        keys("sdtid-fob.xml", &Guidance::default()),
        ["103142718 d24f0ba830f4cedeaaca83b7ec90ee62 6 60 2024783999"]
    );
}

#[test]
fn short_lines_are_hashed_where_the_first_program_put_them() {
    assert_eq!(
        keys("sdtid-mac-align.xml", &Guidance::default()),
        ["103142722 68f753c9730d3083ebbba6c5ce95704c 6 60 2024783999"]
    );
}

#[test]
fn a_wrong_or_missing_passphrase_is_one_finding_and_one_too_many_does_no_harm() {
    let told = |file: &str, guidance: &Guidance| told(&outcome_of(&fixture(file), guidance));
    assert_eq!(told("sdtid-passphrase.xml", &Guidance::default()), "0 keys; 3:3 passphrase-needed");
    assert_eq!(told("sdtid-passphrase.xml", &passphrase("Vélo & café <4")), "0 keys; 3:3 wrong-passphrase");
    let given = passphrase(&String::from_utf8(fixture("sdtid-passphrase.key")).unwrap());
    assert_eq!(told("sdtid-passphrase.xml", &given), "1 keys; ");
    assert_eq!(keys("sdtid-passphrase.xml", &given), ["103142718 6e4fd05bae3388e10bfe2db59033d9e6 6 60 2024783999"]);
    assert_eq!(told("sdtid-fob.xml", &given), "1 keys; ");
}

/// Replaces text in a fixture, once.
fn altered(file: &str, from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(fixture(file)).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replace(from, to).into_bytes()
}

#[test]
fn every_character_that_a_mac_covers_counts() {
    let told = |bytes: &[u8]| told(&outcome_of(bytes, &Guidance::default()));
    let text = String::from_utf8(fixture("sdtid-fob.xml")).unwrap();
    let header = text.find("<TKNHeader>").unwrap()..text.find("    <HeaderMAC>").unwrap();
    let token = text.find("<TKN>").unwrap()..text.find("    <TokenMAC>").unwrap();
    let mut changes = 0;
    for (range, expected) in [(header, "header-altered"), (token, "token-altered")] {
        for (at, _) in text[range.clone()].match_indices("</").map(|(at, tag)| (at + range.start, tag)) {
            let name = text[at + 2..].split('>').next().unwrap();
            let expected = match name {
                "TKNHeader" | "TKN" | "TokenAttributes" => continue,
                // What goes into the keys spoils both MACs.
                "Origin" | "Dest" | "Name" => "passphrase-needed",
                "Secret" => "seed-incomplete",
                _ => expected,
            };
            // One more character at the end of the leaf.
            let answer = told(format!("{}x{}", &text[..at], &text[at..]).as_bytes());
            assert!(answer.contains(expected), "{name}: {answer}");
            changes += 1;
        }
    }
    assert_eq!(changes, 35);
    let blank = altered("sdtid-fob.xml", "<UserLogin> </UserLogin>", "<UserLogin></UserLogin>");
    assert!(told(&blank).ends_with("token-altered"));
}

#[test]
fn of_a_batch_only_the_key_with_two_serials_is_left_out() {
    for (serial, line) in [("000103142719", 35), ("103142720", 47), ("103142721", 61)] {
        let element = format!("<SN>{serial}</SN>");
        let twice = altered("sdtid-batch.xml", &element, &format!("{element}<SN>7</SN>"));
        let outcome = told(&outcome_of(&twice, &Guidance::default()));
        let (keys, finding) = outcome.split_once("; ").unwrap();
        assert_eq!(keys, "2 keys", "{outcome}");
        assert!(finding.starts_with(&format!("{line}:")) && finding.ends_with(" element-twice"), "{outcome}");
    }
}

#[test]
fn a_securid_key_has_six_or_eight_digits() {
    assert_eq!(
        told(&outcome_of(&fixture("bad-sdtid-digits-7.xml"), &Guidance::default())),
        "0 keys; 14:5 securid-digits"
    );
    assert_eq!(
        told(&outcome_of(&fixture("bad-sdtid-digits.xml"), &Guidance::default())),
        "0 keys; 14:5 securid-digits"
    );
}

#[test]
fn entities_and_comments_do_not_change_what_is_hashed() {
    let told = |bytes: &[u8]| told(&outcome_of(bytes, &Guidance::default()));
    for (from, to) in [
        ("<UserLogin>jdupont<", "<UserLogin>jdu&#x70;ont<"),
        ("<UserLogin>jdupont<", "<UserLogin>jdu<!-- between -->pont<"),
        ("<UserLogin>jdupont<", "<UserLogin><![CDATA[jdu]]>pont<"),
    ] {
        assert_eq!(told(&altered("sdtid-batch.xml", from, to)), "3 keys; ", "{to}");
    }
}

#[test]
fn a_batch_of_a_hundred_thousand_is_given_up_when_no_mac_fits() {
    let text = String::from_utf8(fixture("sdtid-passphrase.xml")).unwrap();
    let (start, end) = (text.find("  <TKN>").unwrap(), text.find("  <TKNTrailer>").unwrap());
    // What stands behind the hundredth token is not even XML.
    let many = format!("{}{}<<<", &text[..end], text[start..end].repeat(99));
    assert_eq!(told(&outcome_of(many.as_bytes(), &Guidance::default())), "0 keys; 3:3 passphrase-needed");
}

/// Runs stoken with words; `None` when it is not installed.
fn stoken(words: &[String]) -> Option<String> {
    let answer = Command::new("stoken").args(words).stdin(Stdio::null()).output().ok()?;
    assert!(answer.status.success(), "{words:?} {answer:?}");
    Some(String::from_utf8(answer.stdout).unwrap().trim().to_owned())
}

/// Texts that are hard on whoever reads XML, counts bytes, or trims.
const ODD: [&str; 12] = [
    "N/A",
    "RSA & fils <SARL>",
    "  blancs autour ",
    "é",
    "clé n° 7 — lycée « Jean Moulin »",
    "\"guillemets\" et 'apostrophes'",
    "a\tb",
    "quinze-octets-15",
    "exactement seize",
    "plus de trente-deux octets, et même un peu plus que cela",
    "日本語の名前",
    "]]> &amp; %41",
];

/// A file that stoken is to make up, by its number.
struct Wanted {
    number: usize,
    digits: u8,
    period: i64,
    serial: String,
    passphrase: Option<&'static str>,
}

impl Wanted {
    fn new(number: usize) -> Self {
        let serial = match number % 5 {
            0 => format!("{:09}", 103_142_718 + number),
            1 => format!("{:012}", 584_917_508_172 + number * 7_919),
            2 => format!("000{:09}", 103_142_718 + number),
            3 => number.to_string(),
            _ => format!(" {:010} ", 1_000_000_007 + number),
        };
        let passphrases =
            [None, Some("secret"), Some(ODD[number % ODD.len()]), Some("123456789012345678901234567890123")];
        let passphrase = passphrases[number / 3 % 4];
        Self { number, digits: [6, 8][number % 2], period: [60, 30][number / 2 % 2], serial, passphrase }
    }

    fn template(&self) -> String {
        let odd = |shift: usize| ODD[(self.number * 7 + shift) % ODD.len()];
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let mut token = format!("<SN>{}</SN>", self.serial);
        for (name, text) in
            [("UserFirstName", odd(1)), ("UserLastName", odd(2)), ("UserLogin", ["", " ", "x"][self.number % 3])]
        {
            write!(token, "<{name}>{}</{name}>", escaped(text)).unwrap();
        }
        // Lines of all lengths, so that some fit into a block that has begun.
        for (place, name) in ["AddPIN", "Mode", "Alg", "Keypad", "SmallWin", "PinType"].iter().enumerate() {
            let value = ["0", "0", "1", "0", "630", "1"][place];
            if (self.number >> place) & 1 == 1 {
                write!(token, "<{name}>{value}</{name}>").unwrap();
            }
        }
        format!(
            "<TKNBatch><TKNHeader><Origin>{}</Origin><Dest>{}</Dest><Name>{}</Name><DefDigits>{}</DefDigits>\
             <DefInterval>{}</DefInterval><DefAddPIN>0</DefAddPIN><DefLocalPIN>{}</DefLocalPIN></TKNHeader>\
             <TKN>{token}<TokenAttributes><Nickname>{}</Nickname></TokenAttributes></TKN></TKNBatch>",
            escaped(odd(3)),
            escaped(odd(4)),
            escaped(odd(5)),
            self.digits,
            self.period,
            self.number % 2,
            escaped(odd(6))
        )
    }

    /// Has stoken make up the file, and holds what we read in it against what stoken does; nothing without stoken.
    fn compare(&self) -> Option<()> {
        let mut template = tempfile::NamedTempFile::new().unwrap();
        template.write_all(self.template().as_bytes()).unwrap();
        let mut words = ["--random", "export", "--sdtid"].map(str::to_owned).to_vec();
        words.push(format!("--template={}", template.path().display()));
        words.extend(self.passphrase.map(|passphrase| format!("--new-password={passphrase}")));
        let text = stoken(&words)?;
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();

        let guidance = self.passphrase.map_or_else(Guidance::default, passphrase);
        let outcome = outcome_of(text.as_bytes(), &guidance);
        let [key] = outcome.keys.as_slice() else { panic!("{} {text}", told(&outcome)) };

        let mut words = vec![format!("--file={}", file.path().display())];
        words.extend(self.passphrase.map(|passphrase| format!("--password={passphrase}")));
        let shown = stoken(&[words.clone(), vec!["show".to_owned(), "--seed".to_owned()]].concat())?;
        let seed = shown.lines().find(|line| line.starts_with("Decrypted seed")).unwrap();
        let seed = seed.split_once(": ").unwrap().1.replace(' ', "");
        assert_eq!(data_encoding::HEXLOWER.encode(key.seed.expose()), seed, "{text}");
        assert_eq!((key.parameters.digits.get(), key.parameters.period.seconds()), (self.digits, self.period));
        if self.serial.contains(' ') {
            // Stoken computes codes with the blanks around a serial, and nobody has such a key.
            return Some(());
        }

        let time = self.number as i64 * 7_654_321 + 1_000_000_000;
        words.extend([format!("--use-time={time}"), "tokencode".to_owned(), "--force".to_owned()]);
        let step = Step::at(UtcTime::from_epoch(time), key.parameters.period);
        let code = otp::compute(&key.parameters, &key.serial, &key.seed, step).unwrap();
        assert_eq!(code.expose(key.parameters.digits).as_str(), stoken(&words)?, "{text}");
        Some(())
    }
}

#[test]
fn two_hundred_files_of_stoken_are_read_as_stoken_reads_them() {
    const THREADS: usize = 4;
    if Command::new("stoken").arg("--version").output().is_err() {
        println!("skipped for want of stoken");
        return;
    }
    let compared = std::sync::atomic::AtomicUsize::new(0);
    let compared = &compared;
    std::thread::scope(|scope| {
        for first in 0..THREADS {
            scope.spawn(move || {
                for number in (first..200).step_by(THREADS) {
                    Wanted::new(number).compare().unwrap();
                    compared.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(compared.load(std::sync::atomic::Ordering::Relaxed), 200);
}
