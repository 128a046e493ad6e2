//! A drawn rule parts the texts of two cells, however near they stand; and where it is missing, places do.

use mingzhang::read::{Direction, Glyph, Orientation};
use mingzhang::repair::CleanBody;
use mingzhang::segment::TableRegion;

use crate::page::{document, paths, rows, tables, tables_of};

/// The tables of a drawn page where rules run through text, and what begins in columns `from..to` is moved right.
fn moved(drawing: &str, moves: &[(usize, usize, f32)]) -> Vec<TableRegion> {
    let mut document = document(&[drawing]);
    let CleanBody::Pages(pages) = &mut document.body else { unreachable!("drawn pages") };
    let page = &mut pages[0];
    for glyph in &mut page.glyphs {
        let column = (glyph.rect.x0 / 6.0).round() as usize;
        let by: f32 = moves.iter().filter(|(from, to, _)| (*from..*to).contains(&column)).map(|m| m.2).sum();
        glyph.origin.0 += by;
        glyph.rect.x0 += by;
        glyph.rect.x1 += by;
    }
    let uprights = || page.rulings.iter().filter(|r| r.orientation == Orientation::Vertical);
    let (top, foot) =
        (uprights().map(|r| r.from).fold(f32::MAX, f32::min), uprights().map(|r| r.to).fold(0.0, f32::max));
    for ruling in page.rulings.iter_mut().filter(|r| r.orientation == Orientation::Vertical) {
        (ruling.from, ruling.to) = (top, foot);
    }
    tables_of(document)
}

#[test]
fn whole_figures_that_nearly_touch_at_a_rule_are_two() {
    let drawing = "
支出总表
+--------+----------+----------+
| 名称   |     合计 | 基本     |
+--------+----------+----------+
| 教育   |   3949315| 3119617  |
+--------+----------+----------+
| 卫生   |   1250000| 250000   |
+--------+----------+----------+
";
    // A twentieth of the em between them, or an overlap: within each the digits touch.
    for gap in [0.6, -1.8] {
        let tables = moved(drawing, &[(10, 20, 2.7), (20, 31, gap - 9.3)]);
        assert_eq!(rows(&tables[0]), ["教育 | 3949315 | 3119617", "卫生 | 1250000 | 250000"], "{gap}");
    }
}

#[test]
fn an_amount_that_runs_over_a_rule_towards_the_next_one_is_whole() {
    let drawing = "
支出总表
+--------+----------+------------+
| 名称   |      合计|        基本|
+--------+----------+------------+
| 教育   |2079068.48|2079068.48  |
+--------+----------+------------+
| 卫生   |   3000.00|3000.00     |
+--------+----------+------------+
";
    // The last digits stand right of the rule, a fifth of the em from the next amount.
    let tables = moved(drawing, &[(10, 20, 12.0), (20, 33, 8.4)]);
    assert_eq!(rows(&tables[0]), ["教育 | 2079068.48 | 2079068.48", "卫生 | 3000.00 | 3000.00"]);
    // Where they touch, their decimals part them; with other than two each is in doubt.
    let tables = moved(drawing, &[(10, 20, 12.0), (20, 33, 6.0)]);
    assert_eq!(rows(&tables[0])[0], "教育 | 2079068.48 | 2079068.48");
    let tables =
        [&tables[0], &moved(&drawing.replace("2079068.48", "207906.848"), &[(10, 20, 12.0), (20, 33, 6.0)])[0]]
            .map(|table| table.rows[0].cells.iter().flatten().filter(|cell| cell.doubt.is_some()).count());
    assert_eq!(tables, [0, 2]);
}

#[test]
fn names_that_fill_their_cells_are_two() {
    let drawing = "
绩效目标表
+--------+--------+------------+
|项目名称|一级指标|二级指标    |
+--------+--------+------------+
|道路养护|产出指标|数量        |
+--------+--------+------------+
";
    let tables = moved(drawing, &[(1, 9, 2.4), (10, 18, -2.4), (19, 31, -7.2)]);
    assert_eq!(paths(&tables[0]), ["项目名称", "一级指标", "二级指标"]);
    assert_eq!(rows(&tables[0]), ["道路养护 | 产出指标 | 数量"]);
}

#[test]
fn a_label_that_runs_over_a_rule_is_one_text() {
    let drawing = "
支出总表
+--------+----------+----------+
| 名称   |     合计 |     基本 |
+--------+----------+----------+
|行政事业单位养老   |     3.00 |
+--------+----------+----------+
";
    assert_eq!(rows(&moved(drawing, &[])[0]), ["行政事业单位养老 | . | 3.00"]);
}

#[test]
fn an_amount_drawn_over_the_end_of_a_label_is_its_own() {
    let drawing = "
支出总表
+--------+----------+----------+
| 名称   | 合计     |     基本 |
+--------+----------+----------+
|事业单位养老3.00   |     3.00 |
+--------+----------+----------+
";
    assert_eq!(rows(&moved(drawing, &[(13, 20, -6.0)])[0]), ["事业单位养老 | 3.00 | 3.00"]);
}

