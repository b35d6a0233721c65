use super::*;
use crate::cli::locale::Language;
use crate::clock::UtcTime;

fn users() -> List {
    let mut list = List::new("users", &["login", "name", "establishments", "enabled", "created_at"]);
    list.row(vec![
        "jdupont".into(),
        "Jean \u{202e}Dupont".into(),
        vec!["0860034V".into(), "0860035W".into()].into(),
        true.into(),
        UtcTime::from_epoch(1_795_511_520).into(),
    ]);
    list.row(vec!["amartin".into(), "=1+1;\"x\"".into(), vec![].into(), false.into(), Datum::Nothing]);
    list
}

fn written(report: impl Into<Report>, style: Style) -> String {
    String::from_utf8(report.into().render(&Words::of(Language::French), &style)).unwrap()
}

fn style(format: Format) -> Style {
    Style { format, quiet: false, raw: false, excel: false, folds: false, width: 80 }
}

#[test]
fn a_table_has_headings_in_the_language_and_nothing_hidden() {
    let text = written(users(), style(Format::Table));
    assert!(text.starts_with("Identifiant"), "{text}");
    assert!(
        text.contains("Jean \\u{202e}Dupont") && text.contains("2026-11-24 09:12") && text.contains("oui"),
        "{text}"
    );
}

#[test]
fn a_table_fits_the_screen() {
    let text = written(users(), Style { width: 50, ..style(Format::Table) });
    assert!(text.lines().all(|line| line.chars().count() <= 50), "{text}");
}

#[test]
fn an_empty_list_is_a_sentence_unless_quiet() {
    let none = || List::new("users", &["login"]);
    assert_eq!(written(none(), style(Format::Table)), "Aucun utilisateur.\n");
    assert_eq!(written(none(), Style { quiet: true, ..style(Format::Table) }), "");
    assert_eq!(written(none(), style(Format::Json)), "{\"schema\":\"cleotp.users/1\",\"users\":[]}\n");
    assert_eq!(written(none(), style(Format::Jsonl)), "");
    assert_eq!(written(none(), style(Format::Csv)), "login\n");
}

#[test]
fn json_keeps_the_order_of_the_contract() {
    let text = written(users(), style(Format::Json));
    assert!(
        text.starts_with("{\"schema\":\"cleotp.users/1\",\"users\":[{\"login\":\"jdupont\",\"name\":\"Jean \\u202eDupont\",\"establishments\":[\"0860034V\",\"0860035W\"],\"enabled\":true,\"created_at\":\"2026-11-24T09:12:00Z\"}"),
        "{text}"
    );
    assert_eq!(written(users(), style(Format::Jsonl)).lines().count(), 2);
}

#[test]
fn e01_csv_is_quoted_and_its_formulas_are_neutralised() {
    let text = written(users(), style(Format::Csv));
    assert_eq!(text.lines().next(), Some("login,name,establishments,enabled,created_at"));
    assert_eq!(text.lines().nth(2), Some("amartin,\"'=1+1;\"\"x\"\"\",,false,"));
    let raw = written(users(), Style { raw: true, ..style(Format::Csv) });
    assert_eq!(raw.lines().nth(2), Some("amartin,\"=1+1;\"\"x\"\"\",,false,"));
    let excel = written(users(), Style { excel: true, ..style(Format::Csv) });
    assert!(excel.starts_with("\u{feff}login;name;establishments;enabled;created_at\r\n"), "{excel}");
}

#[test]
fn numbers_are_no_formulas() {
    let answer = Answer::new("resync").field("serial", "103142718").field("drift", -37i64);
    assert_eq!(written(answer, style(Format::Csv)), "serial,drift\n103142718,-37\n");
}

#[test]
fn an_answer_is_an_object_for_machines_and_sentences_for_people() {
    let answer = || {
        Answer::new("pin")
            .field("login", "jdupont")
            .field("reason", Datum::Nothing)
            .sentence("none-keys", &[])
            .list(users())
    };
    assert!(
        written(answer(), style(Format::Json))
            .starts_with("{\"schema\":\"cleotp.pin/1\",\"login\":\"jdupont\",\"reason\":null,\"users\":[{")
    );
    assert!(written(answer(), style(Format::Table)).starts_with("Aucune clé.\nIdentifiant"));
    assert!(written(answer(), Style { quiet: true, ..style(Format::Table) }).starts_with("Identifiant"));
    assert!(written(answer(), style(Format::Csv)).starts_with("login,name"));
}

fn numbered(rows: i64) -> List {
    let mut list = List::new("users", &["login", "name"]);
    (0..rows).for_each(|row| list.row(vec![format!("user{row}").into(), row.into()]));
    list
}

fn written_in_parts(mut parts: Parts, rows: i64, style: Style) -> String {
    let words = Words::of(Language::French);
    let mut text = Vec::new();
    for row in numbered(rows).rows {
        if parts.row(row) {
            text.extend(parts.render(&words, &style));
        }
    }
    text.extend(parts.end(&words, &style));
    String::from_utf8(text).unwrap()
}

#[test]
fn what_is_written_in_parts_is_for_machines_what_it_would_be_in_one() {
    let head = || Answer::new("batch").field("id", 7i64).field("file", "a]}\n");
    for rows in [0, 1, 999, 1_000, 1_001, 2_000, 2_500] {
        for format in [Format::Json, Format::Jsonl, Format::Csv] {
            let style = style(format);
            let parts = written_in_parts(Parts::of(numbered(0)), rows, style);
            assert_eq!(parts, written(numbered(rows), style), "{rows} {format:?}");
            let parts = written_in_parts(Parts::of(numbered(0)).within(head()), rows, style);
            assert_eq!(parts, written(head().list(numbered(rows)), style), "{rows} {format:?}, within an answer");
        }
    }
}
