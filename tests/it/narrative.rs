//! Lines outside of tables, and the headings and paragraphs that they come out as.

use mingzhang::geom::Rect;
use mingzhang::interpret::section::sections;
use mingzhang::provenance::Provenance;
use mingzhang::segment::TextLine;
use mingzhang::segment::narrative::{Narrative, narrative};

/// Left margin, right margin and middle of a drawn page.
const LEFT: f32 = 80.0;
const RIGHT: f32 = 520.0;

/// A line of text: page, row, left edge, size; characters are as wide as the size (half of it where ASCII).
fn line(page: u32, row: u32, left: f32, size: f32, text: &str) -> TextLine {
    let width: f32 = text.chars().map(|ch| if ch.is_ascii() { size / 2.0 } else { size }).sum();
    let top = 90.0 + row as f32 * 24.0;
    let rect = Rect::from_corners(left, top, left + width, top + size);
    let centered = (rect.center_x() - (LEFT + RIGHT) / 2.0).abs() < 20.0;
    TextLine { text: text.to_owned(), provenance: Provenance::at(page, rect), size, centered, bold: false }
}

/// A first line of a paragraph, set in by two characters of 16 points.
pub fn first(page: u32, row: u32, text: &str) -> TextLine {
    line(page, row, LEFT + 32.0, 16.0, text)
}

/// A further line of a paragraph.
pub fn next(page: u32, row: u32, text: &str) -> TextLine {
    line(page, row, LEFT, 16.0, text)
}

/// A title in the middle of the page.
pub fn title(page: u32, row: u32, size: f32, text: &str) -> TextLine {
    let width = text.chars().count() as f32 * size;
    line(page, row, (LEFT + RIGHT - width) / 2.0, size, text)
}

/// A line of text that reaches the right margin from the indent, and one from the left margin.
const FULL_FIRST: &str = "本部门坚持节约用钱的原则安排各项支出并按规定公开预";
const FULL_NEXT: &str = "算全年共安排各类活动若干次由各处室分工负责具体实施做";

fn blocks(found: &Narrative) -> Vec<String> {
    found
        .blocks
        .iter()
        .map(|block| match block.heading {
            Some(level) => format!("{level} {}", block.text),
            None => format!("- {}", block.text),
        })
        .collect()
}

/// Two pages of text, so that margins and the usual size are known, after the lines of a test.
fn with_body(mut lines: Vec<TextLine>) -> Vec<TextLine> {
    for page in [98, 99] {
        lines.push(first(page, 0, FULL_FIRST));
        for row in 1..8 {
            lines.push(next(page, row, FULL_NEXT));
        }
        lines.push(next(page, 8, "好。"));
    }
    lines
}

/// The blocks before those of [`with_body`].
pub fn read(lines: Vec<TextLine>) -> Vec<String> {
    let mut found = blocks(&narrative(with_body(lines)));
    found.truncate(found.len() - 2);
    found
}

#[test]
fn headings_of_three_levels_stand_alone_and_run_in_ones_are_text() {
    let found = read(vec![
        title(2, 0, 22.0, "第一部分 概况"),
        first(2, 1, "一、主要职责"),
        first(2, 2, "（一）机构设置"),
        first(2, 3, "（二）收入预算：共12万元。"),
        first(2, 4, "1、办公室"),
        first(2, 5, "二、机关运行经费：指日常支出。"),
    ]);
    assert_eq!(
        found,
        [
            "1 第一部分 概况",
            "2 一、主要职责",
            "3 （一）机构设置",
            "- （二）收入预算：共12万元。",
            "- 1、办公室",
            "- 二、机关运行经费：指日常支出。"
        ]
    );
}

#[test]
fn wrapped_lines_are_one_paragraph_over_the_page_break() {
    let found = read(vec![
        first(2, 0, "一、主要职责"),
        first(2, 1, FULL_FIRST),
        next(3, 0, FULL_NEXT),
        next(3, 1, "好。"),
        first(3, 2, "全年如此。"),
    ]);
    assert_eq!(found, ["2 一、主要职责", &format!("- {FULL_FIRST}{FULL_NEXT}好。"), "- 全年如此。"]);
}

#[test]
fn a_heading_that_fills_its_line_does_not_swallow_the_text_below() {
    let heading = "（四）财政拨款收支预算情况的总体说明（详见附后的表）";
    let found = read(vec![first(2, 0, heading), first(2, 1, "共12万元。")]);
    assert_eq!(found, [&format!("3 {heading}"), "- 共12万元。"]);
}

#[test]
fn a_heading_over_two_lines_is_one_heading() {
    let found =
        read(vec![title(2, 0, 18.0, "第三部分 某市某局"), title(2, 1, 18.0, "预算情况说明"), first(2, 2, "好。")]);
    assert_eq!(found, ["1 第三部分 某市某局预算情况说明", "- 好。"]);
}

#[test]
fn a_part_without_a_name_takes_the_title_below_it() {
    let found = read(vec![title(2, 0, 22.0, "第一部分"), title(2, 2, 16.0, "部门概况"), first(2, 4, "好。")]);
    assert_eq!(found, ["1 第一部分部门概况", "- 好。"]);
}

