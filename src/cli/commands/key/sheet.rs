//! A key as one screen of labelled lines.

use super::story;
use crate::cli::locale::{Value, Words};
use crate::cli::report::{Datum, tenths};
use crate::cli::sheet::Sheet;
use crate::cli::times;
use crate::clock::UtcTime;
use crate::drift::{Drift, Rate};
use crate::key::Key;
use crate::ops::KeyInFull;
use crate::otp::{Parameters, Period};
use crate::pin::Standing;

/// Writes the lines of a key.
pub fn of(full: &KeyInFull, now: UtcTime, words: &Words) -> Sheet {
    let key = &full.key;
    let mut sheet = Sheet::new();
    sheet.labelled("column-serial", Datum::of(&key.serial));
    sheet.labelled("column-state", story::state(key, full.story.since, words));
    if let Some(state) = key.before_loss {
        sheet.labelled("label-before-loss", Datum::Word("state", state.name()));
    }
    sheet.labelled("label-lock", lock(key));
    if let Some(since) = key.held_since {
        sheet.labelled("label-held", words.say("key-held-since", &[("since", Value::Time(since))]));
    }
    sheet.labelled("label-place", story::place(key, words));
    sheet.labelled("label-holder", story::holders(&full.story.holders, words));
    if let Some(open) = &full.succession {
        sheet.labelled("label-replacement", story::replacement(key, open, words));
    }
    sheet.labelled("column-model", model(key));
    sheet.labelled("column-algorithm", Datum::Word("algorithm", key.parameters.algorithm.name()));
    sheet.labelled("label-display", display(key.parameters, words));
    sheet.labelled("label-validity", story::validity(key.validity, words));
    sheet.labelled("label-activated-at", key.activated_at);
    sheet.labelled("column-pin", pin(key.pin, now, words));
    if let Some(list) = &full.emergency {
        let values = [("left", list.left.into()), ("until", Value::Time(list.expires_at))];
        sheet.labelled("label-emergency", words.say("emergency-live", &values));
    }
    if let Some(period) = key.parameters.shown_for() {
        sheet.labelled("column-drift", drift(key.clockwork.drift, period, words));
    }
    if let Some(trend) = full.forecast.trend {
        sheet.labelled("label-clock", going(trend.rate, full.forecast.leaves_window, now, words));
        sheet.labelled("label-needs-resync", by_when(full.forecast.needs_resync, now, words));
    }
    sheet.labelled("column-last-accepted-at", key.last_accepted_at);
    sheet.labelled("label-failures", full.tally.failures);
    sheet.labelled("label-wrong-codes", full.tally.wrong_codes_in_window);
    if full.waits_until.is_some() {
        sheet.labelled("label-waits-until", full.waits_until);
    }
    sheet.labelled("label-next-ending", story::next(full.story.next, words));
    sheet.labelled("column-batch", story::origin(key, full.story.file.as_ref(), words));
    sheet
}

fn lock(key: &Key) -> Datum {
    key.lock.map_or(Datum::Flag(false), |lock| Datum::Word("lock", lock.name()))
}

fn model(key: &Key) -> Datum {
    let parts = [key.manufacturer.as_deref(), key.model.as_deref()];
    let known: Vec<&str> = parts.into_iter().flatten().collect();
    if known.is_empty() { Datum::Nothing } else { Datum::Text(known.join(" ")) }
}

fn pin(standing: Standing, now: UtcTime, words: &Words) -> String {
    match standing {
        Standing::None { until: None } => words.say("pin-none", &[]),
        Standing::None { until: Some(until) } if now > until => {
            words.say("key-pin-too-late", &[("until", Value::Time(until))])
        }
        Standing::None { until: Some(until) } => words.say("key-pin-awaited", &[("until", Value::Time(until))]),
        Standing::Provisional { until, .. } | Standing::Changed { until } => {
            words.say("key-pin-provisional", &[("until", Value::Time(until))])
        }
        Standing::Set => words.say("pin-set", &[]),
    }
}

fn display(parameters: Parameters, words: &Words) -> String {
    let digits = i64::from(parameters.digits.get()).into();
    match parameters.shown_for() {
        Some(period) => words.say("key-display", &[("digits", digits), ("period", period.seconds().into())]),
        None => words.say("key-display-button", &[("digits", digits)]),
    }
}

fn drift(drift: Drift, period: Period, words: &Words) -> String {
    let seconds = drift.steps().saturating_mul(period.seconds());
    let span = seconds.saturating_abs();
    let values = [("minutes", Value::Number(span.div_euclid(60))), ("seconds", Value::Number(span.rem_euclid(60)))];
    match (seconds.signum(), span < 60) {
        (0, _) => words.say("drift-none", &[]),
        (1, true) => words.say("drift-ahead-seconds", &values),
        (1, false) => words.say("drift-ahead-minutes", &values),
        (_, true) => words.say("drift-behind-seconds", &values),
        (_, false) => words.say("drift-behind-minutes", &values),
    }
}

/// Says how a clock goes, and when one code alone will no longer do.
fn going(rate: Rate, leaves: Option<UtcTime>, now: UtcTime, words: &Words) -> String {
    let shown = tenths(rate.thousandths(), words.language);
    let id = match shown.chars().next() {
        Some('+') => "clock-gains",
        Some('-') => "clock-loses",
        _ => return words.say("clock-keeps", &[]),
    };
    let amount = shown.trim_start_matches(['+', '-']);
    let amount = amount.strip_suffix(",0").or_else(|| amount.strip_suffix(".0")).unwrap_or(amount);
    let goes = words.say(id, &[("seconds", amount.into())]);
    let Some(at) = leaves else {
        return goes;
    };
    let then = if at <= now { words.say("clock-left", &[]) } else { words.say("clock-leaves", &month_of(at)) };
    words.say("clock-and", &[("goes", goes.into()), ("then", then.into())])
}

/// Says when a key will have to be resynchronised.
fn by_when(at: Option<UtcTime>, now: UtcTime, words: &Words) -> String {
    match at {
        None => words.say("clock-needs-no-resync", &[]),
        Some(at) if at <= now => words.say("clock-needs-resync-now", &[]),
        Some(at) => words.say("clock-needs-resync", &month_of(at)),
    }
}

fn month_of(at: UtcTime) -> [(&'static str, Value); 2] {
    let (year, month, _) = times::calendar(at).unwrap_or((9999, 12, 31));
    [("month", Value::word(format!("month-{month}"))), ("year", Value::of(year))]
}