#[test]
fn figures_wider_than_their_cells_stay_whole() {
    let drawing = "
支出总表
+----------+--------+--------+
| 名称     |   合计 |   基本 |
+----------+--------+--------+
| 教育     |  12.00 |   3.00 |
+----------+--------+--------+
| 卫生   195,130.00195,130.00|
+----------+--------+--------+
";
    // The second begins over the end of the first.
    let tables = moved(drawing, &[(19, 29, -6.0)]);
    assert_eq!(rows(&tables[0])[1], "卫生 | 195,130.00 | 195,130.00");
}

#[test]
fn figures_whose_rules_are_missing_stand_in_the_columns_they_are_set_to() {
    let tables = tables(&["
支出总表
+--------+--------+--------+--------+
| 名称   | 科目   |   合计 |   基本 |
+--------+--------+--------+--------+
| 教育   | 工资   |  12.00 |   3.00 |
+--------+--------+--------+--------+
| 卫生   | 工资   |  30.00     3.00 |
+--------+--------+-----------------+
| 合计   |      117,042.00 |   6.00 |
+--------+-----------------+--------+
"]);
    assert_eq!(
        rows(&tables[0]),
        ["教育 | 工资 | 12.00 | 3.00", "卫生 | 工资 | 30.00 | 3.00", "合计 | . | 117,042.00 | 6.00"]
    );
}

#[test]
fn an_amount_merged_over_two_columns_of_amounts_stands_in_the_first() {
    let tables = tables(&["
支出总表
+--------+--------+--------+
| 名称   |   合计 |   基本 |
+--------+--------+--------+
| 教育   |  12.00 |   3.00 |
+--------+--------+--------+
| 卫生   |          30.00 |
+--------+-----------------+
"]);
    assert_eq!(rows(&tables[0]), ["教育 | 12.00 | 3.00", "卫生 | 30.00 | ."]);
}

#[test]
fn a_line_of_a_text_over_several_columns_is_not_parted_where_a_column_s_texts_begin() {
    let drawing = "
支出总表
+------+------+------------+--------+
| 编码 | 名称 | 说明       |   金额 |
+------+------+------------+--------+
| 201  | 养护 | 全年开展   |  12.00 |
+------+------+------------+--------+
| 202  | 整修 | 全年完成   |   3.00 |
+------+------+------------+--------+
| 203  | 检查 | 全年进行   |   3.00 |
+------+------+------------+--------+
| 合计 | 按计   全年养护和整修工作  |
+------+------+------------+--------+
";
    let tables = tables(&[drawing]);
    let rows = rows(&tables[0]);
    assert_eq!(rows.last().map(String::as_str), Some("合计 | 按计全年养护和整修工作 | . | ."), "{rows:?}");
}

/// The tables of a drawn page whose glyphs are changed.
fn changed(drawing: &str, change: impl Fn(&mut Glyph)) -> Vec<TableRegion> {
    let mut document = document(&[drawing]);
    let CleanBody::Pages(pages) = &mut document.body else { unreachable!("drawn pages") };
    pages[0].glyphs.iter_mut().for_each(change);
    tables_of(document)
}

#[test]
fn small_upright_print_over_the_text_of_a_cell_is_no_part_of_it() {
    let drawing = "
支出总表
+--------+----------+----------+
| 名称   |     合计 | 基本  费 |
+--------+----------+----------+
| 教育   |    39.00 |    31.00 |
+--------+----------+----------+
";
    let tables = changed(drawing, |glyph| {
        if glyph.ch == '费' {
            (glyph.direction, glyph.size) = (Direction::Vertical, 0.5 * glyph.size);
        }
    });
    assert_eq!(paths(&tables[0]), ["名称", "合计", "基本"]);
    assert_eq!(paths(&changed(drawing, |_| ())[0]), ["名称", "合计", "基本费"]);
}

#[test]
fn a_line_clipped_at_the_rule_below_it_belongs_to_the_cell_above_the_rule() {
    let drawing = "
支出总表
+--------+--------+
| 名称   |   合计 |
+--------+--------+
| 教育   |  39.00 |
| 服务   |        |
+--------+--------+
| 卫生   |  31.00 |
+--------+--------+
";
    // The middle of its ink is above the rule, that of its box, which reaches far below the baseline, is below it.
    let tables = changed(drawing, |glyph| {
        if matches!(glyph.ch, '服' | '务') {
            (glyph.origin.1, glyph.rect.y0, glyph.rect.y1) =
                (glyph.origin.1 + 8.5, glyph.rect.y0 + 8.5, glyph.rect.y1 + 16.0);
        }
    });
    assert_eq!(rows(&tables[0]), ["教育服务 | 39.00", "卫生 | 31.00"]);
}
