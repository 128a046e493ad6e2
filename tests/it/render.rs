//! The overlay of a page: what was read and segmented, drawn over the page's picture.

use mingzhang::Error;
use mingzhang::read::{Limits, RawBody, read};
use mingzhang::render::{self, Stage};
use roxmltree::{Document, Node};

use crate::pdf::PdfFile;
use crate::shared::{DUMP, root};

/// The page within the usual limits.
fn render(bytes: &[u8], page: u32, stage: Stage) -> Result<String, Error> {
    render::render(bytes, page, stage, &Limits::default())
}

fn corpus(name: &str) -> Vec<u8> {
    std::fs::read(root().join("corpus").join(name)).unwrap()
}

/// The first group (or nested drawing) of a class.
fn layer<'a>(document: &'a Document, class: &str) -> Option<Node<'a, 'a>> {
    document.descendants().find(|node| node.attribute("class") == Some(class) && !node.has_tag_name("rect"))
}

fn rects<'a>(document: &'a Document, class: &str) -> Vec<Node<'a, 'a>> {
    layer(document, class).map_or(Vec::new(), |g| g.children().filter(|n| n.has_tag_name("rect")).collect())
}

fn title<'a>(node: &Node<'a, 'a>) -> &'a str {
    node.children().find(|child| child.has_tag_name("title")).and_then(|title| title.text()).unwrap_or("")
}

fn place(node: &Node) -> [f32; 4] {
    ["x", "y", "width", "height"].map(|name| node.attribute(name).unwrap().parse().unwrap())
}

