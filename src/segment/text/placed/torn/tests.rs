//! Drawn rows: whose names may be another row's.

use super::super::rows::rows_of;
use super::super::text;
use super::*;

/// What is told of the rows of a drawing, given how many of its lines are of each.
fn told_of(table: &str, n_lines: Option<&[usize]>) -> Told {
    let body = text::drawn(table);
    let given = |n_lines: &[usize]| {
        let rows = n_lines.iter().enumerate();
        rows.flat_map(|(row, n)| std::iter::repeat_n(row, *n)).collect::<Vec<_>>()
    };
    let rows = n_lines.map_or_else(|| rows_of(&body), given);
    told(&body, &rows, &columns::columns(&body))
}

/// The rows of a drawing whose names may be others'.
fn torn(table: &str) -> Vec<usize> {
    let torn = told_of(table, None).torn;
    torn.iter().enumerate().filter(|(_, torn)| **torn).map(|(row, _)| row).collect()
}

#[test]
fn a_name_beside_its_amount_is_its_own() {
    assert_eq!(torn("甲项目支出   1.00   2.00\n乙项目支出   3.00   4.00"), Vec::<usize>::new());
    // FIXME: the row below a name that wraps about its figures is doubted with it.
    assert_eq!(torn("甲项目很长的\n         1.00   2.00\n名称\n乙项目支出   3.00   4.00"), [0, 1]);
}

#[test]
fn names_that_all_stand_a_line_above_their_amounts_are_their_own() {
    assert!(torn("甲项目支出\n        1.00   2.00\n乙项目支出\n        3.00   4.00").is_empty());
}

#[test]
fn a_name_of_several_columns_between_two_rows_may_be_of_either() {
    let page = "甲类服务   0209-培训服务   技术业务培训   1.00\n                     其他适合的某某\n甲类服务   0210-信息服务             2.00\n                     信息服务\n甲类服务   0210-信息服务   数据处理       3.00";
    assert!(torn(page).contains(&1));
}

#[test]
fn two_names_below_each_other_are_no_wrapped_one() {
    let is_torn = |below: &str| {
        let lines = text::drawn(&format!("某某拨款资金\n{below}"));
        let piece = |at: usize| &lines[at].pieces[0];
        let shown = Shown { amounts: vec![1], names: vec![(0, 1, piece(0)), (0, 2, piece(1))], codes: Vec::new() };
        shown.is_torn(usize::MAX)
    };
    assert!(is_torn("专项收入") && is_torn("小计") && !is_torn("安排的支出"));
}

#[test]
fn a_row_with_the_codes_of_two_is_torn() {
    let lines = text::drawn("208  20805\n20805  05");
    let codes = |from: usize, to: usize| Shown {
        amounts: vec![1],
        names: vec![(2, 1, &lines[0].pieces[0])],
        codes: vec![(0, 1, &lines[0].pieces[from]), (0, 2, &lines[1].pieces[to])],
    };
    assert!(codes(0, 0).is_torn(usize::MAX) && !codes(1, 1).is_torn(usize::MAX));
}

const WRAPPED: &str = "2010101  甲项目支出很长的名
                              1.00   2.00
         称要写两行
2010102  乙项目支出          3.00   4.00";

#[test]
fn names_that_fill_all_lines_but_their_last_are_whole() {
    let Told { torn, whole } = told_of(WRAPPED, Some(&[3, 1]));
    assert_eq!((torn, whole), (vec![false, false], vec![true, true]));
}

#[test]
fn a_name_that_fills_its_last_line_may_go_on_and_one_that_fills_none_is_no_wrapped_one() {
    let goes_on = WRAPPED.replace("称要写两行", "称也写得一样长的哟");
    assert_eq!(told_of(&goes_on, Some(&[3, 1])).whole, [false, true]);
    let is_short = WRAPPED.replace("甲项目支出很长的名", "甲项目");
    assert_eq!(told_of(&is_short, Some(&[3, 1])).whole, [false, false]);
}

