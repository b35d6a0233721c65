//! `spool.toml`: what is said of the files of a spool, by patterns of their names. The first rule that fits is the one.

use crate::cli::escape::cut;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::settings::{self, column_at, line_at, not_toml, seconds};
use crate::clock::Seconds;
use crate::establishment::Uai;
use crate::host::files::{Account, SpoolFolder};
use crate::import::{Cipher, Columns, Format, SecretEncoding};
use glob::{MatchOptions, Pattern};
use std::ffi::OsStr;
use std::path::PathBuf;
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The name of the file.
pub const NAME: &str = "spool.toml";
/// How long a file rests before it is taken, unless the spool says otherwise.
const REST: Seconds = Seconds::new(10);
const LONGEST_REST: i64 = 86_400;

/// How names are compared: nobody means another file by other capitals.
const LOOSELY: MatchOptions =
    MatchOptions { case_sensitive: false, require_literal_separator: false, require_literal_leading_dot: false };

/// What is said of a spool.
pub struct Rules {
    /// How long a file rests before it is taken.
    pub min_age: Seconds,
    /// Whether files with seeds in clear are kept when they are in.
    pub keep_plain: bool,
    /// The accounts, beside this one and root, whose files are taken.
    pub owners: Vec<u32>,
    rules: Vec<Rule>,
}

impl Default for Rules {
    fn default() -> Self {
        Self { min_age: REST, keep_plain: false, owners: Vec::new(), rules: Vec::new() }
    }
}

/// What is said of the files of some names.
#[derive(Default)]
pub struct Rule {
    files: Vec<Pattern>,
    /// The file of the pre-shared key.
    pub psk_file: Option<PathBuf>,
    /// The file of the passphrase.
    pub passphrase_file: Option<PathBuf>,
    /// The format.
    pub format: Option<Format>,
    /// The cipher of the values that name none.
    pub cipher: Option<Cipher>,
    /// Where the keys go.
    pub establishment: Option<Uai>,
    /// How the seeds of a table are written.
    pub secret_encoding: Option<SecretEncoding>,
    /// What the columns of a table hold.
    pub columns: Option<Columns>,
    /// To how many digits shorter serials are filled up.
    pub pad_serial: Option<u8>,
    /// Values are taken that nothing protects from being altered.
    pub accept_unauthenticated: bool,
    /// Seeds that are too short, constant or published are taken.
    pub allow_weak_seeds: bool,
}

