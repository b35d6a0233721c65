use super::font::Font;
use super::text::{encode, fit, sort_key, wrap};
use super::*;

fn written(text: &str) -> String {
    encoding_rs::WINDOWS_1252.decode(&encode(text)).0.into_owned()
}

fn lines(text: &str, width: f32) -> Vec<String> {
    let lines = wrap(&encode(text), Font::Regular, 10.0, width);
    lines.iter().map(|line| encoding_rs::WINDOWS_1252.decode(line).0.into_owned()).collect()
}

#[test]
fn every_letter_of_french_and_of_the_fonts_is_written_as_it_is() {
    let french = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÆŒ àâäçéèêëîïôöùûüÿæœ « l’été » – — … €";
    assert_eq!(written(french), french);
    for byte in (0x20..=0x7e).chain(0xa0..=0xff) {
        let letter = char::from(byte).to_string();
        assert_eq!(encode(&letter).as_slice(), [byte], "{letter}");
        assert!(is_writable(&letter));
    }
}

#[test]
fn letters_that_the_fonts_lack_lose_their_marks_or_are_seen_to_be_lacking() {
    for (name, paper) in [
        ("Łukasz Wałęsa", "Lukasz Walesa"),
        ("Ștefan Țîrlea", "Stefan Tîrlea"),
        ("Ĺuboš Ľupták", "Luboš Lupták"),
        ("Nguyễn Thị Ỳ", "Nguyen Thi Y"),
        ("Şahin Yıldız İ", "Sahin Yildiz I"),
        ("e\u{301}le\u{300}ve C\u{327}a n\u{30c}", "élève Ça n"),
        ("a\u{202f}:\u{2011}b", "a\u{a0}:-b"),
    ] {
        assert_eq!(written(name), paper);
        assert!(is_writable(name), "{name}");
    }
    assert_eq!(written("東京 Иван"), "?? ????");
    assert!(!is_writable("東京") && !is_writable("a\u{81}b"));
}

#[test]
fn names_are_sorted_without_regard_to_accents_and_case() {
    let mut names = [
        "Zoé",
        "élodie",
        "Éa",
        "Eve",
        "Œuvre",
        "ange",
        "Łukasz",
        "œdème",
        "Ofer",
        "Šimon",
        "S\u{30c}a",
        "Tom",
        "Žan",
        "Zac",
        "Ÿves",
        "Yann",
        "Ægir",
        "Afra",
        "Adam",
        "Preuß",
        "Preux",
        "Presti",
    ];
    names.sort_by_key(|name| sort_key(name));
    let sorted = [
        "Adam",
        "Ægir",
        "Afra",
        "ange",
        "Éa",
        "élodie",
        "Eve",
        "Łukasz",
        "œdème",
        "Œuvre",
        "Ofer",
        "Presti",
        "Preuß",
        "Preux",
        "S\u{30c}a",
        "Šimon",
        "Tom",
        "Yann",
        "Ÿves",
        "Zac",
        "Žan",
        "Zoé",
    ];
    assert_eq!(names, sorted);
}

#[test]
fn the_widths_are_those_of_helvetica() {
    let width = |font: Font, text: &str| font.width(&encode(text), 1000.0);
    assert_eq!(width(Font::Regular, "AWil é"), 667.0 + 944.0 + 222.0 + 222.0 + 278.0 + 556.0);
    assert_eq!(width(Font::Bold, "AWil é"), 722.0 + 944.0 + 278.0 + 278.0 + 278.0 + 556.0);
    assert_eq!(width(Font::Fixed, "iW"), 1200.0);
}

#[test]
fn a_line_ends_between_words_and_not_before_a_sign_that_french_sets_off() {
    assert_eq!(lines("la clé change : une minute", 62.0), ["la clé", "change : une", "minute"]);
    assert_eq!(lines("tapez « ici » puis", 40.0), ["tapez", "« ici »", "puis"]);
    assert_eq!(lines("  a   b  ", 100.0), ["a b"]);
    assert!(lines("", 100.0).is_empty());
}

#[test]
fn no_word_is_left_alone_on_a_last_line_that_can_do_without() {
    let text = encode("Choisissez alors un code PIN de quatre chiffres, et tapez-le deux fois.");
    let last = |lines: Vec<text::Ink>| lines.last().map(|line| line.len());
    assert_eq!(last(wrap(&text, Font::Regular, 10.0, 305.0)), Some(5));
    assert_eq!(last(text::wrap_evenly(&text, Font::Regular, 10.0, 305.0)), Some(19));
}

#[test]
fn nothing_is_ever_wider_than_its_box() {
    for text in ["W".repeat(200), "Mille mots ".repeat(18), "é".repeat(64), "a b : c « d ".repeat(16)] {
        for width in [40.0, 155.0, 322.0] {
            for font in [Font::Regular, Font::Bold, Font::Fixed] {
                let (size, lines) = fit(&encode(&text), font, (width, 31.0), 13.0, 5.0);
                assert!(lines.iter().all(|line| font.width(line, size) <= width), "{text} {width}");
                assert!(f32::from(lines.len() as u16) * size * 1.2 <= 31.0, "{text} {width}");
            }
        }
    }
}

#[test]
fn the_longest_name_is_printed_whole_and_what_is_longer_is_seen_to_be_cut() {
    let whole = |text: &str| {
        let lines = fit(&encode(text), Font::Bold, (322.0, 31.0), 13.0, 5.0).1;
        lines.iter().map(|line| line.len()).sum::<usize>() == text.len()
    };
    assert!(whole(&"W".repeat(200)));
    let cut = fit(&encode(&"W".repeat(900)), Font::Bold, (322.0, 31.0), 13.0, 5.0).1;
    assert_eq!(cut.last().and_then(|line| line.last()), Some(&0x85));
}

#[test]
fn letters_are_made_smaller_rather_than_a_word_broken() {
    let (size, lines) = fit(&encode("assistance@ac-poitiers.fr"), Font::Regular, (112.0, 62.0), 10.0, 5.0);
    assert_eq!((size, lines.len()), (9.5, 1));
}

#[test]
fn an_address_of_any_length_that_is_allowed_has_its_code() {
    let address = format!("https://portail.example/{}", "a".repeat(176));
    for address in ["https://a.fr", &address] {
        assert!(symbol::Symbol::of(address).is_some());
    }
    assert!(symbol::Symbol::of(&"a".repeat(5000)).is_none());
}
