//! Text from outside, made harmless: for a screen, for a shell, and for a spreadsheet.

use std::ffi::OsStr;
use std::fmt::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// Writes control, bidirectional and other invisible format characters as `\u{..}`; all else stays as it is.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Writes a path: bytes that are no text as `\xff`, so that two names never look alike.
pub fn path(path: &Path) -> String {
    let mut shown = String::new();
    for chunk in path.as_os_str().as_bytes().utf8_chunks() {
        shown.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{byte:02x}");
        }
    }
    shown
}

/// The longest path that any file has (PATH_MAX of Linux).
pub const LONGEST_PATH: usize = 4096;

/// The most characters that are repeated of what somebody typed or a file holds.
const LONGEST_REPEATED: usize = 80;

/// Cuts a text that is too long to be repeated to somebody.
pub fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_REPEATED) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Tells whether a screen would obey the character, or show nothing for it (Unicode Cc, Cf, Zl, Zp, and fillers).
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(u32::from(character),
            0x00AD | 0x034F | 0x061C | 0x06DD | 0x070F | 0x08E2 | 0x180E | 0xFEFF | 0x3164 | 0xFFA0
            | 0x0600..=0x0605 | 0x0890..=0x0891 | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180D | 0x180F
            | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFFF0..=0xFFFB
            | 0x110BD | 0x110CD | 0x13430..=0x1343F | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A
            | 0xE0000..=0xE0FFF)
}

/// Writes a word as a shell reads it back: quoted only when it must be, with `$'…'` for bytes that a screen would not show.
pub fn for_shell(word: impl AsRef<OsStr>) -> String {
    let bytes = word.as_ref().as_bytes();
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./@+,:=".contains(byte);
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.is_empty() && bytes.iter().all(is_plain) => text.to_owned(),
        Ok(text) if !text.chars().any(is_hidden) => format!("'{}'", text.replace('\'', r"'\''")),
        _ => {
            let mut quoted = "$'".to_owned();
            for byte in bytes {
                match byte {
                    b'\'' | b'\\' => quoted.extend(['\\', char::from(*byte)]),
                    b' '..=b'~' => quoted.push(char::from(*byte)),
                    // Always two digits: what follows is never taken for a third.
                    byte => {
                        let _ = write!(quoted, "\\x{byte:02x}");
                    }
                }
            }
            quoted.push('\'');
            quoted
        }
    }
}

/// Puts `'` before a text that a spreadsheet would take for a formula.
pub fn neutral(text: &str) -> String {
    let begins_formula =
        |first: char| matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠');
    if text.chars().next().is_some_and(begins_formula) || text.trim_start().starts_with(begins_formula) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn e02_what_moves_the_cursor_or_turns_the_text_is_spelled_out() {
        assert_eq!(visible("a\u{1b}[2Jb\rc"), "a\\u{1b}[2Jb\\u{d}c");
        assert_eq!(visible("\u{202e}\u{9b}\u{200b}\u{7}"), "\\u{202e}\\u{9b}\\u{200b}\\u{7}");
        assert_eq!(visible("Lycée Édouard-Branly 東京"), "Lycée Édouard-Branly 東京");
    }

    #[test]
    fn two_paths_never_look_alike() {
        assert_eq!(path(Path::new("/var/lib/clé")), "/var/lib/clé");
        assert_eq!(path(Path::new(OsStr::from_bytes(b"a\xff\xfeb"))), "a\\xff\\xfeb");
    }

    #[test]
    fn a_long_text_is_repeated_in_part() {
        assert_eq!(cut("jdupont"), "jdupont");
        assert_eq!(cut(&"é".repeat(80)), "é".repeat(80));
        assert_eq!(cut(&"é".repeat(81)), format!("{}…", "é".repeat(80)));
    }

    #[test]
    fn a_shell_reads_back_the_very_word() {
        assert_eq!(for_shell("/var/lib/cleotp/vault.key"), "/var/lib/cleotp/vault.key");
        assert_eq!(for_shell("/home/é/l'été $x"), r"'/home/é/l'\''été $x'");
        assert_eq!(for_shell(""), "''");
        let words: [&[u8]; 5] = [b"a b", b"l'\xff\\x", b"\x1b[2J1", "a\u{202e}b".as_bytes(), b"\ntwo\nlines"];
        for word in words {
            let line = format!("printf %s {}", for_shell(OsStr::from_bytes(word)));
            assert!(!line.chars().any(is_hidden), "{line}");
            let read = std::process::Command::new("bash").args(["-c", &line]).output().unwrap();
            assert_eq!(read.stdout, word, "{line}");
        }
    }

    #[test]
    fn e01_what_a_spreadsheet_would_compute_is_neutralised() {
        for text in ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "＝1", " =1"] {
            assert!(neutral(text).starts_with('\''), "{text:?}");
        }
        for text in ["", "jdupont", "306EUO4-00960", "a=1", "'=1"] {
            assert_eq!(neutral(text), text);
        }
    }

    proptest! {
        #[test]
        fn e02_nothing_hidden_is_ever_shown(text in any::<String>()) {
            prop_assert!(!visible(&text).chars().any(is_hidden));
        }

        #[test]
        fn visible_text_stays_as_it_is(text in "[ -~À-ÿ]*") {
            prop_assert_eq!(visible(&text), text);
        }
    }
}
