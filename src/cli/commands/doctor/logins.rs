//! Login servers on the same machine: a cache of theirs would take a code twice, and RADIUS has to prove who speaks.

use super::finding::Finding;
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::host::Machine;

/// Looks for what would accept a code again without asking (Dovecot's CVE-2026-27855 was one), and for RADIUS without proof
/// (CVE-2024-3596).
pub fn look(machine: &Machine) -> Vec<Finding> {
    let mut findings = Vec::new();
    for folder in radius_folders(machine) {
        let module = format!("{folder}/mods-enabled/cache");
        if machine.has(&module) {
            findings.push(about(machine, "login-cache-radius", &module));
        }
        if asks_cleotp(machine, &folder) && !proves_itself(machine, &folder) {
            findings.push(about(machine, "radius-without-proof", &format!("{folder}/clients.conf")));
        }
    }
    let of_sssd = machine.names("etc/sssd/conf.d").into_iter().filter(|name| name.ends_with(".conf"));
    let of_sssd =
        std::iter::once("etc/sssd/sssd.conf".to_owned()).chain(of_sssd.map(|name| format!("etc/sssd/conf.d/{name}")));
    for file in of_sssd {
        if machine.text(&file).is_some_and(|text| says(&text, "cache_credentials", &["true", "yes", "1"])) {
            findings.push(about(machine, "login-cache-sssd", &file));
        }
    }
    for name in machine.names("etc/pam.d") {
        let file = format!("etc/pam.d/{name}");
        let text = machine.text(&file).unwrap_or_default();
        if lines(&text).any(|line| line.contains("pam_ccreds") || line.contains("cached_login")) {
            findings.push(about(machine, "login-cache-pam", &file));
        }
    }
    findings
}

/// Gives the folders of FreeRADIUS: by version on Debian, `raddb` elsewhere.
fn radius_folders(machine: &Machine) -> Vec<String> {
    let versions = machine.names("etc/freeradius").into_iter().map(|name| format!("etc/freeradius/{name}"));
    let folders = versions.chain(["etc/freeradius".to_owned(), "etc/raddb".to_owned()]);
    folders.filter(|folder| machine.has(&format!("{folder}/mods-enabled"))).collect()
}

fn asks_cleotp(machine: &Machine, folder: &str) -> bool {
    machine.names(&format!("{folder}/mods-enabled")).iter().any(|name| {
        let text = machine.text(&format!("{folder}/mods-enabled/{name}")).unwrap_or_default();
        lines(&text).any(|line| line.contains("cleotp"))
    })
}

/// Tells whether messages without a Message-Authenticator are refused; what cannot be read is not held against anybody.
fn proves_itself(machine: &Machine, folder: &str) -> bool {
    let texts = ["clients.conf", "radiusd.conf"].map(|name| machine.text(&format!("{folder}/{name}")));
    if texts.iter().all(Option::is_none) {
        return true;
    }
    let any = |values: &[&str]| texts.iter().flatten().any(|text| says(text, "require_message_authenticator", values));
    any(&["yes", "true", "auto"]) && !any(&["no", "false"])
}

/// Gives the lines of a configuration that are no comments.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', ';']))
}

/// Tells whether a configuration gives a setting one of some values.
fn says(text: &str, key: &str, values: &[&str]) -> bool {
    lines(text).filter_map(|line| line.split_once('=')).any(|(said, value)| {
        let value = value.split('#').next().unwrap_or_default().trim().trim_matches('"').to_ascii_lowercase();
        said.trim() == key && values.contains(&value.as_str())
    })
}

fn about(machine: &Machine, id: &'static str, file: &str) -> Finding {
    Finding::warning(Failure::new(Exit::Configuration, id).with("path", escape::path(&machine.path(file))))
}
