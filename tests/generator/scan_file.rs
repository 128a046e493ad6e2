//! The file of a scan: a picture a page, packed as copiers pack them; and the truth of what is still to be read.

use std::collections::BTreeMap;

use fax::{Color, VecWriter};
use jpeg_encoder::{ColorType, Encoder};
use serde_json::{Value, json};

use super::Document;
use super::content::number;
use super::pdf::{File, PRODUCER};
use super::rng::Rng;
use super::scan::{self, Kind, Picture, Way};
use super::truth;

/// Scans those pages of a document that have tables: the file, and its truth.
pub(crate) fn scan(document: &Document, name: &str, kind: Kind, rng: &mut Rng) -> (Vec<u8>, Value) {
    let pages: Vec<usize> = (0..document.pages.len()).filter(|i| !document.pages[*i].cells.is_empty()).collect();
    let pictures: Vec<Picture> = pages.iter().map(|i| scan::scan(&document.pages[*i], kind, rng)).collect();
    let bytes = write(&pictures, kind);
    let scanned: Vec<(usize, Way)> = pages.iter().map(|i| i + 1).zip(pictures.iter().map(|p| p.way)).collect();
    let mut truth = truth_of(&document.truth, name, &bytes, &scanned);
    if kind == Kind::Marked {
        let seen = |(i, picture): (usize, &Picture)| {
            let places = picture.marked.iter().map(|place| picture.way.seen(*place));
            json!({"page": i + 1, "bboxes": places.map(rounded).collect::<Vec<_>>()})
        };
        truth["x_truth"]["covered"] = json!(pictures.iter().enumerate().map(seen).collect::<Vec<_>>());
    }
    (bytes, truth)
}

/// Objects before the first page.
const N_FIXED: usize = 3;

fn write(pictures: &[Picture], kind: Kind) -> Vec<u8> {
    let mut file = File::default();
    let kids: Vec<String> = (0..pictures.len()).map(|i| format!("{} 0 R", N_FIXED + 1 + 3 * i)).collect();
    file.object("<< /Type /Catalog /Pages 2 0 R >>");
    file.object(&format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pictures.len()));
    file.object(&format!("<< /Producer ({PRODUCER}) >>"));
    for (i, picture) in pictures.iter().enumerate() {
        let first = N_FIXED + 1 + 3 * i;
        let points = |pixels: usize| number(pixels as f32 * 72.0 / kind.dots());
        let (width, height) = (points(picture.width), points(picture.height));
        file.object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Resources << /XObject << /I {} 0 R >> >> \
             /Contents {} 0 R >>",
            first + 1,
            first + 2,
        ));
        let entries = format!("/Type /XObject /Subtype /Image /Width {} /Height {}", picture.width, picture.height);
        let entries = format!("{entries} {}", depth(picture, kind));
        match kind {
            Kind::Clean => file.stream(&entries, picture.pixels.clone()),
            Kind::Fax => {
                let shape = format!("/K -1 /Columns {} /Rows {}", picture.width, picture.height);
                let filter = format!("/Filter /CCITTFaxDecode /DecodeParms << {shape} >>");
                file.packed_stream(&format!(" {entries} {filter}"), &faxed(picture));
            }
            _ => file.packed_stream(&format!(" {entries} /Filter /DCTDecode"), &packed(picture, kind)),
        }
        file.packed_stream("", format!("q {width} 0 0 {height} 0 0 cm /I Do Q").as_bytes());
    }
    file.finish(N_FIXED)
}

fn depth(picture: &Picture, kind: Kind) -> &'static str {
    match (picture.channels, kind) {
        (_, Kind::Fax) => "/BitsPerComponent 1 /ColorSpace /DeviceGray",
        (3, _) => "/BitsPerComponent 8 /ColorSpace /DeviceRGB",
        _ => "/BitsPerComponent 8 /ColorSpace /DeviceGray",
    }
}

/// As CCITT group 4.
fn faxed(picture: &Picture) -> Vec<u8> {
    let mut fax = fax::encoder::Encoder::new(VecWriter::new());
    for row in picture.pixels.chunks(picture.width) {
        let pels = row.iter().map(|value| if *value == 0 { Color::Black } else { Color::White });
        let Ok(()) = fax.encode_line(pels, picture.width as u32);
    }
    let Ok(writer) = fax.finish();
    writer.finish()
}

/// As JPEG.
fn packed(picture: &Picture, kind: Kind) -> Vec<u8> {
    let mut data = Vec::new();
    let mut encoder = Encoder::new(&mut data, if kind == Kind::Coarse { 40 } else { 50 });
    // In colour it would write a scan a channel, which copiers do not, and of which not every reader makes the picture.
    encoder.set_optimized_huffman_tables(picture.channels == 1);
    let color = if picture.channels == 3 { ColorType::Rgb } else { ColorType::Luma };
    let (width, height) = (picture.width as u16, picture.height as u16);
    // A picture of no pixels is the one that cannot be packed.
    if encoder.encode(&picture.pixels, width, height, color).is_err() {
        data.clear();
    }
    data
}

/// The tables of the pages that were scanned, in this order; what stands beside them is nobody's truth.
fn truth_of(document: &Value, name: &str, bytes: &[u8], scanned: &[(usize, Way)]) -> Value {
    let places: BTreeMap<u64, (usize, &Way)> =
        scanned.iter().enumerate().map(|(i, (page, way))| (*page as u64, (i + 1, way))).collect();
    let place = |page: &Value| page.as_u64().and_then(|page| places.get(&page));
    let mut truth = document.clone();
    truth["source"] = json!({
        "name": format!("{name}.pdf"),
        "sha256": truth::sha256(bytes),
        "bytes": bytes.len(),
        "media_type": "application/pdf",
        "pages": scanned.len(),
        "producer": PRODUCER,
    });
    // It stands on the cover.
    truth["report"]["title"] = Value::Null;
    for table in truth["tables"].as_array_mut().into_iter().flatten() {
        for page in table["pages"].as_array_mut().into_iter().flatten() {
            *page = json!(place(page).map(|(page, _)| page));
        }
        for row in table["rows"].as_array_mut().into_iter().flatten() {
            let Some((page, way)) = place(&row["page"]) else { continue };
            let side = |i: usize| row["bbox"][i].as_f64().unwrap_or_default() as f32;
            row["bbox"] = json!(rounded(way.seen([side(0), side(1), side(2), side(3)])));
            row["page"] = json!(page);
        }
    }
    truth["forms"] = json!([]);
    truth["sections"] = json!([]);
    truth["x_truth"]["optional_headings"] = json!([]);
    truth["x_truth"]["unscored"] = json!(["forms", "sections"]);
    truth
}

/// To hundredths of a point.
fn rounded(place: [f32; 4]) -> [f64; 4] {
    place.map(|side| (f64::from(side) * 100.0).round() / 100.0)
}
