//! What bears an amount out beyond the sums of its own table, and what is missed where a row is lost.

use mingzhang::interpret::{Disclosure, Form, Fund, FundSource, Horizon, Statement};
use mingzhang::provenance::Provenance;
use mingzhang::reconcile::{Gap, Reconciliation, Rule, Trust, reconcile};
use mingzhang::terms::{StatementKind, Unit};

use crate::reconcile::{disclosure, failed, section, statement};

const WAN: Unit = Unit::TenThousandYuan;

fn of_two(first: &str, second: &str) -> Reconciliation {
    let first = statement("table-01", StatementKind::ExpenditureSummary, WAN, first);
    let second = statement("table-02", StatementKind::GeneralPublicBudgetBasicExpenditure, WAN, second);
    reconcile(disclosure(vec![first, second]))
}

fn of_text(text: &str) -> Reconciliation {
    reconcile(Disclosure { sections: vec![section(text)], ..disclosure(Vec::new()) })
}

#[test]
fn an_item_of_both_classifications_is_the_sum_of_its_rows_in_the_other() {
    let by_function = "
        #科目编码 | @科目名称 | $合计
        208 | 社会保障和就业支出 | 208.31
        2080505 | 机关事业单位基本养老保险缴费支出 | 208.31";
    let by_class = "
        @部门经济科目 | @政府经济科目 | $合计
        机关事业单位基本养老保险缴费 | 社会保障缴费 | 121.50
        机关事业单位基本养老保险缴费 | 工资福利支出 | 86.81";
    let result = of_two(by_function, by_class);
    assert_eq!(result.trust[1][0][2], Some(Trust::Confirmed));
    assert_eq!(result.trust[1][1][2], Some(Trust::Confirmed));
    assert!(result.trust[0][1][2] >= Some(Trust::Confirmed));
}

#[test]
fn a_selection_goes_on_after_the_details_of_one_of_its_items() {
    let drawn = "
        @项目 | $合计
        行政经费 | 2498.85
        “三公”经费 | 51.75
        其中：（一）因公出国（境）支出 | 0.00
        （二）公务用车购置及运行维护支出 | 44.75
        1.公务用车购置费 | 10.00
        2.公务用车运行维护费 | 34.75
        （三）公务接待费支出 | 7.00";
    let statement = statement("table-01", StatementKind::ThreePublicExpenses, WAN, drawn);
    let result = reconcile(disclosure(vec![statement]));
    let trust: Vec<Option<Trust>> = result.trust[0].iter().map(|row| row[1]).collect();
    assert_eq!(
        (trust[1], trust[3], trust[6]),
        (Some(Trust::Confirmed), Some(Trust::Confirmed), Some(Trust::Confirmed))
    );
    assert_eq!(trust[0], Some(Trust::Unchecked));
}

#[test]
fn below_coded_units_categories_and_projects_without_a_code_nest_by_their_figures() {
    let drawn = |last: &str| {
        format!(
            "
        #单位编码 | @单位（项目）名称 | $项目金额
         | 合计 | 135.00
        201 | 宣传部 | 135.00
        201001 | 宣传部本级 | 127.00
         | 专用项目 | 127.00
         | 其他专项业务费 | 127.00
         | 城市宣传 | 70.00
         | 文明创建 | 34.00
         | 网站建设 | 23.00
        201002 | 讲师团 | 8.00
         | 专用项目 | 8.00
         | 学习经费 | 6.00
         | 综合工作 | {last}"
        )
    };
    let of = |last: &str| {
        let statement = statement("table-01", StatementKind::ProjectExpenditure, WAN, &drawn(last));
        let result = reconcile(disclosure(vec![statement]));
        result.trust[0].iter().map(|row| row[2]).collect::<Vec<_>>()
    };
    assert!(of("2.00").iter().all(|trust| *trust >= Some(Trust::Confirmed)), "{:?}", of("2.00"));
    assert_eq!(of("3.00")[11], Some(Trust::Unchecked), "a list that does not add up to the end bears nothing out");
}

