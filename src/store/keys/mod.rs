//! Keys: what is known of them, and their sealed secrets.

mod adder;
mod credential;
mod known;
mod life;
mod replacement;
mod succession;
mod walk;

pub use adder::KeyAdder;
pub use credential::{NewPinMode, Spending};
pub use known::KnownKey;
pub use walk::{Filter, Order};

use super::row::{Reader, read_all};
use super::{Change, Error, View};
use crate::audit::Mac;
use crate::clock::UtcTime;
use crate::drift::{Clockwork, Drift, Side};
use crate::key::{
    CredentialVersion, Holder, Identity, Key, KeyId, SealedSeed, Serial, SerialRange, Shipment, Validity,
};
use crate::otp::{Algorithm, Digits, MovedBy, Parameters, Period, Step};
use crate::pin::{self, Hashed, Work};
use crate::throttle::Lock;
use crate::user::UserId;
use rusqlite::{Row, named_params};

/// The keys that are seen: not those of a batch that is still open. The columns stand in the order in which they are read, and those of
/// the secrets are left where they are.
const SELECT: &str = "SELECT lock, held_since, asks_twice, user_id, login, shipped_at, keys.id AS id, key_id, serial, state, before_loss,
        (SELECT uai FROM establishments AS aim WHERE aim.id = keys.shipped_to_id) AS shipped_to,
        algorithm, period, epoch, digits, manufacturer, model, uai, batch_id, batch_line, not_before, not_after, watermark,
        drift, last_side, last_accepted_at, activated_at, credential_version,
        pin_hash, pin_provisional_until, new_pin_until, former_pin_returns
    FROM (SELECT * FROM keys
          WHERE NOT EXISTS (SELECT 1 FROM batches WHERE batches.id = keys.batch_id AND is_open)) AS keys
        LEFT JOIN establishments ON establishments.id = keys.establishment_id
        LEFT JOIN users ON users.id = keys.user_id";

/// The keys that exist within a scope: what an establishment of it holds, by the column that names it, or awaits, and what its
/// users have. No scope is all.
macro_rules! keys_in_scope {
    ($holder:literal) => {
        concat!(
            "(:scope IS NULL OR instr(:scope, ",
            $holder,
            ") > 0 OR EXISTS (
                SELECT 1 FROM establishments AS aim WHERE aim.id = keys.shipped_to_id AND instr(:scope, aim.uai) > 0)
             OR EXISTS (
                SELECT 1 FROM memberships JOIN establishments AS theirs ON theirs.id = memberships.establishment_id
                WHERE memberships.user_id = keys.user_id AND instr(:scope, theirs.uai) > 0))"
        )
    };
}
pub(super) use keys_in_scope;

const IN_SCOPE: &str = keys_in_scope!("uai");

/// The order of the two keys that a user has while one takes the place of the other.
const MOST_IN_USE_FIRST: &str =
    "ORDER BY state = 'active' DESC, EXISTS (SELECT 1 FROM successions WHERE new_key_id = keys.id), keys.id";
/// The same for what is asked of many keys, by ways that end in the keys of the scope: the others are not even looked at. There
/// must be a scope.
macro_rules! within {
    () => {
        "keys.id IN (
            SELECT id FROM keys WHERE establishment_id IN (SELECT id FROM establishments WHERE instr(:scope, uai) > 0)
            UNION ALL
            SELECT id FROM keys WHERE shipped_to_id IN (SELECT id FROM establishments WHERE instr(:scope, uai) > 0)
            UNION ALL
            SELECT id FROM keys WHERE user_id IN (SELECT user_id FROM memberships WHERE establishment_id IN (
                SELECT id FROM establishments WHERE instr(:scope, uai) > 0)))"
    };
}
pub(super) use within;

/// All of them.
pub(super) const SELECT_ALL: &str = "SELECT keys.*, uai, login,
        (SELECT uai FROM establishments AS aim WHERE aim.id = keys.shipped_to_id) AS shipped_to
    FROM keys LEFT JOIN establishments ON establishments.id = keys.establishment_id
              LEFT JOIN users ON users.id = keys.user_id";

/// What a key keeps secret, as ciphertext and hashes.
#[derive(Debug)]
pub struct Secrets {
    /// Its seed.
    pub seed: SealedSeed,
    /// Its PIN, if it has one.
    pub pin: Option<Hashed>,
    /// The PIN before that one.
    pub former_pin: Option<Hashed>,
    /// The vault's seal that it is its holder's.
    pub holder_seal: Option<Mac>,
    /// The vault's seal over the while in which a PIN can be chosen.
    pub new_pin_seal: Option<Mac>,
}

/// A key that is being imported.
#[derive(Debug)]
pub struct NewKey<'a> {
    /// Its id, serial and parameters.
    pub identity: &'a Identity,
    /// Its seed, sealed for them.
    pub seed: &'a SealedSeed,
    /// Who made it.
    pub manufacturer: Option<&'a str>,
    /// What kind it is.
    pub model: Option<&'a str>,
    /// Its dates.
    pub validity: Validity,
    /// The drift that the vendor has measured.
    pub drift: Drift,
    /// Below the first code that it can show: an event key may come with a counter.
    pub watermark: Step,
    /// The number of the establishment that holds it.
    pub establishment: Option<i64>,
    /// The import it comes with.
    pub batch: i64,
    /// The line of that file.
    pub batch_line: i64,
}

