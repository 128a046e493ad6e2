//! Headers drawn in lines, and the columns that are read of them.

use super::{Expected, Headers};
use crate::segment::cost::Cost;
use crate::segment::text::drawn;
use crate::terms::column::ColumnRole;

/// The paths of a header drawn in lines; `roles`: c code, l label, a amount, ? unknown.
fn paths(text: &str, roles: &str) -> Vec<String> {
    found(text, roles, false)
}

/// The same in a dump whose lines are known to be sorted by height.
fn paths_by_height(text: &str, roles: &str) -> Vec<String> {
    found(text, roles, true)
}

fn found(text: &str, roles: &str, by_height: bool) -> Vec<String> {
    let lines = drawn::lines(text);
    let roles: Vec<Option<ColumnRole>> = roles
        .chars()
        .map(|ch| match ch {
            'c' => Some(ColumnRole::Code),
            'l' => Some(ColumnRole::Label),
            'a' => Some(ColumnRole::Amount),
            _ => None,
        })
        .collect();
    let expected = [Expected { n_columns: roles.len(), roles, doubt: 0 }];
    let mut headers = Headers::default();
    headers.weigh([(lines.as_slice(), expected.to_vec())].into_iter());
    headers.by_height |= by_height;
    let (_, header) = headers.header(&lines, &expected, Cost::MAX).expect("a header");
    header.paths.iter().map(|path| path.join("/")).collect()
}

#[test]
fn two_sides_are_parted_where_the_names_stand() {
    let found = paths("收入 支出\n项目 2031年 项目 2031年合计 当年预算安排\n上年结转安\n排", "lalaaa");
    assert_eq!(
        found,
        ["收入/项目", "收入/2031年", "支出/项目", "支出/2031年合计", "支出/当年预算安排", "支出/上年结转安排"]
    );
}

#[test]
fn a_cell_that_spans_the_rows_is_a_column_by_itself() {
    let found = paths("项目 本年收入\n上年结转\n科目编码 科目名称 合计 一般公共预算\n单位资金", "claaaa");
    assert_eq!(
        found,
        ["项目/科目编码", "项目/科目名称", "本年收入/合计", "本年收入/一般公共预算", "本年收入/单位资金", "上年结转"]
    );
}

#[test]
fn one_amount_of_a_side_is_divided_further() {
    let found = paths("收入 支出\n项目 金额 项目\n金额\n小计 一般公共预算\n政府性基\n金预算", "lalaaa");
    assert_eq!(
        found,
        ["收入/项目", "收入/金额", "支出/项目", "支出/金额/小计", "支出/金额/一般公共预算", "支出/金额/政府性基金预算"]
    );
}

#[test]
fn money_is_divided_by_source_under_the_general_word() {
    let found =
        paths("项目名称 合计\n2031年财政拨款\n财政专户管\n理资金\n单位资金\n一般公共预算\n政府性基金预算", "laaaaa");
    assert_eq!(
        found,
        [
            "项目名称",
            "合计",
            "2031年财政拨款/一般公共预算",
            "2031年财政拨款/政府性基金预算",
            "财政专户管理资金",
            "单位资金"
        ]
    );
}

#[test]
fn cells_stand_under_the_cell_that_begins_like_them() {
    let found = paths(
        "预算数 决算数\n合计 公务用车购置及运行费 公务接待费 合计 公务用车购置及运行费 公务接待费\n小计 公务用车购置费 公务用车运行费 小计 公务用车购置费 公务用车运行费",
        "aaaaaaaaaa",
    );
    let half = [
        "合计",
        "公务用车购置及运行费/小计",
        "公务用车购置及运行费/公务用车购置费",
        "公务用车购置及运行费/公务用车运行费",
        "公务接待费",
    ];
    let whole: Vec<String> =
        ["预算数", "决算数"].iter().flat_map(|top| half.iter().map(move |path| format!("{top}/{path}"))).collect();
    assert_eq!(found, whole);
}

#[test]
fn the_sum_of_a_side_stands_beside_its_parts() {
    let found = paths("收入\n支出\n项目\n2031年\n项目\n2031年合计\n当年预算安排\n上年结转安排", "??????");
    let side = ["支出/项目", "支出/2031年合计", "支出/当年预算安排", "支出/上年结转安排"];
    assert_eq!(
        found.split_at(2),
        (["收入/项目", "收入/2031年"].map(str::to_owned).as_slice(), side.map(str::to_owned).as_slice())
    );
}

#[test]
fn line_numbers_stand_between_the_names_and_the_amounts_of_a_side() {
    let found = paths("收入 支出\n项目 行次 金额 项目 行次 合计 一般公共预算 政府性基金预算", "????????");
    assert_eq!(found.iter().filter(|path| path.starts_with("支出")).count(), 5);
}

#[test]
fn the_sources_of_money_stand_under_one_cell() {
    let found = paths("收入 支出\n项目 金额 项目 金额\n小计 一般公共预算 政府性基金预算 国有资本经营预算", "lalaaaa");
    assert_eq!(found.iter().filter(|path| path.starts_with("支出/金额")).count(), 4);
}