#[test]
fn projects_of_several_units_that_bear_one_name_are_told_apart_by_the_unit() {
    let funds = "
        @单位名称 | @项目名称 | $总计 | $财政拨款 | $其他资金
        第一所 | 日常保障 | 97.80 | 40.30 | 57.50
        第一所 | 设施建设 | 59.66 | 20.50 | 39.16
        第二所 | 日常保障 | 71.10 | 60.40 | 10.70
        第二所 | 设施建设 | 50.25 | 30.15 | 20.10";
    let aims = |swapped: bool| {
        let (first, second) = if swapped { ("71.10", "97.80") } else { ("97.80", "71.10") };
        format!(
            "
        @单位名称 | @项目名称 | $金额 | @绩效目标
        第一所 | 日常保障 | {first} | 运行正常
        第一所 | 设施建设 | 59.66 | 按期完成
        第二所 | 日常保障 | {second} | 运行正常
        第二所 | 设施建设 | 50.25 | 按期完成"
        )
    };
    let of = |swapped: bool| {
        let first = statement("table-01", StatementKind::ProjectExpenditure, WAN, funds);
        let second = statement("table-02", StatementKind::PerformanceTarget, WAN, &aims(swapped));
        reconcile(disclosure(vec![first, second])).trust[1].iter().map(|row| row[2]).collect::<Vec<_>>()
    };
    assert!(of(false).iter().all(|trust| *trust >= Some(Trust::Confirmed)), "{:?}", of(false));
    assert!(of(true)[0] < Some(Trust::Rounded), "{:?}", of(true));
}

#[test]
fn the_only_item_of_a_rounded_class_is_rounded_too() {
    let drawn = "
        #科目编码 | @科目名称 | $合计
         | 合计 | 100.01
        205 | 教育支出 | 12.23
        20508 | 进修及培训 | 12.23
        2050803 | 培训支出 | 12.23
        208 | 社会保障和就业支出 | 50.55
        210 | 卫生健康支出 | 37.22";
    let statement = statement("table-01", StatementKind::ExpenditureSummary, WAN, drawn);
    let result = reconcile(disclosure(vec![statement]));
    assert!(result.trust[0].iter().all(|row| row[2] == Some(Trust::Rounded)), "{:?}", result.trust[0]);
}

#[test]
fn rows_without_codes_nest_by_the_codes_that_their_names_have_elsewhere() {
    let coded = "
        #科目编码 | @科目名称 | $合计
         | 合计 | 109.00
        301 | 工资福利支出 | 70.00
        30101 | 基本工资 | 40.00
        30102 | 津贴补贴 | 30.00
        302 | 商品和服务支出 | 30.00
        30201 | 办公费 | 20.00
        30204 | 手续费 | 10.00
        303 | 对个人和家庭的补助 | 9.00
        30301 | 离休费 | 4.00
        30302 | 退休费 | 5.00";
    let named = |lines: &str| {
        format!(
            "
        @项目 | $总计 | $财政拨款
        本部门 | 109.00 | 109.00
        工资福利支出 | 70.00 | 70.00
        基本工资 | 40.00 | 40.00
        津贴补贴 | 30.00 | 30.00
        商品和服务支出 | 30.00 | 30.00
        办公费 | 20.00 | 20.00
        {lines}
        对个人和家庭的补助 | 9.00 | 9.00
        离休费 | 4.00 | 4.00
        退休费 | 5.00 | 5.00"
        )
    };
    assert_eq!(failed(&of_two(coded, &named("手续费 | 10.00 | 10.00"))), Vec::<String>::new());
    let lacking = failed(&of_two(coded, &named("")));
    assert_eq!(lacking.len(), 2, "in both columns: {lacking:?}");
}

#[test]
fn of_two_prints_that_differ_in_the_last_place_neither_is_confirmed_where_all_others_agree() {
    let rows: String = (1..=12).map(|i| format!("项目{i}号 | {i}.10 | {i}.10 |\n")).collect();
    let drawn = |last: &str| {
        format!("@项目名称 | $总计 | $财政拨款 | $其他资金\n合计 | 85.30 | 85.30 |\n{rows}尾号项目 | 6.10 | {last} |")
    };
    let of = |last: &str| {
        let statement = statement("table-01", StatementKind::ProjectExpenditure, WAN, &drawn(last));
        reconcile(disclosure(vec![statement]))
    };
    assert!(of("6.10").trust[0][13][1] >= Some(Trust::Confirmed));
    let off = of("6.11");
    assert!(off.trust[0][13][1] <= Some(Trust::Rounded), "the sum of its column is exact, and may be so by chance");
    assert!(off.trust[0][1][1] >= Some(Trust::Confirmed), "the others agree");
}

#[test]
fn a_share_of_the_text_is_held_against_its_amount_where_the_others_of_its_list_fit() {
    let text = |share: &str| {
        format!(
            "2031年收入合计1000.00万元，其中：财政拨款600.00万元，占60.00%；事业收入300.00万元，占{share}；其他收入100.00万元，占10.00%。\n\
        2031年支出合计1000.00万元，其中：基本支出750.00万元，占75.00%；项目支出250.00万元，占25.00%。"
        )
    };
    assert_eq!(failed(&of_text(&text("30.00%"))), Vec::<String>::new());
    let wrong = of_text(&text("31.00%"));
    let check = wrong.checks.iter().find(|check| !check.holds).unwrap();
    assert_eq!((check.rule, check.left.to_string().as_str()), (Rule::NarrativeShare, "3000000.00"));
    assert_eq!(check.right.to_string(), "3100000.00");
}

