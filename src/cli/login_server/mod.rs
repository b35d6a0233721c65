//! What login servers say and hear: `pam_exec` of PAM, and `rlm_exec` of FreeRADIUS.

mod pairs;
mod quoted;
mod state;

pub use pairs::Pairs;
pub use quoted::unquote;
pub use state::State;

use super::exit::Exit;
use super::failure::Failure;
use crate::host::{Line, Variable, Variables};
use crate::user::Login;
use std::net::IpAddr;

/// Reads a variable that must be there.
///
/// # Errors
/// `variable-missing`, `variable-twice`.
pub fn needed(variables: &Variables, variable: Variable) -> Result<Line, Failure> {
    read(variables, variable)?.ok_or_else(|| about("variable-missing", variable))
}

/// Reads a variable that may be there.
///
/// # Errors
/// `variable-twice`.
pub fn read(variables: &Variables, variable: Variable) -> Result<Option<Line>, Failure> {
    variables.read(variable).map_err(|twice| about("variable-twice", twice.0))
}

/// Says that a variable has not the form that it must have; never what stands there.
pub fn malformed(variable: Variable) -> Failure {
    about("variable-malformed", variable)
}

/// Takes a value for a login.
///
/// # Errors
/// `variable-malformed`: no user can have such a login.
pub fn login_in(value: &[u8], variable: Variable) -> Result<Login, Failure> {
    let text = std::str::from_utf8(value).ok();
    text.and_then(|text| text.parse().ok()).ok_or_else(|| malformed(variable))
}

/// Takes a value for the address of a caller; what is none (a name, a telephone number, the address of a network card) can be made up
/// anew for each try, and tells nobody apart.
pub fn address_in(value: &[u8]) -> Option<String> {
    let address: IpAddr = std::str::from_utf8(value).ok()?.parse().ok()?;
    Some(address.to_canonical().to_string())
}

fn about(id: &'static str, variable: Variable) -> Failure {
    Failure::new(Exit::Usage, id).with("name", variable.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_makes_a_source() {
        assert_eq!(address_in(b"192.0.2.7").as_deref(), Some("192.0.2.7"));
        assert_eq!(address_in(b"::ffff:192.0.2.7").as_deref(), Some("192.0.2.7"));
        assert_eq!(address_in(b"2001:DB8::7").as_deref(), Some("2001:db8::7"));
        for value in
            [&b""[..], b"00-11-22-33-44-55", b"host.example.org", b"+33 5 49 00 00 00", b"192.0.2.7:443", b"\xff"]
        {
            assert_eq!(address_in(value), None, "{value:?}");
        }
    }
}