#[test]
fn names_stand_under_the_cell_of_names() {
    let found = paths("项目 年初结转 本年收入 本年支出\n科目编码 科目名称 合计 基本支出 项目支出", "???????");
    let whole = [
        "项目/科目编码",
        "项目/科目名称",
        "年初结转",
        "本年收入",
        "本年支出/合计",
        "本年支出/基本支出",
        "本年支出/项目支出",
    ];
    assert_eq!(found, whole);
}

#[test]
fn a_flat_header_stays_flat() {
    assert_eq!(
        paths("科目编码 科目名称 合计 基本支出 项目支出", "?????"),
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    );
}

#[test]
fn cells_that_span_both_rows_can_be_written_with_the_lower_one() {
    assert_eq!(
        paths("基本支出\n科目编码 科目名称 合计\n小计 人员经费 公用经费\n项目支出", "claaaaa"),
        ["科目编码", "科目名称", "合计", "基本支出/小计", "基本支出/人员经费", "基本支出/公用经费", "项目支出"]
    );
}

#[test]
fn expenditure_is_divided_by_its_use() {
    assert_eq!(
        paths("科目名称 合计\n基本支出\n项目支出\n小计 人员支出 日常公用支出", "laaaaa"),
        ["科目名称", "合计", "基本支出/小计", "基本支出/人员支出", "基本支出/日常公用支出", "项目支出"]
    );
}

#[test]
fn the_levels_of_a_code_stand_under_the_code_and_in_their_order() {
    assert_eq!(
        paths("科目编码\n功能科目 总计 基本支出\n类 款 项", "ccclaa"),
        ["科目编码/类", "科目编码/款", "科目编码/项", "功能科目", "总计", "基本支出"]
    );
    assert_eq!(
        paths("科目编码\n单位编码 采购项目\n部门预算支出经济科目编码\n预算金额\n类 款 项 类 款", "cccclcca"),
        [
            "科目编码/类",
            "科目编码/款",
            "科目编码/项",
            "单位编码",
            "采购项目",
            "部门预算支出经济科目编码/类",
            "部门预算支出经济科目编码/款",
            "预算金额"
        ]
    );
}

#[test]
fn a_side_can_have_several_names_each_with_its_money() {
    let found = paths(
        "收入 支出\n项目 预算数 支出功能分类科目（按大类） 预算数 部门预算支出经济分类科目（按大类） 预算数",
        "lalala",
    );
    assert_eq!(found.iter().filter(|path| path.starts_with("支出/")).count(), 4, "{found:?}");
}

#[test]
fn sides_are_told_by_the_ends_of_their_names() {
    let found = paths("财政拨款收入 财政拨款支出\n项目 预算数 项目 合计 一般公共预算 政府性基金预算", "lalaaa");
    assert_eq!(found.iter().filter(|path| path.starts_with("财政拨款支出/")).count(), 4, "{found:?}");
}

#[test]
fn groups_can_be_written_above_the_names_beside_them() {
    assert_eq!(
        paths("本年一般公共预算基本支出\n经济分类科目名称\n合计 人员经费 日常公用支出", "????"),
        [
            "经济分类科目名称",
            "本年一般公共预算基本支出/合计",
            "本年一般公共预算基本支出/人员经费",
            "本年一般公共预算基本支出/日常公用支出"
        ]
    );
    assert_eq!(
        paths(
            "财政拨款 单位资金\n支出项目类别 总计\n小计\n一般公共\n预算拨款\n政府性基金\n预算拨款\n财政专户\n管理资金 事业收入 事业单位 经营收入 其他收入\n上年结余、\n结转",
            "??????????"
        ),
        [
            "支出项目类别",
            "总计",
            "财政拨款/小计",
            "财政拨款/一般公共预算拨款",
            "财政拨款/政府性基金预算拨款",
            "财政专户管理资金",
            "单位资金/事业收入",
            "单位资金/事业单位经营收入",
            "单位资金/其他收入",
            "上年结余、结转"
        ]
    );
}

#[test]
fn cells_can_be_written_together_with_their_parts() {
    assert_eq!(
        paths("功能分类科目\n科目编码 科目名称\n总计\n基本支出\n小计 人员经费 公用经费\n项目支出", "claaaaa"),
        [
            "功能分类科目/科目编码",
            "功能分类科目/科目名称",
            "总计",
            "基本支出/小计",
            "基本支出/人员经费",
            "基本支出/公用经费",
            "项目支出"
        ]
    );
}

#[test]
fn wrapped_cells_can_have_blanks_for_the_ends_of_their_lines() {
    assert_eq!(
        paths("项目 合计 基本支出 项目支出\n其中\n事业单位经营\n支出 上缴上级支 出 对附属单位补 助支出", "laaaaaa"),
        [
            "项目",
            "合计",
            "基本支出",
            "项目支出",
            "其中/事业单位经营支出",
            "其中/上缴上级支出",
            "其中/对附属单位补助支出"
        ]
    );
}

