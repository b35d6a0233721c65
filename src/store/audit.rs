//! The audit: appended to by every change, in its transaction; read in order.

use super::conditions::Conditions;
use super::row::{Reader, read_all};
use super::{Error, View, floods, purge};
use crate::audit::{Action, Event, Events, FileFact, GENESIS, Head, Mac, Outcome, Record, Seal, Stub, Subject, encode};
use crate::clock::UtcTime;
use crate::establishment::Uai;
use crate::key::Serial;
use crate::operator::Operator;
use crate::user::{Login, UserId};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

const SELECT: &str = "SELECT seq, at, operator_uid, operator_name, via, action, outcome, reason, establishment,
        audit.user_id AS user_id, unknown_login, serial, batch_id, file_name, file_sha256, count, last_at,
        version, mac, login,
        audit.user_id IS NOT NULL AND (users.id IS NULL OR removed_at IS NOT NULL) AS has_left
    FROM audit LEFT JOIN users ON users.id = audit.user_id AND (erase_at IS NULL OR erase_at > :now)";
/// The same without names, which no MAC covers: they can be erased.
const SELECT_NAMELESS: &str =
    "SELECT seq, at, operator_uid, operator_name, via, action, outcome, reason, establishment,
        user_id, unknown_login, serial, batch_id, file_name, file_sha256, count, last_at, version, mac, NULL AS login,
        0 AS has_left
    FROM audit";

/// The events that exist within a scope: those about an establishment of it, or a user. No scope is all.
macro_rules! in_scope {
    () => {
        "(:scope IS NULL OR instr(:scope, establishment) > 0 OR EXISTS (
            SELECT 1 FROM memberships JOIN establishments ON establishments.id = memberships.establishment_id
            WHERE memberships.user_id = audit.user_id AND instr(:scope, uai) > 0))"
    };
}
pub(super) use in_scope;

const IN_SCOPE: &str = in_scope!();

/// Which events to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only from this moment on.
    pub since: Option<UtcTime>,
    /// Only up to this moment.
    pub until: Option<UtcTime>,
    /// Only those about this user: who has the login now, or else the last who had it.
    pub login: Option<Login>,
    /// Only those about the user of this number.
    pub user: Option<UserId>,
    /// Only those about this key.
    pub serial: Option<Serial>,
    /// Only those about this establishment.
    pub establishment: Option<Uai>,
    /// Only those of this account, by name.
    pub operator: Option<String>,
    /// Only this action.
    pub action: Option<Action>,
    /// Only this outcome.
    pub outcome: Option<Outcome>,
    /// At most so many, the newest.
    pub limit: Option<u32>,
}

impl Filter {
    /// Gives only the conditions that are asked for, so that SQLite sees which index helps: there may be millions of events.
    fn conditions(&self, scope: Option<String>, now: UtcTime) -> Conditions<'_> {
        let mut found = Conditions::new("TRUE");
        found.add_with(scope, ":scope", IN_SCOPE);
        found.add_with(self.since.map(UtcTime::epoch_seconds), ":since", "at >= :since");
        found.add_with(self.until.map(UtcTime::epoch_seconds), ":until", "at <= :until");
        if let Some(login) = &self.login {
            found.add(
                "user_id = (SELECT id FROM users WHERE folded = :folded AND (erase_at IS NULL OR erase_at > :now)
                    ORDER BY removed_at IS NULL DESC, removed_at DESC, id DESC LIMIT 1)",
            );
            found.bind(":folded", login.folded());
            found.bind(":now", now.epoch_seconds());
        }
        found.add_with(self.user, ":user", "user_id = :user");
        found.add_with(self.serial.as_ref().map(Serial::as_str), ":serial", "serial = :serial");
        found.add_with(self.establishment.as_ref().map(Uai::as_str), ":uai", "establishment = :uai");
        found.add_with(self.operator.as_deref(), ":operator", "operator_name = :operator");
        found.add_with(self.action.map(Action::name), ":action", "action = :action");
        found.add_with(self.outcome.map(Outcome::name), ":outcome", "outcome = :outcome");
        found
    }
}

