//! A sheet of paper: what stands where, in points from its upper left corner.

use super::font::Font;
use super::text::{Ink, LEADING, encode, fit, wrap_evenly};
use pdf_writer::{Content, Name, Str};
use zeroize::{Zeroize, Zeroizing};

/// A4, in points.
pub const WIDTH: f32 = 595.0;
/// A4, in points.
pub const HEIGHT: f32 = 842.0;
/// Nothing stands left of it.
pub const LEFT: f32 = 51.0;
/// Nothing stands right of it.
pub const RIGHT: f32 = 544.0;

/// How black it is: 0 is black.
pub const BLACK: f32 = 0.0;
/// What is said beside what matters; dark enough for any printer.
pub const GREY: f32 = 0.35;

/// The name of the code for telephones among what a page may draw.
pub const SYMBOL: Name<'_> = Name(b"Q");

/// How far a curve's handles stand from its ends to make a quarter of a circle.
const CIRCLE: f32 = 0.5523;

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Its letters.
    pub font: Font,
    /// Their size in points.
    pub size: f32,
    /// How black.
    pub grey: f32,
    /// What is put between them, in points.
    pub spacing: f32,
}

impl Style {
    /// Sets a text in black.
    pub const fn new(font: Font, size: f32) -> Self {
        Self { font, size, grey: BLACK, spacing: 0.0 }
    }

    /// Sets it in another shade.
    pub const fn grey(self, grey: f32) -> Self {
        Self { grey, ..self }
    }

    /// Sets its letters apart.
    pub const fn spaced(self, spacing: f32) -> Self {
        Self { spacing, ..self }
    }

    /// Gives the width of a text.
    pub fn width(self, ink: &[u8]) -> f32 {
        let gaps = u16::try_from(ink.len()).unwrap_or(u16::MAX);
        self.font.width(ink, self.size) + self.spacing * f32::from(gaps.saturating_sub(1))
    }
}

enum Mark {
    Text { x: f32, y: f32, style: Style, ink: Ink },
    Line { from: (f32, f32), to: (f32, f32), thick: f32, grey: f32 },
    Frame { x: f32, y: f32, width: f32, height: f32, round: f32, thick: f32 },
    Disk { x: f32, y: f32, radius: f32 },
    Symbol { x: f32, y: f32, side: f32 },
}

/// A sheet that is being filled.
#[derive(Default)]
pub struct Sheet {
    marks: Vec<Mark>,
}

impl Sheet {
    /// Writes a text on its baseline.
    pub fn text(&mut self, x: f32, y: f32, style: Style, text: &str) {
        self.ink(x, y, style, encode(text));
    }

    /// Writes a text that ends at a place.
    pub fn text_before(&mut self, x: f32, y: f32, style: Style, text: &str) {
        let ink = encode(text);
        self.ink(x - style.width(&ink), y, style, ink);
    }

    /// Writes a text around a place.
    pub fn text_around(&mut self, x: f32, y: f32, style: Style, text: &str) {
        self.ink_around(x, y, style, encode(text));
    }

    /// Writes what is encoded already around a place.
    pub fn ink_around(&mut self, x: f32, y: f32, style: Style, ink: Ink) {
        self.ink(x - style.width(&ink) / 2.0, y, style, ink);
    }

    /// Writes a text as large as its box lets it be, from the upper left corner.
    pub fn fitted(&mut self, (x, y): (f32, f32), within: (f32, f32), style: Style, smallest: f32, text: &str) {
        let (size, lines) = fit(&encode(text), style.font, within, style.size, smallest);
        let mut baseline = y + size * 0.95;
        for line in lines {
            self.ink(x, baseline, Style { size, ..style }, line);
            baseline += size * LEADING;
        }
    }

    /// Writes a text in as many lines as it takes below a first baseline, and gives the baseline after them.
    pub fn paragraph(&mut self, x: f32, y: f32, width: f32, style: Style, leading: f32, text: &str) -> f32 {
        let mut baseline = y;
        for line in wrap_evenly(&encode(text), style.font, style.size, width) {
            self.ink(x, baseline, style, line);
            baseline += leading;
        }
        baseline
    }

