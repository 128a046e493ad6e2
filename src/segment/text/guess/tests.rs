//! Drawn tables: what is doubted of them.

use super::super::drawn;
use super::super::line::text_line;
use super::*;

/// The rows of a drawing after marking; its first line is the header.
fn marked(text: &str) -> Vec<String> {
    let mut lines = text.lines();
    let columns = drawn::paths(lines.next().unwrap_or_default());
    let rows = lines.map(drawn::row).collect();
    let mut table = TableRegion { columns, rows, pages: vec![1], ..TableRegion::default() };
    mark(&mut table, false);
    table.rows.iter().map(drawn::shown).collect()
}

#[test]
fn rows_with_names_below_fitting_headers_are_no_guesses() {
    assert_eq!(marked("编码|项目|合计\n·|合计|9.00\n201|甲项|9.00"), ["·|合计|9.00", "201|甲项|9.00"]);
}

#[test]
fn a_name_longer_than_any_beside_another_where_that_is_blank_may_be_both() {
    let rows = "一级|二级|合计\n甲类服务|会议服务|9.00\n甲类服务|监督服务|9.00\n乙类服务|评价服务|9.00\n";
    let last = |row: &str| marked(&format!("{rows}{row}")).pop().unwrap_or_default();
    assert_eq!(last("丙类评价服务评价服务|·|9.00"), "丙类评价服务评价服务|·|9.00?");
    assert_eq!(last("丙类服务|·|9.00"), "丙类服务|·|9.00");
}

#[test]
fn names_of_columns_in_the_caption_are_lost_to_the_header() {
    let caption = |text: &str| TableRegion { caption: vec![text_line(text, 1)], ..TableRegion::default() };
    assert!(names_columns_in_caption(&caption("收入\t支出")));
    assert!(!names_columns_in_caption(&caption("部门：某某局\t单位：万元")));
    assert!(!names_columns_in_caption(&caption("收入支出")));
    assert!(names_columns_in_caption(&caption("公务用车购置及运行维护费")));
}

#[test]
fn names_of_columns_in_the_body_are_lost_to_the_header() {
    let first = |row: &str| marked(&format!("收入|支出|支出\n{row}\n甲项|9.00|乙项")).pop().unwrap_or_default();
    assert_eq!(first("项目名称|金额|项目名称"), "甲项|9.00?|乙项");
    assert_eq!(first("本年收入|·|本年支出"), "甲项|9.00|乙项");
}

#[test]
fn a_row_without_a_name_and_those_beside_it_are_guesses() {
    assert_eq!(
        marked("项目|合计\n甲项|9.00\n·|8.00\n乙项|7.00\n丙项|6.00"),
        ["甲项|9.00?", "·|8.00?", "乙项|7.00?", "丙项|6.00"]
    );
}

#[test]
fn a_total_below_a_name_without_an_amount_may_be_the_end_of_it() {
    let rows = |above: &str| {
        marked(&format!(
            "项目|预算数|项目|预算数\n甲项|9.00|乙项|8.00\n丙项|7.00|{above}\n·|·|合计|8.00\n丁项|6.00|戊项|5.00"
        ))
    };
    assert_eq!(rows("本年支出|·")[2], "·|·|合计|8.00?");
    assert_eq!(rows("本年支出|8.00")[2], "·|·|合计|8.00");
    let wrapped =
        marked("项目|预算数|项目|预算数\n本年收入合计|9.00|本年支|·\n甲项|9.00|出合计|8.00\n丁项|6.00|戊项|5.00");
    assert_eq!(wrapped[1], "甲项|9.00?|出合计|8.00?");
}

#[test]
fn money_under_a_remark_was_pushed_there() {
    let row =
        |row: &str| marked(&format!("项目|甲费|乙费|备注\n甲项|9.00|5.00|某某\n乙项|9.00|6.00|某某\n{row}")).pop();
    assert_eq!(row("丙项|9.00|·|4.00").as_deref(), Some("丙项|9.00?|·|4.00?"));
    assert_eq!(row("丙项|9.00|4.00|·").as_deref(), Some("丙项|9.00|4.00|·"));
}

#[test]
fn a_header_of_amounts_is_none() {
    let headed = |header: &str| {
        let mut table = TableRegion {
            columns: drawn::paths(header),
            rows: vec![drawn::row("甲项|9.00")],
            ..TableRegion::default()
        };
        mark_headless(&mut table);
        drawn::shown(&table.rows[0])
    };
    assert_eq!(headed("某某项目|121.41"), "甲项|9.00?");
    assert_eq!(headed("项目|2031年"), "甲项|9.00");
}