#[test]
fn an_unnumbered_title_over_a_page_of_text_is_a_heading() {
    let found = read(vec![
        title(1, 9, 30.0, "某局部门预算"),
        title(2, 0, 22.0, "名词解释"),
        first(2, 2, "一、机关运行经费：指日常支出。"),
    ]);
    assert_eq!(found, ["1 名词解释", "- 一、机关运行经费：指日常支出。"]);
}

#[test]
fn a_title_within_the_page_is_text() {
    let found = read(vec![first(2, 0, "如下图所示。"), title(2, 20, 22.0, "支出构成图"), first(2, 22, "好。")]);
    assert_eq!(found, ["- 如下图所示。", "- 支出构成图", "- 好。"]);
}

#[test]
fn contents_are_left_out_with_page_numbers_and_without() {
    let dotted = read(vec![
        title(2, 0, 22.0, "目  录"),
        next(2, 1, "第一部分 概况............3"),
        next(2, 2, "一、主要职责............4"),
        first(3, 0, "第一部分 概况"),
        first(3, 1, "好。"),
    ]);
    assert_eq!(dotted, ["1 第一部分 概况", "- 好。"]);
    let plain = read(vec![
        title(2, 0, 22.0, "目录"),
        next(2, 1, "第一部分 概况"),
        next(2, 2, "一、主要职责"),
        next(2, 3, "二、机构设置"),
        next(3, 0, "第二部分 报表"),
        next(3, 1, "一、收支总表"),
        next(3, 2, "二、收入总表"),
        first(4, 0, "第一部分 概况"),
        first(4, 1, "好。"),
    ]);
    assert_eq!(plain, ["1 第一部分 概况", "- 好。"]);
}

#[test]
fn a_list_of_duties_on_the_page_after_the_contents_is_text() {
    let found = read(vec![
        title(1, 0, 22.0, "某市某中心2031年预算"),
        title(2, 0, 22.0, "目录"),
        first(2, 1, "一、主要职责"),
        first(2, 2, "二、预算表"),
        first(2, 3, "1.收支总表"),
        first(2, 4, "2.收入总表"),
        title(3, 0, 22.0, "某市某中心主要职责"),
        first(3, 1, "某市某中心主要职责包括："),
        first(3, 2, "1.林木种苗的培育；"),
        first(3, 3, "2.林木病害的防治；"),
        first(3, 4, "3.古树的养护；"),
        first(3, 5, "4.承担其他工作。"),
    ]);
    assert_eq!(
        found,
        [
            "1 某市某中心主要职责",
            "- 某市某中心主要职责包括：",
            "- 1.林木种苗的培育；",
            "- 2.林木病害的防治；",
            "- 3.古树的养护；",
            "- 4.承担其他工作。"
        ]
    );
}

#[test]
fn a_bare_list_is_text_where_the_contents_did_not_fill_their_page() {
    let found = read(vec![
        title(1, 0, 22.0, "某市某中心2031年预算"),
        title(2, 0, 22.0, "目录"),
        first(2, 1, "一、机构设置"),
        first(2, 2, "二、预算表"),
        first(3, 0, "1.办公室"),
        first(3, 1, "2.种苗科"),
        first(3, 2, "3.养护科"),
        first(3, 20, "4.财务科"),
    ]);
    assert_eq!(found, ["- 1.办公室", "- 2.种苗科", "- 3.养护科", "- 4.财务科"]);
}

#[test]
fn contents_that_end_on_the_page_where_the_text_begins_are_left_out() {
    let found = read(vec![
        title(1, 0, 22.0, "某市某局2031年预算"),
        title(1, 1, 18.0, "目录"),
        first(1, 2, "第一部分 概况"),
        first(1, 3, "一、主要职责"),
        first(1, 4, "二、工作任务"),
        first(2, 0, "三、名词解释"),
        first(2, 1, "第二部分 公开报表"),
        first(2, 2, "（具体报表）"),
        title(2, 3, 18.0, "第一部分 概况"),
        first(2, 4, "一、主要职责"),
        first(2, 5, "负责全市林木的养护，承担有关工作。"),
    ]);
    assert_eq!(found, ["1 第一部分 概况", "2 一、主要职责", "- 负责全市林木的养护，承担有关工作。"]);
}

#[test]
fn numbered_headings_that_enclose_the_parts_are_no_lower_than_they() {
    let found = read(vec![
        title(1, 0, 22.0, "某市某局2031年预算"),
        title(2, 0, 18.0, "一、说明"),
        title(2, 1, 18.0, "第一部分 概况"),
        first(2, 2, "一、主要职责"),
        first(2, 3, "养护林木。"),
        first(2, 4, "二、机构设置"),
        first(2, 5, "一个处。"),
        title(3, 0, 18.0, "第二部分 名词解释"),
        first(3, 1, "无。"),
        title(4, 0, 18.0, "二、表格"),
    ]);
    assert_eq!(
        found,
        [
            "1 一、说明",
            "1 第一部分 概况",
            "2 一、主要职责",
            "- 养护林木。",
            "2 二、机构设置",
            "- 一个处。",
            "1 第二部分 名词解释",
            "- 无。",
            "1 二、表格"
        ]
    );
}

