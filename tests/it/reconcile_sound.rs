//! Sound documents of many shapes accuse nobody: levels left out, merged cells, sides, rounding, sentences of other years.

use mingzhang::interpret::{Disclosure, Form, FormKind, Fund, FundSource, Horizon};
use mingzhang::provenance::Provenance;
use mingzhang::reconcile::{Reconciliation, reconcile};
use mingzhang::terms::{StatementKind, Unit};

use crate::reconcile::{EXPENDITURE, disclosure, failed, section, statement};

const NOBODY: Vec<String> = Vec::new();

fn of(drawn: &[(StatementKind, &str)], text: &str) -> Reconciliation {
    let drawn = drawn.iter().enumerate();
    let statements =
        drawn.map(|(i, (kind, drawn))| statement(&format!("table-0{}", i + 1), *kind, Unit::TenThousandYuan, drawn));
    let sections = if text.is_empty() { Vec::new() } else { vec![section(text)] };
    reconcile(Disclosure { sections, ..disclosure(statements.collect()) })
}

#[test]
fn a_table_may_leave_a_level_out_that_others_print() {
    let without: String = EXPENDITURE
        .lines()
        .filter(|line| !line.trim().starts_with("205 |") && !line.trim().starts_with("208 |"))
        .collect::<Vec<_>>()
        .join("\n");
    let tables =
        [(StatementKind::GeneralPublicBudgetExpenditure, EXPENDITURE), (StatementKind::ExpenditureSummary, &without)];
    assert_eq!(failed(&of(&tables, "")), NOBODY);
}

#[test]
fn units_with_one_project_have_no_sum_of_their_own_below_a_merged_cell() {
    let drawn = "
        @单位名称 | @项目名称 | $合计 | $财政拨款 | $其他资金
        合计 | | 181.27 | 171.27 | 10.00
        云州市种苗站 | | 61.20 | 61.20 |
         | 苗木繁育 | 41.70 | 41.70 |
         | 种子检验 | 19.50 | 19.50 |
        云州市森防站 | 虫情测报 | 33.07 | 33.07 |
         | 飞机防治 | 21.40 | 21.40 |
        云州市林科所 | 良种选育 | 25.60 | 15.60 | 10.00
        云州市第一林场 | | 40.00 | 40.00 |
         | 森林抚育 | 30.00 | 30.00 |
         | 防火巡护 | 10.00 | 10.00 |";
    assert_eq!(failed(&of(&[(StatementKind::ProjectExpenditure, drawn)], "")), NOBODY);
    let below = "
        @单位名称 | @项目名称 | $合计
        云州市森防站 | 虫情测报 | 33.07
         | 飞机防治 | 21.40
        云州市种苗站 | 苗木繁育 | 41.70
         | 种子检验 | 19.50
         | 小计 | 61.20
        合计 | | 115.67";
    assert_eq!(failed(&of(&[(StatementKind::ProjectExpenditure, below)], "")), NOBODY);
}

#[test]
fn sums_of_the_same_name_side_by_side_need_not_be_equal() {
    let beside = |last: &str| {
        format!(
            "#人员经费/编码 | @人员经费/名称 | $人员经费/金额 | #公用经费/编码 | @公用经费/名称 | $公用经费/金额
            301 | 工资福利支出 | 73.20 | 302 | 商品和服务支出 | 21.30
            30101 | 基本工资 | 50.10 | 30201 | 办公费 | 14.20
            30102 | 津贴补贴 | 23.10 | 30202 | 印刷费 | 7.10
            303 | 对个人和家庭的补助 | 9.40 | 310 | 资本性支出 | 5.50
            30302 | 退休费 | 9.40 | 31002 | 办公设备购置 | 5.50
            {last}"
        )
    };
    let basic = StatementKind::GeneralPublicBudgetBasicExpenditure;
    let told = |last: &str| failed(&of(&[(basic, &beside(last))], ""));
    assert_eq!(told(" | 合计 | 82.60 | | 合计 | 26.80"), NOBODY);
    assert_eq!(told(" | 人员经费合计 | 82.60 | | 公用经费合计 | 26.80\n | 合计 | 109.40 | | |"), NOBODY);
    assert!(!told(" | 人员经费合计 | 82.60 | | 公用经费合计 | 26.80\n | 合计 | 118.40 | | |").is_empty());
}

