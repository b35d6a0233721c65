//! `report drift` tells how the clocks of the keys go, and which keys will need a second code, or a resynchronisation, by when.

use crate::cli::args::ReportDrift;
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, words_of_clock};
use crate::cli::report::{Answer, Datum, Format, List, Parts};
use crate::cli::session::Session;
use crate::clock::UtcTime;
use crate::key::Key;
use crate::ops::{Clocks, Forecast};

const COLUMNS: &[&str] = &[
    "serial",
    "login",
    "establishment",
    "state",
    "drift",
    "drift_seconds",
    "rate",
    "codes",
    "since",
    "last_accepted_at",
    "forecast_at",
    "forecast_seconds",
    "leaves_window_at",
    "needs_resync_at",
];
const SHOWN: &[&str] = &["serial", "login", "drift_seconds", "rate", "leaves_window_at", "needs_resync_at"];

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: &ReportDrift) -> Result<Exit, Failure> {
    let before = args.before.map(|moment| moment.0);
    session.at_desk(|desk, session| {
        let Clocks { keys, has_dates, wrong } = desk.report_drift(before)?;
        let forecast_at = before.unwrap_or_else(|| desk.moment());
        if let Some(wrong) = wrong {
            session.warn("error-clock-wrong", &words_of_clock(wrong));
        }
        let mut parts = Parts::of(List::new("drifts", COLUMNS).showing(SHOWN));
        if session.options.output_format == Format::Json {
            parts = parts.within(
                Answer::new("drifts")
                    .field("host_clock_wrong_minutes", wrong.map(|wrong| wrong.wrong_by))
                    .field("host_clock_wrong_since", wrong.map(|wrong| wrong.since)),
            );
        }
        let exit = session.report_parts(parts, keys, |(key, forecast)| row(key, forecast, forecast_at))?;
        if has_dates && session.options.output_format == Format::Table {
            session.hint("report-drift-note", &[]);
        }
        Ok(exit)
    })
}

fn row(key: &Key, forecast: &Forecast, at: UtcTime) -> Vec<Datum> {
    let trend = forecast.trend;
    let drift = key.clockwork.drift.steps();
    let drift_seconds = key.parameters.shown_for().map(|period| drift.saturating_mul(period.seconds()));
    vec![
        Datum::of(&key.serial),
        Datum::maybe(key.holder.as_ref().map(|holder| &holder.login)),
        Datum::maybe(key.establishment.as_ref()),
        Datum::Word("state", key.state.name()),
        drift.into(),
        drift_seconds.into(),
        trend.map_or(Datum::Nothing, |trend| Datum::Thousandths(trend.rate.thousandths())),
        trend.map(|trend| trend.codes).into(),
        trend.map(|trend| trend.since).into(),
        key.last_accepted_at.into(),
        trend.map(|_| at).into(),
        trend.map(|trend| trend.offset_at(at)).into(),
        forecast.leaves_window.map_or(Datum::Nothing, Datum::Day),
        forecast.needs_resync.map_or(Datum::Nothing, Datum::Day),
    ]
}
