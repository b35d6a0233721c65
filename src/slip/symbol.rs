//! The code for telephones (QR, ISO/IEC 18004) of an address.

use fast_qr::{ECL, QRBuilder};
use pdf_writer::Content;

/// A code that is ready to be drawn.
pub struct Symbol {
    /// Its rows; what is black is true.
    rows: Vec<Vec<bool>>,
}

impl Symbol {
    /// Makes the code of an address; none when it is longer than any code holds.
    pub fn of(address: &str) -> Option<Self> {
        let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
        let rows = code.data.chunks(code.size).take(code.size);
        Some(Self { rows: rows.map(|row| row.iter().map(|square| square.value()).collect()).collect() })
    }

    /// Gives the operators that draw it in a square of one by one. The white that must be around it, four of its own squares, is
    /// for the page to leave.
    pub fn draw(&self) -> Vec<u8> {
        let length = |squares: usize| f32::from(u16::try_from(squares).unwrap_or(u16::MAX));
        let unit = 1.0 / length(self.rows.len());
        let mut content = Content::new();
        content.transform([unit, 0.0, 0.0, unit, 0.0, 0.0]).set_fill_gray(0.0);
        for (row, squares_below) in self.rows.iter().rev().zip(0_usize..) {
            let (y, mut from) = (length(squares_below), 0_usize);
            // Squares side by side are one, or some printers would leave hairlines between them.
            for run in row.chunk_by(|one, other| one == other) {
                if run.first() == Some(&true) {
                    content.rect(length(from), y, length(run.len()), 1.0);
                }
                from = from.saturating_add(run.len());
            }
        }
        content.fill_nonzero();
        content.finish().into_vec()
    }
}
