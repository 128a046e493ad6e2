//! What models read of a picture: names that nothing bears out confirm no amounts.

use mingzhang::interpret::interpret;
use mingzhang::note::NoteKind;
use mingzhang::read::{Glyph, Piece, Rival};
use mingzhang::reconcile::{Reconciliation, Trust, reconcile};
use mingzhang::repair::{CleanBody, CleanDocument};
use mingzhang::segment::segment;

use crate::page;

/// A document as if models had read its pages; `others` has texts of pieces, another reading of each and how near it is.
fn read_by_models(drawings: &[&str], others: &[(&str, &str, f32)]) -> CleanDocument {
    let mut document = page::document(drawings);
    let CleanBody::Pages(pages) = &mut document.body else { panic!("expected pages") };
    for page in pages {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut last: Option<&Glyph> = None;
        for glyph in &page.glyphs {
            match pieces.last_mut() {
                Some(piece) if last.is_some_and(|last| glyph.follows(last)) => {
                    piece.text.push(glyph.ch);
                    piece.rect = piece.rect.union(&glyph.rect);
                }
                _ => pieces.push(Piece {
                    rect: glyph.rect,
                    text: glyph.ch.to_string(),
                    rivals: Vec::new(),
                    is_partial: false,
                    is_covered: false,
                }),
            }
            last = Some(glyph);
        }
        for (text, other, share) in others {
            for piece in pieces.iter_mut().filter(|piece| piece.text == *text) {
                piece.rivals.push(Rival { text: (*other).to_owned(), share: *share });
            }
        }
        page.pieces = pieces;
    }
    document
}

/// The table with a header, a row's name and a unit to be put in.
fn table(header: &str, name: &str) -> String {
    let wide = |text: &str| text.chars().map(|ch| if ch.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let pad = |text: &str, width: usize| format!("{text}{}", " ".repeat(width - wide(text)));
    format!(
        "             支出总表
                            单位：万元
+----------+------------+------------+------------+
| 项目     | 合计       | {} | 项目支出   |
+----------+------------+------------+------------+
| 合计     | 60.00      | 40.00      | 20.00      |
+----------+------------+------------+------------+
| {} | 45.00      | 30.00      | 15.00      |
+----------+------------+------------+------------+
| 乙项经费 | 15.00      | 10.00      | 5.00       |
+----------+------------+------------+------------+",
        pad(header, 10),
        pad(name, 8)
    )
}

fn reconciled(document: CleanDocument) -> Reconciliation {
    reconcile(interpret(segment(document)))
}

/// The trust of each amount, a row of the first statement a text: `+` where sums bear it out, `?` where they do not.
fn trusted(found: &Reconciliation) -> Vec<String> {
    let mark = |trust: &Trust| if *trust >= Trust::Confirmed { '+' } else { '?' };
    found.trust[0].iter().map(|row| row.iter().flatten().map(mark).collect()).collect()
}

fn unsure(found: &Reconciliation) -> Vec<&str> {
    let notes = found.disclosure.notes.iter().filter(|note| note.kind == NoteKind::ReadingUnsure);
    notes.map(|note| note.message.as_str()).collect()
}

#[test]
fn official_names_are_borne_out_by_themselves() {
    let found = reconciled(read_by_models(&[&table("基本支出", "甲项经费")], &[]));
    assert_eq!(trusted(&found), ["+++", "+++", "+++"]);
    assert_eq!(unsure(&found), [""; 0]);
}

#[test]
fn amounts_below_a_misread_name_stay_unchecked() {
    let found = reconciled(read_by_models(&[&table("墓本支出", "甲项经费")], &[]));
    assert_eq!(trusted(&found), ["+?+", "+?+", "+?+"]);
    assert_eq!(
        unsure(&found),
        ["nothing bears out what was read of the header: `墓本支出`; amounts below it stay unchecked"]
    );
}

#[test]
fn a_name_that_is_no_word_says_nothing_against_a_text_layer() {
    let found = reconciled(page::document(&[&table("墓本支出", "甲项经费")]));
    assert_eq!(trusted(&found), ["+++", "+++", "+++"]);
}

#[test]
fn an_official_name_that_may_be_another_one_is_not_borne_out() {
    let table = table("基本支出", "甲项经费");
    let found = reconciled(read_by_models(&[&table], &[("基本支出", "基木支出", 0.4)]));
    assert_eq!(trusted(&found), ["+++", "+++", "+++"], "the other reading is no name");
    let found = reconciled(read_by_models(&[&table], &[("基本支出", "经营支出", 0.01)]));
    assert_eq!(trusted(&found), ["+?+", "+?+", "+?+"]);
}

#[test]
fn a_name_of_the_departments_own_is_borne_out_on_another_page() {
    let pages = [table("甲类支出", "甲项经费"), table("甲类支出", "丙项经费").replace("支出总表", "收入总表")];
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let found = reconciled(read_by_models(&pages, &[]));
    assert_eq!(trusted(&found), ["+++", "+++", "+++"]);
    assert_eq!(trusted(&reconciled(read_by_models(&pages[..1], &[]))), ["+?+", "+?+", "+?+"]);
}

#[test]
fn a_header_that_is_no_text_leaves_the_whole_table_unchecked() {
    let found = reconciled(read_by_models(&[&table("mn", "甲项经费")], &[]));
    assert_eq!(trusted(&found), ["???", "???", "???"]);
}

#[test]
fn a_row_whose_name_may_be_another_stays_unchecked() {
    let table = table("基本支出", "甲项经费");
    let found = reconciled(read_by_models(&[&table], &[("甲项经费", "申项经费", 0.3)]));
    assert_eq!(trusted(&found), ["+++", "???", "+++"]);
    assert_eq!(unsure(&found), ["what was read as `甲项经费` may be `申项经费`; amounts of the row stay unchecked"]);
    let found = reconciled(read_by_models(&[&table], &[("甲项经费", "申项经费", 0.01)]));
    assert_eq!(trusted(&found), ["+++", "+++", "+++"], "that is far from likely");
    let found = reconciled(read_by_models(&[&table], &[("合计", "台计", 0.3)]));
    assert_eq!(trusted(&found), ["+++", "+++", "+++"], "an official word");
}

#[test]
fn a_unit_that_may_be_another_leaves_the_whole_table_unchecked() {
    let table = table("基本支出", "甲项经费");
    let found = reconciled(read_by_models(&[&table], &[("单位：万元", "单位：元", 0.05)]));
    assert_eq!(trusted(&found), ["???", "???", "???"]);
}
