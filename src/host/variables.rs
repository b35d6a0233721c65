//! What a login server says of one request, in variables: read when a command asks for them, and not before.

use super::Line;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use zeroize::Zeroizing;

/// The variables that may be read, and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// `PAM_TYPE`: what PAM is about.
    PamType,
    /// `PAM_USER`: who wants in.
    PamUser,
    /// `PAM_RHOST`: from where.
    PamRhost,
    /// `USER_NAME`: who wants in, as a RADIUS server quotes it.
    UserName,
    /// `USER_PASSWORD`: what was typed. A RADIUS server has no other way to tell.
    UserPassword,
    /// `STATE`: what ties the second message to the first.
    State,
    /// `CALLING_STATION_ID`: from where.
    CallingStationId,
    /// `NAS_IP_ADDRESS`: through which gateway.
    NasIpAddress,
}

impl Variable {
    /// Gives the name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PamType => "PAM_TYPE",
            Self::PamUser => "PAM_USER",
            Self::PamRhost => "PAM_RHOST",
            Self::UserName => "USER_NAME",
            Self::UserPassword => "USER_PASSWORD",
            Self::State => "STATE",
            Self::CallingStationId => "CALLING_STATION_ID",
            Self::NasIpAddress => "NAS_IP_ADDRESS",
        }
    }
}

/// A variable stands twice in the environment: whoever set the one may not be who set the other.
///
/// `pam_exec` puts its own behind those that a user may have brought along; most programs read the first of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} is set twice", .0.name())]
pub struct SetTwice(pub Variable);

/// Where the variables of a request are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Variables {
    /// In the environment of the process.
    OfProcess,
    /// Here: those of a test.
    Given(Vec<(String, OsString)>),
}

impl Default for Variables {
    /// Gives those of a request that says nothing.
    fn default() -> Self {
        Self::Given(Vec::new())
    }
}

impl Variables {
    /// Reads one variable; an empty one is set.
    ///
    /// # Errors
    /// `SetTwice`.
    pub fn read(&self, variable: Variable) -> Result<Option<Line>, SetTwice> {
        let name = variable.name();
        let mut found: Vec<Line> = match self {
            Self::OfProcess => {
                let named = of_process().filter(|(known, _)| known.as_bytes() == name.as_bytes());
                named.map(|(_, value)| Zeroizing::new(value.into_vec())).collect()
            }
            Self::Given(given) => {
                let named = given.iter().filter(|(known, _)| known == name);
                named.map(|(_, value)| Zeroizing::new(value.as_bytes().to_vec())).collect()
            }
        };
        let value = found.pop();
        if found.is_empty() { Ok(value) } else { Err(SetTwice(variable)) }
    }
}

/// Gives all that stands in the environment, what stands there twice too.
#[allow(clippy::disallowed_methods, reason = "this is the host's reading of the environment")]
fn of_process() -> std::env::VarsOs {
    std::env::vars_os()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i03_a_variable_that_stands_twice_is_neither() {
        let given = |names: &[&str]| {
            let value = |name: &&str| ((*name).to_owned(), OsString::from("x"));
            Variables::Given(names.iter().map(value).collect()).read(Variable::PamUser).map(|found| found.is_some())
        };
        assert_eq!(given(&[]), Ok(false));
        assert_eq!(given(&["PAM_USER", "PAM_TYPE", "PAM_TYPE"]), Ok(true));
        assert_eq!(given(&["PAM_USER", "PAM_USER"]), Err(SetTwice(Variable::PamUser)));
        assert_eq!(Variables::default().read(Variable::UserPassword), Ok(None));
    }
}
