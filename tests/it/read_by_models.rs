//! What models read of a picture: names that nothing bears out confirm no amounts.

use std::collections::BTreeMap;

use mingzhang::interpret::{Disclosure, add_second, interpret};
use mingzhang::note::{Note, NoteKind};
use mingzhang::provenance::Provenance;
use mingzhang::read::{Cover, Glyph, Piece, Rival};
use mingzhang::reconcile::{Reconciliation, Trust, reconcile, to_read_again};
use mingzhang::repair::{CleanBody, CleanDocument};
use mingzhang::segment::segment;

use crate::page;

/// A document as if models had read its pages; `others` has texts of pieces, another reading of each and how near it is.
pub(crate) fn read_by_models(drawings: &[&str], others: &[(&str, &str, f32)]) -> CleanDocument {
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
                    cover: None,
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
        document.notes.push(Note::new(NoteKind::ReadByOcr, "read by models", Provenance::page(page.number)));
    }
    document
}

/// The table with a header, a row's name and a unit to be put in.
pub(crate) fn table(header: &str, name: &str) -> String {
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

pub(crate) fn reconciled(document: CleanDocument) -> Reconciliation {
    reconcile(interpret(segment(document)))
}

/// The trust of each amount, a row of the first statement a text: `+` where sums bear it out, `?` where they do not.
pub(crate) fn trusted(found: &Reconciliation) -> Vec<String> {
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
fn an_amount_among_misread_ones_stays_unchecked_below_a_misread_name() {
    let misread = |header: &str| {
        let drawn = table(header, "甲项经费").replace("40.00 ", "40.0r ").replace("| 10.00 ", "| 1a.0r ");
        trusted(&reconciled(read_by_models(&[&drawn], &[])))
    };
    assert_eq!(misread("基本支出")[1], "+++");
    assert_eq!(misread("墓本支出")[1], "+?+");
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

/// What the first statement prints in a row, and what is noted of readings.
pub(crate) fn printed(found: &Reconciliation, row: usize) -> Vec<&str> {
    found.disclosure.statements[0].records[row].values.iter().flatten().map(|value| value.text.as_str()).collect()
}

pub(crate) fn failures(found: &Reconciliation) -> usize {
    found.checks.iter().filter(|check| !check.holds).count()
}

#[test]
fn a_close_reading_that_mends_the_sums_is_taken_and_vouches_less() {
    let table = table("基本支出", "甲项经费").replace("30.00 ", "80.00 ");
    let found = reconciled(read_by_models(&[&table], &[("80.00", "30.00", 0.2), ("80.00", "60.00", 0.1)]));
    assert_eq!(printed(&found, 1), ["甲项经费", "45.00", "30.00", "15.00"]);
    // Of two sums one chose, and one vouches.
    assert_eq!(found.trust[0][1][2], Some(Trust::Confirmed));
    assert_eq!(found.trust[0][1][1], Some(Trust::Corroborated));
    assert_eq!(unsure(&found), ["what was read as `80.00` is `30.00` by the sums, and by a reading nearly as likely"]);
    assert_eq!(failures(&found), 0);
}

#[test]
fn a_reading_that_the_picture_does_not_give_is_never_taken() {
    let table = table("基本支出", "甲项经费").replace("30.00 ", "80.00 ");
    let found = reconciled(read_by_models(&[&table], &[("80.00", "60.00", 0.2)]));
    assert_eq!(printed(&found, 1)[2], "80.00");
    assert!(found.trust[0][1][2] < Some(Trust::Rounded));
}

#[test]
fn a_sum_that_two_readings_mend_chooses_neither_and_accuses_nobody() {
    let row = |n: usize| {
        format!(
            "| {}项经费 | 3.00       | 2.00       | 1.00       |
+----------+------------+------------+------------+
",
            ["三", "四", "五", "六"][n]
        )
    };
    let more: String = (0..4).map(row).collect();
    let table = table("基本支出", "甲项经费").replace("60.00", "72.00").replace("40.00", "48.00");
    let table = format!(
        "{}
{}",
        table.replace("20.00", "24.00"),
        more
    )
    .replace("15.00      | 10.00", "26.00      | 10.00");
    let found = reconciled(read_by_models(&[&table], &[]));
    assert!(failures(&found) > 0, "a contradiction where nothing else was read");
    let others = [("26.00", "15.00", 0.1), ("5.00", "16.00", 0.1)];
    let found = reconciled(read_by_models(&[&table], &[others[0], others[1], ("45.00", "34.00", 0.1)]));
    assert_eq!(printed(&found, 2)[1], "26.00");
    assert_eq!(failures(&found), 0);
    assert!(unsure(&found).iter().any(|note| note.contains("does not add up as it was read")), "{:?}", unsure(&found));
    assert!(found.trust[0][2][1] < Some(Trust::Rounded));
}

#[test]
fn an_amount_that_cannot_be_read_is_what_the_sums_say_among_its_readings() {
    let table = table("基本支出", "甲项经费").replace("30.00 ", "3C.00 ");
    let found = reconciled(read_by_models(&[&table], &[("3C.00", "30.00", 0.2)]));
    assert_eq!(printed(&found, 1)[2], "30.00");
    assert_eq!(found.trust[0][1][2], Some(Trust::Confirmed));
    let found = reconciled(read_by_models(&[&table], &[("3C.00", "36.00", 0.2)]));
    assert_eq!(printed(&found, 1)[2], "3C.00");
}

#[test]
fn what_lies_over_a_figure_is_told_and_sums_confirm_it_under_a_seal_alone() {
    let over = "something lies over `45.00`, or touches it: it may say another figure and stays unchecked";
    let seal = "a seal lies over `45.00`: nothing but sums tells whether it was read rightly";
    for (cover, row, message) in [(Cover::Seal, "+++", seal), (Cover::Ink, "?++", over)] {
        let mut document = read_by_models(&[&table("基本支出", "甲项经费")], &[]);
        let CleanBody::Pages(pages) = &mut document.body else { panic!("expected pages") };
        pages[0].pieces.iter_mut().filter(|piece| piece.text == "45.00").for_each(|piece| piece.cover = Some(cover));
        let found = reconciled(document);
        assert_eq!((trusted(&found).join(" "), unsure(&found)), (format!("+++ {row} +++"), vec![message]));
    }
}

#[test]
fn a_word_that_stands_elsewhere_bears_a_name_out_against_one_that_stands_nowhere() {
    let table = table("基本支出", "甲项经费");
    let found = reconciled(read_by_models(&[&table], &[("甲项经费", "甲项绍费", 0.3)]));
    assert_eq!(trusted(&found), ["+++", "+++", "+++"]);
    let found = reconciled(read_by_models(&[&table], &[("甲项经费", "甲项绍费", 0.7)]));
    assert_eq!(trusted(&found), ["+++", "???", "+++"], "nothing ranks the one before the other");
}

/// Two groups of columns, each below a name of its own.
fn groups(right: &str) -> String {
    let wide = right.chars().count() * 2;
    format!(
        "             支出总表
                                                    单位：万元
+----------+-------------------------+-------------------------+
| 项目     | 上年                    | 当年                    |
|          +------------+------------+------------+------------+
|          | 合计       | 基本支出   | {right}{} | 基本支出   |
+----------+------------+------------+------------+------------+
| 合计     | 60.00      | 40.00      | 66.00      | 44.00      |
+----------+------------+------------+------------+------------+
| 甲项经费 | 45.00      | 30.00      | 46.00      | 33.00      |
+----------+------------+------------+------------+------------+
| 乙项经费 | 15.00      | 10.00      | 20.00      | 11.00      |
+----------+------------+------------+------------+------------+",
        " ".repeat(10 - wide)
    )
}

#[test]
fn a_torn_name_says_against_its_own_group_of_columns_and_the_ones_beside_it() {
    let found = reconciled(read_by_models(&[&groups("合计")], &[]));
    assert_eq!(trusted(&found), ["++++", "++++", "++++"]);
    let found = reconciled(read_by_models(&[&groups("一般公")], &[]));
    assert_eq!(trusted(&found), ["+???", "+???", "+???"]);
}

#[test]
fn a_total_among_codes_of_units_says_nothing_against_the_columns() {
    let table = "             支出总表
                                         单位：万元
+----------+----------+------------+------------+------------+
| 单位编码 | 单位名称 | 合计       | 基本支出   | 项目支出   |
+----------+----------+------------+------------+------------+
| 合计     |          | 60.00      | 40.00      | 20.00      |
+----------+----------+------------+------------+------------+
| 131001   | 甲单位   | 45.00      | 30.00      | 15.00      |
+----------+----------+------------+------------+------------+
| 131002   | 乙单位   | 15.00      | 10.00      | 5.00       |
+----------+----------+------------+------------+------------+";
    let found = reconciled(read_by_models(&[table], &[]));
    assert_eq!(trusted(&found), ["+++", "+++", "+++"]);
}

/// Where amounts of these texts stand in the first statement, each read again as another text.
fn read_again(disclosure: &Disclosure, readings: &[(&str, &str)]) -> BTreeMap<u32, Vec<Piece>> {
    let mut again: BTreeMap<u32, Vec<Piece>> = BTreeMap::new();
    for value in disclosure.statements[0].records.iter().flat_map(|record| record.values.iter().flatten()) {
        for (_, text) in readings.iter().filter(|(printed, _)| *printed == value.text) {
            let (rect, text) = (value.provenance.rect.unwrap(), (*text).to_owned());
            let piece = Piece { rect, text, rivals: Vec::new(), is_partial: false, cover: None };
            again.entry(value.provenance.page).or_default().push(piece);
        }
    }
    again
}

/// A table of five rows and their sum, one of whose amounts is misread.
pub(crate) fn misread() -> String {
    let row = |name: &str| format!("| {name} | 15.00      | 10.00      | 5.00       |\n");
    let line = "+----------+------------+------------+------------+\n";
    let more: String = ["丙项经费", "丁项经费", "戊项经费"].map(|name| format!("{}{line}", row(name))).concat();
    let table = table("基本支出", "甲项经费").replace("60.00", "105.00").replace("40.00", "70.00");
    let table = format!("{}\n{more}", table.replace("20.00", "35.00").replace("105.00 ", "105.00"));
    table.replace("30.00 ", "80.00 ")
}

#[test]
fn a_sum_that_fails_beside_what_cannot_be_read_accuses_nobody() {
    let read = |drawn: &str| failures(&reconciled(read_by_models(&[drawn], &[])));
    let wrong = misread().replace("80.00 ", "74.00 ");
    assert_eq!((read(&misread()), read(&wrong) > 0), (0, true), "one digit alone is misread sooner than misprinted");
    let unread = wrong.rsplit_once("5.00 ").map(|(before, after)| format!("{before}15.0r{after}")).unwrap();
    assert_eq!(read(&unread), 0);
    // In a text layer it is the one amount that is not known.
    assert!(failures(&reconciled(page::document(&[&unread]))) > 0);
}

#[test]
fn an_amount_of_a_sum_that_fails_is_read_again_and_what_the_picture_gives_then_is_taken() {
    let misread = misread();
    let mut document = read_by_models(&[&misread], &[]);
    let note = |page| Note::new(NoteKind::ReadByOcr, "read by models", Provenance::page(page));
    document.notes.push(note(1));
    let disclosure = interpret(segment(document));
    let places = to_read_again(&reconcile(disclosure.clone()));
    let asked: usize = places.values().map(Vec::len).sum();
    assert!((1..=12).contains(&asked), "the sums that fail, not the whole table: {places:?}");

    let again = |readings: &[(&str, &str)]| {
        let mut anew = disclosure.clone();
        add_second(&mut anew, &read_again(&disclosure, readings));
        reconcile(anew)
    };
    let found = again(&[("80.00", "30.00"), ("45.00", "45.00")]);
    assert_eq!(printed(&found, 1)[2], "30.00");
    assert_eq!(found.trust[0][1][2], Some(Trust::Confirmed), "one of two sums chose it");
    let told = "what was read as `80.00` is `30.00` by the sums, and by a second reading of the picture";
    assert_eq!(unsure(&found), [told]);
    let found = again(&[("80.00", "60.00")]);
    assert_eq!(printed(&found, 1)[2], "80.00");
    assert!(found.trust[0][1][2] < Some(Trust::Rounded));
}

#[test]
fn nothing_of_a_text_layer_is_read_again() {
    let misread = table("基本支出", "甲项经费").replace("30.00 ", "80.00 ");
    let found = reconcile(interpret(segment(page::document(&[&misread]))));
    assert!(to_read_again(&found).is_empty());
}

const FORM: &str = "
林木养护项目绩效目标表
+------------+--------------------------------------+
| 项目名称   | 林木养护                             |
+------------+--------------+------------+----------+
| 主管部门   | 某市林业局   | 实施单位   | 某苗圃   |
+------------+--------------+------------+----------+
| 项目资金   | 年度资金总额              | 9.00     |
| （万元）   +--------------+------------+----------+
|            | 其中：财政拨款            | 6.00     |
|            +--------------+------------+----------+
|            | 其他资金                  | 3.00     |
+------------+--------------+------------+----------+
| 年度目标   | 种树                                 |
+------------+--------------+------------+----------+
| 绩效指标   | 一级指标     | 三级指标   | 指标值   |
|            +--------------+------------+----------+
|            | 产出指标     | 棵数       | 9棵      |
+------------+--------------+------------+----------+
";

/// Which funds of the first form sums bear out.
fn funds(others: &[(&str, &str, f32)]) -> (Vec<bool>, Vec<String>) {
    let found = reconciled(read_by_models(&[FORM], others));
    let borne_out = found.fund_trust[0].iter().map(|trust| *trust >= Some(Trust::Confirmed)).collect();
    (borne_out, unsure(&found).into_iter().map(str::to_owned).collect())
}

#[test]
fn funds_of_a_form_are_believed_where_no_reading_makes_another_label_of_theirs() {
    assert_eq!(funds(&[]), (vec![true, true], vec![]));
    assert_eq!(funds(&[("其他资金", "共他资金", 0.4)]).0, [true, true], "that is no label");
    let (borne_out, told) = funds(&[("其他资金", "财政拨款", 0.02)]);
    assert_eq!(borne_out, [true, false]);
    assert_eq!(told, ["what was read as `其他资金` may be `财政拨款`; its amounts stay unchecked"]);
    assert_eq!(funds(&[("（万元）", "（元）", 0.02)]).0, [false, false], "the unit is that of all");
}
