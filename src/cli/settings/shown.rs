//! The settings as they are shown: each with its value, where that comes from, and what it may be.

use super::{ArgonProfile, KEYS, Kind, MEBIBYTE, MassFailureLocks, Said, Settings, span};
use crate::cli::locale::Language;
use crate::clock::Seconds;

/// A value of a setting, as its file would hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, or a span with its unit.
    Text(String),
    /// A number.
    Number(i64),
}

/// What a setting may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bounds {
    /// From one value to another.
    Range(Value, Value),
    /// One of some words.
    Choice(&'static [&'static str]),
    /// A path from the root on.
    Path,
    /// One line of text.
    Line,
    /// An address on the web.
    Address,
}

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its key.
    pub key: &'static str,
    /// Its value; none when there is none.
    pub value: Option<Value>,
    /// What it is unless the file says otherwise.
    pub default: Option<Value>,
    /// The line of the file that says it.
    pub line: Option<usize>,
    /// What it may be.
    pub bounds: Bounds,
}

impl Said {
    /// Gives every setting, in the order of the manual.
    pub fn show(&self) -> impl Iterator<Item = Shown> {
        let defaults = Settings::default();
        KEYS.iter().map(move |(key, kind)| Shown {
            key,
            value: value_of(&self.settings, key),
            default: value_of(&defaults, key),
            line: self.keys.get(key).copied(),
            bounds: kind.bounds(),
        })
    }
}

impl Kind {
    fn bounds(self) -> Bounds {
        match self {
            Self::Span(least, most, _) => Bounds::Range(Value::Text(span(least)), Value::Text(span(most))),
            Self::Count(least, most, _) => Bounds::Range(Value::Number(least), Value::Number(most)),
            Self::Path(_) => Bounds::Path,
            Self::Text(_, "config-address", _) => Bounds::Address,
            Self::Text(..) => Bounds::Line,
            Self::Choice(words, _) => Bounds::Choice(words),
        }
    }
}

/// Gives the value of a setting. A test holds that none is forgotten.
fn value_of(settings: &Settings, key: &str) -> Option<Value> {
    let time = |seconds: Seconds| Some(Value::Text(span(seconds.get())));
    let count = |number: i64| Some(Value::Number(number));
    let word = |word: &str| Some(Value::Text(word.to_owned()));
    let path = |path: &Option<std::path::PathBuf>| path.as_ref().map(|path| Value::Text(path.display().to_string()));
    let text = |text: &Option<String>| text.clone().map(Value::Text);
    match key {
        "language" => {
            settings.language.and_then(|language| word(if language == Language::French { "fr" } else { "en" }))
        }
        "activation-lifetime" => time(settings.activation_lifetime),
        "leavers-kept" => time(settings.leavers_kept),
        "audit-kept" => time(settings.audit_kept),
        "ticket-lifetime" => time(settings.ticket_lifetime),
        "provisional-pin-lifetime" => time(settings.provisional_pin_lifetime),
        "new-pin-after-activation" => time(settings.new_pin_after_activation),
        "new-pin-after-reset" => time(settings.new_pin_after_reset),
        "pin-min-digits" => count(settings.pin_min_digits),
        "pin-max-digits" => count(settings.pin_max_digits),
        "next-code-window" => count(settings.next_code_window),
        "resync-window" => count(settings.resync_window),
        "resync-presses" => count(settings.resync_presses),
        "resync-window-three" => count(settings.resync_window_three),
        "lock-after-wrong-pins" => count(settings.lock_after_wrong_pins),
        "lock-after-wrong-codes" => count(settings.lock_after_wrong_codes),
        "mass-failure-locks" => word(match settings.mass_failure_locks {
            MassFailureLocks::Keep => "keep",
            MassFailureLocks::Suspend => "suspend",
        }),
        "argon-profile" => word(match settings.argon_profile {
            ArgonProfile::Fast => "fast",
            ArgonProfile::Owasp => "owasp",
        }),
        "max-import-mebibytes" => count(i64::try_from(settings.max_import_size / MEBIBYTE).unwrap_or(i64::MAX)),
        "gpg-program" => path(&settings.gpg_program),
        "gnupg-home" => path(&settings.gnupg_home),
        "spool" => path(&settings.spool),
        "cron-role" => settings.cron_role.and_then(|role| word(role.name())),
        "portal-address" => text(&settings.portal_address),
        "help-contact" => text(&settings.help_contact),
        _ => None,
    }
}

/// Finds the word that somebody who typed another one may have meant: the one that the fewest letters make of it, and never as
/// many as half of them.
pub(super) fn nearest(typed: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let typed: String = typed.chars().take(64).map(|letter| if letter == '_' { '-' } else { letter }).collect();
    let (distance, word) = known.map(|word| (strsim::levenshtein(&typed, word), word)).min()?;
    (distance.saturating_mul(3) <= typed.chars().count().max(word.len())).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_shown_as_it_was_set_and_none_is_forgotten() {
        for (key, kind) in KEYS {
            let (written, value) = match kind.bounds() {
                Bounds::Range(Value::Text(least), _) => (format!("\"{least}\""), Value::Text(least)),
                Bounds::Range(Value::Number(least), _) => (least.to_string(), Value::Number(least)),
                Bounds::Choice(words) => {
                    (format!("\"{}\"", words[words.len() - 1]), Value::Text(words[words.len() - 1].into()))
                }
                Bounds::Path => ("\"/a/b\"".into(), Value::Text("/a/b".into())),
                Bounds::Address => ("\"https://a.example\"".into(), Value::Text("https://a.example".into())),
                Bounds::Line => ("\"a b\"".into(), Value::Text("a b".into())),
            };
            let said = Said::of(&format!("\n{key} = {written}"));
            let shown = said.show().find(|shown| shown.key == key).unwrap();
            assert_eq!((shown.value, shown.line), (Some(value), Some(2)), "{key}");
        }
    }

    #[test]
    fn what_was_meant_is_found_by_the_fewest_letters() {
        let known = || KEYS.iter().map(|(key, _)| *key);
        for (typed, meant) in [
            ("activation-lifetme", Some("activation-lifetime")),
            ("pin_min_digits", Some("pin-min-digits")),
            ("spoool", Some("spool")),
            ("langue", Some("language")),
            ("x", None),
            ("", None),
            ("password", None),
        ] {
            assert_eq!(nearest(typed, known()), meant, "{typed}");
        }
    }
}
