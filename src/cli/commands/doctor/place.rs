//! The place of an installation: its folder, its files, their disk, its configuration.

use super::Check;
use super::finding::{Finding, of_key_file};
use super::leftovers;
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::home::Home;
use crate::cli::session::read_settings;
use crate::cli::vault_key::KeyPlace;
use crate::clock::UtcTime;
use crate::host::files::{self, Account, FileError};
use crate::host::{Disks, Environment, Filesystem, FilesystemKind, Line, Machine, holders};
use crate::ops::Access;
use std::io;
use std::path::Path;

const MEBIBYTE: u64 = 1024 * 1024;
/// Not enough for the log of one import.
const TOO_LITTLE: u64 = 4 * MEBIBYTE;
/// Not enough to be at ease.
const LITTLE: u64 = 64 * MEBIBYTE;
/// Above this, a hundredth of a large disk is nothing to worry about.
const PLENTY: u64 = 1024 * MEBIBYTE;
/// A log that nobody has been able to fold into the database for long.
const LARGE_LOG: u64 = 64 * MEBIBYTE;
/// Too few files for the work of a day, and too few for anything.
const FEW_FILES: u64 = 1_000;
const TOO_FEW_FILES: u64 = 16;
/// A key file is one line.
const LARGEST_KEY_FILE: u64 = 64 * 1024;

/// What was found about the place.
pub struct Place {
    /// `home`, `files`, `disk`, `configuration`.
    pub checks: Vec<Check>,
    /// How the database can be opened, if it can be reached at all.
    pub access: Option<Access>,
    /// Where the vault key comes from.
    key: KeyPlace,
    /// Why there is no vault key, for a database that is there.
    pub key_failure: Option<Failure>,
    /// Why the database cannot be opened or written, if that is seen from outside.
    pub barrier: Option<Finding>,
}

impl Place {
    /// Looks at the folder and at all that lies in it.
    pub fn look(home: &Home, disks: &dyn Disks, environment: &Environment, machine: &Machine, now: UtcTime) -> Self {
        let key = KeyPlace::of(home, environment);
        let own = Account::own();
        let owner = Account::owning(&home.folder);
        // Root looks at the files of the account that they belong to.
        let account = owner.clone().filter(|_| own.is_root()).unwrap_or_else(|| own.clone());
        let (is_open, findings) = look_at_folder(home, &own, owner.as_ref(), &account);
        let closed_home = findings.iter().find(|finding| finding.failure.id() == "file-closed").cloned();
        let home_check = Check { name: "home", findings: Some(findings) };
        if !is_open {
            let rest = ["files", "disk", "configuration"].map(|name| Check { name, findings: None });
            return Self {
                checks: std::iter::once(home_check).chain(rest).collect(),
                access: None,
                key,
                key_failure: None,
                barrier: None,
            };
        }
        let filesystem = disks.filesystem(&home.folder);
        let access = match &filesystem {
            Ok(found) if found.read_only => Access::Frozen,
            _ => Access::Shared,
        };
        let (mut files, barrier) = look_at_database(home, &account);
        files.extend(leftovers::look(home, now));
        for path in [home.vault_key(), home.next_vault_key()] {
            files.extend(files::inspect_private(&path, &account, 0o400).into_iter().filter_map(of_file));
        }
        if let KeyPlace::Credential(path) = &key {
            files.extend(files::read_credential(path).err().and_then(of_file));
        }
        // What is no file is told by the check of the configuration.
        let flaws = files::inspect_writers(&home.config(), &account).into_iter();
        let flaws = flaws.filter(|flaw| !matches!(flaw, FileError::NotRegular { .. }));
        let config: Vec<_> = flaws.filter_map(of_file).collect();
        let configuration = look_at_configuration(home, &config);
        files.extend(config);
        let checks = vec![
            home_check,
            Check { name: "files", findings: Some(files) },
            Check { name: "disk", findings: Some(look_at_disk(home, filesystem, closed_home.as_ref(), machine)) },
            Check { name: "configuration", findings: Some(configuration) },
        ];
        // What is there but is no file is told by the check of the files; SQLite would wait for it or say less.
        let database = home.database();
        let access = Some(access).filter(|_| files::is_regular(&database) || files::size_of(&database).is_none());
        // Why a key file cannot be opened is told by the check of the files.
        let key_failure = files::is_regular(&database).then(|| read_key(key.path()).err()).flatten();
        let key_failure = key_failure
            .filter(|error| matches!(error, FileError::Missing { .. } | FileError::TooLarge { .. }))
            .map(of_key_file);
        Self { checks, access, key, key_failure, barrier: closed_home.or(barrier) }
    }

