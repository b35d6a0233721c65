//! CSV after RFC 4180, guarded against formulas, with lines ended by LF; `--excel` writes `;`, a byte order mark and CR LF.

use super::{Answer, Datum, List, Report, Style};
use csv::{Terminator, WriterBuilder};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes a header and rows: of the list, of the answer's first list, or the answer's fields as one row.
pub fn render(report: &Report, style: &Style) -> Vec<u8> {
    match report {
        Report::List(list) => part(list, style, false),
        Report::Answer(answer) => match answer.lists.first() {
            Some(list) => part(list, style, false),
            None => answer_row(answer, style),
        },
    }
}

/// Writes the rows of a list, below a header unless other rows stand there.
pub fn part(list: &List, style: &Style, has_begun: bool) -> Vec<u8> {
    let position = |name: &&str| list.columns.iter().position(|column| column == name);
    let places: Vec<usize> = list.in_csv.iter().filter_map(position).collect();
    let rows = list.rows.iter().map(|row| places.iter().filter_map(|place| row.get(*place)));
    write((!has_begun).then_some(list.in_csv.iter().copied()), rows, style)
}

fn answer_row(answer: &Answer, style: &Style) -> Vec<u8> {
    let names = answer.fields.iter().map(|(name, _)| *name);
    write(Some(names), std::iter::once(answer.fields.iter().map(|(_, datum)| datum)), style)
}

fn write<'a, R: Iterator<Item = &'a Datum>>(
    header: Option<impl Iterator<Item = &'static str>>,
    rows: impl Iterator<Item = R>,
    style: &Style,
) -> Vec<u8> {
    let mut builder = WriterBuilder::new();
    let mut out = Vec::new();
    if style.excel {
        builder.delimiter(b';').terminator(Terminator::CRLF);
        out.extend_from_slice(if header.is_some() { BYTE_ORDER_MARK } else { &[] });
    }
    let mut writer = builder.from_writer(&mut out);
    // A vector takes every byte, and every row has as many cells as the header.
    if let Some(header) = header {
        let _ = writer.write_record(header);
    }
    for row in rows {
        let _ = writer.write_record(row.map(|datum| datum.for_csv(style.raw)));
    }
    let _ = writer.flush();
    drop(writer);
    out
}
