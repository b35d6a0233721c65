//! Sheets bound into one file (PDF 1.7): pages, the three fonts, the code for telephones.

use super::font::Font;
use super::sheet::{HEIGHT, SYMBOL, Sheet, WIDTH};
use super::symbol::Symbol;
use pdf_writer::{Finish, Pdf, Rect, Ref, TextStr};
use zeroize::Zeroizing;

/// What a page, its place in the list of pages and its place in the table at the end take, at most.
const OF_A_PAGE: usize = 1024;
/// What comes once in a file, without the code for telephones.
const OF_A_FILE: usize = 8 * 1024;

const PAGE: Rect = Rect { x1: 0.0, y1: 0.0, x2: WIDTH, y2: HEIGHT };

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
const DRAWN: Ref = Ref::new(4);
/// The first of the fonts.
const FONTS: i32 = 5;
/// The first of the pages; each has its drawing after it.
const FIRST_PAGE: i32 = 10;

/// Binds sheets into a file, which may hold codes.
pub fn bind(title: &str, language: &str, sheets: &[Sheet], symbol: Option<&Symbol>) -> Zeroizing<Vec<u8>> {
    let drawings: Vec<Zeroizing<Vec<u8>>> = sheets.iter().map(Sheet::draw).collect();
    let drawn = symbol.map(Symbol::draw).unwrap_or_default();
    let room = drawings.iter().map(|drawing| drawing.len().saturating_add(OF_A_PAGE)).sum::<usize>();
    // Room for all of it, or what grows would leave copies behind.
    let mut pdf = Pdf::with_capacity(room.saturating_add(drawn.len()).saturating_add(OF_A_FILE));
    let mut catalog = pdf.catalog(CATALOG);
    catalog.pages(PAGES).lang(TextStr(language));
    catalog.viewer_preferences().display_doc_title(true);
    catalog.finish();
    pdf.document_info(INFO).title(TextStr(title)).creator(TextStr(concat!("cleotp ", env!("CARGO_PKG_VERSION"))));
    for (font, id) in Font::ALL.into_iter().zip(FONTS..) {
        let encoding = pdf_writer::Name(b"WinAnsiEncoding");
        pdf.type1_font(Ref::new(id)).base_font(font.name()).encoding_predefined(encoding);
    }
    if symbol.is_some() {
        pdf.form_xobject(DRAWN, &drawn).bbox(Rect::new(0.0, 0.0, 1.0, 1.0));
    }
    let places = (FIRST_PAGE..).step_by(2).map(|id| (Ref::new(id), Ref::new(id.saturating_add(1))));
    let places: Vec<(Ref, Ref)> = places.take(drawings.len()).collect();
    let count = i32::try_from(places.len()).unwrap_or(i32::MAX);
    pdf.pages(PAGES).kids(places.iter().map(|(page, _)| *page)).count(count);
    for ((id, drawing_id), drawing) in places.iter().zip(&drawings) {
        let mut page = pdf.page(*id);
        page.media_box(PAGE).parent(PAGES).contents(*drawing_id);
        let mut resources = page.resources();
        let mut fonts = resources.fonts();
        for (font, id) in Font::ALL.into_iter().zip(FONTS..) {
            fonts.pair(font.resource(), Ref::new(id));
        }
        fonts.finish();
        if symbol.is_some() {
            resources.x_objects().pair(SYMBOL, DRAWN);
        }
        resources.finish();
        page.finish();
        pdf.stream(*drawing_id, drawing);
    }
    Zeroizing::new(pdf.finish())
}