fn legend(document: &Document) -> String {
    let lines = layer(document, "legend").unwrap();
    lines.descendants().filter_map(|node| node.text()).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_glyph_of_the_page_has_its_box_and_doubled_ones_stand_apart() {
    let bytes = corpus("budget-run-twice.pdf");
    let svg = render(&bytes, 3, Stage::Segment).unwrap();
    let document = Document::parse(&svg).unwrap();
    let RawBody::Pages(pages) = read(&bytes).unwrap().body else { panic!("expected pages") };
    let (once, doubled) = (rects(&document, "glyphs").len(), rects(&document, "doubled").len());
    assert_eq!(once + doubled, pages[2].glyphs.len());
    assert!(doubled > 20 && doubled < once, "{doubled} of {once} drawn again");
    assert!(legend(&document).contains("note doubled-glyph"), "{}", legend(&document));
}

#[test]
fn without_repair_no_glyph_is_doubled_and_without_segment_there_are_no_cells() {
    let bytes = corpus("budget-run-twice.pdf");
    let svgs = [Stage::Read, Stage::Repair].map(|stage| render(&bytes, 3, stage).unwrap());
    let documents = [&svgs[0], &svgs[1]].map(|svg| Document::parse(svg).unwrap());
    assert!(layer(&documents[0], "doubled").is_none() && layer(&documents[0], "joined").is_none());
    assert!(layer(&documents[1], "doubled").is_some() && layer(&documents[1], "joined").is_some());
    assert!(documents.iter().all(|document| layer(document, "cells").is_none()));
    assert_eq!(
        rects(&documents[0], "glyphs").len(),
        rects(&documents[1], "glyphs").len() + rects(&documents[1], "doubled").len()
    );
}

#[test]
fn cells_headers_and_order_stand_where_the_page_has_them() {
    let svg = render(&corpus("budget-run-twice.pdf"), 3, Stage::Segment).unwrap();
    let document = Document::parse(&svg).unwrap();
    let cell = rects(&document, "cells").into_iter().find(|cell| title(cell) == "table 1 cell 0,1: 1622.22").unwrap();
    let [x, y, width, height] = place(&cell);
    assert!((x - 157.6).abs() < 0.1 && (y - 194.2).abs() < 0.1, "{x} {y}");
    assert!((width - 64.8).abs() < 0.1 && (height - 17.2).abs() < 0.1, "{width} {height}");
    let headers: Vec<_> = rects(&document, "headers").iter().map(title).collect();
    assert!(headers.contains(&"table 1 header columns 2: 收入"), "{headers:?}");
    let lines = rects(&document, "lines");
    let of = |text: &str| lines.iter().find(|line| title(line).contains(text)).and_then(|line| line.attribute("class"));
    assert_eq!(of("2022年预算收支总表"), Some("caption"));
    let numbers: Vec<_> = layer(&document, "order")
        .unwrap()
        .children()
        .filter(|n| n.has_tag_name("text"))
        .filter_map(|n| n.text())
        .collect();
    let expected: Vec<_> = (1..=numbers.len()).map(|n| n.to_string()).collect();
    assert!(numbers.len() > 4 && numbers == expected, "{numbers:?}");
}

#[test]
fn forms_are_drawn_with_their_cells() {
    let bytes = corpus("forms-glyph-twice.pdf");
    let n_pages = read(&bytes).unwrap().source.n_pages;
    let page = (1..=n_pages).find(|page| {
        let svg = render(&bytes, *page, Stage::Segment).unwrap();
        let document = Document::parse(&svg).unwrap();
        rects(&document, "forms").iter().any(|cell| title(cell).contains("项目名称"))
    });
    assert!(page.is_some());
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    let bytes = corpus("accounts-dashed-rotated.pdf");
    assert_eq!(render(&bytes, 4, Stage::Segment).unwrap(), render(&bytes, 4, Stage::Segment).unwrap());
}

#[cfg(feature = "render")]
#[test]
fn the_picture_has_the_size_of_the_page_as_seen_whatever_its_boxes() {
    for (page, size) in [
        ("", ["200", "100"]),
        ("/Rotate 90", ["100", "200"]),
        ("/MediaBox [0 0 300 200] /CropBox [50 20 250 120] /Rotate 270", ["100", "200"]),
        ("/UserUnit 2", ["400", "200"]),
    ] {
        let svg = render(&PdfFile::new().page(page).content("0 0 10 10 re f"), 1, Stage::Read).unwrap();
        let document = Document::parse(&svg).unwrap();
        let picture = layer(&document, "picture").unwrap();
        assert_eq!(["width", "height"].map(|name| picture.attribute(name).unwrap()), size, "{page}");
        assert!(picture.has_children(), "{page}");
    }
}

#[cfg(feature = "render")]
#[test]
fn where_the_picture_lacks_a_font_the_characters_stand_as_read() {
    let svg = render(&PdfFile::new().helvetica().content("BT /F 10 Tf 10 50 Td (AB) Tj ET"), 1, Stage::Read).unwrap();
    let document = Document::parse(&svg).unwrap();
    let text: String = layer(&document, "text").unwrap().children().filter_map(|node| node.text()).collect();
    assert_eq!(text.replace('\n', ""), "AB");
    assert!(legend(&document).contains("does not embed"), "{}", legend(&document));
}

#[test]
fn hidden_glyphs_stand_apart() {
    let content = "BT /F 10 Tf 10 50 Td (AB) Tj 3 Tr (CDE<) Tj ET";
    let svg = render(&PdfFile::new().helvetica().content(content), 1, Stage::Segment).unwrap();
    let document = Document::parse(&svg).unwrap();
    assert_eq!((rects(&document, "glyphs").len(), rects(&document, "hidden").len()), (2, 4));
    assert!(title(&rects(&document, "hidden")[3]).starts_with("< 10.0 Helvetica"));
}

#[test]
fn a_text_dump_has_no_page_to_draw() {
    let error = render(DUMP.as_bytes(), 1, Stage::Segment).unwrap_err();
    assert!(matches!(error, Error::NoGeometry) && error.code() == "no-geometry");
}

#[test]
fn a_page_that_is_not_there_is_an_error_that_says_how_many_there_are() {
    for page in [0, 2] {
        let error = render(&PdfFile::new().content(""), page, Stage::Read).unwrap_err();
        assert_eq!(error.code(), "no-such-page");
        assert_eq!(error.to_string(), format!("expected a page from 1 to 1, not {page}"));
    }
}
