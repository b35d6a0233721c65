//! Moments as text, always UTC: the machine's time zone changes nothing.

use crate::clock::{Seconds, UtcTime};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, SecondsFormat};
use std::str::FromStr;

/// Writes RFC 3339, as `2026-11-24T09:12:00Z`: for JSON and CSV.
pub fn for_machines(time: UtcTime) -> String {
    DateTime::from_timestamp(time.epoch_seconds(), 0)
        .map_or_else(|| time.epoch_seconds().to_string(), |moment| moment.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// Writes `2026-11-24 09:12`: for tables and sentences.
pub fn for_people(time: UtcTime) -> String {
    DateTime::from_timestamp(time.epoch_seconds(), 0)
        .map_or_else(|| time.epoch_seconds().to_string(), |moment| moment.format("%Y-%m-%d %H:%M").to_string())
}

/// Writes `2026-11-24`: for the names of folders. Beyond the year 9999 all days have one name.
pub fn day(time: UtcTime) -> String {
    let day = DateTime::from_timestamp(time.epoch_seconds(), 0).map(|moment| moment.format("%Y-%m-%d").to_string());
    day.filter(|day| day.len() == DAY).unwrap_or_else(|| "9999-99-99".to_owned())
}

/// Gives year, month and day; none beyond what calendars count.
pub fn calendar(time: UtcTime) -> Option<(i32, u32, u32)> {
    let day = DateTime::from_timestamp(time.epoch_seconds(), 0)?.date_naive();
    Some((day.year(), day.month(), day.day()))
}

/// Writes `09:12`.
pub fn time_of_day(time: UtcTime) -> String {
    DateTime::from_timestamp(time.epoch_seconds(), 0)
        .map_or_else(String::new, |moment| moment.format("%H:%M").to_string())
}

/// The bytes of what [`day`] writes.
pub const DAY: usize = 10;

/// A moment typed by somebody: `2026-11-24`, `2026-11-24 09:12` (both UTC), or RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(pub UtcTime);

impl FromStr for Moment {
    type Err = InvalidMoment;

    fn from_str(text: &str) -> Result<Self, InvalidMoment> {
        let minute = |text: &str| {
            NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")
                .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M"))
                .ok()
        };
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0);
        DateTime::parse_from_rfc3339(text)
            .ok()
            .map(|moment| moment.timestamp())
            .or_else(|| Some(minute(text).or_else(|| day(text))?.and_utc().timestamp()))
            .map(|seconds| Self(UtcTime::from_epoch(seconds)))
            .ok_or(InvalidMoment)
    }
}

/// The last moment of something, typed by somebody: as a [`Moment`], but a day is meant to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastMoment(pub UtcTime);

impl FromStr for LastMoment {
    type Err = InvalidMoment;

    fn from_str(text: &str) -> Result<Self, InvalidMoment> {
        let Moment(moment) = text.parse()?;
        let is_day = NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok();
        let rest = if is_day { Seconds::new(Seconds::days(1).get().saturating_sub(1)) } else { Seconds::ZERO };
        Ok(Self(moment.plus(rest)))
    }
}

/// The last moment of something in a list: as a [`LastMoment`], or day first, as French spreadsheets write it: `24/11/2026`,
/// `24/11/2026 09:12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedMoment(pub UtcTime);

impl FromStr for ListedMoment {
    type Err = InvalidMoment;

    fn from_str(text: &str) -> Result<Self, InvalidMoment> {
        let day_first = || {
            let (day, rest) = text.split_once('/')?;
            let (month, rest) = rest.split_once('/')?;
            let (year, time) = rest.split_once(' ').map_or((rest, ""), |(year, time)| (year, time.trim_start()));
            let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
            is_year.then(|| format!("{year}-{month:0>2}-{day:0>2} {time:0>5}").replace(" 00000", ""))
        };
        let typed = text.parse::<LastMoment>().or_else(|error| day_first().ok_or(error)?.parse());
        typed.map(|LastMoment(moment)| Self(moment))
    }
}

/// The text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a date is written 2026-11-24, 2026-11-24 09:12 or 2026-11-24T09:12:00Z")]
pub struct InvalidMoment;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_utc() {
        let time = UtcTime::from_epoch(1_795_511_520);
        assert_eq!(for_machines(time), "2026-11-24T09:12:00Z");
        assert_eq!(for_people(time), "2026-11-24 09:12");
        assert_eq!(for_people(UtcTime::from_epoch(i64::MAX)), i64::MAX.to_string());
        assert_eq!(day(time), "2026-11-24");
        for absurd in [i64::MAX, i64::MIN, 253_402_300_800] {
            assert_eq!(day(UtcTime::from_epoch(absurd)).len(), DAY);
        }
    }

    #[test]
    fn the_three_forms_of_a_moment_are_read() {
        for text in ["2026-11-24 09:12", "2026-11-24T09:12", "2026-11-24T09:12:00Z", "2026-11-24T10:12:00+01:00"] {
            assert_eq!(text.parse(), Ok(Moment(UtcTime::from_epoch(1_795_511_520))), "{text}");
        }
        assert_eq!("2026-11-24".parse(), Ok(Moment(UtcTime::from_epoch(1_795_478_400))));
        assert_eq!("2026-11-24".parse(), Ok(LastMoment(UtcTime::from_epoch(1_795_478_400 + 86_399))));
        assert_eq!("2026-11-24 09:12".parse(), Ok(LastMoment(UtcTime::from_epoch(1_795_511_520))));
        for (text, seconds) in [
            ("24/11/2026", 1_795_478_400 + 86_399),
            ("24/11/2026 09:12", 1_795_511_520),
            ("24/11/2026 9:12", 1_795_511_520),
            ("1/2/2027", 1_801_440_000 + 86_399),
            ("2026-11-24 09:12", 1_795_511_520),
        ] {
            assert_eq!(text.parse(), Ok(ListedMoment(UtcTime::from_epoch(seconds))), "{text}");
        }
        for text in ["", "24/11/26", "31/02/2026", "24/11", "24/11/2026 25:00", "24-11-2026", "11/24/2026", "/ /2026"] {
            assert_eq!(text.parse::<ListedMoment>(), Err(InvalidMoment), "{text}");
        }
        for text in ["", "24/11/2026", "2026-13-01", "hier", "2026-11-24 9h"] {
            assert_eq!(text.parse::<Moment>(), Err(InvalidMoment));
        }
    }
}
