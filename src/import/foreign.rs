//! Files that are no seed files at all, recognised by their first bytes: somebody chose the wrong one.

use super::problem::Problem;

/// How far the names in an archive are looked at; those that tell an office document come first.
const NAMES_WITHIN: usize = 64 * 1024;

/// What a file is that somebody took for text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// PNG, JPEG and the like.
    Picture,
    /// What has files in it, or one that is compressed.
    Archive,
    /// Sheets of a spreadsheet.
    Workbook,
    /// A text to be read by people.
    Document,
    /// Something to be run.
    Program,
    /// Tables of another program.
    Database,
    /// HTML: often the page that says that the file is not there.
    WebPage,
    /// An e-mail, perhaps with the file in it.
    Message,
}

impl Kind {
    /// Gives the stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Archive => "archive",
            Self::Workbook => "workbook",
            Self::Document => "document",
            Self::Program => "program",
            Self::Database => "database",
            Self::WebPage => "web-page",
            Self::Message => "message",
        }
    }
}

/// What a file is, and how its format is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// What it is.
    pub kind: Kind,
    /// The name of the format.
    pub format: &'static str,
}

impl Foreign {
    pub(super) fn problem(self) -> Problem {
        let format = self.format;
        match self.kind {
            Kind::Picture => Problem::Picture { format },
            Kind::Archive => Problem::Archive { format },
            Kind::Workbook => Problem::Workbook { format },
            Kind::Document => Problem::Document { format },
            Kind::Program => Problem::Program { format },
            Kind::Database => Problem::Database { format },
            Kind::WebPage => Problem::WebPage,
            Kind::Message => Problem::Message,
        }
    }
}

/// Beginnings of files that are no text.
const BEGINNINGS: [(&[u8], Kind, &str); 26] = [
    (b"\x89PNG\r\n\x1a\n", Kind::Picture, "PNG"),
    (b"\xff\xd8\xff", Kind::Picture, "JPEG"),
    (b"GIF87a", Kind::Picture, "GIF"),
    (b"GIF89a", Kind::Picture, "GIF"),
    (b"II*\0", Kind::Picture, "TIFF"),
    (b"MM\0*", Kind::Picture, "TIFF"),
    (b"\x1f\x8b", Kind::Archive, "gzip"),
    (b"\x1f\x9d", Kind::Archive, "compress"),
    (b"\xfd7zXZ\0", Kind::Archive, "xz"),
    (b"\x28\xb5\x2f\xfd", Kind::Archive, "zstd"),
    (b"\x04\x22\x4d\x18", Kind::Archive, "lz4"),
    (b"LZIP", Kind::Archive, "lzip"),
    (b"7z\xbc\xaf\x27\x1c", Kind::Archive, "7z"),
    (b"Rar!\x1a\x07", Kind::Archive, "RAR"),
    (b"MSCF\0\0\0\0", Kind::Archive, "CAB"),
    (b"PK\x05\x06", Kind::Archive, "ZIP"),
    (b"PK\x07\x08", Kind::Archive, "ZIP"),
    (b"%PDF-", Kind::Document, "PDF"),
    (b"{\\rtf", Kind::Document, "RTF"),
    (b"%!PS", Kind::Document, "PostScript"),
    (b"\x7fELF", Kind::Program, "ELF"),
    (b"MZ\x90\0", Kind::Program, "EXE"),
    (b"#!/", Kind::Program, "script"),
    (b"SQLite format 3\0", Kind::Database, "SQLite"),
    (b"\0\x01\0\0Standard Jet DB", Kind::Database, "Access"),
    (b"\0\x01\0\0Standard ACE DB", Kind::Database, "Access"),
];

