//! `doctor` looks at an installation and says what is wrong with it and what to do. It changes nothing.

mod finding;
mod leftovers;
mod logins;
mod machine;
mod place;
mod sudo;
mod surroundings;
mod text;

use super::import::inspect_spool;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::home::{Home, Origin};
use crate::cli::locale::{Language, Words};
use crate::cli::report::{Answer, Datum, Format, List, Report};
use crate::cli::service;
use crate::cli::session::{Session, read_settings};
use crate::clock::UtcTime;
use crate::host::files::{self, Account};
use crate::host::{Disks, Machine};
use crate::ops::{self, Health, Part, Trouble};
use finding::{Finding, Severity};
use place::Place;
pub use surroundings::Surroundings;

const FINDING: &[&str] = &["code", "severity", "message", "hint"];
const CHECK: &[&str] = &["name", "result"];

/// One thing that is looked at, with what was found; nothing when it could not be looked at.
struct Check {
    name: &'static str,
    findings: Option<Vec<Finding>>,
}

impl Check {
    /// Gives the stable word of the result: the worst that was found.
    fn result(&self) -> &'static str {
        match &self.findings {
            None => "skipped",
            Some(findings) => findings.iter().map(|found| found.severity).min().map_or("fine", Severity::name),
        }
    }
}

/// All that was looked at.
struct Diagnosis {
    home: Option<(Home, Origin)>,
    checks: Vec<Check>,
}

/// Runs the command.
///
/// # Errors
/// [`Failure`] only when the answer cannot be written: all else that is wrong is a finding.
pub fn run(session: &mut Session<'_>, surroundings: Surroundings) -> Result<Exit, Failure> {
    let diagnosis = Diagnosis::make(session, surroundings);
    let style = session.style();
    let written = match style.format {
        Format::Table => text::render(&diagnosis, &session.words, &style).into_bytes(),
        _ => Report::from(diagnosis.for_machines()).render(&session.words, &style),
    };
    session.answer(&written)?;
    Ok(if diagnosis.is_ok() { Exit::Done } else { Exit::No })
}

impl Diagnosis {
    fn make(session: &Session<'_>, surroundings: Surroundings) -> Self {
        let host = &*session.host;
        let now = host.clock.now();
        let (home, origin) = match Home::choose_from(session.options.home.as_deref(), &host.environment) {
            Ok(chosen) => chosen,
            Err(failure) => return Self::homeless(failure, now),
        };
        let machine = Machine::at(&host.environment.machine_root);
        let place = Place::look(&home, host.disks.as_ref(), &host.environment, &machine, now);
        let (key_file, waiting) = (place.key_file(), place.waiting_key(&home));
        let [key_file, waiting] = [&key_file, &waiting].map(|read| read.as_ref().map(|bytes| bytes.as_slice()));
        let held = files::hold_together(&home.database());
        let health = match place.access {
            Some(_) if matches!(held, Ok(None)) => Health::being_replaced(),
            Some(access) => ops::examine(&home.database(), access, key_file, waiting, now),
            None => Health::unknown(),
        };
        drop(held);
        let mut checks = place.checks;
        let clock = ops::judge_clock(now, health.newest).into_iter().chain(health.wrong_clock.map(Trouble::ClockWrong));
        let findings = clock.map(|trouble| Finding::of(trouble, &home)).chain(surroundings.clock.clone());
        let findings = findings.chain(health.mass_failure.map(finding::of_mass_failure));
        checks.push(Check { name: "clock", findings: Some(findings.collect()) });
        checks.extend(spool_check(&home, host.disks.as_ref(), now));
        checks.extend(surroundings.into_checks(health.has_delegate));
        checks.extend(database_checks(health, &home));
        if let Some(barrier) = place.barrier {
            let findings = checks.iter_mut().filter_map(|check| check.findings.as_mut()).flatten();
            findings.filter(|found| found.is_of_a_closed_database()).for_each(|found| *found = barrier.clone());
        }
        if host.accounts.is_root() && home.is_of_system(&host.environment) && is_of_root(&home) {
            // What gives the folder to its account gives it the files too, whosever they are.
            let others = take(&mut checks, "file-owner");
            let failure = service::of_root(host);
            let finding = if others { Finding::error(failure) } else { Finding::warning(failure) };
            add(&mut checks, "home", finding);
        }
        if let Some(failure) = place.key_failure {
            add(&mut checks, "vault", Finding::error(failure));
        }
        Self { home: Some((home, origin)), checks }
    }

