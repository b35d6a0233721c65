//! Operators: who was entrusted with what, from when and until when.

use super::row::{Reader, read_all};
use super::{Change, Error, View};
use crate::clock::UtcTime;
use crate::establishment::Uai;
use crate::operator::{Mandate, Role, Terms};
use rusqlite::{Row, named_params};

const SELECT: &str = "SELECT id, uid, name, role, added_at, until, seal,
        (SELECT group_concat(uai, ' ') FROM (
            SELECT uai FROM operator_establishments JOIN establishments ON establishments.id = establishment_id
            WHERE operator_id = operators.id ORDER BY uai)) AS uais
    FROM operators";

/// Those that hold at a moment. One that is taken back holds no more from that second on.
const AT: &str = "added_at <= :at AND (until IS NULL OR until >= :at) AND (ended_at IS NULL OR ended_at > :at)";

/// A mandate that is being given.
#[derive(Clone, Debug)]
pub struct NewMandate<'a> {
    /// The number of the account.
    pub uid: u32,
    /// Its name.
    pub name: &'a str,
    /// What he may do.
    pub role: Role,
    /// For which establishments, by number and name.
    pub establishments: &'a [(i64, Uai)],
    /// Its last moment, if it has one.
    pub until: Option<UtcTime>,
}

impl View<'_> {
    /// Finds what an account is entrusted with now, whatever was planned since.
    ///
    /// # Errors
    /// [`Error`].
    pub fn mandate(&self, uid: u32, now: UtcTime) -> Result<Option<Mandate>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{SELECT} WHERE uid = :uid AND ended_at IS NULL AND (until IS NULL OR until >= :now)"
        ))?;
        let mut rows = statement.query(named_params! { ":uid": uid, ":now": now.epoch_seconds() })?;
        rows.next()?.map(read).transpose()
    }

    /// Lists the mandates that were neither taken back nor replaced, even those whose date has passed, by the name of the account.
    ///
    /// # Errors
    /// [`Error`].
    pub fn mandates_not_ended(&self) -> Result<Vec<Mandate>, Error> {
        let mut statement = self.connection.prepare(&format!("{SELECT} WHERE ended_at IS NULL ORDER BY name, uid"))?;
        read_all(statement.query([])?, read)
    }

    /// Lists the mandates that hold at a moment, by the name of the account.
    ///
    /// # Errors
    /// [`Error`].
    pub fn mandates(&self, at: UtcTime) -> Result<Vec<Mandate>, Error> {
        let mut statement = self.connection.prepare(&format!("{SELECT} WHERE {AT} ORDER BY name, uid"))?;
        read_all(statement.query(named_params! { ":at": at.epoch_seconds() })?, read)
    }
}

impl Change<'_> {
    /// Gives a mandate, and has the vault seal it.
    ///
    /// # Errors
    /// [`Error`]; an account has one at a time, so end the other first.
    pub fn add_mandate(&self, new: &NewMandate<'_>, now: UtcTime) -> Result<(), Error> {
        let mut uais: Vec<Uai> = new.establishments.iter().map(|(_, uai)| uai.clone()).collect();
        uais.sort_unstable();
        uais.dedup();
        let terms = Terms { uid: new.uid, name: new.name, role: new.role, uais: &uais, since: now, until: new.until };
        self.transaction.execute(
            "INSERT INTO operators (uid, name, role, added_at, until, seal)
             VALUES (:uid, :name, :role, :now, :until, :seal)",
            named_params! {
                ":seal": terms.seal(self.seal),
                ":uid": new.uid,
                ":name": new.name,
                ":role": new.role.name(),
                ":now": now.epoch_seconds(),
                ":until": new.until.map(UtcTime::epoch_seconds),
            },
        )?;
        let mandate = self.transaction.last_insert_rowid();
        for (establishment, _) in new.establishments {
            self.transaction.execute(
                "INSERT OR IGNORE INTO operator_establishments (operator_id, establishment_id)
                 VALUES (:mandate, :establishment)",
                named_params! { ":mandate": mandate, ":establishment": establishment },
            )?;
        }
        Ok(())
    }

    /// Ends a mandate.
    ///
    /// # Errors
    /// [`Error`].
    pub fn end_mandate(&self, mandate: i64, now: UtcTime) -> Result<(), Error> {
        self.transaction.execute(
            "UPDATE operators SET ended_at = :now WHERE id = :mandate AND ended_at IS NULL",
            named_params! { ":mandate": mandate, ":now": now.epoch_seconds() },
        )?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> Result<Mandate, Error> {
    let reader = Reader::of("operators", row);
    Ok(Mandate {
        id: reader.get("id")?,
        uid: reader.get("uid")?,
        name: reader.get("name")?,
        role: reader.parse("role")?,
        establishments: reader.parse_all("uais")?,
        since: reader.time("added_at")?,
        until: reader.optional_time("until")?,
        seal: reader.get("seal")?,
    })
}
