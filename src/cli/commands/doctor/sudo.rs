//! The rule of sudo by which delegates become the service account.

use super::finding::Finding;
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::host::Machine;
use std::path::Path;

/// Others, writing.
const OTHERS_WRITE: u32 = 0o022;
const FOLDER: &str = "etc/sudoers.d";

/// Looks at the rules that name cleotp. That there is none is told only where all could be read, and only of those on this machine.
pub fn look(machine: &Machine) -> Vec<Finding> {
    let before = machine.unseen().len();
    // Sudo passes over names with a point and those that end in ~.
    let names = machine.names(FOLDER).into_iter().filter(|name| !name.contains('.') && !name.ends_with('~'));
    let files: Vec<String> = names.map(|name| format!("{FOLDER}/{name}")).chain(["etc/sudoers".to_owned()]).collect();
    let texts: Vec<(String, Vec<String>)> =
        files.into_iter().filter_map(|file| machine.text(&file).map(|text| (file, rules(&text)))).collect();
    let of_cleotp: Vec<_> = texts.iter().filter(|(_, rules)| rules.iter().any(|rule| names_cleotp(rule))).collect();
    if of_cleotp.is_empty() {
        let are_all_seen = machine.unseen().len() == before;
        let finding = Failure::new(Exit::Configuration, "sudo-without-rule");
        return if are_all_seen { vec![finding_of_none(machine, finding)] } else { Vec::new() };
    }
    let keeps_all = texts.iter().find(|(_, rules)| rules.iter().any(|rule| rule.contains("!env_reset")));
    let mut findings: Vec<Finding> =
        of_cleotp.iter().flat_map(|(file, rules)| look_at_file(machine, file, rules)).collect();
    if let Some((file, _)) = keeps_all {
        findings.push(Finding::error(about(&machine.path(file), "sudo-keeps-variables")));
    }
    findings
}

/// Delegates may come by rules of a directory, which are not on this machine.
fn finding_of_none(machine: &Machine, failure: Failure) -> Finding {
    let services = machine.text("etc/nsswitch.conf").unwrap_or_default();
    let line = services.lines().find_map(|line| line.trim().strip_prefix("sudoers:")).unwrap_or_default();
    let is_elsewhere = line.split_whitespace().any(|service| ["sss", "ldap"].contains(&service));
    if is_elsewhere { Finding::notice(failure) } else { Finding::warning(failure) }
}

fn look_at_file(machine: &Machine, file: &str, rules: &[String]) -> Vec<Finding> {
    let path = machine.path(file);
    let mut findings = Vec::new();
    if let Some(rights) = machine.rights(file) {
        if rights.owner != machine.administrator() {
            findings.push(Finding::error(about(&path, "sudo-rule-owner").about("owner", rights.owner)));
        }
        if rights.mode & OTHERS_WRITE != 0 {
            findings.push(Finding::error(
                about(&path, "sudo-rule-writable").about("mode", format_args!("{:04o}", rights.mode)),
            ));
        }
    }
    for rule in rules.iter().filter(|rule| names_cleotp(rule)) {
        let words: Vec<&str> = rule.split(|letter: char| letter.is_whitespace() || letter == ',').collect();
        if words.iter().any(|word| *word == "setenv" || *word == "SETENV:" || word.starts_with("env_keep")) {
            findings.push(Finding::error(about(&path, "sudo-keeps-variables")));
        }
        if rule.contains('(') && words.last() == Some(&"ALL") {
            findings.push(Finding::error(about(&path, "sudo-opens-all")));
        }
        // The program as it stands in a rule; the words after it would be its arguments.
        let Some(program) = words.iter().find(|word| word.starts_with('/') && word.ends_with("/cleotp")) else {
            continue;
        };
        findings.extend(look_at_program(machine, program));
    }
    findings
}

fn look_at_program(machine: &Machine, program: &str) -> Option<Finding> {
    let path = machine.path(program);
    match machine.rights(program) {
        None => Some(Finding::warning(about(&path, "sudo-program-missing"))),
        Some(rights) if rights.owner != machine.administrator() || rights.mode & OTHERS_WRITE != 0 => {
            Some(Finding::error(about(&path, "sudo-program-writable")))
        }
        Some(_) => None,
    }
}

/// Gives the rules of a file, each on one line, without comments.
fn rules(text: &str) -> Vec<String> {
    let joined = text.replace("\\\n", " ");
    let lines = joined.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

fn names_cleotp(rule: &str) -> bool {
    rule.contains("cleotp")
}

fn about(path: &Path, id: &'static str) -> Failure {
    Failure::new(Exit::Configuration, id).with("path", escape::path(path)).with("quoted", escape::for_shell(path))
}
