//! Attributes as FreeRADIUS reads them from the output of a program.

use super::State;
use zeroize::Zeroizing;

/// What an attribute of RADIUS holds.
const LONGEST_TEXT: usize = 253;

/// The attributes of an answer.
#[derive(Default)]
pub struct Pairs(Zeroizing<String>);

impl Pairs {
    /// Adds a sentence for the user.
    #[must_use]
    pub fn message(self, text: &str) -> Self {
        let mut value = String::new();
        for letter in plain(text).chars() {
            if matches!(letter, '"' | '\\') {
                value.push('\\');
            }
            value.push(letter);
        }
        self.pair("Reply-Message", &format!("\"{value}\""))
    }

    /// Adds what ties the next message of the user to this one.
    #[must_use]
    pub fn state(self, state: &State) -> Self {
        self.pair("State", &state.written())
    }

    fn pair(mut self, name: &str, value: &str) -> Self {
        let mut text = Zeroizing::new(String::with_capacity(self.0.len().saturating_add(512)));
        if !self.0.is_empty() {
            text.push_str(&self.0);
            text.push_str(",\n");
        }
        text.push_str(name);
        text.push_str(" = ");
        text.push_str(value);
        self.0 = text;
        self
    }

    /// Gives the text: nothing where there is nothing to say.
    pub fn written(&self) -> Zeroizing<String> {
        let mut text = self.0.clone();
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }
}

/// Keeps what an attribute holds: a percent sign would have the server expand what follows, and no control is for a screen.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in
        text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).filter(|letter| *letter != '%')
    {
        if plain.len().saturating_add(letter.len_utf8()) > LONGEST_TEXT {
            break;
        }
        plain.push(letter);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_one_attribute_on_each_line_and_nothing_in_it_is_more_than_text() {
        assert_eq!(Pairs::default().written().as_str(), "");
        let pairs = Pairs::default().message("L'un \"et\" l\\autre\n%{User-Password}, é").state(&State::Passcode);
        assert_eq!(
            pairs.written().as_str(),
            "Reply-Message = \"L'un \\\"et\\\" l\\\\autre {User-Password}, é\",\nState = 0x03\n"
        );
        let long = Pairs::default().message(&"é".repeat(300));
        assert_eq!(long.written().matches('é').count(), 126);
    }
}