#[test]
fn a_list_that_numbers_only_what_it_prints_of_a_longer_one_lacks_no_row() {
    let drawn = "
        @收入/项目 | $收入/预算数 | @支出/项目 | $支出/预算数
        一、财政拨款收入 | 150.00 | 一、一般公共服务支出 | 50.00
         | | 二、外交支出 | 10.00
         | | 三、国防支出 | 20.00
         | | 四、公共安全支出 | 30.00
         | | 五、教育支出 | 15.00
         | | 七、文化旅游体育与传媒支出 | 25.00
        本年收入合计 | 150.00 | 本年支出合计 | 150.00
        收入总计 | 150.00 | 支出总计 | 150.00";
    assert_eq!(failed(&of(&[(StatementKind::RevenueExpenditureSummary, drawn)], "")), NOBODY);
    let lost = drawn.replace("五、教育支出 | 15.00", "五、教育支出 | 5.00");
    assert!(!failed(&of(&[(StatementKind::RevenueExpenditureSummary, &lost)], "")).is_empty());
}

#[test]
fn heads_counted_beside_the_money_are_no_parts_of_it() {
    let drawn = "
        @项目 | $预算数 | $统计数
        一、“三公”经费支出 | 541.30 |
        （一）支出合计 | 541.30 |
        1．因公出国（境）费 | 130.10 |
        2．公务用车购置及运行维护费 | 46.20 |
        （1）公务用车购置费 | 0.00 |
        （2）公务用车运行维护费 | 46.20 |
        3．公务接待费 | 365.00 |
        （二）相关统计数 | |
        1．因公出国（境）团组数（个） | | 2
        2．因公出国（境）人次数（人） | | 5
        3．公务用车保有量（辆） | | 7
        二、机关运行经费 | 89.00 |";
    assert_eq!(failed(&of(&[(StatementKind::ThreePublicExpenses, drawn)], "")), NOBODY);
}

#[test]
fn the_rate_of_a_small_base_moves_with_its_rounding() {
    let drawn = "
        @项目 | $2030年预算数 | $2031年预算数 | $增减额 | $增减%
        合计 | 60.2 | 70.5 | 10.3 | 17.11
        教育支出 | 0.1 | 6.3 | 6.2 | 5478.05
        农林水支出 | 20.0 | 24.0 | 4.0 | 20.00
        卫生健康支出 | 30.1 | 30.1 | 0.0 | 0.00
        住房保障支出 | 10.0 | 10.1 | 0.1 | 1.00";
    assert_eq!(failed(&of(&[(StatementKind::Other, drawn)], "")), NOBODY);
}

#[test]
fn two_columns_of_different_money_may_have_two_amounts_the_other_way_round() {
    let of_year = |rows: &str| format!("@项目 | $金额\n{rows}");
    let first = of_year("设备维护 | 120.50\n网络租赁 | 80.30\n档案整理 | 33.00\n资料印刷 | 12.70\n场地租赁 | 9.10");
    let second = of_year("设备维护 | 80.30\n网络租赁 | 120.50\n档案整理 | 33.00\n资料印刷 | 14.20\n场地租赁 | 8.80");
    let kind = StatementKind::Other;
    assert_eq!(failed(&of(&[(kind, &first), (kind, &second)], "")), NOBODY);
}

/// Two tables that print the same items, and a text beside them.
fn said(text: &str) -> Vec<String> {
    let kinds = [StatementKind::ExpenditureSummary, StatementKind::GeneralPublicBudgetExpenditure];
    failed(&of(&kinds.map(|kind| (kind, EXPENDITURE)), text))
}

