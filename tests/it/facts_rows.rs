//! What rows are about where several classifications, units, headings or names alone tell it.

use mingzhang::facts::Reason;

use crate::facts::{budget, drawn, has};

#[test]
fn a_row_of_function_and_economic_class_is_a_part_of_both() {
    let table = drawn(
        "支出总表",
        "功能分类科目 | 政府支出经济分类科目 | 部门支出经济分类科目 | =合计 | =基本支出",
        &[
            "2012601-行政运行 | 50201-办公经费 | 30201-办公费 | 3.00 | 3.00",
            "2012601-行政运行 | 50201-办公经费 | 30202-印刷费 | 2.00 | 2.00",
        ],
    );
    has(
        &budget(vec![table]),
        &[
            "2031 budget expenditure cross 2012601 30201 50201 all all all 30000",
            "2031 budget expenditure cross 2012601 30202 50201 basic all all 20000",
        ],
    );
}

#[test]
fn a_class_that_stands_beside_several_of_the_other_system_is_a_part_in_each_row() {
    let table = drawn(
        "一般公共预算基本支出表",
        "部门经济科目编码 | 部门经济科目名称 | 政府经济科目编码 | 政府经济科目名称 | =合计",
        &[
            "301 | 工资福利支出 | | | 9.00",
            "30101 | 基本工资 | 50101 | 工资奖金津补贴 | 4.00",
            "30101 | 基本工资 | 50501 | 工资福利支出 | 3.00",
            "30103 | 奖金 | 50101 | 工资奖金津补贴 | 2.00",
        ],
    );
    let facts = budget(vec![table]);
    has(
        &facts,
        &[
            "2031 budget expenditure economic 301 basic general_public_budget all 90000",
            "2031 budget expenditure cross 30101 50101 basic general_public_budget all 40000",
            "2031 budget expenditure cross 30101 50501 basic general_public_budget all 30000",
            "2031 budget expenditure economic 30103 basic general_public_budget all 20000",
        ],
    );
    let item = facts.facts.iter().find(|fact| fact.key.economic_code.as_deref() == Some("30103")).unwrap();
    assert_eq!(item.economic_name.as_deref(), Some("奖金"));
}

#[test]
fn the_department_s_own_row_beside_its_units_is_a_unit_where_it_prints_less_than_the_whole() {
    let units = drawn("收入总表", "单位名称 | =合计", &["合计 | 9.00", "榆照市档案馆 | 4.00"]);
    let table = drawn(
        "一般公共预算基本支出明细表",
        "科目编码 | 科目名称 | =合计",
        &[
            "| 合计 | 9.00",
            "112001 | 榆照市档案局 | 5.00",
            "301 | 工资福利支出 | 5.00",
            "112002 | 榆照市档案馆 | 4.00",
            "301 | 工资福利支出 | 4.00",
        ],
    );
    has(
        &budget(vec![units, table]),
        &[
            "2031 budget expenditure unit 榆照市档案局 basic general_public_budget all 50000",
            "2031 budget expenditure economic 301 榆照市档案局 basic general_public_budget all 50000",
            "2031 budget expenditure economic 301 榆照市档案馆 basic general_public_budget all 40000",
        ],
    );
}

#[test]
fn classes_without_codes_keep_their_names_where_the_header_says_that_they_are_classes() {
    let header = "功能分类科目名称 | =合计";
    let functions =
        drawn("支出总表", header, &["合计 | 9.00", "教育支出 | 9.00", "普通教育 | 9.00", "小学教育 | 6.00"]);
    let economics = drawn("一般公共预算基本支出表", "经济分类科目名称 | =合计", &["合计 | 9.00", "基本工资 | 5.00"]);
    let facts = budget(vec![functions, economics]);
    has(
        &facts,
        &[
            "2031 budget expenditure function 205 all all all 90000",
            "2031 budget expenditure function 小学教育 all all all 60000",
            "2031 budget expenditure economic 基本工资 basic general_public_budget all 50000",
        ],
    );
}

