//! Floods: refusals that anybody can cause as often as he likes must not fill the disk.
//!
//! In each minute the first are events of their own; the rest are counted, by what they are and whom they are about, and told of
//! together when the minute is over, by the first change that comes: how many, and when the last was. If whom they are about is
//! another one each time, as where somebody tries logins, those beyond some are counted together too.

use super::Error;
use super::row::{Reader, read_all};
use crate::audit::{Action, Event, INTEGRITY, Mac, Outcome, Record, Seal, Subject, encode};
use crate::clock::{Seconds, UtcTime};
use crate::establishment::Uai;
use crate::key::Serial;
use crate::operator::Operator;
use rusqlite::{Connection, Row, named_params};
use subtle::ConstantTimeEq;

/// For how long they are counted together.
const WINDOW: Seconds = Seconds::minutes(1);
/// How many events of their own there are in that time, whatever they are about.
const TOLD_IN_FULL: i64 = 60;
/// How many things they may be about, each counted by itself.
const COUNTED_APART: usize = 12;
/// What stands in a seal where an event has the MAC before it, and the version of the program: the seal of a count is no MAC of an event.
const NO_EVENT: (Mac, &str) = ([0xff; 32], "flood");

/// The refusals of a minute that are counted together.
struct Flood {
    row: i64,
    operator: Operator,
    /// What is told of them: how many are owed, and when the last was.
    event: Event,
    began_at: UtcTime,
    /// How many have an event of their own.
    told: i64,
    seal: Mac,
}

/// Takes those that are owed for minutes that are over; also for one that lies ahead, since our own clock was set back. In the place of
/// what the vault has not sealed there is an alarm.
pub(super) fn take_due(
    connection: &Connection,
    operator: &Operator,
    seal: &dyn Seal,
    now: UtcTime,
) -> Result<Vec<(Operator, Event)>, Error> {
    let mut owed = Vec::new();
    for row in rows(connection)? {
        match find(connection, row) {
            Ok(flood) if flood.sealed(seal).ct_eq(&flood.seal).into() => {
                if flood.began_at.plus(WINDOW) > now && flood.began_at <= now {
                    continue;
                }
                owed.extend((flood.event.count != Some(0)).then_some((flood.operator, flood.event)));
            }
            Ok(_) | Err(Error::Impossible { .. }) => {
                owed.push((operator.clone(), Event::new(Action::Denial, Outcome::Alarm).because(INTEGRITY)));
            }
            Err(error) => return Err(error),
        }
        connection.prepare_cached("DELETE FROM floods WHERE id = :row")?.execute(named_params! { ":row": row })?;
    }
    Ok(owed)
}

/// Tells whether one is to be written down as an event of its own; else it is counted. Those that the vault has not sealed are taken
/// before.
pub(super) fn admit(
    connection: &Connection,
    operator: &Operator,
    event: &Event,
    seal: &dyn Seal,
    now: UtcTime,
) -> Result<bool, Error> {
    let mut floods = rows(connection)?.into_iter().map(|row| find(connection, row)).collect::<Result<Vec<_>, _>>()?;
    let told = floods.iter().fold(0_i64, |told, flood| told.saturating_add(flood.told));
    let is_room = told < TOLD_IN_FULL;
    let is_apart = floods.len() < COUNTED_APART;
    let all_others = Subject::default();
    let known = floods.iter().position(|flood| flood.counts(operator, event, &event.subject));
    let known =
        known.or_else(|| floods.iter().position(|flood| !is_apart && flood.counts(operator, event, &all_others)));
    if let Some(flood) = known.and_then(|place| floods.get_mut(place)) {
        flood.add(is_room, now);
        flood.write(connection, seal)?;
        return Ok(is_room);
    }
    // The first of each is told of in full.
    let subject = if is_apart { event.subject.clone() } else { all_others };
    let row = floods.last().map_or(1, |last| last.row.saturating_add(1));
    Flood { row, ..Flood::begin(operator, event, subject, now) }.write(connection, seal)?;
    Ok(true)
}

impl Flood {
    fn begin(operator: &Operator, event: &Event, subject: Subject, now: UtcTime) -> Self {
        let reason = event.reason.as_deref().unwrap_or_default();
        let event = Event::new(event.action, Outcome::Refused).because(reason).about(subject).counting(0).up_to(now);
        Self { row: 0, operator: operator.clone(), event, began_at: now, told: 1, seal: [0; 32] }
    }

