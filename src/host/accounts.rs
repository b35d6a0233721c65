//! The accounts of the machine, and which of them the process is.

use super::process;
use nix::unistd::{Gid, Uid, User, getgrouplist, getresgid, getresuid, setgroups, setresgid, setresuid};
use std::ffi::CString;
use std::io;
use std::path::PathBuf;
use uzers::os::unix::UserExt;

/// What knows the accounts of the machine, and can become one of them. The host has the real ones.
pub trait Accounts {
    /// Gives the number of an account.
    fn uid_of(&self, account: &str) -> Option<u32>;

    /// Gives the name of an account.
    fn name_of(&self, _uid: u32) -> Option<String> {
        None
    }

    /// Tells whether the process has the rights of root at present.
    fn is_root(&self) -> bool {
        false
    }

    /// Lets the process become another account for good: with its group and the groups that it is in, and none of those before.
    ///
    /// # Errors
    /// [`NotBecome`]; the process may be nobody of any sense then, and is to end.
    fn become_account(&self, _uid: u32) -> Result<(), NotBecome> {
        Err(NotBecome::Refused(io::ErrorKind::Unsupported.into()))
    }
}

/// Why the process did not become an account.
#[derive(Debug, thiserror::Error)]
pub enum NotBecome {
    /// This machine has none of that number.
    #[error("no account has the number {0}")]
    Unknown(u32),
    /// The operating system refused, or did something else than was asked.
    #[error("the operating system refused")]
    Refused(#[from] io::Error),
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

    fn name_of(&self, uid: u32) -> Option<String> {
        uzers::get_user_by_uid(uid).map(|user| user.name().to_string_lossy().into_owned())
    }

    fn is_root(&self) -> bool {
        rustix::process::geteuid().is_root() || rustix::process::getuid().is_root()
    }

    fn become_account(&self, uid: u32) -> Result<(), NotBecome> {
        let user = User::from_uid(Uid::from_raw(uid)).map_err(io::Error::from)?.ok_or(NotBecome::Unknown(uid))?;
        Ok(step_down(&user)?)
    }
}

/// Gives up the rights of root. The C library does it for every thread, were there any; and what came of it is what the kernel says.
fn step_down(user: &User) -> io::Result<()> {
    let name = CString::new(user.name.as_str())?;
    // The groups first, while there is the right to change them.
    setgroups(&getgrouplist(&name, user.gid)?)?;
    setresgid(user.gid, user.gid, user.gid)?;
    setresuid(user.uid, user.uid, user.uid)?;
    let (uids, gids) = (getresuid()?, getresgid()?);
    let is_uid = |uid: Uid| uid == user.uid && !uid.is_root();
    let is_gid = |gid: Gid| gid == user.gid;
    let has_become = [uids.real, uids.effective, uids.saved].into_iter().all(is_uid)
        && [gids.real, gids.effective, gids.saved].into_iter().all(is_gid);
    // The kernel opens a process that changes accounts to traces and dumps as the machine is set.
    process::forbid_traces();
    if has_become { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// Gives the home folder of the account that this process is, whatever the environment says.
pub fn own_folder() -> Option<PathBuf> {
    let own = uzers::get_user_by_uid(rustix::process::geteuid().as_raw())?;
    Some(own.home_dir().to_owned())
}