/// Appends the events of a change, each chained to the one before; before them those that were owed for a flood that is over.
pub(super) fn append(
    connection: &Connection,
    now: UtcTime,
    operator: &Operator,
    events: &Events,
    seal: &dyn Seal,
) -> Result<(), Error> {
    let mut chain = Chain { connection, now, operator, seal, head: None };
    for (operator, event) in floods::take_due(connection, operator, seal, now)? {
        chain.append(&operator, &event)?;
    }
    for event in events.iter() {
        if !event.is_unbounded || floods::admit(connection, operator, event, seal, now)? {
            chain.append(operator, event)?;
        }
    }
    // A trigger that somebody added could have taken them away again.
    match chain.head {
        Some(head) if read_head(connection)? != head => {
            Err(Error::Unexpected("an event is not what was written".to_owned()))
        }
        _ => Ok(()),
    }
}

/// The chain while it grows.
struct Chain<'c> {
    connection: &'c Connection,
    now: UtcTime,
    operator: &'c Operator,
    seal: &'c dyn Seal,
    head: Option<Head>,
}

impl Chain<'_> {
    fn append(&mut self, operator: &Operator, event: &Event) -> Result<(), Error> {
        let last = match self.head {
            Some(head) => head,
            None => self.begin()?,
        };
        self.link(last, operator, event)
    }

    /// Finds the last event. That our own clock was set back since is told before anything else.
    fn begin(&mut self) -> Result<Head, Error> {
        let head = read_head(self.connection)?;
        let times: Option<(i64, i64)> = self
            .connection
            .prepare_cached("SELECT at, (SELECT max(at) FROM audit) FROM audit WHERE seq = :seq")?
            .query_row([head.seq], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let alarm = times.and_then(|(last, latest)| {
            Event::of_clock_set_back(self.now, UtcTime::from_epoch(last), UtcTime::from_epoch(latest))
        });
        let Some(alarm) = alarm else { return Ok(head) };
        self.link(head, self.operator, &alarm)?;
        Ok(self.head.unwrap_or(head))
    }

    fn link(&mut self, last: Head, operator: &Operator, event: &Event) -> Result<(), Error> {
        let mut record = Record {
            seq: last.seq.saturating_add(1),
            at: self.now,
            operator: operator.clone(),
            event: event.clone(),
            login: None,
            has_left: false,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            mac: GENESIS,
        };
        record.mac = self.seal.seal(&encode(&last.mac, &record));
        insert(self.connection, &record)?;
        self.head = Some(Head { seq: record.seq, mac: record.mac });
        Ok(())
    }
}

/// Reads the last event, or what a purge has left of it.
pub(super) fn read_head(connection: &Connection) -> Result<Head, Error> {
    let head = connection
        .prepare_cached("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok(Head { seq: row.get(0)?, mac: row.get(1)? }))
        .optional()?;
    match head {
        Some(head) => Ok(head),
        None => Ok(purge::read_stub(connection)?.map_or(Head::ORIGIN, |(stub, _)| stub.head)),
    }
}

fn insert(connection: &Connection, record: &Record) -> Result<(), Error> {
    let event = &record.event;
    let subject = &event.subject;
    let written = connection
        .prepare_cached(
            "INSERT INTO audit (seq, at, operator_uid, operator_name, via, action, outcome, reason, establishment,
                                user_id, unknown_login, serial, batch_id, file_name, file_sha256, count, last_at,
                                version, mac)
             VALUES (:seq, :at, :operator_uid, :operator_name, :via, :action, :outcome, :reason, :establishment,
                     :user, :unknown_login, :serial, :batch, :file_name, :file_sha256, :count, :last_at,
                     :version, :mac)",
        )?
        .execute(named_params! {
            ":seq": record.seq,
            ":at": record.at.epoch_seconds(),
            ":operator_uid": record.operator.uid,
            ":operator_name": record.operator.name,
            ":via": record.operator.way(),
            ":action": event.action.name(),
            ":outcome": event.outcome.name(),
            ":reason": event.reason,
            ":establishment": subject.establishment.as_ref().map(Uai::as_str),
            ":user": subject.user,
            ":unknown_login": subject.unknown_login,
            ":serial": subject.serial.as_ref().map(Serial::as_str),
            ":batch": subject.batch,
            ":file_name": subject.file.as_ref().map(|file| &file.name),
            ":file_sha256": subject.file.as_ref().map(|file| file.sha256),
            ":count": event.count,
            ":last_at": event.last_at.map(UtcTime::epoch_seconds),
            ":version": record.version,
            ":mac": record.mac,
        })?;
    if written == 1 { Ok(()) } else { Err(Error::Unexpected("an event was not written".to_owned())) }
}

