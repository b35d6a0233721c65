//! `activation campaign` issues codes for a whole list of users, and writes them down before they are good.

mod papers;
mod told;

use crate::cli::args::{ActivationCampaign, FileOrStdout};
use crate::cli::commands::list_import::{refuse, warn_of_ignored};
use crate::cli::commands::slip::{print_slips, warn_of_letters};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::people_list::{self, Finding};
use crate::cli::report::Format;
use crate::cli::session::Session;
use crate::host::files::Fresh;
use crate::ops::{Campaign, Desk, Handover, Issued, Terms};
use papers::{Paper, finish};
use std::path::Path;
use zeroize::Zeroizing;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: ActivationCampaign) -> Result<Exit, Failure> {
    let aims = Aims::of(&args);
    aims.check(session, args.dry_run)?;
    let bytes = session.read_list(&args.file)?;
    let list = people_list::invited(&bytes);
    warn_of_ignored(session, &list);
    let terms = Terms { reissue: args.reissue, needs_keys: args.slips.is_some() };
    session.at_desk(|desk, session| {
        let mut findings = list.findings;
        let campaign = match desk.plan_campaign(list.rows, terms)? {
            Ok(campaign) if findings.is_empty() => campaign,
            planned => {
                planned.err().into_iter().flatten().for_each(|row| findings.push(Finding::from(row)));
                return Err(refuse(session, told::SCHEMA, &args.file, findings, args.dry_run));
            }
        };
        if args.dry_run {
            session.report(told::plan(&campaign, args.reissue))?;
            return Ok(Exit::Done);
        }
        hold(desk, session, campaign, &aims, args.reissue)
    })
}

/// Where codes go: to files, and to stdout.
struct Aims<'a> {
    /// The file of the result.
    output: Option<&'a Path>,
    /// The file of the slips.
    slips: Option<&'a Path>,
    /// The slips are the answer.
    slips_on_stdout: bool,
}

impl<'a> Aims<'a> {
    fn of(args: &'a ActivationCampaign) -> Self {
        Self {
            output: args.output.as_deref(),
            slips: args.slips.as_ref().and_then(FileOrStdout::file),
            slips_on_stdout: args.slips == Some(FileOrStdout::Stdout),
        }
    }

    /// Looks before anything is done whether all can go where it is to go.
    fn check(&self, session: &Session<'_>, is_trial: bool) -> Result<(), Failure> {
        if self.slips_on_stdout && session.host.terminal.stdout_is_terminal() && !is_trial {
            return Err(Failure::new(Exit::Usage, "pdf-to-terminal"));
        }
        if self.output.is_some() && self.output == self.slips {
            return Err(Failure::new(Exit::Usage, "campaign-one-file"));
        }
        Ok([self.output, self.slips].into_iter().flatten().try_for_each(Fresh::expect_none)?)
    }
}

/// Draws the codes, lays them on the disk, makes them good, and hands them out.
fn hold(
    desk: &mut Desk<'_>,
    session: &mut Session<'_>,
    mut campaign: Campaign,
    aims: &Aims<'_>,
    reissue: bool,
) -> Result<Exit, Failure> {
    desk.draw_codes(&mut campaign)?;
    let slips = if aims.slips.is_some() || aims.slips_on_stdout { slips(session, &campaign) } else { None };
    let mut papers = Vec::new();
    if let Some(path) = aims.output {
        papers.push(Paper::lay(path, &told::table(session, &campaign))?);
    }
    if let (Some(path), Some(slips)) = (aims.slips, &slips) {
        papers.push(Paper::lay(path, slips)?);
    }
    desk.issue_campaign(&campaign)?;
    // What stands in a file is not lost, whatever becomes of the answer.
    let is_kept = !papers.is_empty();
    finish(papers)?;
    let lost = |failure: Failure| if is_kept { failure } else { failure.hinted("hint-campaign-lost") };
    if aims.slips_on_stdout {
        session.answer_once(slips.as_deref().map_or(&[], Vec::as_slice)).map_err(lost)?;
        told::say_summary(session, &campaign, reissue, aims.output);
    } else if aims.output.is_some() {
        session.report(told::summary(&campaign, reissue, aims.output, aims.slips.filter(|_| slips.is_some())))?;
    } else if session.options.output_format == Format::Table && !session.host.terminal.stdout_is_terminal() {
        let table = told::table(session, &campaign);
        session.answer_once(&table).map_err(lost)?;
        told::say_summary(session, &campaign, reissue, None);
    } else {
        let answer = told::summary(&campaign, reissue, None, aims.slips.filter(|_| slips.is_some()));
        session.report_once(answer.list(told::rows(&campaign, false))).map_err(lost)?;
    }
    if slips.is_none() && (aims.slips.is_some() || aims.slips_on_stdout) {
        session.say("campaign-no-slips", &[]);
    }
    Ok(Exit::Done)
}

/// Prints a slip for each who gets a code; nothing when nobody does.
fn slips(session: &mut Session<'_>, campaign: &Campaign) -> Option<Zeroizing<Vec<u8>>> {
    let handed: Vec<(Handover, &Issued)> = campaign
        .invitations
        .iter()
        .filter_map(|invitation| {
            let (key, issued) = (invitation.key.clone()?, invitation.issued.as_ref()?);
            let (user, establishment) = (invitation.user.clone(), invitation.establishment.clone());
            Some((Handover { user, establishment, key, keeps_pin: invitation.keeps_pin }, issued))
        })
        .collect();
    warn_of_letters(session, handed.iter().map(|(handover, _)| handover));
    let pairs: Vec<_> = handed.iter().map(|(handover, issued)| (handover, Some(*issued))).collect();
    if pairs.is_empty() { None } else { Some(print_slips(session, &pairs)) }
}
