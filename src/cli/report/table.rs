//! Sentences and tables for people, in their language, fitted to the screen.

use super::{Datum, List, Report, Style};
use crate::cli::fold::fold_lines;
use crate::cli::locale::{Value, Words};
use crate::cli::sheet::Sheet;
use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, Width};
use unicode_width::UnicodeWidthStr;

/// The blanks between two columns.
const PADDING: u16 = 2;

/// A word that a table need not cut: a serial, a login as most are.
const USUAL_WORD: usize = 10;

/// The rows that are looked at before the columns are laid out.
const SAMPLE: usize = 100;

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

/// Writes the rows below one another as a table; one by one where a screen is too narrow for that.
fn table(list: &List, words: &Words, style: &Style) -> String {
    let position = |name: &&str| list.columns.iter().position(|column| column == name);
    let shown: Vec<usize> = list.shown.iter().filter_map(position).collect();
    let headings: Vec<String> = list.shown.iter().map(|name| words.say(&heading(list, name), &[])).collect();
    let least = shown.iter().zip(&headings).map(|(index, heading)| least_width(list, *index, heading, words));
    let least: Vec<u16> = least.collect();
    if least.iter().copied().fold(0, u16::saturating_add) > style.width {
        return one_by_one(list, &shown, words, style);
    }
    let mut table = Table::new();
    table.load_style(NOTHING.header_separator(LineStyle::none().fill('─')));
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(style.width);
    table.set_header(headings);
    for row in &list.rows {
        table.add_row(shown.iter().map(|index| cell(row.get(*index), words)));
    }
    for (column, least) in table.column_iter_mut().zip(least) {
        column.set_padding((0, PADDING)).set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
    }
    table.trim_fmt()
}

/// Names the message above a column.
fn heading(list: &List, column: &str) -> String {
    let own = list.headed.iter().find(|(name, _)| *name == column);
    own.map_or_else(|| format!("column-{}", column.replace('_', "-")), |(_, message)| (*message).to_owned())
}

/// Gives the width below which a column would cut its heading, or words of a usual length.
fn least_width(list: &List, index: usize, heading: &str, words: &Words) -> u16 {
    let longest_word = |text: &str| text.split([' ', '-']).map(UnicodeWidthStr::width).max().unwrap_or_default();
    let cells = list.rows.iter().take(SAMPLE).filter_map(|row| row.get(index)).map(|datum| datum.for_people(words));
    let widest = cells.map(|text| longest_word(&text)).max().unwrap_or_default().min(USUAL_WORD);
    u16::try_from(widest.max(longest_word(heading))).unwrap_or(u16::MAX).saturating_add(PADDING)
}

fn one_by_one(list: &List, shown: &[usize], words: &Words, style: &Style) -> String {
    let sheet = |row: &Vec<Datum>| {
        let mut sheet = Sheet::new();
        for (name, index) in list.shown.iter().zip(shown) {
            sheet.labelled(&heading(list, name), row.get(*index).cloned().unwrap_or(Datum::Nothing));
        }
        sheet.render(words, style.width)
    };
    list.rows.iter().map(sheet).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn cell(datum: Option<&Datum>, words: &Words) -> Cell {
    let text = datum.map_or_else(String::new, |datum| datum.for_people(words));
    let alignment = match datum {
        Some(Datum::Number(_) | Datum::Thousandths(_)) => CellAlignment::Right,
        _ => CellAlignment::Left,
    };
    Cell::new(text).set_alignment(alignment)
}