    /// Tells whether a refusal that is about this is counted here.
    fn counts(&self, operator: &Operator, event: &Event, subject: &Subject) -> bool {
        let is_same = self.event.action == event.action
            && self.event.reason.as_deref().unwrap_or_default() == event.reason.as_deref().unwrap_or_default();
        is_same && self.operator == *operator && self.event.subject == *subject
    }

    fn add(&mut self, is_told: bool, now: UtcTime) {
        let untold = self.event.count.unwrap_or_default();
        if is_told {
            self.told = self.told.saturating_add(1);
        } else {
            self.event.count = Some(untold.saturating_add(1));
        }
        self.event.last_at = Some(now);
    }

    /// Computes the seal of it as it stands.
    fn sealed(&self, seal: &dyn Seal) -> Mac {
        let (previous, version) = NO_EVENT;
        let record = Record {
            seq: self.told,
            at: self.began_at,
            operator: self.operator.clone(),
            event: self.event.clone(),
            login: None,
            has_left: false,
            version: version.to_owned(),
            mac: previous,
        };
        let mut encoded = encode(&previous, &record);
        // A copy of the row is none.
        encoded.extend_from_slice(&self.row.to_be_bytes());
        seal.seal(&encoded)
    }

    fn write(&self, connection: &Connection, seal: &dyn Seal) -> Result<(), Error> {
        let (operator, subject) = (&self.operator, &self.event.subject);
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO floods (id, operator_uid, operator_name, via, action, reason, establishment, user_id, unknown_login,
                                     serial, began_at, told, untold, last_at, seal)
                 VALUES (:row, :uid, :name, :via, :action, :reason, :establishment, :user, :login, :serial, :began, :told, :untold,
                         :last, :seal)",
            )?
            .execute(named_params! {
                ":row": self.row,
                ":uid": operator.uid,
                ":name": operator.name,
                ":via": operator.way(),
                ":action": self.event.action.name(),
                ":reason": self.event.reason,
                ":establishment": subject.establishment.as_ref().map(Uai::as_str),
                ":user": subject.user,
                ":login": subject.unknown_login,
                ":serial": subject.serial.as_ref().map(Serial::as_str),
                ":began": self.began_at.epoch_seconds(),
                ":told": self.told,
                ":untold": self.event.count,
                ":last": self.event.last_at.map(UtcTime::epoch_seconds),
                ":seal": self.sealed(seal),
            })?;
        Ok(())
    }
}

fn rows(connection: &Connection) -> Result<Vec<i64>, Error> {
    let mut statement = connection.prepare_cached("SELECT id FROM floods ORDER BY id")?;
    read_all(statement.query([])?, |row| Ok(row.get(0)?))
}

fn find(connection: &Connection, row: i64) -> Result<Flood, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT id, operator_uid, operator_name, via, action, reason, establishment, user_id, unknown_login, serial, began_at, told,
                untold, last_at, seal
         FROM floods WHERE id = :row",
    )?;
    let mut rows = statement.query(named_params! { ":row": row })?;
    read(rows.next()?.ok_or(Error::Impossible { table: "floods", column: "id" })?)
}

fn read(row: &Row<'_>) -> Result<Flood, Error> {
    let reader = Reader::of("floods", row);
    let id = reader.get("id")?;
    let (uid, name) = (reader.get("operator_uid")?, reader.get("operator_name")?);
    let way: String = reader.get("via")?;
    let (via, login) = Operator::read_way(&way).ok_or_else(|| reader.impossible("via"))?;
    let action: String = reader.get("action")?;
    let action = Action::from_name(&action).ok_or_else(|| reader.impossible("action"))?;
    let reason: String = reader.get("reason")?;
    let subject = Subject {
        establishment: reader.exactly("establishment", Uai::as_str)?,
        user: reader.get("user_id")?,
        unknown_login: reader.get("unknown_login")?,
        serial: reader.exactly("serial", Serial::as_str)?,
        ..Subject::default()
    };
    let (began_at, told) = (reader.time("began_at")?, reader.get("told")?);
    let event = Event::new(action, Outcome::Refused).because(&reason).about(subject).counting(reader.get("untold")?);
    let event = event.up_to(reader.time("last_at")?);
    Ok(Flood {
        row: id,
        operator: Operator { uid, name, via, login },
        event,
        began_at,
        told,
        seal: reader.get("seal")?,
    })
}
