//! `user show` tells what is known of a user.

use super::row;
use crate::cli::args::OneLogin;
use crate::cli::commands::key::story;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::{Value, Words};
use crate::cli::report::{Datum, Format};
use crate::cli::session::Session;
use crate::cli::sheet::Sheet;
use crate::emergency::Emergency;
use crate::key::{Key, Succession};
use crate::user::User;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: OneLogin) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let (user, key) = desk.show_user(&args.login)?;
        let emergency = desk.live_emergency(&user)?;
        let open = desk.open_replacement(&user)?;
        if session.options.output_format == Format::Table {
            let sheet = sheet(&user, key.as_ref(), open.as_ref(), emergency.as_ref(), &session.words);
            return session.answer(sheet.render(&session.words, session.style().width).as_bytes());
        }
        let mut list = row::list_in_full();
        list.row(row::in_full(&user, key.as_ref(), open.as_ref(), emergency.as_ref()));
        session.report(list)
    })?;
    Ok(Exit::Done)
}

fn sheet(
    user: &User,
    key: Option<&Key>,
    open: Option<&Succession>,
    emergency: Option<&Emergency>,
    words: &Words,
) -> Sheet {
    let mut sheet = Sheet::new();
    sheet.labelled("column-login", Datum::of(&user.login));
    sheet.labelled("column-name", user.name.as_str());
    sheet.labelled("column-enabled", user.enabled);
    sheet.labelled("column-establishments", user.establishments.iter().map(Datum::of).collect::<Vec<_>>());
    sheet.labelled("label-key", Datum::maybe(key.map(|key| &key.serial)));
    if let Some(key) = key {
        sheet.labelled("column-state", Datum::Word("state", key.state.name()));
        sheet.labelled("column-locked", key.lock.is_some());
        sheet.labelled("column-last-accepted-at", key.last_accepted_at);
        if let Some(open) = open {
            sheet.labelled("label-replacement", story::replacement(key, open, words));
        }
    }
    if let Some(list) = emergency {
        let values =
            [("serial", Value::of(&list.serial)), ("left", list.left.into()), ("until", Value::Time(list.expires_at))];
        sheet.labelled("label-emergency", words.say("emergency-live-for", &values));
    }
    sheet
}
