//! Pages that are pictures: drawn scans, and what is read of them where the model lies in `target/ocr-models`.

use mingzhang::geom::Rect;
use mingzhang::note::NoteKind;
use mingzhang::pipeline::extract_scans;
use mingzhang::read::scan::Ocr;
use mingzhang::read::{Limits, RawBody, RawPage, read_scans};
use mingzhang::reconcile::{Reconciliation, Trust};
use rust_decimal::Decimal;

use crate::invented::corpus;
#[cfg(feature = "pictures")]
use crate::invented::rng::Rng;
use crate::pdf::PdfFile;
use crate::shared::root;

/// The model, where somebody brought it: `scripts/ocr-models.sh target/ocr-models`.
fn ocr() -> Option<Ocr> {
    let folder = root().join("target/ocr-models");
    if !folder.join("PP-OCRv6_rec_small.onnx").is_file() {
        eprintln!("skipped: no model in {}, where scripts/ocr-models.sh brings it", folder.display());
        return None;
    }
    Ocr::new(&folder).map_err(|reason| eprintln!("skipped: {reason}")).ok()
}

/// A grey page of 300 by 200 points at two pixels a point with black rectangles, `x0, y0, x1, y1` in pixels.
fn drawn(figures: &[[usize; 4]]) -> Vec<u8> {
    let (width, height) = (600, 400);
    let mut pixels = vec![250_u8; width * height];
    for [x0, y0, x1, y1] in figures {
        for y in *y0..*y1 {
            pixels[y * width + x0..y * width + x1].fill(10);
        }
    }
    let mut file = PdfFile::new();
    let dict = format!(
        "/Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8 /ColorSpace /DeviceGray"
    );
    let image = file.add_stream(&dict, &pixels);
    let file = file.page("/MediaBox [0 0 300 200]").resources(&format!("/XObject << /I {image} 0 R >>"));
    file.content("q 300 0 0 200 0 0 cm /I Do Q")
}

fn first_page(file: &[u8], ocr: Option<&Ocr>) -> (RawPage, Vec<NoteKind>) {
    let raw = read_scans(file, &Limits::default(), ocr).unwrap();
    let RawBody::Pages(mut pages) = raw.body else { panic!("expected pages") };
    (pages.remove(0), raw.notes.iter().map(|note| note.kind).collect())
}

/// A table of two columns and two rows, and a square that is no line.
const TABLE: [[usize; 4]; 6] = [
    [40, 60, 562, 62],
    [40, 160, 562, 162],
    [40, 260, 562, 262],
    [40, 60, 42, 262],
    [300, 60, 302, 262],
    [560, 60, 562, 262],
];

#[test]
fn without_a_model_a_scan_is_named_and_nothing_is_guessed() {
    let (page, notes) = first_page(&drawn(&TABLE), None);
    assert_eq!((page.glyphs.len(), page.rulings.len()), (0, 0));
    assert_eq!(notes, [NoteKind::NoTextLayer]);
}

#[test]
fn a_folder_without_a_model_leaves_the_scan_unread_and_says_so() {
    let Ok(ocr) = Ocr::new(&root().join("tests")) else { return };
    let (page, notes) = first_page(&drawn(&TABLE), Some(&ocr));
    assert!(page.glyphs.is_empty());
    assert_eq!(notes, [NoteKind::NoTextLayer]);
}

#[test]
fn a_page_that_takes_too_long_is_left_unread_as_a_whole() {
    let Some(ocr) = ocr() else { return };
    let path = root().join("corpus").join(corpus::SCANS).join("office.pdf");
    let limits = Limits { scan_seconds: 0, ..Limits::default() };
    let raw = read_scans(&std::fs::read(path).unwrap(), &limits, Some(&ocr)).unwrap();
    let RawBody::Pages(pages) = raw.body else { panic!("expected pages") };
    assert!(pages.iter().all(|page| page.glyphs.is_empty() && page.pieces.is_empty()));
    assert_eq!(raw.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [NoteKind::NoTextLayer]);
}

#[test]
fn the_lines_of_a_scanned_table_are_rulings() {
    let Some(ocr) = ocr() else { return };
    let (page, notes) = first_page(&drawn(&TABLE), Some(&ocr));
    assert_eq!(page.rulings.len(), 6);
    assert!(page.rulings.iter().any(|r| (r.at - 30.5).abs() < 0.6 && (r.to - r.from - 261.0).abs() < 2.0));
    assert_eq!(notes, [NoteKind::ReadByOcr]);
}

#[cfg(feature = "pictures")]
#[test]
fn pictures_of_any_size_and_content_are_looked_through() {
    use mingzhang::read::scan::{Raster, Scan};
    let mut rng = Rng::new(3);
    for (width, height) in [(0, 0), (0, 7), (7, 0), (1, 1), (1, 300), (300, 1), (64, 48), (333, 222)] {
        for (channels, shades) in [(1, 2), (3, 256), (1, 1)] {
            let mut shade = || (rng.below(shades) * 255 / shades) as u8;
            let pixels = (0..width * height * channels).map(|_| shade()).collect();
            let raster = Raster { width, height, channels, pixels };
            let scan = Scan { raster, scale: 2.0, font: 0, deadline: std::time::Instant::now() };
            assert!(scan.rulings().len() < 1_000);
        }
    }
}

