//! The handover slip: a page for each holder, to be read, followed and signed, and the list of receipts.
//!
//! It knows no language and no database: words come in ready, and a file in PDF goes out.

mod document;
mod font;
mod page;
mod receipts;
mod sheet;
mod symbol;
mod text;

pub use text::is_writable;

use sheet::Sheet;
use symbol::Symbol;
use zeroize::Zeroizing;

/// Who is handed what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// What the establishment is called; empty when the holder belongs to none.
    pub establishment: String,
    /// Its UAI.
    pub uai: String,
    /// What the holder is called.
    pub holder: String,
    /// What he types.
    pub login: String,
    /// What stands on the back of his key.
    pub serial: String,
}

impl Handed {
    /// Gives the order of slips: by establishment, then by the holder's name; accents and case do not count.
    pub fn rank(&self) -> impl Ord + use<> {
        let key = text::sort_key;
        (key(&self.establishment), self.uai.clone(), key(&self.holder), key(&self.login))
    }
}

/// One slip.
pub struct Slip {
    /// Who is handed what.
    pub handed: Handed,
    /// The code that was just issued.
    pub code: Option<Code>,
    /// What he does with it, in order.
    pub steps: Vec<Step>,
}

/// An activation code on paper: a secret.
pub struct Code {
    /// Its symbols.
    pub symbols: Zeroizing<String>,
    /// How long it is good for.
    pub until: String,
}

/// A step of the guide.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it is called.
    pub title: String,
    /// What to do.
    pub text: String,
    /// What stands below.
    pub below: Below,
}

/// What stands below a step.
#[derive(Clone, Debug)]
pub enum Below {
    /// Nothing.
    Nothing,
    /// Where to go.
    Address(String),
    /// A line on which to write where to go.
    Blank,
    /// A passcode put together: what is typed first, what after it, and the whole, each with what it is.
    Example([(String, String); 3]),
}

/// The words of a slip.
#[derive(Clone, Debug)]
pub struct Words {
    /// The tag of its language, as `fr`.
    pub language: &'static str,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub subject: String,
    /// Above the establishment.
    pub establishment: String,
    /// Above its UAI.
    pub uai: String,
    /// Above the holder's name.
    pub holder: String,
    /// Above the login.
    pub login: String,
    /// Above the serial.
    pub serial: String,
    /// Above the activation code.
    pub code: String,
    /// In the place of a code that is not printed.
    pub apart: String,
    /// Below the code for telephones.
    pub scan: String,
    /// Above the contact.
    pub help: String,
    /// Whom to ask; a blank line when it is not known.
    pub contact: Option<String>,
    /// Above the duties.
    pub duties: String,
    /// The holder's duties.
    pub duty: Vec<String>,
    /// What the holder signs.
    pub receipt: String,
    /// Above the place for the date.
    pub date: String,
    /// Above the place for the delegate's signature.
    pub delegate: String,
    /// Above the place for the holder's.
    pub signature: String,
    /// At the foot, on a slip that has a code.
    pub secret: String,
    /// At the foot: when it was made.
    pub made: String,
}

/// The words of a list of receipts.
#[derive(Clone, Debug)]
pub struct ListWords {
    /// The tag of its language.
    pub language: &'static str,
    /// What it is called.
    pub title: String,
    /// Above the columns: the name, the login, the serial, the date, the signature.
    pub columns: [String; 5],
    /// At the foot: when it was made.
    pub made: String,
}

/// Prints slips, a page each.
pub fn print_slips(words: &Words, portal: Option<&str>, slips: &[Slip]) -> Zeroizing<Vec<u8>> {
    let symbol = portal.and_then(Symbol::of);
    let sheets: Vec<Sheet> = slips.iter().map(|slip| page::lay_out(words, slip, symbol.is_some())).collect();
    document::bind(&words.title, words.language, &sheets, symbol.as_ref())
}

/// Prints the list that the delegate keeps; each establishment begins a page.
pub fn print_receipts(words: &ListWords, handed: &[Handed]) -> Zeroizing<Vec<u8>> {
    document::bind(&words.title, words.language, &receipts::lay_out(words, handed), None)
}

#[cfg(test)]
mod tests;
