//! `vault status` tells which vault key opens the database, where it comes from, and what to do with a copy of it.

use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::cli::vault_key::KeyPlace;
use crate::host::files::{Account, mode_of};

/// Runs the command.
///
/// # Errors
/// [`Failure`]: also when the key is not the one that opens the database.
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let key = desk.vault_key()?;
        let place = KeyPlace::of(&session.home, &session.host.environment);
        let owner = Account::owning(place.path()).map(|account| account.name);
        let mode = mode_of(place.path()).map(|mode| format!("{mode:04o}"));
        let is_one_waiting = session.home.next_vault_key().symlink_metadata().is_ok();
        let values = [
            ("id", Value::of(key.id)),
            ("source", Value::from(place.source())),
            ("path", escape::path(place.path()).into()),
            ("owner", Value::of(owner.as_deref().unwrap_or("?"))),
            ("mode", Value::of(mode.as_deref().unwrap_or("?"))),
        ];
        let mut answer = Answer::new("vault")
            .field("key_id", Datum::of(key.id))
            .field("source", place.source())
            .field("path", Datum::of(place.path().display()))
            .field("owner", Datum::maybe(owner.as_ref()))
            .field("mode", Datum::maybe(mode.as_ref()))
            .field("made_at", key.made_at)
            .field("rotated_at", key.rotated_at)
            .field("unfinished_rotation", is_one_waiting)
            .field("in_backups", false)
            .sentence("vault-key-is", &values);
        answer = match key.rotated_at {
            Some(at) => answer.sentence("vault-key-rotated-at", &[("at", at.into()), ("made", key.made_at.into())]),
            None => answer.sentence("vault-key-made-at", &[("at", key.made_at.into())]),
        };
        if is_one_waiting {
            let path = session.home.next_vault_key();
            answer = answer.sentence("vault-key-waits", &[("path", escape::path(&path).into())]);
        }
        let path = session.home.vault_key();
        let quoted = [("quoted", Value::from(escape::for_shell(&path)))];
        answer = answer.sentence("vault-key-not-in-backups", &[]).sentence("vault-key-copy", &[]);
        session.report(answer.sentence("vault-key-copy-used", &quoted))?;
        Ok(Exit::Done)
    })
}
