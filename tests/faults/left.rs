//! What commands leave beside the database, and what must hold of it whatever happened to them.

use crate::deeds::{Ended, Trial};
use crate::home::{BACKUP, in_process, number};
use crate::support::{login, serial};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The file of the codes of a campaign.
pub const CODES: &str = "codes.csv";
/// The names under which files are written before they get their own.
pub const CODES_PART: &str = "codes.csv.part";
pub const BACKUP_PART: &str = "copy.db.part";
/// What an installation makes, in the order in which another one comes upon it.
pub const INSTALLED: [&str; 2] = ["home/cleotp.db", "home/vault.key"];

/// A backup that has its name can be restored, and nobody else can read it; one that was told of has its name.
pub fn is_a_whole_backup(trial: &Trial<'_>, _: &Ended, found: &str) -> Result<(), String> {
    let path = trial.copy.path(BACKUP);
    if found == "before" {
        return Ok(());
    }
    let examined = in_process(trial.copy.root(), &["restore", path.to_str().unwrap(), "--check", "-o", "json"]);
    let mode = path.metadata().unwrap().permissions().mode() & 0o777;
    match (examined.0, mode) {
        (0, 0o600) => Ok(()),
        _ => Err(format!("a backup that is none: {mode:o} {examined:?}")),
    }
}

/// What a backup has taken the place of is there under another name, with all that is in it.
pub fn predecessor_is_kept(trial: &Trial<'_>, _: &Ended, found: &str) -> Result<(), String> {
    if found == "before" {
        return Ok(());
    }
    let files = std::fs::read_dir(trial.copy.root()).unwrap().map(|entry| entry.unwrap().path());
    let is_kept = |path: &Path| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.contains(".before-restore-") && !name.ends_with(".part")
    };
    let kept: Vec<_> = files.filter(|path| is_kept(path)).collect();
    let [kept] = &kept[..] else { return Err(format!("not one is kept: {kept:?}")) };
    let database = rusqlite::Connection::open(kept).unwrap();
    let whole: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    let tickets = number(&database, "SELECT count(*) FROM tickets");
    if whole == "ok" && tickets == 1 { Ok(()) } else { Err(format!("{whole}: {tickets} tickets in what is kept")) }
}

/// Codes that are good are found: in their file, or beside it, where somebody is told to look.
pub fn codes_are_found(trial: &Trial<'_>, ended: &Ended, found: &str) -> Result<(), String> {
    let [path, part] = [CODES, CODES_PART].map(|name| trial.copy.path(name));
    if found == "before" {
        return if path.exists() { Err("codes that are not good have their name".to_owned()) } else { Ok(()) };
    }
    if !path.exists() && (ended.exit == Some(0) || ended.has_answered) {
        return Err("what was told of is not there".to_owned());
    }
    let text = std::fs::read_to_string(if path.exists() { path } else { part }).map_err(|error| error.to_string())?;
    let code = text.lines().nth(1).and_then(|row| row.split(',').nth(5)).ok_or_else(|| format!("no code: {text}"))?;
    // Or it would be used when the same is done once more.
    let copy = trial.copy.copied();
    let activated = copy.run(&["activate", &login(1), &serial(1)], &format!("{code}\n"));
    match activated.status.code() {
        Some(0) => Ok(()),
        _ => Err(format!("the code that is found is none: {activated:?}")),
    }
}