#[test]
fn a_part_that_is_nearly_all_of_a_whole_printed_elsewhere_is_not_taken_for_the_whole() {
    let text = |first: &str| {
        format!(
            "2031年收入合计1000.00万元，其中：财政拨款600.00万元，占60.00%；事业收入400.00万元，占40.00%。\n\
        主要用于：教育支出2970.00万元，占{first}；卫生健康支出10.00万元，占0.34%；住房保障支出5.00万元，占0.17%。"
        )
    };
    assert_eq!(failed(&of_text(&text("99.50%"))), Vec::<String>::new());
    assert_eq!(failed(&of_text(&text("90.50%"))).len(), 1, "no whole fits all three");
}

#[test]
fn a_change_of_the_text_is_held_against_its_rate() {
    let text = |rate: &str| {
        let change = |now: &str, change: &str, rate: &str| {
            format!("2031年预算{now}万元，比上年增加{change}万元，增长{rate}。\n")
        };
        change("110.00", "10.00", "10.00%")
            + &change("120.00", "20.00", "20.00%")
            + &change("55.00", "5.00", "10.00%")
            + &change("66.00", "6.00", "10.00%")
            + &change("210.00", "10.00", rate)
    };
    assert_eq!(failed(&of_text(&text("5.00%"))), Vec::<String>::new());
    let wrong = of_text(&text("6.00%"));
    let check = wrong.checks.iter().find(|check| !check.holds).unwrap();
    assert_eq!((check.rule, check.right.to_string().as_str()), (Rule::NarrativeChange, "120000.00"));
}

#[test]
fn the_lost_head_of_a_project_shows_in_the_levels_that_begin_again() {
    let block = |head: &str| {
        format!(
            "
        {head} | 产出指标 | 数量指标
         | | 效益指标 | 社会效益
         | | 满意度指标 | 服务对象"
        )
    };
    let drawn = |third: &str| {
        let heads = [
            "设备维护 | 10.00",
            "湿地监测 | 20.00",
            third,
            "公园维修 | 40.00",
            "宣传 | 5.00",
            "培训 | 6.00",
            "巡护 | 7.00",
        ];
        format!("@项目名称 | $金额 | @一级指标 | @二级指标{}", heads.map(block).concat())
    };
    let of = |third: &str| {
        reconcile(disclosure(vec![statement("table-01", StatementKind::PerformanceTarget, WAN, &drawn(third))]))
    };
    assert_eq!(failed(&of("巡查 | 30.00")), Vec::<String>::new());
    let lost = of(" | ");
    let check = lost.checks.iter().find(|check| !check.holds).unwrap();
    assert_eq!((check.rule, check.gap.clone()), (Rule::MissingRow, Some(Gap::NextHead)));
    assert!(check.place.contains("湿地监测"), "{}", check.place);
    assert_eq!(
        lost.trust[0][3][1],
        Some(Trust::Unchecked),
        "what is missing says nothing against the amount beside it"
    );
}

#[test]
fn a_blank_statement_of_three_public_expenses_is_held_against_the_economic_classes() {
    let by_class = "
        #科目编码 | @科目名称 | $合计
         | 合计 | 30.00
        302 | 商品和服务支出 | 30.00
        30217 | 公务接待费 | 10.00
        30231 | 公务用车运行维护费 | 20.00";
    let blank = |drawn: &str| {
        let by_class = statement("table-01", StatementKind::GeneralPublicBudgetBasicExpenditure, WAN, by_class);
        reconcile(disclosure(vec![by_class, statement("table-02", StatementKind::ThreePublicExpenses, WAN, drawn)]))
    };
    let lost = blank("$合计 | $公务接待费 | $公务用车运行维护费");
    assert!(lost.checks.iter().any(|c| !c.holds && c.gap == Some(Gap::Blank("table-02".to_owned()))));
    assert_eq!(
        failed(&blank("$合计 | $公务接待费 | $公务用车运行维护费\n30.00 | 10.00 | 20.00")),
        Vec::<String>::new()
    );
}

