//! Going through many keys: first their numbers are taken, in order, then each is read when its turn comes. So a million of them take
//! a few bytes each, and nothing is held in the database while somebody reads what was written of the first.

use super::super::conditions::Conditions;
use super::super::{Error, View};
use super::{IN_SCOPE, SELECT, read, within};
use crate::clock::UtcTime;
use crate::establishment::Uai;
use crate::key::{Key, State};
use crate::user::Login;
use rusqlite::named_params;

/// Which keys to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those in this state.
    pub state: Option<State>,
    /// Only those of this establishment.
    pub establishment: Option<Uai>,
    /// Only those of this user.
    pub login: Option<Login>,
    /// Only those of this import.
    pub batch: Option<i64>,
    /// Only those on their way.
    pub on_their_way: bool,
    /// Only those that lie where they are held.
    pub at_hand: bool,
    /// Only those that end before this moment, and are neither lost nor out of use.
    pub ends_before: Option<UtcTime>,
    /// Only those that do not.
    pub lasts_until: Option<UtcTime>,
    /// Only those that may be given out at this moment: they may be used by then, no code that somebody holds is bound to them, and
    /// they did not come back locked.
    pub free_at: Option<UtcTime>,
    /// Only those in use that were neither activated nor accepted since this moment.
    pub idle_since: Option<UtcTime>,
    /// Only those in the hands of a user that never accepted a code of his, without a code for him to activate them with; none
    /// whose place another one takes.
    pub unused: bool,
    /// Only those that are locked.
    pub locked: bool,
    /// Only those that came back with a backup and are held since.
    pub held: bool,
    /// Only those in use, or suspended, that go by a clock of their own.
    pub has_clock: bool,
}

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By serial.
    Serial,
    /// Those first that end first.
    End,
    /// Those first that were used, or activated, longest ago.
    LastUse,
    /// By import, in the order of the file.
    Batch,
}

/// What [`crate::key::Key::last_seen`] tells, as SQL.
macro_rules! last_seen {
    () => {
        "max(coalesce(last_accepted_at, 0), coalesce(activated_at, 0))"
    };
}

impl Order {
    /// A plus has keys that are few sorted: SQLite would go through all of them by serial, to sort none.
    const fn sql(self, are_few: bool) -> &'static str {
        match self {
            Self::Serial if are_few => "+serial",
            Self::Serial => "serial",
            Self::End => "not_after, serial",
            Self::LastUse => concat!(last_seen!(), ", serial"),
            Self::Batch => "batch_id, keys.id",
        }
    }
}

impl Filter {
    /// Tells whether all these keys have left stock, and are found in the index of those, with their batch, serial and state.
    fn have_left_stock(&self) -> bool {
        let is_any_but_stock = self.state.is_some_and(|state| state != State::Stock);
        is_any_but_stock || self.on_their_way || self.unused || self.has_clock || self.idle_since.is_some()
    }

    /// Gives the batch, where nothing but that is asked for.
    fn only_batch(&self) -> Option<i64> {
        self.batch.filter(|_| *self == Self { batch: self.batch, ..Self::default() })
    }