    /// Draws a line.
    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), thick: f32, grey: f32) {
        self.marks.push(Mark::Line { from, to, thick, grey });
    }

    /// Draws a frame with round corners.
    pub fn frame(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), round: f32, thick: f32) {
        self.marks.push(Mark::Frame { x, y, width, height, round, thick });
    }

    /// Draws a black disk with a white number.
    pub fn number(&mut self, x: f32, y: f32, radius: f32, number: usize) {
        self.marks.push(Mark::Disk { x, y, radius });
        let style = Style::new(Font::Bold, radius * 1.15).grey(1.0);
        self.text_around(x, y + style.size * 0.36, style, &number.to_string());
    }

    /// Draws a black dot before an item.
    pub fn dot(&mut self, x: f32, y: f32) {
        self.marks.push(Mark::Disk { x, y, radius: 1.6 });
    }

    /// Leaves room for the code for telephones, and draws it.
    pub fn symbol(&mut self, x: f32, y: f32, side: f32) {
        self.marks.push(Mark::Symbol { x, y, side });
    }

    /// Takes over what stands on another sheet.
    pub fn lay_on(&mut self, mut other: Self) {
        self.marks.append(&mut other.marks);
    }

    fn ink(&mut self, x: f32, y: f32, style: Style, ink: Ink) {
        self.marks.push(Mark::Text { x, y, style, ink });
    }

    /// Gives the operators that draw the page. They hold the codes.
    pub fn draw(&self) -> Zeroizing<Vec<u8>> {
        let letters: usize =
            self.marks.iter().map(|mark| if let Mark::Text { ink, .. } = mark { ink.len() } else { 0 }).sum();
        // As much as it can take, or what grows would leave copies behind.
        let room = self.marks.len().saturating_mul(400).saturating_add(letters.saturating_mul(4));
        let mut content = Content::with_capacity(room);
        for mark in &self.marks {
            mark.draw(&mut content);
        }
        Zeroizing::new(content.finish().into_vec())
    }
}

impl Drop for Sheet {
    fn drop(&mut self) {
        for mark in &mut self.marks {
            if let Mark::Text { ink, .. } = mark {
                ink.zeroize();
            }
        }
    }
}

impl Mark {
    fn draw(&self, content: &mut Content) {
        match self {
            Self::Text { x, y, style, ink } => {
                content.begin_text().set_font(style.font.resource(), style.size).set_char_spacing(style.spacing);
                content.set_fill_gray(style.grey).next_line(*x, HEIGHT - y).show(Str(ink)).end_text();
            }
            Self::Line { from, to, thick, grey } => {
                content.set_line_width(*thick).set_stroke_gray(*grey);
                content.move_to(from.0, HEIGHT - from.1).line_to(to.0, HEIGHT - to.1).stroke();
            }
            Self::Frame { x, y, width, height, round, thick } => {
                content.set_line_width(*thick).set_stroke_gray(BLACK);
                round_rectangle(content, (*x, HEIGHT - y - height), (*width, *height), *round);
                content.close_and_stroke();
            }
            Self::Disk { x, y, radius } => {
                content.set_fill_gray(BLACK);
                let corner = (x - radius, HEIGHT - y - radius);
                round_rectangle(content, corner, (radius * 2.0, radius * 2.0), *radius);
                content.fill_nonzero();
            }
            Self::Symbol { x, y, side } => {
                content.save_state().transform([*side, 0.0, 0.0, *side, *x, HEIGHT - y - side]);
                content.x_object(SYMBOL).restore_state();
            }
        }
    }
}

/// Goes around a rectangle, from its lower left corner.
fn round_rectangle(content: &mut Content, (x, y): (f32, f32), (width, height): (f32, f32), round: f32) {
    let (right, top, bend) = (x + width, y + height, round * (1.0 - CIRCLE));
    content
        .move_to(x + round, y)
        .line_to(right - round, y)
        .cubic_to(right - bend, y, right, y + bend, right, y + round)
        .line_to(right, top - round)
        .cubic_to(right, top - bend, right - bend, top, right - round, top)
        .line_to(x + round, top)
        .cubic_to(x + bend, top, x, top - bend, x, top - round)
        .line_to(x, y + round)
        .cubic_to(x, y + bend, x + bend, y, x + round, y);
}
