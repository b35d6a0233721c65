//! A finding: how bad it is, and its words, which are those of the error that other commands would end with.

use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::home::Home;
use crate::clock::{Seconds, UtcTime};
use crate::host::files::FileError;
use crate::ops::{self, OpenError, Overdue, StoreError, Trouble, Upkeep, Wait};

/// How bad a finding is, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Commands fail, data is damaged, or somebody else has access.
    Error,
    /// All works, but it will not stay so.
    Warning,
    /// Worth knowing, and perhaps meant so: it changes neither `ok` nor the exit status.
    Notice,
}

impl Severity {
    /// Gives the stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// Something that an administrator should know.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Its code, its words and what to do.
    pub failure: Failure,
}

impl Finding {
    /// Takes an error.
    pub fn error(failure: impl Into<Failure>) -> Self {
        Self { severity: Severity::Error, failure: failure.into() }
    }

    /// Takes a warning.
    pub fn warning(failure: Failure) -> Self {
        Self { severity: Severity::Warning, failure }
    }

    /// Takes a notice.
    pub fn notice(failure: Failure) -> Self {
        Self { severity: Severity::Notice, failure }
    }

    /// Names what was found about the database, its vault or the clock.
    pub fn of(trouble: Trouble, home: &Home) -> Self {
        let path = home.database();
        let finding = match trouble {
            Trouble::Closed(error) => Self::error(closed(error, home)),
            Trouble::Locked => Self::error(wrong("database-locked")),
            Trouble::Older { found, known } => {
                Self::warning(wrong("database-older").with("found", found).with("known", known))
            }
            Trouble::Schema(differences) => Self::error(
                wrong("database-schema")
                    .with("missing", listed(&differences.missing))
                    .with("changed", listed(&differences.changed))
                    .with("added", listed(&differences.added)),
            ),
            Trouble::NoAdmin => Self::error(wrong("operators-without-admin")),
            Trouble::NamesNotErased(since) => Self::warning(wrong("names-not-erased").with("since", since)),
            Trouble::KeysHeld(hold) => {
                Self::warning(wrong("keys-held").with("count", hold.keys).with("since", hold.since))
            }
            Trouble::Journal(mode) => Self::warning(wrong("database-journal").with("mode", mode)),
            Trouble::Faults { count, first } => {
                Self::error(wrong("database-faults").with("count", count).with("first", first))
            }
            Trouble::Dangling(dangling) => Self::error(
                wrong("database-dangling")
                    .with("rows", dangling.rows)
                    .with("table", dangling.table)
                    .with("parent", dangling.parent),
            ),
            Trouble::KeyNotPlaced => Self::warning(waiting("vault-key-waits", home)),
            Trouble::KeyLeftOver => Self::warning(waiting("vault-key-left-over", home)),
            Trouble::Seeds { count, first } => {
                Self::error(wrong("seeds-closed").with("count", count).about("serial", first))
            }
            Trouble::Holders { count, first } => {
                Self::error(wrong("holders-not-vouched").with("count", count).about("serial", first))
            }
            Trouble::Logins { count, first } => {
                Self::error(wrong("logins-edited").with("count", count).about("login", first))
            }
            Trouble::Mandates { count, first } => {
                Self::error(wrong("mandates-not-vouched").with("count", count).with("account", first))
            }
            Trouble::Chain(found) => Self::error(
                wrong("audit-broken")
                    .with("events", found.chain.events)
                    .with("first", found.chain.first_bad.unwrap_or_default()),
            ),
            Trouble::Cut(found) => Self::error(wrong("audit-cut").with("events", found.chain.events)),
            Trouble::ClockBehind { by, newest } => {
                Self::error(wrong("clock-behind").with("span", span(by)).with("newest", newest))
            }
            Trouble::ClockWrong(wrong) => Self::error(ops::Error::ClockWrong(wrong)),
            Trouble::Overdue(overdue) => overdue_upkeep(overdue),
            Trouble::Waiting(wait, count) => Self::notice(wrong(name_of_wait(wait)).with("count", count)),
            Trouble::ClockAbsurd(now) => Self::error(wrong("clock-absurd").with("now", now)),
        };
        Self {
            failure: finding.failure.about("path", path.display()).with("quoted", escape::for_shell(&path)),
            ..finding
        }
    }

