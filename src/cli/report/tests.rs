use super::*;
use crate::cli::locale::Language;
use crate::clock::UtcTime;
use proptest::prelude::*;

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

/// Reads CSV as RFC 4180 says it, written apart from what writes it: the rows, with the separator and line end of a form.
fn read_csv(text: &str, separator: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut letters = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if is_quoted || cell.is_empty() => is_quoted = !is_quoted,
            letter if letter == separator && !is_quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted && letters.peek() == Some(&'\n') => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    assert!(!is_quoted && row.is_empty() && cell.is_empty(), "{text:?}");
    rows
}

/// Cells as somebody with bad intentions makes them.
fn hostile_cell() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec!["", "=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", " =", "\""]);
    let rest = prop_oneof![any::<String>(), "[;,\"\n\r =+@a-z]{0,12}"];
    (start, rest).prop_map(|(start, rest)| format!("{start}{rest}"))
}

fn of_cells(cells: &[String]) -> List {
    let mut list = List::new("users", &["login", "name"]);
    cells.chunks_exact(2).for_each(|pair| list.row(vec![pair[0].as_str().into(), pair[1].as_str().into()]));
    list
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn e01_another_reader_gets_back_each_cell_and_no_formula(cells in prop::collection::vec(hostile_cell(), 2..8)) {
        let cells = &cells[..cells.len() / 2 * 2];
        for (excel, separator) in [(false, ','), (true, ';')] {
            for raw in [false, true] {
                let text = written(of_cells(cells), Style { raw, excel, ..style(Format::Csv) });
                let rows = read_csv(text.trim_start_matches('\u{feff}'), separator);
                let read: Vec<&String> = rows[1..].iter().flatten().collect();
                prop_assert_eq!(read.len(), cells.len());
                for (read, cell) in read.into_iter().zip(cells) {
                    if raw {
                        prop_assert_eq!(read, cell);
                    } else {
                        prop_assert_eq!(read, &crate::cli::escape::visible(&crate::cli::escape::neutral(cell)));
                        let first = read.trim_start().chars().next().unwrap_or(' ');
                        prop_assert!(!"=+-@＝＋－＠\t\r\0".contains(first), "{:?}", read);
                    }
                }
            }
        }
    }

    #[test]
    fn e02_no_form_of_an_answer_shows_what_a_screen_would_obey(cells in prop::collection::vec(hostile_cell(), 2)) {
        for format in [Format::Table, Format::Json, Format::Jsonl, Format::Csv] {
            let text = written(of_cells(&cells), style(format));
            let hidden = text.chars().find(|letter| crate::cli::escape::is_hidden(*letter) && *letter != '\n');
            prop_assert_eq!(hidden, None, "{:?}: {:?}", format, text);
        }
        let document: serde_json::Value = serde_json::from_str(&written(of_cells(&cells), style(Format::Json))).unwrap();
        prop_assert_eq!(document["users"][0]["name"].as_str(), Some(cells[1].as_str()), "nothing is lost to machines");
    }
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
