//! Names of elements and attributes, without prefix and case.

use super::super::problem::Problem;
use super::super::record::wide;
use compact_str::CompactString;

const LONGEST_NAME: usize = 256;
/// How many names are remembered; no format has as many.
const MOST: usize = 128;

/// The names of a file. Thousands of like elements have them in the same order again and again, so that what came after the
/// former one the last time is nearly always right, and nothing is cut nor folded anew.
#[derive(Default)]
pub(super) struct Names {
    seen: Vec<Name>,
    last: usize,
    exact: bool,
}

struct Name {
    in_file: CompactString,
    plain: CompactString,
    /// The place of the name that came after it.
    then: usize,
}

impl Names {
    /// Begins with none; names will keep their case.
    pub(super) fn exact() -> Self {
        Self { exact: true, ..Self::default() }
    }

    /// Tells whether names keep their case.
    pub(super) const fn are_exact(&self) -> bool {
        self.exact
    }

    /// Gives a name without its prefix, in lower case unless names are exact.
    ///
    /// # Errors
    /// The limit, for one that is longer than any that vendors give.
    pub(super) fn plain(&mut self, name: &str) -> Result<CompactString, Problem> {
        let is = |known: &Name| known.in_file == name;
        let guess = self.seen.get(self.last).map(|last| last.then);
        let guess = guess.filter(|place| self.seen.get(*place).is_some_and(is));
        let place = match guess.or_else(|| self.seen.iter().position(is)) {
            Some(place) => place,
            None => self.learn(name)?,
        };
        if let Some(last) = self.seen.get_mut(self.last) {
            last.then = place;
        }
        self.last = place;
        Ok(self.seen.get(place).map(|known| known.plain.clone()).unwrap_or_default())
    }

    fn learn(&mut self, name: &str) -> Result<usize, Problem> {
        if name.len() > LONGEST_NAME {
            return Err(Problem::XmlNameTooLong { allowed: wide(LONGEST_NAME) });
        }
        let colon = name.rfind(':');
        let local = colon.and_then(|at| name.get(at.saturating_add(1)..)).unwrap_or(name);
        let mut plain = CompactString::new(local);
        if !self.exact {
            plain.make_ascii_lowercase();
        }
        if self.seen.len() >= MOST {
            self.seen.clear();
        }
        self.seen.push(Name { in_file: CompactString::new(name), plain, then: 0 });
        Ok(self.seen.len().saturating_sub(1))
    }
}
