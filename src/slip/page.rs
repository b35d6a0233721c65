//! The page of one holder: who and what, the code, the steps of the guide, the duties, the signatures.

use super::font::Font::{Bold, Fixed, Regular};
use super::sheet::{BLACK, GREY, LEFT, RIGHT, Sheet, Style};
use super::text::{encode, wrap};
use super::{Below, Slip, Step, Words};

/// What stands above a value.
const LABEL: Style = Style::new(Regular, 8.5).grey(GREY);
/// What the right column takes: the code for telephones, and whom to ask.
const COLUMN: f32 = 112.0;
/// Between the columns.
const GUTTER: f32 = 24.0;
/// Where the text of a step begins, right of its number.
const INDENT: f32 = 30.0;
/// The second of the two columns of who and what.
const SECOND: f32 = LEFT + 338.0;

const BOX_TOP: f32 = 196.0;
const BOX_HEIGHT: f32 = 78.0;
/// Between the serial and the code.
const BOX_MIDDLE: f32 = LEFT + 216.0;

const BODY_TOP: f32 = 300.0;
/// What the steps and the duties may not reach.
const BODY_END: f32 = 676.0;
const SIGNED_TOP: f32 = 702.0;
const SIGNED_HEIGHT: f32 = 76.0;
const FOOT: f32 = 800.0;

/// The letters of the body: the largest size, the smallest, and the step between two that are tried.
const BODY: (f32, f32, f32) = (10.5, 6.0, 0.25);

/// Lays out the page.
pub fn lay_out(words: &Words, slip: &Slip, has_symbol: bool) -> Sheet {
    let mut sheet = Sheet::default();
    head(&mut sheet, words);
    who(&mut sheet, words, slip);
    what(&mut sheet, words, slip);
    sheet.lay_on(body(words, slip, has_symbol));
    signatures(&mut sheet, words);
    foot(&mut sheet, words, slip);
    sheet
}

fn head(sheet: &mut Sheet, words: &Words) {
    sheet.text(LEFT, 66.0, Style::new(Bold, 24.0), &words.title);
    sheet.text_before(RIGHT, 66.0, Style::new(Regular, 10.5).grey(GREY), &words.subject);
    sheet.line((LEFT, 78.0), (RIGHT, 78.0), 1.5, BLACK);
}

fn who(sheet: &mut Sheet, words: &Words, slip: &Slip) {
    let handed = &slip.handed;
    let (first, second) = (SECOND - LEFT - 16.0, RIGHT - SECOND);
    let value = Style::new(Bold, 13.0);
    let rows = [
        (98.0, (&words.establishment, &handed.establishment), (&words.uai, &handed.uai)),
        (146.0, (&words.holder, &handed.holder), (&words.login, &handed.login)),
    ];
    for (top, left, right) in rows {
        for (x, width, (label, text)) in [(LEFT, first, left), (SECOND, second, right)] {
            sheet.text(x, top, LABEL, label);
            sheet.fitted((x, top + 5.0), (width, 31.0), value, 5.0, text);
        }
    }
}

/// The serial and the code, side by side in a frame: what the holder types first.
fn what(sheet: &mut Sheet, words: &Words, slip: &Slip) {
    sheet.frame((LEFT, BOX_TOP), (RIGHT - LEFT, BOX_HEIGHT), 6.0, 1.0);
    sheet.line((BOX_MIDDLE, BOX_TOP + 12.0), (BOX_MIDDLE, BOX_TOP + BOX_HEIGHT - 12.0), 0.5, GREY);
    let (label, value) = (BOX_TOP + 18.0, BOX_TOP + 48.0);
    let (x, width) = (LEFT + 16.0, BOX_MIDDLE - LEFT - 32.0);
    sheet.text(x, label, LABEL, &words.serial);
    sheet.fitted((x, value - 19.0), (width, 40.0), Style::new(Bold, 20.0), 6.0, &slip.handed.serial);
    let x = BOX_MIDDLE + 18.0;
    sheet.text(x, label, LABEL, &words.code);
    match &slip.code {
        Some(code) => {
            sheet.text(x, value, Style::new(Fixed, 30.0).spaced(3.0), &code.symbols);
            sheet.fitted((x, value + 9.5), (RIGHT - 16.0 - x, 11.0), Style::new(Regular, 9.0), 5.0, &code.until);
        }
        None => {
            sheet.line((x, value + 2.0), (RIGHT - 18.0, value + 2.0), 0.5, GREY);
            sheet.text(x, value + 17.0, Style::new(Regular, 9.0).grey(GREY), &words.apart);
        }
    }
}

/// The steps, the duties, and the column beside them, in letters that are as large as there is room for.
fn body(words: &Words, slip: &Slip, has_symbol: bool) -> Sheet {
    let (largest, smallest, step) = BODY;
    let mut size = largest;
    loop {
        let mut sheet = Sheet::default();
        let end = body_in(&mut sheet, words, slip, has_symbol, size);
        if end <= BODY_END || size <= smallest {
            return sheet;
        }
        size -= step;
    }
}

fn body_in(sheet: &mut Sheet, words: &Words, slip: &Slip, has_symbol: bool, size: f32) -> f32 {
    let beside = column(sheet, words, has_symbol);
    let mut y = BODY_TOP;
    for (step, number) in slip.steps.iter().zip(1..) {
        y = step_of_guide(sheet, step, number, y, size);
    }
    duties(sheet, words, y.max(beside), size)
}