#[test]
fn what_closes_a_column_of_classes_is_no_class() {
    let table = drawn(
        "收支总表",
        "收入/项目 | =收入/预算数 | 支出/功能分类科目 | =支出/预算数",
        &[
            "一般公共预算拨款收入 | 9.00 | 教育支出 | 8.00",
            "本年收入合计 | 9.00 | 本年支出合计 | 8.00",
            "| | 未安排的实户款项 | 1.00",
        ],
    );
    assert_eq!(budget(vec![table]).ties[0][2][3], Some(Err(Reason::UnknownRow)));
}

#[test]
fn a_column_of_classes_by_the_name_of_items_lists_no_projects() {
    let table = drawn(
        "收支总表",
        "收入/项目名称 | =收入/金额 | 支出/项目名称 | =支出/金额",
        &["一、一般公共预算拨款收入 | 9.00 | 一、教育支出 | 8.00", "收入合计 | 9.00 | 支出合计 | 8.00"],
    );
    has(&budget(vec![table]), &["2031 budget expenditure function 205 all all all 80000"]);
}

#[test]
fn targets_of_the_whole_department_are_no_projects() {
    let table = drawn("部门整体支出绩效目标表", "单位名称 | =资金总额 | =项目支出", &["榆照市档案局 | 9.00 | 2.00"]);
    has(
        &budget(vec![table]),
        &["2031 budget expenditure total all all all 90000", "2031 budget expenditure total project all all 20000"],
    );
}

#[test]
fn sources_below_the_heading_of_what_was_carried_over_are_of_it() {
    let table = drawn(
        "财政拨款收支总表",
        "收入/项目 | =收入/预算数 | 支出/项目 | =支出/预算数",
        &[
            "一、本年收入 | 8.00 | 教育支出 | 9.00",
            "（一）一般公共预算拨款 | 8.00",
            "二、上年结转 | 1.00",
            "（一）一般公共预算拨款 | 1.00",
            "收入总计 | 9.00 | 支出总计 | 9.00",
        ],
    );
    has(
        &budget(vec![table]),
        &[
            "2031 budget revenue source general_public_budget all general_public_budget all 80000",
            "2031 budget revenue source general_public_budget all general_public_budget carry_over 10000",
        ],
    );
}

#[test]
fn purchases_by_class_are_no_total_of_purchases() {
    let table = drawn(
        "政府采购预算表",
        "科目编码 | 科目名称 | =合计",
        &["| 合计 | 9.00", "205 | 教育支出 | 9.00", "20502 | 普通教育 | 9.00"],
    );
    has(
        &budget(vec![table]),
        &[
            "2031 budget expenditure procurement total all all all 90000",
            "2031 budget expenditure procurement 205 all all all 90000",
        ],
    );
}

#[test]
fn a_part_by_a_name_that_says_no_more_than_its_whole_is_no_second_whole() {
    let table = drawn(
        "收入总表",
        "科目编码 | 科目名称 | =合计 | =财政拨款/金额 | =财政拨款/其中:经费拨款",
        &["| 合计 | 9.00 | 9.00 | 7.00"],
    );
    let facts = budget(vec![table]);
    assert_eq!(facts.ties[0][0][4], Some(Err(Reason::UnknownColumn)));
    assert!(facts.ties[0][0][3].unwrap().is_ok());
}

#[test]
fn funds_beside_all_that_was_carried_over_are_this_year_s() {
    let table = drawn("项目支出表", "单位名称 | =合计 | =一般公共预算 | =上年结转", &["合计 | 9.00 | 7.00 | 2.00"]);
    let whole = drawn("一般公共预算支出表", "科目编码 | 科目名称 | =项目支出", &["| 合计 | 8.00"]);
    has(
        &budget(vec![table, whole]),
        &[
            "2031 budget expenditure total project all all 90000",
            "2031 budget expenditure total project general_public_budget current 70000",
            "2031 budget expenditure total project general_public_budget all 80000",
        ],
    );
}

