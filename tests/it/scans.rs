//! Pages that are pictures: drawn scans, and what is read of them where the model lies in `target/ocr-models`.

use lopdf::dictionary;
use mingzhang::note::NoteKind;
use mingzhang::pipeline::extract_scans;
use mingzhang::read::scan::Ocr;
use mingzhang::read::{Limits, RawBody, RawPage, read_scans};
use mingzhang::reconcile::{Reconciliation, Trust};
use rust_decimal::Decimal;

use crate::invented::knobs::{Options, Size};
use crate::invented::rng::Rng;
use crate::invented::scan::{self, Kind};
use crate::invented::{Document, generate};
use crate::pdf::PdfFile;
use crate::shared::root;

/// The model, where somebody brought it: `scripts/ocr-models.sh target/ocr-models`.
fn ocr() -> Option<Ocr> {
    let folder = root().join("target/ocr-models");
    let is_there = folder.join("PP-OCRv6_rec_small.onnx").is_file();
    if !is_there {
        eprintln!("skipped: no model in {}", folder.display());
    }
    is_there.then(|| Ocr::new(&folder).ok()).flatten()
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
fn the_lines_of_a_scanned_table_are_rulings() {
    let Some(ocr) = ocr() else { return };
    let (page, notes) = first_page(&drawn(&TABLE), Some(&ocr));
    assert_eq!(page.rulings.len(), 6);
    assert!(page.rulings.iter().any(|r| (r.at - 30.5).abs() < 0.6 && (r.to - r.from - 261.0).abs() < 2.0));
    assert_eq!(notes, [NoteKind::ReadByOcr]);
}

#[cfg(feature = "ocr")]
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

/// A small generated budget, as printed and as scanned.
fn generated() -> Document {
    let only = vec!["general_public_budget_expenditure"];
    generate(&Options { seed: 5, size: Size::Small, n_projects: 4, n_forms: 0, only, ..Options::default() })
}

fn scanned(document: &Document, kind: Kind) -> Vec<u8> {
    let mut rng = Rng::new(9);
    let mut file = lopdf::Document::with_version("1.7");
    let pages_id = file.new_object_id();
    let mut kids = Vec::new();
    for page in document.pages.iter().filter(|page| !page.cells.is_empty()) {
        let picture = scan::scan(page, kind, &mut rng);
        let space = if picture.channels == 3 { "DeviceRGB" } else { "DeviceGray" };
        let image = lopdf::Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => picture.width as i64,
                "Height" => picture.height as i64, "BitsPerComponent" => 8, "ColorSpace" => space,
            },
            picture.pixels,
        );
        let image = file.add_object(image);
        let (width, height) = (picture.width as f32 / scan::SCALE, picture.height as f32 / scan::SCALE);
        let content = format!("{width} 0 0 {height} 0 0 cm /I Do").into_bytes();
        let content = file.add_object(lopdf::Stream::new(dictionary! {}, content));
        let page = dictionary! {
            "Type" => "Page", "Parent" => pages_id, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
            "Resources" => dictionary! { "XObject" => lopdf::dictionary! { "I" => image } },
        };
        kids.push(file.add_object(page).into());
    }
    let n = kids.len() as i64;
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => n };
    file.objects.insert(pages_id, pages.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages_id });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

/// Label cells, amount and trust of each row of each statement.
fn amounts(read: &Reconciliation) -> Vec<(String, Decimal, Trust)> {
    let mut out = Vec::new();
    for (statement, trust) in read.disclosure.statements.iter().zip(&read.trust) {
        for (record, trust) in statement.records.iter().zip(trust) {
            let label: String =
                record.values.iter().flatten().filter(|v| v.amount.is_none()).map(|v| v.text.as_str()).collect();
            let values = record.values.iter().zip(trust);
            out.extend(values.filter_map(|(v, t)| Some((label.clone(), v.as_ref()?.amount?, (*t)?))));
        }
    }
    out
}

#[test]
fn a_scan_gives_the_amounts_of_the_page_that_was_scanned() {
    let Some(ocr) = ocr() else { return };
    let document = generated();
    let printed = amounts(&extract_scans(&document.pdf, &Limits::default(), None).unwrap());
    assert!(printed.len() > 12);
    for kind in Kind::ALL {
        let read = extract_scans(&scanned(&document, kind), &Limits::default(), Some(&ocr)).unwrap();
        let read = amounts(&read);
        let is_right = |(label, amount, _): &&(String, Decimal, Trust)| {
            printed.iter().any(|(other, right, _)| other == label && right == amount)
        };
        let n_right = read.iter().filter(is_right).count();
        assert!(n_right * 100 >= printed.len() * 97, "{kind:?}: {n_right} of {}", printed.len());
        for wrong in read.iter().filter(|item| !is_right(item)) {
            assert!(!matches!(wrong.2, Trust::Confirmed | Trust::Corroborated), "{kind:?}: {wrong:?}");
        }
        assert!(read.iter().all(|(_, _, trust)| *trust != Trust::Rounded));
    }
}
