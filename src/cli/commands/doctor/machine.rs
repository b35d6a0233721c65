//! The machine: who sets its clock, where memory may be written, and who may look into it.

use super::finding::Finding;
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::clock::{Seconds, UtcTime};
use crate::host::Machine;

/// A machine that has just begun is given time to find its time.
const WARMING_UP: Seconds = Seconds::minutes(10);
/// For how long a clock goes right by itself.
const TRUSTED_FOR: Seconds = Seconds::days(1);
/// What services that set the clock leave while they run, beside that of systemd: chrony (into whose folder others may not look),
/// ntpd, OpenNTPD.
const TENDERS: [&str; 5] = ["run/chrony", "run/chronyd.pid", "run/ntpd.pid", "run/ntp.pid", "run/ntpd.sock"];
/// Over how many devices one that is swapped to may lie.
const DEEPEST: u8 = 8;

/// Looks for who sets the clock. Only systemd's service tells what it has reached; where nobody can be seen, that is no reproach.
pub fn look_at_clock(machine: &Machine, now: UtcTime) -> Option<Finding> {
    if TENDERS.iter().any(|tender| machine.has(tender)) {
        return None;
    }
    if !machine.has("run/systemd/timesync") {
        return Some(Finding::notice(wrong("clock-unattended")));
    }
    match machine.modified("run/systemd/timesync/synchronized") {
        None if uptime(machine).is_some_and(|uptime| uptime < WARMING_UP) => None,
        None => Some(Finding::warning(wrong("clock-not-synchronised"))),
        Some(at) if now.since(at) > TRUSTED_FOR => Some(Finding::warning(wrong("clock-left-alone").with("since", at))),
        Some(_) => None,
    }
}

fn uptime(machine: &Machine) -> Option<Seconds> {
    let text = machine.text("proc/uptime")?;
    text.split(['.', ' ']).next()?.parse().ok().map(Seconds::new)
}

/// Looks where the memory of the process may come to lie. It closes itself to dumps and traces; this is about what is left.
pub fn look_at_memory(machine: &Machine) -> Vec<Finding> {
    let mut findings = Vec::new();
    let swaps = swaps_in_clear(machine);
    if !swaps.is_empty() {
        findings.push(Finding::notice(wrong("swap-in-clear").with("swaps", swaps.join(", "))));
    }
    if is_core_dumped(machine) {
        let pattern = machine.text("proc/sys/kernel/core_pattern").unwrap_or_default();
        let pattern = escape::visible(pattern.trim());
        findings.push(Finding::warning(wrong("core-dumps").with("pattern", pattern)));
    }
    if machine.text("proc/sys/kernel/yama/ptrace_scope").is_some_and(|scope| scope.trim() == "0") {
        findings.push(Finding::notice(wrong("ptrace-open")));
    }
    findings
}

/// Lists what memory is swapped to and is not seen to be encrypted; what is in memory itself is no disk.
fn swaps_in_clear(machine: &Machine) -> Vec<String> {
    let swaps = machine.text("proc/swaps").unwrap_or_default();
    let names = swaps.lines().skip(1).filter_map(|line| line.split_whitespace().next());
    let is_encrypted = |name: &str| is_encrypted(machine, name.rsplit('/').next().unwrap_or_default(), DEEPEST);
    names.filter(|name| !is_encrypted(name)).map(str::to_owned).collect()
}

/// Tells whether a device encrypts, or all that it lies upon does, as a volume of LVM in a container of LUKS.
fn is_encrypted(machine: &Machine, device: &str, deepest: u8) -> bool {
    let mapped = machine.text(&format!("sys/class/block/{device}/dm/uuid"));
    if device.starts_with("zram") || mapped.is_some_and(|uuid| uuid.starts_with("CRYPT-")) {
        return true;
    }
    let Some(deeper) = deepest.checked_sub(1) else { return false };
    let below = machine.names(&format!("sys/class/block/{device}/slaves"));
    !below.is_empty() && below.iter().all(|device| is_encrypted(machine, device, deeper))
}

/// Tells whether the kernel would still write this very process to a file, for it refused what the process asked of it.
fn is_core_dumped(machine: &Machine) -> bool {
    let limits = machine.text("proc/self/limits").unwrap_or_default();
    let limit = limits.lines().find_map(|line| line.strip_prefix("Max core file size"));
    limit.is_some_and(|limit| limit.split_whitespace().next() != Some("0"))
}

fn wrong(id: &'static str) -> Failure {
    Failure::new(Exit::Configuration, id)
}
