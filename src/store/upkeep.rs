//! What waits for somebody, and when what keeps the installation safe was last done: counted, for `doctor`.

use super::row::Reader;
use super::{Error, View};
use crate::audit::Action;
use crate::clock::{Seconds, UtcTime};
use rusqlite::{OptionalExtension, named_params};

/// For how long something may wait before it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// A key in somebody's hands, for its first use.
    pub first_use: Seconds,
    /// A key on its way.
    pub travel: Seconds,
    /// A key that takes another one's place.
    pub replacement: Seconds,
}

/// How many of each wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Activation codes that expired and were never used.
    pub expired_codes: i64,
    /// Active keys without a PIN for which none can be chosen any more.
    pub lapsed_pins: i64,
    /// PINs that were chosen and not used yet.
    pub provisional_pins: i64,
    /// Keys that were never used by whoever has them.
    pub unused_keys: i64,
    /// Keys that were sent and not received.
    pub travelling_keys: i64,
    /// Keys that were to take another one's place.
    pub open_replacements: i64,
    /// Keys in somebody's hands whose validity has ended.
    pub ended_keys: i64,
    /// Emergency lists of people who log in with their keys again.
    pub needless_lists: i64,
    /// Keys that are locked.
    pub locked_keys: i64,
}

/// Of keys, only those that left stock are looked at, by their index.
const WAITING: &str = "SELECT
        (SELECT count(*) FROM activations WHERE state = 'live' AND expires_at < :now) AS expired_codes,
        (SELECT count(*) FROM keys WHERE left_stock_at IS NOT NULL AND state = 'active' AND new_pin_until < :now
            AND (pin_hash IS NULL OR (pin_provisional_until < :now AND NOT former_pin_returns))
            AND NOT EXISTS (SELECT 1 FROM successions WHERE new_key_id = keys.id AND keeps_pin)) AS lapsed_pins,
        (SELECT count(*) FROM keys WHERE left_stock_at IS NOT NULL AND state = 'active' AND pin_hash IS NOT NULL
            AND pin_provisional_until >= :now) AS provisional_pins,
        (SELECT count(*) FROM keys WHERE left_stock_at IS NOT NULL AND state IN ('assigned', 'active')
            AND coalesce(activated_at, left_stock_at) < :unused_since
            AND (activated_at IS NULL OR coalesce(last_accepted_at, 0) < activated_at)
            AND NOT EXISTS (SELECT 1 FROM activations
                WHERE activations.user_id = keys.user_id AND activations.state = 'live' AND expires_at < :now)
            AND NOT EXISTS (SELECT 1 FROM successions WHERE old_key_id = keys.id)) AS unused_keys,
        (SELECT count(*) FROM keys WHERE left_stock_at IS NOT NULL AND shipped_at < :shipped_before) AS travelling_keys,
        (SELECT count(*) FROM successions WHERE opened_at < :opened_before) AS open_replacements,
        (SELECT count(*) FROM keys WHERE left_stock_at IS NOT NULL AND not_after < :now
            AND state IN ('assigned', 'active', 'suspended')) AS ended_keys,
        (SELECT count(*) FROM emergencies JOIN keys ON keys.id = emergencies.key_id
            WHERE emergencies.state = 'live' AND expires_at >= :now AND keys.state = 'active'
                AND EXISTS (SELECT 1 FROM spent_codes WHERE spent_codes.key_id = keys.id AND at > issued_at)) AS needless_lists,
        (SELECT count(*) FROM keys WHERE lock IS NOT NULL AND state <> 'retired') AS locked_keys";

impl View<'_> {
    /// Counts what waits for somebody.
    ///
    /// # Errors
    /// [`Error`].
    pub fn waiting(&self, patience: &Patience, now: UtcTime) -> Result<Waiting, Error> {
        let before = |span: Seconds| now.epoch_seconds().saturating_sub(span.get());
        let mut statement = self.connection.prepare(WAITING)?;
        let mut rows = statement.query(named_params! {
            ":now": now.epoch_seconds(),
            ":unused_since": before(patience.first_use),
            ":shipped_before": before(patience.travel),
            ":opened_before": before(patience.replacement),
        })?;
        let Some(row) = rows.next()? else { return Ok(Waiting::default()) };
        let reader = Reader::of("keys", row);
        Ok(Waiting {
            expired_codes: reader.get("expired_codes")?,
            lapsed_pins: reader.get("lapsed_pins")?,
            provisional_pins: reader.get("provisional_pins")?,
            unused_keys: reader.get("unused_keys")?,
            travelling_keys: reader.get("travelling_keys")?,
            open_replacements: reader.get("open_replacements")?,
            ended_keys: reader.get("ended_keys")?,
            needless_lists: reader.get("needless_lists")?,
            locked_keys: reader.get("locked_keys")?,
        })
    }

    /// Tells when an action was last done. One that the next of its events says to have failed after all was not.
    ///
    /// # Errors
    /// [`Error`].
    pub fn last_done(&self, action: Action) -> Result<Option<UtcTime>, Error> {
        let sql = "SELECT at FROM audit AS done WHERE action = :action AND outcome = 'done'
            AND coalesce((SELECT outcome FROM audit AS next WHERE next.action = :action AND next.seq > done.seq
                ORDER BY next.seq LIMIT 1), 'done') = 'done'
            ORDER BY seq DESC LIMIT 1";
        let values = named_params! { ":action": action.name() };
        let at = self.connection.query_row(sql, values, |row| row.get(0)).optional()?;
        Ok(at.map(UtcTime::from_epoch))
    }

    /// Tells when everybody was last found to fail, between a moment and now, and how many they were.
    ///
    /// # Errors
    /// [`Error`].
    pub fn last_mass_failure(&self, since: UtcTime, now: UtcTime) -> Result<Option<(UtcTime, i64)>, Error> {
        let sql = "SELECT at, coalesce(count, 0) AS count FROM audit
            WHERE at BETWEEN :since AND :now AND action = 'check' AND outcome = 'alarm' AND reason = 'everybody-fails'
            ORDER BY seq DESC LIMIT 1";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows =
            statement.query(named_params! { ":since": since.epoch_seconds(), ":now": now.epoch_seconds() })?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let reader = Reader::of("audit", row);
        Ok(Some((reader.time("at")?, reader.get("count")?)))
    }

    /// Tells when the installation was made.
    ///
    /// # Errors
    /// [`Error`].
    pub fn installed_at(&self) -> Result<Option<UtcTime>, Error> {
        let at =
            self.connection.query_row("SELECT created_at FROM meta WHERE id = 1", [], |row| row.get(0)).optional()?;
        Ok(at.map(UtcTime::from_epoch))
    }

    /// Tells whether somebody is a delegate, who comes through sudo.
    ///
    /// # Errors
    /// [`Error`].
    pub fn has_delegate(&self) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM operators WHERE role = 'delegate' AND ended_at IS NULL)";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }
}
