//! The configuration: `config.toml` of the home, every key optional and bounded.

mod reading;
mod shown;

pub use reading::{column_at, line_at, not_toml, read_file, read_text, seconds};
pub use shown::{Bounds, Shown, Value};

use super::contact;
use super::escape::cut;
use super::exit::Exit;
use super::failure::Failure;
use super::locale::Language;
use crate::clock::Seconds;
use crate::operator::Role;
use reading::{DAY, HOUR, MINUTE, is_span, span};
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::Spanned;

/// The most bytes of a file of settings.
pub const LARGEST_FILE: u64 = 64 * 1024;

const MEBIBYTE: u64 = 1024 * 1024;

/// How much work a PIN hash takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgonProfile {
    /// 4 MiB, 3 passes: a check under 20 ms.
    Fast,
    /// 7 MiB, 5 passes.
    Owasp,
}

/// What becomes of the locks that wrong codes bring while everybody fails at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MassFailureLocks {
    /// They lock as ever.
    Keep,
    /// They wait until somebody is accepted again.
    Suspend,
}

/// What an administrator may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language, unless an option asks for another.
    pub language: Option<Language>,
    /// How long an activation code lives.
    pub activation_lifetime: Seconds,
    /// How long the name of a user who left is kept.
    pub leavers_kept: Seconds,
    /// How long events are kept at least.
    pub audit_kept: Seconds,
    /// How long a ticket lives.
    pub ticket_lifetime: Seconds,
    /// How long a new PIN waits for its confirmation.
    pub provisional_pin_lifetime: Seconds,
    /// How long a PIN may be created after an activation.
    pub new_pin_after_activation: Seconds,
    /// How long a PIN may be created after a reset.
    pub new_pin_after_reset: Seconds,
    /// The fewest digits of a PIN.
    pub pin_min_digits: i64,
    /// The most digits of a PIN.
    pub pin_max_digits: i64,
    /// How many steps off a code asks for the next one.
    pub next_code_window: i64,
    /// How many steps off two codes are searched.
    pub resync_window: i64,
    /// How many codes ahead two codes of an event key are searched.
    pub resync_presses: i64,
    /// How many steps off three codes are searched.
    pub resync_window_three: i64,
    /// How many right codes with a wrong PIN lock a key.
    pub lock_after_wrong_pins: i64,
    /// How many wrong codes with a right PIN, in 30 days, lock a key.
    pub lock_after_wrong_codes: i64,
    /// Whether wrong codes lock a key while everybody fails.
    pub mass_failure_locks: MassFailureLocks,
    /// How much work a PIN hash takes.
    pub argon_profile: ArgonProfile,
    /// The largest file that is imported, in bytes.
    pub max_import_size: u64,
    /// The program that opens OpenPGP messages.
    pub gpg_program: Option<PathBuf>,
    /// The folder of its keys.
    pub gnupg_home: Option<PathBuf>,
    /// The spool that `doctor` looks at.
    pub spool: Option<PathBuf>,
    /// What the service account may do when nobody stands behind it, if not everything.
    pub cron_role: Option<Role>,
    /// Where holders activate their keys, for the slip.
    pub portal_address: Option<String>,
    /// Whom holders ask for help, for the slip.
    pub help_contact: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            activation_lifetime: Seconds::days(7),
            leavers_kept: Seconds::days(365),
            audit_kept: Seconds::days(365),
            ticket_lifetime: Seconds::minutes(5),
            provisional_pin_lifetime: Seconds::hours(1),
            new_pin_after_activation: Seconds::days(7),
            new_pin_after_reset: Seconds::hours(72),
            pin_min_digits: 4,
            pin_max_digits: 6,
            next_code_window: 10,
            resync_window: 720,
            resync_presses: 1_000,
            resync_window_three: 20_000,
            lock_after_wrong_pins: 8,
            lock_after_wrong_codes: 60,
            mass_failure_locks: MassFailureLocks::Keep,
            argon_profile: ArgonProfile::Fast,
            max_import_size: 256 * MEBIBYTE,
            gpg_program: None,
            gnupg_home: None,
            spool: None,
            cron_role: None,
            portal_address: None,
            help_contact: None,
        }
    }
}

/// What a key may hold, and where it goes.
#[derive(Clone, Copy)]
enum Kind {
    /// A text with a unit (`"7d"`), between two numbers of seconds.
    Span(i64, i64, fn(&mut Settings, Seconds)),
    /// A number between two.
    Count(i64, i64, fn(&mut Settings, i64)),
    /// A path from the root on.
    Path(fn(&mut Settings, PathBuf)),
    /// A text of a kind: what it must be, and the message that says so.
    Text(fn(&str) -> bool, &'static str, fn(&mut Settings, String)),
    /// One of some words.
    Choice(&'static [&'static str], fn(&mut Settings, &str)),
}