/// Row and column of a page's one statement, the amount there, and how far it is trusted.
type Amount = (usize, usize, Decimal, Trust);

fn amounts(read: &Reconciliation) -> Vec<Amount> {
    assert_eq!(read.disclosure.statements.len(), 1);
    let mut out = Vec::new();
    for (row, (record, trust)) in read.disclosure.statements[0].records.iter().zip(&read.trust[0]).enumerate() {
        let values = record.values.iter().zip(trust).enumerate();
        out.extend(
            values.filter_map(|(column, (value, trust))| Some((row, column, value.as_ref()?.amount?, (*trust)?))),
        );
    }
    out
}

#[test]
fn each_scan_of_the_corpus_gives_the_amounts_of_the_page_that_was_scanned() {
    let Some(ocr) = ocr() else { return };
    // What is covered on the marked one is another test's.
    for corpus::Scanned { name, printed, .. } in corpus::scans().into_iter().filter(|scan| scan.name != MARKED) {
        let path = root().join("corpus").join(corpus::SCANS).join(format!("{name}.pdf"));
        let printed = amounts(&extract_scans(&printed.pdf, &Limits::default(), None).unwrap());
        assert!(printed.len() > 12, "{name}");
        let read = amounts(&extract_scans(&std::fs::read(path).unwrap(), &Limits::default(), Some(&ocr)).unwrap());
        let is_right = |item: &&Amount| printed.iter().any(|p| (p.0, p.1, p.2) == (item.0, item.1, item.2));
        let (right, wrong): (Vec<&Amount>, Vec<&Amount>) = read.iter().partition(is_right);
        assert!(right.len() * 100 >= printed.len() * 97, "{name}: {} of {}, {wrong:?}", right.len(), printed.len());
        let is_believed = |item: &Amount| matches!(item.3, Trust::Confirmed | Trust::Corroborated);
        assert!(!wrong.iter().any(|item| is_believed(item)), "{name}: {wrong:?}");
        let n_believed = |items: &[Amount]| items.iter().filter(|item| is_believed(item)).count();
        assert!(
            n_believed(&read) * 10 >= n_believed(&printed) * 9,
            "{name}: sums hold for fewer amounts than in print"
        );
        assert!(read.iter().all(|item| item.3 != Trust::Rounded), "{name}");
    }
}

/// The scan with a stamp, strokes of a pen, a hole and a dark edge.
const MARKED: &str = "marked";

#[test]
fn what_something_lies_over_is_told_and_unchecked_and_the_rest_is_confirmed() {
    let Some(ocr) = ocr() else { return };
    let file = |end: &str| root().join("corpus").join(corpus::SCANS).join(format!("{MARKED}.{end}"));
    let truth: serde_json::Value = serde_json::from_slice(&std::fs::read(file("truth.json")).unwrap()).unwrap();
    let places = truth["x_truth"]["covered"][0]["bboxes"].as_array().unwrap();
    let side = |place: &serde_json::Value, i: usize| place[i].as_f64().unwrap() as f32;
    let middle =
        |place: &serde_json::Value| ((side(place, 0) + side(place, 2)) / 2.0, (side(place, 1) + side(place, 3)) / 2.0);
    assert!(places.len() >= 4, "{places:?}");
    let read = extract_scans(&std::fs::read(file("pdf")).unwrap(), &Limits::default(), Some(&ocr)).unwrap();
    let is_in = |rect: &Rect, (x, y): (f32, f32)| rect.x0 <= x && x <= rect.x1 && rect.y0 <= y && y <= rect.y1;
    let told = |at: (f32, f32)| {
        let notes = read.disclosure.notes.iter();
        let mut unsure = notes.filter(|n| matches!(n.kind, NoteKind::ReadingUnsure | NoteKind::AmountUnreadable));
        unsure.any(|note| note.provenance.is_some_and(|p| p.rect.is_some_and(|rect| is_in(&rect, at))))
    };
    for place in places {
        assert!(told(middle(place)), "nothing tells of {place}");
    }
    let records = read.disclosure.statements[0].records.iter().zip(&read.trust[0]);
    let (mut n_sound, mut n_believed) = (0, 0);
    for (value, trust) in records.flat_map(|(record, trust)| record.values.iter().zip(trust)) {
        let (Some(rect), Some(trust)) = (value.as_ref().and_then(|value| value.provenance.rect), trust) else {
            continue;
        };
        let is_believed = *trust >= Trust::Confirmed;
        let is_covered = places.iter().any(|place| is_in(&rect, middle(place)));
        assert!(!is_covered || !is_believed, "{value:?}");
        n_sound += usize::from(!is_covered);
        n_believed += usize::from(is_believed);
    }
    // Sums with a covered figure bear out none of their others.
    assert!(n_believed * 10 >= n_sound * 8, "{n_believed} of {n_sound}");
}
