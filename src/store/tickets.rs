//! Tickets: what ties a second message to the first. One for a key at a time; a newer one takes the place of the former.

use super::keys::read_hashed;
use super::row::Reader;
use super::{Change, Error, View};
use crate::clock::UtcTime;
use crate::key::CredentialVersion;
use crate::otp::Step;
use crate::passcode::Pending;
use crate::pin::Hashed;
use crate::user::UserId;
use rusqlite::{Row, named_params};

/// What a ticket is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Choosing a PIN.
    NewPin,
    /// The code that follows the first one.
    NextCode(Pending),
}

impl Purpose {
    /// Gives the name that stands in the row.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewPin => "new-pin",
            Self::NextCode(_) => "next-code",
        }
    }
}

/// A ticket that is being issued.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// The keyed hash of its bits, of whose key it is, of what it is for and of its last moment.
    pub hash: [u8; 32],
    /// The row of the key.
    pub key: i64,
    /// The user.
    pub user: UserId,
    /// What it is for.
    pub purpose: Purpose,
    /// What the key could open when it was issued: any change kills it.
    pub version: CredentialVersion,
    /// Its last moment.
    pub expires_at: UtcTime,
    /// How many tries it has.
    pub tries: u8,
    /// The PIN that becomes the key's own with its first acceptance, when the key takes another one's place.
    pub pin: Option<Hashed>,
}

/// A ticket as it is kept.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// Its row.
    pub row: i64,
    /// The keyed hash of its bits, of whose key it is, of what it is for and of its last moment.
    pub hash: [u8; 32],
    /// The row of the key.
    pub key: i64,
    /// The user.
    pub user: UserId,
    /// What it is for.
    pub purpose: Purpose,
    /// What the key could open when it was issued.
    pub version: CredentialVersion,
    /// Its last moment.
    pub expires_at: UtcTime,
    /// How many tries are left.
    pub tries_left: u8,
    /// The PIN that becomes the key's own with its first acceptance.
    pub pin: Option<Hashed>,
}

const SELECT: &str =
    "SELECT id, hash, key_id, user_id, purpose, credential_version, expires_at, tries_left, first_step, host_step, pin_hash, pin_salt,
        pin_work
    FROM tickets";

impl View<'_> {
    /// Finds the ticket of a key.
    ///
    /// # Errors
    /// [`Error`].
    pub fn ticket_of_key(&self, key: i64) -> Result<Option<Ticket>, Error> {
        let mut statement = self.connection.prepare_cached(&format!("{SELECT} WHERE key_id = :key"))?;
        let mut rows = statement.query(named_params! { ":key": key })?;
        rows.next()?.map(read).transpose()
    }
}

impl Change<'_> {
    /// Issues a ticket; the key's former one is gone.
    ///
    /// # Errors
    /// [`Error`].
    pub fn add_ticket(&self, new: &NewTicket) -> Result<(), Error> {
        self.drop_tickets(new.key)?;
        let pending = match new.purpose {
            Purpose::NewPin => None,
            Purpose::NextCode(pending) => Some(pending),
        };
        self.transaction
            .prepare_cached(
                "INSERT INTO tickets (hash, key_id, user_id, purpose, credential_version, expires_at, tries_left,
                                      first_step, host_step, pin_hash, pin_salt, pin_work)
                 VALUES (:hash, :key, :user, :purpose, :version, :expires_at, :tries, :first_step, :host_step,
                         :pin_hash, :pin_salt, :pin_work)",
            )?
            .execute(named_params! {
                ":hash": new.hash,
                ":key": new.key,
                ":user": new.user,
                ":purpose": new.purpose.name(),
                ":version": new.version.0,
                ":expires_at": new.expires_at.epoch_seconds(),
                ":tries": new.tries,
                ":first_step": pending.map(|pending| pending.first.index()),
                ":host_step": pending.and_then(|pending| pending.host).map(Step::index),
                ":pin_hash": new.pin.as_ref().map(|pin| pin.hash),
                ":pin_salt": new.pin.as_ref().map(|pin| pin.salt),
                ":pin_work": new.pin.as_ref().map(|pin| pin.work.to_text()),
            })?;
        Ok(())
    }

    /// Takes one try off a ticket; gives how many are left. The last one takes the ticket with it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn use_ticket(&self, ticket: &Ticket) -> Result<u8, Error> {
        let left = ticket.tries_left.saturating_sub(1);
        if left == 0 {
            self.transaction.execute("DELETE FROM tickets WHERE id = :row", named_params! { ":row": ticket.row })?;
        } else {
            self.transaction.execute(
                "UPDATE tickets SET tries_left = :left WHERE id = :row",
                named_params! { ":left": left, ":row": ticket.row },
            )?;
        }
        Ok(left)
    }

    /// Kills whatever ticket a key has, and that of a key which takes its place: with it may go a PIN that was right for this one.
    ///
    /// # Errors
    /// [`Error`].
    pub fn drop_tickets(&self, key: i64) -> Result<(), Error> {
        self.transaction
            .prepare_cached(
                "DELETE FROM tickets
                 WHERE key_id = :key
                    OR key_id = (SELECT new_key_id FROM successions WHERE old_key_id = :key AND keeps_pin)",
            )?
            .execute(named_params! { ":key": key })?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> Result<Ticket, Error> {
    let reader = Reader::of("tickets", row);
    let purpose: String = reader.get("purpose")?;
    let purpose = match purpose.as_str() {
        "new-pin" => Purpose::NewPin,
        "next-code" => Purpose::NextCode(Pending {
            first: Step::new(reader.get("first_step")?),
            host: reader.get::<Option<i64>>("host_step")?.map(Step::new),
        }),
        _ => return Err(reader.impossible("purpose")),
    };
    Ok(Ticket {
        row: reader.get("id")?,
        hash: reader.get("hash")?,
        key: reader.get("key_id")?,
        user: reader.get("user_id")?,
        purpose,
        version: CredentialVersion(reader.get("credential_version")?),
        expires_at: reader.time("expires_at")?,
        tries_left: reader.get("tries_left")?,
        pin: read_hashed(&reader, ["pin_hash", "pin_salt", "pin_work"])?,
    })
}