    /// Tells of a machine on which no home is known.
    fn homeless(failure: Failure, now: UtcTime) -> Self {
        let home = Home { folder: "/".into() };
        let clock = ops::judge_clock(now, None).map(|trouble| Finding::of(trouble, &home));
        let mut checks = vec![Check { name: "home", findings: Some(vec![Finding::error(failure)]) }];
        checks.extend(["files", "disk", "configuration"].map(|name| Check { name, findings: None }));
        checks.push(Check { name: "clock", findings: Some(clock.into_iter().collect()) });
        checks.extend(["machine", "logins", "sudo"].map(|name| Check { name, findings: None }));
        checks.extend(database_checks(Health::unknown(), &home));
        Self { home: None, checks }
    }

    /// Gives what was found, each thing once: a broken page stops several checks.
    fn findings(&self) -> Vec<&Finding> {
        let mut found: Vec<&Finding> = Vec::new();
        for finding in self.checks.iter().filter_map(|check| check.findings.as_ref()).flatten() {
            if !found.contains(&finding) {
                found.push(finding);
            }
        }
        // The most urgent first, and else in the order in which it was looked.
        found.sort_by_key(|finding| finding.severity);
        found
    }

    fn count(&self, severity: Severity) -> usize {
        self.findings().iter().filter(|finding| finding.severity == severity).count()
    }

    /// Tells whether there is nothing to be mended: a notice is no reason for alarm.
    fn is_ok(&self) -> bool {
        self.findings().iter().all(|finding| finding.severity == Severity::Notice)
    }

    fn for_machines(&self) -> Answer {
        let english = Words::of(Language::English);
        let mut findings = List::new("findings", FINDING);
        for finding in self.findings() {
            findings.row(vec![
                finding.failure.id().into(),
                finding.severity.name().into(),
                finding.failure.message(&english).into(),
                finding.failure.hint(&english).into(),
            ]);
        }
        let mut checks = List::new("checks", CHECK);
        for check in &self.checks {
            checks.row(vec![check.name.into(), check.result().into()]);
        }
        Answer::new("doctor")
            .field("ok", self.is_ok())
            .field("home", Datum::maybe(self.home.as_ref().map(|(home, _)| home.folder.display())))
            .field("home_from", Datum::maybe(self.home.as_ref().map(|(_, origin)| origin.name())))
            .list(findings)
            .list(checks)
    }
}

fn is_of_root(home: &Home) -> bool {
    Account::owning(&home.folder).is_some_and(|owner| owner.is_root())
}

/// Looks at the spool, if the configuration names one.
fn spool_check(home: &Home, disks: &dyn Disks, now: UtcTime) -> Option<Check> {
    let folder = read_settings(home).ok()?.spool?;
    let own = Account::own();
    // Root looks at the spool of the account that the home belongs to.
    let account = Account::owning(&home.folder).filter(|_| own.is_root()).unwrap_or(own);
    let mut findings = match inspect_spool(&folder, account, home, now) {
        Ok(seen) => {
            let notices = seen.notices.into_iter().map(Finding::notice);
            seen.warnings.into_iter().map(Finding::warning).chain(notices).collect()
        }
        Err(failure) => vec![Finding::error(failure)],
    };
    findings.extend(place::look_at_other_disk(&folder, home, disks));
    Some(Check { name: "spool", findings: Some(findings) })
}

fn database_checks(health: Health, home: &Home) -> impl Iterator<Item = Check> {
    health.parts.into_iter().map(|(part, troubles)| Check {
        name: name_of(part),
        findings: troubles.map(|troubles| troubles.into_iter().map(|trouble| Finding::of(trouble, home)).collect()),
    })
}

fn name_of(part: Part) -> &'static str {
    match part {
        Part::Database => "database",
        Part::Integrity => "integrity",
        Part::References => "references",
        Part::Vault => "vault",
        Part::Seeds => "seeds",
        Part::Seals => "seals",
        Part::Audit => "audit",
        Part::Upkeep => "upkeep",
        Part::Waiting => "waiting",
    }
}

/// Leaves out the findings of a code; tells whether there were any.
fn take(checks: &mut [Check], code: &str) -> bool {
    let findings = checks.iter_mut().filter_map(|check| check.findings.as_mut());
    findings.fold(false, |taken, findings| {
        let before = findings.len();
        findings.retain(|finding| finding.failure.id() != code);
        taken || findings.len() < before
    })
}

fn add(checks: &mut [Check], name: &str, finding: Finding) {
    if let Some(check) = checks.iter_mut().find(|check| check.name == name) {
        check.findings.get_or_insert_default().push(finding);
    }
}