#[test]
fn running_heads_and_page_numbers_do_not_part_a_paragraph() {
    let mut lines = Vec::new();
    for (page, mark) in (2..6).zip(["甲", "乙", "丙", "丁"]) {
        lines.push(line(page, 0, 200.0, 9.0, "某市某局部门预算"));
        if page == 2 {
            lines.push(first(page, 2, FULL_FIRST));
        }
        lines.push(next(page, 3, &FULL_NEXT.replace("各处室", &format!("处室{mark}"))));
        lines.push(line(page, 30, 290.0, 9.0, &format!("- {page} -")));
    }
    let found = read(lines);
    assert_eq!(found.len(), 1);
    assert!(found[0].ends_with(&FULL_NEXT.replace("各处室", "处室丁")));
}

#[test]
fn the_cover_is_kept_apart() {
    let found = narrative(with_body(vec![
        title(1, 3, 30.0, "某市某局"),
        title(1, 5, 30.0, "部门预算"),
        first(2, 0, "一、主要职责"),
        first(2, 1, "好。"),
    ]));
    let cover: Vec<&str> = found.cover.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(cover, ["某市某局", "部门预算"]);
    assert_eq!(blocks(&found)[0], "2 一、主要职责");
}

#[test]
fn a_title_over_the_first_page_s_text_belongs_to_the_cover() {
    let found = narrative(with_body(vec![
        title(1, 0, 22.0, "某局部门预算情况说明"),
        first(1, 2, "一、主要职责"),
        first(1, 3, "好。"),
    ]));
    assert_eq!(found.cover.len(), 1);
    assert_eq!(blocks(&found)[0], "2 一、主要职责");
}

#[test]
fn lines_without_geometry_are_joined_by_their_width() {
    let dump = |text: &str| TextLine {
        text: text.to_owned(),
        provenance: Provenance::page(1),
        size: 0.0,
        centered: false,
        bold: false,
    };
    let mut lines = vec![dump("一、主要职责"), dump(&format!("　　{FULL_FIRST}"))];
    lines.extend((0..5).map(|_| dump(FULL_NEXT)));
    lines.push(dump("好。"));
    lines.push(dump("　　全年如此。"));
    let found = blocks(&narrative(lines));
    assert_eq!(found.len(), 3);
    assert!(found[1].ends_with("好。"));
}

#[test]
fn sections_hold_their_own_paragraphs_one_a_line() {
    let found = narrative(with_body(vec![
        first(2, 0, "共 12 万元。"),
        first(2, 1, "一、收入"),
        first(2, 2, "共 12 万元。"),
        first(2, 3, "其中： 拨款 9 万元。"),
        first(2, 4, "（一）构成"),
    ]));
    let sections = sections(&found.blocks);
    // Text above the first heading has none.
    assert_eq!((sections[0].heading.as_str(), sections[0].text.as_str()), ("", "共12万元。"));
    assert_eq!(sections[1].heading, "一、收入");
    assert_eq!(sections[1].text, "共12万元。\n其中：拨款9万元。");
    assert_eq!((sections[2].level, sections[2].provenance.page), (3, 2));
}

/// Three annex pages of one template: a title, a line, and the text below it.
fn annexes(second: impl Fn(u32) -> String) -> Vec<String> {
    let pages = (2..5).flat_map(|page| {
        let name = ["潮位", "浮标", "雷达"][page as usize - 2];
        let lines = [second(page), format!("本项目用于{name}。")];
        let text = (1u32..).zip(lines).map(move |(row, text)| next(page, row, &text));
        std::iter::once(title(page, 0, 22.0, &format!("{name}经费说明"))).chain(text).collect::<Vec<_>>()
    });
    read(std::iter::once(title(1, 9, 30.0, "某局部门预算")).chain(pages).collect())
}

#[test]
fn sentences_at_one_height_whose_figures_differ_are_text() {
    let found = annexes(|page| format!("年初安排{}.60万元。", page * 107));
    for amount in ["214.60", "321.60", "428.60"] {
        assert!(found.iter().any(|text| text.contains(amount)), "{found:?}");
    }
}

#[test]
fn a_heading_at_one_height_of_many_pages_is_a_heading() {
    let found = annexes(|_| "一、项目概述".to_owned());
    assert_eq!(found.iter().filter(|text| *text == "2 一、项目概述").count(), 3, "{found:?}");
}

#[test]
fn a_running_head_that_counts_the_pages_leaves() {
    let pages = (2..6).flat_map(|page| {
        [
            title(page, 0, 10.0, &format!("某局2031年部门预算第{page}页")),
            first(page, 2, "好。"),
            first(page, 3, "全年如此。"),
        ]
    });
    let found = read(std::iter::once(title(1, 9, 30.0, "某局部门预算")).chain(pages).collect());
    assert!(!found.iter().any(|text| text.contains("第2页")), "{found:?}");
}
