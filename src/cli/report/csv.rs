//! CSV after RFC 4180, guarded against formulas, with lines ended by LF; `--excel` writes `;`, a byte order mark and CR LF.

use super::{Answer, Datum, List, Report, Style};
use csv::{Terminator, WriterBuilder};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes a header and rows: of the list, of the answer's first list, or the answer's fields as one row.
pub fn render(report: &Report, style: &Style) -> Vec<u8> {
    match report {
        Report::List(list) => list_rows(list, style),
        Report::Answer(answer) => match answer.lists.first() {
            Some(list) => list_rows(list, style),
            None => answer_row(answer, style),
        },
    }
}

fn list_rows(list: &List, style: &Style) -> Vec<u8> {
    write(list.columns.iter().copied(), list.rows.iter().map(|row| row.iter()), style)
}

fn answer_row(answer: &Answer, style: &Style) -> Vec<u8> {
    let names = answer.fields.iter().map(|(name, _)| *name);
    write(names, std::iter::once(answer.fields.iter().map(|(_, datum)| datum)), style)
}

fn write<'a, R: Iterator<Item = &'a Datum>>(
    header: impl Iterator<Item = &'static str>,
    rows: impl Iterator<Item = R>,
    style: &Style,
) -> Vec<u8> {
    let mut builder = WriterBuilder::new();
    let mut out = Vec::new();
    if style.excel {
        builder.delimiter(b';').terminator(Terminator::CRLF);
        out.extend_from_slice(BYTE_ORDER_MARK);
    }
    let mut writer = builder.from_writer(&mut out);
    // A vector takes every byte, and every row has as many cells as the header.
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(row.map(|datum| datum.for_csv(style.raw)));
    }
    let _ = writer.flush();
    drop(writer);
    out
}
