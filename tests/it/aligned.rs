//! Tables without rulings: columns, headers and rows from where texts stand.

use mingzhang::read::Glyph;
use mingzhang::repair::CleanBody;
use mingzhang::segment::TableRegion;

use crate::page::{document, paths, rows, tables, tables_of};

/// The tables of pages as drawn, whose glyphs something was done to; it gets the page's number as well.
fn tables_with(drawings: &[&str], change: impl Fn(u32, &mut Glyph)) -> Vec<TableRegion> {
    let mut document = document(drawings);
    let CleanBody::Pages(pages) = &mut document.body else { panic!("expected pages") };
    for page in pages {
        page.glyphs.iter_mut().for_each(|glyph| change(page.number, glyph));
    }
    tables_of(document)
}

#[test]
fn column_numbers_tell_the_columns_that_are_blank() {
    let tables = tables(&["
              支出总表
部门：青岚局                              单位：万元
项目            合计      基本支出    项目支出
  1              2           3           4
教育          1000.00                  1000.00
事务            12.00                    12.00
"]);
    assert_eq!(paths(&tables[0]), ["项目", "合计", "基本支出", "项目支出"]);
    assert_eq!(rows(&tables[0]), ["教育 | 1000.00 | . | 1000.00", "事务 | 12.00 | . | 12.00"]);
}

#[test]
fn a_unit_in_the_middle_of_its_projects_stands_on_the_first_of_them() {
    let tables = tables(&["
              项目支出表
部门：青岚局                              单位：万元
单位名称        项目名称        合计      财政拨款
                书画展          12.00        12.00

青岚馆          修缮             8.00         8.00

                讲座             4.00         4.00

青岚站          巡展             5.00         5.00
"]);
    let expected = [
        "青岚馆 | 书画展 | 12.00 | 12.00",
        ". | 修缮 | 8.00 | 8.00",
        ". | 讲座 | 4.00 | 4.00",
        "青岚站 | 巡展 | 5.00 | 5.00",
    ];
    assert_eq!(rows(&tables[0]), expected);
}

#[test]
fn a_heading_with_a_blank_below_the_last_row_is_none_of_the_table() {
    let tables = tables(&["
              支出总表
部门：青岚局                              单位：万元
项目                      合计      项目支出
教育                   1000.00       1000.00
事务                     12.00         12.00


         第三部分 2024年度情况说明
"]);
    assert_eq!(paths(&tables[0]), ["项目", "合计", "项目支出"]);
    assert_eq!(rows(&tables[0]), ["教育 | 1000.00 | 1000.00", "事务 | 12.00 | 12.00"]);
}

#[test]
fn zeros_beside_their_columns_name_are_below_it_and_an_item_keeps_its_number() {
    let tables = tables(&["
              支出总表
部门：青岚局                              单位：元
项目                合计        基本支出          项目支出
1. 教育          1000.00                     0     1000.00
2. 事务            12.00                     0       12.00
"]);
    assert_eq!(paths(&tables[0]), ["项目", "合计", "基本支出", "项目支出"]);
    assert_eq!(rows(&tables[0]), ["1.教育 | 1000.00 | 0 | 1000.00", "2.事务 | 12.00 | 0 | 12.00"]);
}

#[test]
fn a_total_in_the_middle_of_the_columns_of_codes_and_names_is_in_the_first() {
    let tables = tables(&["
              支出总表
部门：青岚局                                    单位：万元
科目编码      科目名称            合计      项目支出
         合计                   12.00         12.00
205         教育支出            12.00         12.00
20501       教育管理事务        12.00         12.00
"]);
    assert_eq!(paths(&tables[0]), ["科目编码", "科目名称", "合计", "项目支出"]);
    let expected =
        ["合计 | . | 12.00 | 12.00", "205 | 教育支出 | 12.00 | 12.00", "20501 | 教育管理事务 | 12.00 | 12.00"];
    assert_eq!(rows(&tables[0]), expected);
}

#[test]
fn a_page_without_a_header_goes_on_between_the_walls_of_the_page_before() {
    let tables = tables(&[
        "
              支出总表
部门：青岚局                                    单位：万元
项目                合计        基本支出      项目支出
教育            1,012.00           12.00      1,000.00
",
        "


事务               12.00                         12.00
",
    ]);
    assert_eq!(tables.len(), 1);
    assert_eq!(rows(&tables[0]), ["教育 | 1,012.00 | 12.00 | 1,000.00", "事务 | 12.00 | . | 12.00"]);
}

#[test]
fn amounts_right_of_the_name_in_the_middle_of_their_column_are_its_beside_a_blank_column() {
    let tables = tables(&["
              支出总表
部门：青岚局                                                  单位：万元
项目             合计              基本支出          项目支出
教育                   12.00                                      12.00
事务                    9.00                                       9.00
"]);
    assert_eq!(rows(&tables[0]), ["教育 | 12.00 | . | 12.00", "事务 | 9.00 | . | 9.00"]);
    assert!(tables[0].rows.iter().flat_map(|row| &row.cells).flatten().all(|cell| cell.doubt.is_none()));
}

#[test]
fn groups_of_one_line_stand_from_left_to_right_though_one_is_a_little_higher() {
    let page = "
                    收支总表
部门：青岚局                                              单位：万元
      收入                                支出
项目           预算数          项目                预算数
事业收入        12.00          教育                 12.00
其他收入         9.00          事务                  9.00
";
    let raised = |_: u32, glyph: &mut Glyph| {
        if matches!(glyph.ch, '支' | '出') {
            (glyph.rect.y0, glyph.rect.y1, glyph.origin.1) =
                (glyph.rect.y0 - 0.4, glyph.rect.y1 - 0.4, glyph.origin.1 - 0.4);
        }
    };
    for tables in [tables(&[page]), tables_with(&[page], raised)] {
        assert_eq!(paths(&tables[0]), ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"]);
    }
}

#[test]
fn a_page_in_smaller_type_goes_on_between_the_walls_of_the_page_before() {
    let pages = [
        "
              支出总表
部门：青岚局                                    单位：万元
项目                合计        基本支出      项目支出
教育            1,012.00           12.00      1,000.00
",
        "


事务               12.00                         12.00
",
    ];
    // Glyphs get smaller where they stand.
    let smaller = |page: u32, glyph: &mut Glyph| {
        if page == 2 {
            glyph.size *= 0.8;
            glyph.rect.x1 = glyph.rect.x0 + 0.8 * glyph.rect.width();
        }
    };
    let tables = tables_with(&pages, smaller);
    assert_eq!(tables.len(), 1);
    assert_eq!(rows(&tables[0]), ["教育 | 1,012.00 | 12.00 | 1,000.00", "事务 | 12.00 | . | 12.00"]);
}

#[test]
fn a_running_head_with_a_year_in_it_is_no_header() {
    let pages = [
        "
                   青岚局 2024年公开材料

              支出总表
部门：青岚局                                    单位：万元
项目                合计        基本支出      项目支出
教育            1,012.00           12.00      1,000.00
",
        "
                   青岚局 2024年公开材料


事务               12.00                         12.00
",
        "
                   青岚局 2024年公开材料


文化               12.00                         12.00
",
    ];
    // What stands above everything else is put into the margin.
    let lifted = |_: u32, glyph: &mut Glyph| {
        if glyph.rect.y0 < 160.0 {
            (glyph.rect.y0, glyph.rect.y1, glyph.origin.1) =
                (glyph.rect.y0 - 100.0, glyph.rect.y1 - 100.0, glyph.origin.1 - 100.0);
        }
    };
    let tables = tables_with(&pages, lifted);
    assert_eq!(tables.len(), 1);
    let expected = ["教育 | 1,012.00 | 12.00 | 1,000.00", "事务 | 12.00 | . | 12.00", "文化 | 12.00 | . | 12.00"];
    assert_eq!(rows(&tables[0]), expected);
}

#[test]
fn a_lone_number_between_rows_ends_no_table_and_one_below_it_does() {
    let table = |between: &str, below: &str| {
        let page = format!(
            "
              支出总表
部门：青岚局                                    单位：万元
项目                合计        基本支出      项目支出
教育            1,012.00           12.00      1,000.00
{between}
事务               12.00           12.00
{below}
"
        );
        rows(&tables(&[&page])[0])
    };
    let whole = ["教育 | 1,012.00 | 12.00 | 1,000.00", "事务 | 12.00 | 12.00 | ."];
    assert_eq!(table("", "")[..], whole);
    assert_eq!(table("", "                          7")[..], whole);
    assert_eq!(table("11", "").last().map(String::as_str), Some(whole[1]));
}

#[test]
fn a_row_that_counts_its_columns_is_no_data_whatever_its_mark_was_read_as() {
    let table = |mark: &str, counted: &str| {
        let page = format!(
            "
              支出总表
部门：青岚局                                              单位：万元
项目            合计      基本支出    项目支出   其他支出
{mark}          {counted}
教育         1000.00        1000.00       10.00       10.00
"
        );
        tables(&[&page])[0].rows.len()
    };
    let counted = "  1           2           3           4";
    assert_eq!((table("**", counted), table("本车", counted), table("*水", "  1           2           3")), (1, 1, 1));
    assert_eq!((table("合计", counted), table("水费", "  1           2           4           5")), (2, 2));
    assert_eq!(table("教育局", counted), 2);
}