#[test]
fn a_line_of_a_name_without_amounts_or_a_code_may_be_a_piece_of_another() {
    let lines = "2010101  甲项目支出很长的名  1.00   2.00\n         称要\n2010102  乙项目支出          3.00   4.00";
    assert_eq!(told_of(lines, Some(&[1, 1, 1])).whole, [false, false, true]);
}

#[test]
fn a_name_alone_below_one_that_fills_its_line_is_cut_off() {
    let page = |name: &str, rest: &str| {
        format!(
            "2010101  甲项目支出很长的名  1.00   2.00\n2010102  {name}  1.00   2.00\n         {rest}\n2010103  乙项目支出          3.00   4.00"
        )
    };
    let torn_of = |page: &str| told_of(page, Some(&[1, 1, 1, 1])).torn;
    let torn = |name: &str, rest: &str| torn_of(&page(name, rest));
    assert_eq!(torn("丙项目支出很长的名", "称"), [false, false, true, false]);
    let short = page("丙项目支出        ", "丁项目支出");
    assert_eq!(torn_of(&short), [false, false, true, false], "all others have codes");
    let uncoded = ["2010101", "2010102", "2010103"].iter().fold(short, |page, code| page.replace(code, "       "));
    assert_eq!(torn_of(&uncoded), [false; 4], "a name may well have no amounts");
    assert_eq!(torn("丙项目支出很长的名", "二、丁项目支出"), [false; 4], "an item of its own");
}

#[test]
fn a_name_that_goes_on_below_a_full_line_without_filling_its_own_has_the_end_of_another() {
    let told = |first: &str| {
        let lines =
            format!("2010101  {first}  1.00   2.00\n         缴费支出\n2010102  丙项目支出很长的名  3.00   4.00");
        told_of(&lines, Some(&[1, 2])).torn
    };
    assert_eq!(told("甲项目支出很长的名"), [false, true]);
}

#[test]
fn a_name_that_goes_on_where_its_line_had_room_has_the_beginning_of_another() {
    let told = |second: &str, third: &str| {
        let lines = format!("信息化（财  1.00   2.00\n{second}\n{third}\n类项目（非  3.00   4.00\n运维服务）");
        told_of(&lines, Some(&[3, 2])).torn
    };
    assert_eq!(told("政审核）", "信息化服务"), [true, false]);
    assert_eq!(told("政审核）费", "信息化"), [false, false]);
    let page = "职业教育    1.00   2.00\n其他职业教\n育支出      1.00   2.00";
    assert_eq!(told_of(page, Some(&[2, 1])).torn, [true, false]);
    assert_eq!(told("政审核用", "（续）"), [false, false], "no line ends with a bracket that opens");
}

#[test]
fn a_name_whose_first_line_is_one_character_is_torn() {
    let lines = |first: &str| format!("2010101  {first}\n         项目支出很长的名称  1.00   2.00");
    assert!(told_of(&lines("甲"), Some(&[2])).torn[0] && !told_of(&lines("甲乙丙丁戊己庚辛壬"), Some(&[2])).torn[0]);
}

#[test]
fn a_name_whose_last_line_is_full_may_have_the_first_of_the_next_row_s() {
    let page = |first: &str| {
        let page = format!(
            "{first}\n甲类服务   机关信息系统开发与维护服务   161.45\n           其他适合通过市场化方式提供\n甲类服务   的后勤服务                    25.87\n甲类服务   印刷服务                       6.00"
        );
        told_of(&page, Some(&[2, 2, 1, 1])).torn
    };
    assert_eq!(
        page("           很长很长的某项\n甲类服务   信息服务                      46.08"),
        [false, true, false, false]
    );
    assert_eq!(
        page("甲类服务   很长很长的某项                46.08\n           信息服务"),
        [false; 4],
        "no name begins above its amounts"
    );
}
