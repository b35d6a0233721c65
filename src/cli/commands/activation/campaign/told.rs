//! What is told of a campaign: a row for each user, and how many were given what.

use crate::cli::commands::list_import::number;
use crate::cli::escape;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum, Format, List, Report, Style};
use crate::cli::session::Session;
use crate::ops::{Campaign, Invitation, Turn};
use std::path::Path;
use zeroize::Zeroizing;

/// The schema of the answer.
pub const SCHEMA: &str = "activation-campaign";
const COLUMNS: &[&str] = &["line", "login", "name", "establishment", "serial", "code", "expires_at", "result"];
const SHOWN: &[&str] = &["login", "serial", "code", "expires_at", "result"];
const PLANNED: &[&str] = &["line", "login", "name", "serial", "result"];

/// Tells what would be done.
pub fn plan(campaign: &Campaign, reissue: bool) -> Answer {
    let answer = counted(campaign, true).sentence("campaign-would-issue", &values(campaign));
    with_hint(answer, campaign, reissue).list(rows(campaign, true))
}

/// Tells what was done, and where the codes are.
pub fn summary(campaign: &Campaign, reissue: bool, output: Option<&Path>, slips: Option<&Path>) -> Answer {
    let mut answer = counted(campaign, false).sentence("campaign-issued", &values(campaign));
    answer = with_hint(answer, campaign, reissue);
    for (name, file, sentence) in [("file", output, "campaign-in-file"), ("slips", slips, "campaign-slips-in-file")] {
        answer = answer.field(name, file.map(escape::path));
        if let Some(path) = file {
            answer = answer.sentence(sentence, &[("path", escape::path(path).into())]);
        }
    }
    let holds_codes = campaign.invitations.iter().any(|invitation| invitation.issued.is_some());
    if holds_codes { answer.sentence("campaign-holds-codes", &[]) } else { answer }
}

/// Tells the same beside an answer that holds the codes.
pub fn say_summary(session: &mut Session<'_>, campaign: &Campaign, reissue: bool) {
    session.say("campaign-issued", &values(campaign));
    if leaves_codes(campaign, reissue) {
        session.say("campaign-some-wait", &[]);
    }
}

/// Writes the result as CSV: with codes, a secret.
pub fn table(session: &Session<'_>, campaign: &Campaign) -> Zeroizing<Vec<u8>> {
    let style = Style { format: Format::Csv, ..session.style() };
    Zeroizing::new(Report::from(rows(campaign, false)).render(&session.words, &style))
}

/// Gives a row for each user of the list, in its order.
pub fn rows(campaign: &Campaign, is_trial: bool) -> List {
    let mut list = List::new("activations", COLUMNS).showing(if is_trial { PLANNED } else { SHOWN });
    for invitation in &campaign.invitations {
        let issued = invitation.issued.as_ref();
        let expires_at = match invitation.turn {
            Turn::Waiting(until) => Some(until),
            _ => issued.map(|issued| issued.expires_at),
        };
        list.row(vec![
            number(invitation.line),
            Datum::of(&invitation.user.login),
            invitation.user.name.as_str().into(),
            Datum::maybe(invitation.establishment.as_ref().map(|establishment| &establishment.uai)),
            Datum::maybe(invitation.key.as_ref().map(|key| &key.serial)),
            Datum::maybe(issued.map(|issued| issued.code.expose())),
            expires_at.into(),
            result(invitation, is_trial),
        ]);
    }
    list
}

fn result(invitation: &Invitation, is_trial: bool) -> Datum {
    let family = if is_trial && invitation.turn.issues() { "campaign-plan" } else { "campaign-result" };
    Datum::Word(family, name_of(invitation.turn))
}

const fn name_of(turn: Turn) -> &'static str {
    match turn {
        Turn::First => "issued",
        Turn::Again => "reissued",
        Turn::Waiting(_) => "waiting",
        Turn::Activated => "activated",
    }
}

fn counts(campaign: &Campaign) -> [(&'static str, usize); 4] {
    ["issued", "reissued", "waiting", "activated"].map(|name| {
        let turns = campaign.invitations.iter().filter(|invitation| name_of(invitation.turn) == name);
        (name, turns.count())
    })
}

fn values(campaign: &Campaign) -> [(&'static str, Value); 4] {
    counts(campaign).map(|(name, count)| (name, count.into()))
}

fn counted(campaign: &Campaign, dry_run: bool) -> Answer {
    let answer = Answer::new(SCHEMA)
        .field("dry_run", dry_run)
        .field("read", campaign.invitations.len())
        .field("problems", 0_usize);
    counts(campaign).into_iter().fold(answer, |answer, (name, count)| answer.field(name, count))
}

/// Tells whether somebody keeps a code that could be replaced.
fn leaves_codes(campaign: &Campaign, reissue: bool) -> bool {
    !reissue && campaign.invitations.iter().any(|invitation| matches!(invitation.turn, Turn::Waiting(_)))
}

fn with_hint(answer: Answer, campaign: &Campaign, reissue: bool) -> Answer {
    if leaves_codes(campaign, reissue) { answer.sentence("campaign-some-wait", &[]) } else { answer }
}
