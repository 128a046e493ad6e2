//! What stands above a table, on pages drawn in text: title, number, department, unit and year.

use mingzhang::interpret::statement::{Heading, heading};

use crate::page::tables;

const GRID: &str = "
+----------+----------+----------+
| 项目     | 合计     | 其他     |
+----------+----------+----------+
| 行政运行 |    12.00 |     1.00 |
+----------+----------+----------+
";

/// The heading of the one table below the drawn lines.
fn read(above: &str) -> Heading {
    let tables = tables(&[&format!("{above}{GRID}")]);
    assert_eq!(tables.len(), 1);
    heading(&tables[0].caption)
}

/// Title, number, department, its code and unit, `.` where there is none.
fn told(above: &str) -> String {
    let found = read(above);
    [found.title, found.number, found.department, found.department_code, found.unit]
        .map(|field| field.unwrap_or_else(|| ".".to_owned()))
        .join(" | ")
}

#[test]
fn a_department_stands_far_from_its_label_or_has_none() {
    let apart = "
            支出总表
部门：      某市河道局               单位：万元";
    assert_eq!(told(apart), "支出总表 | . | 某市河道局 | . | 万元");
    let coded = "
            支出总表
606-某市河道局                       单位：万元";
    assert_eq!(told(coded), "支出总表 | . | 某市河道局 | 606 | 万元");
    let bare = "
            支出总表
某市河道局           2031年度           单位：元";
    assert_eq!(told(bare), "支出总表 | . | 某市河道局 | . | 元");
    assert_eq!(read(bare).fiscal_year, Some(2031));
    let labelled = "
            支出总表
部门：[606]某市河道局（本级）        单位：元";
    assert_eq!(told(labelled), "支出总表 | . | 某市河道局（本级） | 606 | 元");
}

#[test]
fn a_unit_may_be_a_bare_word() {
    let bare = "
                                     表03
          2031年部门支出总表
606-某市河道局                       万元";
    assert_eq!(told(bare), "2031年部门支出总表 | 表03 | 某市河道局 | 606 | 万元");
    let alone = "
          支出总表
                                     （元）";
    assert_eq!(told(alone), "支出总表 | . | . | . | 元");
    let cut = "
          支出总表
                             单位：万
                             元";
    assert_eq!(told(cut), "支出总表 | . | . | . | 万元");
}

#[test]
fn a_name_that_wraps_is_whole() {
    let wrapped = "
            支出总表
部门：某市河道管理委员会驻东山办     单位：万元
事处";
    assert_eq!(told(wrapped), "支出总表 | . | 某市河道管理委员会驻东山办事处 | . | 万元");
    let around = "
            支出总表
606-某市河道管理委员会驻东山办
                                     单位：万元
事处";
    assert_eq!(told(around), "支出总表 | . | 某市河道管理委员会驻东山办事处 | 606 | 万元");
}

#[test]
fn a_title_goes_on_in_the_next_line() {
    let tail = "
   “三公”经费、会议费、培训费支出预算
                    表
部门：某市河道局                     单位：万元";
    assert_eq!(told(tail), "“三公”经费、会议费、培训费支出预算表 | . | 某市河道局 | . | 万元");
    let remark = "
表7
          一般公共预算支出表
        （按支出功能分类科目）
                                     单位：万元";
    assert_eq!(told(remark), "一般公共预算支出表（按支出功能分类科目） | 表7 | . | . | 万元");
    let year = "
          一般公共预算支出表
             （2031年度）
                                     单位：万元";
    assert_eq!(told(year), "一般公共预算支出表 | . | . | . | 万元");
}

#[test]
fn a_title_is_found_above_a_line_that_is_not_understood() {
    let date = "
          支出总表
                                     单位：万元
制表于某月某日";
    assert_eq!(told(date), "支出总表 | . | . | . | 万元");
    let sentence = "
          支出总表
收入比上年多，支出比上年少。";
    assert_eq!(told(sentence), ". | . | . | . | .");
}

#[test]
fn a_title_and_its_number_stand_on_one_line() {
    let line = "
          支出总表                   表3
                                     单位：万元";
    assert_eq!(told(line), "支出总表 | 表3 | . | . | 万元");
}

#[test]
fn a_remark_stands_beside_the_unit_or_in_a_row_of_its_own() {
    let beside = "
            一般公共预算支出表
           （按支出功能分类）        单位：万元";
    assert_eq!(told(beside), "一般公共预算支出表（按支出功能分类） | . | . | . | 万元");
    let tables = tables(&["
+--------------------------------+
|      一般公共预算支出表        |
+--------------------------------+
|     （按支出功能分类科目）     |
+---------------------+----------+
| 606-某市河道局      | 万元     |
+----------+----------+----------+
| 项目     | 合计     | 其他     |
+----------+----------+----------+
| 行政运行 |    12.00 |     1.00 |
+----------+----------+----------+
"]);
    let found = heading(&tables[0].caption);
    assert_eq!(found.title.as_deref(), Some("一般公共预算支出表（按支出功能分类科目）"));
    assert_eq!(found.department.as_deref(), Some("某市河道局"));
    assert_eq!(found.unit.as_deref(), Some("万元"));
}

#[test]
fn numbers_have_wide_digits_and_dashes() {
    for number in ["表３", "附表1—2", "部门预算03表", "财决01表"] {
        assert_eq!(read(&format!("\n{number}\n     支出总表\n            单位：元")).number.as_deref(), Some(number));
    }
}

#[test]
fn a_department_may_stand_above_the_title() {
    let above = "
606-某市河道局
            支出总表
                                     单位：万元";
    assert_eq!(told(above), "支出总表 | . | 某市河道局 | 606 | 万元");
}
