//! How often codes were judged, and with what outcome: counted by SQLite from the audit.

use super::audit::in_scope;
use super::row::{Reader, read_all};
use super::{Error, View};
use crate::clock::{Seconds, UtcTime};
use crate::throttle::{MASS_FAILURE_WINDOW, MOST_PAST, Past};
use rusqlite::{Row, named_params};

/// For how long each count is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// An hour.
    Hour,
    /// A day, UTC.
    Day,
}

impl Span {
    const fn seconds(self) -> i64 {
        match self {
            Self::Hour => 3_600,
            Self::Day => 86_400,
        }
    }
}

/// The checks of an hour or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checks {
    /// When it began.
    pub from: UtcTime,
    /// Passcodes that opened.
    pub accepted: i64,
    /// Those that another answer was asked for.
    pub challenged: i64,
    /// Those that were judged and refused.
    pub refused: i64,
    /// Those that were not judged, since they came during a wait.
    pub turned_away: i64,
    /// Keys that were locked.
    pub locked: i64,
    /// The users who were accepted, each counted once.
    pub users: i64,
}

/// Where one event tells of several, it says when the last of them was. The first who is turned away during a wait has an event of his own; the others one for all, with their number, when it is over.
const CHECKS: &str = concat!(
    "SELECT at / :span * :span AS began,
        count(*) FILTER (WHERE outcome = 'accepted') AS accepted,
        count(*) FILTER (WHERE outcome = 'challenged') AS challenged,
        coalesce(sum(iif(last_at IS NULL, 1, count)) FILTER (WHERE outcome = 'refused' AND reason IS NOT 'waiting'), 0)
            AS refused,
        coalesce(sum(coalesce(count, 1)) FILTER (WHERE outcome = 'refused' AND reason = 'waiting'), 0) AS turned_away,
        count(*) FILTER (WHERE action = 'key-lock') AS locked,
        count(DISTINCT iif(outcome = 'accepted', user_id, NULL)) AS users
    FROM audit
    WHERE at BETWEEN :since AND :until AND (action = 'check' OR action = 'key-lock') AND ",
    in_scope!(),
    " GROUP BY began ORDER BY began"
);

/// Backwards from the newest: where somebody is accepted now and then, few are read.
const PAST_CHECKS: &str = "SELECT at, action, outcome, user_id, reason FROM audit ORDER BY seq DESC LIMIT :most";

/// Why somebody is refused whatever the clock shows and whatever he types.
const TELL_NOTHING: [&str; 3] = ["user-disabled", "no-active-key", "dead-ticket"];

impl View<'_> {
    /// Counts the checks between two moments, by hour or day: those in which there were some, in their order.
    ///
    /// # Errors
    /// [`Error`].
    pub fn checks(&self, since: UtcTime, until: UtcTime, span: Span) -> Result<Vec<Checks>, Error> {
        let mut statement = self.connection.prepare(CHECKS)?;
        let values = named_params! {
            ":span": span.seconds(),
            ":since": since.epoch_seconds(),
            ":until": until.epoch_seconds(),
            ":scope": self.scope.listed(),
        };
        read_all(statement.query(values)?, read)
    }

    /// Gives what came of the checks of the last minutes, the newest first, up to the last code that was right.
    ///
    /// # Errors
    /// [`Error`].
    pub fn past_checks(&self, now: UtcTime) -> Result<Vec<Past>, Error> {
        let since = now.plus(Seconds::new(MASS_FAILURE_WINDOW.get().saturating_neg()));
        let mut statement = self.connection.prepare_cached(PAST_CHECKS)?;
        let (mut rows, mut found) = (statement.query(named_params! { ":most": MOST_PAST })?, Vec::new());
        while let Some(row) = rows.next()? {
            let reader = Reader::of("audit", row);
            let (at, action, outcome) =
                (reader.time("at")?, reader.get::<String>("action")?, reader.get::<String>("outcome")?);
            if at < since {
                break;
            }
            // What was written while the clock was ahead may be of any time, and hides nothing of these minutes.
            if at > now {
                continue;
            }
            let reason: Option<String> = reader.get("reason")?;
            match (action.as_str(), outcome.as_str(), reason.as_deref()) {
                ("check", "refused", Some(reason)) if TELL_NOTHING.contains(&reason) => {}
                ("check", "refused", _) => found.push(Past::Refused(reader.get("user_id")?)),
                ("check", "accepted" | "challenged", _) => {
                    found.push(Past::Right);
                    break;
                }
                ("check", "alarm", Some("everybody-fails")) => found.push(Past::Alarm),
                _ => {}
            }
        }
        Ok(found)
    }

    /// Gives the numbers of the keys that somebody tried since a moment, the newest try first.
    ///
    /// # Errors
    /// [`Error`].
    pub fn keys_tried_since(&self, since: UtcTime) -> Result<Vec<i64>, Error> {
        // Backwards from the newest, which is the order of their numbers, until one is older: no index need be kept for it.
        let mut statement =
            self.connection.prepare("SELECT key_id, at FROM attempts WHERE key_id IS NOT NULL ORDER BY id DESC")?;
        let (mut rows, mut seen, mut found) = (statement.query([])?, std::collections::BTreeSet::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let reader = Reader::of("attempts", row);
            if reader.time("at")? < since {
                break;
            }
            let key: i64 = reader.get("key_id")?;
            if seen.insert(key) {
                found.push(key);
            }
        }
        Ok(found)
    }

    /// Tells when a key was last locked, so far as the audit goes back.
    ///
    /// # Errors
    /// [`Error`].
    pub fn locked_at(&self, serial: &crate::key::Serial) -> Result<Option<UtcTime>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT max(at) AS at FROM audit WHERE serial = :serial AND action = 'key-lock'")?;
        let mut rows = statement.query(named_params! { ":serial": serial.as_str() })?;
        match rows.next()? {
            Some(row) => Reader::of("audit", row).optional_time("at"),
            None => Ok(None),
        }
    }
}

fn read(row: &Row<'_>) -> Result<Checks, Error> {
    let reader = Reader::of("audit", row);
    Ok(Checks {
        from: reader.time("began")?,
        accepted: reader.get("accepted")?,
        challenged: reader.get("challenged")?,
        refused: reader.get("refused")?,
        turned_away: reader.get("turned_away")?,
        locked: reader.get("locked")?,
        users: reader.get("users")?,
    })
}