#[test]
fn a_sentence_accuses_only_beside_one_that_agrees_with_the_same_column() {
    let agreeing = "教育支出91.50万元，教育管理事务51.50万元，普通教育40.00万元，小学教育40.00万元";
    let item = "机关事业单位基本养老保险缴费支出";
    assert_eq!(said(&format!("{agreeing}，{item}60.00万元。")), NOBODY);
    assert_eq!(said(&format!("{agreeing}，{item}63.00万元。")).len(), 1);
    // What the unit itself plans of it may be another amount.
    assert_eq!(said(&format!("{item}63.00万元，用于局本级。")), NOBODY);
}

#[test]
fn a_clause_without_a_year_may_be_of_the_year_that_its_sentence_began_with() {
    let agreeing = "教育支出91.50万元，教育管理事务51.50万元，普通教育40.00万元，小学教育40.00万元。";
    assert_eq!(
        said(&format!("{agreeing}2030年支出160.00万元，其中：机关事业单位基本养老保险缴费支出56.00万元。")),
        NOBODY
    );
    assert_eq!(said(&format!("{agreeing}比上年增加6.00万元，机关事业单位基本养老保险缴费支出4.00万元。")), NOBODY);
}

#[test]
fn shares_and_rates_are_of_the_amounts_before_they_were_rounded() {
    let text = "收入合计3万元，其中：拨款2万元，占72.41%；事业收入1万元，占24.38%；其他收入0.1万元，占3.21%。\n\
                支出9.00万元，其中：甲费4.50万元，占50.00%；乙费3.60万元，占40.00%；丙费0.90万元，占10.00%。\n\
                收入8.00万元，其中：拨款6.00万元，占75.00%；事业收入1.60万元，占20.00%；其他收入0.40万元，占5.00%。";
    assert_eq!(failed(&of(&[], text)), NOBODY);
    let changes = "培训费12.00万元，比上年增加2.00万元，增长20.00%。会议费11.00万元，比上年增加1.00万元，增长10.00%。\
                   印刷费15.00万元，比上年增加5.00万元，增长50.00%。办公费22.00万元，比上年增加2.00万元，增长10.00%。\
                   水费5万元，比上年增加1万元，增长28.21%。";
    assert_eq!(failed(&of(&[], changes)), NOBODY);
}

#[test]
fn parts_told_in_several_ways_may_come_to_more_than_their_whole() {
    let ways = "支出100.00万元，其中：基本支出80.00万元，人员经费50.00万元，公用经费25.00万元。";
    assert_eq!(failed(&of(&[], ways)), NOBODY);
    let funds = "支出100.00万元，其中：财政拨款90.00万元，基本支出60.00万元，项目支出39.00万元。";
    assert_eq!(failed(&of(&[], funds)), NOBODY);
}

#[test]
fn a_total_of_the_text_may_be_that_of_any_unit() {
    let of_unit = |total: &str| {
        format!(
            "@收入/项目 | $收入/预算数 | @支出/项目 | $支出/预算数
            一、财政拨款收入 | {total} | 一、教育支出 | {total}
            收入总计 | {total} | 支出总计 | {total}"
        )
    };
    let kind = StatementKind::RevenueExpenditureSummary;
    let tables = [of_unit("90.00"), of_unit("35.00")];
    let told = |text: &str| failed(&of(&[(kind, &tables[0]), (kind, &tables[1])], text));
    assert_eq!(told("2031年收支总计35.00万元。"), NOBODY);
    assert_eq!(told("2031年收支总计125.00万元。"), NOBODY);
}