/// Every key that a file may hold.
const KEYS: [(&str, Kind); 25] = [
    ("language", Kind::Choice(&["fr", "en"], |to, word| to.language = Some(Language::asked_for_by(word)))),
    ("activation-lifetime", Kind::Span(10 * MINUTE, 30 * DAY, |to, span| to.activation_lifetime = span)),
    ("leavers-kept", Kind::Span(DAY, 365 * DAY, |to, span| to.leavers_kept = span)),
    // The CNIL asks for 6 to 12 months; an inquiry may need more.
    ("audit-kept", Kind::Span(183 * DAY, 1_096 * DAY, |to, span| to.audit_kept = span)),
    ("ticket-lifetime", Kind::Span(MINUTE, HOUR, |to, span| to.ticket_lifetime = span)),
    ("provisional-pin-lifetime", Kind::Span(10 * MINUTE, DAY, |to, span| to.provisional_pin_lifetime = span)),
    ("new-pin-after-activation", Kind::Span(HOUR, 30 * DAY, |to, span| to.new_pin_after_activation = span)),
    ("new-pin-after-reset", Kind::Span(HOUR, 30 * DAY, |to, span| to.new_pin_after_reset = span)),
    ("pin-min-digits", Kind::Count(4, 8, |to, number| to.pin_min_digits = number)),
    ("pin-max-digits", Kind::Count(4, 8, |to, number| to.pin_max_digits = number)),
    ("next-code-window", Kind::Count(1, 60, |to, number| to.next_code_window = number)),
    ("resync-window", Kind::Count(10, 1_440, |to, number| to.resync_window = number)),
    ("resync-presses", Kind::Count(10, 1_440, |to, number| to.resync_presses = number)),
    ("resync-window-three", Kind::Count(10, 20_000, |to, number| to.resync_window_three = number)),
    ("lock-after-wrong-pins", Kind::Count(3, 20, |to, number| to.lock_after_wrong_pins = number)),
    ("lock-after-wrong-codes", Kind::Count(10, 1_000, |to, number| to.lock_after_wrong_codes = number)),
    ("mass-failure-locks", Kind::Choice(&["keep", "suspend"], set_mass_failure_locks)),
    ("argon-profile", Kind::Choice(&["fast", "owasp"], set_argon_profile)),
    ("max-import-mebibytes", Kind::Count(1, 4_096, set_max_import_size)),
    ("gpg-program", Kind::Path(|to, path| to.gpg_program = Some(path))),
    ("gnupg-home", Kind::Path(|to, path| to.gnupg_home = Some(path))),
    ("spool", Kind::Path(|to, folder| to.spool = Some(folder))),
    ("cron-role", Kind::Choice(&["importer", "auditor", "verifier"], |to, word| to.cron_role = word.parse().ok())),
    ("portal-address", Kind::Text(contact::is_address, "config-address", |to, text| to.portal_address = Some(text))),
    ("help-contact", Kind::Text(contact::is_line, "config-line", |to, text| to.help_contact = Some(text))),
];

fn set_argon_profile(to: &mut Settings, word: &str) {
    to.argon_profile = if word == "owasp" { ArgonProfile::Owasp } else { ArgonProfile::Fast };
}

fn set_mass_failure_locks(to: &mut Settings, word: &str) {
    to.mass_failure_locks = if word == "suspend" { MassFailureLocks::Suspend } else { MassFailureLocks::Keep };
}

fn set_max_import_size(to: &mut Settings, mebibytes: i64) {
    to.max_import_size = u64::try_from(mebibytes).unwrap_or(0).saturating_mul(MEBIBYTE);
}

/// What a file of settings says.
#[derive(Debug, Default)]
pub struct Said {
    /// The settings, as far as they could be read.
    pub settings: Settings,
    /// The keys that were set, each with its line.
    pub keys: BTreeMap<&'static str, usize>,
    /// What is wrong, in the order of the file.
    pub flaws: Vec<Flaw>,
}

/// Something that is wrong in a file of settings.
#[derive(Debug)]
pub struct Flaw {
    /// What it is.
    pub failure: Failure,
    /// The key that it is about, as it was written, if it is about one.
    pub key: Option<String>,
    /// Where: its line and its column, from 1.
    pub place: (usize, usize),
}

