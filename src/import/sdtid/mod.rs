//! RSA's token records (SDTID): a header for all of a batch, and its tokens, each sealed by a MAC of its own.

mod crypto;
mod fields;
mod lines;
#[cfg(test)]
mod tests;

use super::finding::{Finding, shown};
use super::problem::Problem;
use super::record::{self, SeedRecord};
use super::xml::tree::Element;
use super::xml::{self, Below, Cursor, End, Tree, below, next_root};
use super::{Guidance, Input, Item};
use crypto::{BatchKey, Block, Salts};
use fields::{Fields, named, needed};

/// How many tokens may fail, no MAC of the file ever being right, before the passphrase is taken for a wrong one.
const ENOUGH_MISMATCHES: u64 = 100;
/// The digits to which serials are filled up before they are compared.
const SERIAL_DIGITS: usize = 12;

/// Reads a batch and gives its keys and findings, in the order of the file.
///
/// # Errors
/// The finding that makes the rest of the file unreadable.
pub(super) fn read(input: &mut Input<'_>, guidance: &Guidance, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    let mut cursor = Cursor::new(input);
    let mut tree = Tree::exact();
    let mut next = Some(xml::root(&mut cursor, &mut tree)?);
    while let Some(root) = next {
        check_root(tree.element(root))?;
        tree.clear();
        let end = read_batch(&mut cursor, &mut tree, guidance, sink)?;
        next = next_root(&mut cursor, &mut tree, end)?;
    }
    Ok(())
}

/// Reads what is below a root; tells how it ends.
fn read_batch(
    cursor: &mut Cursor<'_>,
    tree: &mut Tree,
    guidance: &Guidance,
    sink: &mut dyn FnMut(Item),
) -> Result<End, Finding> {
    let mut batch: Option<Batch> = None;
    loop {
        let mark = tree.mark();
        let child = match below(cursor, tree, &is_batch)? {
            Below::Child(child) => child,
            Below::End(end, unclosed) => {
                unclosed.into_iter().for_each(|finding| sink(Item::Finding(finding)));
                // What the batch itself has to tell comes before what follows its end.
                return finish(batch.as_ref(), tree, sink).map(|()| end);
            }
        };
        let element = tree.element(child);
        match (element.name(), batch.as_mut()) {
            ("TKNHeader", Some(_)) => return Err(element.finding(Problem::ElementTwice { element: "TKNHeader" })),
            ("TKNHeader", None) => {
                cursor.rest_of(child, tree)?;
                batch = Some(Batch::open(child, tree.element(child), guidance)?);
                continue;
            }
            ("TKN", None) => return Err(element.finding(Problem::ElementMissing { element: "TKNHeader" })),
            ("TKN", Some(batch)) => {
                cursor.rest_of(child, tree)?;
                let fields = Fields { header: tree.element(batch.header), token: tree.element(child) };
                batch.take(fields, sink)?;
            }
            _ => cursor.skip(tree)?,
        }
        tree.rewind(mark);
    }
}

fn is_batch(name: &str) -> bool {
    name.eq_ignore_ascii_case("TKNBatch")
}

fn check_root(root: Element<'_>) -> Result<(), Finding> {
    match root.name() {
        name if is_batch(name) => Ok(()),
        // Tokens without the header of their batch, as none can be opened.
        name if name.to_ascii_uppercase().starts_with("TKN") => {
            Err(root.finding(Problem::ElementMissing { element: "TKNHeader" }))
        }
        name => Err(root.finding(Problem::NotAContainer { root: shown(name) })),
    }
}

fn finish(batch: Option<&Batch>, tree: &Tree, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
    match batch {
        Some(batch) => batch.finish(tree.element(batch.header), sink),
        None => Ok(()),
    }
}

/// A batch that is being read.
struct Batch {
    /// The number of its header in the tree.
    header: usize,
    /// The key under which the MAC of the header was right; where there is none, all that were tried.
    keys: Vec<BatchKey>,
    proved: bool,
    /// Whether that key was made of the passphrase, and not of what stands in the file.
    is_sealed: bool,
    /// Whether the operator gave a passphrase.
    has_passphrase: bool,
    /// The tokens met, and the serials of the first and of the last; none where one has two.
    tokens: u64,
    first: Option<String>,
    last: Option<String>,
}

impl Batch {
    /// Derives the key of a batch: from its origin, which is the password of those that have none, or the passphrase.
    fn open(number: usize, header: Element<'_>, guidance: &Guidance) -> Result<Self, Finding> {
        let secret = needed(header, "Secret")?;
        let salts = Salts {
            origin: word(needed(header, "Origin")?),
            dest: word(needed(header, "Dest")?),
            name: word(needed(header, "Name")?),
            secret: crypto::block_of(secret, secret.text())?,
        };
        let found = mac_of(header, "HeaderMAC")?;
        let lines = lines::of_section(header);
        let passphrase = guidance.unlock.given_passphrase();
        let passwords = [Some(salts.origin.as_bytes()), passphrase].into_iter().flatten();
        let mut keys: Vec<_> = passwords.map(|password| BatchKey::derive(password, &salts)).collect();
        let fits = |key: &BatchKey| key.vouches_for_header(salts.name, &lines, found.as_ref());
        let right = keys.iter().position(fits);
        if let Some(right) = right {
            keys.swap(0, right);
            keys.truncate(1);
        }
        Ok(Self {
            header: number,
            keys,
            proved: right.is_some(),
            is_sealed: right.is_some_and(|right| right > 0),
            has_passphrase: passphrase.is_some(),
            tokens: 0,
            first: None,
            last: None,
        })
    }

