//! Sentences folded at the width of a screen, never within a command that somebody may copy.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Cuts a text at blanks into lines of a width; what is longer in one piece stays whole.
///
/// A piece is a word with the punctuation that French sets apart (`encore :`), or all that stands in quotation marks.
pub fn fold(text: &str, width: usize) -> Vec<String> {
    fold_hanging(text, width, 0)
}

/// Folds each line of a text.
pub fn fold_lines(text: &str, width: usize) -> String {
    text.split('\n').map(|line| fold(line, width).join("\n")).collect::<Vec<_>>().join("\n")
}

/// As [`fold`], for lines that are indented by some columns, the first one excepted.
pub fn fold_hanging(text: &str, width: usize, indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0_usize;
    for piece in pieces(text) {
        let together = used.saturating_add(1).saturating_add(piece.width());
        match lines.last_mut().filter(|_| together <= width) {
            Some(line) => {
                line.push(' ');
                line.push_str(&piece);
                used = together;
            }
            None => {
                used = piece.width().saturating_add(if lines.is_empty() { 0 } else { indent });
                lines.push(piece);
            }
        }
    }
    lines
}

/// As [`fold`], cutting also what is longer in one piece.
pub fn fold_hard(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in fold(text, width) {
        let mut part = String::new();
        let mut used = 0_usize;
        for letter in line.chars() {
            // An accent that stands by itself takes no column, and stays with its letter.
            let wide = letter.width().unwrap_or_default();
            if used.saturating_add(wide) > width && !part.is_empty() {
                lines.push(std::mem::take(&mut part));
                used = 0;
            }
            part.push(letter);
            used = used.saturating_add(wide);
        }
        lines.push(part);
    }
    lines
}

fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut quoted = false;
    for word in text.split(' ') {
        let hangs = word.starts_with([':', ';', '!', '?', '»']);
        match pieces.last_mut().filter(|_| quoted || hangs) {
            Some(piece) => {
                piece.push(' ');
                piece.push_str(word);
            }
            None => pieces.push(word.to_owned()),
        }
        quoted = word.chars().fold(quoted, |quoted, letter| match letter {
            '«' => true,
            '»' => false,
            '"' => !quoted,
            _ => quoted,
        });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_folded_at_blanks() {
        assert_eq!(fold("a new code every minute", 10), ["a new code", "every", "minute"]);
        assert_eq!(fold("0123456789abcdef 1", 10), ["0123456789abcdef", "1"]);
        assert_eq!(fold("on time", 80), ["on time"]);
        assert_eq!(fold("", 80), [""]);
    }

    #[test]
    fn letters_count_by_the_columns_that_they_take() {
        assert_eq!(fold("été e\u{301}te\u{301} été", 7), ["été e\u{301}te\u{301}", "été"]);
        assert_eq!(fold("愛子 愛子 愛子", 9), ["愛子 愛子", "愛子"]);
    }

    #[test]
    fn no_line_begins_with_punctuation_and_no_command_is_cut() {
        assert_eq!(fold("il faut : voir", 7), ["il", "faut :", "voir"]);
        let hint = "débloquez-la : « cleotp cle debloquer 103142718 », puis attendez";
        assert_eq!(fold(hint, 20), ["débloquez-la :", "« cleotp cle debloquer 103142718 »,", "puis attendez"]);
        let hint = "unlock it: \"cleotp key unlock 1\", or wait";
        assert_eq!(fold(hint, 20), ["unlock it:", "\"cleotp key unlock 1\",", "or wait"]);
        assert_eq!(fold_lines("a b\n\nc d", 2), "a\nb\n\nc\nd");
    }

    #[test]
    fn lines_below_the_first_may_be_indented() {
        let text = "voyez « fuser -v -- /srv/base » ; puis, plus tard : attendez sa fin";
        let lines = ["voyez", "« fuser -v -- /srv/base » ;", "puis, plus tard :", "attendez sa fin"];
        assert_eq!(fold_hanging(text, 24, 2), lines);
        assert_eq!(fold_hanging("a b c d", 3, 1), ["a b", "c", "d"]);
    }

    #[test]
    fn a_word_that_is_too_long_is_cut_where_it_must_fit() {
        assert_eq!(fold_hard("0123456789abcdef 1", 10), ["0123456789", "abcdef", "1"]);
        assert_eq!(fold_hard("愛子愛子", 5), ["愛子", "愛子"]);
        assert_eq!(fold_hard("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(fold_hard("", 5), [""]);
        assert_eq!(fold_hard("ab", 0), ["a", "b"]);
    }
}