#[test]
fn the_sum_of_the_items_of_three_public_is_their_total_unless_meetings_are_among_them() {
    let header = "项目 | =2031年预算数/一般公共预算";
    let rows = ["因公出国（境）费 | 1.00", "公务接待费 | 3.00", "合计 | 4.00"];
    let more = ["公务接待费 | 3.00", "会议费 | 2.00", "合计 | 5.00"];
    let facts = budget(vec![drawn("“三公”经费支出表", header, &rows), drawn("“三公”经费支出表", header, &more)]);
    has(&facts, &["2031 budget expenditure three_public total all general_public_budget all 40000"]);
    assert_eq!(facts.ties[1][2][1], Some(Err(Reason::UnknownRow)));
    let named = drawn("“三公”经费支出表", "项目 | =2031年预算数", &["“三公”经费合计 | 4.00", "公务接待费 | 4.00"]);
    has(&budget(vec![named]), &["2031 budget expenditure three_public total all all all 40000"]);
}

#[test]
fn columns_of_income_and_of_spending_in_one_table_keep_their_flow() {
    let table = drawn(
        "政府性基金预算收入支出表",
        "科目编码 | 科目名称 | =年初结转和结余 | =本年收入 | =本年支出/小计 | =年末结转和结余",
        &["| 合计 | 1.00 | 7.00 | 6.00 | 2.00", "212 | 城乡社区支出 | 1.00 | 7.00 | 6.00 | 2.00"],
    );
    has(
        &budget(vec![table]),
        &[
            "2031 budget revenue total all government_fund all 70000",
            "2031 budget expenditure total all government_fund all 60000",
            "2031 budget expenditure function 212 all government_fund all 60000",
        ],
    );
}

#[test]
fn a_column_of_units_and_classes_names_units_where_no_code_stands_beside_the_name() {
    let table = drawn(
        "支出总表",
        "科目编码 | 单位名称（科目） | =合计",
        &[
            "| 合计 | 9.00",
            "| 榆照市档案馆 | 5.00",
            "2012601 | 行政运行 | 5.00",
            "| 榆照市方志馆 | 4.00",
            "2012601 | 行政运行 | 4.00",
        ],
    );
    has(
        &budget(vec![table]),
        &[
            "2031 budget expenditure unit 榆照市档案馆 all all all 50000",
            "2031 budget expenditure function 2012601 榆照市档案馆 all all all 50000",
            "2031 budget expenditure function 2012601 榆照市方志馆 all all all 40000",
        ],
    );
}

#[test]
fn a_column_of_classes_and_projects_names_projects_where_a_code_stands_beside_the_name() {
    let table = drawn(
        "项目支出表",
        "科目编码 | 单位名称（项目） | =金额",
        &["| 合计 | 3.00", "| 档案事务 | 3.00", "2012604 | 库房维修 | 3.00"],
    );
    let facts = budget(vec![table]);
    has(&facts, &["2031 budget expenditure project 库房维修 project all all 30000"]);
    assert_eq!(facts.ties[0][1][2], Some(Err(Reason::UnknownRow)));
}

#[test]
fn two_systems_of_economic_names_without_codes_are_read_by_the_first() {
    let table = drawn(
        "一般公共预算基本支出表",
        "部门预算支出经济科目名称 | 政府预算支出经济科目名称 | =合计",
        &["奖金 | 工资奖金津补贴 | 2.00", "基本工资 | 工资奖金津补贴 | 4.00", "基本工资 | 工资福利支出 | 3.00"],
    );
    let facts = budget(vec![table]);
    has(&facts, &["2031 budget expenditure economic 奖金 basic general_public_budget all 20000"]);
    assert_eq!(facts.ties[0][1][2], Some(Err(Reason::UnknownRow)));
}