/// What a file begins with, where its mark stands, the mark, and what it tells.
type Inside = (&'static [u8], usize, &'static [u8], Kind, &'static str);

/// Marks that stand further in: where, what, and the mark at the very beginning that goes with it.
const INSIDE: [Inside; 7] = [
    (b"RIFF", 8, b"WEBP", Kind::Picture, "WebP"),
    (b"BM", 6, b"\0\0\0\0", Kind::Picture, "BMP"),
    (b"\0\0\0", 4, b"ftyphei", Kind::Picture, "HEIC"),
    (b"\0\0\0", 4, b"ftypmif1", Kind::Picture, "HEIC"),
    (b"\0\0\0", 4, b"ftypavif", Kind::Picture, "AVIF"),
    (b"BZh", 4, b"1AY&SY", Kind::Archive, "bzip2"),
    (b"", 257, b"ustar", Kind::Archive, "tar"),
];

/// Names in a ZIP file that make it an office document, in the order of preference.
const PACKED: [(&[u8], Kind, &str); 8] = [
    (b"xl/", Kind::Workbook, "Excel"),
    (b"word/", Kind::Document, "Word"),
    (b"ppt/", Kind::Document, "PowerPoint"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", Kind::Workbook, "ODS"),
    (b"mimetypeapplication/vnd.oasis.opendocument", Kind::Document, "OpenDocument"),
    (b"Index/Tables/", Kind::Workbook, "Numbers"),
    (b"[Content_Types].xml", Kind::Workbook, "Office"),
    (b"", Kind::Archive, "ZIP"),
];

/// Streams in an old office document (OLE 2), whose names are UTF-16.
const STREAMS: [(&str, Kind, &str); 4] = [
    ("__substg1.0_", Kind::Message, "Outlook"),
    ("WordDocument", Kind::Document, "Word"),
    ("PowerPoint Document", Kind::Document, "PowerPoint"),
    ("", Kind::Workbook, "Excel"),
];

/// Names of the header fields that an e-mail may begin with.
const HEADER_FIELDS: [&str; 8] =
    ["received", "return-path", "delivered-to", "from", "mime-version", "message-id", "x-mozilla-status", "subject"];

/// Recognises what is no seed file and no list; nothing may be known of it, and it still be none.
pub fn recognise(start: &[u8]) -> Option<Foreign> {
    let found = |(kind, format)| Foreign { kind, format };
    if start.starts_with(b"PK\x03\x04") {
        return packed(start).map(found);
    }
    if start.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return streamed(start).map(found);
    }
    let first = BEGINNINGS.iter().find(|(mark, ..)| start.starts_with(mark)).map(|(_, kind, format)| (*kind, *format));
    let inside = || {
        let fits = |(first, at, mark, ..): &&Inside| {
            start.starts_with(first) && start.get(*at..).is_some_and(|rest| rest.starts_with(mark))
        };
        INSIDE.iter().find(fits).map(|(_, _, _, kind, format)| (*kind, *format))
    };
    first.or_else(inside).or_else(|| written(start)).map(found)
}

/// Looks at the names in a ZIP file: each stands 30 bytes after the mark of its header.
fn packed(start: &[u8]) -> Option<(Kind, &'static str)> {
    let start = start.get(..NAMES_WITHIN).unwrap_or(start);
    let headers = start.windows(4).enumerate().filter(|(_, mark)| *mark == b"PK\x03\x04");
    let names: Vec<&[u8]> = headers.filter_map(|(at, _)| start.get(at.saturating_add(30)..)).collect();
    let fits = |(mark, ..): &&(&[u8], Kind, &str)| names.iter().any(|name| name.starts_with(mark)) || mark.is_empty();
    PACKED.iter().find(fits).map(|(_, kind, format)| (*kind, *format))
}

fn streamed(start: &[u8]) -> Option<(Kind, &'static str)> {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        name.is_empty() || start.windows(name.len()).any(|bytes| bytes == name)
    };
    STREAMS.iter().find(|(name, ..)| has(name)).map(|(_, kind, format)| (*kind, *format))
}

/// Looks at what is text: a page of the web, or a message.
fn written(start: &[u8]) -> Option<(Kind, &'static str)> {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let begins = |tag: &[u8]| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    if begins(b"<!doctype html") || begins(b"<html") {
        return Some((Kind::WebPage, "HTML"));
    }
    let line = text.get(..64).unwrap_or(text);
    let name = line.split(|byte| *byte == b':').next().filter(|name| name.len() < line.len())?;
    let is_field = HEADER_FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field.as_bytes()));
    (is_field || text.starts_with(b"From ")).then_some((Kind::Message, "e-mail"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(start: &[u8]) -> Option<(Kind, &'static str)> {
        recognise(start).map(|found| (found.kind, found.format))
    }

    fn zip(names: &[&str]) -> Vec<u8> {
        let header = |name: &&str| [b"PK\x03\x04".as_slice(), &[0; 26], name.as_bytes(), b"contents"].concat();
        names.iter().flat_map(header).collect()
    }

    #[test]
    fn what_is_no_text_is_called_by_its_name() {
        for (mark, expected, format) in BEGINNINGS {
            assert_eq!(kind(&[mark, b" and the rest"].concat()), Some((expected, format)));
        }
        for (first, at, mark, expected, format) in INSIDE {
            let mut bytes = first.to_vec();
            bytes.resize(at, b'x');
            bytes.extend_from_slice(mark);
            assert_eq!(kind(&bytes), Some((expected, format)));
        }
    }

    #[test]
    fn office_documents_are_told_from_other_archives() {
        let types = "[Content_Types].xml";
        assert_eq!(kind(&zip(&[types, "_rels/.rels", "xl/workbook.xml"])), Some((Kind::Workbook, "Excel")));
        assert_eq!(kind(&zip(&[types, "word/document.xml"])), Some((Kind::Document, "Word")));
        assert_eq!(kind(&zip(&[types])), Some((Kind::Workbook, "Office")));
        let sheet = zip(&["mimetypeapplication/vnd.oasis.opendocument.spreadsheet"]);
        assert_eq!(kind(&sheet), Some((Kind::Workbook, "ODS")));
        assert_eq!(kind(&zip(&["seeds.csv", "readme.txt"])), Some((Kind::Archive, "ZIP")));
        let ole = |name: &str| {
            let name = name.encode_utf16().flat_map(u16::to_le_bytes);
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain(name).collect::<Vec<u8>>()
        };
        assert_eq!(kind(&ole("Workbook")), Some((Kind::Workbook, "Excel")));
        assert_eq!(kind(&ole("WordDocument")), Some((Kind::Document, "Word")));
        assert_eq!(kind(&ole("__substg1.0_")), Some((Kind::Message, "Outlook")));
    }

    #[test]
    fn pages_and_messages_are_known_and_seed_files_are_not_taken_for_them() {
        assert_eq!(kind(b"\xef\xbb\xbf\n<!DOCTYPE HTML><html>"), Some((Kind::WebPage, "HTML")));
        assert_eq!(kind(b"<HTML lang=\"fr\">"), Some((Kind::WebPage, "HTML")));
        assert_eq!(kind(b"Return-Path: <a@b.fr>\r\nSubject: keys\r\n\r\n"), Some((Kind::Message, "e-mail")));
        for text in ["", ":", "<", "<KeyContainer/>", "serial,seed\n1:2,3\n", "login;name\n", "BM,1\n", "MM12,ab\n"] {
            assert_eq!(kind(text.as_bytes()), None, "{text}");
        }
    }
}