impl View<'_> {
    /// Lists events, the newest last: for as few as are wanted all at once. Names that are due to be erased are not told, whether they
    /// are erased yet or not.
    ///
    /// # Errors
    /// [`Error`].
    pub fn audit(&self, filter: &Filter, now: UtcTime) -> Result<Vec<Record>, Error> {
        let rows = self.audit_rows(filter, now)?;
        rows.into_iter().filter_map(|seq| self.event_at(seq, now).transpose()).collect()
    }

    /// Gives the numbers of events, the newest last.
    ///
    /// # Errors
    /// [`Error`].
    pub fn audit_rows(&self, filter: &Filter, now: UtcTime) -> Result<Vec<i64>, Error> {
        let conditions = filter.conditions(self.scope.listed(), now);
        let limit = filter.limit.map_or_else(String::new, |limit| format!("LIMIT {limit}"));
        let mut found =
            conditions.numbers(self.connection, "SELECT seq FROM audit", &format!("ORDER BY seq DESC {limit}"))?;
        found.reverse();
        Ok(found)
    }

    /// Finds an event by its number. A name that is due to be erased is not told, whether it is erased yet or not.
    ///
    /// # Errors
    /// [`Error`].
    pub fn event_at(&self, seq: i64, now: UtcTime) -> Result<Option<Record>, Error> {
        let mut statement = self.connection.prepare_cached(&format!("{SELECT} WHERE seq = :seq AND {IN_SCOPE}"))?;
        let values = named_params! { ":seq": seq, ":now": now.epoch_seconds(), ":scope": self.scope.listed() };
        let mut rows = statement.query(values)?;
        rows.next()?.map(read).transpose()
    }

    /// Gives what the last event tells of a batch that an action was done to: how many of whatever it counts.
    ///
    /// # Errors
    /// [`Error`].
    pub fn count_told(&self, action: Action, batch: i64) -> Result<Option<i64>, Error> {
        let mut statement = self.connection.prepare(
            "SELECT count FROM audit WHERE action = :action AND batch_id = :batch AND outcome = :outcome
             ORDER BY seq DESC LIMIT 1",
        )?;
        let values = named_params! { ":action": action.name(), ":batch": batch, ":outcome": Outcome::Done.name() };
        Ok(statement.query_row(values, |row| row.get(0)).optional()?.flatten())
    }

    /// Tells whether events are missing at the end for certain: a row was written later than the last of them, and every
    /// change writes its events with its rows.
    ///
    /// # Errors
    /// [`Error`].
    pub fn is_audit_cut(&self) -> Result<bool, Error> {
        let is_cut = self.connection.query_row(
            "SELECT EXISTS (
                SELECT 1 FROM (
                    SELECT max(imported_at) AS at FROM batches WHERE NOT is_open UNION ALL SELECT max(added_at) FROM users
                    UNION ALL SELECT max(added_at) FROM establishments UNION ALL SELECT max(issued_at) FROM activations
                    UNION ALL SELECT iif(EXISTS (SELECT 1 FROM keys WHERE batch_id NOT IN (
                        SELECT id FROM batches WHERE is_open)), -9223372036854775807, NULL))
                WHERE at > (SELECT max(at) FROM audit) OR (at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM audit)))",
            [],
            |row| row.get(0),
        )?;
        Ok(is_cut)
    }

    /// Gives every event, without the name of its user, to `take`, in order, and before them what a purge has left; all as they
    /// stand at one moment.
    ///
    /// # Errors
    /// [`Error`].
    pub fn walk_audit(&self, mut take: impl FnMut(Link<'_>)) -> Result<(), Error> {
        self.at_once(|view| {
            if let Some((stub, seal)) = purge::read_stub(view.connection)? {
                take(Link::Stub(&stub, &seal));
            }
            let mut statement = view.connection.prepare(&format!("{SELECT_NAMELESS} ORDER BY seq"))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                match read(row) {
                    Ok(record) => take(Link::Event(&record)),
                    Err(_) => take(Link::Unreadable(row.get("seq")?)),
                }
            }
            Ok(())
        })
    }

    /// Gives the next events after a number, without the names of their users: so many, of those between two moments.
    ///
    /// # Errors
    /// [`Error`].
    pub fn audit_part(
        &self,
        after: i64,
        most: u32,
        since: Option<UtcTime>,
        until: Option<UtcTime>,
    ) -> Result<Vec<Record>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{SELECT_NAMELESS} WHERE seq > :after AND at BETWEEN :since AND :until ORDER BY seq LIMIT :most"
        ))?;
        let values = named_params! {
            ":after": after,
            ":since": since.map_or(i64::MIN, UtcTime::epoch_seconds),
            ":until": until.map_or(i64::MAX, UtcTime::epoch_seconds),
            ":most": most,
        };
        read_all(statement.query(values)?, read)
    }

    /// Tells where the chain stands, and how many events are in it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn audit_head(&self) -> Result<(Head, i64), Error> {
        let events = self.connection.query_row("SELECT count(*) FROM audit", [], |row| row.get(0))?;
        Ok((read_head(self.connection)?, events))
    }
}

