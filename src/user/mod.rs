//! The holder of a key: an identifier of the mail system, and a name.

use crate::clock::UtcTime;
use crate::establishment::Uai;
use std::fmt;
use std::str::FromStr;

const LONGEST: usize = 64;
const LONGEST_NAME: usize = 200;

/// A login: `[A-Za-z0-9][A-Za-z0-9._@-]{0,63}`, kept as given and compared without case.
#[derive(Clone, Debug)]
pub struct Login(String);

impl Login {
    /// Gives the text as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Gives the form in which logins are compared.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl PartialEq for Login {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Login {}

impl FromStr for Login {
    type Err = InvalidLogin;

    fn from_str(text: &str) -> Result<Self, InvalidLogin> {
        let mut bytes = text.bytes();
        let starts_well = bytes.next().is_some_and(|first| first.is_ascii_alphanumeric());
        let goes_on_well = bytes.all(|byte| byte.is_ascii_alphanumeric() || b"._@-".contains(&byte));
        if starts_well && goes_on_well && text.len() <= LONGEST { Ok(Self(text.to_owned())) } else { Err(InvalidLogin) }
    }
}

impl fmt::Display for Login {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The text is no login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a login has 1 to 64 letters, digits, or . _ @ - and begins with a letter or digit")]
pub struct InvalidLogin;

/// The number of a user in the database; never given to another.
pub type UserId = i64;

/// A user as he is kept.
#[derive(Clone, Debug)]
pub struct User {
    /// His number.
    pub id: UserId,
    /// What he types.
    pub login: Login,
    /// What he is called.
    pub name: Name,
    /// He may log in.
    pub enabled: bool,
    /// The establishments he belongs to, sorted.
    pub establishments: Vec<Uai>,
}

/// When a user has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// When he was removed.
    pub at: UtcTime,
    /// When his login and his name are due to be erased.
    pub erase_at: UtcTime,
}

/// A name for people: of a user, an establishment; 1 to 200 characters, not only blanks, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Gives the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Name {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let name = text.trim();
        let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
        if fits && !name.chars().any(char::is_control) { Ok(Self(name.to_owned())) } else { Err(InvalidName) }
    }
}

/// The text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a name has 1 to 200 characters on one line")]
pub struct InvalidName;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_compared_without_case_and_kept_as_given() {
        let typed: Login = "JDupont".parse().unwrap();
        assert_eq!(typed, "jdupont".parse().unwrap());
        assert_eq!(typed.as_str(), "JDupont");
        assert_eq!(typed.folded(), "jdupont");
    }

    #[test]
    fn d16_what_is_no_login_is_refused() {
        let sixty_five = "a".repeat(65);
        for text in ["", "-rf", "--help", "../../etc", "a b", "a\n", "é", "%s", "$(id)", "a'b", &sixty_five] {
            assert_eq!(text.parse::<Login>(), Err(InvalidLogin), "{text:?}");
        }
        assert!("jean.dupont@ac-poitiers.fr".parse::<Login>().is_ok());
    }

    #[test]
    fn names_are_trimmed_and_stay_on_one_line() {
        assert_eq!(" Jean Dupont ".parse::<Name>().unwrap().as_str(), "Jean Dupont");
        for text in ["", "  ", "a\nb", "a\u{1b}[2J"] {
            assert_eq!(text.parse::<Name>(), Err(InvalidName));
        }
    }
}