/// What may be said of a thing: its name, the message `spool-takes-…` that says what it takes, and where that goes.
type Key<T> = (&'static str, &'static str, fn(&mut T, &DeValue<'_>) -> Option<()>);

const OF_THE_SPOOL: [Key<Rules>; 4] = [
    ("min-age", "age", |rules, value| {
        let age = value.as_str().and_then(seconds).filter(|seconds| (0..=LONGEST_REST).contains(seconds))?;
        rules.min_age = Seconds::new(age);
        Some(())
    }),
    ("keep-plain", "flag", |rules, value| {
        rules.keep_plain = value.as_bool()?;
        Some(())
    }),
    ("owners", "owners", |rules, value| {
        rules.owners = value.as_array()?.iter().map(|owner| uid(owner.get_ref())).collect::<Option<_>>()?;
        Some(())
    }),
    // Taken before; here for the list of what there is.
    ("rule", "rules", |_, _| None),
];

const OF_A_RULE: [Key<Rule>; 11] = [
    ("files", "patterns", |rule, value| {
        rule.files = patterns(value)?;
        Some(())
    }),
    ("psk-file", "file", |rule, value| set(&mut rule.psk_file, path(value)?)),
    ("passphrase-file", "file", |rule, value| set(&mut rule.passphrase_file, path(value)?)),
    ("format", "format", |rule, value| set(&mut rule.format, parsed(value)?)),
    ("cipher", "cipher", |rule, value| set(&mut rule.cipher, parsed(value)?)),
    ("establishment", "uai", |rule, value| set(&mut rule.establishment, parsed(value)?)),
    ("secret-encoding", "encoding", |rule, value| set(&mut rule.secret_encoding, parsed(value)?)),
    ("columns", "columns", |rule, value| set(&mut rule.columns, parsed(value)?)),
    ("pad-serial", "digits", |rule, value| {
        let digits = u8::try_from(integer(value)?).ok().filter(|digits| (1..=40).contains(digits))?;
        set(&mut rule.pad_serial, digits)
    }),
    ("accept-unauthenticated", "flag", |rule, value| {
        rule.accept_unauthenticated = value.as_bool()?;
        Some(())
    }),
    ("allow-weak-seeds", "flag", |rule, value| {
        rule.allow_weak_seeds = value.as_bool()?;
        Some(())
    }),
];

fn set<T>(place: &mut Option<T>, value: T) -> Option<()> {
    *place = Some(value);
    Some(())
}

fn parsed<T: FromStr>(value: &DeValue<'_>) -> Option<T> {
    value.as_str()?.parse().ok()
}

fn path(value: &DeValue<'_>) -> Option<PathBuf> {
    value.as_str().filter(|path| !path.is_empty()).map(PathBuf::from)
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// Takes an account by its name or number.
fn uid(value: &DeValue<'_>) -> Option<u32> {
    match value.as_str() {
        Some(name) => Account::named(name).map(|account| account.uid),
        None => integer(value).and_then(|number| u32::try_from(number).ok()),
    }
}

/// Takes one pattern, or a list of some.
fn patterns(value: &DeValue<'_>) -> Option<Vec<Pattern>> {
    let pattern = |value: &DeValue<'_>| {
        // Only names are looked at: a pattern of folders would never fit.
        let text = value.as_str().filter(|text| !text.is_empty() && !text.contains('/'))?;
        Pattern::new(text).ok()
    };
    match value.as_array() {
        Some(list) => list.iter().map(|value| pattern(value.get_ref())).collect::<Option<Vec<_>>>(),
        None => pattern(value).map(|pattern| vec![pattern]),
    }
    .filter(|patterns| !patterns.is_empty())
}

impl Rules {
    /// Reads the file of a spool; where there is none, nothing is said of any.
    ///
    /// # Errors
    /// A failure of configuration with the line and column that are wrong.
    pub fn read(spool: &SpoolFolder) -> Result<Self, Failure> {
        let name = OsStr::new(NAME);
        settings::read_file(&spool.path_of(name), spool.read(name, settings::LARGEST_FILE), Self::parse)
    }

    /// Reads the text of the file.
    fn parse(text: &str) -> Result<Self, Failure> {
        let table = DeTable::parse(text).map_err(|error| not_toml(text, &error))?;
        let (listed, said): (Vec<_>, Vec<_>) =
            table.get_ref().iter().partition(|(name, value)| name.get_ref() == "rule" && value.get_ref().is_array());
        let mut rules = Self::default();
        fill(&mut rules, &OF_THE_SPOOL, text, said.into_iter())?;
        for value in listed.into_iter().filter_map(|(_, value)| value.get_ref().as_array()).flat_map(|list| list.iter())
        {
            let Some(table) = value.get_ref().as_table() else {
                return Err(refused("rule", "rules", text, value.span().start));
            };
            let mut rule = Rule::default();
            fill(&mut rule, &OF_A_RULE, text, table.iter())?;
            if rule.files.is_empty() {
                return Err(at(wrong("spool-rule-without-files"), text, value.span().start));
            }
            rules.rules.push(rule);
        }
        Ok(rules)
    }

    /// Gives what is said of a file: the first rule that fits its name.
    pub fn of(&self, name: &OsStr) -> Option<&Rule> {
        let name = name.to_string_lossy();
        self.rules.iter().find(|rule| rule.files.iter().any(|pattern| pattern.matches_with(&name, LOOSELY)))
    }

    /// Gives the files of secrets that the rules name.
    pub fn secret_files(&self) -> impl Iterator<Item = &PathBuf> {
        self.rules.iter().flat_map(|rule| rule.psk_file.iter().chain(&rule.passphrase_file))
    }
}

/// Takes what is said in a table.
fn fill<'t, T>(
    to: &mut T,
    keys: &[Key<T>],
    text: &str,
    said: impl Iterator<Item = (&'t Spanned<std::borrow::Cow<'t, str>>, &'t Spanned<DeValue<'t>>)>,
) -> Result<(), Failure> {
    for (name, value) in said {
        let key = name.get_ref().as_ref();
        let Some((_, takes, set)) = keys.iter().find(|(known, ..)| *known == key) else {
            let known = keys.iter().map(|(known, ..)| *known).collect::<Vec<_>>().join(", ");
            let failure = wrong("spool-unknown-key").with("key", cut(key)).with("known", known);
            return Err(at(failure, text, name.span().start));
        };
        set(to, value.get_ref()).ok_or_else(|| refused(key, takes, text, value.span().start))?;
    }
    Ok(())
}

fn refused(key: &str, takes: &str, text: &str, offset: usize) -> Failure {
    let failure = wrong("spool-value").with("key", cut(key)).with("takes", Value::word(format!("spool-takes-{takes}")));
    at(failure, text, offset)
}

fn at(failure: Failure, text: &str, offset: usize) -> Failure {
    failure.with("line", line_at(text, offset)).with("column", column_at(text, offset))
}

fn wrong(id: &'static str) -> Failure {
    Failure::new(Exit::Configuration, id)
}

#[cfg(test)]
mod tests;