#[test]
fn the_money_of_all_projects_may_be_that_of_their_whole_period() {
    let form = |name: &str, annual: i64, period: i64| {
        let fund = |horizon, yuan: i64| Fund {
            source: FundSource::Total,
            horizon,
            amount_yuan: Some(yuan.into()),
            provenance: Provenance::page(5),
            guessed: false,
            extra: Vec::new(),
        };
        Form {
            id: format!("form-{name}"),
            kind: FormKind::Project,
            project_name: Some(name.to_owned()),
            pages: vec![5],
            funds: vec![fund(Horizon::Annual, annual), fund(Horizon::Period, period)],
            texts: vec![("fiscal_appropriation_annual".to_owned(), Some((annual - 20_000).to_string()))],
            ..Form::default()
        }
    };
    let told = |total: &str| {
        let forms = vec![form("公园路面维修", 300_000, 900_000), form("湿地监测设备", 200_000, 200_000)];
        let text = format!("2031年实行绩效目标管理的项目2个，涉及资金{total}万元。");
        let disclosure = Disclosure { forms, sections: vec![section(&text)], ..disclosure(Vec::new()) };
        failed(&reconcile(disclosure)).len()
    };
    assert_eq!(["50.00", "110.00", "46.00", "63.00"].map(told), [0, 0, 0, 1]);
}

#[test]
fn withheld_rows_excuse_their_own_table_and_the_classes_that_are_short_elsewhere_too() {
    let short = EXPENDITURE.replace("2050102 | 一般行政管理事务 | 11.50 | | 11.50", "");
    let told = |first: &str, second: &str, noted: usize| {
        let kinds = [StatementKind::ExpenditureSummary, StatementKind::GeneralPublicBudgetExpenditure];
        let tables = [first, second, EXPENDITURE].into_iter().zip(kinds.into_iter().chain([StatementKind::Other]));
        let mut statements: Vec<_> = tables
            .enumerate()
            .map(|(i, (drawn, kind))| statement(&format!("table-0{}", i + 1), kind, Unit::TenThousandYuan, drawn))
            .collect();
        statements[noted].notes.push("注：按照保密规定，部分项目未予公开。".to_owned());
        failed(&reconcile(disclosure(statements)))
    };
    assert_eq!(told(&short, EXPENDITURE, 0), NOBODY, "the note stands below the very table");
    assert_eq!(told(&short, &short, 2), NOBODY, "the class is short in two tables");
    assert!(!told(&short, EXPENDITURE, 2).is_empty());
}

#[test]
fn of_two_readings_of_a_header_the_one_that_holds_in_every_row_counts() {
    let drawn = "
        @单位名称 | $合计 | $本年收入/小计 | $本年收入/财政拨款 | $本年收入/事业收入 | $上年结转/小计 | $上年结转/财政拨款 | $上年结转/其他
        合计 | 398.25 | 318.05 | 211.03 | 107.02 | 80.20 | 80.20 |
        云州市林业局本级 | 126.87 | 126.87 | 70.70 | 56.17 | | |
        云州市林科所 | 82.52 | 82.52 | 54.32 | 28.20 | | |
        云州市第一林场 | 78.60 | 78.60 | 57.24 | 21.36 | | |
        云州市种苗站 | 7.23 | 7.23 | 5.94 | 1.29 | | |
        云州市第二林场 | 103.03 | 22.83 | 22.83 | | 80.20 | 80.20 |";
    assert_eq!(failed(&of(&[(StatementKind::RevenueSummary, drawn)], "")), NOBODY);
}

#[test]
fn amounts_that_stand_one_row_off_below_some_row_are_found_where_no_sum_holds() {
    let sound = [
        ("", "合计", "251.80"),
        ("301", "工资福利支出", "123.28"),
        ("30101", "基本工资", "85.61"),
        ("30102", "津贴补贴", "37.67"),
        ("302", "商品和服务支出", "26.88"),
        ("30201", "办公费", "9.40"),
        ("30202", "印刷费", "3.05"),
        ("30207", "邮电费", "14.43"),
        ("303", "对个人和家庭的补助", "51.54"),
        ("30301", "离休费", "18.47"),
        ("30302", "退休费", "33.07"),
        ("310", "资本性支出", "50.10"),
        ("31002", "办公设备购置", "41.75"),
        ("31003", "专用设备购置", "8.35"),
    ];
    let drawn = |off: usize| {
        let rows = (0..sound.len()).map(|row| {
            let amount = if row < off { sound[row].2 } else { sound.get(row + 1).map_or("", |below| below.2) };
            format!("{} | {} | {amount}", sound[row].0, sound[row].1)
        });
        format!("#编码 | @科目 | $合计\n{}", rows.collect::<Vec<_>>().join("\n"))
    };
    let told = |off: usize| failed(&of(&[(StatementKind::Other, &drawn(off))], ""));
    assert_eq!(told(sound.len()), NOBODY);
    assert!(told(3).len() >= 3, "{:?}", told(3));
    // A column of heads adds up nowhere, in whatever row it stands.
    let heads = drawn(sound.len()).lines().map(|line| format!("{line} | {}\n", line.len())).collect::<String>();
    let heads = heads.replacen(&format!("$合计 | {}", "#编码 | @科目 | $合计".len()), "$合计 | $人数", 1);
    assert_eq!(failed(&of(&[(StatementKind::Other, &heads)], "")), NOBODY);
}

