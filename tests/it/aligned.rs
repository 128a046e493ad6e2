//! Tables without rulings: columns, headers and rows from where texts stand.

use crate::page::{paths, rows, tables};

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
