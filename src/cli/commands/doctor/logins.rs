//! Login servers on the same machine: a cache of theirs would take a code twice, and RADIUS has to prove who speaks.

use super::finding::Finding;
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::host::Machine;

/// Looks for what would accept a code again without asking (Dovecot's CVE-2026-27855 was one), and for RADIUS without proof
/// (CVE-2024-3596). A cache of who does not ask cleotp is only worth knowing.
pub fn look(machine: &Machine) -> Vec<Finding> {
    let mut findings = Vec::new();
    for folder in radius_folders(machine) {
        let (module, asks) = (format!("{folder}/mods-enabled/cache"), asks_cleotp(machine, &folder));
        if machine.has(&module) {
            findings.push(cached(asks, about(machine, "login-cache-radius", &module)));
        }
        if asks && !proves_itself(machine, &folder) {
            let failure = about(machine, "radius-without-proof", &format!("{folder}/clients.conf"));
            findings.push(Finding::warning(failure));
        }
    }
    let services = texts(machine, "etc/pam.d");
    let asks = services.iter().any(|(_, text)| names_cleotp(text));
    let of_sssd = machine.names("etc/sssd/conf.d").into_iter().filter(|name| name.ends_with(".conf"));
    let of_sssd =
        std::iter::once("etc/sssd/sssd.conf".to_owned()).chain(of_sssd.map(|name| format!("etc/sssd/conf.d/{name}")));
    for file in of_sssd {
        if machine.text(&file).is_some_and(|text| says(&text, "cache_credentials", &["true", "yes", "1"])) {
            findings.push(cached(asks, about(machine, "login-cache-sssd", &file)));
        }
    }
    for (file, text) in services {
        if lines(&text).any(|line| line.contains("pam_ccreds") || line.contains("cached_login")) {
            findings.push(cached(asks, about(machine, "login-cache-pam", &file)));
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
    texts(machine, &format!("{folder}/mods-enabled")).iter().any(|(_, text)| names_cleotp(text))
}

/// Tells whether messages without a Message-Authenticator are refused: by the sites that name cleotp, which have clients of their own
/// as the one that is shipped, else by those of all sites. What cannot be read is not held against anybody.
fn proves_itself(machine: &Machine, folder: &str) -> bool {
    let sites = texts(machine, &format!("{folder}/sites-enabled")).into_iter();
    let sites: Vec<String> = sites.map(|(_, text)| text).filter(|text| names_cleotp(text)).collect();
    let of_all = ["clients.conf", "radiusd.conf"].map(|name| machine.text(&format!("{folder}/{name}")));
    let of_all: Vec<String> = of_all.into_iter().flatten().collect();
    if sites.is_empty() && of_all.is_empty() {
        return true;
    }
    requires_proof(&sites).or_else(|| requires_proof(&of_all)).unwrap_or_default()
}

/// Tells whether configurations ask for a Message-Authenticator, all that speak of it; nothing when none does.
fn requires_proof(texts: &[String]) -> Option<bool> {
    let any = |values: &[&str]| texts.iter().any(|text| says(text, "require_message_authenticator", values));
    if any(&["no", "false"]) {
        return Some(false);
    }
    any(&["yes", "true", "auto"]).then_some(true)
}

/// Gives the files of a folder that can be read, each with its path.
fn texts(machine: &Machine, folder: &str) -> Vec<(String, String)> {
    let files = machine.names(folder).into_iter().map(|name| format!("{folder}/{name}"));
    files.filter_map(|file| machine.text(&file).map(|text| (file, text))).collect()
}

fn names_cleotp(text: &str) -> bool {
    lines(text).any(|line| line.contains("cleotp"))
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

/// Judges a cache by whether what it keeps may be an answer of cleotp.
fn cached(asks: bool, failure: Failure) -> Finding {
    if asks { Finding::warning(failure) } else { Finding::notice(failure) }
}

fn about(machine: &Machine, id: &'static str, file: &str) -> Failure {
    Failure::new(Exit::Configuration, id).with("path", escape::path(&machine.path(file)))
}