impl Said {
    /// Reads the text of a `config.toml` to its end, whatever is wrong in it.
    pub fn of(text: &str) -> Self {
        let mut said = Self::default();
        let entries: BTreeMap<Spanned<String>, Spanned<toml::Value>> = match toml::from_str(text) {
            Ok(entries) => entries,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                said.flaws.push(Flaw { failure: not_toml(text, &error), key: None, place: place(text, at) });
                return said;
            }
        };
        let mut entries: Vec<_> = entries.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in entries {
            said.take(text, name, value);
        }
        let settings = &said.settings;
        if settings.pin_min_digits > settings.pin_max_digits {
            let line = ["pin-min-digits", "pin-max-digits"].iter().filter_map(|key| said.keys.get(key)).max().copied();
            let failure = Failure::new(Exit::Configuration, "config-pin-digits")
                .with("minimum", settings.pin_min_digits)
                .with("maximum", settings.pin_max_digits);
            said.flaws.push(Flaw { failure, key: None, place: (line.unwrap_or(1), 1) });
        }
        said
    }

    fn take(&mut self, text: &str, name: &Spanned<String>, value: &Spanned<toml::Value>) {
        let key = name.get_ref().as_str();
        let (at, failure) = match KEYS.iter().find(|(known, _)| *known == key) {
            None => {
                let at = name.span().start;
                let known = KEYS.map(|(known, _)| known).join(", ");
                let nearest = shown::nearest(key, KEYS.iter().map(|(known, _)| *known)).unwrap_or("none");
                (at, failed("config-unknown-key", text, at).with("known", known).with("nearest", nearest))
            }
            Some((known, kind)) => {
                let (at, value) = (value.span().start, value.get_ref());
                if kind.set(&mut self.settings, value).is_some() {
                    self.keys.insert(known, line_at(text, name.span().start));
                    return;
                }
                (at, kind.refusal(value, text, at))
            }
        };
        self.flaws.push(Flaw { failure: failure.with("key", cut(key)), key: Some(cut(key)), place: place(text, at) });
    }
}

impl Settings {
    /// Reads the text of a `config.toml`.
    ///
    /// # Errors
    /// A failure of configuration that names the line, the key and what it may hold.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let said = Said::of(text);
        said.flaws.into_iter().next().map_or(Ok(said.settings), |flaw| Err(flaw.failure))
    }
}

impl Kind {
    fn set(self, settings: &mut Settings, value: &toml::Value) -> Option<()> {
        match self {
            Self::Span(least, most, set) => {
                let seconds = seconds(value.as_str()?).filter(|seconds| (least..=most).contains(seconds))?;
                set(settings, Seconds::new(seconds));
            }
            Self::Count(least, most, set) => {
                set(settings, value.as_integer().filter(|number| (least..=most).contains(number))?);
            }
            Self::Path(set) => set(settings, value.as_str().map(PathBuf::from).filter(|path| path.is_absolute())?),
            Self::Text(is_one, _, set) => set(settings, value.as_str().filter(|text| is_one(text))?.trim().to_owned()),
            Self::Choice(words, set) => set(settings, value.as_str().filter(|word| words.contains(word))?),
        }
        Some(())
    }

    fn refusal(self, value: &toml::Value, text: &str, at: usize) -> Failure {
        match self {
            Self::Span(least, most, _) => {
                let is_span = value.as_str().is_some_and(is_span);
                let failure = failed(if is_span { "config-span" } else { "config-not-a-span" }, text, at);
                failure.with("least", span(least)).with("most", span(most))
            }
            Self::Count(least, most, _) => {
                let failure = failed(if value.is_integer() { "config-count" } else { "config-not-a-count" }, text, at);
                failure.with("least", least).with("most", most)
            }
            Self::Path(_) => failed("config-path", text, at),
            Self::Text(_, id, _) => failed(id, text, at).about("limit", contact::LONGEST),
            Self::Choice(words, _) => failed("config-choice", text, at).with("choices", words.join(", ")),
        }
    }
}

fn failed(id: &'static str, text: &str, at: usize) -> Failure {
    let (line, column) = place(text, at);
    Failure::new(Exit::Configuration, id).with("line", line).with("column", column)
}

