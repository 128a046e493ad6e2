//! What the generator draws is what the product reads: text under each fake bold, tables under each kind of ruling.

use mingzhang::emit::json;
use mingzhang::extract_report;
use mingzhang::read::read;
use mingzhang::repair::{CleanBody, repair};
use proptest::prelude::*;
use serde_json::Value;

use crate::invented::knobs::{FakeBold, Options, Rulings, Size, ToUnicode};
use crate::invented::{self, strategy};

/// The text of each page in the order of drawing, after repair.
fn clean_text(pdf: &[u8]) -> Vec<String> {
    let CleanBody::Pages(pages) = repair(read(pdf).expect("a readable PDF")).body else { return Vec::new() };
    let text = |glyphs: &[mingzhang::read::Glyph]| {
        let mut text = String::new();
        glyphs.iter().for_each(|g| g.push_text(&mut text));
        text
    };
    pages.iter().map(|p| text(&p.glyphs)).collect()
}

/// The rows of each table as cells of text; `None` for a blank.
fn rows(report: &Value) -> Vec<Vec<Vec<Option<String>>>> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let cells = |row: &Value| list(&row["cells"]).iter().map(|c| c.as_str().map(str::to_owned)).collect();
    list(&report["tables"]).iter().map(|t| list(&t["rows"]).iter().map(cells).collect()).collect()
}

fn report(pdf: &[u8]) -> Value {
    let report = extract_report("generated.pdf", pdf).expect("a report");
    serde_json::from_str(&json::to_string(&report, json::Layout::Compact).expect("JSON")).expect("JSON")
}

fn small() -> Options {
    Options { size: Size::Small, seed: 12, n_forms: 1, ..Options::default() }
}

#[test]
fn each_kind_of_fake_bold_leaves_the_text_of_plain_type() {
    let plain = clean_text(&invented::generate(&small()).pdf);
    assert!(plain.iter().any(|page| page.contains("人人")) && plain.iter().any(|page| page.contains("2222")));
    for (bold, name) in FakeBold::ALL {
        for glyphwise in [false, true] {
            let mut options = small();
            options.drawing.bold = bold;
            options.drawing.glyphwise = glyphwise;
            let read = clean_text(&invented::generate(&options).pdf);
            for (i, (read, plain)) in read.iter().zip(&plain).enumerate() {
                assert_eq!(read, plain, "{name}, glyph by glyph: {glyphwise}, page {}", i + 1);
            }
        }
    }
}

#[test]
fn text_is_read_by_the_fonts_own_cmap_where_there_is_no_tounicode() {
    let mut options = small();
    let plain = clean_text(&invented::generate(&options).pdf);
    options.drawing.to_unicode = ToUnicode::FontOnly;
    assert_eq!(clean_text(&invented::generate(&options).pdf), plain);
}

#[test]
fn each_kind_of_ruling_leaves_the_same_tables() {
    for (rulings, name) in &Rulings::ALL[..6] {
        let mut options = small();
        options.drawing.rulings = *rulings;
        let document = invented::generate(&options);
        let (read, truth) = (rows(&report(&document.pdf)), rows(&document.truth));
        assert_eq!(read.len(), truth.len(), "{name}");
        for (i, (read, truth)) in read.iter().zip(&truth).enumerate() {
            assert_eq!(read, truth, "{name}, table {}", i + 1);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_drawn_in_tables_is_read(options in strategy::options()) {
        let document = invented::generate(&options);
        let (read, truth) = (rows(&report(&document.pdf)), rows(&document.truth));
        prop_assert_eq!(read.len(), truth.len());
        for (i, (read, truth)) in read.iter().zip(&truth).enumerate() {
            for (read, truth) in read.iter().zip(truth) {
                prop_assert_eq!(read, truth, "table {}", i + 1);
            }
            prop_assert_eq!(read.len(), truth.len(), "table {}", i + 1);
        }
    }
}
