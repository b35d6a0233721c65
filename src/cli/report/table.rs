//! Sentences and tables for people, in their language, fitted to the screen.

use super::{List, Report, Style};
use crate::cli::fold::fold_lines;
use crate::cli::locale::{Value, Words};
use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table};

/// Writes sentences and tables.
pub fn render(report: &Report, words: &Words, style: &Style) -> String {
    let mut text = String::new();
    let sentence = |id: &str, values: &[(&str, Value)]| {
        let sentence = words.say(id, values);
        if style.folds { fold_lines(&sentence, usize::from(style.width.saturating_sub(1))) } else { sentence }
    };
    match report {
        Report::List(list) if list.is_empty() => {
            if !style.quiet {
                push_line(&mut text, &sentence(&format!("none-{}", list.noun), &[]));
            }
        }
        Report::List(list) => push_line(&mut text, &table(list, words, style)),
        Report::Answer(answer) => {
            if !style.quiet {
                for (id, values) in &answer.sentences {
                    push_line(&mut text, &sentence(id, values));
                }
            }
            for list in answer.lists.iter().filter(|list| !list.is_empty()) {
                push_line(&mut text, &table(list, words, style));
            }
        }
    }
    text
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn table(list: &List, words: &Words, style: &Style) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING.header_separator(LineStyle::none().fill('─')));
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(style.width);
    let position = |name: &&str| list.columns.iter().position(|column| column == name);
    let shown: Vec<usize> = list.shown.iter().filter_map(position).collect();
    table.set_header(list.shown.iter().map(|name| words.say(&format!("column-{}", name.replace('_', "-")), &[])));
    for row in &list.rows {
        table.add_row(shown.iter().map(|index| cell(row.get(*index), words)));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.trim_fmt()
}

fn cell(datum: Option<&super::Datum>, words: &Words) -> Cell {
    let text = datum.map_or_else(String::new, |datum| datum.for_people(words));
    let alignment = match datum {
        Some(super::Datum::Number(_)) => CellAlignment::Right,
        _ => CellAlignment::Left,
    };
    Cell::new(text).set_alignment(alignment)
}