/// The right column: the code for telephones, and whom to ask. Gives where it ends.
fn column(sheet: &mut Sheet, words: &Words, has_symbol: bool) -> f32 {
    let x = RIGHT - COLUMN;
    let mut y = BODY_TOP - 7.0;
    if has_symbol {
        sheet.symbol(x, y, COLUMN);
        let style = LABEL;
        for (line, baseline) in wrap(&encode(&words.scan), style.font, style.size, COLUMN).iter().zip(0_u8..) {
            let at = y + COLUMN + 20.0 + f32::from(baseline) * 10.5;
            sheet.ink_around(x + COLUMN / 2.0, at, style, line.clone());
        }
        y += COLUMN + 46.0;
    }
    sheet.text(x, y + 10.0, Style::new(Bold, 10.5), &words.help);
    match &words.contact {
        Some(contact) => sheet.fitted((x, y + 16.0), (COLUMN, 62.0), Style::new(Regular, 10.0), 5.0, contact),
        None => {
            sheet.line((x, y + 34.0), (RIGHT, y + 34.0), 0.5, GREY);
            sheet.line((x, y + 56.0), (RIGHT, y + 56.0), 0.5, GREY);
        }
    }
    y + 80.0
}

fn step_of_guide(sheet: &mut Sheet, step: &Step, number: usize, y: f32, size: f32) -> f32 {
    let (x, width) = (LEFT + INDENT, RIGHT - COLUMN - GUTTER - LEFT - INDENT);
    let (leading, text) = (size * 1.32, Style::new(Regular, size));
    sheet.number(LEFT + size, y - size * 0.33, size * 0.95, number);
    let after = sheet.paragraph(x, y, width, Style::new(Bold, size + 1.5), leading * 1.15, &step.title);
    let mut after = sheet.paragraph(x, after, width, text, leading, &step.text);
    match &step.below {
        Below::Nothing => {}
        Below::Address(address) => {
            sheet.fitted((x, after - size + 2.0), (width, size * 2.0), Style::new(Bold, size), 5.0, address);
            after += size * 1.4;
        }
        Below::Blank => {
            sheet.line((x, after + size * 0.7), (x + width, after + size * 0.7), 0.5, GREY);
            after += leading * 1.4;
        }
        Below::Example(parts) => after = example(sheet, parts, (x, after - size * 0.5), width, size),
    }
    after + size * 0.85
}

/// Draws a passcode put together, in frames, and gives where it ends.
fn example(sheet: &mut Sheet, parts: &[(String, String); 3], (x, y): (f32, f32), width: f32, size: f32) -> f32 {
    let [pin, shown, whole] = parts.each_ref().map(|(digits, _)| digits.len());
    let letters = u16::try_from(pin.saturating_add(shown).saturating_add(whole)).unwrap_or(u16::MAX);
    let (pad, sign) = (size * 0.7, size * 2.0);
    // Courier: each digit takes six tenths of its size.
    let room = (width - pad * 6.0 - sign * 2.0) / (f32::from(letters) * 0.6);
    let digits = Style::new(Fixed, room.min(size * 1.35));
    let height = digits.size * 1.75;
    let mut at = x;
    for ((text, caption), between) in parts.iter().zip(["+", "=", ""]) {
        let told = Style::new(Regular, size * 0.78).grey(GREY);
        let frame = (digits.width(&encode(text)) + pad * 2.0).max(told.width(&encode(caption)));
        sheet.frame((at, y), (frame, height), 3.0, 0.75);
        sheet.text_around(at + frame / 2.0, y + height / 2.0 + digits.size * 0.3, digits, text);
        sheet.text_around(at + frame / 2.0, y + height + size, told, caption);
        at += frame;
        sheet.text_around(at + sign / 2.0, y + height / 2.0 + size * 0.4, Style::new(Bold, size * 1.2), between);
        at += sign;
    }
    y + height + size * 2.4
}

fn duties(sheet: &mut Sheet, words: &Words, y: f32, size: f32) -> f32 {
    sheet.line((LEFT, y - size * 0.4), (RIGHT, y - size * 0.4), 0.5, GREY);
    let leading = size * 1.32;
    let mut y =
        sheet.paragraph(LEFT, y + size * 1.5, RIGHT - LEFT, Style::new(Bold, size + 1.5), leading * 1.2, &words.duties);
    for duty in &words.duty {
        sheet.dot(LEFT + 4.0, y - size * 0.33);
        y = sheet.paragraph(LEFT + 14.0, y, RIGHT - LEFT - 14.0, Style::new(Regular, size), leading, duty);
        y += size * 0.2;
    }
    y - leading
}

fn signatures(sheet: &mut Sheet, words: &Words) {
    sheet.text(LEFT, SIGNED_TOP - 9.0, Style::new(Regular, 10.0), &words.receipt);
    let (date, gap) = (105.0, 8.0);
    let signature = (RIGHT - LEFT - date - gap * 2.0) / 2.0;
    let mut x = LEFT;
    for (label, width) in [(&words.date, date), (&words.delegate, signature), (&words.signature, signature)] {
        sheet.frame((x, SIGNED_TOP), (width, SIGNED_HEIGHT), 4.0, 0.75);
        sheet.text(x + 8.0, SIGNED_TOP + 14.0, LABEL, label);
        x += width + gap;
    }
}

fn foot(sheet: &mut Sheet, words: &Words, slip: &Slip) {
    let style = Style::new(Regular, 7.5).grey(GREY);
    sheet.text_before(RIGHT, FOOT, style, &words.made);
    if slip.code.is_some() {
        sheet.text(LEFT, FOOT, Style::new(Bold, 7.5), &words.secret);
    }
}
