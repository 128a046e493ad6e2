//! Each limit of the reader is reached by a document made for it, ends in a note or an error, and can be raised.

use std::fmt::Write as _;

use mingzhang::Error;
use mingzhang::note::NoteKind;
use mingzhang::read::{Limits, RawBody, RawDocument, read, read_within};

use crate::pdf::{PdfFile, deflate, text};

/// The limits with one of them changed.
fn with(name: &str, value: u64) -> Limits {
    let mut limits = Limits::default();
    assert!(limits.set(name, value), "{name}");
    limits
}

/// Reads within one changed limit: the text of each page, and the places and messages of notes.
fn outcome(bytes: &[u8], name: &str, value: u64) -> (Vec<String>, Vec<(u32, String)>) {
    summary(&read_within(bytes, &with(name, value)).unwrap())
}

fn summary(raw: &RawDocument) -> (Vec<String>, Vec<(u32, String)>) {
    let RawBody::Pages(pages) = &raw.body else { panic!("expected pages") };
    assert!(raw.notes.iter().all(|n| n.kind == NoteKind::LimitReached), "{:?}", raw.notes);
    let notes = raw.notes.iter().map(|n| (n.provenance.as_ref().unwrap().page, n.message.clone())).collect();
    (pages.iter().map(|p| text(&p.glyphs)).collect(), notes)
}

fn line(text: &str) -> String {
    format!("BT /F 10 Tf 10 70 Td ({text}) Tj ET\n")
}

/// Asserts that a file ends early within a limit, saying so of a page, and is whole within a larger one.
fn assert_reached(bytes: &[u8], name: &str, low: u64, high: u64, page: u32, says: &str) -> Vec<String> {
    let (texts, notes) = outcome(bytes, name, low);
    // The document's end is said of the next page too.
    assert!(notes.len() <= 2 && notes[0].0 == page && notes[0].1.contains(says), "{name}: {notes:?}");
    assert_eq!(outcome(bytes, name, high).1, [], "{name}");
    texts
}

#[test]
fn a_document_of_more_pages_is_refused() {
    let file = PdfFile::new().helvetica().more_pages(&[&line("b"), &line("c")]).content(&line("a"));
    assert!(matches!(read_within(&file, &with("pages", 2)), Err(Error::Limit(_))));
    assert_eq!(outcome(&file, "pages", 3).0, ["a", "b", "c"]);
}

#[test]
fn a_stream_that_inflates_to_more_ends_its_page() {
    let content = line("a") + &" ".repeat(2000) + &line("b");
    let file = PdfFile::new().helvetica().content_stream("/Filter /FlateDecode", &deflate(content.as_bytes()));
    assert_eq!(assert_reached(&file, "stream-bytes", 1000, 4000, 1, "inflates"), ["a"]);
}

#[test]
fn streams_that_together_inflate_to_more_end_the_document() {
    let long = line("x") + &" ".repeat(2000);
    let file = PdfFile::new().helvetica().more_pages(&[&long, &long, &long]).content(&long);
    let texts = assert_reached(&file, "document-bytes", 4000, 10_000, 2, "inflates");
    assert_eq!(texts.len(), 2);
    let (texts, notes) = outcome(&file, "document-bytes", 2 * (long.len() as u64));
    assert_eq!((texts.len(), notes[0].0), (2, 3), "{notes:?}");
    assert!(notes[0].1.contains("all after it are missing"));
}

#[test]
fn a_stream_that_inflates_too_many_times_ends_its_page() {
    let content = line("a") + &" ".repeat(6 << 20) + &line("b");
    let file = PdfFile::new().helvetica().content_stream("/Filter /FlateDecode", &deflate(content.as_bytes()));
    assert_eq!(assert_reached(&file, "ratio", 500, 2000, 1, "inflates"), ["a"]);
}

#[test]
fn lzw_data_is_measured_before_it_is_unpacked() {
    // Zeros: each code stands for one more byte than the code before.
    let mut bits = String::new();
    let mut put = |code: usize, width: usize| write!(bits, "{code:0width$b}").unwrap();
    put(256, 9);
    put(0, 9);
    for code in 258..4090_usize {
        let width = match code {
            0..=510 => 9,
            511..=1022 => 10,
            1023..=2046 => 11,
            _ => 12,
        };
        put(code, width);
    }
    put(257, 12);
    let bytes =
        bits.as_bytes().chunks(8).map(|b| b.iter().fold(0, |acc, bit| acc << 1 | (bit & 1))).collect::<Vec<u8>>();
    let file = PdfFile::new().content_stream("/Filter /LZWDecode", &bytes);
    let (_, notes) = summary(&read(&file).unwrap());
    assert!(notes.len() == 1 && notes[0].1.contains("inflates"), "{notes:?}");
}