    /// Reads the key file, whatever its mode is: whether its key fits is another question.
    pub fn key_file(&self) -> Option<Line> {
        self.access.and_then(|_| read_key(self.key.path()).ok())
    }

    /// Reads the file of a key that is to take the place of the present one, if there is any.
    pub fn waiting_key(&self, home: &Home) -> Option<Line> {
        self.access.and_then(|_| read_key(&home.next_vault_key()).ok())
    }
}

fn read_key(path: &Path) -> Result<Line, FileError> {
    files::read_input(path, LARGEST_KEY_FILE)
}

/// Looks at the folder and those above, and tells whether its files can be looked at.
fn look_at_folder(home: &Home, own: &Account, owner: Option<&Account>, account: &Account) -> (bool, Vec<Finding>) {
    let mut findings = Vec::new();
    let stranger = owner.filter(|owner| owner.uid != own.uid);
    if let Some(owner) = stranger {
        findings.push(Finding::error(home.of_another(owner, own)));
    }
    let mut is_open = true;
    for flaw in files::inspect_private_dir(&home.folder, account) {
        is_open &= match flaw {
            FileError::Mode { .. } | FileError::Owner { .. } => true,
            FileError::Closed { .. } => files::can_enter(&home.folder),
            _ => false,
        };
        match flaw {
            FileError::Missing { .. } => findings.push(Finding::error(home.without_database())),
            FileError::Owner { .. } | FileError::Read { .. } if stranger.is_some() => {}
            flaw => findings.push(Finding::error(flaw)),
        }
    }
    if owner.is_some() {
        findings.extend(files::inspect_ancestors(&home.folder, account).into_iter().map(Finding::error));
    }
    (is_open, findings)
}

/// Looks at owner, mode and names of the database and of what SQLite keeps beside it, and tells what bars the way to it.
///
/// A file that is missing is told by the check that needs it.
fn look_at_database(home: &Home, account: &Account) -> (Vec<Finding>, Option<Finding>) {
    let database = home.database();
    let (mut findings, mut barrier) = (Vec::new(), None);
    let journal = files::beside(&database, "-journal");
    for path in [database.clone(), files::beside(&database, "-wal"), files::beside(&database, "-shm"), journal.clone()]
    {
        for flaw in files::inspect_private(&path, account, 0o600) {
            let bars = match &flaw {
                FileError::Mode { mode, wanted, .. } | FileError::Closed { mode, wanted, .. } => {
                    mode & wanted != *wanted
                }
                FileError::Directory { .. } | FileError::NotRegular { .. } => true,
                _ => false,
            };
            let is_of_sqlite =
                path != database && matches!(flaw, FileError::Directory { .. } | FileError::NotRegular { .. });
            let finding =
                if is_of_sqlite { Some(Finding::error(about("log-file-kind", &path))) } else { of_file(flaw) };
            barrier = barrier.or_else(|| finding.clone().filter(|_| bars));
            findings.extend(finding);
        }
    }
    if files::is_regular(&journal) {
        let finding = Finding::error(about("journal-left", &journal));
        barrier.get_or_insert_with(|| finding.clone());
        findings.push(finding);
    }
    (findings, barrier)
}

/// Takes a flaw of a file that may be missing.
fn of_file(flaw: FileError) -> Option<Finding> {
    match flaw {
        FileError::Missing { .. } => None,
        flaw => Some(Finding::error(Failure::of_home_file(flaw))),
    }
}