    fn take(&mut self, fields: Fields<'_>, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
        let serial = named(fields.token, "SN", "SN").map(|serial| serial.map_or("", word));
        self.tokens = self.tokens.saturating_add(1);
        self.last = serial.as_ref().ok().map(|serial| filled(serial));
        if self.tokens == 1 {
            self.first.clone_from(&self.last);
        }
        if let Some(key) = self.keys.first().filter(|_| self.proved) {
            sink(Item::Row(fields.token.place()));
            sink(
                match serial.and_then(|serial| read_token(fields, serial, key).map_err(|finding| finding.of(serial))) {
                    Ok(record) => Item::Key(Box::new(SeedRecord { is_sealed: self.is_sealed, ..record })),
                    Err(finding) => Item::Finding(finding),
                },
            );
            return Ok(());
        }
        match serial? {
            serial if token_fits(fields, serial, &self.keys)? => Err(fields.header.finding(Problem::HeaderAltered)),
            _ if self.tokens >= ENOUGH_MISMATCHES => self.finish(fields.header, sink),
            // What the MACs meant that did not fit is known at the end.
            _ => Ok(()),
        }
    }

    /// Tells what the MACs meant that did not fit, and whether the tokens are those of the header.
    fn finish(&self, header: Element<'_>, sink: &mut dyn FnMut(Item)) -> Result<(), Finding> {
        if !self.proved && self.tokens > 0 {
            let version = named(header, "Version", "Version")?;
            if let Some(version) = version.filter(|version| version.trimmed() != "0") {
                sink(Item::Finding(version.finding(Problem::SdtidVersion)));
            }
            let problem = if self.has_passphrase { Problem::WrongPassphrase } else { Problem::PassphraseNeeded };
            return Err(header.finding(problem));
        }
        if let Some(declared) = named(header, "NumTokens", "NumTokens")?
            && let Ok(number @ 1..) = declared.trimmed().parse::<u64>()
            && number != self.tokens
        {
            sink(Item::Finding(declared.finding(Problem::TokenCount { declared: number, found: self.tokens })));
        }
        for (name, met) in [("FirstToken", &self.first), ("LastToken", &self.last)] {
            if let (Some(declared), Some(met)) = (named(header, name, name)?, met)
                && is_number(declared.trimmed())
                && filled(declared.trimmed()) != *met
            {
                let problem = Problem::TokenRange { declared: shown(declared.trimmed()), found: shown(met) };
                sink(Item::Finding(declared.finding(problem)));
            }
        }
        Ok(())
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Fills a serial up with zeroes in front, as RSA does or does not.
fn filled(serial: &str) -> String {
    format!("{serial:0>SERIAL_DIGITS$}")
}

/// Tells whether a token has its MAC under one of the keys under which the header has not.
fn token_fits(fields: Fields<'_>, serial: &str, keys: &[BatchKey]) -> Result<bool, Finding> {
    let found = mac_of(fields.token, "TokenMAC")?;
    let lines = lines::of_section(fields.token);
    Ok(keys.iter().any(|key| key.vouches_for_token(serial, &lines, found.as_ref())))
}

fn read_token(fields: Fields<'_>, text: &str, key: &BatchKey) -> Result<SeedRecord, Finding> {
    let token = fields.token;
    if !key.vouches_for_token(text, &lines::of_section(token), mac_of(token, "TokenMAC")?.as_ref()) {
        return Err(token.finding(Problem::TokenAltered));
    }
    let serial = fields::serial(text).map_err(|problem| token.finding(problem))?;
    fields.check_kind()?;
    let parameters = fields.parameters()?;
    let validity = fields.validity()?;
    let padded = needed(token, "Seed")?;
    let sealed = padded.trimmed();
    // Its first character is a mark.
    let sealed = crypto::block_of(padded, sealed.strip_prefix('=').unwrap_or(sealed))?;
    let seed = record::seed(key.open_seed(text, &sealed)).map_err(|problem| padded.finding(problem))?;
    Ok(SeedRecord {
        line: token.line(),
        serial,
        key_id: None,
        seed,
        parameters,
        counter: None,
        manufacturer: Some("RSA".into()),
        model: Some("SecurID".into()),
        validity,
        drift: 0,
        is_sealed: false,
    })
}

/// Gives the MAC of a section; nothing for what can be none, and so is wrong.
fn mac_of(section: Element<'_>, name: &'static str) -> Result<Option<Block>, Finding> {
    let element = needed(section, name)?;
    Ok(crypto::block_of(element, element.text()).ok())
}

/// Gives the text of an element as it goes into keys: without the blanks of ASCII around it.
fn word(element: Element<'_>) -> &str {
    element.text().trim_ascii()
}
