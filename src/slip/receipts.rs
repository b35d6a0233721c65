//! The list of receipts: a row for each holder, to be signed, for the delegate's file.

use super::font::Font::{Bold, Regular};
use super::sheet::{BLACK, GREY, LEFT, RIGHT, Sheet, Style};
use super::{Handed, ListWords};

/// High enough for a signature.
const ROW: f32 = 30.0;
const TOP: f32 = 142.0;
const ROWS: usize = 20;
const FOOT: f32 = 800.0;
/// Where each column begins: the number of the row, then those that have a word above them.
const COLUMNS: [f32; 6] = [LEFT, LEFT + 26.0, LEFT + 168.0, LEFT + 252.0, LEFT + 328.0, LEFT + 386.0];
/// Between what stands in two columns.
const GAP: f32 = 8.0;

/// Lays out the pages.
pub fn lay_out(words: &ListWords, handed: &[Handed]) -> Vec<Sheet> {
    let establishments = handed.chunk_by(|one, next| one.uai == next.uai);
    establishments.flat_map(|rows| establishment(words, rows)).collect()
}

fn establishment(words: &ListWords, handed: &[Handed]) -> Vec<Sheet> {
    let pages = handed.len().div_ceil(ROWS);
    let mut sheets = Vec::new();
    for ((rows, page), first) in handed.chunks(ROWS).zip(1_usize..).zip((1_usize..).step_by(ROWS)) {
        let mut sheet = Sheet::default();
        head(&mut sheet, words, rows);
        for ((row, top), number) in rows.iter().zip(tops()).zip(first..) {
            receipt(&mut sheet, row, top, number);
        }
        grid(&mut sheet, rows.len());
        let style = Style::new(Regular, 7.5).grey(GREY);
        sheet.text(LEFT, FOOT, style, &format!("{page} / {pages}"));
        sheet.text_before(RIGHT, FOOT, style, &words.made);
        sheets.push(sheet);
    }
    sheets
}

/// Gives the upper edges of the rows.
fn tops() -> impl Iterator<Item = f32> {
    (0_u8..).map(|row| TOP + ROW * f32::from(row))
}

fn head(sheet: &mut Sheet, words: &ListWords, rows: &[Handed]) {
    sheet.text(LEFT, 62.0, Style::new(Bold, 20.0), &words.title);
    sheet.line((LEFT, 74.0), (RIGHT, 74.0), 1.5, BLACK);
    if let Some(first) = rows.first() {
        let (width, gap) = (RIGHT - LEFT - 90.0, Style::new(Bold, 12.0));
        sheet.fitted((LEFT, 84.0), (width, 32.0), gap, 5.0, &first.establishment);
        sheet.text_before(RIGHT, 95.5, gap, &first.uai);
    }
    for (x, word) in COLUMNS.iter().skip(1).zip(&words.columns) {
        sheet.text(*x, TOP - 7.0, Style::new(Regular, 8.5).grey(GREY), word);
    }
}

fn receipt(sheet: &mut Sheet, row: &Handed, top: f32, number: usize) {
    let value = Style::new(Regular, 10.0);
    let texts = [&number.to_string(), &row.holder, &row.login, &row.serial];
    for ((text, x), end) in texts.into_iter().zip(COLUMNS).zip(COLUMNS.iter().skip(1)) {
        let style = if x == LEFT { value.grey(GREY) } else { value };
        sheet.fitted((x, top + 5.0), (end - x - GAP, ROW - 7.0), style, 4.0, text);
    }
}

/// Draws the lines between the rows, and those beside what is written by hand.
fn grid(sheet: &mut Sheet, rows: usize) {
    let mut bottom = TOP;
    sheet.line((LEFT, TOP), (RIGHT, TOP), 1.0, BLACK);
    for top in tops().take(rows) {
        bottom = top + ROW;
        sheet.line((LEFT, bottom), (RIGHT, bottom), 0.5, GREY);
    }
    for x in COLUMNS.iter().skip(4) {
        sheet.line((x - GAP / 2.0, TOP), (x - GAP / 2.0, bottom), 0.5, GREY);
    }
}
