//! `user move` has users change establishments.

use crate::cli::args::UserMove;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum, Format, List};
use crate::cli::session::Session;
use crate::ops::{Relocated, Way};

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: UserMove) -> Result<Exit, Failure> {
    let way = match (&args.from, &args.to, args.keep) {
        (_, Some(to), true) => Way::Also(to),
        (from, Some(to), false) => Way::To { from: from.as_ref(), to },
        (Some(from), None, _) => Way::OutOf(from),
        (None, None, _) => return Err(Failure::new(Exit::Defect, "work-broken")),
    };
    session.at_desk(|desk, session| {
        let moved = desk.move_users(&args.logins, way)?;
        session.report(tell(&moved, session.options.output_format))
    })?;
    Ok(Exit::Done)
}

fn tell(moved: &[Relocated], format: Format) -> Answer {
    let mut answer = Answer::new("user-move");
    let mut list = List::new("users", &["login", "from", "to", "serials"]);
    for user in moved {
        let (from, to) = (user.from.as_ref(), user.to.as_ref());
        let id = match (from, to) {
            (Some(_), Some(_)) => "user-moved",
            (None, _) => "user-joined",
            (_, None) => "user-went",
        };
        let uai = |uai: Option<&crate::establishment::Uai>| uai.map_or_else(|| "none".into(), Value::of);
        answer = answer.sentence(id, &[("login", Value::of(&user.login)), ("from", uai(from)), ("to", uai(to))]);
        for serial in &user.keys {
            answer = answer.sentence("user-moved-key", &[("serial", Value::of(serial))]);
        }
        let serials: Vec<Datum> = user.keys.iter().map(Datum::of).collect();
        list.row(vec![Datum::of(&user.login), Datum::maybe(from), Datum::maybe(to), serials.into()]);
    }
    // The sentences tell people all of it.
    if format == Format::Table { answer } else { answer.list(list) }
}
