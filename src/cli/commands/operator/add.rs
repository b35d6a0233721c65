//! `operator add` entrusts an account with a role, in the place of the one that it had.

use crate::cli::args::OperatorAdd;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::operator::Role;
use crate::ops::NewOperator;

/// Runs the command.
///
/// # Errors
/// [`Failure`]; `account-unknown` when this machine has no such account.
pub fn run(session: &mut Session<'_>, args: OperatorAdd) -> Result<Exit, Failure> {
    let uid = session.host.accounts.uid_of(&args.account);
    let unknown = || Failure::new(Exit::Missing, "account-unknown").with("account", args.account.as_str());
    let new = NewOperator {
        uid: uid.ok_or_else(unknown)?,
        account: args.account.clone(),
        role: args.role,
        establishments: args.establishments,
        until: args.until.map(|until| until.0),
    };
    session.at_desk(|desk, session| {
        let former = desk.add_operator(&new)?;
        let word = |role: Role| Value::word(format!("a-role-{}", role.name()));
        let uais = new.establishments.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let values = [("account", Value::of(&new.account)), ("role", word(new.role)), ("uais", uais.into())];
        let sentence = if new.establishments.is_empty() { "operator-added" } else { "operator-added-for" };
        let mut answer = Answer::new("operator-add")
            .field("account", Datum::of(&new.account))
            .field("uid", i64::from(new.uid))
            .field("role", new.role.name())
            .field("establishments", new.establishments.iter().map(Datum::of).collect::<Vec<_>>())
            .field("until", new.until)
            .field("former_role", former.as_ref().map(|former| former.role.name()))
            .sentence(sentence, &values);
        if let Some(until) = new.until {
            answer = answer.sentence("operator-added-until", &[("until", Value::from(until))]);
        }
        if let Some(former) = former {
            answer = answer.sentence("operator-was", &[("role", word(former.role))]);
        }
        session.report(answer)
    })?;
    Ok(Exit::Done)
}
