//! `report expiry` lists the keys that end before a date, or proposes what may take their places.

use crate::cli::args::ReportExpiry;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Datum, Format, List};
use crate::cli::session::Session;
use crate::clock::{Seconds, UtcTime};
use crate::key::Key;
use crate::ops::{Desk, Pair};

const COLUMNS: &[&str] = &["serial", "login", "establishment", "state", "manufacturer", "model", "not_after", "batch"];
const SHOWN: &[&str] = &["serial", "login", "establishment", "state", "model", "not_after"];
const COLUMNS_OF_PAIRS: &[&str] = &["old", "new", "login", "establishment", "not_after"];
/// Of a list, what replaces what.
const COLUMNS_OF_LIST: &[&str] = &["old", "new"];

/// How far one looks without a date: time enough to order keys and to hand them over.
const AHEAD: Seconds = Seconds::days(90);

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: &ReportExpiry) -> Result<Exit, Failure> {
    let before = args.before.map(|moment| moment.0);
    session.at_desk(|desk, session| {
        let before = before.unwrap_or_else(|| desk.moment().plus(AHEAD));
        if args.pairs {
            return pairs(session, desk, before);
        }
        let list = List::new("expiries", COLUMNS).showing(SHOWN);
        session.report_each(list, desk.report_expiry(before)?, row)
    })
}

fn row(key: &Key) -> Vec<Datum> {
    vec![
        Datum::of(&key.serial),
        Datum::maybe(key.holder.as_ref().map(|holder| &holder.login)),
        Datum::maybe(key.establishment.as_ref()),
        Datum::Word("state", key.state.name()),
        Datum::maybe(key.manufacturer.as_ref()),
        Datum::maybe(key.model.as_ref()),
        key.validity.not_after.map_or(Datum::Nothing, Datum::Day),
        key.batch.into(),
    ]
}

/// Writes the pairs. A list to be taken as it is has none that would be refused; how many these are is said.
fn pairs(session: &mut Session<'_>, desk: &Desk<'_>, before: UtcTime) -> Result<Exit, Failure> {
    let list = List::new("replacements", COLUMNS_OF_PAIRS).in_csv(COLUMNS_OF_LIST).headed(&[("new", "column-new-key")]);
    let is_to_be_taken = session.options.output_format == Format::Csv;
    let (mut without, mut left_out) = (0_i64, 0_i64);
    let found = desk.report_replacements(before)?.filter(|pair| {
        let is_without = pair.as_ref().is_ok_and(|pair| pair.new.is_none());
        without = without.saturating_add(i64::from(is_without));
        let is_refused = is_without || pair.as_ref().is_ok_and(|pair| !pair.is_feasible);
        left_out = left_out.saturating_add(i64::from(is_to_be_taken && is_refused && !is_without));
        !(is_to_be_taken && is_refused)
    });
    let exit = session.report_each(list, found, row_of_pair)?;
    for (keys, message) in [(without, "report-expiry-without"), (left_out, "report-expiry-left-out")] {
        if keys > 0 {
            session.warn(message, &[("keys", keys.into())]);
        }
    }
    Ok(exit)
}

fn row_of_pair(pair: &Pair) -> Vec<Datum> {
    vec![
        Datum::of(&pair.old.serial),
        Datum::maybe(pair.new.as_ref()),
        Datum::maybe(pair.old.holder.as_ref().map(|holder| &holder.login)),
        Datum::maybe(pair.old.establishment.as_ref()),
        pair.old.validity.not_after.map_or(Datum::Nothing, Datum::Day),
    ]
}