impl View<'_> {
    /// Finds a key by its serial.
    ///
    /// # Errors
    /// [`Error`].
    pub fn key(&self, serial: &Serial) -> Result<Option<Key>, Error> {
        let mut statement =
            self.connection.prepare_cached(&format!("{SELECT} WHERE serial = :serial AND {IN_SCOPE}"))?;
        let mut rows = statement.query(named_params! { ":serial": serial.as_str(), ":scope": self.scope.listed() })?;
        rows.next()?.map(read).transpose()
    }

    /// Finds the key that a user has: assigned, in use, or suspended. Of two it is the one in use, and then the one that is replaced.
    ///
    /// # Errors
    /// [`Error`].
    pub fn key_of_user(&self, user: UserId) -> Result<Option<Key>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{SELECT} WHERE user_id = :user AND state IN ('assigned', 'active', 'suspended') AND {IN_SCOPE}
             {MOST_IN_USE_FIRST} LIMIT 1"
        ))?;
        let mut rows = statement.query(named_params! { ":user": user, ":scope": self.scope.listed() })?;
        rows.next()?.map(read).transpose()
    }

    /// Finds all the keys that a user has: assigned, in use, or suspended; two while one takes the place of the other, those in
    /// use first.
    ///
    /// # Errors
    /// [`Error`].
    pub fn keys_of_user(&self, user: UserId) -> Result<Vec<Key>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{SELECT} WHERE user_id = :user AND state IN ('assigned', 'active', 'suspended') AND {IN_SCOPE}
             {MOST_IN_USE_FIRST}"
        ))?;
        read_all(statement.query(named_params! { ":user": user, ":scope": self.scope.listed() })?, read)
    }

    /// Lists whatever keys stand to a user's name, the lost ones too, by serial.
    ///
    /// # Errors
    /// [`Error`].
    pub fn all_keys_of_user(&self, user: UserId) -> Result<Vec<Key>, Error> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{SELECT} WHERE user_id = :user AND {IN_SCOPE} ORDER BY serial"))?;
        read_all(statement.query(named_params! { ":user": user, ":scope": self.scope.listed() })?, read)
    }

    /// Finds the lost key of a user that he used last.
    ///
    /// # Errors
    /// [`Error`].
    pub fn lost_key_of_user(&self, user: UserId) -> Result<Option<Key>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{SELECT} WHERE user_id = :user AND state = 'lost' AND {IN_SCOPE}
             ORDER BY last_accepted_at DESC NULLS LAST, keys.id DESC LIMIT 1"
        ))?;
        let mut rows = statement.query(named_params! { ":user": user, ":scope": self.scope.listed() })?;
        rows.next()?.map(read).transpose()
    }

    /// Gives the line of the key with this serial in an open batch.
    ///
    /// # Errors
    /// [`Error`].
    pub fn line_in_open_batch(&self, batch: i64, serial: &Serial) -> Result<Option<i64>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT batch_line FROM keys WHERE serial = :serial AND batch_id = :batch")?;
        let mut rows = statement.query(named_params! { ":serial": serial.as_str(), ":batch": batch })?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }

    /// Lists the serials of keys in a range, in their order.
    ///
    /// # Errors
    /// [`Error`].
    pub fn serials_between(&self, range: &SerialRange) -> Result<Vec<Serial>, Error> {
        let mut statement = self.connection.prepare(&format!(
            "{SELECT} WHERE serial BETWEEN :first AND :last AND length(serial) = length(:first) AND {IN_SCOPE}
             ORDER BY serial"
        ))?;
        let rows = statement.query(named_params! {
            ":first": range.first().as_str(),
            ":last": range.last().as_str(),
            ":scope": self.scope.listed(),
        })?;
        let serials = read_all(rows, |row| Reader::of("keys", row).parse::<Serial>("serial"))?;
        Ok(serials.into_iter().filter(|serial| range.covers(serial)).collect())
    }

    /// Finds the key of a batch that stands at a rank among those that are in stock, in the order of the index that finds them.
    ///
    /// # Errors
    /// [`Error`].
    pub fn key_in_stock(&self, batch: i64, rank: i64) -> Result<Option<Key>, Error> {
        let mut statement = self.connection.prepare(&format!(
            "{SELECT} WHERE batch_id = :batch AND state = 'stock'
             ORDER BY keys.establishment_id, model, state LIMIT 1 OFFSET :rank"
        ))?;
        let mut rows = statement.query(named_params! { ":batch": batch, ":rank": rank })?;
        rows.next()?.map(read).transpose()
    }

    /// Reads the secrets of a key, as ciphertext and hashes.
    ///
    /// # Errors
    /// [`Error`].
    pub fn secrets(&self, key: i64) -> Result<Secrets, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seed, pin_hash, pin_salt, pin_work, former_pin_hash, former_pin_salt, former_pin_work, holder_seal, new_pin_seal
             FROM keys WHERE id = :key",
        )?;
        let mut rows = statement.query(named_params! { ":key": key })?;
        let row = rows.next()?.ok_or(Error::Impossible { table: "keys", column: "id" })?;
        read_secrets(row)
    }
}

