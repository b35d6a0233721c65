//! What an operator has to say for himself.

use std::str::FromStr;

const LONGEST: usize = 200;

/// The reason that an operator gives for what he does, to be kept in the audit: 1 to 200 characters on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark(String);

impl Remark {
    /// Gives the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Remark {
    type Err = InvalidRemark;

    fn from_str(text: &str) -> Result<Self, InvalidRemark> {
        let remark = text.trim();
        let fits = (1..=LONGEST).contains(&remark.chars().count());
        if fits && !remark.chars().any(char::is_control) { Ok(Self(remark.to_owned())) } else { Err(InvalidRemark) }
    }
}

/// The text is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a reason has 1 to 200 characters on one line")]
pub struct InvalidRemark;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_that_says_something() {
        assert_eq!(" retrouvée au fond d'un sac ".parse::<Remark>().unwrap().as_str(), "retrouvée au fond d'un sac");
        for text in ["", "  ", "a\nb", "a\u{1b}[2J", &"x".repeat(201)] {
            assert_eq!(text.parse::<Remark>(), Err(InvalidRemark));
        }
    }
}
