//! `vault rotate` puts another vault key in the place of the present one.

use crate::cli::confirm::Deed;
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::cli::vault_key::KeyPlace;
use crate::envelope::VaultKeyId;
use crate::host::files;
use crate::ops::Desk;

/// So many letters of the present key's id tell that it is meant.
const ENOUGH: usize = 4;

/// Runs the command.
///
/// # Errors
/// [`Failure`]; whatever ends it, one of two files holds the key that the database needs, and every command finds it.
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    session.expect_confirmation()?;
    session.at_desk(|desk, session| {
        let place = KeyPlace::of(&session.home, &session.host.environment);
        if let KeyPlace::Credential(path) = &place {
            return Err(Failure::new(Exit::Forbidden, "vault-key-is-a-credential").about("path", path.display()));
        }
        let former = desk.vault_key()?.id;
        if !is_meant(session, former)? {
            return Ok(Exit::No);
        }
        let turn = files::lock_folder(&session.home.folder).map_err(Failure::of_home_file)?;
        let Some(_turn) = turn else { return Err(Failure::new(Exit::Busy, "vault-busy")) };
        let present = rotate(desk, session, &place)?;
        tell(session, former, present)?;
        Ok(Exit::Done)
    })
}

fn is_meant(session: &mut Session<'_>, present: VaultKeyId) -> Result<bool, Failure> {
    let id = present.to_string();
    session.confirm(&Deed {
        question: "confirm-vault-rotate",
        again: "confirm-vault-again",
        values: &[("id", Value::of(&id))],
        is_named_by: &|text| text.len() >= ENOUGH && id.starts_with(&text.to_lowercase()),
    })
}

fn rotate(desk: &mut Desk<'_>, session: &Session<'_>, place: &KeyPlace) -> Result<VaultKeyId, Failure> {
    let former = place.read_key()?;
    let next = session.home.next_vault_key();
    if next.symlink_metadata().is_ok() {
        // Left by a rotation that did not come to its end.
        desk.discard_vault_key(&former)?;
        files::remove(&next)?;
    }
    let new = desk.draw_vault_key()?;
    files::create_private(&next, new.expose_file().as_bytes())?;
    desk.rotate_vault_key(&former, &new)?;
    files::replace(&next, place.path()).map_err(|error| {
        let failure = Failure::new(Exit::InputOutput, "vault-key-not-placed").about("next", next.display());
        let reason = Value::of(Failure::from(error).message(&session.words));
        failure.about("path", place.path().display()).with("reason", reason)
    })?;
    Ok(new.id())
}

fn tell(session: &mut Session<'_>, former: VaultKeyId, present: VaultKeyId) -> Result<(), Failure> {
    let path = session.home.vault_key();
    let ids = [("former", Value::of(former)), ("id", Value::of(present)), ("path", escape::path(&path).into())];
    session.report(
        Answer::new("vault-rotate")
            .field("key_id", Datum::of(present))
            .field("former_key_id", Datum::of(former))
            .field("path", Datum::of(path.display()))
            .sentence("vault-rotated", &ids)
            .sentence("vault-rotated-copy", &ids)
            .sentence("vault-rotated-backups", &ids),
    )
}