pub(super) fn read(row: &Row<'_>) -> Result<Key, Error> {
    let reader = Reader::of("keys", row);
    let lock: Option<String> = reader.get("lock")?;
    let lock = lock.map(|name| Lock::from_name(&name).ok_or_else(|| reader.impossible("lock"))).transpose()?;
    let (held_since, asks_twice) = (reader.optional_time("held_since")?, reader.get("asks_twice")?);
    let user: Option<UserId> = reader.get("user_id")?;
    let holder = user.map(|user| Ok::<_, Error>(Holder { user, login: reader.parse("login")? })).transpose()?;
    let shipped_at = reader.optional_time("shipped_at")?;
    Ok(Key {
        row: reader.get("id")?,
        id: KeyId(reader.get("key_id")?),
        serial: reader.parse("serial")?,
        state: reader.parse("state")?,
        before_loss: reader.parse_optional("before_loss")?,
        shipment: shipped_at
            .map(|at| Ok::<_, Error>(Shipment { to: reader.parse_optional("shipped_to")?, at }))
            .transpose()?,
        lock,
        held_since,
        asks_twice,
        parameters: read_parameters(&reader)?,
        manufacturer: reader.get("manufacturer")?,
        model: reader.get("model")?,
        establishment: reader.parse_optional("uai")?,
        holder,
        batch: reader.get("batch_id")?,
        batch_line: reader.get("batch_line")?,
        validity: Validity {
            not_before: reader.optional_time("not_before")?,
            not_after: reader.optional_time("not_after")?,
        },
        watermark: Step::new(reader.get("watermark")?),
        clockwork: Clockwork {
            drift: Drift::new(reader.get("drift")?).map_err(|_| reader.impossible("drift"))?,
            last_side: Side::of(reader.get("last_side")?),
        },
        last_accepted_at: reader.optional_time("last_accepted_at")?,
        activated_at: reader.optional_time("activated_at")?,
        version: CredentialVersion(reader.get("credential_version")?),
        pin: read_pin(&reader)?,
    })
}

pub(super) fn read_parameters(reader: &Reader<'_>) -> Result<Parameters, Error> {
    let (algorithm, period) = (reader.parse("algorithm")?, reader.get("period")?);
    parameters_of(reader, algorithm, period, reader.time("epoch")?, reader.get("digits")?)
}

fn parameters_of(
    reader: &Reader<'_>,
    algorithm: Algorithm,
    period: Option<i64>,
    epoch: UtcTime,
    digits: u8,
) -> Result<Parameters, Error> {
    let period = match (algorithm.moved_by(), period) {
        (MovedBy::Clock, Some(seconds)) => Period::new(seconds).map_err(|_| reader.impossible("period"))?,
        (MovedBy::Button, None) => Period::HALF_MINUTE,
        _ => return Err(reader.impossible("period")),
    };
    let period = period.counted_from(epoch).map_err(|_| reader.impossible("epoch"))?;
    let digits = Digits::new(digits).map_err(|_| reader.impossible("digits"))?;
    Ok(Parameters { algorithm, digits, period })
}

fn read_pin(reader: &Reader<'_>) -> Result<pin::Standing, Error> {
    let hash: Option<[u8; 32]> = reader.get("pin_hash")?;
    let until = reader.optional_time("pin_provisional_until")?;
    let then_until = reader.optional_time("new_pin_until")?;
    Ok(match (hash, until) {
        (None, _) => pin::Standing::None { until: then_until },
        (Some(_), Some(until)) if reader.get("former_pin_returns")? => pin::Standing::Changed { until },
        (Some(_), Some(until)) => pin::Standing::Provisional { until, then_until },
        (Some(_), None) => pin::Standing::Set,
    })
}

/// Reads the secrets of a row that holds their columns.
pub(super) fn read_secrets(row: &Row<'_>) -> Result<Secrets, Error> {
    let reader = Reader::of("keys", row);
    Ok(Secrets {
        seed: SealedSeed(reader.get("seed")?),
        pin: read_hashed(&reader, ["pin_hash", "pin_salt", "pin_work"])?,
        former_pin: read_hashed(&reader, ["former_pin_hash", "former_pin_salt", "former_pin_work"])?,
        holder_seal: reader.get("holder_seal")?,
        new_pin_seal: reader.get("new_pin_seal")?,
    })
}

pub(super) fn read_hashed(reader: &Reader<'_>, columns: [&'static str; 3]) -> Result<Option<Hashed>, Error> {
    let [hash, salt, work] = columns;
    let Some(hash) = reader.get(hash)? else {
        return Ok(None);
    };
    let text: String = reader.get(work)?;
    let work = Work::parse(&text).ok_or_else(|| reader.impossible(work))?;
    Ok(Some(Hashed { salt: reader.get(salt)?, hash, work }))
}
