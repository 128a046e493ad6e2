//! The reader on the shared corpus, where it lies beside the repository.

use std::collections::BTreeSet;
use std::path::PathBuf;

use mingzhang::note::NoteKind;
use mingzhang::read::{RawBody, RawDocument, RawPage, UnicodeSource, read};
use serde_json::Value;

/// The document of an id like `facsimile/v-07-…` and its truth, or `None` with a word of it.
fn open(id: &str) -> Option<(RawDocument, Value)> {
    let base = PathBuf::from("../shared/corpus").join(id);
    let (Ok(bytes), Ok(truth)) =
        (std::fs::read(base.with_extension("pdf")), std::fs::read_to_string(base.with_extension("truth.json")))
    else {
        eprintln!("skipped: {id} is not in ../shared/corpus");
        return None;
    };
    Some((read(&bytes).unwrap(), serde_json::from_str(&truth).unwrap()))
}

fn pages(raw: &RawDocument) -> &[RawPage] {
    match &raw.body {
        RawBody::Pages(pages) => pages,
        RawBody::Dump(_) => panic!("expected pages"),
    }
}

fn text(glyphs: &[mingzhang::read::Glyph]) -> String {
    let mut out = String::new();
    glyphs.iter().for_each(|g| g.push_text(&mut out));
    out.retain(|c| !c.is_whitespace());
    out
}

/// Pages with a note of a kind.
fn noted(raw: &RawDocument, kind: NoteKind) -> BTreeSet<u64> {
    raw.notes.iter().filter(|n| n.kind == kind).filter_map(|n| n.provenance).map(|p| u64::from(p.page)).collect()
}

fn numbers(value: &Value) -> BTreeSet<u64> {
    value.as_array().unwrap().iter().map(|v| v.as_u64().unwrap()).collect()
}

/// Every table title of the truth stands on its page, visibly.
fn assert_titles_are_read(raw: &RawDocument, truth: &Value) {
    for table in truth["tables"].as_array().unwrap() {
        let (Some(title), Some(page)) = (table["title"].as_str(), table["pages"][0].as_u64()) else { continue };
        let text = text(&pages(raw)[page as usize - 1].glyphs);
        let mut rest = text.as_str();
        // Overprinted titles hold each character more than once.
        for ch in title.chars().filter(|c| !c.is_whitespace()) {
            let at = rest.find(ch).unwrap_or_else(|| panic!("{title} is not on page {page}"));
            rest = &rest[at + ch.len_utf8()..];
        }
    }
}

#[test]
fn fonts_without_to_unicode_are_read_by_their_own_cmap_and_by_named_cmaps() {
    for (id, source) in [
        ("facsimile/v-07-b_nounicode_cmap", UnicodeSource::Program),
        ("facsimile/v-09-c_stsong", UnicodeSource::Cid),
        ("facsimile/v-10-d_gbk", UnicodeSource::Cid),
        ("facsimile/v-11-d_utf16", UnicodeSource::Cid),
    ] {
        let Some((raw, truth)) = open(id) else { continue };
        assert_titles_are_read(&raw, &truth);
        let glyphs = || pages(&raw).iter().flat_map(|p| &p.glyphs);
        assert!(glyphs().any(|g| g.unicode_source == source), "{id}");
        assert!(glyphs().all(|g| g.unicode_source != UnicodeSource::Unknown), "{id}");
    }
}

#[test]
fn a_page_without_any_unicode_is_noted_and_nothing_is_made_up() {
    let Some((raw, truth)) = open("facsimile/v-08-b_nounicode_dead") else { return };
    assert_eq!(noted(&raw, NoteKind::NoUnicode), numbers(&truth["x_truth"]["pages_without_text"]));
    assert!(pages(&raw).iter().flat_map(|p| &p.glyphs).all(|g| g.ch == '\u{fffd}' || g.ch == ' '));
}

#[test]
fn scanned_pages_are_noted_and_no_others() {
    let Some((raw, truth)) = open("facsimile/v-21-j_scan") else { return };
    assert_eq!(noted(&raw, NoteKind::NoTextLayer), numbers(&truth["x_truth"]["pages_without_text"]));
}

#[test]
fn hidden_text_is_hidden_and_noted() {
    let Some((raw, truth)) = open("facsimile/v-22-k_hidden_text") else { return };
    let planted = truth["x_truth"]["hidden_text"].as_array().unwrap();
    for item in planted {
        let (page, hidden) = (item["page"].as_u64().unwrap(), item["text"].as_str().unwrap());
        let found = text(&pages(&raw)[page as usize - 1].hidden);
        assert!(found.contains(hidden), "{item} is not among {found}");
    }
    assert_eq!(noted(&raw, NoteKind::HiddenText), planted.iter().map(|i| i["page"].as_u64().unwrap()).collect());
    let n_planted: usize = planted.iter().map(|i| i["text"].as_str().unwrap().chars().count()).sum();
    let n_hidden: usize = pages(&raw).iter().map(|p| text(&p.hidden).chars().count()).sum();
    assert_eq!(n_hidden, n_planted);
}

#[test]
fn object_streams_encryption_and_a_damaged_xref_are_no_hindrance() {
    let damaged = "facsimile/v-20-i_damaged";
    for id in ["facsimile/v-18-i_objstm", "facsimile/v-19-i_encrypted", damaged] {
        let Some((raw, truth)) = open(id) else { continue };
        assert_titles_are_read(&raw, &truth);
        let rebuilt: &[NoteKind] = if id == damaged { &[NoteKind::RebuiltFile] } else { &[] };
        let kinds: Vec<NoteKind> = raw.notes.iter().map(|note| note.kind).collect();
        assert_eq!(kinds, rebuilt, "{id}");
    }
}

#[test]
fn real_documents_are_read_without_unknown_characters() {
    let Ok(folder) = std::fs::read_dir("../shared/corpus/real") else {
        eprintln!("skipped: ../shared/corpus/real is absent");
        return;
    };
    for entry in folder.map(Result::unwrap).filter(|e| e.path().extension().is_some_and(|x| x == "pdf")) {
        let raw = read(&std::fs::read(entry.path()).unwrap()).unwrap();
        let glyphs = pages(&raw).iter().flat_map(|p| &p.glyphs);
        assert!(glyphs.into_iter().all(|g| g.unicode_source != UnicodeSource::Unknown), "{:?}", entry.path());
        let kinds: BTreeSet<NoteKind> = raw.notes.iter().map(|n| n.kind).collect();
        assert!(kinds.is_subset(&BTreeSet::from([NoteKind::HiddenText])), "{:?}: {kinds:?}", entry.path());
    }
}