fn look_at_disk(
    home: &Home,
    filesystem: io::Result<Filesystem>,
    closed_home: Option<&Finding>,
    machine: &Machine,
) -> Vec<Finding> {
    let mut findings = match filesystem {
        Ok(filesystem) => judge_disk(&home.folder, &filesystem),
        Err(source) => {
            let unread = || Finding::error(FileError::Read { path: home.folder.clone(), source });
            vec![closed_home.cloned().unwrap_or_else(unread)]
        }
    };
    let log = files::beside(&home.database(), "-wal");
    if let Some(size) = files::size_of(&log).filter(|size| *size > LARGE_LOG) {
        let holders = holders(machine, &files::beside(&home.database(), "-shm"));
        let holders = if holders.is_empty() { "none".to_owned() } else { escape::visible(&holders.join(", ")) };
        let failure = about("log-large", &log).with("mebibytes", mebibytes(size)).with("holders", holders);
        findings.push(Finding::warning(failure));
    }
    findings
}

/// Judges the disk of a spool, if it is not the one of the home, which is told already.
pub fn look_at_other_disk(spool: &Path, home: &Home, disks: &dyn Disks) -> Vec<Finding> {
    match (disks.filesystem(spool), disks.filesystem(&home.folder)) {
        (Ok(other), Ok(own)) if other.device != own.device => judge_room(spool, &other),
        _ => Vec::new(),
    }
}

/// Judges the kind of a file system, and the room on it.
fn judge_disk(folder: &Path, filesystem: &Filesystem) -> Vec<Finding> {
    let mut findings = Vec::new();
    match filesystem.kind {
        FilesystemKind::Local => {}
        FilesystemKind::Network(filesystem) => {
            findings.push(Finding::error(FileError::Network { path: folder.to_owned(), filesystem }));
        }
        FilesystemKind::Layered => findings.push(Finding::notice(about("filesystem-layered", folder))),
        FilesystemKind::Volatile => findings.push(Finding::warning(about("filesystem-volatile", folder))),
    }
    findings.extend(judge_room(folder, filesystem));
    findings
}

/// Judges the room on a file system: for bytes, and for files.
fn judge_room(folder: &Path, filesystem: &Filesystem) -> Vec<Finding> {
    let mut findings = Vec::new();
    let free = filesystem.free;
    let hundredth = filesystem.size / 100;
    let low = || about("disk-low", folder).with("mebibytes", mebibytes(free));
    if filesystem.read_only {
        findings.push(Finding::error(about("filesystem-read-only", folder)));
    } else if free < TOO_LITTLE {
        findings.push(Finding::error(low()));
    } else if free < LITTLE || free < hundredth.min(PLENTY) {
        findings.push(Finding::warning(low()));
    }
    let few = || about("inodes-low", folder).with("count", i64::try_from(filesystem.files_free).unwrap_or(i64::MAX));
    match filesystem.files_free {
        // Btrfs and others count none.
        _ if filesystem.files == 0 || filesystem.read_only => {}
        0..TOO_FEW_FILES => findings.push(Finding::error(few())),
        TOO_FEW_FILES..FEW_FILES => findings.push(Finding::warning(few())),
        _ => {}
    }
    findings
}

/// Reads the configuration; why it cannot be opened is what was found about the file.
fn look_at_configuration(home: &Home, file: &[Finding]) -> Vec<Finding> {
    let Err(failure) = read_settings(home) else { return Vec::new() };
    let why = file.iter().find(|_| failure.id() == "cannot-read").cloned();
    vec![why.unwrap_or_else(|| Finding::error(failure))]
}

fn about(id: &'static str, path: &Path) -> Failure {
    Failure::new(Exit::Configuration, id).about("path", path.display()).with("quoted", escape::for_shell(path))
}

fn mebibytes(bytes: u64) -> i64 {
    i64::try_from(bytes / MEBIBYTE).unwrap_or(i64::MAX)
}