#[test]
fn a_department_with_one_unit_prints_its_sum_again_in_both_rows() {
    let drawn = "
        @采购品目 | @单位 | @项目 | $合计
        合计 | | | 720.00
        服务 | | | 720.00
         | 本级 | | 720.00
         | | 咨询服务 | 160.00
         | | 会议服务 | 560.00";
    let statement = statement("table-01", StatementKind::GovernmentProcurement, WAN, drawn);
    let result = reconcile(disclosure(vec![statement]));
    let trust: Vec<Option<Trust>> = result.trust[0].iter().map(|row| row[3]).collect();
    assert!(trust.iter().all(|trust| *trust >= Some(Trust::Confirmed)), "{trust:?}");
}

#[test]
fn a_list_without_a_sum_adds_up_to_the_item_that_its_title_names() {
    let by_class = "
        #科目编码 | @科目名称 | $合计
         | 合计 | 31.98
        302 | 商品和服务支出 | 31.98
        30201 | 办公费 | 10.00
        30216 | 培训费 | 21.98";
    let by_class = statement("table-01", StatementKind::GeneralPublicBudgetBasicExpenditure, WAN, by_class);
    let of_list = |last: &str| {
        let drawn = format!("@培训名称 | $金额\n人事干部培训 | 9.98\n{last}");
        let list = statement("table-02", StatementKind::Other, WAN, &drawn);
        let list = Statement { title: Some("培训费明细表".to_owned()), ..list };
        let result = reconcile(disclosure(vec![by_class.clone(), list]));
        assert_eq!(failed(&result), Vec::<String>::new());
        result.trust[1][0][1]
    };
    assert_eq!(of_list("党风廉政培训 | 12.00"), Some(Trust::Confirmed));
    assert_eq!(of_list("党风廉政培训 | 11.00"), Some(Trust::Unchecked));
}

#[test]
fn a_family_that_fails_in_most_rows_accuses_none_that_looks_like_a_misprint() {
    let adding_up = "
        #科目编码 | @科目名称 | $合计 | $基本支出 | $项目支出
         | 合计 | 91.50 | 60.00 | 31.50
        20501 | 教育管理事务 | 51.50 | 40.00 | 11.50
        20502 | 普通教育 | 21.00 | 12.00 | 9.00
        20503 | 职业教育 | 12.00 | 5.00 | 7.00
        20508 | 进修及培训 | 7.00 | 3.00 | 4.00";
    // The change of 小计 leaves out what last year's 小计 left out: in the last row by a round amount.
    let changes = "
        @单位 | $小计 | $接待费 | $用车费
        甲单位 | 25.52 | 1.52 | 2.78
        乙单位 | 7.28 | 0.50 | 2.78
        丙单位 | 9.14 | 1.14 | 3.00
        丁单位 | 4.38 | 0.38 | 0.00";
    let result = of_two(adding_up, changes);
    assert_eq!(failed(&result), Vec::<String>::new());
}

#[test]
fn a_form_of_one_year_bears_the_whole_of_its_project_out() {
    let list = "@项目名称 | $合计\n合计 | 26.00\n公园路面维修 | 12.00\n湿地监测设备购置 | 14.00";
    let list = statement("table-01", StatementKind::ProjectExpenditure, WAN, list);
    let of_whole = |whole: i64| {
        let fund = |horizon, yuan: i64| Fund {
            source: FundSource::Total,
            horizon,
            amount_yuan: Some(yuan.into()),
            provenance: Provenance::page(5),
            guessed: false,
            extra: Vec::new(),
        };
        let form = Form {
            project_name: Some("公园路面维修".to_owned()),
            funds: vec![fund(Horizon::Period, whole), fund(Horizon::Annual, 120_000)],
            ..Form::default()
        };
        let result = reconcile(Disclosure { forms: vec![form], ..disclosure(vec![list.clone()]) });
        assert_eq!(failed(&result), Vec::<String>::new());
        result.fund_trust[0][0]
    };
    assert!(of_whole(120_000) >= Some(Trust::Confirmed));
    assert_eq!(of_whole(360_000), Some(Trust::Unchecked));
}

#[test]
fn a_row_of_changes_bears_out_the_two_years_above_it() {
    let drawn = |change: &str| {
        let drawn = format!(
            "@单位 | @年度 | $公务接待费
            本级 | 2030年 | 8.60
             | 2031年 | 7.40
             | 增减变化金额 | {change}"
        );
        let result =
            reconcile(disclosure(vec![statement("table-01", StatementKind::ThreePublicExpenses, WAN, &drawn)]));
        assert_eq!(failed(&result), Vec::<String>::new());
        result.trust[0].iter().map(|row| row[2]).collect::<Vec<Option<Trust>>>()
    };
    assert_eq!(drawn("-1.20"), [Some(Trust::Confirmed); 3]);
    assert_eq!(drawn("-1.30"), [Some(Trust::Unchecked); 3]);
}