#[test]
fn what_a_project_costs_over_all_its_years_is_no_sum_of_this_one_and_no_wrong_unit() {
    let summary = "
        @收入/项目 | $收入/预算数 | @支出/项目 | $支出/预算数
        一、财政拨款收入 | 90.40 | 一、交通运输支出 | 90.40
        收入总计 | 90.40 | 支出总计 | 90.40";
    let drawn = "
        @项目名称 | $总投资 | $以前年度安排 | $2031年预算
        河西路改造 | 61.25 | 31.05 | 30.20
        南岭隧道大修 | 1840.60 | 20.00 | 25.10
        渡口桥加固 | 47.30 | 20.00 | 27.30
        乡道养护 | 17.80 | 10.00 | 7.80
        公交站台更新 | 9.00 | 9.00 | 0.00";
    let tables = [(StatementKind::RevenueExpenditureSummary, summary), (StatementKind::ProjectExpenditure, drawn)];
    assert_eq!(failed(&of(&tables, "")), NOBODY);
}

#[test]
fn a_form_without_a_line_for_other_money_need_not_name_all_of_it() {
    let form = |name: &str, total: i64, fiscal: i64, other: Option<i64>| {
        let fund = |source, yuan: i64| Fund {
            source,
            horizon: Horizon::Annual,
            amount_yuan: Some(yuan.into()),
            provenance: Provenance::page(5),
            guessed: false,
            extra: Vec::new(),
        };
        let other = other.map(|yuan| fund(FundSource::Other, yuan));
        Form {
            id: format!("form-{name}"),
            kind: FormKind::Project,
            project_name: Some(name.to_owned()),
            pages: vec![5],
            funds: std::iter::once(fund(FundSource::Total, total)).chain(other).collect(),
            texts: vec![("fiscal_appropriation_annual".to_owned(), Some(fiscal.to_string()))],
            ..Form::default()
        }
    };
    let told = |last: Form| {
        let mut forms: Vec<Form> =
            (1..6).map(|i| form(&format!("第{i}期道路养护"), i * 31_700, i * 20_000, Some(i * 11_700))).collect();
        forms.push(last);
        failed(&reconcile(Disclosure { forms, ..disclosure(Vec::new()) })).len()
    };
    assert_eq!(told(form("渡口桥加固", 250_000, 190_000, None)), 0);
    assert_eq!(told(form("渡口桥加固", 250_000, 190_000, Some(20_000))), 1);
    assert_eq!(told(form("渡口桥加固", 190_000, 250_000, None)), 1);
}

#[test]
fn a_change_that_is_not_printed_says_nothing() {
    let drawn = "
        @项目 | $2030年/合计 | $2030年/项目支出 | $2031年/合计 | $2031年/项目支出 | $增减/金额 | $增减/比例
        合计 | 50.10 | 40.10 | 61.30 | 41.30 | 11.20 | 22.36
        教育支出 | 20.10 | 20.10 | 31.30 | 31.30 | 11.20 | 55.72
        农林水支出 | 20.00 | 20.00 | 20.00 | 10.00 | | 0.00
        卫生健康支出 | 10.00 | | 10.00 | | | ";
    assert_eq!(failed(&of(&[(StatementKind::Other, drawn)], "")), NOBODY);
}
