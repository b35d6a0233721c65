//! Sentences folded at the width of a screen, never within a command that somebody may copy.

use unicode_width::UnicodeWidthStr;

/// Cuts a text at blanks into lines of a width; what is longer in one piece stays whole.
///
/// A piece is a word with the punctuation that French sets apart (`encore :`), or all that stands in quotation marks.
pub fn fold(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0_usize;
    for piece in pieces(text) {
        let wide = piece.width();
        let together = used.saturating_add(1).saturating_add(wide);
        match lines.last_mut().filter(|_| together <= width) {
            Some(line) => {
                line.push(' ');
                line.push_str(&piece);
                used = together;
            }
            None => {
                lines.push(piece);
                used = wide;
            }
        }
    }
    lines
}

/// Folds each line of a text.
pub fn fold_lines(text: &str, width: usize) -> String {
    text.split('\n').map(|line| fold(line, width).join("\n")).collect::<Vec<_>>().join("\n")
}

fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut quoted = false;
    for word in text.split(' ') {
        let hangs = !word.is_empty() && word.chars().all(|letter| ":;!?»".contains(letter));
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
}
