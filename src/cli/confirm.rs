//! Asking whether somebody means it, before what cannot be taken back.

use super::exit::Exit;
use super::failure::Failure;
use super::locale::Value;
use super::session::Session;

/// What is about to be done.
pub struct Deed<'a> {
    /// The message that says what it does.
    pub question: &'a str,
    /// The message that asks to type again what it is done to.
    pub again: &'a str,
    /// What both messages name.
    pub values: &'a [(&'static str, Value)],
    /// Whether a text names what it is done to.
    pub is_named_by: &'a dyn Fn(&str) -> bool,
}

impl Session<'_> {
    /// Refuses what nobody has confirmed and nobody can be asked about: to be called before anything is begun.
    ///
    /// # Errors
    /// A failure of usage.
    pub fn expect_confirmation(&self) -> Result<(), Failure> {
        if self.options.yes || self.is_interactive() {
            return Ok(());
        }
        Err(Failure::new(Exit::Usage, "confirmation-needed"))
    }

    /// Asks whether a deed is meant, and to what it is to be done; `--yes` has answered both. Tells whether it was confirmed,
    /// and says that nothing was changed if it was not.
    ///
    /// # Errors
    /// As [`Session::expect_confirmation`] and [`Session::ask`].
    pub fn confirm(&mut self, deed: &Deed<'_>) -> Result<bool, Failure> {
        if self.options.yes {
            return Ok(true);
        }
        self.expect_confirmation()?;
        let answer = self.ask(deed.question, deed.values)?.trim().to_lowercase();
        let yes = self.words.say("confirm-yes", &[]);
        if !yes.split_whitespace().any(|word| word == answer) {
            self.warn_of_nothing("confirm-no");
            return Ok(false);
        }
        let named = self.ask(deed.again, deed.values)?;
        if !(deed.is_named_by)(named.trim()) {
            self.warn_of_nothing("confirm-other");
            return Ok(false);
        }
        Ok(true)
    }

    /// Says that nothing was changed, also when quiet: somebody has just been asked.
    fn warn_of_nothing(&mut self, id: &str) {
        let sentence = super::session::fitted(self.host, &self.words.say(id, &[]));
        self.host.terminal.say(&format!("{sentence}\n"));
    }
}