/// Gives the line and the column, from 1, of an offset in bytes.
fn place(text: &str, at: usize) -> (usize, usize) {
    (line_at(text, at), column_at(text, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::locale::Words;
    use crate::cli::report::Format;

    fn refused(text: &str) -> String {
        Settings::parse(text).unwrap_err().render(&Words::of(Language::English), Format::Table)
    }

    #[test]
    fn an_empty_file_gives_the_defaults() {
        assert_eq!(Settings::parse("").unwrap(), Settings::default());
        assert_eq!(Settings::parse("# nothing\n").unwrap(), Settings::default());
    }

    #[test]
    fn every_key_is_read() {
        let text = "language = \"fr\"\nactivation-lifetime = \"2d\"\nticket-lifetime = \"120 s\"\npin-max-digits = 8\n\
                    mass-failure-locks = \"suspend\"\nargon-profile = \"owasp\"\nmax-import-mebibytes = 1\nnew-pin-after-reset = \"24h\"\n\
                    gpg-program = \"/opt/bin/gpg\"\ngnupg-home = \"/srv/keys\"\nspool = \"/var/spool/cleotp\"\n\
                    cron-role = \"importer\"\n\
                    portal-address = \"https://portail.example\"\nhelp-contact = \"05 49 00 00 00\"";
        let settings = Settings::parse(text).unwrap();
        assert_eq!(settings.language, Some(Language::French));
        assert_eq!(settings.activation_lifetime, Seconds::days(2));
        assert_eq!(settings.ticket_lifetime, Seconds::minutes(2));
        assert_eq!(settings.new_pin_after_reset, Seconds::days(1));
        assert_eq!(settings.pin_max_digits, 8);
        assert_eq!(settings.gpg_program, Some("/opt/bin/gpg".into()));
        assert_eq!(settings.gnupg_home, Some("/srv/keys".into()));
        assert_eq!(settings.cron_role, Some(Role::Importer));
        assert_eq!(settings.mass_failure_locks, MassFailureLocks::Suspend);
        assert_eq!(settings.argon_profile, ArgonProfile::Owasp);
        assert_eq!(settings.max_import_size, MEBIBYTE);
        assert_eq!(settings.spool, Some("/var/spool/cleotp".into()));
        assert_eq!(settings.portal_address.as_deref(), Some("https://portail.example"));
        assert_eq!(settings.help_contact.as_deref(), Some("05 49 00 00 00"));
    }

    #[test]
    fn a_wrong_value_is_told_with_its_line_its_key_and_its_bounds() {
        let cases = [
            ("\nactivation-lifetime = \"31d\"", ["2", "activation-lifetime", "10min", "30d"]),
            ("next-code-window = 61", ["1", "next-code-window", "1", "60"]),
            ("next-code-window = \"6\"", ["1", "next-code-window", "1", "60"]),
            ("next-code-window = 99999999999999999999", ["1", "column 20", "", ""]),
            ("activation-lifetime = 7", ["1", "activation-lifetime", "10min", "30d"]),
            ("language = \"fr\"\nlanguage = \"fr\"", ["2", "column 1", "", ""]),
            ("argon-profile = \"slow\"", ["1", "argon-profile", "fast", "owasp"]),
            ("activation-lifetme = \"1d\"", ["1", "activation-lifetme", "activation-lifetime", ""]),
        ];
        for (text, parts) in cases {
            let said = refused(text);
            assert!(parts.iter().all(|part| said.contains(part)), "{said}");
        }
        assert_eq!(Settings::parse("pin-min-digits = 7").unwrap_err().id(), "config-pin-digits");
        assert_eq!(Settings::parse("a = = b").unwrap_err().id(), "config-syntax");
        for (text, id) in [
            ("language = \"fr\"\nlanguage = \"fr\"", "config-key-twice"),
            ("pin-min-digits = 9223372036854775808", "config-number-too-large"),
            ("pin-min-digits = 99999999999999999999999999999999999999999999999", "config-number-too-large"),
            ("pin-min-digits = 9223372036854775807", "config-count"),
            ("pin-min-digits = true", "config-not-a-count"),
            ("ticket-lifetime = \"99999999999999999999d\"", "config-span"),
            ("ticket-lifetime = \"5\"", "config-not-a-span"),
            ("ticket-lifetime = \"min\"", "config-not-a-span"),
            ("spool = \"spool\"", "config-path"),
            ("spool = 1", "config-path"),
            ("portal-address = \"http://portail.example\"", "config-address"),
            ("portal-address = 1", "config-address"),
            ("help-contact = \" \"", "config-line"),
        ] {
            assert_eq!(Settings::parse(text).unwrap_err().id(), id, "{text}");
        }
        assert_eq!(Settings::parse("x = 1").unwrap_err().exit(), Exit::Configuration);
    }

    #[test]
    fn the_defaults_lie_within_the_bounds() {
        let settings = Settings::parse("pin-min-digits = 4\nticket-lifetime = \"300s\"\nresync-window-three = 20000");
        assert_eq!(settings.unwrap(), Settings::default());
    }
}
