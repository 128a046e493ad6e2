//! Tests of the texts of a line.

use super::*;

fn shown(text: &str) -> Vec<String> {
    without_gaps(pieces(text)).iter().map(|piece| format!("{}-{} {}", piece.from, piece.to, piece.text)).collect()
}

#[test]
fn places_are_counted_in_characters() {
    assert_eq!(shown("  甲乙   1.00 丙"), ["2-4 甲乙", "7-11 1.00", "12-13 丙"]);
}

#[test]
fn a_year_apart_from_its_word_is_one_text_with_it() {
    let shown = |text: &str| -> Vec<String> { with_years(pieces(text)).into_iter().map(|piece| piece.text).collect() };
    assert_eq!(shown("项目  2031 年预算数   某局 2031 年报告"), ["项目", "2031年预算数", "某局2031年报告"]);
    assert_eq!(shown("项目  2031 预算数   2031 某项"), ["项目", "2031预算数", "2031", "某项"]);
    assert_eq!(shown("201 一般支出"), ["201", "一般支出"]);
    assert_eq!(shown("其中：2031 年政府采购  2031  年"), ["其中：2031年政府采购", "2031", "年"]);
}

#[test]
fn decimals_that_wrapped_go_to_the_figure_above() {
    let text = "合计     244,895            合计     190\n              .02                  .63\n甲       1    5\n            .12";
    let shown: Vec<String> = drawn(text).iter().map(TextRow::text).collect();
    assert_eq!(shown, ["合计\t244,895.02\t合计\t190.63", "甲\t1\t5", ".12"]);
}

#[test]
fn what_follows_decimals_a_line_lower_goes_up_with_them() {
    let text =
        format!("甲    64,945\n{0:11}.40 32,368\n{0:21}.0218,308\n{0:30}.57\n乙    1,000\n{0:10}.00\n      丙丙", "");
    let shown: Vec<Vec<String>> =
        drawn(&text).into_iter().map(|row| row.pieces.into_iter().map(|piece| piece.text).collect()).collect();
    assert_eq!(shown, [vec!["甲", "64,945.40", "32,368.02", "18,308.57"], vec!["乙", "1,000.00"], vec!["丙丙"]]);
}

#[test]
fn amounts_that_run_into_each_other_are_parted() {
    let shown = |text: &str| -> Vec<String> {
        pieces(text)
            .into_iter()
            .flat_map(parted)
            .map(|piece| format!("{}-{} {}", piece.from, piece.to, piece.text))
            .collect()
    };
    assert_eq!(shown("甲  1,234.02192.79  5.00"), ["0-1 甲", "3-11 1,234.02", "11-17 192.79", "19-23 5.00"]);
    assert_eq!(
        shown("1.1.1  2031.05.06  12,34.0012,34.00"),
        ["0-5 1.1.1", "7-17 2031.05.06", "19-35 12,34.0012,34.00"]
    );
}

#[test]
fn a_level_before_an_enumerator_is_no_text() {
    assert_eq!(shown("1（一）某某支出   3、某某"), ["1-8 （一）某某支出", "11-15 3、某某"]);
}

#[test]
fn words_set_with_gaps_are_one_text() {
    assert_eq!(shown("合   计  收 入 总 计"), ["0-5 合计", "7-14 收入总计"]);
    assert_eq!(shown("类  款  项"), ["0-1 类", "3-4 款", "6-7 项"]);
}

#[test]
fn what_is_quoted_goes_on_with_a_text_that_ends_in_the_mark_of_an_attribute() {
    let shown = |text: &str| -> Vec<String> { whole(pieces(text)).into_iter().map(|piece| piece.text).collect() };
    assert_eq!(shown("安排的 “三公”经费预算"), ["安排的“三公”经费预算"]);
    assert_eq!(shown("公用经费 “三公”经费预算"), ["公用经费", "“三公”经费预算"]);
}
