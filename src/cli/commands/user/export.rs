//! `user export` gives out all that is known of one person.

use crate::cli::args::OneLogin;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Answer, Datum, List, Report, json};
use crate::cli::session::Session;
use crate::ops::Dossier;

/// Runs the command: it answers in JSON, whatever form others answer in.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: OneLogin) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let dossier = desk.export_user(&args.login)?;
        session.answer(json::document(&Report::Answer(tell(&dossier))).as_bytes())
    })?;
    Ok(Exit::Done)
}

fn tell(dossier: &Dossier) -> Answer {
    let Dossier { user, left, .. } = dossier;
    Answer::new("user-export")
        .field("login", Datum::of(&user.login))
        .field("name", user.name.as_str())
        .field("user", user.id)
        .field("enabled", user.enabled)
        .field("establishments", user.establishments.iter().map(Datum::of).collect::<Vec<_>>())
        .field("removed_at", left.map(|left| left.at))
        .field("erase_at", left.map(|left| left.erase_at))
        .list(keys(dossier))
        .list(activations(dossier))
        .list(emergencies(dossier))
        .list(tries(dossier))
        .list(events(dossier))
}

fn keys(dossier: &Dossier) -> List {
    let columns = &["serial", "state", "model", "pin", "activated_at", "last_accepted_at", "drift"];
    let mut list = List::new("keys", columns);
    for key in &dossier.keys {
        list.row(vec![
            Datum::of(&key.serial),
            Datum::Word("state", key.state.name()),
            Datum::maybe(key.model.as_ref()),
            Datum::Word("pin", key.pin.name()),
            key.activated_at.into(),
            key.last_accepted_at.into(),
            key.clockwork.drift.steps().into(),
        ]);
    }
    list
}

fn activations(dossier: &Dossier) -> List {
    let mut list = List::new("activations", &["serial", "state", "issued_at", "expires_at"]);
    for (code, state) in &dossier.activations {
        list.row(vec![
            Datum::maybe(code.serial.as_ref()),
            Datum::Word("activation-state", state.name()),
            code.issued_at.into(),
            code.expires_at.into(),
        ]);
    }
    list
}

fn emergencies(dossier: &Dossier) -> List {
    let mut list = List::new("emergencies", &["serial", "state", "issued_at", "expires_at", "codes_left", "issued_by"]);
    for (codes, state) in &dossier.emergencies {
        list.row(vec![
            Datum::of(&codes.serial),
            Datum::Word("emergency-state", state.name()),
            codes.issued_at.into(),
            codes.expires_at.into(),
            codes.left.into(),
            codes.issued_by.as_str().into(),
        ]);
    }
    list
}

fn tries(dossier: &Dossier) -> List {
    let mut list = List::new("attempts", &["at", "source", "outcome"]);
    for tried in &dossier.tries {
        list.row(vec![tried.at.into(), Datum::maybe(tried.source.as_ref()), tried.outcome.as_str().into()]);
    }
    list
}

fn events(dossier: &Dossier) -> List {
    let columns = &["at", "action", "outcome", "reason", "serial", "establishment", "operator", "count"];
    let mut list = List::new("events", columns);
    for record in &dossier.events {
        let event = &record.event;
        list.row(vec![
            record.at.into(),
            Datum::Word("action", event.action.name()),
            Datum::Word("outcome", event.outcome.name()),
            Datum::maybe(event.reason.as_ref()),
            Datum::maybe(event.subject.serial.as_ref()),
            Datum::maybe(event.subject.establishment.as_ref()),
            record.operator.name.as_str().into(),
            event.count.into(),
        ]);
    }
    list
}