    /// Gives only the conditions that are asked for, so that SQLite sees which index helps.
    fn conditions(&self, scope: Option<String>) -> Conditions<'_> {
        let mut found = Conditions::new("TRUE");
        if self.have_left_stock() {
            found.add("left_stock_at IS NOT NULL");
        }
        found.add_with(scope, ":scope", within!());
        found.add_with(self.state.map(State::name), ":state", "state = :state");
        let uai = self.establishment.as_ref().map(Uai::as_str);
        found.add_with(uai, ":uai", "establishment_id = (SELECT id FROM establishments WHERE uai = :uai)");
        let folded = self.login.as_ref().map(Login::folded);
        found.add_with(
            folded,
            ":folded",
            "user_id = (SELECT id FROM users WHERE folded = :folded AND removed_at IS NULL)",
        );
        found.add_with(self.batch, ":batch", "batch_id = :batch");
        let ends = "not_after < :ends_before AND state NOT IN ('lost', 'retired')";
        found.add_with(self.ends_before.map(UtcTime::epoch_seconds), ":ends_before", ends);
        let lasts = "(not_after IS NULL OR not_after >= :lasts_until)";
        found.add_with(self.lasts_until.map(UtcTime::epoch_seconds), ":lasts_until", lasts);
        let free = "(not_before IS NULL OR not_before <= :free_at) AND lock IS NULL AND NOT EXISTS (
            SELECT 1 FROM activations WHERE key_id = keys.id AND activations.state = 'live' AND expires_at >= :free_at)";
        found.add_with(self.free_at.map(UtcTime::epoch_seconds), ":free_at", free);
        let idle = concat!("state = 'active' AND ", last_seen!(), " < :idle_since");
        found.add_with(self.idle_since.map(UtcTime::epoch_seconds), ":idle_since", idle);
        let facts = [
            (self.on_their_way, "shipped_at IS NOT NULL"),
            (self.at_hand, "shipped_at IS NULL"),
            (self.held, "held_since IS NOT NULL"),
            (self.locked, "lock IS NOT NULL AND state <> 'retired'"),
            (self.has_clock, "state IN ('active', 'suspended') AND period IS NOT NULL"),
            (
                self.unused,
                "state IN ('assigned', 'active', 'suspended')
                 AND (activated_at IS NULL OR coalesce(last_accepted_at, 0) < activated_at)
                 AND NOT EXISTS (
                    SELECT 1 FROM activations WHERE activations.user_id = keys.user_id AND activations.state = 'live')
                 AND NOT EXISTS (SELECT 1 FROM successions WHERE old_key_id = keys.id)",
            ),
        ];
        for (_, condition) in facts.into_iter().filter(|(is_asked_for, _)| *is_asked_for) {
            found.add(condition);
        }
        found
    }
}

impl View<'_> {
    /// Gives the numbers of keys.
    ///
    /// # Errors
    /// [`Error`].
    pub fn key_rows(&self, filter: &Filter, order: Order) -> Result<Vec<i64>, Error> {
        let mut conditions = filter.conditions(self.scope.listed());
        let order = order.sql(filter.have_left_stock());
        // A batch that was opened between two of these would show what has come in of it.
        self.at_once(|view| {
            let from = match filter.only_batch() {
                // As they lie on the disk: the index has them by where they are, and takes twice as long for each.
                Some(batch) if view.is_most(batch)? => "SELECT id FROM keys NOT INDEXED",
                _ => "SELECT id FROM keys",
            };
            // Nearly always none is open, and then no key need be looked at for its batch.
            if !view.open_batches()?.is_empty() {
                conditions.add("batch_id NOT IN (SELECT id FROM batches WHERE is_open)");
            }
            conditions.numbers(view.connection, from, &format!("ORDER BY {order}"))
        })
    }

    /// Tells whether a batch brought most of the keys that there are.
    fn is_most(self, batch: i64) -> Result<bool, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM batches WHERE id = :batch AND 2 * new_keys > (SELECT max(id) FROM keys))",
        )?;
        Ok(statement.query_row(named_params! { ":batch": batch }, |row| row.get(0))?)
    }

    /// Finds a key by its number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn key_at(&self, row: i64) -> Result<Option<Key>, Error> {
        let mut statement = self.connection.prepare_cached(&format!("{SELECT} WHERE keys.id = :row AND {IN_SCOPE}"))?;
        let mut rows = statement.query(named_params! { ":row": row, ":scope": self.scope.listed() })?;
        rows.next()?.map(read).transpose()
    }

    /// Lists keys by serial: for as few as are wanted all at once.
    ///
    /// # Errors
    /// [`Error`].
    pub fn keys(&self, filter: &Filter) -> Result<Vec<Key>, Error> {
        let rows = self.key_rows(filter, Order::Serial)?;
        rows.into_iter().filter_map(|row| self.key_at(row).transpose()).collect()
    }
}