#[test]
fn a_general_name_stands_over_all_money_and_its_sum() {
    let whole = [
        "支出项目类别",
        "2031年预算/总计",
        "2031年预算/财政拨款/一般公共预算拨款",
        "2031年预算/财政拨款/政府性基金预算拨款",
        "2031年预算/财政专户管理资金",
        "2031年预算/单位资金/事业收入",
        "2031年预算/单位资金/其他收入",
    ];
    let lower = "总计 一般公共预算拨款 政府性基金预算拨款 财政专户管理资金 事业收入 其他收入";
    for upper in ["财政拨款 单位资金\n支出项目类别", "支出项目类别 财政拨款 单位资金"] {
        assert_eq!(paths(&format!("2031年预算\n{upper}\n{lower}"), "laaaaaa"), whole);
    }
}

#[test]
fn a_sum_and_what_is_of_it_stand_under_the_first_source() {
    assert_eq!(
        paths(
            "单位名称\n部门预算\n合计\n一般公共预算拨款\n政府性基金拨款\n其他收入\n小计\n其中：专项资金列入部门预算项目",
            "laaaaa"
        ),
        [
            "单位名称",
            "部门预算/合计",
            "部门预算/一般公共预算拨款/小计",
            "部门预算/一般公共预算拨款/其中：专项资金列入部门预算项目",
            "部门预算/政府性基金拨款",
            "部门预算/其他收入"
        ]
    );
}

#[test]
fn a_group_that_is_written_above_the_names_has_its_parts_among_the_columns() {
    assert_eq!(
        paths(
            "公务用车购置及运行费\n单位名称 “三公”经费合计 因公出国(境)费用 小计 公务用车购置费 公务用车运行维护费 公务接待费",
            "laaaaaa"
        ),
        [
            "单位名称",
            "“三公”经费合计",
            "因公出国(境)费用",
            "公务用车购置及运行费/小计",
            "公务用车购置及运行费/公务用车购置费",
            "公务用车购置及运行费/公务用车运行维护费",
            "公务接待费"
        ]
    );
}

#[test]
fn lines_by_height_tell_the_columns_with_the_orders_of_the_official_forms() {
    assert_eq!(
        paths_by_height("基本支出\n科目编码 科目名称 合计 项目支出\n小计 人员经费 公用经费", "claaaaa"),
        ["科目编码", "科目名称", "合计", "基本支出/小计", "基本支出/人员经费", "基本支出/公用经费", "项目支出"]
    );
    assert_eq!(
        paths_by_height(
            "项目 收入预算\n功能分类科目编码\n事业单位\n功能分类科目名称 合计 财政拨款收入 事业收入 其他收入\n经营收入\n类 款 项",
            "ccclaaaaa"
        ),
        [
            "项目/功能分类科目编码/类",
            "项目/功能分类科目编码/款",
            "项目/功能分类科目编码/项",
            "项目/功能分类科目名称",
            "收入预算/合计",
            "收入预算/财政拨款收入",
            "收入预算/事业收入",
            "收入预算/事业单位经营收入",
            "收入预算/其他收入"
        ]
    );
}

#[test]
fn codes_and_names_by_height_come_in_turn() {
    assert_eq!(
        paths_by_height(
            "科目编码 科目编码\n部门预算支出经济分类科目名称 政府预算支出经济分类科目名称 合计\n类 款 类 款",
            "cclccla"
        ),
        [
            "科目编码/类",
            "科目编码/款",
            "部门预算支出经济分类科目名称",
            "科目编码/类",
            "科目编码/款",
            "政府预算支出经济分类科目名称",
            "合计"
        ]
    );
}

#[test]
fn changes_stand_under_the_cell_that_holds_two_years_against_each_other() {
    let upper = "功能分类科目\n2030年执行数\n2031年预算数 2031年预算数比2030年执行数";
    assert_eq!(
        paths(&format!("{upper}\n科目编码 科目名称 小计 基本支出 项目支出 增减额 增减%"), "claaaaaa"),
        [
            "功能分类科目/科目编码",
            "功能分类科目/科目名称",
            "2030年执行数",
            "2031年预算数/小计",
            "2031年预算数/基本支出",
            "2031年预算数/项目支出",
            "2031年预算数比2030年执行数/增减额",
            "2031年预算数比2030年执行数/增减%"
        ]
    );
}

#[test]
fn what_basic_expenditure_is_divided_into_stands_under_no_other_expenditure() {
    let upper =
        "单位代码 单位名称\n功能分类科目编码\n科目名称 合计\n基本支出\n项目支出 上缴上级支出\n对附属单位补\n助支出";
    let found = paths(&format!("{upper}\n类 款 项 小计 人员经费 公用经费"), "?????????????");
    assert_eq!(
        found[7..],
        ["基本支出/小计", "基本支出/人员经费", "基本支出/公用经费", "项目支出", "上缴上级支出", "对附属单位补助支出"]
    );
}

#[test]
fn what_is_selected_of_money_stands_under_it() {
    assert_eq!(
        paths("科目编码 科目名称 合计\n事业收入\n事业单位\n经营收入\n其他收入\n金额\n其中：教\n育收费", "claaaaa"),
        ["科目编码", "科目名称", "合计", "事业收入/金额", "事业收入/其中：教育收费", "事业单位经营收入", "其他收入"]
    );
}