#[test]
fn object_streams_are_measured_before_the_file_is_opened() {
    let packed = deflate(&vec![b' '; 6 << 20]);
    let mut file = PdfFile::new().helvetica();
    file.add_stream("/Type /ObjStm /N 1 /First 10 /Filter /FlateDecode", &packed);
    let file = file.content(&line("a"));
    assert!(matches!(read(&file), Err(Error::Limit(_))));
    assert_eq!(outcome(&file, "ratio", 5000).0, ["a"]);
}

#[test]
fn an_object_stream_packed_twice_is_refused() {
    let packed = deflate(&deflate(&vec![b' '; 6 << 20]));
    let mut file = PdfFile::new().helvetica();
    file.add_stream("/Type /ObjStm /N 1 /First 10 /Filter [/FlateDecode /FlateDecode]", &packed);
    assert!(matches!(read(&file.content(&line("a"))), Err(Error::Limit(_))));
}

#[test]
fn a_page_of_more_operators_ends() {
    let content = line("a") + &"0 g ".repeat(200) + &line("b");
    let file = PdfFile::new().helvetica().content(&content);
    assert_eq!(assert_reached(&file, "page-operators", 100, 1000, 1, "operators than a page"), ["a"]);
}

#[test]
fn a_document_of_more_operators_ends() {
    let long = line("x") + &"0 g ".repeat(5000);
    let file = PdfFile::new().helvetica().more_pages(&[&long, &long, &long]).content(&long);
    let texts = assert_reached(&file, "document-operators", 9000, 100_000, 2, "operators than a document");
    assert_eq!(texts.len(), 2);
}

#[test]
fn forms_inside_more_forms_are_left_out() {
    let mut file = PdfFile::new().helvetica();
    let mut form = file.add_stream("/Type /XObject /Subtype /Form /BBox [0 0 50 50]", b"0 g");
    for _ in 0..30 {
        let entries =
            format!("/Type /XObject /Subtype /Form /BBox [0 0 50 50] /Resources << /XObject << /X {form} 0 R >> >>");
        form = file.add_stream(&entries, b"/X Do");
    }
    let bytes = file.resources(&format!("/XObject << /X {form} 0 R >>")).content(&(line("a") + "/X Do"));
    assert_reached(&bytes, "form-depth", 24, 40, 1, "forms inside forms");
}

#[test]
fn a_page_of_more_glyphs_ends() {
    let file = PdfFile::new().helvetica().content(&line("0123456789"));
    assert_eq!(assert_reached(&file, "page-glyphs", 4, 10, 1, "glyphs than a page"), ["0123"]);
}

#[test]
fn a_document_of_more_glyphs_ends() {
    let long = line("0123456789");
    let file = PdfFile::new().helvetica().more_pages(&[&long, &long]).content(&long);
    let (texts, notes) = outcome(&file, "document-glyphs", 14);
    assert_eq!(texts, ["0123456789", "0123"]);
    assert_eq!(notes.iter().map(|n| n.0).collect::<Vec<_>>(), [2, 3], "{notes:?}");
    assert_eq!(outcome(&file, "document-glyphs", 31).1, []);
}

#[test]
fn a_document_that_takes_more_time_ends() {
    let file = PdfFile::new().helvetica().more_pages(&[&line("b")]).content(&line("a"));
    let (texts, notes) = outcome(&file, "seconds", 0);
    assert!(texts.is_empty() && notes.len() == 1 && notes[0].1.contains("time"), "{notes:?}");
    assert_eq!(outcome(&file, "seconds", 600).0, ["a", "b"]);
}

#[test]
fn states_saved_without_end_and_marked_content_without_end_end_the_page() {
    for operator in ["q ", "/P BMC "] {
        let file = PdfFile::new().helvetica().content(&(line("a") + &operator.repeat(5000) + &line("b")));
        let (texts, notes) = summary(&read(&file).unwrap());
        assert_eq!((texts, notes.len()), (vec!["a".to_owned()], 1), "{operator}");
    }
}

