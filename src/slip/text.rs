//! Text as the standard fonts write it: one byte a letter in WinAnsi, measured, broken into lines, made to fit.

use super::font::Font;
use zeroize::Zeroizing;

/// A text in WinAnsi; it may hold a code, and is wiped on drop.
pub type Ink = Zeroizing<Vec<u8>>;

/// What stands for a letter that the fonts do not have and that no other can stand for.
const UNKNOWN: u8 = b'?';

/// The letters of 0x80 to 0x9F (PDF 1.7 annex D.2); a blank where none is.
const HIGH: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// Marks that come after their letter, as some systems write names, each with the letters that it makes.
const MARKS: [(char, &str, &str); 8] = [
    ('\u{300}', "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
    ('\u{301}', "AEIOUYaeiouy", "ÁÉÍÓÚÝáéíóúý"),
    ('\u{302}', "AEIOUaeiou", "ÂÊÎÔÛâêîôû"),
    ('\u{303}', "ANOano", "ÃÑÕãñõ"),
    ('\u{308}', "AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
    ('\u{30a}', "Aa", "Åå"),
    ('\u{30c}', "SZsz", "ŠŽšž"),
    ('\u{327}', "Cc", "Çç"),
];

/// Letters of other Latin alphabets, by ranges in which large and small ones take turns, a large one first; and what is written
/// for the two.
const RANGES: [(u32, u32, &str, &str); 31] = [
    (0x0100, 0x0105, "A", "a"),
    (0x0106, 0x010D, "C", "c"),
    (0x010E, 0x0111, "D", "d"),
    (0x0112, 0x011B, "E", "e"),
    (0x011C, 0x0123, "G", "g"),
    (0x0124, 0x0127, "H", "h"),
    (0x0128, 0x0131, "I", "i"),
    (0x0132, 0x0133, "IJ", "ij"),
    (0x0134, 0x0135, "J", "j"),
    (0x0136, 0x0137, "K", "k"),
    (0x0139, 0x0142, "L", "l"),
    (0x0143, 0x0148, "N", "n"),
    (0x014A, 0x014B, "Ng", "ng"),
    (0x014C, 0x0151, "O", "o"),
    (0x0154, 0x0159, "R", "r"),
    (0x015A, 0x0161, "S", "s"),
    (0x0162, 0x0167, "T", "t"),
    (0x0168, 0x0173, "U", "u"),
    (0x0174, 0x0175, "W", "w"),
    (0x0176, 0x0177, "Y", "y"),
    (0x0179, 0x017E, "Z", "z"),
    (0x01CD, 0x01CE, "A", "a"),
    (0x01CF, 0x01D0, "I", "i"),
    (0x0218, 0x0219, "S", "s"),
    (0x021A, 0x021B, "T", "t"),
    (0x1EA0, 0x1EB7, "A", "a"),
    (0x1EB8, 0x1EC7, "E", "e"),
    (0x1EC8, 0x1ECB, "I", "i"),
    (0x1ECC, 0x1EE3, "O", "o"),
    (0x1EE4, 0x1EF1, "U", "u"),
    (0x1EF2, 0x1EF9, "Y", "y"),
];

/// The letters of 0xC0 to 0xFF without their marks, in lower case: for sorting.
const BARE: &[u8; 64] = b"aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";

/// Writes a text in WinAnsi: what the fonts do not have loses its marks, or stands as a question mark.
pub fn encode(text: &str) -> Ink {
    let mut ink = Zeroizing::new(Vec::with_capacity(text.len()));
    for letter in composed(text).chars() {
        match (win_ansi(letter), without_marks(letter)) {
            (Some(byte), _) => ink.push(byte),
            (None, Some(bare)) => ink.extend_from_slice(bare.as_bytes()),
            (None, None) => ink.push(UNKNOWN),
        }
    }
    ink
}

/// Tells whether each letter of a text is written, if without its marks.
pub fn is_writable(text: &str) -> bool {
    composed(text).chars().all(|letter| win_ansi(letter).is_some() || without_marks(letter).is_some())
}

/// The letters, large and small, that are sorted as others are: two in one, and those whose marks [`BARE`] does not know.
const SPELT: [(&str, &str); 6] = [("Ææ", "ae"), ("Œœ", "oe"), ("ẞß", "ss"), ("Šš", "s"), ("Žž", "z"), ("Ÿÿ", "y")];

/// Gives what names are sorted by: accents and case do not count, and `Œ` stands where `OE` does.
pub fn sort_key(text: &str) -> Vec<u8> {
    let bare = |byte: &u8| match byte.checked_sub(0xC0) {
        Some(place) => BARE.get(usize::from(place)).copied().unwrap_or(*byte),
        None => byte.to_ascii_lowercase(),
    };
    let mut spelt = Zeroizing::new(String::with_capacity(text.len()));
    for letter in composed(text).chars() {
        match SPELT.iter().find(|(letters, _)| letters.contains(letter)) {
            Some((_, as_these)) => spelt.push_str(as_these),
            None => spelt.push(letter),
        }
    }
    encode(&spelt).iter().map(bare).collect()
}

/// Puts marks that follow their letter onto it; one that makes no letter of the fonts is left out.
fn composed(text: &str) -> Zeroizing<String> {
    let mut whole = Zeroizing::new(String::with_capacity(text.len()));
    for letter in text.chars() {
        if !('\u{300}'..='\u{36f}').contains(&letter) {
            whole.push(letter);
            continue;
        }
        let Some(last) = whole.pop() else {
            continue;
        };
        let made = MARKS.iter().find(|(mark, ..)| *mark == letter).and_then(|(_, from, to)| {
            let place = from.chars().position(|base| base == last)?;
            to.chars().nth(place)
        });
        whole.push(made.unwrap_or(last));
    }
    whole
}

fn win_ansi(letter: char) -> Option<u8> {
    match u32::from(letter) {
        code @ (0x20..=0x7E | 0xA0..=0xFF) => u8::try_from(code).ok(),
        // Narrow blanks and other hyphens.
        0x2007 | 0x202F => Some(0xA0),
        0x2002..=0x2006 | 0x2008..=0x200A => Some(b' '),
        0x2010..=0x2012 | 0x2212 => Some(b'-'),
        _ => {
            let place = HIGH.chars().position(|high| high == letter)?;
            u8::try_from(place).ok()?.checked_add(0x80)
        }
    }
}

fn without_marks(letter: char) -> Option<&'static str> {
    let code = u32::from(letter);
    let (first, _, large, small) = RANGES.iter().find(|(first, last, ..)| (*first..=*last).contains(&code))?;
    Some(if code.abs_diff(*first).is_multiple_of(2) { large } else { small })
}

/// Breaks a text into lines that are no wider than a width: between words, and within one that is wider by itself.
pub fn wrap(text: &[u8], font: Font, size: f32, width: f32) -> Vec<Ink> {
    let mut lines: Vec<Ink> = Vec::new();
    let mut line: Ink = Zeroizing::new(Vec::new());
    for word in words(text) {
        let mut longer: Ink = Zeroizing::new(line.to_vec());
        if !longer.is_empty() {
            longer.push(b' ');
        }
        longer.extend_from_slice(word);
        if font.width(&longer, size) <= width {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for byte in word {
            line.push(*byte);
            if line.len() > 1 && font.width(&line, size) > width {
                let last = line.pop();
                lines.push(std::mem::take(&mut line));
                line.extend(last);
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Breaks a text as [`wrap`] does, but leaves no word alone on the last line when as many lines do without.
pub fn wrap_evenly(text: &[u8], font: Font, size: f32, width: f32) -> Vec<Ink> {
    let lines = wrap(text, font, size, width);
    let is_even = |lines: &[Ink]| lines.last().is_none_or(|last| font.width(last, size) >= width * SHORTEST);
    let narrower = [1.0, 0.96, 0.92, 0.88, 0.84].into_iter().map(|part| wrap(text, font, size, width * part));
    let mut even = narrower.filter(|other| other.len() == lines.len() && is_even(other));
    even.next().unwrap_or(lines)
}

/// Splits a text where a line may end: not before a sign that French sets off with a blank, nor within its quotation marks.
fn words(text: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest.iter().skip(from).position(|byte| *byte == b' ').and_then(|at| at.checked_add(from)) {
        let (word, after) = rest.split_at(at);
        let next = after.get(1..).unwrap_or_default();
        let is_bound = next.first().is_some_and(|byte| b":;!?\xbb+=".contains(byte))
            || word.last().is_some_and(|byte| b"\xab+=".contains(byte));
        if is_bound {
            from = at.saturating_add(1);
            continue;
        }
        if !word.is_empty() {
            found.push(word);
        }
        (rest, from) = (next, 0);
    }
    if !rest.is_empty() {
        found.push(rest);
    }
    found
}

/// The height of a line, in sizes of its letters.
pub const LEADING: f32 = 1.2;

/// A last line that is shorter than this part of the others looks lost.
const SHORTEST: f32 = 0.2;

/// Down to this part of the size that was asked for, letters are made smaller rather than a word broken.
const RATHER_SMALL: f32 = 0.7;

/// Gives the largest size at which a text fits into a box, and its lines there.
///
/// Below the smallest size it is cut, visibly: the boxes of the slip are made so that this takes longer names than there are.
pub fn fit(text: &[u8], font: Font, (width, height): (f32, f32), largest: f32, smallest: f32) -> (f32, Vec<Ink>) {
    let is_whole = |size| words(text).into_iter().all(|word| font.width(word, size) <= width);
    let mut size = largest;
    loop {
        let mut lines = wrap(text, font, size, width);
        let most = lines_within(height, size);
        if lines.len() <= most && (is_whole(size) || size < largest * RATHER_SMALL) {
            return (size, lines);
        }
        if size <= smallest {
            if lines.len() <= most {
                return (size, lines);
            }
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                last.pop();
                last.push(0x85);
            }
            return (size, lines);
        }
        size = (size - 0.5).max(smallest);
    }
}

fn lines_within(height: f32, size: f32) -> usize {
    // At least one, or nothing would be printed.
    let bottoms = (1_u16..).map(|lines| f32::from(lines) * size * LEADING);
    bottoms.take_while(|bottom| *bottom <= height).count().max(1)
}
