//! Tests of which lines are one row.

use super::super::text;
use super::*;

fn rows(text: &str) -> Vec<usize> {
    rows_of(&text::drawn(text))
}

#[test]
fn figures_beside_the_middle_of_a_wrapped_name_are_of_its_row() {
    assert_eq!(
        rows("十八、援助其他地区支出  1.00\n十九、自然资源海洋气象等\n              5.00\n支出\n二十、住房保障支出"),
        [0, 1, 1, 1, 2]
    );
}

#[test]
fn names_a_line_above_their_codes_and_figures_are_of_their_rows() {
    let page = "   某服务支出\n201        3.00\n   某事务\n20101      3.00\n   某运行\n2010101    3.00\n   合计\n           9.00";
    assert_eq!(rows(page), [0, 0, 1, 1, 2, 2, 3, 3]);
    let page = "201        3.00\n   某服务支出\n20101      3.00\n   某事务\n2010101    3.00\n   某运行";
    assert_eq!(rows(page), [0, 0, 1, 1, 2, 2]);
}

#[test]
fn a_total_with_figures_is_no_rest_of_the_name_above_it() {
    assert_eq!(rows("一、某某预算拨款  5.00\n\n二、某某预算拨款\n      收入总计  5.00"), [0, 1, 2]);
}

#[test]
fn what_begins_below_a_total_is_no_line_of_its_row() {
    let page =
        "项目支出一   1.00\n\n        经费合计   5.00\n一、某某费用\n\n二、某某费用   5.00\n\n三、某某费用   0.00";
    assert_eq!(rows(page), [0, 1, 2, 3, 4]);
}

#[test]
fn a_name_that_wraps_on_one_side_holds_the_line_between_on_the_other() {
    assert_eq!(
        rows("一、甲   1.00  一、乙\n三、国有资本经营预\n             三、国防支出\n算\n             四、公共安全支出"),
        [0, 1, 1, 1, 2]
    );
}

#[test]
fn what_is_wider_than_the_name_above_is_no_rest_of_it() {
    assert_eq!(rows("   收入小计   1.00\n 使用非财政拨款结余（含专用结余）\n年初结转和结余   2.00"), [0, 1, 2]);
}

#[test]
fn names_with_figures_of_their_own_are_rows() {
    assert_eq!(rows("机关事业单位基本养老   1.00\n职业年金         2.00"), [0, 1]);
}

#[test]
fn what_stands_in_brackets_below_a_name_is_the_rest_of_it() {
    assert_eq!(
        rows("   使用某年拨款资金             1.00\n(专家评审费)\n   使用别年拨款资金运行维护         2.00"),
        [0, 0, 1]
    );
    assert_eq!(
        rows("   甲项目某某支出              1.00\n（一）乙项目\n   丙项目某某支出运行            2.00"),
        [0, 1, 2]
    );
}

#[test]
fn a_code_that_no_classification_has_goes_on_in_the_line_below_it() {
    assert_eq!(
        rows("2080  某某单位职业年   6.00   4.00\n 506  金缴费支出\n2080  其他某某单位养   7.00   5.00"),
        [0, 0, 1]
    );
    // 208 and 20805 are codes of two rows.
    assert_eq!(rows("208   某某某某支出   6.00   4.00\n05   某某单位支出"), [0, 1]);
    // But where most rows have such a line below them, it is theirs.
    let row = "20805   甲某支出   6.00   4.00\n   06\n";
    assert_eq!(rows(&row.repeat(3)), [0, 0, 1, 1, 2, 2]);
}