#[test]
fn lines_without_end_end_the_page() {
    let file = PdfFile::new().helvetica().content(&(line("a") + &"0 0 9 9 re ".repeat(260_000) + "S " + &line("b")));
    let (texts, notes) = summary(&read(&file).unwrap());
    assert_eq!(texts, ["a"]);
    assert!(notes.len() == 1 && notes[0].1.contains("lines"), "{notes:?}");
}

#[test]
fn arrays_inside_arrays_without_end_end_the_page_with_a_note() {
    let file = PdfFile::new().helvetica().content(&(line("a") + &"[".repeat(100_000) + &line("b")));
    let raw = read(&file).unwrap();
    let RawBody::Pages(pages) = &raw.body else { panic!("expected pages") };
    assert_eq!(text(&pages[0].glyphs), "a");
    assert_eq!(raw.notes.iter().map(|n| n.kind).collect::<Vec<_>>(), [NoteKind::DamagedPage]);
}

#[test]
fn every_name_of_a_limit_changes_it() {
    for name in Limits::NAMES {
        assert_ne!(with(name, 12_345), Limits::default(), "{name}");
    }
    assert!(!Limits::default().set("nothing", 1));
}

#[test]
fn the_command_changes_limits_by_a_flag() {
    let run = |limit: &str| {
        std::process::Command::new(env!("CARGO_BIN_EXE_mingzhang"))
            .args(["dump", "--stage", "read", "--page", "1", "--limit", limit, "corpus/budget-run-twice.pdf"])
            .output()
            .unwrap()
    };
    let says = |bytes: &[u8], word: &str| String::from_utf8_lossy(bytes).contains(word);
    assert!(says(&run("pages=1").stderr, "limit-reached"));
    assert!(says(&run("page-glyphs=1").stdout, "limit-reached"));
    assert!(run("page-glyphs=100000").status.success());
    assert!(says(&run("nothing=1").stderr, "expected one of"));
}

/// A page that an image fills, which claims to be larger than memory, and a page of text.
#[cfg(feature = "pictures")]
fn claiming(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut file = PdfFile::new().helvetica();
    let image = file.add_stream(&format!("/Type /XObject /Subtype /Image /Width 1000 /Height 2000 {dict}"), data);
    let file = file.resources(&format!("/XObject << /I {image} 0 R >>")).more_pages(&[&line("b")]);
    file.content("q 1000 0 0 1000 0 0 cm /I Do Q")
}

/// A picture that is larger than it says costs its own page, and no memory: the page after it is read.
#[cfg(feature = "pictures")]
#[test]
fn a_picture_that_claims_more_than_memory_costs_its_page() {
    use mingzhang::read::scan::Ocr;

    let ocr = Ocr::new(&crate::shared::root().join("tests")).unwrap();
    let bits = "/BitsPerComponent 1 /ColorSpace /DeviceGray";
    let fax = format!("{bits} /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 2000000000 >>");
    let mut jbig2 = vec![0, 0, 0, 0, 48, 0, 1, 0, 0, 0, 19, 0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff];
    jbig2.resize(30, 0);
    let photo = [&[0xff, 0x4f, 0xff, 0x51, 0, 47, 0, 0][..], &[0x7f; 40]].concat();
    let inks = format!("/BitsPerComponent 8 /ColorSpace [/DeviceN [{}] /DeviceGray null]", "/A ".repeat(9000));
    let gray = "/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode";
    let cases = [
        claiming(&fax, &[0; 100]),
        claiming(&format!("{bits} /Filter /JBIG2Decode"), &jbig2),
        claiming("/Filter /JPXDecode", &photo),
        claiming(&inks, &[0; 100]),
        claiming(gray, &deflate(&vec![0; 40_000_000])),
    ];
    for file in cases {
        let raw = mingzhang::read::read_scans(&file, &Limits::default(), Some(&ocr)).unwrap();
        let RawBody::Pages(pages) = &raw.body else { panic!("expected pages") };
        assert_eq!(pages.iter().map(|p| text(&p.glyphs)).collect::<Vec<_>>(), ["", "b"]);
        let notes: Vec<_> = raw.notes.iter().map(|n| (n.kind, n.message.contains("40 million pixels"))).collect();
        assert_eq!(notes, [(NoteKind::NoTextLayer, true)], "{:?}", raw.notes);
    }
}
