//! Who runs the program: always by number, never by a name that the environment gives.

use crate::operator::{Operator, Via};
use std::path::PathBuf;
use uzers::os::unix::UserExt;

/// What knows the accounts of the machine. The host has the real ones.
pub trait Accounts {
    /// Gives the number of an account.
    fn uid_of(&self, account: &str) -> Option<u32>;
}

/// A machine without accounts, as in a test.
pub struct NoAccounts;

impl Accounts for NoAccounts {
    fn uid_of(&self, _account: &str) -> Option<u32> {
        None
    }
}

/// The accounts of this machine, from wherever its name service takes them.
pub struct Known;

impl Accounts for Known {
    fn uid_of(&self, account: &str) -> Option<u32> {
        uzers::get_user_by_name(account).map(|user| user.uid())
    }
}

/// Gives the home folder of the account that this process is, whatever the environment says.
pub fn own_folder() -> Option<PathBuf> {
    let own = uzers::get_user_by_uid(rustix::process::geteuid().as_raw())?;
    Some(own.home_dir().to_owned())
}

/// Identifies the caller of this process.
pub fn identify_caller() -> Operator {
    let sudo = super::environment::read_text("SUDO_UID");
    let real = rustix::process::getuid().as_raw();
    let effective = rustix::process::geteuid().as_raw();
    let (uid, via) = identify(real, effective, sudo.as_deref());
    let name = uzers::get_user_by_uid(uid)
        .map_or_else(|| format!("uid-{uid}"), |user| user.name().to_string_lossy().into_owned());
    Operator { uid, name, via }
}

/// Decides between the real uid and sudo's: the latter counts only for a process that is neither root's nor that user's own.
fn identify(real: u32, effective: u32, sudo: Option<&str>) -> (u32, Via) {
    let sudo = sudo.and_then(|text| text.parse::<u32>().ok()).filter(|uid| *uid != effective);
    match (real, sudo) {
        (0, _) | (_, Some(0)) => (0, Via::BreakGlass),
        (_, Some(uid)) => (uid, Via::Sudo),
        (uid, None) => (uid, Via::Direct),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sudo_counts_only_for_a_process_that_is_not_roots() {
        assert_eq!(identify(1000, 1000, None), (1000, Via::Direct));
        assert_eq!(identify(990, 990, Some("1000")), (1000, Via::Sudo));
        assert_eq!(identify(0, 0, Some("1000")), (0, Via::BreakGlass));
        assert_eq!(identify(0, 0, None), (0, Via::BreakGlass));
        assert_eq!(identify(990, 990, Some("0")), (0, Via::BreakGlass));
    }

    #[test]
    fn a_sudo_number_that_is_none_or_ones_own_is_ignored() {
        for text in ["", "-1", "root", "4294967296", "990"] {
            assert_eq!(identify(990, 990, Some(text)), (990, Via::Direct), "{text:?}");
        }
    }
}
