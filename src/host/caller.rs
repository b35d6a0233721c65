//! Who runs the program: always by number, never by a name that the environment gives.

use super::accounts::{Accounts, Known};
use super::files;
use crate::operator::{Operator, Via};
use std::path::Path;

/// Where the kernel tells who logged in, whatever account he became since (`pam_loginuid`); whoever finds it unset may write it once.
const LOGIN: &str = "/proc/self/loginuid";
/// A number and a line end.
const LONGEST_LOGIN: u64 = 16;

/// Identifies the caller of this process; `sudo` is the number that sudo names.
///
/// Who logged in does not decide: it is another account whenever somebody became root, or restarted a service by hand. The audit
/// tells it, for a process of a session cannot change it. One of no session, as of a service or in a container, has none and may
/// set it once to whatever it likes: that there is none proves nothing.
pub fn identify_caller(sudo: Option<u32>) -> Operator {
    let real = rustix::process::getuid().as_raw();
    let effective = rustix::process::geteuid().as_raw();
    let (uid, via) = identify(real, effective, sudo);
    let name = Known.name_of(uid).unwrap_or_else(|| format!("uid-{uid}"));
    let login = files::read_input(Path::new(LOGIN), LONGEST_LOGIN).ok().and_then(|text| read_login(&text));
    Operator { uid, name, via, login: login.filter(|login| *login != uid) }
}

/// Decides between the real uid and sudo's: the latter counts only for a process that is neither root's nor that user's own.
fn identify(real: u32, effective: u32, sudo: Option<u32>) -> (u32, Via) {
    if real != effective && real != 0 {
        // A program with the set-uid bit: its variables are what its caller likes, and what it owns is not his.
        return (real, Via::Sudo);
    }
    match (real, sudo.filter(|uid| *uid != effective)) {
        (0, _) | (_, Some(0)) => (0, Via::BreakGlass),
        (_, Some(uid)) => (uid, Via::Sudo),
        (uid, None) => (uid, Via::Direct),
    }
}

/// Reads the number of who logged in; the highest one stands for nobody, as for what the machine started by itself.
fn read_login(text: &[u8]) -> Option<u32> {
    let uid: u32 = std::str::from_utf8(text).ok()?.trim_end().parse().ok()?;
    (uid != u32::MAX).then_some(uid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sudo_counts_only_for_a_process_that_is_not_roots() {
        assert_eq!(identify(1000, 1000, None), (1000, Via::Direct));
        assert_eq!(identify(990, 990, Some(1000)), (1000, Via::Sudo));
        assert_eq!(identify(0, 0, Some(1000)), (0, Via::BreakGlass));
        assert_eq!(identify(0, 0, None), (0, Via::BreakGlass));
        assert_eq!(identify(990, 990, Some(0)), (0, Via::BreakGlass));
        assert_eq!(identify(990, 990, Some(990)), (990, Via::Direct));
    }

    #[test]
    fn the_set_uid_bit_makes_nobody_the_owner_of_the_database() {
        for (effective, sudo) in [(990, None), (990, Some(0)), (990, Some(1001)), (0, None), (0, Some(0))] {
            assert_eq!(identify(1000, effective, sudo), (1000, Via::Sudo), "{effective} {sudo:?}");
        }
    }

    #[test]
    fn who_logged_in_is_a_number_that_is_not_the_highest() {
        for (text, login) in [("1000", Some(1000)), ("0\n", Some(0)), ("4294967295", None), ("", None), ("root", None)]
        {
            assert_eq!(read_login(text.as_bytes()), login, "{text:?}");
        }
    }
}