#[test]
fn the_narrowest_of_row_column_and_title_tells_the_year_of_the_grant() {
    let header = "收入/项目 | =收入/金额 | 支出/项目 | =支出/合计 | =支出/当年预算安排 | =支出/上年结转安排";
    let rows =
        ["一般公共预算 | 7.00 | 教育支出 | 9.00 | 7.00 | 2.00", "收入总计 | 9.00 | 支出总计 | 9.00 | 7.00 | 2.00"];
    let summary = drawn("收支总表", header, &rows);
    let whole = drawn("一般公共预算支出表", "科目编码 | 科目名称 | =合计", &["| 合计 | 9.00"]);
    let title = "一般公共预算支出明细表（不含上年结转）";
    let current = drawn(title, "科目编码 | 科目名称 | =合计", &["| 合计 | 7.00"]);
    has(
        &budget(vec![summary, whole, current]),
        &[
            "2031 budget expenditure total all all all 90000",
            "2031 budget expenditure total all all current 70000",
            "2031 budget expenditure total all all carry_over 20000",
            "2031 budget expenditure total all general_public_budget all 90000",
            "2031 budget expenditure total all general_public_budget current 70000",
        ],
    );
}

#[test]
fn projects_of_one_name_in_one_list_contradict_nothing() {
    let table = drawn("项目支出表", "项目名称 | =合计", &["合计 | 9.00", "库房维修 | 5.00", "库房维修 | 4.00"]);
    has(
        &budget(vec![table]),
        &[
            "2031 budget expenditure project 库房维修 project all all 50000",
            "2031 budget expenditure project 库房维修 project all all 40000",
        ],
    );
}

#[test]
fn purchases_from_a_source_of_the_unit_s_own_are_none_of_its_funds_as_a_whole() {
    let header = "项目 | =总计 | =一般公共预算拨款收入 | =事业收入 | =其他收入";
    let facts = budget(vec![drawn("政府采购预算表", header, &["合计 | 9.00 | 5.00 | 3.00 | 1.00"])]);
    has(&facts, &["2031 budget expenditure procurement total all general_public_budget all 50000"]);
    assert_eq!(facts.ties[0][0][3], Some(Err(Reason::UnknownColumn)));
}

/// Functions of units that no row names, with the total of all of them.
fn repeated(total: &str) -> mingzhang::facts::Facts {
    let total = format!("| 合计 | {total}");
    let rows = [
        "2010101 | 行政运行 | 5.00 | 5.00 |",
        "2080505 | 基本养老保险缴费支出 | 1.00 | 1.00 |",
        "2010101 | 行政运行 | 3.00 | 2.00 | 1.00",
        "2080505 | 基本养老保险缴费支出 | 1.00 | 1.00 |",
        "2010103 | 机关服务 | 0.50 | | 0.50",
        &total,
    ];
    budget(vec![drawn("一般公共预算支出表", "科目编码 | 科目名称 | =合计 | =基本支出 | =项目支出", &rows)])
}

#[test]
fn functions_that_are_repeated_are_parts_where_the_total_counts_each_of_them() {
    let facts = repeated("10.50 | 9.00 | 1.50");
    has(
        &facts,
        &[
            "2031 budget expenditure cross 2010101 all general_public_budget all 50000",
            "2031 budget expenditure cross 2010101 all general_public_budget all 30000",
            "2031 budget expenditure cross 2010101 basic general_public_budget all 20000",
            "2031 budget expenditure function 2010101 project general_public_budget all 10000",
            "2031 budget expenditure function 2010103 all general_public_budget all 5000",
        ],
    );
    // Of equal amounts each is a part, and a row is the same part in each of its columns.
    let parts = |code: &str| {
        let like =
            |fact: &&mingzhang::facts::Fact| fact.part.is_some() && fact.key.functional_code.as_deref() == Some(code);
        let parts = facts.facts.iter().filter(like).map(|fact| (fact.amount.to_string(), fact.part, fact.places.len()));
        parts.collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(parts("2080505"), [("10000.00".into(), Some(1), 1), ("10000.00".into(), Some(2), 1)]);
    assert!(parts("2010101").contains(&("20000.00".into(), Some(2), 1)), "{:?}", parts("2010101"));
    assert!(facts.facts.iter().all(|fact| !fact.disputed));
}

#[test]
fn functions_that_are_repeated_are_nothing_known_where_the_total_does_not_count_them() {
    let facts = repeated("5.50 | 5.00 | 0.50");
    for row in [0, 2] {
        assert_eq!(facts.ties[0][row][2], Some(Err(Reason::UnknownRow)));
    }
    assert!(facts.facts.iter().all(|fact| fact.part.is_none()));
}