    /// Tells whether the database cannot be opened or written, for which there may be a plainer reason.
    pub fn is_of_a_closed_database(&self) -> bool {
        ["database-read-only", "database-cannot-open"].contains(&self.failure.id())
    }

    /// Tells whether it is a number of what waits, which takes one line with the command that lists it.
    pub fn is_a_count(&self) -> bool {
        self.failure.id().starts_with("waiting-")
    }

    /// Tells whether the hint is a command to be copied, which no line break may cut.
    pub fn hint_is_a_command(&self) -> bool {
        [
            "file-mode",
            "file-closed",
            "file-owner",
            "file-writable",
            "ancestor-mode",
            "ancestor-owner",
            "home-of-root",
            "left-before-restore",
            "left-unfinished",
            "sudo-rule-owner",
            "sudo-rule-writable",
        ]
        .contains(&self.failure.id())
    }
}

/// Names that many failed at once, for which the clock is the first to be asked.
pub fn of_mass_failure((at, users): (UtcTime, i64)) -> Finding {
    Finding::warning(wrong("everybody-failed").with("since", at).with("count", users))
}

/// Names what was not done for long: what never was may be done by other means.
fn overdue_upkeep(overdue: Overdue) -> Finding {
    let (never, long_ago) = match overdue.upkeep {
        Upkeep::Backup => ("backup-never", "backup-old"),
    };
    match overdue.last {
        None => Finding::notice(wrong(never)),
        Some(last) => Finding::warning(wrong(long_ago).with("since", last)),
    }
}

const fn name_of_wait(wait: Wait) -> &'static str {
    match wait {
        Wait::ExpiredCodes => "waiting-expired-codes",
        Wait::LapsedPins => "waiting-lapsed-pins",
        Wait::ProvisionalPins => "waiting-provisional-pins",
        Wait::UnusedKeys => "waiting-unused-keys",
        Wait::TravellingKeys => "waiting-travelling-keys",
        Wait::OpenReplacements => "waiting-open-replacements",
        Wait::EndedKeys => "waiting-ended-keys",
        Wait::NeedlessLists => "waiting-needless-lists",
        Wait::LockedKeys => "waiting-locked-keys",
    }
}

/// Names the file of a key that is to take the place of another one.
fn waiting(id: &'static str, home: &Home) -> Failure {
    wrong(id).about("next", home.next_vault_key().display()).about("key_path", home.vault_key().display())
}

fn wrong(id: &'static str) -> Failure {
    Failure::new(Exit::Configuration, id)
}

/// Lists names, which are the same in both languages; no name is `none` to the sentence.
fn listed(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn closed(error: OpenError, home: &Home) -> Failure {
    let failure = match error {
        // Nothing was tried that could be tried again: the words are those for an unfinished look.
        OpenError::Store(StoreError::Busy) => wrong("database-locked"),
        OpenError::Store(StoreError::Missing) => home.without_database(),
        error => Failure::from(error),
    };
    failure.about("key_path", home.vault_key().display())
}

/// Names what the key file is when it is not to be had.
pub fn of_key_file(error: FileError) -> Failure {
    match error {
        FileError::Missing { path } => wrong("vault-key-missing").about("path", path.display()),
        FileError::TooLarge { path, .. } => wrong("vault-key-malformed").about("key_path", path.display()),
        other => other.into(),
    }
}

/// Writes a span in hours, minutes and seconds, whose letters are the same in both languages.
fn span(by: Seconds) -> String {
    let seconds = by.get().unsigned_abs();
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes} min {rest} s"),
        hours => format!("{hours} h {minutes} min"),
    }
}
