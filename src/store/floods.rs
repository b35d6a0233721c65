//! Floods: refusals that anybody can cause as often as he likes must not fill the disk.
//!
//! In each minute the first are events of their own; the rest are counted, by what they are and whom they are about, and told of
//! together when the minute is over, by the first change that comes: how many, and when the last was. If whom they are about is
//! another one each time, as where somebody tries logins, those beyond some are counted together too.

use super::Error;
use super::row::{Reader, read_all};
use crate::audit::{Action, Event, Outcome, Subject};
use crate::clock::{Seconds, UtcTime};
use crate::establishment::Uai;
use crate::key::Serial;
use crate::operator::Operator;
use rusqlite::{Connection, Row, ToSql, named_params};

/// For how long they are counted together.
const WINDOW: Seconds = Seconds::minutes(1);
/// How many events of their own there are in that time, whatever they are about.
const TOLD_IN_FULL: i64 = 60;
/// How many things they may be about, each counted by itself.
const COUNTED_APART: i64 = 12;

/// Takes those that are owed for minutes that are over; also for one that lies ahead, since our own clock was set back.
pub(super) fn take_due(connection: &Connection, now: UtcTime) -> Result<Vec<(Operator, Event)>, Error> {
    let mut statement = connection.prepare_cached(
        "DELETE FROM floods WHERE began_at <= :due OR began_at > :now
         RETURNING operator_uid, operator_name, via, action, reason, establishment, user_id, unknown_login, serial, untold, last_at",
    )?;
    let due = now.epoch_seconds().saturating_sub(WINDOW.get());
    let rows = statement.query(named_params! { ":due": due, ":now": now.epoch_seconds() })?;
    let mut owed = read_all(rows, read)?;
    owed.retain(|(_, event)| event.count != Some(0));
    Ok(owed)
}

/// Tells whether one is to be written down as an event of its own; else it is counted.
pub(super) fn admit(connection: &Connection, operator: &Operator, event: &Event, now: UtcTime) -> Result<bool, Error> {
    let mut statement = connection.prepare_cached("SELECT count(*), coalesce(sum(told), 0) FROM floods")?;
    let (rows, told): (i64, i64) = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let is_room = told < TOLD_IN_FULL;
    let all_others = Subject::default();
    if count(connection, operator, event, &event.subject, is_room, now)? {
        return Ok(is_room);
    }
    if rows >= COUNTED_APART && count(connection, operator, event, &all_others, is_room, now)? {
        return Ok(is_room);
    }
    // The first of each is told of in full.
    begin(connection, operator, event, if rows < COUNTED_APART { &event.subject } else { &all_others }, now)?;
    Ok(true)
}

/// Adds one to those of its kind, if there were some.
fn count(
    connection: &Connection,
    operator: &Operator,
    event: &Event,
    subject: &Subject,
    is_told: bool,
    now: UtcTime,
) -> Result<bool, Error> {
    let mut statement = connection.prepare_cached(
        "UPDATE floods SET told = told + :told, untold = untold + 1 - :told, last_at = :now
         WHERE operator_uid = :uid AND operator_name = :name AND via = :via AND action = :action AND reason = :reason
            AND establishment IS :establishment AND user_id IS :user AND unknown_login IS :login AND serial IS :serial",
    )?;
    with_values(operator, event, subject, now, |values| {
        let told: (&str, &dyn ToSql) = (":told", &is_told);
        Ok(statement.execute([values, &[told]].concat().as_slice())? > 0)
    })
}

fn begin(
    connection: &Connection,
    operator: &Operator,
    event: &Event,
    subject: &Subject,
    now: UtcTime,
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO floods (operator_uid, operator_name, via, action, reason, establishment, user_id, unknown_login, serial,
                             began_at, told, last_at)
         VALUES (:uid, :name, :via, :action, :reason, :establishment, :user, :login, :serial, :now, 1, :now)",
    )?;
    with_values(operator, event, subject, now, |values| Ok(statement.execute(values).map(|_| ())?))
}

fn with_values<T>(
    operator: &Operator,
    event: &Event,
    subject: &Subject,
    now: UtcTime,
    run: impl FnOnce(&[(&str, &dyn ToSql)]) -> Result<T, Error>,
) -> Result<T, Error> {
    let reason = event.reason.as_deref().unwrap_or_default();
    run(&[
        (":uid", &operator.uid),
        (":name", &operator.name),
        (":via", &operator.way()),
        (":action", &event.action.name()),
        (":reason", &reason),
        (":establishment", &subject.establishment.as_ref().map(Uai::as_str)),
        (":user", &subject.user),
        (":login", &subject.unknown_login),
        (":serial", &subject.serial.as_ref().map(Serial::as_str)),
        (":now", &now.epoch_seconds()),
    ])
}

/// Tells whether an action is one of which anybody can cause a refusal as often as he likes. The rows have no seal: whoever can write to
/// them must not have the program vouch for any other event.
fn can_flood(action: &Action) -> bool {
    matches!(action, Action::Activate | Action::Check | Action::PinSet | Action::Denial)
}

fn read(row: &Row<'_>) -> Result<(Operator, Event), Error> {
    let reader = Reader::of("floods", row);
    let (uid, name) = (reader.get("operator_uid")?, reader.get("operator_name")?);
    let way: String = reader.get("via")?;
    let (via, login) = Operator::read_way(&way).ok_or_else(|| reader.impossible("via"))?;
    let action: String = reader.get("action")?;
    let action = Action::from_name(&action).filter(can_flood).ok_or_else(|| reader.impossible("action"))?;
    let reason: String = reader.get("reason")?;
    let subject = Subject {
        establishment: reader.exactly("establishment", Uai::as_str)?,
        user: reader.get("user_id")?,
        unknown_login: reader.get("unknown_login")?,
        serial: reader.exactly("serial", Serial::as_str)?,
        ..Subject::default()
    };
    let event = Event::new(action, Outcome::Refused).because(&reason).about(subject).counting(reader.get("untold")?);
    Ok((Operator { uid, name, via, login }, event.up_to(reader.time("last_at")?)))
}