#[test]
fn a_name_with_the_amount_of_its_row_is_marked() {
    let mut table =
        TableRegion { rows: vec![drawn::row("甲项9.00|·"), drawn::row("乙项|8.00")], ..TableRegion::default() };
    mark_glued(&mut table);
    let is_marked = |row: &TableRow| row.cells[0].as_ref().is_some_and(|cell| cell.doubt.is_some());
    assert_eq!(table.rows.iter().map(is_marked).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn one_row_below_names_of_money_alone_has_lost_no_name() {
    assert_eq!(marked("合计|基本支出|项目支出\n9.00|8.00|1.00"), ["9.00|8.00|1.00"]);
    assert_eq!(marked("项目|基本支出|项目支出\n·|8.00|1.00"), ["·|8.00?|1.00?"]);
    assert_eq!(marked("合计|基本支出|项目支出\n9.00|8.00|1.00\n7.00|6.00|1.00")[0], "9.00?|8.00?|1.00?");
}

#[test]
fn a_name_in_a_column_of_amounts_is_a_guess() {
    assert_eq!(marked("项目|合计\n甲项|9.00\n·|结转资金\n乙项|7.00\n丙项|6.00")[1], "·|结转资金?");
}

#[test]
fn a_total_with_a_code_is_a_guess() {
    assert_eq!(
        marked("编码|项目|合计\n201|合计|9.00\n205|甲项|9.00\n206|乙项|9.00"),
        ["201?|合计|9.00?", "205?|甲项|9.00?", "206|乙项|9.00"]
    );
}

#[test]
fn a_table_with_an_amount_among_its_names_is_guessed_whole() {
    assert_eq!(marked("款|项目|合计\n甲项|9.00|9.00\n乙项|丙项|9.00\n丁项|戊项|9.00")[2], "丁项|戊项|9.00?");
}

#[test]
fn a_name_of_one_character_says_that_names_were_torn() {
    assert_eq!(marked("项目|合计\n办公经|9.00\n费|8.00\n印刷费|7.00")[2], "印刷费|7.00?");
}

#[test]
fn sentences_and_two_names_in_one_are_no_header() {
    assert_eq!(marked("项目|事业收入其他收入\n甲项|9.00"), ["甲项|9.00?"]);
    assert_eq!(marked("项目|按进度完成，及时支付\n甲项|9.00"), ["甲项|9.00?"]);
    assert_eq!(marked("项目|财政拨款收入\n甲项|9.00"), ["甲项|9.00"]);
}

#[test]
fn a_torn_name_says_nothing_of_rows_further_off() {
    assert_eq!(marked("项目|合计\n办公经|9.00\n费|8.00\n印刷费|7.00\n水费|6.00")[3], "水费|6.00");
}

#[test]
fn amounts_that_have_run_together_doubt_their_row_and_the_columns_that_they_may_be_of() {
    let rows =
        marked("项目|甲费|乙费|丙费|丁费\n甲项|9.00|6.003.00|·|1.00\n乙项|8.00|5.00|·|2.00\n丙项|8.00|5.00|3.00|·");
    assert_eq!(rows, ["甲项|9.00?|6.003.00?|·|1.00?", "乙项|8.00?|5.00?|·|2.00", "丙项|8.00|5.00|3.00|·"]);
}

#[test]
fn an_amount_and_the_code_beside_it_may_run_together() {
    let rows = marked("项目|决算数|编码|项目\n甲项|5.1230201|·|乙项\n丙项|5.00|30202|丁项\n戊项|5.00|30203|己项");
    assert_eq!(rows[0], "甲项|5.1230201?|·|乙项");
    assert_eq!(marked("项目|比例\n甲项|5.12302\n乙项|5.12304")[0], "甲项|5.12302");
}

#[test]
fn decimals_apart_from_their_amount_doubt_its_row() {
    let rows = marked("项目|甲费|乙费\n甲项|24,500|.35\n乙项|8.00|5.00\n丙项|8.00|5.00");
    assert_eq!(rows, ["甲项|24,500?|.35?", "乙项|8.00|5.00", "丙项|8.00|5.00"]);
}

#[test]
fn the_name_of_a_column_printed_again_in_it_is_no_name_astray() {
    let rows = |names: &str| marked(&format!("项目|总额\n甲项|9.00\n乙项|9.00\n{names}\n丙项|7.00\n丁项|7.00"));
    assert_eq!(rows("项目|总额\n项目|总额").last().map(String::as_str), Some("丁项|7.00"));
    assert_eq!(rows("项目|余款\n项目|余款").last().map(String::as_str), Some("丁项|7.00?"));
}

#[test]
fn four_sides_with_amounts_each_are_no_table_of_words() {
    use ColumnRole::{Amount, Code, Label};
    assert!(!is_of_words(&[Code, Label, Amount, Label, Amount, Label, Amount, Label, Amount]));
    assert!(is_of_words(&[Label, Label, Label, Label, Amount]));
    assert!(is_of_words(&[Label, Amount, Label, Amount, Label, Amount, Label, Label]));
}
