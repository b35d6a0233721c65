//! What waits for somebody, and what keeps the installation safe and was not done for long: told by `doctor`.

use crate::audit::Action;
use crate::clock::{Seconds, UtcTime};
use crate::store::{self, Patience, View, Waiting};

/// What may wait how long before it is told.
const PATIENCE: Patience =
    Patience { first_use: Seconds::days(30), travel: Seconds::days(14), replacement: Seconds::days(30) };
/// For how long it is told that everybody failed.
const REMEMBERED: Seconds = Seconds::days(1);

/// A thing that waits for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Activation codes that expired and were never used.
    ExpiredCodes,
    /// Active keys without a PIN for which none can be chosen any more.
    LapsedPins,
    /// PINs that were chosen and not used yet.
    ProvisionalPins,
    /// Keys that were never used by whoever has them.
    UnusedKeys,
    /// Keys that were sent and not received.
    TravellingKeys,
    /// Keys that were to take another one's place.
    OpenReplacements,
    /// Keys in somebody's hands whose validity has ended.
    EndedKeys,
    /// Emergency lists of people who log in with their keys again.
    NeedlessLists,
    /// Keys that are locked.
    LockedKeys,
}

/// What is done again and again, and by which action the audit tells of it. Of a checkpoint it tells nothing: that is kept elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upkeep {
    /// A backup.
    Backup,
}

impl Upkeep {
    /// All, the most urgent first.
    pub const ALL: [Self; 1] = [Self::Backup];

    /// Gives the action that tells of it.
    pub const fn action(self) -> Action {
        match self {
            Self::Backup => Action::Backup,
        }
    }

    /// Tells after how long it is time to do it again.
    const fn due_after(self) -> Seconds {
        match self {
            Self::Backup => Seconds::days(8),
        }
    }

    /// Judges when it was last done, in an installation that was made at a moment; nothing when that was lately.
    pub fn judge(self, installed: UtcTime, last: Option<UtcTime>, now: UtcTime) -> Option<Overdue> {
        let is_long = now.since(last.unwrap_or(installed)) > self.due_after();
        is_long.then_some(Overdue { upkeep: self, last })
    }
}

/// Something that should have been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// What.
    pub upkeep: Upkeep,
    /// When it was last done; none when it never was, which may be meant so: others make backups too.
    pub last: Option<UtcTime>,
}

/// Gives what waits, with how many, the more urgent first.
pub(super) fn waits(view: View<'_>, now: UtcTime) -> Result<Vec<(Wait, i64)>, store::Error> {
    let Waiting {
        expired_codes,
        lapsed_pins,
        provisional_pins,
        unused_keys,
        travelling_keys,
        open_replacements,
        ended_keys,
        needless_lists,
        locked_keys,
    } = view.waiting(&PATIENCE, now)?;
    let all = [
        (Wait::LockedKeys, locked_keys),
        (Wait::EndedKeys, ended_keys),
        (Wait::LapsedPins, lapsed_pins),
        (Wait::ProvisionalPins, provisional_pins),
        (Wait::ExpiredCodes, expired_codes),
        (Wait::UnusedKeys, unused_keys),
        (Wait::TravellingKeys, travelling_keys),
        (Wait::OpenReplacements, open_replacements),
        (Wait::NeedlessLists, needless_lists),
    ];
    Ok(all.into_iter().filter(|(_, count)| *count > 0).collect())
}

/// Gives what should have been done.
pub(super) fn overdue(view: View<'_>, now: UtcTime) -> Result<Vec<Overdue>, store::Error> {
    let Some(installed) = view.installed_at()? else { return Ok(Vec::new()) };
    let judged =
        Upkeep::ALL.into_iter().map(|upkeep| Ok(upkeep.judge(installed, view.last_done(upkeep.action())?, now)));
    judged.filter_map(Result::transpose).collect()
}

/// Tells when everybody was last found to fail, if that was lately, and how many they were.
pub(super) fn mass_failure(view: View<'_>, now: UtcTime) -> Result<Option<(UtcTime, i64)>, store::Error> {
    view.last_mass_failure(now.plus(Seconds::new(REMEMBERED.get().saturating_neg())), now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_due_after_eight_days() {
        let now = UtcTime::from_epoch(1_795_511_520);
        let ago = |days: i64| now.plus(Seconds::days(-days));
        let upkeep = Upkeep::Backup;
        assert_eq!(upkeep.judge(ago(8), None, now), None);
        assert_eq!(upkeep.judge(ago(9), None, now), Some(Overdue { upkeep, last: None }));
        assert_eq!(upkeep.judge(ago(900), Some(ago(8)), now), None);
        let last = Some(ago(9));
        assert_eq!(upkeep.judge(ago(900), last, now), Some(Overdue { upkeep, last }));
        // A clock that was set back makes nothing due.
        assert_eq!(Upkeep::Backup.judge(ago(-900), Some(ago(-800)), now), None);
    }
}