/// What a walk along the chain comes to.
pub enum Link<'w> {
    /// What a purge has left, with its seal: before all events.
    Stub(&'w Stub, &'w Mac),
    /// An event.
    Event(&'w Record),
    /// A row that is none, by its number.
    Unreadable(i64),
}

fn read(row: &Row<'_>) -> Result<Record, Error> {
    let reader = Reader::of("audit", row);
    let way: String = reader.get("via")?;
    let (via, login) = Operator::read_way(&way).ok_or_else(|| reader.impossible("via"))?;
    let action: String = reader.get("action")?;
    let outcome: String = reader.get("outcome")?;
    Ok(Record {
        seq: reader.get("seq")?,
        at: reader.time("at")?,
        operator: Operator { uid: reader.get("operator_uid")?, name: reader.get("operator_name")?, via, login },
        event: Event {
            action: Action::from_name(&action).ok_or_else(|| reader.impossible("action"))?,
            outcome: Outcome::from_name(&outcome).ok_or_else(|| reader.impossible("outcome"))?,
            reason: reader.get("reason")?,
            subject: Subject {
                establishment: reader.exactly("establishment", Uai::as_str)?,
                user: reader.get("user_id")?,
                unknown_login: reader.get("unknown_login")?,
                serial: reader.exactly("serial", Serial::as_str)?,
                batch: reader.get("batch_id")?,
                file: read_file(&reader)?,
            },
            count: reader.get("count")?,
            last_at: reader.optional_time("last_at")?,
            is_unbounded: false,
        },
        login: reader.parse_optional("login")?,
        has_left: reader.get("has_left")?,
        version: reader.get("version")?,
        mac: reader.get("mac")?,
    })
}

fn read_file(reader: &Reader<'_>) -> Result<Option<FileFact>, Error> {
    match (reader.get("file_name")?, reader.get("file_sha256")?) {
        (Some(name), Some(sha256)) => Ok(Some(FileFact { name, sha256 })),
        (None, None) => Ok(None),
        // A hash without a name would be under no MAC.
        _ => Err(reader.impossible("file_sha256")),
    }
}
