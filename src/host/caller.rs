//! Who runs the program: always by number, never by a name that the environment gives.

use std::fmt;

/// The account for which the program acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Its number.
    pub uid: u32,
    /// Its name, for people only; `uid-1234` when the system knows none.
    pub name: String,
    /// By which way it came.
    pub via: Via,
}

/// The way by which a caller came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// Under its own uid.
    Direct,
    /// As the service account through sudo, which vouches for the number.
    Sudo,
    /// As root, who may do anything: to be seen in the audit.
    BreakGlass,
}

impl Via {
    /// Gives the stable name of the audit.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Sudo => "sudo",
            Self::BreakGlass => "break-glass",
        }
    }
}

impl fmt::Display for Via {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Caller {
    /// Identifies the caller of this process.
    pub fn system() -> Self {
        let sudo = super::environment::read_text("SUDO_UID");
        let real = rustix::process::getuid().as_raw();
        let effective = rustix::process::geteuid().as_raw();
        let (uid, via) = identify(real, effective, sudo.as_deref());
        let name = uzers::get_user_by_uid(uid)
            .map_or_else(|| format!("uid-{uid}"), |user| user.name().to_string_lossy().into_owned());
        Self { uid, name, via }
    }
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
