//! Files of other kinds, told by their first bytes: archives, Office documents, pictures, saved web pages.

use memchr::memmem;

/// How many bytes of a container can name what it holds: the first entry of an Office document does.
const HEAD_BYTES: usize = 4096;

/// First bytes that are those of one kind of file alone.
const MAGIC: [(&[u8], &str); 22] = [
    (b"\xd0\xcf\x11\xe0", "an Office document of the old kind (doc, xls, ppt, wps)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"MSCF\0\0\0\0", "a cabinet archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"8BPS\0", "a Photoshop image"),
    (b"AT&TFORM", "a DjVu document"),
    (b"ITSF\x03\0", "a compiled help file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"bplist00", "a property list"),
    (b"RIFF", "a RIFF container (webp, wav, avi)"),
];

/// What entries a ZIP archive of one kind has.
const IN_ZIP: [(&[u8], &str); 6] = [
    (b"word/", "a ZIP archive: a Word document"),
    (b"xl/", "a ZIP archive: a spreadsheet"),
    (b"ppt/", "a ZIP archive: a presentation"),
    (b"OFD.xml", "a ZIP archive: an OFD document"),
    (b"application/vnd.oasis.opendocument", "a ZIP archive: an OpenDocument file"),
    (b"[Content_Types].xml", "a ZIP archive: an Office document"),
];

/// Where a tape archive says that it is one.
const TAR_AT: usize = 257;

/// What a file of another kind is; `None` where it can be a PDF or text. A PDF inside an archive is no reason to read
/// the archive.
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    if [&b"PK\x03\x04"[..], b"PK\x05\x06", b"PK\x07\x08"].iter().any(|magic| bytes.starts_with(magic)) {
        let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
        let held = IN_ZIP.iter().find(|(name, _)| memmem::find(head, name).is_some());
        return Some(held.map_or("a ZIP archive", |(_, kind)| kind));
    }
    if bytes.get(TAR_AT..).is_some_and(|bytes| bytes.starts_with(b"ustar")) {
        return Some("a tar archive");
    }
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}

/// What a text in a markup of its own is: a page saved from the web, data. Tables of a disclosure can stand in it.
pub fn markup(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().to_ascii_lowercase();
    let begins = |tags: &[&str]| tags.iter().any(|tag| head.starts_with(tag.as_bytes()));
    let holds = |tags: &[&str]| tags.iter().any(|tag| memmem::find(&head, tag.as_bytes()).is_some());
    match () {
        () if begins(&["mime-version:", "from: <saved by"]) => Some("a saved web page"),
        () if !begins(&["<"]) => None,
        () if holds(&["<html", "<!doctype html", "<head", "<body", "<script", "<div", "<p>", "<center"]) => {
            Some("an HTML page")
        }
        () if begins(&["<?xml", "<!doctype"]) => Some("an XML file"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_named_by_what_they_hold() {
        assert_eq!(kind(b"PK\x03\x04\x14\0\x06\0report.pdf"), Some("a ZIP archive"));
        assert_eq!(kind(b"PK\x03\x04\x14\0\x06\0word/document.xml"), Some("a ZIP archive: a Word document"));
        assert_eq!(kind(b"PK\x03\x04\x14\0\x06\0[Content_Types].xml..xl/"), Some("a ZIP archive: a spreadsheet"));
        assert_eq!(kind(b"\xd0\xcf\x11\xe0\xa1\xb1"), Some("an Office document of the old kind (doc, xls, ppt, wps)"));
    }

    #[test]
    fn a_pdf_and_a_text_are_of_no_other_kind() {
        for bytes in [&b"%PDF-1.7\n"[..], "部门预算".as_bytes(), b"PK 2031", b"Rare", b""] {
            assert_eq!(kind(bytes), None);
        }
    }

    #[test]
    fn pages_saved_from_the_web_are_told_from_text_that_holds_a_tag() {
        assert_eq!(markup(b"\xef\xbb\xbf\r\n<!DOCTYPE html>\n<html>"), Some("an HTML page"));
        assert_eq!(markup(b"<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code></Error>"), Some("an XML file"));
        assert_eq!(markup("收支总表\n<table><tr><td>".as_bytes()), None);
        assert_eq!(markup(b"<2031> 1,000.00"), None);
    }
}
